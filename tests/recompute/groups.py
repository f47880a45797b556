"""Groups: who was a member from when to when, who joined, left and was removed, and who answers for a group on a day.

Belongs here: snapshots and log of members, the group sheet, communities and the groups that belong to them. Does not
belong here: what members did in a group; that is in `activity`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

from .credit import Shares, by_assignment, by_identity, settle
from .kpi import Entry, World, bounds, recomputes
from .people import Company, days_between, month_of

SHEET = {
    "day": ("统计日期",),
    "group": ("群ID",),
    "owner": ("群主",),
    "total": ("群成员总数",),
    "joined": ("新增群成员数",),
    "left": ("退群人数",),
    "removed": ("移出人数",),
}
SNAPSHOT = {
    "day": ("快照日期",),
    "group": ("群ID",),
    "member": ("群成员ID",),
    "kind": ("成员类型",),
    "joined_at": ("入群时间",),
}
LOG = {
    "at": ("time",),
    "group": ("chat_id",),
    "member": ("member",),
    "what": ("UpdateDetail",),
    "scene": ("QuitScene",),
    "operator": ("operator",),
}
STAFF = "1"
#: `QuitScene` of a member whom an operator removed.
REMOVED = "1"
RETENTION_DAYS = (30, 60, 90)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SheetDay:
    """A group and day of the sheet; staff are among the members."""

    owner: str
    total: Fraction | None
    joined: Fraction
    left: Fraction
    removed: Fraction


@dataclass(frozen=True)
class Stay:
    """A member's time in a group; the instant of joining is not known of who was there before anything was told."""

    member: str
    joined_at: datetime | None
    ended_on: date | None = None
    is_removal: bool = False
    is_logged: bool = False

    @property
    def joined_on(self) -> date:
        return self.joined_at.date() if self.joined_at else date.min

    def is_there(self, day: date) -> bool:
        """Whether the member is in the group at the end of a day."""
        return self.joined_on <= day and (self.ended_on is None or day < self.ended_on)

    def overlaps(self, day: date) -> bool:
        """Whether the member is in the group at any time of a day."""
        return self.joined_on <= day and (self.ended_on is None or day <= self.ended_on)


@dataclass(frozen=True)
class Group:
    """All that the files tell of a group."""

    group_id: str
    sheet: dict[date, SheetDay]
    snapshots: dict[date, dict[str, datetime]]
    staff: frozenset[str]
    has_log: bool
    dissolved_on: date | None
    stays: tuple[Stay, ...]

    def has_snapshot(self, month: str) -> bool:
        return any(month_of(day) == month for day in self.snapshots)

    @property
    def knows_members(self) -> bool:
        return bool(self.snapshots) or self.has_log

    def exists(self, day: date) -> bool:
        return self.dissolved_on is None or day <= self.dissolved_on

    def shows_only_who_stayed(self, stay: Stay) -> bool:
        """Whether somebody joined before the first snapshot and no log tells of the joining."""
        return bool(self.snapshots) and not stay.is_logged and stay.joined_on < min(self.snapshots)

    def is_told_of(self, day: date) -> bool:
        """Whether anything is known of the group on a day or later."""
        changes = (moment for stay in self.stays for moment in (stay.joined_on, stay.ended_on))
        told = (*self.snapshots, *self.sheet, *changes, self.dissolved_on)
        return any(moment is not None and moment >= day for moment in told)


@cache
def groups(world: World) -> dict[str, Group]:
    """Every group that a sheet, a snapshot or a log names."""
    sheets = _sheets(world)
    snapshots, staff = _snapshots(world)
    joins, ends, dissolved = _log(world)
    logged = {group for group, _ in (*joins, *ends)} | set(dissolved)
    found = {}
    for group in sorted({*sheets, *snapshots, *logged}):
        outsiders = {
            day: {member: at for member, at in there.items() if member not in staff}
            for day, there in snapshots.get(group, {}).items()
        }
        members = {member for there in outsiders.values() for member in there}
        members |= {member for known, member in (*joins, *ends) if known == group} - staff
        stays = [
            stay
            for member in sorted(members)
            for stay in stays_of(member, outsiders, joins.get((group, member), []), ends.get((group, member), []))
        ]
        gone = dissolved.get(group)
        found[group] = Group(
            group,
            sheets.get(group, {}),
            outsiders,
            frozenset(staff),
            group in logged,
            gone,
            tuple(_until(stay, gone) for stay in stays),
        )
    return found


def _until(stay: Stay, dissolved: date | None) -> Stay:
    """After a group is dissolved nobody leaves it."""
    if dissolved is None or stay.ended_on is None or stay.ended_on < dissolved:
        return stay
    return Stay(stay.member, stay.joined_at, is_logged=stay.is_logged)


def _sheets(world: World) -> dict[str, dict[date, SheetDay]]:
    sheets: dict[str, dict[date, SheetDay]] = defaultdict(dict)
    for file in world.files:
        for row in file.rows(SHEET, SHEET):
            joined, left, removed = (row.number(column) or Fraction(0) for column in ("joined", "left", "removed"))
            day = SheetDay(row.text("owner"), row.number("total"), joined, left, removed)
            sheets[row.text("group")][row.day("day")] = day
    return sheets


def _snapshots(world: World) -> tuple[dict[str, dict[date, dict[str, datetime]]], set[str]]:
    """Group -> day -> member -> instant of joining by the company's clock, and everybody who is staff."""
    snapshots: dict[str, dict[date, dict[str, datetime]]] = defaultdict(dict)
    staff: set[str] = set()
    for file in world.files:
        told: dict[tuple[str, date], dict[str, datetime]] = defaultdict(dict)
        for row in file.rows(SNAPSHOT, SNAPSHOT):
            joined = row.time("joined_at", world.company.zone)
            assert joined is not None
            told[row.text("group"), row.day("day")][row.text("member")] = world.company.local(joined)
            if row.text("kind") == STAFF:
                staff.add(row.text("member"))
        for (group, day), there in told.items():
            snapshots[group][day] = there
    return snapshots, staff


Moments = dict[tuple[str, str], list[datetime]]
Ends = dict[tuple[str, str], list[tuple[datetime, bool]]]


def _log(world: World) -> tuple[Moments, Ends, dict[str, date]]:
    """(group, member) -> when they joined, and when they went and whether they were removed; when a group ended."""
    joins: dict[tuple[str, str], set[datetime]] = defaultdict(set)
    ends: dict[tuple[str, str], set[tuple[datetime, bool]]] = defaultdict(set)
    dissolved: dict[str, date] = {}
    for file in world.files:
        for row in file.rows(LOG, LOG):
            instant = row.time("at", world.company.zone)
            assert instant is not None
            at = world.company.local(instant)
            group, member, what = row.text("group"), row.text("member"), row.text("what")
            if what == "add_member":
                joins[group, member].add(at)
            elif what == "del_member":
                ends[group, member].add((at, row.text("scene") == REMOVED or bool(row.text("operator"))))
            elif what == "dismiss":
                dissolved[group] = at.date()
    return (
        {key: sorted(moments) for key, moments in joins.items()},
        {key: sorted(moments) for key, moments in ends.items()},
        dissolved,
    )


def stays_of(
    member: str,
    snapshots: dict[date, dict[str, datetime]],
    joins: list[datetime],
    ends: list[tuple[datetime, bool]],
) -> Iterator[Stay]:
    """A member's stays: each time of joining begins one; the log ends it, else the first snapshot without them."""
    days = sorted(snapshots)
    known = sorted({*joins, *(s[member] for s in snapshots.values() if member in s)})
    moments: list[datetime | None] = [*known]
    if ends and (not known or ends[0][0] < known[0]):
        moments.insert(0, None)
    for number, moment in enumerate(moments):
        after = moments[number + 1] if number + 1 < len(moments) else None
        told = next((e for e in ends if (moment is None or e[0] > moment) and (after is None or e[0] <= after)), None)
        if told is not None:
            yield Stay(member, moment, told[0].date(), told[1], is_logged=moment in joins)
            continue
        seen = [day for day in days if moment is not None and snapshots[day].get(member) == moment]
        begin = seen[-1] if seen else (moment.date() if moment else date.min)
        missing = next((day for day in days if day > begin), None)
        yield Stay(member, moment, missing, is_logged=moment in joins)


@dataclass(frozen=True)
class Period:
    """A row of people/communities.csv or people/community_groups.csv."""

    cells: dict[str, str]
    valid_from: date
    valid_to: date

    def holds(self, day: date) -> bool:
        return self.valid_from <= day < self.valid_to


def _periods(path: Path) -> list[Period]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return [
        Period(
            row,
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max,
        )
        for row in rows
    ]


@cache
def memberships(company: Company) -> list[Period]:
    """Which group belongs to which community."""
    return _periods(company.home / "people" / "community_groups.csv")


@cache
def communities(company: Company) -> list[Period]:
    return _periods(company.home / "people" / "communities.csv")


def community_of(company: Company, group_id: str, day: date) -> str:
    return next(
        (
            row.cells["community_id"]
            for row in memberships(company)
            if row.cells["group_id"] == group_id and row.holds(day)
        ),
        "",
    )


def responsible(world: World, group_id: str, day: date) -> Shares:
    """Who answers for a group on a day: its assignment, else its owner in WeCom, else its community's."""
    company = world.company
    known = groups(world).get(group_id)
    told = known.sheet.get(day) if known else None
    community = community_of(company, group_id, day)
    steps = (
        by_assignment(company, "group", group_id, day),
        by_identity(company, "wecom", told.owner, day) if told else {},
        by_assignment(company, "community", community, day) if community else {},
    )
    return settle(company, ("group_day", f"{group_id}:{day}"), day, steps)


@cache
def _months(world: World) -> tuple[str, ...]:
    """Every month of which a sheet, a snapshot or a log tells."""
    days = {day for group in groups(world).values() for day in (*group.sheet, *group.snapshots)}
    days |= {stay.ended_on for group in groups(world).values() for stay in group.stays if stay.ended_on}
    return tuple(sorted({month_of(day) for day in days}))


def opening(group: Group, month: str) -> Fraction | None:
    """Members when a month begins: from snapshots external ones, from a sheet all."""
    first, end = bounds(month)
    if group.snapshots:
        return Fraction(sum(stay.is_there(first - ONE_DAY) for stay in group.stays))
    before = [day for day in group.sheet if day < first]
    if before:
        return group.sheet[max(before)].total
    told = [day for day in group.sheet if first <= day < end]
    if not told:
        return None
    day = group.sheet[min(told)]
    return None if day.total is None else day.total - day.joined + day.left + day.removed


def closing(group: Group, month: str) -> tuple[date, Fraction] | None:
    """The last day of a month, or the last that its sheet tells, and the members on it."""
    first, end = bounds(month)
    if group.snapshots:
        if not group.exists(first):
            return None
        if not group.exists(end - ONE_DAY):
            return end - ONE_DAY, Fraction(0)
        return end - ONE_DAY, Fraction(sum(stay.is_there(end - ONE_DAY) for stay in group.stays))
    told = {day: row.total for day, row in group.sheet.items() if first <= day < end and row.total is not None}
    return (max(told), told[max(told)]) if told else None


@dataclass(frozen=True)
class Changes:
    """What happened in a group on a day."""

    joined: Fraction
    left: Fraction
    removed: Fraction
    joiners: tuple[str, ...] = ()


def changes(group: Group, day: date) -> Changes:
    if group.knows_members:
        joiners = tuple(stay.member for stay in group.stays if stay.joined_at and stay.joined_on == day)
        gone = [stay.is_removal for stay in group.stays if stay.ended_on == day]
        return Changes(Fraction(len(joiners)), Fraction(gone.count(False)), Fraction(gone.count(True)), joiners)
    row = group.sheet.get(day)
    return Changes(row.joined, row.left, row.removed) if row else Changes(Fraction(0), Fraction(0), Fraction(0))


@recomputes(
    "member_growth_rate",
    "members_joined",
    "members_left",
    "members_removed",
    "member_net_growth",
    "members_closing",
    "new_members",
    "group_leave_rate",
)
def group_entries(world: World) -> Iterator[Entry]:
    """Changes by their day; opening members evenly over the days of the month; the closing stock on its day."""
    for group in groups(world).values():
        for month in _months(world):
            first, end = bounds(month)
            at_first = opening(group, month)
            for day in days_between(first, end):
                shares = responsible(world, group.group_id, day)
                yield from _of_day(changes(group, day), at_first, (end - first).days, month, shares)
            stock = closing(group, month)
            if stock is not None:
                for person, share in responsible(world, group.group_id, stock[0]).items():
                    yield Entry("members_closing", month, person, stock[1] * share)


def _of_day(happened: Changes, at_first: Fraction | None, days: int, month: str, shares: Shares) -> Iterator[Entry]:
    for person, share in shares.items():
        there = None if at_first is None else at_first * share / days
        net = (happened.joined - happened.left) * share
        yield Entry("member_growth_rate", month, person, net, there)
        yield Entry("group_leave_rate", month, person, happened.left * share, there)
        yield Entry("member_net_growth", month, person, net)
        yield Entry("members_joined", month, person, happened.joined * share)
        yield Entry("members_left", month, person, happened.left * share)
        yield Entry("members_removed", month, person, happened.removed * share)
        yield Entry("members_closing", month, person)  # a day of the month: its stock is that of the last one
        for member in happened.joiners or (None,):
            yield Entry("new_members", month, person, key=member)


@recomputes("existing_members")
def existing_entries(world: World) -> Iterator[Entry]:
    """External members who were in a group in a month and had joined before it; only a snapshot can tell."""
    for group in groups(world).values():
        for month in _months(world):
            first, end = bounds(month)
            is_known = group.has_snapshot(month)
            for day in days_between(first, end):
                there = {stay.member for stay in group.stays if stay.joined_on < first and stay.overlaps(day)}
                keys: list[str | None] = [*there] if is_known and group.exists(day) else [None]
                for person in responsible(world, group.group_id, day):
                    for key in keys:
                        yield Entry("existing_members", month, person, key=key)


@recomputes(*(f"member_retention_{days}" for days in RETENTION_DAYS))
def retention_entries(world: World) -> Iterator[Entry]:
    """Joiners by the Nth day after joining: still there or left."""
    for group in groups(world).values():
        for days in RETENTION_DAYS:
            kpi_id = f"member_retention_{days}"
            for month in _months(world):
                if (stock := closing(group, month)) is not None:
                    # Whoever has members has something to retain, though nobody's Nth day may fall in the month.
                    for person in responsible(world, group.group_id, stock[0]):
                        yield Entry(kpi_id, month, person)
            for stay in group.stays:
                day = stay.joined_on + timedelta(days=days)
                is_retained = _retained(group, stay, day)
                if is_retained is not None:
                    for person, share in responsible(world, group.group_id, day).items():
                        yield Entry(kpi_id, month_of(day), person, share * is_retained, share)


def _retained(group: Group, stay: Stay, day: date) -> bool | None:
    """Whether a joiner has not left by a day; None where that does not count or is not known.

    Nobody can stay in a group that is dissolved by then. Of those who joined before the first snapshot and of whom no
    log tells, only they are seen who stayed.
    """
    is_dissolved = group.dissolved_on is not None and group.dissolved_on <= day
    if stay.joined_at is None or is_dissolved or group.shows_only_who_stayed(stay):
        return None
    if stay.ended_on is not None and stay.ended_on <= day:
        return None if stay.is_removal else False
    return True if group.is_told_of(day) else None


@recomputes("community_coverage")
def coverage_entries(world: World) -> Iterator[Entry]:
    """Members of a community on the last day over its target population."""
    company = world.company
    for month in _months(world):
        last = bounds(month)[1] - ONE_DAY
        for row in communities(company):
            if not row.holds(last):
                continue
            community = row.cells["community_id"]
            target = row.cells["target_population"]
            theirs = [
                group
                for group in groups(world).values()
                if community_of(company, group.group_id, last) == community and group.exists(bounds(month)[0])
            ]
            count = _members_of(theirs, month, last)
            steps = (by_assignment(company, "community", community, last),)
            for person, share in settle(company, ("community_month", f"{community}:{month}"), last, steps).items():
                if target and count is not None:
                    yield Entry("community_coverage", month, person, count * share, Fraction(target) * share)


def _members_of(theirs: list[Group], month: str, last: date) -> Fraction | None:
    if theirs and all(group.has_snapshot(month) for group in theirs):
        there = {s.member for group in theirs if group.exists(last) for s in group.stays if s.is_there(last)}
        return Fraction(len(there))
    stocks = [stock[1] for group in theirs if (stock := closing(group, month)) is not None]
    return sum(stocks, Fraction(0)) if stocks else None
