"""Leads: where they came from, how complete they are, which of them became customers.

Belongs here: KPIs of the CRM's lead export. Does not belong here: reading it (`attribution`), what leads cost (`ads`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cache

from .attribution import Lead, Tags, by_touch, channel_of, last_touch, leads
from .credit import Shares, by_assignment, by_identity, settle
from .kpi import Entry, World, recomputes
from .orders import purchases
from .people import month_of

#: What statuses of a lead mean, unless company.yaml says so.
QUALIFIED = ["qualified", "customer"]


@dataclass(frozen=True)
class Won:
    """A lead that is counted once, however often its form was sent, and when it became a customer."""

    lead: Lead
    won_at: datetime | None


def month_at(world: World, at: datetime) -> str:
    return month_of(world.company.local(at).date())


def is_qualified(world: World, lead: Lead) -> bool:
    stated = (world.company.config.get("settings") or {}).get("qualified_lead_statuses", QUALIFIED)
    return lead.status in {word.casefold() for word in stated}


def tags_of(world: World, lead: Lead) -> Tags | None:
    """The last touch that is not direct: the tags of the form, else a marked visit in its window."""
    if not lead.tags.is_direct:
        return lead.tags
    touch = last_touch(world, lead.customer, lead.at) if lead.customer else None
    return touch.tags if touch else None


def channel(world: World, lead: Lead) -> str:
    tags = tags_of(world, lead)
    return channel_of(world.company, tags) if tags else ""


@cache
def credited(world: World, lead: Lead) -> Shares:
    """The content code, then the last touch, the CRM's owner, the campaign."""
    company = world.company
    day = company.local(lead.at).date()
    steps = (
        by_assignment(company, "utm_code", lead.tags.content, day) if lead.tags.content else {},
        by_touch(world, lead.customer, lead.at) if lead.tags.is_direct else {},
        by_identity(company, "crm", lead.owner, day) if lead.owner else {},
        by_assignment(company, "campaign", lead.tags.campaign, day) if lead.tags.campaign else {},
    )
    return settle(company, ("lead", lead.lead_id), day, steps)


def window(world: World) -> timedelta:
    return timedelta(days=world.company.settings["lead_conversion_days"])


@cache
def distinct_leads(world: World) -> tuple[Won, ...]:
    """Leads without the forms that a customer sent again within the window of the first one."""
    last: dict[str, datetime] = {}
    found = []
    for lead in leads(world):
        if lead.customer and lead.customer in last and lead.at <= last[lead.customer] + window(world):
            continue
        last[lead.customer] = lead.at
        found.append(Won(lead, _won_at(world, lead)))
    return tuple(found)


def _won_at(world: World, lead: Lead) -> datetime | None:
    """When the CRM says so, else the first counted order within the window."""
    until = lead.at + window(world)
    bought = [order.at for order in purchases(world).get(lead.customer, ()) if lead.at <= order.at <= until]
    times = bought[:1] + ([lead.converted] if lead.converted else [])
    return min(times) if times else None


@recomputes("leads_submitted")
def form_entries(world: World) -> Iterator[Entry]:
    """Forms from X, by customer."""
    sources = set(world.company.settings["x_utm_sources"])
    for lead in leads(world):
        if lead.tags.source.casefold() in sources:
            for person in credited(world, lead):
                yield Entry("leads_submitted", month_at(world, lead.at), person, key=lead.customer)


@recomputes("online_traffic_share", "lead_completeness", "utm_compliance")
def quality_entries(world: World) -> Iterator[Entry]:
    company = world.company
    online = set(company.settings["online_channels"])
    for lead in leads(world):
        month = month_at(world, lead.at)
        for person, share in credited(world, lead).items():
            yield Entry("online_traffic_share", month, person, share * (channel(world, lead) in online), share)
            if lead.filled is not None:
                filled, fields = share * sum(lead.filled), share * len(lead.filled)
                yield Entry("lead_completeness", month, person, filled, fields)
            if lead.tags.source:
                yield Entry("utm_compliance", month, person, share * _is_clean(world, lead.tags), share)


def _is_clean(world: World, tags: Tags) -> bool:
    written = (tags.source, tags.medium, tags.campaign, tags.content)
    is_lower = all(word == word.lower() for word in written)
    return bool(channel_of(world.company, tags)) and is_lower and bool(tags.content)


@recomputes("lead_conversion", "lead_conversion_cohort")
def conversion_entries(world: World) -> Iterator[Entry]:
    for one in distinct_leads(world):
        lead, over = one.lead, one.lead.at + window(world)
        in_time = one.won_at is not None and one.won_at <= over
        for person, share in credited(world, lead).items():
            yield Entry("lead_conversion", month_at(world, lead.at), person, Fraction(0), share)
            if one.won_at is not None:
                yield Entry("lead_conversion", month_at(world, one.won_at), person, share)
            yield Entry("lead_conversion_cohort", month_at(world, over), person, share * in_time, share)
