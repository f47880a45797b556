"""What users say of the demo company: the texts mean what they were written to mean, and the truth counts them so."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from demo_world import Demo

from pipelines.demo.comments import COUNTS, IRONY, TEXTS, UNKNOWN_TEXT
from pipelines.landing.sentiment import judge


def test_the_tools_read_every_text_as_it_was_meant() -> None:
    for meaning, texts in TEXTS.items():
        assert {judge(text).label for text in texts} == {meaning}, texts
        assert {judge(text).language for text in texts} == {"en", "zh"}
    assert judge(UNKNOWN_TEXT).label == ""
    assert judge(IRONY).label == "positive", "irony that a tool understood would need no people"


@pytest.mark.req("000-K20")
@pytest.mark.req("003-K21")
def test_the_truth_counts_neutral_comments_and_labels_by_people(small_demo: Demo) -> None:
    labelled = sum(COUNTS.values()) + 1
    share = small_demo.truth.company["2026-10", "positive_sentiment_share"]
    index = small_demo.truth.company["2026-10", "user_sentiment_index"]
    assert (share.numerator, share.denominator) == (COUNTS["positive"], labelled)
    assert (index.numerator, index.denominator) == (COUNTS["positive"] - COUNTS["negative"] - 1, labelled)
    quiet = small_demo.truth.company["2026-09", "positive_sentiment_share"]
    assert quiet.denominator == Decimal(12)


def test_people_labelled_the_ironic_comment_of_every_month(small_demo: Demo) -> None:
    path = small_demo.exports.parent / "reviews" / "sentiment_labels.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert [(row["month"], row["label"]) for row in rows] == [
        (month, "negative") for month in ("2026-08", "2026-09", "2026-10")
    ]
