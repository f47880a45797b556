"""The interview sheet (000-W5): a row a person with what the talk after a period is about.

Belongs here: putting a person's own figures side by side. Does not belong here: anybody else's figures; what was said,
which the two keep.
"""

from __future__ import annotations

from pipelines.reports.facts import Facts
from pipelines.reports.results import Result
from pipelines.reports.strengths import shortfalls, strengths
from pipelines.reports.table import Cell, Report, in_order, joined


def interview_report(facts: Facts) -> Report:
    """Return a row a person: score and its change, what brought and what cost most, what is withheld, the pay."""
    rows = [_row(facts, result) for result in facts.results]
    return Report(
        "interview_sheet",
        "000-W5, 000-W2",
        (
            "person_id",
            "role",
            "team_id",
            "score",
            "previous_score",
            "score_change",
            "strengths",
            "shortfalls",
            "withheld",
            "payable",
            "held",
        ),
        in_order(rows, "team_id", "person_id"),
        {},
        facts.history_remarks([facts.period.previous()]),
    )


def _row(facts: Facts, result: Result) -> dict[str, Cell]:
    past = facts.past.by_person.get(result.person_id) if facts.past else None
    before = past.score if past else None
    return {
        "person_id": result.person_id,
        "role": result.role,
        "team_id": result.team_id,
        "score": result.score,
        "previous_score": before,
        "score_change": None if before is None or result.score is None else result.score - before,
        "strengths": joined(kpi for kpi, _ in strengths(result)) or None,
        "shortfalls": joined(kpi for kpi, _ in shortfalls(result)) or None,
        "withheld": result.withheld,
        "payable": result.payable,
        "held": result.held,
    }
