"""Who referred whom: the register of referrals, and the referrer that an order names.

Belongs here: referrals, and the new customers that an earlier customer referred. Does not belong here: other KPIs of
customers (`customers`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

from .kpi import Entry, World, recomputes
from .orders import Order, credited, orders, purchases

REFERRALS = {"at": ("推荐时间",), "referred": ("被推荐人",), "referrer": ("推荐人",)}


@cache
def _registered(world: World) -> tuple[tuple[datetime, str, str], ...]:
    """(time, referred, referrer) of the register."""
    found = []
    for file in world.files:
        for row in file.rows(REFERRALS, REFERRALS):
            at = row.time("at", world.company.zone)
            assert at is not None
            found.append((at, row.text("referred").casefold(), row.text("referrer").casefold()))
    return tuple(sorted(set(found)))


@cache
def referrals(world: World) -> dict[str, list[tuple[datetime, str]]]:
    """(time, referrer) by referred customer, the earliest first; nobody refers themselves, only purchases name one."""
    found: dict[str, set[tuple[datetime, str]]] = {}
    for at, referred, referrer in _registered(world):
        found.setdefault(referred, set()).add((at, referrer))
    for order in orders(world):
        if order.counts and order.referrer and order.customer:
            found.setdefault(order.customer, set()).add((order.at, order.referrer))
    return {
        customer: sorted((at, referrer) for at, referrer in told if referrer not in {"", customer})
        for customer, told in found.items()
    }


@cache
def recorded_since(world: World, shop: str) -> datetime:
    """When referrals of a shop's customers began to be recorded: by the register, or by its orders themselves."""
    times = [at for at, _, _ in _registered(world)]
    times += [order.at for order in orders(world) if order.shop == shop and order.referrer]
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
    """Every purchase answers; the first one of each customer since referrals are recorded is measured."""
    for bought in purchases(world).values():
        for order in bought:
            is_measured = order is bought[0] and order.at >= recorded_since(world, order.shop)
            for person, share in credited(world, order).items():
                referred = share * bool(referrer_of(world, order)) if is_measured else None
                below = share if is_measured else None
                yield Entry("customer_referral_rate", order.month, person, referred, below, account=order.shop)
