"""People's decisions on the sheet Card: bonus points, calibration, and amounts beside the bonus.

Belongs here: their cells and formulas. What people decided stands in yellow cells, what follows from it is live. Does
not belong here: the score before and after (`book_card`), the bonus (`book_bonus`).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipelines.scorecards.beside_card import guarantee_label
from pipelines.scorecards.book_model import BookSegment, Model
from pipelines.scorecards.book_own import OwnCells
from pipelines.scorecards.book_rows import Rows
from pipelines.scorecards.book_style import Style, put
from pipelines.scorecards.book_true_up import write_true_up
from pipelines.scorecards.decided import calibrated, computed_score, extras
from pipelines.scorecards.formats import number
from pipelines.scorecards.words import Words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def write_points(sheet: Worksheet, style: Style, words: Words, model: Model) -> None:
    """Write what was granted to each segment, the scheme's maximum, and what of it counts."""
    if not model.points_rows:
        return
    head = model.points_head - 1
    for column, key in enumerate(
        ("book.segment", "decided.points", "book.granted", "book.points_max", "book.points_counted")
    ):
        put(sheet, head, column, words.t(key), style.head)
    for segment in model.segments:
        row = model.points_rows.get(segment.position)
        if row is None:
            continue
        points = segment.segment["bonus_points"]
        put(sheet, row - 1, 0, segment.position, style.plain)
        put(sheet, row - 1, 1, words.t("decided.points"), style.text)
        put(sheet, row - 1, 2, number(points["granted"]), style.input)
        put(sheet, row - 1, 3, number(points["max"]), style.input)
        sheet.write_formula(row - 1, 4, f"=MIN(C{row},D{row})", style.number, float(points["counted"]))


def score_formula(model: Model, segment: BookSegment, computed: str) -> str:
    """Return the formula of a segment's score: the computed one, or its part of the one that was decided."""
    if not model.calibration_row:
        return computed
    mean, decided = f"E{model.calibration_row}", f"E{model.calibration_row + 2}"
    if sum(one.segment["score"] is not None for one in model.segments) == 1:
        return decided
    return f"IF(E{model.calibration_row + 1}=0,{decided},G{segment.card_row}*{decided}/{mean})"


def write_calibration(sheet: Worksheet, style: Style, words: Words, model: Model) -> None:
    """Write the computed score, which the check compares, and the decided one under the score of the person."""
    decision = calibrated(words.trace)
    if decision is None or not model.calibration_row:
        return
    put(sheet, model.segments_head - 1, 6, words.t("book.computed"), style.head)
    scored = [segment for segment in model.segments if segment.segment["score"] is not None]
    top = "+".join(f"G{segment.card_row}*F{segment.card_row}" for segment in scored)
    days = "+".join(f"F{segment.card_row}" for segment in scored)
    weights = [int(segment.segment["eligible_days"]) for segment in scored]
    values = [Decimal(computed_score(segment.segment) or 0) for segment in scored]
    mean = sum((value * weight for value, weight in zip(values, weights, strict=True)), Decimal(0)) / sum(weights)
    rows = Rows(sheet, style, words, model.calibration_row - 1)
    cell = rows.formula("book.before_calibration", f"({top})/({days})", mean)
    computed = rows.formula("book.computed", f"ROUND(ROUND({cell},10),2)", decision["computed"])
    rows.given("book.decided", decision["decided"])
    model.checks.append(
        (words.t("book.computed"), Decimal(decision["computed"]), f"Card!${computed[0]}${computed[1:]}")
    )


def write_extras(rows: Rows, words: Words, owns: Mapping[str, OwnCells]) -> list[str]:
    """Write awards, pay by the piece, true-ups and guarantees; return the cells of their amounts.

    Args:
        rows: where they go.
        words: of the card.
        owns: the cells of pay by the own score, by segment, from which a true-up is worked out.
    """
    kinds = {"award": _award, "piece_rate": _piece, "guarantee": _guarantee}
    return [
        write_true_up(rows, words, item, owns) if item["kind"] == "true_up" else kinds[item["kind"]](rows, words, item)
        for item in extras(words.trace)
    ]


def _award(rows: Rows, words: Words, item: Any) -> str:
    return rows.stated(words.t("decided.award", award=item["award"]), item["amount"])


def _piece(rows: Rows, words: Words, item: Any) -> str:
    title = str(item["title"][words.lang])
    if item["status"] not in ("ok", "provisional"):
        return rows.stated(title, item["amount"])
    units = rows.stated(f"{title}: {words.kpi(item['kpi_id'])}", item["value"])
    per, rate = rows.given("book.piece_per", item["per"]), rows.given("book.piece_rate", item["rate"])
    due = f"ROUND(ROUND(MAX(0,{units})/{per}*{rate},8),2)"
    if item["cap"] is not None:
        due = f"MIN({due},{rows.given('book.piece_cap', item['cap'])})"
    return rows.worked(title, due, item["amount"])


def _guarantee(rows: Rows, words: Words, item: Any) -> str:
    brings = rows.given("beside.book.brings", item["brings"])
    present = rows.given("beside.book.present", item["present"])
    return rows.worked(guarantee_label(words, item), f"MAX(0,{brings}-{present})", item["amount"])
