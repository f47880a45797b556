"""From the warehouse's evidence of gaming and people's appeals to what scoring is told of each person.

Belongs here: what an appeal makes of an incident, and which appeals name none. Does not belong here: finding incidents
(dbt_project/models/intermediate/gaming), what a scheme takes for them (`pipelines.scoring.gaming`), the words of a card
(`gaming_words`).

An appeal is about an incident when it names it, whatever period its card is of: an incident of October may stand on the
card of the month, the quarter and the year, and is one. While an appeal against a whole card is open, it is about every
incident on that card.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pipelines.company.decision_records import Appeal
from pipelines.company.model import Company
from pipelines.periods import Period
from pipelines.scorecards.measured import people_by_key
from pipelines.scoring.gaming import DROPPED, STANDING, SUSPENDED, IncidentInput
from pipelines.warehouse import readings as warehouse


def incidents_of(company: Company, warehouse_file: Path, period: Period) -> dict[str, tuple[IncidentInput, ...]]:
    """Return the incidents of a period's months by person id, in the order of their names.

    Args:
        company: for its people and appeals.
        warehouse_file: the finished warehouse.
        period: the period of the card.
    """
    people = people_by_key(company)
    found: dict[str, list[IncidentInput]] = defaultdict(list)
    for row in warehouse.gaming_incidents(warehouse_file, period):
        person_id = people.get(row["person_id"])
        if person_id is None:
            continue
        about = [one for one in company.appeals if one.person_id == person_id]
        found[person_id].append(
            IncidentInput(
                incident_id=row["incident_id"],
                rule=row["rule_id"],
                share=row["share"],
                subject=row["subject_id"] if row["subject_type"] in ("group", "account") else "",
                value=row["value"],
                threshold=row["threshold"],
                expected=row["expected"],
                n=row["n"],
                happened_from=row["first_day"],
                happened_to=row["last_day"],
                state=state_of(row["incident_id"], about, period),
            )
        )
    return {person: tuple(sorted(rows, key=lambda one: one.incident_id)) for person, rows in found.items()}


def state_of(incident_id: str, appeals: Iterable[Appeal], period: Period) -> str:
    """Return what a person's appeals make of an incident on the card of a period.

    The newest row that names the incident decides; of one day, an open one and then an upheld one. Rejected, withdrawn
    and partly upheld ones leave it: what was partly right, people correct by an adjustment. An open appeal against the
    whole card suspends what no row has settled.
    """
    rank = {"open": 2, "upheld": 1}
    all_rows = list(appeals)
    named = [one for one in all_rows if one.incident == incident_id]
    if named:
        newest = max(named, key=lambda one: (one.filed_on, rank.get(one.outcome, 0)))
        return {"open": SUSPENDED, "upheld": DROPPED}.get(newest.outcome, STANDING)
    whole = any(
        one.outcome == "open" and one.period == period and not one.kpi_id and not one.incident for one in all_rows
    )
    return SUSPENDED if whole else STANDING


def unknown_incidents(
    company: Company, period: Period, incidents: Mapping[str, Iterable[IncidentInput]]
) -> Iterator[Appeal]:
    """Yield the appeals of a period that name an incident which is on no card of that person: a slip of the pen."""
    for appeal in company.appeals:
        known = {one.incident_id for one in incidents.get(appeal.person_id, ())}
        if appeal.period == period and appeal.incident and appeal.incident not in known:
            yield appeal
