"""What is behind a weak KPI of a team: which side of it moved, whether the target did, whether it is one person.

Belongs here: the first look of a root-cause analysis (001-W6), from numbers alone. Does not belong here: the cause
itself, which people find (a driver tells where to look, such as the content strategy behind a fallen numerator).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pipelines.reports.facts import Facts, Past, at_target_points
from pipelines.reports.results import Line, Result
from pipelines.reports.statistics import mean
from pipelines.reports.table import Cell, Report, change_percent, percent_of, rounded
from pipelines.scoring.numbers import ZERO

Lines = Sequence[tuple[Result, Line]]


def driver_report(facts: Facts) -> Report:
    """Return a row a team and KPI that loses points against target, the most lost first.

    `driver`: `withheld` part of the data is not there; `one_person` more than half of the lost points are one
    person's; `target` the target rose and the value did not fall; `numerator` or `denominator` which side of a ratio
    moved against it by more; `value` it fell; `steady` it was as weak before; `no_history` nothing to compare with.
    """
    now = _by_team(facts.results)
    earlier = _by_team(facts.past.results) if facts.past else {}
    rows = [
        row for key, lines in now.items() if (row := _row(key, lines, earlier.get(key, []), facts.past)) is not None
    ]
    ordered = sorted(rows, key=lambda row: (-Decimal(str(row["points_lost"])), str(row["team_id"]), str(row["kpi_id"])))
    return Report(
        "weak_kpi_drivers",
        "001-W6",
        (
            "team_id",
            "kpi_id",
            "people",
            "people_below",
            "points_lost",
            "mean_attainment",
            "value_change",
            "numerator_change",
            "denominator_change",
            "target_change",
            "largest_gap_share",
            "withheld",
            "driver",
        ),
        tuple(ordered),
        {},
        facts.history_remarks([facts.period.previous()]),
    )


def _by_team(results: Sequence[Result]) -> dict[tuple[str, str], list[tuple[Result, Line]]]:
    found: dict[tuple[str, str], list[tuple[Result, Line]]] = {}
    for result in results:
        for part in result.parts:
            for line in part.lines:
                if line.status != "not_applicable" and not line.is_carried:
                    found.setdefault((part.team_id, line.kpi_id), []).append((result, line))
    return found


def _row(key: tuple[str, str], lines: Lines, earlier: Lines, past: Past | None) -> dict[str, Cell] | None:
    lost = {
        index: at_target_points(result, line) - (line.points or ZERO)
        for index, (result, line) in enumerate(lines)
        if line.is_known
    }
    below = {index: points for index, points in lost.items() if points > 0}
    if not below:
        return None
    known = [line for _, line in lines if line.is_known]
    before = [line for _, line in earlier if line.is_known]
    gap = sum(below.values(), ZERO)
    changes: dict[str, Decimal | None] = {
        "value_change": change_percent(_mean(known, "value"), _mean(before, "value")),
        "numerator_change": change_percent(_mean(known, "numerator"), _mean(before, "numerator")),
        "denominator_change": change_percent(_mean(known, "denominator"), _mean(before, "denominator")),
        "target_change": change_percent(_mean(known, "target"), _mean(before, "target")),
    }
    withheld = sum(line.is_withheld for _, line in lines)
    largest = percent_of(max(below.values()), gap)
    alone = len(lines) > 1 and largest is not None and largest > 50
    row: dict[str, Cell] = {
        "team_id": key[0],
        "kpi_id": key[1],
        "people": len({result.person_id for result, _ in lines}),
        "people_below": len({lines[index][0].person_id for index in below}),
        "points_lost": rounded(gap),
        "mean_attainment": rounded(mean([line.attainment for line in known if line.attainment is not None])),
        "largest_gap_share": largest,
        "withheld": withheld,
        "driver": _driver(changes, known[0].direction, bool(withheld), alone, past is not None and bool(before)),
    }
    return row | changes


def _mean(lines: Sequence[Line], name: str) -> Decimal | None:
    values = [getattr(line, name) for line in lines]
    return None if any(value is None for value in values) else mean(values)


def _driver(
    changes: Mapping[str, Decimal | None], direction: str, withheld: bool, alone: bool, has_history: bool
) -> str:
    """Say where to look first; what concerns the data or one person goes before what moved."""
    if withheld:
        return "withheld"
    if alone:
        return "one_person"
    if not has_history:
        return "no_history"
    better = 1 if direction == "higher" else -1
    value = (changes["value_change"] or ZERO) * better
    target = (changes["target_change"] or ZERO) * better
    if value >= 0:
        return "target" if target > 0 else "steady"
    numerator, denominator = changes["numerator_change"], changes["denominator_change"]
    if numerator is None or denominator is None:
        return "value"
    return "numerator" if -numerator * better >= denominator * better else "denominator"
