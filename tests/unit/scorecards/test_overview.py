"""What may be told of a period: counts add up, and nothing tells of a few people."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pipelines.scorecards.overview import CLASSES, LEAST, overview, score_classes

COUNTS = st.lists(st.integers(0, 12), min_size=len(CLASSES), max_size=len(CLASSES))


def scores_of(counts: list[int]) -> list[Decimal]:
    return [Decimal(low or 42) for (_, low), count in zip(CLASSES, counts, strict=True) for _ in range(count)]


@given(counts=COUNTS)
def test_a_small_class_cannot_be_told_by_itself_or_by_the_others(counts: list[int]) -> None:
    told = [count for _, count in score_classes(scores_of(counts))]
    for count, shown in zip(counts, told, strict=True):
        assert shown in (count, None)
        assert shown is None or shown == 0 or shown >= LEAST
    hidden = [count for count, shown in zip(counts, told, strict=True) if shown is None]
    if any(0 < count < LEAST for count in counts):
        assert len(hidden) >= 2, "one hidden class is what the others leave of all people"
    else:
        assert hidden == []


def test_the_edges_of_the_classes() -> None:
    scores = [Decimal(one) for one in ("59.99", "60.00", "69.99", "70.00", "99.99", "100.00", "131.25", "-3")]
    many = score_classes([one for one in scores for _ in range(LEAST)])
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
    seen = overview(bundle(["10.00"] * 5 + ["0.00"]))
    assert (seen.people, seen.lines, seen.statuses) == (6, 12, {"ok": 6, "withheld": 6})
    assert (seen.held, seen.schemes) == (Decimal("50.00"), ("000 1.0.0",))
    (ads,) = seen.certificate
    assert (ads.family, dict(ads.statuses), ads.quality) == (
        "ads",
        {"withheld": 1, "provisional": 0, "ok": 1},
        Decimal("0.5"),
    )


def test_what_few_people_hold_is_not_told_and_what_nobody_holds_is() -> None:
    assert overview(bundle(["10.00"] * 4 + ["0.00"] * 20)).held is None
    assert overview(bundle(["0.00"] * 3)).held == 0


def test_a_bundle_of_before_there_were_certificates() -> None:
    assert overview({"traces": [], "certificate": None}).certificate == ()
