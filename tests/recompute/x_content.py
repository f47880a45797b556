"""X: reach, coverage, clicks, shares and comments of posts.

Belongs here: KPIs of posts that `x_posts` reads and credits. Does not belong here: reading exports or reports.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from .kpi import Entry, World, recomputes
from .people import month_of
from .x_posts import Post, credited, followers, followers_at, posts, weighed

Sides = tuple[Fraction | None, Fraction | None]


@recomputes("reach_rate", "coverage_rate_proxy", "content_click_rate", "shares_per_post", "comments_per_post")
def content_entries(world: World) -> Iterator[Entry]:
    company = world.company
    counts = followers(world)
    for post in posts(world):
        day = company.local(post.created_at).date()
        at_post = followers_at(counts.get(post.account, {}), day)
        for person, share in credited(company, post).items():
            for entry in _of_post(post, at_post):
                yield weighed(replace(entry, month=month_of(day), person=person, account=post.account), share)


def _of_post(post: Post, at_post: Fraction | None) -> Iterator[Entry]:
    """Own posts and replies by reach, impressions and clicks; own posts alone by shares and comments."""
    if post.kind == "repost":
        return
    yield _both("reach_rate", post.reach, at_post)
    yield _both("coverage_rate_proxy", post.impressions, at_post)
    yield _both("content_click_rate", post.clicks, post.impressions)
    if post.kind == "post":
        yield _both("shares_per_post", post.reposts, Fraction(1))
        yield _both("comments_per_post", post.replies, Fraction(1))


def _both(kpi_id: str, numerator: Fraction | None, denominator: Fraction | None) -> Entry:
    """Both sides, or neither: a post of which one is unknown does not count."""
    known = numerator is not None and denominator is not None
    return Entry(kpi_id, "", "", *((numerator, denominator) if known else (None, None)))
