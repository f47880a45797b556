"""Platforms in the period: the logged events (003-G12), and whose targets moved with the peers or wait for people.

Belongs here: two lists, made of the event log and of what the traces say. Does not belong here: the arithmetic
(`pipelines.scoring.shocks`), KPIs that left their usual range without anybody having logged why (`drift`).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pipelines.company.platform_records import PlatformEvent
from pipelines.reports.facts import Facts
from pipelines.reports.results import Line, Result
from pipelines.reports.table import Cell, Remark, Report, in_order, joined, rounded
from pipelines.scoring.numbers import CONTEXT, ONE

#: What people must decide comes first, then what to look at before judging, then what was done.
_ORDER = ("too_few_peers", "target_not_positive", "check_first", "applied", "noted", "quiet")
_FOR_PEOPLE = ("too_few_peers", "target_not_positive")
#: Events after which a count of followers no longer says what it said before (004-R6).
_DISTORTS = ("algorithm", "definition", "purge")


def shock_reports(facts: Facts) -> list[Report]:
    """Return both lists; none in a period without events and without KPIs under peer control."""
    touched = [
        (result, line)
        for result in facts.results
        for line in result.lines
        if line.shock is not None and line.status != "not_applicable"
    ]
    events = [
        event
        for event in facts.company.platform_events
        if facts.period.overlap_days(event.happened_from, event.happened_to) > 0
    ]
    if not touched and not events:
        return []
    return [_events(events, touched), _effects(touched)]


def _events(events: list[PlatformEvent], touched: list[tuple[Result, Line]]) -> Report:
    rows: list[dict[str, Cell]] = []
    for event in events:
        own = [(result, line) for result, line in touched if _names(line, event)]
        rows.append(
            {
                "platform": event.platform or None,
                "event_kind": event.kind,
                "happened_from": event.happened_from.isoformat(),
                "happened_to": event.happened_to.isoformat() if event.happened_to else None,
                "what": event.what,
                "touched": joined(sorted({line.kpi_id for _, line in own})) or None,
                "people": len({result.person_id for result, _ in own}),
                "link": event.source,
                "logged_by": event.logged_by,
                "logged_on": event.logged_on.isoformat(),
            }
        )
    return Report(
        "platform_events",
        "000-G2, 003-G12",
        (
            "platform",
            "event_kind",
            "happened_from",
            "happened_to",
            "what",
            "touched",
            "people",
            "link",
            "logged_by",
            "logged_on",
        ),
        in_order(rows, "happened_from", "platform", "event_kind", "what"),
        {},
        () if rows else (Remark("no_events"),),
    )


def _names(line: Line, event: PlatformEvent) -> bool:
    """Whether a line's trace names an event: by its day, platform, kind and words."""
    wanted = (event.happened_from.isoformat(), event.platform, event.kind, event.what)
    told = line.shock["events"] if line.shock else ()
    return any((one["from"], one["platform"], one["kind"], one["what"]) == wanted for one in told)


def _effects(touched: list[tuple[Result, Line]]) -> Report:
    """Return a row a touched line.

    `finding`: `too_few_peers` or `target_not_positive` - nothing moved, people decide; `check_first`
    below target, an event was logged and no target moved: look at the platform before judging (004-G1); `applied` the
    target moved; `noted` an event, and the target is met; `quiet` neither event nor breach.
    """
    rows = [_row(result, line, line.shock) for result, line in touched if line.shock is not None]
    distorted = sorted(
        {
            line.kpi_id
            for _, line in touched
            if line.shock is not None
            and "follower_growth" in line.kpi_id
            and any(event["kind"] in _DISTORTS for event in line.shock["events"])
        }
    )
    rows.sort(
        key=lambda row: (
            _ORDER.index(str(row["finding"])),
            str(row["kpi_id"]),
            str(row["person_id"]),
            str(row["community_id"]),
        )
    )
    return Report(
        "platform_shock",
        "004-G1, 000-G2, 004-R6",
        (
            "finding",
            "person_id",
            "team_id",
            "kpi_id",
            "community_id",
            "platform",
            "events",
            "peers",
            "peers_own",
            "peers_late",
            "peers_unread",
            "peer_change",
            "peer_mad",
            "peer_factor",
            "raw_target",
            "target",
            "raw_attainment",
            "attainment",
            "raw_score",
            "kpi_score",
        ),
        tuple(rows),
        {"lines": len(rows), "open": sum(row["finding"] in _FOR_PEOPLE for row in rows)},
        (Remark("distorted_followers", {"kpis": ", ".join(distorted)}),) if distorted else (),
    )


def _row(result: Result, line: Line, shock: Mapping[str, Any]) -> dict[str, Cell]:
    row: dict[str, Cell] = {
        "finding": _finding(line, str(shock["state"])),
        "person_id": result.person_id,
        "team_id": result.team_id,
        "kpi_id": line.kpi_id,
        "community_id": line.community_id or None,
        "platform": shock["platform"] or None,
        "events": joined(f"{event['from']} {event['what']}" for event in shock["events"]) or None,
        "target": line.target,
        "attainment": rounded(line.attainment),
        "kpi_score": rounded(line.score),
    }
    control = shock.get("control")
    if control is None:
        return row
    raw = control["raw"]
    return row | {
        "peers": len(control["peers"]),
        "peers_own": _left_out(control, "own_account"),
        "peers_late": _left_out(control, "registered_late"),
        "peers_unread": _left_out(control, "no_reading", "not_positive"),
        "peer_change": _per_cent(control["effect"]),
        "peer_mad": rounded(_number(control["mad"]), 4),
        "peer_factor": _number(control["factor"]),
        "raw_target": _number(raw.get("target")),
        "raw_attainment": rounded(_number(raw.get("attainment"))),
        "raw_score": rounded(_number(raw.get("kpi_score"))),
    }


def _left_out(control: Mapping[str, Any], *reasons: str) -> str | None:
    return joined(out["peer_id"] for out in control["left_out"] if out["why"] in reasons) or None


def _finding(line: Line, state: str) -> str:
    if state == "noted" and line.score is not None and line.attainment is not None and line.attainment < 100:
        return "check_first"
    return "too_few_peers" if state == "too_few" else state


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _per_cent(effect: str | None) -> Decimal | None:
    """A difference of logarithms as per cent."""
    value = _number(effect)
    return None if value is None else rounded((CONTEXT.exp(value) - ONE) * 100)
