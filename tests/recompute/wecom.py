"""WeCom: behaviour of staff by day, statistics by group owner, and the register of questions and answers.

Belongs here: what names its doer by a WeCom user id.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from .credit import by_assignment, by_identity, settle
from .kpi import Entry, World, recomputes
from .people import month_of
from .raw import Row

BEHAVIOUR = {
    "day": ("stat_time",),
    "user": ("userid",),
    "chats": ("chat_cnt",),
    "messages": ("message_cnt",),
    "reply_minutes": ("avg_reply_time",),
    "negative": ("negative_feedback_cnt",),
}
OWNERS = {
    "day": ("统计日期",),
    "owner": ("群主",),
    "members": ("客户群总人数",),
    "spoken": ("有过消息的群成员数",),
}
ANSWERS = {
    "answer_id": ("回答ID",),
    "answered": ("回答时间",),
    "community": ("社群",),
    "answerer": ("回答人",),
    "accepted": ("是否采纳",),
    "accepted_at": ("采纳时间",),
}
YES = {"是", "true"}


@dataclass(frozen=True)
class UserDay:
    """What one user id did on a day."""

    chats: Fraction
    messages: Fraction
    negative: Fraction
    reply_minutes: Fraction | None

    @property
    def is_zero(self) -> bool:
        return not (self.chats or self.messages or self.negative or self.reply_minutes)


def _user_days(world: World) -> dict[tuple[str, date], UserDay]:
    """The last export's numbers of each day; zeros of the small hours are no version where another has values."""
    days: dict[tuple[str, date], UserDay] = {}
    for file in world.files:
        for row in file.rows(BEHAVIOUR, BEHAVIOUR):
            chats, messages, negative = (row.number(name) or Fraction(0) for name in ("chats", "messages", "negative"))
            told = UserDay(chats, messages, negative, row.number("reply_minutes"))
            key = (row.text("user"), row.day("day"))
            if not (told.is_zero and key in days):
                days[key] = told
    return days


@recomputes("negative_feedback_rate", "messages_per_chat", "wecom_reply_minutes")
def behaviour_entries(world: World) -> Iterator[Entry]:
    company = world.company
    for (user, day), told in _user_days(world).items():
        steps = (by_identity(company, "wecom", user, day),)
        for person, share in settle(company, ("wecom_user_day", f"{user}:{day}"), day, steps).items():
            month, chats = month_of(day), told.chats * share
            yield Entry("negative_feedback_rate", month, person, told.negative * share, chats)
            yield Entry("messages_per_chat", month, person, told.messages * share, chats)
            yield Entry("wecom_spoken_share", month, person)  # who chats is known in WeCom, with or without groups
            if told.reply_minutes is None:
                yield Entry("wecom_reply_minutes", month, person)
            else:
                yield Entry("wecom_reply_minutes", month, person, told.reply_minutes * chats, chats)


@recomputes("wecom_spoken_share")
def owner_entries(world: World) -> Iterator[Entry]:
    """Each owner's last day of a month: members who ever wrote, and members."""
    company = world.company
    days: dict[tuple[str, str], tuple[date, Row]] = {}
    for file in world.files:
        for row in file.rows(OWNERS, OWNERS):
            day = row.day("day")
            key = (row.text("owner"), month_of(day))
            if key not in days or days[key][0] <= day:
                days[key] = (day, row)
    for (owner, month), (day, row) in days.items():
        steps = (by_identity(company, "wecom", owner, day),)
        for person, share in settle(company, ("wecom_owner_day", f"{owner}:{day}"), day, steps).items():
            spoken, members = row.number("spoken"), row.number("members")
            if spoken is not None and members is not None:
                yield Entry("wecom_spoken_share", month, person, spoken * share, members * share)


@recomputes("accepted_answers")
def answer_entries(world: World) -> Iterator[Entry]:
    """Accepted answers by the day of acceptance, else of the answer."""
    company = world.company
    answers: dict[str, tuple[datetime, Row]] = {}
    for file in world.files:
        for row in file.rows(ANSWERS, ANSWERS):
            at = row.time("accepted_at", company.zone) or row.time("answered", company.zone)
            assert at is not None
            answers[row.text("answer_id")] = (at, row)
    for answer_id, (at, row) in answers.items():
        is_accepted = row.text("accepted").casefold() in YES
        day = company.local(at).date()
        answerer, community = row.text("answerer"), row.text("community")
        steps = (
            by_identity(company, "wecom", answerer, day) if answerer else {},
            by_assignment(company, "community", community, day) if community else {},
        )
        for person, share in settle(company, ("qa_answer", answer_id), day, steps).items():
            yield Entry("accepted_answers", month_of(day), person, share * is_accepted)
