"""Decisions of people on cards, workbook, explanation, payroll, differences and seal."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import decisions_sample
import pytest
from cards_sample import PERIOD, Case
from test_cards_workbook import FORMULA, book, parts, sheets

from pipelines.company.findings import InputError
from pipelines.scorecards import Built, explain, seal
from pipelines.scorecards.diffs import diff_bundles
from pipelines.scorecards.errors import IntegrityError
from pipelines.scorecards.html import render_html
from pipelines.scorecards.sealing import check_money
from pipelines.scorecards.tables import payroll_csv, scores_csv
from pipelines.scorecards.view import Edition, card_view

Build = Callable[[Case], Built]
PEOPLE = ("E001", "E002", "E003", "E004", "E005", "E006")


@pytest.fixture(scope="module")
def decided() -> dict[str, Any]:
    return decisions_sample.case().bundle()


def trace_of(bundle: dict[str, Any], person: str) -> dict[str, Any]:
    return next(trace for trace in bundle["traces"] if trace["person_id"] == person)


def view(bundle: dict[str, Any], person: str, lang: str = "en") -> dict[str, Any]:
    return card_view(bundle, trace_of(bundle, person), Edition(), lang)


def page(bundle: dict[str, Any], person: str, lang: str = "en") -> str:
    return render_html(bundle, trace_of(bundle, person), Edition(), lang).decode()


def adjustments(bundle: dict[str, Any], person: str) -> dict[str, dict[str, str]]:
    return {row["label"]: row for row in view(bundle, person)["gates"]}


@pytest.mark.req("000-R5")
def test_bonus_points_are_a_row_with_reason_nominator_and_approver(decided: dict[str, Any]) -> None:
    row = adjustments(decided, "E001")["bonus points"]
    assert "4 points: 新算法测试并写成策略 (nominated by E004, approved by E009)" in row["finding"]
    assert row["effect"] == "+5.00 points (7 granted, the scheme counts 5 at most)"
    steps = [item["name"] for item in view(decided, "E001")["waterfall"]["rows"]]
    assert steps[-1] == "bonus points"


def test_the_waterfall_ends_at_the_printed_score(decided: dict[str, Any]) -> None:
    for person in PEOPLE:
        shown = view(decided, person)["waterfall"]
        if not shown["rows"]:
            continue
        ends = sum(
            (Decimal(row["points"].replace("−", "-")) for row in shown["rows"] if row["points"] != "–"), Decimal(0)
        )
        assert ends == Decimal(shown["total"]), person


@pytest.mark.req("000-W4", "001-W5")
def test_a_calibrated_card_shows_both_scores_and_the_reason(decided: dict[str, Any]) -> None:
    trace, shown = trace_of(decided, "E003"), view(decided, "E003")
    computed = trace["calibration"]["computed"]
    assert shown["tiles"][0]["value"] == "91.25"
    assert shown["tiles"][0]["notes"][0] == f"calibrated; the computed score is {computed}"
    row = adjustments(decided, "E003")["calibration"]
    assert row["finding"] == (
        f"the meeting saw {computed} and decided 91.25: carried two launches (decided by E009) · meeting: 2026-11-03"
    )
    assert row["effect"] == "computed 96.63 → 91.25, −5.38 points"
    assert shown["no_changes"].startswith("The score was decided by calibration")
    assert shown["changes"] == []


@pytest.mark.req("000-W4", "001-W5")
@pytest.mark.parametrize(("person", "said"), [("E005", "to be decided again"), ("E002", "the score is not final")])
def test_a_decision_that_is_not_applied_is_told_on_the_card(decided: dict[str, Any], person: str, said: str) -> None:
    row = adjustments(decided, person)["calibration"]
    assert row["state"] == "pending"
    assert said in row["effect"]
    assert any("is not applied" in note["said"] for note in view(decided, person)["quality"])
    assert "calibrated" not in view(decided, person)["tiles"][0]["notes"][0]


@pytest.mark.req("000-I2", "004-I2", "003-I5")
def test_awards_are_lines_of_the_card_and_the_payroll(decided: dict[str, Any]) -> None:
    rows = adjustments(decided, "E001")
    assert rows["award: 创意之星"]["finding"] == "本月活动 (approved by E009)"
    totals = {row["kind"]: row["value"] for row in view(decided, "E001")["bonus"]["totals"]}
    assert totals["awards"].endswith("588.50")
    written = payroll_csv(decided, "r1", "").decode("utf-8-sig")
    found = {row["person_id"]: row for row in csv.DictReader(io.StringIO(written))}
    first = found["E001"]
    paid = [Decimal(first[name]) for name in ("bonus_earned", "adjustments", "awards", "piece_rates")]
    assert Decimal(first["awards"]) == Decimal("588.50")
    assert sum(paid) == Decimal(first["amount_payable"])
    assert found["E003"]["awards"] == "0"


@pytest.mark.req("003-K24")
def test_pay_by_the_piece_is_told_with_its_numbers_and_records(decided: dict[str, Any]) -> None:
    shown = view(decided, "E002")
    (step,) = [step for step in shown["bonus"]["steps"] if step["label"] == "By tickets"]
    assert step["formula"] == "Tickets resolved: min(205 / 1 × 2, 300.00)"
    groups = {group["name"]: group for group in shown["evidence"]["groups"]}
    assert len(groups["Tickets resolved"]["rows"]) > 0
    assert adjustments(decided, "E002").keys() >= {"calibration"}
    waiting = view(decided, "E006")["held"]
    assert [row["name"] for row in waiting["rows"] if row["name"] == "By tickets"]
    assert Decimal(trace_of(decided, "E006")["bonus"]["held"]) >= 300


@pytest.mark.req("003-W7")
def test_an_open_appeal_stands_at_the_head_at_its_kpi_and_in_a_section(decided: dict[str, Any]) -> None:
    shown = view(decided, "E001")
    assert shown["sentences"][-1] == "Under appeal: Posting frequency against plan."
    notes = {row.kpi_id: row.note for part in shown["segments"] for row in part["rows"]}
    assert notes["posting_frequency"] == "◆ under appeal (filed on 2026-11-05)"
    assert not any("appeal" in note for kpi, note in notes.items() if kpi != "posting_frequency")
    outcomes = [(row["about"], row["outcome"]) for row in shown["appeals"]]
    assert outcomes == [
        ("Posting frequency against plan", "◆ under appeal"),
        ("the whole card", "⊗ rejected: both are there (decided by E009)"),
        ("Site clicks from X", "○ withdrawn"),
    ]
    assert view(decided, "E003")["appeals"] == []
    assert "Appeals" not in page(decided, "E003")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("person", PEOPLE)
def test_no_word_of_a_decision_becomes_markup(decided: dict[str, Any], person: str, lang: str) -> None:
    html = page(decided, person, lang)
    assert "<script" not in html
    assert ("&lt;script&gt;alert(2)" in html) == (person == "E001")


@pytest.mark.parametrize("person", PEOPLE)
def test_the_workbook_agrees_with_the_card(decided: dict[str, Any], person: str) -> None:
    made = book(decided, person)
    check = sheets(made)["Check"]
    assert check[1][0] == "everything agrees"
    paid = {row[0]: row for row in check[4:] if row[0] and row[4]}["To pay"]
    assert Decimal(str(paid[2])) == Decimal(trace_of(decided, person)["bonus"]["payable"])
    for name, body in parts(made).items():
        if "worksheets/sheet" in name:
            for item in re.findall(r"<f>(.*?)</f>", body):
                plain = item.replace("&gt;", ">").replace("&lt;", "<").replace("&quot;", '"').replace("&amp;", "&")
                assert not FORMULA.sub("", plain), plain


def test_explain_tells_every_decision(build: Build, tmp_path: Path) -> None:
    case = decisions_sample.case()
    build(case)
    first, second, third = (
        explain(tmp_path, case.company, who, PERIOD, None, "en") for who in ("E001", "E002", "E003")
    )
    told = ("nominated by E004", "award: 创意之星", "Posting frequency against plan, filed on 2026-11-05: two posts")
    for said in (*told, "◆ under appeal"):
        assert said in first
    assert "piece rate By tickets (tickets_resolved)" in second
    assert "205 / 1 × 2" in second
    assert "Score after calibration" in third
    whole = explain(tmp_path, case.company, "E002", PERIOD, "tickets_resolved", "en")
    assert whole.count("t.csv row") == 205
    with pytest.raises(InputError, match="tickets_resolved"):
        explain(tmp_path, case.company, "E002", PERIOD, "no_such_kpi", "en")


def test_a_decision_after_the_seal_is_a_new_draft_with_its_difference(build: Build, tmp_path: Path) -> None:
    case = Case()
    build(case)
    seal(tmp_path, case.company, PERIOD, "E009")
    built = build(decisions_sample.case())
    assert (built.state, built.revision) == ("draft", 1)
    rows = diff_bundles(case.bundle(), decisions_sample.case().bundle())
    told = {(row["person_id"], row["kpi_id"], row["field"]): row["new"] for row in rows}
    assert told["E001", "", "bonus award 创意之星"] == "500.00"
    assert told["E001", "posting_frequency", "appeal of 2026-11-05"] == "open"
    assert told["E002", "tickets_resolved", "bonus piece_rate tickets"] == "300.00"
    assert told["E003", "", "calibration status"] == "applied"
    assert told["E001", "", "points granted"] == "5"
    assert built.payable_change == sum(
        (Decimal(row["difference"]) for row in rows if row["field"] == "bonus payable"), Decimal(0)
    )


@pytest.mark.parametrize(
    ("person", "change", "said"),
    [
        (
            "E001",
            lambda trace: trace["bonus"]["extras"][0].update(amount="500.01"),
            "earned \\+ adjustments \\+ extras",
        ),
        ("E006", lambda trace: trace["bonus"]["extras"][0].update(held="0.00"), "the parts' held sum to"),
        ("E003", lambda trace: trace["calibration"].update(printed_points="0.01"), "the printed points sum to"),
        ("E001", lambda trace: trace["segments"][0]["bonus_points"].update(printed_points="4.00"), "printed points"),
    ],
)
def test_a_decision_that_does_not_add_up_cannot_be_sealed(person: str, change: Any, said: str) -> None:
    bundle = decisions_sample.case().bundle()
    check_money(bundle)
    change(trace_of(bundle, person))
    with pytest.raises(IntegrityError, match=f"{person}: .*{said}"):
        check_money(bundle)


def test_the_scores_file_keeps_its_rows(decided: dict[str, Any], bundle: dict[str, Any]) -> None:
    before, after = (scores_csv(one, "draft").decode("utf-8-sig").splitlines() for one in (bundle, decided))
    assert before[0] == after[0]
    assert len(before) == len(after)
