"""From a value to points: attainment forms, curves, their anchors.

Belongs here: docs/scoring.md, "From a value to points". Does not belong here: where targets come from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from .numbers import HUNDRED, half_even, number
from .targets import Target

Points = list[tuple[Fraction, Fraction]]


def baseline_of(block: Mapping[str, Any], target: Target, *, is_lower: bool) -> Fraction | None:
    """Where the way to the target begins; only the baseline form has one."""
    if block["method"] != "baseline":
        return None
    if target.baseline is not None:
        return target.baseline
    return 2 * target.target if is_lower else Fraction(0)


def attainment(value: Fraction, block: Mapping[str, Any], target: Target, *, is_lower: bool) -> Fraction:
    """How far the value is on its way to the target, in per cent, kept to 8 decimals."""
    aim = target.target
    method = block["method"]
    if method == "baseline":
        base = baseline_of(block, target, is_lower=is_lower)
        assert base is not None
        share = (value - base) / (aim - base)
    elif method == "ratio":
        cap = block.get("attainment_cap")
        at_nothing = HUNDRED if cap is None else number(cap) / 100
        share = value / aim if not is_lower else aim / value if value else at_nothing
        share = share if cap is None else min(share, number(cap) / 100)
    elif method == "linear":
        share = 2 - value / aim
    else:
        share = 1 + (aim - value if is_lower else value - aim) / number(block["scale"])
    return half_even(share * HUNDRED, 8)


def plain(curve: Mapping[str, Any]) -> Points:
    """The points of a curve as the scheme writes them, or that its tiers come to."""
    if "tiers" in curve:
        return of_tiers(
            curve["kind"], [(number(a), number(rate)) for a, rate in curve["tiers"]], number(curve["until"])
        )
    return [(number(a), number(p)) for a, p in curve["points"]]


def of_tiers(kind: str, tiers: Sequence[tuple[Fraction, Fraction]], until: Fraction) -> Points:
    """Marginal: each tier pays its own rate on what lies in it. Whole amount: the rate of the highest on everything."""
    found: Points = []
    paid_below = Fraction(0)
    for i, (start, rate) in enumerate(tiers):
        end = tiers[i + 1][0] if i + 1 < len(tiers) else until
        at_start = paid_below if kind == "marginal" else rate * start
        for at in [start, *([HUNDRED] if start < HUNDRED < end else []), end]:
            point = (at, at_start + rate * (at - start))
            if point not in found[-1:]:
                found.append(point)
        paid_below += rate * (end - start)
    return found


def has_steps(curve: Mapping[str, Any]) -> bool:
    """Whether a hair's breadth of the input can move the output: steps, a jump, a threshold that pays at once."""
    points = plain(curve)
    jumps = any(a == b for (a, _), (b, _) in pairwise(points))
    return curve["kind"] == "step" or jumps or points[0][1] > 0


def bent(curve: Mapping[str, Any], block: Mapping[str, Any], target: Target, *, is_lower: bool) -> Points:
    """The points of a KPI's curve, with the anchors of the target row and within the KPI's limit."""
    points = plain(curve)
    if target.threshold is not None:
        points[0] = (attainment(target.threshold, block, target, is_lower=is_lower), points[0][1])
    first_above = next((i for i, (a, _) in enumerate(points) if a > HUNDRED), None)
    if target.stretch is not None and first_above is not None:
        points[first_above] = (attainment(target.stretch, block, target, is_lower=is_lower), points[first_above][1])
    if "limit" in block and first_above is not None:
        reach = attainment(number(block["limit"]), block, target, is_lower=is_lower)
        if reach <= HUNDRED:
            points = points[:first_above]
        elif beyond := [i for i, (a, _) in enumerate(points) if a > reach]:
            # what nobody could reach is brought to it, with the points that the first of it brings
            points = [*points[: beyond[0]], (reach, points[beyond[0]][1])]
    return points


def reading_of(points: Sequence[tuple[Fraction, Fraction]], kind: str, at: Fraction) -> Fraction:
    """What a curve gives: nothing below the first point, the last one's from there on, else the straight line."""
    reached = [i for i, (a, _) in enumerate(points) if a <= at]
    if not reached:
        return Fraction(0)
    low = reached[-1]
    if kind == "step" or low == len(points) - 1:
        return points[low][1]
    (a, p), (b, q) = points[low], points[low + 1]
    return p + (at - a) / (b - a) * (q - p)
