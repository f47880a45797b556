"""Export files as rows of text, with what the file itself states: account, export day, days covered.

Belongs here: bytes, encodings, delimiters, headers, total rows, and the spelling of numbers, days and times. Does not
belong here: what a row means; that is in the module of its family.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from fractions import Fraction
from functools import cached_property
from pathlib import Path

TOTALS = {"total", "totals", "grand total", "合计", "总计"}
#: Title rows and comments stand above a header, not more of them than this.
HEADER_REACH = 20
NOTHING = {"", "-", "n/a"}
# Beside the spellings of ISO 8601.
DAY_FORMATS = ("%Y/%m/%d", "%a, %b %d, %Y", "%m/%d/%Y")
TIME_FORMATS = ("%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M %z", "%Y/%m/%d %H:%M:%S.%f")


class UnreadableError(ValueError):
    """A cell that does not hold what its column promises; its row is set aside."""


@dataclass(frozen=True)
class Row:
    """A row by canonical column names; an absent column reads as the empty text."""

    cells: Mapping[str, str]
    decimal_comma: bool
    line: int = 0  # the number that a spreadsheet shows beside it

    def text(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def number(self, column: str) -> Fraction | None:
        """The number of a cell, or None where the cell says nothing."""
        cell = self.text(column)
        if cell.lower() in NOTHING:
            return None
        plain = cell.replace(".", "").replace(",", ".") if self.decimal_comma else cell.replace(",", "")
        try:
            return Fraction(plain)
        except ValueError as error:
            raise UnreadableError(f"{column}: {cell!r} is no number") from error

    def day(self, column: str) -> date:
        cell = self.text(column)
        with suppress(ValueError):
            return date.fromisoformat(cell)
        for form in DAY_FORMATS:
            try:
                return datetime.strptime(cell, form).date()
            except ValueError:
                continue
        raise UnreadableError(f"{column}: {cell!r} is no day")

    def time(self, column: str, zone: tzinfo) -> datetime | None:
        """The instant of a cell in UTC; times without an offset are read in `zone`."""
        cell = self.text(column)
        if cell in NOTHING:
            return None
        read = _time(cell)
        if read is None:
            raise UnreadableError(f"{column}: {cell!r} is no time")
        return (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)


@dataclass(frozen=True)
class File:
    """One export: where it lies, the day it states, the account of its folder, and its table of text."""

    path: Path
    platform: str
    account: str
    exported_on: date
    covers: tuple[date, date] | None

    @cached_property
    def table(self) -> tuple[list[list[str]], bool]:
        """All rows as text, and whether numbers carry a decimal comma."""
        numbered, decimal_comma = self._numbered
        return [row for _, row in numbered], decimal_comma

    @cached_property
    def _numbered(self) -> tuple[list[tuple[int, list[str]]], bool]:
        """The rows that say something, each with its number in the file."""
        if self.path.suffix == ".xlsx":
            return list(enumerate(_workbook(self.path), 1)), False
        text = _decode(self.path.read_bytes())
        lines = list(text.splitlines(keepends=True))
        if lines and lines[0].strip().lower().startswith("sep="):
            lines = lines[1:]
        text = "".join(lines)
        delimiter = next((mark for mark in "\t;" if max(line.count(mark) for line in lines) > 5), ",")
        rows = enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), 1)
        return [(number, row) for number, row in rows if _says_something(row)], delimiter == ";"

    def rows(self, headers: Mapping[str, Sequence[str]], required: Iterable[str]) -> list[Row]:
        """The rows under the first row that holds every required column; none when there is no such row."""
        table, decimal_comma = self.table
        names = {one.casefold(): canonical for canonical, spelt in headers.items() for one in spelt}
        wanted = set(required)
        known = ([names.get(cell.strip().casefold(), "") for cell in row] for row in table[:HEADER_REACH])
        header, columns = next(
            ((number, columns) for number, columns in enumerate(known) if wanted <= set(columns)), (-1, [])
        )
        if header < 0:
            return []
        width = len(columns)
        return [
            Row({name: cell for name, cell in zip(columns, row, strict=False) if name}, decimal_comma, line)
            for line, row in self._numbered[0][header + 1 :]
            if row[0].strip().casefold() not in TOTALS and row != table[header] and len(row) == width
        ]


def _time(cell: str) -> datetime | None:
    with suppress(ValueError):
        return datetime.fromisoformat(cell)
    for form in TIME_FORMATS:
        with suppress(ValueError):
            return datetime.strptime(cell, form)
    return None


def _says_something(row: list[str]) -> bool:
    """Neither blank nor a comment; an order is named `#1275`, so a `#` alone makes no comment."""
    told = [cell for cell in row if cell.strip()]
    return bool(told) and not (len(told) == 1 and told[0].startswith("#"))


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _workbook(path: Path) -> list[list[str]]:
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_path(str(path))
    sheet = workbook.get_sheet_by_name(workbook.sheet_names[0]).to_python()
    return [
        [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell) for cell in row]
        for row in sheet
    ]


def _covered(name: str) -> tuple[date, date] | None:
    """Days that a name states: `_2026-10-01_2026-10-31` to the last day, `_20261001_20261101_` to the day after."""
    found = re.search(r"_(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)", name)
    if found:
        return date.fromisoformat(found[1]), date.fromisoformat(found[2]) + timedelta(days=1)
    found = re.search(r"_(\d{8})_(\d{8})_", name)
    return (_compact(found[1]), _compact(found[2])) if found else None


def _compact(digits: str) -> date:
    return datetime.strptime(digits, "%Y%m%d").date()


def exports(home: Path) -> list[File]:
    """Every export of a company: oldest stated export first, then by the days covered, then by name."""
    root = home / "exports"
    files = []
    for path in sorted(root.rglob("*")):
        folders = path.relative_to(root).parts
        if not path.is_file() or path.name.startswith((".", "~$")) or any(part.startswith("_") for part in folders):
            continue
        stated = [part for part in folders[:-1] if re.fullmatch(r"\d{4}-\d\d-\d\d", part)]
        account = folders[1] if len(folders) > 2 and folders[1] not in stated else ""
        files.append(File(path, folders[0], account, date.fromisoformat(stated[0]), _covered(path.name)))
    never = date.min
    return sorted(files, key=lambda file: (file.exported_on, file.covers or (never, never), file.path.name))
