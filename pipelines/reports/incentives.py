"""Before, during and after an incentive of members (002-I6): what went with it, which is not what it caused.

Belongs here: the comparison of windows of whole months, by mechanism, incentive and KPI. Does not belong here: its cost
in a KPI (`pipelines.company.incentives`), the note on the cards of the months that it touches (`pipelines.scorecards`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.company.incentives import groups_touched, months_touched
from pipelines.company.list_records import MemberIncentive
from pipelines.periods import OPEN_END, Month
from pipelines.reports.facts import Facts
from pipelines.reports.table import Cell, Remark, Report, change_percent, in_order
from pipelines.scoring.numbers import CONTEXT, ZERO

_ACTIVITY = ("speaking_rate", "posts_per_active_member", "engagement_rate_followers", "content_interaction_rate")
_LOYALTY = ("group_leave_rate", "member_retention_30")
_SATISFACTION = ("csat_top2_share",)
#: What scheme 002 says that each mechanism is for.
KPIS_OF_MECHANISM = {
    "rewards": _ACTIVITY,
    "status": (*_LOYALTY, *_SATISFACTION),
    "interaction": _ACTIVITY,
    "content": ("valid_message_share",),
    "social": (*_ACTIVITY, *_LOYALTY),
}
EFFECT_KPIS = tuple(sorted({kpi for kpis in KPIS_OF_MECHANISM.values() for kpi in kpis}))


@dataclass(frozen=True)
class _Window:
    """One KPI over some months: its value, how many it is a share of, and whether every month has records."""

    value: Decimal | None
    n: Decimal
    is_whole: bool


def incentive_report(facts: Facts) -> Report:
    """Return a row an incentive and KPI of its mechanism, for incentives whose months the period still looks at.

    The months that an incentive touches are set beside as many months before them and as many after; value and n are
    of the group, the groups of the community, the account or all of them - of satisfaction always of all answers.
    `status`: `running` while it is not over; `too_short` where a window lacks months; `too_few` where a month has fewer
    than `effect_members` on average; else `compared`.
    """
    rows: list[dict[str, Cell]] = []
    for incentive in facts.company.member_incentives:
        during = months_touched(incentive, facts.period)
        if during and _months_after(during)[-1].end > facts.period.start:
            rows += _rows(facts, incentive, during)
    return Report(
        "member_incentive_effect",
        "002-I6",
        (
            "mechanism",
            "incentive_id",
            "of",
            "starts_on",
            "ends_on",
            "cost",
            "kpi_id",
            "value_before",
            "value_during",
            "value_after",
            "change_during",
            "change_after",
            "n_before",
            "n_during",
            "n_after",
            "status",
        ),
        in_order(rows, "mechanism", "incentive_id", "kpi_id"),
        {"least": facts.settings.effect_members},
        () if facts.company.member_incentives else (Remark("no_incentives"),),
    )


def _rows(facts: Facts, incentive: MemberIncentive, during: Sequence[Month]) -> Iterable[dict[str, Cell]]:
    after = [month for month in _months_after(during) if month.end <= facts.period.end]
    is_over = (incentive.valid_to or OPEN_END) <= facts.period.end
    for kpi in KPIS_OF_MECHANISM[incentive.mechanism]:
        windows = [
            _window(facts, incentive, kpi, months, during)
            for months in (_months_before(during), during, after if is_over else [])
        ]
        if not any(window.n for window in windows):
            continue
        first, middle, last = windows
        yield {
            "mechanism": incentive.mechanism,
            "incentive_id": incentive.incentive_id,
            "of": incentive.scope_id or None,
            "starts_on": incentive.valid_from.isoformat(),
            "ends_on": incentive.valid_to.isoformat() if incentive.valid_to else None,
            "cost": incentive.cost,
            "kpi_id": kpi,
            "value_before": first.value,
            "value_during": middle.value,
            "value_after": last.value,
            "change_during": change_percent(middle.value, first.value),
            "change_after": change_percent(last.value, first.value),
            "n_before": first.n or None,
            "n_during": middle.n or None,
            "n_after": last.n or None,
            "status": _status(facts, windows, len(during), is_over),
        }


def _status(facts: Facts, windows: Sequence[_Window], months: int, is_over: bool) -> str:
    if not is_over:
        return "running"
    if not all(window.is_whole for window in windows):
        return "too_short"
    least = facts.settings.effect_members * months
    return "too_few" if any(window.n < least for window in windows) else "compared"


def _window(
    facts: Facts, incentive: MemberIncentive, kpi: str, months: Sequence[Month], during: Sequence[Month]
) -> _Window:
    """A KPI over months, of what the incentive was given to; its groups are those of the days on which it was given."""
    wanted = _subjects(facts, incentive, kpi, during)
    top, n, seen = ZERO, ZERO, set()
    for row in facts.subjects:
        if row.kpi_id != kpi or row.month not in months or row.denominator is None:
            continue
        if wanted is None or (row.subject_type, row.subject_id) in wanted:
            top, n = top + (row.numerator or ZERO), n + row.denominator
            seen.add(row.month)
    value = CONTEXT.divide(top, n) if n > 0 else None
    return _Window(value, n, len(seen) == len(during))


def _subjects(
    facts: Facts, incentive: MemberIncentive, kpi: str, during: Sequence[Month]
) -> frozenset[tuple[str, str]] | None:
    """The subjects of an incentive; None for all of them."""
    if incentive.scope == "company" or kpi in _SATISFACTION:
        return None
    if incentive.scope == "account":
        return frozenset({("account", incentive.scope_id)})
    groups = {group for month in during for group in groups_touched(facts.company, incentive, month)}
    return frozenset(("group", group) for group in groups)


def _months_before(during: Sequence[Month]) -> list[Month]:
    return [month.plus(-len(during)) for month in during]


def _months_after(during: Sequence[Month]) -> list[Month]:
    return [month.plus(len(during)) for month in during]
