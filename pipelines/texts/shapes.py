"""How rows of words become entries of a catalogue: one function for each shape in which the catalogues write them down.

Belongs here: the shapes, and which of the words of a row is Chinese and which English. Does not belong here: any word.
"""

from __future__ import annotations

from collections.abc import Mapping

#: key -> language -> text
Entries = dict[str, dict[str, str]]
#: ((about en, about zh), column -> (en, zh))
FileWords = tuple[tuple[str, str], dict[str, tuple[str, str]]]


def zh_en(prefix: str, rows: Mapping[str, tuple[str, str]]) -> Entries:
    """Return `<prefix><key>` for rows of (zh, en)."""
    return {f"{prefix}{key}": {"zh": zh, "en": en} for key, (zh, en) in rows.items()}


def en_zh(prefix: str, rows: Mapping[str, tuple[str, str]]) -> Entries:
    """Return `<prefix><key>` for rows of (en, zh)."""
    return {f"{prefix}{key}": {"zh": zh, "en": en} for key, (en, zh) in rows.items()}


def with_mends(prefix: str, rows: Mapping[str, tuple[str, str, str, str]]) -> Entries:
    """Return `<prefix><key>` and `<prefix><key>.mend` for rows of (problem zh, problem en, mend zh, mend en)."""
    return zh_en(prefix, {key: row[:2] for key, row in rows.items()}) | zh_en(
        prefix, {f"{key}.mend": row[2:] for key, row in rows.items()}
    )


def english_with_mends(prefix: str, rows: Mapping[str, tuple[str, str, str, str]]) -> Entries:
    """Return `<prefix><key>` and `<prefix><key>.mend` for rows of (problem en, mend en, problem zh, mend zh)."""
    return with_mends(prefix, {key: (row[2], row[0], row[3], row[1]) for key, row in rows.items()})


def findings(rows: Mapping[str, tuple[str, str, str, str]]) -> Entries:
    """Return `finding.<code>.problem` and `.mend` for rows of (problem en, mend en, problem zh, mend zh)."""
    return en_zh("finding.", {f"{code}.problem": (row[0], row[2]) for code, row in rows.items()}) | en_zh(
        "finding.", {f"{code}.mend": (row[1], row[3]) for code, row in rows.items()}
    )


def files(rows: Mapping[str, FileWords]) -> Entries:
    """Return `file.<name>` and `file.<name>.<column>` of the files that people keep."""
    entries = en_zh("file.", {name: about for name, (about, _) in rows.items()})
    for name, (_, columns) in rows.items():
        entries |= en_zh(f"file.{name}.", columns)
    return entries


def lists(rows: Mapping[str, tuple[str, str, str, str]]) -> Entries:
    """Return `reports.<name>.title` and `.about` for rows of (title zh, title en, about zh, about en)."""
    return zh_en("reports.", {f"{name}.title": row[:2] for name, row in rows.items()}) | zh_en(
        "reports.", {f"{name}.about": row[2:] for name, row in rows.items()}
    )
