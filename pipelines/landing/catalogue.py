"""What has landed, and what has not: the file catalogue of the warehouse, and the state for people.

Belongs here: reading the records. Both follow from landing/_files alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pyarrow as pa

from pipelines.landing.labels import labels_of
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
        ("is_cut", pa.bool_()),
        ("file_rank", pa.int32()),
        ("months", pa.list_(pa.string())),
        ("file_name", pa.string()),
        ("labels", pa.string()),
    ]
)


@dataclass(frozen=True)
class LandingStatus:
    """What is in landing and what is in quarantine, each in path order."""

    landed: tuple[FileRecord, ...]
    duplicates: tuple[FileRecord, ...]
    quarantined: tuple[FileRecord, ...]

    @property
    def refused(self) -> tuple[FileRecord, ...]:
        """Files that an expectation refuses; the run stops until they are replaced or removed."""
        return tuple(record for record in (*self.landed, *self.duplicates) if record.refused)

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
    source, the content. Neither a file's name nor when it arrived is among them, so a copy changes nothing.
    """
    by_content: dict[str, list[FileRecord]] = {}
    for record in read_records(Layout(home)):
        if record.status in (LANDED, DUPLICATE):
            by_content.setdefault(record.content_id, []).append(record)
    rows = sorted((_row(records) for records in by_content.values()), key=_rank)
    for rank, row in enumerate(rows, start=1):
        row["file_rank"] = rank
    return pa.Table.from_pylist(rows, schema=CATALOGUE_SCHEMA)


def export_inputs(home: Path, contents: Collection[str]) -> dict[str, str]:
    """Return the sha256 of every delivery of the contents by its path: what a rebuild takes from the archive.

    An export that was overwritten has several versions at one path: in the order of their hashes, the later ones are
    given a folder `_2`, `_3`… beside it, which says nothing of itself.
    """
    state = status(home)
    pairs = sorted(
        {
            (record.label, record.sha256)
            for record in (*state.landed, *state.duplicates)
            if record.content_id in contents
        }
    )
    inputs: dict[str, str] = {}
    seen: dict[str, int] = {}
    for label, sha256 in pairs:
        seen[label] = seen.get(label, 0) + 1
        path = PurePosixPath(label)
        inputs[label if seen[label] == 1 else str(path.parent / f"_{seen[label]}" / path.name)] = sha256
    return inputs


def _row(records: list[FileRecord]) -> dict[str, object]:
    # what a copy adds to a name makes it longer - "x (1).csv", "副本 x.csv" -, so a card keeps the name it had
    first = min(records, key=lambda record: (len(record.file_name), record.file_name, record.label))
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
        # the same rows without a cut are a whole export
        "is_cut": all(record.cut_off for record in records),
        "file_rank": 0,
        "months": first.months,
        "file_name": first.file_name,
        # whose labels of its texts count; empty for a source without texts to judge
        "labels": labels_of(first.spec_id),
    }


def _rank(row: dict[str, object]) -> tuple[str, ...]:
    """ISO texts sort as the dates do, and nothing sorts first."""
    last = row["last_day"]
    covers_to = row["period_to"] or (last + dt.timedelta(days=1) if isinstance(last, dt.date) else None)
    parts = (row["exported_at"], covers_to, row["period_from"] or row["first_day"], row["spec_id"], row["content_id"])
    return tuple("" if part is None else str(part) for part in parts)


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
