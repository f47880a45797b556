"""Schemes beside the one that pays: who is scored by another scheme too, in which mode and on which days.

Belongs here: a row of people/scheme_buffers.csv, which of them holds for a segment in a period, and what several rows
can violate together. Does not belong here: which scheme pays (`company.segments`), scoring by the other scheme
(`pipelines.scoring.beside`).

They stand in a file of their own, and not beside the paying rows: whoever reads people/scheme_assignments.csv takes
each row for pay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import model_validator

from pipelines.company.collector import Collector
from pipelines.company.fields import Day, Identifier, OptionalIdentifier, OptionalText, choice, nearest, wrong
from pipelines.company.records import NO_SCHEME, DatedRecord
from pipelines.periods import Period

if TYPE_CHECKING:
    from pipelines.company.segments import Segment

BUFFERS_FILE = "people/scheme_buffers.csv"
#: `shadow`: scored without effect on pay. `guarantee`: what it would bring is the least that is paid.
SHADOW, GUARANTEE = "shadow", "guarantee"
MODES = (SHADOW, GUARANTEE)
_VERSION = re.compile(r"\d+\.\d+\.\d+")


class SchemeBuffer(DatedRecord):
    """A scheme beside the one that pays a team or role, for whole months: people/scheme_buffers.csv.

    `version` names one version of the scheme, whether in force or not: the former one of the same scheme, or one that
    is still in its pilot. Empty means the version in force on the last day of the period that is scored.
    """

    mode: Annotated[str, choice(*MODES)]
    scheme_id: Identifier
    version: OptionalText = ""
    team_id: OptionalIdentifier = ""
    role: OptionalIdentifier = ""
    valid_from: Day
    valid_to: Day

    @property
    def specificity(self) -> int:
        """3 for team and role, 2 for a role, 1 for a team, 0 for everybody."""
        return 2 * bool(self.role) + bool(self.team_id)

    def matches(self, team_id: str, role: str) -> bool:
        """Tell whether the row speaks of a position; an empty team or role speaks of all."""
        return self.team_id in ("", team_id) and self.role in ("", role)

    @model_validator(mode="after")
    def _names_a_scheme(self) -> Self:
        if self.scheme_id == NO_SCHEME:
            raise wrong("buffer_of_none", column="scheme_id", value=self.scheme_id)
        if self.version and not _VERSION.fullmatch(self.version):
            raise wrong("bad_scheme_version", column="version", value=self.version)
        return self

    @model_validator(mode="after")
    def _whole_months(self) -> Self:
        for column in ("valid_from", "valid_to"):
            day: date = getattr(self, column)
            if day.day != 1:
                raise wrong("buffer_inside_month", column=column, value=day)
        return self


@dataclass(frozen=True)
class Buffer:
    """What stands beside the paying scheme for one segment in one period.

    Attributes:
        mode: shadow or guarantee.
        scheme_id: the other scheme.
        version: of it; empty for the one in force on the period's last day.
        is_whole: whether the row holds on all days of the segment in the period. A score of some of the days cannot be
            told from the readings of all of them, so that nothing is compared where it does not.
        source_row: the row of people/scheme_buffers.csv, for findings.
    """

    mode: str
    scheme_id: str
    version: str
    is_whole: bool
    source_row: int = 0


def buffer_of(segment: Segment, period: Period, rows: Iterable[SchemeBuffer]) -> Buffer | None:
    """Return what stands beside the paying scheme of a segment in a period; None where nothing does.

    The most specific row that holds on any of the segment's days wins, of equals the one that begins last. A segment
    that no scheme pays has nothing beside it.
    """
    start = max(segment.valid_from, period.start)
    end = min(segment.valid_to or period.end, period.end)
    holding = [
        row
        for row in rows
        if row.matches(segment.team_id, segment.role) and row.window[0] < end and start < row.window[1]
    ]
    if not segment.scheme_id or start >= end or not holding:
        return None
    best = max(holding, key=lambda row: (row.specificity, row.valid_from, row.source_row))
    is_whole = best.window[0] <= start and end <= best.window[1]
    return Buffer(best.mode, best.scheme_id, best.version, is_whole, best.source_row)


def check_buffers(
    rows: Iterable[SchemeBuffer],
    segments: Iterable[Segment],
    teams: Iterable[str],
    roles: Iterable[str],
    collector: Collector,
) -> None:
    """Check the rows against whom a scheme pays, and in which teams and roles.

    Args:
        rows: of people/scheme_buffers.csv.
        segments: of everybody, with the schemes that pay them.
        teams: that a position names.
        roles: that a position names.
        collector: takes the findings.
    """
    spans = list(segments)
    known: Mapping[str, frozenset[str]] = {"team_id": frozenset(teams), "role": frozenset(roles)}
    for row in rows:
        is_known = True
        for column, code in (("team_id", "unknown_team"), ("role", "unknown_role")):
            value = getattr(row, column)
            if value and value not in known[column]:
                is_known = False
                near = nearest(value, known[column])
                collector.add(code, BUFFERS_FILE, row.source_row, column, value, nearest=near)
        if is_known:
            _check_paying(row, spans, collector)


def _check_paying(row: SchemeBuffer, segments: Iterable[Segment], collector: Collector) -> None:
    """A row needs somebody whom a scheme pays on its days, and without a version that is another scheme."""
    beside = [
        one
        for one in segments
        if one.scheme_id
        and row.matches(one.team_id, one.role)
        and one.valid_from < row.window[1]
        and (one.valid_to is None or row.window[0] < one.valid_to)
    ]
    if not beside:
        collector.add("buffer_without_paying", BUFFERS_FILE, row.source_row, "mode", row.mode, mode=row.mode)
    same = next((one for one in beside if one.scheme_id == row.scheme_id), None)
    if same is not None and not row.version:
        collector.add(
            "buffer_of_same_scheme", BUFFERS_FILE, row.source_row, "scheme_id", row.scheme_id, role=same.role,
            team_id=same.team_id,
        )  # fmt: skip
