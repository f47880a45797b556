"""All exports of a company folder: which are new, and what has become of them.

Belongs here: the walk over exports/, skipping what has been read, and the report. How one file is read is
`file_reader`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipelines.company.model import Company
from pipelines.landing.content import write_empty
from pipelines.landing.file_reader import FileReader
from pipelines.landing.records import DUPLICATE, LANDED, QUARANTINED, FileRecord, read_records
from pipelines.landing.store import Layout
from pipelines.sources.registry import ALL_SPECS
from pipelines.warehouse.connection import open_writer

_IGNORED_PREFIXES = (".", "~$")
_IGNORED_NAMES = {"thumbs.db", "desktop.ini"}

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class SpecCounts:
    """What one source has after an ingest."""

    files: int = 0
    rows: int = 0
    quarantined: int = 0
    broken_rows: int = 0


@dataclass(frozen=True)
class IngestReport:
    """What an ingest did.

    Attributes:
        landed: files read anew and landed.
        unchanged: files that had been read before.
        duplicates: files read anew whose content another file has.
        quarantined: files in quarantine now.
        broken_rows: rows set aside in the files read anew.
        records: every record after the ingest, in path order.
    """

    landed: int
    unchanged: int
    duplicates: int
    quarantined: int
    broken_rows: int
    records: tuple[FileRecord, ...] = field(repr=False)

    def counts(self, spec_id: str) -> SpecCounts:
        """Return what the source has landed so far, each content once; quarantine counts where the source was told."""
        ours = [record for record in self.records if record.spec_id == spec_id]
        landed = {record.content_id: record for record in ours if record.status != QUARANTINED}
        return SpecCounts(
            files=len(landed),
            rows=sum(record.rows for record in landed.values()),
            quarantined=sum(record.status == QUARANTINED for record in ours),
            broken_rows=sum(record.broken_rows for record in landed.values()),
        )


def ingest(company: Company, *, progress: Progress | None = None) -> IngestReport:
    """Land every export of the company folder that has not been landed as it would be now.

    Idempotent: the same bytes in the same place are read once. Files in quarantine are tried again each time, since
    their mend may be in people/accounts.csv or company.yaml.

    Args:
        company: the company; its exports are below `company.home / "exports"`.
        progress: called with the number of files done and of all files.
    """
    layout = Layout(company.home)
    layout.prepare()
    for spec in ALL_SPECS:
        write_empty(layout, spec)
    known: dict[str, list[FileRecord]] = {}
    for record in read_records(layout):
        known.setdefault(record.label, []).append(record)
    reader = FileReader(company, layout, (record for records in known.values() for record in records))
    paths = list(_export_files(layout))
    current: set[tuple[str, str]] = set()
    fresh: list[FileRecord] = []
    with open_writer(layout.scratch / "compute.duckdb") as connection:
        for done, path in enumerate(paths, start=1):
            label = path.relative_to(company.home).as_posix()
            sha256 = reader.settled(path, known.get(label, []))
            if not sha256:
                read = reader.read(connection, path, label)
                sha256 = read[0].sha256
                kept = {record.path(layout) for record in read}
                for old in known.get(label, []):
                    if old.sha256 == sha256 and old.path(layout) not in kept:
                        old.remove(layout)
                fresh += read
            current.add((label, sha256))
            if progress:
                progress(done, len(paths))
        for record in (record for records in known.values() for record in records):
            # delivered long ago and no longer lying there: what it says is judged from the archive
            is_kept = record.path(layout).exists() and layout.archived(record.sha256).exists()
            if reader.lacks_labels(record) and is_kept:
                reader.read(connection, layout.archived(record.sha256), record.label)
    layout.clear_scratch()
    _forget_mended(layout, current)
    records = tuple(read_records(layout))
    new = Counter(record.status for record in fresh)
    return IngestReport(
        landed=new[LANDED],
        unchanged=len(current) - len({(record.label, record.sha256) for record in fresh}),
        duplicates=new[DUPLICATE],
        quarantined=sum(record.status == QUARANTINED for record in records),
        broken_rows=sum(record.broken_rows for record in fresh if record.status == LANDED),
        records=records,
    )


def _export_files(layout: Layout) -> Iterator[Path]:
    """Give the files below exports/ in path order; what the system or a spreadsheet leaves lying about is no export."""
    if not layout.exports.exists():
        return
    for path in sorted(layout.exports.rglob("*")):
        inside = path.relative_to(layout.exports).parts
        if any(part.startswith(_IGNORED_PREFIXES) for part in inside) or path.name.casefold() in _IGNORED_NAMES:
            continue
        if path.is_file():
            yield path


def _forget_mended(layout: Layout, current: set[tuple[str, str]]) -> None:
    """Drop what was set aside or refused of files that are no longer there in that state: replaced, moved or removed.

    Nothing was ever published from them, and the archive keeps their bytes.
    """
    for record in read_records(layout):
        if (record.status == QUARANTINED or record.refused) and (record.label, record.sha256) not in current:
            record.remove(layout)


def refuse(home: Path, contents: Collection[str]) -> None:
    """Mark the files of these contents as refused by the expectations, and no others.

    Args:
        home: the company folder.
        contents: how their content ids begin.
    """
    layout = Layout(home)
    for record in read_records(layout):
        refused = record.status != QUARANTINED and record.content_id.startswith(tuple(contents))
        if refused != record.refused:
            replace(record, refused=refused).save(layout)
