"""The typed daily profile of a landed content, and the months and days it touches.

Belongs here: what the checks on landing look at, small whatever the size of the file: one row a day. Rows without a
date (an open deal, the second line of an order) are in no day of the profile.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.landing.content import deterministic_writer
from pipelines.landing.store import whole_file
from pipelines.sources.spec import SourceSpec

if TYPE_CHECKING:
    import duckdb

_ZONED = r"[+-]\d{4}$"


@dataclass(frozen=True)
class Touched:
    """What days and months a content holds records of; months are local to the company, days are as exported."""

    months: tuple[str, ...]
    first_day: dt.date | None
    last_day: dt.date | None


def write_profile(connection: duckdb.DuckDBPyConnection, spec: SourceSpec, content: Path, target: Path) -> None:
    """Write the daily profile of a landed Parquet file, unless it is there."""
    if target.exists():
        return
    day = _day(spec)
    keys = [f"coalesce({name}, '')" for name in spec.key_columns]
    # the key's first column names the record; the others may be blank, as the tags of untagged traffic are
    keyed = f"{spec.key_columns[0]} is not null" if spec.key_columns else "true"
    key = f"concat_ws(chr(31), {', '.join(keys)})" if keys else "_row_no"
    values = [f"try_cast({name} as decimal(38, 6))" for name in spec.measures]
    told = " or ".join(f"{value} is not null" for value in values) or "false"
    zero = " and ".join(f"coalesce({value}, 0) = 0" for value in values) or "false"
    negative = " or ".join(f"coalesce({value}, 0) < 0" for value in values) or "false"
    total = f"sum(try_cast({spec.measure} as decimal(38, 6)))" if spec.measure else "null"
    table = connection.execute(
        f"""
        select '{spec.id}' as spec_id, '{spec.family}' as family, _content_id as content_id, _subject_id as subject_id,
            {day} as day,
            count(*)::bigint as n_rows,
            count(distinct case when {keyed} then {key} end)::bigint as n_keys,
            count(*) filter (where not ({keyed}))::bigint as n_null_keys,
            cast({total} as decimal(38, 6)) as total,
            count(*) filter (where ({told}) and {zero})::bigint as n_zero,
            count(*) filter (where {negative})::bigint as n_negative
        from read_parquet(?)
        where {day} is not null
        group by all order by content_id, subject_id, day
        """,
        [str(content)],
    ).to_arrow_table()
    with whole_file(target) as draft, deterministic_writer(draft, table.schema) as writer:
        writer.write_table(table)


def touched(
    connection: duckdb.DuckDBPyConnection, spec: SourceSpec, content: Path, profile: Path, timezone: str
) -> Touched:
    """Tell the months, in the company's time zone, and the days of a landed content."""
    moments = [f"select {_local(name)} as moment from read_parquet($path)" for name in spec.event_columns]
    if spec.event_sql:
        moments.append(f"select timezone($zone, timezone('UTC', {spec.event_sql})) as moment from read_parquet($path)")
    rows = connection.execute(
        f"select distinct strftime(moment, '%Y-%m') as month from ({' union all '.join(moments)}) "
        "where moment is not null order by month",
        {"path": str(content), "zone": timezone},
    ).fetchall()
    days = connection.execute("select min(day), max(day) from read_parquet(?)", [str(profile)]).fetchone()
    first, last = days or (None, None)
    return Touched(tuple(month for (month,) in rows), first, last)


def _day(spec: SourceSpec) -> str:
    values = [f"try_cast(left({name}, 10) as date)" for name in spec.day_columns]
    return f"coalesce({', '.join([*values, 'cast(null as date)'])})"


def _local(name: str) -> str:
    """A stated or meant moment in the company's time; a bare date stays the date it is."""
    return (
        f"case when length({name}) = 10 then try_cast({name} as timestamp) "
        f"when regexp_matches({name}, '{_ZONED}') then timezone($zone, try_cast({name} as timestamptz)) "
        f"when _tz = $zone then try_cast({name} as timestamp) "
        f"else timezone($zone, timezone(_tz, try_cast({name} as timestamp))) end"
    )
