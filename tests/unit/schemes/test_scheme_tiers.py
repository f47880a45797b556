"""Curves of tiers: marginal rates and rates on the whole amount, as the points that they come to."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.company.findings import InputError
from pipelines.schemes import load_scheme
from pipelines.schemes.loader import SHIPPED
from pipelines.schemes.tiers import expand_tiers, tier_points
from pipelines.scoring.curves import read_curve

D = Decimal
TIERS = [(D(0), D("0.5")), (D(80), D(1)), (D(100), D(2))]
TEXT = (SHIPPED / "scheme_002.yaml").read_text(encoding="utf-8")
POINTS = "    kind: linear\n    points:\n      - [50, 0]\n      - [100, 100]\n      - [130, 120]\n"


def at(kind: str, value: str) -> Decimal:
    points = tuple((low, high) for low, high in tier_points(kind, TIERS, D(120)))
    return read_curve("linear", points, D(value)).output


@pytest.mark.parametrize(
    ("value", "marginal", "whole"),
    [
        ("-1", 0, 0),
        ("40", 20, 20),
        ("79", "39.5", "39.5"),
        ("80", 40, 80),
        ("93", 53, 93),
        ("100", 60, 200),
        ("120", 100, 240),
        ("200", 100, 240),
    ],
)
def test_each_tier_pays_its_rate(value: str, marginal: Any, whole: Any) -> None:
    assert (at("marginal", value), at("whole_amount", value)) == (D(marginal), D(whole))


@settings(max_examples=500)
@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(0, 300)), min_size=1, max_size=5),
    st.decimals(min_value=0, max_value=250, places=2),
)
def test_marginal_is_the_sum_of_what_lies_in_the_tiers(rows: list[tuple[int, int]], value: Decimal) -> None:
    tiers, start = [], D(0)
    for width, rate in rows:
        tiers.append((start, D(rate) / 100))
        start += width
    points = tuple((low, high) for low, high in tier_points("marginal", tiers, start))
    ends = [begin for begin, _ in tiers[1:]] + [start]
    expected = sum(
        (rate * max(D(0), min(value, end) - begin) for (begin, rate), end in zip(tiers, ends, strict=True)), D(0)
    )
    assert abs(read_curve("linear", points, value).output - expected) < D("1e-9")


def write(folder: Path, curve: str) -> Path:
    assert POINTS in TEXT
    path = folder / "scheme_x.yaml"
    path.write_text(TEXT.replace(POINTS, curve, 1), encoding="utf-8")
    return path


def test_a_scheme_may_state_tiers(tmp_path: Path) -> None:
    path = write(tmp_path, "    kind: marginal\n    tiers: [[50, 2], [100, 0.5]]\n    until: 130\n")
    curve = load_scheme(path).curves["standard"]
    assert (curve.kind, curve.points) == ("linear", ((50, 0), (100, 100), (130, 115)))


@pytest.mark.parametrize(
    "curve",
    [
        "    kind: marginal\n    tiers: [[50, 2], [40, 1]]\n    until: 130\n",
        "    kind: marginal\n    tiers: [[50, 2]]\n    until: 40\n",
        "    kind: whole_amount\n    tiers: [[50, -2]]\n    until: 130\n",
        "    kind: marginal\n    tiers: []\n    until: 130\n",
        "    kind: marginal\n    tiers: [[50, 2]]\n",
        "    kind: marginal\n    tiers: [[50, 2]]\n    until: 130\n    points: [[100, 100]]\n",
    ],
)
def test_tiers_that_are_none_are_mistakes_of_the_curve(tmp_path: Path, curve: str) -> None:
    with pytest.raises(InputError, match=r"curves\.standard"):
        load_scheme(write(tmp_path, curve))


def test_falling_whole_amounts_are_told(tmp_path: Path) -> None:
    path = write(tmp_path, "    kind: whole_amount\n    tiers: [[50, 2], [100, 1]]\n    until: 130\n")
    with pytest.raises(InputError, match="a higher input gives a lower output"):
        load_scheme(path)


def test_whatever_else_a_file_has_stays_as_it_is() -> None:
    for data in (None, [], "text", {"curves": [1]}, {"pool": {"factor": 3}}, {"curves": {"a": None}}):
        assert expand_tiers(data) == data
