"""Defects in the exports of shops, help desks, CRMs, surveys and official accounts.

Belongs here: damage to the exports of one such source each.
"""

from __future__ import annotations

from copy import deepcopy

from . import sheets
from .cases import Defect, Said, finding
from .company import Subject

SALES = ("conversion_revenue", "average_order_value")
SOLVED = ("tickets_resolved",)
TIMES = ("resolution_minutes_p50",)
DESK = (*SOLVED, *TIMES)
WON = ("won_revenue",)
OCTOBER = "2026-11-09"


def in_dollars(it: Subject) -> None:
    """Four orders are in dollars."""
    for row in it.sheet(OCTOBER).rows[:4]:
        row["Currency"] = "USD"


def in_cents(it: Subject) -> None:
    """Amounts are written in cents."""
    for row in it.sheet(OCTOBER).rows:
        row["Total"] = str(round(float(row["Total"]) * 100))


def no_totals(it: Subject) -> None:
    """Six orders have no total."""
    for row in it.sheet(OCTOBER).rows[:6]:
        row["Total"] = ""


def two_totals(it: Subject) -> None:
    """Two exports of one day state other amounts of three orders."""
    (name,) = it.named(OCTOBER)
    copy = deepcopy(it.sheet(OCTOBER))
    for row in copy.rows[:3]:
        row["Total"] = "9.00"
    it.files[name.replace(".csv", " (1).csv")] = copy


def mixed_decimals(it: Subject) -> None:
    """Amounts of two regional settings in one export."""
    for n, row in enumerate(it.sheet(OCTOBER).rows):
        row["Total"] = row["Total"].replace(".00", ",50") if n % 2 else row["Total"]


def ambiguous_days(it: Subject) -> None:
    """Days and months that nobody can tell apart."""
    sheet = it.sheet(OCTOBER)
    sheet.rows = sheet.rows[:9]
    for n, row in enumerate(sheet.rows, start=1):
        row["Created at"] = row["Paid at"] = f"{n:02d}/10/2026 12:00"


def won_for_nothing(it: Subject) -> None:
    """Five deals were won and nobody wrote down for how much."""
    for row in it.sheet(OCTOBER).rows[:5]:
        row["close_value"] = ""


def late_desk(it: Subject) -> None:
    """The desk was exported on the 12th."""
    (name,) = it.named(OCTOBER)
    sheet = it.files.pop(name)
    assert isinstance(sheet, sheets.Sheet)
    sheet.rows = [row for row in sheet.rows if row["Ticket created"] < "2026-10-13"]
    it.files[name.replace(OCTOBER, "2026-10-12")] = sheet


def no_unit(it: Subject) -> None:
    """The reply time says no unit."""
    sheet = it.sheet(OCTOBER)
    for row in sheet.rows:
        row["First reply time"] = row["First reply time (min)"]
    sheet.header[sheet.header.index("First reply time (min)")] = "First reply time"


def solved_before(it: Subject) -> None:
    """A change of the schedule wrote the solution of a third of the tickets before their creation."""
    for row in it.sheet(OCTOBER).rows[::3]:
        row["Ticket solved"] = row["Ticket solved"].replace(" 11:", " 05:")
        row["Full resolution time (min)"] = ""


def without_opening(it: Subject) -> None:
    """The log was cut at its head: a quarter of the tickets were answered and resolved without ever being opened."""
    sheet = it.sheet(OCTOBER)
    tickets = sorted({row["Case ID"] for row in sheet.rows})[::4]
    sheet.rows = [row for row in sheet.rows if row["Activity"] != "open" or row["Case ID"] not in tickets]


def other_scale(it: Subject) -> None:
    """Ten answers are on the scale from 0 to 10."""
    for row in it.sheet(OCTOBER).rows[:10]:
        row.update({"Rating": "9", "Rating scale": "0-10"})


def off_the_scale(it: Subject) -> None:
    """Four answers are beside their scale."""
    for row in it.sheet(OCTOBER).rows[:4]:
        row["Rating"] = "55"


def users_of_another(it: Subject) -> None:
    """The users of the account are counted by another page than its follows."""
    for n, row in enumerate(it.sheet(OCTOBER).rows):
        row["累积关注人数"] = str(90_000 - 900 * n)


def users_missing(it: Subject) -> None:
    """Five days of the users are missing."""
    sheet = it.sheet(OCTOBER)
    sheet.rows = [row for row in sheet.rows if not "2026-10-04" <= row["日期"] <= "2026-10-08"]


#: what the absence of October's orders comes to
SHOP_ENDS = (
    finding("late", "late_source", "the source ends on 2026-10-09, 22 days before the end", "比期末早 22 天"),
    finding("volume", "volume_drop", "0 records against a median of 30.5", "骤降"),
)


def never_booked(it: Subject) -> None:
    """A fifth of the deals were won in the CRM alone: no order books them."""
    sheet = it.sheet("_shop", OCTOBER)
    sheet.rows = sheet.rows[6:]


def same_for_all(it: Subject) -> None:
    """After a change of the platform every member of staff has the same figures."""
    for row in it.sheet(OCTOBER).rows:
        row.update({"聊天总数": "30", "发送消息数": "150"})


DEFECTS: tuple[Defect, ...] = (
    Defect("dollars", "shop", in_dollars, (
        finding("coverage", "foreign_currency", "4 orders are in another currency (USD)", "4 笔订单为其他币种（USD）"),
        finding("coverage", "foreign_customers", "4 customers also bought in another currency", "4 位客户"),
    ), "orders in another currency", SALES),
    Defect("cents", "shop", in_cents, (
        finding("scale", "scale_switch", "unit, currency or scale of the export may have changed", "单位"),
    ), "amounts in cents", SALES),
    Defect("no_totals", "shop", no_totals, (
        finding("coverage", "order_amount_missing", "6 orders have no total", "6 笔订单没有金额"),
    ), "orders without an amount", SALES),
    Defect("two_totals", "shop", two_totals, (
        finding("contradiction", "contradiction", "3 records have different values", "3 条记录"),
    ), "orders whose exports contradict each other", SALES),
    Defect("decimals", "shop", mixed_decimals, (
        Said("quarantine", "mixed_decimals", "numbers with a decimal comma and with a decimal point stand in "
                                             "the same file"),
        *SHOP_ENDS,
    ), "decimal comma and decimal point in one file", SALES),
    Defect("day_month", "shop", ambiguous_days, (
        Said("quarantine", "ambiguous_dates", "it cannot be told whether created_at is written day/month or month/day"),
        *SHOP_ENDS,
    ), "days and months that cannot be told apart", SALES),
    Defect("no_amount", "crm", won_for_nothing, (
        finding("coverage", "amount_missing", "5 won deals have no amount", "5 个赢单没有金额"),
    ), "deals won without an amount", WON),
    Defect("unbooked", "hubspot", never_booked, (
        finding("reconciliation", "won_against_orders", "hubspot: the deals won in the month come to", "吻合度"),
    ), "deals won that no order books: CRM against orders", WON),
    Defect("same_for_all", "wecom", same_for_all, (
        finding("coverage", "figures_identical", "on 31 of 31 days (100.0 %) all members of staff have the same "
                                                 "figures",
                "所有成员数据完全相同"),
    ), "the same figures of every member of staff", ("messages_per_chat",), (), ("member_net_growth",)),
    Defect("late_desk", "desk", late_desk, (
        finding("late", "late_source", "tickets a_late_desk: the source ends on 2026-10-12, 19 days before the end",
                "比期末早 19 天"),
    ), "a source that ends before the month", DESK),
    Defect("no_unit", "desk", no_unit, (
        Said("quarantine", "wrong_header", "which misses first_reply_minutes; headers not known: First reply time"),
        finding("late", "late_source", "the source ends on 2026-10-09, 22 days before the end", "比期末早 22 天"),
        finding("volume", "volume_drop", "0 records against a median of 61.0", "骤降"),
    ), "a duration without a unit", DESK),
    Defect("solved_before", "desk", solved_before, (
        finding("coverage", "times_reversed", "21 of 62 tickets (33.9 %) were answered or solved before they "
                                              "were created",
                "早于创建时间"),
    ), "tickets solved before they were created", TIMES, (), SOLVED),
    Defect("no_opening", "log", without_opening, (
        finding("reconciliation", "tickets_unopened", "16 of 62 tickets (25.8 %) were never opened", "没有创建记录"),
    ), "tickets closed and never opened: the log is cut at its head", TIMES, (), SOLVED),
    Defect("other_scale", "survey", other_scale, (
        finding("coverage", "survey_scale", "10 answers are on another scale than the agreed one", "10 份答卷"),
    ), "answers on another scale", ("csat_top2_share",)),
    Defect("off_scale", "survey", off_the_scale, (
        finding("coverage", "survey_scale", "4 answers are on another scale than the agreed one, or beside "
                                            "it", "4 份答卷"),
    ), "answers that their scale does not have", ("csat_top2_share",)),
    Defect("oa_stock", "oa", users_of_another, (
        finding("reconciliation", "stock_flow_below_bar", "on only", "粉丝数"),
    ), "stock against flow of an official account", ("oa_follower_growth",)),
    Defect("oa_gap", "oa", users_missing, (
        finding("gap", "gap_days", "5 of 31 days are missing, from 2026-10-04 to 2026-10-08", "31 天中缺少 5 天"),
    ), "days missing of an official account", ("oa_follower_growth",)),
)  # fmt: skip
