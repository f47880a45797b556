"""What members did in their groups: messages, minutes, and the shares of members who took part.

Belongs here: member activity by day. Does not belong here: who was a member when; that is in `groups`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from .groups import groups, responsible
from .kpi import Entry, World, bounds, recomputes
from .people import days_between, month_of

ACTIVITY = {
    "day": ("日期",),
    "group": ("群ID",),
    "member": ("群成员ID",),
    "messages": ("发言条数",),
    "valid": ("有效发言数",),
    "minutes": ("在线时长(分钟)",),
}


@dataclass(frozen=True)
class Day:
    """What an external member did in a group on a day."""

    group: str
    member: str
    day: date
    messages: Fraction | None
    valid: Fraction | None
    minutes: Fraction | None

    @property
    def month(self) -> str:
        return month_of(self.day)

    @property
    def is_active(self) -> bool:
        return bool(self.messages or self.minutes)

    @property
    def has_spoken(self) -> bool:
        """At least one valid message; where the platform does not judge messages, each is valid."""
        return bool(self.messages if self.valid is None else self.valid)


@cache
def activity(world: World) -> tuple[Day, ...]:
    """The days of external members; the last export that tells of a day knows it best."""
    staff = {member for group in groups(world).values() for member in group.staff}
    days: dict[tuple[str, str, date], Day] = {}
    for file in world.files:
        for row in file.rows(ACTIVITY, ACTIVITY):
            key = (row.text("group"), row.text("member"), row.day("day"))
            if key[1] not in staff:
                days[key] = Day(*key, row.number("messages"), row.number("valid"), row.number("minutes"))
    return tuple(days.values())


@recomputes(
    "active_members", "participation_times", "participation_minutes", "valid_message_share", "posts_per_active_member"
)
def activity_entries(world: World) -> Iterator[Entry]:
    active_days: dict[tuple[str, str, str], int] = defaultdict(int)
    for day in activity(world):
        active_days[day.group, day.member, day.month] += day.is_active
    for day in activity(world):
        spread = Fraction(1, active_days[day.group, day.member, day.month]) if day.is_active else Fraction(0)
        for person, share in responsible(world, day.group, day.day).items():
            yield from _of_day(day, spread, person, share)


def _of_day(day: Day, spread: Fraction, person: str, share: Fraction) -> Iterator[Entry]:
    month = day.month

    def by(number: Fraction | None) -> Fraction | None:
        return None if number is None else number * share

    yield Entry("active_members", month, person, key=day.member if day.is_active else None)
    yield Entry("participation_times", month, person, share * day.is_active)
    yield Entry("participation_minutes", month, person, by(day.minutes))
    is_judged = day.valid is not None and day.messages is not None
    yield Entry("valid_message_share", month, person, *((by(day.valid), by(day.messages)) if is_judged else ()))
    yield Entry("posts_per_active_member", month, person, by(day.messages), share * spread)


@recomputes("speaking_rate", "monthly_active_share", "new_member_activity")
def share_entries(world: World) -> Iterator[Entry]:
    """Members by the days on which they were there, and what they did on those days."""
    did: dict[tuple[str, str], list[Day]] = defaultdict(list)
    for one in activity(world):
        did[one.group, one.member].append(one)
    months = sorted({one.month for one in activity(world)})
    for group in groups(world).values():
        for month in months:
            if not group.has_snapshot(month):
                yield from _unknown(world, group.group_id, month)
                continue
            for stay in group.stays:
                for day in days_between(*bounds(month)):
                    if not stay.overlaps(day) or not group.exists(day):
                        continue
                    theirs = [one for one in did[group.group_id, stay.member] if one.day == day]
                    is_active = any(one.is_active for one in theirs)
                    has_spoken = any(one.has_spoken for one in theirs)
                    for person in responsible(world, group.group_id, day):
                        yield Entry("monthly_active_share", month, person, key=stay.member, is_hit=is_active)
                        yield Entry("speaking_rate", month, person, key=stay.member, is_hit=has_spoken)
                if month_of(stay.joined_on) == month:
                    took_part = any(
                        one.is_active and one.month == month and stay.overlaps(one.day)
                        for one in did[group.group_id, stay.member]
                    )
                    for person in responsible(world, group.group_id, stay.joined_on):
                        yield Entry("new_member_activity", month, person, key=stay.member, is_hit=took_part)


def _unknown(world: World, group_id: str, month: str) -> Iterator[Entry]:
    """There was activity, and no snapshot says among how many members."""
    for day in activity(world):
        if day.group == group_id and day.month == month:
            for person in responsible(world, group_id, day.day):
                for kpi_id in ("speaking_rate", "monthly_active_share", "new_member_activity"):
                    yield Entry(kpi_id, month, person)
