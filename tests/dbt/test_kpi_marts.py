"""The marts over a small company: credit, quarters, re-runs, guards and their messages, and the asserts seen to fail.

Belongs here: what the KPI models make of landing rows, end to end inside dbt. Does not belong here: one KPI's formula
(dbt unit tests beside the models); the facts themselves (test of H3's models).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from harness.warehouse import ScratchWarehouse, every_relation

ACCOUNT = "x_main"
SELECTION = ("build", "--exclude-resource-type", "unit_test")


def days_of(month: str) -> list[date]:
    """Return every day of a month such as 2026-10."""
    first = date.fromisoformat(f"{month}-01")
    return [day for n in range(31) if (day := first + timedelta(days=n)).month == first.month]


def month_after(month: str) -> str:
    """Return the first day of the month after a month."""
    return (days_of(month)[-1] + timedelta(days=1)).isoformat()


def add_profile(
    scratch: ScratchWarehouse, spec: str, family: str, content: str, days: dict[date, int], account: str = ACCOUNT
) -> None:
    """Add the daily profile of a file of an account."""
    scratch.insert(
        "landing",
        "profile",
        [
            {
                "spec_id": spec,
                "family": family,
                "content_id": content,
                "subject_id": account,
                "day": day.isoformat(),
                "n_rows": n,
                "n_keys": n,
                "n_null_keys": 0,
                "total": 0,
                "n_zero": 0,
                "n_negative": 0,
            }
            for day, n in days.items()
        ],
    )


def describe_file(scratch: ScratchWarehouse, content: str, month: str, last_day: date | None = None) -> None:
    """State the days and months of a landed file."""
    days = days_of(month)
    scratch.execute(
        "update landing.files set first_day = ?, last_day = ?, months = ? where content_id = ?",
        [days[0], last_day or days[-1], [month], content],
    )


def land_month(
    scratch: ScratchWarehouse,
    month: str,
    *,
    skip_days: tuple[int, ...] = (),
    conflict: bool = False,
    account: str = ACCOUNT,
) -> None:
    """Land one month of posts, days and followers of an account, in files `posts_` and `days_` + account and month.

    Two posts a day, 100 impressions and 10 likes each; 7 new follows and 2 unfollows a day; 1,000 followers.
    """
    content = f"{account}_{month}"
    end = month_after(month)
    days = [day for day in days_of(month) if day.day not in skip_days]
    posts = [
        {
            "post_id": f"{account}{day:%y%m%d}{n}",
            "created_at": f"{day.isoformat()} 04:0{n}:00",
            "post_text_kind": "post",
            "impressions": "100",
            "likes": "10",
            "replies": "0",
            "reposts": "0",
            "engagements": "10",
        }
        for day in days_of(month)
        for n in range(2)
    ]
    exported = f"{end} 20:00:00"
    later = f"{(date.fromisoformat(end) + timedelta(days=30)).isoformat()} 00:00:00"
    scratch.landing(
        "x_posts_monthly",
        posts,
        content_id=f"posts_{content}",
        subject_id=account,
        exported_at=later,
        period=(f"{month}-01", end),
        file_rank=1,
    )
    describe_file(scratch, f"posts_{content}", month)
    add_profile(scratch, "x_posts_monthly", "x_posts", f"posts_{content}", dict.fromkeys(days_of(month), 2), account)
    rows = [
        {"day": day.isoformat(), "new_follows": "7", "unfollows": "2", "impressions": "200", "likes": "20"}
        for day in days
    ]
    scratch.landing(
        "x_account_daily",
        rows,
        content_id=f"days_{content}",
        subject_id=account,
        exported_at=exported,
        period=(f"{month}-01", end),
    )
    describe_file(scratch, f"days_{content}", month, days[-1])
    add_profile(scratch, "x_account_daily", "x_account", f"days_{content}", dict.fromkeys(days, 1), account)
    if conflict:
        changed = [{**rows[0], "new_follows": "70"}]
        scratch.landing(
            "x_account_daily",
            changed,
            content_id=f"days_{content}_other",
            subject_id=account,
            exported_at=exported,
            period=(f"{month}-01", end),
            file_rank=2,
        )
        describe_file(scratch, f"days_{content}_other", month)
        add_profile(scratch, "x_account_daily", "x_account", f"days_{content}_other", {days[0]: 1}, account)


def company(scratch: ScratchWarehouse) -> None:
    """Make three people: 60 % and 30 % of one account (10 % nobody's), and an agent; the second moves in mid-August."""
    scratch.person("p_first")
    scratch.person("p_second", segments=[("2020-01-01", "2026-08-16"), ("2026-08-16", "9999-12-31")])
    scratch.person("p_agent", team_id="team_2")
    scratch.identity("tickets", "a_agent", "p_agent")
    open_account(scratch, ACCOUNT, {"p_first": "0.6", "p_second": "0.3"})


def open_account(scratch: ScratchWarehouse, account: str, shares: dict[str, str]) -> None:
    """Make an account with its owners, its expected sources and its followers from April to September."""
    scratch.company(
        "accounts",
        [
            {
                "account_id": account,
                "platform": "x",
                "team_id": "team_1",
                "timezone": "UTC",
                "currency": "CNY",
                "active_from": "2026-01-01",
            }
        ],
    )
    for person, share in shares.items():
        scratch.assign("account", account, person, share=share)
    for family, cadence in (("x_posts", "range"), ("x_account", "daily")):
        scratch.company(
            "expected_sources",
            [
                {
                    "family": family,
                    "account_id": account,
                    "cadence": cadence,
                    "max_silence_days": 3,
                    "active_from": "2026-01-01",
                    "active_to": None,
                }
            ],
        )
    scratch.landing(
        "account_followers",
        [{"day": f"2026-{month:02d}-01", "account": account, "followers": "1000"} for month in range(4, 10)],
        content_id=f"followers_{account}",
        subject_id=account,
    )


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScratchWarehouse]:
    """Build the third quarter in three runs of one month each; two days of September are missing."""
    with ScratchWarehouse(tmp_path_factory.mktemp("quarter"), begin_from=every_relation()) as scratch:
        company(scratch)
        scratch.company("publishing_plan", [{"month": "2026-07-01", "account_id": ACCOUNT, "planned_posts": "124"}])
        land_month(scratch, "2026-07")
        land_month(scratch, "2026-08")
        land_month(scratch, "2026-09", skip_days=(10, 11))
        for month in ("2026-07", "2026-08", "2026-09"):
            scratch.months(month)
            scratch.build()
        yield scratch


def person_kpi(scratch: ScratchWarehouse, person: str, kpi: str, period: str) -> dict[str, Any]:
    """Return the only row of a person, KPI and period."""
    rows = scratch.rows(
        f"select * from marts.fct_person_kpi where person_id = '{person}' and kpi_id = '{kpi}' and period = '{period}'"
    )
    assert len(rows) == 1
    return rows[0]


@pytest.mark.req("000-K02")
def test_shares_and_the_unassigned_rest_make_up_the_total(quarter: ScratchWarehouse) -> None:
    sums = {
        row["person_id"]: row["total"]
        for row in quarter.rows(
            "select person_id, sum(numerator) as total from marts.fct_kpi_components "
            "where kpi_id = 'impressions' and month = date '2026-07-01' group by person_id"
        )
    }
    assert sums == {"p_first": Decimal(3720), "p_second": Decimal(1860), "UNASSIGNED": Decimal(620)}


@pytest.mark.req("000-K01")
def test_a_quarter_is_there_when_its_months_are(quarter: ScratchWarehouse) -> None:
    assert person_kpi(quarter, "p_first", "impressions", "2026-Q3")["value"] == Decimal("11040")
    assert quarter.rows("select * from marts.fct_person_kpi where period_type = 'year'") == []


@pytest.mark.req("000-K06")
def test_the_rate_by_followers(quarter: ScratchWarehouse) -> None:
    row = person_kpi(quarter, "p_first", "engagement_rate_followers", "2026-07")
    assert (row["value"], row["status"]) == (Decimal("0.01"), "ok")


@pytest.mark.req("000-K23")
def test_the_plan_of_an_account_is_divided_like_its_posts(quarter: ScratchWarehouse) -> None:
    """Who answers for the account also posts there, so that a record of either kind has the same person and month."""
    rows = quarter.rows(
        "select person_id, sum(numerator) as posts, sum(denominator) as planned from marts.fct_kpi_components "
        "where kpi_id = 'posting_frequency' and month = date '2026-07-01' group by person_id"
    )
    assert {row["person_id"]: (row["posts"], row["planned"]) for row in rows} == {
        "p_first": (Decimal("37.2"), Decimal("74.4")),
        "p_second": (Decimal("18.6"), Decimal("37.2")),
        "UNASSIGNED": (Decimal("6.2"), Decimal("12.4")),
    }
    assert person_kpi(quarter, "p_first", "posting_frequency", "2026-07")["value"] == Decimal("0.5")
    assert person_kpi(quarter, "p_first", "posting_frequency", "2026-08")["status"] == "not_applicable"


@pytest.mark.req("000-K27")
def test_the_team_total_goes_to_every_member_and_to_nobody_else(quarter: ScratchWarehouse) -> None:
    values = {
        p: person_kpi(quarter, p, "team_impressions", "2026-07")["value"] for p in ("p_first", "p_second", "p_agent")
    }
    assert values == {"p_first": Decimal(6200), "p_second": Decimal(6200), "p_agent": None}


def test_a_hand_over_splits_into_segments_that_add_up(quarter: ScratchWarehouse) -> None:
    rows = quarter.rows(
        "select segment_id, value from intermediate.int_segment_kpi where person_id = 'p_second' "
        "and kpi_id = 'impressions' and period = '2026-08' order by segment_id"
    )
    assert [(r["segment_id"], r["value"]) for r in rows] == [("2020-01-01", Decimal(900)), ("2026-08-16", Decimal(960))]
    assert person_kpi(quarter, "p_second", "impressions", "2026-08")["value"] == Decimal(1860)


@pytest.mark.req("000-K01")
def test_missing_days_withhold_the_month_and_the_quarter_but_not_other_sources(quarter: ScratchWarehouse) -> None:
    month = person_kpi(quarter, "p_first", "net_follower_growth", "2026-09")
    assert (month["status"], month["value"], month["numerator"]) == ("withheld", None, Decimal(84))
    assert month["status_reason"] == "x_account x_main: 2 of 30 days are missing, from 2026-09-10 to 2026-09-11."
    assert person_kpi(quarter, "p_first", "net_follower_growth", "2026-Q3")["status"] == "withheld"
    assert person_kpi(quarter, "p_first", "impressions", "2026-09")["status"] == "ok"
    certificate = quarter.rows(
        "select quality, n_expected, n_sound, status from marts.data_quality_certificate "
        "where period = '2026-09' and kpi_id = 'net_follower_growth'"
    )
    assert certificate == [{"quality": Decimal("0.933333"), "n_expected": 30, "n_sound": 28, "status": "withheld"}]


def test_an_agent_whose_source_has_nothing_is_withheld_not_zero(quarter: ScratchWarehouse) -> None:
    row = person_kpi(quarter, "p_agent", "tickets_resolved", "2026-07")
    assert (row["status"], row["reason_code"], row["value"]) == ("withheld", "no_data", None)
    assert person_kpi(quarter, "p_agent", "impressions", "2026-07")["reason_code"] == "no_responsibility"


def test_the_wide_table_has_one_row_a_person_and_month(quarter: ScratchWarehouse) -> None:
    rows = quarter.rows("select month, person_id, impressions, n_withheld from marts.person_kpis_monthly")
    assert len(rows) == 9
    july = next(r for r in rows if r["person_id"] == "p_first" and str(r["month"]) == "2026-07-01")
    assert july["impressions"] == Decimal(3720)


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScratchWarehouse]:
    """Build July and August of five accounts: the sound one, and one for each trouble, with an owner of its own.

    Nine tenths of every account belong to somebody; the company notes what is credited to nobody above five per cent.
    """
    with ScratchWarehouse(
        tmp_path_factory.mktemp("troubled"), settings={"max_unassigned_share": 0.05}, begin_from=every_relation()
    ) as scratch:
        company(scratch)
        for trouble in ("contradicting", "silent", "broken", "cut"):
            scratch.person(f"p_{trouble}")
            open_account(scratch, f"x_{trouble}", {f"p_{trouble}": "0.9"})
        land_month(scratch, "2026-07")
        land_month(scratch, "2026-07", account="x_contradicting", conflict=True)
        for month in ("2026-04", "2026-05", "2026-06"):
            land_month(scratch, month, account="x_silent")
        land_month(scratch, "2026-07", account="x_silent", skip_days=tuple(range(4, 32)))
        scratch.execute(
            "update landing.files set period_to = null, exported_at = null where content_id = 'days_x_silent_2026-07'"
        )
        land_month(scratch, "2026-07", account="x_broken")
        land_month(scratch, "2026-08", account="x_broken")
        scratch.execute("update landing.files set n_broken = 1 where content_id = 'posts_x_broken_2026-07'")
        scratch.execute("update landing.files set n_broken = 2 where content_id = 'posts_x_broken_2026-08'")
        land_month(scratch, "2026-07", account="x_cut")
        scratch.execute("update landing.files set n_broken = 1, is_cut = true where content_id = 'posts_x_cut_2026-07'")
        scratch.months("2026-07", "2026-08")
        scratch.build()
        yield scratch


def test_unassigned_credit_above_the_limit_is_noted_and_withholds_nothing(troubled: ScratchWarehouse) -> None:
    messages = [
        r["message"]
        for r in troubled.rows("select message from marts.data_quality_findings where guard = 'unassigned'")
    ]
    assert "10.0 % of impressions is credited to nobody." in messages
    assert person_kpi(troubled, "p_first", "impressions", "2026-07")["status"] == "ok"


def test_contradicting_files_withhold_the_account(troubled: ScratchWarehouse) -> None:
    row = person_kpi(troubled, "p_contradicting", "net_follower_growth", "2026-07")
    assert (row["status"], row["reason_code"]) == ("withheld", "contradiction")
    assert row["status_reason"].startswith("x_contradicting: 1 records have different values in files of the same date")


def test_a_source_that_falls_silent_and_one_that_collapses(troubled: ScratchWarehouse) -> None:
    found = {
        r["guard"]: (r["severity"], r["message"])
        for r in troubled.rows(
            "select guard, severity, message from marts.data_quality_findings "
            "where family = 'x_account' and subject_id = 'x_silent' and month = date '2026-07-01'"
        )
    }
    assert found["late"] == (
        "withhold",
        "x_account x_silent: the source ends on 2026-07-03, 28 days before the end of the period.",
    )
    assert found["volume"] == (
        "withhold",
        "x_account x_silent: 3 records against a median of 30.0 in the months before.",
    )
    assert found["gap"][1] == "x_account x_silent: 28 of 31 days are missing, from 2026-07-04 to 2026-07-31."


def test_broken_rows_withhold_above_two_per_cent_of_a_file(troubled: ScratchWarehouse) -> None:
    found = troubled.rows(
        "select month, severity, message from marts.data_quality_findings "
        "where reason_code = 'broken_rows' and subject_id = 'x_broken' order by month"
    )
    assert [(r["severity"], r["message"]) for r in found] == [
        ("note", "x_posts x_broken: 1 rows could not be read (1.6 % of the worst file)."),
        ("withhold", "x_posts x_broken: 2 rows could not be read (3.1 % of the worst file)."),
    ]
    assert person_kpi(troubled, "p_broken", "impressions", "2026-07")["status"] == "ok"
    assert person_kpi(troubled, "p_broken", "impressions", "2026-08")["reason_code"] == "broken_rows"


def test_a_cut_file_withholds_however_few_of_its_rows_are_broken(troubled: ScratchWarehouse) -> None:
    """Sources §5, incident 17: an incomplete upload. One row is broken, but nobody knows how many are missing."""
    row = person_kpi(troubled, "p_cut", "impressions", "2026-07")
    assert (row["status"], row["status_reason"]) == (
        "withheld",
        "x_posts x_cut: a file ends in the middle of a row, so rows are missing.",
    )


def test_the_trouble_of_one_source_is_its_own(troubled: ScratchWarehouse) -> None:
    people = ("p_first", "p_contradicting", "p_silent", "p_broken", "p_cut")
    withheld = {
        (person, kpi)
        for person in people
        for kpi in ("impressions", "net_follower_growth")
        if person_kpi(troubled, person, kpi, "2026-07")["status"] != "ok"
    }
    assert withheld == {
        ("p_contradicting", "net_follower_growth"),
        ("p_silent", "net_follower_growth"),
        ("p_cut", "impressions"),
    }


def test_a_quarter_stands_though_its_older_months_are_not_read_again(quarter: ScratchWarehouse, tmp_path: Path) -> None:
    """A month read alone sees the files around it: a year's January must not look empty to its December."""
    query = "select * from marts.{} where period = '2026-Q3' order by all"
    tables = ("fct_person_kpi", "data_quality_certificate")
    before = [quarter.rows(query.format(table)) for table in tables]
    copy = quarter.copy(tmp_path)
    for table in ("profile", "files", "x_posts_monthly", "x_account_daily"):
        content = "content_id" if table in ("profile", "files") else "_content_id"
        copy.execute(f"delete from landing.{table} where {content} like '%2026-07'")
    copy.months("2026-09")
    copy.build()
    assert [copy.rows(query.format(table)) for table in tables] == before
    copy.close()


def test_running_a_month_again_changes_nothing(quarter: ScratchWarehouse) -> None:
    query = "select * from marts.fct_person_kpi order by all"
    before = quarter.rows(query)
    quarter.months("2026-08")
    quarter.build()
    assert quarter.rows(query) == before


DAMAGES = {
    "assert_kpi_credit_conserved": "update marts.fct_kpi_components set numerator = numerator + 0.000001 "
    "where kpi_id = 'impressions' and person_id = 'UNASSIGNED'",
    "assert_kpi_overlay_outside_totals": "update marts.fct_kpi_components set credit_kind = 'split' "
    "where kpi_id = 'team_net_follower_growth'",
    "assert_kpi_period_is_sum_of_months": "update marts.fct_person_kpi set numerator = 1, value = 1 "
    "where kpi_id = 'posts_published' and period = '2026-07' and person_id = 'p_first'",
    "assert_kpi_ratio_never_averaged": "update marts.fct_person_kpi set value = 0.5 "
    "where kpi_id = 'engagement_rate_followers' and period = '2026-Q3' and value is not null",
    "assert_kpi_nobody_vanishes": "delete from marts.fct_person_kpi where person_id = 'p_agent'",
    "assert_kpi_no_pay_on_bad_data": "update marts.fct_person_kpi set status = 'ok' "
    "where kpi_id = 'net_follower_growth' and period = '2026-09'",
}


def test_each_assert_sees_the_defect_it_exists_for(quarter: ScratchWarehouse, tmp_path: Path) -> None:
    with quarter.copy(tmp_path) as copy:
        copy.months("2026-07", "2026-08", "2026-09")
        copy.dbt("test", "--select", *DAMAGES)
        for damage in DAMAGES.values():
            copy.execute(damage)
        output = copy.dbt("test", "--select", *DAMAGES, expect_success=False)
    assert [check for check in DAMAGES if not re.search(rf"FAIL \d+ {check}\b", output)] == []
