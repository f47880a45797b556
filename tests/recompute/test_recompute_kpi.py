"""What the recomputation makes of a person's records in a period, worked out by hand.

Belongs here: the aggregation kinds of the catalogue. What the warehouse makes of them is tested beside its models.
"""

from __future__ import annotations

import math
from fractions import Fraction
from types import SimpleNamespace
from typing import cast

import pytest

from .kpi import Entry, result
from .people import Company

COMPANY = cast(Company, SimpleNamespace(settings={"content_formats": ["text", "image", "video", "poll"]}))


def kpi(aggregation: str, statistic: str, *entries: Entry, period: str = "2026-Q3") -> object:
    row = {"kpi_id": "k", "aggregation": aggregation, "statistic": statistic}
    return result(row, list(entries), COMPANY, period).value


def sides(month: str, numerator: int | None, denominator: int | None) -> Entry:
    above, below = (None if side is None else Fraction(side) for side in (numerator, denominator))
    return Entry("k", month, "P1", above, below)


def keyed(key: str, *, is_hit: bool = False) -> Entry:
    return Entry("k", "2026-07", "P1", key=key, is_hit=is_hit)


QUARTER = (sides("2026-07", 10, 100), sides("2026-08", 20, 110), sides("2026-09", 30, 150))


@pytest.mark.parametrize(
    ("aggregation", "statistic", "expected"),
    [
        ("sum", "", Fraction(60)),
        ("ratio_of_sums", "", Fraction(60, 360)),
        ("ratio_of_sums", "opening", Fraction(60, 100)),
        ("stock_end", "", Fraction(30, 150)),
    ],
)
def test_sums_of_a_quarter(aggregation: str, statistic: str, expected: Fraction) -> None:
    assert kpi(aggregation, statistic, *QUARTER) == expected


def test_a_stock_without_a_denominator_is_the_last_month() -> None:
    assert kpi("stock_end", "", sides("2026-08", 5, None), sides("2026-09", 7, None)) == 7
    assert kpi("stock_end", "", sides("2026-08", 5, None)) is None


def test_a_ratio_over_nothing_has_no_value() -> None:
    assert kpi("ratio_of_sums", "", sides("2026-07", 3, 0)) is None
    assert kpi("ratio_of_sums", "", sides("2026-07", 3, None)) is None


def test_percentiles_lie_between_the_two_nearest() -> None:
    waits = [Entry("k", "2026-07", "P1", value=Fraction(minutes)) for minutes in (40, 10, 30, 20)]
    assert kpi("distribution", "p50", *waits) == 25  # between 20 and 30
    assert kpi("distribution", "p90", *waits) == 37  # place 2.7: 30 + 0.7 * 10
    assert kpi("distribution", "p50") is None


def test_shares_of_keys() -> None:
    """ann hit once of twice, bob never, cem hit: two of three. ann and cem came twice: two of three."""
    keys = [keyed("ann"), keyed("ann", is_hit=True), keyed("bob"), keyed("cem", is_hit=True), keyed("cem")]
    assert kpi("distinct", "", *keys) == 3
    assert kpi("distribution", "hit_share", *keys) == Fraction(2, 3)
    assert kpi("distribution", "repeat_share", *keys) == Fraction(2, 3)
    assert kpi("distribution", "hit_share") is None


def test_evenness_is_zero_for_one_format_and_one_for_all() -> None:
    assert kpi("distribution", "entropy", keyed("text"), keyed("text")) == 0
    even = kpi("distribution", "entropy", *(keyed(name) for name in ("text", "image", "video", "poll")))
    assert isinstance(even, float)
    assert math.isclose(even, 1)


def test_an_unknown_kind_is_told() -> None:
    with pytest.raises(ValueError, match="k: aggregation mean"):
        kpi("mean", "", *QUARTER)
