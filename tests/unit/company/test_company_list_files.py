"""The files that lists read: sound rows load, every defect is told with its place, costs reach the warehouse once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.company import Finding, load_company
from pipelines.company.frames import SCHEMAS, company_tables
from pipelines.company.incentives import groups_touched, monthly_costs, months_touched
from pipelines.company.keys import Pseudonymiser
from pipelines.company.list_records import MemberIncentive
from pipelines.periods import Month, Year

KEYS = Pseudonymiser(b"k" * 32)
KPIS = frozenset({"impressions", "engagement_rate_followers", "net_follower_growth"})
FILES = {
    "reviews/activity_log.csv": "2026-10-05,li,Event_Planning,autumn fair,two partners,wiki/fair\n",
    "people/preferences.csv": "li,training,a course on video,2026-01-01,\nli,other,a dog in the office,2026-01-01,\n",
    "reviews/member_incentives.csv": (
        "I1,rewards,points for check-ins,group,wrg01,2026-09-21,2026-10-11,100.00,chen\n"
        "I2,status,badge of the month,company,,2026-10-01,,,\n"
    ),
    "people/scheme_approvals.csv": "000,1.0.0,growth,wang,2026-01-05\n",
}


@pytest.fixture
def filled(home: Path) -> Path:
    """The sound company with sound rows in every one of these files."""
    for name, rows in FILES.items():
        path = home / name
        path.write_text(path.read_text(encoding="utf-8-sig") + rows, encoding="utf-8")
    return home


@pytest.mark.req("001-W2", "000-I8", "002-I6", "003-R11")
def test_sound_rows_load_as_they_are_written(filled: Path) -> None:
    company = load_company(filled, kpi_ids=KPIS)
    (action,), (wish, other), (paid, free), (approval,) = (
        company.activity_log, company.preferences, company.member_incentives, company.scheme_approvals
    )  # fmt: skip
    assert (action.done_on, action.kind, action.with_whom) == (date(2026, 10, 5), "event_planning", "two partners")
    assert (wish.wish, wish.note, other.wish) == ("training", "a course on video", "other")
    assert (paid.mechanism, paid.cost, paid.approved_by) == ("rewards", Decimal("100.00"), "chen")
    assert (free.scope, free.scope_id, free.cost) == ("company", "", None)
    assert (approval.version, approval.team_id) == ("1.0.0", "growth")


LOG, WISH, GIVEN = "reviews/activity_log.csv", "people/preferences.csv", "reviews/member_incentives.csv"
DEFECTS = [
    (LOG, (",li,", ",lii,"), "person_id", "lii", "nearest is li"),
    (LOG, ("2026-10-05", "2023-10-05"), "done_on", "2023-10-05", "li was not employed on that day"),
    (LOG, ("Event_Planning", "event planing"), "kind", "event planing", "event_planning"),
    (LOG, ("autumn fair", ""), "what", "", "is empty"),
    (WISH, ("training", "trainings"), "wish", "trainings", "training"),
    (WISH, ("a dog in the office", ""), "note", "", "another wish is not said"),
    (WISH, ("li,training", "lii,training"), "person_id", "lii", "nearest is li"),
    (WISH, ("li,other", "li,training"), "valid_from", "2026-01-01", "row"),
    (GIVEN, ("rewards", "gifts"), "mechanism", "gifts", "rewards, status"),
    (GIVEN, ("I2,", "i1,"), "incentive_id", "i1", "stands in row"),
    (GIVEN, ("company,,", "company,x,"), "scope_id", "x", "given everywhere"),
    (GIVEN, ("group,wrg01", "group,"), "scope_id", "", "no scope_id says which"),
    (GIVEN, ("group,wrg01", "account,acme_z"), "scope_id", "acme_z", "nearest is acme_x"),
    (GIVEN, ("group,wrg01", "community,vop"), "scope_id", "vop", "communit"),
    (GIVEN, ("2026-10-11", "2026-09-21"), "valid_to", "2026-09-21", "valid_from"),
    (GIVEN, ("2026-10-11", ""), "valid_to", "", "without an end"),
    (GIVEN, ("100.00", "100.005"), "cost", "100.005", "finer than a cent"),
    (GIVEN, ("100.00", "-1"), "cost", "-1", "outside 0"),
    (GIVEN, ("100.00,chen", "100.00,"), "approved_by", "", "nobody has approved it"),
    (GIVEN, ("100.00,chen", "100.00,wang"), "approved_by", "wang", "not listed under approvers"),
    ("people/scheme_approvals.csv", ("growth", "grow"), "team_id", "grow", "nearest is growth"),
    ("people/scheme_approvals.csv", ("wang", "wong"), "approved_by", "wong", "nearest is wang"),
    ("people/targets.csv", ("company,,", "person,lii,"), "scope_id", "lii", "nearest is li"),
]


@pytest.mark.parametrize(("file", "replaced", "column", "value", "said"), DEFECTS)
def test_a_defect_is_told_with_its_place_and_mend(
    filled: Path, findings_of: Callable[..., list[Finding]], file: str, replaced: tuple[str, str], column: str,
    value: str, said: str,
) -> None:  # fmt: skip
    (finding,) = findings_of(file, replace=replaced)
    lines = (filled / file).read_text(encoding="utf-8").splitlines()
    assert (finding.file, finding.column, str(finding.value)) == (file, column, value)
    assert finding.row in [n for n, line in enumerate(lines, 1) if not line.startswith("#")][1:]
    assert said in f"{finding.problem}; {finding.mend}"
    assert finding.mend


@pytest.mark.req("002-I6")
def test_a_cost_stands_in_one_file_alone(filled: Path, findings_of: Callable[..., list[Finding]]) -> None:
    assert findings_of("reviews/costs.csv", append="2026-10,group,wrg01,goods,5,,chen\n") == []
    assert findings_of("reviews/costs.csv", append="2026-08,group,wrg01,member_incentive,5,,chen\n") == []
    (finding,) = findings_of("reviews/costs.csv", append="2026-10,group,wrg01,member_incentive,5,,chen\n")
    assert (finding.file, finding.column, str(finding.value)) == (GIVEN, "cost", "100.00")
    assert "reviews/costs.csv states member incentives of 2026-10" in finding.problem


@pytest.mark.req("002-I6", "001-K15")
def test_the_cost_of_an_incentive_counts_by_month_with_the_row_it_stands_in(filled: Path) -> None:
    company = load_company(filled, kpi_ids=KPIS)
    costs = company_tables(company, KEYS)["costs"].to_pylist()
    given = [row for row in costs if row["incentive_id"]]
    # 20 days for 100: ten of September and ten of October
    assert [(str(row["month"]), row["scope_id"], row["kind"], row["amount"]) for row in given] == [
        ("2026-09-01", "wrg01", "member_incentive", Decimal("50.00")),
        ("2026-10-01", "wrg01", "member_incentive", Decimal("50.00")),
    ]
    row = company.member_incentives[0].source_row
    assert {(one["_content_id"], one["_row_no"]) for one in given} == {(GIVEN, row)}
    stated = [one for one in costs if not one["incentive_id"]]
    assert {one["_content_id"] for one in stated} == {"reviews/costs.csv"} and len(stated) == len(company.costs)
    assert {GIVEN, "reviews/costs.csv"} <= company.review_places


@pytest.mark.req("000-I8")
def test_wishes_and_actions_never_reach_the_warehouse(filled: Path) -> None:
    company = load_company(filled, kpi_ids=KPIS)
    assert not {"preferences", "activity_log"} & set(SCHEMAS)
    said = repr([table.to_pylist() for table in company_tables(company, KEYS).values()])
    assert "a dog in the office" not in said and "autumn fair" not in said


def incentive(**changed: object) -> MemberIncentive:
    row = {"incentive_id": "I", "mechanism": "rewards", "what": "w", "scope": "community", "scope_id": "k"}
    dates = {"valid_from": "2026-09-21", "valid_to": "2026-10-11"}
    return MemberIncentive.model_validate({**row, **dates, **changed})


@given(
    cents=st.integers(0, 10**9),
    first=st.dates(date(2020, 1, 1), date(2026, 12, 31)),
    days=st.integers(1, 900),
)
def test_no_cent_of_a_cost_is_lost_and_no_month_has_more_than_its_days(cents: int, first: date, days: int) -> None:
    cost, end = Decimal(cents) / 100, first + timedelta(days=days)
    given_ = incentive(valid_from=first, valid_to=end, cost=cost, approved_by="a")
    parts = dict(monthly_costs(given_))
    assert sum(parts.values()) == cost
    assert tuple(parts) == months_touched(given_, Year(2099))
    for month, part in parts.items():
        exact = cost * month.overlap_days(first, end) / days
        assert abs(part - exact) <= Decimal("0.01")


@pytest.mark.req("002-I6")
def test_an_incentive_of_a_community_touches_the_groups_that_belonged_to_it_then(filled: Path) -> None:
    people = filled / "people"
    for name, rows in {
        "communities": "k,K,service,growth,,2026-01-01,\n",
        "community_groups": "g1,k,2026-01-01,2026-09-25\ng2,k,2026-10-11,\n",
    }.items():
        path = people / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8-sig") + rows, encoding="utf-8")
    company = load_company(filled, kpi_ids=KPIS)
    assert groups_touched(company, incentive(), Month(2026, 9)) == {"g1"}
    # g2 joined on the day after it
    assert groups_touched(company, incentive(), Month(2026, 10)) == frozenset()
    assert groups_touched(company, incentive(valid_to="2026-10-12"), Month(2026, 10)) == {"g2"}
    assert groups_touched(company, incentive(scope="account", scope_id="a"), Month(2026, 10)) == frozenset()
