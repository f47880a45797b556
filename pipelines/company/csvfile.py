"""Reading a human CSV file into rows that know their place in the spreadsheet.

Belongs here: bytes -> text -> cells, comment lines, the header. Does not belong here: exports of vendors (`landing`),
what a cell means (`company.fields`).
"""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.company.collector import Collector
from pipelines.company.fields import nearest


@dataclass
class CsvTable:
    """The rows of a file below its header.

    Attributes:
        header: the columns as the file names them, in the registry's spelling where known.
        rows: (row as a spreadsheet shows it, column -> cell); blank rows and comments are left out.
        complete: whether the header has every required column; without, the rows cannot be judged.
    """

    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    complete: bool = False


def decode(content: bytes) -> str | None:
    """Return the text of a file saved as UTF-8, UTF-16 or GB18030, or None when it is none of them."""
    encoding = encoding_of(content)
    if encoding is None:
        return None
    text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    return None if "\0" in text else text


def encoding_of(content: bytes) -> str | None:
    """Return how a file was saved: `utf-16`, `utf-8-sig`, `utf-8` or `gb18030`; None when it is none of them."""
    marked = "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8"
    encodings = ["utf-16"] if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else [marked, "gb18030"]
    for encoding in encodings:
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return None


def read_table(
    content: bytes, file: str, columns: tuple[str, ...], required: tuple[str, ...], collector: Collector
) -> CsvTable:
    """Read a file with a header row.

    Args:
        content: the bytes of the file.
        file: how findings name it.
        columns: the columns that it may have.
        required: those that it must have.
        collector: takes what is wrong with encoding, header and the form of rows.
    """
    text = decode(content)
    if text is None:
        collector.add("bad_encoding", file)
        return CsvTable()
    return read_records(_records(text, file, collector), file, columns, required, collector)


def read_records(
    records: Iterator[tuple[int, list[str]]],
    file: str,
    columns: tuple[str, ...],
    required: tuple[str, ...],
    collector: Collector,
) -> CsvTable:
    """Read (row, cells) of a file or sheet, the first of which is the header.

    Args:
        records: the rows without comments and blank ones.
        file: how findings name it.
        columns: the columns that it may have.
        required: those that it must have.
        collector: takes what is wrong with header and the form of rows.
    """
    table = CsvTable()
    first = next(records, None)
    if first is None:
        collector.add("no_header", file, columns=",".join(columns))
        return table
    table.header = _header(first[1], first[0], file, columns, required, collector)
    table.complete = all(name in table.header for name in required)
    for row, cells in records:
        extra = cells[len(table.header) :]
        if any(cell.strip() for cell in extra):
            collector.add("too_many_cells", file, row, value=",".join(extra), count=len(table.header))
        padded = cells + [""] * (len(table.header) - len(cells))
        named = {name: cell for name, cell in zip(table.header, padded, strict=False) if name in columns}
        table.rows.append((row, named))
    return table


def _records(text: str, file: str, collector: Collector) -> Iterator[tuple[int, list[str]]]:
    """Yield (row, cells); a row is a record, as a spreadsheet counts, also where a cell holds a line break."""
    lines = list(io.StringIO(text, newline=""))
    delimiter = delimiter_of(lines)
    position = 0
    row = 0

    def feed() -> Iterator[str]:
        nonlocal position
        while position < len(lines):
            position += 1
            yield lines[position - 1]

    reader = csv.reader(feed(), delimiter=delimiter, strict=True)
    while position < len(lines):
        row += 1
        if lines[position].startswith("#"):
            # skipped before csv sees it: a quotation mark in a comment must not swallow the rows below
            position += 1
            continue
        try:
            cells = next(reader)
        except csv.Error as broken:
            collector.add("bad_csv", file, row, detail=str(broken))
            return
        if any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith("#"):
            yield row, cells


def delimiter_of(lines: list[str]) -> str:
    """Return what separates the cells of a file: a comma, a semicolon or a tab, as its header has it."""
    header = next((line for line in lines if line.strip() and not line.lstrip('"').startswith("#")), "")
    return max(",;\t", key=lambda mark: (header.count(mark), mark == ","))


def _header(
    cells: list[str],
    row: int,
    file: str,
    columns: tuple[str, ...],
    required: tuple[str, ...],
    collector: Collector,
) -> list[str]:
    names = [unicodedata.normalize("NFKC", cell).strip().casefold() for cell in cells]
    while names and not names[-1]:
        names.pop()
    for name in dict.fromkeys(names):
        if name not in columns:
            near = nearest(name, columns)
            collector.add("unknown_column", file, row, name, nearest=near, known=",".join(columns))
        elif names.count(name) > 1:
            collector.add("column_twice", file, row, name)
    for name in required:
        if name not in names:
            collector.add("missing_column", file, row, name, known=",".join(columns))
    return names
