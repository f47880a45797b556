"""Exports of Eventbrite, ACCUPASS, a survey tool and Chatwoot in their own headers, with rows made up here."""

from __future__ import annotations

import pytest
from landing_builders import Home, to_csv

EVENTBRITE = (
    "Order #,Order Date,First Name,Last Name,Email,Quantity,Price Tier,Ticket Type,Attendee #,Group,Order Type,"
    "Currency,Total Paid,Fees Paid,Eventbrite Fees,Eventbrite Payment Processing,Attendee Status,Which session?"
)
GUEST = "100,2026-10-01 09:00:00,Ann,Lee,ann@x.example,1,,General,900,,Eventbrite Completed,CNY,9,1,1,0,Checked In,A"


def test_an_eventbrite_list_takes_its_event_from_the_files_name(home: Home) -> None:
    home.put("eventbrite/event_E-17_attendees.csv", f"{EVENTBRITE}\n{GUEST}\n")
    record = home.only()
    assert (record.spec_id, record.rows, record.unknown_columns) == ("eventbrite_attendees", 1, ["Which session?"])
    landed = home.table(record).to_pylist()[0]
    assert (landed["event_id"], landed["attendee_id"], landed["status"]) == ("E-17", "900", "Checked In")
    assert landed["email"].startswith("c_")
    assert not {"ann@x.example", "Ann"} & set(map(str, landed.values()))


def test_a_list_whose_event_nobody_names_is_set_aside(home: Home) -> None:
    home.put("eventbrite/report.csv", f"{EVENTBRITE}\n{GUEST}\n")
    record = home.only()
    assert record.status == "quarantined"
    assert "event_id" in record.reason


def test_a_column_with_the_event_goes_before_the_files_name(home: Home) -> None:
    home.put("eventbrite/event_E-17.csv", f"event_id,{EVENTBRITE}\nE-9,{GUEST}\n")
    assert home.table(home.only()).to_pylist()[0]["event_id"] == "E-9"


def test_17_an_empty_upload_is_set_aside_and_no_list_of_nobody(home: Home) -> None:
    home.put("eventbrite/event_E-17.csv", f"{EVENTBRITE}\n")
    assert home.only().status == "quarantined"


@pytest.mark.parametrize(
    ("label", "header", "row", "spec_id", "expected"),
    [
        (
            "accupass/活動_E1_名單.csv",
            "票券編號,訂單編號,報名時間,姓名,Email,手機,票券名稱,出票方式,原票券編號,票券狀態,報到狀態",
            "T2,O1,2026-10-01 09:00:00,王,w@x.example,0900,一般票,線上報名,T1,有效,已報到",
            "accupass_participants",
            {"event_id": "E1", "reissued_from": "T1", "issue_type": "線上報名"},
        ),
        (
            "events/register.csv",
            "活动编号,活动名称,活动类型,活动开始时间,负责人,邀请人数,费用,收入,结算日期,产出数,采纳数,创意日期",
            'E1,沙龙,共创,2026-10-10 14:00,Ann,"1,200",100,600,2026-10-20,4,1,2026-09-01',
            "event_register",
            {"event_type": "共创", "invited": "1200", "settled_on": "2026-10-20"},
        ),
        (
            "surveys/answers.csv",
            "Response ID,Survey type,Sent,Submitted,Agent,Score,Scale",
            "1,CSAT,2026-10-01 09:00:00,,Ann,,1-5",
            "survey_answers",
            {"answered_at": None, "score": None, "scale": "1-5"},
        ),
        (
            "chatwoot/reporting_events.csv",
            "id,name,value,value_in_business_hours,user_id,conversation_id,inbox_id,event_start_time,event_end_time",
            "5,first_response,600,600,3,77,7,2026-10-01T01:00:00Z,2026-10-01T01:10:00Z",
            "chatwoot_events",
            {"conversation_id": "77", "event_name": "first_response"},
        ),
        (
            "chatwoot/conversations.csv",
            "display_id,inbox_id,status,created_at",
            "77,7,open,2026-10-01T01:00:00Z",
            "chatwoot_conversations",
            {"conversation_id": "77", "status": "open"},
        ),
    ],
)
def test_true_headers(
    home: Home, label: str, header: str, row: str, spec_id: str, expected: dict[str, str | None]
) -> None:
    home.put(label, f"{header}\n{row}\n")
    record = home.only()
    assert (record.spec_id, record.broken_rows) == (spec_id, 0)
    landed = home.table(record).to_pylist()[0]
    assert {name: landed[name] for name in expected} == expected


def test_23_the_same_list_under_another_name_is_a_duplicate_only_for_the_same_event(home: Home) -> None:
    rows = to_csv([EVENTBRITE.split(","), GUEST.split(",")])
    for name in ("event_E-1_a.csv", "event_E-1_b.csv", "event_E-2_a.csv"):
        home.put(f"eventbrite/{name}", rows)
    states = sorted(record.status for record in home.ingest().records)
    assert states == ["duplicate", "landed", "landed"]
