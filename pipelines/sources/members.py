"""Members of community groups: who was in a group on a day, who came and went, who took part, whose answers helped.

Belongs here: the headers of member snapshots (WeCom `groupchat/get`, SCRM member lists), of member logs (callback
`change_external_chat`, SCRM exports), of activity by member and day, and of the register of questions and answers.
Members are pseudonymised as customers, staff as actors of WeCom; names never land.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

_GROUP = ("group", "chat id", "group name", "群ID", "群聊ID", "群名称", "群聊名称", "客户群")
_MEMBER = ("member", "member userid", "external userid", "unionid", "成员ID", "群成员", "群成员ID", "客户ID")
_TYPE = ("type", "成员类型", "客户类型")
_SCENE = ("scene", "joinscene", "入群方式", "入群渠道")

GROUP_MEMBER_SNAPSHOTS = SourceSpec(
    id="group_member_snapshots",
    family="groups",
    platform="groups",
    grain="one row per group, member and day of the snapshot",
    columns=(
        Column(
            "snapshot_date",
            ("snapshot day", "as of", "快照日期", "截止日期", "导出日期"),
            required=True,
            key=True,
            kind="date",
        ),
        Column("group_id", _GROUP, required=True, key=True, kind="category"),
        Column("member_id", _MEMBER, required=True, key=True, kind="category", pseudonymise="customer"),
        Column("member_type", _TYPE, required=True, kind="category"),
        Column("join_time", ("joined at", "入群时间", "加群时间"), required=True, key=True, kind="datetime"),
        Column("join_scene", _SCENE, kind="category"),
        Column("invitor", ("invitor userid", "邀请人", "邀请人ID"), kind="category", pseudonymise="actor:wecom"),
    ),
    ignored=("name", "group nickname", "state", "昵称", "群昵称", "客户昵称"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("snapshot_date",),
    day_columns=("snapshot_date",),
    key_columns=("snapshot_date", "group_id", "member_id"),
)

GROUP_MEMBER_EVENTS = SourceSpec(
    id="group_member_events",
    family="groups",
    platform="groups",
    grain="one row per member and change; a dissolved group has one row without a member",
    columns=(
        Column(
            "occurred_at",
            ("event time", "create time", "time", "发生时间", "变更时间", "操作时间"),
            required=True,
            key=True,
            kind="datetime",
        ),
        Column("group_id", _GROUP, required=True, key=True, kind="category"),
        Column("member_id", _MEMBER, required=True, kind="category", pseudonymise="customer"),
        Column(
            "event",
            ("change", "updatedetail", "变更类型", "动作", "事件类型"),
            required=True,
            key=True,
            kind="category",
        ),
        Column("member_type", _TYPE, kind="category"),
        Column("join_scene", _SCENE, kind="category"),
        Column("quit_scene", ("quitscene", "退群方式"), kind="category"),
        Column("operator", ("operator userid", "操作人", "操作人账号"), kind="category", pseudonymise="actor:wecom"),
    ),
    ignored=("name", "昵称", "客户昵称"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("occurred_at",),
    day_columns=("occurred_at",),
    key_columns=("occurred_at", "group_id", "member_id", "event"),
)

MEMBER_ACTIVITY = SourceSpec(
    id="member_activity",
    family="member_activity",
    platform="groups",
    grain="one row per group, member and day with activity",
    columns=(
        Column("day", ("date", "日期", "统计日期", "活跃日期"), required=True, key=True, kind="date"),
        Column("group_id", _GROUP, required=True, key=True, kind="category"),
        Column("member_id", _MEMBER, required=True, key=True, kind="category", pseudonymise="customer"),
        Column("member_type", _TYPE, kind="category"),
        Column("messages", ("message count", "发言数", "发言条数", "消息数"), required=True, key=True),
        Column("valid_messages", ("valid message count", "有效发言数", "有效消息数")),
        Column("online_minutes", ("minutes online", "在线时长", "在线时长(分钟)", "在线分钟数")),
    ),
    ignored=("name", "昵称", "客户昵称"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("day",),
    day_columns=("day",),
    key_columns=("day", "group_id", "member_id"),
    measure="messages",
    measures=("messages", "valid_messages", "online_minutes"),
)

QA_REGISTER = SourceSpec(
    id="qa_register",
    family="qa",
    platform="groups",
    grain="one row per answer",
    columns=(
        Column("answer_id", ("answer", "回答ID", "回答编号", "答案编号"), required=True, key=True, kind="category"),
        Column("question_id", ("question", "问题ID", "问题编号"), kind="category"),
        Column("answered_at", ("answer time", "回答时间"), required=True, key=True, kind="datetime"),
        Column("community_id", ("community", "社群", "社群ID"), kind="category"),
        Column("answered_by", ("answerer", "回答人", "回答人账号"), kind="category", pseudonymise="actor:wecom"),
        Column("accepted", ("is accepted", "是否采纳", "采纳"), required=True, kind="bool"),
        Column("accepted_at", ("acceptance time", "采纳时间"), kind="datetime"),
    ),
    ignored=("title", "question text", "answer text", "标题", "问题", "回答"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("answered_at", "accepted_at"),
    day_columns=("accepted_at", "answered_at"),
    key_columns=("answer_id",),
)

SPECS = (GROUP_MEMBER_SNAPSHOTS, GROUP_MEMBER_EVENTS, MEMBER_ACTIVITY, QA_REGISTER)
