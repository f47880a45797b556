"""The records behind the KPIs of a period, as the cards carry them: how many there are, and the rows of each.

Belongs here: the queries over the inputs views. Does not belong here: how many of them a card keeps (scorecards).

An inputs view holds, for each record and person, what the record adds to each KPI (`<kpi>__n`, `<kpi>__d`) or its value
(`<kpi>__v`, `<kpi>__k`). A view joins millions of rows, so it is read once for all of its KPIs and the few rows that a
card shows are put aside; nothing is sorted that is not shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.periods import Period
from pipelines.warehouse.connection import open_reader

if TYPE_CHECKING:
    import duckdb

PersonKpi = tuple[str, str]
"""(pseudonymous person key, KPI id)"""


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


def evidence_totals(warehouse_file: Path, period: Period) -> dict[PersonKpi, int]:
    """How many records every person's KPIs of a period have, where there are any."""
    totals: dict[PersonKpi, int] = {}
    with open_reader(warehouse_file) as connection:
        for view, kpis in inputs_views(connection).items():
            counts = ", ".join(f"count(*) filter (where {_counted(kpi, kpis[kpi])})" for kpi in kpis)
            rows = connection.execute(
                f"select person_id, {counts} from intermediate.{view} where {_OF_PERIOD} group by person_id",
                [period.start, period.end],
            ).fetchall()
            for person_id, *numbers in rows:
                for kpi, number in zip(kpis, numbers, strict=True):
                    if number:
                        totals[person_id, kpi] = totals.get((person_id, kpi), 0) + number
    return totals


def evidence(
    warehouse_file: Path, period: Period, totals: Mapping[PersonKpi, int], kept: Mapping[PersonKpi, int]
) -> Iterator[EvidenceRecord]:
    """The records behind the KPIs of a period.

    Args:
        warehouse_file: the finished warehouse.
        period: the period.
        totals: number of records by person and KPI, from `evidence_totals`.
        kept: how many records are wanted, by person and KPI. Where that is fewer than there are, the earliest come,
            and with them those that happened at the moment of the last one.
    """
    counted = {kpi for _, kpi in totals}
    with open_reader(warehouse_file) as connection:
        for view, every_kpi in inputs_views(connection).items():
            # a view is read again only for what has records: most companies have no more than a few of the sources
            kpis = {kpi: suffixes for kpi, suffixes in every_kpi.items() if kpi in counted}
            if not kpis:
                continue
            _put_aside(connection, view, kpis, period, totals, kept)
            for kpi, suffixes in kpis.items():
                yield from _rows(connection, kpi, suffixes)


_OF_PERIOD = "month >= ? and month < ? and person_id <> 'UNASSIGNED'"


def inputs_views(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, set[str]]]:
    """Return inputs view -> KPI -> which of the suffixes n, d, v, k it has."""
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


def _counted(kpi: str, suffixes: set[str]) -> str:
    return "(" + " or ".join(f'"{kpi}__{suffix}" is not null' for suffix in sorted(suffixes)) + ")"


def _put_aside(
    connection: duckdb.DuckDBPyConnection,
    view: str,
    kpis: Mapping[str, set[str]],
    period: Period,
    totals: Mapping[PersonKpi, int],
    kept: Mapping[PersonKpi, int],
) -> None:
    """Make the table `aside`: the view's rows that some KPI shows, and until when each KPI shows them."""
    cuts = [(person, kpi, kept.get((person, kpi), 0)) for (person, kpi), n in totals.items() if kpi in kpis]
    cuts = [cut for cut in cuts if cut[2] < totals[cut[0], cut[1]]]
    connection.execute("create or replace temp table cuts (person_id varchar, kpi_id varchar, kept integer)")
    if cuts:
        connection.executemany("insert into cuts values (?, ?, ?)", sorted(cuts))
    wanted = ", ".join(f"max(kept) filter (where kpi_id = '{kpi}') as \"{kpi}\"" for kpi in kpis)
    most = max((cut[2] for cut in cuts), default=0)
    cut_kpis = sorted({cut[1] for cut in cuts})
    until = "".join(
        f", case wanted.\"{kpi}\" when 0 then timestamp '-infinity' else list_extract("
        f'min(occurred_at, {max(most, 1)}) filter (where {_counted(kpi, kpis[kpi])}), wanted."{kpi}") end'
        f' as "{kpi}__until"'
        for kpi in cut_kpis
    )
    grouping = "".join(f', wanted."{kpi}"' for kpi in cut_kpis)
    connection.execute(
        f"""
        create or replace temp table ends as
        with wanted as (select person_id, {wanted} from cuts group by person_id)
        select wanted.person_id{until}
        from intermediate.{view} inner join wanted using (person_id)
        where {_OF_PERIOD}
        group by wanted.person_id{grouping}
        """,
        [period.start, period.end],
    )
    shown = " or ".join(
        f"({_counted(kpi, kpis[kpi])}"
        + (f' and (ends."{kpi}__until" is null or occurred_at <= ends."{kpi}__until")' if kpi in cut_kpis else "")
        + ")"
        for kpi in kpis
    )
    missing = "".join(f', null::timestamp as "{kpi}__until"' for kpi in kpis if kpi not in cut_kpis)
    connection.execute(
        f"""
        create or replace temp table aside as
        select rows_of_view.*, ends.* exclude (person_id){missing}
        from intermediate.{view} as rows_of_view left join ends using (person_id)
        where {_OF_PERIOD} and ({shown})
        """,
        [period.start, period.end],
    )


def _rows(connection: duckdb.DuckDBPyConnection, kpi: str, suffixes: set[str]) -> Iterator[EvidenceRecord]:
    def column(suffix: str) -> str:
        return f'cast("{kpi}__{suffix}" as decimal(38, 6))' if suffix in suffixes else "cast(null as decimal(38, 6))"

    cursor = connection.execute(
        f"""
        select person_id, ?, record_type, record_id, coalesce(subject_id, ''),
               strftime(occurred_at, '%Y-%m-%d %H:%M:%S'), {column("n")}, {column("d")}, {column("v")}, weight,
               coalesce(_content_id, ''), coalesce(_row_no, 0)
        from aside
        where {_counted(kpi, suffixes)} and ("{kpi}__until" is null or occurred_at <= "{kpi}__until")
        order by person_id, record_type, record_id, subject_id
        """,
        [kpi],
    )
    while rows := cursor.fetchmany(10_000):
        for row in rows:
            yield EvidenceRecord(*row)
