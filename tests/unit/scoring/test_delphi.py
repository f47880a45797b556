"""Delphi rounds: golden values, Kendall's W by hand, and properties over generated scores."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.scoring.delphi import authority, chi_square_tail, kendall, ranks, round_result, stability
from pipelines.scoring.numbers import round_once
from pipelines.scoring.weights import decimal_of

pytestmark = pytest.mark.req("001-R7")

F = Fraction
D = Decimal
Rows = list[list[Decimal]]
marks = st.integers(0, 5).map(Decimal)


def rows(*lists: list[int]) -> Rows:
    return [[Decimal(one) for one in row] for row in lists]


@st.composite
def rounds(draw: st.DrawFn, least_items: int = 2) -> Rows:
    """Scores of two to six experts for up to five items."""
    items = draw(st.integers(least_items, 5))
    return draw(st.lists(st.lists(marks, min_size=items, max_size=items), min_size=2, max_size=6))


def test_authority_of_the_golden_values() -> None:
    found = authority([(F("0.944"), F("0.775"))])
    assert found is not None
    assert found.cr == F("0.8595")
    assert round_once(decimal_of(found.cr), D("0.001")) == D("0.860")
    assert authority([]) is None


def test_authority_is_the_mean_over_experts() -> None:
    found = authority([(F(1), F("0.5")), (F("0.8"), F("0.9"))])
    assert found is not None
    assert (found.ca, found.cs, found.cr) == (F("0.9"), F("0.7"), F("0.8"))


def test_kendall_without_ties_by_hand() -> None:
    """Ranks 1 2 3, 1 3 2, 2 1 3: sums 4 6 8 around 6, S = 8, W = 12 x 8 / (9 x 24)."""
    found = kendall(rows([3, 2, 1], [3, 1, 2], [2, 3, 1]))
    assert found is not None
    assert found.w == F(4, 9)
    assert (found.chi_square, found.degrees) == (F(8, 3), 2)
    assert round_once(found.p_value, D("1e-6")) == D("0.263597")


def test_kendall_with_ties_by_hand() -> None:
    """Ranks 1.5 1.5 3 and 1 2 3: sums 2.5 3.5 6 around 4, S = 6.5, T = 6, W = 78 / (4 x 24 - 2 x 6)."""
    found = kendall(rows([5, 5, 3], [5, 4, 3]))
    assert found is not None
    assert found.w == F(13, 14)
    assert found.chi_square == F(26, 7)


def test_kendall_with_many_ties_against_the_friedman_statistic() -> None:
    """m(n-1)W is the Friedman statistic with correction for ties; the number is that of scipy 1.17."""
    found = kendall(rows([9, 8, 8, 5, 7], [10, 8, 6, 6, 7], [9, 9, 9, 5, 5], [7, 8, 8, 4, 6]))
    assert found is not None
    assert found.chi_square == F(209, 18)  # 11.6111
    assert round_once(found.p_value, D("1e-9")) == D("0.020490042")


def test_equal_scores_share_their_ranks() -> None:
    assert ranks([D(4), D("4.0"), D(5), D(1)]) == [F(5, 2), F(5, 2), F(1), F(4)]


@pytest.mark.parametrize("scores", [[], [[D(1), D(2)]], [[D(1)], [D(2)]], [[D(3), D(3)], [D(1), D(1)]]])
def test_kendall_is_undefined_for_one_expert_one_item_or_no_order(scores: Rows) -> None:
    assert kendall(scores) is None


@pytest.mark.parametrize(
    ("x", "degrees", "p"),
    [
        ("0", 3, "1"),
        ("3.841458820694124", 1, "0.05"),
        ("5.991464547107979", 2, "0.05"),
        ("11.070497693516351", 5, "0.05"),
        ("16.918977604620448", 9, "0.05"),
        ("23.209251158954356", 10, "0.01"),
        ("99", 99, "0.481096912408"),
        ("3000", 99, "0"),
    ],
)
def test_the_tail_of_chi_square(x: str, degrees: int, p: str) -> None:
    assert round_once(chi_square_tail(D(x), degrees), D("1e-12")) == D(p)


def test_a_round_by_hand() -> None:
    result = round_result(rows([5, 2], [4, 2], [3, 5]), D(5))
    assert result.means == (F(4), F(3))
    assert result.full_marks == (F(1, 3), F(1, 3))
    assert result.weights == (F(4, 7), F(3, 7))
    # sigma with m-1: sqrt((1 + 0 + 1) / 2) = 1, sqrt((1 + 1 + 4) / 2) = sqrt 3
    assert result.variations[0] == D("0.25")
    assert round_once(result.variations[1] or D(0), D("1e-6")) == D("0.577350")


def test_a_variation_of_a_quarter_is_not_above_a_quarter() -> None:
    assert round_result(rows([5, 2], [4, 2], [3, 5]), D(5)).scattered == (False, True)


def test_what_is_undefined_is_none_and_no_zero() -> None:
    alone = round_result(rows([5, 2]), D(5))
    assert (alone.variations, alone.scattered, alone.concordance) == ((None, None), (False, False), None)
    nothing = round_result(rows([0, 2], [0, 4]), D(5))
    assert nothing.variations[0] is None
    assert nothing.weights == (F(0), F(1))


@pytest.mark.parametrize(
    ("scores", "message"),
    [
        ([], "an expert and an item"),
        ([[]], "an expert and an item"),
        (rows([1, 2], [1]), "an expert and an item"),
        (rows([0, 0], [0, 0]), "nothing has weight"),
    ],
)
def test_a_round_without_scores_or_weight_is_refused(scores: Rows, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        round_result(scores, D(5))


@pytest.mark.parametrize(
    ("w", "cv", "settled"),
    [
        ("0.6", "0.15", True),  # exactly at both limits
        ("0.4", "0.10", True),  # a fall of W within the limit
        ("0.61", "0.15", False),
        ("0.6", "0.151", False),
        (None, "0.10", False),
        ("0.6", None, False),
    ],
)
def test_rounds_have_settled_when_neither_w_nor_any_cv_moves(w: str | None, cv: str | None, settled: bool) -> None:
    later = {"a": None if cv is None else D(cv), "new": D(9)}
    change = stability({"a": D("0.10"), "gone": D(7)}, later, F(1, 2), None if w is None else F(w))
    assert change.settled is settled
    assert change.cv_change == (None if cv is None else D(cv) - D("0.10"))
    assert change.w_change == (None if w is None else F(w) - F(1, 2))


@settings(max_examples=500)
@given(rounds())
def test_w_lies_between_0_and_1(scores: Rows) -> None:
    found = kendall(scores)
    assert found is None or 0 <= found.w <= 1
    assert found is None or 0 <= found.p_value <= 1


@settings(max_examples=500)
@given(st.lists(marks, min_size=2, max_size=6), st.integers(2, 7))
def test_w_is_1_on_full_agreement(row: list[Decimal], experts: int) -> None:
    found = kendall([row] * experts)
    assert (found is None) == (len(set(row)) == 1)
    assert found is None or found.w == 1


def test_w_is_0_where_all_orders_are_there_once() -> None:
    found = kendall([[D(one) for one in order] for order in permutations(range(4))])
    assert found is not None
    assert (found.w, found.p_value) == (0, 1)


@settings(max_examples=500)
@given(rounds(least_items=1), st.randoms(use_true_random=False))
def test_the_order_of_experts_and_items_changes_nothing_else(scores: Rows, random: Random) -> None:
    if not any(any(row) for row in scores):
        return
    result = round_result(scores, D(5))
    assert sum(result.weights) == 1
    shuffled = list(scores)
    random.shuffle(shuffled)
    assert round_result(shuffled, D(5)) == result
    order = list(range(len(scores[0])))
    random.shuffle(order)
    turned = round_result([[row[index] for index in order] for row in scores], D(5))
    assert turned.concordance == result.concordance
    for name in ("means", "full_marks", "variations", "scattered", "weights"):
        assert getattr(turned, name) == tuple(getattr(result, name)[index] for index in order)
