"""Which communities a person runs on the days of a segment, and what kind of community each is then.

Belongs here: days of responsibility by community from people/assignments.csv, community_groups.csv and communities.csv.
Does not belong here: what a kind of community is measured by (`pipelines.schemes`), which records it has (dbt).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from pipelines.company.leave import Leaves
from pipelines.company.records import Assignment, Community, CommunityGroup
from pipelines.company.segments import Segment
from pipelines.periods import OPEN_END, Period

Window = tuple[date, date]


@dataclass(frozen=True)
class CommunityDuty:
    """One community that a person runs in a segment of a period.

    Attributes:
        community_id: the community.
        type: the type that it has on most of these days; among equals the later one.
        stage: the stage likewise.
        days: the days, each counted by the person's share of the community on it; those on leave do not count.
    """

    community_id: str
    type: str
    stage: str
    days: Decimal


class CommunityDuties:
    """Who runs which community, from the human files of a company; made once, asked for every segment."""

    def __init__(
        self,
        assignments: Iterable[Assignment],
        groups: Iterable[CommunityGroup],
        communities: Iterable[Community],
        leaves: Leaves,
    ):
        self._leaves = leaves
        self._stretches: dict[str, list[Community]] = defaultdict(list)
        for stretch in communities:
            self._stretches[stretch.community_id].append(stretch)
        self._groups: dict[str, list[CommunityGroup]] = defaultdict(list)
        for group in groups:
            self._groups[group.group_id].append(group)
        self._assignments: dict[str, list[Assignment]] = defaultdict(list)
        for assignment in assignments:
            if assignment.subject_type in ("group", "community"):
                self._assignments[assignment.person_id].append(assignment)

    def of(self, segment: Segment, period: Period) -> tuple[CommunityDuty, ...]:
        """Return the communities that a segment's person runs on its days of a period, by id.

        Whoever runs a group runs its community. Of several groups of one community, or a group and the community
        itself, a day counts once, by the greatest share: it is one community to look after, however many groups it has.
        """
        whole = _cut((segment.valid_from, segment.valid_to or OPEN_END), (period.start, period.end))
        if whole is None:
            return ()
        spans: dict[str, list[tuple[Window, Decimal]]] = defaultdict(list)
        for assignment in self._assignments.get(segment.person_id, ()):
            window = _cut(assignment.window, whole)
            if window is None:
                continue
            for community_id, inner in self._communities(assignment, window):
                spans[community_id].append((inner, assignment.share / 100))
        away = self._leaves.windows(segment.person_id)
        duties = (self._duty(community_id, spans[community_id], away) for community_id in sorted(spans))
        return tuple(duty for duty in duties if duty is not None)

    def _communities(self, assignment: Assignment, window: Window) -> Iterator[tuple[str, Window]]:
        if assignment.subject_type == "community":
            yield assignment.subject_id, window
            return
        for group in self._groups.get(assignment.subject_id, ()):
            inner = _cut(group.window, window)
            if inner is not None:
                yield group.community_id, inner

    def _duty(
        self, community_id: str, spans: list[tuple[Window, Decimal]], away: Sequence[Window]
    ) -> CommunityDuty | None:
        held = [
            (stretch, days)
            for stretch in self._stretches.get(community_id, ())
            if (days := _days_held(spans, stretch.window, away))
        ]
        if not held:
            return None
        return CommunityDuty(
            community_id=community_id,
            type=_longest((stretch.type, stretch.valid_from, days) for stretch, days in held),
            stage=_longest((stretch.stage, stretch.valid_from, days) for stretch, days in held),
            days=sum((days for _, days in held), Decimal(0)),
        )


def _days_held(spans: Iterable[tuple[Window, Decimal]], within: Window, away: Sequence[Window]) -> Decimal:
    """Days inside a window on which the person is there, each by the greatest share that holds on it."""
    inside = [(window, share) for span, share in spans if (window := _cut(span, within)) is not None]
    edges = sorted({day for window, _ in inside for day in window} | {day for window in away for day in window})
    total = Decimal(0)
    for start, end in pairwise(edges):
        if any(_cut((start, end), window) for window in away):
            continue
        shares = [share for (first, last), share in inside if first <= start and end <= last]
        total += max(shares, default=Decimal(0)) * (end - start).days
    return total


def _longest(stretches: Iterable[tuple[str, date, Decimal]]) -> str:
    days: dict[str, Decimal] = defaultdict(Decimal)
    since: dict[str, date] = {}
    for name, start, held in stretches:
        days[name] += held
        since[name] = max(start, since.get(name, start))
    return max(days, key=lambda name: (days[name], since[name]))


def _cut(one: Window, other: Window) -> Window | None:
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return (start, end) if start < end else None
