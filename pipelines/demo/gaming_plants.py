"""Gaming planted in the whole demo company, and the incidents that must be found, of these people and of nobody else.

Belongs here: what is changed of events that are invented already, so that nothing else of the company moves. Does not
belong here: the rules (`dbt_project/models/intermediate/gaming`), what a scheme takes for them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from pipelines.demo.community_events import EARLY_ZEROS_ON, LOGGED, SHEET_ONLY, CommunityWorld, Stay
from pipelines.demo.credit import UNASSIGNED, WHOLE, Credit, Resolver
from pipelines.demo.events import SHANGHAI, Order, Post, World, local_month
from pipelines.demo.roster import Roster
from pipelines.demo.truth import ExpectedIncident
from pipelines.demo.x_events import month_bounds

MONTH = "2026-10"
#: Who buys with the own code, whose customer orders, sends back and orders again, whose post comes three times.
BUYER, LOOPED, WRITER = "P006", "P021", "P003"
#: Whose login writes forty messages to each contact on four days.
FLOODER, FLOOD_DAYS, FLOOD = "P004", 4, 40
LOOPING_CUSTOMER = "loop@mail.example"
#: The giveaway of the second group: its days, how many came and how many of them had gone thirty days later.
GIVEN_FROM, GIVEN_UNTIL, CAME, GONE = dt.date(2026, 9, 5), dt.date(2026, 9, 9), 24, 16
GIVEAWAY = ("GIVEAWAY", "rewards", "入群抽奖", "group", LOGGED)


def plant_in_world(world: World, roster: Roster, resolver: Resolver) -> list[ExpectedIncident]:
    """Let one person buy with the own code, a customer order in circles, and a post come three times.

    Args:
        world: posts and orders; changed.
        roster: whose address it is that buys.
        resolver: who is credited with what.

    Returns:
        What must be found of it.
    """
    bought = _orders_of(world, resolver, BUYER)[:2]
    email = next(person.email for person in roster.people if person.person_id == BUYER)
    for position in bought:
        world.orders[position] = replace(world.orders[position], email=email)
    first, *again = _orders_of(world, resolver, LOOPED)[:3]
    like = world.orders[first]
    for number, position in enumerate((first, *again)):
        order = world.orders[position]
        same = replace(
            order, email=LOOPING_CUSTOMER, lines=like.lines, discount=like.discount, shipping=like.shipping, refunds=()
        )
        sent_back = ((order.created_at + dt.timedelta(hours=20), same.total),)
        world.orders[position] = replace(same, refunds=sent_back) if number < len(again) else same
    posts = [n for n, post in enumerate(world.posts) if _is_own_post(post, resolver)][:3]
    for position in posts[1:]:
        world.posts[position] = replace(world.posts[position], text=world.posts[posts[0]].text)
    return [
        ExpectedIncident(MONTH, "self_order", BUYER, WHOLE, len(bought)),
        ExpectedIncident(MONTH, "refund_loop", LOOPED, WHOLE, len(again)),
        ExpectedIncident(MONTH, "repeated_post", WRITER, WHOLE, len(posts) - 1),
    ]


def _orders_of(world: World, resolver: Resolver, person: str) -> list[int]:
    """The places of the month's orders in the first shop that came by a person's code and stayed as they were."""
    return [
        place
        for place, order in enumerate(world.orders)
        if local_month(order.created_at) == MONTH
        and order.account_id == "shop_cn"
        and order.discount_code
        and _is_sound(order)
        and resolver.order(order) == [(person, WHOLE)]
    ]


def _is_sound(order: Order) -> bool:
    return not order.refunds and not order.cancelled_at and not order.is_test and order.total > 0


def _is_own_post(post: Post, resolver: Resolver) -> bool:
    return (
        local_month(post.created_at) == MONTH
        and post.account_id == "x_brand"
        and post.kind == "post"
        and resolver.post(post) == [(WRITER, WHOLE)]
    )


def plant_in_communities(communities: CommunityWorld, resolver: Resolver) -> list[ExpectedIncident]:
    """Let a group fall silent, a member of staff flood contacts, and the people of a giveaway leave.

    Args:
        communities: changed.
        resolver: who is credited with what.

    Returns:
        What must be found of it.
    """
    first, after = month_bounds(MONTH)
    days = [first + dt.timedelta(days=number) for number in range((after - first).days)]
    communities.silent.add((SHEET_ONLY, MONTH))
    incidents = _parts("zombie_group", [resolver.group_day(SHEET_ONLY, day) for day in days])

    login = f"wx_{FLOODER.lower()}"
    flooded = [
        place
        for place, row in enumerate(communities.staff_days)
        if row.userid == login and row.day in days and row.day > EARLY_ZEROS_ON and row.chats >= 5
    ][:FLOOD_DAYS]
    for place in flooded:
        row = communities.staff_days[place]
        communities.staff_days[place] = replace(row, messages=row.chats * FLOOD)
    incidents += _parts("message_flood", [resolver.wecom(login, communities.staff_days[n].day) for n in flooded])

    gone = []
    for number in range(CAME):
        joined = dt.datetime.combine(GIVEN_FROM, dt.time(13, number), tzinfo=SHANGHAI) + dt.timedelta(days=number % 4)
        member, left = f"wm-{LOGGED}-given-{number:02d}", None
        if number < GONE:
            # some in September and some in October, so that no month loses a third of the group
            left = joined + dt.timedelta(days=12 if number % 2 else 27, hours=2)
            gone.append(resolver.group_day(LOGGED, joined.date() + dt.timedelta(days=30)))
        communities.stays.append(Stay(LOGGED, member, joined, left, "leave" if left else ""))
    return incidents + _parts("giveaway_spike", gone)


def _parts(rule: str, records: Iterable[Credit]) -> list[ExpectedIncident]:
    """Each person's part of an incident, whose records are credited so."""
    credited = list(records)
    found: dict[str, list[Decimal]] = {}
    for credit in credited:
        for person, share in credit:
            if person != UNASSIGNED:
                found.setdefault(person, []).append(share)
    return [
        ExpectedIncident(MONTH, rule, person, sum(shares, Decimal(0)) / len(credited), len(shares))
        for person, shares in sorted(found.items())
    ]


def is_planted(roster: Roster, months: list[str]) -> bool:
    """Whether the company is the whole one and old enough for all of it."""
    people = all(roster.person(person) for person in (BUYER, LOOPED, WRITER, FLOODER))
    return people and {"2026-08", "2026-09", MONTH} <= set(months) and len(roster.of_platform("x")) >= 3
