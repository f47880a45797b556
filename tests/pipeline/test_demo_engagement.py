"""Events, surveys, conversations and crises of the small demo company against the truth reckoned on its own.

Belongs here: what tests/pipeline/test_demo_truth.py does not see: that these KPIs of the small company are there with a
status and a value. Sums, ratios and exact numbers of the whole company are compared there.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.company.keys import Pseudonymiser
from pipelines.demo import generate_small, percentile

MONTH = "2026-10"
RATIOS = (
    "event_participation_rate",
    "event_attendance_rate",
    "event_roi",
    "event_order_conversion",
    "csat_top2_share",
    "nps",
    "survey_response_rate",
    "ticket_resolution_rate",
)
MICRO = Decimal("0.000001")


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return generate_small(tmp_path_factory.mktemp("twin"))


@pytest.fixture(scope="module")
def published(small_home: Path) -> dict[tuple[str, str], tuple[str, Decimal | None]]:
    """(person, KPI) -> status and value of the month."""
    keys = Pseudonymiser.from_home(small_home)
    names = {keys.person(f"P{number:03d}"): f"P{number:03d}" for number in range(1, 7)}
    with duckdb.connect(str(small_home / "published" / "kpi.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "select person_id, kpi_id, status, value from fct_person_kpi where period = ?", [MONTH]
        ).fetchall()
    return {(names[person], kpi): (status, value) for person, kpi, status, value in rows}


@pytest.mark.req("001-K3")
@pytest.mark.req("004-K10")
@pytest.mark.req("004-K13")
@pytest.mark.req("003-K15b")
@pytest.mark.req("003-K18")
@pytest.mark.req("003-K19")
@pytest.mark.parametrize("kpi", RATIOS)
def test_every_ratio_of_the_month_is_the_true_one(truth: Any, published: Any, kpi: str) -> None:
    true = {
        person: cell.value
        for (month, person, name), cell in truth.cells.items()
        if (month, name) == (MONTH, kpi) and person != "UNASSIGNED" and cell.denominator
    }
    assert true
    for person, value in true.items():
        status, found = published[person, kpi]
        assert status == "ok"
        assert abs(found - value) <= MICRO, person


@pytest.mark.req("003-K27")
def test_incubation_is_the_median_of_the_true_days(truth: Any, published: Any) -> None:
    true = {
        person: [value for value, _ in pairs]
        for (month, person, name), pairs in truth.values.items()
        if (month, name) == (MONTH, "activity_incubation_days_p50")
    }
    assert true
    for person, values in true.items():
        assert published[person, "activity_incubation_days_p50"] == ("ok", percentile(values, Decimal("0.5")))
