"""Files of the communities as WeCom consoles and SCRM tools write them, and people/communities.csv.

Belongs here: headers, and which group is told of by what. Does not belong here: what happened (`community_events`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipelines.demo import community_events as events
from pipelines.demo.community_events import CommunityWorld, StaffDay
from pipelines.demo.credit import Resolver
from pipelines.demo.deliveries import export_day
from pipelines.demo.events import GroupDay
from pipelines.demo.files import csv_text, write_text
from pipelines.demo.roster import COMMUNITIES, COMMUNITY_GROUPS, Roster
from pipelines.demo.x_events import month_bounds

COMMUNITIES_HEADER = ("community_id", "name", "type", "stage", "target_population", "valid_from", "valid_to")
COMMUNITY_GROUPS_HEADER = ("group_id", "community_id", "valid_from", "valid_to")
GROUPS_HEADER = (
    "统计日期", "群ID", "群主", "群成员总数", "发言人数", "群聊消息总数", "新增群成员数", "退群人数", "移出人数",
)  # fmt: skip
SNAPSHOT_HEADER = ("快照日期", "群ID", "群成员ID", "成员类型", "入群时间", "入群方式", "邀请人", "昵称")
LOG_HEADER = ("time", "chat_id", "member", "UpdateDetail", "JoinScene", "QuitScene", "operator")
ACTIVITY_HEADER = ("日期", "群ID", "群成员ID", "发言条数", "有效发言数", "在线时长(分钟)")
STAFF_HEADER = (
    "stat_time", "userid", "chat_cnt", "message_cnt", "reply_percentage", "avg_reply_time", "negative_feedback_cnt",
    "new_apply_cnt", "new_contact_cnt",
)  # fmt: skip
OWNER_HEADER = ("统计日期", "群主", "客户群总数", "客户群总人数", "有过消息的群成员数", "群聊消息总数")
ANSWERS_HEADER = ("回答ID", "问题ID", "回答时间", "社群", "回答人", "是否采纳", "采纳时间", "标题")


def write_communities(home: Path, roster: Roster, resolver: Resolver, world: CommunityWorld, months: list[str]) -> None:
    """Write people/communities.csv, people/community_groups.csv and the exports of all months."""
    people = home / "people"
    write_text(people / "communities.csv", csv_text(COMMUNITIES_HEADER, COMMUNITIES))
    write_text(people / "community_groups.csv", csv_text(COMMUNITY_GROUPS_HEADER, COMMUNITY_GROUPS))
    for month in months:
        dated = export_day(month).isoformat()
        groups, wecom = home / "exports" / "groups" / dated, home / "exports" / "wecom" / dated
        _sheet(groups, resolver, world, month)
        _snapshots(groups, world, month)
        _log(groups, world, month)
        _activity(groups, world, month)
        _answers(groups, world, month)
        _table(wecom / f"user_behavior_{month}.csv", STAFF_HEADER, _staff_rows(_of(world.staff_days, month)))
        _table(
            wecom / f"客户群统计_{month}.csv",
            OWNER_HEADER,
            (
                (str(row.day), row.owner, "2", str(row.members), str(row.have_written), "900")
                for row in world.owner_days
                if _month(row.day) == month
            ),
        )
    if _month(events.EARLY_ZEROS_ON) in months:
        _early_zeros(home / "exports" / "wecom" / (events.EARLY_ZEROS_ON + dt.timedelta(days=1)).isoformat(), world)


def snapshot_days(month: str) -> tuple[dt.date, dt.date]:
    """The two days of a month at whose end the members are listed."""
    first, after = month_bounds(month)
    return first + dt.timedelta(days=14), after - dt.timedelta(days=1)


def members_on(world: CommunityWorld, group_id: str, day: dt.date) -> int:
    """How many a sheet shows at the end of a day, staff included."""
    return sum(stay.group_id == group_id and stay.present(day) for stay in world.stays) + events.STAFF_IN_GROUP


def owner_on(group_id: str, day: dt.date, resolver: Resolver) -> str:
    """The owner's userid that a sheet states for a day."""
    return resolver.wecom_owner(group_id, day)


def moves_on(world: CommunityWorld, group_id: str, day: dt.date) -> tuple[int, int, int]:
    """Who joined, left and was removed on a day."""
    own = [stay for stay in world.stays if stay.group_id == group_id]
    gone = [stay.how for stay in own if stay.left_at is not None and stay.left_at.date() == day]
    return sum(stay.joined_at.date() == day for stay in own), gone.count("leave"), gone.count("removed")


def sheet_days(resolver: Resolver, world: CommunityWorld, months: list[str]) -> list[GroupDay]:
    """What the sheets say of every day of the groups that they tell of; a quarter of the members is active."""
    days: list[GroupDay] = []
    for month in months:
        first, after = month_bounds(month)
        for group_id in events.WITH_SHEET:
            for number in range((after - first).days):
                day = first + dt.timedelta(days=number)
                total, owner = members_on(world, group_id, day), owner_on(group_id, day, resolver)
                days.append(
                    GroupDay(day, group_id, owner, total, total // 4, total * 2, *moves_on(world, group_id, day))
                )
    return days


def _sheet(folder: Path, resolver: Resolver, world: CommunityWorld, month: str) -> None:
    rows: list[Sequence[str]] = []
    for told in sheet_days(resolver, world, [month]):
        counts = (told.members_total, told.members_active, told.messages, told.joined, told.left, told.removed)
        rows.append((told.day.isoformat(), told.group_id, told.owner, *(str(n) for n in counts)))
    title = f"客户群统计（{month}）\n"  # consoles print a title row above the header
    text = title + csv_text(GROUPS_HEADER, rows)
    write_text(folder / f"group_daily_{month}.csv", text, encoding="utf-8-sig")


def _snapshots(folder: Path, world: CommunityWorld, month: str) -> None:
    rows: list[Sequence[str]] = []
    for day in snapshot_days(month):
        for group_id in events.WITH_SNAPSHOTS:
            inside = [stay for stay in world.stays if stay.group_id == group_id and stay.present(day)]
            rows += [
                (str(day), group_id, stay.member, "2", _time(stay.joined_at), "3", "", "某客户") for stay in inside
            ]
            if inside:
                rows.append((str(day), group_id, f"staff-{group_id}", "1", _time(events.FOUNDERS_JOINED), "1", "", ""))
    _table(folder / f"group_members_{month}.csv", SNAPSHOT_HEADER, rows)


def _log(folder: Path, world: CommunityWorld, month: str) -> None:
    told: list[tuple[dt.datetime, Sequence[str]]] = []
    for stay in world.stays:
        if stay.group_id not in events.WITH_LOG:
            continue
        if _month(stay.joined_at.date()) == month:
            told.append((stay.joined_at, (stay.group_id, stay.member, "add_member", "3", "", "")))
        if stay.left_at is not None and _month(stay.left_at.date()) == month:
            scene = "1" if stay.how == "removed" else "0"
            told.append((stay.left_at, (stay.group_id, stay.member, "del_member", "", scene, "")))
    if _month(events.DISSOLVED_AT.date()) == month:
        told.append((events.DISSOLVED_AT, (events.SNAPSHOT_ONLY, "", "dismiss", "", "", "")))
    rows = [(_time(at), *cells) for at, cells in sorted(told)]
    _table(folder / f"member_log_{month}.csv", LOG_HEADER, rows)


def _activity(folder: Path, world: CommunityWorld, month: str) -> None:
    rows = [
        (
            str(row.day), row.group_id, row.member, str(row.messages), str(row.valid),
            "" if row.minutes is None else str(row.minutes),
        )
        for row in world.member_days
        if _month(row.day) == month
    ]  # fmt: skip
    _table(folder / f"member_activity_{month}.csv", ACTIVITY_HEADER, rows)


def _answers(folder: Path, world: CommunityWorld, month: str) -> None:
    rows = [
        (
            row.answer_id, f"Q-{row.answer_id}", _time(row.answered_at), row.community_id, row.userid,
            "是" if row.accepted_at else "否", _time(row.accepted_at) if row.accepted_at else "", "如何配置",
        )
        for row in world.answers
        if _month(row.answered_at.date()) == month
    ]  # fmt: skip
    _table(folder / f"qa_register_{month}.csv", ANSWERS_HEADER, rows)


def _early_zeros(folder: Path, world: CommunityWorld) -> None:
    """An export at 02:32 that is all zeros, and its correction later on the same day."""
    rows = [row for row in world.staff_days if row.day == events.EARLY_ZEROS_ON]
    zeros = [(str(row.day), row.userid, "0", "0", "", "", "0", "0", "0") for row in rows]
    _table(folder / "user_behavior_0232.csv", STAFF_HEADER, zeros)
    _table(folder / "user_behavior_1010.csv", STAFF_HEADER, _staff_rows(rows))


def _staff_rows(rows: Iterable[StaffDay]) -> list[Sequence[str]]:
    return [
        (
            str(row.day), row.userid, str(row.chats), str(row.messages), "" if row.reply_minutes is None else "88.5",
            "" if row.reply_minutes is None else str(row.reply_minutes), str(row.negative), str(row.contacts),
            str(row.contacts),
        )
        for row in rows
    ]  # fmt: skip


def _of(rows: Iterable[StaffDay], month: str) -> list[StaffDay]:
    return [row for row in rows if _month(row.day) == month]


def _month(day: dt.date) -> str:
    return day.strftime("%Y-%m")


def _time(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def _table(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    write_text(path, csv_text(header, rows))
