"""A true-up on the sheet Card: what the months' share comes to by this period's result, less what the months paid.

Belongs here: its formulas, which are live down to the score of the period; what the months paid stands in yellow cells
with the revision that paid it. While data is withheld the settled amount is a yellow cell. Does not belong here: pay by
the own score (`book_own`), the totals (`book_bonus`).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pipelines.scorecards.book_own import OwnCells
from pipelines.scorecards.book_rows import Rows
from pipelines.scorecards.words import Words


def write_true_up(rows: Rows, words: Words, item: Mapping[str, Any], owns: Mapping[str, OwnCells]) -> str:
    """Write one true-up; return the cell of its amount.

    Args:
        rows: where it goes.
        words: of the card.
        item: the true-up, from the trace.
        owns: the cells of pay by the own score, by segment.
    """
    title = words.t("bonus.true_ups")
    if item["status"] != "settled" or item["due_low"] != item["due_high"]:
        return rows.stated(title, item["amount"])
    parts = []
    for part in item["parts"]:
        own = owns[part["segment_id"]]
        days = "+".join(f"{days}/{of}" for days, of in part["month_days"]) or "0"
        parts.append(f"{own.amount}*{own.payout}/100*{part['share']}/100*({days})")
    due = rows.formula("book.true_up_due", f"ROUND(ROUND({'+'.join(parts) or '0'},8),2)", item["due_low"])
    paid = [
        rows.stated(words.t("book.true_up_paid", month=one["month"], revision=one["revision"]), one["amount"])
        for one in item["months"]
    ]
    if Decimal(item["balance_before"]):
        balance = words.t("book.true_up_balance", period=item["balance_of"])
        before = rows.stated(balance, item["balance_before"])
    else:
        before = "0"
    difference = f"ROUND({due}-({'+'.join(paid) or '0'})+{before},2)"
    if item["negative"] != "offset":
        difference = f"MAX(0,{difference})"
    return rows.worked(title, difference, item["amount"])
