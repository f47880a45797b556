"""What was sold in the WeChat shop, who had referred whom, and what the communities cost.

Belongs here: the invention of those events and the planted refund of a first order.
Does not belong here: their files (`commerce_files`) and what they amount to (`commerce`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from pipelines.demo.events import SHANGHAI, Order, local_month
from pipelines.demo.roster import GROWTH_CODES, Roster
from pipelines.demo.x_events import month_bounds, stream

COMMUNITY, MINI_PROGRAM, LIVE = "社群", "小程序", "直播"
STAFF_TAG = "员工"
FIRST_REFUNDED = "微客首单退"  # a first order refunded in full after the close: the next one is the first
FIRST_REFUNDED_AT = dt.datetime(2026, 10, 11, 15, 0, tzinfo=SHANGHAI)
_REGULARS = 240
_PRICES = ("39.90", "68.00", "128.00", "239.00", "1188.00")


@dataclass(frozen=True)
class ShopOrder:
    """One order of a shop without line items; `refunds` as in `events.Order`.

    Attributes:
        order_no: number in the shop.
        account_id: the shop.
        created_at: moment of the order.
        buyer: the customer's name in the shop.
        total: what was paid.
        channel: where it was sold; empty when unknown.
        referrer: the customer who had referred the buyer, or empty.
        discount_code: promo code, or empty.
        closed: the order came to nothing.
        completed_at: when the goods were accepted, or None.
        tag: staff, test or empty.
        refunds: (moment, amount).
    """

    order_no: str
    account_id: str
    created_at: dt.datetime
    buyer: str
    total: Decimal
    channel: str = ""
    referrer: str = ""
    discount_code: str = ""
    closed: bool = False
    completed_at: dt.datetime | None = None
    tag: str = ""
    refunds: tuple[tuple[dt.datetime, Decimal], ...] = ()

    def refunded(self, at: dt.datetime) -> Decimal:
        """Money returned up to a moment."""
        return sum((amount for moment, amount in self.refunds if moment <= at), Decimal(0))


@dataclass(frozen=True)
class Referral:
    """One line of the register of referrals: a customer of the Shopify shops who was sent by another one."""

    referred_at: dt.datetime
    customer: str
    referrer: str


@dataclass(frozen=True)
class CommunityCost:
    """What one team or group cost in a month; `incentive_id` names the incentive whose row states it."""

    month: str
    scope: str
    scope_id: str
    kind: str
    amount: Decimal
    incentive_id: str = ""


def make_shop_orders(roster: Roster, account_id: str, months: list[str], seed: int) -> list[ShopOrder]:
    """Invent the WeChat shop's orders: regulars who come back, referrals, closed, refunded, staff and test orders."""
    orders: list[ShopOrder] = []
    codes = [code for owner, code in GROWTH_CODES.items() if roster.person(owner)]
    known: list[str] = []
    for month in months:
        rng = stream(seed, "shop", account_id, month)
        first, after = month_bounds(month)
        days = (after - first).days
        start = dt.datetime.combine(first, dt.time(0), tzinfo=SHANGHAI)
        moments = sorted(start + dt.timedelta(seconds=rng.randrange(days * 86400)) for _ in range(rng.randint(60, 75)))
        for number, moment in enumerate(moments, start=1):
            buyer = f"微客{rng.randrange(_REGULARS):04d}"
            price = Decimal(rng.choice(_PRICES))
            fate = rng.random()
            total = Decimal("0.00") if fate < 0.02 else price
            delivered = moment + dt.timedelta(days=rng.randint(2, 9))
            closed = 0.02 <= fate < 0.06
            refunds: tuple[tuple[dt.datetime, Decimal], ...] = ()
            if 0.06 <= fate < 0.14:
                part = total if rng.random() < 0.6 else (total / 4).quantize(Decimal("0.01"))
                refunds = ((moment + dt.timedelta(hours=rng.randint(30, 500)), part),)
            referrer = rng.choice(known) if known and buyer not in known and rng.random() < 0.5 else ""
            orders.append(
                ShopOrder(
                    f"E{month.replace('-', '')}{number:04d}",
                    account_id,
                    moment,
                    buyer,
                    total,
                    rng.choices((COMMUNITY, MINI_PROGRAM, LIVE, ""), (45, 30, 20, 5))[0],
                    referrer,
                    rng.choice(codes) if rng.random() < 0.2 else "",
                    closed,
                    delivered if not closed and rng.random() < 0.95 else None,
                    STAFF_TAG if 0.14 <= fate < 0.16 else "test" if 0.16 <= fate < 0.17 else "",
                    refunds,
                )
            )
            if buyer not in known:
                known.append(buyer)
        if month == "2026-09":
            placed = dt.datetime(2026, 9, 5, 20, 0, tzinfo=SHANGHAI)
            paid = Decimal("128.00")
            refunds = ((FIRST_REFUNDED_AT, paid),)
            orders.append(
                ShopOrder("E2026099999", account_id, placed, FIRST_REFUNDED, paid, COMMUNITY, refunds=refunds)
            )
        if month == "2026-10":
            placed = dt.datetime(2026, 10, 31, 23, 59, 59, tzinfo=SHANGHAI)
            orders.append(ShopOrder("E2026109999", account_id, placed, FIRST_REFUNDED, Decimal("68.00"), MINI_PROGRAM))
    return orders


def make_referrals(orders: list[Order], months: list[str], seed: int) -> list[Referral]:
    """Invent the register: some buyers of a month were sent, a day before, by somebody who had ordered before it."""
    by_month: dict[str, list[Order]] = {}
    for order in sorted(orders, key=lambda item: (item.created_at, item.order_id)):
        by_month.setdefault(local_month(order.created_at), []).append(order)
    referrals: list[Referral] = []
    for earlier, month in pairwise(months):
        rng = stream(seed, "referrals", month)
        for order in rng.sample(by_month[month], 12):
            referrer = rng.choice(by_month[earlier]).email
            referrals.append(Referral(order.created_at - dt.timedelta(days=1), order.email, referrer))
    return referrals


def make_costs(months: list[str]) -> list[CommunityCost]:
    """What the brand team's programme and the first group's gifts cost each month; nothing is known of the second."""
    costs: list[CommunityCost] = []
    for number, month in enumerate(months):
        if number == 1:
            continue
        costs.append(CommunityCost(month, "team", "brand", "programme", Decimal(2400 + 100 * (number % 7))))
        # twice a year the gifts are told of as an incentive
        incentive_id = f"GIFT-{month}" if number % 6 == 3 else ""
        costs.append(CommunityCost(month, "group", "wrg01", "member_incentive", Decimal("180.50"), incentive_id))
    return costs
