"""What paid reach brought: X ads, leads of campaigns, touches of known customers, app installs, interviews, reports.

Belongs here: the invention of those events, each from a random stream of its own, and the marks they carry.
Does not belong here: the vendors' files (`marketing_files`) and who is credited (`marketing_reckoning`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from random import Random

from pipelines.demo.events import SHANGHAI, AdDay, AppDay, Interview, Lead, Order, Report, Touch
from pipelines.demo.roster import GROWTH_CODES, Roster
from pipelines.demo.x_events import month_bounds, stream

X_CAMPAIGN, META_CAMPAIGN, NOBODYS_CAMPAIGN = "x-launch", "meta-retarget", "lookalike"
LATE_REPORT_MONTH = "2026-09"
STATUSES = ("new", "contacted", "qualified", "lost")


def _at(rng: Random, month: str) -> dt.datetime:
    first, after = month_bounds(month)
    day = first + dt.timedelta(days=rng.randrange((after - first).days))
    return dt.datetime.combine(day, dt.time(8), tzinfo=SHANGHAI) + dt.timedelta(seconds=rng.randrange(12 * 3600))


def make_x_ad_days(months: list[str], seed: int) -> list[AdDay]:
    """Invent the spend of two X campaigns a day; one of them is nobody's."""
    days: list[AdDay] = []
    for month in months:
        rng = stream(seed, "x_ads", month)
        day, after = month_bounds(month)
        while day < after:
            for campaign in (X_CAMPAIGN, NOBODYS_CAMPAIGN):
                impressions = rng.randint(1000, 9000)
                clicks = impressions * rng.randint(5, 20) // 1000
                spend = Decimal(rng.randint(4000, 26000)) / 100
                days.append(AdDay(day, campaign, spend, impressions, clicks, clicks // 7, 0))
            day += dt.timedelta(days=1)
    return days


def make_paid_leads(roster: Roster, months: list[str], seed: int) -> list[Lead]:
    """Invent the leads of paid campaigns; a fifth are customers of the shops, some send the form twice."""
    staff = [f"kol-{person.lower()}" for person in GROWTH_CODES if roster.person(person)]
    leads: list[Lead] = []
    for month in months:
        rng = stream(seed, "paid_leads", month)
        for number, created_at in enumerate(sorted(_at(rng, month) for _ in range(rng.randint(22, 30))), start=1):
            source, medium, campaign = rng.choice(
                (
                    ("x", "cpc", X_CAMPAIGN),
                    ("x", "cpc", X_CAMPAIGN),
                    ("facebook", "cpc", META_CAMPAIGN),
                    ("x", "cpc", NOBODYS_CAMPAIGN),
                    ("tiktokk", "video", "autumn"),  # a source that nobody knows: a slip of the pen
                )
            )
            again = leads and rng.random() < 0.06
            email = f"buyer{rng.randrange(4000):04d}@mail.example" if rng.random() < 0.5 else ""
            email = leads[-1].email if again else email or f"paid.{month}.{number:03d}@corp.example"
            won = rng.random() < 0.15
            leads.append(
                Lead(
                    f"A{month.replace('-', '')}{number:03d}",
                    created_at,
                    email,
                    (source, medium, campaign, rng.choice([*staff, "", "kol-gone"])),
                    "",
                    "customer" if won else rng.choice(STATUSES),
                    created_at + dt.timedelta(hours=rng.randint(2, 150)) if won else None,
                    shouted=rng.random() < 0.05,
                )
            )
    return leads


def with_fields(leads: list[Lead], seed: int) -> list[Lead]:
    """Fill in what people told of themselves: most a name, fewer a phone and a company."""
    filled: list[Lead] = []
    for lead in leads:
        rng = stream(seed, "lead_fields", lead.lead_id)
        told = (("演示客户", 0.95), ("13800000000", 0.6), ("演示公司", 0.7))
        name, phone, company = (value if rng.random() < share else "" for value, share in told)
        filled.append(replace(lead, fields=(name, phone, company)))
    return filled


def make_touches(roster: Roster, orders: list[Order], months: list[str], seed: int) -> list[Touch]:
    """Invent visits before some orders, from minutes to seven weeks ahead of them."""
    staff = [f"kol-{person.lower()}" for person in GROWTH_CODES if roster.person(person)]
    rng = stream(seed, "touches")
    touches: list[Touch] = []
    for order in orders:
        while rng.random() < 0.18:
            utm = rng.choice(
                (
                    ("x", "social", "evergreen", rng.choice(staff)),
                    ("x", "cpc", X_CAMPAIGN, ""),
                    ("facebook", "cpc", META_CAMPAIGN, ""),
                    ("newsletter", "email", "autumn", ""),
                    ("(direct)", "(none)", "", ""),
                )
            )
            at = order.created_at - dt.timedelta(minutes=rng.choice((5, 600, 4000, 9000, 20000, 50000, 70000)))
            touches.append(Touch(order.email, at, utm))
    return sorted(
        (touch for touch in touches if f"{touch.at:%Y-%m}" in months), key=lambda touch: (touch.at, touch.email)
    )


def make_app_days(months: list[str], seed: int) -> list[AppDay]:
    """Invent the installs of each day."""
    days: list[AppDay] = []
    for month in months:
        rng = stream(seed, "apps", month)
        day, after = month_bounds(month)
        while day < after:
            installs = rng.randint(20, 90)
            days.append(AppDay(day, installs, installs * rng.randint(10, 45) // 100))
            day += dt.timedelta(days=1)
    return days


def make_interviews(roster: Roster, months: list[str], seed: int) -> list[Interview]:
    """Invent a handful of interviews a month."""
    interviews: list[Interview] = []
    for month in months:
        rng = stream(seed, "interviews", month)
        logins = [one.external_id for one in roster.identities if one.system == "crm"][:4]
        for number in range(rng.randint(2, 6)):
            interviews.append(Interview(f"U{month}-{number}", _at(rng, month), rng.choice(logins)))
    return interviews


def make_reports(roster: Roster, months: list[str], _seed: int) -> list[Report]:
    """Two reports a month are due; one was delivered late."""
    reports: list[Report] = []
    login = analyst(roster)
    for month in months:
        first, after = month_bounds(month)
        for name, day in (("weekly", first + dt.timedelta(days=6)), ("monthly", after - dt.timedelta(days=1))):
            due = dt.datetime.combine(day, dt.time(18), tzinfo=SHANGHAI)
            is_late = (month, name) == (LATE_REPORT_MONTH, "monthly")
            delivered = due + dt.timedelta(hours=30) if is_late else due - dt.timedelta(hours=2)
            reports.append(Report(f"{name}-{month}", due, delivered, login))
    return reports


def analyst(roster: Roster) -> str:
    """The login of who writes the reports."""
    return next(one.external_id for one in roster.identities if one.system == "crm" and one.person_id == "P005")
