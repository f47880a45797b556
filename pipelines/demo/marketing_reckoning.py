"""Reckons what marketing is credited with: attribution, leads that became customers, costs and returns, installs.

Belongs here: these definitions in plain Python over the demo's own events; no code and no SQL of the pipeline.
Does not belong here: the events (`marketing_events`), the credit of codes and assignments (`credit`).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal

from pipelines.demo.credit import UNASSIGNED, Credit, Resolver
from pipelines.demo.deliveries import known_until
from pipelines.demo.events import Lead, Order, World, local, local_month
from pipelines.demo.marketing_events import analyst
from pipelines.demo.marketing_files import DOLLAR_MONTH, PARTNER_FROM, first_billed
from pipelines.demo.roster import Roster
from pipelines.demo.truth import Ledger

Utm = tuple[str, str, str, str]
WINDOW = dt.timedelta(days=30)
SOCIAL_WINDOW = dt.timedelta(days=7)
PAID = ("x_ads", "meta_ads", "search_ads")
#: What a lead of each paid channel used to cost, in yuan.
CPL_BASES = {"linkedin_ads": 1600, "meta_ads": 9000, "search_ads": 1200, "x_ads": 1500}
SOCIAL = ("x_ads", "meta_ads", "social")
ONLINE = ("x_ads", "meta_ads", "search_ads", "social", "site")
QUALIFIED = ("qualified", "customer")


def channel(utm: Utm) -> str:
    """What the default map of company.yaml says of the tags that occur here."""
    source, medium = utm[0], utm[1]
    if medium == "cpc":
        return {"x": "x_ads", "twitter": "x_ads", "facebook": "meta_ads"}.get(source, "search_ads")
    if source in ("x", "twitter", "t.co", "facebook") or medium == "social":
        return "social"
    return {"organic": "site", "referral": "site", "email": "email"}.get(medium, "other")


class Attribution:
    """Which touch led to a lead or an order."""

    def __init__(self, world: World) -> None:
        self._touches: dict[str, list[tuple[dt.datetime, Utm]]] = defaultdict(list)
        self._leads: dict[str, list[Lead]] = defaultdict(list)
        for touch in world.touches:
            self._touches[touch.email].append((touch.at, touch.utm))
        for lead in world.leads:
            self._touches[lead.email].append((lead.created_at, lead.utm))
            self._leads[lead.email].append(lead)

    def last(self, email: str, at: dt.datetime) -> Utm | None:
        """The tags of the last touch that is not direct and lies within its window."""
        found: list[tuple[dt.datetime, Utm]] = []
        for moment, utm in self._touches[email]:
            window = SOCIAL_WINDOW if channel(utm) in SOCIAL else WINDOW
            if utm[0] not in ("", "(direct)") and at - window < moment <= at:
                found.append((moment, utm))
        latest = max((moment for moment, _ in found), default=None)
        return min((utm for moment, utm in found if moment == latest), default=None)

    def owner(self, order: Order) -> str:
        """The CRM's owner of the customer's latest lead of the last thirty days that has one."""
        owned = [
            (lead.created_at, lead.owner)
            for lead in self._leads[order.email]
            if lead.owner and order.created_at - WINDOW < lead.created_at <= order.created_at
        ]
        return max(owned)[1] if owned else ""

    def earlier(self, lead: Lead) -> bool:
        """Whether the same customer had sent a form within thirty days before."""
        return any(
            other.lead_id != lead.lead_id
            and (other.created_at, other.lead_id) < (lead.created_at, lead.lead_id)
            and other.created_at > lead.created_at - WINDOW
            for other in self._leads[lead.email]
        )


def won_at(lead: Lead, orders: dict[str, list[Order]]) -> dt.datetime | None:
    """When a lead became a customer: by the CRM or by an order that counts, within thirty days."""
    moments = [lead.converted_at] if lead.converted_at else []
    moments += [
        order.created_at
        for order in orders[lead.email]
        if order.created_at >= lead.created_at and not order.cancelled_at and not order.is_test and order.total
    ]
    first = min(moments, default=None)
    return first if first and first < lead.created_at + WINDOW else None


def later(credit: Credit, moment: dt.datetime, roster: Roster) -> Credit:
    """The same people as long as they are employed; others leave their part to nobody."""
    kept: dict[str, Decimal] = defaultdict(Decimal)
    for person_id, weight in credit:
        person = roster.person(person_id)
        employed = person is not None and person.employed(local(moment).date())
        kept[person_id if employed else UNASSIGNED] += weight
    return list(kept.items())


def reckon_marketing(ledger: Ledger, world: World, roster: Roster, resolver: Resolver, months: list[str]) -> None:
    """Credit everything of marketing that was delivered."""
    orders: dict[str, list[Order]] = defaultdict(list)
    for order in world.orders:
        orders[order.email].append(order)
    _leads(ledger, world, roster, resolver, orders)
    _money(ledger, world, resolver, months)
    for app in world.app_days:
        month = app.day.strftime("%Y-%m")
        nobody: Credit = [(UNASSIGNED, Decimal(1))]
        if month >= PARTNER_FROM:
            ledger.add(month, resolver.campaign("x-launch", app.day), "app_installs", app.attributed)
            ledger.add(month, nobody, "app_installs", app.installs - app.attributed)
        else:
            ledger.add(month, nobody, "app_installs", app.installs)
    for talk in world.interviews:
        ledger.add(local_month(talk.held_at), resolver.login(talk.login, talk.held_at), "user_interviews", 1)
    for report in world.reports:
        in_time = int(report.delivered_at <= report.due_at)
        credit = resolver.login(report.login, report.due_at)
        ledger.add(local_month(report.due_at), credit, "report_timeliness", in_time, 1)
    true = funnel_numbers(world)
    for month, step, reported, login in told_funnel(world, roster, months):
        day = dt.datetime.fromisoformat(f"{month}-01T00:00:00+08:00")
        if number := true[month, step]:
            accuracy = 1 - abs(Decimal(reported) - number) / number
            credit = resolver.login(login, day)
            ledger.add(month, credit, "funnel_accuracy", accuracy.quantize(Decimal("1e-12")), 1)


def _leads(ledger: Ledger, world: World, roster: Roster, resolver: Resolver, orders: dict[str, list[Order]]) -> None:
    # leads of a campaign without spend in the month cost nothing: they are listed and not counted
    spent = {(day.day.strftime("%Y-%m"), day.campaign) for day in (*world.ad_days, *world.x_ad_days) if day.spend}
    for lead in world.leads:
        month, credit = local_month(lead.created_at), resolver.lead(lead)
        touch = resolver.attribution.last(lead.email, lead.created_at)
        came_by = channel(touch) if touch else ""
        ledger.add(month, credit, "online_traffic_share", int(came_by in ONLINE), 1)
        filled = sum(bool(value) for value in (lead.email, *lead.fields))
        ledger.add(month, credit, "lead_completeness", filled, 4)
        if lead.utm[0]:
            clean = came_by != "other" and not lead.shouted and bool(lead.utm[3])
            ledger.add(month, credit, "utm_compliance", int(clean), 1)
        if resolver.attribution.earlier(lead):
            continue
        won = won_at(lead, orders)
        ledger.add(month, credit, "lead_conversion", 0, 1)
        mature = lead.created_at + WINDOW
        kept = later(credit, mature, roster)
        ledger.add(local_month(mature), kept, "lead_conversion_cohort", int(won is not None), 1)
        if won:
            ledger.add(local_month(won), later(credit, won, roster), "lead_conversion", 1, 0)
        if touch and came_by in PAID:
            if lead.status in QUALIFIED and (month, touch[2]) in spent:
                day = local(lead.created_at).date()
                ledger.add(month, resolver.campaign(touch[2], day), "cost_per_lead", 0, 1)
                ledger.add(month, resolver.campaign(touch[2], day), "lead_cost_savings", CPL_BASES[came_by])
            if won and (local_month(won), touch[2]) in spent:
                holder = resolver.campaign(touch[2], local(won).date())
                ledger.add(local_month(won), holder, "customer_acquisition_cost", 0, 1)


def _money(ledger: Ledger, world: World, resolver: Resolver, months: list[str]) -> None:
    last = months[-1]
    days = [(day, day.spend) for day in world.ad_days]
    days += [
        (day, first_billed(day.spend) if day.day.strftime("%Y-%m") == last else day.spend) for day in world.x_ad_days
    ]
    for day, spend in days:
        month, credit = day.day.strftime("%Y-%m"), resolver.campaign(day.campaign, day.day)
        ledger.add(month, credit, "ad_click_rate", day.clicks, day.impressions)
        ledger.add(month, credit, "cost_per_lead", spend, 0)
        ledger.add(month, credit, "lead_cost_savings", -spend)
        ledger.add(month, credit, "customer_acquisition_cost", spend, 0)
        ledger.add(month, credit, "marketing_roi", -spend, spend)
        ledger.add(month, credit, "return_on_ad_spend", 0, spend)
    if DOLLAR_MONTH in months:  # its clicks count, its dollars do not
        ledger.add(DOLLAR_MONTH, [(UNASSIGNED, Decimal(1))], "ad_click_rate", 33, 2700)
    for order in world.orders:
        touch = resolver.attribution.last(order.email, order.created_at)
        if order.cancelled_at or order.is_test or order.total == 0 or touch is None or channel(touch) not in PAID:
            continue
        month = local_month(order.created_at)
        net = order.total - order.refunded(known_until(month, months))
        holder = resolver.campaign(touch[2], local(order.created_at).date())
        ledger.add(month, holder, "marketing_roi", net, 0)
        ledger.add(month, holder, "return_on_ad_spend", net, 0)


def funnel_numbers(world: World) -> dict[tuple[str, str], int]:
    """(month, step) -> what really happened."""
    numbers: dict[tuple[str, str], int] = defaultdict(int)
    for web in world.web_days:
        numbers[web.day.strftime("%Y-%m"), "visits"] += web.sessions
    for lead in world.leads:
        numbers[local_month(lead.created_at), "leads"] += 1
    for order in world.orders:
        if not order.cancelled_at and not order.is_test and order.total:
            numbers[local_month(order.created_at), "orders"] += 1
    for other in world.other_orders:
        numbers[local_month(other.created_at), "orders"] += 1
    return numbers


def told_funnel(world: World, roster: Roster, months: list[str]) -> list[tuple[str, str, int, str]]:
    """What the analyst reported: visits as they are, leads a few too many, orders a few too few."""
    true, login = funnel_numbers(world), analyst(roster)
    return [
        (month, step, true[month, step] + off, login)
        for month in months
        for step, off in (("visits", 0), ("leads", 4), ("orders", -9))
    ]
