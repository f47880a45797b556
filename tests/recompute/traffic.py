"""What comes to the site: sessions by UTM and what they are worth; and the incident register.

Belongs here: web traffic exports, incidents. Does not belong here: leads (`leads`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from functools import cache

from .attribution import Tags
from .credit import Shares, by_assignment, by_identity, settle
from .kpi import Entry, World, recomputes
from .orders import credited, is_private, orders
from .people import Company, month_of

WEB = {
    "day": ("Date",),
    "source": ("Session source",),
    "medium": ("Session medium",),
    "campaign": ("Session campaign",),
    "content": ("Session manual ad content",),
    "sessions": ("Sessions",),
}
#: GA4's own export; further tables follow below the first one.
GA4 = {
    "day": ("Date",),
    "pair": ("Session source / medium",),
    "campaign": ("Session campaign",),
    "content": ("Session manual ad content",),
    "sessions": ("Sessions",),
}
INCIDENTS = {
    "incident_id": ("incident_id",),
    "at": ("occurred_at",),
    "kind": ("kind",),
    "account": ("account",),
    "responsible": ("responsible",),
}


@cache
def web_days(world: World) -> dict[tuple[date, Tags], Fraction]:
    """Sessions by day and tags; GA4's own export replaces whole days, and stands back for sessions by tags."""
    marked: dict[date, dict[Tags, Fraction]] = {}
    own: dict[date, dict[Tags, Fraction]] = {}
    for file in world.files:
        for row in file.rows(WEB, ("day", "source", "content", "sessions")):
            marked.setdefault(row.day("day"), {})[Tags.of(row)] = row.number("sessions") or Fraction(0)
        told: dict[date, dict[Tags, Fraction]] = {}
        for row in file.rows(GA4, GA4):
            if row.text("day"):
                source, _, medium = row.text("pair").partition(" / ")
                tags = Tags(source, medium, row.text("campaign"), row.text("content"))
                told.setdefault(row.day("day"), {})[tags] = row.number("sessions") or Fraction(0)
        own |= told
    return {(day, tags): sessions for day, by_tags in (own | marked).items() for tags, sessions in by_tags.items()}


def credited_session(company: Company, day: date, tags: Tags) -> Shares:
    """Whoever holds the content code, else the campaign."""
    steps = (
        by_assignment(company, "utm_code", tags.content, day) if tags.content else {},
        by_assignment(company, "campaign", tags.campaign, day) if tags.campaign else {},
    )
    return settle(company, ("web_day", ""), day, steps)


@recomputes("site_clicks")
def web_entries(world: World) -> Iterator[Entry]:
    company = world.company
    sources = set(company.settings["x_utm_sources"])
    for (day, tags), sessions in web_days(world).items():
        if tags.source.casefold() in sources:
            for person, share in credited_session(company, day, tags).items():
                yield Entry("site_clicks", month_of(day), person, sessions * share)


@recomputes("social_revenue_per_session")
def social_entries(world: World) -> Iterator[Entry]:
    """Orders with a code or from the private domain, over the sessions from X."""
    company = world.company
    kpi_id = "social_revenue_per_session"
    sources = set(company.settings["x_utm_sources"])
    for order in orders(world):
        if order.counts and order.currency == company.config["currency"] and (order.code or is_private(company, order)):
            for person, share in credited(world, order).items():
                yield Entry(kpi_id, order.month, person, order.net * share, account=order.shop)
    for (day, tags), sessions in web_days(world).items():
        if tags.source.casefold() in sources:
            for person, share in credited_session(company, day, tags).items():
                yield Entry(kpi_id, month_of(day), person, None, sessions * share)


@recomputes("security_incidents")
def incident_entries(world: World) -> Iterator[Entry]:
    company = world.company
    incidents: dict[str, tuple[datetime, str, str, str]] = {}
    for file in world.files:
        for row in file.rows(INCIDENTS, INCIDENTS):
            at = row.time("at", company.zone)
            assert at is not None
            incidents[row.text("incident_id")] = (at, row.text("kind"), row.text("account"), row.text("responsible"))
    for incident_id, (at, kind, account, responsible) in incidents.items():
        if kind not in {"policy", "account_security"}:
            continue
        day = company.local(at).date()
        steps = (by_identity(company, "crm", responsible, day), by_assignment(company, "account", account, day))
        for person, share in settle(company, ("incident", incident_id), day, steps).items():
            yield Entry("security_incidents", month_of(day), person, share)
