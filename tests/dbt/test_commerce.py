"""Orders of several months and files: who is a new customer, and incidents of orders (sources.md §5, by number).

Belongs here: what needs several months or deliveries. A formula stands beside its model as a dbt unit test.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from harness.warehouse import ScratchWarehouse

SHOP = {"subject": "shop_wechat", "timezone": "Asia/Shanghai"}
FACTS = ("+int_kpi_inputs_orders", "+int_kpi_inputs_customers", "+int_guard_amounts")


def order(number: str, placed_at: str, buyer: str, amount: str = "100.00", **more: str) -> dict[str, str]:
    """One row of a generic order export, paid and completed."""
    return {
        "order_no": number,
        "placed_at": placed_at,
        "buyer": buyer,
        "paid_amount": amount,
        "order_status": "交易成功",
        "channel": "社群",
        **more,
    }


def land(scratch: ScratchWarehouse) -> None:
    """Three deliveries: September, October again with September, and September's file a second time."""
    september = [
        order("S1", "2026-09-05 10:00:00", "refunded first"),
        order("S2", "2026-09-06 10:00:00", "regular"),
        order("S3", "2026-09-30 23:59:59", "month end"),
    ]
    october = [
        {**september[0], "refunded_amount": "100.00"},
        *september[1:],
        order("O1", "2026-10-01 00:00:00", "refunded first"),
        order("O2", "2026-10-02 10:00:00", "regular", "40.00"),
        # a row an item: the order's values are repeated on one, and left out on the other
        order("O3", "2026-10-03 10:00:00", "three items", "30.00"),
        order("O3", "2026-10-03 10:00:00", "three items", "30.00"),
        {"order_no": "O3"},
        order("O4", "2026-10-04 10:00:00", "cancels", order_status="交易关闭"),
        order("O5", "2026-10-04 10:00:00", "free", "0.00"),
        order("O6", "2026-10-04 10:00:00", "colleague", tags="员工"),
        order("O7", "2026-10-04 10:00:00", "tester", tags="Test"),
        order("O8", "2026-10-05 10:00:00", "abroad", "9.00", currency="USD"),
    ]
    november = [order("N1", "2026-11-02 10:00:00", "later"), order("N2", "2026-11-02 10:00:00", "regular")]
    scratch.landing("orders_generic", september, content_id="c1", file_rank=1, exported_at="2026-10-09", **named())
    scratch.landing("orders_generic", october, content_id="c2", file_rank=3, exported_at="2026-11-09", **named())
    scratch.landing("orders_generic", september, content_id="c3", file_rank=2, exported_at="2026-10-09", **named())
    scratch.landing("orders_generic", november, content_id="c4", file_rank=4, exported_at="2026-12-09", **named())


def named() -> dict[str, Any]:
    """The shop and its time zone, as `ScratchWarehouse.landing` takes them."""
    return {"subject_id": SHOP["subject"], "timezone": SHOP["timezone"]}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScratchWarehouse]:
    """October 2026 alone, and then September to November; the facts of October of either run."""
    with ScratchWarehouse(tmp_path_factory.mktemp("commerce")) as scratch:
        scratch.person("p_1")
        scratch.assign("account", "shop_wechat", "p_1")
        land(scratch)
        scratch.months("2026-10")
        scratch.dbt("run", "--select", *FACTS)
        scratch.execute("create schema alone")
        for name in ("int_orders", "int_customer_months", "int_kpi_inputs_orders"):
            scratch.execute(f"create table alone.{name} as select * from intermediate.{name}")
        scratch.months("2026-09", "2026-10", "2026-11")
        scratch.dbt("run", "--select", *FACTS)
        yield scratch


def test_a_month_is_the_same_whatever_is_built_with_it(built: ScratchWarehouse) -> None:
    for name in ("int_orders", "int_customer_months", "int_kpi_inputs_orders"):
        alone = built.rows(f"select * from alone.{name} order by record_id")
        ranged = built.rows(f"select * from intermediate.{name} where month = date '2026-10-01' order by record_id")
        assert alone == ranged
        assert alone


@pytest.mark.req("001-K2")
def test_new_customers_are_counted_with_their_first_purchase_of_all(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select strftime(month, '%Y-%m') as month, order_name from intermediate.int_orders "
        "where purchase_no = 1 order by all"
    )
    assert [(row["month"], row["order_name"]) for row in rows] == [
        ("2026-09", "S2"),
        ("2026-09", "S3"),
        ("2026-10", "O1"),
        ("2026-10", "O3"),
        ("2026-10", "O8"),
        ("2026-11", "N1"),
    ]


def test_12_a_refund_after_the_close_counts_on_the_date_of_the_order(built: ScratchWarehouse) -> None:
    """Incident 12: the first order is refunded with the later export; the next one becomes the first."""
    rows = built.rows(
        "select order_name, net_amount, purchase_no from intermediate.int_orders "
        "where order_name in ('S1', 'O1') order by all"
    )
    assert rows == [
        {"order_name": "O1", "net_amount": Decimal("100.000000"), "purchase_no": 1},
        {"order_name": "S1", "net_amount": Decimal("0.000000"), "purchase_no": None},
    ]


def test_13_test_free_cancelled_and_staff_orders_never_count_and_items_count_once(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select record_id, average_order_value__n as paid from alone.int_kpi_inputs_orders "
        "where conversion_revenue__n is not null or repurchase_rate__k is not null order by all"
    )
    assert [(row["record_id"].removeprefix("shop_wechat/"), row["paid"]) for row in rows] == [
        ("O1", 100),
        ("O2", 40),
        ("O3", 30),
        ("O8", None),
    ]


def test_19_an_order_in_another_currency_is_in_no_sum_and_withholds(built: ScratchWarehouse) -> None:
    (row,) = built.rows("select * from alone.int_kpi_inputs_orders where record_id = 'shop_wechat/O8'")
    money = ("conversion_revenue", "community_sales", "average_order_value", "existing_customer_revenue_share")
    assert [row[f"{kpi}__n"] for kpi in money] == [None] * 4
    assert row["new_customers__n"] == 1
    (customer,) = built.rows("select is_valued, net_total from alone.int_customer_months where customer_key = 'abroad'")
    assert customer == {"is_valued": False, "net_total": None}


def test_23_the_same_orders_delivered_three_times_are_one(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select n_versions, has_conflict, purchase_no from intermediate.int_orders where order_name = 'S2'"
    )
    assert rows == [{"n_versions": 3, "has_conflict": False, "purchase_no": 1}]


@pytest.mark.req("004-K6")
def test_a_second_purchase_is_of_an_existing_customer(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select sum(existing_customer_revenue_share__n) as existing, sum(existing_customer_revenue_share__d) as whole "
        "from alone.int_kpi_inputs_orders"
    )
    assert rows == [{"existing": 40, "whole": 170}]
