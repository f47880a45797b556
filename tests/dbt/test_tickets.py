"""Tickets against a reference that walks through the working days one by one, and against the order of their files."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from harness.warehouse import ScratchWarehouse

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOLIDAYS = ("2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07")
OPENS, CLOSES = time(9, 15), time(18, 0)
SLA_MINUTES = 120
N_TICKETS = 400

Event = tuple[str, str, str, datetime]


def is_working(day: date) -> bool:
    return day.weekday() < 5 and day.isoformat() not in HOLIDAYS


def business_seconds(start: datetime, end: datetime) -> int:
    """Seconds of business hours between two UTC times, counted day by day."""
    first, last = start.astimezone(SHANGHAI), end.astimezone(SHANGHAI)
    seconds = 0
    day = first.date()
    while day <= last.date():
        if is_working(day):
            opens = max(first, datetime.combine(day, OPENS, SHANGHAI))
            closes = min(last, datetime.combine(day, CLOSES, SHANGHAI))
            seconds += max(0, int((closes - opens).total_seconds()))
        day += timedelta(days=1)
    return seconds


def random_events(seed: int) -> list[Event]:
    """Tickets opened in October, most of them answered and resolved, some after the month's end."""
    rng = Random(seed)
    events: list[Event] = []
    for number in range(N_TICKETS):
        at = datetime(2026, 9, 30, 16, tzinfo=UTC) + timedelta(seconds=rng.randrange(31 * 86400))
        events.append((f"T{number}", "open", "a_0", at))
        for activity, odds in (("reply", 0.8), ("reply", 0.3), ("resolve", 0.7), ("resolve", 0.2)):
            at += timedelta(seconds=rng.randrange(4 * 86400))
            if rng.random() < odds:
                events.append((f"T{number}", activity, f"a_{rng.randrange(5)}", at))
    return events


def expected(events: list[Event]) -> dict[str, dict[str, Any]]:
    """The facts of each ticket, by the definition."""
    horizon = max(at for *_, at in events)
    facts: dict[str, dict[str, Any]] = {}
    for ticket in {event[0] for event in events}:
        own = sorted((at, activity, agent) for of, activity, agent, at in events if of == ticket)
        opened = own[0][0]
        replies = [(at, agent) for at, activity, agent in own if activity == "reply"]
        resolutions = [(at, agent) for at, activity, agent in own if activity == "resolve"]
        until_reply = business_seconds(opened, replies[0][0]) if replies else None
        waited = business_seconds(opened, replies[0][0] if replies else horizon)
        facts[ticket] = {
            "first_reply_business_seconds": until_reply,
            "first_reply_seconds": int((replies[0][0] - opened).total_seconds()) if replies else None,
            "replier_key": replies[0][1] if replies else None,
            "resolve_seconds": int((resolutions[-1][0] - opened).total_seconds()) if resolutions else None,
            "resolver_key": resolutions[-1][1] if resolutions else None,
            "is_sla_breach": (waited > SLA_MINUTES * 60) or (False if replies else None),
        }
    return facts


def landed(events: list[Event]) -> list[dict[str, Any]]:
    return [
        {
            "ticket_id": ticket,
            "activity": activity,
            "resource": agent,
            "occurred_at": f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}",
        }
        for ticket, activity, agent, at in events
    ]


def facts_in(folder: Path, files: list[list[Event]]) -> dict[str, dict[str, Any]]:
    """What the warehouse makes of the files."""
    settings = {
        "business_start": OPENS.isoformat(),
        "business_end": CLOSES.isoformat(),
        "sla_first_reply_minutes": SLA_MINUTES,
    }
    with ScratchWarehouse(folder, settings=settings, holidays=HOLIDAYS) as scratch:
        for rank, events in enumerate(files, start=1):
            scratch.landing(
                "ticket_events",
                landed(events),
                content_id=f"content_{rank}",
                file_rank=rank,
                timezone="Asia/Shanghai",
            )
        scratch.months("2026-10")
        scratch.dbt(
            "build", "--select", "+int_tickets", "--exclude-resource-type", "unit_test",
            "--indirect-selection", "buildable",
        )  # fmt: skip
        names = (
            "first_reply_business_seconds, first_reply_seconds, replier_key, resolve_seconds, resolver_key, "
            "is_sla_breach"
        )
        rows = scratch.rows(f"select ticket_id, {names} from intermediate.int_tickets")
        return {row.pop("ticket_id"): row for row in rows}


@pytest.mark.req("000-K10")
def test_business_time_equals_a_walk_through_the_days(tmp_path: Path) -> None:
    events = random_events(20261031)
    assert facts_in(tmp_path, [events]) == expected(events)


def test_overlapping_files_in_any_order_give_the_same_tickets(tmp_path: Path) -> None:
    events = random_events(7)
    half = len(events) // 2
    shuffled = Random(1).sample(events, len(events))
    assert facts_in(tmp_path, [shuffled, events[half - 50 :], events[: half + 50]]) == expected(events)


STAMPS = {
    "2026-10-05 12:00:00": datetime(2026, 10, 5, 16, 0),
    "2026-10-05 12:00:00.250": datetime(2026, 10, 5, 16, 0, 0, 250000),
    "2026-10-05 12:00:00 +0800": datetime(2026, 10, 5, 4, 0),
    "2026-10-05 12:00:00+08:00": datetime(2026, 10, 5, 4, 0),
    "2026-10-05 12:00:00 -0330": datetime(2026, 10, 5, 15, 30),
    "2026-10-05T12:00:00Z": datetime(2026, 10, 5, 12, 0),
    "2026-10-05": datetime(2026, 10, 5, 4, 0),
    # the clocks of New York go back on 1 November at 06:00 UTC
    "2026-10-31 23:00:00": datetime(2026, 11, 1, 3, 0),
    "2026-11-01 12:00:00": datetime(2026, 11, 1, 17, 0),
    "no time at all": None,
}


@pytest.mark.parametrize("company_zone", ["America/New_York", "Asia/Shanghai", "UTC"])
def test_times_are_read_in_the_zone_of_their_file(tmp_path: Path, company_zone: str) -> None:
    rows = [{"ticket_id": str(n), "activity": "open", "occurred_at": text} for n, text in enumerate(STAMPS)]
    with ScratchWarehouse(tmp_path, settings={"timezone": company_zone}) as scratch:
        scratch.landing("ticket_events", rows, timezone="America/New_York")
        scratch.dbt("run", "--select", "stg_ticket_events")
        read = {row["ticket_id"]: row["occurred_at"] for row in scratch.rows("from staging.stg_ticket_events")}
    assert [read[str(n)] for n in range(len(STAMPS))] == list(STAMPS.values())
