"""Chatwoot: its conversations, and the reporting events that say who answered and who resolved them.

Belongs here: the fields of its API as a CSV carries them. The events name the agent by `user_id`; which agent that is
has changed between versions (the conversation's assignee in old ones, the message's sender in newer ones). Times are
ISO texts, in UTC where they state no offset.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

CHATWOOT_CONVERSATIONS = SourceSpec(
    id="chatwoot_conversations",
    family="tickets",
    platform="chatwoot",
    grain="one row per conversation, its state at export",
    columns=(
        Column("conversation_id", ("display_id", "会话编号"), required=True, key=True, kind="category"),
        Column("inbox_id", ("收件箱编号",), required=True, kind="category"),
        Column("status", ("会话状态",), required=True, kind="category"),
        Column("conversation_created_at", ("created_at", "会话创建时间"), required=True, key=True, kind="datetime"),
    ),
    ignored=("contact_name", "contact_email", "messages", "assignee_id", "first_reply_created_at"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    timezone="UTC",
    event_columns=("conversation_created_at",),
    day_columns=("conversation_created_at",),
    key_columns=("conversation_id",),
)

CHATWOOT_EVENTS = SourceSpec(
    id="chatwoot_events",
    family="tickets",
    platform="chatwoot",
    grain="one row per reporting event",
    columns=(
        Column("event_id", ("id",), required=True, key=True, kind="category"),
        Column("event_name", ("name",), required=True, key=True, kind="category"),
        Column("user_id", (), required=True, kind="category", pseudonymise="actor:chatwoot"),
        Column("conversation_id", (), required=True, key=True, kind="category"),
        Column("inbox_id", (), kind="category"),
        Column("event_start_time", (), required=True, key=True, kind="datetime"),
        Column("event_end_time", (), required=True, key=True, kind="datetime"),
    ),
    ignored=("value", "value_in_business_hours", "account_id", "created_at", "updated_at"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    timezone="UTC",
    event_columns=("event_start_time", "event_end_time"),
    day_columns=("event_end_time",),
    key_columns=("event_id",),
)

SPECS = (CHATWOOT_CONVERSATIONS, CHATWOOT_EVENTS)
