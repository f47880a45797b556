"""The cell formats of the workbook and the one way to write a text cell.

Belongs here: formats and `put`. Does not belong here: what is written.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_BASE = {"font_name": "Arial", "font_size": 10, "valign": "vcenter"}
_CELL_LIMIT = 32_000  # Excel allows 32,767 characters in a cell
# what XML 1.0 cannot hold: control characters, lone surrogates, the two that are no characters
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBERS = (Decimal, int, float)


class Style:
    """The formats of one workbook; made once per workbook, because XlsxWriter binds formats to it."""

    def __init__(self, book: Workbook):
        def made(**extra: Any) -> Any:
            return book.add_format({**_BASE, **extra})

        thin = {"bottom": 1, "bottom_color": "#D5DDE5"}
        number = {"num_format": "#,##0.00####;[Red]-#,##0.00####", **thin}
        self.title = made(bold=True, font_size=16, font_color="#173A5E")
        self.section = made(bold=True, font_size=12, font_color="#173A5E", bottom=2, bottom_color="#173A5E")
        self.head = made(bold=True, font_color="#FFFFFF", bg_color="#173A5E", text_wrap=True, align="center")
        self.text = made(text_wrap=True, **thin)
        self.plain = made(**thin)
        self.soft = made(font_color="#4D5B6A", text_wrap=True)
        self.number = made(**number)
        self.fixed = made(num_format="#,##0.00", **thin)
        self.strong = made(num_format="#,##0.00", bold=True, font_size=12, font_color="#173A5E", top=1, bottom=1)
        self.strong_text = made(bold=True, font_size=12, font_color="#173A5E", top=1, bottom=1)
        self.input = made(bg_color="#FFF2B3", locked=False, border=1, border_color="#D9B44A", num_format="General")
        self.good = book.add_format({"font_color": "#17633A", "bold": True})
        self.bad = book.add_format({"font_color": "#9C2B22", "bold": True})


def put(sheet: Worksheet, row: int, column: int, value: Any, style: Any) -> None:
    """Write a text as a text and a Decimal or int as a number; None is an empty cell.

    A text is never looked at: `write_string` keeps `=1+1` a text.
    """
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, _NUMBERS) and not isinstance(value, bool):
        sheet.write_number(row, column, float(value), style)
    else:
        sheet.write_string(row, column, clean(str(value)), style)


def clean(value: str) -> str:
    """Drop what XML 1.0 cannot hold (control characters, lone surrogates) and cut at Excel's limit of a cell."""
    return _NOT_IN_XML.sub("", value)[:_CELL_LIMIT]
