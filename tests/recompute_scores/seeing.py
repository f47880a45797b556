"""What the warehouse says for the lists besides readings: coverage, records by week, subjects, members, drawn labels.

Belongs here: reading tables of the warehouse into this package's records. Does not belong here: any list.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, date, datetime, time
from fractions import Fraction
from hashlib import md5
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from .company import Span
from .list_given import ZERO, Seen, Side
from .list_progress import of_records
from .numbers import number

#: How many records a card keeps, and how many of a KPI that has too many.
KEPT, SAMPLE = 5000, 100
#: How many records of each label and month people are asked to judge, where company.yaml says nothing else.
DRAWN = 60
#: The same of new followers called spam, and of the others.
FOLLOWERS_DRAWN = 100


def seen_of(warehouse: Path, span: Span, zone: str, names: Mapping[str, str]) -> Seen:
    """What the lists of a period take from the warehouse; people by their company ids."""
    with closing(duckdb.connect()) as connection:
        # its views name the file as it was called when they were made
        connection.execute(f"attach '{warehouse}' as scratch (read_only)")
        connection.execute("use scratch")
        heard = dict[str, date]()
        for family, month, day in connection.execute(
            "select family, cast(month as varchar)[:7], heard_until from intermediate.int_source_coverage"
        ).fetchall():
            if month in span.months and day is not None:
                heard[family] = max(day, heard.get(family, day))
        active = {
            key
            for key, month in connection.execute(
                "select value_key, cast(month as varchar)[:7] from marts.fct_kpi_values where kpi_id = 'active_members'"
            ).fetchall()
            if month in span.months
        }
        weeks = weeks_of(connection, span, ZoneInfo(zone), names) if span.kind == "month" else {}
        return Seen(heard, weeks, sides_of(connection), len(active), drawn_of(connection, span))


def drawn_of(connection: duckdb.DuckDBPyConnection, span: Span) -> list[tuple[str, ...]]:
    """The records of each label and month to judge, in the order of the hash of their names.

    Labels are those that a tool gave to counted comments, and the flags of own posts that are no replies.
    """
    found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for sql in (
        "select cast(month as varchar)[:7], 'sentiment', record_id, coalesce(account_id, ''), '', _row_no "
        "from intermediate.int_comments where is_counted and labelled_by = 'tool' and label is not null",
        "select cast(month as varchar)[:7], 'originality', post_id, coalesce(account_id, ''), '', _row_no "
        "from intermediate.int_posts where is_original is not null "
        "and (text_kind is null or text_kind not in ('repost', 'reply'))",
    ):
        for row in connection.execute(sql).fetchall():
            if row[0] in span.months:
                found.setdefault((row[0], row[1]), []).append(tuple(str(cell) for cell in row))
    return [
        row
        for them in found.values()
        for row in sorted(them, key=lambda one: md5(f"{one[1]}|{one[2]}".encode()).hexdigest())[:DRAWN]
    ] + followers_of(connection, span)


def followers_of(connection: duckdb.DuckDBPyConnection, span: Span) -> list[tuple[str, ...]]:
    """New followers to judge: of those called spam and of the others a draw each."""
    found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for month, verdict, *rest in connection.execute(
        "select cast(month as varchar)[:7], verdict, account_id || '|' || follower_key, account_id, '', _row_no "
        "from intermediate.int_new_followers where verdict in ('spam', 'clean')"
    ).fetchall():
        if month in span.months:
            row = (month, "follower", *(str(cell) for cell in rest))
            found.setdefault((month, verdict), []).append(row)
    return [
        row
        for them in found.values()
        for row in sorted(them, key=lambda one: md5(f"follower|{one[2]}".encode()).hexdigest())[:FOLLOWERS_DRAWN]
    ]


def sides_of(connection: duckdb.DuckDBPyConnection) -> list[Side]:
    """Both sides of every KPI by subject and month; of a share of those who did, how many did and could."""
    found: dict[tuple[str, str, str, str], tuple[Fraction, Fraction]] = {}
    for *key, above, below in connection.execute(
        "select kpi_id, cast(month as varchar)[:7], subject_type, subject_id, numerator, denominator "
        "from marts.fct_kpi_components where credit_kind = 'split' and denominator is not null"
    ).fetchall():
        before = found.get(tuple(key), (ZERO, ZERO))
        found[tuple(key)] = (before[0] + number(above or 0), before[1] + number(below))
    did: dict[tuple[str, str, str, str], dict[str, bool]] = {}
    for *key, who, hits in connection.execute(
        "select kpi_id, cast(month as varchar)[:7], subject_type, subject_id, value_key, n_hits "
        "from marts.fct_kpi_values where n_hits is not null"
    ).fetchall():
        of_key = did.setdefault(tuple(key), {})
        of_key[who] = of_key.get(who, False) or hits > 0
    for place, people in did.items():
        found[place] = (Fraction(sum(people.values())), Fraction(len(people)))
    return [Side(kpi, month, (kind, name), *both) for (kpi, month, kind, name), both in sorted(found.items())]


def weeks_of(
    connection: duckdb.DuckDBPyConnection, span: Span, zone: ZoneInfo, names: Mapping[str, str]
) -> dict[tuple[str, str], dict[str, tuple[Fraction, int]]]:
    """By person and KPI what the records add up to by ISO week, of the KPIs whose records a card keeps whole."""
    inputs = connection.execute(
        "select table_name, column_name from information_schema.columns "
        "where starts_with(table_name, 'int_kpi_inputs_') and contains(column_name, '__')"
    ).fetchall()
    counts: dict[str, dict[str, int]] = {}
    views: dict[tuple[str, str], list[str]] = {}
    for view, column in inputs:
        views.setdefault((view, column.rpartition("__")[0]), []).append(column)
    condition = f"month >= '{span.first}' and month < '{span.after}' and person_id <> 'UNASSIGNED'"
    for (view, kpi), columns in views.items():
        some = " or ".join(f'"{column}" is not null' for column in columns)
        for person, count in connection.execute(
            f"select person_id, count(*) from intermediate.{view} where {condition} and ({some}) group by all"
        ).fetchall():
            mine = counts.setdefault(person, {})
            mine[kpi] = mine.get(kpi, 0) + count
    found: dict[tuple[str, str], dict[str, tuple[Fraction, int]]] = {}
    records: dict[tuple[str, str], list[tuple[date, Fraction]]] = {}
    whole = {person: kept_whole(mine) for person, mine in counts.items()}
    for (view, kpi), columns in views.items():
        some = " or ".join(f'"{column}" is not null' for column in columns)
        above = f'cast("{kpi}__n" as decimal(38, 6))' if f"{kpi}__n" in columns else "0"
        for person, at, amount in connection.execute(
            f"select person_id, occurred_at, {above} from intermediate.{view} where {condition} and ({some})"
        ).fetchall():
            if kpi in whole[person] and person in names:
                day = local_day(at, zone)
                records.setdefault((names[person], kpi), []).append((day, number(amount or 0)))
    for key, them in records.items():
        found[key] = of_records(them)
    return found


def local_day(at: datetime | date, zone: ZoneInfo) -> date:
    """The company's day of a record; what is counted by the day stands at midnight and keeps its day."""
    if not isinstance(at, datetime):
        return at
    return at.date() if at.time() == time() else at.replace(tzinfo=UTC).astimezone(zone).date()


def kept_whole(counts: Mapping[str, int]) -> set[str]:
    """The KPIs all of whose records a card keeps.

    The smallest first, each whole while a sample of every larger one still fits, or where it takes no more than its
    equal part of the room that is left; else a sample of it.
    """
    found, room = set(), KEPT
    order = sorted(counts, key=lambda kpi: (counts[kpi], kpi))
    for place, kpi in enumerate(order):
        later = sum(min(SAMPLE, counts[other]) for other in order[place + 1 :])
        equal = room // (len(order) - place)
        if counts[kpi] <= max(equal, room - later):
            found.add(kpi)
            room -= counts[kpi]
        else:
            room -= min(SAMPLE, equal)
    return found
