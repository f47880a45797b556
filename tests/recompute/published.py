"""What the company published, by the ids of its people file, and the catalogue that says what each KPI is.

Belongs here: reading both. Does not belong here: judging them.
"""

from __future__ import annotations

import csv
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from .people import UNASSIGNED

CATALOGUE = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds" / "kpi_catalogue.csv"


@dataclass(frozen=True)
class Published:
    """A row of `fct_person_kpi`."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    status: str
    reason: str


def catalogue() -> list[dict[str, str]]:
    """Rows of the KPI catalogue, in its order."""
    with CATALOGUE.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def person_kpis(home: Path) -> dict[tuple[str, str, str], Published]:
    """(period, person, KPI) -> what was published; months, quarters and years."""
    names = _people(home)
    return {
        (period, names[person], kpi): Published(*rest)
        for period, person, kpi, *rest in _rows(
            home / "published" / "kpi.duckdb",
            "select period, person_id, kpi_id, value, numerator, denominator, status, reason_code from fct_person_kpi",
        )
    }


def components(home: Path) -> dict[tuple[str, str, str], tuple[Decimal | None, Decimal | None]]:
    """(month, person or UNASSIGNED, KPI) -> numerator and denominator, added up over subjects and segments."""
    names = _people(home) | {UNASSIGNED: UNASSIGNED}
    return {
        (month, names[person], kpi): (numerator, denominator)
        for month, person, kpi, numerator, denominator in _rows(
            home / "published" / "kpi.duckdb",
            "select strftime(month, '%Y-%m'), person_id, kpi_id, sum(numerator), sum(denominator) "
            "from fct_kpi_components group by all",
        )
    }


def unassigned_numbers(home: Path) -> dict[tuple[str, str], list[Decimal]]:
    """(month, KPI) -> the exact numbers behind distributions that are credited to nobody."""
    return {
        (month, kpi): sorted(numbers)
        for month, kpi, numbers in _rows(
            home / "published" / "kpi.duckdb",
            "select strftime(month, '%Y-%m'), kpi_id, flatten(list(numbers)) from fct_kpi_values "
            f"where person_id = '{UNASSIGNED}' and numbers is not null group by all",
        )
    }


def unassigned_keys(home: Path) -> dict[tuple[str, str], int]:
    """(month, KPI) -> how many different keys are credited to nobody."""
    return {
        (month, kpi): count
        for month, kpi, count in _rows(
            home / "published" / "kpi.duckdb",
            "select strftime(month, '%Y-%m'), kpi_id, count(distinct value_key) from fct_kpi_values "
            f"where person_id = '{UNASSIGNED}' and numbers is null group by all",
        )
    }


def withholding_findings(home: Path) -> set[tuple[str, str, str, str]]:
    """(month, family, account or person, reason) of every finding that withholds."""
    names = _people(home)
    return {
        (month, family, names.get(subject, subject), reason)
        for month, family, subject, reason in _rows(
            home / "published" / "kpi.duckdb",
            "select strftime(month, '%Y-%m'), family, subject_id, reason_code from data_quality_findings "
            "where severity = 'withhold'",
        )
    }


def built_months(home: Path) -> list[str]:
    """Months with published rows."""
    rows = _rows(
        home / "published" / "kpi.duckdb",
        "select distinct period from fct_person_kpi where period_type = 'month' order by 1",
    )
    return [period for (period,) in rows]


def _people(home: Path) -> dict[str, str]:
    rows = _rows(home / "restricted" / "pay.duckdb", "select person_id, company_person_id from dim_person_name")
    return dict(rows)


def _rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(duckdb.connect(str(path), read_only=True)) as connection:
        return connection.execute(sql).fetchall()
