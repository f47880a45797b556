"""The handbook as a file: Markdown, or one HTML page without script, in the look of the cards.

Belongs here: writing a document's blocks. Does not belong here: what they say (`contents`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from pipelines.schemes.catalogue import KpiInfo
from pipelines.schemes.model import Scheme
from pipelines.scorecards.handbook.changes import changes_document
from pipelines.scorecards.handbook.contents import handbook
from pipelines.scorecards.handbook.document import Block, Bullets, Document, Heading, Para, Table
from pipelines.scorecards.handbook.example import example_of
from pipelines.scorecards.html import stylesheet, template
from pipelines.texts import text

if TYPE_CHECKING:
    from markupsafe import Markup

FORMATS = ("md", "html")

# What Markdown would take for more than a letter: `_` only at the edge of a word, `#` and the like only in front.
_SPECIAL = re.compile(r"[\\`*<>|\[\]]|(?<!\w)_|_(?!\w)")
_IN_FRONT = re.compile(r"^(\s*)(#|[-+](?=\s)|\d+(?=[.)]\s))")


def render_handbook(
    scheme: Scheme, catalogue: Mapping[str, KpiInfo], languages: Sequence[str], file_format: str, currency: str = ""
) -> str:
    """Return the handbook of a scheme as the text of one file.

    Args:
        scheme: a scheme that loads.
        catalogue: the KPIs, by id.
        languages: zh, en or both, in the order in which they are to stand.
        file_format: md or html.
        currency: of the company; empty where the scheme is read without one.

    Raises:
        InputError: when a default target bends its curve out of order.
    """
    worked = example_of(scheme)
    documents = [handbook(scheme, catalogue, lang, currency, worked) for lang in languages]
    notes = [text("handbook.footer", lang, scheme=scheme.scheme_id, version=scheme.version) for lang in languages]
    return _written(documents, notes, file_format)


def render_changes(
    old: Scheme,
    new: Scheme,
    catalogue: Mapping[str, KpiInfo],
    languages: Sequence[str],
    file_format: str,
    currency: str = "",
) -> str:
    """Return what changed from one scheme to another as the text of one file; the arguments are as in the handbook."""
    documents = [changes_document(old, new, catalogue, lang, currency) for lang in languages]
    return _written(documents, [text("changes.footer", lang) for lang in languages], file_format)


def _written(documents: Sequence[Document], notes: Sequence[str], file_format: str) -> str:
    if file_format == "html":
        return _html(documents, notes)
    return "\n---\n\n".join(_markdown(document, note) for document, note in zip(documents, notes, strict=True))


def _html(documents: Sequence[Document], notes: Sequence[str]) -> str:
    return template("handbook.html.j2").render(
        documents=list(zip(documents, notes, strict=True)), title=documents[0].title, css=_styles(), text=text
    )


@cache
def _styles() -> Markup:
    return stylesheet("card.css") + stylesheet("handbook.css")


def _markdown(document: Document, note: str) -> str:
    lines = [f"# {escaped(document.title)}", "", escaped(document.eyebrow), ""]
    lines += [f"- {escaped(label)}: {escaped(value)}" for label, value in document.facts]
    for block in document.blocks:
        lines += ["", *_block(block)]
    return "\n".join([*lines, "", escaped(note), ""])


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        note = f" ({escaped(block.note)})" if block.note else ""
        yield f"{'#' * block.level} {escaped(block.text)}{note}"
    elif isinstance(block, Para):
        yield escaped(block.text)
    elif isinstance(block, Bullets):
        yield from (f"- {escaped(item)}" for item in block.items)
    elif isinstance(block, Table):
        yield _row(block.head)
        yield "|" + "|".join(" ---: " if index in block.numeric else " --- " for index in range(len(block.head))) + "|"
        yield from (_row(row) for row in block.rows)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |"


def escaped(words: str) -> str:
    """Keep a text from being taken for Markdown or HTML; line breaks become spaces."""
    one_line = " ".join(words.split())
    return _IN_FRONT.sub(r"\1\\\2", _SPECIAL.sub(lambda found: "\\" + found[0], one_line))
