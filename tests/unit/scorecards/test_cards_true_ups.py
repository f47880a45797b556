"""True-ups on cards, workbooks, files and explain; and what was paid, read from sealed revisions alone."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cards_sample import Case
from test_cards_workbook import book, sheets
from true_ups_sample import QUARTER, draft, month_result, quarter_result, scheme, sealed

from pipelines.company.leave import Leaves
from pipelines.company.records import LeaveDays
from pipelines.company.segments import Segment
from pipelines.periods import Month, Quarter, parse_period
from pipelines.scorecards import explain, seal, settling
from pipelines.scorecards.bundle import read_bundle
from pipelines.scorecards.diffs import diff_bundles
from pipelines.scorecards.sealing import check_money
from pipelines.scorecards.tables import payroll_csv
from pipelines.scorecards.view import Edition, card_view
from pipelines.scoring import PaidMonth

D = Decimal
Catalogue = dict[str, dict[str, str]]


def bundle_of(home: Path, catalogue: Catalogue, negative: str = "offset") -> dict[str, Any]:
    return read_bundle(draft(home, QUARTER, quarter_result(negative), catalogue).path)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory, kpi_catalogue: Catalogue) -> dict[str, Any]:
    return bundle_of(tmp_path_factory.mktemp("home"), kpi_catalogue)


def trace_of(bundle: dict[str, Any], person: str) -> dict[str, Any]:
    return next(trace for trace in bundle["traces"] if trace["person_id"] == person)


def view_of(bundle: dict[str, Any], person: str, lang: str = "en") -> dict[str, Any]:
    return card_view(bundle, trace_of(bundle, person), Edition(), lang)


@pytest.mark.req("001-R2", "001-K5", "001-K6")
def test_the_card_shows_what_the_months_come_to_what_they_paid_and_the_difference(bundle: dict[str, Any]) -> None:
    steps = {step["label"]: step for step in view_of(bundle, "E001")["bonus"]["steps"]}
    due = steps["What the months come to by this period's result"]
    assert due["formula"].startswith("3,000 × 70 % × (31/31 + 31/31 + 30/30) × ")
    paid = steps["Paid by the months (sealed revisions)"]
    assert paid["formula"] == "2026-07 r1: 900.10 + 2026-08 r1: 1,000.20 + 2026-09 r1: 1,100.30"
    (item,) = trace_of(bundle, "E001")["bonus"]["extras"]
    assert D(item["amount"]) == D(item["due_low"]) - D("3000.60") > 0
    totals = {row["kind"]: row["value"] for row in view_of(bundle, "E001", "zh")["bonus"]["totals"]}
    assert totals["true_ups"] == f"{D(item['amount']):,.2f} 元"


@pytest.mark.req("001-R2")
def test_a_true_up_that_waits_or_is_open_stands_under_held_pay(bundle: dict[str, Any]) -> None:
    waits = view_of(bundle, "E003")["held"]
    (row,) = [row for row in waits["rows"] if row["name"] == "True-up of the months"]
    assert (row["why"], row["weight"]) == ("2026-08 is not sealed: what was paid is not known", "–")
    assert row["release"] == "Seal 2026-08 and run this period again"
    held = trace_of(bundle, "E005")["bonus"]["extras"][0]["held"]
    (row,) = [row for row in view_of(bundle, "E005")["held"]["rows"] if row["name"] == "True-up of the months"]
    assert D(held) > 0 and f"{D(held):,.2f}" in row["weight"]
    assert not any("True-up" in one["name"] for one in view_of(bundle, "E001")["held"]["rows"])


@pytest.mark.req("001-R2")
def test_payroll_pays_the_true_up_and_every_statement_sums(bundle: dict[str, Any]) -> None:
    check_money(bundle)
    rows = csv.DictReader(io.StringIO(payroll_csv(bundle, "r1", "").decode("utf-8-sig")))
    found = {row["person_id"]: row for row in rows}
    assert D(found["E002"]["true_ups"]) < 0 and found["E003"]["true_ups"] == "0"
    for row in found.values():
        assert D(row["bonus_earned"]) + D(row["true_ups"]) == D(row["amount_payable"])


@pytest.mark.parametrize("negative", ["offset", "carry"])
@pytest.mark.parametrize("person", ["E001", "E002", "E003", "E005"])
def test_the_workbook_agrees_with_the_card(
    person: str, negative: str, tmp_path: Path, kpi_catalogue: Catalogue
) -> None:
    made = bundle_of(tmp_path, kpi_catalogue, negative)
    found = sheets(book(made, person))
    assert found["Check"][1][0] == "everything agrees"
    labels = [row[1] for row in found["Card"] if len(row) > 1]
    assert ("paid in 2026-07 (r1)" in labels) == (person in ("E001", "E002"))
    assert ("balance carried from 2026-Q2" in labels) == (person == "E001" and negative == "carry")


@pytest.mark.req("001-R2")
def test_explain_and_the_diff_tell_a_true_up(tmp_path: Path, kpi_catalogue: Catalogue, bundle: dict[str, Any]) -> None:
    bundle_of(tmp_path, kpi_catalogue)
    said = explain(tmp_path, Case().company, "E003", "2026-Q3", None, "en")
    assert "the true-up waits: 2026-08 is not sealed" in said
    fields = {
        (row["person_id"], row["field"]) for row in diff_bundles(bundle, bundle_of(tmp_path, kpi_catalogue, "floor"))
    }
    assert ("E002", "bonus true_up 002") in fields and ("E001", "bonus true_up 002") not in fields


# -- what was paid


def span(person: str, start: str = "2025-01-01", end: str = "") -> Segment:
    until = date.fromisoformat(end) if end else None
    return Segment(person, start, date.fromisoformat(start), until, "content", "L2", "x_team", "002", D(3000))


def paid(home: Path, *segments: Segment, negative: str = "offset", period: str = "2026-Q3", was: Any = None) -> Any:
    company: Any = SimpleNamespace(home=home, segments=lambda: list(segments))
    shelf: Any = SimpleNamespace(
        is_in_force=lambda scheme_id, day: was is not None, in_force=lambda scheme_id, day: was
    )
    whole = parse_period(period)
    return {one.person_id: one for one in settling.paid_of(company, whole, {"002": scheme(negative)}, shelf)}


@pytest.fixture(scope="module")
def sealed_home(tmp_path_factory: pytest.TempPathFactory, kpi_catalogue: Catalogue) -> Path:
    """July sealed twice, August once, September a draft."""
    home = tmp_path_factory.mktemp("sealed")
    sealed(home, "2026-07", "3000", kpi_catalogue)
    sealed(home, "2026-07", "2000", kpi_catalogue)
    sealed(home, "2026-08", "3000", kpi_catalogue)
    draft(home, Month(2026, 9), month_result(Month(2026, 9)), kpi_catalogue)
    return home


@pytest.mark.req("001-R2")
def test_only_the_newest_seal_says_what_a_month_paid(sealed_home: Path) -> None:
    found = paid(sealed_home, span("E001"))["E001"]
    july, august, september = found.months
    assert (july.revision, july.amount) == ("r2", month_result(Month(2026, 7), "2000").people[0].payable)
    assert (august.revision, august.amount) == ("r1", month_result(Month(2026, 8)).people[0].payable)
    assert september == PaidMonth("2026-09", None)  # its draft pays nothing


def test_only_months_of_the_person_are_needed_and_all_that_paid_are_counted(sealed_home: Path) -> None:
    found = paid(sealed_home, span("E001", end="2026-09-01"), span("E003", "2026-08-20"))
    assert [one.month for one in found["E001"].months] == ["2026-07", "2026-08"]
    # a card of August that did not know E003 paid 0
    assert found["E003"].months == (PaidMonth("2026-08", D(0), "r1"), PaidMonth("2026-09", None))
    # E002 has no segment any more, and was paid
    assert [one.revision for one in found["E002"].months] == ["r2", "r1"]


def test_a_month_sealed_anew_overtakes_the_true_up_that_read_it(tmp_path: Path, kpi_catalogue: Catalogue) -> None:
    for month in ("2026-07", "2026-08", "2026-09"):
        sealed(tmp_path, month, "3000", kpi_catalogue)
    draft(tmp_path, QUARTER, quarter_result(), kpi_catalogue)
    seal(tmp_path, Case().company, "2026-Q3", "E009")
    assert list(settling.overtaken(tmp_path)) == []
    sealed(tmp_path, "2026-08", "2000", kpi_catalogue)
    assert list(settling.overtaken(tmp_path)) == [("2026-Q3", "r1", "2026-08", "r2")]


def test_months_and_other_schemes_settle_nothing(sealed_home: Path) -> None:
    assert paid(sealed_home, span("E001"), period="2026-08") == {}
    assert paid(sealed_home, span("E001"), period="2026") == {}


@pytest.mark.req("001-R2")
def test_a_balance_comes_from_the_quarter_before(
    tmp_path: Path, kpi_catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    extent = SimpleNamespace(first_month=Month(2026, 7))
    monkeypatch.setattr(settling, "company_extent", lambda home: extent)

    def balance(was: Any = None) -> tuple[Any, str]:
        one = paid(tmp_path, span("E002"), negative="carry", period="2026-Q4", was=was)["E002"]
        return one.balance, one.balance_of

    assert balance() == (0, "")  # the scheme was not in force
    assert balance(scheme("floor")) == (0, "")  # or carried nothing
    assert balance(scheme("carry")) == (None, "2026-Q3")  # it did, and is not sealed
    extent.first_month = Month(2026, 10)
    assert balance(scheme("carry")) == (0, "")  # before the company began
    draft(tmp_path, QUARTER, quarter_result("carry"), kpi_catalogue)
    seal(tmp_path, Case().company, "2026-Q3", "E009")
    carried, of = balance(scheme("carry"))
    assert carried < 0 and of == "2026-Q3"
    e003 = paid(tmp_path, span("E003"), span("E001"), negative="carry", period="2026-Q4", was=scheme("carry"))
    assert (e003["E003"].balance, e003["E003"].balance_of) == (None, "2026-Q3")  # it waits, so nobody knows
    assert (e003["E001"].balance, e003["E001"].balance_of) == (0, "")


def test_days_are_counted_month_by_month_without_leave() -> None:
    leaves = Leaves([LeaveDays(person_id="E001", valid_from="2026-08-10", valid_to="2026-08-15", source_row=2)])
    own = span("E001", "2026-07-30")
    assert settling.month_days(own, Quarter(2026, 3), leaves) == ((2, 31), (26, 31), (30, 30))
