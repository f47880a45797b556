"""Ranking with ties, open scores and small groups: by examples, and against a look at every possible outcome."""

from __future__ import annotations

import itertools
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reports.standing import Entry, last, places, top

D = Decimal


def entry(person: str, low: str, high: str | None = None) -> Entry:
    return Entry(person, D(low), D(high or low))


@pytest.mark.req("001-I2", "004-I4")
@pytest.mark.parametrize(
    ("share", "people", "rounding", "expected"),
    [
        ("10", 8, "ceil", 1),
        ("10", 8, "floor", 0),
        ("10", 14, "half_up", 1),
        ("10", 15, "half_up", 2),
        ("20", 5, "floor", 1),
        ("20", 5, "ceil", 1),
        ("10", 10, "ceil", 1),
        ("0.01", 3, "ceil", 1),
    ],
)
def test_a_share_becomes_places_by_the_stated_rounding(share: str, people: int, rounding: str, expected: int) -> None:
    assert places(D(share), people, rounding) == expected


@pytest.mark.req("001-I2")
def test_people_who_share_the_last_place_all_stand_on_the_list_or_none_of_them() -> None:
    given_ = [entry("a", "90"), entry("b", "80"), entry("c", "80"), entry("d", "10")]
    assert [top(given_, 2, "include")[one].state for one in "abcd"] == ["in", "tied", "tied", "out"]
    assert [top(given_, 2, "exclude")[one].state for one in "abcd"] == ["in", "out", "out", "out"]
    assert [top(given_, 3, "exclude")[one].state for one in "abcd"] == ["in", "in", "in", "out"]
    assert [top(given_, 2, "include")[one].best for one in "abcd"] == [1, 2, 2, 4]


@pytest.mark.req("001-I2")
def test_a_place_that_withheld_data_could_still_give_or_take_is_too_close() -> None:
    given_ = [entry("a", "90"), entry("b", "80"), entry("open", "40", "95"), entry("d", "10", "20")]
    found = top(given_, 1, "include")
    assert {one: found[one].state for one in ("a", "b", "open", "d")} == {
        "a": "too_close",
        "b": "out",
        "open": "too_close",
        "d": "out",
    }
    assert (found["open"].best, found["open"].worst) == (1, 3)


@pytest.mark.req("001-I3")
def test_ties_never_make_a_last_one_and_a_withheld_score_is_never_last() -> None:
    assert last([entry("a", "50"), entry("b", "60")]) == {"a": "last", "b": "not_last"}
    assert set(last([entry("a", "50"), entry("b", "50"), entry("c", "60")]).values()) == {"not_last"}
    assert last([entry("a", "50"), entry("open", "0", "40")]) == {"a": "not_last", "open": "not_last"}
    assert last([entry("a", "50"), entry("open", "40", "70"), entry("c", "60")]) == {
        "a": "too_close",
        "open": "not_last",
        "c": "not_last",
    }
    assert last([entry("a", "50"), entry("open", "51", "70")]) == {"a": "last", "open": "not_last"}
    assert last([entry("alone", "50")]) == {"alone": "not_last"}


def _outcomes(entries: list[Entry]) -> list[dict[str, Decimal]]:
    """Every way in which the open scores can settle, on a grid that has all bounds and a step beside them."""
    grid = sorted(
        {bound + step for one in entries for bound in (one.low, one.high) for step in (D(0), D("0.5"), D("-0.5"))}
    )
    choices = [[value for value in grid if one.low <= value <= one.high] for one in entries]
    return [
        dict(zip((one.person_id for one in entries), scores, strict=True)) for scores in itertools.product(*choices)
    ]


people = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 3)).map(lambda pair: (D(pair[0]), D(pair[0] + max(0, pair[1] - 1)))),
    min_size=1,
    max_size=4,
).map(lambda bounds: [Entry(f"p{index}", low, high) for index, (low, high) in enumerate(bounds)])


@pytest.mark.req("001-I2", "004-I4")
@given(people, st.integers(0, 4), st.sampled_from(["include", "exclude"]))
@settings(max_examples=500)
def test_the_top_is_what_holds_in_every_outcome(entries: list[Entry], count: int, ties: str) -> None:
    found = top(entries, count, ties)
    outcomes = _outcomes(entries)
    for one in entries:
        inside = []
        for scores in outcomes:
            mine = scores[one.person_id]
            above = sum(score > mine for score in scores.values())
            level = sum(score == mine for score in scores.values())
            inside.append(above + (1 if ties == "include" else level) <= count)
        state = found[one.person_id].state
        expected = {"in": (True, True), "tied": (True, True), "too_close": (False, True), "out": (False, False)}[state]
        assert (all(inside), any(inside)) == expected


@pytest.mark.req("001-I3")
@given(people)
@settings(max_examples=500)
def test_the_last_one_is_last_in_every_outcome(entries: list[Entry]) -> None:
    found = last(entries)
    outcomes = _outcomes(entries)
    for one in entries:
        is_last = [
            len(scores) > 1
            and all(score > scores[one.person_id] for person, score in scores.items() if person != one.person_id)
            for scores in outcomes
        ]
        if one.is_open:
            assert found[one.person_id] == "not_last"
        else:
            expected = {"last": (True, True), "too_close": (False, True), "not_last": (False, False)}
            assert (all(is_last), any(is_last)) == expected[found[one.person_id]]
    assert list(found.values()).count("last") <= 1


@given(people, st.integers(0, 4), st.sampled_from(["include", "exclude"]), st.randoms(use_true_random=False))
@settings(max_examples=500)
def test_the_order_of_people_changes_nothing(entries: list[Entry], count: int, ties: str, luck: Random) -> None:
    mixed = list(entries)
    luck.shuffle(mixed)
    assert top(mixed, count, ties) == top(entries, count, ties)
    assert last(mixed) == last(entries)


def test_the_two_lists_of_ties_never_hold_more_than_they_say() -> None:
    given_ = [entry(str(index), str(score)) for index, score in enumerate([9, 9, 8, 8, 8, 7])]
    for count in range(7):
        excluded = [one for one in top(given_, count, "exclude").values() if one.state == "in"]
        assert len(excluded) <= count
        included = [one for one in top(given_, count, "include").values() if one.state in ("in", "tied")]
        assert len(included) >= min(count, len(given_))
