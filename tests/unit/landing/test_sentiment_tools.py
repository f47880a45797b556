"""What is said of the tools that label texts: everywhere the same figures, of the very versions that are installed."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from pipelines.company.settings import Settings
from pipelines.landing.sentiment import LABELS, TOOLS, tool_id
from pipelines.warehouse.layout import DBT_PROJECT_DIR

DOCS = DBT_PROJECT_DIR.parent / "docs"
KPIS = ("positive_sentiment_share", "user_sentiment_index")


def seed(name: str) -> list[dict[str, str]]:
    with (DBT_PROJECT_DIR / "seeds" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def judged() -> list[dict[str, str]]:
    return seed("sentiment_tools.csv")


def test_every_tool_that_is_installed_was_judged(judged: list[dict[str, str]]) -> None:
    assert {row["language"]: row["tool"] for row in judged} == {language: tool_id(language) for language in TOOLS}


def test_the_classes_are_labels(judged: list[dict[str, str]]) -> None:
    assert all(set(row["classes"].split(";")) <= set(LABELS) for row in judged)


@pytest.mark.req("000-K20")
@pytest.mark.req("003-K21")
def test_the_figures_stand_beside_the_kpis_and_in_the_docs(judged: list[dict[str, str]]) -> None:
    caveats = [
        row[f"caveat_{lang}"] for row in seed("kpi_catalogue.csv") if row["kpi_id"] in KPIS for lang in ("en", "zh")
    ]
    assert len(caveats) == 4
    page = (DOCS / "data-quality.md").read_text(encoding="utf-8")
    for row in judged:
        for told in (row["accuracy"], row["macro_f1"], row["n"]):
            assert all(told in caveat for caveat in caveats), told
            assert told in page, told


def test_the_default_floor_is_one_that_the_tools_reach(judged: list[dict[str, str]]) -> None:
    assert min(Decimal(row["accuracy"]) for row in judged) >= Settings().sentiment_min_accuracy
