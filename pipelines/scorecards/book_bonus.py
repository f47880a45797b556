"""The bonus on the sheet Card: target bonus, share of the pool, cap, amount to pay.

Belongs here: the formulas of pay. The others' part of a pool and the personal cap are yellow cells with the pipeline's
values: they depend on more than this person's data. Does not belong here: the score (book_card).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from pipelines.scorecards.book_model import BookSegment, Model
from pipelines.scorecards.book_style import Style, put
from pipelines.scorecards.formats import number
from pipelines.scorecards.words import Words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_CENT = Decimal("0.01")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class _Rows:
    """Writes one labelled value a row and remembers where each stands."""

    def __init__(self, sheet: Worksheet, style: Style, words: Words, first: int):
        self.sheet, self.style, self.words, self.at = sheet, style, words, first

    def given(self, key: str, value: Any) -> str:
        """Write a number that may be changed."""
        return self._row(key, None, number(value), self.style.input)

    def formula(self, key: str, formula: str, value: Any, strong: bool = False) -> str:
        """Write a formula with its cached result."""
        return self._row(key, formula, number(value), self.style.strong if strong else self.style.number)

    def _row(self, key: str, formula: str | None, value: Decimal | None, style: Any) -> str:
        strong = style is self.style.strong
        put(self.sheet, self.at, 1, self.words.t(key), self.style.strong_text if strong else self.style.text)
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


def write_bonus(sheet: Worksheet, style: Style, words: Words, model: Model) -> None:
    """Write the bonus of every segment with a share in a pool, then the person's totals."""
    put(sheet, model.bonus_head - 1, 0, words.t("section.bonus"), style.section)
    rows = _Rows(sheet, style, words, model.bonus_head)
    earned = [_segment(rows, words, segment) for segment in model.segments if segment.pool is not None]
    bonus = words.trace["bonus"]
    rows.heading("")
    total = rows.formula("bonus.earned", "+".join(earned) or "0", bonus["earned"])
    added = [rows.given("bonus.adjustments", item["amount"]) for item in bonus["adjustments"]]
    payable = rows.formula("bonus.payable", "+".join([f"ROUND({total},2)", *added]), bonus["payable"], strong=True)
    rows.given("bonus.held", bonus["held"])
    model.cells["payable"] = f"Card!${payable[0]}${payable[1:]}"
    model.checks.append((words.t("bonus.earned"), Decimal(bonus["earned"]), f"Card!${total[0]}${total[1:]}"))
    model.checks.append((words.t("bonus.payable"), Decimal(bonus["payable"]), model.cells["payable"]))


def _segment(rows: _Rows, words: Words, segment: BookSegment) -> str:
    """Write one segment's way from the target bonus to what is earned; return the cell of the latter."""
    given, pool, member = segment.segment, segment.pool, segment.member
    if pool is None or member is None:
        raise ValueError(f"segment {given['segment_id']} has no share in a pool")
    if len(words.trace["segments"]) > 1:
        rows.heading(f"{words.t('book.segment')} {segment.position}")
    months = _MONTHS[words.trace["period_type"]]
    base = rows.given("book.bonus_base", given["bonus_base"])
    monthly = Decimal(given["bonus_base"]) * months * int(given["eligible_days"])
    percent = Decimal(given["bonus"]["target"]) * 100 * int(given["period_days"]) / monthly
    share = rows.given("book.period_share", percent)
    days = f"F{segment.card_row}"
    target = f"{base}*{months}*{share}/100*{days}/{given['period_days']}"
    rows.formula("bonus.target", target, given["bonus"]["target"])
    amount = rows.given("book.pool_amount", pool["amount"])
    others = rows.given("book.pool_others", Decimal(pool["mass"]) - Decimal(member["mass_high"]))
    weight = rows.given("book.pool_weight", member["weight"])
    certain = given["score_low"] == given["score_high"] and given["score"] is not None
    if certain and abs(Decimal(given["score"]) - Decimal(member["points_high"])) < Decimal("1e-9"):
        points = rows.formula("book.pool_points", f"E{segment.card_row}", member["points_high"])
    else:
        points = rows.given("book.pool_points", member["points_high"])
    own = rows.formula("book.pool_mass", f"{points}*{weight}*{days}", member["mass_high"])
    whole = Decimal(pool["mass"])
    exact = Decimal(pool["amount"]) * Decimal(member["mass_high"]) / whole if whole else Decimal(0)
    part = Decimal(member["earned"]) + Decimal(member["held"]) + Decimal(member["over_cap"])
    cent = rows.given("book.pool_cent", part - exact.quantize(_CENT, rounding=ROUND_HALF_UP))
    share_formula = f"IF({own}+{others}=0,0,ROUND({amount}*{own}/({own}+{others}),2))+{cent}"
    shared = rows.formula("book.pool_share", share_formula, part)
    cap = rows.given("book.personal_cap", member["cap"])
    if Decimal(member["held"]) == 0 and Decimal(member["earned"]) == min(part, Decimal(member["cap"])):
        return rows.formula("bonus.earned", f"MIN({shared},{cap})", member["earned"])
    return rows.given("book.earned_now", member["earned"])
