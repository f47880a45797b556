"""Community groups by day: the generic sheet that WeCom consoles and SCRM tools can be brought to.

Belongs here: its headers. The console's literal header row is not known, so this is an alias list, not a fixed header.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

COMMUNITY_GROUP_DAILY = SourceSpec(
    id="community_group_daily",
    family="groups",
    platform="groups",
    grain="one row per group and day",
    columns=(
        Column("day", ("date", "日期", "统计日期", "日付", "datum"), required=True, key=True, kind="date"),
        Column(
            "group_id",
            ("group", "group name", "chat id", "群ID", "群名称", "群聊名称", "客户群", "グループ"),
            required=True,
            key=True,
            kind="category",
        ),
        Column("owner", ("group owner", "群主", "负责人", "オーナー"), kind="category", pseudonymise="actor:wecom"),
        Column(
            "members_total",
            ("members", "member total", "群成员总数", "客户群总人数", "群总人数", "群人数", "メンバー数"),
            required=True,
        ),
        Column(
            "members_active",
            (
                "active members",
                "member has msg",
                "有过消息的群成员数",
                "发过消息的群成员数",
                "发言人数",
                "アクティブメンバー数",
            ),
        ),
        Column(
            "messages",
            ("message count", "msg total", "群聊消息总数", "消息数", "发言条数", "メッセージ数"),
            required=True,
        ),
        Column(
            "members_joined",
            ("joined", "new members", "新增群成员数", "新增群人数", "今日入群客户人次", "入群人数", "参加者数"),
        ),
        Column("members_left", ("left", "退群人数", "今日退群客户人次", "退群成员数", "退会者数")),
        Column("members_removed", ("removed", "移出人数", "踢出人数")),
    ),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("day",),
    day_columns=("day",),
    key_columns=("day", "group_id"),
    measure="messages",
    measures=("members_total", "messages"),
)

SPECS = (COMMUNITY_GROUP_DAILY,)
