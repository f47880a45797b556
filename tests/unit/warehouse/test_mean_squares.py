"""Mean squares of ratings and answers, read from a warehouse made by hand."""

from __future__ import annotations

from contextlib import closing
from decimal import Decimal
from pathlib import Path

import duckdb

from pipelines.periods import parse_period
from pipelines.warehouse.readings import SquareRow, mean_squares


def test_squares_are_weighted_by_credit_and_of_the_period(tmp_path: Path) -> None:
    """Two promoters, one of them shared, and a detractor of another survey: (10,000 + 5,000 + 10,000) / 2.5."""
    path = tmp_path / "w.duckdb"
    with closing(duckdb.connect(str(path))) as connection:
        connection.execute(
            """
            create schema marts;
            create table marts.fct_kpi_components as
            select * from (values
                (date '2026-10-01', 'p1', 's', 'nps', 150.0, 1.5, 15000.0),
                (date '2026-10-01', 'p1', 's', 'nps', -100.0, 1.0, 10000.0),
                (date '2026-10-01', 'p1', 's', 'tickets_resolved', 4.0, null, null),
                (date '2026-10-01', 'UNASSIGNED', '', 'nps', 50.0, 0.5, 5000.0),
                (date '2026-09-01', 'p1', 's', 'nps', 0.0, 1.0, 0.0)
            ) as t (month, person_id, segment_id, kpi_id, numerator, denominator, squares)
            """
        )
    wanted = {"nps", "tickets_resolved", "unheard_of"}
    assert mean_squares(path, parse_period("2026-10"), wanted) == [SquareRow("p1", "s", "nps", Decimal(10_000))]
    assert mean_squares(path, parse_period("2026-Q3"), wanted) == [SquareRow("p1", "s", "nps", Decimal(0))]
    assert mean_squares(path, parse_period("2026-10"), {"csat_top2_share"}) == []


def test_a_warehouse_that_kept_no_squares_has_none(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with closing(duckdb.connect(str(path))) as connection:
        connection.execute("create schema marts; create table marts.fct_kpi_components as select 'nps' as kpi_id")
    assert mean_squares(path, parse_period("2026-10"), {"nps"}) == []
