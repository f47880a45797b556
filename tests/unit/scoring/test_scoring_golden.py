"""The golden values of scoring.md, sections 1 to 4, exact."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines.scoring.attainment import default_baseline, difference, from_baseline, linear, ratio
from pipelines.scoring.curves import read_curve
from pipelines.scoring.numbers import largest_remainder, round_once
from pipelines.scoring.proration import prorated_total

D = Decimal
GOLDEN = ((D(80), D(50)), (D(100), D(100)), (D(120), D(150)))


def test_ratio_of_a_higher_is_better_kpi() -> None:
    assert ratio(D(93), D(100), "higher") == D("0.93")


def test_ratio_of_a_lower_is_better_kpi_is_capped_near_zero() -> None:
    assert ratio(D(50), D(100), "lower", D("1.5")) == D("1.5")
    assert ratio(D(80), D(100), "lower", D("1.5")) == D("1.25")
    assert ratio(D(0), D(100), "lower", D("1.5")) == D("1.5")


def test_linear_form_is_two_minus_actual_over_target() -> None:
    assert linear(D(150), D(100)) == D("0.5")
    assert linear(D(100), D(100)) == 1
    assert linear(D(250), D(100)) == D("-0.5")


@pytest.mark.parametrize(("actual", "attained"), [(200, "0"), (130, "0.7"), (100, "1"), (90, "1.1"), (250, "-0.5")])
def test_baseline_form_where_lower_is_better(actual: int, attained: str) -> None:
    assert from_baseline(D(actual), D(200), D(100)) == D(attained)


def test_an_absent_baseline_where_lower_is_better_gives_the_linear_form() -> None:
    target = D(60)
    for actual in (0, 30, 60, 90, 200):
        assert from_baseline(D(actual), default_baseline(target, "lower"), target) == linear(D(actual), target)


@pytest.mark.parametrize(("actual", "attained"), [(30, "0.3"), (70, "0.7"), (100, "1")])
def test_okr_key_result_zones(actual: int, attained: str) -> None:
    assert from_baseline(D(actual), D(0), D(100)) == D(attained)


def test_difference_form_holds_for_targets_at_and_below_zero() -> None:
    assert difference(D(5), D(0), D(10), "higher") == D("1.5")
    assert difference(D(-8), D(-5), D(10), "higher") == D("0.7")
    assert difference(D(-8), D(-5), D(10), "lower") == D("1.3")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ratio(D(1), D(0), "higher"), "no meaning for a target of 0"),
        (lambda: ratio(D(1), D(1), "lower"), "needs a cap"),
        (lambda: linear(D(1), D(-1)), "no meaning for a target of -1"),
        (lambda: from_baseline(D(1), D(2), D(2)), "baseline equals the target"),
        (lambda: difference(D(1), D(2), D(0), "higher"), "scale"),
    ],
)
def test_undefined_attainment_is_refused(call: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()  # type: ignore[operator]  # parametrised with lambdas


@pytest.mark.parametrize(
    ("attained", "points", "place"),
    [
        ("93", "82.5", "between"),
        ("79.99", "0", "below_threshold"),
        ("130", "150", "at_cap"),
        ("80", "50", "at_anchor"),
        ("100", "100", "at_anchor"),
        ("110", "125", "between"),
        ("120", "150", "at_cap"),
    ],
)
def test_linear_interpolation(attained: str, points: str, place: str) -> None:
    reading = read_curve("linear", GOLDEN, D(attained))
    assert reading.output == D(points)
    assert reading.place == place


def test_the_interpolation_prints_both_anchors() -> None:
    reading = read_curve("linear", GOLDEN, D(93))
    assert (reading.low, reading.high) == (GOLDEN[0], GOLDEN[1])
    assert reading.formula(D(93)) == "50 + (93 − 80) / (100 − 80) × (100 − 50) = 82.5"
    assert read_curve("linear", GOLDEN, D(75)).formula(D(75)) == "75 < 80 → 0"


def test_a_step_gives_the_highest_anchor_reached() -> None:
    assert [read_curve("step", GOLDEN, D(a)).output for a in ("79.99", "80", "99.99", "100", "119", "121")] == [
        D(0), D(50), D(50), D(100), D(100), D(150),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("attained", "points"),
    [("59.99", "0"), ("60", "60"), ("79.99", "60"), ("80", "64"), ("85", "68"), ("90", "100"), ("120", "100")],
)
def test_the_printed_example_with_jumps(attained: str, points: str) -> None:
    """Tita: < 60 % -> 0; 60-80 % -> 60; 80-90 % -> actual value x 80 %; >= 90 % -> 100."""
    curve = tuple((D(a), D(p)) for a, p in ((60, 60), (80, 60), (80, 64), (90, 72), (90, 100)))
    assert read_curve("linear", curve, D(attained)).output == D(points)


def test_proration_rounds_only_at_the_end() -> None:
    total = prorated_total([(D(100000), D(10), 90), (D(110000), D(15), 275)], 365)
    assert round_once(total) == D("14897.26")


def test_pool_share_by_largest_remainder() -> None:
    """pool x points x days / sum: three equal shares of 100.00 leave one cent, which goes to the first."""
    assert largest_remainder(10000, [D(1), D(1), D(1)]) == [3334, 3333, 3333]
    assert largest_remainder(10000, [D(80) * 31, D(100) * 31, D(120) * 10]) == [3658, 4572, 1770]
    assert largest_remainder(100, [D(0), D(0)]) == [0, 0]


def test_rounding_is_half_up_and_sees_a_tie_behind_a_division() -> None:
    assert round_once(D("82.505")) == D("82.51")
    assert round_once(D("-0.005")) == D("-0.01")
    third = D("82.505") / 3
    assert round_once(third * 3) == D("82.51")
