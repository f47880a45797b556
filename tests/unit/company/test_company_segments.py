"""Segments: positions split where pay changes, and nowhere else."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.company import load_company
from pipelines.company.records import Person, Position, SchemeAssignment
from pipelines.company.segments import build_segments, scheme_on

DAY = date(2026, 1, 1)


def day(offset: int) -> date:
    return DAY + timedelta(days=offset)


def person(hired: int = 0, left: int | None = None) -> Person:
    return Person(person_id="li", name="Li", hired_on=day(hired), left_on=None if left is None else day(left))


def position(start: int, end: int | None = None, role: str = "operator", team: str = "growth") -> Position:
    return Position(
        person_id="li",
        role=role,
        level="L1",
        team_id=team,
        bonus_base=Decimal(3000),
        valid_from=day(start),
        valid_to=None if end is None else day(end),
    )


def scheme(scheme_id: str, start: int = 0, end: int | None = None, team: str = "", role: str = "") -> SchemeAssignment:
    return SchemeAssignment(
        scheme_id=scheme_id,
        team_id=team,
        role=role,
        valid_from=day(start),
        valid_to=None if end is None else day(end),
    )


def spans(segments) -> list[tuple[date, date | None, str, str]]:
    return [(one.valid_from, one.valid_to, one.role, one.scheme_id) for one in segments]


def test_a_change_of_position_splits(home):
    segments = load_company(home, kpi_ids={"impressions", "engagement_rate_followers"}).segments()
    assert [(one.person_id, one.segment_id, one.valid_to, one.role, one.level, one.scheme_id) for one in segments] == [
        ("li", "2024-01-01", date(2026, 10, 11), "operator", "L1", "000"),
        ("li", "2026-10-11", None, "editor", "L2", "000"),
        ("wang", "2024-01-01", date(2026, 10, 16), "operator", "", "000"),
    ]
    assert [one.bonus_base for one in segments] == [Decimal(3000), Decimal(3600), Decimal("2800.50")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([scheme("all")], "all"),
        ([scheme("all"), scheme("team", team="growth")], "team"),
        ([scheme("role", role="operator"), scheme("team", team="growth")], "role"),
        ([scheme("both", team="growth", role="operator"), scheme("role", role="operator")], "both"),
        ([scheme("other", role="editor")], ""),
        ([scheme("all"), scheme("none", role="operator")], ""),
        ([scheme("late", start=11)], ""),
        ([scheme("early", end=10)], ""),
    ],
)
def test_the_most_specific_scheme_wins(rows, expected):
    assert scheme_on(day(10), "growth", "operator", rows) == expected
    assert scheme_on(day(10), "growth", "operator", rows[::-1]) == expected


def test_a_new_scheme_splits_and_a_foreign_one_does_not():
    rows = [scheme("000"), scheme("001", start=10, role="operator"), scheme("002", start=5, role="editor")]
    assert spans(build_segments([person()], [position(0)], rows)) == [
        (day(0), day(10), "operator", "000"),
        (day(10), None, "operator", "001"),
    ]


def test_a_scheme_that_begins_beneath_a_more_specific_one_does_not_split():
    rows = [scheme("000", end=10), scheme("001", start=10), scheme("009", role="operator")]
    assert spans(build_segments([person()], [position(0)], rows)) == [(day(0), None, "operator", "009")]


def test_days_outside_employment_belong_to_no_segment():
    segments = build_segments([person(5, 20)], [position(0, 10), position(10)], [scheme("000")])
    assert spans(segments) == [(day(5), day(10), "operator", "000"), (day(10), day(20), "operator", "000")]
    assert build_segments([person(5, 20)], [position(20)], [scheme("000")]) == []
    assert build_segments([], [position(0)], [scheme("000")]) == []


def test_days_without_a_scheme_are_a_segment_of_their_own():
    assert spans(build_segments([person()], [position(0, 30)], [scheme("000", start=10, end=20)])) == [
        (day(0), day(10), "operator", ""),
        (day(10), day(20), "operator", "000"),
        (day(20), day(30), "operator", ""),
    ]


offsets = st.integers(0, 60)
windows = st.tuples(offsets, st.one_of(st.none(), st.integers(1, 60))).map(
    lambda pair: (pair[0], None if pair[1] is None else pair[0] + pair[1])
)
schemes = st.builds(
    lambda name, window, team, role: scheme(name, *window, team=team, role=role),
    st.sampled_from(["000", "001", "002", "none"]),
    windows,
    st.sampled_from(["", "growth", "content"]),
    st.sampled_from(["", "operator", "editor"]),
)


@st.composite
def chains(draw) -> list[Position]:
    cuts = sorted(draw(st.sets(offsets, min_size=1, max_size=5)))
    last = draw(st.one_of(st.none(), st.integers(cuts[-1] + 1, 90)))
    return [
        position(
            start, end, draw(st.sampled_from(["operator", "editor"])), draw(st.sampled_from(["growth", "content"]))
        )
        for start, end in zip(cuts, [*cuts[1:], last], strict=True)
    ]


@given(st.integers(0, 40), st.one_of(st.none(), st.integers(41, 80)), chains(), st.lists(schemes, max_size=5))
def test_every_day_has_the_segment_of_its_position_and_scheme(hired, left, positions, rows):
    who = person(hired, left)
    segments = build_segments([who], positions, rows)
    assert len({one.segment_id for one in segments}) == len(segments)
    for offset in range(100):
        today = day(offset)
        holding = [one for one in segments if one.valid_from <= today < (one.valid_to or date.max)]
        held = [one for one in positions if one.covers(today) and who.covers(today)]
        assert len(holding) == len(held) <= 1
        for segment, actual in zip(holding, held, strict=True):
            assert (segment.role, segment.team_id) == (actual.role, actual.team_id)
            assert segment.scheme_id == scheme_on(today, actual.team_id, actual.role, rows)


@given(chains(), st.lists(schemes, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_without_ties(positions, rows, random):
    distinct = list({(row.team_id, row.role): row for row in rows}.values())
    expected = build_segments([person()], positions, distinct)
    random.shuffle(distinct)
    random.shuffle(positions)
    assert build_segments([person()], positions, distinct) == expected
