"""Exports of the official account, the CMS, the publishing tools, the listening tool and the registers.

Belongs here: vendors' headers and formats, one file a source and month, and which export knows what.
Does not belong here: the invention (`content_events`).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pipelines.demo.content_world import (
    CAMPAIGN,
    OFFICIAL_ACCOUNT,
    TOOL_ACCOUNT,
    Article,
    ContentItem,
    ContentWorld,
    FollowerProfile,
)
from pipelines.demo.deliveries import export_day
from pipelines.demo.events import SHANGHAI, Post, local_month
from pipelines.demo.files import csv_text, write_text
from pipelines.demo.follower_plants import Plant

ARTICLES_HEADER = (
    "msgid", "内容标题", "发表时间", "送达人数", "阅读人数", "阅读次数", "分享人数", "收藏人数", "点赞人数", "在看人数",
    "留言数", "数据延迟",
)  # fmt: skip
USERS_HEADER = ("日期", "新增关注人数", "取消关注人数", "净增关注人数", "累积关注人数")
ITEMS_HEADER = (
    "Content ID", "Item type", "Due", "Published", "Status", "Account", "Platform ID", "Author", "Author share",
    "Co-author", "Co-author share",
)  # fmt: skip
SPROUT_HEADER = (
    "Date", "Post ID", "Network", "Post Type", "Content Type", "Profile", "Sent by", "Link", "Post", "Impressions",
    "Reach", "Engagements", "Engagement Rate (per Impression)", "Reactions", "Comments", "Shares", "Saves",
    "Post Link Clicks", "Video Views",
)  # fmt: skip
BUFFER_HEADER = (
    "Date", "Update", "Service", "Service Link", "Type", "Scheduled by", "Impressions", "Reach", "Engagements",
    "Likes", "Comments", "Shares", "Clicks",
)  # fmt: skip
MENTIONS_HEADER = ("URL", "Outlet", "Published", "Brand hit", "Sentiment", "Campaign")
TAGS_HEADER = ("Tweet id", "Created at", "Username", "Hashtag", "Is retweet", "Text")
FOLLOWERS_HEADER = (
    "Snapshot date", "Follower id", "public_metrics.followers_count", "public_metrics.following_count",
    "public_metrics.tweet_count", "public_metrics.listed_count", "url", "created_at",
)  # fmt: skip
UGC_HEADER = ("编号", "收集时间", "是否采纳", "收集人", "作者", "活动")
BUFFER_MONTH = "2026-09"  # the tool was changed for a month
REACH_SHARE = 70  # per cent of impressions


def write_content(exports: Path, world: ContentWorld, posts: list[Post], months: list[str], handle: str) -> None:
    """Write every file of these sources.

    Args:
        exports: the company's exports folder.
        world: what happened.
        posts: the posts of X.
        months: local months.
        handle: the handle of the account whose posts are sent with a tool.
    """
    for month in months:
        taken = export_day(month)
        dated = taken.isoformat()
        account = exports / "wechat_oa" / OFFICIAL_ACCOUNT / dated
        write_text(account / f"图文数据_{month}.csv", csv_text(ARTICLES_HEADER, _article_rows(world, month)))
        days = [day for day in world.oa_days if day.day.strftime("%Y-%m") == month]
        rows = [
            [
                f"{day.day:%Y-%m-%d}", str(day.new_users), str(day.cancelled), str(day.new_users - day.cancelled),
                str(day.cumulative),
            ]
            for day in days
        ]  # fmt: skip
        write_text(account / f"用户增长_{month}.csv", csv_text(USERS_HEADER, rows), encoding="utf-8-sig")
        items = [item for item in world.items if month in months_of(item)]
        write_text(
            exports / "cms" / dated / f"content_items_{month}.csv", csv_text(ITEMS_HEADER, map(_item_row, items))
        )
        _write_tool(exports / "publishing" / dated, world, posts, month, handle)
        listening = exports / "listening" / dated
        write_text(listening / f"mentions_{month}.csv", csv_text(MENTIONS_HEADER, _mention_rows(world, month)))
        write_text(listening / f"hashtag_{month}.csv", csv_text(TAGS_HEADER, _tag_rows(world, month)))
        # whole each month, so that what is accepted later is heard of
        ugc = [
            [
                item.ugc_id, _local(item.collected_at),
                "是" if item.accepted_on and item.accepted_on <= taken else "否", item.collector, f"u{item.ugc_id}",
                CAMPAIGN,
            ]
            for item in world.ugc
            if local_month(item.collected_at) <= month
        ]  # fmt: skip
        write_text(exports / "ugc" / dated / f"ugc_{month}.csv", csv_text(UGC_HEADER, ugc))
    for account_id, lists in world.lists.items():
        for day, followers in lists.items():
            rows = [
                [day.isoformat(), str(follower), *profile_cells(world.profiles[account_id][follower])]
                for follower in followers
            ]
            folder = exports / "x" / account_id / day.isoformat()
            write_text(folder / f"followers_{day}.csv", csv_text(FOLLOWERS_HEADER, rows))


def write_plants(exports: Path, plants: dict[str, Plant]) -> None:
    """Write the daily follower lists of accounts, one file a month.

    Args:
        exports: the company's exports folder.
        plants: account -> its followers.
    """
    for account_id, plant in plants.items():
        months: dict[str, list[list[str]]] = {}
        for day in plant.days():
            months.setdefault(f"{day:%Y-%m}", []).extend(
                [day.isoformat(), str(follow.number), *profile_cells(follow.profile)] for follow in plant.listed(day)
            )
        for month, rows in months.items():
            folder = exports / "x" / account_id / export_day(month).isoformat()
            write_text(folder / f"followers_{month}.csv", csv_text(FOLLOWERS_HEADER, rows))


def profile_cells(profile: FollowerProfile) -> list[str]:
    """What a list says of a follower, in the order of FOLLOWERS_HEADER behind day and id."""
    counts = (profile.followers, profile.following, profile.posts, profile.listed)
    return [*map(str, counts), profile.website, f"{profile.created_on}T08:00:00.000Z"]


def months_of(item: ContentItem) -> set[str]:
    """The local months of an item: of its deadline and of its publication."""
    due = item.due.astimezone(SHANGHAI) if isinstance(item.due, dt.datetime) else item.due
    return {moment.strftime("%Y-%m") for moment in (due, item.published_at) if moment is not None}


def _local(moment: dt.datetime | dt.date | None) -> str:
    if moment is None:
        return ""
    if isinstance(moment, dt.datetime):
        return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
    return moment.isoformat()


def _article_rows(world: ContentWorld, month: str) -> list[list[str]]:
    """The month's articles; one was not final when it was first exported, and is in the next export once more."""
    rows: list[list[str]] = []
    for article in world.articles:
        is_delayed = article.article_id == world.delayed
        published = local_month(article.published_at)
        if published == month:
            rows.append(_article_row(article, 50 if is_delayed else 100, is_delayed))
        elif is_delayed and export_day(published).strftime("%Y-%m") == month:
            rows.append(_article_row(article, 100, False))
    return rows


def _article_row(article: Article, per_cent: int, is_delayed: bool) -> list[str]:
    numbers = [
        str(value if name == "delivered" else value * per_cent // 100) for name, value in article.numbers.items()
    ]
    title = f"云梯周报 {article.article_id}"
    return [article.article_id, title, _local(article.published_at), *numbers, "是" if is_delayed else "否"]


def _item_row(item: ContentItem) -> list[str]:
    authors = [cell for name, share in item.authors for cell in (name, str(share) if share else "")]
    return [
        item.item_id, item.kind, _local(item.due), _local(item.published_at),
        "cancelled" if item.is_cancelled else "published" if item.published_at else "planned",
        OFFICIAL_ACCOUNT if item.platform_id else "", item.platform_id, *authors, *[""] * (4 - len(authors)),
    ]  # fmt: skip


def _write_tool(folder: Path, world: ContentWorld, posts: list[Post], month: str, handle: str) -> None:
    taken = dt.datetime.combine(export_day(month), dt.time(9, 30), tzinfo=SHANGHAI)
    rows: list[list[str]] = []
    for post in posts:
        sent = world.tool_posts.get(post.post_id)
        if sent is None or post.created_at.astimezone(dt.UTC).strftime("%Y-%m") != month:
            continue
        numbers = post.measured(taken)
        link = f"https://x.com/{handle}/status/{post.post_id}"
        counts = [str(numbers["impressions"]), str(reach_of(post, month)), str(numbers["engagements"])]
        answers = [str(numbers[name]) for name in ("likes", "replies", "reposts")]
        clicks = str(numbers["url_clicks"])
        if month == BUFFER_MONTH:
            rows.append([_local(post.created_at), "…", "X", link, "post", sent.sender, *counts, *answers, clicks])
        else:
            rows.append(
                [
                    _local(post.created_at), str(post.post_id), "X", "Post", "Text", handle, sent.sender, link, "…",
                    *counts, "", *answers, "", clicks, "",
                ]
            )  # fmt: skip
    if month == BUFFER_MONTH:
        write_text(folder / f"buffer_posts_{month}.csv", csv_text(BUFFER_HEADER, rows))
    else:
        write_text(folder / f"Post Performance ({TOOL_ACCOUNT}) {month}.csv", csv_text(SPROUT_HEADER, rows))


def reach_of(post: Post, month: str) -> int:
    """The reach that the tool reports of a post in its month's export."""
    taken = dt.datetime.combine(export_day(month), dt.time(9, 30), tzinfo=SHANGHAI)
    return post.measured(taken)["impressions"] * REACH_SHARE // 100


def _mention_rows(world: ContentWorld, month: str) -> list[list[str]]:
    return [
        [address, mention.outlet, _local(mention.published_at), "yes" if mention.is_hit else "no", "neutral", CAMPAIGN]
        for mention in world.mentions
        if local_month(mention.published_at) == month
        for address in mention.addresses
    ]


def _tag_rows(world: ContentWorld, month: str) -> list[list[str]]:
    return [
        [
            str(post.post_id), post.posted_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), post.author,
            f"#{CAMPAIGN.title()}", "true" if post.is_retweet else "false", "…",
        ]
        for post in world.tagged
        if local_month(post.posted_at) == month
    ]  # fmt: skip
