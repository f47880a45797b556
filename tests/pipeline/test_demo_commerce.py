"""Commerce and customer value of the demo company against the truth that its generator reckoned on its own.

Sums and ratios are compared by test_demo_truth; here are the shares of customers, which no sum can tell, the values
that follow, and what was planted.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from running import truth_beside

from pipelines.company.keys import Pseudonymiser
from pipelines.demo import Truth

SHARES = {
    "repurchase_rate",
    "existing_customer_repurchase",
    "referring_customer_share",
    "high_value_buying_share",
}


class Run:
    """The published warehouse of the demo company beside its truth."""

    def __init__(self, home: Path, truth: Truth, connection: Any) -> None:
        self.truth = truth
        self.connection = connection
        self.keys = Pseudonymiser.from_home(home)
        self.months = {row[0] for row in self.rows("select distinct month_text from (select "
            "strftime(month, '%Y-%m') as month_text from fct_kpi_components)")}  # fmt: skip

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self.connection.execute(query).fetchall()
        return found


@pytest.fixture(scope="module")
def run(demo_home: Path) -> Iterator[Run]:
    import duckdb

    connection = duckdb.connect(str(demo_home / "published" / "kpi.duckdb"), read_only=True)
    yield Run(demo_home, truth_beside(demo_home), connection)
    connection.close()


@pytest.mark.req("001-K16")
@pytest.mark.req("003-K14d")
@pytest.mark.req("003-K26")
@pytest.mark.req("003-K8")
@pytest.mark.req("003-K9")
def test_every_share_of_customers_is_the_true_one(run: Run) -> None:
    listed = ", ".join(f"'{kpi}'" for kpi in sorted(SHARES))
    found = {
        (month, person, kpi): (int(numerator), int(denominator))
        for month, person, kpi, numerator, denominator in run.rows(
            f"""
            select period, person_id, kpi_id, numerator, denominator from fct_person_kpi
            where period_type = 'month' and kpi_id in ({listed}) and denominator is not null
            """
        )
    }
    true = {
        (month, run.keys.person(person), kpi): pair
        for (month, person, kpi), pair in run.truth.shares.items()
        if month in run.months and person != "UNASSIGNED"
    }
    assert {kpi for _, _, kpi in true} == SHARES
    assert found == true


@pytest.mark.req("001-K2")
@pytest.mark.req("001-K5")
@pytest.mark.req("001-K15")
@pytest.mark.req("003-K5")
@pytest.mark.req("003-K7")
@pytest.mark.req("003-K12")
@pytest.mark.req("003-K14b")
@pytest.mark.req("003-K14c")
@pytest.mark.req("003-K17")
@pytest.mark.req("004-K6")
@pytest.mark.req("004-K21")
@pytest.mark.req("002-K8")
@pytest.mark.parametrize(
    "kpi",
    [
        "new_customers",
        "community_sales",
        "community_roi",
        "customer_lifetime_value",
        "community_value_coefficient",
        "member_conversion_rate",
        "average_order_value",
        "order_completion_rate",
        "social_revenue_per_session",
        "existing_customer_revenue_share",
        "private_domain_order_share",
        "high_value_retention",
        "loyalty_conversion",
    ],
)
def test_every_person_is_shown_the_true_value(run: Run, kpi: str) -> None:
    values = {
        (month, person): value
        for month, person, value in run.rows(
            f"""
            select period, person_id, value from fct_person_kpi
            where period_type = 'month' and kpi_id = '{kpi}' and status = 'ok'
            """
        )
    }
    true = {
        (month, run.keys.person(person)): cell.value
        for (month, person, name), cell in run.truth.cells.items()
        if name == kpi and month in run.months and person != "UNASSIGNED"
    }
    assert any(value is not None for value in true.values())
    wrong = {
        key: (values.get(key), value)
        for key, value in true.items()
        if value is not None and (key not in values or abs(values[key] - value) > Decimal("0.000000001"))
    }
    assert wrong == {}


def test_a_first_order_refunded_after_the_close_is_none(run: Run) -> None:
    """The new customer of September, by its first export, is one of October."""
    customer = run.keys.customer("微客首单退")
    rows = run.rows(
        f"""
        select strftime(month, '%Y-%m'), kpi_id from fct_kpi_values
        where value_key = '{customer}' and kpi_id = 'repurchase_rate'
        """
    )
    assert rows == [("2026-10", "repurchase_rate")]
