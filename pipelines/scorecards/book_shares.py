"""Team shares on the sheet Card: gain, rate, amount, own mass, own part.

Belongs here: the formulas of the shares of what a team gained. The gain and the others' mass are yellow cells with the
pipeline's values: they depend on more than this person's data. Does not belong here: the bonus (`book_bonus`).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pipelines.scorecards.book_model import BookSegment
from pipelines.scorecards.book_rows import Rows
from pipelines.scorecards.words import Words

_CENT = Decimal("0.01")


def write_shares(rows: Rows, words: Words, segment: BookSegment) -> list[str]:
    """Write every share of a segment; return the cells of what is paid now."""
    shares = segment.segment["bonus"].get("team_shares", ())
    return [_write(rows, words, segment, share) for share in shares]


def _write(rows: Rows, words: Words, segment: BookSegment, share: Mapping[str, Any]) -> str:
    own, name = share["own"], str(share["title"][words.lang])

    def said(key: str) -> str:
        return words.t(f"book.share_{key}", share=name)

    if share["status"] != "paid":
        rows.heading(words.t("book.share_state", share=name, said=words.t(f"share.status.{share['status']}")))
        return rows.named(said("paid"), own["earned"])
    gain = rows.named(said("gain"), share["gain"]["value"])
    rate = rows.named(said("rate"), share["rate"])
    amount = rows.computed(said("amount"), f"ROUND({rate}/100*MAX(0,{gain}),2)", share["amount"])
    others = rows.named(said("others"), Decimal(share["mass"]) - Decimal(own["mass_high"]))
    weight = rows.named(said("weight"), own["weight"])
    given = segment.segment
    certain = given["score"] is not None and given["score_low"] == given["score_high"]
    if certain and abs(Decimal(given["score"]) - Decimal(own["points_high"])) < Decimal("1e-9"):
        points = rows.computed(said("points"), f"E{segment.card_row}", own["points_high"])
    else:
        points = rows.named(said("points"), own["points_high"])
    mass = rows.computed(said("mass"), f"{points}*{weight}*F{segment.card_row}", own["mass_high"])
    whole = Decimal(share["mass"])
    exact = Decimal(share["amount"]) * Decimal(own["mass_high"]) / whole if whole else Decimal(0)
    part = Decimal(own["earned"]) + Decimal(own["held"])
    cent = rows.named(said("cent"), part - exact.quantize(_CENT, rounding=ROUND_HALF_UP))
    formula = f"IF({mass}+{others}=0,0,ROUND({amount}*{mass}/({mass}+{others}),2))+{cent}"
    shared = rows.computed(said("part"), formula, part)
    if Decimal(own["held"]) == 0:
        return shared
    return rows.named(said("paid"), own["earned"])
