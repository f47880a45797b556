"""Days on leave: people/leave.csv takes them from the days that count for pay.

Belongs here: how many days of a window a person is on leave, and the windows themselves. Does not belong here:
proration (`pipelines.scoring`), which records fall into a leave (they are credited as ever).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from pipelines.company.records import LeaveDays
from pipelines.company.segments import Segment
from pipelines.periods import OPEN_END, Period

Window = tuple[date, date]


class Leaves:
    """Who is on leave when; made once from the rows of the file, of which a person's do not overlap."""

    def __init__(self, rows: Iterable[LeaveDays]):
        self._windows: dict[str, list[Window]] = defaultdict(list)
        for row in rows:
            self._windows[row.person_id].append(row.window)

    def windows(self, person_id: str) -> tuple[Window, ...]:
        """Return the half-open windows in which a person is on leave."""
        return tuple(self._windows.get(person_id, ()))

    def days(self, segment: Segment, period: Period) -> int:
        """Return on how many days of a segment in a period its person is on leave."""
        first, last = segment.valid_from, segment.valid_to or OPEN_END
        return sum(
            period.overlap_days(max(start, first), min(end, last))
            for start, end in self._windows.get(segment.person_id, ())
            if max(start, first) < min(end, last)
        )

    def eligible_days(self, segment: Segment, period: Period) -> int:
        """Return the days of a segment in a period that count: those on leave are taken off."""
        return period.overlap_days(segment.valid_from, segment.valid_to) - self.days(segment, period)
