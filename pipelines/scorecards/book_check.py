"""The sheet Check: the card's numbers beside the recomputed ones, and the versions that made them.

Belongs here: differences and the verdict. Does not belong here: the formulas themselves (book_card, book_bonus).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.scorecards.book_model import Model
from pipelines.scorecards.book_style import Style, put
from pipelines.scorecards.view import Edition, state_label
from pipelines.scorecards.words import Words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

CHECK_FIRST_ROW = 5
_TOLERANCE = "0.000001"


def write_check(sheet: Worksheet, style: Style, words: Words, model: Model, edition: Edition) -> None:
    """Write one row per result: on the card, recomputed, difference, verdict; then the versions."""
    put(sheet, 0, 0, words.t("book.check"), style.title)
    for column, (key, width) in enumerate(
        (
            ("book.item", 52),
            ("book.sealed_value", 18),
            ("book.recomputed", 18),
            ("book.difference", 16),
            ("book.verdict", 26),
        )
    ):
        sheet.set_column(column, column, width)
        put(sheet, CHECK_FIRST_ROW - 2, column, words.t(key), style.head)
    equal, differs = words.t("book.ok"), words.t("book.differs")
    for index, (label, value, cell) in enumerate(model.checks):
        row = CHECK_FIRST_ROW + index
        put(sheet, row - 1, 0, label, style.text)
        put(sheet, row - 1, 1, value, style.number)
        sheet.write_formula(row - 1, 2, f"={cell}", style.number, float(value))
        sheet.write_formula(row - 1, 3, f"=ROUND(C{row}-B{row},9)", style.number, 0)
        verdict = f'=IF(ABS(D{row})<{_TOLERANCE},"{equal}","{differs}")'
        sheet.write_formula(row - 1, 4, verdict, style.text, equal)
    last = CHECK_FIRST_ROW + len(model.checks) - 1
    if model.checks:
        inside = f"ABS(D{CHECK_FIRST_ROW}:D{last})"
        yes, no = words.t("book.all_equal"), words.t("book.not_all_equal")
        whole = f'=IF(SUMPRODUCT(--({inside}>={_TOLERANCE}))=0,"{yes}","{no}")'
        sheet.write_formula(1, 0, whole, style.strong_text, words.t("book.all_equal"))
        for text, kind in ((equal, style.good), (differs, style.bad)):
            rule = {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": kind}
            sheet.conditional_format(CHECK_FIRST_ROW - 1, 4, last - 1, 4, rule)
    _write_versions(sheet, style, words, edition, last + 2)
    sheet.freeze_panes(CHECK_FIRST_ROW - 1, 0)
    sheet.protect("", {"select_locked_cells": True, "format_columns": True})


def _write_versions(sheet: Worksheet, style: Style, words: Words, edition: Edition, first: int) -> None:
    put(sheet, first - 1, 0, words.t("book.version"), style.section)
    trace, versions = words.trace, words.bundle["versions"]
    facts = [
        (words.t("book.state"), state_label(edition, words.lang)),
        (words.t("verify.scheme"), f"{trace['scheme']['id']} {trace['scheme']['version']}"),
        *((name, value) for name, value in sorted(versions.items())),
        (words.t("verify.data"), words.bundle["data_version"]),
        (words.t("verify.inputs"), str(words.bundle["n_inputs"])),
        (words.t("verify.previous"), edition.previous[1] if edition.previous else "–"),
        (words.t("section.verify"), words.t("verify.text", period=trace["period"], person=trace["person_id"])),
    ]
    for row, (label, value) in enumerate(facts, start=first):
        put(sheet, row, 0, label, style.text)
        put(sheet, row, 1, value, style.plain)
