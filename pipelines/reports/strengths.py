"""Where a person gained and lost points against target.

Belongs here: the KPIs that brought most and cost most, as several lists name them. Does not belong here: the lists.
"""

from __future__ import annotations

from decimal import Decimal

from pipelines.reports.facts import at_target_points
from pipelines.reports.results import Result
from pipelines.scoring.numbers import ZERO, round_once


def differences(result: Result) -> dict[str, Decimal]:
    """Return the points gained or lost against target by KPI, to two decimals; what is not scored has none."""
    found: dict[str, Decimal] = {}
    for line in result.lines:
        if line.is_known and line.points is not None:
            found[line.kpi_id] = found.get(line.kpi_id, ZERO) + line.points - at_target_points(result, line)
    return {kpi: round_once(points) for kpi, points in found.items()}


def shortfalls(result: Result, count: int = 2) -> list[tuple[str, Decimal]]:
    """Return the KPIs that cost most points, most first, with the points lost."""
    lost = sorted((points, kpi) for kpi, points in differences(result).items() if points < 0)
    return [(kpi, -points) for points, kpi in lost[:count]]


def strengths(result: Result, count: int = 2) -> list[tuple[str, Decimal]]:
    """Return the KPIs that brought most points beyond target, most first."""
    gained = sorted((-points, kpi) for kpi, points in differences(result).items() if points > 0)
    return [(kpi, -points) for points, kpi in gained[:count]]
