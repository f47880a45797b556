"""Events of platforms in the period and the lines that they touch, once more.

Belongs here: docs/scorecards.md, the rows of platform_events and platform_shock, as far as no scheme compares a KPI
with peers: then no target moves and an event is noted. Does not belong here: the arithmetic of peers.
"""

from __future__ import annotations

from datetime import date

from .company import OPEN, Row
from .list_given import Card, Cells, Given, Line, two
from .numbers import HUNDRED

#: After which a count of followers says something else than before.
DISTORTS = {"algorithm", "definition", "purge"}


def events_of(given: Given) -> list[Row]:
    """The logged events with a day in the period."""
    return [
        row
        for row in given.folder.reviewed("platform_events")
        if date.fromisoformat(row["happened_from"]) < given.span.after
        and (date.fromisoformat(row["happened_to"]) if row["happened_to"] else OPEN) > given.span.first
    ]


def touches(given: Given, event: Row, kpi: str) -> bool:
    """Whether an event is about a KPI: one that it names, else one of its platform, else any."""
    named = {name.strip() for name in event["kpis"].split(";") if name.strip()}
    platform = event["platform"].lower()
    return kpi in named if named else not platform or platform in platforms(given, kpi)


def platforms(given: Given, kpi: str) -> list[str]:
    return [name for name in given.catalogue[kpi]["platforms"].split(";") if name]


def touched(given: Given) -> list[tuple[Card, Line, list[Row]]]:
    found = []
    for card in given.cards:
        for line in card.lines:
            own = [event for event in events_of(given) if touches(given, event, line.kpi)]
            if own and line.status != "not_applicable":
                found.append((card, line, own))
    return found


def events(given: Given) -> list[Cells] | None:
    """A row an event; none where there is none."""
    told = events_of(given)
    if not told:
        return None
    lines = touched(given)
    rows: list[Cells] = []
    for event in told:
        own = [(card, line) for card, line, them in lines if event in them]
        rows.append(
            {
                "platform": event["platform"].lower() or None,
                "event_kind": event["kind"],
                "happened_from": event["happened_from"],
                "happened_to": event["happened_to"] or None,
                "what": event["what"],
                "touched": "; ".join(sorted({line.kpi for _, line in own})) or None,
                "people": len({card.person for card, _ in own}),
                "link": event["source"],
                "logged_by": event["logged_by"],
                "logged_on": event["logged_on"],
            }
        )
    return rows


def effects(given: Given) -> list[Cells] | None:
    """A row a touched line: below target somebody is to look at the platform first."""
    if not events_of(given):
        return None
    rows: list[Cells] = []
    for card, line, own in touched(given):
        attained = line.get("attainment")
        is_below = attained is not None and attained < HUNDRED and line.get("kpi_score") is not None
        where = platforms(given, line.kpi)
        rows.append(
            {
                "finding": "check_first" if is_below else "noted",
                "person_id": card.person,
                "team_id": card.last("team_id"),
                "kpi_id": line.kpi,
                "community_id": line.community or None,
                "platform": where[0] if len(where) == 1 else None,
                "events": "; ".join(f"{event['happened_from']} {event['what']}" for event in own),
                "target": line.get("target"),
                "attainment": two(attained),
                "kpi_score": two(line.get("kpi_score")),
            }
        )
    return rows


def remarks(given: Given) -> list[tuple[str, dict[str, str]]]:
    """The KPIs of followers that an event distorts."""
    found = {
        line.kpi
        for _, line, own in touched(given)
        if "follower_growth" in line.kpi and any(event["kind"] in DISTORTS for event in own)
    }
    return [("distorted_followers", {"kpis": ", ".join(sorted(found))})] if found else []
