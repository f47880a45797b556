"""Reckons the truth: what each person and the company must be credited with, record by record.

Belongs here: the KPI definitions of the catalogue in plain Python, over the demo's own events.
Does not belong here: who is credited (`credit`), the shape of the result (`truth`), the planted accidents (`plants`).
"""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from pipelines.demo.content_reckoning import reckon_content, reckon_post, reckon_retention
from pipelines.demo.credit import Resolver
from pipelines.demo.deliveries import XDelivery, known_until, true_numbers
from pipelines.demo.engagement_truth import reckon_engagement
from pipelines.demo.events import SHANGHAI, Post, Ticket, World, local, local_month
from pipelines.demo.roster import Position, Roster
from pipelines.demo.truth import Ledger

BOOKMARK_WEIGHT = 2
X_SOURCES = ("x", "twitter", "t.co")
SLA_MINUTES = 240
OPENING, CLOSING = dt.time(9), dt.time(18)
BASELINE_DAYS, BASELINE_POSTS, VIRAL_Z = 90, 20, 3.5
IsWorking = Callable[[dt.date], bool]


def business_seconds(start: dt.datetime, end: dt.datetime, is_working: IsWorking) -> int:
    """Seconds between two moments that lie in business hours of working days, local time.

    Args:
        start: earlier moment.
        end: later moment.
        is_working: tells whether a local day is worked.

    Returns:
        Whole seconds; 0 when the window holds no business time.
    """
    first, last = local(start), local(end)
    total = 0
    day = first.date()
    while day <= last.date():
        if is_working(day):
            opens = max(dt.datetime.combine(day, OPENING, tzinfo=SHANGHAI), first)
            closes = min(dt.datetime.combine(day, CLOSING, tzinfo=SHANGHAI), last)
            total += max(0, int((closes - opens).total_seconds()))
        day += dt.timedelta(days=1)
    return total


def interactions(numbers: dict[str, int]) -> int:
    """Likes, reposts, replies and doubly weighted bookmarks; X counts quotes among reposts in exports."""
    return numbers["likes"] + numbers["reposts"] + numbers["replies"] + BOOKMARK_WEIGHT * numbers.get("bookmarks", 0)


def outliers(posts: list[tuple[Post, int]]) -> set[int]:
    """Ids of posts whose modified z of ln(1 + interactions) exceeds 3.5 against the account's 90 days before.

    Args:
        posts: own posts (no replies, no reposts) of one account with their interactions.

    Returns:
        Post ids; a post with fewer than 20 posts before it is not judged.
    """
    dated = [(local(post.created_at).date(), math.log(1 + count), post.post_id) for post, count in posts]
    found: set[int] = set()
    for day, value, post_id in dated:
        earliest = day - dt.timedelta(days=BASELINE_DAYS)
        baseline = [other for other_day, other, _ in dated if earliest <= other_day < day]
        if len(baseline) < BASELINE_POSTS:
            continue
        centre = statistics.median(baseline)
        deviation = statistics.median(abs(other - centre) for other in baseline)
        if deviation and 0.6745 * (value - centre) / deviation > VIRAL_Z:
            found.add(post_id)
    return found


@dataclass(frozen=True)
class Delivered:
    """What of the world reached the company, and how.

    Attributes:
        plan: which export measured which post.
        gaps: account -> UTC days whose overview never came.
        unflagged: posts whose line in the content log has no originality flag.
    """

    plan: list[XDelivery]
    gaps: dict[str, set[dt.date]]
    unflagged: set[int]


def reckon(world: World, roster: Roster, resolver: Resolver, delivered: Delivered, is_working: IsWorking) -> Ledger:
    """Credit every event of the world that was delivered.

    Args:
        world: what happened.
        roster: who was responsible when.
        resolver: the credit order.
        delivered: what reached the company.
        is_working: the company's calendar.

    Returns:
        The filled ledger.
    """
    ledger = Ledger()
    _posts(ledger, world, roster, resolver, delivered)
    _account_days(ledger, world, roster, resolver, delivered.gaps)
    _orders(ledger, world, resolver)
    _deals(ledger, world, resolver)
    for ticket in world.tickets:
        _ticket(ledger, ticket, resolver, is_working)
    _leads_and_visits(ledger, world, resolver)
    reckon_content(ledger, world.content, world.account_days, resolver, delivered.gaps)
    for account_id, plant in world.plants.items():
        lists = {day: [follow.number for follow in plant.listed(day)] for day in plant.days()}
        bought = {follow.number for follow in plant.follows if follow.profile.is_bought}
        reckon_retention(ledger, resolver, account_id, lists, bought)
    for month, person_id, count in planned(roster, sorted({local_month(post.created_at) for post in world.posts})):
        ledger.add(month, [(person_id, Decimal(1))], "posting_frequency", 0, count)
    for incident in world.incidents:
        if incident.kind in ("policy", "account_security"):
            ledger.add(local_month(incident.occurred_at), resolver.incident(incident), "security_incidents", 1)
    reckon_engagement(ledger, world, resolver)
    return ledger


def followers_on(world: World) -> dict[tuple[str, dt.date], int]:
    """Follower count by account and stated day."""
    return {(day.account_id, day.day): day.followers for day in world.account_days}


def _posts(ledger: Ledger, world: World, roster: Roster, resolver: Resolver, delivered: Delivered) -> None:
    followers = followers_on(world)
    measured = {post.post_id: true_numbers(post, delivered.plan)[0] for post in world.posts}
    viral: set[int] = set()
    for account in roster.of_platform("x"):
        own = [post for post in world.posts if post.account_id == account.account_id and post.kind == "post"]
        viral |= outliers([(post, interactions(measured[post.post_id])) for post in own])
    for post in world.posts:
        month, credit, numbers = local_month(post.created_at), resolver.post(post), measured[post.post_id]
        if post.kind == "repost":
            ledger.add(month, credit, "original_content_share", 0, 1)
            continue
        count, audience = interactions(numbers), followers_at(followers, post)
        ledger.add(month, credit, "impressions", numbers["impressions"])
        ledger.add(month, credit, "engagement_rate_followers", count, audience)
        ledger.add(month, credit, "engagement_rate_impressions", count, numbers["impressions"])
        _team(ledger, roster, post.account_id, month, "team_impressions", numbers["impressions"])
        reckon_post(ledger, world.content, post, credit, numbers, audience)
        if post.kind == "reply":
            continue
        ledger.add(month, credit, "posts_published", 1)
        ledger.add(month, credit, "posting_frequency", 1, 0)
        ledger.add(month, credit, "viral_posts", int(post.post_id in viral))
        if post.post_id not in delivered.unflagged:
            ledger.add(month, credit, "original_content_share", int(post.is_original), 1)
        if post.is_original and post.post_id not in delivered.unflagged:
            ledger.add(month, credit, "engagement_rate_original", count, audience)
        for person, weight in credit:
            ledger.categories[month, person, "content_diversity"].append((post.format, weight))


def followers_at(followers: dict[tuple[str, dt.date], int], post: Post) -> int:
    """The follower count stated for the post's local day, or the latest before it."""
    day = local(post.created_at).date()
    while (post.account_id, day) not in followers:
        day -= dt.timedelta(days=1)
    return followers[post.account_id, day]


def _team(ledger: Ledger, roster: Roster, account_id: str, month: str, kpi: str, amount: int) -> None:
    accounts = [*roster.accounts, *([roster.lab] if roster.lab else [])]
    team = next(account.team_id for account in accounts if account.account_id == account_id)
    ledger.team[month, team, kpi] += amount


def _account_days(
    ledger: Ledger, world: World, roster: Roster, resolver: Resolver, gaps: dict[str, set[dt.date]]
) -> None:
    for day in world.account_days:
        if day.day in gaps.get(day.account_id, set()):
            continue
        month = day.day.strftime("%Y-%m")
        ledger.add(month, resolver.account_day(day.account_id, day.day), "net_follower_growth", day.growth)
        _team(ledger, roster, day.account_id, month, "team_net_follower_growth", day.growth)


def _orders(ledger: Ledger, world: World, resolver: Resolver) -> None:
    months = sorted({local_month(order.created_at) for order in world.orders})
    for order in world.orders:
        if order.cancelled_at or order.is_test or order.total == 0:
            continue
        month, credit = local_month(order.created_at), resolver.order(order)
        net = order.total - order.refunded(known_until(month, months))
        ledger.add(month, credit, "conversion_revenue", net)
        if order.discount_code and net > 0:
            ledger.add(month, credit, "promo_code_uses", 1)


def _deals(ledger: Ledger, world: World, resolver: Resolver) -> None:
    for deal in world.deals:
        closed = local(deal.closed_at)
        month, credit = local_month(deal.closed_at), resolver.deal(deal.owner, closed.date())
        ledger.add(month, credit, "win_rate", int(deal.won), 1)
        if deal.won:
            ledger.add(month, credit, "deals_won", 1)
            ledger.add(month, credit, "won_revenue", deal.amount)


def _ticket(ledger: Ledger, ticket: Ticket, resolver: Resolver, is_working: IsWorking) -> None:
    month = local_month(ticket.created_at)
    by = resolver.ticket(ticket, ticket.replier if ticket.replied_at else "", ticket.replied_at or ticket.created_at)
    ledger.add(month, by, "ticket_resolution_rate", int(ticket.resolved_at is not None), 1)
    if ticket.replied_at is None:
        credit = resolver.ticket(ticket, "", ticket.created_at)
        ledger.add(month, credit, "first_reply_within_sla", 0, 1)
    else:
        credit = resolver.ticket(ticket, ticket.replier, ticket.replied_at)
        business = Decimal(business_seconds(ticket.created_at, ticket.replied_at, is_working)) / 60
        calendar = Decimal(int((ticket.replied_at - ticket.created_at).total_seconds())) / 60
        ledger.add(month, credit, "first_reply_within_sla", int(business <= SLA_MINUTES), 1)
        for person, weight in credit:
            ledger.values[month, person, "first_reply_minutes_p50"].append((business, weight))
            ledger.values[month, person, "first_reply_minutes_calendar_p50"].append((calendar, weight))
    if ticket.resolved_at is not None:
        credit = resolver.ticket(ticket, ticket.resolver, ticket.resolved_at)
        month = local_month(ticket.resolved_at)
        minutes = Decimal(int((ticket.resolved_at - ticket.created_at).total_seconds())) / 60
        ledger.add(month, credit, "tickets_resolved", 1)
        for person, weight in credit:
            ledger.values[month, person, "resolution_minutes_p50"].append((minutes, weight))


def _leads_and_visits(ledger: Ledger, world: World, resolver: Resolver) -> None:
    for lead in world.leads:
        if lead.utm[0] in X_SOURCES:
            for person, _ in resolver.lead(lead):
                ledger.distinct[local_month(lead.created_at), person, "leads_submitted"].add(lead.email)
    for web in world.web_days:
        if web.utm[0] in X_SOURCES:
            ledger.add(web.day.strftime("%Y-%m"), resolver.web_day(web), "site_clicks", web.sessions)


def planned(roster: Roster, months: list[str]) -> list[tuple[str, str, int]]:
    """The publishing plan: (month, person, posts), for everybody who is in content on the first of the month."""
    rows: list[tuple[str, str, int]] = []
    for month in months:
        first = dt.date(int(month[:4]), int(month[5:]), 1)
        writers = roster.working("content", first)
        for person in writers:
            position: Position = next(
                p for p in roster.positions if p.person_id == person.person_id and p.valid_from <= first
            )
            rows.append((month, person.person_id, 14 if position.level == "L3" else 12))
    return rows
