"""The changes that a how-to page tells, made in a copy of the project: the page is what is tested.

A change is a line that names a file and a place, and the block of text below it:

    `path`, new:                    the block is the whole file
    `path`, at the end:             the block is added to it
    `path`, below `some line`:      the block comes after that line, which the file has once
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_CHANGE = re.compile(
    r"^`(?P<path>[^`\n]+)`, (?P<where>new|at the end|below `(?P<line>[^`\n]+)`):\n\n```\w*\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Change:
    """One change: a new file, text at the end of a file, or text below a line."""

    path: str
    where: str
    line: str
    text: str


def changes(page: str) -> list[Change]:
    """The changes of a page, in order.

    Raises:
        ValueError: a block that no line places, so that it would be read and never tried.
    """
    found = [Change(one["path"], one["where"], one["line"] or "", one["text"]) for one in _CHANGE.finditer(page)]
    blocks = len(re.findall(r"^```\w+$", page, re.MULTILINE))
    if blocks != len(found):
        raise ValueError(f"{blocks} blocks, but {len(found)} that say where they belong")
    return found


def make(change: Change, root: Path) -> None:
    """Make one change below a folder.

    Raises:
        ValueError: the file is there already, or does not have the line exactly once.
    """
    path = root / change.path
    if change.where == "new":
        if path.exists():
            raise ValueError(f"{change.path} is there already")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(change.text, encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    if change.where == "at the end":
        text = text.rstrip("\n") + "\n" + change.text
    else:
        lines = text.split("\n")
        if lines.count(change.line) != 1:
            raise ValueError(f"{change.path} has the line {change.line!r} {lines.count(change.line)} times, not once")
        lines.insert(lines.index(change.line) + 1, change.text.rstrip("\n"))
        text = "\n".join(lines)
    path.write_text(text, encoding="utf-8")
