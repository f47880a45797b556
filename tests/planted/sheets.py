"""Exports as lists of rows, sound until somebody damages them: what X, shops, help desks and others would have written.

Belongs here: true headers and plain, deterministic values from June to October 2026. Does not belong here: any damage.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from pipelines.demo.x_files import CONTENT_HEADER, OVERVIEW_HEADER, x_date

FIRST, OCTOBER, NOVEMBER = dt.date(2026, 6, 1), dt.date(2026, 10, 1), dt.date(2026, 11, 1)
EPOCH_MS = 1288834974657


@dataclass
class Sheet:
    """One export: its header and its rows, by column, and how they are written.

    Attributes:
        header: the columns in file order.
        rows: one dict a row; a column that is absent is empty.
        write: from header and rows to the bytes of the file.
    """

    header: list[str]
    rows: list[dict[str, str]]
    write: Callable[[Sequence[str], Iterable[dict[str, str]]], bytes] = field(default=lambda h, r: as_csv(h, r))

    def data(self) -> bytes:
        """The bytes of the file."""
        return self.write(self.header, self.rows)


#: file below exports/ -> the export, or bytes that are none any more
Files = dict[str, "Sheet | bytes"]


def as_csv(header: Sequence[str], rows: Iterable[dict[str, str]], delimiter: str = ",") -> bytes:
    """Rows as UTF-8 without a byte order mark."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return target.getvalue().encode()


def days(first: dt.date = FIRST, after: dt.date = NOVEMBER) -> list[dt.date]:
    """Every day from the first one until the day after the last."""
    return [first + dt.timedelta(days=n) for n in range((after - first).days)]


def post_id(subject: int, day: dt.date, number: int = 0) -> str:
    """The id of a post at four in the morning UTC, noon of the company: a snowflake of its own for each subject."""
    moment = dt.datetime(day.year, day.month, day.day, 4, tzinfo=dt.UTC)
    return str((int(moment.timestamp() * 1000) + subject * 1000 + number - EPOCH_MS) << 22)


def a_post(subject: int, handle: str, day: dt.date, number: int = 0) -> dict[str, str]:
    """A post of usual success."""
    n = (subject * 7 + day.toordinal() * 13 + number * 5) % 29
    id_ = post_id(subject, day, number)
    counts = {"Impressions": 900 + 37 * n, "Likes": 20 + n, "Replies": 3 + n % 5, "Reposts": 4 + n % 4,
              "Bookmarks": 2 + n % 3, "Shares": 1, "New follows": 1, "Profile visits": 6, "Detail Expands": 9,
              "URL Clicks": 5, "Hashtag Clicks": 1, "Permalink Clicks": 1}  # fmt: skip
    counts["Engagements"] = sum(value for name, value in counts.items() if name not in ("Impressions", "Bookmarks"))
    text = {"Post id": id_, "Date": x_date(day), "Post text": f"note {day}", "Post Link": link(handle, id_)}
    return text | {name: str(value) for name, value in counts.items()}


def link(handle: str, id_: str) -> str:
    """The address of a post."""
    return f"https://x.com/{handle}/status/{id_}"


def a_day(subject: int, day: dt.date) -> dict[str, str]:
    """A day of an account of usual growth that posts once."""
    n = (subject * 5 + day.toordinal() * 11) % 23
    counts = {"Impressions": 2000 + 31 * n, "Likes": 40 + n, "Engagements": 90 + n, "Bookmarks": 4, "Shares": 2,
              "New follows": 12 + n % 6, "Unfollows": 2 + n % 3, "Replies": 5, "Reposts": 6, "Profile visits": 20,
              "Create Post": 1, "Video views": 0, "Media views": 8}  # fmt: skip
    return {"Date": x_date(day)} | {name: str(value) for name, value in counts.items()}


def x_account(subject: int, account: str, handle: str) -> Files:
    """Content and overview of an account in October."""
    return x_exports(subject, account, handle, OCTOBER, NOVEMBER, "2026-11-09")


def x_account_since_june(subject: int, account: str, handle: str) -> Files:
    """The same with the months of summer in an export of their own."""
    summer = x_exports(subject, account, handle, FIRST, OCTOBER, "2026-10-09")
    return summer | x_account(subject, account, handle)


def x_exports(subject: int, account: str, handle: str, first: dt.date, after: dt.date, exported: str) -> Files:
    """Content and overview of an account from the first day until the day after the last."""
    files: Files = {}
    last = after - dt.timedelta(days=1)
    folder, span = f"x/{account}/{exported}", f"{first}_{last}"
    posts = [a_post(subject, handle, day) for day in reversed(days(first, after))]
    overview = [a_day(subject, day) for day in reversed(days(first, after))]
    files[f"{folder}/account_analytics_content_{span}.csv"] = Sheet(list(CONTENT_HEADER), posts)
    files[f"{folder}/account_overview_analytics_{span}.csv"] = Sheet(list(OVERVIEW_HEADER), overview)
    return files


LOG_COLUMNS = ("Post ID", "Published", "Author", "Is original", "Format")


def content_log(files: Files) -> list[dict[str, str]]:
    """What the editors wrote down of October's posts: each is original, a text, and signed by nobody."""
    return [
        {"Post ID": row["Post id"], "Published": "2026-10-01", "Is original": "true", "Format": "text"}
        for row in listed(files, "content_2026-10-01")
    ]


def in_october(day: str) -> bool:
    """Whether a day as X, or as a database, writes it is one of October."""
    return day.startswith("2026-10-") or (", Oct " in day and day.endswith("2026"))


def listed(files: Files, part: str) -> list[dict[str, str]]:
    """The rows of all exports whose name holds the part."""
    return [row for name, sheet in files.items() if part in name and isinstance(sheet, Sheet) for row in sheet.rows]


def number(text: str) -> float:
    """A number as X writes it; nothing is nothing."""
    return float(text.replace(",", "") or 0)


def x_values(files: Files, counts: list[dict[str, str]]) -> dict[str, float]:
    """October of an X account; a post that several exports tell of counts as the last one has it."""
    posts = {row["Post id"]: row for row in listed(files, "content") if in_october(row["Date"])}
    dates = {row["Date"]: row for row in listed(files, "overview") if in_october(row["Date"])}
    stock = {row["Date"]: number(row["Followers"]) for row in counts}
    interactions = exposed = 0.0
    for row in posts.values():
        day = dt.datetime.strptime(row["Date"], "%a, %b %d, %Y").date().isoformat()
        interactions += sum(number(row[name]) for name in ("Likes", "Reposts", "Replies"))
        interactions += 2 * number(row["Bookmarks"])
        exposed += stock.get(day, 0)
    return {
        "impressions": sum(number(row["Impressions"]) for row in posts.values()),
        "net_follower_growth": sum(number(row["New follows"]) - number(row["Unfollows"]) for row in dates.values()),
        "engagement_rate_followers": interactions / exposed if exposed else 0,
    }


SHOP_HEADER = [
    "Name", "Email", "Financial Status", "Paid at", "Currency", "Subtotal", "Shipping", "Taxes", "Total",
    "Discount Code", "Discount Amount", "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price",
    "Cancelled at", "Refunded Amount", "Id", "Tags",
]  # fmt: skip


def an_order(subject: int, day: dt.date, nth: int = 0) -> dict[str, str]:
    """A paid order of one item."""
    n = (subject * 3 + day.toordinal() * 7) % 41
    total = f"{100 + n}.00"
    id_ = f"{subject:03d}{day:%y%m%d}{nth}"
    return {"Name": f"#{id_}", "Email": f"c{id_}@shop.example", "Financial Status": "paid",
            "Paid at": f"{day} 12:00:00 +0800", "Currency": "CNY", "Subtotal": total, "Shipping": "0.00",
            "Taxes": "0.00", "Total": total, "Discount Amount": "0.00", "Created at": f"{day} 12:00:00 +0800",
            "Lineitem quantity": "1", "Lineitem name": "Thing", "Lineitem price": total, "Refunded Amount": "0.00",
            "Id": id_}  # fmt: skip


def by_season(folder: str, name: str, header: list[str], row: Callable[[dt.date], list[dict[str, str]]]) -> Files:
    """The months of summer in one export, October in another."""
    files: Files = {}
    for first, after, exported in ((FIRST, OCTOBER, "2026-10-09"), (OCTOBER, NOVEMBER, "2026-11-09")):
        rows = [one for day in days(first, after) for one in row(day)]
        files[f"{folder}/{exported}/{name}.csv"] = Sheet(list(header), rows)
    return files


def shop(subject: int, account: str, handle: str) -> Files:
    """A shop with an order a day."""
    return by_season(f"shopify/{account}", "orders_export", SHOP_HEADER, lambda day: [an_order(subject, day)])


def shop_values(files: Files, counts: list[dict[str, str]]) -> dict[str, float]:
    """October of a shop: what the last export has of each order, less what was refunded."""
    orders = {row["Name"]: row for row in listed(files, "orders_export") if in_october(row.get("Created at", ""))}
    counted = [row for row in orders.values() if not row.get("Cancelled at") and "test" not in row.get("Tags", "")]
    net = [number(row["Total"]) - number(row["Refunded Amount"]) for row in counted]
    paid = [amount for amount in net if amount > 0]
    return {"conversion_revenue": sum(net), "average_order_value": sum(paid) / len(paid) if paid else 0}


def minutes_between(first: str, last: str) -> float:
    """Minutes from one moment to another."""
    return (dt.datetime.fromisoformat(last) - dt.datetime.fromisoformat(first)).total_seconds() / 60


def median_minutes(minutes: Iterable[float]) -> dict[str, float]:
    """The median time to the solution."""
    return {"resolution_minutes_p50": statistics.median(minutes)}


DESK_HEADER = ["ID", "Ticket created", "Assignee name", "Ticket status", "First reply time (min)", "Ticket solved",
               "Full resolution time (min)"]  # fmt: skip


def a_ticket(subject: int, day: dt.date, nth: int = 0) -> dict[str, str]:
    """A ticket that is answered within the half hour and solved within two."""
    n = (subject + day.toordinal() * 3 + nth) % 13
    return {"ID": f"{subject:03d}{day:%m%d}{nth}", "Ticket created": f"{day} 10:00:00", "Ticket status": "Solved",
            "First reply time (min)": str(10 + n), "Ticket solved": f"{day} 11:{20 + n}:00",
            "Full resolution time (min)": str(80 + n)}  # fmt: skip


def desk(subject: int, account: str, handle: str) -> Files:
    """A desk with two tickets a day."""
    return by_season(
        f"zendesk/{account}", "tickets", DESK_HEADER, lambda day: [a_ticket(subject, day, nth) for nth in (0, 1)]
    )


def desk_values(files: Files, counts: list[dict[str, str]]) -> dict[str, float]:
    """October of a desk."""
    tickets = {row["ID"]: row for row in listed(files, "/tickets.csv")}
    solved = [row for row in tickets.values() if in_october(row["Ticket solved"])]
    return {
        "tickets_resolved": len(solved),
        **median_minutes(minutes_between(row["Ticket created"], row["Ticket solved"]) for row in solved),
    }


LOG_HEADER = ["Case ID", "Activity", "Resource", "Complete Timestamp"]


def ticket_log(subject: int, account: str, handle: str) -> Files:
    """A log with two tickets a day, each opened, answered and resolved."""

    def events(day: dt.date) -> list[dict[str, str]]:
        acts = (("open", "10:00"), ("reply", "10:20"), ("resolve", "11:30"))
        return [
            {"Case ID": f"{subject:03d}-{day:%m%d}-{nth}", "Activity": act, "Complete Timestamp": f"{day} {clock}:00"}
            for nth in (0, 1)
            for act, clock in acts
        ]

    return by_season(f"tickets/{account}", "events", LOG_HEADER, events)


def log_values(files: Files, counts: list[dict[str, str]]) -> dict[str, float]:
    """October of a log."""
    acts = {(row["Case ID"], row["Activity"]): row["Complete Timestamp"] for row in listed(files, "/events.csv")}
    solved = {case: moment for (case, act), moment in acts.items() if act == "resolve" and in_october(moment)}
    minutes = (minutes_between(acts[case, "open"], moment) for case, moment in solved.items())
    return {"tickets_resolved": len(solved), **median_minutes(minutes)}


CRM_HEADER = ["opportunity_id", "sales_agent", "deal_stage", "engage_date", "close_date", "close_value"]


def deals(subject: int, account: str, handle: str) -> Files:
    """A CRM in which a deal is won each day."""

    def won(day: dt.date) -> list[dict[str, str]]:
        worth = 800 + (subject * 11 + day.toordinal() * 17) % 300
        met = str(day - dt.timedelta(days=9))
        return [{"opportunity_id": f"{subject:03d}-{day:%m%d}", "sales_agent": f"agent {subject}", "deal_stage": "Won",
                 "engage_date": met, "close_date": str(day), "close_value": f"{worth}.00"}]  # fmt: skip

    return by_season(f"crm/{account}", "opportunities", CRM_HEADER, won)


def deal_values(files: Files, counts: list[dict[str, str]]) -> dict[str, float]:
    """October of a CRM."""
    won = {row["opportunity_id"]: row for row in listed(files, "opportunities") if row["deal_stage"] == "Won"}
    return {"won_revenue": sum(number(row["close_value"]) for row in won.values() if in_october(row["close_date"]))}


HUBSPOT_HEADER = ["Record ID", "Deal Name", "Deal Stage", "Close Date", "Deal owner", "Amount"]


def hubspot(subject: int, account: str, handle: str) -> Files:
    """HubSpot with a deal won each day, and the shop in which each is booked."""
    sold = by_season(f"shopify/{account}_shop", "orders_export", SHOP_HEADER, lambda day: [an_order(subject, day)])

    def won(day: dt.date) -> list[dict[str, str]]:
        total = an_order(subject, day)["Total"]
        return [{"Record ID": f"{subject:03d}{day:%m%d}", "Deal Name": "Deal", "Deal Stage": "Won",
                 "Close Date": f"{day} 11:00", "Deal owner": f"agent {subject}", "Amount": total}]  # fmt: skip

    return by_season(f"hubspot/{account}", "all-deals", HUBSPOT_HEADER, won) | sold


def hubspot_values(files: Files, counts: list[dict[str, str]]) -> dict[str, float]:
    """October of HubSpot."""
    return {
        "won_revenue": sum(number(row["Amount"]) for row in listed(files, "all-deals") if in_october(row["Close Date"]))
    }


WECOM_HEADER = ["日期", "成员账号", "聊天总数", "发送消息数", "删除/拉黑成员的客户数"]


def wecom(subject: int, account: str, handle: str) -> Files:
    """What three members of staff did by day; the first of them is the person."""

    def staff(day: dt.date) -> list[dict[str, str]]:
        return [
            {"日期": str(day), "成员账号": f"agent {subject}" if n == 0 else f"colleague {n}",
             "聊天总数": str(10 + (day.toordinal() + n) % 5), "发送消息数": str(60 + (day.toordinal() + 3 * n) % 7),
             "删除/拉黑成员的客户数": "1"}
            for n in range(3)
        ]  # fmt: skip

    return by_season("wecom", "成员联系客户统计", WECOM_HEADER, staff)


def wecom_values(files: Files, counts: list[dict[str, str]]) -> dict[str, float]:
    """October of the person."""
    own = [row for row in listed(files, "成员") if row["成员账号"].startswith("agent") and in_october(row["日期"])]
    return {
        "messages_per_chat": sum(number(row["发送消息数"]) for row in own)
        / sum(number(row["聊天总数"]) for row in own),
        # who has a login may own groups, and owns none
        "member_net_growth": 0,
    }


SURVEY_HEADER = ["Response #", "Survey type", "Sent", "Submitted", "Survey agent", "Rating", "Rating scale"]


def surveys(subject: int, account: str, handle: str) -> Files:
    """An answer a day on the scale from 1 to 5."""

    def answer(day: dt.date) -> list[dict[str, str]]:
        return [{"Response #": f"{subject:03d}-{day:%m%d}", "Survey type": "csat", "Sent": f"{day} 12:00:00",
                 "Submitted": f"{day} 13:00:00", "Survey agent": f"agent {subject}",
                 "Rating": str(3 + day.day % 3), "Rating scale": "1-5"}]  # fmt: skip

    return by_season(f"surveys/{account}", "survey_answers", SURVEY_HEADER, answer)


def survey_values(files: Files, counts: list[dict[str, str]]) -> dict[str, float]:
    """October of a survey."""
    ratings = [
        number(row["Rating"]) for row in listed(files, "survey_answers") if row["Rating"] and in_october(row["Sent"])
    ]
    return {"csat_top2_share": sum(rating >= 4 for rating in ratings) / len(ratings) if ratings else 0}


OA_HEADER = ["日期", "新关注人数", "取消关注人数", "净增关注人数", "累积关注人数"]


def oa_users(subject: int, account: str, handle: str) -> Files:
    """The users of an official account by day."""
    count = 30_000

    def day_of(day: dt.date) -> list[dict[str, str]]:
        nonlocal count
        new, gone = 20 + (subject + day.toordinal()) % 9, 4 + day.toordinal() % 3
        count += new - gone
        return [dict(zip(OA_HEADER, map(str, (day, new, gone, new - gone, count)), strict=True))]

    return by_season(f"wechat_oa/{account}", "用户分析", OA_HEADER, day_of)


def oa_values(files: Files, counts: list[dict[str, str]]) -> dict[str, float]:
    """October of an official account: net growth over the users at the end of September."""
    rows = listed(files, "用户分析")
    october = [row for row in rows if in_october(row["日期"])]
    net = sum(number(row["新关注人数"]) - number(row["取消关注人数"]) for row in october)
    (opening,) = (number(row["累积关注人数"]) for row in rows if row["日期"] == "2026-09-30")
    return {"oa_follower_growth": net / opening}
