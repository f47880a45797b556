"""One file read: archive, sniff, match, resolve the account, read, pseudonymise, write, profile, record.

Belongs here: the order of these steps, and what happens when one of them sets a file aside. A file's record is written
last; a run that is killed before it leaves whole files only and does the file again. Which files there are is
`ingestion`.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import hashlib
import io
import json
import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from pipelines.company.keys import Pseudonymiser
from pipelines.company.model import Company
from pipelines.landing.content import CHUNK_ROWS, Draft, Envelope
from pipelines.landing.features import Features
from pipelines.landing.labels import Labeller
from pipelines.landing.normalise import select_sql, tell_setting
from pipelines.landing.profile import touched, write_profile
from pipelines.landing.reasons import QuarantineError, row_reason
from pipelines.landing.records import DUPLICATE, LANDED, QUARANTINED, FileRecord
from pipelines.landing.sniff import (
    HEAD_RECORDS,
    Header,
    as_utf8,
    file_kind,
    find_header,
    find_sheet_header,
    first_table,
)
from pipelines.landing.store import Layout, archive_file, hash_file, write_bytes
from pipelines.landing.subject import resolve_subject
from pipelines.landing.table import KEPT_BROKEN, ROW_NO, BrokenRow, RawTable, cell_text, read_sheet, read_text
from pipelines.sources.filenames import read_folder, read_name
from pipelines.sources.match import ExtraAliases
from pipelines.sources.registry import ALL_SPECS
from pipelines.sources.spec import SourceSpec

if TYPE_CHECKING:
    import duckdb

# Changes with every change of this room that lands other values for the same bytes: then all files are read again.
READING_VERSION = 4
_LINK_HANDLE = r"(?:x|twitter)\.com/([A-Za-z0-9_]{1,20})/status"


class FileReader:
    """Reads one file after the other for one company."""

    def __init__(self, company: Company, layout: Layout, records: Iterable[FileRecord]):
        self._company = company
        self._layout = layout
        self._contents = {record.content_id: record for record in records if record.status == LANDED}
        self._pseudonymiser = Pseudonymiser.from_home(company.home)
        self._labeller = Labeller(layout)
        self._aliases: ExtraAliases = {spec: override.aliases for spec, override in company.sources.items()}
        self._reading = _reading_fingerprint(company)

    def settled(self, path: Path, records: Iterable[FileRecord]) -> str:
        """Return the hash of a file's bytes when they have been landed as they would be now, else an empty text.

        The state of a file only spares the hashing of one that has not been touched; see `file_state`.

        Args:
            path: the file.
            records: what is known of that path, for any bytes that lay there.
        """
        stat = path.stat()
        by_bytes: dict[str, list[FileRecord]] = {}
        for record in records:
            by_bytes.setdefault(record.sha256, []).append(record)
        untouched = {
            sha256 for sha256, known in by_bytes.items() if all(record.state == file_state(stat) for record in known)
        }
        now = untouched.pop() if len(untouched) == 1 else hash_file(path) if by_bytes else ""
        return now if now in by_bytes and all(self._as_now(record) for record in by_bytes[now]) else ""

    def _as_now(self, record: FileRecord) -> bool:
        return record.status != QUARANTINED and record.reading == self._reading and self._whole(record)

    def _whole(self, record: FileRecord) -> bool:
        content = self._layout.content(record.spec_id, record.content_id)
        return (
            content.exists()
            and self._layout.content_profile(record.spec_id, record.content_id).exists()
            and self._layout.archived(record.sha256).exists()
            and not self.lacks_labels(record)
        )

    def lacks_labels(self, record: FileRecord) -> bool:
        """Whether a landed file has texts that the tools of now have not judged."""
        return record.status == LANDED and not self._labeller.are_there(record.spec_id, record.content_id)

    def read(self, connection: duckdb.DuckDBPyConnection, path: Path, label: str) -> list[FileRecord]:
        """Archive a file and land what is in it; returns a record a sheet, or one for a text."""
        stat = path.stat()
        sha256 = archive_file(self._layout, path)
        base = FileRecord(sha256, label, reading=self._reading, state=file_state(stat))
        archived = self._layout.archived(sha256)
        try:
            kind = file_kind(archived)
            records = self._sheets(connection, archived, base) if kind == "workbook" else None
        except QuarantineError as error:
            records = [_set_aside(base, error)]
        if records is None:
            records = [self._guarded(base, partial(self._text, connection, archived, base))]
        for record in records:
            record.save(self._layout)
        return records

    def _guarded(self, base: FileRecord, work: Callable[[], FileRecord]) -> FileRecord:
        try:
            return work()
        except QuarantineError as error:
            return _set_aside(base, error)

    def _text(self, connection: duckdb.DuckDBPyConnection, archived: Path, base: FileRecord) -> FileRecord:
        text = as_utf8(archived, self._layout.scratch)
        header = find_header(text, ALL_SPECS, self._aliases)
        table = first_table(text, header, self._layout.scratch)
        raw = read_text(table.text, header, self._layout.scratch / "raw.parquet")
        told = dataclasses.replace(base, encoding=text.encoding, delimiter=header.delimiter)
        if table.stated:
            first, last = table.stated
            told = dataclasses.replace(
                told, period_from=first.isoformat(), period_to=(last + dt.timedelta(days=1)).isoformat()
            )
        return self._land(connection, header, raw, told)

    def _sheets(self, connection: duckdb.DuckDBPyConnection, archived: Path, base: FileRecord) -> list[FileRecord]:
        from python_calamine import CalamineError, SheetTypeEnum, load_workbook

        try:
            book = load_workbook(str(archived))
            # a chart sheet has no rows, and asking for them fails
            names = [meta.name for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
            sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names]
        except CalamineError as error:
            raise QuarantineError("unreadable_workbook", detail=type(error).__name__) from error
        filled = [(name, rows) for name, rows in sheets if rows]
        if not filled:
            raise QuarantineError("empty")
        several = len(filled) > 1
        records: list[FileRecord] = []
        for name, rows in filled:
            sheet = dataclasses.replace(base, sheet=name if several else "", encoding="workbook")
            records.append(self._guarded(sheet, partial(self._sheet, connection, rows, sheet)))
        return records

    def _sheet(
        self, connection: duckdb.DuckDBPyConnection, rows: Sequence[Sequence[Any]], base: FileRecord
    ) -> FileRecord:
        head = [[cell_text(cell) for cell in row] for row in rows[:HEAD_RECORDS]]
        header = find_sheet_header(head, ALL_SPECS, self._aliases)
        raw = read_sheet(rows, header, self._layout.scratch / "raw.parquet")
        return self._land(connection, header, raw, base)

    def _land(
        self, connection: duckdb.DuckDBPyConnection, header: Header, raw: RawTable, base: FileRecord
    ) -> FileRecord:
        spec = header.match.spec
        connection.execute(f"create or replace temp view raw as select * from read_parquet('{raw.path}')")
        base = dataclasses.replace(
            base,
            spec_id=spec.id,
            unknown_columns=sorted(header.match.unknown),
            removed_totals=raw.n_totals,
            repeated_headers=raw.n_repeated_headers,
        )
        try:
            return self._landed(connection, header, raw, base)
        except QuarantineError as error:
            return _set_aside(base, error)

    def _landed(
        self, connection: duckdb.DuckDBPyConnection, header: Header, raw: RawTable, base: FileRecord
    ) -> FileRecord:
        spec = header.match.spec
        envelope = self._envelope(connection, header, base)
        override = self._company.sources.get(spec.id)
        setting = tell_setting(connection, header, override.dayfirst if override else None, spec.dayfirst)
        draft = Draft(spec, envelope, self._layout.scratch)
        features = Features(spec, self._pseudonymiser, self._company.accounts)
        labels = self._labeller.draft(spec)
        problems: list[tuple[int, str]] = []
        n_broken = raw.n_broken
        named = read_name(base.file_name, spec).record
        reader = connection.execute(select_sql(header, setting, named)).to_arrow_reader(CHUNK_ROWS)
        for batch in reader:
            problem = batch.column("_problem")
            bad = batch.filter(pc.is_valid(problem))
            n_broken += bad.num_rows
            kept = bad.slice(0, max(0, KEPT_BROKEN - len(problems)))
            problems += zip(kept.column(ROW_NO).to_pylist(), kept.column("_problem").to_pylist(), strict=True)
            good = batch.filter(pc.is_null(problem))
            landed = features.landed(good)
            draft.add(good.column(ROW_NO), landed)
            labels.add(good, good.column(ROW_NO), landed)
        content_id = draft.finish()
        broken = sorted(
            [*raw.broken, *_broken_values(connection, header, problems)], key=lambda row: (row.row, row.column)
        )
        if not draft.rows:
            first = broken[0]
            raise QuarantineError(
                "all_rows_broken",
                rows=n_broken,
                row=first.row,
                column=first.column or "(whole row)",
                problem=first.reason.problem,
                mend=first.reason.mend,
            )
        content = self._layout.content(spec.id, content_id)
        profile = self._layout.content_profile(spec.id, content_id)
        draft.publish(content, content_id)
        write_profile(connection, spec, content, profile)
        labels.publish(content_id)
        if broken:
            write_bytes(self._layout.broken_rows(content_id), _broken_csv(broken))
        days = touched(connection, spec, content, profile, self._company.timezone)
        record = dataclasses.replace(
            base,
            status=LANDED,
            content_id=content_id,
            subject_id=envelope.subject_id,
            rows=draft.rows,
            broken_rows=n_broken,
            cut_off=any(row.reason.code == "cut_off" for row in raw.broken),
            months=list(days.months),
            first_day=_iso(days.first_day),
            last_day=_iso(days.last_day),
            exported_at=_iso(envelope.exported_at),
            period_from=_iso(envelope.period_from),
            period_to=_iso(envelope.period_to),
        )
        holder = self._contents.setdefault(content_id, record)
        return (
            record
            if holder.path(self._layout) == record.path(self._layout)
            else dataclasses.replace(record, status=DUPLICATE)
        )

    def _envelope(self, connection: duckdb.DuckDBPyConnection, header: Header, base: FileRecord) -> Envelope:
        spec = header.match.spec
        folder = read_folder(base.label)
        name = read_name(base.file_name, spec)
        subject = resolve_subject(spec, self._company.accounts, folder, name, _link_handles(connection, header))
        exported = folder.exported_on or name.exported_on
        return Envelope(
            spec_id=spec.id,
            subject_id=subject,
            exported_at=dt.datetime.combine(exported, dt.time()) if exported else None,
            # what the content says of its range goes before the name
            period_from=dt.date.fromisoformat(base.period_from) if base.period_from else name.period_from,
            period_to=dt.date.fromisoformat(base.period_to) if base.period_to else name.period_to,
            timezone=self._timezone(spec, subject),
        )

    def _timezone(self, spec: SourceSpec, subject: str) -> str:
        """What a time without offset means: as company.yaml says, else the vendor's, the account's, the company's."""
        override = self._company.sources.get(spec.id)
        if override and override.timezone:
            return override.timezone
        if spec.timezone == "UTC":
            return "UTC"
        account = self._company.accounts_by_id.get(subject)
        return (account.timezone if account else "") or self._company.timezone


def _set_aside(base: FileRecord, error: QuarantineError) -> FileRecord:
    return dataclasses.replace(
        base,
        status=QUARANTINED,
        reason_code=error.reason.code,
        reason=error.reason.problem,
        mend=error.reason.mend,
    )


def _link_handles(connection: duckdb.DuckDBPyConnection, header: Header) -> list[str]:
    spec = header.match.spec
    positions = [m.position for m in header.match.columns if spec.link_column and m.column.name == spec.link_column]
    if not positions:
        return []
    rows = connection.execute(
        f"select distinct regexp_extract(f{positions[0]}, '{_LINK_HANDLE}', 1) as handle from raw order by handle"
    ).fetchall()
    return [handle for (handle,) in rows if handle]


def _broken_values(
    connection: duckdb.DuckDBPyConnection, header: Header, problems: Sequence[tuple[int, str]]
) -> list[BrokenRow]:
    """Look up what the rows with an unreadable value said; the first ten thousand are listed, all are counted."""
    if not problems:
        return []
    listed = dict(problems)
    columns = {matched.column.name: matched for matched in header.match.columns}
    rows = connection.execute(
        f"select * from raw where {ROW_NO} in (select unnest(?)) order by {ROW_NO}", [list(listed)]
    ).to_arrow_table()
    broken: list[BrokenRow] = []
    for row in rows.to_pylist():
        number = row.pop(ROW_NO)
        name, _, code = listed[number].rpartition(":")
        matched = columns.get(name)
        value = row[f"f{matched.position}"] if matched else ""
        shown = io.StringIO()
        csv.writer(shown, lineterminator="").writerow(row.values())
        broken.append(BrokenRow(number, matched.header if matched else name, value, row_reason(code), shown.getvalue()))
    return broken


def _broken_csv(broken: Sequence[BrokenRow]) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(["row", "column", "value", "reason", "mend", "raw"])
    for row in broken:
        writer.writerow([row.row, row.column, row.value, row.reason.problem, row.reason.mend, row.raw])
    return target.getvalue().encode()


def _reading_fingerprint(company: Company) -> str:
    """Hash what besides the bytes decides how a file is read: this room's version, overrides, accounts, time zone."""
    parts = {
        "version": READING_VERSION,
        "specs": [repr(spec) for spec in ALL_SPECS],
        "sources": {
            spec: [
                {name: list(headers) for name, headers in sorted(override.aliases.items())},
                override.timezone,
                override.dayfirst,
            ]
            for spec, override in sorted(company.sources.items())
        },
        "accounts": [
            [account.account_id, account.platform, account.handle, account.timezone] for account in company.accounts
        ],
        "timezone": company.timezone,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def file_state(stat: os.stat_result) -> str:
    """Tell a file's state: the time of the last change of its inode, which no program can set, is part of it."""
    return f"{stat.st_ino}-{stat.st_size}-{stat.st_mtime_ns}-{stat.st_ctime_ns}"


def _iso(value: dt.date | dt.datetime | None) -> str | None:
    return value.isoformat() if value else None
