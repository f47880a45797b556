"""Landed follower lists for the bench of followers, written by DuckDB.

Belongs here: the company, its landed files and their catalogue. Landing looks at every value, one file after the other;
of twenty million profiles that would take longer than all that is measured, so the files are written as landing writes
them.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from bench.generate import ACCOUNTS, write_people
from pipelines.landing.catalogue import CATALOGUE_SCHEMA
from pipelines.landing.content import CHUNK_ROWS, write_empty
from pipelines.landing.store import Layout
from pipelines.sources.registry import ALL_SPECS, spec_of

#: Of the first list nobody knows when its followers came; those of the next day are new, and final in the month after.
FIRST_DAY, NEXT_DAY = dt.date(2026, 9, 2), dt.date(2026, 9, 3)
LISTS, COUNTS = "follower_snapshots", "account_followers"
#: A day's newcomers, as a share of all followers.
NEWCOMERS = 100

_LIST = """
select
    '{day}' as day,
    '{account}' as account,
    'c_' || substr(md5('{account}' || i), 1, 20) as follower_id,
    if(is_spam, dice(i, 1, 30), dice(i, 2, 40) * dice(i, 3, 60)) as followers_count,
    if(is_spam, 400 + dice(i, 4, 4000), dice(i, 5, 900)) as following_count,
    if(is_spam, dice(i, 6, 20), dice(i, 7, 60) * dice(i, 8, 90)) as post_count,
    if(is_spam, 0, dice(i, 9, 12)) as listed_count,
    if(not is_spam and dice(i, 10, 3) = 0, 'true', '') as url,
    date '2026-08-01' - (40 + dice(i, 11, 4000))::int as created_on
from (select i, dice(i, 12, 10) = 0 as is_spam from range({first}, {last}) as numbers(i))
"""
_COUNT = "select unnest({accounts}) as account, '{day}' as day, {followers} as followers"


def write_company(home: Path) -> None:
    """Write the company folder, with the tables of all sources empty."""
    write_people(home)
    layout = Layout(home)
    layout.prepare()
    for spec in ALL_SPECS:
        (layout.landing / spec.id).mkdir(exist_ok=True)
        write_empty(layout, spec)


def land_first_lists(home: Path, followers: int) -> pa.Table:
    """Write one list of all followers of every account, every tenth of whom is spam; return the catalogue."""
    return _land(home, FIRST_DAY, range(0, followers // len(ACCOUNTS)))


def land_next_day(home: Path, followers: int) -> pa.Table:
    """Write, for every account, an export of the newest followers of the next day."""
    own = followers // len(ACCOUNTS)
    return _land(home, NEXT_DAY, range(own, own + own // NEWCOMERS))


def _land(home: Path, day: dt.date, numbers: range) -> pa.Table:
    rows = []
    with duckdb.connect() as connection:
        connection.execute("create macro dice(i, salt, sides) as (hash(i * 1000 + salt) % sides)::bigint")
        for account in ACCOUNTS:
            query = _LIST.format(day=day, account=account, first=numbers.start, last=numbers.stop)
            rows.append(_write(connection, home, LISTS, f"{account}_{day}", query, day))
        query = _COUNT.format(accounts=list(ACCOUNTS), day=day, followers=numbers.stop)
        rows.append(_write(connection, home, COUNTS, f"counts_{day}", query, day))
    return pa.Table.from_pylist(rows, schema=CATALOGUE_SCHEMA)


def ranked(*catalogues: pa.Table) -> pa.Table:
    """Put catalogues together; the files rank in this order."""
    rows = pa.concat_tables(catalogues).to_pylist()
    return pa.Table.from_pylist(
        [{**row, "file_rank": rank} for rank, row in enumerate(rows, start=1)], schema=CATALOGUE_SCHEMA
    )


def _write(
    connection: duckdb.DuckDBPyConnection, home: Path, spec_id: str, name: str, query: str, day: dt.date
) -> dict[str, Any]:
    """Write one landed file with its envelope; return its line of the catalogue."""
    row = connection.execute("select md5(?)", [name]).fetchone()
    assert row is not None
    content_id: str = row[0]
    target = home / "landing" / spec_id / f"{content_id}.parquet"
    columns = ", ".join(f"cast({column} as varchar) as {column}" for column in spec_of(spec_id).landed_columns())
    connection.execute(
        f"""
        copy (
            select
                {columns},
                '{content_id}' as _content_id,
                (row_number() over () + 1)::integer as _row_no,
                '{spec_id}' as _spec_id,
                '' as _subject_id,
                null::timestamp as _exported_at,
                date '{day}' as _period_from,
                date '{day + dt.timedelta(days=1)}' as _period_to,
                'UTC' as _tz
            from ({query}) as listed
        ) to '{target}' (format parquet, compression zstd, row_group_size {CHUNK_ROWS})
        """
    )
    return {
        "content_id": content_id,
        "spec_id": spec_id,
        "family": spec_of(spec_id).family,
        "subject_id": "",
        "period_from": day,
        "period_to": day + dt.timedelta(days=1),
        "first_day": day,
        "last_day": day,
        "n_rows": 0,
        "n_broken": 0,
        "is_cut": False,
        "file_rank": 0,
        "months": [f"{day:%Y-%m}"],
        "file_name": f"{name}.csv",
        "labels": "",
    }
