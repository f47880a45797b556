"""What a quarter says of its sealed months: what comes out otherwise by the data of now, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from reports_sample import crowd, facts, line, person, told

from pipelines.periods import Month
from pipelines.reports.facts import Past, SinceSeal
from pipelines.reports.since_seals import changes, since_seals_report

D = Decimal
JULY = Month(2026, 7)


def july(*results: Any) -> Past:
    return Past(JULY, "r1", results)


@pytest.mark.req("001-R2")
def test_a_value_and_a_payment_that_moved_are_listed_beside_the_seal() -> None:
    sealed = person("a", lines=[line("impressions", "80", value="800"), line("viral_posts", "50")], earned="900")
    fresh = person("a", lines=[line("impressions", "85", value="850"), line("viral_posts", "50")], earned="950.5")
    value, pay = changes(july(sealed), (fresh,))
    assert value == {
        **{"month": "2026-07", "person_id": "a", "segment_id": "2025-01-01", "community_id": None},
        **{"kpi_id": "impressions", "sealed_value": D(800), "value": D(850), "sealed_status": "ok", "status": "ok"},
    }
    assert pay == {
        **{"month": "2026-07", "person_id": "a", "sealed_payable": D(900), "payable": D("950.5")},
        **{"difference": D("50.5"), "currency": "CNY"},
    }


def test_withheld_data_that_arrived_and_people_on_one_side_alone_are_differences() -> None:
    sealed = [person("a", None, ("0", "100"), [line("impressions", None)]), person("gone", earned="10")]
    found = list(changes(july(*sealed), (person("a", lines=[line("impressions", "70")]), person("new", earned="5"))))
    assert [(row["person_id"], row.get("sealed_status"), row.get("status")) for row in found if "kpi_id" in row] == [
        ("a", "withheld", "ok"),
        ("gone", "ok", None),
        ("new", None, "ok"),
    ]
    pays = {
        row["person_id"]: (row["sealed_payable"], row["payable"], row["difference"])
        for row in found
        if "kpi_id" not in row
    }
    assert pays == {"gone": (D(10), None, D(-10)), "new": (None, D(5), D(5))}


def test_the_same_again_is_no_difference_and_communities_are_told_apart() -> None:
    lines = [line("active_members", "80", community_id="c1"), line("active_members", "90", community_id="c2")]
    sealed = person("a", lines=lines)
    assert list(changes(july(sealed), (sealed,))) == []
    (moved,) = changes(july(sealed), (person("a", lines=[lines[0], replace(lines[1], value=D(91))]),))
    assert (moved["community_id"], moved["sealed_value"], moved["value"]) == ("c2", D(90), D(91))


def test_the_report_says_of_each_month_whether_there_was_a_seal() -> None:
    known = replace(
        facts("2026-Q3", crowd(a="80")), since_seals={JULY: SinceSeal("r2", ({"month": "2026-07", "person_id": "a"},))}
    )
    report = since_seals_report(known)
    assert report is not None and len(report.rows) == 1
    assert told(report) == [
        ("month_compared", {"period": "2026-07", "revision": "r2"}),
        ("month_not_sealed", {"period": "2026-08"}),
        ("month_not_sealed", {"period": "2026-09"}),
    ]
    assert since_seals_report(facts("2026-10", crowd(a="80"))) is None
