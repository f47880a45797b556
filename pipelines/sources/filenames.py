"""What a file's name and folder say: the account's handle, the period covered, the export date.

Belongs here: the reading of names. Which account a handle is, is `landing.subject`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePosixPath

from pipelines.sources.spec import SourceSpec

_COPY = re.compile(r"\s*\(\d+\)$")
_SUFFIXES = {".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsm"}
_ISO_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True)
class NameFacts:
    """What was read out of a name; None or empty where it says nothing. The period is half-open."""

    handle: str = ""
    period_from: date | None = None
    period_to: date | None = None
    exported_on: date | None = None
    record: str = ""


@dataclass(frozen=True)
class FolderFacts:
    """What a file's place under exports/ says.

    Attributes:
        platform: the first folder.
        account_folders: the folders below it that may name an account.
        exported_on: the date of a dated folder.
    """

    platform: str
    account_folders: tuple[str, ...]
    exported_on: date | None


def stem_of(file_name: str) -> str:
    """Return the name without its endings and copy number: `a.csv.csv` and `a (1).csv` are `a`."""
    stem = file_name
    while (suffix := PurePosixPath(stem).suffix).casefold() in _SUFFIXES:
        stem = stem[: -len(suffix)]
    return _COPY.sub("", stem)


def read_name(file_name: str, spec: SourceSpec) -> NameFacts:
    """Read a file name by the spec's patterns; dates that do not exist count as not stated."""
    stem = stem_of(file_name)
    for file_pattern in spec.filename_patterns:
        found = file_pattern.pattern.search(stem)
        if not found:
            continue
        groups = found.groupdict()
        start, end = _day(groups.get("from")), _day(groups.get("to"))
        if end is not None and file_pattern.to_inclusive:
            end += timedelta(days=1)
        if start is not None and end is not None and end <= start:
            start = end = None
        exported, record = _day(groups.get("exported")), groups.get("record") or ""
        return NameFacts(groups.get("handle") or "", start, end, exported, record)
    return NameFacts()


def read_folder(label: str) -> FolderFacts:
    """Read a path relative to the company folder, `exports/<platform>/[account/][YYYY-MM-DD/]file`.

    A folder whose name begins with an underscore says nothing.
    """
    parts = PurePosixPath(label).parts[1:-1]
    exported: date | None = None
    accounts: list[str] = []
    for part in parts[1:]:
        if _ISO_DAY.match(part) and (day := _day(part)) is not None:
            exported = day
        elif not part.startswith("_"):
            accounts.append(part)
    return FolderFacts(parts[0] if parts else "", tuple(accounts), exported)


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
