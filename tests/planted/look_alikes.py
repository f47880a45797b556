"""Clean look-alikes: what looks like a defect, and is the truth.

Belongs here: changes after which every number is right. None of them may be flagged, and each value must be that of the
changed exports.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from copy import deepcopy

from pipelines.demo.follower_plants import make_plant

from . import lists, sheets
from .cases import LookAlike
from .company import MANAGER, Subject, followers
from .defects_sales import DESK
from .defects_x import CONTENT, GROWTH, OVERVIEW, POSTS
from .sheets import Sheet, as_csv

ALL = (*POSTS, *GROWTH)


def october(it: Subject, part: str) -> list[dict[str, str]]:
    """The rows of October's export."""
    return it.sheet(part, "2026-10-31").rows


def times(row: dict[str, str], factor: float, *but: str) -> None:
    """Multiply every count of a row."""
    for name, value in row.items():
        if value.isdigit() and name not in ("Post id", "Create Post", *but):
            row[name] = str(round(int(value) * factor))


def keep_stock(it: Subject) -> None:
    """Let the follower counts say what the overview says."""
    it.tables["account_followers"] = followers(it)


def viral_post(it: Subject) -> None:
    """One post is seen forty times as often as others, and the account with it."""
    post = october(it, "content")[12]
    times(post, 40)
    day = next(row for row in october(it, "overview") if row["Date"] == post["Date"])
    times(day, 20)
    keep_stock(it)


def viral_month(it: Subject) -> None:
    """The whole month goes four times as well."""
    for row in (*october(it, "content"), *october(it, "overview")):
        times(row, 4)
    keep_stock(it)


def holiday(it: Subject) -> None:
    """Nobody posts in the Golden Week, and the account is seen by a third."""
    gone = {sheets.x_date(day) for day in sheets.days() if "2026-10-01" <= day.isoformat() <= "2026-10-08"}
    it.sheet(*CONTENT).rows = [row for row in october(it, "content") if row["Date"] not in gone]
    for row in october(it, "overview"):
        if row["Date"] in gone:
            times(row, 0.3)
            row["Create Post"] = "0"
    keep_stock(it)


def new_account(it: Subject) -> None:
    """The account opened on the tenth: it has no history and no first days."""
    first = dt.date(2026, 10, 10)
    days = [sheets.a_day(it.number, day) for day in reversed(sheets.days(first))]
    it.sheet(*OVERVIEW).rows = days
    it.sheet(*CONTENT).rows = [sheets.a_post(it.number, it.handle, day) for day in reversed(sheets.days(first))]
    stock, rows = 0, []
    for day, row in zip(sheets.days(first), reversed(days), strict=True):
        stock += int(row["New follows"]) - int(row["Unfollows"])
        rows.append({"Date": day.isoformat(), "Account": it.account, "Followers": str(stock)})
    it.tables["account_followers"] = rows
    for row in (*it.tables["accounts"], *it.tables["assignments"], *it.tables["expected"]):
        row[next(name for name in ("active_from", "valid_from", "from") if name in row)] = first.isoformat()


def bad_week(it: Subject) -> None:
    """A week with 58 per cent less than usual, which everybody takes for a bug and which is true."""
    week = {sheets.x_date(dt.date(2026, 10, day)) for day in range(12, 19)}
    for row in (*october(it, "content"), *october(it, "overview")):
        if row["Date"] in week:
            times(row, 0.42)
    keep_stock(it)


def same_twice(it: Subject) -> None:
    """The same file under another name."""
    (name,) = it.named(*CONTENT)
    it.files[name.replace(".csv", " (1).csv")] = deepcopy(it.sheet(*CONTENT))


def overlapping(it: Subject) -> None:
    """A second export on the same day repeats the last ten days."""
    sheet = deepcopy(it.sheet(*OVERVIEW))
    sheet.rows = sheet.rows[:10]
    (name,) = it.named(*OVERVIEW)
    it.files[name.replace("2026-10-01", "2026-10-22")] = sheet


def restated(it: Subject) -> None:
    """A later export of the overview corrects a day."""
    (name,) = it.named(*OVERVIEW)
    later = deepcopy(it.sheet(*OVERVIEW))
    later.rows[3]["New follows"] = "25"
    it.files[name.replace("2026-11-09", "2026-11-12")] = later
    # the later export stands last, and is what the counts of followers agree with
    it.tables["account_followers"] = followers(it)


def byte_order_mark(it: Subject) -> None:
    """Saved by a spreadsheet: byte order mark, carriage returns."""
    for part in (CONTENT, OVERVIEW):
        it.sheet(*part).write = lambda header, rows: b"\xef\xbb\xbf" + as_csv(header, rows).replace(b"\n", b"\r\n")


def utf_16(it: Subject) -> None:
    """UTF-16 with a hint line, as some suites write."""
    for part in (CONTENT, OVERVIEW):
        it.sheet(*part).write = lambda header, rows: ("sep=;\n" + as_csv(header, rows, ";").decode()).encode("utf-16")


def thousands(it: Subject) -> None:
    """Numbers with thousands separators."""
    for row in october(it, "content"):
        row["Impressions"] = f"{int(row['Impressions']):,}"


def moved_columns(it: Subject) -> None:
    """The columns stand in another order, with one more between."""
    sheet = it.sheet(*CONTENT)
    sheet.header = [*reversed(sheet.header[4:]), "Notes", *sheet.header[:4]]


def in_chinese(it: Subject) -> None:
    """The headers are those of the Chinese page."""
    chinese = {
        "Date": "日期",
        "Impressions": "曝光量",
        "New follows": "新增关注",
        "Unfollows": "取消关注",
        "Likes": "喜欢",
    }
    it.sheet(*OVERVIEW).write = lambda header, rows: as_csv(
        [chinese.get(name, name) for name in header],
        [{chinese.get(name, name): value for name, value in row.items()} for row in rows],
    )


def renamed_handle(it: Subject) -> None:
    """The account has another handle since the 15th."""
    for row in october(it, "content")[:17]:
        row["Post Link"] = sheets.link("NewName", row["Post id"])


def deleted_post(it: Subject) -> None:
    """A post was deleted since: an export of the day before has it, the last one has not, the overview counts it."""
    (name,) = it.named(*CONTENT)
    it.files[name.replace("2026-11-09", "2026-11-08")] = deepcopy(it.sheet(*CONTENT))
    del it.sheet(*CONTENT, "2026-11-09").rows[5]


def logged_purge(it: Subject) -> None:
    """The platform removed accounts on the 25th and the company logged it; the stock falls, no unfollow is counted."""
    for row in it.tables["account_followers"]:
        if row["Date"] >= "2026-10-25":
            row["Followers"] = str(int(row["Followers"]) - 2500)
    it.tables["platform_events"].append(
        {"platform": "x", "happened_from": "2026-10-25", "happened_to": "2026-10-26", "kind": "purge", "kpis": "",
         "what": "accounts removed", "source": "press", "logged_by": MANAGER, "logged_on": "2026-10-27"}
    )  # fmt: skip


def some_without_views(it: Subject) -> None:
    """Two posts that nobody saw: a real zero."""
    for row in october(it, "content")[7:9]:
        times(row, 0)


def quiet_desk(it: Subject) -> None:
    """Four tickets in the month, where others have sixty."""
    for sheet in it.files.values():
        assert isinstance(sheet, Sheet)
        sheet.rows = sheet.rows[::16]


def open_tickets(it: Subject) -> None:
    """Tickets of the last days are neither answered nor solved."""
    for row in it.sheet("2026-11-09").rows[-4:]:
        row.update({"First reply time (min)": "", "Ticket solved": "", "Full resolution time (min)": "",
                    "Ticket status": "Open"})  # fmt: skip


def carried_over(it: Subject) -> None:
    """Tickets opened in September are resolved in October."""
    for row in it.sheet("2026-10-09").rows:
        if row["Activity"] == "resolve" and row["Complete Timestamp"] >= "2026-09-29":
            row["Complete Timestamp"] = "2026-10-02" + row["Complete Timestamp"][10:]


def big_order(it: Subject) -> None:
    """One order of thirty times the usual amount."""
    it.sheet("2026-11-09").rows[9]["Total"] = "3600.00"


def sale(it: Subject) -> None:
    """Four times as many orders in a week."""
    rows = it.sheet("2026-11-09").rows
    rows += [sheets.an_order(it.number, dt.date(2026, 10, day), nth) for day in range(20, 27) for nth in (1, 2, 3)]


def tests_and_cancelled(it: Subject) -> None:
    """Test orders, cancelled orders, orders of nothing, and lines of an order that repeat nothing but their item."""
    rows = it.sheet("2026-11-09").rows
    rows[0]["Tags"] = "test"
    rows[1]["Cancelled at"] = "2026-10-03 09:00:00 +0800"
    rows[2]["Total"] = "0.00"
    rows.insert(4, {"Name": rows[3]["Name"], "Lineitem quantity": "2", "Lineitem name": "Other"})


def refunded_later(it: Subject) -> None:
    """An order of October was refunded in November; a later export says so."""
    (name,) = it.named("2026-11-09")
    later = deepcopy(it.sheet("2026-11-09"))
    later.rows[6]["Refunded Amount"] = later.rows[6]["Total"]
    it.files[name.replace("2026-11-09", "2026-11-12")] = later


def other_offset(it: Subject) -> None:
    """The shop's clock stands elsewhere, on both sides of the end of summer time."""
    for n, row in enumerate(it.sheet("2026-11-09").rows):
        row["Created at"] = row["Created at"].replace(
            "12:00:00 +0800", "06:00:00 +0200" if n < 24 else "05:00:00 +0100"
        )


def decimal_comma(it: Subject) -> None:
    """Semicolons and decimal commas."""
    it.sheet("2026-11-09").write = lambda header, rows: as_csv(header, rows, ";").replace(b".00", b",00")


def lost_deals(it: Subject) -> None:
    """Half of the deals were lost."""
    for row in it.sheet("2026-11-09").rows[::2]:
        row.update({"deal_stage": "Lost", "close_value": ""})


def few_answers(it: Subject) -> None:
    """A third of the surveys were never answered."""
    for row in it.sheet("2026-11-09").rows[::3]:
        row.update({"Submitted": "", "Rating": ""})


def listed_crowd(kind: str) -> Callable[[Subject], None]:
    """Give the account followers of whom nobody was bought."""

    def change(it: Subject) -> None:
        plant = make_plant(kind, it.number, lists.LAST_LIST)
        it.files = lists.exports(plant, it.number, it.account, it.handle)
        keep_stock(it)

    return change


def given_as_inbox(it: Subject) -> None:
    """A log names no inbox, and its account was given as one; nobody of its agents is known."""
    it.tables["assignments"][0]["subject_type"] = "inbox"


def free_event(it: Subject) -> None:
    """Some signed up and did not come."""
    for row in it.sheet("attendees").rows[:5]:
        row["報到狀態"] = "未報到"


LISTED = (*POSTS, *GROWTH)
LOOK_ALIKES: tuple[LookAlike, ...] = (
    LookAlike("listed_viral", "x with lists", listed_crowd("viral"), "a viral post, by lists of followers", LISTED,
              ("growth_by_lists",)),
    LookAlike("listed_signups", "x with lists", listed_crowd("onboarding"),
              "a wave of sign-ups, by lists of followers", LISTED, ("growth_by_lists",)),
    LookAlike("as_inbox", "log", given_as_inbox, "a log whose account was given as an inbox", DESK),
    LookAlike("no_show", "event", free_event, "people who signed up and did not come",
              ("event_participations", "event_roi")),
    LookAlike("group", "group", lambda _: None, "a group that grows as ever", ("member_net_growth",)),
    LookAlike("campaign", "campaign", lambda _: None, "a campaign whose spend is settled", ("cost_per_lead",)),
    LookAlike("viral_post", "x since June", viral_post, "a viral post", ALL),
    LookAlike("viral_month", "x since June", viral_month, "a viral month", ALL),
    LookAlike("holiday", "x since June", holiday, "a holiday without posts", ALL),
    LookAlike("new_account", "x", new_account, "an account opened in the month", ALL),
    LookAlike("bad_week", "x since June", bad_week, "a true week of -58 %", ALL),
    LookAlike("same_twice", "x", same_twice, "the same file twice", ALL),
    LookAlike("overlapping", "x", overlapping, "exports that overlap", ALL, ("duplicate_rows_across_files",)),
    LookAlike("restated", "x", restated, "a later export that corrects an earlier one", ALL,
              ("duplicate_rows_across_files",)),
    LookAlike("bom", "x", byte_order_mark, "a byte order mark and carriage returns", ALL),
    LookAlike("utf_16", "x", utf_16, "UTF-16 with semicolons and a hint line", ALL),
    LookAlike("thousands", "x", thousands, "thousands separators", ALL),
    LookAlike("moved", "x", moved_columns, "columns in another order, and one more", ALL),
    LookAlike("chinese", "x", in_chinese, "headers in another language", ALL),
    LookAlike("handle", "x", renamed_handle, "a handle that changed in the month", ALL),
    LookAlike("deleted", "x", deleted_post, "a post that was deleted since", ALL, ("duplicate_rows_across_files",)),
    LookAlike("purge", "x", logged_purge, "a purge of the platform that is logged", ALL),
    LookAlike("unseen", "x", some_without_views, "two posts that nobody saw", ALL),
    LookAlike("quiet", "desk", quiet_desk, "an agent of few tickets", DESK),
    LookAlike("open", "desk", open_tickets, "tickets without reply and solution yet", DESK),
    LookAlike("carried", "log", carried_over, "tickets of September resolved in October", DESK,
              ("duplicate_rows_across_files",)),
    LookAlike("big_order", "shop", big_order, "one big order", ("conversion_revenue", "average_order_value")),
    LookAlike("sale", "shop", sale, "a week of sales", ("conversion_revenue", "average_order_value")),
    LookAlike("tests", "shop", tests_and_cancelled, "test orders, cancelled ones, orders of nothing, second items",
              ("conversion_revenue", "average_order_value")),
    LookAlike("refund", "shop", refunded_later, "a refund after the month", ("conversion_revenue",
        "average_order_value"),
              ("duplicate_rows_across_files",)),
    LookAlike("offset", "shop", other_offset, "another clock, and the end of summer time",
              ("conversion_revenue", "average_order_value")),
    LookAlike("comma", "crm", decimal_comma, "semicolons and decimal commas", ("won_revenue",)),
    LookAlike("lost", "crm", lost_deals, "a month of lost deals", ("won_revenue",)),
    LookAlike("unanswered", "survey", few_answers, "surveys without an answer", ("csat_top2_share",)),
)  # fmt: skip
