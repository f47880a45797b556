"""Reckons the truth of content, publicity and audience, record by record, in plain Python.

Belongs here: the KPI definitions of these families over the demo's own events.
Does not belong here: who is credited with one author (`credit`), the shape of the result (`truth`).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import pairwise

from pipelines.demo.content_files import reach_of
from pipelines.demo.content_world import CAMPAIGN, OFFICIAL_ACCOUNT, ContentItem, ContentWorld
from pipelines.demo.credit import Credit, Resolver
from pipelines.demo.events import SHANGHAI, AccountDay, Post, local, local_month
from pipelines.demo.truth import Ledger, even_part
from pipelines.demo.x_events import month_bounds

TYPE_WEIGHTS = {"article": 3, "video": 4, "event": 5}
RETENTION_DAYS, PATIENCE_DAYS = 30, 31


def reckon_post(
    ledger: Ledger, content: ContentWorld, post: Post, credit: Credit, numbers: dict[str, int], audience: int
) -> None:
    """Credit what a post reached, covered, brought in clicks, reposts and replies.

    Args:
        ledger: where it is written.
        content: who sent it with the tool.
        post: a post or reply of X.
        credit: whom it counts for.
        numbers: its numbers at the measuring age.
        audience: followers when it was posted.
    """
    month = local_month(post.created_at)
    if post.post_id in content.tool_posts:
        reported = post.created_at.astimezone(dt.UTC).strftime("%Y-%m")
        ledger.add(month, credit, "reach_rate", reach_of(post, reported), audience)
    ledger.add(month, credit, "coverage_rate_proxy", numbers["impressions"], audience)
    ledger.add(month, credit, "content_click_rate", numbers["url_clicks"], numbers["impressions"])
    if post.kind == "post":
        ledger.add(month, credit, "shares_per_post", numbers["reposts"], 1)
        ledger.add(month, credit, "comments_per_post", numbers["replies"], 1)


def reckon_content(
    ledger: Ledger, content: ContentWorld, account_days: list[AccountDay], resolver: Resolver,
    gaps: dict[str, set[dt.date]],
) -> None:  # fmt: skip
    """Credit everything else: articles, the register, what others published, days of accounts, follower lists."""
    for article in content.articles:
        numbers = article.numbers
        month = local_month(article.published_at)
        credit = _authors(article.item, article.published_at, OFFICIAL_ACCOUNT, resolver)
        valid = numbers["comments"] + numbers["shares"] + numbers["favourites"]
        everything = valid + numbers["likes"] + numbers["zaikan"]
        ledger.add(month, credit, "article_reads", numbers["reads"])
        ledger.add(month, credit, "read_rate", numbers["readers"], numbers["delivered"])
        ledger.add(month, credit, "content_interaction_rate", everything, numbers["reads"])
        ledger.add(month, credit, "content_spread_rate", numbers["shares"], numbers["reads"])
        ledger.add(month, credit, "effective_interaction_rate", valid, numbers["delivered"])
        ledger.add(month, credit, "shares_per_article", numbers["shares"], 1)
        ledger.add(month, credit, "comments_per_article", numbers["comments"], 1)
    for item in content.items:
        if not item.is_cancelled:
            _item(ledger, item, resolver)
    for mention in content.mentions:
        if mention.is_hit:
            key = mention.addresses[0].removeprefix("https://www.")
            for person, _ in resolver.campaign(CAMPAIGN, local(mention.published_at).date()):
                ledger.distinct[local_month(mention.published_at), person, "media_mentions"].add(key)
    ours = {"@CloudLadder", *content.excluded}
    for post in content.tagged:
        if not post.is_retweet and post.author not in ours:
            for person, _ in resolver.campaign(CAMPAIGN, local(post.posted_at).date()):
                ledger.distinct[local_month(post.posted_at), person, "hashtag_usage"].add(str(post.post_id))
    known_until = max(month_bounds(local_month(item.collected_at))[1] for item in content.ugc) + dt.timedelta(days=8)
    for ugc in content.ugc:
        if ugc.accepted_on and ugc.accepted_on <= known_until:
            ledger.add(local_month(ugc.collected_at), resolver.collector(ugc.collector, ugc.collected_at, CAMPAIGN),
                       "ugc_collected", 1)  # fmt: skip
    _audience(ledger, content, account_days, resolver, gaps)
    _retention(ledger, content, resolver)


def _authors(item: ContentItem, at: dt.datetime, account_id: str, resolver: Resolver) -> Credit:
    """The authors by their shares; what is left to nobody goes to the account's people."""
    total = sum(share for _, share in item.authors)
    credit: dict[str, Decimal] = {}
    for name, share in item.authors:
        part = Decimal(share) / total if total else Decimal(1) / len(item.authors)
        for person, weight in resolver.author(name, account_id, at):
            credit[person] = credit.get(person, Decimal(0)) + part * weight
    return sorted(credit.items())


def _item(ledger: Ledger, item: ContentItem, resolver: Resolver) -> None:
    account_id = OFFICIAL_ACCOUNT if item.platform_id else ""
    weight = TYPE_WEIGHTS.get(item.kind, 1)
    if item.published_at is not None:
        month, credit = local_month(item.published_at), _authors(item, item.published_at, account_id, resolver)
        ledger.add(month, credit, "content_items_published", 1)
        ledger.add(month, credit, "content_output_rate", weight, 0)
    if item.due is None:
        return
    deadline = item.due
    if not isinstance(deadline, dt.datetime):
        deadline = dt.datetime.combine(deadline, dt.time.max, tzinfo=SHANGHAI)
    month, credit = local_month(deadline), _authors(item, deadline, account_id, resolver)
    ledger.add(month, credit, "content_output_rate", 0, weight)
    in_time = item.published_at is not None and item.published_at <= deadline
    ledger.add(month, credit, "publishing_timeliness", int(in_time), 1)


def _audience(
    ledger: Ledger, content: ContentWorld, account_days: list[AccountDay], resolver: Resolver,
    gaps: dict[str, set[dt.date]],
) -> None:  # fmt: skip
    counts = {(day.account_id, day.day): day.followers for day in account_days}
    counts |= {(OFFICIAL_ACCOUNT, day.day): day.cumulative for day in content.oa_days}
    growth = {
        (day.account_id, day.day): day.growth for day in account_days if day.day not in gaps.get(day.account_id, set())
    }
    growth |= {(OFFICIAL_ACCOUNT, day.day): day.new_users - day.cancelled for day in content.oa_days}
    for (account_id, day), net in sorted(growth.items()):
        first, after = month_bounds(f"{day:%Y-%m}")
        opening = counts.get((account_id, first - dt.timedelta(days=1)))
        if opening is None:
            continue
        part = even_part(opening, day.day, (after - first).days)
        credit, month = resolver.account_day(account_id, day), f"{day:%Y-%m}"
        is_event = any(account in ("", account_id) and start <= day < end for account, start, end in content.offline)
        if account_id == OFFICIAL_ACCOUNT:
            ledger.add(month, credit, "oa_follower_growth", net, part)
        if not is_event:
            kpi = "follower_growth_rate_oa" if account_id == OFFICIAL_ACCOUNT else "follower_growth_rate_x"
            ledger.add(month, credit, kpi, net, part)


def _retention(ledger: Ledger, content: ContentWorld, resolver: Resolver) -> None:
    for account_id, lists in content.lists.items():
        bought = {one for one, profile in content.profiles[account_id].items() if profile.is_bought}
        reckon_retention(ledger, resolver, account_id, lists, bought)


def reckon_retention(
    ledger: Ledger, resolver: Resolver, account_id: str, lists: dict[dt.date, list[int]], bought: set[int]
) -> None:
    """Credit who stayed of the new followers of each list.

    Args:
        ledger: where it is written.
        resolver: who has the account.
        account_id: the account.
        lists: its follower lists by day.
        bought: followers who are no people.
    """
    days = sorted(lists)
    seen = set(lists[days[0]]) if days else set()
    for before, day in pairwise(days):
        new = set(lists[day]) - seen
        seen |= new
        mature = day + dt.timedelta(days=RETENTION_DAYS)
        later = [other for other in days if mature <= other < mature + dt.timedelta(days=PATIENCE_DAYS)]
        if (day - before).days > PATIENCE_DAYS or not later or not new:
            continue
        kept = (new & set(lists[later[0]])) - bought
        credit = resolver.account_day(account_id, mature)
        ledger.add(f"{mature:%Y-%m}", credit, "follower_retention_30d", len(kept), len(new))
