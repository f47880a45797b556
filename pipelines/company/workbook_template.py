"""The template of all human files as one workbook: a sheet a file, with drop-downs.

Belongs here: the sheets, their header, comments and data validation. Does not belong here: reading a filled workbook
(`company.workbooks`), the words (`texts.files`).
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.company.fields import choices_of
from pipelines.company.human_files import HUMAN_FILES, HumanFile
from pipelines.company.workbooks import ABOUT_SHEET, CHOICES_SHEET
from pipelines.texts import LANGUAGES, text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from pipelines.company.model import Company

#: Where `scorecards init` puts it.
WORKBOOK = "reviews/workbook.xlsx"
#: How far down a sheet offers its choices.
ROWS = 2000

_CREATED = datetime(2000, 1, 1)  # a fixed time: equal companies give equal bytes
#: What a column names -> the columns that name it.
_NAMED = {
    "person_id": ("person_id", "reviewer_id", "approved_by", "nominated_by", "decided_by", "set_by", "agreed_by"),
    "account_id": ("account_id",),
    "team_id": ("team_id",),
    "role": ("role",),
    "kpi_id": ("kpi_id",),
}
#: The sheets of the workbook that say who and what there is, for a company that has none yet.
_DEFINED_IN = {"person_id": "people", "account_id": "accounts", "team_id": "positions", "role": "positions"}
_EXCEL_COMMENT = 400
_EXCEL_HINT = 250
#: A drop-down holds its own words up to so many characters, commas included; longer lists stand in cells.
_EXCEL_LIST = 255


def company_choices(company: Company | None, kpi_ids: Sequence[str]) -> dict[str, list[str]]:
    """Return what the drop-downs offer: the ids of a company, and the KPIs of the catalogue."""
    known: dict[str, list[str]] = {"kpi_id": sorted(kpi_ids)}
    if company is not None:
        known["person_id"] = sorted(person.person_id for person in company.people)
        known["account_id"] = sorted(account.account_id for account in company.accounts)
        known["team_id"] = sorted({position.team_id for position in company.positions})
        known["role"] = sorted({position.role for position in company.positions})
    return {name: values for name, values in known.items() if values}


def write_workbook(path: Path, choices: Mapping[str, Sequence[str]]) -> None:
    """Write the workbook.

    Args:
        path: the file to write.
        choices: what the drop-downs offer, from `company_choices`.
    """
    path.write_bytes(workbook_bytes(choices))


def workbook_bytes(choices: Mapping[str, Sequence[str]]) -> bytes:
    """Return the workbook; equal choices give equal bytes."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"created": _CREATED})
    _about(book)
    sheets = {entry.name: book.add_worksheet(entry.name) for entry in HUMAN_FILES}
    ranges = _choices(book, choices)
    header = book.add_format({"bold": True, "bg_color": "#DDE7F0", "bottom": 1})
    # as text, a spreadsheet leaves periods, ids and shares as they were typed
    cells = book.add_format({"num_format": "@"})
    for entry in HUMAN_FILES:
        _sheet(sheets[entry.name], entry, ranges, header, cells)
    book.close()
    return stream.getvalue()


def _about(book: Workbook) -> None:
    sheet = book.add_worksheet(ABOUT_SHEET)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 2, 90)
    for place, lang in enumerate(LANGUAGES[::-1], start=1):
        sheet.write_string(0, place, text("workbook.about", lang))
        for row, entry in enumerate(HUMAN_FILES, start=2):
            sheet.write_string(row, 0, entry.name)
            sheet.write_string(row, place, f"{entry.path}: {entry.about(lang)}")


def _choices(book: Workbook, choices: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Write the lists, and return for each name the cells that a drop-down reads."""
    sheet = book.add_worksheet(CHOICES_SHEET)
    ranges = {}
    choices = {**_long_lists(), **choices}
    for name, file in _DEFINED_IN.items():
        place = next(entry for entry in HUMAN_FILES if entry.name == file).model.columns().index(name)
        letter = chr(ord("A") + place)
        ranges[name] = f"={file}!${letter}$2:${letter}${ROWS}"
    for place, (name, values) in enumerate(sorted(choices.items())):
        sheet.write_string(0, place, name)
        for row, value in enumerate(values, start=1):
            sheet.write_string(row, place, value)
        letter = chr(ord("A") + place)
        ranges[name] = f"={CHOICES_SHEET}!${letter}$2:${letter}${len(values) + 1}"
    return ranges


def _long_lists() -> dict[str, Sequence[str]]:
    """`file.column` whose words are too many for a drop-down of their own, with the words."""
    words = {
        f"{entry.name}.{column}": choices_of(entry.model.model_fields[column].metadata)
        for entry in HUMAN_FILES
        for column in entry.model.columns()
    }
    return {name: found for name, found in words.items() if len(",".join(found)) > _EXCEL_LIST}


def _sheet(sheet: Worksheet, entry: HumanFile, ranges: Mapping[str, str], header: Any, cells: Any) -> None:
    sheet.freeze_panes(1, 0)
    required = entry.model.required_columns()
    for place, column in enumerate(entry.model.columns()):
        sheet.set_column(place, place, max(14, len(column) + 4), cells)
        sheet.write_string(0, place, column, header)
        meanings = [entry.column_about(column, lang) for lang in LANGUAGES[::-1]]
        sheet.write_comment(0, place, "\n".join(meanings)[:_EXCEL_COMMENT])
        rule = _rule(entry, column, ranges)
        if rule is not None:
            hint = {"input_message": "\n".join(meanings)[:_EXCEL_HINT], "ignore_blank": column not in required}
            sheet.data_validation(1, place, ROWS - 1, place, {**rule, **hint})


def _rule(entry: HumanFile, column: str, ranges: Mapping[str, str]) -> dict[str, Any] | None:
    choices = choices_of(entry.model.model_fields[column].metadata)
    if choices:
        return {"validate": "list", "source": ranges.get(f"{entry.name}.{column}", list(choices))}
    named = next((name for name, columns in _NAMED.items() if column in columns), None)
    if named is None or named not in ranges or _DEFINED_IN.get(named) == entry.name:
        return None
    # somebody new may stand in no list yet; the loader has the last word
    return {"validate": "list", "source": ranges[named], "error_type": "warning"}
