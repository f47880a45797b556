"""Mean, median, spread, correlation and shrinkage, exactly: in Decimal, the same on every machine.

Belongs here: arithmetic over lists of numbers. Does not belong here: which numbers (the reports).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal

from pipelines.scoring.numbers import CONTEXT, ZERO


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """Return the mean; None of nothing."""
    return CONTEXT.divide(sum(values, ZERO), Decimal(len(values))) if values else None


def weighted_mean(pairs: Sequence[tuple[Decimal, Decimal]]) -> Decimal | None:
    """Return the mean of (weight, value) pairs by weight; None where nothing has a weight."""
    weight = sum((weight for weight, _ in pairs), ZERO)
    if not weight:
        return None
    return CONTEXT.divide(sum((CONTEXT.multiply(weight, value) for weight, value in pairs), ZERO), weight)


def median(values: Sequence[Decimal]) -> Decimal | None:
    """Return the median, the mean of the middle two of an even number; None of nothing."""
    if not values:
        return None
    ordered, middle = sorted(values), len(values) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return CONTEXT.divide(ordered[middle - 1] + ordered[middle], Decimal(2))


def quantile(values: Sequence[Decimal], share: Decimal) -> Decimal | None:
    """Return the value below which a share (0 to 1) of the values lies; None of nothing.

    Of n ordered values the first is at 0, the last at 1 and the others evenly between them; what lies between two is
    read off the line that joins them.
    """
    if not values:
        return None
    ordered = sorted(values)
    place = CONTEXT.multiply(share, Decimal(len(ordered) - 1))
    low = int(place)
    if low + 1 >= len(ordered):
        return ordered[-1]
    return ordered[low] + CONTEXT.multiply(place - low, ordered[low + 1] - ordered[low])


def spread(values: Sequence[Decimal]) -> Decimal | None:
    """Return the sample standard deviation (n − 1); None of fewer than two values."""
    centre = mean(values)
    if centre is None or len(values) < 2:
        return None
    squares = sum((CONTEXT.multiply(value - centre, value - centre) for value in values), ZERO)
    return CONTEXT.sqrt(CONTEXT.divide(squares, Decimal(len(values) - 1)))


def shrunk(values: Sequence[Decimal], of_all: Decimal, k: Decimal) -> Decimal | None:
    """Return a group's mean shrunk towards the mean of all: (n·mean + k·of_all)/(n + k) (scoring.md 5)."""
    if not values:
        return None
    return CONTEXT.divide(sum(values, ZERO) + CONTEXT.multiply(k, of_all), Decimal(len(values)) + k)


def ranks(values: Sequence[Decimal]) -> list[Decimal]:
    """Return the rank of each value from 1 upwards; equal values share the mean of their ranks."""
    ordered = sorted(values)
    return [
        CONTEXT.divide(Decimal(bisect_left(ordered, value) + 1 + bisect_right(ordered, value)), Decimal(2))
        for value in values
    ]


def rank_correlation(pairs: Sequence[tuple[Decimal, Decimal]], least: int) -> Decimal | None:
    """Return Spearman's rank correlation, −1 to 1.

    Args:
        pairs: the two numbers of each person.
        least: how many pairs are needed.

    Returns:
        None for fewer pairs, or where one side does not vary.
    """
    if len(pairs) < max(least, 2):
        return None
    first, second = ranks([one for one, _ in pairs]), ranks([other for _, other in pairs])
    centre = CONTEXT.divide(Decimal(len(pairs) + 1), Decimal(2))
    products = sum((CONTEXT.multiply(a - centre, b - centre) for a, b in zip(first, second, strict=True)), ZERO)
    squares_first, squares_second = (
        sum((CONTEXT.multiply(a - centre, a - centre) for a in side), ZERO) for side in (first, second)
    )
    if not squares_first or not squares_second:
        return None
    return CONTEXT.divide(products, CONTEXT.sqrt(CONTEXT.multiply(squares_first, squares_second)))
