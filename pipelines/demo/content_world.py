"""What happened around content: articles, the CMS register, publishing tools, what others published, follower lists.

Belongs here: the plain records that files and truth are both made from.
Does not belong here: their invention (`content_events`), files (`content_files`) and sums (`content_reckoning`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

OFFICIAL_ACCOUNT = "oa_yunti"
CAMPAIGN = "yunti"
TOOL_ACCOUNT = "x_brand"  # the only account whose posts are sent with a publishing tool
ARTICLE_NUMBERS = ("delivered", "readers", "reads", "shares", "favourites", "likes", "zaikan", "comments")


@dataclass(frozen=True)
class ContentItem:
    """One line of the CMS register.

    Attributes:
        item_id: the register's number.
        kind: article, video, event, post or another word.
        due: the last moment that is on time, or a day until whose end it is; None without a plan.
        published_at: None when it never was.
        authors: (name, share in per cent); no shares (0) when they share equally.
        platform_id: the msgid of an article, else empty.
        is_cancelled: it was called off.
    """

    item_id: str
    kind: str
    due: dt.datetime | dt.date | None
    published_at: dt.datetime | None
    authors: tuple[tuple[str, int], ...]
    platform_id: str = ""
    is_cancelled: bool = False


@dataclass(frozen=True)
class Article:
    """One article of the official account with its final numbers and the register's line of it."""

    article_id: str
    published_at: dt.datetime
    numbers: dict[str, int]
    item: ContentItem


@dataclass(frozen=True)
class OaDay:
    """One day of the official account."""

    day: dt.date
    new_users: int
    cancelled: int
    cumulative: int


@dataclass(frozen=True)
class ToolPost:
    """Who sent a post of X with the publishing tool, by login."""

    post_id: int
    sender: str


@dataclass(frozen=True)
class Mention:
    """One article of an outlet, under the addresses that the listening tool lists."""

    addresses: tuple[str, ...]
    outlet: str
    published_at: dt.datetime
    is_hit: bool


@dataclass(frozen=True)
class TaggedPost:
    """One post of X with the campaign's tag."""

    post_id: int
    posted_at: dt.datetime
    author: str
    is_retweet: bool


@dataclass(frozen=True)
class UgcItem:
    """One collected piece of user content; `accepted_on` is the day of the decision, None while there is none."""

    ugc_id: str
    collected_at: dt.datetime
    collector: str
    accepted_on: dt.date | None


@dataclass(frozen=True)
class FollowerProfile:
    """The public profile of a follower, the same in every list; `is_bought` is what no list says."""

    followers: int
    following: int
    posts: int
    listed: int
    website: str
    created_on: dt.date
    is_bought: bool


@dataclass
class ContentWorld:
    """All of it.

    Attributes:
        lists: account -> day -> ids of the followers in the list of the day.
        profiles: account -> follower -> profile.
        offline: (account or empty for all, first day, day after the last) of events off line.
        excluded: handles of staff and spam accounts.
        delayed: the article whose first export was not final.
    """

    items: list[ContentItem] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    oa_days: list[OaDay] = field(default_factory=list)
    tool_posts: dict[int, ToolPost] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    tagged: list[TaggedPost] = field(default_factory=list)
    ugc: list[UgcItem] = field(default_factory=list)
    lists: dict[str, dict[dt.date, list[int]]] = field(default_factory=dict)
    profiles: dict[str, dict[int, FollowerProfile]] = field(default_factory=dict)
    offline: list[tuple[str, dt.date, dt.date]] = field(default_factory=list)
    excluded: dict[str, str] = field(default_factory=dict)
    delayed: str = ""
