"""Shares of a subject: more than 100 % is seen on exactly the days on which it is so."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pipelines.company.records import Assignment, each_pair
from pipelines.company.shares import Overload, overloads
from pipelines.periods import OPEN_END

DAY = date(2026, 10, 1)


def assigned(row: int, share: str | Decimal, start: int, end: int | None = None, who: str = "li") -> Assignment:
    return Assignment(
        subject_type="account",
        subject_id="acme_x",
        person_id=who,
        share=Decimal(share),
        valid_from=DAY + timedelta(days=start),
        valid_to=None if end is None else DAY + timedelta(days=end),
        source_row=row,
    )


def test_exactly_the_whole_is_sound():
    assert overloads([assigned(2, "60", 0, 10), assigned(3, "40", 0), assigned(4, "60", 10)]) == []


def test_a_day_too_much_is_named():
    found = overloads([assigned(2, "60", 0, 11), assigned(3, "40", 0), assigned(4, "60.0001", 10)])
    assert found == [
        Overload(date(2026, 10, 11), date(2026, 10, 12), Decimal("160.0001"), (2, 3, 4)),
        Overload(date(2026, 10, 12), OPEN_END, Decimal("100.0001"), (3, 4)),
    ]


rows = st.lists(
    st.tuples(st.integers(1, 100), st.integers(0, 30), st.one_of(st.none(), st.integers(1, 30))), max_size=6
).map(
    lambda items: [
        assigned(number + 2, Decimal(share), start, None if length is None else start + length, who=f"p{number}")
        for number, (share, start, length) in enumerate(items)
    ]
)


@given(rows)
def test_the_sweep_agrees_with_looking_at_every_day(assignments):
    found = overloads(assignments)
    for offset in range(70):
        today = DAY + timedelta(days=offset)
        total = sum(row.share for row in assignments if row.covers(today))
        naming = [overload for overload in found if overload.start <= today < overload.end]
        assert [overload.total for overload in naming] == ([total] if total > 100 else [])


@given(rows)
def test_overlaps_are_found_if_and_only_if_two_rows_hold_on_one_day(assignments):
    overlapping = any(sum(row.covers(DAY + timedelta(days=offset)) for row in assignments) > 1 for offset in range(70))
    assert bool(list(each_pair(assignments))) == overlapping
