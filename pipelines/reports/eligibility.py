"""Who fulfils the conditions of rewards that are no money: long-term incentives, development, autonomy.

Belongs here: 000-I3, 000-I5, 000-I6, 002-I4. Does not belong here: granting any of them, wishes (wishes).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pipelines.periods import Month, Period, Year
from pipelines.reports.chance import chance_note
from pipelines.reports.facts import Facts, before
from pipelines.reports.results import Result
from pipelines.reports.table import Cell, Remark, Report, in_order
from pipelines.reports.wishes import WISH_COLUMNS, with_wishes


def eligibility_report(facts: Facts) -> Report | None:
    """Return who is eligible after a quarter or year; months are too short for it.

    `development` (promotion, rotation, bigger projects, conferences, training): a score from `eligible_score` on.
    `autonomy` (creative freedom, budgets, pilots): the same in every one of the last `autonomy_periods` periods.
    `long_term` (options, equity), of a year only: the same in the year, and `core_months` of employment at its end.
    With `too_close` withheld data decides; `by_chance` says where chance alone may have moved the score over the line.
    """
    if isinstance(facts.period, Month):
        return None
    settings = facts.settings
    earlier = before(facts.period, settings.autonomy_periods - 1)
    hired = {person.person_id: person.hired_on for person in facts.company.people}
    rows: list[dict[str, Cell]] = []
    for result in facts.results:
        now = _reached(result, settings.eligible_score)
        start = hired.get(result.person_id)
        months = _whole_months(start, facts.period) if start is not None else None
        told: dict[str, Cell] = {
            "person_id": result.person_id,
            "role": result.role,
            "team_id": result.team_id,
            "score": result.score,
            "employed_months": months,
            "withheld": result.withheld,
            "by_chance": chance_note(result, settings.eligible_score),
        }
        states = {"development": now, "autonomy": _autonomy(facts, result, earlier, now)}
        if isinstance(facts.period, Year):
            states["long_term"] = now if months is not None and months >= settings.core_months else "out"
        rows += [told | {"purpose": purpose, "status": state} for purpose, state in states.items() if state != "out"]
    remarks: Sequence[Remark] = facts.history_remarks(earlier)
    return Report(
        "eligibility",
        "000-I3, 000-I5, 000-I6, 000-I8, 002-I4",
        (
            "purpose",
            "person_id",
            "role",
            "team_id",
            "score",
            "employed_months",
            "withheld",
            "status",
            "by_chance",
            *WISH_COLUMNS,
        ),
        with_wishes(facts, in_order(rows, "purpose", "person_id")),
        {"score": settings.eligible_score, "months": settings.core_months, "periods": settings.autonomy_periods},
        (*remarks, *(() if facts.company.preferences else (Remark("no_preferences"),))),
    )


def _autonomy(facts: Facts, result: Result, earlier: Sequence[Period], now: str) -> str:
    states = [now]
    for period in earlier:
        past = facts.earlier.get(period)
        found = past.by_person.get(result.person_id) if past else None
        states.append("out" if found is None else _reached(found, facts.settings.eligible_score))
    return "out" if "out" in states else "too_close" if "too_close" in states else "in"


def _reached(result: Result, line: Decimal) -> str:
    if result.bounds is None:
        return "out"
    low, high = result.bounds
    return "in" if low >= line else "too_close" if high >= line else "out"


def _whole_months(start: date, period: Period) -> int:
    """Whole months from the first day of employment to the end of the period."""
    first = Month.of(start)
    whole = (period.end.year - first.year) * 12 + period.end.month - first.month
    return max(0, whole - (1 if start.day > period.end.day else 0))
