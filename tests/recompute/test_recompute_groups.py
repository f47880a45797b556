"""What the recomputation makes of snapshots and logs of members, worked out by hand.

Belongs here: stays of a member. What the warehouse makes of them is tested beside its models.
"""

from __future__ import annotations

from datetime import date, datetime

from .groups import Stay, stays_of

FIRST = datetime(2026, 9, 2, 10)
AGAIN = datetime(2026, 10, 3, 10)
MIDDLE, LAST, NEXT = date(2026, 9, 15), date(2026, 9, 30), date(2026, 10, 15)


def test_whoever_is_in_no_later_snapshot_left_on_the_day_of_the_first_without_them() -> None:
    snapshots = {MIDDLE: {"ann": FIRST}, LAST: {}, NEXT: {}}
    assert list(stays_of("ann", snapshots, [], [])) == [Stay("ann", FIRST, LAST)]


def test_missing_once_is_not_leaving_and_a_new_time_of_joining_is_a_new_stay() -> None:
    back = {MIDDLE: {"ann": FIRST}, LAST: {}, NEXT: {"ann": FIRST}}
    assert list(stays_of("ann", back, [], [])) == [Stay("ann", FIRST)]
    anew = {MIDDLE: {"ann": FIRST}, LAST: {}, NEXT: {"ann": AGAIN}}
    assert list(stays_of("ann", anew, [], [])) == [Stay("ann", FIRST, LAST), Stay("ann", AGAIN)]


def test_the_log_tells_the_day_and_who_ended_it() -> None:
    snapshots = {MIDDLE: {"ann": FIRST}, LAST: {}}
    gone = [(datetime(2026, 9, 20, 9), True)]
    assert list(stays_of("ann", snapshots, [FIRST], gone)) == [
        Stay("ann", FIRST, date(2026, 9, 20), is_removal=True, is_logged=True)
    ]
    assert list(stays_of("bob", snapshots, [], gone)) == [Stay("bob", None, date(2026, 9, 20), is_removal=True)]


def test_somebody_is_there_until_the_day_of_leaving() -> None:
    stay = Stay("ann", FIRST, LAST)
    assert [stay.is_there(day) for day in (date(2026, 9, 1), FIRST.date(), LAST)] == [False, True, False]
    assert stay.overlaps(LAST)
    assert not stay.overlaps(NEXT)
