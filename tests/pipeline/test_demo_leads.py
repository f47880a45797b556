"""What marketing plants in the demo company, as the published warehouse tells it; the sums are in test_demo_truth."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipelines.company.keys import Pseudonymiser


@pytest.fixture(scope="module")
def published(small_home: Path) -> Iterator[Any]:
    import duckdb

    connection = duckdb.connect(str(small_home / "published" / "kpi.duckdb"), read_only=True)
    yield connection
    connection.close()


def reading(published: Any, home: Path, person: str, kpi: str) -> tuple[Any, str]:
    """Value and status of a person's KPI in 2026-10."""
    key = Pseudonymiser.from_home(home).person(person)
    query = "select value, status from fct_person_kpi where person_id = ? and kpi_id = ? and period = '2026-10'"
    (row,) = published.execute(query, [key, kpi]).fetchall()
    return row[0], row[1]


@pytest.mark.req("004-K12")
def test_reports_of_october_came_in_time(published: Any, small_home: Path) -> None:
    assert reading(published, small_home, "P005", "report_timeliness") == (Decimal(1), "ok")


@pytest.mark.req("004-K4")
@pytest.mark.req("004-K5")
@pytest.mark.req("004-K18")
def test_costs_are_provisional_while_spend_is_restated(published: Any, small_home: Path) -> None:
    readings = {
        kpi: reading(published, small_home, "P006", kpi)
        for kpi in ("cost_per_lead", "marketing_roi", "return_on_ad_spend", "ad_click_rate")
    }
    assert {status for _, status in readings.values()} == {"provisional"}
    assert abs(readings["return_on_ad_spend"][0] - readings["marketing_roi"][0] - 1) < Decimal("1e-9")


@pytest.mark.req("004-D1")
def test_bad_tags_are_listed(published: Any) -> None:
    found = set(
        published.execute(
            "select reason_code, subject_id from data_quality_findings where guard = 'utm' and family = 'leads'"
        ).fetchall()
    )
    assert {("utm_source_unknown", "tiktokk"), ("utm_code_unheld", "kol-gone")} <= found
    # searches are paid for, but no export of the search engine tells what
    assert {tag for reason, tag in found if reason == "utm_campaign_without_spend"} <= {
        "autumn",
        "launch42",
        "evergreen",
    }


@pytest.mark.req("004-K1")
@pytest.mark.req("004-K2")
@pytest.mark.req("000-K17")
@pytest.mark.req("001-K14")
@pytest.mark.req("004-K11")
def test_every_marketing_kpi_has_a_value_of_somebody(published: Any) -> None:
    kpis = (
        "online_traffic_share", "lead_conversion", "lead_conversion_cohort", "lead_completeness", "utm_compliance",
        "customer_acquisition_cost", "app_installs", "user_interviews", "funnel_accuracy",
    )  # fmt: skip
    found = published.execute(
        "select distinct kpi_id from fct_person_kpi where period = '2026-10' and value is not null"
    ).fetchall()
    assert set(kpis) <= {row[0] for row in found}
