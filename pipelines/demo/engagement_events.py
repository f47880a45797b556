"""What happened at events, in surveys and in the chat inbox.

Belongs here: the invention of two events a quarter with their attendees, of surveys and of conversations. Does not
belong here: the files (`engagement_files`) and the truth (`engagement_truth`). The crises are incidents of the kind
`pr` (`service_events`).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from random import Random

from pipelines.demo.events import SHANGHAI, Attendee, Event, Survey, Ticket
from pipelines.demo.roster import GROWTH_CODES, IDLE_AGENT, Person, Roster
from pipelines.demo.x_events import month_bounds, stream

CHAT = "inbox_chat"
_LEAD_DAYS = 12  # sign-ups come in the days before an event
_FIRST_OF_QUARTER, _SECOND_OF_QUARTER = 1, 2  # month number modulo three: January and February, and so on


def make_events(roster: Roster, months: list[str], seed: int) -> list[Event]:
    """Invent two events a quarter: one with invitations and Eventbrite, one for a group with ACCUPASS.

    Args:
        roster: who may organise.
        months: local months in which events start.
        seed: the company's seed.

    Returns:
        Events in order of their start.
    """
    events: list[Event] = []
    for month in months:
        place = int(month[5:]) % 3
        if place not in (_FIRST_OF_QUARTER, _SECOND_OF_QUARTER):
            continue
        rng = stream(seed, "events", month)
        first, after = month_bounds(month)
        is_large = place == _FIRST_OF_QUARTER
        # the small ones are on the last evening of their month, in UTC as in Shanghai
        day = first + dt.timedelta(days=11) if is_large else after - dt.timedelta(days=1)
        starts_at = dt.datetime(day.year, day.month, day.day, 14 if is_large else 19, tzinfo=SHANGHAI)
        organiser = rng.choice(roster.working("growth", day))
        cost = Decimal(rng.randint(30, 90) * 100)
        outputs = None if is_large else rng.randint(4, 9)
        event_id = f"EVT-{month}"
        events.append(
            Event(
                event_id, "salon" if is_large else "co_creation", starts_at, _external(roster, "crm", organiser),
                "" if is_large else "wrg01", GROWTH_CODES["P006"], rng.randint(60, 90) if is_large else None, cost,
                cost * rng.randint(2, 7), day + dt.timedelta(days=14 if is_large else 5), outputs,
                None if outputs is None else rng.randint(0, outputs), day - dt.timedelta(days=rng.randint(20, 60)),
                "eventbrite" if is_large else "accupass", tuple(_attendees(rng, event_id, starts_at, is_large)),
            )
        )  # fmt: skip
    return events


def _external(roster: Roster, system: str, person: Person) -> str:
    return next(i.external_id for i in roster.identities if (i.system, i.person_id) == (system, person.person_id))


def _attendees(rng: Random, event_id: str, starts_at: dt.datetime, is_large: bool) -> list[Attendee]:
    """Sign-ups with refunds and no-shows, two tickets of one person, given tickets and, at ACCUPASS, exchanged ones."""
    found: list[Attendee] = []
    for number in range(1, rng.randint(26, 40)):
        ordered_at = starts_at - dt.timedelta(minutes=rng.randint(60, _LEAD_DAYS * 1440))
        state = rng.choice(("checked_in", "checked_in", "checked_in", "attending", "refunded", "cancelled"))
        who = 1 if number == 2 else number
        found.append(
            Attendee(f"{event_id}-T{number:03d}", ordered_at, f"guest{who}.{event_id}@mail.example".lower(), state)
        )
    for number in (901, 902):  # tickets that the organiser gave away
        email = f"press{number}.{event_id}@mail.example".lower()
        found.append(Attendee(f"{event_id}-T{number}", starts_at - dt.timedelta(days=2), email, "checked_in", True))
    if not is_large:
        old = found[4]
        found.append(
            Attendee(
                f"{event_id}-T950", starts_at - dt.timedelta(days=1), old.email, "checked_in", False, old.ticket_id
            )
        )
    return found


def make_surveys(roster: Roster, months: list[str], seed: int) -> list[Survey]:
    """Invent surveys of satisfaction and recommendation; some are answered in the month after they were sent."""
    surveys: list[Survey] = []
    for month in months:
        rng = stream(seed, "surveys", month)
        first, after = month_bounds(month)
        for number in range(1, 17):
            day = after - dt.timedelta(days=1) if number == 1 else first + dt.timedelta(days=rng.randrange(25))
            sent_at = dt.datetime(day.year, day.month, day.day, 23, 50, tzinfo=SHANGHAI)
            kind = "NPS" if number % 4 == 0 else "CSAT"
            score = rng.choice((6, 7, 8, 9, 9, 10)) if kind == "NPS" else rng.choice((2, 3, 4, 4, 5, 5))
            is_answered = number == 1 or rng.random() < 0.6
            agents = [a for a in roster.working("customer_service", day) if a.person_id != IDLE_AGENT]
            surveys.append(
                Survey(
                    f"S-{month}-{number:03d}", kind, sent_at,
                    sent_at + dt.timedelta(hours=rng.randint(1, 90)) if is_answered else None,
                    rng.choice(agents).name_en, score if is_answered else None,
                )
            )  # fmt: skip
    return surveys


def make_chats(roster: Roster, months: list[str], seed: int) -> list[Ticket]:
    """Invent conversations: most answered within the hour, some resolved the next day, a few never answered."""
    chats: list[Ticket] = []
    for month in months:
        rng = stream(seed, "chats", month)
        first, _ = month_bounds(month)
        for _ in range(9):
            day = first + dt.timedelta(days=rng.randrange(27))
            created_at = dt.datetime(
                day.year, day.month, day.day, rng.randint(8, 20), rng.randint(0, 59), tzinfo=SHANGHAI
            )
            agents = [a for a in roster.working("customer_service", day, ("brand",)) if a.person_id != IDLE_AGENT]
            who = _external(roster, "chatwoot", rng.choice(agents))
            is_answered = rng.random() < 0.85
            replied_at = created_at + dt.timedelta(minutes=rng.randint(3, 90)) if is_answered else None
            is_resolved = is_answered and rng.random() < 0.8
            resolved_at = (
                replied_at + dt.timedelta(minutes=rng.randint(5, 1800)) if replied_at and is_resolved else None
            )
            chats.append(
                Ticket(
                    str(len(chats) + 1), CHAT, created_at, replied_at, who if is_answered else "", resolved_at,
                    who if resolved_at else "",
                )
            )  # fmt: skip
    return chats
