"""The readings of the warehouse, taken as given, the KPI catalogue, and the shipped schemes as plain YAML.

Belongs here: turning them into this package's records. Does not belong here: judging them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from contextlib import closing
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import yaml

from .company import Span
from .numbers import number
from .scores import KNOWN, Read

CATALOGUE = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds" / "kpi_catalogue.csv"


def catalogue() -> dict[str, dict[str, str]]:
    """The KPI catalogue, by KPI id."""
    with CATALOGUE.open(encoding="utf-8-sig", newline="") as file:
        return {row["kpi_id"]: row for row in csv.DictReader(file)}


def names_of(home: Path) -> dict[str, str]:
    """The random key of the warehouse -> the person_id of people.csv."""
    with closing(duckdb.connect(str(home / "restricted" / "pay.duckdb"), read_only=True)) as connection:
        return dict(connection.execute("select person_id, company_person_id from dim_person_name").fetchall())


def read_of(row: Any) -> Read:
    """A row of the warehouse as a reading."""
    value, above, below = (None if x is None else number(x) for x in (row.value, row.numerator, row.denominator))
    return Read(row.status, value, above, below, row.reason_code)


def reads_of(rows: Iterable[Any], names: Mapping[str, str]) -> dict[tuple[str, ...], Read]:
    """By person, segment and KPI, and by community where the row is of one."""
    found: dict[tuple[str, ...], Read] = {}
    for row in rows:
        key = (names.get(row.person_id, row.person_id), row.segment_id, row.kpi_id)
        community = getattr(row, "community_id", None)
        found[(*key, community) if community is not None else key] = read_of(row)
    return found


def channels_of(warehouse: Path, span: Span) -> dict[tuple[str, str], tuple[Fraction, Fraction]]:
    """(KPI, channel) -> the two sides of the period, whoever they are credited to."""
    found: dict[tuple[str, str], tuple[Fraction, Fraction]] = {}
    with closing(duckdb.connect(str(warehouse), read_only=True)) as connection:
        rows = connection.execute(
            "select kpi_id, subject_id, numerator, denominator, cast(month as varchar)[:7] "
            "from marts.fct_kpi_components where subject_type = 'channel'"
        ).fetchall()
    for kpi, channel, above, below, month in rows:
        if month in span.months:
            before = found.get((kpi, channel), (Fraction(0), Fraction(0)))
            found[kpi, channel] = (before[0] + number(above or 0), before[1] + number(below or 0))
    return found


def values_of(warehouse: Path) -> dict[str, dict[str, list[Fraction]]]:
    """KPI -> month -> what everybody who has a value came to."""
    found: dict[str, dict[str, list[Fraction]]] = {}
    with closing(duckdb.connect(str(warehouse), read_only=True)) as connection:
        rows = connection.execute(
            "select kpi_id, cast(period_start as varchar)[:7], value, status, person_id from marts.fct_person_kpi "
            "where period_type = 'month'"
        ).fetchall()
    for kpi, month, value, status, person in rows:
        if status in KNOWN and value is not None and person != "UNASSIGNED":
            found.setdefault(kpi, {}).setdefault(month, []).append(number(value))
    return found


def scheme_of(path: Path) -> dict[str, Any]:
    """A scheme file, as it stands."""
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded
