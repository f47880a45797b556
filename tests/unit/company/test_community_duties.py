"""Who runs which community on how many days, and what kind it is then."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.company.communities import CommunityDuties, CommunityDuty
from pipelines.company.leave import Leaves
from pipelines.company.records import Assignment, Community, CommunityGroup, TargetRow
from pipelines.company.segments import Segment
from pipelines.company.targets import TargetNumbers, Targets
from pipelines.periods import Month, Quarter

D = Decimal
OCTOBER = Month(2026, 10)


def community(
    id_: str = "club", type_: str = "content", stage: str = "growth", since: str = "2026-01-01", to: str = ""
) -> Community:
    return Community(
        community_id=id_,
        name=id_,
        type=type_,
        stage=stage,
        target_population="",
        valid_from=since,
        valid_to=to,
        source_row=2,
    )


def group(id_: str = "g1", of: str = "club", since: str = "2026-01-01", to: str = "") -> CommunityGroup:
    return CommunityGroup(group_id=id_, community_id=of, valid_from=since, valid_to=to, source_row=2)


def duty(
    kind: str = "group",
    id_: str = "g1",
    share: str = "100",
    since: str = "2026-01-01",
    to: str = "",
    person: str = "li",
) -> Assignment:
    return Assignment(
        subject_type=kind, subject_id=id_, person_id=person, share=share, valid_from=since, valid_to=to, source_row=2
    )


def segment(since: date = date(2026, 1, 1), to: date | None = None) -> Segment:
    return Segment("li", since.isoformat(), since, to, "operator", "", "t", "003", D(0))


def found(
    assignments: list[Assignment], groups: list[CommunityGroup], communities: list[Community], **more: Any
) -> list[CommunityDuty]:
    duties = CommunityDuties(assignments, groups, communities, Leaves(more.get("leave", ())))
    return list(duties.of(more.get("segment", segment()), more.get("period", OCTOBER)))


@pytest.mark.req("003-R5")
def test_who_runs_a_group_runs_its_community() -> None:
    assert found([duty()], [group()], [community()]) == [CommunityDuty("club", "content", "growth", D(31))]


def test_a_community_may_be_assigned_itself_and_others_are_left_out() -> None:
    rows = [duty("community", "club"), duty("account", "club"), duty("group", "g2", person="wang")]
    assert [one.days for one in found(rows, [group("g2")], [community()])] == [31]


def test_several_groups_of_a_community_are_one_community() -> None:
    """A day counts by the greatest share that is held on it, however many groups there are."""
    rows = [duty(share="40"), duty("group", "g2", share="60", since="2026-10-11")]
    assert [one.days for one in found(rows, [group(), group("g2")], [community()])] == [D("4.0") + D("12.6")]


def test_days_end_with_the_duty_the_group_the_community_the_segment_and_the_period() -> None:
    def days(**more: Any) -> list[Decimal]:
        rows = more.pop("rows", [duty()])
        return [one.days for one in found(rows, more.pop("groups", [group()]), more.pop("own", [community()]), **more)]

    assert days(rows=[duty(to="2026-10-11")]) == [10]
    assert days(groups=[group(since="2026-10-22")]) == [10]
    assert days(own=[community(to="2026-10-06")]) == [5]
    assert days(segment=segment(date(2026, 10, 30))) == [2]
    assert days(period=Quarter(2026, 4)) == [92]
    assert days(rows=[duty(to="2026-10-01")]) == []


def test_a_group_that_changes_its_community_counts_for_each_on_its_days() -> None:
    groups = [group(to="2026-10-11"), group(of="shop", since="2026-10-11")]
    told = found([duty()], groups, [community(), community("shop", "transaction", "mature")])
    assert [(one.community_id, one.type, one.days) for one in told] == [
        ("club", "content", 10),
        ("shop", "transaction", 21),
    ]


@pytest.mark.req("003-R3")
def test_the_stage_is_that_of_most_days_and_among_equals_the_later() -> None:
    def stage(change: str, period: Any = OCTOBER) -> str:
        own = [community(stage="growth", to=change), community(stage="mature", since=change)]
        (one,) = found([duty()], [group()], own, period=period)
        return one.stage

    assert [stage("2026-10-15"), stage("2026-10-18")] == ["mature", "growth"]
    assert stage("2026-11-16", Month(2026, 11)) == "mature"  # 15 days each


def test_a_community_that_is_told_nowhere_is_not_run() -> None:
    assert found([duty()], [group()], []) == []


@given(
    st.lists(
        st.tuples(st.integers(1, 31), st.integers(1, 31), st.decimals("0.1", 100, places=1)), min_size=1, max_size=5
    )
)
def test_days_never_exceed_the_period_nor_fall_with_a_further_duty(rows: list[tuple[int, int, Decimal]]) -> None:
    assignments = [
        duty(id_=f"g{i}", share=str(share), since=f"2026-10-{min(a, b):02}", to=f"2026-10-{max(a, b):02}")
        for i, (a, b, share) in enumerate(rows)
        if a != b
    ]
    groups = [group(f"g{i}") for i in range(len(rows))]
    totals = [
        sum((one.days for one in found(assignments[:count], groups, [community()])), D(0))
        for count in range(len(assignments) + 1)
    ]
    assert totals == sorted(totals)
    assert totals[-1] <= 31


def target(period: str, value: str, scope: str = "community", id_: str = "club", kind: str = "month") -> TargetRow:
    return TargetRow(
        period=period, period_type=kind, scope=scope, scope_id=id_, kpi_id="members_joined", target=value, source_row=3
    )


@pytest.mark.req("003-R5")
def test_a_communitys_target_is_its_own_and_a_quarter_adds_its_months() -> None:
    targets = Targets([target("2026-01", "40"), target("2026-01", "9", "person", "li")])
    row = targets.of_community("members_joined", OCTOBER, "club", "sum")
    assert row is not None
    assert row.target == 40
    quarter = targets.of_community("members_joined", Quarter(2026, 4), "club", "sum")
    assert quarter is not None
    assert quarter.target == 120
    assert targets.of_community("members_joined", OCTOBER, "shop", "sum") is None
    own = targets.resolve("members_joined", OCTOBER, "li", "", "", "sum", TargetNumbers(D(1)))
    assert own is not None
    assert own.target == 9
