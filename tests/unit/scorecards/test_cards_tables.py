"""CSV for HR: opens rightly in a spreadsheet, cannot start a formula in it, keeps numbers numbers."""

from __future__ import annotations

import csv
import io
import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.scorecards.tables import csv_bytes, payroll_csv, safe_text, scores_csv

DANGEROUS = "=+-@\t\r\n\0"


def rows_of(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf"), "no BOM: Excel would read UTF-8 as the local code page"
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("start", [*DANGEROUS, "＝", "＋", "－", "＠", " =", "\u200b=", "\u3000＝", "\ufeff+"])
def test_a_text_that_would_start_a_formula_gets_a_quote(start: str) -> None:
    assert safe_text(f"{start}cmd|'/C calc'!A0").startswith("'")


@given(st.text(max_size=30))
def test_no_text_cell_starts_a_formula_in_any_form(value: str) -> None:
    safe = safe_text(value)
    assert safe in (value, "'" + value)
    if safe == value and value:
        assert unicodedata.normalize("NFKC", value[0]) not in DANGEROUS


@given(st.lists(st.text(max_size=12), min_size=1, max_size=4))
def test_csv_reads_back_as_written(values: list[str]) -> None:
    values = [value.replace("\ud800", "").replace("\r", " ").replace("\n", " ") for value in values]
    values = [value.encode("utf-8", "replace").decode() for value in values]
    columns = [f"c{index}" for index in range(len(values))]
    data = csv_bytes(columns, [dict(zip(columns, values, strict=True))], frozenset())
    assert list(rows_of(data)[0].values()) == [safe_text(value) for value in values]


def test_a_negative_amount_stays_a_number(bundle: dict[str, Any]) -> None:
    row = next(row for row in rows_of(payroll_csv(bundle, "r1", "")) if row["person_id"] == "E002")
    assert row["adjustments"] == "-200"
    assert Decimal(row["bonus_earned"]) - 200 == Decimal(row["amount_payable"])


def test_a_text_among_the_numbers_is_an_error_and_not_an_open_door() -> None:
    with pytest.raises(ValueError, match="could not convert"):
        csv_bytes(("amount",), [{"amount": "=1+1"}], frozenset({"amount"}))


def test_scores_have_a_row_for_every_line_and_safe_names(bundle: dict[str, Any]) -> None:
    rows = rows_of(scores_csv(bundle, "draft"))
    lines = [line for trace in bundle["traces"] for part in trace["segments"] for line in part["lines"]]
    assert len(rows) == len(lines)
    hostile = next(row for row in rows if row["person_id"] == "E003")
    assert hostile["name"].startswith("'=HYPERLINK")
    assert hostile["name_en"].startswith("'@SUM")


def test_the_register_sums_to_the_statements(bundle: dict[str, Any]) -> None:
    rows = rows_of(payroll_csv(bundle, "r1", ""))
    assert [row["person_id"] for row in rows] == [trace["person_id"] for trace in bundle["traces"]]
    total = sum(Decimal(row["amount_payable"]) for row in rows)
    assert total == sum(Decimal(trace["bonus"]["payable"]) for trace in bundle["traces"])
