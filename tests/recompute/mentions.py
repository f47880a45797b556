"""What others write: articles of outlets, posts with a campaign's tag, collected user content.

Belongs here: listening export, hashtag searches, UGC register.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from .credit import by_assignment, by_identity, settle
from .kpi import Entry, World, recomputes
from .people import Company, month_of

MENTIONS = {
    "url": ("URL",),
    "outlet": ("Outlet",),
    "published": ("Published",),
    "is_hit": ("Brand hit",),
    "campaign": ("Campaign",),
}
TAGGED = {
    "post_id": ("Tweet id",),
    "created": ("Created at",),
    "author": ("Username",),
    "hashtag": ("Hashtag",),
    "is_retweet": ("Is retweet",),
}
COLLECTED = {
    "item_id": ("编号",),
    "collected": ("收集时间",),
    "is_accepted": ("是否采纳",),
    "collector": ("收集人",),
    "campaign": ("活动",),
}
YES = {"yes", "true", "是"}


@dataclass(frozen=True)
class Mention:
    """An article as the last export has it."""

    published: datetime
    is_hit: bool
    campaign: str


def canonical(url: str) -> str:
    """An address without scheme, www, tracking parameters, fragment and the slash at its end."""
    parts = urlsplit(url.strip())
    query = sorted((name, value) for name, value in parse_qsl(parts.query) if not name.casefold().startswith("utm_"))
    host = parts.netloc.casefold().removeprefix("www.")
    return host + parts.path.rstrip("/") + ("?" + urlencode(query) if query else "")


@recomputes("media_mentions")
def mention_entries(world: World) -> Iterator[Entry]:
    """Articles by the month in which they were first published."""
    company = world.company
    found: dict[str, Mention] = {}
    for file in world.files:
        for row in file.rows(MENTIONS, MENTIONS):
            at = row.time("published", company.zone)
            if at is None or not row.text("url"):
                continue
            address = canonical(row.text("url"))
            first = min(at, found[address].published) if address in found else at
            found[address] = Mention(first, row.text("is_hit").casefold() in YES, row.text("campaign"))
    for address, mention in found.items():
        if not mention.is_hit:
            continue
        day = company.local(mention.published).date()
        steps = (by_assignment(company, "campaign", mention.campaign, day) if mention.campaign else {},)
        for person in settle(company, ("mention", address), day, steps):
            yield Entry("media_mentions", month_of(day), person, key=address)


def own_handles(company: Company) -> set[str]:
    """Accounts of the company on X, and those that it excludes."""
    handles = {row["handle"].casefold() for row in company.accounts.values() if row["platform"] == "x"}
    return handles | company.excluded_handles


@recomputes("hashtag_usage")
def hashtag_entries(world: World) -> Iterator[Entry]:
    company = world.company
    excluded = own_handles(company)
    found: dict[str, tuple[datetime, str]] = {}
    for file in world.files:
        for row in file.rows(TAGGED, TAGGED):
            at = row.time("created", company.zone)
            author = row.text("author").lstrip("@").casefold()
            if at is None or author in excluded or row.text("is_retweet").casefold() in YES:
                continue
            found[row.text("post_id")] = (at, row.text("hashtag").lstrip("#"))
    for post_id, (at, campaign) in found.items():
        day = company.local(at).date()
        steps = (by_assignment(company, "campaign", campaign, day),)
        for person in settle(company, ("hashtag_post", post_id), day, steps):
            yield Entry("hashtag_usage", month_of(day), person, key=post_id)


@recomputes("ugc_collected")
def collected_entries(world: World) -> Iterator[Entry]:
    """Accepted items by the day they were collected; the last register knows whether they are accepted."""
    company = world.company
    found: dict[str, tuple[datetime, bool, str, str]] = {}
    for file in world.files:
        for row in file.rows(COLLECTED, COLLECTED):
            at = row.time("collected", company.zone)
            if at is not None and row.text("item_id"):
                is_accepted = row.text("is_accepted").casefold() in YES
                found[row.text("item_id")] = (at, is_accepted, row.text("collector"), row.text("campaign"))
    for item_id, (at, is_accepted, collector, campaign) in found.items():
        if not is_accepted:
            continue
        day = company.local(at).date()
        steps = (
            by_identity(company, "crm", collector, day) if collector else {},
            by_assignment(company, "campaign", campaign, day) if campaign else {},
        )
        for person, share in settle(company, ("ugc_item", item_id), day, steps).items():
            yield Entry("ugc_collected", month_of(day), person, share)
