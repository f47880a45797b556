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

from pipelines.schemes.model import Individual
from pipelines.scoring.curves import read_curve
from pipelines.scoring.intervals import Interval
from pipelines.scoring.numbers import CONTEXT, ZERO, clean
from pipelines.scoring.small_numbers import counted_interval
from pipelines.scoring.trace import LineTrace


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
        return
    curve = rule.payout
    if curve is None:
        return
    if curve.points[0][1] > 0:
        yield curve.points[0][0]
    for (low, before), (high, after) in pairwise(curve.points):
        if before != after and (curve.kind == "step" or low == high):
            yield high
