"""Writes the demo company's files byte for byte the way vendors write theirs.

Belongs here: encodings, delimiters, quoting, spreadsheets; nothing of these depends on the clock or the machine.
Does not belong here: what the rows say; the modules named after the sources decide that.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

Row = Sequence[str]


def csv_text(
    header: Row, rows: Iterable[Row], *, delimiter: str = ",", quote_all: bool = False, line_end: str = "\n"
) -> str:
    """Render a header and rows as delimited text.

    Args:
        header: the vendor's column names.
        rows: cells as text; the caller has formatted numbers and dates.
        delimiter: the cell separator.
        quote_all: quote every cell, as X's older export does.
        line_end: the line ending of the vendor.

    Returns:
        The text without a byte order mark.
    """
    buffer = io.StringIO(newline="")
    quoting: Literal[0, 1] = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    writer = csv.writer(buffer, delimiter=delimiter, quoting=quoting, lineterminator=line_end)
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()


def write_text(path: Path, text: str, *, encoding: str = "utf-8") -> None:
    """Write text in an encoding, creating the folder; line ends are kept as they are.

    Args:
        path: where to write.
        text: the whole content.
        encoding: a Python codec; `utf-8-sig` and `utf-16` bring their byte order mark.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Python's "utf-16" follows the byte order of the machine: name it, so that the bytes are the same everywhere
    data = b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16" else text.encode(encoding)
    path.write_bytes(data)


def write_xlsx(path: Path, header: Row, rows: Iterable[Row], *, number_columns: Iterable[str]) -> None:
    """Write a workbook as somebody's spreadsheet program would have re-saved a CSV.

    Args:
        path: where to write.
        header: the column names.
        rows: cells as text.
        number_columns: columns that the spreadsheet took for numbers; a 19-digit id among them loses its last digits.
    """
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    numeric = {position for position, name in enumerate(header) if name in set(number_columns)}
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_urls": False})
    book.set_properties({"created": dt.datetime(2024, 10, 1, tzinfo=dt.UTC).replace(tzinfo=None)})
    sheet = book.add_worksheet("Sheet1")
    for column, name in enumerate(header):
        sheet.write_string(0, column, name)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if column in numeric and cell:
                sheet.write_number(number, column, float(cell))
            else:
                sheet.write_string(number, column, cell)
    book.close()


def thousands(number: int) -> str:
    """Write a count with thousands commas, as X's content export does from 1,000 on."""
    return f"{number:,}"
