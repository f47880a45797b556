"""A second scheme on cards, workbook, explanation, payroll, differences and seal."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import beside_sample
import pytest
from cards_sample import PERIOD, Case
from test_cards_workbook import FORMULA, book, parts, sheets

from pipelines.scorecards import Built, explain, seal
from pipelines.scorecards.diffs import diff_bundles
from pipelines.scorecards.errors import IntegrityError
from pipelines.scorecards.html import render_html
from pipelines.scorecards.sealing import check_money
from pipelines.scorecards.tables import payroll_csv
from pipelines.scorecards.view import Edition, card_view

pytestmark = pytest.mark.req("003-W7")
Build = Callable[[Case], Built]
PEOPLE = ("E001", "E002", "E003", "E004", "E005")


@pytest.fixture(scope="module")
def buffered() -> dict[str, Any]:
    return beside_sample.case().bundle()


def trace_of(bundle: dict[str, Any], person: str) -> dict[str, Any]:
    return next(trace for trace in bundle["traces"] if trace["person_id"] == person)


def view(bundle: dict[str, Any], person: str, lang: str = "en") -> dict[str, Any]:
    return card_view(bundle, trace_of(bundle, person), Edition(), lang)


def page(bundle: dict[str, Any], person: str, lang: str = "en") -> str:
    return render_html(bundle, trace_of(bundle, person), Edition(), lang).decode()


def test_each_state_of_a_buffer_is_told(buffered: dict[str, Any]) -> None:
    told = {person: view(buffered, person)["beside"][0]["status"] for person in PEOPLE}
    assert told == {
        "E001": "due", "E002": "waits", "E003": "no_effect", "E004": "due", "E005": "not_due",
    }  # fmt: skip


def test_a_due_guarantee_shows_both_amounts_and_the_difference(buffered: dict[str, Any]) -> None:
    trace, shown = trace_of(buffered, "E001"), view(buffered, "E001")
    (block,), (one,) = shown["beside"], trace["beside"]
    assert re.fullmatch(r"Guarantee: .+ \(0\.9\.0\)", block["title"])
    assert one["top_up"] == f"{Decimal(one['brings']) - Decimal(one['present']):.2f}"
    assert Decimal(one["top_up"]) > 0
    for amount in (one["brings"], one["present"], one["top_up"]):
        assert f"{Decimal(amount):,.2f}" in block["said"]
    assert [row["label"] for row in block["rows"]] == ["Score", "Paid now, without awards and adjustments"]
    assert {row.kpi_id for row in block["lines"]} == {line["kpi_id"] for line in one["trace"]["segments"][0]["lines"]}
    totals = {row["kind"]: row["value"] for row in shown["bonus"]["totals"]}
    assert f"{Decimal(one['top_up']):,.2f}" in totals["guarantees"]
    assert shown["bonus"]["steps"][-1]["label"] == "Guarantee"
    assert Decimal(trace["bonus"]["payable"]) == Decimal(trace["bonus"]["earned"]) + Decimal(one["top_up"])


def test_a_shadow_says_plainly_that_it_pays_nothing(buffered: dict[str, Any]) -> None:
    bundle = beside_sample.plain().bundle()
    (block,) = view(buffered, "E003")["beside"]
    assert block["said"] == "Without effect on pay."
    assert view(buffered, "E003", "zh")["beside"][0]["said"] == "不影响奖金。"
    assert trace_of(buffered, "E003")["bonus"] == trace_of(bundle, "E003")["bonus"]
    assert "Beside your scheme" in page(buffered, "E003")
    assert "Beside your scheme" not in page(bundle, "E003")


def test_a_waiting_guarantee_is_told_among_the_notes(buffered: dict[str, Any]) -> None:
    said = [note["said"] for note in view(buffered, "E002")["quality"]]
    assert any(one.startswith("data is withheld and the amounts of the two schemes are not final") for one in said)
    assert "guarantees" not in {row["kind"] for row in view(buffered, "E002")["bonus"]["totals"]}


def test_the_payroll_has_a_column_that_adds_up(buffered: dict[str, Any]) -> None:
    written = payroll_csv(buffered, "r1", "").decode("utf-8-sig")
    found = {row["person_id"]: row for row in csv.DictReader(io.StringIO(written))}
    columns = ("bonus_earned", "adjustments", "awards", "piece_rates", "guarantees")
    for row in found.values():
        assert sum(Decimal(row[name]) for name in columns) == Decimal(row["amount_payable"])
    assert Decimal(found["E001"]["guarantees"]) == beside_sample.top_ups()["E001"]
    assert found["E003"]["guarantees"] == "0"


@pytest.mark.parametrize("person", PEOPLE)
def test_the_workbook_agrees_with_the_card(buffered: dict[str, Any], person: str) -> None:
    made = book(buffered, person)
    check = sheets(made)["Check"]
    assert check[1][0] == "everything agrees"
    paid = {row[0]: row for row in check[4:] if row[0] and row[4]}["To pay"]
    assert Decimal(str(paid[2])) == Decimal(trace_of(buffered, person)["bonus"]["payable"])
    formulas = [
        item.replace("&gt;", ">").replace("&lt;", "<").replace("&quot;", '"').replace("&amp;", "&")
        for name, body in parts(made).items()
        if "worksheets/sheet" in name
        for item in re.findall(r"<f>(.*?)</f>", body)
    ]
    assert not [item for item in formulas if FORMULA.sub("", item)]
    assert any(item.startswith("MAX(0,") for item in formulas) == (person in ("E001", "E004"))


def test_explain_derives_the_other_amount(build: Build, tmp_path: Path) -> None:
    case = beside_sample.case()
    build(case)
    told = explain(tmp_path, case.company, "E001", PERIOD, None, "en")
    one = trace_of(case.bundle(), "E001")["beside"][0]
    block = told[told.index("Guarantee: ") :]
    assert "engagement_rate_original" in block
    assert f"{Decimal(one['brings']):,.2f}" in block
    zh = explain(tmp_path, case.company, "E003", PERIOD, None, "zh")
    assert "影子方案：" in zh
    assert "不影响奖金。" in zh


def test_a_guarantee_that_ends_is_a_difference_to_the_cent(build: Build, tmp_path: Path) -> None:
    case = beside_sample.case()
    build(case)
    seal(tmp_path, case.company, PERIOD, "E009")
    built = build(beside_sample.plain())
    assert (built.state, built.payable_change) == ("draft", -sum(beside_sample.top_ups().values()))
    told = {
        (row["person_id"], row["field"]): row for row in diff_bundles(case.bundle(), beside_sample.plain().bundle())
    }
    assert told["E001", "bonus guarantee 000"]["new"] == ""
    assert told["E003", "shadow 000 status"]["sealed"] == "no_effect"


def test_a_guarantee_that_does_not_add_up_cannot_be_sealed(buffered: dict[str, Any]) -> None:
    check_money(buffered)
    bundle = beside_sample.case().bundle()
    trace_of(bundle, "E001")["bonus"]["extras"][0].update(amount="0.01")
    with pytest.raises(IntegrityError, match="E001: earned \\+ adjustments \\+ extras"):
        check_money(bundle)
