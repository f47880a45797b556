"""What happened in customer service: tickets of two inboxes, incidents.

Belongs here: the invention of those events, agents without tickets and tickets without agents included.
Does not belong here: the files (`service_files`), and business hours (`truth`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random

from pipelines.demo.events import SHANGHAI, Incident, Ticket, TicketEvent
from pipelines.demo.roster import (
    IDLE_AGENT,
    JOINED_ON,
    LEFT_ON,
    SHARED_LOGIN,
    UNKNOWN_AGENT,
    Person,
    Roster,
)
from pipelines.demo.x_events import month_bounds, stream

OPENED, TAKEN, WAITING, RESOLVED, CLOSED = (
    "Insert ticket", "Take in charge ticket", "Wait", "Resolve ticket", "Closed",
)  # fmt: skip
SETTLING_DAYS = 9  # nobody is given a ticket so shortly before leaving
IsWorking = Callable[[dt.date], bool]


def make_tickets(roster: Roster, account_id: str, months: list[str], seed: int, is_working: IsWorking) -> list[Ticket]:
    """Invent an inbox's tickets.

    Args:
        roster: the agents; the idle agent never takes one.
        account_id: `inbox_shop` (Zendesk-style, tickets only) or `inbox_community` (event log).
        months: local months in which tickets are created.
        seed: the company's seed.
        is_working: tells whether a local day is worked; most tickets wait for business hours.

    Returns:
        Tickets in order of creation.
    """
    tickets: list[Ticket] = []
    number = 0
    for month in months:
        rng = stream(seed, "tickets", account_id, month)
        first, after = month_bounds(month)
        moments = sorted(_created(rng, first, (after - first).days) for _ in range(rng.randint(54, 70)))
        for created_at in moments:
            number += 1
            agents = _agents(roster, account_id, created_at.date())
            replied_at = _replied(rng, created_at, is_working)
            tickets.append(_ticket(rng, roster, account_id, number, (created_at, replied_at), agents))
    return tickets


def _created(rng: Random, first: dt.date, days: int) -> dt.datetime:
    day = first + dt.timedelta(days=rng.randrange(days))
    second = rng.randrange(6 * 3600, 24 * 3600)
    return dt.datetime(day.year, day.month, day.day, tzinfo=SHANGHAI) + dt.timedelta(seconds=second)


def _agents(roster: Roster, account_id: str, day: dt.date) -> list[Person]:
    """Agents of the inbox that are employed now and still will be when the ticket ends."""
    small = len(roster.of_platform("x")) == 1
    if account_id == "inbox_shop":
        teams: tuple[str, ...] = ("brand",)
    else:
        teams = ("brand",) if small else ("dev", "global")
    people = roster.working("customer_service", day, teams)
    later = day + dt.timedelta(days=SETTLING_DAYS + 1)
    return [person for person in people if person.person_id != IDLE_AGENT and person.employed(later)]


def _external(roster: Roster, account_id: str, person: Person) -> str:
    system = "zendesk" if account_id == "inbox_shop" else "tickets"
    return next(
        identity.external_id
        for identity in roster.identities
        if identity.person_id == person.person_id and identity.system == system
    )


def _replied(rng: Random, created_at: dt.datetime, is_working: IsWorking) -> dt.datetime:
    """When somebody answers: mostly so many business minutes later, sometimes at night by the one on duty."""
    if rng.random() < 0.1:
        return created_at + dt.timedelta(minutes=rng.randint(2, 40))
    minutes = int(rng.triangular(4, 330, 35))
    moment = created_at
    while minutes:
        day = moment.date()
        opens = moment.replace(hour=9, minute=0, second=moment.second)
        closes = moment.replace(hour=18, minute=0, second=moment.second)
        if not is_working(day) or moment >= closes:
            moment = opens + dt.timedelta(days=1)
            continue
        moment = max(moment, opens)
        step = min(minutes, int((closes - moment).total_seconds()) // 60)
        moment += dt.timedelta(minutes=step)
        minutes -= step
    return moment


def _ticket(
    rng: Random,
    roster: Roster,
    account_id: str,
    number: int,
    moments: tuple[dt.datetime, dt.datetime],
    agents: list[Person],
) -> Ticket:
    is_log = account_id == "inbox_community"
    created_at, replied_at = moments
    who = [_external(roster, account_id, person) for person in rng.sample(agents, min(2, len(agents)))]
    stranger = UNKNOWN_AGENT if is_log else "Outsourced Desk"
    created_on = created_at.date()
    if is_log and LEFT_ON < created_on < JOINED_ON - dt.timedelta(days=SETTLING_DAYS):
        stranger = SHARED_LOGIN  # nobody's login between the leaver and the joiner, yet somebody used it
    replier = stranger if rng.random() < 0.04 else who[0]
    resolver = replier if not is_log or rng.random() < 0.7 else who[-1]
    resolved_at: dt.datetime | None = replied_at + dt.timedelta(minutes=rng.randint(20, 3200))
    fate = rng.random()
    if fate < 0.04:
        return Ticket(_number(account_id, number), account_id, created_at, None, "", None, "",
                      (TicketEvent(OPENED, "system", created_at),) if is_log else ())  # fmt: skip
    if fate < 0.07:
        resolved_at = None
    events: list[TicketEvent] = []
    if is_log:
        events = [TicketEvent(OPENED, "system", created_at), TicketEvent(TAKEN, replier, replied_at)]
        if resolved_at and rng.random() < 0.12:  # solved, reopened, solved again: the last one counts
            early = replied_at + (resolved_at - replied_at) / 3
            events.append(TicketEvent(RESOLVED, who[0], early.replace(microsecond=0)))
            events.append(TicketEvent(WAITING, who[0], (early + dt.timedelta(minutes=5)).replace(microsecond=0)))
        if resolved_at:
            events.append(TicketEvent(RESOLVED, resolver, resolved_at))
            events.append(TicketEvent(CLOSED, "system", resolved_at + dt.timedelta(minutes=30)))
    satisfaction = rng.choice(("good", "good", "bad", "")) if resolved_at and not is_log else ""
    return Ticket(
        _number(account_id, number), account_id, created_at, replied_at, replier, resolved_at,
        resolver if resolved_at else "", tuple(events), satisfaction,
    )  # fmt: skip


def _number(account_id: str, number: int) -> str:
    return str(48_000 + number) if account_id == "inbox_shop" else f"T-{number:05d}"


def make_incidents(roster: Roster, months: list[str], seed: int) -> list[Incident]:
    """Invent incidents: a few of each kind, one in the first month, one of account security in the last."""
    incidents: list[Incident] = []
    accounts = roster.of_platform("x")
    for position, month in enumerate(months):
        rng = stream(seed, "incidents", month)
        first, after = month_bounds(month)
        last = month == months[-1]
        for kind in ("policy", "account_security", "pr"):
            certain = (last and kind == "account_security") or (position == 0 and kind == "pr")
            if not certain and (last or rng.random() > 0.22):
                continue
            day = first + dt.timedelta(days=rng.randrange((after - first).days))
            person = rng.choice(roster.working("content", day))
            login = next(i.external_id for i in roster.identities
                         if i.system == "crm" and i.person_id == person.person_id)  # fmt: skip
            at = dt.datetime(day.year, day.month, day.day, rng.randint(8, 20), rng.randint(0, 59), tzinfo=SHANGHAI)
            incidents.append(
                Incident(
                    f"INC-{month}-{len(incidents) + 1:03d}", at, kind, rng.choice(("low", "medium", "high")),
                    accounts[position % len(accounts)].account_id, login,
                    at + dt.timedelta(minutes=rng.randint(5, 200)), at + dt.timedelta(hours=rng.randint(4, 70)),
                )
            )  # fmt: skip
    return incidents
