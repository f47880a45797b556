"""Reading human files that people keep in a workbook: sheets named after the files.

Belongs here: sheets and cells -> the rows that a CSV would have. Does not belong here: vendors' workbooks (`landing`),
what a cell means (`company.fields`), writing the template (`company.workbook_template`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipelines.company.collector import Collector
from pipelines.company.csvfile import CsvTable, read_records
from pipelines.company.fields import nearest
from pipelines.company.human_files import HUMAN_FILES, HumanFile

#: The folders whose workbooks are read.
FOLDERS = ("people", "reviews")
#: Sheets of the template that hold no rows.
ABOUT_SHEET, CHOICES_SHEET = "about", "choices"

#: From here on a spreadsheet no longer keeps every digit of a number.
_EXACT_BELOW = 10**15


@dataclass(frozen=True)
class Sheet:
    """One filled sheet of a workbook.

    Attributes:
        name: its name, which is that of a human file.
        label: how findings and evidence name it: the workbook and the sheet.
        rows: (row as the spreadsheet shows it, cells as calamine reads them).
    """

    name: str
    label: str
    rows: tuple[tuple[int, tuple[Any, ...]], ...]


def workbook_paths(home: Path) -> list[Path]:
    """Return the workbooks of a company folder, in order; the lock files of open ones are none."""
    return sorted(
        path for folder in FOLDERS for path in (home / folder).glob("*.xlsx") if not path.name.startswith("~$")
    )


def read_workbooks(home: Path, collector: Collector) -> dict[str, list[Sheet]]:
    """Read every sheet that is named after a human file.

    Args:
        home: the company folder.
        collector: takes workbooks that cannot be read, and filled sheets that are named after no file.

    Returns:
        The sheets by the name of their file; sheets without a row are left out.
    """
    found: dict[str, list[Sheet]] = {}
    names = [entry.name for entry in HUMAN_FILES]
    for path in workbook_paths(home):
        label = path.relative_to(home).as_posix()
        for title, rows in _sheets(path, label, collector):
            name = title.strip().casefold()
            filled = tuple((row, cells) for row, cells in rows if any(cell not in ("", None) for cell in cells))
            if name in (ABOUT_SHEET, CHOICES_SHEET) or not filled:
                continue
            if name not in names:
                collector.add("unknown_sheet", label, 0, "", title, nearest=nearest(name, names))
                continue
            found.setdefault(name, []).append(Sheet(name, f"{label} [{title}]", filled))
    return found


def sheet_table(sheet: Sheet, entry: HumanFile, collector: Collector) -> CsvTable:
    """Return the rows of a sheet as those of a CSV; findings name the sheet."""
    columns = entry.model.columns()
    return read_records(_texts(sheet, collector), sheet.label, columns, entry.model.required_columns(), collector)


def has_rows(sheet: Sheet) -> bool:
    """Tell whether a sheet holds more than its header and comments."""
    return sum(not str(cells[0]).lstrip().startswith("#") for _, cells in sheet.rows) > 1


def _sheets(
    path: Path, label: str, collector: Collector
) -> Iterator[tuple[str, Iterable[tuple[int, tuple[Any, ...]]]]]:
    from python_calamine import CalamineError, SheetTypeEnum, load_workbook

    try:
        book = load_workbook(str(path))
        titles = [meta.name for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
        sheets = [(title, book.get_sheet_by_name(title).to_python(skip_empty_area=False)) for title in titles]
    except (CalamineError, OSError) as error:
        collector.add("bad_workbook", label, detail=type(error).__name__)
        return
    for title, rows in sheets:
        yield title, enumerate((tuple(row) for row in rows), start=1)


def _texts(sheet: Sheet, collector: Collector) -> Iterator[tuple[int, list[str]]]:
    header: list[str] = []
    for row, cells in sheet.rows:
        texts = [cell_text(cell) for cell in cells]
        if texts[0].lstrip().startswith("#"):
            continue
        if not header:
            header = [text.strip().casefold() for text in texts]
        for name, cell in zip(header, cells, strict=False):
            # a cell formatted as per cent holds 0.6 where it shows 60 %
            if name == "share" and isinstance(cell, float) and 0 < cell <= 1:
                collector.add("percent_cell", sheet.label, row, name, cell_text(cell))
        yield row, texts


def cell_text(cell: object) -> str:
    """Return what a CSV would hold for a cell; a number that has lost digits is written so that no id takes it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        if abs(cell) >= _EXACT_BELOW:
            return f"{cell:.6e}"
        number = Decimal(repr(cell))
        return format(number.to_integral_value() if number == number.to_integral_value() else number, "f")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
