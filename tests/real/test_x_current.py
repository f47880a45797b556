"""Today's X exports of real accounts: the content export of two weeks and 475 days of the account overview."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest


def component(company: Any, kpi: str, month: date) -> tuple[Any, ...]:
    (row,) = company.published(
        "select sum(numerator), sum(denominator), sum(n_records) from fct_kpi_components"
        " where kpi_id = ? and month = ? and credit_kind = 'split'",
        [kpi, month],
    )
    return row


FEBRUARY = date(2026, 2, 1)


@pytest.mark.req("000-K02")
def test_all_posts_and_impressions_of_the_content_export(current_x: Any) -> None:
    impressions, _, posts = component(current_x, "impressions", FEBRUARY)
    assert (int(impressions), int(posts)) == (79653, 178)


@pytest.mark.req("000-K06")
def test_bookmarks_weigh_double_in_the_interactions(current_x: Any) -> None:
    interactions, impressions, posts = component(current_x, "engagement_rate_impressions", FEBRUARY)
    # 373 likes, 67 replies, 12 reposts, 16 bookmarks
    assert (int(interactions), int(impressions), int(posts)) == (373 + 67 + 12 + 2 * 16, 79653, 178)


def test_replies_are_told_from_posts(current_x: Any) -> None:
    published, _, _ = component(current_x, "posts_published", FEBRUARY)
    # 87 % of the 178 are replies
    assert int(published) == 24
    (counts,) = current_x.built(
        "select count(*) filter (text_kind = 'reply'), sum(likes), sum(engagements), sum(bookmarks),"
        " count(distinct local_day) from intermediate.int_posts where account_id = 'writer'"
    )
    assert tuple(map(int, counts)) == (154, 373, 1317, 16, 14)


def test_the_day_of_every_post_is_the_day_of_its_id(current_x: Any) -> None:
    days = Counter(
        day for (day,) in current_x.built("select local_day from intermediate.int_posts where account_id = 'writer'")
    )
    expected = Counter(datetime.strptime(row["Date"], "%a, %b %d, %Y").date() for row in current_x.facts["posts"])
    assert days == expected


@pytest.mark.req("000-K01")
def test_net_growth_of_every_month_equals_the_overview(current_x: Any) -> None:
    expected: Counter[str] = Counter()
    for row in current_x.facts["overview"]:
        day = datetime.strptime(row["Date"], "%a, %b %d, %Y")
        expected[day.strftime("%Y-%m")] += int(row["New follows"]) - int(row["Unfollows"])
    rows = current_x.published(
        "select strftime(month, '%Y-%m'), sum(numerator), sum(n_records) from fct_kpi_components"
        " where kpi_id = 'net_follower_growth' and credit_kind = 'split' group by 1"
    )
    assert {month: int(growth) for month, growth, records in rows if records} == expected
    assert sum(records for _, _, records in rows) == 475
    assert sum((growth for _, growth, _ in rows), Decimal(0)) == 9829 - 789


def test_the_missing_day_withholds_its_month_and_no_other(current_x: Any) -> None:
    rows = current_x.published(
        "select distinct period from fct_person_kpi where period_type = 'month' and kpi_id = 'net_follower_growth'"
        " and status = 'withheld' and period between '2024-09' and '2025-12' and n_records > 0"
    )
    assert rows == [("2025-09",)]


def test_the_missing_day_is_named(current_x: Any) -> None:
    (finding,) = current_x.published(
        "select month, subject_id, severity, n, message from data_quality_findings"
        " where guard = 'gap' and family = 'x_account'"
    )
    assert finding[:4] == (date(2025, 9, 1), "page", "withhold", 1)
    assert "2025-09-12" in finding[4]
