"""The scratch file that dbt builds in: copied from the last whole build, given its inputs, kept or thrown away.

Belongs here: laying out the schemas `landing`, `company` and `control`; deciding which months must be rebuilt.
Does not belong here: the models (dbt_project/) and the publication (publish.py).

A run never writes to the last build: it copies it, builds in the copy and renames the copy at the end. A killed run
therefore leaves nothing half-built behind; the next one starts again from the last whole build.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.periods import Month
from pipelines.warehouse.blank import blank_warehouse
from pipelines.warehouse.build_scope import Found
from pipelines.warehouse.connection import open_reader, open_writer
from pipelines.warehouse.layout import LABELS_TABLE, Layout, code_version

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

# Records this many months older than the asked ones are read too: posting baselines (90 days), usual volumes (six
# months), and tickets or deals that were opened earlier.
LOOKBACK_MONTHS = 6
# And this many months newer: a ticket of the last day is answered in the next month's export.
LOOKAHEAD_MONTHS = 1

# Families whose records carry two dates far apart: the file that tells of a ticket's opening may be of any age, and any
# later file may tell more of a deal that was created before. Whose first order it is, and who had referred the
# customer, only all orders and referrals before it can say; and who is new among followers, only all lists before.
_WHOLE_PAST = {"tickets", "deals", "orders", "referrals", "follower_lists"}

_SCHEMAS = ("landing", "company", "control")


@dataclass(frozen=True)
class BuildPlan:
    """Which months one run builds.

    Attributes:
        asked: the months of the period that the person asked for.
        stale: open months of the last build whose inputs or code have changed since; they are rebuilt too.
        kept: months carried over from the last build unchanged.
        fingerprints: month -> fingerprint of the inputs that it is built from.
        fresh: build in an empty file, because the last build was made by another version of the code.
    """

    asked: tuple[Month, ...]
    stale: tuple[Month, ...]
    kept: tuple[Month, ...]
    fingerprints: Mapping[Month, str]
    fresh: bool = False

    @property
    def run_months(self) -> tuple[Month, ...]:
        """Every month that this run builds, in order."""
        return tuple(sorted({*self.asked, *self.stale}))


def built_fingerprints(layout: Layout) -> dict[Month, str]:
    """Months of the last whole build and the fingerprint of what each was built from; empty without a build."""
    if not layout.warehouse_file.exists():
        return {}
    with open_reader(layout.warehouse_file) as connection:
        rows = connection.execute("select month, fingerprint from control.month_inputs").fetchall()
    return {Month(day.year, day.month): fingerprint for day, fingerprint in rows}


def data_fingerprints(
    months: Iterable[Month], files: pa.Table, company_tables: Mapping[str, pa.Table]
) -> dict[Month, str]:
    """Fingerprint of the data that each month is computed from.

    A file counts for a month when it holds a record of it, of the look-back before it or of the look-ahead after it; a
    row of a company table counts when its validity, cut to the look-back and the month, is not empty. So an assignment
    that is closed or added later changes nothing here.

    Args:
        months: the months to fingerprint.
        files: the landing file catalogue.
        company_tables: the company tables as they enter the warehouse.

    Returns:
        Month -> 16 hex digits.
    """
    file_rows = files.select(
        ["content_id", "family", "months", "period_from", "period_to", "n_broken", "labels"]
    ).to_pylist()
    tables = {name: table.to_pylist() for name, table in sorted(company_tables.items())}
    result = {}
    for month in months:
        digest = hashlib.sha256()
        for row in file_rows:
            if _file_in_window(row, *_window(month, month)):
                digest.update(f"{row['content_id']}:{row['n_broken']}:{row['labels']}\n".encode())
        start = month.plus(-LOOKBACK_MONTHS).start
        for name, rows in tables.items():
            clipped = sorted(str(c) for c in (_clip(row, start, month.end) for row in rows) if c is not None)
            digest.update(f"{name}:{clipped}\n".encode())
        result[month] = digest.hexdigest()[:16]
    return result


def _window(first: Month, last: Month) -> tuple[date, date]:
    """The half-open days whose records a build of these months may read."""
    return first.plus(-LOOKBACK_MONTHS).start, last.plus(LOOKAHEAD_MONTHS).end


def _file_in_window(row: Mapping[str, object], start: date, end: date) -> bool:
    if row["family"] in _WHOLE_PAST:
        start = date.min
    months = row["months"]
    if isinstance(months, list) and any(start <= date.fromisoformat(f"{text}-01") < end for text in months):
        return True
    first, last = row["period_from"], row["period_to"]
    return isinstance(first, date) and isinstance(last, date) and first < end and last > start


_WINDOW_COLUMNS = (("valid_from", "valid_to"), ("active_from", "active_to"))
_POINT_COLUMNS = ("day", "month")


def _clip(row: Mapping[str, object], start: date, end: date) -> tuple[tuple[str, str], ...] | None:
    """The row as the window sees it, or None when it lies outside."""
    values = dict(row)
    for first, last in _WINDOW_COLUMNS:
        if first in values:
            opens = values[first] or date.min
            closes = values[last] or date.max
            if not (isinstance(opens, date) and isinstance(closes, date)) or opens >= end or closes <= start:
                return None
            values[first], values[last] = max(opens, start), min(closes, end)
    for column in _POINT_COLUMNS:
        day = values.get(column)
        if isinstance(day, date) and not start <= day < end:
            return None
    # where a row stands in its file is no input: a row put above the others changes no month but its own
    return tuple(sorted((name, str(value)) for name, value in values.items() if not name.startswith("_")))


def plan_build(
    asked: Sequence[Month],
    data: Mapping[Month, str],
    built: Mapping[Month, str],
    sealed: Iterable[Month],
) -> BuildPlan:
    """Decide which months a run builds: the asked ones, and open months whose inputs have changed.

    A sealed month is rebuilt only when it is asked for by name. Only after a change of the code are all months built
    anew, sealed ones too: one file is never made by two versions, whose tables may differ in shape. The seals and their
    cards stay as they are.
    """
    code = code_version()
    wanted = {month: f"{fingerprint}-{code}" for month, fingerprint in data.items()}
    if any(not fingerprint.endswith(f"-{code}") for fingerprint in built.values()):
        others = tuple(sorted(month for month in built if month not in asked))
        return BuildPlan(tuple(sorted(asked)), others, (), {m: wanted[m] for m in (*asked, *others)}, fresh=True)
    closed = set(sealed)
    stale = [m for m, fingerprint in built.items() if m not in asked and m not in closed and wanted[m] != fingerprint]
    kept = [m for m in built if m not in asked and m not in stale]
    fingerprints = {month: wanted[month] for month in [*asked, *stale]} | {month: built[month] for month in kept}
    return BuildPlan(tuple(sorted(asked)), tuple(sorted(stale)), tuple(sorted(kept)), fingerprints)


def prepare_scratch(
    layout: Layout,
    plan: BuildPlan,
    files: pa.Table,
    company_tables: Mapping[str, pa.Table],
    specs: Sequence[str],
    *,
    whole_landing: bool = False,
) -> None:
    """Make the scratch file ready for dbt: last build copied, inputs of the planned months attached.

    Args:
        layout: the company folder.
        plan: the months to build.
        files: the landing file catalogue.
        company_tables: typed tables of the human files, by name.
        specs: every known spec id; a spec without files becomes an empty view.
        whole_landing: attach every landed file instead of the window: a rebuild whose folder was laid out from a
            manifest reads exactly what lies there.
    """
    discard_scratch(layout)
    begun_from = layout.warehouse_file if layout.warehouse_file.exists() and not plan.fresh else blank_warehouse()
    if begun_from is not None:
        shutil.copyfile(begun_from, layout.scratch_file)
    with open_writer(layout.scratch_file) as connection:
        for schema in _SCHEMAS:
            connection.execute(f"create schema if not exists {schema}")
        before = _inputs_of_build(connection) if begun_from is not None else None
        _write_control(connection, plan)
        for name, table in sorted(company_tables.items()):
            connection.register("incoming", table)
            connection.execute(f"create or replace table company.{name} as select * from incoming")
            connection.unregister("incoming")
        _attach_landing(connection, layout, plan, files, specs, whole_landing)
        _write_found(connection, before)


@dataclass(frozen=True)
class _BuildInputs:
    """What of the inputs of a build decides what may be left out of the next one.

    Attributes:
        in_views: what dbt writes into the text of views: the months around which offsets are told, and the time zone.
        delivered: landing tables with a file.
        filled: company tables with a row.
    """

    in_views: tuple[Any, ...]
    delivered: frozenset[str]
    filled: frozenset[str]


def _inputs_of_build(connection: duckdb.DuckDBPyConnection) -> _BuildInputs:
    months = connection.execute("select month from control.run_months order by month").fetchall()
    zone = connection.execute("select timezone from company.settings").fetchall()
    specs = connection.execute("select distinct spec_id from landing.files").fetchall()
    labels = connection.execute("select 1 from landing.files where labels <> '' limit 1").fetchall()
    # the number may count deleted rows too: then more is built than need be
    filled = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'company' and estimated_size > 0"
    ).fetchall()
    delivered = frozenset([spec for (spec,) in specs] + [LABELS_TABLE] * len(labels))
    return _BuildInputs((*months, *zone), delivered, frozenset(table for (table,) in filled))


def _write_found(connection: duckdb.DuckDBPyConnection, before: _BuildInputs | None) -> None:
    """Note what the file held before this run's inputs came, for `found_in_scratch`."""
    now = _inputs_of_build(connection)
    views = before is not None and before.in_views == now.in_views
    connection.execute("create or replace table control.found (relations boolean, views boolean)")
    connection.execute("insert into control.found values (?, ?)", [before is not None, views])
    # of a source whose last file was taken away, the last build still has the rows: it is built once more, and empty
    delivered = now.delivered | (before.delivered if before is not None else frozenset())
    connection.execute("create or replace table control.delivered (landing_table varchar)")
    connection.execute("insert into control.delivered select unnest(cast(? as varchar[]))", [sorted(delivered)])
    filled = now.filled | (before.filled if before is not None else frozenset())
    connection.execute("create or replace table control.filled (company_table varchar)")
    connection.execute("insert into control.filled select unnest(cast(? as varchar[]))", [sorted(filled)])
    connection.execute("create or replace table control.without_rows (name varchar)")


def tell_without_rows(layout: Layout, names: Sequence[str]) -> None:
    """Tell dbt which models are left out because they have no rows, so that its unions do not read them."""
    with open_writer(layout.scratch_file) as connection:
        connection.execute("insert into control.without_rows select unnest(cast(? as varchar[]))", [list(names)])


def found_in_scratch(layout: Layout) -> Found:
    """What the scratch file held before dbt started, and which sources and company tables it or the last build has."""
    with open_reader(layout.scratch_file) as connection:
        relations, views = connection.execute("select relations, views from control.found").fetchall()[0]
        delivered = connection.execute("select landing_table from control.delivered").fetchall()
        filled = connection.execute("select company_table from control.filled").fetchall()
    return Found(relations, views, frozenset(table for (table,) in delivered), frozenset(table for (table,) in filled))


def _write_control(connection: duckdb.DuckDBPyConnection, plan: BuildPlan) -> None:
    months = plan.run_months
    connection.execute("create or replace table control.run_window (period_start date, period_end date)")
    connection.execute("insert into control.run_window values (?, ?)", [months[0].start, months[-1].end])
    connection.execute("create or replace table control.run_months (month date)")
    connection.executemany("insert into control.run_months values (?)", [[m.start] for m in months])
    connection.execute("create or replace table control.built_months (month date)")
    connection.executemany(
        "insert into control.built_months values (?)", [[m.start] for m in sorted(plan.fingerprints)]
    )
    connection.execute("create or replace table control.month_inputs (month date, fingerprint varchar)")
    connection.executemany(
        "insert into control.month_inputs values (?, ?)",
        [[month.start, fingerprint] for month, fingerprint in sorted(plan.fingerprints.items())],
    )


def files_of_months(months: Sequence[Month], files: pa.Table) -> list[dict[str, Any]]:
    """The catalogue rows of the files that consecutive months are built from, in order of rank."""
    window = _window(months[0], months[-1])
    rows = files.select(
        ["spec_id", "family", "content_id", "months", "period_from", "period_to", "n_broken", "labels"]
    ).to_pylist()
    return [row for row in rows if _file_in_window(row, *window)]


def _attach_landing(
    connection: duckdb.DuckDBPyConnection,
    layout: Layout,
    plan: BuildPlan,
    files: pa.Table,
    specs: Sequence[str],
    whole_landing: bool,
) -> None:
    """Views over just the landing files that hold records of the months to build or of the window around them."""
    connection.register("incoming", files)
    connection.execute("create or replace table landing.files as select * from incoming order by file_rank")
    connection.unregister("incoming")
    attached = files.to_pylist() if whole_landing else files_of_months(plan.run_months, files)
    contents = {row["content_id"] for row in attached}
    _write_month_files(connection, plan, files)
    _write_attached_files(connection, contents)
    wanted: dict[str, list[Path]] = {spec: [] for spec in specs}
    for row in attached:
        wanted[row["spec_id"]].append(layout.landing / row["spec_id"] / f"{row['content_id']}.parquet")
    for spec, paths in sorted(wanted.items()):
        empty = layout.landing / spec / "_empty.parquet"
        connection.execute(
            f"""
            create or replace view landing.{spec} as
            select landed.*, files.file_rank as _file_rank
            from read_parquet([{_sql_list([empty, *paths])}], union_by_name = true) as landed
            inner join landing.files as files on files.content_id = landed._content_id
            """
        )
    _attach_labels(connection, layout, attached)
    profiles = sorted(path for path in (layout.landing / "_profile").glob("*/*.parquet") if path.stem in contents)
    connection.execute(
        f"create or replace table landing.profile as select * from read_parquet([{_sql_list(profiles)}],"
        " union_by_name = true) order by all"
        if profiles
        else "create or replace table landing.profile (spec_id varchar, family varchar, content_id varchar,"
        " subject_id varchar, day date, n_rows bigint, n_keys bigint, n_null_keys bigint, total decimal(38, 6),"
        " n_zero bigint, n_negative bigint)"
    )


_LABEL_COLUMNS = {
    "content_id": "varchar",
    "row_no": "integer",
    "text_hash": "varchar",
    "language": "varchar",
    "label": "varchar",
    "score": "varchar",
    "tool": "varchar",
}


def _attach_labels(
    connection: duckdb.DuckDBPyConnection, layout: Layout, attached: Iterable[Mapping[str, Any]]
) -> None:
    """The labels of the attached files' texts, by the one set of tools that the catalogue names for each."""
    folder = layout.landing / LABELS_TABLE
    wanted = (folder / f"{row['content_id']}.{row['labels']}.parquet" for row in attached if row["labels"])
    paths = sorted(path for path in wanted if path.exists())
    nothing = ", ".join(f"cast(null as {kind}) as {name}" for name, kind in _LABEL_COLUMNS.items())
    rows = (
        f"select {', '.join(_LABEL_COLUMNS)} from read_parquet([{_sql_list(paths)}])"
        if paths
        else f"select {nothing} where false"
    )
    connection.execute(f"create or replace view landing.{LABELS_TABLE} as {rows}")


def _write_month_files(connection: duckdb.DuckDBPyConnection, plan: BuildPlan, files: pa.Table) -> None:
    """What each month of the run may read by itself: a range must find in a month what that month alone would."""
    import pyarrow as pa

    pairs = [(month.start, row["content_id"]) for month in plan.run_months for row in files_of_months([month], files)]
    table = pa.table(
        {
            "month": pa.array([month for month, _ in pairs], pa.date32()),
            "content_id": pa.array([content for _, content in pairs], pa.string()),
        }
    )
    connection.register("incoming", table)
    connection.execute("create or replace table control.month_files as select * from incoming")
    connection.unregister("incoming")


def _write_attached_files(connection: duckdb.DuckDBPyConnection, contents: Iterable[str]) -> None:
    """Every content that the views of landing read: what is kept of another one has to leave."""
    connection.execute("create or replace table control.attached_files (content_id varchar)")
    connection.execute("insert into control.attached_files select unnest(cast(? as varchar[]))", [sorted(contents)])


def _sql_list(paths: Iterable[Path]) -> str:
    return ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)


def discard_scratch(layout: Layout) -> None:
    """Remove what a killed run may have left of the scratch file."""
    for path in (layout.scratch_file, layout.scratch_file.with_name(layout.scratch_file.name + ".wal")):
        path.unlink(missing_ok=True)


def keep_scratch(layout: Layout) -> None:
    """Make the finished scratch file the last whole build, in one rename."""
    layout.scratch_file.replace(layout.warehouse_file)
