"""What a run leaves out of the dbt project is empty, and leaving it out changes nothing.

Belongs here: the proof, on the models themselves, of what pipelines/warehouse/build_scope.py assumes of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from harness.project import manifest
from harness.warehouse import ScratchWarehouse, declared_columns

from pipelines.company.frames import company_tables
from pipelines.company.keys import Pseudonymiser
from pipelines.company.loader import load_company
from pipelines.company.templates import equip_home
from pipelines.demo import generate_small
from pipelines.warehouse.build_scope import Found, left_out, without_rows

MONTH = "2026-10"


def fill_company(scratch: ScratchWarehouse, home: Path) -> None:
    """All human files of the small company, in place of the harness's own."""
    tables = company_tables(load_company(home), Pseudonymiser.from_home(home))
    for name in declared_columns()["company"]:
        scratch.execute(f"delete from company.{name}")
        scratch.connection.register("incoming", tables[name])
        scratch.execute(f"insert into company.{name} by name select * from incoming")
        scratch.connection.unregister("incoming")


def land_posts(scratch: ScratchWarehouse) -> None:
    account = scratch.rows("select account_id from company.accounts order by account_id limit 1")[0]["account_id"]
    posts = [
        {"post_id": str(1000 + day), "created_at": f"{MONTH}-{day:02d}T04:00:00", "impressions": "100", "likes": "7"}
        for day in range(1, 29)
    ]
    scratch.landing("x_posts_monthly", posts, subject_id=account, period=("2026-10-01", "2026-11-01"))


def found(company: frozenset[str], *delivered: str, views: bool = False) -> Found:
    return Found(relations=True, views=views, delivered=frozenset(delivered), filled=company)


def scope(company: frozenset[str], *delivered: str, views: bool = False) -> list[str]:
    return left_out(manifest(), found(company, *delivered, views=views))


def contents(scratch: ScratchWarehouse) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every relation that dbt makes."""
    names = scratch.connection.execute(
        "select table_schema || '.' || table_name from information_schema.tables"
        " where table_schema in ('staging', 'intermediate', 'marts', 'seeds') order by 1"
    ).fetchall()
    return {name: scratch.connection.execute(f"select * from {name} order by all").fetchall() for (name,) in names}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("people") / "company"
    generate_small(home)
    equip_home(home)
    return home


@pytest.fixture(scope="module")
def without_exports(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScratchWarehouse]:
    """A build of everything for a company that has people, targets and reviews, and not one export."""
    with ScratchWarehouse(tmp_path_factory.mktemp("bare")) as scratch:
        fill_company(scratch, home)
        scratch.months(MONTH)
        scratch.build()
        yield scratch


def test_what_is_left_out_without_exports_has_no_rows(without_exports: ScratchWarehouse) -> None:
    names = set(without_rows(manifest(), found(without_exports.filled("company"))))
    assert len(names) > 100
    filled = {name.split(".")[1] for name, rows in contents(without_exports).items() if rows}
    assert {"int_kpi_sums", "fct_kpi_components", "dim_person"} <= filled, "reviews alone make rows: they are looked at"
    assert sorted(names & filled) == [], "declare `meta: {rows_without_exports: true}`"


def test_what_is_left_out_without_communities_has_no_rows_without_them(
    without_exports: ScratchWarehouse, tmp_path: Path
) -> None:
    company = without_exports.filled("company")
    names = set(scope(company - {"communities"})) - set(scope(company))
    tests = {"rows_hold_int_community_kpi", "rows_hold_int_community_subjects", "assert_kpi_communities_add_up"}
    models = set(without_rows(manifest(), found(company - {"communities"}))) - set(
        without_rows(manifest(), found(company))
    )
    assert models == {"int_community_kpi", "int_community_subjects", "int_community_duties"}
    assert tests < names
    with without_exports.copy(tmp_path) as without:
        assert all(contents(without)[f"intermediate.{model}"] for model in models)
        # a group belongs to a community of the list, or to none: pipelines/company/rules.py
        without.execute("delete from company.communities")
        without.execute("delete from company.community_groups")
        without.dbt("run", "--select", *sorted(models))
        assert not any(contents(without)[f"intermediate.{model}"] for model in models)


def test_leaving_out_changes_no_relation(without_exports: ScratchWarehouse, home: Path, tmp_path: Path) -> None:
    before = found(without_exports.filled("company"), "x_posts_monthly", views=True)
    unchanged, empty = left_out(manifest(), before), without_rows(manifest(), before)
    assert {"int_kpi_inputs_wecom", "int_guard_commerce", "stg_zendesk_tickets"} <= set(empty)
    leaving_out = ("--indirect-selection", "empty", "--exclude", " ".join(unchanged))
    with without_exports.copy(tmp_path / "left") as left, ScratchWarehouse(tmp_path / "whole") as whole:
        land_posts(left)
        left.months(MONTH)
        left.insert("control", "without_rows", [{"name": name} for name in empty])
        printed = left.dbt("build", "--exclude-resource-type", "unit_test", *leaving_out)
        fill_company(whole, home)
        land_posts(whole)
        whole.months(MONTH)
        whole.build()
        assert contents(left) == contents(whole)
        assert contents(left)["intermediate.int_posts"]
    # what reads something left out, among others, is tested all the same
    assert "assert_kpi_credit_conserved_commerce" in printed
    assert " int_orders " not in printed


def test_views_that_every_run_leaves_out_are_the_same_for_every_month_and_zone(
    without_exports: ScratchWarehouse, tmp_path: Path
) -> None:
    always = set(scope(frozenset(declared_columns()["company"]), *declared_columns()["landing"]))
    query = "select view_name, sql from duckdb_views() where schema_name in ('staging', 'intermediate')"
    with without_exports.copy(tmp_path / "elsewhere") as elsewhere:
        before = dict(elsewhere.connection.execute(query).fetchall())
        elsewhere.months("2025-02")
        elsewhere.execute("update company.settings set timezone = 'Europe/Paris'")
        elsewhere.dbt("run", "--select", "config.materialized:view")
        after = dict(elsewhere.connection.execute(query).fetchall())
    changed = {name for name in after if after[name] != before[name]}
    assert {"int_kpi_inputs_orders", "int_ticket_credit"} <= always <= set(after)
    assert {"stg_ticket_events", "stg_shopify_order_lines"} <= changed
    assert sorted(always & changed) == []
