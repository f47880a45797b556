"""What scoring and the cards read from the finished warehouse: KPI readings, evidence, findings, certificate.

Belongs here: the queries over the marts that Python needs, returned as plain rows. Read-only.
Does not belong here: scoring or rendering.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.periods import Period
from pipelines.warehouse.connection import open_reader

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class ReadingRow:
    """One KPI of one person's assignment segment in one period (grain: period x person x segment x KPI)."""

    person_id: str
    segment_id: str
    kpi_id: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    n_records: int
    status: str
    reason_code: str
    reason_params: Mapping[str, Any]


@dataclass(frozen=True)
class EvidenceRecord:
    """One record behind a KPI of a person: how much it counts for and the row of the file it was read from."""

    person_id: str
    kpi_id: str
    record_type: str
    record_id: str
    subject_id: str
    occurred_at: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    weight: Decimal
    content_id: str
    row_no: int


def kpi_readings(warehouse_file: Path, period: Period) -> list[ReadingRow]:
    """Every KPI reading of a period per assignment segment, ordered by person, segment and KPI."""
    with open_reader(warehouse_file) as connection:
        rows = _dicts(
            connection,
            """
            select person_id, segment_id, kpi_id, value, numerator, denominator, n_records, status,
                   coalesce(reason_code, '') as reason_code, coalesce(reason_params, '{}') as reason_params
            from intermediate.int_segment_kpi
            where period_type = ? and period = ?
            order by person_id, segment_id, kpi_id
            """,
            [period.period_type, str(period)],
        )
        return [ReadingRow(**{**row, "reason_params": json.loads(row["reason_params"])}) for row in rows]


def catalogue(warehouse_file: Path) -> dict[str, dict[str, Any]]:
    """The KPI catalogue, by KPI id."""
    with open_reader(warehouse_file) as connection:
        return {row["kpi_id"]: row for row in _dicts(connection, "select * from marts.kpi_catalogue order by kpi_id")}


def certificate(warehouse_file: Path, period: Period) -> list[dict[str, Any]]:
    """The data-quality certificate of a period, a row per source family and KPI."""
    with open_reader(warehouse_file) as connection:
        return list(
            _dicts(
                connection,
                "select * from marts.data_quality_certificate where period_type = ? and period = ? order by all",
                [period.period_type, str(period)],
            )
        )


def findings(warehouse_file: Path, period: Period) -> list[dict[str, Any]]:
    """What the guards found in the months of a period."""
    with open_reader(warehouse_file) as connection:
        return list(
            _dicts(
                connection,
                "select * from marts.data_quality_findings where month >= ? and month < ? order by all",
                [period.start, period.end],
            )
        )


def evidence(warehouse_file: Path, period: Period, limit: int) -> Iterator[EvidenceRecord]:
    """The records behind every person's KPIs of a period, at most `limit` per person and KPI.

    The views that the KPIs are summed from are the source: an inputs view holds, for each record and person, what the
    record adds to each KPI (`<kpi>__n`, `<kpi>__d`) or its value (`<kpi>__v`, `<kpi>__k`).
    """
    with open_reader(warehouse_file) as connection:
        for view, kpis in _inputs_views(connection).items():
            for kpi, columns in kpis.items():
                yield from _evidence_of(connection, view, kpi, columns, period, limit)


def _inputs_views(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, set[str]]]:
    """Inputs view -> KPI -> which of the suffixes n, d, v, k it has."""
    rows = connection.execute(
        """
        select table_name, column_name from information_schema.columns
        where table_schema = 'intermediate'
            and starts_with(table_name, 'int_kpi_inputs_') and contains(column_name, '__')
        order by table_name, column_name
        """
    ).fetchall()
    views: dict[str, dict[str, set[str]]] = {}
    for view, column in rows:
        kpi, _, suffix = column.rpartition("__")
        views.setdefault(view, {}).setdefault(kpi, set()).add(suffix)
    return views


def _evidence_of(
    connection: duckdb.DuckDBPyConnection, view: str, kpi: str, columns: set[str], period: Period, limit: int
) -> Iterator[EvidenceRecord]:
    def column(suffix: str) -> str:
        return f'cast("{kpi}__{suffix}" as decimal(38, 6))' if suffix in columns else "cast(null as decimal(38, 6))"

    counted = " or ".join(f'"{kpi}__{suffix}" is not null' for suffix in sorted(columns))
    cursor = connection.execute(
        f"""
        select person_id, ?, record_type, record_id, coalesce(subject_id, ''),
               strftime(occurred_at, '%Y-%m-%d %H:%M:%S'), {column("n")}, {column("d")}, {column("v")}, weight,
               coalesce(_content_id, ''), coalesce(_row_no, 0)
        from intermediate.{view}
        where month >= ? and month < ? and person_id <> 'UNASSIGNED' and ({counted})
        qualify row_number() over (
            partition by person_id order by record_type, record_id, subject_id
        ) <= ?
        order by person_id, record_type, record_id, subject_id
        """,
        [kpi, period.start, period.end, limit],
    )
    while rows := cursor.fetchmany(10_000):
        for row in rows:
            yield EvidenceRecord(*row)


def row_counts(warehouse_file: Path) -> dict[tuple[str, str], int]:
    """Rows of every table in the warehouse, by (schema, table); views are left out, counting them would run them."""
    with open_reader(warehouse_file) as connection:
        rows = connection.execute(
            "select schema_name, table_name, estimated_size from duckdb_tables() where not internal"
        ).fetchall()
    return {(schema, table): count for schema, table, count in rows}


def column_types(warehouse_file: Path) -> dict[tuple[str, str], dict[str, str]]:
    """Columns of every table and view in the warehouse with their types, in order, by (schema, table)."""
    with open_reader(warehouse_file) as connection:
        rows = connection.execute(
            "select schema_name, table_name, column_name, data_type from duckdb_columns() where not internal"
            " order by schema_name, table_name, column_index"
        ).fetchall()
    found: dict[tuple[str, str], dict[str, str]] = {}
    for schema, table, column, type_ in rows:
        found.setdefault((schema, table), {})[column] = type_
    return found


def _dicts(
    connection: duckdb.DuckDBPyConnection, sql: str, params: list[Any] | None = None
) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(sql, params or [])
    names = [description[0] for description in cursor.description or []]
    for row in cursor.fetchall():
        yield dict(zip(names, row, strict=True))
