"""The drawings of a card: bullet charts, the bars of the weight waterfall, trends; as rectangles and lines.

Belongs here: geometry only, and how HTML shows it (inline SVG); every drawing has a text for those who do not see it
and never speaks by colour alone. Does not belong here: what the numbers mean (view), the colours, which are classes of
card.css and of card.typ, and how paper shows it (card.typ).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import escape

BULLET_WIDTH = 220
BULLET_HEIGHT = 30
BAR_WIDTH = 1000
SPARK_WIDTH = 220
SPARK_HEIGHT = 32
SPARK_MARK = 8


@dataclass(frozen=True)
class Bar:
    """One rectangle of a drawing; its class gives the colour."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    """Rectangles and lines on a ground of `width` by `height`, lines first; without any, nothing is drawn."""

    kind: str
    width: int
    height: int
    label: str
    bars: tuple[Bar, ...] = ()
    lines: tuple[tuple[tuple[float, float], ...], ...] = ()

    def __html__(self) -> str:
        if not self.bars and not self.lines:
            return ""
        drawn = "".join(
            '<polyline class="trend" points="' + " ".join(f"{_short(x)},{_short(y)}" for x, y in line) + '"/>'
            for line in self.lines
        )
        drawn += "".join(
            f'<rect class="{bar.kind}" x="{_short(bar.x)}" y="{_short(bar.y)}" width="{_short(bar.width)}"'
            f' height="{_short(bar.height)}"/>'
            for bar in self.bars
        )
        return (
            f'<svg class="{self.kind}" viewBox="0 0 {self.width} {self.height}" preserveAspectRatio="none" role="img"'
            f' aria-label="{escape(self.label)}">{drawn}</svg>'
        )


NO_DRAWING = Drawing("none", 0, 0, "")


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
) -> Drawing:
    """Draw a bullet graph after Few's design: measured bar, target line, and tints for the ranges between levels.

    Returns:
        An empty drawing when there is no target to compare with or nothing to compare.
    """
    levels = [float(level) for level in (threshold, target, stretch) if level is not None]
    if target is None or actual is None:
        return NO_DRAWING
    scale = _scale(float(actual), levels, direction == "lower")
    edges = [scale.at(level) for level in sorted(levels, reverse=scale.reversed)]
    bars = []
    left = 0.0
    for number, right in enumerate([*edges, scale.width]):
        if right > left:
            bars.append(Bar(f"r{number + 4 - len(edges)}", left, 3, right - left, 24))
        left = max(left, right)
    end = scale.at(float(actual))
    start = scale.at(0.0) if scale.low < 0 < scale.high else 0.0
    x, width = min(start, end), max(abs(end - start), 2.0)
    bars.append(Bar("bar", min(x, scale.width - 2), 11, width, 8))
    mark = min(max(scale.at(float(target)), 1.5), scale.width - 1.5)
    bars.append(Bar("goal", mark - 1.5, 0, 3, 30))
    return Drawing("bullet", BULLET_WIDTH, BULLET_HEIGHT, label, tuple(bars))


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


def waterfall_bar(step: Step, extent: Decimal) -> Drawing:
    """Draw one step: an outlined box of its weight, filled with the points earned; points beyond it are hatched."""
    begin, earned, box = (
        _x(value, extent) for value in (step.start, step.start + step.points, step.start + step.weight)
    )
    within = min(max(earned, begin), box)
    bars = [
        Bar("box", begin, 4, max(box - begin, 1.0), 22),
        Bar("bar", begin, 4, max(within - begin, 0.0), 22),
    ]
    if earned > box:
        bars.append(Bar("extra", box, 4, earned - box, 22))
    if earned < begin:
        bars.append(Bar("loss", earned, 4, begin - earned, 22))
    return Drawing("fall", BAR_WIDTH, 30, step.label, tuple(bars))


def waterfall_total(total: Decimal, extent: Decimal, label: str) -> Drawing:
    """Draw the last bar of the waterfall, from zero to the total, with the line of 100 points."""
    hundred = _x(Decimal(100), extent)
    bars = (
        Bar("total", 0, 4, max(_x(total, extent), 1.0), 22),
        Bar("goal", hundred - 2, 0, 4, 30),
    )
    return Drawing("fall", BAR_WIDTH, 30, label, bars)


def sparkline(values: Sequence[Decimal | None], label: str) -> Drawing:
    """Draw a small trend, oldest first; None is a gap in the line, and the last value is marked.

    Returns:
        A drawing, an empty one where fewer than two values are known.
    """
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return NO_DRAWING
    low, span = min(known), max(known) - min(known)
    # room for the mark at the end
    step = (SPARK_WIDTH - SPARK_MARK / 2) / (len(values) - 1)
    runs: list[list[tuple[float, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
            continue
        part = (float(value) - low) / span if span else 0.5
        runs[-1].append((place * step, SPARK_MARK / 2 + (1 - part) * (SPARK_HEIGHT - SPARK_MARK)))
    # a value between two gaps has no line: a short stroke shows it
    bars = [Bar("bar", max(run[0][0] - 3, 0.0), run[0][1] - 1, 6, 2) for run in runs if len(run) == 1]
    if values[-1] is not None:
        x, y = runs[-1][-1]
        bars.append(Bar("total", x - SPARK_MARK / 2, y - SPARK_MARK / 2, SPARK_MARK, SPARK_MARK))
    drawn = tuple(tuple(run) for run in runs if len(run) > 1)
    return Drawing("spark", SPARK_WIDTH, SPARK_HEIGHT, label, tuple(bars), drawn)


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


def _short(value: float) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)
