"""Orders of all shops: what was bought, by whom, what is left to pay, and who is credited.

Belongs here: Shopify's export and the generic one, which orders count, purchases by customer, and the credit of an
order. Does not belong here: what a KPI makes of orders (`commerce`) or of customers (`customers`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cache

from .attribution import by_owner, by_touch
from .credit import Shares, by_assignment, by_identity, by_roster, settle
from .kpi import World
from .people import Company, month_of
from .raw import File, Row

SHOPIFY = {
    "order_id": ("Id",),
    "customer": ("Email",),
    "fulfilment": ("Fulfillment Status",),
    "currency": ("Currency",),
    "total": ("Total",),
    "refunded": ("Refunded Amount",),
    "code": ("Discount Code",),
    "created": ("Created at",),
    "cancelled": ("Cancelled at",),
    "employee": ("Employee",),
    "channel": ("Source",),
    "tags": ("Tags",),
}
GENERIC = {
    "order_id": ("订单号",),
    "created": ("下单时间",),
    "customer": ("买家",),
    "total": ("实付金额",),
    "refunded": ("退款金额",),
    "status": ("订单状态",),
    "channel": ("渠道",),
    "referrer": ("推荐人",),
    "code": ("优惠码",),
    "tags": ("标签",),
}
#: What the words of the exports mean, unless `order_words` of company.yaml says so.
CANCELLED = {"交易关闭", "已取消", "cancelled"}
COMPLETED = {"交易成功", "已完成", "fulfilled", "completed"}
STAFF = {"员工", "内部礼品", "staff"}
TEST = {"test"}


@dataclass(frozen=True)
class Order:
    """An order as the last export that lists it knows it."""

    shop: str
    order_id: str
    at: datetime
    day: date
    customer: str
    channel: str
    code: str
    employee: str
    currency: str
    total: Fraction | None
    refunded: Fraction
    referrer: str
    is_cancelled: bool
    is_completed: bool
    is_test: bool
    is_staff: bool

    @property
    def month(self) -> str:
        return month_of(self.day)

    @property
    def net(self) -> Fraction:
        """What is left to pay."""
        return (self.total or Fraction(0)) - self.refunded

    @property
    def is_real(self) -> bool:
        """Placed by a customer, whatever became of it."""
        return not (self.is_test or self.is_staff)

    @property
    def counts(self) -> bool:
        """A purchase: neither cancelled nor test nor staff, and something is left to pay."""
        return self.is_real and not self.is_cancelled and self.net > 0


def order_words(company: Company, kind: str, otherwise: set[str]) -> set[str]:
    """What words mean a kind of channel, status or tag, in lower case."""
    stated = (company.config.get("order_words") or {}).get(kind)
    return {word.casefold() for word in (otherwise if stated is None else stated)}


@cache
def orders(world: World) -> tuple[Order, ...]:
    """Every order, oldest first."""
    found: dict[tuple[str, str], Order] = {}
    for file in world.files:
        for row in [*file.rows(SHOPIFY, SHOPIFY), *file.rows(GENERIC, GENERIC)]:
            if row.text("order_id"):
                found[file.account, row.text("order_id")] = _read(world.company, file, row)
    return tuple(sorted(found.values(), key=lambda order: (order.at, order.shop, order.order_id)))


def _read(company: Company, file: File, row: Row) -> Order:
    created = row.time("created", company.account_zone(file.account))
    assert created is not None
    tags = {tag.strip().casefold() for tag in row.text("tags").split(",")}
    states = {row.text("fulfilment").casefold(), row.text("status").casefold()}
    currency = row.text("currency") or company.accounts[file.account]["currency"] or company.config["currency"]
    is_cancelled = bool(row.text("cancelled")) or bool(states & order_words(company, "cancelled", CANCELLED))
    return Order(
        shop=file.account,
        order_id=row.text("order_id"),
        at=created,
        day=company.local(created).date(),
        customer=row.text("customer").casefold(),
        channel=row.text("channel"),
        code=row.text("code"),
        employee=row.text("employee"),
        currency=currency,
        total=row.number("total"),
        refunded=row.number("refunded") or Fraction(0),
        referrer=row.text("referrer").casefold(),
        is_cancelled=is_cancelled,
        is_completed=not is_cancelled and bool(states & order_words(company, "completed", COMPLETED)),
        is_test=bool(tags & TEST),
        is_staff=bool(tags & order_words(company, "staff", STAFF)),
    )


@cache
def credited(world: World, order: Order) -> Shares:
    """The code, then the last touch in its window, the till, the CRM's owner, the roster, whoever has the shop."""
    company = world.company
    steps = (
        by_assignment(company, "promo_code", order.code, order.day) if order.code else {},
        by_touch(world, order.customer, order.at),
        by_identity(company, "pos", order.employee, order.day) if order.employee else {},
        by_owner(world, order.customer, order.at),
        by_roster(company, [("account", order.shop)], order.at),
        by_assignment(company, "account", order.shop, order.day),
    )
    return settle(company, ("order", order.order_id), order.day, steps)


@cache
def purchases(world: World) -> dict[str, list[Order]]:
    """Counted orders by customer, oldest first."""
    found: dict[str, list[Order]] = {}
    for order in orders(world):
        if order.counts and order.customer:
            found.setdefault(order.customer, []).append(order)
    return found


def is_private(company: Company, order: Order) -> bool:
    """From a channel of the private domain; communities are part of it."""
    return is_community(company, order) or order.channel.casefold() in order_words(company, "private_domain", set())


def is_community(company: Company, order: Order) -> bool:
    return order.channel.casefold() in order_words(company, "community", set())


def first_purchases(world: World) -> Iterator[Order]:
    for bought in purchases(world).values():
        yield bought[0]
