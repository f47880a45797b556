"""Pay without a pool: the amount of a month, what the own score brings of it, and the cents of a person.

Belongs here: classes, bands and payout curves applied to a segment's score; the one rounding of a person's own bonus.
Does not belong here: the score (`segments`), pools (`pools`), adjustments (`period`).

The rule for withheld data is that of pools: what is paid now is due at the lowest score that the missing data can
leave, and what is held is the most that may still become due. Nobody waits for anybody else's data here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipelines.company.findings import Finding
from pipelines.schemes.model import Individual, PayClass
from pipelines.scoring.curves import Reading, read_curve
from pipelines.scoring.inputs import SegmentInput
from pipelines.scoring.numbers import HUNDRED, ZERO, apportion, clean, plain, round_once
from pipelines.scoring.proration import prorate
from pipelines.texts import text

if TYPE_CHECKING:
    from pipelines.scoring.trace import SegmentTrace

POSITIONS = "people/positions.csv"


@dataclass(frozen=True, slots=True)
class OwnPay:
    """What one segment brings by its own score. `low` and `high` differ only while data is withheld.

    Attributes:
        by: base, category or band.
        share: the share of the months' amounts that this kind of period pays, in per cent.
        months: calendar months of the period.
        pay_class: the class of the person's level; None unless paid by category.
        amount_low: what a whole month is worth; by band, at the lowest score.
        amount_high: the same at the highest score.
        band_low: the band that the lowest score reaches; None below all of them, and unless paid by band.
        band_high: the same of the highest score.
        points_low: the lowest score, as the curve or the bands read it.
        points_high: the highest score.
        payout_low: where the lowest score lies on the payout curve; None by band.
        payout_high: the same of the highest score.
        due_low: what is due at the lowest score, unrounded.
        due_high: what is due at the highest score, unrounded.
        rule: the scheme's rule.
    """

    by: str
    share: Decimal
    months: int
    pay_class: PayClass | None
    amount_low: Decimal
    amount_high: Decimal
    band_low: PayClass | None
    band_high: PayClass | None
    points_low: Decimal
    points_high: Decimal
    payout_low: Reading | None
    payout_high: Reading | None
    due_low: Decimal
    due_high: Decimal
    rule: Individual

    def to_dict(self) -> dict[str, Any]:
        """Return the segment's own pay for the trace; `steps` is the payout curve, or the bands as a step curve."""
        curve = self.rule.payout
        bands = sorted((one.at_least or ZERO, one.amount) for one in self.rule.classes if self.by == "band")
        return {
            "amount_high": plain(self.amount_high),
            "amount_low": plain(self.amount_low),
            "by": self.by,
            "band_high": self.band_high.id if self.band_high else "",
            "band_low": self.band_low.id if self.band_low else "",
            "class_id": self.pay_class.id if self.pay_class else "",
            "curve_kind": curve.kind if curve else "step",
            "curve_points": [[plain(at), plain(out)] for at, out in (curve.points if curve else bands)],
            "due_high": plain(self.due_high),
            "due_low": plain(self.due_low),
            "months": self.months,
            "payout_high": plain(self.payout_high.output if self.payout_high else HUNDRED),
            "payout_low": plain(self.payout_low.output if self.payout_low else HUNDRED),
            "points_high": plain(self.points_high),
            "points_low": plain(self.points_low),
            "share": plain(self.share),
            "titles": {
                one.id: {"en": one.title.en, "zh": one.title.zh}
                for one in (self.pay_class, self.band_low, self.band_high)
                if one is not None
            },
        }


def target_amount(rule: Individual, segment: SegmentInput) -> Decimal:
    """What a whole month is worth to a person at 100 points, in currency; 0 where no class covers the level."""
    if rule.by == "base":
        return segment.bonus_base
    found = rule.class_of_level(segment.level) if rule.by == "category" else rule.band_of(HUNDRED)
    return found.amount if found else ZERO


def own_pay(
    rule: Individual, segment: SegmentInput, low: Decimal, high: Decimal, share: Decimal, months: int
) -> OwnPay:
    """Work out what a segment's score brings.

    Args:
        rule: the scheme's form of pay.
        segment: the segment, with its days, level and target bonus.
        low: the lowest score that withheld data can leave.
        high: the highest.
        share: the share of the months' amounts that this kind of period pays, in per cent.
        months: calendar months of the period.
    """
    points_low, points_high = _as_read(rule, low), _as_read(rule, high)
    bands = [rule.band_of(points) if rule.by == "band" else None for points in (points_low, points_high)]
    reads = [
        read_curve(rule.payout.kind, rule.payout.points, points) if rule.payout else None
        for points in (points_low, points_high)
    ]
    amounts = [(band.amount if band else ZERO) if rule.by == "band" else target_amount(rule, segment) for band in bands]
    due = [
        prorate(amount * months, share, segment.eligible_days, segment.period_days)
        * (read.output if read else HUNDRED)
        / HUNDRED
        for amount, read in zip(amounts, reads, strict=True)
    ]
    return OwnPay(
        by=rule.by,
        share=share,
        months=months,
        pay_class=rule.class_of_level(segment.level) if rule.by == "category" else None,
        amount_low=amounts[0],
        amount_high=amounts[1],
        band_low=bands[0],
        band_high=bands[1],
        points_low=points_low,
        points_high=points_high,
        payout_low=reads[0],
        payout_high=reads[1],
        due_low=due[0],
        due_high=due[1],
        rule=rule,
    )


def _as_read(rule: Individual, score: Decimal) -> Decimal:
    """The score as pay reads it: where steps decide, the one that is printed, or 99.996 would print 100 and miss it.

    Elsewhere it is exact, or a half cent would be lost on the way; only a point of the curve that it misses by less
    than representation noise is taken for reached.
    """
    if rule.payout is None or rule.by == "band" or rule.payout.has_steps:
        return round_once(score)
    near = clean(score)
    return near if any(at == near for at, _ in rule.payout.points) else score


def settle(segments: Sequence[SegmentTrace]) -> None:
    """Round a person's own bonus once, and write earned and held into the segments by largest remainder.

    Args:
        segments: all segments of one person in the period; those paid by a pool are left alone.
    """
    own = [(segment, segment.own) for segment in segments if segment.own is not None]
    if not own:
        return
    lows, highs = [pay.due_low for _, pay in own], [pay.due_high for _, pay in own]
    paid, most = round_once(sum(lows, ZERO)), round_once(sum(highs, ZERO))
    earned = apportion(paid, lows)
    held = apportion(most - paid, [high - low for low, high in zip(lows, highs, strict=True)])
    for (segment, _), now, later in zip(own, earned, held, strict=True):
        segment.earned, segment.held = now, later


def uncovered(segments: Iterable[tuple[SegmentInput, Individual | None]]) -> list[Finding]:
    """Return a finding for everybody who is paid by category and whose level no class lists.

    Args:
        segments: (segment with eligible days, how its scheme pays the own score or None).
    """
    found = set()
    for segment, rule in segments:
        if rule is None or rule.by != "category" or rule.class_of_level(segment.level) is not None:
            continue
        known = ", ".join(level for one in rule.classes for level in one.levels)
        said = {"scheme": segment.scheme_id, "level": segment.level or "–", "known": known}
        key = "schemes.individual.not_covered"
        problem, mend = text(key, "en", **said), text(f"{key}.mend", "en", **said)
        found.add(Finding(POSITIONS, segment.row, "level", f"{segment.person_id}: {segment.level}", problem, mend))
    return sorted(found)
