"""Publication: reproducible bytes, one swap, readers left alone."""

from __future__ import annotations

import stat
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from pipelines.warehouse.layout import Layout
from pipelines.warehouse.publish import publish


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    home = Layout(tmp_path / "home")
    home.builds.mkdir(parents=True)
    home.warehouse.mkdir()
    return home


def warehouse(path: Path, rows: str, threads: int = 1) -> Path:
    """A small finished warehouse file; the row order within it is not fixed by anything."""
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path), config={"threads": threads}) as connection:
        connection.execute("create schema marts")
        connection.execute(f"create table marts.fct_x as {rows}")
        connection.execute("create table marts.kpi_catalogue as select 'k1' as kpi_id, 'Ümlaut 名' as name")
    return path


ROWS = """
    select date '2026-09-01' + interval (31 * (i % 2)) day as month, 'p' || (i * 7919) % 50021 as person_id,
           cast(i * 1.5 as decimal(38, 6)) as value, i / 3 as ratio
    from range(60000) t(i)
"""


def published_bytes(layout: Layout) -> dict[str, bytes]:
    root = layout.published
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix != ".duckdb"
    }


def published_rows(layout: Layout) -> list[tuple[object, ...]]:
    with duckdb.connect(str(layout.published / "kpi.duckdb"), read_only=True) as connection:
        return connection.sql("from fct_x").fetchall()


def test_the_same_rows_in_another_order_give_the_same_bytes(layout: Layout, tmp_path: Path) -> None:
    publish(layout, "b1", warehouse(tmp_path / "one.duckdb", ROWS), {})
    first, rows = published_bytes(layout), published_rows(layout)
    publish(layout, "b2", warehouse(tmp_path / "two.duckdb", f"from ({ROWS}) order by random()", 2), {})
    assert published_bytes(layout).keys() == first.keys()
    assert published_bytes(layout) == first
    assert published_rows(layout) == rows
    assert {"digests.json", "parquet/kpi_catalogue.parquet", "parquet/fct_x/2026-09.parquet"} <= first.keys()


def test_descriptions_reach_the_published_file(layout: Layout, tmp_path: Path) -> None:
    about = {"fct_x": ("One row per thing.", {"value": "what it's worth", "gone": "a column that is no more"})}
    publish(layout, "b1", warehouse(tmp_path / "one.duckdb", ROWS), {}, about)
    with duckdb.connect(str(layout.published / "kpi.duckdb"), read_only=True) as connection:
        column = connection.sql("select comment from duckdb_columns() where column_name = 'value'").fetchall()
        table = connection.sql("select comment from duckdb_tables() where table_name = 'fct_x'").fetchall()
    assert (table, column) == ([("One row per thing.",)], [("what it's worth",)])


def test_an_open_reader_keeps_its_version_and_a_new_one_sees_the_next(layout: Layout, tmp_path: Path) -> None:
    publish(layout, "b1", warehouse(tmp_path / "one.duckdb", ROWS), {})
    reader = duckdb.connect(str(layout.published / "kpi.duckdb"), read_only=True)
    for number in range(2, 8):
        publish(layout, f"b{number}", warehouse(tmp_path / "two.duckdb", f"{ROWS} limit 10"), {})
    assert reader.sql("select count(*) from fct_x").fetchall() == [(60000,)]
    reader.close()
    with duckdb.connect(str(layout.published / "kpi.duckdb"), read_only=True) as connection:
        assert connection.sql("select count(*) from fct_x").fetchall() == [(10,)]
    assert sorted(path.name for path in layout.builds.iterdir()) == ["b5", "b6", "b7", "current"]


def test_pay_is_readable_by_its_owner_alone(layout: Layout, tmp_path: Path) -> None:
    publish(layout, "b1", warehouse(tmp_path / "one.duckdb", ROWS), {"payroll": pa.table({"person_id": ["E1"]})})
    pay = layout.restricted / "pay.duckdb"
    assert stat.S_IMODE(pay.stat().st_mode) == 0o600
    assert stat.S_IMODE(pay.resolve().parent.stat().st_mode) == 0o700
    with duckdb.connect(str(layout.published / "kpi.duckdb"), read_only=True) as connection:
        assert "payroll" not in {row[0] for row in connection.sql("show tables").fetchall()}


def test_a_publication_that_breaks_off_leaves_the_last_one(layout: Layout, tmp_path: Path) -> None:
    publish(layout, "b1", warehouse(tmp_path / "one.duckdb", ROWS), {})
    before = published_bytes(layout)
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"no database")
    with pytest.raises(duckdb.Error):
        publish(layout, "b2", broken, {})
    assert published_bytes(layout) == before
    publish(layout, "b3", warehouse(tmp_path / "one.duckdb", ROWS), {})
    assert not list(layout.builds.glob(".*")), "the broken-off build is cleared away"


def test_a_published_file_opens_in_an_older_client(layout: Layout, tmp_path: Path) -> None:
    publish(layout, "b1", warehouse(tmp_path / "one.duckdb", ROWS), {})
    with duckdb.connect() as connection:
        connection.execute(f"attach '{layout.published / 'kpi.duckdb'}' as pub (read_only)")
        version = connection.sql("select tags['storage_version'] from duckdb_databases() where database_name = 'pub'")
        assert "v1.4" in str(version.fetchall()[0][0])
