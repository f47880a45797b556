"""The intervals of the published table are those that the cards print, number by number.

Belongs here: the SQL of macros/intervals.sql against pipelines/scoring/intervals.py over many numbers, without dbt: the
macros are plain Jinja. Does not belong here: the table itself (the dbt unit test of fct_person_kpi).
"""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from pathlib import Path

import duckdb
import jinja2
import pytest

from pipelines.scoring.inputs import KpiReading
from pipelines.scoring.small_numbers import interval_of

MACROS = Path(__file__).resolve().parents[2] / "dbt_project" / "macros"

#: A number of the table is stated to twelve decimals; doubles and square roots leave the last two open.
WITHIN = Decimal("1e-9")

UNITS = ["0.5", "1", "1.5", "2", "2.75", "3", "5", "10", "29", "30", "31", "31.5", "32", "60", "200", "12345"]
SHARES = ["0", "0.000001", "0.05", "0.333333333333", "0.5", "0.75", "0.999", "1", "1.2", "-0.1"]
SCORES = ["-100", "-33.5", "0", "12.345678", "50", "99.9", "100", "101"]
SQUARES = ["0", "100", "1234.5", "2500", "9000", "9980.01", "10000", "10001"]


def bounds(rows: list[tuple[str, ...]]) -> list[tuple[Decimal | None, Decimal | None]]:
    """What the macros make of (kind, value, n, mean square)."""
    text = "".join((MACROS / name).read_text(encoding="utf-8") for name in ("shares.sql", "intervals.sql"))
    macros = jinja2.Environment(autoescape=False).from_string(text).module
    low, high = (macros.interval_bound("kind", "value", "n", "square", side) for side in "-+")
    with duckdb.connect() as connection:
        connection.execute(
            "create table given (i integer, kind varchar, value decimal(38, 12), n decimal(38, 12), square double)"
        )
        connection.executemany("insert into given values (?, ?, ?, ?, ?)", [(i, *row) for i, row in enumerate(rows)])
        return connection.execute(f"select {low}, {high} from given order by i").fetchall()


def card(kind: str, value: str, n: str, square: str) -> tuple[Decimal | None, Decimal | None]:
    """What a card prints of the same reading."""
    reading = KpiReading("k", Decimal(value), denominator=Decimal(n), status="ok", mean_square=Decimal(square))
    found = interval_of(kind, reading)
    return (found.low, found.high) if found is not None else (None, None)


@pytest.mark.parametrize(
    ("kind", "values", "squares"),
    [("share", SHARES, ["0"]), ("nps", SCORES, SQUARES), ("mean", SCORES, SQUARES)],
)
def test_the_table_and_the_cards_have_the_same_interval(kind: str, values: list[str], squares: list[str]) -> None:
    rows = [(kind, value, n, square) for value, n, square in product(values, UNITS, squares)]
    told = bounds(rows)
    known = 0
    for row, ours in zip(rows, told, strict=True):
        theirs = card(*row)
        assert [one is None for one in ours] == [one is None for one in theirs], row
        if None in ours:
            continue
        known += 1
        assert all(abs(a - b) <= WITHIN for a, b in zip(ours, theirs, strict=True)), (row, ours, theirs)
        assert ours[0] <= Decimal(row[1]) <= ours[1], row
    assert known >= len(UNITS) * 5


def test_no_value_no_units_and_no_kind_have_none() -> None:
    rows = [("share", None, "5", "0"), ("share", "0.5", None, "0"), ("share", "0.5", "0", "0"), (None, "0.5", "5", "0")]
    assert bounds(rows) == [(None, None)] * 4
