"""WeCom's own statistics: groups by owner and day, and the behaviour of each member of staff by day.

Belongs here: the names of the API's fields and of the console's columns. The literal header of the console's workbook
is not known, so these are alias lists, not a fixed header. What SCRM tools make of groups and their members is in
`groups` and `members`.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

_DAY = ("stat time", "stat date", "date", "日期", "统计日期", "统计时间")

WECOM_OWNER_DAYS = SourceSpec(
    id="wecom_owner_days",
    family="wecom_owner",
    platform="wecom",
    grain="one row per group owner and day, cumulative as of the day, staff included",
    columns=(
        Column("day", _DAY, required=True, key=True, kind="date"),
        Column(
            "owner",
            ("owner userid", "群主", "群主账号", "群主ID"),
            required=True,
            key=True,
            kind="category",
            pseudonymise="actor:wecom",
        ),
        Column("new_chat_cnt", ("新增客户群数", "新增群数")),
        Column("chat_total", ("客户群总数", "群总数"), required=True),
        Column("chat_has_msg", ("有过消息的客户群数", "有过消息的群数")),
        Column("new_member_cnt", ("新增群人数", "新增群成员数")),
        Column("member_total", ("客户群总人数", "群成员总数", "群总人数"), required=True),
        Column("member_has_msg", ("有过消息的群成员数", "发过消息的群成员数"), required=True),
        Column("msg_total", ("群聊消息总数", "客户群消息总数")),
        Column("migrate_trainee_chat_cnt", ("迁移客户群数",)),
    ),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("day",),
    day_columns=("day",),
    key_columns=("day", "owner"),
    measure="member_total",
    measures=("member_total", "member_has_msg", "msg_total"),
)

WECOM_USER_DAYS = SourceSpec(
    id="wecom_user_days",
    family="wecom_behaviour",
    platform="wecom",
    grain="one row per member of staff (one userid) and day",
    columns=(
        Column("day", _DAY, required=True, key=True, kind="date"),
        Column(
            "userid",
            ("user id", "成员账号", "成员ID", "员工账号", "添加人账号"),
            required=True,
            key=True,
            kind="category",
            pseudonymise="actor:wecom",
        ),
        Column("chat_cnt", ("聊天总数", "单聊总数", "聊天客户数"), required=True),
        Column("message_cnt", ("发送消息数", "发送消息总数"), required=True),
        Column("reply_percentage", ("已回复聊天占比", "回复率")),
        Column("avg_reply_time", ("平均首次回复时长", "平均首次回复时长(分钟)")),
        Column(
            "negative_feedback_cnt",
            ("删除/拉黑成员的客户数", "删除拉黑成员的客户数", "被删除/拉黑客户数"),
            required=True,
        ),
        Column("new_apply_cnt", ("发起申请数", "新增申请数")),
        Column("new_contact_cnt", ("新增客户数", "新增联系人数")),
    ),
    ignored=("成员姓名", "成员", "部门", "name", "department"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("day",),
    day_columns=("day",),
    key_columns=("day", "userid"),
    measure="message_cnt",
    measures=("chat_cnt", "message_cnt", "negative_feedback_cnt"),
)

SPECS = (WECOM_OWNER_DAYS, WECOM_USER_DAYS)
