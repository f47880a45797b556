"""Measures the tools that label texts on texts that people judged, and writes dbt_project/seeds/sentiment_tools.csv.

    SCORECARDS_SHARED_DATA=../shared/data python tests/real/judge_sentiment.py

Run it after a change of a tool's version or of pipelines/landing/sentiment.py; tests/real/test_sentiment.py measures
anew and compares. Belongs here: reading the judged texts, and the two figures. The texts only judge: nothing is fitted
to them, and none of them is kept.

* English: 4,200 tweets with the mean of twenty people's ratings from -4 to 4 (Hutto and Gilbert, 2014); positive from
  0.5, negative from -0.5, neutral between.
* Chinese: 7,766 hotel reviews (ChnSentiCorp), positive or negative. None is neutral, so a neutral label counts as
  wrong, and how well the tool knows neutral texts is not measured.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

from pipelines.landing.sentiment import LABELS, judge, tool_id

PROJECT = Path(__file__).resolve().parents[2]
SEED = PROJECT / "dbt_project" / "seeds" / "sentiment_tools.csv"
FOLDER = "sentiment"
TWEETS, HOTELS = "tweets_GroundTruth.txt", "ChnSentiCorp_htl_all.csv"
_POLAR = Decimal("0.5")


@dataclass(frozen=True)
class Figures:
    """How well a tool agrees with people; a line of the seed."""

    tool: str
    language: str
    data_set: str
    classes: str
    n: int
    n_unlabelled: int
    accuracy: str
    macro_f1: str


def tweets(folder: Path) -> list[tuple[str, str]]:
    """Text and label of each tweet."""
    lines = (folder / TWEETS).read_text(encoding="utf-8").splitlines()
    judged = [(text, Decimal(rating)) for _, rating, text in (line.split("\t", 2) for line in lines)]
    return [
        (text, "positive" if rating >= _POLAR else "negative" if rating <= -_POLAR else "neutral")
        for text, rating in judged
    ]


def hotels(folder: Path) -> list[tuple[str, str]]:
    """Text and label of each review."""
    with (folder / HOTELS).open(encoding="utf-8", newline="") as file:
        return [(row["review"], "positive" if row["label"] == "1" else "negative") for row in csv.DictReader(file)]


def measure(language: str, data_set: str, judged: Sequence[tuple[str, str]]) -> Figures:
    """Label every text and compare: those that the tool of the language labels make the figures."""
    pairs = [(label, verdict.label) for text, label in judged if (verdict := judge(text)).language == language]
    classes = [label for label in LABELS if any(label == true for _, true in judged)]
    right = sum(true == said for true, said in pairs)
    return Figures(
        tool=tool_id(language),
        language=language,
        data_set=data_set,
        classes=";".join(classes),
        n=len(pairs),
        n_unlabelled=len(judged) - len(pairs),
        accuracy=_rounded(Decimal(right) / len(pairs)),
        macro_f1=_rounded(sum(_f1(pairs, label) for label in classes) / len(classes)),
    )


def all_figures(data: Path) -> list[Figures]:
    """The figures of every tool."""
    folder = data / FOLDER
    return [
        measure("en", "tweets of Hutto and Gilbert 2014", tweets(folder)),
        measure("zh", "hotel reviews of ChnSentiCorp", hotels(folder)),
    ]


def _f1(pairs: Sequence[tuple[str, str]], label: str) -> Decimal:
    """The harmonic mean of precision and recall of one class: 2 hits / (said + true)."""
    hits = sum(true == said == label for true, said in pairs)
    return Decimal(2 * hits) / sum((true == label) + (said == label) for true, said in pairs)


def _rounded(share: Decimal) -> str:
    return str(share.quantize(Decimal("0.0001"), ROUND_HALF_EVEN))


def main() -> None:
    """Measure and write the seed."""
    figures = all_figures(Path(os.environ["SCORECARDS_SHARED_DATA"]))
    with SEED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Figures))
        writer.writerows(astuple(one) for one in figures)
    for one in figures:
        print(one)


if __name__ == "__main__":
    main()
