"""The sheet Card: from the actual values to the amount to pay, in formulas over Params and Evidence.

Belongs here: the formulas, each with the trace's own number as its cached result. Does not belong here: parameters.

Doubles are not Decimals: a SUM of rounded cells can give 102.25999999999999, and a lookup would then take the lower
tier. Hence an attainment is rounded to eight decimals before its lookup, as scoring does, and the score to ten before
its one rounding.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipelines.scorecards import book_params as params
from pipelines.scorecards.book_bonus import write_bonus
from pipelines.scorecards.book_data import EVIDENCE_FIRST_ROW
from pipelines.scorecards.book_decided import score_formula, write_calibration, write_points
from pipelines.scorecards.book_model import BookEffect, BookLine, BookSegment, Model, act_formula
from pipelines.scorecards.book_style import Style, put
from pipelines.scorecards.decided import computed_score
from pipelines.scorecards.evidence import WORKBOOK_RECORDS
from pipelines.scorecards.formats import number, period_label
from pipelines.scorecards.lines import line_row
from pipelines.scorecards.sections import act_value, changes, no_changes, rule_items
from pipelines.scorecards.size_words import size_note
from pipelines.scorecards.words import Words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_HEADS = (
    "book.segment",
    "kpi.name",
    "book.status",
    "book.effective_weight",
    "kpi.target",
    "book.actual_source",
    "evidence.numerator",
    "evidence.denominator",
    "kpi.actual",
    "book.attainment",
    "book.kpi_score",
    "book.known",
    "book.raw_points",
    "book.contribution",
    "kpi.points",
    "size.column",
)
_WIDTHS = (8, 34, 14, 11, 14, 26, 15, 15, 15, 13, 11, 9, 13, 13, 11, 60)
_LAST = EVIDENCE_FIRST_ROW + WORKBOOK_RECORDS


def write_card(sheet: Worksheet, style: Style, words: Words, model: Model, state: str) -> None:
    """Write the card's table, effects, segments and bonus."""
    trace = words.trace
    put(sheet, 0, 0, words.name, style.title)
    head = f"{trace['person_id']} · {period_label(trace['period'], words.lang)} · {state}"
    put(sheet, 1, 0, head, style.soft)
    put(sheet, 2, 0, words.t("book.hint"), style.soft)
    put(sheet, 4, 0, words.t("section.kpis"), style.section)
    for column, (key, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        put(sheet, 5, column, words.t(key), style.head)
    sheet.set_row(5, 32)
    for item in model.lines:
        _write_line(sheet, style, words, model, item)
    _write_effects(sheet, style, words, model)
    write_points(sheet, style, words, model)
    _write_segments(sheet, style, words, model)
    write_calibration(sheet, style, words, model)
    _write_changes(sheet, style, words, write_bonus(sheet, style, words, model) + 1)
    sheet.freeze_panes(6, 2)
    sheet.protect("", {"select_locked_cells": True, "format_columns": True})


def _write_changes(sheet: Worksheet, style: Style, words: Words, first: int) -> None:
    """Write what another reading would have brought, as the card says it; the yellow cells answer other questions."""
    put(sheet, first, 0, words.t("section.change"), style.section)
    rows = [line_row(words, segment, line) for segment in words.trace["segments"] for line in segment["lines"]]
    said = changes(words, rows)
    notes = [words.t("change.intro"), *said] if said else [no_changes(words)]
    for at, note in enumerate(notes, start=first + 1):
        put(sheet, at, 1, note, style.text if said and at > first + 1 else style.soft)


def _write_line(sheet: Worksheet, style: Style, words: Words, model: Model, item: BookLine) -> None:
    line, row = item.line, item.card_row
    at = row - 1
    put(sheet, at, 0, item.segment, style.plain)
    put(sheet, at, 1, words.line(line), style.text)
    put(sheet, at, 2, words.known("kpi.mark", line["status"]) if line["status"] != "ok" else "", style.plain)
    _formula(sheet, at, 3, _effective_weight(model, item), style.number, line["effective_weight"])
    _formula(sheet, at, 4, params.cell(params.TARGET, item.params_row), style.number, line["target"])
    put(sheet, at, 5, words.t(f"book.source.{item.actual_from}"), style.soft)
    _write_actual(sheet, style, item)
    known = 1 if line["kpi_score"] is not None else 0
    if item.is_live and item.attainment_form:
        attained = f'IF(L{row}=1,{_attainment(item)},"")'
        sheet.write_formula(at, 9, f"={attained}", style.number, _cached(line["attainment"]))
    else:
        put(sheet, at, 9, number(line["attainment"]), style.input)
    if item.is_live:
        curve = f"IF(L{row}=1,{_curve(model, item)},0)"
        _formula(sheet, at, 10, curve, style.number, line["kpi_score"])
        has_value = f"ISNUMBER(I{row})" if item.attainment_form else f"ISNUMBER(J{row})"
        _formula(sheet, at, 11, f"IF({has_value},1,0)", style.plain, known)
    else:
        put(sheet, at, 10, number(line["kpi_score"]), style.number)
        put(sheet, at, 11, known, style.plain)
    segment = model.segments[item.segment - 1]
    known_weight = f"C{segment.card_row}"
    _formula(sheet, at, 12, f"IF(L{row}=1,D{row}*K{row}/{known_weight},0)", style.number, line["weighted_points"])
    share = _day_share(model, segment)
    points = (number(line["weighted_points"]) or Decimal(0)) * _day_share_value(model, segment)
    _formula(sheet, at, 13, f"M{row}*{share}", style.number, points)
    put(sheet, at, 14, number(line["printed_points"]), style.fixed)
    put(sheet, at, 15, size_note(words, line), style.soft)
    if line["kpi_score"] is not None:
        name = words.line(line)
        model.checks.append((f"{name} · {words.t('book.kpi_score')}", Decimal(line["kpi_score"]), f"Card!$K${row}"))


def _write_actual(sheet: Worksheet, style: Style, item: BookLine) -> None:
    """Numerator, denominator and actual: sums over Evidence where they give the value, else the pipeline's number."""
    line, row = item.line, item.card_row
    at = row - 1
    if item.actual_from == "sealed":
        put(sheet, at, 6, number(line["numerator"]), style.number)
        put(sheet, at, 7, number(line["denominator"]), style.number)
        put(sheet, at, 8, number(line["value"]), style.input)
        return
    _formula(sheet, at, 6, _sum_of("H", line["kpi_id"]), style.number, line["numerator"] or line["value"])
    if item.actual_from == "sum":
        put(sheet, at, 7, None, style.number)
        _formula(sheet, at, 8, f"G{row}", style.input, line["value"])
        return
    _formula(sheet, at, 7, _sum_of("I", line["kpi_id"]), style.number, line["denominator"])
    times = f"*{item.factor}" if item.factor != 1 else ""
    _formula(sheet, at, 8, f"IF(H{row}=0,0,G{row}/H{row}{times})", style.input, line["value"])


def _sum_of(column: str, kpi_id: str) -> str:
    first = EVIDENCE_FIRST_ROW
    return f'SUMIFS(Evidence!${column}${first}:${column}${_LAST},Evidence!$A${first}:$A${_LAST},"{kpi_id}")'


def _effective_weight(model: Model, item: BookLine) -> str:
    """The weight after redistribution: first inside the component, then between the components that have any line."""
    if item.line["status"] == "not_applicable" or not item.component_row:
        return "0"
    rows = sorted(model.segments[item.segment - 1].component_rows.values())
    whole = "+".join(f"Params!$D${row}" for row in rows)
    own = item.component_row
    weight = params.cell(params.WEIGHT, item.params_row)
    return f"{weight}/Params!$E${own}*Params!$D${own}*100/({whole})"


def _attainment(item: BookLine) -> str:
    actual = f"I{item.card_row}"
    target = params.cell(params.TARGET, item.params_row)
    base = params.cell(params.BASELINE, item.params_row)
    forms = {
        "baseline": f"({actual}-{base})/({target}-{base})",
        "linear": f"2-{actual}/{target}",
        "ratio": f"{actual}/{target}" if item.line["direction"] == "higher" else f"{target}/{actual}",
    }
    return f"ROUND({forms[item.attainment_form]}*100,8)"


def _curve(model: Model, item: BookLine) -> str:
    inputs, outputs = params.curve_ranges(model, item)
    count, at = len(item.line["curve_points"]), f"J{item.card_row}"
    place = f"MATCH({at},{inputs},1)"
    if item.line["curve_kind"] == "step" or count == 1:
        found = f"INDEX({outputs},{place})"
    else:
        low, high = f"INDEX({inputs},{place})", f"INDEX({inputs},{place}+1)"
        bottom, top = f"INDEX({outputs},{place})", f"INDEX({outputs},{place}+1)"
        between = f"{bottom}+({at}-{low})/({high}-{low})*({top}-{bottom})"
        found = f"IF({at}>=INDEX({inputs},{count}),INDEX({outputs},{count}),{between})"
    score = f"IF({at}<INDEX({inputs},1),0,{found})"
    for effect in item.effects:
        score = act_formula(effect, score)
    return score


def _write_effects(sheet: Worksheet, style: Style, words: Words, model: Model) -> None:
    if not model.effects:
        return
    head = model.effects_head - 1
    for column, key in enumerate(("book.segment", "gates.rule", "book.before", "book.after", "kpi.points")):
        put(sheet, head, column, words.t(key), style.head)
    last: dict[tuple[int, str, str], tuple[str, Decimal]] = {}
    for effect in model.effects:
        _write_effect(sheet, style, words, model, effect, last)


def _write_effect(
    sheet: Worksheet,
    style: Style,
    words: Words,
    model: Model,
    effect: BookEffect,
    last: dict[tuple[int, str, str], tuple[str, Decimal]],
) -> None:
    """Write score before, score after and the points between, of one applied veto or gate."""
    item, row = effect.item, effect.card_row
    key = (effect.segment, item["scope"], item["of"] or "")
    segment = model.segments[effect.segment - 1]
    if item["scope"] == "component":
        own = [line for line in model.lines if line.component_row == segment.component_rows.get(item["of"], -1)]
        top = "+".join(f"D{line.card_row}*K{line.card_row}*L{line.card_row}" for line in own)
        known = "+".join(f"D{line.card_row}*L{line.card_row}" for line in own)
        start, share = f"IF(({known})=0,0,({top})/({known}))", f"({known})/C{segment.card_row}"
    else:
        start, share = f"D{segment.card_row}", "1"
    put(sheet, row - 1, 0, effect.segment, style.plain)
    put(sheet, row - 1, 1, item["title"][words.lang], style.text)
    formula, before = last.get(key) or (start, _before(segment, item))
    after = act_value(item, before)
    _formula(sheet, row - 1, 2, formula, style.number, before)
    _formula(sheet, row - 1, 3, act_formula(item, f"C{row}"), style.number, after)
    _formula(sheet, row - 1, 4, f"(D{row}-C{row})*{share}", style.number, item["points"])
    last[key] = f"D{row}", after


def _before(segment: BookSegment, item: Mapping[str, Any]) -> Decimal:
    """The score on which the first effect of a scope acts: of the component's known lines, or of the segment."""
    given = segment.segment
    if item["scope"] == "total":
        effects = [rule for rule in rule_items({"segments": [given]}) if rule["applied"] and rule["scope"] == "total"]
        return Decimal(computed_score(given) or 0) - sum((Decimal(rule["points"]) for rule in effects), Decimal(0))
    own = [line for line in given["lines"] if line["component"] == item["of"] and line["kpi_score"] is not None]
    weight = sum((Decimal(line["effective_weight"]) for line in own), Decimal(0))
    points = sum((Decimal(line["effective_weight"]) * Decimal(line["kpi_score"]) for line in own), Decimal(0))
    return points / weight if weight else Decimal(0)


def _write_segments(sheet: Worksheet, style: Style, words: Words, model: Model) -> None:
    """Write the score of every segment, and under it the score of the person, rounded once."""
    head = model.segments_head - 1
    keys = ("book.segment", "book.window", "book.known_weight", "book.base_score", "tile.score", "book.segment_days")
    for column, key in enumerate(keys):
        put(sheet, head, column, words.t(key), style.head)
    for segment in model.segments:
        _write_segment(sheet, style, words, model, segment)
    rows = [segment.card_row for segment in model.segments]
    score = number(words.trace["printed_score"])
    at = model.segments_head + len(rows)
    put(sheet, at, 1, words.t("tile.score"), style.strong_text)
    put(sheet, at, 2, None, style.strong_text)
    put(sheet, at, 3, None, style.strong_text)
    scored = [segment.card_row for segment in model.segments if segment.segment["score"] is not None]
    if scored and score is not None:
        top = "+".join(f"E{row}*F{row}" for row in scored)
        days = "+".join(f"F{row}" for row in scored)
        _formula(sheet, at, 4, f"ROUND(ROUND(({top})/({days}),10),2)", style.strong, score)
        model.checks.append((words.t("tile.score"), score, f"Card!$E${at + 1}"))
    else:
        put(sheet, at, 4, None, style.strong)
    model.cells["score"] = f"Card!$E${at + 1}"


def _write_segment(sheet: Worksheet, style: Style, words: Words, model: Model, segment: BookSegment) -> None:
    row, given = segment.card_row, segment.segment
    start, end = words.days(given)
    put(sheet, row - 1, 0, segment.position, style.plain)
    put(sheet, row - 1, 1, f"{start} – {end}", style.plain)
    own = [item.card_row for item in model.lines if item.segment == segment.position]
    known = "+".join(f"D{line}*L{line}" for line in own) or "0"
    _formula(sheet, row - 1, 2, known, style.number, given["known_weight"])
    effects = [item for item in model.effects if item.segment == segment.position]
    parts = [f"M{line}" for line in own]
    parts += [f"E{item.card_row}" for item in effects if item.item["scope"] == "component"]
    parts += [f"E{model.points_rows[segment.position]}"] if segment.position in model.points_rows else []
    whole = [f"E{item.card_row}" for item in effects if item.item["scope"] == "total"]
    score = number(computed_score(given))
    after = sum((Decimal(item.item["points"]) for item in effects if item.item["scope"] == "total"), Decimal(0))
    base = None if score is None else score - after
    _formula(sheet, row - 1, 3, "+".join(parts) or "0", style.number, base)
    computed = "+".join([f"D{row}", *whole])
    if "computed_score" in given:
        _formula(sheet, row - 1, 6, computed, style.number, score)
        computed, score = score_formula(model, segment, computed), number(given["score"])
    _formula(sheet, row - 1, 4, computed, style.number, score)
    put(sheet, row - 1, 5, int(given["eligible_days"]), style.input)


def _day_share(model: Model, segment: BookSegment) -> str:
    scored = [f"F{item.card_row}" for item in model.segments if item.segment["score"] is not None]
    if segment.segment["score"] is None:
        return "0"
    return f"F{segment.card_row}/({'+'.join(scored)})"


def _day_share_value(model: Model, segment: BookSegment) -> Decimal:
    days = sum(int(item.segment["eligible_days"]) for item in model.segments if item.segment["score"] is not None)
    if segment.segment["score"] is None or not days:
        return Decimal(0)
    return Decimal(int(segment.segment["eligible_days"])) / days


def _formula(sheet: Worksheet, row: int, column: int, formula: str, style: Any, value: Any) -> None:
    parsed = number(value)
    sheet.write_formula(row, column, f"={formula}", style, 0.0 if parsed is None else float(parsed))


def _cached(value: Any) -> Mapping[str, Any] | float | str:
    parsed = number(value)
    return "" if parsed is None else float(parsed)
