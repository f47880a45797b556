"""The demo company loads, and its exports land without quarantine but for what was planted."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from demo_world import Demo

from pipelines.company.loader import load_company
from pipelines.company.reporting_lines import read_reporting_lines
from pipelines.demo import generate_small
from pipelines.landing import ingest


def test_the_company_loads(demo: Demo) -> None:
    company = load_company(demo.home)
    assert (company.timezone, company.currency, company.locale) == ("Asia/Shanghai", "CNY", "zh")
    assert tuple(company.approvers) == ("P001",)
    assert len(company.people) == 24
    roles = {position.role for position in company.positions}
    assert roles == {"manager", "content", "customer_service", "data_analyst", "growth"}
    assert len({position.team_id for position in company.positions}) == 3


def test_the_small_company_loads(small_demo: Demo) -> None:
    company = load_company(small_demo.home)
    assert len(company.people) == 6
    assert [account.account_id for account in company.accounts if account.platform == "x"] == ["x_brand"]


def test_a_role_change_makes_two_segments(demo: Demo) -> None:
    segments = [segment for segment in load_company(demo.home).segments() if segment.person_id == "P008"]
    assert [(segment.role, segment.team_id, str(segment.valid_from)) for segment in segments] == [
        ("content", "brand", "2022-05-17"),
        ("growth", "dev", "2026-10-11"),
    ]


@pytest.mark.req("000-P2")
def test_everybody_in_a_scored_role_has_targets(demo: Demo) -> None:
    company = load_company(demo.home)
    scopes = {(row.scope, row.scope_id, row.kpi_id) for row in company.targets}
    for team in ("brand", "dev", "global"):
        assert ("team", team, "engagement_rate_original") in scopes
        assert ("team", team, "first_reply_minutes_p50") in scopes
        assert ("team", team, "team_impressions") in scopes
    for person in ("P006", "P013", "P021"):
        assert ("person", person, "net_follower_growth") in scopes


def test_a_damaged_company_is_seen(tmp_path: Path) -> None:
    """The load test above would see a wrong file: here is one."""
    from pipelines.company.findings import InputError

    generate_small(tmp_path)
    people = tmp_path / "people" / "people.csv"
    people.write_text(people.read_text("utf-8").replace("2022-03-01", "2022-13-01"), encoding="utf-8")
    with pytest.raises(InputError, match=r"people/people\.csv"):
        load_company(tmp_path)


def test_exports_land_and_only_the_planted_rows_and_copies_are_set_aside(demo: Demo, tmp_path: Path) -> None:
    """Lands the last month and the months whose files are odd: broken rows, UTF-16, GB18030, `;`, XLSX, a copy."""
    shutil.copytree(demo.home, tmp_path, dirs_exist_ok=True)
    wanted = ("2025-03-09", "2025-05-09", "2025-09-09", "2025-10-09", "2025-12-09", "2026-08-09", "2026-11-09")
    for path in sorted(tmp_path.glob("exports/**/*.*")):
        if not any(day in path.parts for day in wanted):
            path.unlink()
    report = ingest(load_company(tmp_path))
    assert report.quarantined == 0
    assert report.duplicates == len(demo.truth.duplicates)
    assert report.broken_rows == sum(demo.truth.quarantined_rows.values())
    assert report.landed > 80


@pytest.mark.req("000-R5", "000-I2", "003-W7")
def test_something_was_decided_about_the_last_month(demo: Demo, small_demo: Demo) -> None:
    for made in (demo, small_demo):
        company = load_company(made.home)
        (points,), awards, (appeal,) = company.bonus_point_nominations, company.award_approvals, company.appeals
        assert points.person_id != appeal.person_id or made is small_demo
        assert {row.decider for row in (points, *awards, appeal)} == {"P001"}
        assert not company.calibration_decisions
    assert len(load_company(demo.home).award_approvals) == 1


def test_everybody_has_a_manager_of_every_day_but_the_director(demo: Demo, small_demo: Demo) -> None:
    for made in (demo, small_demo):
        company = load_company(made.home)
        lines = read_reporting_lines(made.home, company.people)
        led = {(line.person_id, line.valid_from, line.valid_to) for line in lines}
        held = {(one.person_id, one.valid_from, one.valid_to) for one in company.positions}
        assert held - led == {one for one in held if one[0] == "P001"} and led < held
    # who changed the team changed the manager with it
    lines = read_reporting_lines(demo.home, load_company(demo.home).people)
    moved = [(line.manager_id, line.valid_to) for line in lines if line.person_id == "P008"]
    assert moved == [("P002", date(2026, 10, 11)), ("P009", None)]


@pytest.mark.req("001-W2", "000-I8", "002-I6", "003-R11")
def test_what_lists_read_is_kept(demo: Demo, small_demo: Demo) -> None:
    for made in (demo, small_demo):
        company = load_company(made.home)
        logged = {row.person_id for row in company.activity_log}
        # somebody logs nothing, and not every department has approved
        assert 0 < len(logged) < len(company.people) - 1
        assert {row.team_id for row in company.scheme_approvals} == (
            {"brand"} if made is small_demo else {"brand", "dev"}
        )
        assert {row.person_id for row in company.preferences} < {person.person_id for person in company.people}
        assert "CHECKIN" in {row.incentive_id for row in company.member_incentives}
    company = load_company(demo.home)
    gifts = {str(row.valid_from)[:7]: row.cost for row in company.member_incentives if row.cost}
    assert sorted(gifts) == ["2025-01", "2025-07", "2026-01", "2026-07"]
    # a cost stands in one of the files
    assert not {str(row.month) for row in company.costs if row.kind == "member_incentive"} & gifts.keys()
