"""Pay by the own score on the sheet Card: amount, days, payout curve or bands, what is due.

Belongs here: its formulas. All of them are live: nothing here depends on anybody else. While data is withheld the score
that pays is a yellow cell with the least possible one. Does not belong here: pools and the totals (`book_bonus`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipelines.schemes.model import MONTHS_OF
from pipelines.scorecards.book_model import BookSegment
from pipelines.scorecards.book_rows import Rows
from pipelines.scorecards.words import Words


@dataclass(frozen=True)
class OwnCells:
    """The cells of a segment's pay by the own score.

    Attributes:
        amount: what a whole month is worth; by band, at the band that is reached.
        payout: what the score brings of it, in per cent; the number 100 by band.
        due: what is due, unrounded.
    """

    amount: str
    payout: str
    due: str


def write_own(rows: Rows, words: Words, segment: BookSegment) -> OwnCells:
    """Write one segment's way from the amount of a month to what is due."""
    given = segment.segment
    own: Mapping[str, Any] = given["bonus"]["individual"]
    by_band = own["by"] == "band"
    months = MONTHS_OF[words.trace["period_type"]]
    amount = None if by_band else rows.given("book.own_amount", own["amount_low"])
    share = rows.given("book.period_share", own["share"])
    part = f"{months}*{share}/100*F{segment.card_row}/{given['period_days']}"
    if amount is not None:
        rows.formula("bonus.target", f"{amount}*{part}", given["bonus"]["target"])
    first = rows.at + 1
    for place, (at, output) in enumerate(own["curve_points"], start=1):
        rows.pair(words.t("book.own_band" if by_band else "book.own_curve", n=place), at, output)
    points = _points(rows, segment, own)
    curve = _curve(points, first, rows.at - 1, own["curve_kind"])
    if by_band:
        reached = rows.formula("book.own_reached", curve, own["amount_low"])
        due = rows.formula("book.own_due", f"{reached}*{part}", own["due_low"])
        return OwnCells(reached, "100", due)
    payout = rows.formula("book.own_payout", curve, own["payout_low"])
    due = rows.formula("book.own_due", f"{amount}*{part}*{payout}/100", own["due_low"])
    return OwnCells(str(amount), payout, due)


def _points(rows: Rows, segment: BookSegment, own: Mapping[str, Any]) -> str:
    given = segment.segment
    certain = given["score"] is not None and given["score_low"] == given["score_high"]
    if certain and abs(Decimal(given["score"]) - Decimal(given["score_low"])) < Decimal("1e-9"):
        # as pay reads it: the printed score where steps decide, else freed of the noise of doubles
        places = "ROUND(E{0},10),2" if own["curve_kind"] == "step" else "E{0},8"
        return rows.formula("book.own_points", f"ROUND({places.format(segment.card_row)})", own["points_low"])
    return rows.given("book.own_points_low", own["points_low"])


def _curve(at: str, first: int, last: int, kind: str) -> str:
    """The formula that reads the curve whose points stand in E and F of the rows first to last."""
    inputs, outputs, count = f"E{first}:E{last}", f"F{first}:F{last}", last - first + 1
    place = f"MATCH({at},{inputs},1)"
    if kind == "step" or count == 1:
        found = f"INDEX({outputs},{place})"
    else:
        low, high = f"INDEX({inputs},{place})", f"INDEX({inputs},{place}+1)"
        bottom, top = f"INDEX({outputs},{place})", f"INDEX({outputs},{place}+1)"
        between = f"{bottom}+({at}-{low})/({high}-{low})*({top}-{bottom})"
        found = f"IF({at}>=E{last},F{last},{between})"
    return f"IF({at}<E{first},0,{found})"
