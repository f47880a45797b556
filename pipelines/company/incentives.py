"""Incentives of members: which days and months they touch, and what of their cost falls on each month.

Belongs here: arithmetic over rows of reviews/member_incentives.csv. Does not belong here: the row itself
(`company.list_records`), their effect (`pipelines.reports.incentives`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from pipelines.company.list_records import MemberIncentive
from pipelines.periods import OPEN_END, Month, Period

if TYPE_CHECKING:
    from pipelines.company.model import Company

#: The scopes whose costs a KPI knows (community_roi); what is spent on an account or everywhere is told in lists alone.
COST_SCOPES = ("community", "group")
_CENT = Decimal("0.01")


def months_touched(incentive: MemberIncentive, until: Period) -> tuple[Month, ...]:
    """The months with a day of an incentive, up to the end of a period."""
    found, month = [], Month.of(incentive.valid_from)
    while month.start < min(incentive.valid_to or OPEN_END, until.end):
        found.append(month)
        month = month.next()
    return tuple(found)


def monthly_costs(incentive: MemberIncentive) -> Iterator[tuple[Month, Decimal]]:
    """What of an incentive's cost falls on each of its months, by days; to the cent, and together the whole cost.

    Every month has what the days until its end cost less what the months before it have, so that no cent is lost.
    """
    if incentive.cost is None or incentive.valid_to is None:
        return
    whole = (incentive.valid_to - incentive.valid_from).days
    spent, month = Decimal(0), Month.of(incentive.valid_from)
    while month.start < incentive.valid_to:
        days = (min(month.end, incentive.valid_to) - incentive.valid_from).days
        until = (incentive.cost * days / whole).quantize(_CENT, ROUND_HALF_UP)
        yield month, until - spent
        spent, month = until, month.next()


def counted_costs(incentives: Iterable[MemberIncentive]) -> Iterator[tuple[MemberIncentive, Month, Decimal]]:
    """The monthly costs that count in a KPI: those of communities and groups."""
    for incentive in incentives:
        if incentive.scope in COST_SCOPES:
            for month, amount in monthly_costs(incentive):
                yield incentive, month, amount


def groups_touched(company: Company, incentive: MemberIncentive, month: Month) -> frozenset[str]:
    """The groups in which an incentive was given in a month: the group itself, or those of its community."""
    if incentive.scope == "group":
        return frozenset({incentive.scope_id})
    if incentive.scope != "community":
        return frozenset()
    start, end = (
        max(incentive.valid_from, month.start),
        min(incentive.valid_to or OPEN_END, month.end),
    )
    return frozenset(
        row.group_id
        for row in company.community_groups
        if row.community_id == incentive.scope_id and row.window[0] < end and start < row.window[1]
    )
