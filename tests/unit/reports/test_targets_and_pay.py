"""Targets, progress, the register and its reconciliation, the interview sheet, leavers around a change of scheme."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports_sample import company, crowd, facts, line, person, states, told

from pipelines.company.records import Person, SchemeAssignment, TargetRow
from pipelines.company.targets import Targets
from pipelines.reports.attrition import attrition_report
from pipelines.reports.interviews import interview_report
from pipelines.reports.payouts import payout_reports
from pipelines.reports.results import Result, Share
from pipelines.reports.table import Report
from pipelines.reports.targets import target_reports

D = Decimal
ADDS_UP = {"impressions": {"aggregation": "sum"}}


def report(name: str, *arguments: Any, **changed: Any) -> Report:
    found = facts(*arguments, **changed)
    return next(one for one in [*target_reports(found), *payout_reports(found)] if one.report_id == name)


def target(row: int, scope: str = "person", scope_id: str = "a", set_by: str = "m", agreed_by: str = "a") -> TargetRow:
    given_ = {"period": "2026-01", "period_type": "month", "kpi_id": "impressions", "target": "100"}
    who = {"scope": scope, "scope_id": scope_id, "set_by": set_by, "agreed_by": agreed_by}
    place = {"source_row": row, "source_file": "people/targets.csv"}
    return TargetRow.model_validate({**given_, **who, **place})


@pytest.mark.req("000-W1", "003-G2")
@pytest.mark.parametrize(
    ("changed", "before", "finding"),
    [
        ({"target": None, "target_full": None, "score": None}, None, "missing"),
        ({"target_source": "people/targets.csv row 2"}, "90", "agreed"),
        ({"target_source": "people/targets.csv rows 2, 3"}, "90", "unsigned"),
        ({"target_source": "people/targets.csv row 3"}, "90", "unsigned"),
        ({"target_source": "people/targets.csv row 2"}, "101", "eased"),
        ({"target_source": "people/targets.csv row 2"}, "66", "implausible"),
        ({"target_source": "people/targets.csv row 2", "direction": "lower"}, "250", "implausible"),
        ({"target_source": "scheme"}, "90", "default"),
    ],
)
def test_a_target_is_found_wanting_by_its_worst_fault(
    changed: dict[str, Any], before: str | None, finding: str
) -> None:
    earlier = {} if before is None else {"2026-09": [person("a", lines=[line(value=before, **_way(changed))])]}
    rows = Targets([target(2), target(3, agreed_by="")])
    found = report("target_coverage", "2026-10", [person("a", lines=[line(**changed)])], earlier, targets=rows)
    assert [row["finding"] for row in found.rows] == [finding]
    assert found.params["lines"] == 1 and found.params.get(finding, 1) == 1


@pytest.mark.req("000-W1")
def test_days_on_leave_make_no_target_easier_and_no_result_worse() -> None:
    """100 a month is asked for, 50 of half of it; 45 were made in half of the month before: 90 in all of it."""
    now = [person("a", lines=[line(target="50", target_full="100", target_share=D("0.5"))])]
    earlier = {"2026-09": [person("a", lines=[line(value="45", target_share=D("0.5"))])]}
    row = report("target_coverage", "2026-10", now, earlier).rows[0]
    assert (row["target"], row["previous_value"], row["target_change"]) == (D(100), D(45), D("11.11"))


def _way(changed: dict[str, Any]) -> dict[str, Any]:
    return {"direction": changed["direction"]} if "direction" in changed else {}


@pytest.mark.req("000-W1")
@pytest.mark.req("001-W9")
def test_who_set_and_who_agreed_stands_beside_the_target() -> None:
    people = [person("a", lines=[line(target_source="people/targets.csv row 2")])]
    found = report("target_coverage", "2026-10", people, targets=Targets([target(2)]))
    assert (found.rows[0]["set_by"], found.rows[0]["agreed_by"]) == ("m", "a")
    assert ("no_sign_off_days", {}) in told(found) and ("period_missing", {"period": "2026-09"}) in told(found)


@pytest.mark.req("000-W1", "003-R2")
def test_the_sum_of_peoples_targets_is_set_against_their_teams() -> None:
    team = target(9, "team", "t1")
    people = [
        person("a", lines=[line(target_full="60", target_source="people/targets.csv row 2")]),
        person("b", lines=[line(target_full="30", target_source="people/targets.csv row 3")]),
        person("c", lines=[line(target_full="100", target_source=team.source)]),
        person("d", lines=[line(target_full="500")], team="t2"),
    ]
    found = report("target_roll_up", "2026-10", people, catalogue=ADDS_UP, targets=Targets([team]))
    assert [(row["sum_of_members"], row["members"], row["factor"], row["status"]) for row in found.rows] == [
        (D(90), 2, D(90), "falls_short")
    ]
    assert told(report("target_roll_up", "2026-10", people, targets=Targets([team]))) == [("no_team_targets", {})]


@pytest.mark.req("000-W2")
def test_progress_adds_the_months_of_a_quarter_up_and_says_what_is_still_needed() -> None:
    def month(value: str, goal: str) -> list[Any]:
        return [person("a", lines=[line(value=value, target=goal), line("read_rate", value="0.2", target="0.1")])]

    found = report("progress", "2026-08", month("80", "100"), {"2026-07": month("60", "90")}, catalogue=ADDS_UP)
    rows = {row["kpi_id"]: row for row in found.rows}
    adds = rows["impressions"]
    assert (adds["value_to_date"], adds["target_to_date"], adds["pace"]) == (D(140), D(190), D("73.68"))
    # 190 + one more month of 100 − 140
    assert (adds["needed_to_go"], adds["status"], adds["periods_counted"]) == (D(150), "behind", "2026-07, 2026-08")
    assert adds["value_change"] == D("33.33")
    assert (rows["read_rate"]["pace"], rows["read_rate"]["status"]) == (D(200), "on_pace")
    assert found.params == {"whole": "2026-Q3", "left": 1}
    alone = report("progress", "2026-08", month("80", "100"), catalogue=ADDS_UP)
    assert states(alone, "kpi_id")["impressions"] == "incomplete"
    assert "progress" not in {one.report_id for one in target_reports(facts("2026", crowd(a="1")))}


@pytest.mark.req("000-W2")
def test_progress_does_not_guess_what_is_withheld() -> None:
    found = report("progress", "2026-10", [person("a", lines=[line(score=None)])], catalogue=ADDS_UP)
    assert states(found, "kpi_id") == {"impressions": "withheld"} and "pace" not in found.rows[0]


def pool(amount: str, undistributed: str = "0") -> dict[str, Any]:
    sums = {"target_sum": "2000", "factor_high": "100", "amount": amount, "undistributed": undistributed}
    return {"pool_id": "p", "team_id": "t1", "scheme_id": "000", "currency": "CNY", "members": [1, 2], **sums} | {
        "attainment_low": None,
        "attainment_high": None,
    }


@pytest.mark.req("000-W5", "002-I1")
def test_the_register_has_everybody_and_a_total_that_agrees() -> None:
    people = [person("b", earned="70.10", held="5", adjustments="-20.05"), person("a", earned="30")]
    found = report("payout_register", "2026-10", people)
    assert [row.get("person_id") for row in found.rows] == ["a", "b", None]
    total = found.rows[-1]
    assert (total["earned"], total["adjustments"], total["payable"], total["difference"]) == (
        D("100.10"),
        D("-20.05"),
        D("80.05"),
        D(0),
    )


@pytest.mark.req("000-I1", "003-I2")
def test_a_pool_is_reconciled_with_the_statements_of_its_members() -> None:
    people = [
        person("a", pool="p", earned="60", held="10"),
        person("b", pool="p", earned="25"),
        person("c", earned="7"),
    ]
    found = report("pool_reconciliation", "2026-10", people, pools=[pool("100", "5")])
    assert states(found, "category", "difference") == {"pool": D(0), "own_pay": D(0), "total": D(0)}
    assert states(found, "category", "amount") == {"pool": D(100), "own_pay": D(7), "total": D(102)}
    unscored = person("d", score=None)
    with_them = report("pool_reconciliation", "2026-10", [*people, unscored], pools=[pool("100", "5")])
    assert states(with_them, "category", "members") == {"pool": 2, "own_pay": 1, "total": 4}
    leaking = report("pool_reconciliation", "2026-10", people, pools=[pool("100.01", "5")])
    assert states(leaking, "category", "difference")["pool"] == D("0.01")


@pytest.mark.req("004-I1")
def test_a_team_share_is_reconciled_besides_the_pools_and_pay() -> None:
    """Both earn 60 and 0 by themselves; a share of 34 gives them 10 and 20, holds 3 and leaves 1."""

    def shared(own: Result, share: Share) -> Result:
        parts = (replace(own.parts[0], shares=(share,)),)
        return replace(own, parts=parts, earned=own.earned + share.earned, held=own.held + share.held)

    people = [
        shared(person("a", pool="p", earned="60"), Share("s", D(10), D(0))),
        shared(person("b"), Share("s", D(20), D(3))),
    ]
    about = {"kind": "team_share", "pool_id": "s", "team_id": "t1", "scheme_id": "004", "currency": "CNY"}
    share = {**about, "rate": "20", "amount": "34", "undistributed": "1", "members": [1, 2], "status": "paid"}
    share |= {"reason_code": "", "reason_params": {}}
    found = report("pool_reconciliation", "2026-10", people, pools=[pool("60"), share])
    assert states(found, "category", "difference") == {"pool": D(0), "team_share": D(0), "own_pay": D(0), "total": D(0)}
    assert states(found, "category", "earned") == {"pool": D(60), "team_share": D(30), "own_pay": D(0), "total": D(90)}
    assert states(found, "category")["team_share"] == "paid"
    register = report("payout_register", "2026-10", people, pools=[pool("60"), share])
    assert states(register, value="of_it_team_shares") == {"a": D(10), "b": D(20), None: D(30)}


def test_awards_and_piece_rates_stand_in_register_and_reconciliation() -> None:
    own = person("a", earned="50", held="2")
    people = [replace(own, extras=D(30), extras_held=D(4), held=D(6), payable=D(80)), person("b", earned="5")]
    register = report("payout_register", "2026-10", people)
    assert states(register, value="difference") == {"a": D(0), "b": D(0), None: D(0)}
    assert states(register, value="extras") == {"a": D(30), "b": D(0), None: D(30)}
    found = report("pool_reconciliation", "2026-10", people)
    assert states(found, "category", "amount") == {"own_pay": D(57), "extras": D(34), "total": D(91)}
    assert states(found, "category", "difference") == {"own_pay": D(0), "extras": D(0), "total": D(0)}
    wrong = report("payout_register", "2026-10", [replace(people[0], payable=D("80.01"))])
    assert states(wrong, value="difference")["a"] == D("-0.01")


@given(st.lists(st.tuples(st.integers(0, 99999), st.integers(0, 99999), st.booleans()), max_size=8))
@settings(max_examples=500)
def test_the_register_is_the_sum_of_the_statements(cents: list[tuple[int, int, bool]]) -> None:
    people = [
        person(f"p{index}", pool="p" if pooled else "", earned=str(D(earned) / 100), held=str(D(held) / 100))
        for index, (earned, held, pooled) in enumerate(cents)
    ]
    register = report("payout_register", "2026-10", people)
    total = sum((one.payable for one in people), D(0))
    assert sum((D(str(row["payable"])) for row in register.rows if row["category"] == "total"), D(0)) == total
    in_pools = sum((one.earned + one.held for one in people if one.parts[0].pool_id), D(0))
    found = report("pool_reconciliation", "2026-10", people, pools=[pool(str(in_pools))])
    assert all(row["difference"] == 0 for row in found.rows)


@pytest.mark.req("000-P2")
def test_withheld_lines_are_listed_with_reason_and_what_waits_for_them() -> None:
    waiting = line("viral_posts", None, reason_params='{"family": "x_posts"}')
    found = report("withheld_lines", "2026-10", [person("a", "80", ("40", "90"), [line(), waiting], held="12.50")])
    assert [(row["kpi_id"], row["reason_code"], row["held"], row["score_high"]) for row in found.rows] == [
        ("viral_posts", "no_data", D("12.50"), D(90))
    ]
    assert found.params == {"lines": 1, "people": 1, "reasons": 1}


@pytest.mark.req("000-W5")
@pytest.mark.req("003-W8")
def test_the_interview_sheet_has_a_persons_own_figures() -> None:
    lines = [
        line("impressions", "120", effective_weight="50", points="60"),
        line("viral_posts", "40", effective_weight="50", points="20"),
    ]
    found = interview_report(facts("2026-10", [person("a", "80", lines=lines)], {"2026-09": [person("a", "70.5")]}))
    row = found.rows[0]
    assert (row["strengths"], row["shortfalls"], row["score_change"]) == ("impressions", "viral_posts", D("9.5"))


@pytest.mark.req("003-I7")
def test_leavers_before_and_after_a_change_of_scheme() -> None:
    def someone(name: str, left: str = "", hired: str = "2020-01-01") -> Person:
        row = {"person_id": name, "name": name, "hired_on": hired, "source_row": 2, "source_file": "f"}
        return Person.model_validate({**row, **({"left_on": left} if left else {})})

    people = (
        *(someone(f"p{index}") for index in range(7)),
        someone("before", "2026-03-10"),
        someone("after", "2026-09-01"),
        someone("later", "2026-10-01"),
        someone("too_late", "2026-11-01"),
    )
    bound = tuple(
        SchemeAssignment.model_validate({"scheme_id": scheme, "valid_from": day, "source_row": 2, "source_file": "f"})
        for scheme, day in (("old", "2020-01-01"), ("new", "2026-07-01"))
    )
    found = attrition_report(facts("2026-09", [], people=people, scheme_assignments=bound))
    # three months of the new scheme are over; so three months before it count
    assert [
        (row["scheme_id"], row["months_observed"], row["headcount"], row["leavers_before"], row["leavers_after"])
        for row in found.rows
    ] == [("new", 3, 10, 0, 2)]
    assert (found.rows[0]["attrition_after"], found.rows[0]["attrition_change"]) == (D(20), None)
    year = attrition_report(facts("2026", [], people=people, scheme_assignments=bound))
    row = year.rows[0]
    assert (row["months_observed"], row["leavers_before"], row["leavers_after"], row["attrition_change"]) == (
        6,
        1,
        3,
        D(200),
    )
    late = attrition_report(facts("2027-03", [], people=people, scheme_assignments=bound))
    assert late.rows == () and told(late) == [("no_change_of_scheme", {})]
    assert company().people[0].hired_on == date(2020, 1, 1)


def test_a_kpi_of_two_communities_is_two_lines_each_beside_its_own_past() -> None:
    def month(first: str, second: str) -> list[Any]:
        return [
            person("a", lines=[line(value=first, community_id="c1"), line(value=second, community_id="c2")]),
        ]

    before = {"2026-07": month("50", "200")}
    found = report("progress", "2026-08", month("60", "100"), before, catalogue=ADDS_UP)
    assert states(found, "community_id", "value_to_date") == {"c1": D(110), "c2": D(300)}
    found = report("target_coverage", "2026-08", month("60", "100"), before)
    assert states(found, "community_id", "previous_value") == {"c1": D(50), "c2": D(200)}
