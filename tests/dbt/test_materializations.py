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
    made = {"staging.stg_incidents": "VIEW", "intermediate.int_incidents": "BASE TABLE"}
    with ScratchWarehouse(tmp_path) as scratch:
        scratch.landing("incidents", [{"incident_id": "l1", "occurred_at": "2026-10-05 04:00:00"}])
        scratch.months("2026-10")
        scratch.dbt("run", "--select", "stg_incidents", "int_incidents")
        assert relations(scratch) == made
        scratch.execute("insert into intermediate.int_incidents (incident_id) values ('of an earlier run')")
        scratch.dbt("run", "--select", "stg_incidents", "int_incidents")
        assert relations(scratch) == made
        assert scratch.rows("select incident_id from intermediate.int_incidents") == [{"incident_id": "l1"}]
        for name, kind in made.items():
            scratch.execute(f"drop {'view' if kind == 'VIEW' else 'table'} {name}")
        scratch.execute("create table staging.stg_incidents (x int)")
        scratch.execute("create view intermediate.int_incidents as select 1 as x")
        scratch.dbt("run", "--select", "stg_incidents", "int_incidents")
        assert relations(scratch) == made
        assert scratch.rows("select incident_id from intermediate.int_incidents") == [{"incident_id": "l1"}]
