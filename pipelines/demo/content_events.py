"""Invents the content side of the company: articles, plans, senders, mentions, tagged posts, user content, followers.

Belongs here: the invention, each month from a random stream of its own.
Does not belong here: the records (`content_world`) and how vendors print them (`content_files`).
"""

from __future__ import annotations

import datetime as dt
from random import Random

from pipelines.demo.content_world import (
    ARTICLE_NUMBERS,
    TOOL_ACCOUNT,
    Article,
    ContentItem,
    ContentWorld,
    FollowerProfile,
    Mention,
    OaDay,
    TaggedPost,
    ToolPost,
    UgcItem,
)
from pipelines.demo.events import SHANGHAI, Post, local
from pipelines.demo.roster import Person, Roster
from pipelines.demo.x_events import AGENCY, EPOCH_MS, month_bounds, stream

DELAYED_MONTH = "2026-08"
LIST_DAYS = tuple(dt.date(2026, month, day) for month, day in ((8, 5), (8, 31), (9, 30), (10, 31)))
OFFLINE = (("", dt.date(2026, 9, 12), dt.date(2026, 9, 14)), ("oa_yunti", dt.date(2025, 5, 20), dt.date(2025, 5, 21)))
EXCLUDED = {"yunti_ruoxi": "staff", "win_free_coins": "spam"}
OWN_HANDLE = "@CloudLadder"  # listed in accounts.csv without the sign
_OUTLETS = ("科技日报社", "Data Weekly", "云上观察")


def make_content(roster: Roster, posts: list[Post], months: list[str], seed: int) -> ContentWorld:
    """Invent all of it.

    Args:
        roster: who writes, sends and collects.
        posts: the posts of X; those of the one account are sent with the tool.
        months: local months, ascending.
        seed: the company's seed.

    Returns:
        The content world.
    """
    world = ContentWorld(offline=list(OFFLINE), excluded=dict(EXCLUDED))
    cumulative = 5_200
    for month in months:
        rng = stream(seed, "content", month)
        first, after = month_bounds(month)
        _articles(world, rng, roster, month, first, after)
        _items(world, rng, roster, month, first, after)
        _publicity(world, rng, roster, month, first, after)
        day = first
        while day < after:
            new, cancelled = rng.randint(6, 40), rng.randint(1, 12)
            cumulative += new - cancelled
            world.oa_days.append(OaDay(day, new, cancelled, cumulative))
            day += dt.timedelta(days=1)
    for post in posts:
        if post.account_id == TOOL_ACCOUNT and post.kind == "post":
            rng = stream(seed, "tool", str(post.post_id))
            sender = rng.choice(roster.working("content", local(post.created_at).date()))
            world.tool_posts[post.post_id] = ToolPost(post.post_id, login_of(sender))
    for account in roster.of_platform("x"):
        lists = _follower_lists(stream(seed, "lists", account.account_id), months)
        world.lists[account.account_id] = lists
        world.profiles[account.account_id] = _profiles(stream(seed, "profiles", account.account_id), lists)
    return world


def login_of(person: Person) -> str:
    """A person's login in the publishing tool."""
    return person.email


def _moment(rng: Random, day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, rng.randint(8, 21), rng.randint(0, 59), tzinfo=SHANGHAI)


def _authors(rng: Random, roster: Roster, day: dt.date) -> tuple[tuple[str, int], ...]:
    """One author, or two with stated or equal shares; now and then somebody whom nobody knows."""
    names = [person.name for person in roster.working("content", day)]
    rng.shuffle(names)
    fate = rng.random()
    if fate < 0.08:
        return ((AGENCY, 0),)
    if fate < 0.62:
        return ((names[0], 0),)
    return ((names[0], 70), (names[1], 30)) if fate < 0.85 else ((names[0], 0), (names[1], 0))


def _articles(world: ContentWorld, rng: Random, roster: Roster, month: str, first: dt.date, after: dt.date) -> None:
    days = sorted(rng.sample(range((after - first).days), 6))
    for number, offset in enumerate(days, start=1):
        day = first + dt.timedelta(days=offset)
        at = _moment(rng, day)
        article_id = f"22474{month.replace('-', '')}_{number}"
        due = at + dt.timedelta(minutes=rng.choice((-30, 0, 45)))
        item = ContentItem(f"C-{month}-A{number}", "article", due, at, _authors(rng, roster, day), article_id)
        world.items.append(item)
        world.articles.append(Article(article_id, at, _numbers(rng), item))
    if month == DELAYED_MONTH:
        world.delayed = world.articles[-1].article_id


def _numbers(rng: Random) -> dict[str, int]:
    delivered = rng.randint(4_800, 9_000)
    readers = delivered * rng.randint(6, 21) // 100
    reads = readers * rng.randint(110, 150) // 100
    parts = (readers * rng.randint(1, 6) // 100, readers // 90, readers // 25, readers // 40, rng.randint(0, 30))
    return dict(zip(ARTICLE_NUMBERS, (delivered, readers, reads, *parts), strict=True))


def _items(world: ContentWorld, rng: Random, roster: Roster, month: str, first: dt.date, after: dt.date) -> None:
    for number in range(1, 11):
        day = first + dt.timedelta(days=rng.randrange((after - first).days))
        kind = rng.choice(("video", "event", "post", "post", "podcast"))
        fate = rng.random()
        due: dt.date | None = None if fate < 0.1 else day
        published: dt.datetime | None = _moment(rng, day + dt.timedelta(days=rng.choice((-1, 0, 0, 0, 3))))
        if 0.1 <= fate < 0.2:
            published = None
        world.items.append(
            ContentItem(
                f"C-{month}-{number:02d}", kind, due, published, _authors(rng, roster, day),
                is_cancelled=fate > 0.94,
            )
        )  # fmt: skip


def _publicity(world: ContentWorld, rng: Random, roster: Roster, month: str, first: dt.date, after: dt.date) -> None:
    length = (after - first).days
    for number in range(5):
        at = _moment(rng, first + dt.timedelta(days=rng.randrange(length)))
        address = f"https://www.news{number}.example/{month}/cloud-ladder-{number}"
        addresses = (address, f"{address}?utm_source=wechat") if number % 2 else (address,)
        world.mentions.append(Mention(addresses, rng.choice(_OUTLETS), at, number != 4))
    authors = [f"fan_{rng.randrange(900)}" for _ in range(9)] + [OWN_HANDLE, *EXCLUDED]
    for number, author in enumerate(authors):
        at = _moment(rng, first + dt.timedelta(days=rng.randrange(length)))
        post_id = ((int(at.timestamp() * 1000) - EPOCH_MS) << 22) | (4_000 + number)
        world.tagged.append(TaggedPost(post_id, at, author, is_retweet=number == 3))
    collectors = roster.working("growth", first) or roster.working("content", first)
    for number in range(4):
        day = first + dt.timedelta(days=rng.randrange(length))
        login = collectors[number % len(collectors)].name_en.lower().replace(" ", ".")
        # the last one is accepted after its month was exported
        accepted = (after + dt.timedelta(days=20)) if number == 3 else day + dt.timedelta(days=2)
        ugc = UgcItem(f"U-{month}-{number}", _moment(rng, day), login, None if number == 2 else accepted)
        world.ugc.append(ugc)


def _follower_lists(rng: Random, months: list[str]) -> dict[dt.date, list[int]]:
    followers = set(range(600_001, 600_081))
    newest = 600_080
    lists: dict[dt.date, list[int]] = {}
    for day in LIST_DAYS:
        if day.strftime("%Y-%m") not in months:
            continue
        lists[day] = sorted(followers)
        followers -= set(rng.sample(sorted(followers), 25))
        followers |= set(range(newest + 1, newest + 26))
        newest += 25
    return lists


def _profiles(rng: Random, lists: dict[dt.date, list[int]]) -> dict[int, FollowerProfile]:
    """A profile for each follower. One in six was bought, and every fourth of those had just been made."""
    profiles: dict[int, FollowerProfile] = {}
    for day, followers in lists.items():
        for number, follower in enumerate(one for one in followers if one not in profiles):
            if number % 6 == 5:
                age = 9 if number % 24 == 5 else rng.randint(200, 900)
                counts = (rng.randint(0, 15), rng.randint(700, 2600), rng.randint(0, 20), 0)
                created = day - dt.timedelta(days=age)
                profiles[follower] = FollowerProfile(*counts, "", created, is_bought=True)
            else:
                followed = rng.randint(40, 900)
                counts = (rng.randint(followed // 4 + 1, 3000), followed, rng.randint(3 * followed, 9000), followed % 7)
                created = day - dt.timedelta(days=rng.randint(400, 4000))
                website = "https://example.org/me" if follower % 3 == 0 else ""
                profiles[follower] = FollowerProfile(*counts, website, created, is_bought=False)
    return profiles
