"""What a person reached in the periods before: the part of a bundle that the small trends on a card are drawn from.

Belongs here: which periods are looked at, and what is kept of them. Does not belong here: reading a period (earlier),
the drawing (charts). It is shown and decides nothing: a sealed revision does not differ by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipelines.company.leading import managers_of
from pipelines.company.model import Company
from pipelines.company.reporting_records import ReportingLine
from pipelines.periods import Month, Period, Quarter
from pipelines.reports.facts import Past
from pipelines.reports.results import Result
from pipelines.scorecards.earlier import DRAFT, past_of
from pipelines.scorecards.errors import IntegrityError
from pipelines.scorecards.lines import line_key

MONTHS, QUARTERS, YEARS = 12, 8, 5  # how many periods a trend has, with the card's own


def history_of(
    company: Company, lines: Iterable[ReportingLine], period: Period, bundle: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the part of a bundle that holds the earlier results of the people and KPIs that stand in it.

    A card goes to the person and to whoever led the person in its period. So it tells of an earlier period only what
    was sealed, and only where all of these managers may see the card of that period too.

    Args:
        company: the company.
        lines: who leads whom.
        period: the period of the bundle.
        bundle: what the cards are made from.

    Returns:
        `history`: `periods`, the looked at periods, oldest first, each with the sealed revision that was read (`r1`)
        or an empty string where there is none; `people`, by person id the printed scores (`score`) and the values of
        each line (`lines`, by `lines.line_key`), by period. A withheld value, a value that was carried from a longer
        period and what stood in a period without an edition are not there.
    """
    looked_at = periods_before(period)
    found = {str(one): _sound(company.home, one) for one in looked_at}
    employed = {person.person_id: person.window for person in company.people}
    led = tuple(lines)
    people = {}
    for trace in bundle["traces"]:
        person = trace["person_id"]
        window = employed[person]
        readers = managers_of(led, person, window, period)
        seen = [str(one) for one in looked_at if readers <= managers_of(led, person, window, one)]
        wanted = {line_key(line) for part in trace["segments"] for line in part["lines"] if "carried" not in line}
        results = {name: past.by_person[person] for name in seen if (past := found[name]) and person in past.by_person}
        values: dict[str, dict[str, str]] = {}
        for name, result in results.items():
            for key, value in _values(result).items():
                if key in wanted:
                    values.setdefault(key, {})[name] = value
        scores = {name: f"{result.score:f}" for name, result in results.items() if result.score is not None}
        if scores or values:
            people[person] = {"score": scores, "lines": dict(sorted(values.items()))}
    return {
        "history": {
            "periods": {name: past.edition if past else "" for name, past in found.items()},
            "people": people,
        }
    }


def periods_before(period: Period) -> list[Period]:
    """Return the periods of the same length before a period that its trends show, oldest first."""
    count = MONTHS if isinstance(period, Month) else QUARTERS if isinstance(period, Quarter) else YEARS
    found: list[Period] = []
    for _ in range(count - 1):
        period = period.previous()
        found.insert(0, period)
    return found


def _sound(home: Path, period: Period) -> Past | None:
    """What was approved of a period: a draft may still change, and nobody but who approves has seen it.

    A damaged seal of last year is told by `verify`; it must not keep this month's cards from being made.
    """
    try:
        past = past_of(home, period)
    except IntegrityError:
        return None
    return past if past is not None and past.edition != DRAFT else None


def _values(result: Result) -> dict[str, str]:
    """The value of each line; where the position changed inside the period, that of its last part."""
    return {
        f"{line.kpi_id}@{line.community_id}" if line.community_id else line.kpi_id: f"{line.value:f}"
        for part in result.parts
        for line in part.lines
        if line.value is not None and line.is_known and not line.is_carried
    }
