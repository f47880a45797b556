"""X: posts, their interactions, formats and originality, account days, and a team's accounts.

Belongs here: content exports (both headers), overview, follower counts, content log, reports of publishing tools,
publishing plan. Does not belong here: reach, clicks, shares and comments of posts; those are in `x_content`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import cache
from statistics import median

from .credit import Shares, by_assignment, by_identity, by_roster, settle
from .kpi import Entry, World, bounds, recomputes
from .people import Company, days_between, month_of
from .raw import File, Row, UnreadableError

CONTENT = {
    "post_id": ("Post id", "Tweet id"),
    "text": ("Post text", "Tweet text"),
    "link": ("Post Link", "Tweet permalink"),
    "impressions": ("Impressions",),
    "likes": ("Likes",),
    "bookmarks": ("Bookmarks",),
    "replies": ("Replies",),
    "reposts": ("Reposts", "retweets"),
    "clicks": ("URL Clicks",),
}
#: Reports of posts: Sprout's and Buffer's.
TOOL = {
    "post_id": ("Post ID",),
    "link": ("Link", "Service Link"),
    "sent_by": ("Sent by", "Scheduled by"),
    "reach": ("Reach",),
}
OVERVIEW = {"day": ("Date",), "follows": ("New follows",), "unfollows": ("Unfollows",)}
FOLLOWERS = {"day": ("Date",), "account": ("Account",), "followers": ("Followers",)}
LOG = {
    "post_id": ("post_id", "帖子 ID"),
    "author": ("author", "作者"),
    "original": ("is_original", "是否原创"),
    "format": ("format", "形式"),
}
YES, NO = {"true", "是"}, {"false", "否"}
FOLLOWER_REACH = timedelta(days=31)
SIGNATURE = re.compile(r"(?:\^|\s-)([A-Za-z]{1,4})\s*$")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Post:
    """A post, reply or repost with the numbers that count for it."""

    post_id: str
    account: str
    created_at: datetime
    kind: str
    signature: str
    impressions: Fraction | None
    interactions: Fraction | None
    mature: bool
    reposts: Fraction | None = None
    replies: Fraction | None = None
    clicks: Fraction | None = None
    reach: Fraction | None = None
    sent_by: str = ""
    author: str = ""
    original: bool | None = None
    format: str = ""


def created_at(post_id: str) -> datetime:
    """The millisecond that an id carries."""
    return EPOCH + timedelta(milliseconds=(int(post_id) >> 22) + 1288834974657)


def _kind(text: str) -> str:
    if text.startswith("RT @"):
        return "repost"
    return "reply" if text.startswith("@") else "post"


def _post_id(row: Row) -> str:
    in_link = re.search(r"/status/(\d+)", row.text("link"))
    if in_link:
        return in_link[1]
    if not row.text("post_id"):
        raise UnreadableError("a row without an id")
    return row.text("post_id")


def identified(row: Row) -> tuple[str, datetime]:
    """The id of a post and when it was created."""
    post_id = _post_id(row)
    return post_id, created_at(post_id)


def log_flags(world: World) -> dict[str, bool | None]:
    """Whether the content log calls a post original; None where it does not say."""
    return {post_id: original for post_id, (_, original, _) in _content_log(world).items()}


def _interactions(row: Row, company: Company) -> Fraction | None:
    known = [row.number(column) for column in ("likes", "reposts", "replies")]
    if any(number is None for number in known):
        return None
    weight = Fraction(str(company.settings["bookmark_weight"]))
    return sum((number for number in known if number is not None), Fraction(0)) + weight * (
        row.number("bookmarks") or Fraction(0)
    )


@cache
def posts(world: World) -> tuple[Post, ...]:
    """Every post once, with the numbers of the first export in which it is old enough, else of the last one."""
    company = world.company
    age = timedelta(days=company.settings["measure_age_days"])
    versions: dict[str, list[tuple[date, Post]]] = {}
    for file in world.files:
        if file.platform != "x":
            continue
        for row in file.rows(CONTENT, ("post_id", "text", "link", "impressions")):
            post_id, at = identified(row)
            signature = SIGNATURE.search(row.text("text"))
            old_enough = _is_mature(at, age, file)
            post = Post(
                post_id,
                file.account,
                at,
                _kind(row.text("text")),
                signature[1] if signature else "",
                row.number("impressions"),
                _interactions(row, company),
                old_enough,
                row.number("reposts"),
                row.number("replies"),
                row.number("clicks"),
            )
            versions.setdefault(post_id, []).append((file.exported_on, post))
    log = _content_log(world)
    reports = _tool_reports(world)
    chosen = []
    for post_id, seen in versions.items():
        mature = [(day, post) for day, post in seen if post.mature]
        counts = min(day for day, _ in mature) if mature else max(day for day, _ in seen)
        post = max((post for day, post in seen if day == counts), key=lambda post: post.impressions or 0)
        author, original, form = log.get(post_id, ("", None, ""))
        sent_by, reach = reports.get(post_id, ("", None))
        stated = replace(post, author=author, original=original, format=form)
        chosen.append(replace(stated, sent_by=sent_by, reach=reach))
    return tuple(chosen)


@cache
def _content_log(world: World) -> dict[str, tuple[str, bool | None, str]]:
    log: dict[str, tuple[str, bool | None, str]] = {}
    for file in world.files:
        for row in file.rows(LOG, LOG):
            stated = row.text("original").casefold()
            original = True if stated in YES else False if stated in NO else None
            log[row.text("post_id")] = (row.text("author"), original, row.text("format"))
    return log


@cache
def _tool_reports(world: World) -> dict[str, tuple[str, Fraction | None]]:
    """Who sent a post, by the last report of it, and its reach, by the first in which it is old enough."""
    age = timedelta(days=world.company.settings["measure_age_days"])
    senders: dict[str, str] = {}
    reaches: dict[str, tuple[bool, Fraction | None]] = {}
    for file in world.files:
        for row in file.rows(TOOL, ("link", "sent_by", "reach")):
            post_id, at = identified(row)
            senders[post_id] = row.text("sent_by")
            if not reaches.get(post_id, (False, None))[0]:
                reaches[post_id] = (_is_mature(at, age, file), row.number("reach"))
    return {post_id: (sent_by, reaches[post_id][1]) for post_id, sent_by in senders.items()}


def _is_mature(at: datetime, age: timedelta, file: File) -> bool:
    return at + age <= datetime.combine(file.exported_on, time(), UTC)


def followers(world: World) -> dict[str, dict[date, Fraction]]:
    """Followers of each account by day, as the last export that states the day says."""
    counts: dict[str, dict[date, Fraction]] = {}
    for file in world.files:
        for row in file.rows(FOLLOWERS, FOLLOWERS):
            number = row.number("followers")
            if number is not None:
                counts.setdefault(row.text("account"), {})[row.day("day")] = number
    return counts


def followers_at(counts: dict[date, Fraction], day: date) -> Fraction | None:
    """The count of the day, else the latest of the month before it."""
    for back in range(FOLLOWER_REACH.days):
        if day - timedelta(days=back) in counts:
            return counts[day - timedelta(days=back)]
    return None


def credited(company: Company, post: Post) -> Shares:
    """Override, author in the content log, publishing tool, signature, duty roster, assignment of the account."""
    day = company.local(post.created_at).date()
    steps = (
        by_identity(company, "cms", post.author, day) if post.author else {},
        by_identity(company, "x_tool", post.sent_by, day) if post.sent_by else {},
        by_identity(company, "x_signature", post.signature, day) if post.signature else {},
        by_roster(company, [("account", post.account)], post.created_at),
        by_assignment(company, "account", post.account, day),
    )
    return settle(company, ("post", post.post_id), day, steps)


@recomputes(
    "impressions",
    "engagement_rate_followers",
    "engagement_rate_impressions",
    "engagement_rate_original",
    "original_content_share",
    "content_diversity",
    "posts_published",
    "viral_posts",
    "team_impressions",
)
def post_entries(world: World) -> Iterator[Entry]:
    company = world.company
    everything = posts(world)
    counts = followers(world)
    verdicts = viral_verdicts(everything, company)
    for post in everything:
        local_day = company.local(post.created_at).date()
        month = month_of(local_day)
        at_post = followers_at(counts.get(post.account, {}), local_day)
        for person, share in credited(company, post).items():
            for entry in _of_post(post, at_post, verdicts.get(post.post_id)):
                stamped = replace(entry, month=month, person=person, account=post.account)
                yield weighed(stamped, share)
        if post.kind != "repost" and post.impressions is not None:
            for person, team in company.teams_on(local_day):
                if company.accounts[post.account]["team_id"] == team:
                    yield Entry("team_impressions", month, person, post.impressions, account=post.account)


def weighed(entry: Entry, share: Fraction) -> Entry:
    numerator = None if entry.numerator is None else entry.numerator * share
    denominator = None if entry.denominator is None else entry.denominator * share
    return replace(entry, numerator=numerator, denominator=denominator)


def _of_post(post: Post, at_post: Fraction | None, viral: bool | None) -> Iterator[Entry]:
    one = Fraction(1)

    def entry(kpi_id: str, numerator: Fraction | None = None, denominator: Fraction | None = None) -> Entry:
        return Entry(kpi_id, "", "", numerator, denominator)

    if post.kind != "repost" and post.impressions is not None:
        yield entry("impressions", post.impressions)
    if post.kind != "repost":
        known = post.interactions is not None and at_post is not None
        yield entry("engagement_rate_followers", *((post.interactions, at_post) if known else (None, None)))
        known = post.interactions is not None and post.impressions is not None
        yield entry("engagement_rate_impressions", *((post.interactions, post.impressions) if known else (None, None)))
    if post.kind == "post":
        yield entry("posts_published", one)
        if post.original and post.interactions is not None and at_post is not None:
            yield entry("engagement_rate_original", post.interactions, at_post)
        yield entry("viral_posts", None if viral is None else Fraction(viral))
        yield Entry("content_diversity", "", "", key=post.format or None)
        if post.original is None:
            yield entry("original_content_share")
        else:
            yield entry("original_content_share", Fraction(post.original), one)
    if post.kind == "repost":
        yield entry("original_content_share", Fraction(0), one)


def viral_verdicts(everything: Iterable[Post], company: Company) -> dict[str, bool]:
    """Whether each own post that can be judged stands far above its account's posts of the days before."""
    reach = timedelta(days=company.settings["viral_baseline_days"])
    verdicts: dict[str, bool] = {}
    for account in {post.account for post in everything}:
        own = sorted(
            (post.created_at, post.post_id, math.log1p(post.interactions))
            for post in everything
            if post.account == account and post.kind == "post" and post.interactions is not None
        )
        for at, post_id, strength in own:
            before = [other for when, _, other in own if at - reach <= when < at]
            if len(before) >= company.settings["viral_min_posts"]:
                verdicts[post_id] = _modified_z(strength, before) > company.settings["viral_z"]
    return verdicts


def _modified_z(strength: float, before: list[float]) -> float:
    """Iglewicz and Hoaglin: 0.6745 (x - median) / MAD, with 1.2533 x mean deviation where the MAD is zero."""
    middle = median(before)
    spread = median(abs(other - middle) for other in before)
    if spread:
        return 0.6745 * (strength - middle) / spread
    mean = sum(abs(other - middle) for other in before) / len(before)
    return (strength - middle) / (1.2533 * mean) if mean else 0.0


def counted_days(world: World) -> dict[tuple[str, date], Fraction]:
    """Follows less unfollows of each account and day, as the last export of the day says."""
    days: dict[tuple[str, date], Fraction] = {}
    for file in world.files:
        if file.platform != "x":
            continue
        for row in file.rows(OVERVIEW, OVERVIEW):
            follows, unfollows = row.number("follows"), row.number("unfollows")
            if follows is not None and unfollows is not None:
                days[file.account, row.day("day")] = follows - unfollows
    return days


@recomputes("posting_frequency")
def posting_entries(world: World) -> Iterator[Entry]:
    """Own posts over planned posts; an account's plan is divided by assigned share and days."""
    company = world.company
    for post in posts(world):
        if post.kind == "post":
            for person, share in credited(company, post).items():
                month = month_of(company.local(post.created_at).date())
                yield Entry("posting_frequency", month, person, share, account=post.account)
    for row in company.plan:
        planned = Fraction(row["planned_posts"])
        if row["person_id"]:
            yield Entry("posting_frequency", row["month"], row["person_id"], None, planned)
            continue
        days = list(days_between(*bounds(row["month"])))
        for day in days:
            shares = settle(company, ("", ""), day, (by_assignment(company, "account", row["account_id"], day),))
            for person, share in shares.items():
                yield Entry("posting_frequency", row["month"], person, None, planned * share / len(days))
