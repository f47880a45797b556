"""The drawings of a card as inline SVG: bullet charts, the bars of the weight waterfall, trends.

Belongs here: geometry only; every drawing has a text for those who do not see it and never speaks by colour alone.
Does not belong here: what the numbers mean (view) and the colours, which are classes of card.css.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

BULLET_WIDTH = 220
BULLET_HEIGHT = 30
BAR_WIDTH = 1000
SPARK_WIDTH = 220
SPARK_HEIGHT = 32


@dataclass(frozen=True)
class Scale:
    """A linear scale from KPI values to 0..width; reversed when lower is better, so that right is always better."""

    low: float
    high: float
    width: float
    reversed: bool = False

    def at(self, value: float) -> float:
        """Return the position of a value, kept inside the drawing."""
        part = (value - self.low) / (self.high - self.low)
        part = min(max(part, 0.0), 1.0)
        return self.width * (1 - part if self.reversed else part)


def bullet(
    actual: Decimal | None,
    threshold: Decimal | None,
    target: Decimal | None,
    stretch: Decimal | None,
    direction: str,
    label: str,
) -> Markup:
    """Draw a bullet graph after Few's design: measured bar, target line, and tints for the ranges between levels.

    Returns:
        An SVG, or an empty string when there is no target to compare with or nothing to compare.
    """
    levels = [float(level) for level in (threshold, target, stretch) if level is not None]
    if target is None or actual is None:
        return Markup("")
    scale = _scale(float(actual), levels, direction == "lower")
    edges = [scale.at(level) for level in sorted(levels, reverse=scale.reversed)]
    parts = []
    left = 0.0
    for number, right in enumerate([*edges, scale.width]):
        if right > left:
            shade = number + 4 - len(edges)
            parts.append(f'<rect class="r{shade}" x="{left:.1f}" y="3" width="{right - left:.1f}" height="24"/>')
        left = max(left, right)
    end = scale.at(float(actual))
    start = scale.at(0.0) if scale.low < 0 < scale.high else 0.0
    x, width = min(start, end), max(abs(end - start), 2.0)
    parts.append(f'<rect class="bar" x="{min(x, scale.width - 2):.1f}" y="11" width="{width:.1f}" height="8"/>')
    mark = min(max(scale.at(float(target)), 1.5), scale.width - 1.5)
    parts.append(f'<rect class="goal" x="{mark - 1.5:.1f}" y="0" width="3" height="30"/>')
    return _svg("bullet", BULLET_WIDTH, BULLET_HEIGHT, label, parts, "none")


@dataclass(frozen=True)
class Step:
    """One bar of the waterfall: it begins at `start` points, would reach `start + weight` at target."""

    start: Decimal
    points: Decimal
    weight: Decimal
    label: str


def waterfall_extent(steps: Iterable[Step], total: Decimal) -> Decimal:
    """Return the right end of the waterfall's scale: the farthest of the total, the bars, their boxes and 100."""
    reach = [Decimal(100), total]
    for step in steps:
        reach += [step.start + step.points, step.start + step.weight]
    return max(reach) * Decimal("1.01")


def waterfall_bar(step: Step, extent: Decimal) -> Markup:
    """Draw one step: an outlined box of its weight, filled with the points earned; points beyond it are hatched."""
    begin, earned, box = (
        _x(value, extent) for value in (step.start, step.start + step.points, step.start + step.weight)
    )
    within = min(max(earned, begin), box)
    parts = [
        f'<rect class="box" x="{begin:.1f}" y="4" width="{max(box - begin, 1):.1f}" height="22"/>',
        f'<rect class="bar" x="{begin:.1f}" y="4" width="{max(within - begin, 0):.1f}" height="22"/>',
    ]
    if earned > box:
        parts.append(f'<rect class="extra" x="{box:.1f}" y="4" width="{earned - box:.1f}" height="22"/>')
    if earned < begin:
        parts.append(f'<rect class="loss" x="{earned:.1f}" y="4" width="{begin - earned:.1f}" height="22"/>')
    return _svg("fall", BAR_WIDTH, 30, step.label, parts, "none")


def waterfall_total(total: Decimal, extent: Decimal, label: str) -> Markup:
    """Draw the last bar of the waterfall, from zero to the total, with the line of 100 points."""
    hundred = _x(Decimal(100), extent)
    parts = [
        f'<rect class="total" x="0" y="4" width="{max(_x(total, extent), 1):.1f}" height="22"/>',
        f'<rect class="goal" x="{hundred - 2:.1f}" y="0" width="4" height="30"/>',
    ]
    return _svg("fall", BAR_WIDTH, 30, label, parts, "none")


def sparkline(values: Sequence[Decimal | None], label: str) -> Markup:
    """Draw a small trend, oldest first; None is a gap in the line, and the last value has a dot.

    Returns:
        An SVG, or an empty string where fewer than two values are known.
    """
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return Markup("")
    low, span = min(known), max(known) - min(known)
    step = SPARK_WIDTH / (len(values) - 1)
    runs: list[list[tuple[float, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
            continue
        part = (float(value) - low) / span if span else 0.5
        runs[-1].append((place * step, 4 + (1 - part) * (SPARK_HEIGHT - 8)))
    parts = [
        '<polyline class="trend" points="' + " ".join(f"{x:.1f},{y:.1f}" for x, y in run) + '"/>'
        for run in runs
        if len(run) > 1
    ]
    # a value between two gaps has no line: a short stroke shows it
    parts += [
        f'<path class="trend" d="M{max(x - 3, 0):.1f} {y:.1f}h6"/>' for run in runs if len(run) == 1 for x, y in run
    ]
    if values[-1] is not None:
        x, y = runs[-1][-1]
        parts.append(f'<circle class="now" cx="{x - 4:.1f}" cy="{y:.1f}" r="4"/>')
    return _svg("spark", SPARK_WIDTH, SPARK_HEIGHT, label, parts, "xMaxYMid meet")


def _x(value: Decimal, extent: Decimal) -> float:
    return float(max(value, Decimal(0)) / extent) * BAR_WIDTH


def _scale(actual: float, levels: list[float], lower_is_better: bool) -> Scale:
    low, high = min(0.0, actual, *levels), max(actual, *levels)
    if lower_is_better and low == 0.0 and actual > 3 * max(levels):
        high = 3 * max(levels)  # a far outlier would squeeze the levels into nothing; the bar then ends at the edge
    if not lower_is_better and actual > 3 * max(levels) > 0:
        high = 3 * max(levels)
    span = high - low or 1.0
    return Scale(low - (0.05 * span if low < 0 else 0.0), high + 0.06 * span, BULLET_WIDTH, lower_is_better)


def _svg(kind: str, width: int, height: int, label: str, parts: list[str], aspect: str) -> Markup:
    return Markup(  # noqa: S704 - every part is made of our own numbers and classes, and the label is escaped
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" preserveAspectRatio="{aspect}" role="img"'
        f' aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )
