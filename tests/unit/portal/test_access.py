"""The one rule of access: examples at its edges, and what holds whatever is asked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.periods import OPEN_END, Month, Quarter, Year, parse_period
from pipelines.portal.access import Act, Asked, Line, Stage, Viewer, may
from pipelines.portal.figures import group_figures

EMPLOYED = (date(2025, 1, 1), OPEN_END)
BOSS = "M1"


def manager(*lines: tuple[str, str]) -> Viewer:
    windows = [(date.fromisoformat(start), date.fromisoformat(end) if end else OPEN_END) for start, end in lines]
    return Viewer(BOSS, frozenset({"person"}), tuple(Line("P1", start, end) for start, end in windows))


@pytest.mark.parametrize(
    ("period", "lines", "employed", "allowed"),
    [
        ("2026-10", [("2026-10-01", "")], EMPLOYED, True),
        ("2026-10", [("2026-10-31", "2026-11-01")], EMPLOYED, True),  # one day makes the month theirs
        ("2026-10", [("2026-11-01", "")], EMPLOYED, False),
        ("2026-10", [("2025-01-01", "2026-10-01")], EMPLOYED, False),  # the end is the first day without
        ("2026-Q4", [("2026-10-15", "2026-12-02")], EMPLOYED, True),
        ("2026-Q4", [("2026-11-01", "")], EMPLOYED, False),  # the quarter's card tells of October
        ("2026-Q4", [("2026-11-01", "")], (date(2026, 11, 20), OPEN_END), True),  # nobody was there in October
        ("2026-Q4", [("2026-10-01", "2026-11-10"), ("2026-11-20", "")], EMPLOYED, True),
        ("2026", [("2026-01-01", "")], EMPLOYED, True),
        ("2026", [("2026-02-01", "")], EMPLOYED, False),
        ("2026-10", [("2026-10-01", "2026-10-05")], (date(2026, 10, 10), OPEN_END), False),  # before the report came
        ("2026-10", [("2026-10-01", "")], (date(2025, 1, 1), date(2026, 10, 1)), False),
        ("2026-10", [("2026-10-01", "")], None, False),
    ],
)
def test_a_manager_sees_the_months_of_the_line(period, lines, employed, allowed) -> None:
    asked = Asked(parse_period(period), Stage.MANAGERS, "P1", employed)
    assert may(manager(*lines), Act.SEE_CARD, asked) is allowed


@pytest.mark.parametrize(
    ("stage", "hr", "boss", "person"),
    [
        (Stage.UNSEALED, False, False, False),
        (Stage.HR, True, False, False),
        (Stage.MANAGERS, True, True, False),
        (Stage.PEOPLE, True, True, True),
    ],
)
def test_a_seal_is_shown_to_hr_then_managers_then_people(stage, hr, boss, person) -> None:
    asked = Asked(Month(2026, 10), stage, "P1", EMPLOYED)
    assert may(Viewer("", frozenset({"hr"})), Act.SEE_CARD, asked) is hr
    assert may(manager(("2026-01-01", "")), Act.SEE_CARD, asked) is boss
    assert may(Viewer("P1", frozenset({"person"})), Act.SEE_CARD, asked) is person


def test_nobody_speaks_for_somebody_else() -> None:
    asked = Asked(Month(2026, 10), Stage.PEOPLE, "P1", EMPLOYED)
    for act in (Act.ACKNOWLEDGE, Act.OBJECT):
        assert may(Viewer("P1", frozenset({"person"})), act, asked)
        assert not may(Viewer("H1", frozenset({"hr", "person"})), act, asked)
        assert not may(manager(("2026-01-01", "")), act, asked)


days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
periods = st.one_of(
    st.builds(Month, st.integers(2025, 2027), st.integers(1, 12)),
    st.builds(Quarter, st.integers(2025, 2027), st.integers(1, 4)),
    st.builds(Year, st.integers(2025, 2027)),
)
ids = st.sampled_from(["", "P1", "P2", "P3"])
windows = st.tuples(days, days)
viewers = st.builds(
    Viewer,
    ids,
    st.frozensets(st.sampled_from(["hr", "person"])),
    st.lists(st.builds(Line, ids, days, days), max_size=3).map(tuple),
)
asked_for = st.builds(Asked, periods, st.sampled_from(Stage), ids, st.none() | windows)


@given(viewers, st.sampled_from(Act), asked_for)
def test_what_is_allowed_always_has_its_ground(viewer: Viewer, act: Act, asked: Asked) -> None:
    if not may(viewer, act, asked):
        return
    assert asked.stage is not Stage.UNSEALED
    own = "person" in viewer.roles and viewer.person_id != "" and viewer.person_id == asked.person_id
    if act in (Act.ACKNOWLEDGE, Act.OBJECT):
        assert own and asked.stage is Stage.PEOPLE
    elif "hr" not in viewer.roles:
        assert act is Act.SEE_CARD and asked.person_id
        led = [line for line in viewer.lines if line.person_id == asked.person_id]
        by_line = asked.stage >= Stage.MANAGERS and any(
            asked.period.overlap_days(one.start, one.end) > 0 for one in led
        )
        assert (own and asked.stage is Stage.PEOPLE) or by_line


@given(viewers, st.sampled_from(Act), asked_for)
def test_showing_a_seal_to_more_people_takes_it_from_nobody(viewer: Viewer, act: Act, asked: Asked) -> None:
    allowed = [may(viewer, act, Asked(asked.period, stage, asked.person_id, asked.employed)) for stage in sorted(Stage)]
    assert allowed == sorted(allowed)


@given(viewers, st.sampled_from(Act), asked_for)
def test_without_a_role_nothing_is_allowed(viewer: Viewer, act: Act, asked: Asked) -> None:
    assert not may(Viewer(viewer.person_id, frozenset(), viewer.lines), act, asked)


def trace(team: str, score: str | None) -> dict[str, object]:
    return {"printed_score": score, "segments": [{"team_id": team}]}


def test_figures_of_small_groups_are_not_shown_nor_those_that_would_tell_them() -> None:
    people = [trace("a", "80.00")] * 6 + [trace("b", "90.00")] * 5 + [trace("c", "10.00")] * 4
    company, a, b, c = group_figures(people, 5)
    assert (company.group, company.people, str(company.mean)) == ("", 15, "64.67")
    # c has four people: with b's figures the company's mean would give c's away
    assert (a.mean is not None, b.mean, c.mean) == (True, None, None)
    assert (b.people, c.people) == (5, 4)
    both = group_figures([*people, *[trace("d", "50.00")] * 3], 5)
    assert [one.mean is not None for one in both] == [True, True, True, False, False]  # c and d are seven together
    assert [one.mean for one in group_figures(people[:4], 5)] == [None, None]
    assert group_figures([trace("a", None)] * 9, 5)[0].mean is None
