"""The tools that label texts agree with people as often as dbt_project/seeds/sentiment_tools.csv says."""

from __future__ import annotations

import csv
from dataclasses import asdict
from pathlib import Path

import pytest
from judge_sentiment import SEED, Figures, all_figures, hotels, tweets

from pipelines.landing.sentiment import judge


@pytest.fixture(scope="module")
def figures(shared_data: Path) -> list[Figures]:
    return all_figures(shared_data)


@pytest.mark.req("000-K20")
@pytest.mark.req("003-K21")
def test_the_stated_figures_are_what_is_measured(figures: list[Figures]) -> None:
    with SEED.open(encoding="utf-8", newline="") as file:
        stated = list(csv.DictReader(file))
    measured = [{name: str(value) for name, value in asdict(one).items()} for one in figures]
    assert stated == measured, "run: python tests/real/judge_sentiment.py"


def test_the_texts_are_the_known_ones(shared_data: Path) -> None:
    english, chinese = tweets(shared_data / "sentiment"), hotels(shared_data / "sentiment")
    assert (len(english), len(chinese)) == (4200, 7766)
    assert sum(label == "positive" for _, label in chinese) == 5322


def test_the_share_of_positive_reviews_is_near_the_true_one(shared_data: Path) -> None:
    """A tool may be right as often as another and yet lean to one side: the share is what is paid for."""
    chinese = hotels(shared_data / "sentiment")
    said = [label for text, _ in chinese if (label := judge(text).label)]
    true_share = sum(label == "positive" for _, label in chinese) / len(chinese)
    assert abs(said.count("positive") / len(said) - true_share) < 0.1
