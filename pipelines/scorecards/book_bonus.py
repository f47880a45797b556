"""The bonus on the sheet Card: target bonus, share of the pool, cap, amount to pay.

Belongs here: the formulas of pay by a pool, and the totals. The others' part of a pool and the personal cap are yellow
cells with the pipeline's values: they depend on more than this person's data. Does not belong here: the score
(book_card), pay by the own score (book_own).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from pipelines.schemes.model import MONTHS_OF
from pipelines.scorecards.book_decided import write_extras
from pipelines.scorecards.book_model import BookSegment, Model
from pipelines.scorecards.book_own import OwnCells, write_own
from pipelines.scorecards.book_rows import Rows
from pipelines.scorecards.book_shares import write_shares
from pipelines.scorecards.book_style import Style, put
from pipelines.scorecards.words import Words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_CENT = Decimal("0.01")


def write_bonus(sheet: Worksheet, style: Style, words: Words, model: Model) -> int:
    """Write the bonus of every segment, by its pool or its own score, then the person's totals; return the next row."""
    put(sheet, model.bonus_head - 1, 0, words.t("section.bonus"), style.section)
    rows = Rows(sheet, style, words, model.bonus_head)
    earned: list[str] = []
    owns: dict[str, OwnCells] = {}
    shared: list[str] = []
    for segment in model.segments:
        is_own = "individual" in segment.segment["bonus"]
        if len(words.trace["segments"]) > 1 and (is_own or segment.pool is not None):
            rows.heading(f"{words.t('book.segment')} {segment.position}")
        if is_own:
            owns[segment.segment["segment_id"]] = write_own(rows, words, segment)
        elif segment.pool is not None:
            earned.append(_segment(rows, words, segment))
        shared += write_shares(rows, words, segment)
    if owns:  # rounded once a person, not once a part
        earned.append(f"ROUND(ROUND({'+'.join(own.due for own in owns.values())},8),2)")
    earned += shared
    bonus = words.trace["bonus"]
    rows.heading("")
    total = rows.formula("bonus.earned", "+".join(earned) or "0", bonus["earned"])
    added = [rows.given("bonus.adjustments", item["amount"]) for item in bonus["adjustments"]]
    added += write_extras(rows, words, owns)
    payable = rows.formula("bonus.payable", "+".join([f"ROUND({total},2)", *added]), bonus["payable"], strong=True)
    rows.given("bonus.held", bonus["held"])
    model.cells["payable"] = f"Card!${payable[0]}${payable[1:]}"
    model.checks.append((words.t("bonus.earned"), Decimal(bonus["earned"]), f"Card!${total[0]}${total[1:]}"))
    model.checks.append((words.t("bonus.payable"), Decimal(bonus["payable"]), model.cells["payable"]))
    return rows.at


def _segment(rows: Rows, words: Words, segment: BookSegment) -> str:
    """Write one segment's way from the target bonus to what is earned; return the cell of the latter."""
    given, pool, member = segment.segment, segment.pool, segment.member
    if pool is None or member is None:
        raise ValueError(f"segment {given['segment_id']} has no share in a pool")
    months = MONTHS_OF[words.trace["period_type"]]
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
