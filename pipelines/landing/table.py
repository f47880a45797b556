"""All rows of an export as raw text, in a scratch Parquet file, with the row number a spreadsheet shows.

Belongs here: record splitting, and the rows that are no records: blank, comment, total, header repeated. Does not
belong here: what a value means (`normalise`). No Python loop runs over the rows of a text export.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from pipelines.landing.reasons import QuarantineError, Reason, row_reason
from pipelines.landing.sniff import Header, TextFile

ROW_NO = "_row_no"
TOTAL_WORDS = (
    "total",
    "totals",
    "grand total",
    "sum",
    "合计",
    "总计",
    "總計",
    "合計",
    "小计",
    "汇总",
    "総計",
    "gesamt",
    "gesamtsumme",
    "summe",
    "total général",
)
_BLOCK_MB = 32
_KEPT_TEXT = 4000
KEPT_BROKEN = 10_000  # rows listed for people; all are counted, and the archive has them all
_EXACT_FLOAT = 10**15  # Excel keeps 15 digits; a longer id typed as a number is no longer the id
_SHEET_CHUNK = 50_000


@dataclass
class BrokenRow:
    """A row that is set aside: where, why, and what it said."""

    row: int
    column: str
    value: str
    reason: Reason
    raw: str


@dataclass
class RawTable:
    """What was read.

    Attributes:
        path: the scratch Parquet file: `_row_no` and `f<i>` of every column the spec wants, and of the first.
        rows: how many rows it holds.
        broken: rows with the wrong number of fields, or cut off; the first ten thousand of them and the last.
        n_broken: how many there are.
        n_totals: total rows removed.
        n_repeated_headers: repeated header rows removed.
    """

    path: Path
    rows: int = 0
    broken: list[BrokenRow] = field(default_factory=list)
    n_broken: int = 0
    n_totals: int = 0
    n_repeated_headers: int = 0


def read_text(text: TextFile, header: Header, target: Path) -> RawTable:
    """Read every record below the header of a text export.

    Raises:
        QuarantineError: when there are no rows, or a quotation mark swallows the rest of the file.
    """
    table = RawTable(target)
    odd = _OddRows(header)
    with text.path.open("rb") as file:
        file.seek(header.offset)
        if not file.peek(1):
            raise QuarantineError("header_only")
        tail = _tail(text.path, header.offset)
        try:
            _spool(file, header, odd, table)
        except pa.ArrowInvalid as error:
            if "straddl" not in str(error) and "block" not in str(error):
                raise
            row = header.row + table.rows + len(odd.numbers) + 1
            raise QuarantineError("unclosed_quote", row=row, limit=_BLOCK_MB) from error
    table.broken = odd.broken(text.cut, ends_with_newline=tail.endswith((b"\n", b"\r")))
    table.n_broken = odd.n_broken
    _set_aside_cut_row(table, text, header, tail)
    table.n_totals += odd.n_totals
    if not table.rows and not table.n_broken:
        raise QuarantineError("header_only")
    return table


def read_sheet(rows: Sequence[Sequence[Any]], header: Header, target: Path) -> RawTable:
    """Read every row below the header of a sheet, values already as Python objects."""
    table = RawTable(target)
    wanted = _wanted(header)
    schema = _schema(wanted)
    body = rows[header.row :]
    with pq.ParquetWriter(target, schema, compression="none") as writer:
        for start in range(0, len(body), _SHEET_CHUNK):
            chunk = body[start : start + _SHEET_CHUNK]
            columns = [[cell_text(row[i]) if i < len(row) else "" for row in chunk] for i in wanted]
            arrays = [pa.array(column, pa.string()) for column in columns]
            numbers = pa.array(np.arange(header.row + 1 + start, header.row + 1 + start + len(chunk), dtype=np.int32))
            _write(writer, pa.RecordBatch.from_arrays([numbers, *arrays], schema=schema), header, table)
    if not table.rows:
        raise QuarantineError("header_only")
    return table


def cell_text(value: Any) -> str:
    """Return a workbook cell as an export would write it.

    A number beyond Excel's 15 digits is written with an exponent, so that the id rule sees that it is damaged.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value.is_integer():
            return str(int(value)) if abs(value) < _EXACT_FLOAT else f"{value:.15e}"
        return format(Decimal(repr(value)), "f")
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ") if value.time() != dt.time() else value.date().isoformat()
    return "" if value is None else str(value)


class _OddRows:
    """Collects the records whose number of fields differs from the header's, as the CSV reader meets them."""

    def __init__(self, header: Header):
        self._header = header
        self.numbers: list[int] = []
        self._kept: list[tuple[int, int, str]] = []
        self._last: tuple[int, int, str] | None = None
        self.n_broken = 0
        self.n_totals = 0

    def __call__(self, row: pacsv.InvalidRow) -> str:
        self.numbers.append(row.number)
        text = row.text
        bare = text.strip().strip('"').strip()
        if not bare or bare.startswith("#"):
            return "skip"
        cells = [cell.strip().strip('"').strip().casefold() for cell in bare.split(self._header.delimiter)]
        # GA4 writes the words behind the numbers of its grand total, in a cell that has no header
        if cells[0] in TOTAL_WORDS or (not cells[0] and cells[-1] in TOTAL_WORDS):
            self.n_totals += 1
            return "skip"
        self.n_broken += 1
        self._last = (row.number, row.actual_columns, text)
        if self.n_broken < KEPT_BROKEN:
            self._kept.append(self._last)
        return "skip"

    def broken(self, cut: bool, *, ends_with_newline: bool) -> list[BrokenRow]:
        """Return the broken rows; a short one at the very end of a file without a last line break is a cut."""
        expected = len(self._header.names)
        rows: list[BrokenRow] = []
        last = max(self.numbers, default=0)
        beyond = [self._last] if self._last and self.n_broken >= KEPT_BROKEN else []
        for number, found, text in [*self._kept, *beyond]:
            row_number = self._header.row + number
            if number == last and found <= expected and (cut or not ends_with_newline):
                why = row_reason("cut_off")
            elif '"' in text and "\n" in text.strip():
                why = row_reason("unclosed_quote", lines=text.strip().count("\n"))
            else:
                code = "too_few_fields" if found < expected else "too_many_fields"
                why = row_reason(code, found=found, expected=expected)
            rows.append(BrokenRow(row_number, "", "", why, text[:_KEPT_TEXT]))
        return rows

    def row_numbers(self, start: int, count: int) -> pa.Array:
        """Return the row numbers of `count` good records after the first `start` good ones."""
        invalid = np.asarray(self.numbers, dtype=np.int64)
        before = invalid - 1 - np.arange(len(invalid))  # good records ahead of each odd one
        good = np.arange(start, start + count, dtype=np.int64)
        shift = np.searchsorted(before, good, side="right")
        return pa.array((good + 1 + shift + self._header.row).astype(np.int32))


def _spool(file: BinaryIO, header: Header, odd: _OddRows, table: RawTable) -> None:
    wanted = _wanted(header)
    schema = _schema(wanted)
    names = [f"f{i}" for i in range(len(header.names))]
    reader = pacsv.open_csv(
        file,
        # one thread: only then are record numbers known, and the order is the file's
        read_options=pacsv.ReadOptions(use_threads=False, block_size=_BLOCK_MB << 20, column_names=names),
        parse_options=pacsv.ParseOptions(
            delimiter=header.delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=odd
        ),
        convert_options=pacsv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            include_columns=[f"f{i}" for i in wanted],
            strings_can_be_null=False,
            check_utf8=False,  # checked when the encoding was told
        ),
    )
    seen = 0
    with pq.ParquetWriter(table.path, schema, compression="none") as writer:
        for batch in reader:
            numbers = odd.row_numbers(seen, batch.num_rows)
            seen += batch.num_rows
            _write(writer, pa.RecordBatch.from_arrays([numbers, *batch.columns], schema=schema), header, table)


def _write(writer: pq.ParquetWriter, batch: pa.RecordBatch, header: Header, table: RawTable) -> None:
    """Write the records of a batch; blank, comment, total and repeated header rows are left out and counted."""
    first = pc.utf8_trim_whitespace(batch.column(1)) if batch.num_columns > 1 else None
    if first is None or not batch.num_rows:
        return
    lower = pc.utf8_lower(first)
    total = pc.is_in(lower, value_set=pa.array(TOTAL_WORDS))
    repeated = _repeats_header(batch, header)
    filled = _any_filled(batch)
    comment = pc.and_(pc.starts_with(first, "#"), pc.invert(_any_filled(batch, after=2)))
    drop = pc.or_(pc.or_(total, repeated), pc.or_(pc.invert(filled), comment))
    table.n_totals += int(pc.sum(pc.cast(total, pa.int64())).as_py())
    table.n_repeated_headers += int(pc.sum(pc.cast(repeated, pa.int64())).as_py())
    kept = batch.filter(pc.invert(drop))
    table.rows += kept.num_rows
    writer.write_batch(kept)


def _repeats_header(batch: pa.RecordBatch, header: Header) -> pa.Array:
    """Rows that equal the header in the first two wanted columns: two exports glued together."""
    same = pa.array(np.ones(batch.num_rows, dtype=bool))
    for name in batch.schema.names[1:3]:
        title = header.names[int(name[1:])]
        same = pc.and_(same, pc.equal(batch.column(name), title))
    return same


def _any_filled(batch: pa.RecordBatch, after: int = 1) -> pa.Array:
    filled = pa.array(np.zeros(batch.num_rows, dtype=bool))
    for column in batch.columns[after:]:
        if pc.all(filled).as_py():
            break
        filled = pc.or_(filled, pc.not_equal(pc.utf8_trim_whitespace(column), ""))
    return filled


def _set_aside_cut_row(table: RawTable, text: TextFile, header: Header, tail: bytes) -> None:
    """Take out a last row that has all its fields but is cut within the last one.

    That shows when a character is incomplete, or when the last field was opened by a quotation mark and not closed.
    """
    if not table.rows or any(row.reason.code == "cut_off" for row in table.broken):
        return
    raw = pq.ParquetFile(table.path)
    last = raw.read_row_group(raw.num_row_groups - 1)
    if not last.num_rows:
        return
    row = last.slice(last.num_rows - 1).to_pylist()[0]
    last_odd = max((broken.row for broken in table.broken), default=0)
    if last_odd > row[ROW_NO] or not (text.cut or _opens_quote(tail, header.delimiter)):
        return
    number = row.pop(ROW_NO)
    shown = header.delimiter.join(str(value) for value in row.values())
    table.broken.append(BrokenRow(number, "", "", row_reason("cut_off"), shown[:_KEPT_TEXT]))
    table.n_broken += 1
    shorter = table.path.with_suffix(".shorter")
    with pq.ParquetWriter(shorter, raw.schema_arrow, compression="none") as writer:
        for group in range(raw.num_row_groups - 1):
            writer.write_table(raw.read_row_group(group))
        writer.write_table(last.slice(0, last.num_rows - 1))
    shorter.replace(table.path)
    table.rows -= 1


def _opens_quote(tail: bytes, delimiter: str) -> bool:
    """Whether the last field of the text begins with a quotation mark that nothing closes."""
    start = max(tail.rfind(b'\n"'), tail.rfind(delimiter.encode() + b'"'))
    while start >= 0:
        inside = tail[start + 2 :]
        # a closed field has an odd number of marks up to its end: the doubled ones and the last
        if inside.count(b'"') % 2 == 0 and delimiter.encode() not in inside:
            return True
        if inside.count(b'"') % 2 == 1:
            return False
        start = max(tail.rfind(b'\n"', 0, start), tail.rfind(delimiter.encode() + b'"', 0, start))
    return False


def _tail(path: Path, start: int) -> bytes:
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(start, size - (1 << 16)))
        return file.read()


def _wanted(header: Header) -> list[int]:
    """The file's columns that are read: the first (it tells total rows) and those the spec recognised."""
    return sorted({0, *(column.position for column in header.match.columns)})


def _schema(wanted: Sequence[int]) -> pa.Schema:
    return pa.schema([(ROW_NO, pa.int32()), *((f"f{i}", pa.string()) for i in wanted)])
