"""How far chance alone may have moved a segment's score, and which steps of pay lie within that.

Belongs here: carrying the intervals of KPIs through curves and weights to the score. Does not belong here: these
intervals (`intervals`), jumps of a KPI's own curve (`small_numbers`). It is said and never changes pay.

Each KPI with an interval is read at both of its ends. The ways down, and the ways up, are independent of each other:
their squares are summed, each by its effective weight. A line that a veto or gate has changed adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from pipelines.schemes.model import CurveRule, Individual, Pool
from pipelines.scoring.curves import read_curve
from pipelines.scoring.intervals import Interval
from pipelines.scoring.numbers import CONTEXT, ZERO, clean
from pipelines.scoring.small_numbers import counted_interval
from pipelines.scoring.trace import LineTrace, SegmentTrace


def ways(lines: Sequence[LineTrace], known_weight: Decimal) -> tuple[Decimal, Decimal] | None:
    """Return how far the score may lie too high and too low by chance, in points; None where nothing has an interval.

    Args:
        lines: of the segment, with their effective weights.
        known_weight: effective weight of the lines that are known.
    """
    ends = [(line.effective_weight, line.score, around) for line in lines if (around := _ends(line)) is not None]
    if not ends or not known_weight:
        return None
    down = sum(((weight * (score - around.low)) ** 2 for weight, score, around in ends if score is not None), ZERO)
    up = sum(((weight * (around.high - score)) ** 2 for weight, score, around in ends if score is not None), ZERO)
    return (
        clean(CONTEXT.divide(CONTEXT.sqrt(down), known_weight)),
        clean(CONTEXT.divide(CONTEXT.sqrt(up), known_weight)),
    )


def _ends(line: LineTrace) -> Interval | None:
    """The points of a line at the two ends of its interval."""
    ends = counted_interval(line.reading)
    if ends is None or line.goal is None or line.score is None or line.score != line.score_before or line.channels:
        return None
    goal = line.goal
    points = sorted(read_curve(goal.kind, goal.points, goal.attain(end)).output for end in (ends.low, ends.high))
    return Interval(min(points[0], line.score), max(points[1], line.score))


def steps_within(rule: Individual, low: Decimal, high: Decimal) -> list[Decimal]:
    """Return the scores at which pay by the own score jumps and that lie within what chance leaves, ascending."""
    return sorted(at for at in _steps(rule) if low < at <= high)


def _steps(rule: Individual) -> Iterator[Decimal]:
    if rule.by == "band":
        yield from (one.at_least for one in rule.classes if one.at_least is not None)
    elif rule.payout is not None:
        yield from _jumps(rule.payout)


def _jumps(curve: CurveRule) -> Iterator[Decimal]:
    """The inputs at which a hair's breadth moves the output."""
    if curve.points[0][1] > 0:
        yield curve.points[0][0]
    for (low, before), (high, after) in pairwise(curve.points):
        if before != after and (curve.kind == "step" or low == high):
            yield high


def tiers_within(rule: Pool, attained: Decimal, segments: Sequence[SegmentTrace]) -> list[Decimal]:
    """Return the attainments of the team at which its pool jumps and that lie within what chance leaves, ascending.

    Args:
        rule: the pool.
        attained: the team's attainment, in per cent; nothing of it is withheld.
        segments: the pool's members.
    """
    down = up = total = ZERO
    for kpi, weight in rule.kpis.items():
        parts = list(_parts(kpi, segments))
        days = sum((part for part, _ in parts), ZERO)
        if not days:
            continue
        total += weight
        for part, line in parts:
            lower, higher = _attained_ends(line, rule.attainment_cap)
            down += (weight * part * lower / days) ** 2
            up += (weight * part * higher / days) ** 2
    if not total:
        return []
    low, high = attained - CONTEXT.sqrt(down) / total, attained + CONTEXT.sqrt(up) / total
    return sorted(at for at in _jumps(rule.factor) if low < at <= high)


def _parts(kpi: str, segments: Sequence[SegmentTrace]) -> Iterator[tuple[Decimal, LineTrace]]:
    """The lines of a KPI of the pool with the days that each counts for."""
    for segment in segments:
        lines = [line for line in segment.lines if line.kpi_id == kpi and line.status != "not_applicable"]
        weight = sum((line.weight for line in lines), ZERO)
        for line in lines:
            yield Decimal(segment.segment.eligible_days) * line.weight / weight, line


def _attained_ends(line: LineTrace, cap: Decimal) -> tuple[Decimal, Decimal]:
    """How far a line's attainment, within 0 and the cap, lies above and below those of the ends of its interval."""
    ends = counted_interval(line.reading)
    if ends is None or line.goal is None or line.attainment is None or line.channels:
        return ZERO, ZERO
    own, low, high = (
        min(max(attained, ZERO), cap)
        for attained in (line.attainment, *sorted((line.goal.attain(ends.low), line.goal.attain(ends.high))))
    )
    return max(ZERO, own - low), max(ZERO, high - own)
