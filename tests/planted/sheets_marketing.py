"""Exports of groups, events and campaigns, sound until somebody damages them.

Belongs here: true headers and plain, deterministic values of September and October 2026, and what October
comes to. Does not belong here: any damage.
"""

from __future__ import annotations

import datetime as dt

from pipelines.demo.community_files import GROUPS_HEADER
from pipelines.demo.engagement_files import ACCUPASS_HEADER, REGISTER_HEADER
from pipelines.demo.sales_files import AD_HEADER, LEADS_HEADER

from .sheets import NOVEMBER, OCTOBER, Files, Sheet, days, in_october, listed, number

#: Spend is restated for four weeks: all of October is settled by then.
SETTLED = "2026-12-01"
GUESTS, COST, REVENUE = 18, 1000, 3000


def group(subject: int, account: str, handle: str) -> Files:
    """The sheet of a group that grows by a few members a day."""
    total, rows = 120, []
    for day in days(dt.date(2026, 9, 1), NOVEMBER):
        joined, left = 3 + (subject + day.day) % 3, 1 + day.day % 2
        total += joined - left
        cells = (str(day), account, "", *map(str, (total, total // 4, 2 * total, joined, left, 0)))
        rows.append(dict(zip(GROUPS_HEADER, cells, strict=True)))
    return {f"groups/_{account}/2026-11-09/group_daily.csv": Sheet(list(GROUPS_HEADER), rows)}


def group_values(files: Files, counts: list[dict[str, str]]) -> dict[str, float]:
    """October of a group."""
    rows = [row for row in listed(files, "group_daily") if in_october(row["统计日期"])]
    return {"member_net_growth": sum(number(row["新增群成员数"]) - number(row["退群人数"]) for row in rows)}


def event_id(account: str) -> str:
    """The id of an account's event; in the name of a list an underscore would end it."""
    return account.replace("_", "-")


def event(subject: int, account: str, handle: str) -> Files:
    """An event of October, settled, with the list of who came."""
    cells = (event_id(account), "Salon", "沙龙", "2026-10-17 14:00:00", "", "", "", "40", str(COST), str(REVENUE),
             "CNY", "2026-10-28", "", "", "2026-09-01")  # fmt: skip
    guests = [
        dict(zip(ACCUPASS_HEADER, (f"{account}-{n:02d}", f"A{subject:03d}{n:02d}", "2026-10-10 12:00:00", "Guest",
                                   f"g{n}.{subject}@guest.example", "", "General", "線上報名", "", "有效", "已報到"),
                 strict=True))
        for n in range(GUESTS)
    ]  # fmt: skip
    return {
        f"events/_{account}/2026-11-09/events.csv": Sheet(
            list(REGISTER_HEADER), [dict(zip(REGISTER_HEADER, cells, strict=True))]
        ),
        f"accupass/_{account}/2026-11-09/event_{event_id(account)}_attendees.csv": Sheet(list(ACCUPASS_HEADER), guests),
    }


def event_values(files: Files, counts: list[dict[str, str]]) -> dict[str, float]:
    """October of an event."""
    came = {row["Email"] for row in listed(files, "attendees") if row["報到狀態"] == "已報到"}
    (settled,) = listed(files, "events/")
    cost = number(settled["费用"])
    return {"event_participations": float(len(came)), "event_roi": (number(settled["收入"]) - cost) / cost}


def campaign(subject: int, account: str, handle: str) -> Files:
    """A campaign's spend of each day, and a qualified lead every second day."""
    october = days(OCTOBER, NOVEMBER)
    spend = [
        dict(zip(AD_HEADER, (account, "Set", "Ad", f"{40 + (subject + day.day) % 7}.00", "4000", "3000", "60", "2",
                             "actions:lead", str(day), str(day)), strict=True))
        for day in october
    ]  # fmt: skip
    leads = [
        dict(zip(LEADS_HEADER, (f"L{subject:03d}{day:%d}", f"{day}T04:00:00Z", f"l{day:%d}.{subject}@lead.example",
                                "facebook", "paid_social", account, "", "", "qualified", "", "Lead", "", ""),
                 strict=True))
        for day in october[::2]
    ]  # fmt: skip
    return {
        f"ads/_{account}/{SETTLED}/meta_ads.csv": Sheet(list(AD_HEADER), spend),
        f"crm/_{account}/{SETTLED}/leads.csv": Sheet(list(LEADS_HEADER), leads),
    }


def campaign_values(files: Files, counts: list[dict[str, str]]) -> dict[str, float]:
    """October of a campaign."""
    spend = sum(number(row["Amount spent (CNY)"]) for row in listed(files, "meta_ads") if "Amount spent (CNY)" in row)
    return {"cost_per_lead": spend / len(listed(files, "/leads"))}
