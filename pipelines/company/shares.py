"""On which days the shares of a subject exceed 100 %.

Belongs here: the sweep over the boundaries of share windows; pure. Does not belong here: the wording of the finding
(`company.rules`), how credit is given (dbt).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from pipelines.company.records import Assignment

FULL = Decimal(100)


@dataclass(frozen=True)
class Overload:
    """Days in a row on which the same rows share out more than the whole.

    Attributes:
        start: the first day.
        end: the day after the last one; 9999-12-31 when open.
        total: the sum of shares in percent.
        rows: the rows that hold on these days, as a spreadsheet shows them.
    """

    start: date
    end: date
    total: Decimal
    rows: tuple[int, ...]


def overloads(rows: Sequence[Assignment]) -> list[Overload]:
    """Return the spans of days on which the rows of one subject add up to more than 100 %.

    Args:
        rows: the assignments of one subject.

    Returns:
        The spans in order; a span ends where the set of rows changes.
    """
    boundaries = sorted({day for row in rows for day in row.window})
    found: list[Overload] = []
    for start, end in pairwise(boundaries):
        holding = sorted((row for row in rows if row.covers(start)), key=lambda row: row.source_row)
        total = sum((row.share for row in holding), Decimal(0))
        if total > FULL:
            found.append(Overload(start, end, total, tuple(row.source_row for row in holding)))
    return found
