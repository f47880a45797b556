"""Labelled values, one a row, of the bonus on the sheet Card.

Belongs here: writing a row and naming its cell. Does not belong here: which rows there are (`book_bonus`, `book_own`).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipelines.scorecards.book_style import Style, put
from pipelines.scorecards.formats import number
from pipelines.scorecards.words import Words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


class Rows:
    """Writes one labelled value a row and remembers where each stands."""

    def __init__(self, sheet: Worksheet, style: Style, words: Words, first: int):
        self.sheet, self.style, self.words, self.at = sheet, style, words, first

    def given(self, key: str, value: Any) -> str:
        """Write a number that may be changed."""
        return self._row(self.words.t(key), None, number(value), self.style.input)

    def stated(self, said: str, value: Any) -> str:
        """Write a number that may be changed, named by a text of its own, such as an award."""
        return self._row(said, None, number(value), self.style.input)

    def worked(self, said: str, formula: str, value: Any) -> str:
        """Write a formula with its cached result, named by a text of its own."""
        return self._row(said, formula, number(value), self.style.number)

    def formula(self, key: str, formula: str, value: Any, strong: bool = False) -> str:
        """Write a formula with its cached result."""
        style = self.style.strong if strong else self.style.number
        return self._row(self.words.t(key), formula, number(value), style)

    def named(self, said: str, value: Any) -> str:
        """Write a number that may be changed, under words of its own."""
        return self._row(said, None, number(value), self.style.input)

    def computed(self, said: str, formula: str, value: Any) -> str:
        """Write a formula with its cached result, under words of its own."""
        return self._row(said, formula, number(value), self.style.number)

    def pair(self, said: str, first: Any, second: Any) -> None:
        """Write two numbers that may be changed, such as a point of a curve."""
        at = self.at
        self._row(said, None, number(first), self.style.input)
        put(self.sheet, at, 5, number(second), self.style.input)

    def _row(self, said: str, formula: str | None, value: Decimal | None, style: Any) -> str:
        strong = style is self.style.strong
        put(self.sheet, self.at, 1, said, self.style.strong_text if strong else self.style.text)
        if formula is None:
            put(self.sheet, self.at, 4, value, style)
        else:
            self.sheet.write_formula(self.at, 4, f"={formula}", style, float(value or 0))
        self.at += 1
        return f"E{self.at}"

    def heading(self, said: str) -> None:
        """Write a line of text."""
        put(self.sheet, self.at, 1, said, self.style.soft)
        self.at += 1
