"""What happened in the demo company: the event objects that both the exports and the truth are made from.

Belongs here: plain records of posts, account days, orders, deals, tickets and the like.
Does not belong here: how a vendor prints them, or who is credited.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from pipelines.demo.content_world import ContentWorld

if TYPE_CHECKING:
    from pipelines.demo.follower_plants import Plant

UTC = dt.UTC
SHANGHAI = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")  # no daylight saving since 1991


def local(moment: dt.datetime) -> dt.datetime:
    """The same moment in the company's time zone."""
    return moment.astimezone(SHANGHAI)


def local_month(moment: dt.datetime) -> str:
    """The company month of a moment, as 2026-10."""
    return local(moment).strftime("%Y-%m")


POST_METRICS = (
    "impressions",
    "likes",
    "bookmarks",
    "shares",
    "new_follows",
    "replies",
    "reposts",
    "profile_visits",
    "detail_expands",
    "url_clicks",
    "hashtag_clicks",
    "permalink_clicks",
)
# X's own Engagements leaves bookmarks out (sources.md 1.1, measured on two real exports)
ENGAGEMENT_PARTS = tuple(name for name in POST_METRICS if name not in ("impressions", "bookmarks"))
GROWTH_HALF_LIFE_HOURS = 96  # a post has half of its final numbers after four days


@dataclass(frozen=True)
class Post:
    """One post, reply or repost of an X account.

    Attributes:
        post_id: 19-digit snowflake, consistent with `created_at` to the millisecond.
        account_id: the account that posted.
        created_at: UTC.
        kind: post, reply or repost.
        text: what the export shows, signature included.
        final: the numbers the post tends to; `measured` gives those of an age.
        author: the author's name in the content log, or None where the log has no line.
        is_original: the flag of the content log.
        format: text, image, video, poll, live or link.
        signature: initials at the end of the text, or empty.
    """

    post_id: int
    account_id: str
    created_at: dt.datetime
    kind: str
    text: str
    final: dict[str, int]
    author: str | None
    is_original: bool
    format: str
    signature: str

    def measured(self, at: dt.datetime) -> dict[str, int]:
        """The life-to-date numbers at a moment, with `engagements` summed the way X does."""
        hours = int((at - self.created_at).total_seconds() // 3600)
        numbers = {name: value * hours // (hours + GROWTH_HALF_LIFE_HOURS) for name, value in self.final.items()}
        numbers["engagements"] = sum(numbers[name] for name in ENGAGEMENT_PARTS)
        return numbers


@dataclass(frozen=True)
class AccountDay:
    """One UTC day of an X account as the overview export states it, with the follower count of that day.

    `listed_growth` is what follower lists show of it, where they are: without spam, and each follower once.
    """

    account_id: str
    day: dt.date
    followers: int
    numbers: dict[str, int]
    listed_growth: int | None = None

    @property
    def growth(self) -> int:
        """What counts: by lists, else by the counts of the overview."""
        if self.listed_growth is not None:
            return self.listed_growth
        return self.numbers["new_follows"] - self.numbers["unfollows"]


@dataclass(frozen=True)
class OrderLine:
    """One line item of an order."""

    name: str
    sku: str
    quantity: int
    price: Decimal


@dataclass(frozen=True)
class Order:
    """One order of a shop; `refunds` are (moment, amount) and cumulative in what an export shows."""

    order_id: int
    name: str
    account_id: str
    created_at: dt.datetime
    email: str
    lines: tuple[OrderLine, ...]
    discount_code: str
    discount: Decimal
    shipping: Decimal
    employee: str
    cancelled_at: dt.datetime | None
    is_test: bool
    refunds: tuple[tuple[dt.datetime, Decimal], ...] = ()

    @property
    def gross(self) -> Decimal:
        """Price of all lines before discount and shipping."""
        return sum((line.price * line.quantity for line in self.lines), Decimal(0))

    @property
    def total(self) -> Decimal:
        """What the customer paid."""
        return self.gross - self.discount + self.shipping

    def refunded(self, at: dt.datetime) -> Decimal:
        """Money returned up to a moment."""
        return sum((amount for moment, amount in self.refunds if moment <= at), Decimal(0))


@dataclass(frozen=True)
class Deal:
    """One deal of the CRM; closed deals have `closed_at` and are won or lost."""

    record_id: int
    name: str
    owner: str
    created_at: dt.datetime
    closed_at: dt.datetime
    won: bool
    amount: Decimal
    source: str


@dataclass(frozen=True)
class TicketEvent:
    """One line of a ticket event log: what was done, by whom, when (UTC)."""

    activity: str
    resource: str
    at: dt.datetime


@dataclass(frozen=True)
class Ticket:
    """One ticket of either inbox.

    Attributes:
        ticket_id: the number in its system.
        account_id: the inbox.
        created_at: UTC.
        replied_at: first human reply, or None when nobody ever answered.
        replier: external id of who replied first.
        resolved_at: the last resolve, or None.
        resolver: external id of who resolved last.
        events: the lines of the event log (empty in the Zendesk-style inbox).
        satisfaction: good, bad or empty.
    """

    ticket_id: str
    account_id: str
    created_at: dt.datetime
    replied_at: dt.datetime | None
    replier: str
    resolved_at: dt.datetime | None
    resolver: str
    events: tuple[TicketEvent, ...] = ()
    satisfaction: str = ""


@dataclass(frozen=True)
class Lead:
    """One lead of the form tool.

    Attributes:
        lead_id: its number.
        created_at: UTC.
        email: of the customer.
        utm: source, medium, campaign, content, lower case.
        owner: login of the CRM, or empty.
        status: as the CRM shows it.
        converted_at: when the CRM counted it as a customer.
        fields: name, phone and company as filled in; empty where they were not.
        shouted: whether its tags were written with capital letters.
    """

    lead_id: str
    created_at: dt.datetime
    email: str
    utm: tuple[str, str, str, str]
    owner: str
    status: str
    converted_at: dt.datetime | None = None
    fields: tuple[str, str, str] = ("", "", "")
    shouted: bool = False


@dataclass(frozen=True)
class Touch:
    """One marked visit of a known customer."""

    email: str
    at: dt.datetime
    utm: tuple[str, str, str, str]


@dataclass(frozen=True)
class AppDay:
    """Installs of one local day: what the store counts, and what the partner leads back to the campaign."""

    day: dt.date
    installs: int
    attributed: int


@dataclass(frozen=True)
class Interview:
    """One user interview."""

    interview_id: str
    held_at: dt.datetime
    login: str


@dataclass(frozen=True)
class Report:
    """One report that was due."""

    report_id: str
    due_at: dt.datetime
    delivered_at: dt.datetime
    login: str


@dataclass(frozen=True)
class WebDay:
    """Sessions of one local day and one UTM combination."""

    day: dt.date
    utm: tuple[str, str, str, str]
    sessions: int


@dataclass(frozen=True)
class Incident:
    """One line of the incident register."""

    incident_id: str
    occurred_at: dt.datetime
    kind: str
    severity: str
    account_id: str
    responsible: str
    responded_at: dt.datetime
    resolved_at: dt.datetime


@dataclass(frozen=True)
class AdDay:
    """Spend of one local day and one campaign."""

    day: dt.date
    campaign: str
    spend: Decimal
    impressions: int
    clicks: int
    results: int
    reach: int


@dataclass(frozen=True)
class GroupDay:
    """One day of a community group."""

    day: dt.date
    group_id: str
    owner: str
    members_total: int
    members_active: int
    messages: int
    joined: int
    left: int
    removed: int


@dataclass(frozen=True)
class Attendee:
    """One ticket of an event's list.

    Attributes:
        ticket_id: the ticket's number.
        ordered_at: when it was ordered.
        email: whose it is; two tickets may be one person's.
        state: attending, checked_in, refunded or cancelled.
        is_issued: the organiser gave it away.
        replaces: the ticket that it was exchanged for, or empty.
    """

    ticket_id: str
    ordered_at: dt.datetime
    email: str
    state: str
    is_issued: bool = False
    replaces: str = ""


@dataclass(frozen=True)
class Event:
    """One event of the register with the tickets of its list; `invited` is None where a group was called instead."""

    event_id: str
    kind: str
    starts_at: dt.datetime
    organiser: str
    group_id: str
    promo_code: str
    invited: int | None
    cost: Decimal
    revenue: Decimal
    settled_on: dt.date
    outputs: int | None
    outputs_adopted: int | None
    idea_on: dt.date
    platform: str
    attendees: tuple[Attendee, ...]


@dataclass(frozen=True)
class Survey:
    """One survey that was sent; `score` and `answered_at` are None where nobody answered."""

    response_id: str
    kind: str
    sent_at: dt.datetime
    answered_at: dt.datetime | None
    agent: str
    score: int | None


@dataclass(frozen=True)
class OtherOrder:
    """An order of the company's other shops that counts; `is_kept` while not all of it was refunded."""

    created_at: dt.datetime
    discount_code: str
    is_kept: bool


@dataclass
class World:
    """Everything that happened, in the order it is generated."""

    posts: list[Post] = field(default_factory=list)
    account_days: list[AccountDay] = field(default_factory=list)
    plants: dict[str, Plant] = field(default_factory=dict)
    orders: list[Order] = field(default_factory=list)
    deals: list[Deal] = field(default_factory=list)
    tickets: list[Ticket] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    web_days: list[WebDay] = field(default_factory=list)
    group_days: list[GroupDay] = field(default_factory=list)
    other_orders: list[OtherOrder] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    ad_days: list[AdDay] = field(default_factory=list)
    content: ContentWorld = field(default_factory=ContentWorld)
    touches: list[Touch] = field(default_factory=list)
    x_ad_days: list[AdDay] = field(default_factory=list)
    app_days: list[AppDay] = field(default_factory=list)
    interviews: list[Interview] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    surveys: list[Survey] = field(default_factory=list)
