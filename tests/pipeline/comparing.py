"""What two company folders are compared by: published bytes, published rows, the bytes of cards.

Belongs here: reading results for comparison. Does not belong here: running anything, or judging what was read.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from pathlib import Path
from typing import Any

CARD_SUFFIXES = {".html", ".pdf", ".xlsx", ".csv"}


def digests(home: Path) -> dict[str, str]:
    """SHA-256 of every published Parquet file, by its name, as `digests.json` states them."""
    stated: dict[str, str] = json.loads((home / "published" / "digests.json").read_text(encoding="utf-8"))
    return stated


def parquet(home: Path) -> dict[str, str]:
    """SHA-256 of every published Parquet file, by its name, as its bytes are."""
    root = home / "published" / "parquet"
    return {path.relative_to(root).as_posix(): sha256(path) for path in sorted(root.rglob("*.parquet"))}


def rows(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of `kpi.duckdb`, in a fixed order."""
    import duckdb

    with closing(duckdb.connect(str(home / "published" / "kpi.duckdb"), read_only=True)) as connection:
        tables = connection.execute("select table_name from duckdb_tables() order by 1").fetchall()
        return {name: connection.execute(f"select * from {name} order by all").fetchall() for (name,) in tables}


def query(home: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query on `kpi.duckdb`."""
    import duckdb

    with closing(duckdb.connect(str(home / "published" / "kpi.duckdb"), read_only=True)) as connection:
        found: list[tuple[Any, ...]] = connection.execute(sql).fetchall()
        return found


def folder(path: Path) -> dict[str, str]:
    """SHA-256 of every file of a folder, by its path in it."""
    return {file.relative_to(path).as_posix(): sha256(file) for file in sorted(path.rglob("*")) if file.is_file()}


def cards(home: Path, period: str, edition: str = "draft") -> dict[str, str]:
    """SHA-256 of what people read of a period: cards, workbooks and lists; not the record of the delivered files."""
    found = folder(home / "scorecards" / period / edition)
    return {name: digest for name, digest in found.items() if Path(name).suffix in CARD_SUFFIXES}


def sha256(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def kpis(home: Path, period: str = "2026-10") -> dict[tuple[str, str], tuple[Any, ...]]:
    """(person, KPI) -> value, numerator, denominator, records, status and reason of a month."""
    found = query(
        home,
        "select person_id, kpi_id, value, numerator, denominator, n_records, status, status_reason "
        f"from fct_person_kpi where period = '{period}'",
    )
    return {(row[0], row[1]): row[2:] for row in found}


def findings(home: Path, period: str = "2026-10") -> set[tuple[str, str, str, str]]:
    """(family, subject, guard, severity) of the findings of a month."""
    return set(
        query(
            home,
            "select family, subject_id, guard, severity from data_quality_findings "
            f"where strftime(month, '%Y-%m') = '{period}'",
        )
    )
