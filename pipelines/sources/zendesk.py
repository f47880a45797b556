"""Zendesk-style tickets, one row each, from a report its user built (names and time units vary).

Belongs here: its headers; a duration's unit is read from the header, `First reply time (hrs)`, never assumed.
"""

from __future__ import annotations

from decimal import Decimal

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

# to minutes
_UNITS = tuple(
    (unit, Decimal(factor))
    for factor, units in (
        (1, ("min", "mins", "minute", "minutes", "分钟", "分", "minuten")),
        (60, ("h", "hr", "hrs", "hour", "hours", "小时", "时", "時間", "std", "stunden")),
        (1440, ("d", "day", "days", "天", "日", "tage", "jours")),
    )
    for unit in units
)

ZENDESK_TICKETS = SourceSpec(
    id="zendesk_tickets",
    family="tickets",
    platform="zendesk",
    grain="one row per ticket, its state at export",
    columns=(
        Column("ticket_id", ("id", "工单 ID", "工单编号", "チケットID"), required=True, key=True, kind="id"),
        Column(
            "created_at",
            (
                "ticket created date",
                "ticket created timestamp",
                "ticket created",
                "created",
                "工单创建时间",
                "创建时间",
                "作成日時",
            ),
            required=True,
            key=True,
            kind="datetime",
        ),
        Column(
            "assignee",
            ("assignee name", "受理人", "受派人", "担当者"),
            required=True,
            kind="category",
            pseudonymise="actor:zendesk",
        ),
        Column("ticket_group", ("group", "工单组", "组", "グループ"), kind="category"),
        Column("status", ("ticket status", "状态", "工单状态", "ステータス"), required=True, kind="category"),
        Column(
            "first_reply_minutes",
            (
                "first reply time ()",
                "first reply time minutes",
                "首次回复时间 ()",
                "首次响应时间 ()",
                "初回返信時間 ()",
            ),
            required=True,
            units=_UNITS,
        ),
        Column(
            "solved_at",
            ("ticket solved date", "ticket solved timestamp", "ticket solved", "解决时间", "解決日時"),
            kind="datetime",
        ),
        Column(
            "full_resolution_minutes",
            (
                "full resolution time ()",
                "full resolution time minutes",
                "完全解决时间 ()",
                "解决时长 ()",
                "完全解決時間 ()",
            ),
            units=_UNITS,
        ),
        Column(
            "satisfaction",
            ("ticket satisfaction rating", "satisfaction score", "ticket satisfaction score", "满意度", "満足度"),
            kind="category",
        ),
    ),
    ignored=("Ticket subject", "Requester name", "Requester email", "Subject", "Requester"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("created_at", "solved_at"),
    day_columns=("created_at",),
    key_columns=("ticket_id",),
    measure="first_reply_minutes",
    measures=("first_reply_minutes", "full_resolution_minutes"),
)

SPECS = (ZENDESK_TICKETS,)
