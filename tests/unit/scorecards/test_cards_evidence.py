"""How many records a card keeps, and that none is invented or lost silently."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from cards_sample import Case
from hypothesis import given
from hypothesis import strategies as st
from test_cards_html import card

from pipelines.scorecards.evidence import SAMPLE_RECORDS, EvidenceRow, allowances, keep_records, plain


def rows(count: int) -> list[EvidenceRow]:
    return [EvidenceRow("post", f"{index:05d}", numerator=Decimal(index)) for index in range(count)]


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 900), min_size=1), st.integers(6, 2000))
def test_small_kpis_keep_everything_and_the_limit_holds(totals: dict[str, int], limit: int) -> None:
    allowed = allowances(totals, limit)
    assert allowed.keys() == totals.keys()
    assert sum(allowed.values()) <= limit
    if sum(totals.values()) <= limit:
        assert allowed == totals
    fair = limit // len(totals)
    for kpi, total in totals.items():
        assert 1 <= allowed[kpi] <= total
        assert allowed[kpi] == total or allowed[kpi] <= SAMPLE_RECORDS
        assert allowed[kpi] >= min(total, fair, SAMPLE_RECORDS)


@given(st.permutations(rows(9)))
def test_the_order_of_arrival_changes_nothing(shuffled: list[EvidenceRow]) -> None:
    assert keep_records({"a": shuffled}, {"a": 9}, 5) == keep_records({"a": rows(9)}, {"a": 9}, 5)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_plain_numbers_are_exact_and_have_one_form(value: Decimal) -> None:
    assert Decimal(plain(value)) == value
    assert plain(value) == plain(value * 1) == plain(Decimal(plain(value)))
    assert "E" not in plain(value)


def test_a_row_comes_back_as_it_went() -> None:
    row = EvidenceRow(
        "order", "1", "x", "2026-10-01", Decimal("1.50"), None, Decimal(0), Decimal("0.6"), "ab", 3, "f.csv"
    )
    assert EvidenceRow.from_dict(row.to_dict()) == row


def test_what_the_workbook_cannot_keep_is_said_on_the_card() -> None:
    case = Case(evidence={("E001", "impressions"): rows(6000), ("E001", "engagement_rate_original"): rows(10)})
    bundle: dict[str, Any] = case.bundle()
    kept = bundle["evidence"]["E001"]
    assert len(kept["impressions"]) == SAMPLE_RECORDS and len(kept["engagement_rate_original"]) == 10
    _, page = card(bundle, "E001", "en")
    assert "The workbook keeps 110 of 6,010 records; `scorecards explain` prints the rest." in page.text
