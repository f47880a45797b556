"""Exports of the inboxes, the content log and the incident register as their tools write them.

Belongs here: headers in English and Chinese, the one GB18030 file and the flags that one month's content log lacks.
Does not belong here: the invention of tickets (`service_events`).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pipelines.demo.deliveries import DESK_EXPORT_DAY, export_day
from pipelines.demo.events import SHANGHAI, UTC, Incident, Post, Ticket, World, local_month
from pipelines.demo.files import csv_text, write_text

TICKETS_HEADER = (
    "Ticket ID", "Ticket created - Timestamp", "Assignee name", "Ticket group", "Ticket status",
    "First reply time (min)", "Ticket solved - Timestamp", "Full resolution time (min)",
    "Ticket satisfaction rating",
)  # fmt: skip
EVENTS_HEADER = ("Case ID", "Activity", "Resource", "Complete Timestamp")
EVENTS_HEADER_ZH = ("工单编号", "活动", "处理人", "时间")
CONTENT_LOG_HEADER = ("post_id", "published_at", "author", "is_original", "format")
CONTENT_LOG_HEADER_ZH = ("帖子 ID", "发布时间", "作者", "是否原创", "形式")
INCIDENTS_HEADER = (
    "incident_id", "occurred_at", "kind", "severity", "account", "responsible", "responded_at", "resolved_at",
)  # fmt: skip


def write_service(exports: Path, world: World, months: list[str], unflagged: set[int]) -> None:
    """Write the files of all service sources.

    Args:
        exports: the company's exports folder.
        world: what happened.
        months: local months.
        unflagged: posts whose line in the content log lacks the originality flag.
    """
    posts: dict[str, list[Post]] = {month: [] for month in months}
    for post in world.posts:
        if post.kind == "post":
            posts[local_month(post.created_at)].append(post)
    for month in months:
        dated = export_day(month).isoformat()
        desk = export_day(month, DESK_EXPORT_DAY).isoformat()
        tickets = [ticket for ticket in world.tickets if local_month(ticket.created_at) == month]
        _write_tickets(exports / "zendesk" / desk, [t for t in tickets if t.account_id == "inbox_shop"], month)
        _write_events(exports / "tickets" / desk, [t for t in tickets if t.account_id == "inbox_community"], month)
        _write_content_log(exports / "cms" / dated, posts[month], month, unflagged)
        # the register is exported whole each month, so that a month without incidents is heard of too
        incidents = [incident for incident in world.incidents if local_month(incident.occurred_at) <= month]
        _write_incidents(exports / "incidents" / dated, incidents, month)


def _local_text(moment: dt.datetime | None) -> str:
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if moment else ""


def _minutes(start: dt.datetime, end: dt.datetime | None) -> str:
    return str(int((end - start).total_seconds()) // 60) if end else ""


def _write_tickets(folder: Path, tickets: list[Ticket], month: str) -> None:
    rows = [
        [
            ticket.ticket_id, _local_text(ticket.created_at), ticket.replier, ticket.account_id,
            "Solved" if ticket.resolved_at else "Open" if ticket.replied_at else "New",
            _minutes(ticket.created_at, ticket.replied_at), _local_text(ticket.resolved_at),
            _minutes(ticket.created_at, ticket.resolved_at), ticket.satisfaction,
        ]
        for ticket in tickets
    ]  # fmt: skip
    write_text(folder / f"tickets_{month}.csv", csv_text(TICKETS_HEADER, rows))


def _write_events(folder: Path, tickets: list[Ticket], month: str) -> None:
    events = sorted(
        ((event.at, ticket.ticket_id, event) for ticket in tickets for event in ticket.events),
        key=lambda item: item[:2],
    )
    rows = [
        [ticket_id, event.activity, event.resource, at.astimezone(SHANGHAI).strftime("%Y/%m/%d %H:%M:%S.000")]
        for at, ticket_id, event in events
    ]
    is_old = month == "2025-07"  # the desk's Chinese Windows client wrote GB18030 once
    header, encoding = (EVENTS_HEADER_ZH, "gb18030") if is_old else (EVENTS_HEADER, "utf-8")
    write_text(folder / f"ticket_events_{month}.csv", csv_text(header, rows), encoding=encoding)


def _write_content_log(folder: Path, posts: list[Post], month: str, unflagged: set[int]) -> None:
    rows = [
        [
            str(post.post_id), post.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), post.author or "",
            "" if post.post_id in unflagged else "true" if post.is_original else "false", post.format,
        ]
        for post in posts
    ]  # fmt: skip
    if month == "2025-08":
        shown = [[*row[:3], {"true": "是", "false": "否", "": ""}[row[3]], row[4]] for row in rows]
        text = csv_text(CONTENT_LOG_HEADER_ZH, shown)
        write_text(folder / f"内容排期_{month}.csv", text, encoding="gb18030")
        return
    write_text(folder / f"content_log_{month}.csv", csv_text(CONTENT_LOG_HEADER, rows))


def _write_incidents(folder: Path, incidents: list[Incident], month: str) -> None:
    rows = [
        [
            incident.incident_id, _local_text(incident.occurred_at), incident.kind, incident.severity,
            incident.account_id, incident.responsible, _local_text(incident.responded_at),
            _local_text(incident.resolved_at),
        ]
        for incident in incidents
    ]  # fmt: skip
    write_text(folder / f"incidents_{month}.csv", csv_text(INCIDENTS_HEADER, rows))
