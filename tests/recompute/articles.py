"""Articles of WeChat official accounts: reads, interactions, shares and comments.

Belongs here: the article export. Does not belong here: user days of official accounts; those are in `growth`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import cache

from .content_items import Writers, by_writers, items
from .credit import Shares, by_assignment, by_roster, settle
from .kpi import Entry, World, recomputes
from .people import Company, month_of
from .x_posts import weighed

ARTICLES = {
    "msgid": ("msgid",),
    "published": ("发表时间",),
    "delivered": ("送达人数",),
    "readers": ("阅读人数",),
    "reads": ("阅读次数",),
    "shares": ("分享人数",),
    "favourites": ("收藏人数",),
    "likes": ("点赞人数",),
    "zaikan": ("在看人数",),
    "comments": ("留言数",),
    "is_delayed": ("数据延迟",),
}
COUNTS = ("delivered", "readers", "reads", "shares", "favourites", "likes", "zaikan", "comments")
YES = {"是", "true", "yes"}

Number = Fraction | None


@dataclass(frozen=True)
class Article:
    """An article with the numbers that count for it."""

    account: str
    msgid: str
    published: datetime
    is_final: bool  # old enough, and not marked as delayed
    counts: dict[str, Number]

    def added(self, *names: str) -> Number:
        """The sum of some counts; None where one of them is unknown."""
        numbers = [self.counts[name] for name in names]
        known = [number for number in numbers if number is not None]
        return sum(known, Fraction(0)) if len(known) == len(numbers) else None


@cache
def articles(world: World) -> tuple[Article, ...]:
    """Every article once: by the first export in which it is final, else by the last one."""
    company = world.company
    age = timedelta(days=company.settings["measure_age_days"])
    found: dict[tuple[str, str], Article] = {}
    for file in world.files:
        for row in file.rows(ARTICLES, ARTICLES):
            published = row.time("published", company.account_zone(file.account))
            if published is None or not row.text("msgid"):
                continue
            old_enough = published + age <= datetime.combine(file.exported_on, time(), UTC)
            is_final = old_enough and row.text("is_delayed").casefold() not in YES
            key = (file.account, row.text("msgid"))
            if key not in found or not found[key].is_final:
                found[key] = Article(*key, published, is_final, {name: row.number(name) for name in COUNTS})
    return tuple(found.values())


def _credited(company: Company, article: Article, writers: Writers, day: date) -> Shares:
    """Override, authors by the CMS, duty roster, assignment of the account."""
    steps = (
        by_writers(company, writers, day),
        by_roster(company, [("account", article.account)], article.published),
        by_assignment(company, "account", article.account, day),
    )
    return settle(company, ("article", article.msgid), day, steps)


@recomputes(
    "article_reads",
    "read_rate",
    "content_interaction_rate",
    "content_spread_rate",
    "effective_interaction_rate",
    "shares_per_article",
    "comments_per_article",
)
def article_entries(world: World) -> Iterator[Entry]:
    company = world.company
    writers = {(item.account, item.platform_id): item.writers for item in items(world) if item.platform_id}
    for article in articles(world):
        day = company.local(article.published).date()
        known = writers.get((article.account, article.msgid), ())
        for person, share in _credited(company, article, known, day).items():
            for entry in _of_article(article):
                stamped = replace(entry, month=month_of(day), person=person, account=article.account)
                yield weighed(stamped, share)


def _of_article(article: Article) -> Iterator[Entry]:
    of = article.added
    yield Entry("article_reads", "", "", of("reads"))
    valid = of("comments", "shares", "favourites")
    every = of("likes", "zaikan", "comments", "shares", "favourites")
    for kpi_id, numerator, denominator in (
        ("read_rate", of("readers"), of("delivered")),
        ("content_interaction_rate", every, of("reads")),
        ("content_spread_rate", of("shares"), of("reads")),
        ("effective_interaction_rate", valid, of("delivered")),
        ("shares_per_article", of("shares"), Fraction(1)),
        ("comments_per_article", of("comments"), Fraction(1)),
    ):
        known = numerator is not None and denominator is not None
        yield Entry(kpi_id, "", "", *((numerator, denominator) if known else (None, None)))
