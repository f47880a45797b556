"""Reckons the truth about communities, from the events as far as files tell of them.

Belongs here: the KPI definitions of communities in plain Python. What a group's members are known by decides what is
true of it: a log tells the day, snapshots tell only who is missing, a sheet tells counts.
Does not belong here: who is credited (`credit`).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace

from pipelines.demo import community_events as events
from pipelines.demo.community_events import CommunityWorld, Stay
from pipelines.demo.community_files import members_on, moves_on, snapshot_days
from pipelines.demo.credit import Resolver
from pipelines.demo.roster import COMMUNITIES, COMMUNITY_GROUPS
from pipelines.demo.truth import Ledger, Truth, even_part
from pipelines.demo.x_events import month_bounds


def known_stays(world: CommunityWorld, group_id: str, months: list[str]) -> list[Stay]:
    """The stays in a group as the files show them: without a log only what two snapshots differ in."""
    own = [stay for stay in world.stays if stay.group_id == group_id]
    if group_id in events.WITH_LOG:
        return own
    if group_id not in events.WITH_SNAPSHOTS:
        return []
    days = [day for month in months for day in snapshot_days(month)]
    # a dissolved group has no later snapshots in which somebody could be missing
    days = [day for day in days if day < events.DISSOLVED_AT.date()]
    found: list[Stay] = []
    for stay in own:
        seen = [day for day in days if stay.present(day)]
        if not seen:
            continue
        missing = [day for day in days if day > seen[-1]]
        if missing:
            at = dt.datetime.combine(missing[0], dt.time(0), tzinfo=events.SHANGHAI)
            found.append(replace(stay, left_at=at, how="leave"))
        elif events.DISSOLVED_AT.date() <= month_bounds(months[-1])[1]:
            found.append(replace(stay, left_at=events.DISSOLVED_AT, how="dissolved"))
        else:
            found.append(replace(stay, left_at=None, how=""))
    return found


def reckon_communities(
    ledger: Ledger, truth: Truth, world: CommunityWorld, resolver: Resolver, months: list[str]
) -> None:
    """Credit everything that happened in communities; sets of members go into the truth itself."""
    stays = {group_id: known_stays(world, group_id, months) for group_id in events.GROUPS}
    for month in months:
        for group_id in events.GROUPS:
            _group_month(ledger, world, resolver, stays[group_id], group_id, month, months)
            _members(truth, resolver, stays[group_id], group_id, month)
        _coverage(ledger, world, resolver, stays, month)
    for group_id in events.GROUPS:
        _moves(ledger, truth, resolver, stays[group_id], group_id, months)
    _activity(ledger, truth, world, resolver, stays)
    _wecom(ledger, world, resolver)


def _days(month: str) -> list[dt.date]:
    first, after = month_bounds(month)
    return [first + dt.timedelta(days=number) for number in range((after - first).days)]


def _has_snapshot(group_id: str, month: str) -> bool:
    if group_id == events.SNAPSHOT_ONLY:
        return any(day < events.DISSOLVED_AT.date() for day in snapshot_days(month))
    return group_id in events.WITH_SNAPSHOTS


def _group_month(
    ledger: Ledger,
    world: CommunityWorld,
    resolver: Resolver,
    stays: list[Stay],
    group_id: str,
    month: str,
    months: list[str],
) -> None:
    days = _days(month)
    before = days[0] - dt.timedelta(days=1)
    if _has_snapshot(group_id, month):
        # whoever is missed on the first day was still there when it began
        opening = sum(
            stay.joined_at.date() < days[0] and (stay.left_at is None or stay.left_at.date() >= days[0])
            for stay in stays
        )
        closing = sum(stay.present(days[-1]) for stay in stays)
    elif group_id in events.WITH_SHEET:
        opening = members_on(world, group_id, before)
        closing = members_on(world, group_id, days[-1])
    elif month_bounds(month)[0] > events.DISSOLVED_AT.date():
        return  # nobody tells of a dissolved group
    else:
        raise AssertionError(f"nothing tells of {group_id} in {month}")
    from_sheet = group_id == events.SHEET_ONLY
    for number, day in enumerate(days, start=1):
        credit = resolver.group_day(group_id, day)
        joined, gone, removed = moves_on(world, group_id, day) if from_sheet else (0, 0, 0)
        part = even_part(opening, number, len(days))
        ledger.add(month, credit, "member_growth_rate", joined - gone, part)
        ledger.add(month, credit, "group_leave_rate", gone, part)
        ledger.add(month, credit, "members_joined", joined)
        ledger.add(month, credit, "members_left", gone)
        ledger.add(month, credit, "members_removed", removed)
        ledger.add(month, credit, "member_net_growth", joined - gone)
    ledger.add(month, resolver.group_day(group_id, days[-1]), "members_closing", closing)


def _moves(
    ledger: Ledger, truth: Truth, resolver: Resolver, stays: list[Stay], group_id: str, months: list[str]
) -> None:
    for stay in stays:
        joined = stay.joined_at.date()
        if (month := joined.strftime("%Y-%m")) in months:
            credit = resolver.group_day(group_id, joined)
            for kpi in ("members_joined", "member_net_growth"):
                ledger.add(month, credit, kpi, 1)
            ledger.add(month, credit, "member_growth_rate", 1, 0)
            for person, _ in credit:
                truth.members[month, person, "new_members"][stay.member] = 1
        if stay.left_at is not None and (month := stay.left_at.strftime("%Y-%m")) in months:
            credit = resolver.group_day(group_id, stay.left_at.date())
            if stay.how == "leave":
                ledger.add(month, credit, "members_left", 1)
                ledger.add(month, credit, "member_net_growth", -1)
                ledger.add(month, credit, "member_growth_rate", -1, 0)
                ledger.add(month, credit, "group_leave_rate", 1, 0)
            elif stay.how == "removed":
                ledger.add(month, credit, "members_removed", 1)
        for age in (30, 60, 90):
            _retention(ledger, resolver, stay, age, months)


def _retention(ledger: Ledger, resolver: Resolver, stay: Stay, age: int, months: list[str]) -> None:
    due = stay.joined_at.date() + dt.timedelta(days=age)
    month = due.strftime("%Y-%m")
    if stay.group_id not in events.WITH_LOG and stay.joined_at.date() < snapshot_days(months[0])[0]:
        return  # of those who came before the first snapshot only the stayers are known
    if stay.group_id == events.SNAPSHOT_ONLY and events.DISSOLVED_AT.date() <= due:
        return  # nobody could have stayed
    gone = stay.left_at is not None and stay.left_at.date() <= due
    if month not in months or (gone and stay.how != "leave"):
        return
    ledger.add(month, resolver.group_day(stay.group_id, due), f"member_retention_{age}", int(not gone), 1)


def _members(truth: Truth, resolver: Resolver, stays: list[Stay], group_id: str, month: str) -> None:
    """Who was in a group of which a snapshot tells, for everybody who answered for it meanwhile."""
    if not _has_snapshot(group_id, month):
        return
    for day in _days(month):
        midnight = dt.datetime.combine(day, dt.time(0), tzinfo=events.SHANGHAI)
        for person, _ in resolver.group_day(group_id, day):
            for stay in stays:
                if stay.joined_at.date() > day or (stay.left_at is not None and stay.left_at <= midnight):
                    continue
                if stay.joined_at.strftime("%Y-%m") < month:
                    truth.members[month, person, "existing_members"][stay.member] = 1
                for kpi in ("speaking_rate", "monthly_active_share"):
                    truth.members[month, person, kpi].setdefault(stay.member, 0)
                if stay.joined_at.date() == day:
                    truth.members[month, person, "new_member_activity"].setdefault(stay.member, 0)


def _activity(
    ledger: Ledger,
    truth: Truth,
    world: CommunityWorld,
    resolver: Resolver,
    stays: dict[str, list[Stay]],
) -> None:
    active: dict[tuple[str, str, str], list[dt.date]] = defaultdict(list)
    for row in world.member_days:
        active[row.group_id, row.member, row.day.strftime("%Y-%m")].append(row.day)
    joined = {
        (stay.group_id, stay.member, stay.joined_at.strftime("%Y-%m")) for known in stays.values() for stay in known
    }
    for row in world.member_days:
        month = row.day.strftime("%Y-%m")
        credit = resolver.group_day(row.group_id, row.day)
        own = active[row.group_id, row.member, month]
        ledger.add(month, credit, "participation_times", 1)
        if row.minutes is not None:
            ledger.add(month, credit, "participation_minutes", row.minutes)
        ledger.add(month, credit, "valid_message_share", row.valid, row.messages)
        part = even_part(1, own.index(row.day) + 1, len(own))
        ledger.add(month, credit, "posts_per_active_member", row.messages, part)
        for person, _ in credit:
            truth.members[month, person, "active_members"][row.member] = 1
            if not _has_snapshot(row.group_id, month):
                continue
            truth.members[month, person, "monthly_active_share"][row.member] = 1
            spoke = truth.members[month, person, "speaking_rate"]
            spoke[row.member] = max(spoke.get(row.member, 0), int(row.valid > 0))
            if (row.group_id, row.member, month) in joined:
                truth.members[month, person, "new_member_activity"][row.member] = 1


def _coverage(
    ledger: Ledger, world: CommunityWorld, resolver: Resolver, stays: dict[str, list[Stay]], month: str
) -> None:
    last = _days(month)[-1]
    reached: dict[str, list[int]] = defaultdict(list)
    for group_id, community, start, end in COMMUNITY_GROUPS:
        if not (dt.date.fromisoformat(start) <= last and (not end or last < dt.date.fromisoformat(end))):
            continue
        if _has_snapshot(group_id, month):
            reached[community].append(sum(stay.present(last) for stay in stays[group_id]))
        elif group_id in events.WITH_SHEET:
            reached[community].append(members_on(world, group_id, last))
    for community, _, _, _, target, start, end in COMMUNITIES:
        holds = dt.date.fromisoformat(start) <= last and (not end or last < dt.date.fromisoformat(end))
        if holds and target and community in reached:
            # every community has one group here, so nobody is in two
            credit = resolver.community(community, last)
            ledger.add(month, credit, "community_coverage", sum(reached[community]), int(target))


def _wecom(ledger: Ledger, world: CommunityWorld, resolver: Resolver) -> None:
    for row in world.staff_days:
        month, credit = row.day.strftime("%Y-%m"), resolver.wecom(row.userid, row.day)
        ledger.add(month, credit, "negative_feedback_rate", row.negative, row.chats)
        ledger.add(month, credit, "messages_per_chat", row.messages, row.chats)
        if row.reply_minutes is not None:
            ledger.add(month, credit, "wecom_reply_minutes", row.reply_minutes * row.chats, row.chats)
    for owner in world.owner_days:
        if (owner.day + dt.timedelta(days=1)).day == 1:
            credit = resolver.wecom(owner.owner, owner.day)
            month = owner.day.strftime("%Y-%m")
            ledger.add(month, credit, "wecom_spoken_share", owner.have_written, owner.members)
    for answer in world.answers:
        counted = (answer.accepted_at or answer.answered_at).date()
        credit = resolver.answer(answer.userid, answer.community_id, counted)
        ledger.add(counted.strftime("%Y-%m"), credit, "accepted_answers", int(answer.accepted_at is not None))
