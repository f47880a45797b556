"""docs/planted-defects.md: each planted defect, how it is found and what becomes of pay; the look-alikes after them.

Belongs here: rendering the cases as a page for users. Does not belong here: any case.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .cases import Defect, Said
from .gate import MISFILED, REFUSED
from .outcome import DEFECTS, LOOK_ALIKES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "planted-defects.md"
SOURCES = {
    "x": "X account",
    "x since June": "X account",
    "shop": "shop",
    "desk": "help desk",
    "log": "ticket log",
    "crm": "CRM",
    "hubspot": "CRM and shop",
    "wecom": "WeCom",
    "survey": "surveys",
    "oa": "official account",
    "x with lists": "X account with follower lists",
    "group": "group sheet",
    "event": "event register",
    "campaign": "ads and leads",
}
_HEAD = """\
# Planted defects and clean look-alikes

Written by `python tests/planted`; the cases stand in `tests/planted`. Its tests hold that each defect is found, named
and kept out of pay, in one run of one company with a person and a source of their own for each, and that no look-alike
is flagged. What each guard looks at: [data-quality.md](data-quality.md).
"""
_GATE = """\

## Stopped at the gate

A row of the company folder that cannot be ends a run before it begins (exit 2), with file, row, column, value and mend.
A value that no export can have refuses its file, and nothing is published (exit 3): the last publication stands.

| defect | in | named as |
|---|---|---|
"""
_WITHHELD = """\

## Set aside or withheld

Everything else is paid. A file or row that is set aside is named in `scorecards status` with its reason and mend.

| defect | in | found as | pay |
|---|---|---|---|
"""
_CLEAN = """\

## Clean look-alikes

Nothing is withheld, and the value is that of the exports. A note may say what was done, such as that a record of two
files was counted once.

| look-alike | in | notes |
|---|---|---|
"""


def render() -> str:
    """The page."""
    refused = [f"| {case.what} | {SOURCES[case.kind]} | rows of the file {case.says} |" for case in REFUSED]
    misfiled = [
        f"| {case.what} | `{case.file}` | row {case.row}, column `{case.column}`: {case.en} |" for case in MISFILED
    ]
    found = [
        f"| {case.what} | {SOURCES[case.kind]} | {'; '.join(_found(said) for said in case.said)} | {_pay(case)} |"
        for case in DEFECTS
    ]
    clean = [f"| {case.what} | {SOURCES[case.kind]} | {_codes(case.notes) or 'none'} |" for case in LOOK_ALIKES]
    return _HEAD + _GATE + _lines(refused + misfiled) + _WITHHELD + _lines(found) + _CLEAN + _lines(clean)


def _lines(rows: Iterable[str]) -> str:
    return "".join(f"{row}\n" for row in rows)


def _found(said: Said) -> str:
    if said.where == "quarantine":
        return f"file set aside: `{said.code}`"
    if said.where == "rows":
        return f"rows set aside{f', column {said.code}' if said.code else ''}"
    return f"`{said.code}`: `{said.reason}`"


def _pay(case: Defect) -> str:
    parts = []
    if case.withheld:
        parts.append(f"held for {_codes(case.withheld)}")
    if case.provisional:
        parts.append(f"provisional for {_codes(case.provisional)}")
    if case.sound:
        parts.append(f"paid for {_codes(case.sound)}")
    return ", ".join(parts)


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
