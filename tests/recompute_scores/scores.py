"""From readings to a segment's score: lines, effective weights, effects in their order, bounds of withheld data.

Belongs here: docs/scoring.md, "From points to the score". Does not belong here: money.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .company import LENGTH, Seg, Span
from .curves import Points, attainment, baseline_of, bent, reading_of
from .measures import Measure, Scheme, counts_in
from .numbers import HUNDRED, number
from .targets import Target, default

KNOWN = {"ok", "provisional"}
ZERO = Fraction(0)


@dataclass(frozen=True)
class Read:
    """A reading of the warehouse."""

    status: str
    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    reason: str = ""


@dataclass
class Line:
    """One KPI line. `score` None: withheld or not applicable; `low` and `high` bound it."""

    measure: Measure
    status: str
    reason: str = ""
    value: Fraction | None = None
    target: Target | None = None
    share: Fraction = Fraction(1)
    baseline: Fraction | None = None
    attainment: Fraction | None = None
    points: Points = field(default_factory=list)
    score: Fraction | None = None
    low: Fraction = ZERO
    high: Fraction = ZERO
    effective: Fraction = ZERO

    @property
    def is_applicable(self) -> bool:
        return self.status != "not_applicable"


@dataclass
class Scored:
    """A segment's score; `score` None when nothing is known."""

    seg: Seg
    lines: list[Line]
    components: dict[str, tuple[Fraction, Fraction | None]]
    score: Fraction | None
    low: Fraction
    high: Fraction
    known: Fraction

    @property
    def is_scorable(self) -> bool:
        return any(line.is_applicable for line in self.lines)


@dataclass(frozen=True)
class Effect:
    """A veto or gate that applies to this segment; `is_open` when only its reading, which is withheld, could tell."""

    id: str
    kind: str
    amount: Fraction
    scope: str
    of: str
    is_open: bool


def line_of(
    scheme: Scheme,
    measure: Measure,
    seg: Seg,
    span: Span,
    row: Mapping[str, Any],
    read: Read | None,
    stated: Target | None,
    community_target: Target | None,
) -> Line:
    """One line: what is read, its target for the segment, its attainment and points."""
    block = scheme["kpis"][measure.kpi]
    if not scheme["dimensions"][block["dimension"]].get("enabled", True) or not counts_in(scheme, measure.kpi, span):
        return Line(measure, "not_applicable")
    read = read or Read("withheld", reason="no_reading")
    is_lower = row["direction"] == "lower"
    adds_up = row["aggregation"] in {"sum", "distinct"}
    whole = stated or default(block, len(span.months), adds_up=adds_up)
    share = Fraction(seg.days, span.days) if adds_up else Fraction(1)
    if measure.held is not None:
        if community_target is not None:
            whole = community_target
            share = measure.held.days / span.days if adds_up else Fraction(1)
        elif adds_up:
            share *= measure.held.days / sum((one.days for one in seg.held), ZERO)
    if "scale" in block and adds_up:
        # of as long a time as the default, and prorated like the target
        length = Fraction(len(span.months), LENGTH[block.get("default_target", {}).get("per", "month")])
        block = {**block, "scale": number(block["scale"]) * length * share}
    line = Line(measure, read.status, read.reason, read.value, share=share)
    if whole is None:
        if line.is_applicable:
            line.status, line.reason = "withheld", "no_target"
        return line
    line.target = whole.times(share)
    line.baseline = baseline_of(block, line.target, is_lower=is_lower)
    line.points = bent(scheme["curves"][block["curve"]], block, line.target, is_lower=is_lower)
    if read.status in KNOWN and read.value is not None:
        line.attainment = attainment(read.value, block, line.target, is_lower=is_lower)
        kind = scheme["curves"][block["curve"]]["kind"]
        line.score = line.low = line.high = reading_of(line.points, kind, line.attainment)
    elif read.status == "withheld":
        line.high = max(p for _, p in line.points)
    return line


def weigh(lines: list[Line], components: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Give every applicable line its effective weight, of 100; returns that of each component."""
    applicable = {
        name: sum((one.measure.weight for one in lines if one.measure.component == name and one.is_applicable), ZERO)
        for name in components
    }
    left = sum((components[name] for name, weight in applicable.items() if weight), ZERO)
    whole = {name: components[name] * HUNDRED / left if weight else ZERO for name, weight in applicable.items()}
    for line in lines:
        name = line.measure.component
        line.effective = whole[name] * line.measure.weight / applicable[name] if line.is_applicable else ZERO
    return whole


def apply(effect: Effect, before: Fraction) -> Fraction:
    """What an effect leaves of points."""
    if effect.kind == "zero":
        return ZERO
    if effect.kind == "cap":
        return min(before, effect.amount)
    if effect.kind == "multiply":
        return before * effect.amount
    return max(ZERO, before - effect.amount)


def effects_of(scheme: Scheme, seg: Seg, reads: Mapping[str, Read], review: Fraction | None) -> list[Effect]:
    """The effects that apply or may apply, vetoes before gates, and those that multiply last."""
    found = []
    for block in scheme.get("vetoes", []):
        inside = review is not None and (
            ("at_least" not in block or review >= number(block["at_least"]))
            and ("below" not in block or review < number(block["below"]))
        )
        if inside and _concerns(block, seg):
            found.append(_effect(block, is_open=False))
    for block in scheme.get("gates", []):
        if not _concerns(block, seg):
            continue
        read = reads.get(block["kpi"], Read("withheld"))
        if read.status in KNOWN and read.value is not None:
            breaks = (
                read.value > number(block["at_most"]) if "at_most" in block else read.value < number(block["at_least"])
            )
            if breaks:
                found.append(_effect(block, is_open=False))
        elif read.status == "withheld" and block["when_withheld"] == "hold":
            found.append(_effect(block, is_open=True))
    return sorted(found, key=lambda one: one.kind == "multiply")


def _concerns(block: Mapping[str, Any], seg: Seg) -> bool:
    return not block.get("roles") or seg.role in block["roles"]


def _effect(block: Mapping[str, Any], *, is_open: bool) -> Effect:
    amount = number(block.get("amount", 0))
    return Effect(block["id"], block["effect"], amount, block["scope"], block.get("of", ""), is_open)


def scored(
    seg: Seg,
    lines: list[Line],
    component_weights: Mapping[str, Fraction],
    effects: list[Effect],
    granted: Fraction = ZERO,
) -> Scored:
    """The score of a segment, and the least and the most that it can become; `granted` are points beyond the KPIs."""
    whole = weigh(lines, component_weights)
    best = [line.high for line in lines if line.is_applicable]
    for line in lines:
        if line.status == "withheld":
            # it may turn out not applicable and hand its weight to the best of the others
            line.high = max([line.high, *best])
        for effect in effects:
            if effect.scope == "kpi" and effect.of == line.measure.kpi and line.is_applicable:
                _on_line(effect, line)
    score, by_component = total(lines, lambda one: one.score, effects, granted, is_low=False)
    low, _ = total(lines, lambda one: one.low, effects, granted, is_low=True)
    high, _ = total(lines, lambda one: one.high, effects, granted, is_low=False)
    known = sum((one.effective for one in lines if one.score is not None), ZERO)
    components = {name: (whole[name], by_component.get(name)) for name in component_weights}
    return Scored(seg, lines, components, score, low or ZERO, high or ZERO, known)


def total(
    lines: list[Line],
    pick: Callable[[Line], Fraction | None],
    effects: list[Effect],
    granted: Fraction,
    *,
    is_low: bool,
) -> tuple[Fraction | None, dict[str, Fraction]]:
    """The score over the lines that `pick` knows, component by component, with the effects on both.

    Points that people granted come after the weights and before the effects on the total, so that they undo none.
    """
    inside: dict[str, list[tuple[Fraction, Fraction]]] = {}
    for line in lines:
        points = pick(line)
        if points is not None and line.effective:
            inside.setdefault(line.measure.component, []).append((line.effective, points))
    weights = {name: sum((w for w, _ in them), ZERO) for name, them in inside.items()}
    values = {
        name: _after(sum((w * p for w, p in them), ZERO) / weights[name], effects, "component", name, is_low=is_low)
        for name, them in inside.items()
    }
    known = sum(weights.values(), ZERO)
    if not known:
        return None, values
    mean = sum((weights[name] * value for name, value in values.items()), ZERO) / known
    return _after(mean + granted, effects, "total", "", is_low=is_low), values


def _after(value: Fraction, effects: list[Effect], scope: str, of: str, *, is_low: bool) -> Fraction:
    for effect in effects:
        if effect.scope == scope and effect.of == of and _reaches(effect, is_low):
            value = apply(effect, value)
    return value


def _reaches(effect: Effect, is_low: bool) -> bool:
    """An effect that nobody can tell yet is in the lowest score alone."""
    return is_low or not effect.is_open


def _on_line(effect: Effect, line: Line) -> None:
    line.low = apply(effect, line.low)
    if not effect.is_open:
        line.high = apply(effect, line.high)
        line.score = None if line.score is None else apply(effect, line.score)
