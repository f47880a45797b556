"""Curves that tempt or that pay nothing for effort: cliffs, flat curves, caps below the target.

Belongs here: the shape of curves of KPIs, of the pool factor, of the personal cap and of the payout. Does not belong
here: points that are wrong (`schemes.checks`), curves that a target bends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from pipelines.schemes.advice.sheet import ZERO, Sheet, plain
from pipelines.schemes.checks import curve_problems
from pipelines.schemes.parsed import HUNDRED, Issue, items, mapping
from pipelines.schemes.yaml_lines import Path

Point = tuple[Decimal, Decimal]


def issues(sheet: Sheet) -> Iterator[Issue]:
    """Yield the cliffs, the flat curves and the low caps of a scheme."""
    for name, raw in mapping(sheet.scheme.get("curves")).items():
        block = mapping(raw)
        points = _points(block, is_kpi_curve=True)
        path: Path = ("curves", name, "points")
        yield from _shape(path, points, "advice.curve")
        # An attainment may be negative (worse than the baseline), so a first point at 0 can be a cliff too.
        cliffs = jumps(str(block.get("kind")), points)
        if cliffs and not _is_flat(points):
            worth = max(size for _, _, size in cliffs) * _heaviest(sheet, name) / HUNDRED
            yield Issue((*path, cliffs[0][0]), "advice.curve.cliff", {"jumps": _written(cliffs), "worth": plain(worth)})
    for form, name, unit in (("pool", "factor", " %"), ("pool", "personal_cap", ""), ("individual", "payout", "")):
        block = mapping(mapping(sheet.scheme.get(form)).get(name))
        points, path = _points(block, is_kpi_curve=False), (form, name, "points")
        yield from _shape(path, points, f"advice.{name}")
        # Neither a team's attainment nor a score falls below 0: what is paid from there on is no jump.
        cliffs = [jump for jump in jumps(str(block.get("kind")), points) if points[jump[0]][0] > 0]
        if cliffs:
            yield Issue((*path, cliffs[0][0]), f"advice.{name}.cliff", {"jumps": _written(cliffs, unit)})


def jumps(kind: str, points: Sequence[Point]) -> list[tuple[int, Decimal, Decimal]]:
    """Return (index, input, size) of every place where a hair's breadth of input changes the output."""
    found = []
    for index, (at, output) in enumerate(points):
        before = points[index - 1] if index else None
        if before is None or kind == "step" or before[0] == at:
            size = output - (before[1] if before else ZERO)
            if size > 0:
                found.append((index, at, size))
    return found


def _shape(path: Path, points: Sequence[Point], key: str) -> Iterator[Issue]:
    if not points:
        return
    top = points[-1][1]
    if _is_flat(points):
        yield Issue(path, f"{key}.flat", {"top": plain(top)})
    if top < HUNDRED:
        yield Issue((*path, len(points) - 1), f"{key}.low_cap", {"top": plain(top)})


def _is_flat(points: Sequence[Point]) -> bool:
    """Whether it pays one sum for everything; from a first point above 0 it is a cliff instead."""
    same = len({output for _, output in points}) == 1
    return same and (points[0][0] <= 0 or points[0][1] == 0)


def _points(block: Any, *, is_kpi_curve: bool) -> list[Point]:
    """Return the points of a sound curve; of an unsound one, which the checks tell, none."""
    raw = items(block.get("points"))
    sound = raw and all(
        isinstance(point, list) and len(point) == 2 and all(isinstance(n, Decimal) for n in point) for point in raw
    )
    if not sound or any(curve_problems(block.get("kind"), raw, is_kpi_curve=is_kpi_curve)):
        return []
    return [(point[0], point[1]) for point in raw]


def _heaviest(sheet: Sheet, curve: str) -> Decimal:
    """The greatest weight of a KPI that uses the curve."""
    return max((one.weight for one in sheet.paid if sheet.kpi_rule(one.kpi).get("curve") == curve), default=ZERO)


def _written(cliffs: Sequence[tuple[int, Decimal, Decimal]], unit: str = " %") -> str:
    return ", ".join(f"{plain(at)}{unit} (+{plain(size)})" for _, at, size in cliffs)
