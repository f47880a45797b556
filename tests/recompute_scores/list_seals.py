"""Sealed months of a longer period beside the data of now, once more.

Belongs here: docs/scorecards.md, the row of since_month_seals. Does not belong here: computing a month.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from .list_given import ZERO, Card, Cells, Given, Line
from .numbers import number

Key = tuple[str, str, str]


def changed(given: Given) -> list[Cells]:
    """A row a line whose value or status is another now, and a row a person who is paid another amount."""
    rows: list[Cells] = []
    for month, (_, sealed, now) in given.sealed.items():
        for person in {*sealed, *now}:
            was, present = lines(sealed.get(person)), lines(now.get(person))
            for key in {*was, *present}:
                before, after = told(was.get(key)), told(present.get(key))
                if before != after:
                    about = dict(zip(("segment_id", "kpi_id", "community_id"), key, strict=True))
                    row: Cells = {"month": month, "person_id": person, **{k: v or None for k, v in about.items()}}
                    row |= {"sealed_value": before[0], "sealed_status": before[1]}
                    rows.append({**row, "value": after[0], "status": after[1]})
            paid, due = pay(sealed.get(person)), pay(now.get(person))
            if paid != due:
                row = {"month": month, "person_id": person, "sealed_payable": paid, "payable": due, "currency": "CNY"}
                rows.append({**row, "difference": (due or ZERO) - (paid or ZERO)})
    return rows


def lines(card: Card | None) -> Mapping[Key, Line]:
    return {(line.segment["segment_id"], line.kpi, line.community): line for line in (card.lines if card else ())}


def told(line: Line | None) -> tuple[Fraction | None, str | None]:
    return (None, None) if line is None else (line.get("value"), line.status)


def pay(card: Card | None) -> Fraction | None:
    return number(card.bonus["payable"]) if card else None


def remarks(given: Given) -> list[tuple[str, dict[str, str]]]:
    """Which revision each month was compared with."""
    return [
        ("month_compared", {"period": month, "revision": given.sealed[month][0]})
        if month in given.sealed
        else ("month_not_sealed", {"period": month})
        for month in given.span.months
    ]
