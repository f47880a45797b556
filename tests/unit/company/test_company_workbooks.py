"""Human files in a workbook: the template with its drop-downs, and reading what people filled in."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from pipelines.company import InputError, load_company
from pipelines.company.extent import company_extent
from pipelines.company.frames import company_tables
from pipelines.company.human_files import HUMAN_FILES
from pipelines.company.keys import Pseudonymiser
from pipelines.company.records import RECORD_TYPES
from pipelines.company.templates import init_company, renew_workbook
from pipelines.company.workbook_template import WORKBOOK, company_choices, workbook_bytes
from pipelines.company.workbooks import cell_text
from pipelines.landing.company_files import snapshot_company
from pipelines.periods import Month

KPIS = frozenset({"impressions", "engagement_rate_followers", "net_follower_growth"})
BARS = ("period", "person_id", "item", "level", "reviewer_id")


def fill(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """Write a workbook as a person would, dates as dates."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    book.close()
    return path


def xml_of(content: bytes, folder: Path) -> dict[str, str]:
    """The parts of a workbook by name."""
    file = folder / "opened.xlsx"
    file.write_bytes(content)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".xml")}


def sheet_xml(parts: Mapping[str, str], name: str) -> str:
    """The XML of a human file's sheet."""
    return parts[f"xl/worksheets/sheet{[entry.name for entry in HUMAN_FILES].index(name) + 2}.xml"]


def test_the_template_offers_what_the_company_has(home: Path, tmp_path: Path) -> None:
    company = load_company(home, kpi_ids=KPIS)
    content = workbook_bytes(company_choices(company, sorted(KPIS)))
    assert content == workbook_bytes(company_choices(company, sorted(KPIS))), "equal companies give equal bytes"
    parts = xml_of(content, tmp_path)
    for word in ("li", "wang", "chen", "engagement_rate_followers", "acme_x", "growth", "operator"):
        assert f"<t>{word}</t>" in parts["xl/sharedStrings.xml"], word
    bars = sheet_xml(parts, "ratings_bars")
    assert '"1,2,3,4,5"' in bars
    assert '"culture_fit,work_attitude,initiative"' in bars
    assert bars.count("choices!$") == 2, "the person and the reviewer"
    assert "choices!$" in sheet_xml(parts, "targets")
    assert '"true,false"' in sheet_xml(parts, "shared_targets")


def test_a_long_list_of_words_stands_in_cells(tmp_path: Path) -> None:
    """Excel takes 255 characters of words in a drop-down and drops the whole list beyond."""
    parts = xml_of(workbook_bytes({}), tmp_path)
    overrides = sheet_xml(parts, "record_overrides")
    assert len(",".join(RECORD_TYPES)) > 255
    assert f"choices!$A$2:$A${len(RECORD_TYPES) + 1}" in overrides
    for word in ("record_overrides.record_type", *RECORD_TYPES):
        assert f"<t>{word}</t>" in parts["xl/sharedStrings.xml"], word


def test_a_new_company_chooses_among_the_people_of_the_workbook(tmp_path: Path) -> None:
    init_company(tmp_path / "new")
    parts = xml_of((tmp_path / "new" / WORKBOOK).read_bytes(), tmp_path)
    assert "people!$A$2:$A$2000" in sheet_xml(parts, "ratings_bars")
    assert "people!$A$2" not in sheet_xml(parts, "people"), "who is new is chosen from no list"
    assert load_company(tmp_path / "new").ratings_bars == ()


def test_a_workbook_is_renewed_but_never_overwritten(home: Path) -> None:
    with pytest.raises(InputError, match=r"reviews/workbook\.xlsx.*is there already"):
        renew_workbook(load_company(home, kpi_ids=KPIS))
    (home / WORKBOOK).unlink()
    assert renew_workbook(load_company(home, kpi_ids=KPIS)) == home / WORKBOOK


def test_a_filled_sheet_is_read_in_place_of_the_csv(home: Path) -> None:
    rows = [
        BARS,
        ["# a comment"],
        [dt.date(2026, 10, 1), "li", "initiative", 5, "chen"],
        [2026, "li", "culture_fit", "4", "chen"],
    ]
    fill(home / "reviews" / "behaviour.xlsx", {"ratings_bars": rows, "about": [["anything"]], "Sheet2": []})
    company = load_company(home, kpi_ids=KPIS)
    found = [(str(row.period), row.level, row.source_row, row.source_file) for row in company.ratings_bars]
    place = "reviews/behaviour.xlsx [ratings_bars]"
    assert found == [("2026-10", 5, 3, place), ("2026", 4, 4, place)]
    table = company_tables(company, Pseudonymiser(b"k" * 32))["reviews"].to_pylist()
    assert {row["_content_id"] for row in table if row["family"] == "ratings_bars"} == {place}
    assert place in company.review_places
    assert "reviews/behaviour.xlsx" in snapshot_company(company), "a sealed period can be rebuilt from it"


def test_findings_name_the_sheet(home: Path) -> None:
    fill(home / "reviews" / "b.xlsx", {"ratings_bars": [BARS, ["2026-10", "lee", "initiative", 9, "chen"]]})
    with pytest.raises(InputError) as error:
        load_company(home, kpi_ids=KPIS)
    assert [(found.file, found.row, found.column, found.value) for found in error.value.findings] == [
        ("reviews/b.xlsx [ratings_bars]", 2, "level", "9")
    ]
    fill(home / "reviews" / "b.xlsx", {"ratings_bars": [BARS, ["2026-10", "lee", "initiative", 5, "chen"]]})
    with pytest.raises(InputError, match=r"reviews/b\.xlsx \[ratings_bars\], row 2, column person_id: no person"):
        load_company(home, kpi_ids=KPIS)


def test_rows_in_two_places_are_a_defect_that_names_both(home: Path) -> None:
    rows = {"ratings_bars": [BARS, ["2026-10", "li", "initiative", 5, "chen"]]}
    fill(home / "reviews" / "one.xlsx", rows)
    path = home / "reviews" / "ratings_bars.csv"
    path.write_text(path.read_text(encoding="utf-8-sig") + "2026-09,li,initiative,4,chen\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"reviews/ratings_bars\.csv \+ reviews/one\.xlsx \[ratings_bars\]"):
        load_company(home, kpi_ids=KPIS)
    path.unlink()
    fill(home / "people" / "two.xlsx", rows)
    with pytest.raises(InputError, match=r"people/two\.xlsx \[ratings_bars\] \+ reviews/one\.xlsx \[ratings_bars\]"):
        load_company(home, kpi_ids=KPIS)


def test_a_misspelt_sheet_and_a_broken_workbook_are_told(home: Path) -> None:
    fill(home / "reviews" / "b.xlsx", {"rating_bars": [BARS]})
    (home / "reviews" / "c.xlsx").write_bytes(b"no workbook")
    (home / "reviews" / "~$b.xlsx").write_bytes(b"the lock file of an open workbook")
    with pytest.raises(InputError) as error:
        load_company(home, kpi_ids=KPIS)
    told = [str(found) for found in error.value.findings]
    assert len(told) == 2
    assert "rating_bars" in told[0]
    assert "the nearest is ratings_bars" in told[0]
    assert "cannot be opened as a workbook" in told[1]


def test_people_kept_in_a_workbook_are_people(home: Path) -> None:
    """Positions of a workbook give the company its first month too."""
    path = home / "people" / "positions.csv"
    header, *body = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    path.unlink()
    fill(home / "people" / "hr.xlsx", {"positions": [header, *body]})
    company = load_company(home, kpi_ids=KPIS)
    assert [position.role for position in company.positions] == ["operator", "editor", "operator"]
    assert company_extent(home).first_month == Month(2024, 1)


def test_a_percent_cell_is_not_taken_for_a_percent(home: Path) -> None:
    path = home / "people" / "assignments.csv"
    header, *body = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    path.unlink()
    rows: list[list[object]] = [[*body[0][:3], 0.6, *body[0][4:]], *([*line] for line in body[1:])]
    fill(home / "people" / "hr.xlsx", {"assignments": [header, *rows]})
    with pytest.raises(InputError, match=r"\[assignments\], row 2, column share: is a share of at most 1 %"):
        load_company(home, kpi_ids=KPIS)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "true"),
        (5.0, "5"),
        (0.1, "0.1"),
        (-2, "-2"),
        (12345678901234.0, "12345678901234"),
        (2.0541735194620396e18, "2.054174e+18"),
        (dt.datetime(2026, 10, 1), "2026-10-01"),
        (dt.datetime(2026, 10, 1, 9, 30), "2026-10-01 09:30:00"),
        (dt.date(2026, 10, 1), "2026-10-01"),
        (" text ", " text "),
    ],
)
def test_a_cell_is_what_a_csv_would_hold(cell: object, text: str) -> None:
    assert cell_text(cell) == text
