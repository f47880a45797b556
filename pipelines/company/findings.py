"""What is wrong with an input, told so that it can be mended: file, row, column, value, problem and mend.

Belongs here: the one shape of a user-facing input error, used by every room that reads a human's file.
Does not belong here: the rules themselves; they live beside the model they guard.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """One defect of one input cell, row or file.

    Attributes:
        file: path relative to the company folder, or the file name alone for a scheme elsewhere.
        row: the row as a spreadsheet or editor shows it (the header is row 1); 0 when the whole file is meant.
        column: the column or key; empty when the whole row is meant.
        value: the offending value as read, shortened by `__str__`.
        problem: what is wrong, in one plain sentence without a full stop.
        mend: what to do about it, in the imperative; `__str__` makes it a sentence.
    """

    file: str
    row: int = 0
    column: str = ""
    value: str = ""
    problem: str = ""
    mend: str = ""

    def __str__(self) -> str:
        where = self.file
        if self.row:
            where += f", row {self.row}"
        if self.column:
            where += f", column {self.column}"
        shown = self.value if len(self.value) <= 80 else self.value[:77] + "..."
        what = f"{self.problem} (value: {shown!r})" if self.value else self.problem
        return f"{where}: {what}. {_sentence(self.mend)}" if self.mend else f"{where}: {what}"


def _sentence(mend: str) -> str:
    """Write a mend as the sentence that it is, so that all messages read alike."""
    written = mend if mend[:1].isupper() or not mend[:1].isascii() else mend[:1].upper() + mend[1:]
    return written if written.endswith((".", "?", "!", "。")) or not written[-1:].isascii() else f"{written}."


class InputError(Exception):
    """Input that a person must mend before the work can go on; carries every finding at once.

    The command line prints the findings one a line and exits with 2.
    """

    def __init__(self, findings: Iterable[Finding]):
        self.findings: list[Finding] = sorted(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))
