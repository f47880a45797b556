"""Key actions (001-W2): what people did, not results only, and which of the expected kinds nobody sees.

Belongs here: the list from reviews/activity_log.csv. Does not belong here: any score; interviews that a KPI counts come
from the register of interviews, whatever is logged here.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.company.list_records import Activity
from pipelines.reports.facts import Facts
from pipelines.reports.results import Result
from pipelines.reports.table import Cell, Remark, Report, in_order


def action_report(facts: Facts) -> Report:
    """Return a row a person and kind of action: each kind that is expected, and what else was logged.

    `status`: `done`; `not_done` an expected kind without an entry while the person logged others; `nothing_logged` for
    whoever logged nothing at all. A company that keeps no log of the period has no rows: silence of all accuses nobody.
    """
    logged: dict[str, list[Activity]] = {}
    for row in facts.company.activity_log:
        if row.done_on in facts.period:
            logged.setdefault(row.person_id, []).append(row)
    rows: list[dict[str, Cell]] = []
    for result in facts.results if logged else ():
        if result.days:
            rows += _of_person(result, logged.get(result.person_id, ()), facts.settings.expected_actions)
    return Report(
        "key_actions",
        "001-W2",
        ("person_id", "role", "team_id", "activity", "records", "weeks", "proofs", "last_on", "status"),
        in_order(rows, "team_id", "person_id", "activity"),
        {
            "weeks": len({day.isocalendar()[:2] for day in facts.period.each_day()}),
            "silent": len({row["person_id"] for row in rows if row["status"] == "nothing_logged"}),
        },
        () if logged else (Remark("no_activity_log"),),
    )


def _of_person(result: Result, logged: Sequence[Activity], expected: Sequence[str]) -> list[dict[str, Cell]]:
    told = {"person_id": result.person_id, "role": result.role, "team_id": result.team_id}
    kinds = list(dict.fromkeys([*expected, *sorted({row.kind for row in logged})]))
    rows: list[dict[str, Cell]] = []
    for kind in kinds:
        mine = [row for row in logged if row.kind == kind]
        rows.append(
            {
                **told,
                "activity": kind,
                "records": len(mine),
                "weeks": len({row.done_on.isocalendar()[:2] for row in mine}),
                "proofs": sum(bool(row.proof) for row in mine),
                "last_on": max(row.done_on for row in mine).isoformat() if mine else None,
                "status": "done" if mine else "not_done" if logged else "nothing_logged",
            }
        )
    return rows
