"""The parts of a document: headings, paragraphs, lists and tables, of which every format is a rendering.

Belongs here: the shapes. Does not belong here: what they say (`contents`), how they are written (`files`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 or 3, with a small note beside it, such as requirement ids."""

    level: int
    text: str
    note: str = ""
    kind: str = "heading"


@dataclass(frozen=True)
class Para:
    """A paragraph; `hint` marks what explains, in smaller letters."""

    text: str
    hint: bool = False
    kind: str = "para"


@dataclass(frozen=True)
class Bullets:
    """A list of sentences."""

    items: Sequence[str]
    kind: str = "bullets"


@dataclass(frozen=True)
class Table:
    """A table; the first column names the row, `numeric` are the columns that are set to the right."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: frozenset[int] = frozenset()
    kind: str = "table"


Block = Heading | Para | Bullets | Table


@dataclass(frozen=True)
class Document:
    """A whole document in one language.

    Attributes:
        lang: zh or en.
        title: its head.
        eyebrow: what kind of document it is.
        facts: (label, value) pairs beneath the title.
        blocks: the rest, in order.
    """

    lang: str
    title: str
    eyebrow: str
    facts: Sequence[tuple[str, str]]
    blocks: list[Block] = field(default_factory=list)
