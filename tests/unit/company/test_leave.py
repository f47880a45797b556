"""Days on leave are taken from the days that count, and from nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pipelines.company.communities import CommunityDuties
from pipelines.company.leave import Leaves
from pipelines.company.records import Assignment, Community, LeaveDays
from pipelines.company.segments import Segment
from pipelines.periods import Month, Quarter

OCTOBER = Month(2026, 10)


def leave(since: str, to: str = "", person: str = "li") -> LeaveDays:
    return LeaveDays(person_id=person, valid_from=since, valid_to=to, source_row=2)


def segment(since: date = date(2026, 1, 1), to: date | None = None) -> Segment:
    return Segment("li", since.isoformat(), since, to, "content", "", "t", "000", Decimal(0))


@pytest.mark.parametrize(
    ("rows", "away"),
    [
        ([], 0),
        ([leave("2026-10-05", "2026-10-10")], 5),
        ([leave("2026-09-28", "2026-10-03"), leave("2026-10-30", "2026-11-15")], 4),
        ([leave("2026-10-20")], 12),
        ([leave("2026-10-05", "2026-10-10", person="wang")], 0),
        ([leave("2026-01-01")], 31),
    ],
)
def test_days_of_a_month(rows: list[LeaveDays], away: int) -> None:
    leaves = Leaves(rows)
    assert leaves.days(segment(), OCTOBER) == away
    assert leaves.eligible_days(segment(), OCTOBER) == 31 - away


def test_leave_outside_a_segment_is_not_the_segments() -> None:
    leaves = Leaves([leave("2026-10-05", "2026-10-20")])
    first, second = segment(to=date(2026, 10, 11)), segment(date(2026, 10, 11))
    assert [leaves.days(one, OCTOBER) for one in (first, second)] == [6, 9]
    assert leaves.days(segment(), Quarter(2026, 4)) == 15
    assert leaves.days(segment(date(2026, 10, 25)), OCTOBER) == 0


def test_nobody_runs_a_community_on_leave() -> None:
    duty = Assignment(
        subject_type="community", subject_id="club", person_id="li", share="50", valid_from="2026-01-01", source_row=2
    )
    club = Community(
        community_id="club", name="club", type="content", stage="growth", valid_from="2026-01-01", source_row=2
    )
    duties = CommunityDuties([duty], [], [club], Leaves([leave("2026-10-05", "2026-10-10")]))
    assert [one.days for one in duties.of(segment(), OCTOBER)] == [13]
