"""What comes to the site: sessions by UTM, leads; and the incident register.

Belongs here: web traffic exports, lead exports, incidents.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction

from .credit import by_assignment, by_identity, settle
from .kpi import Entry, World, recomputes
from .people import month_of
from .raw import Row

WEB = {
    "day": ("Date",),
    "source": ("Session source",),
    "medium": ("Session medium",),
    "campaign": ("Session campaign",),
    "content": ("Session manual ad content",),
    "sessions": ("Sessions",),
}
LEADS = {
    "lead_id": ("Lead ID",),
    "created": ("Created at",),
    "customer": ("Email",),
    "source": ("UTM source",),
    "campaign": ("UTM campaign",),
    "content": ("UTM content",),
    "owner": ("Owner",),
}
INCIDENTS = {
    "incident_id": ("incident_id",),
    "at": ("occurred_at",),
    "kind": ("kind",),
    "account": ("account",),
    "responsible": ("responsible",),
}


@recomputes("site_clicks")
def web_entries(world: World) -> Iterator[Entry]:
    company = world.company
    sources = set(company.settings["x_utm_sources"])
    days: dict[tuple[date, tuple[str, ...]], Fraction] = {}
    for file in world.files:
        for row in file.rows(WEB, ("day", "source", "content", "sessions")):
            if row.text("source").casefold() in sources:
                utm = tuple(row.text(column) for column in ("source", "medium", "campaign", "content"))
                days[row.day("day"), utm] = row.number("sessions") or Fraction(0)
    for (day, utm), sessions in days.items():
        steps = (
            by_assignment(company, "utm_code", utm[3], day) if utm[3] else {},
            by_assignment(company, "campaign", utm[2], day) if utm[2] else {},
        )
        for person, share in settle(company, ("web_day", ""), day, steps).items():
            yield Entry("site_clicks", month_of(day), person, sessions * share)


@recomputes("leads_submitted")
def lead_entries(world: World) -> Iterator[Entry]:
    company = world.company
    sources = set(company.settings["x_utm_sources"])
    zone = company.account_zone(company.only_account("crm"))
    leads: dict[str, tuple[datetime, Row]] = {}
    for file in world.files:
        for row in file.rows(LEADS, LEADS):
            created = row.time("created", zone)
            assert created is not None
            leads[row.text("lead_id")] = (created, row)
    for lead_id, (created, row) in leads.items():
        if row.text("source").casefold() not in sources:
            continue
        content, owner, campaign = (row.text(column) for column in ("content", "owner", "campaign"))
        day = company.local(created).date()
        steps = (
            by_assignment(company, "utm_code", content, day) if content else {},
            by_identity(company, "crm", owner, day) if owner else {},
            by_assignment(company, "campaign", campaign, day) if campaign else {},
        )
        for person in settle(company, ("lead", lead_id), day, steps):
            yield Entry("leads_submitted", month_of(day), person, key=row.text("customer").casefold())


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
