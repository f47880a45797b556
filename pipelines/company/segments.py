"""The segments of a person: spans of days on which role, level, team, scheme and bonus base stay the same.

Belongs here: the splitting of positions at the boundaries that matter for pay. Does not belong here: which records
fall into a segment (dbt), proration (`scoring`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pipelines.company.records import NO_SCHEME, Person, Position, SchemeAssignment
from pipelines.periods import OPEN_END


@dataclass(frozen=True, order=True)
class Segment:
    """One span of one person.

    Attributes:
        person_id: the id of people.csv, not a pseudonym.
        segment_id: the first day in ISO form; unique per person.
        valid_from: the first day.
        valid_to: the day after the last one; None when open.
        role: the role of the position.
        level: the level of the position; may be empty.
        team_id: the team of the position.
        scheme_id: the scheme that pays the person on these days; empty when none does.
        bonus_base: target bonus per month at 100 %, in the company's currency.
        source_row: the row of the position in people/positions.csv, for findings.
    """

    person_id: str
    segment_id: str
    valid_from: date
    valid_to: date | None
    role: str
    level: str
    team_id: str
    scheme_id: str
    bonus_base: Decimal
    source_row: int = field(default=0, compare=False)


def scheme_on(day: date, team_id: str, role: str, assignments: Iterable[SchemeAssignment]) -> str:
    """Return the scheme of a position on a day: the most specific row wins, in the order team+role, role, team, all.

    Returns:
        The scheme id; empty when no row holds, or the row says that no scheme pays the position. Rows of equal
        specificity that hold on the same day are a finding of `rules`; here the one that begins last wins.
    """
    holding = [row for row in assignments if row.matches(team_id, role) and row.covers(day)]
    if not holding:
        return ""
    best = max(holding, key=lambda row: (row.specificity, row.valid_from, row.source_row))
    return "" if best.scheme_id == NO_SCHEME else best.scheme_id


def build_segments(
    people: Iterable[Person], positions: Iterable[Position], assignments: Iterable[SchemeAssignment]
) -> list[Segment]:
    """Split every position at hiring, leaving and at each change of its scheme.

    Args:
        people: the people; days outside [hired_on, left_on) belong to no segment.
        positions: their positions, which do not overlap per person.
        assignments: which scheme pays whom.

    Returns:
        The segments in the order of person and first day; per person they do not overlap.
    """
    employment = {person.person_id: person.window for person in people}
    rows = tuple(assignments)
    segments: list[Segment] = []
    for position in positions:
        if position.person_id not in employment:
            continue
        hired, left = employment[position.person_id]
        first, last = max(position.window[0], hired), min(position.window[1], left)
        if first < last:
            segments.extend(_split(position, first, last, rows))
    return sorted(segments)


def _split(position: Position, first: date, last: date, rows: tuple[SchemeAssignment, ...]) -> list[Segment]:
    matching = [row for row in rows if row.matches(position.team_id, position.role)]
    cuts = sorted({first, *(day for row in matching for day in row.window if first < day < last)})
    spans: list[tuple[date, str]] = []
    for day in cuts:
        scheme = scheme_on(day, position.team_id, position.role, matching)
        if not spans or spans[-1][1] != scheme:
            spans.append((day, scheme))
    ends = [start for start, _ in spans[1:]] + [last]
    return [
        Segment(
            person_id=position.person_id,
            segment_id=start.isoformat(),
            valid_from=start,
            valid_to=None if end == OPEN_END else end,
            role=position.role,
            level=position.level,
            team_id=position.team_id,
            scheme_id=scheme,
            bonus_base=position.bonus_base,
            source_row=position.source_row,
        )
        for (start, scheme), end in zip(spans, ends, strict=True)
    ]
