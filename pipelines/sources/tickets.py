"""Ticket event log: one row per thing done to a ticket, as help desks and process mining write it.

Belongs here: its headers. What an activity means is the company's (`ticket_activities` in company.yaml).
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

TICKET_EVENTS = SourceSpec(
    id="ticket_events",
    family="tickets",
    platform="tickets",
    grain="one row per event of a ticket",
    columns=(
        Column(
            "ticket_id",
            ("case id", "case", "ticket", "工单编号", "工单号", "工单ID", "チケットID", "Vorgangsnummer"),
            required=True,
            key=True,
            kind="category",
        ),
        Column(
            "activity",
            ("event", "action", "活动", "动作", "操作", "アクティビティ", "Aktivität", "activité"),
            required=True,
            key=True,
            kind="category",
        ),
        Column(
            "resource",
            ("agent", "user", "actor", "处理人", "客服", "操作人", "担当者", "Bearbeiter"),
            required=True,
            kind="category",
            pseudonymise="actor:tickets",
        ),
        Column(
            "occurred_at",
            ("complete timestamp", "timestamp", "event time", "时间", "发生时间", "完成时间", "日時", "Zeitstempel"),
            required=True,
            key=True,
            kind="datetime",
        ),
    ),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("occurred_at",),
    day_columns=("occurred_at",),
    key_columns=("ticket_id", "activity", "occurred_at"),
)

SPECS = (TICKET_EVENTS,)
