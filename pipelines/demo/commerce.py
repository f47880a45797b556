"""Reckons commerce and customer value in plain Python, over the orders of all shops.

Belongs here: the KPIs of orders by customer, channel and fate, of customers at a month's end, of members and costs.
Does not belong here: revenue and code uses of the Shopify shops (`reckoning`), who is credited (`credit`).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from pipelines.demo.commerce_events import (
    COMMUNITY,
    MINI_PROGRAM,
    STAFF_TAG,
    CommunityCost,
    Referral,
    ShopOrder,
)
from pipelines.demo.credit import NOBODY, UNASSIGNED, Credit, Resolver
from pipelines.demo.deliveries import known_until
from pipelines.demo.events import Order, OtherOrder, World, local, local_month
from pipelines.demo.reckoning import X_SOURCES
from pipelines.demo.roster import Roster
from pipelines.demo.truth import Ledger
from pipelines.demo.x_events import month_bounds

ACTIVE_DAYS = HIGH_DAYS = 365
HIGH_AMOUNT = Decimal(1000)
LOYALTY_DAYS = 90
WEIGHT_ACTIVE, WEIGHT_HIGH, WEIGHT_REFERRAL = Decimal("0.4"), Decimal("0.3"), Decimal("0.3")
Shares = dict[tuple[str, str, str], tuple[int, int]]
_Keys = dict[tuple[str, str, str], dict[str, int]]


@dataclass(frozen=True)
class Commerce:
    """What happened beyond the Shopify shops' orders."""

    orders: list[ShopOrder] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    costs: list[CommunityCost] = field(default_factory=list)


@dataclass
class _Sale:
    """An order of any shop as the last export that lists it knows it."""

    record_id: str
    account_id: str
    at: dt.datetime
    customer: str
    total: Decimal
    net: Decimal
    code: str
    channel: str
    referrer: str
    credit: Credit
    is_cancelled: bool
    is_completed: bool
    is_own: bool  # a test or staff order
    number: int = 0  # which purchase of the customer

    @property
    def month(self) -> str:
        return local_month(self.at)

    @property
    def day(self) -> dt.date:
        return local(self.at).date()

    @property
    def is_counted(self) -> bool:
        return not (self.is_cancelled or self.is_own) and self.total != 0


@dataclass(frozen=True)
class _Referrals:
    """Who referred the customer of a sale, whether that is recorded, and the first month in which it is."""

    by: Callable[[_Sale], str]
    is_known: Callable[[_Sale], bool]
    since: str


def reckon_commerce(
    ledger: Ledger, world: World, commerce: Commerce, roster: Roster, resolver: Resolver, months: list[str]
) -> Shares:
    """Add the commerce KPIs to the ledger.

    Returns:
        (month, person, KPI) -> (keys that count, keys) of the shares of customers, which no sum can tell.
    """
    sales = _sales(world, commerce, resolver, months)
    is_known = _referrals_known_from(sales, commerce)
    since = next((sale.month for sale in sales if sale.number and is_known(sale)), "9999-12")
    referrals = _Referrals(_referred(sales, commerce), is_known, since)
    shares: _Keys = defaultdict(lambda: defaultdict(int))
    _reckon_sales(ledger, sales, commerce, referrals, shares)
    _reckon_customers(ledger, sales, resolver, months, referrals, shares)
    _reckon_members(ledger, world, resolver, months, since)
    _reckon_costs(ledger, commerce, roster, resolver)
    for web in world.web_days:
        if web.utm[0] in X_SOURCES:
            month = web.day.strftime("%Y-%m")
            ledger.add(month, resolver.web_day(web), "social_revenue_per_session", 0, web.sessions)
    limits = {"repurchase_rate": 1}
    return {
        key: (sum(count > limits.get(key[2], 0) for count in keys.values()), len(keys))
        for key, keys in sorted(shares.items())
    }


def _sales(world: World, commerce: Commerce, resolver: Resolver, months: list[str]) -> list[_Sale]:
    until = {month: known_until(month, months) for month in months}
    sales = [_shopify_sale(order, resolver, until[local_month(order.created_at)]) for order in world.orders]
    sales += [_shop_sale(order, resolver, until[local_month(order.created_at)]) for order in commerce.orders]
    sales.sort(key=lambda sale: (sale.at, sale.record_id))
    numbers: dict[str, int] = defaultdict(int)
    for sale in sales:
        if sale.is_counted and sale.net > 0:
            numbers[sale.customer] += 1
            sale.number = numbers[sale.customer]
    return sales


def _shopify_sale(order: Order, resolver: Resolver, until: dt.datetime) -> _Sale:
    return _Sale(
        str(order.order_id), order.account_id, order.created_at, order.email, order.total,
        order.total - order.refunded(until), order.discount_code, "pos" if order.employee else "web", "",
        resolver.order(order), order.cancelled_at is not None, True, order.is_test,
    )  # fmt: skip


def _shop_sale(order: ShopOrder, resolver: Resolver, until: dt.datetime) -> _Sale:
    moment = local(order.created_at)
    credit = resolver.holders("promo_code", order.discount_code, moment)
    if credit == NOBODY:
        credit = resolver.holders("account", order.account_id, moment)
    return _Sale(
        f"{order.account_id}/{order.order_no}", order.account_id, order.created_at, order.buyer, order.total,
        order.total - order.refunded(until), order.discount_code, order.channel, order.referrer, credit, order.closed,
        order.completed_at is not None and order.completed_at <= until, order.tag in (STAFF_TAG, "test"),
    )  # fmt: skip


def counted_orders(commerce: Commerce, months: list[str]) -> list[OtherOrder]:
    """The shops' own orders that count: neither closed nor free nor staff's nor tests."""
    return [
        OtherOrder(
            order.created_at,
            order.discount_code,
            order.total > order.refunded(known_until(local_month(order.created_at), months)),
        )
        for order in commerce.orders
        if not order.closed and order.tag not in (STAFF_TAG, "test") and order.total
    ]


def _referrals_known_from(sales: list[_Sale], commerce: Commerce) -> Callable[[_Sale], bool]:
    """Since when referrals are recorded: in the shop's own orders or in the register."""
    register = min((item.referred_at for item in commerce.referrals), default=None)
    shops: dict[str, dt.datetime] = {}
    for sale in sales:
        if sale.referrer:
            shops[sale.account_id] = min(sale.at, shops.get(sale.account_id, sale.at))

    def known(sale: _Sale) -> bool:
        since = [moment for moment in (register, shops.get(sale.account_id)) if moment is not None]
        return any(sale.at >= moment for moment in since)

    return known


def _referred(sales: list[_Sale], commerce: Commerce) -> Callable[[_Sale], str]:
    """Who referred the customer of a sale: a customer who had bought before; empty for nobody."""
    first_of: dict[str, dt.datetime] = {sale.customer: sale.at for sale in sales if sale.number == 1}
    register: dict[str, Referral] = {}
    for item in sorted(commerce.referrals, key=lambda item: item.referred_at):
        register.setdefault(item.customer, item)

    def by(sale: _Sale) -> str:
        referrer = sale.referrer
        entry = register.get(sale.customer)
        if not referrer and entry is not None and entry.referred_at <= sale.at:
            referrer = entry.referrer
        if referrer == sale.customer or referrer not in first_of or first_of[referrer] >= sale.at:
            return ""
        return referrer

    return by


def _reckon_sales(ledger: Ledger, sales: list[_Sale], commerce: Commerce, referrals: _Referrals, shares: _Keys) -> None:
    with_costs = {cost.month for cost in commerce.costs}
    buyers: set[tuple[str, str]] = set()
    shop_orders = {f"{order.account_id}/{order.order_no}" for order in commerce.orders}
    for sale in sales:
        if not sale.is_own and sale.total != 0:
            done = sale.is_completed and not sale.is_cancelled
            ledger.add(sale.month, sale.credit, "order_completion_rate", int(done), 1)
        if not sale.is_counted:
            continue
        if sale.record_id in shop_orders:  # those of Shopify are in `reckoning`
            ledger.add(sale.month, sale.credit, "conversion_revenue", sale.net)
            if sale.code and sale.net > 0:
                ledger.add(sale.month, sale.credit, "promo_code_uses", 1)
        _reckon_channel(ledger, sale, with_costs, buyers)
        if sale.net > 0:
            _reckon_purchase(ledger, sale, referrals)
            for person, _ in sale.credit:
                shares[sale.month, person, "repurchase_rate"][sale.customer] += 1


def _reckon_channel(ledger: Ledger, sale: _Sale, with_costs: set[str], buyers: set[tuple[str, str]]) -> None:
    month, credit = sale.month, sale.credit
    in_community = sale.channel == COMMUNITY
    in_private = sale.channel in (COMMUNITY, MINI_PROGRAM)
    if sale.channel:
        ledger.add(month, credit, "community_sales", sale.net if in_community else 0)
        if sale.net > 0:
            ledger.add(month, credit, "private_domain_order_share", int(in_private), 1)
    if in_community and month in with_costs:
        ledger.add(month, credit, "community_roi", sale.net, 0)
    if sale.code or in_private:
        ledger.add(month, credit, "social_revenue_per_session", sale.net, 0)
    if in_community and sale.net > 0 and (month, sale.customer) not in buyers:
        buyers.add((month, sale.customer))
        ledger.add(month, credit, "member_conversion_rate", 1, 0)


def _reckon_purchase(ledger: Ledger, sale: _Sale, referrals: _Referrals) -> None:
    month, credit = sale.month, sale.credit
    ledger.add(month, credit, "average_order_value", sale.net, 1)
    ledger.add(month, credit, "existing_customer_revenue_share", sale.net if sale.number > 1 else 0, sale.net)
    ledger.add(month, credit, "new_customers", int(sale.number == 1))
    if sale.number == 1 and referrals.is_known(sale):
        by_other = int(bool(referrals.by(sale)))
        ledger.add(month, credit, "customer_referral_rate", by_other, 1)
        ledger.add(month, credit, "community_value_coefficient", WEIGHT_REFERRAL * by_other, 0)


def _reckon_customers(
    ledger: Ledger, sales: list[_Sale], resolver: Resolver, months: list[str], referrals: _Referrals, shares: _Keys
) -> None:
    bought: dict[str, list[_Sale]] = defaultdict(list)
    sent: dict[tuple[str, str], int] = defaultdict(int)
    for sale in sales:
        if sale.number:
            bought[sale.customer].append(sale)
            if sale.number == 1 and referrals.is_known(sale):
                sent[sale.month, referrals.by(sale)] += 1
    for month in months:
        first, after = month_bounds(month)
        holders: dict[tuple[str, str], Credit] = {}
        for customer, whole in bought.items():
            so_far = [sale for sale in whole if sale.day < after]
            if not so_far or so_far[-1].day < first - dt.timedelta(days=ACTIVE_DAYS):
                continue
            place = (so_far[-1].code, so_far[-1].account_id)
            if place not in holders:
                holders[place] = _holder(resolver, place, after - dt.timedelta(days=1))
            is_existing, was_high, n_month = _reckon_customer(ledger, month, so_far, holders[place])
            for person, _ in holders[place]:
                if is_existing:
                    shares[month, person, "existing_customer_repurchase"][customer] += n_month
                if is_existing and referrals.since <= month:
                    shares[month, person, "referring_customer_share"][customer] += sent[month, customer]
                if was_high:
                    shares[month, person, "high_value_buying_share"][customer] += n_month


def _holder(resolver: Resolver, place: tuple[str, str], day: dt.date) -> Credit:
    """Who answers for the customers of a code, else of a shop, on a day."""
    credit = resolver.holders_on("promo_code", place[0], day)
    return resolver.holders_on("account", place[1], day) if credit == NOBODY else credit


def _reckon_customer(ledger: Ledger, month: str, so_far: list[_Sale], credit: Credit) -> tuple[bool, bool, int]:
    """Add what one customer is at the end of a month; whether they were one and of high value before; purchases."""
    first, after = month_bounds(month)
    opening = [sale for sale in so_far if first - dt.timedelta(days=HIGH_DAYS) <= sale.day < first]
    closing = [sale for sale in so_far if sale.day >= after - dt.timedelta(days=HIGH_DAYS)]
    was_high = sum(sale.net for sale in opening) >= HIGH_AMOUNT
    is_high = sum(sale.net for sale in closing) >= HIGH_AMOUNT
    became = int(is_high and not was_high)
    ledger.add(month, credit, "high_value_conversion", became, int(bool(opening)))
    ledger.add(month, credit, "community_value_coefficient", WEIGHT_HIGH * became, 0)
    if was_high:
        ledger.add(month, credit, "high_value_retention", int(is_high), 1)
    if closing:
        ledger.add(month, credit, "customer_lifetime_value", sum((sale.net for sale in so_far), Decimal(0)), 1)
    due = so_far[0].day + dt.timedelta(days=LOYALTY_DAYS)
    if first <= due < after:
        ledger.add(month, credit, "loyalty_conversion", int(len(so_far) > 1 and so_far[1].day < due), 1)
    return bool(opening), was_high, sum(sale.day >= first for sale in so_far)


def _reckon_members(ledger: Ledger, world: World, resolver: Resolver, months: list[str], since: str) -> None:
    """Members of the last day; active ones of the busiest. No value is known before referrals are recorded."""
    for month in months:
        first, after = month_bounds(month)
        last = after - dt.timedelta(days=1)
        peaks: dict[str, int] = defaultdict(int)
        closing: dict[str, int] = {}
        owners: dict[str, str] = {}
        for day in world.group_days:
            if first <= day.day < after:
                peaks[day.group_id] = max(peaks[day.group_id], day.members_active)
                closing[day.group_id] = day.members_total
                owners[day.group_id] = day.owner
        for group, members in closing.items():
            credit = resolver.holders_on("group", group, last)
            if credit == NOBODY:
                credit = resolver.wecom(owners[group], last)
            ledger.add(month, credit, "member_conversion_rate", 0, members)
            if since <= month:
                ledger.add(month, credit, "community_value_coefficient", WEIGHT_ACTIVE * peaks[group], members)


def _reckon_costs(ledger: Ledger, commerce: Commerce, roster: Roster, resolver: Resolver) -> None:
    for cost in commerce.costs:
        first, after = month_bounds(cost.month)
        days: dict[str, int] = {}
        if cost.scope == "team":
            for position in roster.positions:
                if position.team_id == cost.scope_id:
                    held = (min(after, position.valid_to or after) - max(first, position.valid_from)).days
                    if held > 0:
                        days[position.person_id] = days.get(position.person_id, 0) + held
            whole = sum(days.values())
        else:
            whole = (after - first).days
            for offset in range(whole):
                for person, weight in resolver.holders_on(cost.scope, cost.scope_id, first + dt.timedelta(days=offset)):
                    if person != UNASSIGNED and weight == 1:
                        days[person] = days.get(person, 0) + 1
        credit = [(person, Decimal(held) / whole) for person, held in sorted(days.items())]
        credit.append((UNASSIGNED, Decimal(whole - sum(days.values())) / whole))
        ledger.add(cost.month, credit, "community_roi", -cost.amount, cost.amount)
