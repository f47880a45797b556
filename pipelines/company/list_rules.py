"""Rules over several rows of the files that lists read.

Belongs here: employment on the day of an action, wishes that overlap, costs that stand in two files, who may approve
them. Does not belong here: what one row alone can violate (`company.list_records`), references to people, accounts,
communities and teams, which are checked for all files (`company.rules`).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.company.collector import Collector
from pipelines.company.human_files import human_file
from pipelines.company.incentives import counted_costs
from pipelines.company.model import HumanTables
from pipelines.periods import Month


def check_list_files(tables: HumanTables, approvers: Sequence[str] | None, collector: Collector) -> None:
    """Check the files of actions and incentives against the other files.

    Args:
        tables: the rows that could be read.
        approvers: of company.yaml; None when it could not be read.
        collector: takes the findings.
    """
    _check_activities(tables, collector)
    _check_costs(tables, collector)
    path = human_file("member_incentives").path
    for row in tables.member_incentives:
        if approvers is not None and row.approved_by and row.approved_by not in approvers:
            listed = ", ".join(approvers)
            collector.add("not_an_approver", path, row.source_row, "approved_by", row.approved_by, approvers=listed)


def _check_activities(tables: HumanTables, collector: Collector) -> None:
    people = {person.person_id: person for person in tables.people}
    path = human_file("activity_log").path
    for row in tables.activity_log:
        person = people.get(row.person_id)
        if person is not None and not person.covers(row.done_on):
            collector.add(
                "acted_outside_employment", path, row.source_row, "done_on", row.done_on, person=row.person_id
            )


def _check_costs(tables: HumanTables, collector: Collector) -> None:
    """A cost that stands in both files would count twice."""
    stated: dict[tuple[Month, str, str], int] = {
        (row.month, row.scope, row.scope_id): row.source_row for row in tables.costs if row.kind == "member_incentive"
    }
    path = human_file("member_incentives").path
    for incentive, month, _ in counted_costs(tables.member_incentives):
        other = stated.get((month, incentive.scope, incentive.scope_id))
        if other is not None:
            collector.add(
                "incentive_cost_twice", path, incentive.source_row, "cost", incentive.cost,
                month=month, other=other, costs=human_file("costs").path,
            )  # fmt: skip
