"""The past values of a KPI: the last twelve published months, and all that was ever published."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse.history import past_values

Row = tuple[str, str, str, str, float | None, str]


def publish(path: Path, rows: list[Row]) -> Path:
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "create table fct_person_kpi (period_type varchar, period varchar, period_start date, person_id varchar,"
            " kpi_id varchar, value decimal(38, 12), status varchar)"
        )
        for period_type, period, person, kpi, value, status in rows:
            start = f"{period}-01" if len(period) == 7 else "2026-01-01"
            connection.execute(
                "insert into fct_person_kpi values (?, ?, ?, ?, ?, ?, ?)",
                [period_type, period, start, person, kpi, value, status],
            )
    return path


@pytest.mark.req("003-G2")
def test_twelve_months_of_values_and_the_best_ever(tmp_path: Path) -> None:
    months = [f"2025-{month:02d}" for month in range(1, 13)] + [f"2026-{month:02d}" for month in range(1, 11)]
    rows: list[Row] = [("month", month, "p_1", "leads", index, "ok") for index, month in enumerate(months)]
    rows += [
        ("month", "2025-02", "p_2", "leads", 99, "ok"),
        ("month", "2026-10", "p_2", "leads", 20, "provisional"),
        ("month", "2026-10", "p_3", "leads", None, "withheld"),
        ("month", "2026-10", "UNASSIGNED", "leads", 500, "ok"),
        ("year", "2026", "p_1", "leads", 999, "ok"),
        ("month", "2025-01", "p_1", "gone", 1, "ok"),
    ]
    (row,) = past_values(publish(tmp_path / "kpi.duckdb", rows))
    past = row.past
    assert (row.kpi_id, past.months, past.values) == ("leads", 12, 13)
    assert (past.low, past.p10, past.p50, past.p90, past.high) == (10, 11, 16, 20, 21)
    assert (past.ever_low, past.ever_high) == (0, 99)
    assert isinstance(past.p50, Decimal)


def test_a_company_that_never_published_has_no_past(tmp_path: Path) -> None:
    assert past_values(tmp_path / "kpi.duckdb") == []
