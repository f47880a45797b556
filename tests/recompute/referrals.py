"""Who referred whom: the register of referrals, and the referrer that an order names.

Belongs here: referrals, and the new customers that an earlier customer referred. Does not belong here: other KPIs of
customers (`customers`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from functools import cache

from .kpi import Entry, World, recomputes
from .orders import Order, credited, first_purchases, orders, purchases

REFERRALS = {"at": ("推荐时间",), "referred": ("被推荐人",), "referrer": ("推荐人",)}


@cache
def referrals(world: World) -> dict[str, list[tuple[datetime, str]]]:
    """(time, referrer) by referred customer, the earliest first; nobody refers themselves."""
    zone = world.company.zone
    found: dict[str, set[tuple[datetime, str]]] = {}
    for file in world.files:
        for row in file.rows(REFERRALS, REFERRALS):
            at = row.time("at", zone)
            assert at is not None
            found.setdefault(row.text("referred").casefold(), set()).add((at, row.text("referrer").casefold()))
    for order in orders(world):
        if order.referrer and order.customer:
            found.setdefault(order.customer, set()).add((order.at, order.referrer))
    return {
        customer: sorted((at, referrer) for at, referrer in told if referrer not in {"", customer})
        for customer, told in found.items()
    }


@cache
def recorded_since(world: World) -> datetime:
    """The time of the first referral."""
    times = [at for told in referrals(world).values() for at, _ in told]
    return min(times, default=datetime.max.replace(tzinfo=UTC))


def referrer_of(world: World, first: Order) -> str:
    """The customer who referred whoever bought for the first time, and had bought before; empty without one."""
    for at, referrer in referrals(world).get(first.customer, ()):
        bought = purchases(world).get(referrer, ())
        if at <= first.at and bought and bought[0].at < first.at:
            return referrer
    return ""


@recomputes("customer_referral_rate")
def referral_entries(world: World) -> Iterator[Entry]:
    for first in first_purchases(world):
        is_known = first.at >= recorded_since(world)
        for person, share in credited(world, first).items():
            referred = share * bool(referrer_of(world, first)) if is_known else None
            below = share if is_known else None
            yield Entry("customer_referral_rate", first.month, person, referred, below, account=first.shop)
