"""What was sold: shop orders, deals, leads, site visits and ad spend.

Belongs here: the invention of those events, their refunds and their marks of origin (codes, UTM, till staff).
Does not belong here: the vendors' files (`sales_files`).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from random import Random

from pipelines.demo.events import SHANGHAI, AdDay, Deal, Lead, Order, OrderLine, WebDay
from pipelines.demo.roster import (
    GROWTH_CODES,
    MOVED_CODE,
    UNKNOWN_CODE,
    UNKNOWN_OWNER,
    Roster,
)
from pipelines.demo.x_events import month_bounds, stream

_GOODS = (
    ("云梯专业版年卡", "YT-PRO-12", "1188.00"),
    ("云梯专业版月卡", "YT-PRO-01", "128.00"),
    ("入门手册", "YT-BOOK-1", "68.00"),
    ("数据看板模板包", "YT-TPL-3", "239.00"),
    ("周边马克杯", "YT-MUG", "59.90"),
)
SMALL_FREIGHT = Decimal("12.00")
REFUND_LAG_LIMIT = dt.timedelta(days=75)


def _moment(rng: Random, first: dt.date, days: int, from_hour: int = 7, to_hour: int = 23) -> dt.datetime:
    """A random second of a random local day between two hours of the day."""
    day = first + dt.timedelta(days=rng.randrange(days))
    second = rng.randrange(from_hour * 3600, to_hour * 3600)
    return dt.datetime(day.year, day.month, day.day, tzinfo=SHANGHAI) + dt.timedelta(seconds=second)


def make_orders(roster: Roster, account_id: str, months: list[str], seed: int) -> list[Order]:
    """Invent a shop's orders: multi-line, with codes, till sales, refunds, cancellations, tests and zero totals."""
    orders: list[Order] = []
    base = 5_400_000_000_000 if account_id == "shop_cn" else 6_100_000_000_000
    number = 1000
    for month in months:
        rng = stream(seed, "orders", account_id, month)
        first, after = month_bounds(month)
        count = rng.randint(130, 170)
        moments = sorted(_moment(rng, first, (after - first).days) for _ in range(count))
        for created_at in moments:
            number += 1
            orders.append(_order(rng, roster, account_id, base + number * 977, f"#{number}", created_at))
    return orders


def _order(rng: Random, roster: Roster, account_id: str, order_id: int, name: str, created_at: dt.datetime) -> Order:
    lines = tuple(
        OrderLine(good[0], good[1], rng.choice((1, 1, 1, 2, 3)), Decimal(good[2]))
        for good in rng.sample(_GOODS, rng.choice((1, 1, 2, 3)))
    )
    gross = sum((line.price * line.quantity for line in lines), Decimal(0))
    origin = rng.random()
    # some customers bring a code to the till; a tenth of the orders are nobody's
    code = _code(rng, roster) if origin < 0.60 else ""
    employee = _till(rng, roster, created_at.date()) if origin < 0.05 or 0.60 <= origin < 0.90 else ""
    discount = (gross * Decimal("0.10")).quantize(Decimal("0.01")) if code else Decimal("0.00")
    shipping = SMALL_FREIGHT if gross - discount < 99 else Decimal("0.00")
    fate = rng.random()
    cancelled_at = created_at + dt.timedelta(hours=rng.randint(1, 30)) if fate < 0.03 else None
    is_test = 0.03 <= fate < 0.045
    if 0.045 <= fate < 0.06:  # a gift: everything off
        discount, shipping = gross, Decimal("0.00")
    refunds: tuple[tuple[dt.datetime, Decimal], ...] = ()
    total = gross - discount + shipping
    if total and not is_test and 0.06 <= fate < 0.12:
        part = total if rng.random() < 0.5 else (total * Decimal("0.40")).quantize(Decimal("0.01"))
        refunds = ((created_at + dt.timedelta(hours=rng.randint(30, 400)), part),)
    email = f"buyer{rng.randrange(4000):04d}@mail.example"
    return Order(
        order_id, name, account_id, created_at, email, lines, code, discount, shipping, employee, cancelled_at,
        is_test, refunds,
    )  # fmt: skip


def _code(rng: Random, roster: Roster) -> str:
    codes = [code for owner, code in GROWTH_CODES.items() if roster.person(owner)]
    codes.append(MOVED_CODE)
    return rng.choice([*codes, *codes, *codes, UNKNOWN_CODE])


def _till(rng: Random, roster: Roster, day: dt.date) -> str:
    tills = roster.working("customer_service", day)
    return rng.choice(tills).name_en if rng.random() < 0.96 else "Temp Staff"


def make_deals(roster: Roster, months: list[str], seed: int) -> list[Deal]:
    """Invent deals; those that would close after the range stay open in every export."""
    deals: list[Deal] = []
    number = 18_000_000
    for month in months:
        rng = stream(seed, "deals", month)
        first, after = month_bounds(month)
        for _ in range(rng.randint(54, 66)):
            number += rng.randint(3, 40)
            created_at = _moment(rng, first, (after - first).days, 9, 18)
            closed_at = created_at + dt.timedelta(days=rng.randint(4, 50))
            closed_at = closed_at.replace(hour=rng.randint(9, 17), minute=rng.randint(0, 59), second=0)
            owners = roster.working("growth", closed_at.date())
            owner = rng.choice(owners).name_en if rng.random() < 0.96 else UNKNOWN_OWNER
            amount = Decimal(rng.randint(30, 480) * 100) + Decimal(rng.choice(("0.00", "0.50", "99.90")))
            source = rng.choice(("Organic social", "Direct traffic", "Paid social", "Offline sources"))
            won = rng.random() < 0.58
            deals.append(Deal(number, f"云梯企业版 {number}", owner, created_at, closed_at, won, amount, source))
    return deals


def make_leads(roster: Roster, months: list[str], seed: int) -> list[Lead]:
    """Invent form leads; some customers submit twice in a month, some codes nobody owns."""
    leads: list[Lead] = []
    staff = [f"kol-{person.lower()}" for person in GROWTH_CODES if roster.person(person)]
    for month in months:
        rng = stream(seed, "leads", month)
        first, after = month_bounds(month)
        moments = sorted(_moment(rng, first, (after - first).days) for _ in range(rng.randint(70, 95)))
        emails: list[str] = []
        growth = {person.person_id for person in roster.working("growth", first)}
        owners = [i.external_id for i in roster.identities if i.system == "crm" and i.person_id in growth]
        for number, created_at in enumerate(moments, start=1):
            source = rng.choices(("x", "twitter", "t.co", "baidu", "newsletter", ""), (34, 14, 6, 22, 14, 10))[0]
            medium = {"": "", "baidu": "cpc", "newsletter": "email"}.get(source, "social")
            content = rng.choice([*staff, *staff, "kol-gone", ""]) if medium == "social" else ""
            campaign = rng.choice(("autumn", "launch42", "evergreen")) if source else ""
            again = emails and rng.random() < 0.08
            email = rng.choice(emails) if again else f"lead.{month}.{number:03d}@corp.example"
            emails.append(email)
            lead_id = f"L{month.replace('-', '')}{number:03d}"
            status = rng.choice(("new", "contacted", "qualified", "lost"))
            owner = rng.choice(owners) if content in ("", "kol-gone") and rng.random() < 0.4 else ""
            leads.append(Lead(lead_id, created_at, email, (source, medium, campaign, content), owner, status))
    return leads


def make_web_days(roster: Roster, months: list[str], seed: int) -> list[WebDay]:
    """Invent sessions of each local day by UTM combination."""
    staff = [f"kol-{person.lower()}" for person in GROWTH_CODES if roster.person(person)]
    days: list[WebDay] = []
    for month in months:
        rng = stream(seed, "web", month)
        day, after = month_bounds(month)
        while day < after:
            for content in staff:
                days.append(WebDay(day, ("x", "social", "evergreen", content), rng.randint(8, 60)))
            days.append(WebDay(day, ("t.co", "referral", "", ""), rng.randint(4, 30)))
            if rng.random() < 0.2:
                days.append(WebDay(day, ("twitter", "social", "autumn", "kol-gone"), rng.randint(1, 9)))
            days.append(WebDay(day, ("baidu", "organic", "", ""), rng.randint(80, 400)))
            day += dt.timedelta(days=1)
    return days


def make_ad_days(months: list[str], seed: int) -> list[AdDay]:
    """Invent spend of three campaigns a day."""
    days: list[AdDay] = []
    for month in months:
        rng = stream(seed, "ads", month)
        day, after = month_bounds(month)
        while day < after:
            for campaign in ("拉新-X 同人群", "meta-retarget", "Brand search"):
                impressions = rng.randint(2000, 15000)
                clicks = impressions * rng.randint(6, 18) // 1000
                spend = Decimal(clicks * rng.randint(110, 260)) / 100
                days.append(AdDay(day, campaign, spend, impressions, clicks, clicks // 9, impressions * 8 // 10))
            day += dt.timedelta(days=1)
    return days
