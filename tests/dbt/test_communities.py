"""Communities from landed rows to inputs: several files, months and owners that no single model shows.

Belongs here: members out of snapshots and logs, hand-overs, WeCom's early zeros. The formulas of single KPIs stand in
the unit tests beside the models.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from harness.warehouse import ScratchWarehouse

SHANGHAI = "Asia/Shanghai"
JOINED = "2026-08-20 12:00:00"


def snapshot(scratch: ScratchWarehouse, rank: int, day: str, group: str, members: dict[str, str], **more: str) -> None:
    """Land a snapshot: members with the times at which they joined."""
    rows = [
        {"snapshot_date": day, "group_id": group, "member_id": member, "member_type": "2", "join_time": joined, **more}
        for member, joined in members.items()
    ]
    scratch.landing(
        "group_member_snapshots", rows, content_id=f"{group}{rank}", file_rank=rank, exported_at=day, timezone=SHANGHAI
    )


def log(scratch: ScratchWarehouse, rank: int, exported: str, *rows: dict[str, str]) -> None:
    """Land a log of changes."""
    scratch.landing(
        "group_member_events",
        list(rows),
        content_id=f"log{rank}",
        file_rank=100 + rank,
        exported_at=exported,
        timezone=SHANGHAI,
    )


def sheet(scratch: ScratchWarehouse, rank: int, *rows: dict[str, str]) -> None:
    """Land a sheet of groups by day."""
    scratch.landing(
        "community_group_daily", list(rows), content_id=f"sheet{rank}", file_rank=200 + rank, exported_at="2026-11-09"
    )


def company(scratch: ScratchWarehouse) -> None:
    """Three people: ann hands g over to ben on the 16th; c has its owner alone; d's community is cat's."""
    for person in ("p_ann", "p_ben", "p_cat"):
        scratch.person(person)
    scratch.assign("group", "g", "p_ann", valid_to="2026-10-16")
    scratch.assign("group", "g", "p_ben", valid_from="2026-10-16")
    scratch.assign("community", "club", "p_cat")
    scratch.identity("wecom", "w_ann", "p_ann", valid_to="2026-10-16")
    scratch.identity("wecom", "w_ben", "p_ben")
    group = {"community_id": "club", "valid_from": "2026-01-01", "valid_to": "9999-12-31"}
    scratch.company("community_groups", [{**group, "group_id": name} for name in ("g", "d", "x")])
    scratch.company(
        "communities",
        [
            {
                "community_id": "club", "community_type": "content", "stage": "growth", "target_population": 10,
                "valid_from": "2026-01-01", "valid_to": "9999-12-31",
            }
        ],
    )  # fmt: skip


def members(scratch: ScratchWarehouse) -> None:
    """Group g in three snapshots, with a log of one removal; group x is dissolved on 20 October."""
    everybody = dict.fromkeys(("stays", "leaves", "removed", "absent once", "returns"), JOINED)
    # a snapshot of the day on which they joined: with a later one as the first, only the stayers would be known
    snapshot(scratch, 0, "2026-08-20", "g", everybody)
    snapshot(scratch, 1, "2026-09-30", "g", {**everybody, "boss": JOINED})
    snapshot(scratch, 2, "2026-10-11", "g", {"stays": JOINED, "returns": JOINED, "new": "2026-10-05 09:00:00"})
    # a member is back with another time of joining: a new stay; one with the old time had never left
    back = {"stays": JOINED, "absent once": JOINED, "new": "2026-10-05 09:00:00", "returns": "2026-10-20 10:00:00"}
    snapshot(scratch, 3, "2026-10-31", "g", back)
    staff = {
        "snapshot_date": "2026-10-31", "group_id": "g", "member_id": "boss", "member_type": "1", "join_time": JOINED,
    }  # fmt: skip
    scratch.landing("group_member_snapshots", [staff], content_id="boss", file_rank=50, exported_at="2026-10-31")
    event = {"group_id": "g", "event": "del_member", "quit_scene": "1", "occurred_at": "2026-10-02 23:30:00"}
    log(scratch, 1, "2026-11-05", {**event, "member_id": "removed"}, {**event, "member_id": "removed"})
    snapshot(scratch, 0, "2026-08-20", "x", {"one": JOINED, "two": JOINED})
    snapshot(scratch, 1, "2026-10-15", "x", {"one": JOINED, "two": JOINED})
    gone = {"occurred_at": "2026-10-20 12:00:00", "group_id": "x"}
    log(
        scratch,
        2,
        "2026-11-06",
        {**gone, "member_id": "one", "event": "del_member", "quit_scene": "0"},
        {**gone, "member_id": "", "event": "dismiss"},
        {**gone, "group_id": "d", "member_id": "odd", "event": "teleported"},
    )


def days(scratch: ScratchWarehouse) -> None:
    """Sheets of group c, whose owner changes on the 16th, and of group d."""
    row = {"group_id": "c", "messages": "9", "members_joined": "2", "members_left": "1", "members_removed": "0"}
    total = {"day": "2026-09-30", "members_total": "31", "owner": "w_ann"}
    sheet(
        scratch,
        1,
        {**row, **total},
        {**row, "day": "2026-10-15", "members_total": "32", "owner": "w_ann"},
        {**row, "day": "2026-10-16", "members_total": "33", "owner": "w_ben"},
        {**row, "day": "2026-10-31", "members_total": "34", "owner": "w_ann"},
        {**row, "group_id": "d", "day": "2026-10-31", "members_total": "7", "owner": "nobody"},
    )


def early_zeros(scratch: ScratchWarehouse) -> None:
    """Exports of 02:32 with zeros: corrected on the same day, by a later export, never, and after the values."""
    zeros = {"chat_cnt": "0", "message_cnt": "0", "negative_feedback_cnt": "0", "avg_reply_time": ""}
    real = {"chat_cnt": "20", "message_cnt": "60", "negative_feedback_cnt": "1", "avg_reply_time": "4.5"}
    cases = {
        "same day": [(zeros, "2026-10-13"), (real, "2026-10-13")],
        "next day": [(zeros, "2026-10-13"), (real, "2026-10-14")],
        "never": [(zeros, "2026-10-13")],
        "overwritten": [(real, "2026-10-13"), (zeros, "2026-10-14")],
    }
    rank = 300
    for user, versions in cases.items():
        for values, exported in versions:
            rank += 1
            rows = [{"day": "2026-10-12", "userid": user, **values}]
            scratch.landing("wecom_user_days", rows, content_id=f"user{rank}", file_rank=rank, exported_at=exported)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScratchWarehouse]:
    """September and October 2026 out of all of them."""
    with ScratchWarehouse(tmp_path_factory.mktemp("communities")) as scratch:
        company(scratch)
        members(scratch)
        days(scratch)
        early_zeros(scratch)
        scratch.months("2026-09", "2026-10")
        scratch.dbt("run", "--select", "+int_kpi_inputs_groups", "+int_kpi_inputs_members", "+int_kpi_inputs_wecom")
        yield scratch


def stays(built: ScratchWarehouse, group: str) -> dict[str, list[tuple[Any, Any, Any]]]:
    """Joining day, exit day and kind of exit of every member of a group."""
    found: dict[str, list[tuple[Any, Any, Any]]] = {}
    for row in built.rows(
        "select member_key, cast(joined_day as varchar) as joined, cast(exit_day as varchar) as gone, exit_kind "
        f"from intermediate.int_member_spells where group_id = '{group}' order by all"
    ):
        found.setdefault(row["member_key"], []).append((row["joined"], row["gone"], row["exit_kind"]))
    return found


@pytest.mark.req("001-K11")
@pytest.mark.req("002-K1")
def test_8_leavers_are_seen_by_the_difference_of_snapshots_and_removals_by_the_log(built: ScratchWarehouse) -> None:
    assert stays(built, "g") == {
        "stays": [("2026-08-20", None, None)],
        # not in the snapshot of the 11th, nor in any later one
        "leaves": [("2026-08-20", "2026-10-11", "leave")],
        # the log says who did it and when: 23:30 in Shanghai is the 2nd, told twice it is one
        "removed": [("2026-08-20", "2026-10-02", "removed")],
        # back with the old time of joining: a hole in a snapshot, not a leaver
        "absent once": [("2026-08-20", None, None)],
        "new": [("2026-10-05", None, None)],
        "returns": [("2026-08-20", "2026-10-20", "leave"), ("2026-10-20", None, None)],
    }


@pytest.mark.req("001-K11")
def test_8_a_dissolved_group_is_not_left(built: ScratchWarehouse) -> None:
    assert {exits[0][1:] for exits in stays(built, "x").values()} == {("2026-10-20", "dissolved")}
    rows = built.rows(
        "select sum(members_left__n) as gone, sum(members_removed__n) as removed, sum(members_closing__n) as closing "
        "from intermediate.int_kpi_inputs_groups where subject_id = 'x' and month = date '2026-10-01'"
    )
    assert rows == [{"gone": Decimal(0), "removed": Decimal(0), "closing": Decimal(0)}]


@pytest.mark.req("001-K1")
def test_a_hand_over_splits_the_opening_members_by_days_and_the_rest_by_the_day(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select person_id, sum(member_growth_rate__n) as net, sum(member_growth_rate__d) as opening, "
        "sum(members_joined__n) as joined, sum(members_left__n) as gone, sum(members_closing__n) as closing "
        "from intermediate.int_kpi_inputs_groups where subject_id = 'g' and month = date '2026-10-01' "
        "group by person_id order by person_id"
    )
    ann, ben = rows
    # five at the beginning (staff do not count), 15 of 31 days ann's: 5 x 15 / 31, cut at the twelfth decimal
    assert (ann["person_id"], ann["net"], ann["joined"], ann["gone"], ann["closing"]) == ("p_ann", 0, 1, 1, None)
    assert ann["opening"] == Decimal(5 * 15 * 10**12 // 31) / 10**12
    assert (ben["person_id"], ben["net"], ben["joined"], ben["gone"], ben["closing"]) == ("p_ben", 0, 1, 1, 4)
    assert ann["opening"] + ben["opening"] == 5


@pytest.mark.req("001-K1")
def test_8_an_owner_change_moves_the_credit_with_the_day(built: ScratchWarehouse) -> None:
    """Group c was given to nobody: the owner on the sheet decides; a login that is nobody's by then is nobody."""
    rows = built.rows(
        "select person_id, sum(members_joined__n) as joined, sum(member_growth_rate__d) as opening, "
        "sum(members_closing__n) as closing from intermediate.int_kpi_inputs_groups "
        "where subject_id = 'c' and month = date '2026-10-01' and member_growth_rate__d is not null "
        "group by person_id order by person_id"
    )
    assert [(row["person_id"], row["joined"], row["opening"], row["closing"]) for row in rows] == [
        ("UNASSIGNED", 2, 1, 34),
        ("p_ann", 2, 1, None),
        ("p_ben", 2, 1, None),
    ]


def test_a_group_of_nobody_is_its_communitys(built: ScratchWarehouse) -> None:
    rows = built.rows("select distinct person_id from intermediate.int_kpi_inputs_groups where subject_id = 'd'")
    assert rows == [{"person_id": "p_cat"}]


def test_an_unknown_word_of_a_log_is_told_as_a_contradiction(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select cast(day as varchar) as day from intermediate.int_group_days where group_id = 'd' and has_conflict"
    )
    assert rows == [{"day": "2026-10-20"}]


@pytest.mark.req("003-K10")
def test_a_community_of_which_not_all_members_are_known_adds_its_groups_up(built: ScratchWarehouse) -> None:
    """g has 4 known members, x was dissolved, d has only a sheet with 7; the dissolved one hides no other."""
    rows = built.rows(
        "select members_reached, target_population from intermediate.int_community_months "
        "where month = date '2026-10-01'"
    )
    assert rows == [{"members_reached": 11, "target_population": 10}]


@pytest.mark.req("002-K8")
@pytest.mark.req("003-K2")
@pytest.mark.req("001-K6")
def test_joiners_of_august_mature_in_september_and_october(built: ScratchWarehouse) -> None:
    """Five of g and two of x joined on 20 August: day 30 is 19 September, day 60 is 19 October."""
    rows = built.rows(
        "select strftime(month, '%Y-%m') as month, subject_id, sum(member_retention_30__n) as there_30, "
        "sum(member_retention_30__d) as of_30, sum(member_retention_60__n) as there_60, "
        "sum(member_retention_60__d) as of_60 from intermediate.int_kpi_inputs_groups "
        "where member_retention_30__d is not null or member_retention_60__d is not null group by all order by all"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("2026-09", "g", 5, 5, None, None),
        ("2026-09", "x", 2, 2, None, None),
        # one left before; one was removed before and is in neither number; who left on the 20th was there on the 19th
        ("2026-10", "g", None, None, 3, 4),
        ("2026-10", "x", None, None, 2, 2),
    ]


@pytest.mark.parametrize(
    ("user", "chats", "contradicts"),
    [("same day", 20, False), ("next day", 20, False), ("never", 0, False), ("overwritten", 20, True)],
)
def test_6_zeros_of_the_early_morning_are_no_version_of_the_day(
    built: ScratchWarehouse, user: str, chats: int, contradicts: bool
) -> None:
    rows = built.rows(f"select chat_cnt, has_conflict from intermediate.int_wecom_days where actor_key = '{user}'")
    assert rows == [{"chat_cnt": chats, "has_conflict": contradicts}]


def test_7_an_absent_reply_time_is_no_zero(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select wecom_reply_minutes__d as d from intermediate.int_kpi_inputs_wecom where record_id like 'never|%'"
    )
    assert rows == [{"d": None}]


def test_a_group_whose_snapshot_fails_to_come_is_a_contradiction(tmp_path: Any) -> None:
    """Members were in it, nobody dissolved it, and the month has no snapshot: nothing may be paid on that."""
    with ScratchWarehouse(tmp_path) as scratch:
        snapshot(scratch, 1, "2026-09-30", "g", {"one": JOINED})
        snapshot(scratch, 1, "2026-09-30", "h", {"two": JOINED})
        snapshot(scratch, 2, "2026-10-31", "h", {"two": JOINED})
        scratch.months("2026-10")
        scratch.dbt("run", "--select", "+int_group_days")
        rows = scratch.rows(
            "select group_id, bool_and(has_conflict) as every_day, bool_or(has_conflict) as any_day "
            "from intermediate.int_group_days group by group_id order by group_id"
        )
    assert [tuple(row.values()) for row in rows] == [("g", True, True), ("h", False, False)]


def test_who_came_before_the_first_snapshot_is_no_cohort(tmp_path: Any) -> None:
    """Of September's joiners a first snapshot in October shows those who stayed; the sheet has September's say."""
    with ScratchWarehouse(tmp_path) as scratch:
        snapshot(scratch, 1, "2026-10-31", "g", {"stayed": "2026-09-10 12:00:00"})
        day = {"group_id": "g", "day": "2026-09-10", "members_total": "9", "messages": "1"}
        sheet(scratch, 1, {**day, "members_joined": "3", "members_left": "2", "members_removed": "0"})
        scratch.months("2026-09", "2026-10")
        scratch.dbt("run", "--select", "+int_kpi_inputs_groups")
        rows = scratch.rows(
            "select sum(members_joined__n) as joined, sum(members_left__n) as gone, "
            "count(member_retention_30__d) as cohort from intermediate.int_kpi_inputs_groups "
            "where month = date '2026-09-01' or member_retention_30__d is not null"
        )
    assert rows == [{"joined": 3, "gone": 2, "cohort": 0}]
