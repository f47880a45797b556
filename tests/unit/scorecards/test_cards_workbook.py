"""The workbook: formulas of ours only, the trace's numbers as cached results, equal bytes."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cards_sample import HOSTILE, Case, content, reading, result, segment
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from pipelines.scorecards.book_params import column_name
from pipelines.scorecards.book_style import clean
from pipelines.scorecards.view import Edition
from pipelines.scorecards.workbook import render_workbook

#: What a formula of ours is made of; a name or a file name can add nothing to it.
FORMULA = re.compile(
    r"(?:Params|Evidence|Card|Check)!|\$?[A-Z]{1,2}\$?\d+|"
    r"(?:IF|ROUND|MATCH|INDEX|SUMIFS|SUMPRODUCT|MIN|MAX|ABS|ISNUMBER)\(|\d+(?:\.\d+)?|[-+*/(),:=<>]|"
    r'"[a-z0-9_]*"|"(?:equal|DIFFERS|everything agrees|differs: parameters were changed)"|'
    r'"(?:一致|不一致|全部一致|有差异：参数已被改动)"'
)


def book(bundle: dict[str, Any], person: str, lang: str = "en") -> bytes:
    trace = next(trace for trace in bundle["traces"] if trace["person_id"] == person)
    return render_workbook(bundle, trace, Edition(), lang)


def parts(workbook: bytes) -> dict[str, str]:
    archive = zipfile.ZipFile(io.BytesIO(workbook))
    return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))}


def sheets(workbook: bytes) -> dict[str, list[list[Any]]]:
    opened = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    return {name: opened.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in opened.sheet_names}


def test_the_five_sheets_stand_in_order(bundle: dict[str, Any]) -> None:
    assert list(sheets(book(bundle, "E001"))) == ["Card", "Params", "Evidence", "Rules", "Check"]


@pytest.mark.parametrize("person", ["E001", "E002", *HOSTILE])
def test_every_formula_is_ours_and_nothing_leads_out(bundle: dict[str, Any], person: str) -> None:
    for lang in ("zh", "en"):
        found = parts(book(bundle, person, lang))
        formulas = [
            item
            for name, body in found.items()
            if "worksheets/sheet" in name
            for item in re.findall(r"<f>(.*?)</f>", body)
        ]
        assert len(formulas) > 20
        for formula in formulas:
            text = formula.replace("&gt;", ">").replace("&lt;", "<").replace("&quot;", '"').replace("&amp;", "&")
            assert not FORMULA.sub("", text), text
        assert not [name for name in found if "external" in name.lower() or "hyperlink" in name.lower()]
        assert not re.search(r"<hyperlink|TargetMode=\"External\"", "".join(found.values()))


@pytest.mark.parametrize("person", list(HOSTILE))
def test_a_hostile_name_is_a_plain_text_cell(bundle: dict[str, Any], person: str) -> None:
    assert sheets(book(bundle, person, "zh"))["Card"][0][0] == clean(HOSTILE[person][0])


def test_equal_results_give_equal_bytes(bundle: dict[str, Any]) -> None:
    assert book(bundle, "E003") == book(Case().bundle(), "E003")
    assert "2000-01-01T00:00:00Z" in parts(book(bundle, "E003"))["docProps/core.xml"]


@pytest.mark.parametrize("person", ["E001", "E002", *HOSTILE])
def test_the_check_sheet_agrees_line_by_line(bundle: dict[str, Any], person: str) -> None:
    found = sheets(book(bundle, person))["Check"]
    assert found[1][0] == "everything agrees"
    values = {row[0]: row for row in found[4:] if row[0] and row[4]}
    trace = next(trace for trace in bundle["traces"] if trace["person_id"] == person)
    assert Decimal(str(values["To pay"][2])) == Decimal(trace["bonus"]["payable"])
    if trace["printed_score"]:
        assert Decimal(str(values["Score"][2])) == Decimal(trace["printed_score"])
    assert all(row[4] == "equal" for row in values.values())


def test_evidence_is_whole_and_keeps_nineteen_digits(bundle: dict[str, Any]) -> None:
    rows = sheets(book(bundle, "E001"))["Evidence"][3:]
    assert len(rows) == 68
    assert "1840000000000000033" in {row[3] for row in rows}
    assert {row[10] for row in rows} == {"account_analytics_2026-10.csv", "=cmd.csv"}


def test_actuals_are_sums_over_the_evidence_where_they_can_be(bundle: dict[str, Any]) -> None:
    found = sheets(book(bundle, "E001"))["Card"]
    source = {row[1]: row[5] for row in found[6:11]}
    assert source["Engagement rate of original content"] == "sum of numerators ÷ sum of denominators in Evidence"
    assert source["Posting frequency against plan"] == "the pipeline's value"
    body = parts(book(bundle, "E001"))["xl/worksheets/sheet1.xml"]
    assert "SUMIFS(Evidence!$H$4" in body and "IF(H9=0,0,G9/H9)" in body


def test_evidence_that_does_not_give_the_value_is_not_summed() -> None:
    case = Case()
    case.evidence["E001", "engagement_rate_original"].pop()
    found = sheets(book(case.bundle(), "E001"))["Card"]
    assert {row[1]: row[5] for row in found[6:11]}["Engagement rate of original content"] == "the pipeline's value"


def test_the_rules_sheet_has_both_languages(bundle: dict[str, Any]) -> None:
    rows = sheets(book(bundle, "E001"))["Rules"][3:]
    row = next(row for row in rows if row[0] == "posting_frequency")
    assert row[1] == "发布频率（对比计划）" and row[2] == "Posting frequency against plan" and row[3] and row[4]


def test_inputs_are_unlocked_and_results_are_not(bundle: dict[str, Any]) -> None:
    found = parts(book(bundle, "E001"))
    assert 'locked="0"' in found["xl/styles.xml"]
    for sheet in (1, 2, 5):
        assert "<sheetProtection" in found[f"xl/worksheets/sheet{sheet}.xml"]


def test_a_person_without_any_line_has_a_workbook_too() -> None:
    given = [segment("E001", "no_such_role", {}), segment("E004", "content", content())]
    bundle = Case(scored=result(given, ())).bundle()
    found = sheets(book(bundle, "E001"))
    assert found["Check"][1][0] in ("everything agrees", "")


def test_the_score_is_rounded_before_it_is_compared() -> None:
    """A SUM of doubles gives 102.25999999999999 (delivery.md §3); the workbook must not."""
    readings = content(
        team_net_follower_growth=reading("team_net_follower_growth", "720.6"),
        team_impressions=reading("team_impressions", "1515000.3"),
    )
    bundle = Case(
        scored=result([segment("E001", "content", readings), segment("E004", "content", content())], ())
    ).bundle()
    body = parts(book(bundle, "E001"))["xl/worksheets/sheet1.xml"]
    assert re.search(r"<f>ROUND\(ROUND\(\(E\d+\*F\d+\)/\(F\d+\),10\),2\)</f>", body)


@given(st.text(max_size=50))
def test_clean_leaves_only_what_a_cell_may_hold(value: str) -> None:
    kept = clean(value)
    kept.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", kept)


def test_columns_are_named_as_a_spreadsheet_names_them() -> None:
    assert [column_name(index) for index in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_no_module_of_the_room_is_long() -> None:
    import pipelines.scorecards as room

    for path in Path(room.__file__).parent.glob("*.py"):
        assert len(path.read_text().splitlines()) < 350, path.name


@pytest.mark.req("003-I1")
def test_the_card_sheet_says_what_would_have_changed_it(bundle: dict[str, Any]) -> None:
    labels = [row[1] for row in sheets(book(bundle, "E001"))["Card"] if len(row) > 1]
    assert any(label.startswith("Team: net follower growth, one more (656): +0.02 points") for label in labels)
    labels = [row[1] for row in sheets(book(bundle, "E006"))["Card"] if len(row) > 1]
    assert "There is no score in this period." in labels
