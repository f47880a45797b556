"""Defects of groups, events, campaigns, and of who answers for a desk.

Belongs here: damage to the exports of one such source each, or to the row that gives it to somebody.
"""

from __future__ import annotations

from copy import deepcopy

from .cases import Defect, finding
from .company import Subject
from .defects_sales import DESK


def spend_in_dollars(it: Subject) -> None:
    """The spend was exported in dollars."""
    sheet = it.sheet("meta_ads")
    sheet.header[sheet.header.index("Amount spent (CNY)")] = "Amount spent (USD)"
    for row in sheet.rows:
        row["Amount spent (USD)"] = row.pop("Amount spent (CNY)")


def nobody_listed(it: Subject) -> None:
    """The list of who came was never exported."""
    (name,) = it.named("attendees")
    del it.files[name]


def settled_in_dollars(it: Subject) -> None:
    """Cost and revenue of the event are in dollars."""
    it.sheet("events/").rows[0]["币种"] = "USD"


def two_sheets(it: Subject) -> None:
    """A second sheet of the same day states other newcomers on three days of October."""
    (name,) = it.named("group_daily")
    copy = deepcopy(it.sheet("group_daily"))
    for row in copy.rows[-9:-6]:
        row["新增群成员数"] = str(int(row["新增群成员数"]) + 4)
    it.files[name.replace(".csv", " (1).csv")] = copy


def named_by_its_account(it: Subject) -> None:
    """The desk was given as an inbox by its account's id, and its tickets name inboxes of their own."""
    it.tables["assignments"][0]["subject_type"] = "inbox"
    for sheet in (it.sheet("2026-10-09"), it.sheet("2026-11-09")):
        sheet.header.append("Group")
        for row in sheet.rows:
            row["Group"] = "Support"


DEFECTS: tuple[Defect, ...] = (
    Defect("ad_dollars", "campaign", spend_in_dollars, (
        finding("coverage", "foreign_spend", "USD", "USD"),
    ), "ad spend in another currency", ("cost_per_lead",)),
    Defect("no_list", "event", nobody_listed, (
        finding("coverage", "event_participants_missing", "1", "1"),
    ), "an event of which nobody says who came", ("event_participations",), (), ("event_roi",)),
    Defect("event_dollars", "event", settled_in_dollars, (
        finding("coverage", "event_amounts_missing", "1", "1"),
    ), "an event settled in another currency", ("event_roi",), (), ("event_participations",)),
    Defect("two_sheets", "group", two_sheets, (
        finding("contradiction", "contradiction", "3 records have different values", "3 条记录"),
    ), "a group stated differently by two sheets of one day", ("member_net_growth",)),
    Defect("inbox_name", "desk", named_by_its_account, (
        finding("identity", "inbox_is_account", "Write the name of the inbox", "写收件箱名称"),
    ), "a desk given as an inbox that none of its tickets names", DESK),
)  # fmt: skip
