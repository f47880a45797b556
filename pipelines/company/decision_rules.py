"""Rules over the decision files and the rest of the folder.

Belongs here: who may decide, whether the person was employed in the period, whether a KPI exists. Does not belong here:
what one row alone can violate (`company.decision_records`), whether a decision fits the computed score (`scoring`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pipelines.company.collector import Collector
from pipelines.company.decision_records import DecisionRecord
from pipelines.company.fields import nearest
from pipelines.company.human_files import human_file
from pipelines.company.model import HumanTables

DECISION_FILES = ("bonus_point_nominations", "award_approvals", "calibration_decisions", "appeals")
#: Decisions about a score: who was not there has none. An award or an appeal may come after somebody left.
_ABOUT_SCORES = ("bonus_point_nominations", "calibration_decisions")


def check_decisions(
    tables: HumanTables, kpi_ids: Collection[str] | None, approvers: Sequence[str] | None, collector: Collector
) -> None:
    """Check the decision files against people.csv, the KPI catalogue and the approvers.

    Args:
        tables: the rows that could be read.
        kpi_ids: the KPIs of the catalogue; None when there is none to compare with.
        approvers: of company.yaml; None when it could not be read.
        collector: takes the findings.
    """
    people = {person.person_id: person for person in tables.people}
    for name, path, row in _rows(tables):
        if approvers is not None and row.decider and row.decider not in approvers:
            listed = ", ".join(approvers)
            column = row.decided_by_column
            collector.add("not_an_approver", path, row.source_row, column, row.decider, approvers=listed)
        person = people.get(row.person_id)
        if person is not None and name in _ABOUT_SCORES:
            hired, left = person.window
            if hired >= row.period.end or left <= row.period.start:
                collector.add(
                    "reviewed_outside_employment", path, row.source_row, "period", row.period, person=row.person_id
                )
    path = human_file("appeals").path
    for appeal in tables.appeals:
        if kpi_ids is not None and appeal.kpi_id and appeal.kpi_id not in kpi_ids:
            near = nearest(appeal.kpi_id, frozenset(kpi_ids))
            collector.add("unknown_kpi", path, appeal.source_row, "kpi_id", appeal.kpi_id, nearest=near)


def _rows(tables: HumanTables) -> Iterator[tuple[str, str, DecisionRecord]]:
    for name in DECISION_FILES:
        for row in getattr(tables, name):
            yield name, human_file(name).path, row
