"""The record of one source file: what became of it. Small JSON files that outlive every rebuild.

Belongs here: `FileRecord`, its file, and the listing of all records in one order.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipelines.landing.store import Layout, write_json

LANDED, QUARANTINED, DUPLICATE = "landed", "quarantined", "duplicate"
_SAFE = "-_."


@dataclass(frozen=True)
class FileRecord:
    """What became of one file or sheet.

    Attributes:
        sha256: the hash of the original bytes.
        label: where the file was, relative to the company folder.
        sheet: the sheet of a workbook; empty for text.
        reading: fingerprint of everything besides the bytes that decides how the file is read.
        status: landed, quarantined, or duplicate (another file has the same content).
        reason_code, reason, mend: why it is in quarantine.
        spec_id, content_id, subject_id: what it was read as.
        rows: rows landed.
        broken_rows: rows set aside.
        cut_off: the text ends in the middle of a row, so nobody knows how many rows it lacks.
        removed_totals, repeated_headers: rows that were no records.
        months: local months touched, `YYYY-MM`.
        first_day, last_day: the days its records cover, as exported.
        exported_at, period_from, period_to: what folder and name state, ISO; the period is half-open.
        encoding, delimiter: how the bytes were read.
        unknown_columns: headers that the spec does not know, for those who look for a missing alias.
        state: the file's state when it was read; it only saves reading it again.
        refused: an expectation on what landed does not hold, so nothing is built from it until that is mended.
    """

    sha256: str
    label: str
    sheet: str = ""
    reading: str = ""
    status: str = LANDED
    reason_code: str = ""
    reason: str = ""
    mend: str = ""
    spec_id: str = ""
    content_id: str = ""
    subject_id: str = ""
    rows: int = 0
    broken_rows: int = 0
    cut_off: bool = False
    removed_totals: int = 0
    repeated_headers: int = 0
    months: list[str] = field(default_factory=list)
    first_day: str | None = None
    last_day: str | None = None
    exported_at: str | None = None
    period_from: str | None = None
    period_to: str | None = None
    encoding: str = ""
    delimiter: str = ""
    unknown_columns: list[str] = field(default_factory=list)
    state: str = ""
    refused: bool = False

    @property
    def file_name(self) -> str:
        """The file's own name."""
        return Path(self.label).name

    @property
    def place(self) -> str:
        """A short name of the path and sheet: the same bytes may lie in several places."""
        return hashlib.sha256(f"{self.label}\0{self.sheet}".encode()).hexdigest()[:12]

    def path(self, layout: Layout) -> Path:
        """Return where the record is kept."""
        return layout.files / f"{self.sha256}-{self.place}.json"

    def quarantine_path(self, layout: Layout) -> Path:
        """Return where the reason is kept for people to read."""
        safe = "".join(char if char.isalnum() or char in _SAFE else "_" for char in self.file_name)[:80]
        sheet = f"_{self.place[:4]}" if self.sheet else ""
        return layout.quarantine / f"{self.sha256[:16]}_{safe}{sheet}.json"

    def save(self, layout: Layout) -> None:
        """Write the record; a quarantined one also for people, under quarantine/."""
        if self.status == QUARANTINED:
            write_json(
                self.quarantine_path(layout),
                {"file": self.label, "sheet": self.sheet, "reason": self.reason, "mend": self.mend},
            )
        else:
            self.quarantine_path(layout).unlink(missing_ok=True)
        write_json(self.path(layout), asdict(self))

    def remove(self, layout: Layout) -> None:
        """Forget the record; the archive keeps the bytes."""
        self.quarantine_path(layout).unlink(missing_ok=True)
        self.path(layout).unlink(missing_ok=True)


def read_records(layout: Layout) -> Iterator[FileRecord]:
    """Give every record, ordered by path, sheet and bytes, so that arrival decides nothing."""
    records = [_parse(path) for path in layout.files.glob("*.json")] if layout.files.exists() else []
    yield from sorted(records, key=lambda record: (record.label, record.sheet, record.sha256))


def _parse(path: Path) -> FileRecord:
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return FileRecord(**values)
