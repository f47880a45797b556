"""The PDF card: A4, tagged for readers of screens (PDF/UA-1), the same bytes for the same data on every machine.

Belongs here: Typst and its template. Does not belong here: what is printed (paper), the layout (card.typ).

Data reach the template as JSON, never as source: a name such as `#read("/etc/passwd")` stays a name. Typst lets other
threads run while it works, so a press makes cards on every processor while the caller goes on with pages and workbooks.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.scorecards.fonts import families, loaded

if TYPE_CHECKING:
    from typst import Compiler

TEMPLATE = Path(__file__).parent / "templates" / "card.typ"
_own = threading.local()


def render_pdf(data: Mapping[str, Any]) -> bytes:
    """Return the PDF of a card.

    Args:
        data: what `paper.paper_data` made.

    Raises:
        typst.TypstError: when the template or the data are at fault; a text without a glyph is one of the faults.
    """
    inputs = {"card": json.dumps(data, ensure_ascii=False, sort_keys=True), "fonts": json.dumps(families())}
    made = _compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards="ua-1")
    if not isinstance(made, bytes):
        raise TypeError(f"Typst made {type(made).__name__} and no PDF")
    return made


class Press:
    """Makes PDFs in threads of its own; leaving it early drops those that are not begun."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="pdf")
        self._jobs: dict[str, Future[bytes]] = {}

    def __enter__(self) -> Press:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(cancel_futures=True)

    def print(self, name: str, data: Mapping[str, Any]) -> None:
        """Begin a card as soon as a processor is free."""
        self._jobs[name] = self._threads.submit(render_pdf, data)

    def printed(self) -> dict[str, bytes]:
        """Return every card by its name, when all are made."""
        made = {}
        for name, job in self._jobs.items():
            try:
                made[name] = job.result()
            except Exception as error:
                # the file's name has the id of the person alone
                error.add_note(f"while {name} was made")
                raise
        return made


def _compiler() -> Compiler:
    compiler: Compiler | None = getattr(_own, "compiler", None)
    if compiler is None:
        import typst

        compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=loaded())
        _own.compiler = compiler
    return compiler
