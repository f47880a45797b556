"""Readings per community from landed sheets on: months, a quarter, a group that moves, the sum of a segment's parts.

Belongs here: what the models and the test of their sums make of exports and people files together, and how the readings
reach Python. Which status and value a community has stands in the unit tests beside the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from harness.warehouse import ScratchWarehouse, every_relation

from pipelines.periods import parse_period
from pipelines.warehouse.readings import CommunityReadingRow, community_readings

MONTHS = ("2026-10", "2026-11", "2026-12")
CHECK = "assert_kpi_communities_add_up"


def company(scratch: ScratchWarehouse) -> None:
    """Ann: g1 of the club, g2 that moves to the shop on 20 October, g3 of no community; and a community with none."""
    scratch.person("p_ann", segments=[("2020-01-01", "2026-11-16"), ("2026-11-16", "9999-12-31")])
    for group in ("g1", "g2", "g3"):
        scratch.assign("group", group, "p_ann")
    scratch.assign("community", "bare", "p_ann")
    life = {"valid_from": "2026-01-01", "valid_to": "9999-12-31", "community_type": "content", "stage": "growth"}
    scratch.company("communities", [{**life, "community_id": name} for name in ("club", "shop", "bare")])
    open_end = "9999-12-31"
    scratch.company(
        "community_groups",
        [
            {"group_id": group, "community_id": community, "valid_from": start, "valid_to": end}
            for group, community, start, end in (
                ("g1", "club", "2026-01-01", open_end),
                ("g2", "club", "2026-01-01", "2026-10-20"),
                ("g2", "shop", "2026-10-20", open_end),
            )
        ],
    )


def sheets(scratch: ScratchWarehouse) -> None:
    """Each group's day 5 and last day of each month: g1 gains 1, g2 10, g3 100 a day told."""
    ends = (("31", "2026-11-01"), ("30", "2026-12-01"), ("31", "2027-01-01"))
    for place, (month, (last_day, next_day)) in enumerate(zip(MONTHS, ends, strict=True), 1):
        rows = [
            {
                "group_id": group,
                "day": f"{month}-{day}",
                "members_joined": str(joined),
                "members_left": "0",
                "members_removed": "0",
                "members_total": str(1000 * joined + place),
                "messages": "1",
            }
            for group, joined in (("g1", 1), ("g2", 10), ("g3", 100))
            for day in ("05", last_day)
        ]
        scratch.landing(
            "community_group_daily",
            rows,
            content_id=month,
            file_rank=place,
            exported_at="2027-01-09",
            period=(f"{month}-01", next_day),
        )
        profile = {"spec_id": "community_group_daily", "family": "groups", "content_id": month, "subject_id": ""}
        told = {"n_rows": 3, "n_keys": 3, "n_null_keys": 0, "total": 0, "n_zero": 0, "n_negative": 0}
        days = ("05", last_day)
        scratch.insert("landing", "profile", [{**profile, **told, "day": f"{month}-{day}"} for day in days])
        scratch.execute(
            "update landing.files set first_day = ?, last_day = ?, months = ? where content_id = ?",
            [f"{month}-05", f"{month}-{last_day}", [month], month],
        )


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScratchWarehouse]:
    """The fourth quarter in one build of three months; its tests have passed."""
    with ScratchWarehouse(tmp_path_factory.mktemp("quarter"), begin_from=every_relation()) as scratch:
        company(scratch)
        sheets(scratch)
        scratch.months(*MONTHS)
        printed = scratch.build()
        assert f"PASS {CHECK} " in printed
        yield scratch


def readings(scratch: ScratchWarehouse, period: str, kpi: str) -> dict[tuple[str, str], CommunityReadingRow]:
    """The readings of a KPI in a period, by segment and community."""
    scratch.close()
    rows = community_readings(scratch.path, parse_period(period))
    assert rows == sorted(rows, key=lambda row: (row.person_id, row.segment_id, row.community_id, row.kpi_id))
    return {(row.segment_id, row.community_id): row for row in rows if row.kpi_id == kpi}


def values(scratch: ScratchWarehouse, period: str, kpi: str) -> dict[tuple[str, str], Decimal | None]:
    return {key: row.value for key, row in readings(scratch, period, kpi).items()}


@pytest.mark.req("003-R5")
def test_a_months_records_of_a_group_go_to_the_community_of_most_of_its_days(quarter: ScratchWarehouse) -> None:
    # g2 was of the club for 19 days of October; on the other twelve Ann ran the shop, of which there is nothing to tell
    assert values(quarter, "2026-10", "members_joined") == {
        ("2020-01-01", "club"): 22,
        ("2020-01-01", "shop"): None,
        ("2020-01-01", "bare"): 0,
    }
    shop = readings(quarter, "2026-10", "members_joined")["2020-01-01", "shop"]
    assert (shop.status, shop.reason_code, shop.n_records) == ("not_applicable", "no_activity", 0)
    assert values(quarter, "2026-12", "members_joined") == {
        ("2026-11-16", "club"): 2,
        ("2026-11-16", "shop"): 20,
        ("2026-11-16", "bare"): 0,
    }


@pytest.mark.req("003-R5")
def test_a_quarter_is_made_of_records_and_not_of_months(quarter: ScratchWarehouse) -> None:
    first, second = "2020-01-01", "2026-11-16"
    assert values(quarter, "2026-Q4", "members_joined") == {
        (first, "club"): 23,
        (first, "shop"): 10,
        (first, "bare"): 0,
        (second, "club"): 3,
        (second, "shop"): 30,
        (second, "bare"): 0,
    }
    closing = readings(quarter, "2026-Q4", "members_closing")
    # the stock is December's; the first segment ended before it, and nobody knows what it would have been
    assert (closing[second, "shop"].value, closing[first, "shop"].value) == (10_003, None)
    assert (closing[first, "shop"].status, closing[first, "shop"].reason_code) == ("withheld", "no_stock")
    bare = closing[second, "bare"]
    assert (bare.value, bare.n_records, bare.status, bare.reason_params) == (None, 0, "withheld", {})


def test_communities_of_a_segment_are_no_more_than_it_has(quarter: ScratchWarehouse) -> None:
    """What is missing of the segment's 264 is what g3 did, which belongs to no community."""
    rows = quarter.rows(
        "select segment_id, value from intermediate.int_segment_kpi "
        "where kpi_id = 'members_joined' and period = '2026-Q4' order by segment_id"
    )
    parts = values(quarter, "2026-Q4", "members_joined")
    for row in rows:
        of_segment = sum(value or 0 for (segment, _), value in parts.items() if segment == row["segment_id"])
        assert of_segment == row["value"] - 300
    assert len(rows) == 2


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(f"update intermediate.int_community_kpi set {change}", id=name)
        for name, change in {
            "a sum": "numerator = numerator + 1 where kpi_id = 'members_joined' and numerator > 0",
            "a stock": "numerator = numerator - 1 where kpi_id = 'members_closing' and numerator > 0",
            "a denominator": "denominator = denominator + 1 where kpi_id = 'group_leave_rate' and denominator > 0",
            "records": "n_records = n_records + 1 where kpi_id = 'members_left' and community_id = 'bare'",
        }.items()
    ]
    + [
        pytest.param("delete from intermediate.int_community_kpi where community_id = 'shop'", id="a community lost"),
        pytest.param(
            "update marts.fct_kpi_components set subject_type = 'account' where kpi_id = 'members_left'",
            id="a record of something else",
        ),
        # with g3 in a community nothing is without one: then the values themselves must add up
        pytest.param(
            "update intermediate.int_community_kpi set value = value + 1 where kpi_id = 'members_left' "
            "and community_id = 'club' and value is not null; "
            "delete from marts.fct_kpi_components where subject_id = 'g3'",
            id="a value",
        ),
    ],
)
def test_the_check_of_the_sums_sees_what_does_not_add_up(
    quarter: ScratchWarehouse, tmp_path: Path, damage: str
) -> None:
    with quarter.copy(tmp_path) as copy:
        copy.execute(damage)
        output = copy.dbt("test", "--select", CHECK, expect_success=False)
    assert re.search(rf"FAIL \d+ {CHECK}\b", output)


def test_a_period_made_again_forgets_where_a_group_was(quarter: ScratchWarehouse, tmp_path: Path) -> None:
    """A corrected people file: g2 has been of the shop from the first; the months not made again stay as they are."""
    with quarter.copy(tmp_path) as copy:
        december = values(copy, "2026-12", "members_joined")
        copy.execute("delete from company.community_groups where group_id = 'g2' and community_id = 'club'")
        copy.execute("update company.community_groups set valid_from = date '2026-01-01' where group_id = 'g2'")
        copy.months("2026-10")
        assert f"PASS {CHECK} " in copy.build()
        assert values(copy, "2026-10", "members_joined") == {
            ("2020-01-01", "club"): 2,
            ("2020-01-01", "shop"): 20,
            ("2020-01-01", "bare"): 0,
        }
        assert values(copy, "2026-Q4", "members_joined")["2020-01-01", "shop"] == 30
        assert values(copy, "2026-12", "members_joined") == december


def test_a_warehouse_of_before_there_were_communities_has_none(quarter: ScratchWarehouse, tmp_path: Path) -> None:
    with quarter.copy(tmp_path) as copy:
        assert readings(copy, "2026-09", "members_joined") == {}
        copy.execute("drop table intermediate.int_community_kpi")
        assert readings(copy, "2026-10", "members_joined") == {}
