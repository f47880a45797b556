"""Intervals of shares, net scores and means: golden values, and what must hold for any numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.scoring.intervals import Interval, mean_interval, net_interval, nps_error, wilson

D = Decimal
HAIR = D("1e-20")
#: Bounds in per mille, so that every example is exact.
SHARES = st.integers(0, 1000).map(lambda mille: D(mille) / 1000)


def rounded(found: Interval | None, places: str = "0.0001") -> tuple[Decimal, Decimal]:
    assert found is not None
    return found.low.quantize(D(places)), found.high.quantize(D(places))


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (81, 263, "0.2553", "0.3662"),  # Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
        (5, 10, "0.2366", "0.7634"),
    ],
)
def test_wilsons_interval_is_that_of_the_books(hits: int, n: int, low: str, high: str) -> None:
    assert rounded(wilson(D(hits) / n, D(n))) == (D(low), D(high))


def test_the_standard_error_of_a_net_promoter_score() -> None:
    """Half promoters, a fifth detractors of 200: 30 with a standard error of 5.52."""
    assert nps_error(D("0.5"), D("0.2"), D(200)).quantize(D("0.01")) == D("5.52")


def test_a_net_score_of_few_answers_is_no_certainty() -> None:
    """Three promoters of three: counted with 3/4 promoter, 3/2 passive and 3/4 detractor they are 50 ± 57."""
    assert rounded(net_interval(D(100), D(10_000), D(3)), "0.1") == (D("-6.6"), D("100.0"))
    assert rounded(net_interval(D(30), D(7_000), D(200)), "0.1") == (D("18.8"), D("40.3"))


def test_the_interval_of_a_mean_is_students() -> None:
    """70, 75, 80, 85, 90: s = 7.9057, t(4) = 2.776, 80 ± 9.81."""
    squares = sum(D(rating) ** 2 for rating in (70, 75, 80, 85, 90)) / 5
    assert rounded(mean_interval(D(80), squares, D(5), D(0), D(100)), "0.01") == (D("70.19"), D("89.81"))
    assert rounded(mean_interval(D(80), squares, D(200), D(0), D(100)), "0.01") == (D("79.01"), D("80.99"))


@pytest.mark.parametrize("n", [D(0), D(1), D("1.9")])
def test_one_rating_tells_nothing_of_its_spread(n: Decimal) -> None:
    assert mean_interval(D(80), D(6400), n, D(0), D(100)) is None


@pytest.mark.parametrize(("share", "n"), [(D("1.2"), D(5)), (D("-0.1"), D(5)), (D("0.5"), D(0))])
def test_what_is_no_share_has_no_interval(share: Decimal, n: Decimal) -> None:
    assert wilson(share, n) is None


@settings(max_examples=500)
@given(SHARES, st.integers(1, 10_000))
def test_a_share_lies_inside_its_interval_and_that_inside_0_and_1(share: Decimal, n: int) -> None:
    found = wilson(share, D(n))
    assert found is not None
    assert D(0) <= found.low <= share <= found.high <= D(1)


@settings(max_examples=500)
@given(SHARES, st.integers(1, 10_000), st.integers(1, 10_000))
def test_more_units_never_widen_the_interval_of_a_share(share: Decimal, n: int, more: int) -> None:
    few, many = wilson(share, D(n)), wilson(share, D(n + more))
    assert few is not None
    assert many is not None
    assert many.low >= few.low - HAIR
    assert many.high <= few.high + HAIR


@settings(max_examples=500)
@given(SHARES, SHARES, st.integers(1, 10_000))
def test_a_higher_share_never_has_a_lower_interval(one: Decimal, other: Decimal, n: int) -> None:
    low, high = wilson(min(one, other), D(n)), wilson(max(one, other), D(n))
    assert low is not None
    assert high is not None
    assert low.low <= high.low + HAIR
    assert low.high <= high.high + HAIR


@settings(max_examples=500)
@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300), st.integers(2, 20))
def test_a_net_score_lies_inside_its_interval_which_narrows(
    promoters: int, passives: int, others: int, by: int
) -> None:
    n = promoters + passives + others
    if not n:
        return
    net, squares = D(100) * (promoters - others) / n, D(10_000) * (promoters + others) / n
    found, many = net_interval(net, squares, D(n)), net_interval(net, squares, D(n * by))
    assert found is not None
    assert many is not None
    assert D(-100) <= found.low <= net <= found.high <= D(100)
    assert many.high - many.low <= found.high - found.low + D("1e-12")


@settings(max_examples=500)
@given(st.lists(st.integers(0, 100), min_size=2, max_size=40), st.integers(2, 10))
def test_a_mean_lies_inside_its_interval_which_narrows(ratings: list[int], by: int) -> None:
    n = len(ratings)
    mean, squares = D(sum(ratings)) / n, D(sum(rating**2 for rating in ratings)) / n
    found = mean_interval(mean, squares, D(n), D(0), D(100))
    many = mean_interval(mean, squares, D(n * by), D(0), D(100))
    assert found is not None
    assert many is not None
    assert D(0) <= found.low <= mean <= found.high <= D(100)
    assert many.high - many.low <= found.high - found.low + D("1e-12")
