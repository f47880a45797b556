"""The sheet Platform: events, peers, effect, factor and the moved target of every line under peer control, in formulas.

Belongs here: this sheet, which a workbook has only where a platform touches the card. Peers' values are yellow cells;
the target on Params is the result. Does not belong here: the formulas of the score (`book_card`).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipelines.scorecards.book_model import BookLine, Model
from pipelines.scorecards.book_style import Style, put
from pipelines.scorecards.formats import number
from pipelines.scorecards.shock_words import event_words
from pipelines.scorecards.words import Words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SHEET = "Platform"
_NEAR = Decimal("1e-9")


def has_shocks(model: Model) -> bool:
    """Whether an event or peer control touches any line of the card."""
    return any("shock" in item.line for item in model.lines)


def write_shocks(sheet: Worksheet, style: Style, words: Words, model: Model) -> None:
    """Write a block for each line, and note on the model where its adjusted target and baseline stand."""
    put(sheet, 0, 0, words.t("shock.sheet"), style.title)
    put(sheet, 1, 0, f"{words.name} · {words.trace['person_id']}", style.soft)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 3, 18)
    at = 3
    for item in model.lines:
        shock = item.line.get("shock")
        if not shock:
            continue
        put(sheet, at, 0, words.line(item.line), style.section)
        at += 1
        for event in shock["events"]:
            put(sheet, at, 0, event_words(words, event), style.text)
            put(sheet, at, 1, event["link"], style.plain)
            at += 1
        if "control" in shock:
            at = _write_control(sheet, style, words, model, item, shock, at)
        else:
            put(sheet, at, 0, words.t("shock.noted"), style.text)
        at += 2
    sheet.protect("", {"select_locked_cells": True, "format_columns": True})


def _write_control(
    sheet: Worksheet, style: Style, words: Words, model: Model, item: BookLine, shock: Mapping[str, Any], at: int
) -> int:
    control = shock["control"]
    for column, key in enumerate(("peer", "base", "now", "change")):
        put(sheet, at, column, words.t(f"shock.column.{key}"), style.head)
    first = at + 2
    for peer in control["peers"]:
        at += 1
        put(sheet, at, 0, peer["peer_id"], style.text)
        put(sheet, at, 1, number(peer["base"]), style.input)
        put(sheet, at, 2, number(peer["now"]), style.input)
        _formula(sheet, at, 3, f"LN(C{at + 1}/B{at + 1})", style, peer["change"])
    changes = f"D{first}:D{at + 1}"
    for out in control["left_out"]:
        at += 1
        put(sheet, at, 0, out["peer_id"], style.text)
        put(sheet, at, 1, words.known("shock.why", out["why"]), style.soft)
    cells: dict[str, str] = {}
    for name in ("beta", "cap"):
        at += 1
        put(sheet, at, 0, words.t(f"shock.column.{name}"), style.text)
        put(sheet, at, 1, number(control[name]), style.input)
        cells[name] = f"B{at + 1}"
    if control["peers"]:
        at += 1
        put(sheet, at, 0, words.t("shock.column.effect"), style.text)
        _formula(sheet, at, 1, f"MEDIAN({changes})", style, control["effect"])
        cells["effect"] = f"B{at + 1}"
    at += 1
    put(sheet, at, 0, words.t(f"shock.state.{shock['state']}"), style.strong_text)
    if shock["state"] != "applied":
        return at
    at += 1
    put(sheet, at, 0, words.t("shock.column.factor"), style.text)
    _factor(sheet, style, at, cells, control)
    factor = f"$B${at + 1}"
    for name in ("baseline", "target"):
        raw = number(control["raw"][name])
        if raw is None:
            continue
        put(sheet, at + 1, 0, words.t(f"shock.column.raw_{name}"), style.text)
        put(sheet, at + 1, 1, raw, style.input)
        put(sheet, at + 2, 0, words.t(f"shock.column.{name}"), style.text)
        _formula(sheet, at + 2, 1, f"B{at + 2}*{factor}", style, item.line[name])
        cell = f"{SHEET}!$B${at + 3}"
        model.moved[item.params_row, name] = cell
        model.checks.append(
            (f"{words.line(item.line)} · {words.t(f'shock.column.{name}')}", Decimal(item.line[name]), cell)
        )
        at += 2
    for name in ("attainment", "kpi_score"):
        at += 1
        put(sheet, at, 0, words.t(f"shock.column.raw_{name}"), style.text)
        put(sheet, at, 1, number(control["raw"][name]), style.number)
    return at


def _factor(sheet: Worksheet, style: Style, at: int, cells: Mapping[str, str], control: Mapping[str, Any]) -> None:
    """The factor as a formula where that gives the trace's number; a limit of the KPI may have bounded it further."""
    cap, effect, beta = (number(control[name]) for name in ("cap", "effect", "beta"))
    if cap is None or effect is None or beta is None:
        return
    low, high = 1 - cap / 100, 1 + cap / 100
    formula = f"MIN(1+{cells['cap']}/100,MAX(1-{cells['cap']}/100,EXP({cells['effect']}*{cells['beta']})))"
    factor = number(control["factor"])
    again = min(max((effect * beta).exp(), low), high)
    if factor is not None and abs(again - factor) < _NEAR:
        _formula(sheet, at, 1, formula, style, control["factor"])
    else:
        put(sheet, at, 1, factor, style.input)


def _formula(sheet: Worksheet, row: int, column: int, formula: str, style: Style, value: Any) -> None:
    sheet.write_formula(row, column, f"={formula}", style.number, float(number(value) or 0))
