"""What scoring and the cards read from the finished warehouse: KPI readings, findings, certificate.

Belongs here: the queries over the marts that Python needs, returned as plain rows. Read-only.
Does not belong here: scoring or rendering; the records behind a number (evidence).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.periods import Period
from pipelines.warehouse.connection import open_reader
from pipelines.warehouse.evidence import inputs_views

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
class CommunityReadingRow(ReadingRow):
    """One KPI of one person's segment in one community (grain: period x person x segment x community x KPI)."""

    community_id: str


def kpi_readings(warehouse_file: Path, period: Period) -> list[ReadingRow]:
    """Every KPI reading of a period per assignment segment, ordered by person, segment and KPI."""
    with open_reader(warehouse_file) as connection:
        rows = _readings(connection, "int_segment_kpi", ("person_id", "segment_id", "kpi_id"), period)
        return [ReadingRow(**row) for row in rows]


def community_readings(warehouse_file: Path, period: Period) -> list[CommunityReadingRow]:
    """What each segment's KPIs of groups and communities were in each of its communities, in a period.

    Ordered by person, segment, community and KPI. A person and a community belong together by assignment or by a
    record; other KPIs have no row. Empty for a company without communities and for a warehouse of an older version.
    """
    relation = "int_community_kpi"
    with open_reader(warehouse_file) as connection:
        if not connection.execute("select 1 from duckdb_tables() where table_name = ?", [relation]).fetchall():
            return []
        rows = _readings(connection, relation, ("person_id", "segment_id", "community_id", "kpi_id"), period)
        return [CommunityReadingRow(**row) for row in rows]


@dataclass(frozen=True)
class ChannelRow:
    """What one channel cost and brought a person's segment in a period (grain: person x segment x KPI x channel)."""

    person_id: str
    segment_id: str
    kpi_id: str
    channel: str
    spend: Decimal
    results: Decimal


def channel_readings(warehouse_file: Path, period: Period, kpis: Collection[str]) -> list[ChannelRow]:
    """Money and results by channel of KPIs that are a cost by result, ordered by person, segment, KPI and channel.

    Args:
        warehouse_file: the finished warehouse.
        period: the period, whose months are summed.
        kpis: KPIs whose components stand by channel; another one has no rows.
    """
    with open_reader(warehouse_file) as connection:
        rows = connection.execute(
            """
            select person_id, segment_id, kpi_id, subject_id,
                   coalesce(sum(numerator), 0), coalesce(sum(denominator), 0)
            from marts.fct_kpi_components
            where subject_type = 'channel' and month >= ? and month < ? and list_contains(?, kpi_id)
            group by all
            order by all
            """,
            [period.start, period.end, sorted(kpis)],
        ).fetchall()
    return [ChannelRow(*row) for row in rows]


@dataclass(frozen=True)
class SquareRow:
    """Mean of the squared answers or ratings behind one KPI of a person's segment (grain: person x segment x KPI)."""

    person_id: str
    segment_id: str
    kpi_id: str
    mean_square: Decimal


def mean_squares(warehouse_file: Path, period: Period, kpis: Collection[str]) -> list[SquareRow]:
    """What the spread of net scores and means is made from: Σ numerator²/denominator / Σ denominator over the records.

    Args:
        warehouse_file: the finished warehouse.
        period: the period, whose records are taken.
        kpis: KPIs whose interval is that of a net score or a mean; another one has no rows.

    Returns:
        Rows ordered by person, segment and KPI, rounded to 12 decimals; none in a warehouse of an older version.
    """
    with open_reader(warehouse_file) as connection:
        kept = "select 1 from duckdb_columns() where table_name = 'fct_kpi_components' and column_name = 'squares'"
        if not connection.execute(kept).fetchall():
            return []
        rows = connection.execute(
            """
            select person_id, segment_id, kpi_id, sum(squares), sum(denominator)
            from marts.fct_kpi_components
            where month >= ? and month < ? and list_contains(?, kpi_id) and person_id <> 'UNASSIGNED'
                and squares is not null
            group by all
            having sum(denominator) > 0
            order by all
            """,
            [period.start, period.end, sorted(kpis)],
        ).fetchall()
    return [
        SquareRow(person, segment, kpi, round(Decimal(squares) / Decimal(units), 12))
        for person, segment, kpi, squares, units in rows
    ]


def _readings(
    connection: duckdb.DuckDBPyConnection, relation: str, keys: tuple[str, ...], period: Period
) -> Iterator[dict[str, Any]]:
    """The readings of a period out of a relation, ordered by its keys."""
    key_list = ", ".join(keys)
    rows = _dicts(
        connection,
        f"""
        select {key_list}, value, numerator, denominator, n_records, status,
               coalesce(reason_code, '') as reason_code, coalesce(reason_params, '{{}}') as reason_params
        from intermediate.{relation}
        where period_type = ? and period = ?
        order by {key_list}
        """,
        [period.period_type, str(period)],
    )
    for row in rows:
        yield {**row, "reason_params": json.loads(row["reason_params"])}


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


def gaming_incidents(warehouse_file: Path, period: Period) -> list[dict[str, Any]]:
    """What looked like gaming in the months of a period, a row an incident and person; none in an older warehouse."""
    with open_reader(warehouse_file) as connection:
        found = "select 1 from duckdb_tables() where schema_name = 'marts' and table_name = 'fct_gaming_incidents'"
        if not connection.execute(found).fetchall():
            return []
        return list(
            _dicts(
                connection,
                "select * from marts.fct_gaming_incidents where month >= ? and month < ? order by all",
                [period.start, period.end],
            )
        )


@dataclass(frozen=True)
class GamingPart:
    """What a record of an incident adds to a KPI of a person (grain: incident x record x person x segment x KPI)."""

    person_id: str
    segment_id: str
    incident_id: str
    rule_id: str
    record_type: str
    record_id: str
    kpi_id: str
    numerator: Decimal | None
    denominator: Decimal | None


def gaming_parts(warehouse_file: Path, period: Period, kpis: Collection[str]) -> list[GamingPart]:
    """What the records of incidents add to KPIs that add up or are ratios, in the months of a period; ordered.

    Args:
        warehouse_file: the finished warehouse.
        period: the period, all of whose months it was built for.
        kpis: the KPIs that are asked for; one that has no numerators has no rows.
    """
    found: list[GamingPart] = []
    with open_reader(warehouse_file) as connection:
        for view, every in inputs_views(connection).items():
            asked = sorted(kpi for kpi, suffixes in every.items() if kpi in kpis and "n" in suffixes)
            for kpi in asked:
                denominator = f'view."{kpi}__d"' if "d" in every[kpi] else "null"
                rows = connection.execute(
                    f"""
                    select records.person_id, view.segment_id, records.incident_id, records.rule_id,
                           records.record_type, records.record_id, view."{kpi}__n", {denominator}
                    from intermediate.int_gaming_records as records
                    inner join intermediate.{view} as view
                        on records.record_type = view.record_type and records.record_id = view.record_id
                            and records.person_id = view.person_id
                    where view.month >= ? and view.month < ? and records.month >= ? and records.month < ?
                        and (view."{kpi}__n" is not null or {denominator} is not null)
                    """,
                    [period.start, period.end, period.start, period.end],
                ).fetchall()
                found += [
                    GamingPart(person, segment, incident, rule, kind, record, kpi, top, bottom)
                    for person, segment, incident, rule, kind, record, top, bottom in rows
                ]
    return sorted(found, key=lambda one: (one.person_id, one.segment_id, one.kpi_id, one.incident_id, one.record_id))


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
