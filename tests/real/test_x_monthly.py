"""Sixty monthly exports of a real X account: every post counts once, months add up, the missing month is a gap."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

# (posts, impressions, engagements) by month, as counted by hand in the data's README
KNOWN_MONTHS = {
    "2020-12": (26, 132012, 1386),
    "2021-01": (40, 215322, 2353),
    "2021-02": (24, 223563, 2794),
    "2021-03": (21, 120924, 2306),
    "2021-04": (25, 181466, 1566),
    "2021-06": (28, 118442, 905),
    "2021-07": (24, 151762, 2280),
    "2021-08": (13, 56241, 490),
    "2021-09": (26, 87540, 1506),
    "2021-10": (27, 93368, 1404),
    "2021-11": (33, 131651, 1507),
    "2021-12": (17, 85120, 972),
}
PLATFORM_KPIS = ("impressions", "engagement_rate_impressions", "posts_published")


def month_of(row: dict[str, str]) -> str:
    return row["time"][:7]


def by_month(company: Any, kpi: str) -> dict[str, tuple[Decimal, Decimal, int]]:
    rows = company.published(
        "select strftime(month, '%Y-%m'), sum(numerator), sum(denominator), sum(n_records) from fct_kpi_components"
        " where kpi_id = ? and credit_kind = 'split' group by 1",
        [kpi],
    )
    return {month: (numerator, denominator, int(records)) for month, numerator, denominator, records in rows}


@pytest.mark.req("000-K02")
def test_all_posts_of_all_files_count_once(monthly_x: Any) -> None:
    assert monthly_x.facts["files"] == 60
    counted = by_month(monthly_x, "impressions")
    assert sum(records for _, _, records in counted.values()) == 1668
    assert {month: n for month, (_, _, n) in counted.items() if n} == Counter(map(month_of, monthly_x.facts["rows"]))


@pytest.mark.req("000-K02")
def test_impressions_of_each_known_month(monthly_x: Any) -> None:
    counted = by_month(monthly_x, "impressions")
    got = {month: (counted[month][2], counted[month][0]) for month in KNOWN_MONTHS}
    assert got == {month: (posts, impressions) for month, (posts, impressions, _) in KNOWN_MONTHS.items()}


@pytest.mark.req("000-K02")
def test_impressions_of_every_month_equal_the_files(monthly_x: Any) -> None:
    expected: Counter[str] = Counter()
    for row in monthly_x.facts["rows"]:
        expected[month_of(row)] += int(Decimal(row["impressions"]))
    counted = by_month(monthly_x, "impressions")
    assert {month: numerator for month, (numerator, _, _) in counted.items() if numerator} == expected


@pytest.mark.req("000-K06")
def test_interactions_of_every_month_equal_the_files(monthly_x: Any) -> None:
    expected: Counter[str] = Counter()
    for row in monthly_x.facts["rows"]:
        expected[month_of(row)] += sum(int(Decimal(row[part])) for part in ("likes", "retweets", "replies"))
    counted = by_month(monthly_x, "engagement_rate_impressions")
    assert {month: numerator for month, (numerator, _, _) in counted.items() if numerator} == expected
    impressions = by_month(monthly_x, "impressions")
    assert {month: denominator for month, (_, denominator, n) in counted.items() if n} == {
        month: numerator for month, (numerator, _, n) in impressions.items() if n
    }


def test_engagements_of_each_known_month(monthly_x: Any) -> None:
    rows = monthly_x.built(
        "select strftime(month, '%Y-%m'), sum(engagements) from intermediate.int_posts group by 1 order by 1"
    )
    got = {month: int(engagements) for month, engagements in rows}
    assert {month: got[month] for month in KNOWN_MONTHS} == {month: known[2] for month, known in KNOWN_MONTHS.items()}


def test_only_the_missing_month_is_withheld(monthly_x: Any) -> None:
    rows = monthly_x.published(
        "select period, status from fct_person_kpi where period_type = 'month' and kpi_id = 'impressions'"
    )
    states = dict(rows)
    assert len(states) == 61
    assert {month for month, status in states.items() if status == "withheld"} == {"2021-05"}
    # an export made as its month ends holds posts younger than the agreed age: such a month is provisional
    assert set(states.values()) == {"ok", "provisional", "withheld"}


def test_the_missing_month_withholds_the_platform_kpis(monthly_x: Any) -> None:
    rows = monthly_x.published(
        "select kpi_id, status, status_reason from fct_person_kpi where period = '2021-05' and kpi_id in (?, ?, ?)",
        PLATFORM_KPIS,
    )
    assert sorted(kpi for kpi, _, _ in rows) == sorted(PLATFORM_KPIS)
    assert {status for _, status, _ in rows} == {"withheld"}
    assert all(reason for _, _, reason in rows)


def test_the_missing_month_is_named_as_a_gap_of_31_days(monthly_x: Any) -> None:
    (finding,) = monthly_x.published(
        "select subject_id, severity, n, message from data_quality_findings where guard = 'gap'"
        " and month = date '2021-05-01' and family = 'x_posts'"
    )
    assert finding[:3] == ("org", "withhold", 31)
    assert "2021-05-01" in finding[3]
    assert "2021-05-31" in finding[3]


def test_no_other_month_has_a_gap(monthly_x: Any) -> None:
    rows = monthly_x.published(
        "select distinct strftime(month, '%Y-%m') from data_quality_findings where guard = 'gap'"
    )
    assert rows == [("2021-05",)]


def test_texts_and_links_stay_out_of_the_warehouse(monthly_x: Any) -> None:
    texts = {row["Tweet text"] for row in monthly_x.facts["rows"] if len(row["Tweet text"]) > 20}
    landed = b"".join(path.read_bytes() for path in sorted((monthly_x.home / "published").rglob("*")) if path.is_file())
    found = sum(text[:40].encode() in landed for text in texts)
    assert found == 0, f"{found} texts are in the published files"
