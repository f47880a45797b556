"""What a card, the workbook and `explain` say of the size of a number: interval, minimum, shrinking, close cut-offs.

Belongs here: these sentences. Does not belong here: any arithmetic (`scoring.small_numbers`, `scoring.intervals`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.scorecards.formats import fixed, flexible, number
from pipelines.scorecards.words import Words
from pipelines.scoring.numbers import ZERO


def size_note(words: Words, line: Mapping[str, Any]) -> str:
    """Say on a line how far its number can be trusted; empty where nothing is known of it."""
    size = line.get("size")
    if not size:
        return ""
    unit, n = line["unit"], _count(size["n"])
    told = []
    if size.get("is_few"):
        told.append(words.t("size.few", n=n, least=_count(size["least"])))
    shrinkage = size.get("shrinkage")
    if shrinkage and line["value"] is not None:
        told.append(
            words.t(
                "size.shrunk",
                n=n,
                k=_count(shrinkage["k"]),
                raw=words.measure(size["raw"], unit),
                mean=words.measure(shrinkage["team_mean"], unit),
                value=words.measure(line["value"], unit),
            )
        )
    if "interval" in size:
        low, high = (words.measure(end, unit) for end in size["interval"])
        told.append(words.t("size.interval", low=low, high=high, n=n))
    told += [words.t("size.too_close", cut=words.measure(cut, unit)) for cut in size.get("too_close", ())]
    return " · ".join(told)


def score_notes(words: Words) -> list[str]:
    """Say of each segment how far chance alone may have moved its score; nothing where no KPI has an interval."""
    told = []
    for segment in words.trace["segments"]:
        ends = segment.get("score_chance")
        if ends:
            low, high = (fixed(number(end) or ZERO, 2) for end in ends)
            when = f"{words.window(segment)}: " if len(words.trace["segments"]) > 1 else ""
            told.append(when + words.t("size.score", low=low, high=high))
    return told


def _count(value: str) -> str:
    return flexible(number(value) or ZERO, 2)
