"""What people wish for as a reward (000-I8), beside their names on lists of candidates.

Belongs here: the two columns of wishes. Does not belong here: who is a candidate (the lists). Wishes decide no place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from pipelines.reports.facts import Facts
from pipelines.reports.table import Cell, joined

#: The columns, at the end of a list.
WISH_COLUMNS = ("wishes", "wish_notes")


def with_wishes(facts: Facts, rows: Iterable[Mapping[str, Cell]]) -> tuple[Mapping[str, Cell], ...]:
    """Put the wishes that hold on the period's last day beside the person of every row."""
    last = facts.period.end - timedelta(days=1)
    found: dict[str, dict[str, Cell]] = {}
    for row in facts.company.preferences:
        if row.covers(last):
            told = found.setdefault(row.person_id, {})
            told["wishes"] = joined(part for part in (told.get("wishes"), row.wish) if isinstance(part, str))
            notes = (told.get("wish_notes"), row.note)
            told["wish_notes"] = joined(part for part in notes if isinstance(part, str) and part) or None
    return tuple({**row, **found.get(str(row["person_id"]), {})} for row in rows)
