"""Tickets: first replies, service level, resolutions, from event logs, Zendesk reports and Chatwoot.

Belongs here: what opened, answered and resolved a ticket, and who.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

from .credit import Shares, by_assignment, by_identity, by_roster, settle
from .kpi import Entry, World, bounds, recomputes
from .people import Company, minutes, month_of
from .raw import File

EVENTS = {
    "ticket_id": ("Case ID", "工单编号"),
    "activity": ("Activity", "活动"),
    "agent": ("Resource", "处理人"),
    "at": ("Complete Timestamp", "时间"),
}
ZENDESK = {
    "ticket_id": ("Ticket ID",),
    "created": ("Ticket created - Timestamp",),
    "agent": ("Assignee name",),
    "status": ("Ticket status",),
    "reply": ("First reply time (min)",),
    "solved": ("Ticket solved - Timestamp",),
}
CONVERSATIONS = {"ticket_id": ("display_id",), "created": ("created_at",), "status": ("status",)}
REPORTING = {
    "ticket_id": ("conversation_id",),
    "name": ("name",),
    "agent": ("user_id",),
    "started": ("event_start_time",),
    "ended": ("event_end_time",),
}
BOTS = {"system"}


@dataclass(frozen=True)
class Ticket:
    """A ticket as the files of a month know it."""

    system: str
    inbox: str
    ticket_id: str
    opened_at: datetime
    replied_at: datetime | None
    replier: str
    resolved_at: datetime | None
    resolver: str
    known_until: datetime
    first_resolved_at: datetime | None = None  # a ticket may be opened again


def tickets(world: World) -> list[Ticket]:
    return [*_from_events(world), *_from_reports(world), *_from_conversations(world)]


def _end_of(file: File, company: Company) -> datetime:
    """The latest instant of which a file can know: the beginning of the day it was exported."""
    return datetime.combine(file.exported_on, time(), company.zone).astimezone(UTC)


def _from_events(world: World) -> Iterator[Ticket]:
    company = world.company
    words = company.config["ticket_activities"]
    inbox = company.only_account("tickets")
    zone = company.account_zone(inbox)
    events: dict[str, list[tuple[datetime, str, str]]] = {}
    until = datetime.min.replace(tzinfo=UTC)
    for file in world.files:
        for row in file.rows(EVENTS, EVENTS):
            at = row.time("at", zone)
            assert at is not None
            events.setdefault(row.text("ticket_id"), []).append((at, row.text("activity"), row.text("agent")))
            until = max(until, _end_of(file, company))
    for ticket_id, happened in events.items():
        happened.sort()
        opened = [at for at, activity, _ in happened if activity in words["opened"]]
        replies = [(at, who) for at, what, who in happened if what in words["first_reply"] and who not in BOTS]
        solutions = [(at, who) for at, activity, who in happened if activity in words["resolved"]]
        replied_at, replier = replies[0] if replies else (None, "")
        resolved_at, resolver = solutions[-1] if solutions else (None, "")
        first = solutions[0][0] if solutions else None
        if opened:
            yield Ticket(
                "tickets", inbox, ticket_id, opened[0], replied_at, replier, resolved_at, resolver, until, first
            )


def _from_reports(world: World) -> Iterator[Ticket]:
    company = world.company
    inbox = company.only_account("zendesk")
    zone = company.account_zone(inbox)
    found: dict[str, Ticket] = {}
    for file in world.files:
        for row in file.rows(ZENDESK, ZENDESK):
            opened = row.time("created", zone)
            assert opened is not None
            reply = row.number("reply")
            found[row.text("ticket_id")] = Ticket(
                "zendesk",
                inbox,
                row.text("ticket_id"),
                opened,
                None if reply is None else opened + timedelta(seconds=float(reply * 60)),
                row.text("agent"),
                row.time("solved", zone),
                row.text("agent"),
                known_until=_end_of(file, company),
                first_resolved_at=row.time("solved", zone),
            )
    yield from found.values()


def _from_conversations(world: World) -> Iterator[Ticket]:
    """Conversations of Chatwoot, with what its reporting events tell of them; a page that comes twice counts once."""
    company = world.company
    inbox = company.only_account("chatwoot")
    if not inbox:
        return
    zone = company.account_zone(inbox)
    opened: dict[str, datetime] = {}
    events: dict[str, set[tuple[datetime, str, str]]] = {}
    until = datetime.min.replace(tzinfo=UTC)
    for file in world.files:
        for row in file.rows(CONVERSATIONS, CONVERSATIONS):
            created = row.time("created", zone)
            assert created is not None
            opened[row.text("ticket_id")] = created
            until = max(until, _end_of(file, company))
        for row in file.rows(REPORTING, REPORTING):
            at = row.time("ended", zone)
            assert at is not None
            events.setdefault(row.text("ticket_id"), set()).add((at, row.text("name"), row.text("agent")))
    for ticket_id, created in opened.items():
        happened = sorted(events.get(ticket_id, ()))
        replies = [(at, who) for at, name, who in happened if name == "first_response" and who]
        solutions = [(at, who) for at, name, who in happened if name == "conversation_resolved"]
        replied_at, replier = replies[0] if replies else (None, "")
        resolved_at, resolver = solutions[-1] if solutions else (None, "")
        first = solutions[0][0] if solutions else None
        yield Ticket("chatwoot", inbox, ticket_id, created, replied_at, replier, resolved_at, resolver, until, first)


def _credited(company: Company, ticket: Ticket, record: str, agent: str, at: datetime) -> Shares:
    """Whoever acted, else whoever was on duty at the inbox, else whoever is responsible for it."""
    day = company.local(at).date()
    inbox = (("inbox", ticket.inbox), ("account", ticket.inbox))
    steps = (
        by_identity(company, ticket.system, agent, day) if agent else {},
        by_roster(company, inbox, at),
        *(by_assignment(company, kind, subject, day) for kind, subject in inbox),
    )
    return settle(company, (record, ticket.ticket_id), day, steps)


def _end_of_next(month: str) -> date:
    """The first day after the month that follows a month."""
    _, end = bounds(month)
    return bounds(month_of(end))[1]


def _kept(length: Fraction) -> Fraction:
    """Minutes as they are kept: to six decimals."""
    return round(length, 6)


@recomputes(
    "first_reply_minutes_p50",
    "first_reply_minutes_p90",
    "first_reply_minutes_calendar_p50",
    "first_reply_within_sla",
    "tickets_resolved",
    "resolution_minutes_p50",
    "ticket_resolution_rate",
)
def ticket_entries(world: World) -> Iterator[Entry]:
    company = world.company
    for ticket in tickets(world):
        yield from _reply_entries(company, ticket)
        if ticket.resolved_at is not None:
            month = month_of(company.local(ticket.resolved_at).date())
            took = minutes(ticket.resolved_at - ticket.opened_at)
            who = _credited(company, ticket, "ticket_resolve", ticket.resolver, ticket.resolved_at)
            for person, share in who.items():
                yield Entry("tickets_resolved", month, person, share)
                yield Entry("resolution_minutes_p50", month, person, value=_kept(took))


def _reply_entries(company: Company, ticket: Ticket) -> Iterator[Entry]:
    month = month_of(company.local(ticket.opened_at).date())
    limit = company.settings["sla_first_reply_minutes"]
    replied = ticket.replied_at
    waited = company.business_minutes(ticket.opened_at, replied or ticket.known_until)
    who = _credited(company, ticket, "ticket_reply", ticket.replier, replied or ticket.opened_at)
    resolved = ticket.first_resolved_at
    in_time = resolved is not None and company.local(resolved).date() < _end_of_next(month)
    for person, share in who.items():
        yield Entry("ticket_resolution_rate", month, person, share * in_time, share)
        if replied is not None:
            calendar = minutes(replied - ticket.opened_at)
            yield Entry("first_reply_minutes_p50", month, person, value=_kept(waited))
            yield Entry("first_reply_minutes_p90", month, person, value=_kept(waited))
            yield Entry("first_reply_minutes_calendar_p50", month, person, value=_kept(calendar))
            yield Entry("first_reply_within_sla", month, person, share * (waited <= limit), share)
        elif waited > limit:
            yield Entry("first_reply_within_sla", month, person, Fraction(0), share)
