"""Views and tables are made where they stand: what was there before does not matter, and nothing is left behind."""

from __future__ import annotations

from pathlib import Path

from harness.warehouse import ScratchWarehouse


def relations(scratch: ScratchWarehouse) -> dict[str, str]:
    """Kind by name of what dbt made."""
    found = scratch.rows(
        "select table_schema || '.' || table_name as name, table_type from information_schema.tables "
        "where table_schema in ('staging', 'intermediate')"
    )
    return {row["name"]: row["table_type"] for row in found}


def test_a_relation_replaces_whatever_bears_its_name(tmp_path: Path) -> None:
    made = {"staging.stg_leads": "VIEW", "intermediate.int_leads": "BASE TABLE"}
    with ScratchWarehouse(tmp_path) as scratch:
        scratch.landing("leads", [{"lead_id": "l1", "created_at": "2026-10-05 04:00:00"}])
        scratch.months("2026-10")
        scratch.dbt("run", "--select", "stg_leads", "stg_shopify_order_lines", "int_leads")
        assert relations(scratch) == made
        scratch.execute("insert into intermediate.int_leads (lead_id) values ('of an earlier run')")
        scratch.dbt("run", "--select", "stg_leads", "stg_shopify_order_lines", "int_leads")
        assert relations(scratch) == made
        assert scratch.rows("select lead_id from intermediate.int_leads") == [{"lead_id": "l1"}]
        for name, kind in made.items():
            scratch.execute(f"drop {'view' if kind == 'VIEW' else 'table'} {name}")
        scratch.execute("create table staging.stg_leads (x int)")
        scratch.execute("create view intermediate.int_leads as select 1 as x")
        scratch.dbt("run", "--select", "stg_leads", "stg_shopify_order_lines", "int_leads")
        assert relations(scratch) == made
        assert scratch.rows("select lead_id from intermediate.int_leads") == [{"lead_id": "l1"}]
