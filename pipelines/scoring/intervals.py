"""How far chance alone may have moved a share, a net promoter score or a mean of ratings: 95 % intervals.

Belongs here: the formulas, in Decimal, of a number and the count of what it was made from. Does not belong here: which
KPI has which interval (the KPI catalogue), what a reading with few records means (`small_numbers`).

An interval is about chance, not about wrong data. It takes every answer, ticket or customer as one independent trial;
where they hang together, as the messages of one quarrel do, it is too narrow.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pipelines.scoring.numbers import CONTEXT, HUNDRED, ONE, ZERO

#: The 97.5 % point of the normal distribution.
Z = Decimal("1.959963984540054")
#: The 97.5 % points of Student's distribution for 1 to 30 degrees of freedom.
_T = tuple(
    map(
        Decimal,
        (
            "12.706",
            "4.303",
            "3.182",
            "2.776",
            "2.571",
            "2.447",
            "2.365",
            "2.306",
            "2.262",
            "2.228",
            "2.201",
            "2.179",
            "2.160",
            "2.145",
            "2.131",
            "2.120",
            "2.110",
            "2.101",
            "2.093",
            "2.086",
            "2.080",
            "2.074",
            "2.069",
            "2.064",
            "2.060",
            "2.056",
            "2.052",
            "2.048",
            "2.045",
            "2.042",
        ),
    )
)
#: Imaginary answers that keep few real ones from looking sure: 3/4 promoter, 3/2 passive, 3/4 detractor.
_IMAGINARY = Decimal(3)
_IMAGINARY_SQUARES = Decimal("1.5") * HUNDRED * HUNDRED
_SQUARE = HUNDRED * HUNDRED


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, in the unit of the number that it is around, which lies inside."""

    low: Decimal
    high: Decimal


def wilson(share: Decimal, n: Decimal) -> Interval | None:
    """Return Wilson's interval of a share of `n` units; None where it is no share of anything.

    Unlike the normal approximation it stays within 0 and 1 and says something of 0 of 5. Source: Wilson 1927.
    """
    if n <= 0 or not ZERO <= share <= ONE:
        return None
    z2 = CONTEXT.multiply(Z, Z)
    middle = CONTEXT.add(share, CONTEXT.divide(z2, 2 * n))
    spread = CONTEXT.divide(share * (ONE - share), n) + CONTEXT.divide(z2, 4 * n * n)
    half = CONTEXT.multiply(Z, CONTEXT.sqrt(spread))
    whole = ONE + CONTEXT.divide(z2, n)
    return _around(share, CONTEXT.divide(middle - half, whole), CONTEXT.divide(middle + half, whole), ZERO, ONE)


def nps_error(promoters: Decimal, detractors: Decimal, n: Decimal) -> Decimal:
    """Return the standard error of a net promoter score in points, from the shares of promoters and detractors.

    100 × sqrt((p + d − (p − d)²) / n): with p = .5, d = .2 and 200 answers 5.52.
    """
    net = promoters - detractors
    return CONTEXT.multiply(HUNDRED, CONTEXT.sqrt(CONTEXT.divide(promoters + detractors - net * net, n)))


def net_interval(net: Decimal, mean_square: Decimal, n: Decimal) -> Interval | None:
    """Return the interval of a net promoter score, within −100 and 100; None of no answers.

    Args:
        net: the score, in points.
        mean_square: mean of the squared answers, each 100, 0 or −100: 10,000 × (promoters + detractors).
        n: answers.

    Three imaginary answers (3/4 promoter, 3/2 passive, 3/4 detractor) are counted with them, so that ten promoters out
    of ten are no certainty. Source: Rocks 2016, adjusted Wald (T, 3).
    """
    if n <= 0 or abs(net) > HUNDRED or not net * net <= mean_square <= _SQUARE:
        return None
    whole = n + _IMAGINARY
    middle = CONTEXT.divide(net * n, whole)
    square = CONTEXT.divide(mean_square * n + _IMAGINARY_SQUARES, whole)
    promoters = CONTEXT.divide(CONTEXT.divide(square, _SQUARE) + CONTEXT.divide(middle, HUNDRED), Decimal(2))
    detractors = promoters - CONTEXT.divide(middle, HUNDRED)
    half = CONTEXT.multiply(Z, nps_error(promoters, detractors, whole))
    return _around(net, middle - half, middle + half, -HUNDRED, HUNDRED)


def mean_interval(mean: Decimal, mean_square: Decimal, n: Decimal, least: Decimal, most: Decimal) -> Interval | None:
    """Return Student's interval of the mean of `n` ratings within their scale; None of fewer than two.

    Args:
        mean: of the ratings.
        mean_square: mean of their squares.
        n: ratings; a part of one counts for no degree of freedom.
        least: the scale's lower end.
        most: its upper end.
    """
    if n < 2 or not least <= mean <= most:
        return None
    spread = max(ZERO, mean_square - CONTEXT.multiply(mean, mean))
    half = CONTEXT.multiply(_student(int(n) - 1), CONTEXT.sqrt(CONTEXT.divide(spread, n - ONE)))
    return _around(mean, mean - half, mean + half, least, most)


def _student(freedom: int) -> Decimal:
    """The 97.5 % point of Student's distribution; beyond the table by Cornish and Fisher's expansion."""
    if freedom <= len(_T):
        return _T[freedom - 1]
    nu, z3 = Decimal(freedom), Z**3
    return Z + CONTEXT.divide(z3 + Z, 4 * nu) + CONTEXT.divide(5 * Z**5 + 16 * z3 + 3 * Z, 96 * nu * nu)


def _around(value: Decimal, low: Decimal, high: Decimal, least: Decimal, most: Decimal) -> Interval:
    """An interval within the scale that holds its own number, whatever the last digit of a root says."""
    return Interval(min(value, max(least, low)), max(value, min(most, high)))
