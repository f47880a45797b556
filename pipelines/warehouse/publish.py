"""Publication: what analysts and HR open, built whole in a folder of its own and put in place by one link swap.

Belongs here: which relations are published, in what order and storage version, and the swap. A reader that has a file
open keeps the old one; a new reader sees the new one; nobody ever sees half of one.

The Parquet export is byte-reproducible: sorted, one thread. `kpi.duckdb` holds the very same rows in the same order,
but DuckDB leaves unwritten memory between compressed values, so its bytes are not; `digests.json` therefore names every
table with the SHA-256 of its Parquet, and that is what two publications are compared by.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.warehouse.console import CLOSING_FILE, closing_file
from pipelines.warehouse.layout import Layout

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from pipelines.warehouse.dbt_manifest import TableDescriptions

# Opened by DuckDB 1.4 and later clients, whatever version wrote it.
STORAGE_VERSION = "v1.4.0"

# Builds kept beside the current one, so that a reader that lists the folder is not surprised.
KEPT_BUILDS = 2

MARTS_SCHEMA = "marts"


@dataclass(frozen=True)
class Publication:
    """One publication: where it lies and how many rows each table has."""

    folder: Path
    row_counts: Mapping[str, int]


def publish(
    layout: Layout,
    build_id: str,
    source: Path,
    restricted: Mapping[str, pa.Table],
    descriptions: TableDescriptions | None = None,
) -> Publication:
    """Write `builds/<build_id>/` whole and swap the `current` link to it.

    Args:
        layout: the company folder.
        build_id: a name that no earlier build has.
        source: the finished warehouse file; every table of its `marts` schema is published.
        restricted: tables with names and pay, for HR alone.
        descriptions: what the published tables and their columns are.

    Returns:
        The publication now current.
    """
    import duckdb

    final = layout.builds / build_id
    work = layout.builds / f".{build_id}.part"
    shutil.rmtree(work, ignore_errors=True)
    (work / "published").mkdir(parents=True)
    (work / "restricted").mkdir(mode=0o700)

    connection = duckdb.connect(config={"threads": 1})
    try:
        connection.execute(f"attach '{source}' as src (read_only)")
        counts = _write_marts(connection, work / "published", descriptions or {})
        connection.execute("detach src")
        _write_restricted(connection, work / "restricted" / "pay.duckdb", restricted)
    finally:
        connection.close()
    _write_digests(work / "published")
    (work / "published" / CLOSING_FILE).write_text(closing_file(), encoding="utf-8")
    for path in (work / "published").rglob("*"):
        if path.is_file():
            path.chmod(0o444)
    work.rename(final)
    _swap_links(layout, build_id)
    _remove_old_builds(layout)
    return Publication(final, counts)


def _write_marts(
    connection: duckdb.DuckDBPyConnection, folder: Path, descriptions: TableDescriptions
) -> dict[str, int]:
    tables = [
        name
        for (name,) in connection.execute(
            "select table_name from information_schema.tables where table_catalog = 'src' and table_schema = ?"
            " order by table_name",
            [MARTS_SCHEMA],
        ).fetchall()
    ]
    connection.execute(f"attach '{folder / 'kpi.duckdb'}' as pub (storage_version '{STORAGE_VERSION}')")
    counts: dict[str, int] = {}
    for table in tables:
        connection.execute(f"create table pub.{table} as select * from src.{MARTS_SCHEMA}.{table} order by all")
        _describe(connection, table, *descriptions.get(table, ("", {})))
        row = connection.execute(f"select count(*) from pub.{table}").fetchone()
        counts[table] = row[0] if row else 0
        _write_parquet(connection, table, folder / "parquet")
    connection.execute("checkpoint pub")
    connection.execute("detach pub")
    return counts


def _describe(connection: duckdb.DuckDBPyConnection, table: str, about: str, columns: Mapping[str, str]) -> None:
    """Write descriptions into the published file, so that an analyst's client shows them."""
    present = connection.execute(
        "select column_name from duckdb_columns() where database_name = 'pub' and table_name = ?", [table]
    ).fetchall()
    # in one transaction: DuckDB would else write a log entry for each of hundreds of columns
    connection.execute("begin")
    connection.execute(f"comment on table pub.{table} is {_literal(about)}")
    for (column,) in present:
        if column in columns:
            connection.execute(f'comment on column pub.{table}."{column}" is {_literal(columns[column])}')
    connection.execute("commit")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _write_parquet(connection: duckdb.DuckDBPyConnection, table: str, folder: Path) -> None:
    """Export a table to Parquet: a file a month where it has a month, one file otherwise."""
    has_month = connection.execute(
        "select count(*) from duckdb_columns()"
        " where database_name = 'pub' and table_name = ? and column_name = 'month'",
        [table],
    ).fetchone()
    options = "(format parquet, compression zstd)"
    if not (has_month and has_month[0]):
        folder.mkdir(parents=True, exist_ok=True)
        connection.execute(f"copy (from pub.{table} order by all) to '{folder / f'{table}.parquet'}' {options}")
        return
    target = folder / table
    target.mkdir(parents=True, exist_ok=True)
    months = connection.execute(f"select distinct month from pub.{table} where month is not null order by 1").fetchall()
    for (month,) in months:
        connection.execute(
            f"copy (from pub.{table} where month = date '{month}' order by all)"
            f" to '{target / f'{month:%Y-%m}.parquet'}' {options}"
        )


def _write_digests(folder: Path) -> None:
    """`digests.json`: every Parquet file of the publication with its SHA-256, in order of name."""
    root = folder / "parquet"
    digests = {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*.parquet"))
    }
    (folder / "digests.json").write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")


def _write_restricted(connection: duckdb.DuckDBPyConnection, path: Path, tables: Mapping[str, pa.Table]) -> None:
    connection.execute(f"attach '{path}' as pay (storage_version '{STORAGE_VERSION}')")
    for name, table in sorted(tables.items()):
        connection.register("incoming", table)
        connection.execute(f"create table pay.{name} as select * from incoming order by all")
        connection.unregister("incoming")
    connection.execute("checkpoint pay")
    connection.execute("detach pay")
    path.chmod(0o600)


def _swap_links(layout: Layout, build_id: str) -> None:
    """Point `builds/current` at the new build; `published` and `restricted` are fixed links through it."""
    _replace_link(layout.builds / "current", Path(build_id))
    for link, inside in ((layout.published, "published"), (layout.restricted, "restricted")):
        target = Path("builds") / "current" / inside
        if link.is_symlink() and link.readlink() == target:
            continue
        if link.is_dir() and not link.is_symlink():
            link.rmdir()  # an empty folder made by init; anything else in it is not ours to delete
        _replace_link(link, target)


def _replace_link(link: Path, target: Path) -> None:
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)


def _remove_old_builds(layout: Layout) -> None:
    current = (layout.builds / "current").resolve()
    for leftover in layout.builds.glob(".*.part"):
        shutil.rmtree(leftover)
    builds = sorted(path for path in layout.builds.iterdir() if path.is_dir() and not path.is_symlink())
    for old in [path for path in builds if path.resolve() != current][:-KEPT_BUILDS]:
        shutil.rmtree(old)
