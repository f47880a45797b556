"""Sources of communities: headers as consoles, callbacks and SCRM tools write them, and what is pseudonymised."""

from __future__ import annotations

import pytest
from landing_builders import Home

from pipelines.company.keys import Pseudonymiser

CASES = {
    "wecom_owner_days": (
        "wecom/客户群统计_2026-10-31.csv",
        "统计日期,群主,新增客户群数,客户群总数,有过消息的客户群数,新增群人数,客户群总人数,有过消息的群成员数,群聊消息总数",
        '2026-10-31,AnnW,0,3,2,5,"1,310",81,900',
        {"day": "2026-10-31", "chat_total": "3", "member_total": "1310", "member_has_msg": "81", "msg_total": "900"},
    ),
    "wecom_user_days": (
        "wecom/behavior.csv",
        "stat_time,userid,chat_cnt,message_cnt,reply_percentage,avg_reply_time,negative_feedback_cnt,new_apply_cnt,"
        "new_contact_cnt",
        "2026-10-31,AnnW,0,0,,,0,2,1",
        # absent is not zero
        {"chat_cnt": "0", "reply_percentage": None, "avg_reply_time": None, "new_contact_cnt": "1"},
    ),
    "group_member_snapshots": (
        "groups/members.csv",
        "快照日期,群ID,群成员ID,成员类型,入群时间,入群方式,邀请人,昵称",
        "2026-10-31,G1,wm_1,2,2026-10-05 09:30:00,3,AnnW,小明",
        {"snapshot_date": "2026-10-31", "member_type": "2", "join_time": "2026-10-05 09:30:00"},
    ),
    "group_member_events": (
        "groups/log.csv",
        "time,chat_id,member,UpdateDetail,JoinScene,QuitScene,operator",
        "2026-10-05 09:30:00,G1,wm_1,del_member,,1,AnnW",
        {"occurred_at": "2026-10-05 09:30:00", "event": "del_member", "quit_scene": "1"},
    ),
    "member_activity": (
        "groups/activity.csv",
        "日期,群ID,群成员ID,发言条数,有效发言数,在线时长(分钟)",
        "2026-10-05,G1,wm_1,7,5,",
        {"messages": "7", "valid_messages": "5", "online_minutes": None},
    ),
    "qa_register": (
        "groups/qa.csv",
        "回答ID,问题ID,回答时间,社群,回答人,是否采纳,采纳时间,标题",
        "A1,Q1,2026-10-05 09:30:00,c1,AnnW,是,2026-10-06 10:00:00,怎么配置",
        {"answer_id": "A1", "accepted": "true", "accepted_at": "2026-10-06 10:00:00", "community_id": "c1"},
    ),
}
PERSONS = {
    "owner": "actor",
    "userid": "actor",
    "invitor": "actor",
    "operator": "actor",
    "answered_by": "actor",
    "member_id": "customer",
}


@pytest.mark.parametrize("spec_id", CASES)
def test_the_true_header_lands(home: Home, spec_id: str) -> None:
    label, header, row, expected = CASES[spec_id]
    home.put(label, f"{header}\n{row}\n")
    record = home.only()
    assert (record.spec_id, record.broken_rows, record.unknown_columns) == (spec_id, 0, [])
    landed = home.table(record).to_pylist()[0]
    assert {name: landed[name] for name in expected} == expected


@pytest.mark.parametrize("spec_id", CASES)
def test_nobody_lands_under_their_own_name(home: Home, spec_id: str) -> None:
    label, header, row, _ = CASES[spec_id]
    home.put(label, f"{header}\n{row}\n")
    landed = home.table(home.only()).to_pylist()[0]
    assert not {"AnnW", "wm_1", "小明", "怎么配置"} & {str(value) for value in landed.values()}
    keys = Pseudonymiser.from_home(home.path)
    assert {name: landed[name] for name in PERSONS if landed.get(name)} == {
        name: keys.customer("wm_1") if PERSONS[name] == "customer" else keys.actor("wecom", "AnnW")
        for name in PERSONS
        if landed.get(name)
    }


def test_a_dissolved_group_has_no_member(home: Home) -> None:
    home.put("groups/log.csv", "time,chat_id,member,UpdateDetail\n2026-10-05 09:30:00,G1,,dismiss\n")
    record = home.only()
    assert (record.broken_rows, home.table(record)["member_id"].to_pylist()) == (0, [None])
