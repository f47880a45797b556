"""What happened in the demo company's communities: who came and went, who wrote, what staff did, whose answers helped.

Belongs here: the communities, their groups, and the invention of their events. One group is told of by sheet, log and
snapshots, one by sheet and log, one by its sheet alone, one by snapshots until it is dissolved.
Does not belong here: the files (`community_files`) and what they make true (`community_truth`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pipelines.demo.events import SHANGHAI
from pipelines.demo.roster import DISSOLVED_ON, Roster
from pipelines.demo.x_events import month_bounds, stream

# group -> how many were in it at the beginning, and what tells of it
FULL, LOGGED, SHEET_ONLY, SNAPSHOT_ONLY = "wrg01", "wrg02", "wrg03", "wrg04"
GROUPS = {FULL: 14, LOGGED: 12, SHEET_ONLY: 30, SNAPSHOT_ONLY: 9}
STAFF_IN_GROUP = 2  # sheets count them among the members
WITH_LOG = (FULL, LOGGED)
WITH_SNAPSHOTS = (FULL, SNAPSHOT_ONLY)
WITH_SHEET = (FULL, LOGGED, SHEET_ONLY)
SPOKEN_IN = (FULL, LOGGED, SNAPSHOT_ONLY)
DISSOLVED_AT = dt.datetime.combine(DISSOLVED_ON, dt.time(15, 30), tzinfo=SHANGHAI)
FOUNDERS_JOINED = dt.datetime(2024, 3, 1, 10, 0, tzinfo=SHANGHAI)
EARLY_ZEROS_ON = dt.date(2026, 10, 12)


@dataclass(frozen=True)
class Stay:
    """One stay of somebody in a group; `how` is leave, removed or dissolved, and empty while the stay lasts."""

    group_id: str
    member: str
    joined_at: dt.datetime
    left_at: dt.datetime | None = None
    how: str = ""

    def present(self, day: dt.date) -> bool:
        """Whether the member is in the group at the end of a local day."""
        return self.joined_at.date() <= day and (self.left_at is None or self.left_at.date() > day)


@dataclass(frozen=True)
class MemberDay:
    """What one member did in a group on a local day; minutes are None where the platform gives none."""

    group_id: str
    member: str
    day: dt.date
    messages: int
    valid: int
    minutes: int | None


@dataclass(frozen=True)
class StaffDay:
    """WeCom's figures of one member of staff and day; the reply time is None when there was nothing to reply to."""

    userid: str
    day: dt.date
    chats: int
    messages: int
    reply_minutes: int | None
    negative: int
    contacts: int


@dataclass(frozen=True)
class OwnerDay:
    """WeCom's cumulative figures of one group owner and day."""

    owner: str
    day: dt.date
    members: int
    have_written: int


@dataclass(frozen=True)
class Answer:
    """One answer of the register; accepted at a time or never."""

    answer_id: str
    community_id: str
    userid: str
    answered_at: dt.datetime
    accepted_at: dt.datetime | None


@dataclass
class CommunityWorld:
    """Everything that happened in the communities, each list in the order of time."""

    stays: list[Stay] = field(default_factory=list)
    member_days: list[MemberDay] = field(default_factory=list)
    staff_days: list[StaffDay] = field(default_factory=list)
    owner_days: list[OwnerDay] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)


def make_communities(roster: Roster, months: list[str], seed: int) -> CommunityWorld:
    """Invent all months of the communities."""
    world = CommunityWorld()
    for group_id, founders in GROUPS.items():
        world.stays += _stays(group_id, founders, months, seed)
    world.member_days = _member_days(world.stays, months, seed)
    users = sorted(identity.external_id for identity in roster.identities if identity.system == "wecom")
    for month in months:
        rng = stream(seed, "staff days", month)
        first, after = month_bounds(month)
        for number in range((after - first).days):
            day = first + dt.timedelta(days=number)
            for userid in users:
                chats = rng.randint(0, 12) if day.weekday() < 5 or day == EARLY_ZEROS_ON else 0
                chats = max(chats, 5) if day == EARLY_ZEROS_ON else chats
                reply = rng.randint(2, 30) if chats > 2 else None
                negative = int(chats > 0 and rng.random() < 0.1)
                world.staff_days.append(StaffDay(userid, day, chats, chats * 3, reply, negative, chats // 4))
        for userid in users[:2]:
            members = rng.randint(40, 60)
            for back in (2, 1):
                world.owner_days.append(OwnerDay(userid, after - dt.timedelta(days=back), members, members - 5 * back))
        world.answers += _answers(users, month, seed)
    return world


def _stays(group_id: str, founders: int, months: list[str], seed: int) -> list[Stay]:
    found: list[Stay] = []
    inside = {f"wm-{group_id}-{number:03d}": FOUNDERS_JOINED for number in range(founders)}
    number = founders
    for month in months:
        rng = stream(seed, "members", group_id, month)
        first, after = month_bounds(month)
        for day in (first + dt.timedelta(days=count) for count in range((after - first).days)):
            noon = dt.datetime.combine(day, dt.time(12), tzinfo=SHANGHAI)
            if group_id == SNAPSHOT_ONLY and day == DISSOLVED_ON:
                found += [Stay(group_id, m, at, DISSOLVED_AT, "dissolved") for m, at in sorted(inside.items())]
                return found
            fate = rng.random()
            if fate < 0.16:
                member = f"wm-{group_id}-{number:03d}"
                number += 1
                inside[member] = noon + dt.timedelta(minutes=rng.randint(-200, 600))
            elif fate < 0.26 and len(inside) > 5:
                member = rng.choice(sorted(inside))
                how = "removed" if rng.random() < 0.2 and group_id in WITH_LOG else "leave"
                left = noon + dt.timedelta(minutes=rng.randint(-200, 600))
                found.append(Stay(group_id, member, inside.pop(member), left, how))
    return found + [Stay(group_id, member, at) for member, at in sorted(inside.items())]


def _member_days(stays: list[Stay], months: list[str], seed: int) -> list[MemberDay]:
    days: list[MemberDay] = []
    for month in months:
        rng = stream(seed, "activity", month)
        first, after = month_bounds(month)
        for day in (first + dt.timedelta(days=count) for count in range((after - first).days)):
            for stay in stays:
                if stay.group_id in SPOKEN_IN and stay.present(day) and rng.random() < 0.05:
                    messages = rng.randint(0, 6)
                    minutes = rng.randint(1, 40) if stay.group_id == FULL else None
                    if messages or minutes:
                        valid = rng.randint(0, messages)
                        days.append(MemberDay(stay.group_id, stay.member, day, messages, valid, minutes))
    return days


def _answers(users: list[str], month: str, seed: int) -> list[Answer]:
    rng = stream(seed, "answers", month)
    first, after = month_bounds(month)
    found: list[Answer] = []
    for number in range(4):
        day = first + dt.timedelta(days=rng.randrange((after - first).days - 1))
        answered = dt.datetime.combine(day, dt.time(16, number), tzinfo=SHANGHAI)
        accepted = answered + dt.timedelta(hours=rng.randint(1, 6)) if rng.random() < 0.6 else None
        who = rng.choice([*users, ""])  # of some answers nobody wrote down who gave them
        found.append(Answer(f"A-{month}-{number}", "c_content", who, answered, accepted))
    return found
