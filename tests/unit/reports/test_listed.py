"""Key actions, wishes beside candidates, effects of incentives, approvals, administrators, pace and weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports_sample import action, approval, crowd, facts, incentive, line, person, states, told, wish

from pipelines.company.records import Position, SchemeAssignment
from pipelines.company.review_records import InnovationReview
from pipelines.periods import Month
from pipelines.reports.actions import action_report
from pipelines.reports.drift import drift_report
from pipelines.reports.eligibility import eligibility_report
from pipelines.reports.facts import SubjectMonth
from pipelines.reports.governance import governance_reports
from pipelines.reports.honours import honour_reports
from pipelines.reports.incentives import incentive_report
from pipelines.reports.pace import iso_week, pace_reports
from pipelines.reports.promotion import promotion_reports
from pipelines.reports.table import Report

D = Decimal
SUM = {"impressions": {"aggregation": "sum", "families": "x_posts"}, "read_rate": {"aggregation": "ratio_of_sums"}}
TEN = {name: str(100 - 5 * index) for index, name in enumerate("abcdefghij")}


@pytest.mark.req("001-W2")
def test_who_did_which_key_action_how_often_and_who_did_none() -> None:
    log = (
        action("2026-10-01", "a", proof="wiki"),
        action("2026-10-05", "a"),
        action("2026-10-06", "a"),
        action("2026-10-07", "a", "coaching"),
        action("2026-09-30", "b", "user_interview"),
        action("2026-11-01", "b", "user_interview"),
    )
    found = action_report(facts("2026-10", crowd(a="1", b="2"), activity_log=log))
    rows = {(row["person_id"], row["activity"]): row for row in found.rows}
    assert {key: row["status"] for key, row in rows.items()} == {
        ("a", "event_planning"): "done",
        ("a", "user_interview"): "not_done",
        ("a", "coaching"): "done",
        ("b", "event_planning"): "nothing_logged",
        ("b", "user_interview"): "nothing_logged",
    }
    planned = rows["a", "event_planning"]
    # 1 October is in week 40, the 5th and 6th in week 41
    assert (planned["records"], planned["weeks"], planned["proofs"], planned["last_on"]) == (3, 2, 1, "2026-10-06")
    assert found.params == {"weeks": 5, "silent": 1}


@pytest.mark.req("001-W2")
def test_a_company_without_a_log_accuses_nobody_and_expected_kinds_are_a_setting() -> None:
    silent = action_report(facts("2026-10", crowd(a="1"), activity_log=(action("2026-09-30", "a"),)))
    assert silent.rows == () and told(silent) == [("no_activity_log", {})]
    log = (action("2026-10-01", "b"),)
    away = [person("a", days=0), person("b")]
    found = action_report(facts("2026-10", away, activity_log=log, lists={"expected_actions": ["coaching"]}))
    assert {(row["person_id"], row["activity"]): row["status"] for row in found.rows} == {
        ("b", "coaching"): "not_done",
        ("b", "event_planning"): "done",
    }


def test_an_expected_kind_must_be_one() -> None:
    with pytest.raises(ValueError, match="not_a_choice"):
        facts("2026-10", [], lists={"expected_actions": ["sleeping"]})


@pytest.mark.req("000-I8", "003-I4")
def test_wishes_stand_beside_candidates_of_every_list_and_decide_no_place() -> None:
    wishes = (
        wish("a", "training", "video"),
        wish("a", "gift"),
        wish("a", "rotation", end="2026-10-01"),
        wish("b", "days_off", first="2027-01-01"),
    )
    jury = {"period": "2026-10", "person_id": "a", "entry_id": "live", "score": "80", "reviewer_id": "j"}
    review = InnovationReview.model_validate(jury)
    quarters = {name: crowd(**TEN) for name in ("2026-Q2", "2026-Q3")}
    lists: dict[str, Report | None] = {}
    for kept in (wishes, ()):
        month = facts("2026-10", crowd(**TEN), preferences=kept, innovation_reviews=(review,))
        quarter = facts("2026-Q4", crowd(**TEN), quarters, preferences=kept)
        year = facts("2026", crowd(**TEN), preferences=kept)
        reports = [
            *(
                one
                for one in honour_reports(month)
                if one.report_id in ("honours_shortlist", "project_award_candidates")
            ),
            *promotion_reports(quarter),
            *promotion_reports(year),
            eligibility_report(year),
        ]
        for one in reports:
            assert one is not None and one.rows
            mine = [row for row in one.rows if row["person_id"] == "a"]
            others = [row for row in one.rows if row["person_id"] != "a"]
            shown = {(row.get("wishes"), row.get("wish_notes")) for row in mine}
            assert shown == ({("training; gift", "video")} if kept else {(None, None)})
            assert not any("wishes" in row for row in others)
            assert (("no_preferences", {}) in told(one)) == (not kept and one.report_id == "eligibility")
            bare = [{k: v for k, v in row.items() if not k.startswith("wish")} for row in one.rows]
            lists[one.report_id + str(bool(kept))] = replace(one, rows=tuple(bare), remarks=())
    assert len(lists) == 10
    for name, report in lists.items():
        if name.endswith("True"):
            assert report == lists[name.removesuffix("True") + "False"]


def months(kpi: str, sides: dict[int, tuple[int, int]], subject: str = "g", kind: str = "group") -> list[SubjectMonth]:
    return [
        SubjectMonth(kpi, Month(2026, month), kind, subject, D(top), D(bottom))
        for month, (top, bottom) in sides.items()
    ]


def effect(period: str, rows: Sequence[SubjectMonth], *given_: Any, **changed: Any) -> Report:
    return incentive_report(replace(facts(period, [], member_incentives=given_, **changed), subjects=tuple(rows)))


SPEAKING = {5: (1, 100), 6: (10, 40), 7: (20, 60), 8: (30, 50), 9: (30, 50), 10: (12, 40), 11: (12, 60)}


@pytest.mark.req("002-I6")
def test_an_incentive_is_set_beside_as_many_months_before_and_after() -> None:
    given_ = incentive("2026-08-15", "2026-09-10", cost="100", approved_by="a")
    rows = [*months("speaking_rate", SPEAKING), *months("speaking_rate", SPEAKING, "other")]
    found = effect("2026-11", rows, given_)
    assert [row["kpi_id"] for row in found.rows] == ["speaking_rate"]
    row = found.rows[0]
    # before 30 of 100, during 60 of 100, after 24 of 100
    assert (row["value_before"], row["value_during"], row["value_after"]) == (D("0.3"), D("0.6"), D("0.24"))
    assert (row["n_before"], row["n_during"], row["n_after"]) == (D(100), D(100), D(100))
    assert (row["change_during"], row["change_after"], row["cost"]) == (D(100), D(-20), D(100))
    assert (row["status"], row["mechanism"], row["of"]) == ("compared", "rewards", "g")


@pytest.mark.req("002-I6")
@pytest.mark.parametrize(
    ("period", "end", "least", "status"),
    [
        ("2026-09", "", 1, "running"),
        ("2026-08", "2026-09-10", 1, "running"),
        ("2026-10", "2026-09-10", 1, "too_short"),
        ("2026-11", "2026-09-10", 51, "too_few"),
        ("2026-11", "2026-09-10", 50, "compared"),
    ],
)
def test_what_cannot_be_compared_says_why(period: str, end: str, least: int, status: str) -> None:
    rows = months("speaking_rate", SPEAKING)
    found = effect(period, rows, incentive("2026-08-15", end), lists={"effect_members": least})
    assert states(found, "incentive_id") == {"I": status}
    if status in ("running", "too_short"):
        assert found.rows[0]["value_after"] is None or period == "2026-10"


@pytest.mark.req("002-I6")
def test_an_incentive_is_told_until_the_months_after_it_are_over_and_by_its_own_kpis() -> None:
    rows = [
        *months("speaking_rate", SPEAKING),
        *months("group_leave_rate", {6: (1, 50), 7: (1, 50), 8: (1, 50)}),
        *months("csat_top2_share", {6: (40, 50), 7: (40, 50), 8: (45, 50)}, "shop", "survey"),
        *months("engagement_rate_followers", {6: (1, 99), 7: (2, 99), 8: (1, 99)}, "x_main", "account"),
    ]
    july = {"first": "2026-07-01", "end": "2026-08-01"}
    badge = incentive(**july, mechanism="status", incentive_id="B")
    assert states(effect("2026-08", rows, badge), "kpi_id") == {
        "csat_top2_share": "compared",
        "group_leave_rate": "compared",
    }
    assert effect("2026-09", rows, badge).rows == () and effect("2026-06", rows, badge).rows == ()
    account = incentive(**july, scope="account", scope_id="x_main")
    assert states(effect("2026-08", rows, account), "kpi_id") == {"engagement_rate_followers": "compared"}
    everywhere = incentive(**july, scope="company", scope_id="", mechanism="social")
    assert {row["kpi_id"] for row in effect("2026-08", rows, everywhere).rows} == {
        "speaking_rate",
        "group_leave_rate",
        "engagement_rate_followers",
    }
    assert told(effect("2026-08", rows)) == [("no_incentives", {})]


@pytest.mark.req("002-I6")
def test_a_month_with_an_incentive_is_marked_beside_the_level_of_activity() -> None:
    people = [person("a", lines=[line("speaking_rate"), line("read_rate")])]
    given_ = (incentive("2026-09-20", "2026-10-02"), incentive("2026-09-01", "2026-10-01", incentive_id="J"))
    known = replace(
        facts("2026-10", people, member_incentives=given_),
        medians={kpi: {"2026-10": (D(1), 3)} for kpi in ("speaking_rate", "read_rate")},
    )
    found = drift_report(known)
    assert found is not None and states(found, "kpi_id", "incentives") == {"speaking_rate": "I", "read_rate": None}


def governance(name: str, *arguments: Any, users: int = 0, **changed: Any) -> Report:
    known = replace(facts(*arguments, **changed), active_users=users)
    return next(one for one in governance_reports(known) if one.report_id == name)


@pytest.mark.req("003-R11")
def test_departments_without_an_approval_of_the_version_in_force_are_told() -> None:
    people = [person("a"), person("b", team="t2"), person("c", team="t3"), person("d", team="t3")]
    given_ = (approval("t1", "2026-10-01"), approval("t2", "2026-10-02"), approval("t3", "2026-01-01", "0.9.0"))
    found = governance("scheme_approvals", "2026-10", people, scheme_approvals=given_)
    assert states(found, "team_id") == {"t1": "approved", "t2": "approved_late", "t3": "not_approved"}
    assert states(found, "team_id", "people") == {"t1": 1, "t2": 1, "t3": 2}
    assert found.params == {"open": 1} and told(found) == []
    assert told(governance("scheme_approvals", "2026-10", people)) == [("no_approvals", {})]


def administrator(name: str, first: str, role: str = "performance_administrator") -> Position:
    row = {"person_id": name, "role": role, "team_id": "hr", "bonus_base": "0", "valid_from": first}
    return Position.model_validate(row)


@pytest.mark.req("003-W14")
@pytest.mark.parametrize(
    ("users", "needed", "status"), [(1, 1, "enough"), (1000, 1, "enough"), (1001, 2, "too_few_administrators")]
)
def test_one_administrator_for_every_thousand_active_users(users: int, needed: int, status: str) -> None:
    positions = (
        administrator("a", "2026-10-31"),
        administrator("b", "2026-11-01"),
        administrator("c", "2026-01-01", "x"),
    )
    found = governance("administrators", "2026-10", [], users=users, positions=positions)
    (row,) = found.rows
    assert (row["administrators"], row["administrators_needed"], row["status"]) == (1, needed, status)
    own = {"administrator_roles": ["x", "performance_administrator"], "users_per_administrator": 500}
    (row,) = governance("administrators", "2026-10", [], users=users, positions=positions, lists=own).rows
    assert row["administrators"] == 2
    assert told(governance("administrators", "2026-10", [], positions=positions)) == [("no_active_users", {})]


def pace(
    period: str, people: Any, heard: str = "", weekly: Any = None, name: str = "pace", catalogue: Any = None
) -> Report:
    known = replace(
        facts(period, people, catalogue=catalogue or SUM),
        heard={"x_posts": date.fromisoformat(heard)} if heard else {},
        weekly=weekly or {},
    )
    return next(one for one in pace_reports(known) if one.report_id == name)


@pytest.mark.req("000-W2", "004-W2")
def test_the_share_of_the_days_stands_beside_the_share_of_the_target() -> None:
    people = [
        person("a", lines=[line(value="10", target="31"), line("read_rate", value="0.2", target="0.1")]),
        person("b", lines=[line(value="20", target="31")]),
        person("c", lines=[line(value="10", target="31", direction="lower")]),
    ]
    found = pace("2026-10", people, "2026-10-15")
    rows = {(row["person_id"], row["kpi_id"]): row for row in found.rows}
    mine = rows["a", "impressions"]
    # 15 of 31 days, 10 of 31: 10 · 31 / 15 = 20.67 at the end
    assert (mine["days_passed"], mine["target_reached"]) == (D("48.39"), D("32.26"))
    assert (mine["projected"], mine["pace"], mine["status"]) == (D("20.67"), D("66.67"), "behind")
    assert (rows["b", "impressions"]["projected"], rows["b", "impressions"]["status"]) == (D("41.33"), "on_pace")
    assert rows["c", "impressions"]["status"] == "on_pace" and rows["c", "impressions"]["pace"] == D(150)
    rate = rows["a", "read_rate"]
    assert "projected" not in rate and (rate["pace"], rate["status"]) == (D(200), "on_pace")
    assert [row["person_id"] for row in found.rows] == ["a", "b", "c", "a"] and found.params == {"behind": 1}


@pytest.mark.req("000-W2", "004-W2")
def test_a_month_that_is_over_has_all_of_its_days_and_a_guess_is_none() -> None:
    for heard in ("2026-10-31", "2026-11-09"):
        (row,) = pace("2026-10", [person("a", lines=[line(value="50")])], heard).rows
        assert (row["days_passed"], row["projected"], row["status"]) == (D(100), D(50), "behind")
    found = pace("2026-10", [person("a", lines=[line(value="50")])])
    assert told(found) == [("no_days_told", {})] and found.rows[0]["days_passed"] == D(100)
    hidden = pace("2026-10", [person("a", lines=[line(score=None), line("read_rate", target=None)])], "2026-10-10")
    assert states(hidden, "kpi_id") == {"impressions": "withheld", "read_rate": "no_target"}
    assert not any("projected" in row or "pace" in row for row in hidden.rows)
    (nothing,) = pace("2026-10", [person("a", lines=[line(value="0")])], "2026-09-30").rows
    assert "projected" not in nothing and "pace" not in nothing


@pytest.mark.req("000-W2", "004-W2")
def test_the_days_are_those_that_every_source_of_the_kpi_speaks_of_within_the_persons_segment() -> None:
    heard = {"x_posts": date(2026, 10, 20), "publishing": date(2026, 10, 16), "orders": date(2026, 10, 31)}
    several = {"impressions": {"aggregation": "sum", "families": "x_posts;publishing;okr"}}
    known = facts("2026-10", [person("a", lines=[line(value="10", target="31")])], catalogue=several)
    (row,) = pace_reports(replace(known, heard=heard))[0].rows
    assert row["days_passed"] == D("51.61")  # 16 of 31
    # of no source of the KPI is anything told: the latest day of any export
    unknown = {"impressions": {"aggregation": "sum", "families": "okr"}}
    (row,) = pace_reports(replace(known, heard=heard, catalogue=unknown))[0].rows
    assert row["days_passed"] == D(100)
    # whoever came on the 11th has 21 days, of which six have passed
    dated = {"valid_from": "2026-10-11", "bonus_base": "0", "team_id": "t1", "role": "content", "person_id": "a"}
    bound = {"scheme_id": "000", "valid_from": "2020-01-01"}
    staff = {
        "positions": (Position.model_validate(dated),),
        "scheme_assignments": (SchemeAssignment.model_validate(bound),),
    }
    late = facts("2026-10", [person("a", lines=[line(value="10", target="31")])], catalogue=several, **staff)
    (segment,) = late.company.segments()
    moved = [replace(one, parts=(replace(one.parts[0], segment_id=segment.segment_id),)) for one in late.results]
    (row,) = pace_reports(replace(late, results=tuple(moved), heard=heard))[0].rows
    assert row["days_passed"] == D("28.57")  # 6 of 21


@pytest.mark.req("000-W2", "004-W2")
def test_a_withheld_sum_of_a_month_in_progress_is_told_from_its_records() -> None:
    weekly = {("a", "impressions"): {"2026-W40": (D(4), 1), "2026-W41": (D(6), 2)}}
    people = [person("a", lines=[line(score=None, target="31")])]
    (row,) = pace("2026-10", people, "2026-10-15", weekly).rows
    assert (row["value"], row["projected"], row["status"]) == (D(10), D("20.67"), "records_so_far")
    twice = [person("a", lines=[line(score=None), line(score=None, community_id="k")])]
    assert {row["status"] for row in pace("2026-10", twice, "2026-10-15", weekly).rows} == {"withheld"}


@pytest.mark.req("000-W2", "004-W2")
def test_a_month_is_told_by_its_iso_weeks_until_the_exports_end() -> None:
    weekly = {("a", "impressions"): {"2026-W40": (D(4), 1), "2026-W42": (D(6), 2)}, ("a", "read_rate"): {}}
    people = [person("a", lines=[line(value="10", target_full="40"), line("read_rate")]), person("b")]
    found = pace("2026-10", people, "2026-10-15", weekly, "weekly_progress")
    assert [(row["week"], row["value"], row["records"], row["target_reached"]) for row in found.rows] == [
        ("2026-W40", D(4), 1, D(10)),
        ("2026-W41", D(0), 0, D(0)),
        ("2026-W42", D(6), 2, D(15)),
    ]
    assert told(found) == [("weeks_left_out", {"count": "1"})]
    assert "weekly_progress" not in {one.report_id for one in pace_reports(facts("2026-Q3", []))}


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_week_begins_on_monday_and_is_of_the_year_of_its_thursday(day: date) -> None:
    thursday = date.fromordinal(day.toordinal() - day.weekday() + 3)
    assert iso_week(day) == iso_week(thursday)
    assert iso_week(day).startswith(f"{thursday.year}-W")
