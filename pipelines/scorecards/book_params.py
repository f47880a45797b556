"""The sheet Params: every number that the formulas of Card take, yellow where it may be changed.

Belongs here: lines (weight, baseline, target, curve) and components. Does not belong here: results (book_card).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pipelines.scorecards.book_model import BookLine, Model
from pipelines.scorecards.book_style import Style, put
from pipelines.scorecards.formats import number, period_label
from pipelines.scorecards.words import Words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

#: Columns of the lines table; the curve's attainments begin after them, its scores after those.
SEGMENT, KPI, NAME, COMPONENT, METHOD, DIRECTION, WEIGHT, BASELINE, TARGET, CURVE = range(10)


def column_name(column: int) -> str:
    """Name a column counted from 0: A, B, ... Z, AA."""
    name = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(65 + letter) + name
    return name


def curve_ranges(model: Model, item: BookLine) -> tuple[str, str]:
    """Return the ranges of a line's attainments and scores on Params."""
    count = len(item.line["curve_points"])
    row = item.params_row
    inputs = f"Params!${column_name(CURVE)}${row}:${column_name(CURVE + count - 1)}${row}"
    start = CURVE + model.curve_width
    outputs = f"Params!${column_name(start)}${row}:${column_name(start + count - 1)}${row}"
    return inputs, outputs


def cell(column: int, row: int) -> str:
    """Name a cell of Params."""
    return f"Params!${column_name(column)}${row}"


def write_params(sheet: Worksheet, style: Style, words: Words, model: Model) -> None:
    """Write the parameters of every line and component."""
    trace = words.trace
    put(sheet, 0, 0, words.t("book.params"), style.title)
    put(sheet, 1, 0, f"{words.name} · {trace['person_id']}", style.soft)
    put(sheet, 2, 0, period_label(trace["period"], words.lang), style.soft)
    put(sheet, 3, 0, words.t("book.hint"), style.soft)
    sheet.set_column(0, 0, 9)
    sheet.set_column(1, 2, 30)
    sheet.set_column(3, 5, 13)
    sheet.set_column(6, CURVE + 2 * model.curve_width, 12)
    _write_heads(sheet, style, words, model)
    for item in model.lines:
        _write_line(sheet, style, words, model, item)
    _write_components(sheet, style, words, model)
    sheet.freeze_panes(6, 3)
    sheet.protect("", {"select_locked_cells": True, "format_columns": True})


def _write_heads(sheet: Worksheet, style: Style, words: Words, model: Model) -> None:
    names = ("book.segment", "book.kpi_id", "book.kpi", "book.component", "book.method", "book.direction")
    heads = [words.t(name) for name in names]
    heads += [words.t("kpi.weight"), words.t("kpi.baseline"), words.t("kpi.target")]
    heads += [words.t("book.curve_a", n=number_ + 1) for number_ in range(model.curve_width)]
    heads += [words.t("book.curve_p", n=number_ + 1) for number_ in range(model.curve_width)]
    for column, head in enumerate(heads):
        put(sheet, 5, column, head, style.head)


def _write_line(sheet: Worksheet, style: Style, words: Words, model: Model, item: BookLine) -> None:
    line, row = item.line, item.params_row - 1
    put(sheet, row, SEGMENT, item.segment, style.plain)
    put(sheet, row, KPI, line["kpi_id"], style.plain)
    put(sheet, row, NAME, words.line(line), style.text)
    put(sheet, row, COMPONENT, words.component(line["component"]), style.plain)
    put(sheet, row, METHOD, line["method"], style.plain)
    put(sheet, row, DIRECTION, words.known("direction", line["direction"]), style.plain)
    for column, name in ((WEIGHT, "weight"), (BASELINE, "baseline"), (TARGET, "target")):
        source = model.moved.get((item.params_row, name))
        if source is None:
            put(sheet, row, column, number(line[name]), style.input)
        else:
            sheet.write_formula(row, column, f"={source}", style.number, float(number(line[name]) or 0))
    for index, (attained, points) in enumerate(line["curve_points"]):
        put(sheet, row, CURVE + index, Decimal(attained), style.input)
        put(sheet, row, CURVE + model.curve_width + index, Decimal(points), style.input)


def _write_components(sheet: Worksheet, style: Style, words: Words, model: Model) -> None:
    """Write the components: weight, and the weight of the lines in it that apply."""
    head = model.components_head - 1
    for column, key in enumerate(("book.segment", "book.component", "book.component", "kpi.weight", "book.applicable")):
        put(sheet, head, column, words.t(key), style.head)
    for segment in model.segments:
        for component in segment.segment["components"]:
            row = segment.component_rows[component["id"]] - 1
            own = [item for item in model.lines if item.component_row == row + 1]
            applicable = [item for item in own if item.line["status"] != "not_applicable"]
            cells = "+".join(cell(WEIGHT, item.params_row) for item in applicable)
            put(sheet, row, 0, segment.position, style.plain)
            put(sheet, row, 1, component["id"], style.plain)
            put(sheet, row, 2, component["title"][words.lang], style.text)
            put(sheet, row, 3, number(component["weight"]), style.input)
            weight = sum((number(item.line["weight"]) or Decimal(0) for item in applicable), Decimal(0))
            sheet.write_formula(row, 4, f"={cells}", style.number, float(weight))
