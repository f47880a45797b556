"""Payout curves: from an attainment to points by ascending anchors.

Belongs here: interpolation, steps, threshold and cap. Does not belong here: which curve a KPI has
(`pipelines.schemes`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter

from pipelines.scoring.numbers import CONTEXT, ZERO, shown

Anchor = tuple[Decimal, Decimal]

_INPUT = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a value lies on a curve.

    Attributes:
        output: the curve's value.
        low: the anchor at or below the input; None below the threshold.
        high: the next anchor above the input; None from the last anchor on.
        place: `below_threshold`, `between`, `at_anchor`, `step` or `at_cap`.
    """

    output: Decimal
    low: Anchor | None
    high: Anchor | None
    place: str

    def formula(self, value: Decimal) -> str:
        """Write the interpolation with its numbers, such as `50 + (93 − 80) / (100 − 80) × (100 − 50) = 82.5`."""
        result = shown(self.output)
        if self.place == "between" and self.low and self.high:
            (a, p), (b, q) = self.low, self.high
            return (
                f"{shown(p)} + ({shown(value)} − {shown(a)}) / ({shown(b)} − {shown(a)})"
                f" × ({shown(q)} − {shown(p)}) = {result}"
            )
        anchor = self.low or self.high
        if anchor is None:
            return result
        sign = "<" if self.low is None else "=" if self.place == "at_anchor" else "≥"
        return f"{shown(value)} {sign} {shown(anchor[0])} → {result}"


def read_curve(kind: str, points: Sequence[Anchor], value: Decimal) -> Reading:
    """Read a curve.

    Args:
        kind: `linear` or `step`.
        points: ascending anchors (input, output), at least one; two with one input are a jump, of which the upper
            counts at the input itself.
        value: the input, in the unit of the anchors.

    Returns:
        The output with the anchors around it: 0 below the first anchor, the last output from the last anchor on.
    """
    index = bisect_right(points, value, key=_INPUT) - 1
    if index < 0:
        return Reading(ZERO, None, points[0], "below_threshold")
    low = points[index]
    if index == len(points) - 1:
        return Reading(low[1], low, None, "at_cap")
    high = points[index + 1]
    if kind == "step":
        return Reading(low[1], low, high, "step")
    if value == low[0]:
        return Reading(low[1], low, high, "at_anchor")
    rise = CONTEXT.multiply(CONTEXT.subtract(value, low[0]), CONTEXT.subtract(high[1], low[1]))
    output = CONTEXT.add(low[1], CONTEXT.divide(rise, CONTEXT.subtract(high[0], low[0])))
    return Reading(output, low, high, "between")
