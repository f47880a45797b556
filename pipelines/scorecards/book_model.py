"""Where everything stands in the workbook, and which formula gives which result of the trace.

Belongs here: the layout (rows of lines, effects, segments, bonus) and the choice between a live formula and the
pipeline's own value. Does not belong here: writing cells (book_params, book_card, book_check).

A formula is used only where it gives the trace's number: a value that needs more than this person's data (a median, a
cap on the attainment, the other members of a pool) stands as a yellow cell with the pipeline's value instead. So the
workbook can never show a formula that contradicts the card.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pipelines.scorecards.bundle import written_evidence
from pipelines.scorecards.decided import calibrated
from pipelines.scorecards.formats import number
from pipelines.scorecards.sections import rule_items
from pipelines.scorecards.words import Words

CARD_FIRST_LINE = 7
PARAMS_FIRST_LINE = 7
_TOLERANCE = Decimal("1e-9")


@dataclass
class BookLine:
    """One KPI line: its trace, the number of its segment from 1, and its row on Card and Params (from 1).

    `actual_from` says where the actual value comes from: `sum` or `ratio` of the evidence, or `sealed`.
    `factor` is what the quotient is multiplied by (100 where the KPI is in per cent).
    `attainment_form` is the form that reproduces the trace's attainment, or empty.
    """

    line: Mapping[str, Any]
    segment: int
    card_row: int
    params_row: int
    component_row: int = 0
    actual_from: str = "sealed"
    factor: int = 1
    attainment_form: str = ""
    effects: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def is_live(self) -> bool:
        """Whether the line has a target and a curve, so that an actual value could be scored."""
        return bool(self.line["curve_points"]) and self.line["status"] != "not_applicable"


@dataclass
class BookEffect:
    """An applied veto or gate on a component or the total, in the order of pay, with its row on Card."""

    item: Mapping[str, Any]
    segment: int
    card_row: int
    before: str = ""


@dataclass
class BookSegment:
    """A segment with its row on Card and, where it has a share in a pool, the pool and the own row of it."""

    segment: Mapping[str, Any]
    position: int
    card_row: int
    component_rows: dict[str, int]
    pool: Mapping[str, Any] | None = None
    member: Mapping[str, Any] | None = None


@dataclass
class Model:
    """The layout of one workbook; `cells` names cells that other sheets refer to.

    `moved` are the cells of the sheet Platform that hold a moved baseline or target, by row of Params and name.
    `points_rows` are the rows of the bonus points by segment; `calibration_row` is the first of the three rows of an
    applied calibration, 0 where there is none.
    """

    lines: list[BookLine]
    effects: list[BookEffect]
    segments: list[BookSegment]
    curve_width: int
    components_head: int
    effects_head: int
    segments_head: int
    bonus_head: int
    points_head: int = 0
    points_rows: dict[int, int] = field(default_factory=dict)
    calibration_row: int = 0
    cells: dict[str, str] = field(default_factory=dict)
    checks: list[tuple[str, Decimal, str]] = field(default_factory=list)
    moved: dict[tuple[int, str], str] = field(default_factory=dict)


def model_of(words: Words) -> Model:
    """Lay out the workbook of a person."""
    trace = words.trace
    lines: list[BookLine] = []
    for position, segment in enumerate(trace["segments"], start=1):
        for line in segment["lines"]:
            row = len(lines)
            lines.append(BookLine(line, position, CARD_FIRST_LINE + row, PARAMS_FIRST_LINE + row))
    curve_width = max((len(item.line["curve_points"]) for item in lines), default=0)
    components_head = PARAMS_FIRST_LINE + len(lines) + 2
    segments = _segments(words, components_head + 1)
    effects_head = CARD_FIRST_LINE + len(lines) + 2
    effects = _effects(trace, effects_head + 1)
    points_head = effects_head + len(effects) + (2 if effects else 0)
    granted = [item.position for item in segments if "bonus_points" in item.segment]
    points_rows = {position: points_head + place for place, position in enumerate(granted, start=1)}
    segments_head = points_head + len(granted) + (2 if granted else 0)
    for segment in segments:
        segment.card_row = segments_head + segment.position
    bonus_head = segments_head + len(segments) + 3
    calibration_row = bonus_head - 1 if calibrated(trace) else 0
    bonus_head += 3 if calibration_row else 0
    _complete_lines(words, lines, segments)
    return Model(
        lines, effects, segments, curve_width, components_head, effects_head, segments_head, bonus_head, points_head,
        points_rows, calibration_row,
    )  # fmt: skip


def act_formula(item: Mapping[str, Any], before: str) -> str:
    """Return the formula of an effect on the score in `before`; never below 0."""
    amount = item["amount"]
    if item["effect"] == "zero":
        return "0"
    if item["effect"] == "cap":
        return f"MIN({before},{amount})"
    if item["effect"] == "multiply":
        return f"{before}*{amount}"
    return f"MAX(0,{before}-{amount})"


def _segments(words: Words, first_component_row: int) -> list[BookSegment]:
    pools = {pool["pool_id"]: pool for pool in words.bundle["pools"]}
    found, row = [], first_component_row
    for position, segment in enumerate(words.trace["segments"], start=1):
        rows = {}
        for component in segment["components"]:
            rows[component["id"]] = row
            row += 1
        pool = pools.get(segment["bonus"]["pool_id"])
        members = pool["members"] if pool else []
        own = next(
            (
                member
                for member in members
                if member["person_id"] == words.trace["person_id"] and member["segment_id"] == segment["segment_id"]
            ),
            None,
        )
        found.append(BookSegment(segment, position, 0, rows, pool if own else None, own))
    return found


def _effects(trace: Mapping[str, Any], first_row: int) -> list[BookEffect]:
    found = []
    for position, segment in enumerate(trace["segments"], start=1):
        applied = [item for item in rule_items({"segments": [segment]}) if item["applied"] and item["scope"] != "kpi"]
        applied.sort(key=lambda item: (item["scope"] == "total", item["scope"], item["of"] or "", _rank(item)))
        if segment["score"] is not None:
            found += [BookEffect(item, position, 0) for item in applied]
    for row, effect in enumerate(found, start=first_row):
        effect.card_row = row
    return found


def _rank(item: Mapping[str, Any]) -> int:
    if item["effect"] == "multiply":
        return 3
    return ("vetoes", "gates", "gaming").index(item["kind"])


def _complete_lines(words: Words, lines: list[BookLine], segments: list[BookSegment]) -> None:
    kept = written_evidence(words.bundle, words.trace["person_id"])
    for item in lines:
        segment = segments[item.segment - 1]
        item.component_row = segment.component_rows.get(item.line["component"], 0)
        item.effects = [
            rule
            for rule in rule_items({"segments": [segment.segment]})
            if rule["applied"] and rule["scope"] == "kpi" and rule["of"] == item.line["kpi_id"]
        ]
        item.effects.sort(key=_rank)
        item.attainment_form = _attainment_form(item.line)
        rows = kept.get(item.line["kpi_id"], [])
        top = sum((Decimal(row["numerator"]) for row in rows if "numerator" in row), Decimal(0))
        bottom = sum((Decimal(row["denominator"]) for row in rows if "denominator" in row), Decimal(0))
        item.actual_from, item.factor = _actual_from(item.line, top if rows else None, bottom)


def _actual_from(line: Mapping[str, Any], top: Decimal | None, bottom: Decimal) -> tuple[str, int]:
    """Find how the evidence on the sheet gives the actual value exactly, if it does."""
    value = number(line["value"])
    if value is None or top is None:
        return "sealed", 1
    for factor in (1, 100):
        if number(line["denominator"]) is not None and bottom and _near(top / bottom * factor, value):
            return "ratio", factor
    if number(line["denominator"]) is None and _near(top, value):
        return "sum", 1
    return "sealed", 1


def _attainment_form(line: Mapping[str, Any]) -> str:
    """Return the method if its formula, without any cap, gives the trace's attainment."""
    value, target, attained = (number(line[name]) for name in ("value", "target", "attainment"))
    if target is None:
        return ""
    method = str(line["method"])
    if value is None or attained is None:
        return method if method in {"baseline", "linear"} else ""
    base = number(line["baseline"])
    if method == "baseline" and base is not None:
        again = (value - base) / (target - base)
    elif method == "linear":
        again = 2 - value / target
    elif method == "ratio" and line["direction"] == "higher":
        again = value / target
    elif method == "ratio" and value > 0:
        again = target / value
    else:
        return ""
    return method if _near(again * 100, attained) else ""


def _near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= _TOLERANCE * max(Decimal(1), abs(other))
