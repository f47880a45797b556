"""X exports as X writes them: today's content and overview files, the older 40 columns, and the follower sheet.

Belongs here: true headers, date and number formats, order of rows, file names and dated folders.
Does not belong here: the invention of posts (`x_events`) and the choice of what is exported when (`deliveries`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

from pipelines.demo.deliveries import XDelivery, export_day
from pipelines.demo.events import AccountDay, Post, World
from pipelines.demo.files import csv_text, thousands, write_text, write_xlsx
from pipelines.demo.roster import Account, Roster

CONTENT_HEADER = (
    "Post id", "Date", "Post text", "Post Link", "Impressions", "Likes", "Engagements", "Bookmarks", "Shares",
    "New follows", "Replies", "Reposts", "Profile visits", "Detail Expands", "URL Clicks", "Hashtag Clicks",
    "Permalink Clicks",
)  # fmt: skip
OVERVIEW_HEADER = (
    "Date", "Impressions", "Likes", "Engagements", "Bookmarks", "Shares", "New follows", "Unfollows", "Replies",
    "Reposts", "Profile visits", "Create Post", "Video views", "Media views",
)  # fmt: skip
_ACTIVITY_METRICS = (
    "impressions", "engagements", "engagement rate", "retweets", "replies", "likes", "user profile clicks",
    "url clicks", "hashtag clicks", "detail expands", "permalink clicks", "app opens", "app installs", "follows",
    "email tweet", "dial phone", "media views", "media engagements",
)  # fmt: skip
ACTIVITY_HEADER = (
    "Tweet id", "Tweet permalink", "Tweet text", "time", *_ACTIVITY_METRICS,
    *(f"promoted {name}" for name in _ACTIVITY_METRICS),
)  # fmt: skip
OVERVIEW_FIELDS = (
    "impressions", "likes", "engagements", "bookmarks", "shares", "new_follows", "unfollows", "replies", "reposts",
    "profile_visits", "create_post", "video_views", "media_views",
)  # fmt: skip
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def x_date(day: dt.date) -> str:
    """A day as X prints it, without asking the machine's language."""
    return f"{_DAYS[day.weekday()]}, {_MONTHS[day.month - 1]} {day.day}, {day.year}"


def write_x(exports: Path, roster: Roster, world: World, plan: list[XDelivery], gaps: dict[str, set[dt.date]]) -> None:
    """Write every X file of the company.

    Args:
        exports: the company's exports folder.
        roster: the accounts and their handles.
        world: posts and account days.
        plan: the post-level deliveries.
        gaps: account -> UTC days that the overview export lacks.
    """
    accounts = {account.account_id: account for account in roster.of_platform("x")}
    if roster.lab:
        accounts[roster.lab.account_id] = roster.lab
    by_account: dict[str, list[Post]] = {account_id: [] for account_id in accounts}
    for post in world.posts:
        by_account[post.account_id].append(post)
    for delivery in plan:
        posts = [post for post in reversed(by_account[delivery.account_id]) if delivery.covers(post)]
        _write_delivery(exports, accounts[delivery.account_id], delivery, posts)
    # the overview counts what was posted, so that the two exports of an account say the same
    created = Counter((post.account_id, post.created_at.date()) for post in world.posts)
    months: dict[tuple[str, str], list[AccountDay]] = {}
    for day in world.account_days:
        months.setdefault((day.account_id, day.day.strftime("%Y-%m")), []).append(day)
    for (account_id, month), days in months.items():
        folder = exports / "x" / account_id / export_day(month).isoformat()
        daily = {day.day: created[account_id, day.day] for day in days}
        _write_overview(folder, accounts[account_id], days, daily, gaps.get(account_id, set()))
        _write_followers(folder, accounts[account_id], month, days)


def _link(account: Account, post: Post, site: str = "x.com") -> str:
    return f"https://{site}/{account.handle}/status/{post.post_id}"


def _write_delivery(exports: Path, account: Account, delivery: XDelivery, posts: list[Post]) -> None:
    folder = exports / "x" / account.account_id / delivery.exported_on.isoformat()
    first, last = delivery.first_day, delivery.last_day
    if delivery.style == "activity":
        after = last + dt.timedelta(days=1)
        name = f"tweet_activity_metrics_{account.handle}_{first:%Y%m%d}_{after:%Y%m%d}_en.csv"
        rows = [_activity_row(account, post, delivery) for post in posts]
        write_text(folder / name, csv_text(ACTIVITY_HEADER, rows, quote_all=True))
        return
    name = f"account_analytics_content_{first}_{last}{delivery.suffix}"
    # big accounts show thousands commas
    with_commas = account.account_id == "x_brand" and delivery.style == "content"
    rows = [_content_row(account, post, delivery, with_commas) for post in posts]
    if delivery.style == "xlsx":
        numbers = (CONTENT_HEADER[0], *CONTENT_HEADER[4:])
        write_xlsx(folder / f"{name}.xlsx", CONTENT_HEADER, rows, number_columns=numbers)
    else:
        write_text(folder / f"{name}.csv", csv_text(CONTENT_HEADER, rows))


def _content_row(account: Account, post: Post, delivery: XDelivery, with_commas: bool) -> list[str]:
    numbers = post.measured(delivery.exported_at)
    if delivery.zeros:
        numbers = dict.fromkeys(numbers, 0)
    shown = thousands if with_commas else str
    order = (
        "impressions", "likes", "engagements", "bookmarks", "shares", "new_follows", "replies", "reposts",
        "profile_visits", "detail_expands", "url_clicks", "hashtag_clicks", "permalink_clicks",
    )  # fmt: skip
    return [
        str(post.post_id), x_date(post.created_at.date()), post.text, _link(account, post),
        *(shown(numbers[name]) for name in order),
    ]  # fmt: skip


def _activity_row(account: Account, post: Post, delivery: XDelivery) -> list[str]:
    numbers = post.measured(delivery.exported_at)
    total = numbers["engagements"] - numbers["shares"]  # the older export has no shares
    impressions = numbers["impressions"]
    rate = f"{total / impressions:.17g}" if impressions else "0.0"
    values = (
        impressions, total, rate, numbers["reposts"], numbers["replies"], numbers["likes"], numbers["profile_visits"],
        numbers["url_clicks"], numbers["hashtag_clicks"], numbers["detail_expands"], numbers["permalink_clicks"],
    )  # fmt: skip
    cells = [value if isinstance(value, str) else f"{value}.0" for value in values]
    cells += ["0", "0", str(numbers["new_follows"]), "0", "0", "0", "0"]
    return [
        str(post.post_id), _link(account, post, "twitter.com"), post.text, f"{post.created_at:%Y-%m-%d %H:%M} +0000",
        *cells, *("-" for _ in _ACTIVITY_METRICS),
    ]  # fmt: skip


def _write_overview(
    folder: Path, account: Account, days: list[AccountDay], posts: dict[dt.date, int], gap: set[dt.date]
) -> None:
    with_commas = account.account_id == "x_brand"
    shown = thousands if with_commas else str
    rows = [
        [x_date(day.day), *(shown({**day.numbers, "create_post": posts[day.day]}[name]) for name in OVERVIEW_FIELDS)]
        for day in reversed(days)
        if day.day not in gap
    ]
    write_text(folder / "account_overview_analytics.csv", csv_text(OVERVIEW_HEADER, rows))


def _write_followers(folder: Path, account: Account, month: str, days: list[AccountDay]) -> None:
    rows = [[day.day.isoformat(), account.account_id, str(day.followers)] for day in days]
    header = ("Date", "Account", "Followers")
    if account.account_id == "x_help" and month == "2025-04":  # as Meta's tools write: UTF-16 with a hint line
        text = "sep=,\n" + csv_text(header, rows)
        write_text(folder / f"account_followers_{month}.csv", text, encoding="utf-16")
        return
    write_text(folder / f"account_followers_{month}.csv", csv_text(header, rows))
