"""KPIs off their usual level, and what channels cost and bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports_sample import crowd, facts, states, told

from pipelines.reports.channels import channel_report
from pipelines.reports.drift import drift_report
from pipelines.reports.facts import Channel
from pipelines.reports.table import Report

D = Decimal


def drift(values: Sequence[str], period: str = "2026-10", **changed: Any) -> Report | None:
    """The drift of a KPI whose last value is that of October; earlier ones go back month by month."""
    months = [f"2026-{10 - index:02d}" for index in range(len(values))]
    medians = {month: (D(value), 4) for month, value in zip(months, reversed(values), strict=True)}
    return drift_report(replace(facts(period, crowd(a="1"), **changed), medians={"impressions": medians}))


@pytest.mark.req("003-W11", "000-G2")
@pytest.mark.parametrize(
    ("values", "finding", "z"),
    [
        # median 100, MAD 10: z = (x − 100)/14.826
        (["80", "90", "100", "110", "120", "151.9"], "shock", "3.5"),
        (["80", "90", "100", "110", "120", "151.8"], "usual", "3.49"),
        (["80", "90", "100", "110", "120", "48.1"], "shock", "-3.5"),
        (["100", "100", "100", "101"], "changed", None),
        (["100", "100", "100", "100"], "usual", None),
        (["90", "100", "500"], "too_short", None),
        (["500"], "too_short", None),
    ],
)
def test_a_level_is_judged_by_the_months_before_it(values: list[str], finding: str, z: str | None) -> None:
    report = drift(values)
    assert report is not None
    assert [(row["finding"], row["robust_z"]) for row in report.rows] == [(finding, None if z is None else D(z))]
    assert report.rows[0]["people"] == 4


def test_drift_is_of_months_and_of_kpis_that_are_scored() -> None:
    assert drift(["1"], "2026-Q3") is None
    none = drift_report(facts("2026-10", crowd(a="1")))
    assert none is not None and none.rows == () and told(none) == [("no_medians", {})]
    stray = drift_report(replace(facts("2026-10", crowd(a="1")), medians={"other": {"2026-10": (D(1), 1)}}))
    assert stray is not None and stray.rows == ()


def channels(*given_: Channel, **changed: Any) -> Report:
    return channel_report(replace(facts("2026-10", [], **changed), channels=given_))


@pytest.mark.req("004-K4", "004-R5", "004-G2")
def test_a_channel_is_dear_beside_all_channels_together() -> None:
    found = channels(
        Channel("meta_ads", D(600), D(60), D(6), D(3000)),
        Channel("x_ads", D(300), D(15), D(3), D(150)),
        Channel("search_ads", D(100), D(25), D(0), D(0)),
        Channel("linkedin_ads", D(50), D(0), D(0), D(0)),
        Channel("silent", D(0), D(0), D(0), D(0)),
    )
    # all: 1050 / 100 = 10.50 a lead
    assert [row["channel"] for row in found.rows] == ["linkedin_ads", "x_ads", "meta_ads", "search_ads"]
    assert states(found, "channel", "finding") == {
        "linkedin_ads": "no_lead",
        "x_ads": "dearer",
        "meta_ads": "usual",
        "search_ads": "cheaper",
    }
    assert states(found, "channel", "cost_per_lead")["x_ads"] == D(20)
    assert states(found, "channel", "return_on_spend")["meta_ads"] == D(5)
    assert states(found, "channel", "cost_per_customer")["search_ads"] is None
    assert found.params == {"gap": D(25), "of_all": D("10.50")}
    assert told(channels()) == [("no_channels", {})]


amounts = st.integers(0, 10**6).map(D)


@given(st.lists(st.tuples(amounts, amounts), max_size=6))
@settings(max_examples=500)
def test_spend_and_leads_of_the_channels_are_those_of_the_period(sides: list[tuple[Decimal, Decimal]]) -> None:
    found = channels(*(Channel(f"c{index}", spend, leads, D(0), D(0)) for index, (spend, leads) in enumerate(sides)))
    for column, index in (("spend", 0), ("leads", 1)):
        assert sum((D(str(row[column])) for row in found.rows), D(0)) == sum((side[index] for side in sides), D(0))
    assert not {"dearer", "cheaper"} & {str(row["finding"]) for row in found.rows} or len(found.rows) > 1
