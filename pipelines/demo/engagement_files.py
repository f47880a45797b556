"""Exports of the event register, Eventbrite, ACCUPASS, the survey tool and Chatwoot as those write them.

Belongs here: headers and wordings of the vendors. Does not belong here: what happened (`engagement_events`).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pipelines.demo.deliveries import DESK_EXPORT_DAY, export_day
from pipelines.demo.engagement_events import CHAT
from pipelines.demo.events import SHANGHAI, UTC, Event, Survey, Ticket, World, local_month
from pipelines.demo.files import csv_text, write_text

REGISTER_HEADER = (
    "活动编号", "活动名称", "活动类型", "活动开始时间", "负责人", "群ID", "优惠码", "邀请人数", "费用", "收入", "币种",
    "结算日期", "产出数", "采纳数", "创意日期",
)  # fmt: skip
EVENTBRITE_HEADER = (
    "Order #", "Order Date", "First Name", "Last Name", "Email", "Quantity", "Price Tier", "Ticket Type", "Attendee #",
    "Group", "Order Type", "Currency", "Total Paid", "Fees Paid", "Eventbrite Fees", "Eventbrite Payment Processing",
    "Attendee Status",
)  # fmt: skip
ACCUPASS_HEADER = (
    "票券編號", "訂單編號", "報名時間", "姓名", "Email", "手機", "票券名稱", "出票方式", "原票券編號", "票券狀態",
    "報到狀態",
)  # fmt: skip
SURVEY_HEADER = ("Response ID", "Survey type", "Sent", "Submitted", "Agent", "Score", "Scale")
CONVERSATIONS_HEADER = ("display_id", "inbox_id", "status", "created_at")
CHAT_EVENTS_HEADER = (
    "id", "name", "value", "value_in_business_hours", "user_id", "conversation_id", "inbox_id", "event_start_time",
    "event_end_time",
)  # fmt: skip
_EVENTBRITE_STATES = {
    "attending": "Attending", "checked_in": "Checked In", "refunded": "Refunded", "cancelled": "Not Attending",
}  # fmt: skip
_ACCUPASS_STATES = {"attending": "有效", "checked_in": "有效", "refunded": "已退票", "cancelled": "已取消"}


def write_engagement(exports: Path, world: World, months: list[str]) -> None:
    """Write the files of events, surveys and chats, month by month.

    Args:
        exports: the company's exports folder.
        world: what happened.
        months: local months.
    """
    for month in months:
        taken = export_day(month)
        known = [event for event in world.events if local_month(event.starts_at) <= month]
        # the register is exported whole each month, so that a month without events is heard of too
        _write_register(exports / "events" / taken.isoformat(), known, taken, month)
        for event in known:
            if local_month(event.starts_at) == month:
                _write_list(exports, event, taken)
        surveys = [survey for survey in world.surveys if local_month(survey.sent_at) == month]
        _write_surveys(exports / "surveys" / taken.isoformat(), surveys, month)
        chats = [t for t in world.tickets if t.account_id == CHAT and local_month(t.created_at) == month]
        _write_chats(exports / "chatwoot" / export_day(month, DESK_EXPORT_DAY).isoformat(), chats, month)


def _text(moment: dt.datetime | None) -> str:
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if moment else ""


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _write_register(folder: Path, events: list[Event], taken: dt.date, month: str) -> None:
    rows = [
        [
            event.event_id, "用户沙龙", "共创" if event.kind == "co_creation" else "沙龙", _text(event.starts_at),
            event.organiser, event.group_id, event.promo_code, "" if event.invited is None else str(event.invited),
            f"{event.cost}", f"{event.revenue}" if event.settled_on <= taken else "", "CNY",
            event.settled_on.isoformat() if event.settled_on <= taken else "",
            "" if event.outputs is None else str(event.outputs),
            "" if event.outputs_adopted is None else str(event.outputs_adopted), event.idea_on.isoformat(),
        ]
        for event in events
    ]  # fmt: skip
    if rows:
        write_text(folder / f"活动登记_{month}.csv", csv_text(REGISTER_HEADER, rows), encoding="utf-8-sig")


def _write_list(exports: Path, event: Event, taken: dt.date) -> None:
    name = f"event_{event.event_id}_attendees.csv"
    if event.platform == "accupass":
        rows = [
            [
                guest.ticket_id, f"A{number:06d}", _text(guest.ordered_at), "來賓", guest.email, "0900-000-000",
                "一般票",
                "主動出票" if guest.is_issued else "線上報名", guest.replaces, _ACCUPASS_STATES[guest.state],
                "已報到" if guest.state == "checked_in" else "未報到",
            ]
            for number, guest in enumerate(event.attendees)
        ]  # fmt: skip
        write_text(exports / "accupass" / taken.isoformat() / name, csv_text(ACCUPASS_HEADER, rows))
        return
    # taken once on the eve of the event and once after the month
    eve = (event.starts_at - dt.timedelta(days=1)).date()
    for day in (eve, taken):
        rows = [
            [
                f"{70_000 + number}", _text(guest.ordered_at), "Guest", "Guest", guest.email, "1", "", "General",
                guest.ticket_id, "", "Manual Order" if guest.is_issued else "Eventbrite Completed", "CNY", "99.00",
                "5.00",
                "3.00", "2.00", _EVENTBRITE_STATES["attending" if day == eve else guest.state],
            ]
            for number, guest in enumerate(event.attendees)
            if guest.ordered_at.date() <= day
        ]  # fmt: skip
        write_text(exports / "eventbrite" / day.isoformat() / name, csv_text(EVENTBRITE_HEADER, rows))


def _write_surveys(folder: Path, surveys: list[Survey], month: str) -> None:
    rows = [
        [
            survey.response_id, survey.kind, _text(survey.sent_at), _text(survey.answered_at), survey.agent,
            "" if survey.score is None else str(survey.score), "0-10" if survey.kind == "NPS" else "1-5",
        ]
        for survey in surveys
    ]  # fmt: skip
    write_text(folder / f"surveys_{month}.csv", csv_text(SURVEY_HEADER, rows))


def _write_chats(folder: Path, chats: list[Ticket], month: str) -> None:
    conversations = [
        [chat.ticket_id, "7", "resolved" if chat.resolved_at else "open", _utc(chat.created_at)] for chat in chats
    ]
    write_text(folder / f"conversations_{month}.csv", csv_text(CONVERSATIONS_HEADER, conversations))
    rows: list[list[str]] = []
    for chat in chats:
        handed_over = chat.created_at + dt.timedelta(minutes=1)  # a bot greets first
        acts = [("conversation_bot_handoff", "", chat.created_at, handed_over)]
        if chat.replied_at:
            acts.append(("first_response", chat.replier, handed_over, chat.replied_at))
        if chat.resolved_at:
            acts.append(("conversation_resolved", chat.resolver, chat.created_at, chat.resolved_at))
        for number, (name, user, start, end) in enumerate(acts):
            seconds = str(int((end - start).total_seconds()))
            event_id = f"{int(chat.ticket_id) * 10 + number}"
            rows.append([event_id, name, seconds, seconds, user, chat.ticket_id, "7", _utc(start), _utc(end)])
    # the API gives pages of 25, and one page was fetched twice
    write_text(folder / f"reporting_events_{month}.csv", csv_text(CHAT_EVENTS_HEADER, [*rows, *rows[:5]]))
