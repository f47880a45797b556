"""What came of the appeals against a period: the line and the pay that were objected to, and those of now.

Belongs here: 003-W7. Does not belong here: settling an appeal, which people do (reviews/appeals.csv), every other
difference from a sealed revision (`scorecards.diffs`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pipelines.reports.facts import Facts, Revision
from pipelines.reports.results import Result
from pipelines.reports.table import Cell, Report, in_order
from pipelines.scoring.numbers import ZERO


def appeal_report(facts: Facts) -> Report | None:
    """Return a row an appeal against the period, the open ones with the day by which they are to be decided.

    An appeal objects to the revision that was the newest on the day on which it was filed. Points are those of its KPI,
    and the printed score where it is against the whole card; pay is what the card says in all, so that the difference
    is that of the card and not of the KPI alone.
    """
    appeals = [appeal for appeal in facts.company.appeals if appeal.period == facts.period]
    if not appeals:
        return None
    now = {result.person_id: result for result in facts.results}
    days = facts.settings.appeal_days
    rows = []
    for appeal in appeals:
        revision = _objected(facts.revisions, appeal.filed_on)
        before = (
            next((one for one in revision.results if one.person_id == appeal.person_id), None) if revision else None
        )
        present = now.get(appeal.person_id)
        row: dict[str, Cell] = {
            "person_id": appeal.person_id,
            "kpi_id": appeal.kpi_id,
            "what": appeal.what,
            "filed_on": appeal.filed_on.isoformat(),
            "appeal_outcome": f"appeal_{appeal.outcome}",
            "decided_by": appeal.decided_by,
            "reason_given": appeal.reason,
            "edition": revision.label if revision else "",
            "appealed_points": _points(before, appeal.kpi_id),
            "present_points": _points(present, appeal.kpi_id),
            "appealed_payable": before.payable if before else None,
            "present_payable": present.payable if present else None,
            "difference": present.payable - before.payable if present and before else None,
        }
        if appeal.outcome == "open":
            row["deadline"] = facts.settings.answer_due(appeal.filed_on).isoformat()
        rows.append(row)
    columns = (
        "person_id", "kpi_id", "what", "filed_on", "appeal_outcome", "deadline", "decided_by", "reason_given",
        "edition", "appealed_points", "present_points", "appealed_payable", "present_payable", "difference",
    )  # fmt: skip
    ordered = in_order(rows, "appeal_outcome", "filed_on", "person_id", "kpi_id")
    return Report("appeal_outcomes", "003-W7", columns, ordered, {"days": days})


def _objected(revisions: Sequence[Revision], filed_on: date) -> Revision | None:
    """The newest revision of the day of the appeal; None where it was filed before anything was sealed."""
    return max((one for one in revisions if one.sealed_on <= filed_on), key=lambda one: one.number, default=None)


def _points(result: Result | None, kpi_id: str) -> Decimal | None:
    """The printed points of a KPI over all parts, or the printed score; None where there are none."""
    if result is None or not kpi_id:
        return result.score if result else None
    points = [line.points for line in result.lines if line.kpi_id == kpi_id and line.points is not None]
    return sum(points, ZERO) if points else None
