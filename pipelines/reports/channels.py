"""What each paid channel costs and brings (004-K4, 004-R5, 004-G2): equal weights let dear channels raise the total.

Belongs here: the channel-efficiency report. Does not belong here: which records belong to a channel (the warehouse).
"""

from __future__ import annotations

from decimal import Decimal

from pipelines.reports.facts import Channel, Facts
from pipelines.reports.table import Cell, Remark, Report, percent_of, rounded
from pipelines.scoring.numbers import CONTEXT, ZERO


def channel_report(facts: Facts) -> Report:
    """Return a row a channel that money was spent on, the dearest lead first.

    `finding`: `no_lead` money without a lead; `dearer` or `cheaper` a lead than all channels together by more than
    `channel_gap` per cent; else `usual`.
    """
    channels = [one for one in facts.channels if one.spend > 0 or one.leads > 0]
    spend = sum((one.spend for one in channels), ZERO)
    leads = sum((one.leads for one in channels), ZERO)
    of_all = CONTEXT.divide(spend, leads) if leads else None
    rows = [_row(facts, one, spend, leads, of_all) for one in channels]
    dearest_first = sorted(rows, key=lambda row: (row["cost_per_lead"] is not None, -_cost(row), str(row["channel"])))
    return Report(
        "channel_efficiency",
        "004-K4, 004-R5, 004-G2",
        (
            "channel",
            "currency",
            "spend",
            "spend_share",
            "leads",
            "leads_share",
            "cost_per_lead",
            "customers",
            "cost_per_customer",
            "returned",
            "return_on_spend",
            "finding",
        ),
        tuple(dearest_first),
        {"gap": facts.settings.channel_gap, "of_all": rounded(of_all)},
        () if rows else (Remark("no_channels"),),
    )


def _row(facts: Facts, one: Channel, spend: Decimal, leads: Decimal, of_all: Decimal | None) -> dict[str, Cell]:
    cost = CONTEXT.divide(one.spend, one.leads) if one.leads else None
    return {
        "channel": one.name,
        "currency": facts.company.currency,
        "spend": rounded(one.spend),
        "spend_share": percent_of(one.spend, spend),
        "leads": rounded(one.leads),
        "leads_share": percent_of(one.leads, leads),
        "cost_per_lead": rounded(cost),
        "customers": rounded(one.customers),
        "cost_per_customer": rounded(CONTEXT.divide(one.spend, one.customers)) if one.customers else None,
        "returned": rounded(one.returned),
        "return_on_spend": rounded(CONTEXT.divide(one.returned, one.spend)) if one.spend else None,
        "finding": _finding(cost, of_all, facts.settings.channel_gap),
    }


def _finding(cost: Decimal | None, of_all: Decimal | None, gap: Decimal) -> str:
    if cost is None:
        return "no_lead"
    off = percent_of(cost, of_all) if of_all else None
    if off is None or abs(off - 100) <= gap:
        return "usual"
    return "dearer" if off > 100 else "cheaper"


def _cost(row: dict[str, Cell]) -> Decimal:
    value = row["cost_per_lead"]
    return value if isinstance(value, Decimal) else ZERO
