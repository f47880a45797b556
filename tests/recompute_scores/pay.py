"""From scores to money: proration, pay by the own score, pools.

Belongs here: docs/scoring.md, "From the score to money", "Pay by the own score" and "Held pay". Does not belong here:
shares of what a team gained (`shares`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .company import Span
from .curves import has_steps, plain, reading_of
from .measures import Scheme
from .numbers import HUNDRED, cents, floor_cents, half_even, half_up, largest_remainder, number
from .scores import Scored

ZERO = Fraction(0)


@dataclass(frozen=True)
class Paid:
    """What a segment brings: the target bonus (unrounded), what is paid now and what is held."""

    target: Fraction
    earned: Fraction
    held: Fraction


@dataclass(frozen=True)
class Pool:
    """One team's pool."""

    amount: Fraction
    attainment_low: Fraction | None
    attainment_high: Fraction | None
    factor_low: Fraction
    factor_high: Fraction
    earned: Fraction
    held: Fraction
    undistributed: Fraction


def prorated(monthly: Fraction, one: Scored, span: Span, shares: Mapping[str, Any]) -> Fraction:
    """Monthly amount × months × the share that this kind of period pays × eligible days / days; not rounded."""
    return monthly * len(span.months) * number(shares[span.kind]) / 100 * Fraction(one.seg.days, span.days)


def curve_of(block: Mapping[str, Any], score: Fraction) -> Fraction:
    """A pay curve at a score. Where steps decide, the printed score is read."""
    at = half_up(score, 2) if has_steps(block) else score
    return reading_of(plain(block), block["kind"], at)


def individual(scheme: Scheme, segments: Sequence[Scored], span: Span) -> list[Paid]:
    """Pay by the own score of one person's segments, summed and rounded once."""
    rule = scheme["individual"]
    due = []
    for one in segments:
        if not one.is_scorable or not one.seg.days:
            # not scored, hence nothing to pay; the card still states what at target would bring
            due.append((_at_target(rule, one, span), ZERO, ZERO))
        elif rule["by"] == "band":
            low, high = (_band(rule, score) for score in (one.low, one.high))
            low, high = (prorated(amount, one, span, rule["shares"]) for amount in (low, high))
            due.append((_at_target(rule, one, span), low, high))
        else:
            whole = prorated(_monthly(rule, one), one, span, rule["shares"])
            low, high = (whole * curve_of(rule["payout"], score) / 100 for score in (one.low, one.high))
            due.append((_at_target(rule, one, span), low, high))
    lows, highs = [low for _, low, _ in due], [high for _, _, high in due]
    earned = largest_remainder(cents(sum(lows, ZERO)), lows)
    most = largest_remainder(cents(sum(highs, ZERO)), highs)
    return [Paid(target, e, m - e) for (target, _, _), e, m in zip(due, earned, most, strict=True)]


def _monthly(rule: Mapping[str, Any], one: Scored) -> Fraction:
    return one.seg.base if rule["by"] == "base" else _class(rule, one.seg.level)


def _at_target(rule: Mapping[str, Any], one: Scored, span: Span) -> Fraction:
    if rule["by"] == "band":
        return prorated(_band(rule, HUNDRED), one, span, rule["shares"])
    return prorated(_monthly(rule, one), one, span, rule["shares"]) * curve_of(rule["payout"], HUNDRED) / 100


def _class(rule: Mapping[str, Any], level: str) -> Fraction:
    return next(number(one["amount"]) for one in rule["classes"] if level in one["levels"])


def _band(rule: Mapping[str, Any], score: Fraction) -> Fraction:
    printed = half_up(score, 2)
    reached = [one for one in rule["classes"] if printed >= number(one["at_least"])]
    return number(max(reached, key=lambda one: number(one["at_least"]))["amount"]) if reached else ZERO


def pool(scheme: Scheme, members: Sequence[Scored], span: Span) -> tuple[Pool, list[Paid]]:
    """A team's pool and what each member has of it."""
    rule = scheme["pool"]
    targets = [prorated(one.seg.base, one, span, rule["shares"]) for one in members]
    low, high = (team_attainment(rule, members, is_high=is_high) for is_high in (False, True))
    factors = [_factor(rule, at) for at in (low, high)]
    whole = sum(targets, ZERO)
    amount = cents(whole * factors[1] / 100)
    weight = [one.seg.base if rule["points"] == "target_weighted" else Fraction(1) for one in members]
    mass_low = [one.low * one.seg.days * w for one, w in zip(members, weight, strict=True)]
    mass_high = [one.high * one.seg.days * w for one, w in zip(members, weight, strict=True)]
    everybody = sum(mass_high, ZERO)
    if not everybody:
        parts = [ZERO] * len(members)
        sure = parts
    else:
        parts = largest_remainder(amount, [amount * mass / everybody for mass in mass_high])
        sure = [whole * factors[0] / 100 * mass / everybody for mass in mass_low]
    paid = []
    for i, one in enumerate(members):
        # "at most": what the cap allows is rounded down
        caps = [floor_cents(curve_of(rule["personal_cap"], score) / 100 * targets[i]) for score in (one.low, one.high)]
        most = min(parts[i], caps[1])
        is_sure = mass_low[i] == mass_high[i] and factors[0] == factors[1]
        earned = min(parts[i] if is_sure else cents(sure[i]), caps[0], most)
        paid.append(Paid(targets[i], earned, most - earned))
    earned, held = (sum((getattr(one, name) for one in paid), ZERO) for name in ("earned", "held"))
    return Pool(amount, low, high, factors[0], factors[1], earned, held, amount - earned - held), paid


def _factor(rule: Mapping[str, Any], at: Fraction | None) -> Fraction:
    """Per cent of the pool; a team of which nothing can be measured has the whole of it."""
    return HUNDRED if at is None else reading_of(plain(rule["factor"]), rule["factor"]["kind"], at)


def team_attainment(rule: Mapping[str, Any], members: Sequence[Scored], *, is_high: bool) -> Fraction | None:
    """The weighted mean of the pool's KPIs over the members, by their days; withheld ones at 0 or at the cap."""
    cap = number(rule["attainment_cap"])
    total = weights = ZERO
    for kpi, raw in rule["kpis"].items():
        days = value = ZERO
        for one in members:
            lines = [line for line in one.lines if line.measure.kpi == kpi and line.is_applicable]
            parts = sum((line.measure.weight for line in lines), ZERO)
            for line in lines:
                part = one.seg.days * line.measure.weight / parts
                at = line.attainment if line.attainment is not None else (cap if is_high else ZERO)
                value += part * min(cap, max(ZERO, at))
                days += part
        if days:
            total += number(raw) * value / days
            weights += number(raw)
    return half_even(total / weights, 8) if weights else None
