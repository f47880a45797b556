"""Every planted accident is really in the files, and the truth says so."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from demo_world import Demo

from pipelines.demo.truth import ExpectedFinding


def rows_of(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding))))


def orders_of(demo: Demo, taken: str, shop: str = "shop_cn") -> list[dict[str, str]]:
    return rows_of(demo.exports / "shopify" / shop / taken / "orders_export.csv")


def test_three_overview_days_of_one_account_are_missing(demo: Demo) -> None:
    days = [row["Date"] for row in rows_of(demo.exports / "x/x_dev/2026-09-09/account_overview_analytics.csv")]
    assert len(days) == 28
    assert not [day for day in days if day[5:] in ("Aug 11, 2026", "Aug 12, 2026", "Aug 13, 2026")]
    assert ExpectedFinding("2026-08", "x_account", "x_dev", "gap") in demo.truth.findings
    assert ("2026-08", "net_follower_growth", "x_dev") in demo.truth.withheld


def test_zeros_were_uploaded_over_values(demo: Demo) -> None:
    folder = demo.exports / "x/x_help/2025-06-09"
    real = rows_of(folder / "account_analytics_content_2025-05-01_2025-05-31.csv")
    zeros = rows_of(folder / "account_analytics_content_2025-05-01_2025-05-31 (1).csv")
    assert [row["Post id"] for row in real] == [row["Post id"] for row in zeros]
    assert all(row["Impressions"] != "0" for row in real)
    assert {row["Impressions"] for row in zeros} == {"0"}
    assert ExpectedFinding("2025-05", "x_posts", "x_help", "contradiction") in demo.truth.findings


def test_one_file_was_delivered_twice(demo: Demo) -> None:
    folder = demo.exports / "x/x_brand/2026-08-09"
    first = folder / "account_analytics_content_2026-07-01_2026-07-31.csv"
    second = folder / "account_analytics_content_2026-07-01_2026-07-31 (1).csv"
    assert first.read_bytes() == second.read_bytes()
    assert demo.truth.duplicates == [second.name]


@pytest.mark.req("000-K19")
def test_an_order_was_refunded_after_its_month_was_exported(demo: Demo) -> None:
    name = demo.truth.planted["refunded_after_close"]
    (before,) = [row for row in orders_of(demo, "2026-10-09") if row["Name"] == name and row["Total"]]
    (after,) = [row for row in orders_of(demo, "2026-11-09") if row["Name"] == name and row["Total"]]
    assert before["Refunded Amount"] == "0.00"
    assert before["Created at"].startswith("2026-09")
    assert after["Refunded Amount"] == after["Total"] != "0.00"
    assert (before["Financial Status"], after["Financial Status"]) == ("paid", "refunded")


def test_order_values_stand_on_the_first_line_item_only(demo: Demo) -> None:
    rows = orders_of(demo, "2026-06-09", "shop_global")
    seen: set[str] = set()
    for row in rows:
        assert bool(row["Total"]) is (row["Name"] not in seen)
        seen.add(row["Name"])
    assert len(rows) > len(seen)


def test_there_are_cancelled_test_and_free_orders(demo: Demo) -> None:
    orders = [row for row in orders_of(demo, "2026-11-09") if row["Total"]]
    assert [row for row in orders if row["Cancelled at"]]
    assert [row for row in orders if row["Tags"] == "test"]
    assert [row for row in orders if row["Total"] == "0.00"]
    assert {row["Discount Code"] for row in orders} >= {"FRIENDS50", "WELCOME15", "ANRAN10", ""}


def test_broken_rows_are_few_and_named(demo: Demo) -> None:
    assert demo.truth.quarantined_rows == {"hubspot-crm-exports-all-deals-2025-03-09.csv": 3}
    rows = rows_of(demo.exports / "hubspot/2025-03-09/hubspot-crm-exports-all-deals-2025-03-09.csv")
    assert [row["Deal Name"] for row in rows if row["Record ID"] in ("", "19990001", "19990002")] == [
        "没有编号", "金额读不出", "日期读不出",
    ]  # fmt: skip


def test_decimal_commas_in_one_file(demo: Demo) -> None:
    path = demo.exports / "hubspot/2025-10-09/hubspot-crm-exports-all-deals-2025-10-09.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))
    assert all(row["Amount"][-3] == "," for row in rows)
    assert [row for row in rows if "." in row["Amount"]]


def test_the_last_month_lacks_some_flags_of_one_account_only(demo: Demo) -> None:
    missing = [
        row for row in rows_of(demo.exports / "cms/2026-11-09/content_log_2026-10.csv") if not row["is_original"]
    ]
    assert sorted(int(row["post_id"]) for row in missing) == demo.truth.planted["unflagged_posts"]
    withheld = {subject for month, _, subject in demo.truth.withheld if month == "2026-10"}
    assert withheld == {"x_help"}


def test_the_idle_agent_and_the_stranger_are_in_the_truth_as_meant(demo: Demo) -> None:
    assert not [key for key in demo.truth.values if key[1] == "P024"]
    unassigned = [key for key in demo.truth.values if key[1] == "UNASSIGNED"]
    assert unassigned, "tickets of an unknown agent must stay in the totals"


def test_the_shared_login_is_nobodys_between_leaver_and_joiner(demo: Demo) -> None:
    log = rows_of(demo.exports / "tickets/2026-10-12/ticket_events_2026-09.csv")
    days = [row["Complete Timestamp"][:10] for row in log if row["Resource"] == "agent.night"]
    assert [day for day in days if day < "2026/09/16"]
    assert not [key for key in demo.truth.cells if key[1] == "P020" and key[0] > "2026-09"]


@pytest.mark.req("000-K01")
def test_the_hand_over_splits_the_month_by_day(demo: Demo) -> None:
    rows = rows_of(demo.exports / "x/x_dev/2026-11-09/account_overview_analytics.csv")
    growth = {int(row["Date"][9:-6]): int(row["New follows"]) - int(row["Unfollows"]) for row in rows}
    assert len(growth) == 31
    cell = demo.truth.cells["2026-10", "P008", "net_follower_growth"]
    assert cell.numerator == sum(value for day, value in growth.items() if day >= 16)


def test_a_shared_account_is_split_60_to_40(demo: Demo) -> None:
    rows = rows_of(demo.exports / "x/x_help/2026-11-09/account_overview_analytics.csv")
    growth = sum(int(row["New follows"]) - int(row["Unfollows"]) for row in rows)
    assert demo.truth.cells["2026-10", "P021", "net_follower_growth"].numerator == Decimal(growth) * Decimal("0.6")


def test_a_share_below_100_leaves_the_rest_unassigned(demo: Demo) -> None:
    own = demo.truth.cells["2024-11", "P006", "net_follower_growth"].numerator
    rest = demo.truth.cells["2024-11", "UNASSIGNED", "net_follower_growth"].numerator
    assert own == 4 * rest
    assert ("2025-01", "UNASSIGNED", "net_follower_growth") not in demo.truth.cells


def test_the_moved_code_changes_hands_in_mid_month(demo: Demo) -> None:
    """August's uses of the code belong to P006 before the 15th and to P021 from then on."""
    rows = [
        row for row in orders_of(demo, "2026-09-09") + orders_of(demo, "2026-09-09", "shop_global")
        if row["Total"] and row["Discount Code"] == "WELCOME15"
    ]  # fmt: skip
    days = [row["Created at"][:10] for row in rows]
    assert [day for day in days if day < "2026-08-15"]
    assert [day for day in days if day >= "2026-08-15"]
