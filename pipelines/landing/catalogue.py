"""What has landed, and what has not: the file catalogue of the warehouse, and the state for people.

Belongs here: reading the records. Both follow from landing/_files alone.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipelines.landing.records import DUPLICATE, LANDED, QUARANTINED, FileRecord, read_records
from pipelines.landing.store import Layout
from pipelines.sources.registry import spec_of

CATALOGUE_SCHEMA = pa.schema(
    [
        ("content_id", pa.string()),
        ("spec_id", pa.string()),
        ("family", pa.string()),
        ("subject_id", pa.string()),
        ("exported_at", pa.timestamp("us")),
        ("period_from", pa.date32()),
        ("period_to", pa.date32()),
        ("first_day", pa.date32()),
        ("last_day", pa.date32()),
        ("n_rows", pa.int64()),
        ("n_broken", pa.int64()),
        ("file_rank", pa.int32()),
        ("months", pa.list_(pa.string())),
        ("file_name", pa.string()),
    ]
)


@dataclass(frozen=True)
class LandingStatus:
    """What is in landing and what is in quarantine, each in path order."""

    landed: tuple[FileRecord, ...]
    duplicates: tuple[FileRecord, ...]
    quarantined: tuple[FileRecord, ...]

    @property
    def with_broken_rows(self) -> tuple[FileRecord, ...]:
        """Landed files of which some rows were set aside."""
        return tuple(record for record in self.landed if record.broken_rows)


def status(home: Path) -> LandingStatus:
    """Return what became of every file that was ever read."""
    records = list(read_records(Layout(home)))
    return LandingStatus(
        tuple(record for record in records if record.status == LANDED),
        tuple(record for record in records if record.status == DUPLICATE),
        tuple(record for record in records if record.status == QUARANTINED),
    )


def file_catalogue(home: Path) -> pa.Table:
    """Return one row per landed content, ordered by `file_rank`.

    The rank is the order of versions: stated export time (none first), the end and start of the range covered, the
    file's name, the content. When a file arrived is not among them.
    """
    by_content: dict[str, list[FileRecord]] = {}
    for record in read_records(Layout(home)):
        if record.status in (LANDED, DUPLICATE):
            by_content.setdefault(record.content_id, []).append(record)
    rows = sorted((_row(records) for records in by_content.values()), key=_rank)
    for rank, row in enumerate(rows, start=1):
        row["file_rank"] = rank
    return pa.Table.from_pylist(rows, schema=CATALOGUE_SCHEMA)


def export_inputs(home: Path) -> list[tuple[str, str]]:
    """Return path and sha256 of every export that has landed: what a rebuild needs from the archive."""
    state = status(home)
    return sorted({(record.label, record.sha256) for record in (*state.landed, *state.duplicates)})


def _row(records: list[FileRecord]) -> dict[str, object]:
    first = min(records, key=lambda record: (record.file_name, record.label))
    return {
        "content_id": first.content_id,
        "spec_id": first.spec_id,
        "family": spec_of(first.spec_id).family,
        "subject_id": first.subject_id,
        "exported_at": dt.datetime.fromisoformat(first.exported_at) if first.exported_at else None,
        "period_from": _date(first.period_from),
        "period_to": _date(first.period_to),
        "first_day": _date(first.first_day),
        "last_day": _date(first.last_day),
        "n_rows": first.rows,
        "n_broken": max(record.broken_rows for record in records),
        "file_rank": 0,
        "months": first.months,
        "file_name": first.file_name,
    }


def _rank(row: dict[str, object]) -> tuple[str, ...]:
    """ISO texts sort as the dates do, and nothing sorts first."""
    last = row["last_day"]
    covers_to = row["period_to"] or (last + dt.timedelta(days=1) if isinstance(last, dt.date) else None)
    parts = (row["exported_at"], covers_to, row["period_from"] or row["first_day"], row["file_name"], row["content_id"])
    return tuple("" if part is None else str(part) for part in parts)


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
