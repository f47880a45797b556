"""Events: who took part, what they cost and returned, what came of them.

Belongs here: the event register, attendee lists of Eventbrite and ACCUPASS, orders with an event's code. Does not
belong here: surveys and incidents; those are in `service`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache

from .credit import Shares, by_assignment, by_identity, settle
from .kpi import Entry, World, recomputes
from .orders import orders
from .people import Company, month_of
from .raw import File, Row

REGISTER = {
    "event_id": ("活动编号",),
    "kind": ("活动类型",),
    "starts": ("活动开始时间",),
    "responsible": ("负责人",),
    "group": ("群ID",),
    "code": ("优惠码",),
    "invited": ("邀请人数",),
    "cost": ("费用",),
    "return": ("收入",),
    "currency": ("币种",),
    "settled": ("结算日期",),
    "outputs": ("产出数",),
    "adopted": ("采纳数",),
    "idea": ("创意日期",),
}
EVENTBRITE = {
    "ticket_id": ("Attendee #",),
    "email": ("Email",),
    "order_type": ("Order Type",),
    "status": ("Attendee Status",),
}
ACCUPASS = {
    "ticket_id": ("票券編號",),
    "email": ("Email",),
    "issued": ("出票方式",),
    "original": ("原票券編號",),
    "status": ("票券狀態",),
    "arrival": ("報到狀態",),
}
GROUP_DAYS = {"day": ("统计日期",), "group": ("群ID",), "members": ("群成员总数",)}
CO_CREATION = {"共创", "co-creation"}
GIVEN_AWAY = {"manual order", "complimentary", "complimentary order", "主動出票"}
WITHDRAWN = {"refunded", "not attending", "已退票", "已取消"}
ARRIVED = {"checked in", "已報到"}


@dataclass(frozen=True)
class Event:
    """An event as the last register that holds it tells it."""

    event_id: str
    kind: str
    starts_at: datetime
    responsible: str
    group: str
    code: str
    invited: Fraction | None
    cost: Fraction | None
    returned: Fraction | None
    currency: str
    settled_on: date | None
    outputs: Fraction | None
    adopted: Fraction | None
    idea_on: date | None


@dataclass(frozen=True)
class Ticket:
    """A ticket of an attendee list, given away or replaced ones among them."""

    email: str
    is_valid: bool
    has_arrived: bool
    replaces: str


def _optional_day(row: Row, column: str) -> date | None:
    return row.day(column) if row.text(column) else None


@cache
def register(world: World) -> dict[str, Event]:
    company = world.company
    events: dict[str, Event] = {}
    for file in world.files:
        for row in file.rows(REGISTER, REGISTER):
            starts_at = row.time("starts", company.zone)
            assert starts_at is not None
            events[row.text("event_id")] = Event(
                row.text("event_id"),
                row.text("kind").casefold(),
                starts_at,
                row.text("responsible"),
                row.text("group"),
                row.text("code"),
                row.number("invited"),
                row.number("cost"),
                row.number("return"),
                row.text("currency"),
                _optional_day(row, "settled"),
                row.number("outputs"),
                row.number("adopted"),
                _optional_day(row, "idea"),
            )
    return events


def _of_file(file: File) -> str:
    named = re.match(r"(?:event|活動)_([^_]+)_", file.path.name)
    return named[1] if named else ""


def _tickets(file: File) -> Iterator[tuple[str, Ticket]]:
    for row in file.rows(EVENTBRITE, EVENTBRITE):
        status = row.text("status").casefold()
        valid = status not in WITHDRAWN and row.text("order_type").casefold() not in GIVEN_AWAY
        yield row.text("ticket_id"), Ticket(row.text("email").casefold(), valid, status in ARRIVED, "")
    for row in file.rows(ACCUPASS, ACCUPASS):
        valid = row.text("status") not in WITHDRAWN and row.text("issued") not in GIVEN_AWAY
        arrived = row.text("arrival") in ARRIVED
        yield row.text("ticket_id"), Ticket(row.text("email").casefold(), valid, arrived, row.text("original"))


@cache
def sign_ups(world: World) -> dict[str, list[Ticket]]:
    """The valid tickets of each event with a list, each as the last export tells it."""
    lists: dict[str, dict[str, Ticket]] = {}
    for file in world.files:
        for ticket_id, ticket in _tickets(file):
            lists.setdefault(_of_file(file), {})[ticket_id] = ticket
    found = {}
    for event_id, tickets in lists.items():
        replaced = {ticket.replaces for ticket in tickets.values()}
        found[event_id] = [t for number, t in tickets.items() if t.is_valid and number not in replaced]
    return found


def participants(world: World, event: Event) -> Fraction | None:
    """Different people who checked in; None where there is no list."""
    tickets = sign_ups(world).get(event.event_id)
    return None if tickets is None else Fraction(len({ticket.email for ticket in tickets if ticket.has_arrived}))


@cache
def _group_days(world: World) -> dict[tuple[str, date], Fraction]:
    days: dict[tuple[str, date], Fraction] = {}
    for file in world.files:
        for row in file.rows(GROUP_DAYS, GROUP_DAYS):
            members = row.number("members")
            if members is not None:
                days[row.text("group"), row.day("day")] = members
    return days


def reached(world: World, event: Event) -> Fraction | None:
    """People invited, else the members of the event's group on its day."""
    if event.invited is not None:
        return event.invited
    return _group_days(world).get((event.group, world.company.local(event.starts_at).date()))


def _credited(company: Company, event: Event, record: tuple[str, str], day: date) -> Shares:
    steps = (
        by_identity(company, "crm", event.responsible, day) if event.responsible else {},
        by_assignment(company, "event", event.event_id, day),
    )
    return settle(company, record, day, steps)


@recomputes(
    "event_participation_rate",
    "event_participations",
    "event_attendance_rate",
    "event_roi",
    "event_order_conversion",
    "co_creation_events",
    "co_creation_output_conversion",
    "activity_incubation_days_p50",
)
def event_entries(world: World) -> Iterator[Entry]:
    company = world.company
    for event in register(world).values():
        day = company.local(event.starts_at).date()
        for person, share in _credited(company, event, ("event", event.event_id), day).items():
            yield from _of_start(world, event, day, person, share)
        if event.settled_on is not None:
            who = _credited(company, event, ("event_settlement", event.event_id), event.settled_on)
            for person, share in who.items():
                yield _settlement(company, event, event.settled_on, person, share)
    yield from _order_entries(world)


def _of_start(world: World, event: Event, day: date, person: str, share: Fraction) -> Iterator[Entry]:
    """What counts in the month in which an event starts."""
    month = month_of(day)
    came, reach = participants(world, event), reached(world, event)
    if came is None:
        yield Entry("event_participations", month, person)
        yield Entry("event_participation_rate", month, person)
        yield Entry("event_order_conversion", month, person)
    else:
        yield Entry("event_participations", month, person, came * share)
        rated = (came * share, reach * share) if reach is not None else (None, None)
        yield Entry("event_participation_rate", month, person, *rated)
        yield Entry("event_order_conversion", month, person, Fraction(0), came * share)
    tickets = sign_ups(world).get(event.event_id)
    if tickets is not None:
        arrived = sum(ticket.has_arrived for ticket in tickets)
        yield Entry("event_attendance_rate", month, person, arrived * share, len(tickets) * share)
    if event.kind in CO_CREATION:
        yield Entry("co_creation_events", month, person, share)
        if event.outputs is not None and event.adopted is not None:
            sides = (event.adopted * share, event.outputs * share)
            yield Entry("co_creation_output_conversion", month, person, *sides)
    if event.idea_on is not None and event.idea_on <= day:
        yield Entry("activity_incubation_days_p50", month, person, value=Fraction((day - event.idea_on).days))


def _settlement(company: Company, event: Event, day: date, person: str, share: Fraction) -> Entry:
    if event.cost is None or event.returned is None or event.currency != company.config["currency"]:
        return Entry("event_roi", month_of(day), person)
    sides = ((event.returned - event.cost) * share, event.cost * share)
    return Entry("event_roi", month_of(day), person, *sides)


def _coded_orders(world: World) -> Iterator[tuple[str, str, datetime]]:
    """(order, code, instant) of orders of every shop that count as a use of a code."""
    for order in orders(world):
        if order.code and not order.is_cancelled and not order.is_test and order.net > 0:
            yield order.order_id, order.code.casefold(), order.at


def _order_entries(world: World) -> Iterator[Entry]:
    """Orders with the code of an event, from its start within the configured days."""
    company = world.company
    reach = timedelta(days=company.settings["event_order_days"])
    for order_id, code, at in _coded_orders(world):
        day = company.local(at).date()
        for event in register(world).values():
            if code == event.code.casefold() and event.starts_at <= at < event.starts_at + reach:
                for person, share in _credited(company, event, ("event_order", order_id), day).items():
                    yield Entry("event_order_conversion", month_of(day), person, share)
