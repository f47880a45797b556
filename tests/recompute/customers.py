"""Customers by what they bought: who holds them, existing and high-value ones, second purchases.

Belongs here: the stock of customers when a month begins and when it ends, and its KPIs. Does not belong here: KPIs of
orders (`commerce`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

from .credit import Shares, by_assignment, settle
from .kpi import Entry, World, bounds, recomputes
from .orders import Order, first_purchases, orders, purchases
from .people import month_of
from .referrals import recorded_since, referrer_of


@dataclass(frozen=True)
class Customer:
    """A customer in a month: what they were when it began, what they are when it has ended, and who holds them."""

    name: str
    is_existing: bool
    was_high: bool
    is_high: bool
    is_active: bool
    bought: bool
    spent: Fraction
    shop: str
    holders: Shares


def all_months(world: World) -> list[str]:
    """Every month from the first order to the last one."""
    days = [order.day for order in orders(world)]
    months, day = [], min(days).replace(day=1)
    while day <= max(days):
        months.append(month_of(day))
        day = (day + timedelta(days=31)).replace(day=1)
    return months


def _spent(bought: list[Order], first: date, end: date) -> Fraction:
    return sum((order.net for order in bought if first <= order.day < end), Fraction(0))


def _is_high(world: World, bought: list[Order], at: date) -> bool:
    settings = world.company.settings
    since = at - timedelta(days=settings["high_value_days"])
    return _spent(bought, since, at) >= Fraction(settings["high_value_amount"])


def _is_active(world: World, bought: list[Order], at: date) -> bool:
    since = at - timedelta(days=world.company.settings["customer_active_days"])
    return any(since <= order.day < at for order in bought)


def holders(world: World, name: str, bought: list[Order], day: date) -> Shares:
    """Whoever holds, on a day, the code of the latest purchase until then, else its shop."""
    company = world.company
    latest = [order for order in bought if order.day <= day][-1]
    steps = (
        by_assignment(company, "promo_code", latest.code, day) if latest.code else {},
        by_assignment(company, "account", latest.shop, day),
    )
    return settle(company, ("customer", name), day, steps)


@cache
def customers(world: World, month: str) -> tuple[Customer, ...]:
    """Everybody who is or was a customer in a month."""
    first, end = bounds(month)
    last = end - timedelta(days=1)
    found = []
    for name, bought in purchases(world).items():
        is_existing, is_active = _is_active(world, bought, first), _is_active(world, bought, end)
        if is_existing or is_active:
            found.append(
                Customer(
                    name=name,
                    is_existing=is_existing,
                    was_high=_is_high(world, bought, first),
                    is_high=_is_high(world, bought, end),
                    is_active=is_active,
                    bought=any(order.month == month for order in bought),
                    spent=_spent(bought, date.min, end),
                    shop=[order for order in bought if order.day < end][-1].shop,
                    holders=holders(world, name, bought, last),
                )
            )
    return tuple(found)


@recomputes(
    "existing_customer_repurchase",
    "referring_customer_share",
    "high_value_retention",
    "high_value_conversion",
    "high_value_buying_share",
    "customer_lifetime_value",
)
def customer_entries(world: World) -> Iterator[Entry]:
    referring: dict[str, set[str]] = {}
    for first in first_purchases(world):
        referring.setdefault(first.month, set()).add(referrer_of(world, first))
    known = [recorded_since(world, shop) for shop in {order.shop for order in orders(world)}]
    since = month_of(world.company.local(min(known)).date())
    for month in all_months(world):
        for customer in customers(world, month):
            for person, share in customer.holders.items():
                yield from _entries_of(
                    customer,
                    month,
                    person,
                    share,
                    is_referring=customer.name in referring.get(month, ()),
                    is_recorded=month >= since,
                )


def _entries_of(
    customer: Customer, month: str, person: str, share: Fraction, *, is_referring: bool, is_recorded: bool
) -> Iterator[Entry]:
    shop, key = customer.shop, customer.name
    if customer.is_existing:
        yield Entry("existing_customer_repurchase", month, person, key=key, is_hit=customer.bought, account=shop)
        if is_recorded:
            yield Entry("referring_customer_share", month, person, key=key, is_hit=is_referring, account=shop)
    if customer.was_high:
        yield Entry("high_value_retention", month, person, share * customer.is_high, share, account=shop)
        yield Entry("high_value_buying_share", month, person, key=key, is_hit=customer.bought, account=shop)
    became = customer.is_high and not customer.was_high
    yield Entry("high_value_conversion", month, person, share * became, share * customer.is_existing, account=shop)
    if customer.is_active:
        yield Entry("customer_lifetime_value", month, person, customer.spent * share, share, account=shop)


@recomputes("loyalty_conversion")
def loyalty_entries(world: World) -> Iterator[Entry]:
    """First purchases whose days for a second one are over: whole days, of which the first purchase's is the first."""
    days = timedelta(days=world.company.settings["loyalty_days"])
    for name, bought in purchases(world).items():
        over = bought[0].day + days
        in_time = len(bought) > 1 and bought[1].day < over
        for person, share in holders(world, name, bought, _last_of(over)).items():
            yield Entry("loyalty_conversion", month_of(over), person, share * in_time, share, account=bought[0].shop)


def _last_of(day: date) -> date:
    return bounds(month_of(day))[1] - timedelta(days=1)
