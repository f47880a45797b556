"""What went with incentives of members, once more.

Belongs here: docs/scorecards.md, "Incentives of members". Does not belong here: their cost in a KPI.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from .company import Row, Span, window
from .list_given import ZERO, Cells, Given, change, shifted
from .numbers import number

ACTIVITY = ["speaking_rate", "posts_per_active_member", "engagement_rate_followers", "content_interaction_rate"]
STAYING = ["group_leave_rate", "member_retention_30"]
SATISFIED = "csat_top2_share"
OF: dict[str, list[str]] = {
    "rewards": ACTIVITY,
    "interaction": ACTIVITY,
    "social": ACTIVITY + STAYING,
    "status": [*STAYING, SATISFIED],
    "content": ["valid_message_share"],
}


def effects(given: Given) -> list[Cells]:
    """A row an incentive and KPI: the months that it touches beside as many before and after."""
    rows: list[Cells] = []
    for incentive in given.folder.reviewed("member_incentives"):
        first, after = window(incentive)
        during = [month for month in months(first.isoformat()[:7], given.span) if Span(month).first < after]
        later = [by(month, len(during)) for month in during]
        if not during or Span(later[-1]).after <= given.span.first:
            continue
        is_over = after <= given.span.after
        for kpi in OF[incentive["mechanism"]]:
            sides = [
                [
                    (side.month, side.above, side.below)
                    for side in given.seen.sides
                    if side.kpi == kpi and side.month in wanted and is_of(given, incentive, kpi, during, side.subject)
                ]
                for wanted in (
                    [by(month, -len(during)) for month in during],
                    during,
                    [month for month in later if is_over and Span(month).after <= given.span.after],
                )
            ]
            rows += row_of(given, incentive, kpi, sides, len(during), is_over=is_over)
    return rows


def row_of(
    given: Given,
    incentive: Row,
    kpi: str,
    sides: Sequence[Sequence[tuple[str, Fraction, Fraction]]],
    count: int,
    *,
    is_over: bool,
) -> list[Cells]:
    """One row, or none where nothing is known of the KPI."""
    n = [sum((below for _, _, below in them), ZERO) for them in sides]
    if not any(n):
        return []
    values = [
        sum((above for _, above, _ in them), ZERO) / whole if whole > 0 else None
        for them, whole in zip(sides, n, strict=True)
    ]
    if not is_over:
        state = "running"
    elif any(len({month for month, _, _ in them}) < count for them in sides):
        state = "too_short"
    else:
        state = "too_few" if min(n) < given["effect_members"] * count else "compared"
    cells: Cells = {
        "mechanism": incentive["mechanism"],
        "incentive_id": incentive["incentive_id"],
        "of": incentive["scope_id"] or None,
        "starts_on": incentive["valid_from"],
        "ends_on": incentive["valid_to"] or None,
        "cost": number(incentive["cost"]) if incentive["cost"] else None,
        "kpi_id": kpi,
        "change_during": change(values[1], values[0]),
        "change_after": change(values[2], values[0]),
        "status": state,
    }
    for place, name in enumerate(("before", "during", "after")):
        cells |= {f"value_{name}": values[place], f"n_{name}": n[place] or None}
    return [cells]


def is_of(given: Given, incentive: Row, kpi: str, during: Sequence[str], subject: tuple[str, str]) -> bool:
    """Whether the incentive was given to a subject: groups are those of the days on which it was given."""
    scope, name = incentive["scope"], incentive["scope_id"]
    if scope == "company" or kpi == SATISFIED:
        return True
    if scope != "community":
        return subject == (scope, name)
    first, after = window(incentive)
    after = min(after, Span(during[-1]).after)
    return subject[0] == "group" and any(
        row["community_id"] == name and row["group_id"] == subject[1] and begun < after and first < gone
        for row in given.folder.groups
        for begun, gone in [window(row)]
    )


def months(first: str, span: Span) -> list[str]:
    """The months from one on to the end of the period."""
    found = []
    while Span(first).first < span.after:
        found.append(first)
        first = by(first, 1)
    return found


def by(month: str, count: int) -> str:
    return shifted(Span(month), count).name
