"""What the bytes of an export are: workbook or text, which encoding, and the first records of each reading.

Belongs here: decoding and the finding of the header row. Does not belong here: the reading of all rows (`table`).
"""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.landing.reasons import QuarantineError
from pipelines.sources.match import ExtraAliases, HeaderMatch, best_matches, fold_header, nearest
from pipelines.sources.spec import SourceSpec

_BLOCK = 1 << 20
_HEAD_CHARS = 1 << 18
HEAD_RECORDS = 40
_DELIMITERS = (",", ";", "\t", "|")
_SEP_LINE = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)
_COMMENT_LINE = re.compile(rb'^"?#', re.MULTILINE)
_STATED_DAY = re.compile(rb'^"?#[^\n]*[:\xef\xbc\x9a]\s*(\d{8})"?[,;\s]*$', re.MULTILINE)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class TextFile:
    """A text export as UTF-8.

    Attributes:
        path: where its UTF-8 bytes are: the archived file itself, or a transcoded copy.
        start: bytes of a byte order mark to skip.
        encoding: what the original is.
        cut: the last character was incomplete, so the file was cut off.
    """

    path: Path
    start: int
    encoding: str
    cut: bool


@dataclass(frozen=True)
class Header:
    """Where the table begins and what it is.

    Attributes:
        match: the spec's reading of the header row.
        names: all headers.
        row: the header's row number as a spreadsheet shows it, from 1.
        offset: the UTF-8 byte after the header row, counted from the file's start; 0 for workbooks.
        delimiter: the field separator; empty for workbooks.
    """

    match: HeaderMatch
    names: tuple[str, ...]
    row: int
    offset: int
    delimiter: str


def file_kind(path: Path) -> str:
    """Return `workbook` or `text` by the first bytes.

    Raises:
        QuarantineError: for an empty file and for an archive that is no workbook.
    """
    with path.open("rb") as file:
        magic = file.read(8)
    if not magic:
        raise QuarantineError("empty")
    if magic.startswith(_OLE):
        return "workbook"
    if magic.startswith(_ZIP):
        import zipfile

        try:
            with zipfile.ZipFile(path) as archive:
                names = archive.namelist()
        except zipfile.BadZipFile as error:
            raise QuarantineError("unreadable_workbook", detail=str(error)) from error
        if any(name.startswith("xl/") for name in names):
            return "workbook"
        raise QuarantineError("archive_format")
    return "text"


def as_utf8(path: Path, scratch: Path) -> TextFile:
    """Return the file as UTF-8, transcoded into `scratch` when it is something else.

    GB18030 is transcoded here because DuckDB's own decoder is eleven times slower.

    Raises:
        QuarantineError: when the text is in no known encoding.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(codecs.BOM_UTF8):
        return _as_is(path, scratch, 3, "utf-8-sig")
    wide = _utf16_of(head)
    if wide:
        return _transcode(path, scratch / "text.csv", wide)
    try:
        return _as_is(path, scratch, 0, "utf-8")
    except QuarantineError:
        text = _transcode(path, scratch / "text.csv", "gb18030")
        if not _plausible_chinese(text.path):
            raise
        return text


def find_header(text: TextFile, specs: Sequence[SourceSpec], extra: ExtraAliases) -> Header:
    """Find the one row and delimiter under which a spec's required columns are all there.

    Title rows, blank rows and `#` comments above it are counted; a `sep=` line is not, as no spreadsheet shows it.

    Raises:
        QuarantineError: naming the nearest spec and what it misses, when nothing fits or several specs do.
    """
    head, skipped, stated = _head(text)
    if not head.strip():
        raise QuarantineError("empty")
    candidates: list[Header] = []
    rows_seen: list[tuple[str, ...]] = []
    for delimiter in (stated,) if stated else _DELIMITERS:
        for number, (cells, end) in enumerate(_records(head, delimiter), start=1):
            if len(cells) < 2 or cells[0].lstrip().startswith("#"):
                continue
            rows_seen.append(tuple(cells))
            matches = best_matches(cells, specs, extra)
            if matches:
                offset = text.start + skipped + len(head[:end].encode())
                candidates.append(_one(matches, cells, number, offset, delimiter))
                break
    if not candidates:
        raise _no_header(rows_seen, specs, extra)
    return max(candidates, key=lambda header: header.match.score)


@dataclass(frozen=True)
class FirstTable:
    """The one table that is read of a text export with several.

    Attributes:
        text: the export as far as that table goes.
        stated: the first and the last day that the comments above it state; None where they state none.
    """

    text: TextFile
    stated: tuple[dt.date, dt.date] | None = None


def first_table(text: TextFile, header: Header, scratch: Path) -> FirstTable:
    """Cut a text export of several tables after the one whose header was found; others stay whole.

    Raises:
        QuarantineError: when the same header comes again below: nothing says which of the two tables is meant.
    """
    if not header.match.spec.several_tables:
        return FirstTable(text)
    raw = text.path.read_bytes()
    above, below = raw[text.start : header.offset], raw[header.offset :]
    comment = _COMMENT_LINE.search(below)
    days = [day for found in _STATED_DAY.finditer(above) if (day := _calendar_day(found[1].decode()))]
    stated = (days[-2], days[-1]) if len(days) > 1 and days[-2] <= days[-1] else None
    if comment is None:
        return FirstTable(text, stated)
    header_line = above.rstrip(b"\r\n").rsplit(b"\n", 1)[-1].strip()
    if header_line in (line.strip() for line in below[comment.start() :].split(b"\n")):
        raise QuarantineError("several_tables")
    cut = scratch / "table.csv"
    cut.write_bytes(raw[: header.offset + comment.start()])
    return FirstTable(TextFile(cut, text.start, text.encoding, cut=False), stated)


def _calendar_day(digits: str) -> dt.date | None:
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def find_sheet_header(rows: Sequence[Sequence[str]], specs: Sequence[SourceSpec], extra: ExtraAliases) -> Header:
    """Find the header row of a sheet; rows are its first ones as text.

    Raises:
        QuarantineError: as `find_header`.
    """
    seen: list[tuple[str, ...]] = []
    for number, cells in enumerate(rows[:HEAD_RECORDS], start=1):
        if sum(bool(cell) for cell in cells) < 2 or cells[0].lstrip().startswith("#"):
            continue
        seen.append(tuple(cells))
        matches = best_matches(cells, specs, extra)
        if matches:
            return _one(matches, cells, number, 0, "")
    raise _no_header(seen, specs, extra)


def _one(matches: list[HeaderMatch], cells: Sequence[str], row: int, offset: int, delimiter: str) -> Header:
    if len(matches) > 1:
        raise QuarantineError("ambiguous_header", specs=", ".join(sorted(match.spec.id for match in matches)))
    match = matches[0]
    if match.twice:
        raise QuarantineError("column_twice", columns=", ".join(match.twice))
    return Header(match, tuple(cells), row, offset, delimiter)


def _no_header(rows: Sequence[tuple[str, ...]], specs: Sequence[SourceSpec], extra: ExtraAliases) -> QuarantineError:
    """Name the spec that comes nearest. The headers of a data row are values, so only an unlike few are repeated."""
    if not rows:
        return QuarantineError("no_table", nearest="not to be told")
    tried = [(nearest(row, specs, extra), row) for row in rows]
    match, _ = max(tried, key=lambda pair: (pair[0].nearness, pair[0].score))
    if not match.columns:
        return QuarantineError("no_table", nearest=match.spec.id)
    unknown = [header for header in match.unknown if fold_header(header)][:8]
    return QuarantineError(
        "wrong_header",
        nearest=match.spec.id,
        missing=", ".join(match.missing),
        unknown=", ".join(unknown) or "none",
    )


def _head(text: TextFile) -> tuple[str, int, str]:
    """Return the first characters, the bytes before them that are skipped, and a delimiter stated by `sep=`."""
    with text.path.open("rb") as file:
        file.seek(text.start)
        raw = file.read(_HEAD_CHARS)
    head = raw.decode("utf-8", errors="ignore")
    first, *_ = head.splitlines(keepends=True) or [""]
    stated = _SEP_LINE.match(first)
    if stated:
        return head[len(first) :], len(first.encode()), stated[1]
    return head, 0, ""


def _records(head: str, delimiter: str) -> list[tuple[list[str], int]]:
    """Return the first records and, for each, the character after it."""
    lines = list(io.StringIO(head, newline=""))
    ends = [0]
    for line in lines:
        ends.append(ends[-1] + len(line))
    reader = csv.reader(iter(lines), delimiter=delimiter)
    records: list[tuple[list[str], int]] = []
    try:
        for cells in reader:
            records.append((cells, ends[reader.line_num]))
            if len(records) == HEAD_RECORDS:
                break
    except csv.Error:
        # a field longer than the csv module allows: the records before it are all there is to look at
        return records
    return records


def _utf16_of(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # without a mark, every other byte of Latin text is zero
    if len(head) >= 8 and head[1::2].count(0) > 0.4 * len(head[1::2]):
        return "utf-16-le"
    if len(head) >= 8 and head[0::2].count(0) > 0.4 * len(head[0::2]):
        return "utf-16-be"
    return ""


def _as_is(path: Path, scratch: Path, start: int, encoding: str) -> TextFile:
    """UTF-8 is read where it lies, unless it ends within a character: then a copy without that remnant is.

    Raises:
        QuarantineError: when the file is not UTF-8 at all.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
    except UnicodeDecodeError as error:
        raise QuarantineError("encoding") from error
    remnant = len(decoder.getstate()[0])
    if not remnant:
        return TextFile(path, start, encoding, cut=False)
    copy = scratch / "text.csv"
    shutil.copyfile(path, copy)
    os.truncate(copy, copy.stat().st_size - remnant)
    return TextFile(copy, start, encoding, cut=True)


def _transcode(path: Path, target: Path, encoding: str) -> TextFile:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as source, target.open("wb") as sink:
            while block := source.read(_BLOCK):
                sink.write(decoder.decode(block).encode())
    except UnicodeDecodeError as error:
        raise QuarantineError("encoding") from error
    state = decoder.getstate()
    pending = state[0] if isinstance(state[0], bytes) else b""
    return TextFile(target, 0, encoding, bool(pending))


def _plausible_chinese(path: Path) -> bool:
    """Tell GB18030 from Western text that happens to decode: that yields rare characters, real text common ones.

    Common characters have a lead byte up to D7; accented Latin letters, read as lead bytes, are E0 and above.
    """
    with path.open("rb") as file:
        sample = file.read(_HEAD_CHARS).decode("utf-8", errors="ignore")
    codes = [code for char in sample if char > "\x7f" and len(code := char.encode("gb18030", errors="ignore")) == 2]
    return bool(codes) and sum(code[0] <= 0xD7 for code in codes) >= 0.6 * len(codes)
