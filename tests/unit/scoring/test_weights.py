"""Weights from pairwise comparison: golden values of scoring.md section 6, and properties over generated matrices."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.scoring.weights import Circle, circles, pair_weights, percentages

pytestmark = pytest.mark.req("001-R7")

F = Fraction
Square = list[list[int]]
GOLDEN: Square = [[0, 4, 3, 2], [0, 0, 2, 1], [1, 2, 0, 1], [2, 3, 3, 0]]
#: The same four items compared by 1 and 0: A and D beat both others, A beats D, C beats B.
ZERO_ONE: Square = [[0, 1, 1, 1], [0, 0, 0, 0], [0, 1, 0, 0], [0, 1, 1, 0]]


@st.composite
def matrices(draw: st.DrawFn, points: int = 4) -> list[Square]:
    """One to five experts' complete comparisons of two to six items."""
    count = draw(st.integers(2, 6))
    found = []
    for _ in range(draw(st.integers(1, 5))):
        matrix = [[0] * count for _ in range(count)]
        for i, j in combinations(range(count), 2):
            matrix[i][j] = draw(st.integers(0, points))
            matrix[j][i] = points - matrix[i][j]
        found.append(matrix)
    return found


def names(count: int) -> list[str]:
    return [f"item {index}" for index in range(count)]


def test_the_golden_matrix() -> None:
    result = pair_weights([GOLDEN], "0-4")
    assert result.sums == ((9, 3, 4, 8),)
    assert result.total == 24 == 2 * 4 * 3
    assert result.weights == (F("0.375"), F("0.125"), F(1, 6), F(1, 3))
    printed = percentages(result.weights, names(4))
    assert printed == [Decimal(x) for x in ("37.50", "12.50", "16.67", "33.33")]
    assert [f"{part / 100:.4f}" for part in printed] == ["0.3750", "0.1250", "0.1667", "0.3333"]


def test_several_experts_are_averaged_before_the_weights() -> None:
    even = [[0 if i == j else 2 for j in range(4)] for i in range(4)]
    result = pair_weights([GOLDEN, even], "0-4")
    assert result.means == (F(15, 2), F(9, 2), F(5), F(7))
    assert result.weights == (F(15, 48), F(9, 48), F(10, 48), F(14, 48))


def test_zero_one_scoring_adds_one_to_each() -> None:
    result = pair_weights([ZERO_ONE], "0-1")
    assert result.sums == ((3, 0, 1, 2),)
    assert result.total == 6
    assert result.weights == (F(4, 10), F(1, 10), F(2, 10), F(3, 10))


@pytest.mark.parametrize(
    ("matrix", "method", "message"),
    [
        ([], "0-4", "an expert and two items"),
        ([[0]], "0-4", "an expert and two items"),
        ([[0, 4], [0]], "0-4", "not 2 x 2"),
        ([[0, 4], [0, 0], [0, 0]], "0-4", "not 3 x 3"),
        ([[1, 4], [0, 0]], "0-4", "item 0 is compared with itself"),
        ([[0, 4], [1, 0]], "0-4", r"items 0 and 1 share 4 \+ 1 points, not 4"),
        ([[0, 5], [-1, 0]], "0-4", "share 5 "),
        ([[0, 2], [2, 0]], "0-1", "not 1"),
    ],
)
def test_what_is_no_complete_comparison_is_refused(matrix: Square, method: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        pair_weights([matrix], method)


def test_no_expert_is_refused() -> None:
    with pytest.raises(ValueError, match="an expert"):
        pair_weights([], "0-4")


def test_a_circle_is_found_and_the_plainest_told_first() -> None:
    strict = [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
    assert circles(strict) == [Circle((0, 1, 2), (True, True, True))]
    weak = [[0, 3, 2], [1, 0, 2], [2, 2, 0]]  # a > b = c = a
    assert circles(weak) == [Circle((0, 1, 2), (True, False, False))]
    assert circles(GOLDEN) == []
    four = [[0, 3, 1, 2], [1, 0, 3, 2], [3, 1, 0, 2], [2, 2, 2, 0]]  # a > b > c > a, and d equal to all
    assert [sum(circle.strict) for circle in circles(four)] == [3, 1, 1, 1]


@settings(max_examples=500)
@given(matrices())
def test_an_order_has_no_circle_and_whatever_has_none_is_one(experts: list[Square]) -> None:
    for matrix in experts:
        count = len(matrix)
        beats = [[i != j and matrix[i][j] >= matrix[j][i] for j in range(count)] for i in range(count)]
        three = [(i, j, k) for i in range(count) for j in range(count) for k in range(count) if len({i, j, k}) == 3]
        transitive = all(beats[i][k] for i, j, k in three if beats[i][j] and beats[j][k])
        assert (circles(matrix) == []) == transitive


@settings(max_examples=500)
@given(matrices(), st.integers(0, 6))
def test_weights_sum_to_one_hundred_and_d_to_2n_times_n_minus_1(experts: list[Square], decimals: int) -> None:
    result = pair_weights(experts, "0-4")
    count = len(experts[0])
    assert {sum(row) for row in result.sums} == {result.total} == {2 * count * (count - 1)}
    assert sum(result.weights) == 1
    printed = percentages(result.weights, names(count), decimals)
    assert sum(printed) == 100
    unit = F(1, 10**decimals)
    assert all(abs(F(part) - weight * 100) < unit for part, weight in zip(printed, result.weights, strict=True))


@settings(max_examples=500)
@given(matrices(points=1))
def test_zero_one_weights_are_never_zero(experts: list[Square]) -> None:
    result = pair_weights(experts, "0-1")
    count = len(experts[0])
    assert sum(result.weights) == 1
    assert min(result.weights) >= F(1, count * (count + 1) // 2)


@settings(max_examples=500)
@given(matrices(), st.randoms(use_true_random=False))
def test_the_order_of_experts_and_items_changes_nothing_else(experts: list[Square], random: Random) -> None:
    count = len(experts[0])
    result = pair_weights(experts, "0-4")
    shuffled = list(experts)
    random.shuffle(shuffled)
    assert pair_weights(shuffled, "0-4").weights == result.weights
    order = list(range(count))
    random.shuffle(order)
    turned = pair_weights([[[matrix[i][j] for j in order] for i in order] for matrix in experts], "0-4")
    assert turned.weights == tuple(result.weights[index] for index in order)
    plain = dict(zip(names(count), percentages(result.weights, names(count), 1), strict=True))
    moved = [names(count)[index] for index in order]
    assert dict(zip(moved, percentages(turned.weights, moved, 1), strict=True)) == plain


def test_equal_remainders_go_by_name() -> None:
    thirds = [F(1, 3)] * 3
    assert percentages(thirds, ["c", "a", "b"]) == [Decimal(x) for x in ("33.33", "33.34", "33.33")]
    assert percentages(thirds, ["c", "a", "b"], 0, Decimal(20)) == [Decimal(6), Decimal(7), Decimal(7)]


def test_a_total_finer_than_the_weights_is_refused() -> None:
    with pytest.raises(ValueError, match=r"17\.55 has more than 1 decimals"):
        percentages([F(1)], ["a"], 1, Decimal("17.55"))
