"""Bonus points and piece rates of a scheme: what loads, and what each mistake is told as."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.company.findings import InputError
from pipelines.schemes import load_scheme
from pipelines.schemes.loader import SHIPPED

TEXT = (SHIPPED / "scheme_002.yaml").read_text(encoding="utf-8")
POINTS = """
bonus_points:
  req: 000-R5
  max: 5
  why: {zh: 因为, en: because}
"""
RATE = """
  - id: reads
    title: {zh: 阅读计件, en: Reads}
    req: 003-K24
    kpi: article_reads
    per: 1000
    amount: 5
    cap: 600
    period: month
    roles: [content]
    why: {zh: 多写多得, en: who writes more gets more}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "scheme_x.yaml"
    path.write_text(TEXT + text, encoding="utf-8")
    return path


def test_the_shipped_scheme_000_takes_five_points_and_the_others_none() -> None:
    rule = load_scheme("000").bonus_points
    assert rule is not None
    assert (rule.req, rule.max) == ("000-R5", Decimal(5))
    assert load_scheme("001").bonus_points is load_scheme("002").bonus_points is None
    assert load_scheme("000").piece_rates == ()


@pytest.mark.req("003-K24")
def test_both_blocks_load_with_their_defaults(tmp_path: Path) -> None:
    scheme = load_scheme(written(tmp_path, POINTS + "\npiece_rates:" + RATE))
    (rate,) = scheme.piece_rates
    assert (rate.kpi, rate.per, rate.amount, rate.cap) == ("article_reads", Decimal(1000), Decimal(5), Decimal(600))
    assert scheme.bonus_points is not None
    bare = RATE.replace("    per: 1000\n", "").replace("    cap: 600\n", "").replace("    period: month\n", "")
    (rate,) = load_scheme(written(tmp_path, "\npiece_rates:" + bare)).piece_rates
    assert (rate.per, rate.cap, rate.period) == (Decimal(1), None, "month")


@pytest.mark.parametrize(
    ("text", "where", "problem"),
    [
        (POINTS.replace("max: 5", "max: 0"), "bonus_points.max", "this does not fit"),
        (POINTS.replace("max: 5", "max: 101"), "bonus_points.max", "this does not fit"),
        (POINTS.replace("  max: 5\n", ""), "bonus_points.max", "a required key is missing"),
        (POINTS.replace("max: 5", "max: 5\n  most: 6"), "bonus_points.most", "a scheme has no such key"),
        ("piece_rates:" + RATE + RATE, "piece_rates[1].id", "reads stands twice"),
        (
            "piece_rates:" + RATE.replace("article_reads", "reads"),
            "piece_rates[0].kpi",
            "the KPI catalogue has no reads",
        ),
        (
            "piece_rates:" + RATE.replace("article_reads", "content_click_rate"),
            "piece_rates[0].kpi",
            "content_click_rate is ratio_of_sums",
        ),
        ("piece_rates:" + RATE.replace("[content]", "[poet]"), "piece_rates[0].roles[0]", "no such role is defined"),
        ("piece_rates:" + RATE.replace("per: 1000", "per: 0"), "piece_rates[0].per", "this does not fit"),
        ("piece_rates:" + RATE.replace("amount: 5", "amount: -5"), "piece_rates[0].amount", "this does not fit"),
        ("piece_rates:" + RATE.replace("month", "week"), "piece_rates[0].period", "none of the allowed values"),
    ],
)
def test_each_mistake_has_its_line_and_a_mend(tmp_path: Path, text: str, where: str, problem: str) -> None:
    with pytest.raises(InputError) as told:
        load_scheme(written(tmp_path, "\n" + text))
    (finding,) = told.value.findings
    assert finding.column == where
    assert finding.row > TEXT.count("\n")
    assert problem in finding.problem
    assert finding.mend
