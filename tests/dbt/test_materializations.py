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


def test_a_model_that_keeps_months_keeps_those_that_a_run_does_not_make(tmp_path: Path) -> None:
    """The month that is made again leaves first; another table of that name, or none, is no obstacle."""
    months = "select distinct cast(month as varchar) as month from intermediate.int_source_coverage order by 1"
    with ScratchWarehouse(tmp_path) as scratch:
        post = {"post_id": "1", "created_at": "2026-10-05T04:00:00", "impressions": "1", "likes": "1"}
        scratch.landing("x_posts_monthly", [post], subject_id="x01", period=("2026-09-01", "2026-11-01"))
        for month in ("2026-09", "2026-10", "2026-10"):
            scratch.months(month)
            scratch.dbt("run", "--select", "+int_source_coverage")
        assert scratch.rows(months) == [{"month": "2026-09-01"}, {"month": "2026-10-01"}]
        once = scratch.rows("select * from intermediate.int_source_coverage order by all")
        assert len(once) == len({tuple(row.values()) for row in once})
        scratch.execute("drop table intermediate.int_source_coverage")
        scratch.execute("create view intermediate.int_source_coverage as select 1 as x")
        scratch.dbt("run", "--select", "int_source_coverage")
        assert scratch.rows(months) == [{"month": "2026-10-01"}]
        assert relations(scratch)["intermediate.int_source_coverage"] == "BASE TABLE"
