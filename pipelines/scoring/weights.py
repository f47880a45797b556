"""Weights from pairwise comparison: the weight-factor method, 0-1 scoring, circles, and percentages that add up.

Belongs here: the arithmetic of how experts' comparisons become weights. Does not belong here: Delphi rounds
(`scoring.delphi`), reading and checking the file (`company.expert_rounds`), showing (`scorecards.weights`).

Weights are exact fractions until they are printed: thirds stay thirds, and a check against 2n(n-1) is one of equality.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from pipelines.company.expert_records import PAIR_POINTS
from pipelines.scoring.numbers import CONTEXT, HUNDRED, ONE, apportion

Matrix = Sequence[Sequence[int]]


@dataclass(frozen=True)
class PairWeights:
    """What comparisons of every item with every other one come to.

    Attributes:
        sums: D of each expert and item: the points that the item got against all others.
        total: what the D of one expert must add up to: points of a pair × n(n-1)/2, which is 2n(n-1) for 0-4.
        means: P of each item, the mean D over the experts.
        weights: the weight of each item; they sum to 1.
    """

    sums: tuple[tuple[int, ...], ...]
    total: int
    means: tuple[Fraction, ...]
    weights: tuple[Fraction, ...]


def pair_weights(matrices: Sequence[Matrix], method: str) -> PairWeights:
    """Weigh items by the matrices of experts.

    `0-4`, the weight-factor method (权值因子判断表法): much more important 4 to 0, more important 3 to 1, equal 2 to 2;
    D_i = Σ_j a_ij, P_i = Σ D_i / L over L experts, W_i = P_i / ΣP.
    `0-1` (value engineering): the more important one gets 1; the last gets 0 from everybody, so 1 is added to each:
    W_i = (P_i + 1) / (n(n+1)/2).

    Args:
        matrices: one square matrix an expert; a_ij is what item i gets against item j, the diagonal is 0.
        method: `0-4` or `0-1`.

    Raises:
        ValueError: for fewer than two items, no expert, or a matrix that is no complete comparison.
    """
    points = PAIR_POINTS[method]
    count = len(matrices[0]) if matrices else 0
    if count < 2:
        raise ValueError("a comparison needs an expert and two items")
    for matrix in matrices:
        _check(matrix, count, points)
    sums = tuple(tuple(sum(row) for row in matrix) for matrix in matrices)
    total = points * count * (count - 1) // 2
    means = tuple(Fraction(sum(column), len(matrices)) for column in zip(*sums, strict=True))
    added = 1 if method == "0-1" else 0
    whole = total + added * count
    return PairWeights(sums, total, means, tuple((mean + added) / whole for mean in means))


def _check(matrix: Matrix, count: int, points: int) -> None:
    if len(matrix) != count or any(len(row) != count for row in matrix):
        raise ValueError(f"a matrix is not {count} x {count}")
    for i in range(count):
        if matrix[i][i] != 0:
            raise ValueError(f"item {i} is compared with itself")
    for i, j in combinations(range(count), 2):
        if min(matrix[i][j], matrix[j][i]) < 0 or matrix[i][j] + matrix[j][i] != points:
            raise ValueError(f"items {i} and {j} share {matrix[i][j]} + {matrix[j][i]} points, not {points}")


@dataclass(frozen=True)
class Circle:
    """Three judgements that contradict each other: first > second >= third >= first.

    Attributes:
        items: the three items by index, each at least as important as the next, the last as the first.
        strict: of each step, whether the one is more important than the next (or both are equal).
    """

    items: tuple[int, int, int]
    strict: tuple[bool, bool, bool]


def circles(matrix: Matrix) -> list[Circle]:
    """Find the intransitive judgements of one expert, the plainest (three times "more important") first.

    Where every pair is compared, a longer circle always holds one of three items, so threes are enough.
    """
    found = [circle for three in combinations(range(len(matrix)), 3) if (circle := _circle(matrix, three)) is not None]
    return sorted(found, key=lambda circle: (-sum(circle.strict), circle.items))


def _circle(matrix: Matrix, three: tuple[int, int, int]) -> Circle | None:
    for items in _turns(three):
        steps = list(zip(items, (*items[1:], items[0]), strict=True))
        strict = tuple(matrix[i][j] > matrix[j][i] for i, j in steps)
        # a turn begins with a strict step, so that a > b = c = a is told the same way whatever the order of the items
        if strict[0] and all(matrix[i][j] >= matrix[j][i] for i, j in steps):
            return Circle(items, (strict[0], strict[1], strict[2]))
    return None


def _turns(three: tuple[int, int, int]) -> Iterator[tuple[int, int, int]]:
    """Every way round three items, both directions."""
    a, b, c = three
    yield from ((a, b, c), (b, c, a), (c, a, b), (a, c, b), (c, b, a), (b, a, c))


def percentages(
    weights: Sequence[Fraction], names: Sequence[str], decimals: int = 2, total: Decimal = HUNDRED
) -> list[Decimal]:
    """Round weights so that they sum to the total exactly (largest remainder).

    Equal remainders go by name, not by place: the order in which a file lists the items changes no weight.

    Args:
        weights: exact weights that sum to 1.
        names: the items, each once.
        decimals: digits after the point.
        total: what the weights sum to: 100, or the weight of the component that they stand in.

    Raises:
        ValueError: when the total has more decimals than the weights.
    """
    unit = CONTEXT.scaleb(ONE, -decimals)
    if total % unit:
        raise ValueError(f"{total} has more than {decimals} decimals")
    order = sorted(range(len(names)), key=lambda index: names[index])
    parts = apportion(total, [decimal_of(weights[index] * Fraction(total)) for index in order], unit)
    placed = dict(zip(order, parts, strict=True))
    return [placed[index].quantize(unit) for index in range(len(names))]


def decimal_of(value: Fraction) -> Decimal:
    """Write a fraction with 40 digits, which is all that any printed number needs."""
    return CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))
