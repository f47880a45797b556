"""The periods before on a card: a small trend beside each KPI, and the change of the score.

Belongs here: choosing what is shown of `history`. Does not belong here: reading earlier periods (history), geometry
(charts).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.scorecards.charts import NO_DRAWING, Drawing, sparkline
from pipelines.scorecards.formats import fixed, number, period_label, signed
from pipelines.scorecards.words import Words


@dataclass(frozen=True)
class Trend:
    """The trend of one line: the drawing, and the value of the period before in words; both may be empty."""

    chart: Drawing
    before: str


def trend_of(words: Words, line: Mapping[str, Any], key: str) -> Trend:
    """Return the trend of a line; of one whose value is carried from a longer period there is none.

    Args:
        words: words of the card.
        line: the line of the trace.
        key: what the line is about (`lines.line_key`).
    """
    periods, mine = _mine(words)
    earlier: Mapping[str, str] = mine.get("lines", {}).get(key, {})
    if "carried" in line or not earlier:
        return Trend(NO_DRAWING, "")
    unit = line["unit"]
    said = [f"{period_label(name, words.lang)} {words.measure(value, unit)}" for name, value in earlier.items()]
    # a withheld value is not shown, so it is not drawn either
    now = number(line["value"]) if line["status"] in ("ok", "provisional") else None
    if now is not None:
        said.append(f"{period_label(words.trace['period'], words.lang)} {words.measure(line['value'], unit)}")
    values = [number(earlier.get(name)) for name in _since_first(periods, earlier)]
    label = words.t("trend.alt", kpi=words.line(line), values=words.t("trend.join").join(said))
    last = list(periods)[-1]
    before = ""
    if last in earlier:
        before = words.t(
            "trend.before", period=period_label(last, words.lang), value=words.measure(earlier[last], unit)
        )
    return Trend(sparkline([*values, now], label), before)


def score_change(words: Words) -> str:
    """Say what the score was in the period before and how far it has moved; empty where either is not known."""
    periods, mine = _mine(words)
    now = number(words.trace["printed_score"])
    before = number(mine.get("score", {}).get(list(periods)[-1])) if periods else None
    if now is None or before is None:
        return ""
    period = period_label(list(periods)[-1], words.lang)
    return words.t("trend.score", period=period, score=fixed(before, 2), change=signed(now - before, 2))


def _mine(words: Words) -> tuple[Mapping[str, str], Mapping[str, Any]]:
    history = words.bundle.get("history", {"periods": {}, "people": {}})
    mine: Mapping[str, Any] = history["people"].get(words.trace["person_id"], {})
    return history["periods"], mine


def _since_first(periods: Mapping[str, str], earlier: Mapping[str, str]) -> list[str]:
    """The periods from the first one that is known: a new KPI's trend fills the width."""
    names = list(periods)
    return names[next(place for place, name in enumerate(names) if name in earlier) :]
