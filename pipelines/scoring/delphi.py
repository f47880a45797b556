"""Delphi rounds: means, full-mark frequency, variation, Kendall's W, authority, and whether rounds have settled.

Belongs here: the statistics of one round and the comparison of two. Does not belong here: pairwise comparison
(`scoring.weights`), reading and checking the file (`company.expert_rounds`), showing (`scorecards.weights`).

Everything but square roots and the p-value is an exact fraction: a CV of 0.25 is no CV above 0.25.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pipelines.scoring.numbers import CONTEXT, ONE, ZERO
from pipelines.scoring.weights import decimal_of

#: Above this coefficient of variation experts do not agree on an item (commonly <= .25 in Delphi studies).
CV_LIMIT = Fraction(1, 4)
#: By how much W and the CV of an item may move between two rounds that count as settled. Delphi studies stop when W and
#: CV stabilise and give no number; these are the project's.
W_SETTLED = Fraction(1, 10)
CV_SETTLED = Fraction(1, 20)

_PI = Decimal("3.141592653589793238462643383279502884197")
_TINY = Decimal("1e-30")

#: Scores of one expert a row, of one item a column.
Scores = Sequence[Sequence[Decimal]]


@dataclass(frozen=True)
class Concordance:
    """Kendall's coefficient of concordance with correction for ties.

    Attributes:
        w: from 0, no agreement on the order of the items, to 1, the same order by everybody.
        chi_square: m(n-1)W for m experts and n items.
        degrees: its degrees of freedom, n-1.
        p_value: the probability of such a chi-square without any agreement; an approximation that is good from about
            seven items or ten experts on.
    """

    w: Fraction
    chi_square: Fraction
    degrees: int
    p_value: Decimal


@dataclass(frozen=True)
class RoundResult:
    """The statistics of one round, by item.

    Attributes:
        means: M, the mean score.
        full_marks: K, the share of the experts that gave the full mark.
        variations: CV = σ/M, σ with m-1 in the denominator; None where one expert or a mean of 0 leaves it undefined.
        scattered: whether the CV is above 0.25.
        weights: M/ΣM; they sum to 1.
        concordance: Kendall's W; None for one expert, one item, or when nobody tells any two items apart.
    """

    means: tuple[Fraction, ...]
    full_marks: tuple[Fraction, ...]
    variations: tuple[Decimal | None, ...]
    scattered: tuple[bool, ...]
    weights: tuple[Fraction, ...]
    concordance: Concordance | None


@dataclass(frozen=True)
class Authority:
    """How much weight the experts' word has, each 0 to 1.

    Attributes:
        ca: the basis of their judgement, mean over the experts.
        cs: their familiarity with the matter, mean over the experts.
        cr: (Ca + Cs) / 2.
    """

    ca: Fraction
    cs: Fraction
    cr: Fraction


@dataclass(frozen=True)
class Stability:
    """What changed from one round to the next.

    Attributes:
        w_change: the change of W; None where either round has none.
        cv_change: the largest change of an item's CV, up or down, over the items of both rounds; None without any.
        settled: both changes are known and within `W_SETTLED` and `CV_SETTLED`.
    """

    w_change: Fraction | None
    cv_change: Decimal | None
    settled: bool


def round_result(scores: Scores, full_mark: Decimal) -> RoundResult:
    """Work out one round.

    Args:
        scores: non-negative scores, a row an expert and a column an item, without gaps.
        full_mark: the highest score of the scale.

    Raises:
        ValueError: without an expert or an item, for rows of unequal length, and when all scores are 0.
    """
    if not scores or not scores[0] or any(len(row) != len(scores[0]) for row in scores):
        raise ValueError("a round needs an expert and an item, and a score for each")
    experts = len(scores)
    columns = [[Fraction(score) for score in column] for column in zip(*scores, strict=True)]
    means = tuple(sum(column, Fraction(0)) / experts for column in columns)
    whole = sum(means, Fraction(0))
    if whole <= 0:
        raise ValueError("all scores are 0: nothing has weight")
    variances = [_variance(column, mean) for column, mean in zip(columns, means, strict=True)]
    return RoundResult(
        means,
        tuple(Fraction(column.count(Fraction(full_mark)), experts) for column in columns),
        tuple(_variation(variance, mean) for variance, mean in zip(variances, means, strict=True)),
        # compared squared, where everything is exact
        tuple(
            variance is not None and variance > (CV_LIMIT * mean) ** 2
            for variance, mean in zip(variances, means, strict=True)
        ),
        tuple(mean / whole for mean in means),
        kendall(scores),
    )


def _variance(column: Sequence[Fraction], mean: Fraction) -> Fraction | None:
    if len(column) < 2:
        return None
    return sum(((score - mean) ** 2 for score in column), Fraction(0)) / (len(column) - 1)


def _variation(variance: Fraction | None, mean: Fraction) -> Decimal | None:
    if variance is None or mean == 0:
        return None
    return CONTEXT.divide(CONTEXT.sqrt(decimal_of(variance)), decimal_of(mean))


def ranks(scores: Sequence[Decimal]) -> list[Fraction]:
    """Rank scores from 1, the highest; equal scores share the mean of their ranks."""
    counts = Counter(scores)
    rank_of: dict[Decimal, Fraction] = {}
    before = 0
    for score in sorted(counts, reverse=True):
        rank_of[score] = before + Fraction(counts[score] + 1, 2)
        before += counts[score]
    return [rank_of[score] for score in scores]


def kendall(scores: Scores) -> Concordance | None:
    """Work out W = 12 S / (m²(n³ - n) - m ΣT), S = Σ(R_j - R̄)², T = Σ(t³ - t) over an expert's groups of equal scores.

    Returns:
        None where W is undefined: fewer than two experts or items, or every expert gives all items the same score.
    """
    m, n = len(scores), len(scores[0]) if scores else 0
    if m < 2 or n < 2:
        return None
    sums = [sum(column, Fraction(0)) for column in zip(*(ranks(row) for row in scores), strict=True)]
    middle = Fraction(m * (n + 1), 2)
    spread = sum(((one - middle) ** 2 for one in sums), Fraction(0))
    ties = sum(count**3 - count for row in scores for count in Counter(row).values())
    possible = m * m * (n**3 - n) - m * ties
    if possible == 0:
        return None
    w = 12 * spread / possible
    chi_square = m * (n - 1) * w
    return Concordance(w, chi_square, n - 1, chi_square_tail(decimal_of(chi_square), n - 1))


def chi_square_tail(x: Decimal, degrees: int) -> Decimal:
    """Return the probability that a chi-square variable exceeds `x`.

    One minus the lower incomplete gamma function by its series (Abramowitz and Stegun 6.5.29), good to 20 decimals.
    """
    if x <= 0:
        return ONE
    half, shape = CONTEXT.divide(x, Decimal(2)), CONTEXT.divide(Decimal(degrees), Decimal(2))
    gamma, step = (ONE, ONE) if degrees % 2 == 0 else (CONTEXT.sqrt(_PI), Decimal("0.5"))
    while step <= shape:
        gamma, step = CONTEXT.multiply(gamma, step), step + 1
    power = CONTEXT.exp(CONTEXT.subtract(CONTEXT.multiply(shape, CONTEXT.ln(half)), half))
    term = CONTEXT.divide(power, gamma)
    below, place = term, shape
    # terms grow until the place passes x/2 and only then fall
    while term > _TINY or place < half:
        place += 1
        term = CONTEXT.divide(CONTEXT.multiply(term, half), place)
        below = CONTEXT.add(below, term)
    return max(ZERO, CONTEXT.subtract(ONE, below))


def authority(stated: Sequence[tuple[Fraction, Fraction]]) -> Authority | None:
    """Work out Ca, Cs and Cr = (Ca + Cs)/2 of a round from the (Ca, Cs) of each expert; None when nobody stated any."""
    if not stated:
        return None
    ca = sum((one for one, _ in stated), Fraction(0)) / len(stated)
    cs = sum((other for _, other in stated), Fraction(0)) / len(stated)
    return Authority(ca, cs, (ca + cs) / 2)


def stability(
    earlier: Mapping[str, Decimal | None],
    later: Mapping[str, Decimal | None],
    earlier_w: Fraction | None,
    later_w: Fraction | None,
) -> Stability:
    """Compare two rounds.

    Args:
        earlier: item -> CV of the earlier round.
        later: item -> CV of the later round; items of one round alone are not compared.
        earlier_w: W of the earlier round.
        later_w: W of the later round.
    """
    changes = [
        abs(CONTEXT.subtract(now, before))
        for item, now in later.items()
        if now is not None and (before := earlier.get(item)) is not None
    ]
    w_change = None if earlier_w is None or later_w is None else later_w - earlier_w
    cv_change = max(changes, default=None)
    settled = (
        w_change is not None
        and cv_change is not None
        and abs(w_change) <= W_SETTLED
        and cv_change <= decimal_of(CV_SETTLED)
    )
    return Stability(w_change, cv_change, settled)
