"""The workbook of a card: the same results with live formulas, so that anybody can redo and vary them.

Belongs here: the five sheets in their order, a sixth where a platform touches the card, and the bytes. Does not
belong here: the formulas of each sheet (the book_* modules), words (texts.cards).

A cell's cached result is the trace's own number; LibreOffice and Excel reach the same by the formulas (tests/system
holds it). Every text is written as a string whatever it looks like, so that a name such as `=HYPERLINK(..)` stays one.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pipelines.scorecards.book_card import write_card
from pipelines.scorecards.book_check import write_check
from pipelines.scorecards.book_data import write_evidence, write_rules
from pipelines.scorecards.book_model import model_of
from pipelines.scorecards.book_params import write_params
from pipelines.scorecards.book_shocks import SHEET, has_shocks, write_shocks
from pipelines.scorecards.book_style import Style
from pipelines.scorecards.view import Edition, state_label
from pipelines.scorecards.words import Words

_CREATED = datetime(2000, 1, 1)  # a fixed time: equal results give equal bytes


def render_workbook(bundle: Mapping[str, Any], trace: Mapping[str, Any], edition: Edition, lang: str) -> bytes:
    """Return the workbook of one person in one language."""
    import xlsxwriter

    words = Words(bundle, trace, lang)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": f"{trace['period']} {trace['person_id']}", "created": _CREATED})
    book.set_calc_mode("auto")
    style = Style(book)
    model = model_of(words)
    names = ["Card", "Params", "Evidence", "Rules", *([SHEET] if has_shocks(model) else []), "Check"]
    sheets = {name: book.add_worksheet(name) for name in names}
    for sheet in sheets.values():
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    write_evidence(sheets["Evidence"], style, words)
    if SHEET in sheets:
        write_shocks(sheets[SHEET], style, words, model)
    write_params(sheets["Params"], style, words, model)
    write_card(sheets["Card"], style, words, model, state_label(edition, lang))
    write_rules(sheets["Rules"], style, words)
    write_check(sheets["Check"], style, words, model, edition)
    for name, cell in sorted(model.cells.items()):
        book.define_name(name, f"={cell}")
    sheets["Card"].activate()
    book.close()
    return stream.getvalue()
