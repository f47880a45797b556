"""How many followers are spam, three ways: the list, and months without any."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from reports_sample import facts

from pipelines.periods import Month
from pipelines.reports.facts import FollowerCount
from pipelines.reports.follower_counts import follower_count_report

D = Decimal


@pytest.mark.req("003-D2")
def test_the_list_puts_the_three_counts_beside_each_other_in_per_cent() -> None:
    pool = FollowerCount(
        Month(2026, 10), "*", "f10", 1000, 100, D("0.1"), (D("0.066667"), D("0.04"), D("0.1")), 140,
        (D("0.17"), D("0.12"), D("0.24")), "differs",
    )  # fmt: skip
    one = replace(pool, account_id="x1", corrected=None, audit=None, audited=0, state="counted")
    report = follower_count_report(replace(facts("2026-10", []), follower_counts=(pool, one)))
    assert report is not None
    first, second = report.rows
    assert (first["flagged_share"], first["corrected_share"], first["audited_high"]) == (D(10), D("6.6667"), D(24))
    assert (first["status"], second["status"], second["corrected_share"]) == ("differs", "counted", None)
    assert report.params == {"asked": 0, "differs": 1, "points": D(3)}
    assert set(first) == set(report.columns)


def test_without_judged_followers_there_is_no_list() -> None:
    assert follower_count_report(facts("2026-10", [])) is None
