"""Pace and weeks: how the period itself goes, once more.

Belongs here: docs/scorecards.md, "Pace and weeks". Does not belong here: how far a longer period has come
(`list_targets.progress`).
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from .company import ONE_DAY, days_of
from .list_given import ZERO, Card, Cells, Given, Line, percent, two


def is_sum(given: Given, kpi: str) -> bool:
    """Only sums are projected and have weeks: distinct counts stand as they are."""
    return given.catalogue[kpi]["aggregation"] == "sum"


def pace(given: Given) -> list[Cells]:
    return [
        of_line(given, card, line)
        for card in given.cards
        for line in card.lines
        if line.status != "not_applicable" and not line.is_carried
    ]


def of_line(given: Given, card: Card, line: Line) -> Cells:
    adds, target = is_sum(given, line.kpi), line.get("target")
    value, is_partial = (line.get("value"), False) if line.is_known else (None, False)
    weeks = given.seen.weeks.get((card.person, line.kpi))
    if value is None and adds and weeks and [one.kpi for one in card.lines].count(line.kpi) == 1:
        value, is_partial = sum((amount for amount, _ in weeks.values()), ZERO), True
    row: Cells = {
        "person_id": card.person,
        "team_id": line.segment["team_id"],
        "kpi_id": line.kpi,
        "community_id": line.community or None,
        "aggregation": "adds_up_over_time" if adds else "as_it_stands",
        "value": value,
        "target": target,
    }
    if value is None or target is None:
        return {**row, "status": "withheld" if value is None else "no_target"}
    row["target_reached"] = percent(value, target)
    reckoned = value
    if adds:
        passed, whole = days(given, card, line)
        row["days_passed"] = percent(passed, whole)
        reckoned = value * whole / passed
        row["projected"] = two(reckoned)
    row["pace"] = percent(reckoned, target) if line.is_higher else percent(target, reckoned)
    reached = reckoned >= target if line.is_higher else reckoned <= target
    return {**row, "status": "records_so_far" if is_partial else "on_pace" if reached else "behind"}


def days(given: Given, card: Card, line: Line) -> tuple[int, int]:
    """Days of the person's segment in the period that the exports speak of, and all of them."""
    seg = next(
        one
        for one in given.folder.segments(given.span)
        if (one.person, one.id) == (card.person, line.segment["segment_id"])
    )
    whole = set(days_of(max(seg.start, given.span.first), min(seg.end, given.span.after)))
    return sum(day <= heard(given, line.kpi) for day in whole), len(whole)


def heard(given: Given, kpi: str) -> date:
    """The last day that the exports of a KPI speak of: of several families the least; of none the latest of any."""
    told = [given.seen.heard[name] for name in given.catalogue[kpi]["families"].split(";") if name in given.seen.heard]
    return min(told) if told else max(given.seen.heard.values(), default=given.span.after - ONE_DAY)


def weeks(given: Given) -> list[Cells]:
    """A row a person, sum and ISO week up to the last day that is heard; a week without a record is zero."""
    rows: list[Cells] = []
    for card in given.cards:
        for kpi, line in counted(given, card).items():
            found = given.seen.weeks.get((card.person, kpi))
            if found is None:
                continue
            until = min(heard(given, kpi) + ONE_DAY, given.span.after)
            for week in sorted({week_of(day) for day in days_of(given.span.first, until)}):
                amount, records = found.get(week, (ZERO, 0))
                full = line.get("target_full")
                rows.append(
                    {
                        "person_id": card.person,
                        "team_id": card.last("team_id"),
                        "kpi_id": kpi,
                        "week": week,
                        "value": amount,
                        "records": records,
                        "target_reached": percent(amount, full) if full else None,
                    }
                )
    return rows


def counted(given: Given, card: Card) -> dict[str, Line]:
    """The sums of a card, each by its last line."""
    last = {line.kpi: line for line in card.lines if is_sum(given, line.kpi)}
    return {kpi: line for kpi, line in last.items() if line.status != "not_applicable" and not line.is_carried}


def left_out(given: Given) -> list[tuple[str, dict[str, str]]]:
    """Of how many lines the weeks say nothing, because there are more records than a card keeps."""
    missing = sum(
        (card.person, kpi) not in given.seen.weeks and int(line.raw["n_records"] or 0) > 0
        for card in given.cards
        for kpi, line in counted(given, card).items()
    )
    return [("weeks_left_out", {"count": str(missing)})] if missing else []


def week_of(day: date) -> str:
    """The ISO week: that of the Thursday, counted from the first one of its year."""
    thursday = day + timedelta(days=3 - day.weekday())
    return f"{thursday.year}-W{(thursday.timetuple().tm_yday - 1) // 7 + 1:02d}"


def of_records(records: list[tuple[date, Fraction]]) -> dict[str, tuple[Fraction, int]]:
    """What records add up to by ISO week, and how many they are."""
    found: dict[str, tuple[Fraction, int]] = {}
    for day, amount in records:
        before = found.get(week_of(day), (ZERO, 0))
        found[week_of(day)] = (before[0] + amount, before[1] + 1)
    return found
