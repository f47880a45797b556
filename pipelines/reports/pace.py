"""The progress pack of the period itself (000-W2, 004-W2): pace against target by the days that have passed, the weeks.

Belongs here: a month (quarter, year) in progress or over, line by line, weakest first; a month by ISO week. Does not
belong here: how far a quarter has come by its months (`targets`), whether a target is plausible.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from pipelines.periods import OPEN_END, Month
from pipelines.reports.facts import Facts
from pipelines.reports.results import Line, Part, Result
from pipelines.reports.table import Cell, Remark, Report, percent_of, rounded
from pipelines.scoring.numbers import CONTEXT, ZERO


def pace_reports(facts: Facts) -> list[Report]:
    """Return the pace of the period, and of a month its weeks."""
    return [_pace(facts), _weeks(facts)] if isinstance(facts.period, Month) else [_pace(facts)]


def _pace(facts: Facts) -> Report:
    """A row a line: the share of its days that have passed beside the share of its target that is reached.

    Only sums are projected, by their days; of everything else the present value stands beside the target. A sum whose
    data is withheld - as that of a month that is not over - is told from the records so far, as `records_so_far`.
    """
    spans = {(one.person_id, one.segment_id): (one.valid_from, one.valid_to) for one in facts.company.segments()}
    rows = [
        _line_row(facts, result, part, line, spans.get((result.person_id, part.segment_id)))
        for result in facts.results
        for part in result.parts
        for line in part.lines
        if line.status != "not_applicable" and not line.is_carried
    ]
    rows.sort(key=_weakest_first)
    return Report(
        "pace",
        "000-W2, 004-W2",
        (
            "person_id",
            "team_id",
            "kpi_id",
            "community_id",
            "aggregation",
            "value",
            "target",
            "days_passed",
            "target_reached",
            "pace",
            "projected",
            "status",
        ),
        tuple(rows),
        {"behind": sum(row["status"] == "behind" for row in rows)},
        () if facts.heard else (Remark("no_days_told"),),
    )


def _weakest_first(row: dict[str, Cell]) -> tuple[bool, Decimal, str, str, str]:
    pace = row.get("pace")
    known = isinstance(pace, Decimal)
    number = pace if isinstance(pace, Decimal) else ZERO
    return (not known, number, str(row["person_id"]), str(row["kpi_id"]), str(row["community_id"] or ""))


def _line_row(
    facts: Facts, result: Result, part: Part, line: Line, span: tuple[date, date | None] | None
) -> dict[str, Cell]:
    adds_up = facts.aggregation(line.kpi_id) == "sum"
    value = line.value if line.is_known else None
    weeks = facts.weekly.get((result.person_id, line.kpi_id), {})
    # the records are the person's of the whole period: they stand for a line only where it is the only one of its KPI
    from_records = value is None and adds_up and weeks and _is_only(result, line)
    if from_records:
        value = sum((amount for amount, _ in weeks.values()), ZERO)
    row: dict[str, Cell] = {
        "person_id": result.person_id,
        "team_id": part.team_id,
        "kpi_id": line.kpi_id,
        "community_id": line.community_id or None,
        "aggregation": "adds_up_over_time" if adds_up else "as_it_stands",
        "value": value,
        "target": line.target,
    }
    if value is None or line.target is None:
        return row | {"status": "withheld" if value is None else "no_target"}
    reached = percent_of(value, line.target)
    row["target_reached"] = reached
    measure = value
    if adds_up:
        passed, days = _days(facts, line, span)
        row["days_passed"] = percent_of(passed, days)
        if not passed:
            return row | {"status": "records_so_far" if from_records else "no_target"}
        measure = CONTEXT.divide(value * days, Decimal(passed))
        row["projected"] = rounded(measure)
    pace = percent_of(measure, line.target) if line.direction == "higher" else percent_of(line.target, measure)
    behind = measure < line.target if line.direction == "higher" else measure > line.target
    if from_records:
        return row | {"pace": pace, "status": "records_so_far"}
    return row | {"pace": pace, "status": "behind" if behind else "on_pace"}


def _is_only(result: Result, line: Line) -> bool:
    return sum(one.kpi_id == line.kpi_id for one in result.lines) == 1


def _days(facts: Facts, line: Line, span: tuple[date, date | None] | None) -> tuple[int, int]:
    """Days of the line's span that the exports of its KPI speak of, and all of them."""
    start = max(facts.period.start, span[0]) if span else facts.period.start
    end = min(facts.period.end, span[1] or OPEN_END) if span else facts.period.end
    until = min(max(_heard_until(facts, line.kpi_id), start), end)
    return (until - start).days, (end - start).days


def _heard_until(facts: Facts, kpi: str) -> date:
    """The day until which the exports of a KPI speak, not included; without any, until which any export does."""
    families = str(facts.catalogue.get(kpi, {}).get("families") or "").split(";")
    told = [facts.heard[family] for family in families if family in facts.heard]
    last = min(told) if told else max(facts.heard.values(), default=facts.period.end)
    return last + timedelta(days=1)


def _weeks(facts: Facts) -> Report:
    """A row a person, sum and ISO week of the month that the exports speak of; a week without a record is zero.

    The weeks are added up from the records that the cards carry. A KPI with more records than a card keeps has none.
    """
    rows: list[dict[str, Cell]] = []
    left_out = 0
    for result in facts.results:
        lines = {line.kpi_id: line for line in result.lines if facts.aggregation(line.kpi_id) == "sum"}
        for kpi, line in sorted(lines.items()):
            if line.status == "not_applicable" or line.is_carried:
                continue
            found = facts.weekly.get((result.person_id, kpi))
            if found is None:
                left_out += line.records > 0
                continue
            for week in _weeks_heard(facts, kpi):
                amount, records = found.get(week, (ZERO, 0))
                share = percent_of(amount, line.target_full) if line.target_full else None
                rows.append(
                    {
                        "person_id": result.person_id,
                        "team_id": result.team_id,
                        "kpi_id": kpi,
                        "week": week,
                        "value": amount,
                        "records": records,
                        "target_reached": share,
                    }
                )
    return Report(
        "weekly_progress",
        "000-W2, 004-W2",
        ("person_id", "team_id", "kpi_id", "week", "value", "records", "target_reached"),
        tuple(rows),
        {},
        (Remark("weeks_left_out", {"count": str(left_out)}),) if left_out else (),
    )


def _weeks_heard(facts: Facts, kpi: str) -> list[str]:
    until = min(_heard_until(facts, kpi), facts.period.end)
    days = (day for day in facts.period.each_day() if day < until)
    return list(dict.fromkeys(iso_week(day) for day in days))


def iso_week(day: date) -> str:
    """The ISO week of a day, such as 2026-W41."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"
