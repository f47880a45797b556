"""What is built, sealed and due: the warehouse's part of `scorecards status`.

Belongs here: comparing what months were built from with what has landed since. Read-only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa

from pipelines.periods import Month
from pipelines.warehouse.layout import Layout, code_version
from pipelines.warehouse.scratch import built_fingerprints, data_fingerprints


def build_status(layout: Layout, files: pa.Table, company_tables: Mapping[str, pa.Table]) -> Iterator[str]:
    """Yield one line per fact: months built, months stale, periods drafted and sealed, restatements due.

    Args:
        layout: the company folder.
        files: the landing file catalogue as it stands now.
        company_tables: the company tables as they stand now.
    """
    built = built_fingerprints(layout)
    if not built:
        yield "warehouse: not built yet; next: scorecards run PERIOD"
    else:
        yield f"warehouse: {len(built)} months built, {min(built)} to {max(built)}"
        present = data_fingerprints(built, files, company_tables)
        for month, fingerprint in sorted(built.items()):
            if fingerprint.partition("-")[0] != present[month]:
                sealed = _sealed_revision(layout, month)
                yield (
                    f"{month}: restatement due, its inputs changed after r{sealed} was sealed"
                    if sealed
                    else f"{month}: stale, its inputs changed; the next run refreshes it"
                )
        if any(fingerprint.partition("-")[2] != code_version() for fingerprint in built.values()):
            yield "warehouse: built by another version of the code; the next run builds every month anew"
    yield from _periods(layout)


def _sealed_revision(layout: Layout, period: Month) -> int:
    folder = layout.seals / str(period)
    return max((int(path.name[1:]) for path in folder.glob("r[0-9]*")), default=0) if folder.is_dir() else 0


def _periods(layout: Layout) -> Iterator[str]:
    """A line per period that has cards."""
    if not layout.scorecards.is_dir():
        return
    for folder in sorted(path for path in layout.scorecards.iterdir() if path.is_dir() and path.name[0] != "."):
        states = [_state(child) for child in sorted(folder.iterdir()) if (child / "manifest.json").is_file()]
        if states:
            yield f"{folder.name}: {', '.join(states)}"


def _state(folder: Path) -> str:
    files = json.loads((folder / "manifest.json").read_text(encoding="utf-8")).get("files", {})
    return f"{folder.name} ({len(files)} files)"
