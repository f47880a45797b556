"""A list of accounts as the relation of profiles that the scoring card reads.

Belongs here: which lists can be read, and what is wrong with one, told by file, row, column, value and mend. The rows
go through files and DuckDB, never through Python, so that a list of millions takes no more memory than a short one.
Which headers there are is `sources.followers`; how bytes become rows and values is the landing room's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.company.findings import Finding, InputError
from pipelines.landing.normalise import select_sql, tell_setting
from pipelines.landing.reasons import QuarantineError, row_reason
from pipelines.landing.sniff import Header, as_utf8, file_kind, find_header
from pipelines.landing.table import RawTable, read_text
from pipelines.sources.followers import FOLLOWER_ACCOUNTS, NESTED_FOLLOWER_ACCOUNTS

if TYPE_CHECKING:
    import duckdb

#: The relation that `read_profiles` makes; of a list without ids, `name` tells the row.
PROFILES = "profiles"

_TOLD = 20  # so many rows that must be mended are named; how many more there are is told in one line
_COUNTS = ("followers_count", "following_count", "tweet_count", "listed_count")
_LAST_DAY = dt.date(9999, 12, 30)  # chooses the newest card where nothing says when the accounts were looked at
# Ids of posts carry their time since X changed to them; earlier ones are plain numbers.
_FIRST_TIMED_POST, _FIRST_TIMED_DAY = 30_000_000_000, "2010-11-04"

_COLUMNS_MEND = (
    "Name the columns as the X API v2 does: id, public_metrics.followers_count, public_metrics.following_count, "
    "public_metrics.tweet_count, and where you have them public_metrics.listed_count, url, created_at, observed_at, "
    "most_recent_tweet_id"
)
_FILE_MENDS = {
    "no_table": _COLUMNS_MEND,
    "wrong_header": _COLUMNS_MEND,
    "ambiguous_dates": "Write dates as yyyy-mm-dd",
}
_VALUE_PROBLEMS = {
    "not_whole": ("is not a whole number of 0 or more", "Write the count as the source states it, in plain digits"),
    "negative_age": ("is less than 0", "State how many days old the account was when it was looked at"),
    "not_born": (
        "lies after the day on which the account was looked at",
        "Correct created_at, or state the day with observed_at or --on",
    ),
    "no_count": (
        "does not hold followers_count, following_count and tweet_count",
        'Write it as the API does: {"followers_count": 12, "following_count": 340, "tweet_count": 5}',
    ),
}


@dataclass(frozen=True)
class ReadList:
    """What a list of accounts has.

    Attributes:
        has_ids: whether it names its accounts; otherwise they go by their rows.
        has_ages: whether the age of any of them is known.
    """

    has_ids: bool
    has_ages: bool


def read_profiles(
    connection: duckdb.DuckDBPyConnection, path: Path, scratch: Path, observed_on: dt.date | None
) -> ReadList:
    """Make the relation of profiles out of a list of accounts, in the order of the list.

    Args:
        connection: gets the relation.
        path: a CSV file in any usual encoding, with any usual delimiter.
        scratch: an empty folder for what is too big for the memory.
        observed_on: the day on which the accounts were looked at, where the list does not say.

    Raises:
        InputError: naming the file and, as far as one is to blame, row, column, value and mend.
    """
    if not path.is_file():
        raise InputError([Finding(file=str(path), problem="there is no such file", mend="Name a CSV file")])
    try:
        header, raw = _read_rows(path, scratch)
        connection.execute(f"create view raw as select * from read_parquet('{raw.path}')")
        values = select_sql(header, tell_setting(connection, header, None, None))
    except QuarantineError as error:
        raise InputError([_of_file(path, error)]) from error
    connection.execute(f"create table accounts as {_accounts_sql(header, values, observed_on)}")
    _refuse_broken(connection, path, header, raw)
    connection.execute(
        f"create view {PROFILES} as select _row_no, id, cast(followers_count as bigint) as followers_count, "
        "cast(following_count as bigint) as following_count, cast(tweet_count as bigint) as post_count, "
        "cast(listed_count as bigint) as listed_count, has_url, created_on, age_days, idle_days, observed_on, "
        "coalesce(id, 'row ' || cast(_row_no as varchar)) as name from accounts"
    )
    row = connection.execute("select count(age_days) from accounts").fetchone()
    found = {matched.column.name for matched in header.match.columns}
    return ReadList(has_ids="id" in found, has_ages=bool(row and row[0]))


def _read_rows(path: Path, scratch: Path) -> tuple[Header, RawTable]:
    if file_kind(path) == "workbook":
        problem, mend = "this is a workbook and not a CSV file", "Save the sheet as CSV"
        raise InputError([Finding(file=str(path), problem=problem, mend=mend)])
    text = as_utf8(path, scratch)
    header = find_header(text, (FOLLOWER_ACCOUNTS, NESTED_FOLLOWER_ACCOUNTS), {})
    return header, read_text(text, header, scratch / "rows.parquet")


def _accounts_sql(header: Header, values: str, observed_on: dt.date | None) -> str:
    """The query over the landing room's values that gives a profile, and `_problem` where it is none."""
    metrics = ", ".join(
        f"nullif(regexp_extract(public_metrics, '[\"'']{name}[\"'']\\s*:\\s*\"?([^,}}\"\\s]+)', 1), '') as {name}"
        for name in _COUNTS
    )
    is_nested = header.match.spec is NESTED_FOLLOWER_ACCOUNTS
    # a list may hold the listed count beside the nested metrics; those go first
    nested = f"* exclude (public_metrics, listed_count), {metrics}" if is_nested else "*"
    stated = f"date '{observed_on.isoformat()}'" if observed_on else "cast(null as date)"
    posted = "to_timestamp(((cast(most_recent_tweet_id as bigint) >> 22) + 1288834974657) / 1000)"
    whole = " ".join(
        f"when {name} is not null and not regexp_full_match({name}, '\\d{{1,15}}') then '{name}:not_whole'"
        for name in _COUNTS
    )
    no_count = (
        "when coalesce(followers_count, following_count, tweet_count) is null or followers_count is null "
        "or following_count is null or tweet_count is null then 'public_metrics:no_count'"
    )
    return (
        f"with given as ({values}), flat as (select {nested} from given), dated as ("
        "select * exclude (has_url, url, age_days), coalesce(has_url, url) = 'true' as has_url, "
        "try_cast(age_days as decimal(18, 6)) as stated_age, cast(left(created_at, 10) as date) as created_on, "
        f"coalesce(cast(left(observed_at, 10) as date), {stated}) as seen_on, "
        f"case when try_cast(most_recent_tweet_id as bigint) < {_FIRST_TIMED_POST} "
        f"then date '{_FIRST_TIMED_DAY}' when try_cast(most_recent_tweet_id as bigint) is not null "
        f"then cast({posted} at time zone 'UTC' as date) end as posted_on from flat) "
        "select _row_no, id, followers_count, following_count, tweet_count, listed_count, has_url, "
        "created_on, coalesce(cast(floor(stated_age) as bigint), seen_on - created_on) as age_days, "
        "case when posted_on is not null then greatest(seen_on - posted_on, 0) end as idle_days, "
        f"coalesce(seen_on, date '{_LAST_DAY.isoformat()}') as observed_on, "
        "case when _problem is not null then _problem "
        f"{no_count if is_nested else ''} {whole} "
        "when stated_age < 0 then 'age_days:negative_age' "
        "when stated_age is null and seen_on < created_on then 'created_at:not_born' end as _problem from dated"
    )


def _of_file(path: Path, error: QuarantineError) -> Finding:
    mend = _FILE_MENDS.get(error.reason.code, error.reason.mend)
    return Finding(file=str(path), problem=error.reason.problem, mend=mend)


def _refuse_broken(connection: duckdb.DuckDBPyConnection, path: Path, header: Header, raw: RawTable) -> None:
    """Name the rows that cannot be scored: a list is scored whole or not at all."""
    counted = connection.execute("select count(*) from accounts where _problem is not null").fetchone()
    n_broken = raw.n_broken + (counted[0] if counted else 0)
    if not n_broken:
        return
    named = [*_broken_rows(path, raw), *_broken_values(connection, path, header)]
    findings = sorted(named, key=lambda finding: finding.row)[:_TOLD]
    if n_broken > len(findings):
        more = f"{n_broken - len(findings)} more rows cannot be read"
        findings.append(Finding(file=str(path), row=findings[-1].row + 1, problem=more, mend="Mend these first"))
    raise InputError(findings)


def _broken_rows(path: Path, raw: RawTable) -> Iterator[Finding]:
    for row in raw.broken[:_TOLD]:
        yield Finding(str(path), row.row, value=row.raw, problem=row.reason.problem, mend=row.reason.mend)


def _broken_values(connection: duckdb.DuckDBPyConnection, path: Path, header: Header) -> Iterator[Finding]:
    columns = {matched.column.name: matched for matched in header.match.columns}
    problems = connection.execute(
        f"select _row_no, _problem from accounts where _problem is not null order by _row_no limit {_TOLD}"
    ).fetchall()
    for row_no, told in problems:
        name, _, code = told.rpartition(":")
        matched = columns.get(name) or columns["public_metrics"]
        found = connection.execute(f"select f{matched.position} from raw where _row_no = ?", [row_no]).fetchone()
        if code in _VALUE_PROBLEMS:
            problem, mend = _VALUE_PROBLEMS[code]
            problem = f"the value {problem}"
        else:
            known = row_reason(code)
            problem, mend = known.problem, known.mend
        yield Finding(str(path), row_no, matched.header, found[0] if found else "", problem, mend)
