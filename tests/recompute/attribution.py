"""Where customers and leads came from: channels of UTM tags, touches, the CRM's owner of a customer.

Belongs here: what a source and a medium mean, lead exports and marked visits as rows, the last touch in its window, and
whom it credits. Does not belong here: KPIs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from .credit import Shares, by_assignment, by_identity
from .kpi import World
from .people import Company
from .raw import Row

TOUCHES = {
    "customer": ("Contact email",),
    "at": ("Event time",),
    "source": ("Source",),
    "medium": ("Medium",),
    "campaign": ("Campaign",),
    "content": ("Content",),
}
LEADS = {
    "lead_id": ("Lead ID",),
    "created": ("Created at",),
    "customer": ("Email",),
    "source": ("UTM source",),
    "medium": ("UTM medium",),
    "campaign": ("UTM campaign",),
    "content": ("UTM content",),
    "owner": ("Owner",),
}
#: Columns that younger lead exports have.
LEAD_EXTRAS = {
    "status": ("Status",),
    "converted": ("Converted date",),
    "name": ("Full name",),
    "phone": ("Phone",),
    "company": ("Company",),
}
#: channel -> pairs of source and medium; `*` is any. company.yaml may say otherwise. The documents name the channels
#: alone; which pairs mean them is read from the words that the exports use.
CHANNELS = {
    "social": ("x / *", "twitter / *", "t.co / *"),
    "x_ads": ("x / cpc", "twitter / cpc"),
    "meta_ads": ("facebook / cpc", "instagram / cpc"),
    "linkedin_ads": ("linkedin / cpc",),
    "search_ads": ("baidu / cpc", "google / cpc", "bing / cpc"),
    "site": ("* / organic", "* / referral"),
    "email": ("* / email",),
}
DIRECT = {"", "(direct)", "direct"}


@dataclass(frozen=True)
class Tags:
    """UTM tags as they were written."""

    source: str
    medium: str
    campaign: str
    content: str

    @classmethod
    def of(cls, row: Row) -> Tags:
        return cls(*(row.text(column) for column in ("source", "medium", "campaign", "content")))

    @property
    def is_direct(self) -> bool:
        return self.source.casefold() in DIRECT


@dataclass(frozen=True)
class Touch:
    """A marked visit of a known customer."""

    at: datetime
    tags: Tags


@dataclass(frozen=True)
class Lead:
    """A form as the last export that lists it knows it; `filled` is None where the export lacks one of the columns."""

    lead_id: str
    at: datetime
    customer: str
    tags: Tags
    owner: str
    status: str
    converted: datetime | None
    filled: tuple[bool, ...] | None


def channel_of(company: Company, tags: Tags) -> str:
    """The channel that a source and a medium mean, or nothing; the narrowest pair decides."""
    source, medium = tags.source.casefold(), tags.medium.casefold()
    pairs = {
        tuple(part.strip().casefold() for part in pair.split("/")): channel
        for channel, listed in (company.config.get("settings") or {}).get("utm_channels", CHANNELS).items()
        for pair in listed
    }
    for pair in ((source, medium), (source, "*"), ("*", medium), ("*", "*")):
        if pair in pairs:
            return pairs[pair]
    return ""


@cache
def leads(world: World) -> tuple[Lead, ...]:
    """Every lead, oldest first."""
    company = world.company
    zone = company.account_zone(company.only_account("crm"))
    required = company.settings["lead_required_fields"]
    found: dict[str, Lead] = {}
    for file in world.files:
        for row in file.rows(LEADS | LEAD_EXTRAS, LEADS):
            at = row.time("created", zone)
            assert at is not None
            has_all = all(("customer" if field == "email" else field) in row.cells for field in required)
            filled = tuple(bool(row.text("customer" if field == "email" else field)) for field in required)
            found[row.text("lead_id")] = Lead(
                row.text("lead_id"),
                at,
                row.text("customer").casefold(),
                Tags.of(row),
                row.text("owner"),
                row.text("status").casefold(),
                row.time("converted", zone),
                filled if has_all else None,
            )
    return tuple(sorted(found.values(), key=lambda lead: (lead.at, lead.lead_id)))


@cache
def touches(world: World) -> dict[str, list[Touch]]:
    """Touches by customer, oldest first: marked visits, and the forms they sent with tags."""
    company = world.company
    zone = company.account_zone(company.only_account("crm"))
    found: dict[str, set[Touch]] = {}
    for file in world.files:
        for row in file.rows(TOUCHES, TOUCHES):
            at = row.time("at", zone)
            assert at is not None
            found.setdefault(row.text("customer").casefold(), set()).add(Touch(at, Tags.of(row)))
    for lead in leads(world):
        if lead.customer and not lead.tags.is_direct:
            found.setdefault(lead.customer, set()).add(Touch(lead.at, lead.tags))
    return {customer: sorted(visits, key=_order_of_touches) for customer, visits in found.items()}


def _order_of_touches(touch: Touch) -> tuple[datetime, tuple[str, ...]]:
    return touch.at, (touch.tags.source, touch.tags.medium, touch.tags.campaign, touch.tags.content)


def window_of(company: Company, tags: Tags) -> timedelta:
    """How long before something a touch may lie to have led to it."""
    is_social = channel_of(company, tags) in company.settings["social_channels"]
    return timedelta(days=company.settings["touch_window_social_days" if is_social else "touch_window_crm_days"])


@cache
def last_touch(world: World, customer: str, at: datetime) -> Touch | None:
    """The last touch before an instant that is not direct and lies within its channel's window.

    Of touches at one instant the first by its tags: what an export lists first decides nothing.
    """
    found = [
        touch
        for touch in touches(world).get(customer, ())
        if not touch.tags.is_direct and touch.at <= at <= touch.at + window_of(world.company, touch.tags)
    ]
    latest = max((touch.at for touch in found), default=None)
    return next((touch for touch in found if touch.at == latest), None)


def by_touch(world: World, customer: str, at: datetime) -> Shares:
    """Whoever holds the content code of the last touch, else its campaign."""
    touch = last_touch(world, customer, at) if customer else None
    if touch is None:
        return {}
    company = world.company
    day = company.local(at).date()
    content, campaign = touch.tags.content, touch.tags.campaign
    return (by_assignment(company, "utm_code", content, day) if content else {}) or (
        by_assignment(company, "campaign", campaign, day) if campaign else {}
    )


@cache
def _leads_of(world: World) -> dict[str, list[Lead]]:
    found: dict[str, list[Lead]] = {}
    for lead in leads(world):
        if lead.customer:
            found.setdefault(lead.customer, []).append(lead)
    return found


def by_owner(world: World, customer: str, at: datetime) -> Shares:
    """The owner that the CRM names for a customer in the days before."""
    company = world.company
    days = timedelta(days=company.settings["touch_window_crm_days"])
    owned = [lead for lead in _leads_of(world).get(customer, ()) if lead.owner and lead.at <= at <= lead.at + days]
    return by_identity(company, "crm", owned[-1].owner, company.local(at).date()) if owned else {}
