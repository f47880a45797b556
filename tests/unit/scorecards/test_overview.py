"""What may be told of a period: counts add up, and nothing tells of a few people."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.company.list_settings import LEAST_GROUP, ListSettings
from pipelines.scorecards.overview import CLASSES, overview, score_classes

COUNTS = st.lists(st.integers(0, 12), min_size=len(CLASSES), max_size=len(CLASSES))


def scores_of(counts: list[int]) -> list[Decimal]:
    return [Decimal(low or 42) for (_, low), count in zip(CLASSES, counts, strict=True) for _ in range(count)]


def told_of(counts: list[int], least: int = LEAST_GROUP) -> list[int | None]:
    return [count for _, count in score_classes(scores_of(counts), least)]


def others_that_fit(hidden: list[int], empty: bool, least: int) -> list[list[int]]:
    """Other counts of the hidden classes that the reader has to reckon with, one person moved.

    The reader knows how many are hidden together and that a class below `least` is among them; that a hidden class is
    not empty only where some other class is told, for there an empty one is told too.
    """
    moved = []
    for giver, taker in ((g, t) for g in range(len(hidden)) for t in range(len(hidden)) if g != t and hidden[g]):
        other = list(hidden)
        other[giver] -= 1
        other[taker] += 1
        if (empty or min(other) > 0) and any(0 < count < least for count in other):
            moved.append(other)
    return moved


@given(counts=COUNTS, least=st.integers(LEAST_GROUP, 9))
@example(counts=[1, 0, 20, 0, 1, 0], least=5)
@example(counts=[1, 1, 1, 1, 1, 12], least=5)
@example(counts=[1, 1, 1, 1, 1, 1], least=5)
@example(counts=[4, 0, 0, 0, 0, 0], least=5)
@example(counts=[4, 5, 0, 0, 0, 0], least=5)
def test_no_hidden_class_can_be_worked_out_from_what_is_told(counts: list[int], least: int) -> None:
    told = told_of(counts, least)
    for count, shown in zip(counts, told, strict=True):
        assert shown in (count, None)
        assert shown is None or shown == 0 or shown >= least
    hidden = [count for count, shown in zip(counts, told, strict=True) if shown is None]
    if not any(0 < count < least for count in counts):
        assert hidden == []
        return
    if sum(counts) < 2 * least:
        assert len(hidden) == len(counts), "with so few people no class is told"
    else:
        assert sum(hidden) >= least
    others = others_that_fit(hidden, len(hidden) == len(counts), least)
    for n, count in enumerate(hidden):
        assert any(other[n] != count for other in others), f"class {n} of {told} can only be {count}"


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        # two hidden classes of two people in all would be one and one, for the empty classes are told
        ([1, 0, 20, 0, 1, 0], [None, 0, None, 0, None, 0]),
        ([1, 0, 20, 7, 1, 0], [None, 0, 20, None, None, 0]),
        ([4, 0, 20, 7, 1, 0], [None, 0, 20, 7, None, 0]),
        # five people in five classes would be one each
        ([1, 1, 1, 1, 1, 12], [None] * 6),
        ([4, 0, 20, 7, 0, 0], [None, 0, 20, None, 0, 0]),
        ([4, 5, 0, 0, 0, 0], [None] * 6),
        ([4, 6, 0, 0, 0, 0], [None, None, 0, 0, 0, 0]),
    ],
)
def test_classes_are_hidden_until_the_rest_tells_nothing(counts: list[int], told: list[int | None]) -> None:
    assert told_of(counts) == told


def test_company_yaml_can_ask_for_more_people_and_not_for_fewer() -> None:
    assert [ListSettings(min_group=n).least_shown for n in (2, 5, 8)] == [5, 5, 8]
    assert told_of([6, 20, 8, 0, 0, 0], 8) == [None, 20, None, 0, 0, 0]
    assert overview(bundle(["10.00"] * 7), 8).held is None


def test_the_edges_of_the_classes() -> None:
    scores = [Decimal(one) for one in ("59.99", "60.00", "69.99", "70.00", "99.99", "100.00", "131.25", "-3")]
    many = score_classes([one for one in scores for _ in range(LEAST_GROUP)], LEAST_GROUP)
    assert [count for _, count in many] == [10, 10, 5, 0, 5, 10]


def bundle(held: list[str]) -> dict[str, object]:
    line = {"status": "ok"}
    segment = {"scheme_id": "000", "scheme_version": "1.0.0", "lines": [line, {"status": "withheld"}]}
    traces = [{"segments": [segment], "bonus": {"held": one}, "printed_score": "88.00"} for one in held]
    rows = [
        {"family": "ads", "status": "ok", "quality": "1"},
        {"family": "ads", "status": "withheld", "quality": "0.5"},
    ]
    return {"traces": traces, "certificate": {"rows": rows}}


def test_counts_of_a_bundle() -> None:
    seen = overview(bundle(["10.00"] * 5 + ["0.00"]), LEAST_GROUP)
    assert (seen.people, seen.lines, seen.statuses) == (6, 12, {"ok": 6, "withheld": 6})
    assert (seen.held, seen.schemes) == (Decimal("50.00"), ("000 1.0.0",))
    (ads,) = seen.certificate
    assert (ads.family, dict(ads.statuses), ads.quality) == (
        "ads",
        {"withheld": 1, "provisional": 0, "ok": 1},
        Decimal("0.5"),
    )


def test_what_few_people_hold_is_not_told_and_what_nobody_holds_is() -> None:
    assert overview(bundle(["10.00"] * 4 + ["0.00"] * 20), LEAST_GROUP).held is None
    assert overview(bundle(["0.00"] * 3), LEAST_GROUP).held == 0


def test_a_bundle_of_before_there_were_certificates() -> None:
    assert overview({"traces": [], "certificate": None}, LEAST_GROUP).certificate == ()
