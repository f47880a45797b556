"""Vetoes, gates and deductions for gaming: whether each applies, and what it does to a score.

Belongs here: deciding (reviews, gate readings) and applying (zero, cap, multiply, deduct) in the fixed order. Does not
belong here: the scores they act on (`segments`).

Order within one scope (invariant 6): vetoes, then gates, then deductions for gaming, then whatever multiplies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipelines.schemes.model import Effect, Gate, Veto
from pipelines.scoring.gaming import Deduction, IncidentInput, Taken
from pipelines.scoring.inputs import KpiReading, ReviewInput
from pipelines.scoring.numbers import CONTEXT, ZERO
from pipelines.scoring.small_numbers import counted_interval

APPLIED, NOT_APPLIED, UNCERTAIN = "applied", "not_applied", "uncertain"


@dataclass(slots=True)
class Decision:
    """Whether one veto, gate or deduction applies to a segment.

    Attributes:
        rule: the scheme's rule.
        state: applied, not_applied, or uncertain (a gate that holds pay while its data is withheld, a deduction under
            appeal).
        status: for the reader: applied, not_applied, no_review, not_checked, not_applicable or suspended.
        value: the mean review score, or the gate KPI's value; None where there is none.
        reviews: the reviews behind a veto.
        reading: the reading behind a gate.
        incidents: the evidence behind a deduction.
        points: what the effect added to the segment's score (0 or less, as a rule), in points of the total.
        printed: the same, apportioned to the printed score.
    """

    rule: Veto | Gate | Deduction
    state: str
    status: str
    value: Decimal | None = None
    reviews: tuple[ReviewInput, ...] = ()
    reading: KpiReading | None = None
    incidents: tuple[IncidentInput, ...] = ()
    points: Decimal = ZERO
    printed: Decimal = field(default=ZERO)

    @property
    def is_too_close(self) -> bool:
        """Whether a gate would be met at one end of its KPI's interval and broken at the other."""
        ends = counted_interval(self.reading)
        if ends is None or not isinstance(self.rule, Gate) or self.value is None:
            return False
        return self.rule.is_broken_by(ends.low) != self.rule.is_broken_by(ends.high)


def decide(
    vetoes: Sequence[Veto],
    gates: Sequence[Gate],
    reviews: Sequence[ReviewInput],
    readings: Mapping[str, KpiReading],
    taken: Sequence[Taken] = (),
) -> list[Decision]:
    """Decide every veto, then every gate, then every deduction, in the scheme's order.

    Args:
        vetoes: those that bind the role.
        gates: those that bind the role.
        reviews: all reviews of the person in the period; their mean counts.
        readings: by KPI id.
        taken: what the scheme takes off for evidence of gaming.
    """
    mean = CONTEXT.divide(sum((review.score for review in reviews), ZERO), Decimal(len(reviews))) if reviews else None
    return [
        *(_veto(rule, mean, tuple(reviews)) for rule in vetoes),
        *(_gate(rule, readings) for rule in gates),
        *(_deduction(one) for one in taken),
    ]


def _veto(rule: Veto, mean: Decimal | None, reviews: tuple[ReviewInput, ...]) -> Decision:
    if mean is None:
        return Decision(rule, NOT_APPLIED, "no_review")
    state = APPLIED if rule.at_least <= mean < rule.below else NOT_APPLIED
    return Decision(rule, state, state, mean, reviews)


def _gate(rule: Gate, readings: Mapping[str, KpiReading]) -> Decision:
    reading = readings.get(rule.kpi)
    if reading is not None and reading.status == "not_applicable":
        return Decision(rule, NOT_APPLIED, "not_applicable", reading=reading)
    if reading is None or reading.value is None or reading.status == "withheld":
        state = UNCERTAIN if rule.when_withheld == "hold" else NOT_APPLIED
        return Decision(rule, state, "not_checked", reading=reading)
    state = APPLIED if rule.is_broken_by(reading.value) else NOT_APPLIED
    return Decision(rule, state, state, reading.value, reading=reading)


def _deduction(taken: Taken) -> Decision:
    if taken.is_suspended:
        return Decision(taken.rule, UNCERTAIN, "suspended", incidents=taken.incidents)
    state = APPLIED if taken.rule.amount else NOT_APPLIED
    return Decision(taken.rule, state, state, incidents=taken.incidents)


def in_order(decisions: Iterable[Decision], scope: str, of: str | None) -> list[Decision]:
    """Return the decisions that act on one score, in the order of invariant 6; those that do nothing are left out."""
    acting = [d for d in decisions if d.state != NOT_APPLIED and d.rule.scope == scope and d.rule.of == of]
    return sorted(acting, key=_rank)


def _rank(decision: Decision) -> int:
    if decision.rule.effect == "multiply":
        return 3
    kinds = (Veto, Gate, Deduction)
    return next(rank for rank, kind in enumerate(kinds) if isinstance(decision.rule, kind))


def act(effect: Effect, score: Decimal) -> Decimal:
    """Return a score after an effect; never below 0."""
    if effect.effect == "zero":
        return ZERO
    amount = effect.amount if effect.amount is not None else ZERO
    if effect.effect == "cap":
        return min(score, amount)
    if effect.effect == "multiply":
        return CONTEXT.multiply(score, amount)
    return max(ZERO, CONTEXT.subtract(score, amount))
