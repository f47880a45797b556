"""LibreOffice, given only the formulas, reaches the numbers of the card."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import decisions_sample
import pytest
from cards_sample import Case
from schemes_sample import by_band, case, scored
from shocks_sample import scored as shocked
from true_ups_sample import quarter_result
from workbook_office import recomputed_sheets, without_results

from pipelines.scorecards.view import Edition
from pipelines.scorecards.workbook import render_workbook

pytestmark = pytest.mark.system


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("person", ["E001", "E002", "E003", "E004", "E005", "E006"])
def test_libreoffice_recomputes_the_card_without_a_difference(person: str, lang: str, tmp_path: Path) -> None:
    bundle = Case().bundle()
    trace = next(trace for trace in bundle["traces"] if trace["person_id"] == person)
    workbook = render_workbook(bundle, trace, Edition(), lang)
    sheets = recomputed_sheets(without_results(workbook), tmp_path)
    check = sheets["Check"]
    assert check[1][0] in ("everything agrees", "全部一致")
    rows = {row[0]: row for row in check[4:] if row[4]}
    payable = rows["To pay" if lang == "en" else "应发奖金"]
    assert Decimal(payable[2]) == Decimal(trace["bonus"]["payable"])
    if trace["printed_score"] is not None:
        assert Decimal(rows["Score" if lang == "en" else "得分"][2]) == Decimal(trace["printed_score"])
    for row in rows.values():
        assert abs(Decimal(row[3])) < Decimal("0.000001"), row
    assert not [cell for sheet in sheets.values() for row in sheet for cell in row if cell.startswith(("#", "Err:"))]


@pytest.mark.parametrize("person", ["E001", "E002", "E003", "E004", "E005", "E006"])
@pytest.mark.parametrize("way", ["category", "base", "band"])
def test_libreoffice_recomputes_pay_by_the_own_score(way: str, person: str, tmp_path: Path) -> None:
    """Schemes 001 and 002: a change of level, twelve days, deductions, a gate not checked, everything withheld."""
    results = {"category": lambda: scored(), "base": lambda: scored("002"), "band": lambda: scored(use=by_band())}
    bundle = case(results[way]()).bundle()
    trace = next(trace for trace in bundle["traces"] if trace["person_id"] == person)
    sheets = recomputed_sheets(without_results(render_workbook(bundle, trace, Edition(), "en")), tmp_path)
    check = sheets["Check"]
    assert check[1][0] == "everything agrees"
    paid = {row[0]: row for row in check[4:] if row[4]}["To pay"]
    assert Decimal(paid[2]) == Decimal(trace["bonus"]["payable"])
    assert not [cell for sheet in sheets.values() for row in sheet for cell in row if cell.startswith(("#", "Err:"))]


@pytest.mark.parametrize("person", ["E001", "E002", "E003", "E004", "E005", "E006"])
def test_libreoffice_recomputes_what_people_decided(person: str, tmp_path: Path) -> None:
    """Points above the maximum, calibrations of two parts and after a veto, awards, pieces with and without a cap."""
    bundle = decisions_sample.case().bundle()
    trace = next(trace for trace in bundle["traces"] if trace["person_id"] == person)
    sheets = recomputed_sheets(without_results(render_workbook(bundle, trace, Edition(), "en")), tmp_path)
    check = sheets["Check"]
    assert check[1][0] == "everything agrees"
    rows = {row[0]: row for row in check[4:] if row[4]}
    assert Decimal(rows["To pay"][2]) == Decimal(trace["bonus"]["payable"])
    assert ("Computed score" in rows) == (trace.get("calibration", {}).get("status") == "applied")
    assert not [cell for sheet in sheets.values() for row in sheet for cell in row if cell.startswith(("#", "Err:"))]


@pytest.mark.parametrize("person", ["E001", "E002", "E003", "E005"])
@pytest.mark.parametrize("negative", ["offset", "floor", "carry"])
def test_libreoffice_recomputes_a_true_up(negative: str, person: str, tmp_path: Path) -> None:
    """A quarter that pays more, one in two parts that takes back, one that waits, one with withheld data."""
    sample = case(quarter_result(negative))
    sample.period = "2026-Q3"
    bundle = sample.bundle()
    trace = next(trace for trace in bundle["traces"] if trace["person_id"] == person)
    sheets = recomputed_sheets(without_results(render_workbook(bundle, trace, Edition(), "en")), tmp_path)
    assert sheets["Check"][1][0] == "everything agrees"
    paid = {row[0]: row for row in sheets["Check"][4:] if row[4]}["To pay"]
    assert Decimal(paid[2]) == Decimal(trace["bonus"]["payable"])


@pytest.mark.req("004-G1")
def test_libreoffice_recomputes_a_target_that_moved_with_the_peers(tmp_path: Path) -> None:
    """From the peers' values to the score: median, factor, baseline and target are formulas."""
    bundle = Case(scored=shocked()).bundle()
    trace = next(trace for trace in bundle["traces"] if trace["person_id"] == "E003")
    sheets = recomputed_sheets(without_results(render_workbook(bundle, trace, Edition(), "en")), tmp_path)
    check = sheets["Check"]
    assert check[1][0] == "everything agrees"
    rows = {row[0]: row for row in check[4:] if row[4]}
    (line,) = [one for one in trace["segments"][0]["lines"] if one["kpi_id"] == "net_follower_growth"]
    moved = next(row for name, row in rows.items() if name.endswith("Target with it"))
    assert abs(Decimal(moved[2]) - Decimal(line["target"])) < Decimal("0.000001")
    assert not [cell for sheet in sheets.values() for row in sheet for cell in row if cell.startswith(("#", "Err:"))]


def test_libreoffice_sees_a_changed_parameter(tmp_path: Path) -> None:
    """The check must be able to fail: another cached result is not believed, another parameter is seen."""
    bundle = Case().bundle()
    workbook = without_results(render_workbook(bundle, bundle["traces"][0], Edition(), "en"))
    source, target = zipfile.ZipFile(io.BytesIO(workbook)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as out:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "xl/worksheets/sheet2.xml":
                assert b"<v>600</v>" in data
                data = data.replace(b"<v>600</v>", b"<v>700</v>", 1)
            out.writestr(item, data)
    check = recomputed_sheets(target.getvalue(), tmp_path)["Check"]
    assert check[1][0] == "differs: parameters were changed"
