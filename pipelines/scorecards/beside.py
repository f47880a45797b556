"""Which other schemes score somebody in a period besides the one that pays, and whose segments each of them scores.

Belongs here: grouping the segments of a period by the scheme that stands beside them (people/scheme_buffers.csv), and
handing its scores on. Does not belong here: whom a row speaks of (`company.buffers`), what a guarantee comes to
(`scoring.beside`), reading the warehouse (`assemble`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from pipelines.company.buffers import BUFFERS_FILE, Buffer, buffer_of
from pipelines.company.findings import Finding, InputError
from pipelines.company.model import Company
from pipelines.company.segments import Segment
from pipelines.periods import Period
from pipelines.schemes.model import Scheme
from pipelines.schemes.shelf import Shelf
from pipelines.scorecards.carrying import bound_schemes, bound_segments
from pipelines.scoring import OtherScore, PeriodResult
from pipelines.texts import text


@dataclass(frozen=True)
class Group:
    """The segments of a period that one other scheme scores, in one mode.

    Attributes:
        mode: shadow or guarantee.
        scheme: the other scheme.
        segments: everybody's, of all time, as if the other scheme paid those that it scores; the others have none.
        partly: people of whom it holds on a part of the days only.
    """

    mode: str
    scheme: Scheme
    segments: list[Segment] = field(default_factory=list)
    partly: frozenset[str] = frozenset()

    def scores(self, result: PeriodResult) -> Iterator[OtherScore]:
        """Yield the scores of the group, and an entry without one for everybody who is covered in part."""
        for trace in result.people:
            yield OtherScore(trace.person_id, self.mode, self.scheme, trace)
        for person in sorted(self.partly):
            yield OtherScore(person, self.mode, self.scheme, None)


def groups_of(company: Company, period: Period, schemes: Mapping[str, Scheme], shelf: Shelf) -> list[Group]:
    """Return the groups of a period by mode, scheme and version; none where nothing stands beside a paying scheme.

    Args:
        company: the company.
        period: the period.
        schemes: those that pay, by id.
        shelf: the company's schemes.

    Raises:
        InputError: when a scheme or version is not there, does not load, or is the paying one.
    """
    if not company.scheme_buffers:
        return []
    everybody = company.segments()
    members: dict[tuple[str, str, str], set[tuple[str, str]]] = defaultdict(set)
    partly: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    found: dict[tuple[str, str, str], Scheme] = {}
    for segment in bound_segments(everybody, period):
        buffer = buffer_of(segment, period, company.scheme_buffers)
        if buffer is None:
            continue
        scheme = _scheme(buffer, period, shelf)
        _refuse_paying(buffer, scheme, schemes[segment.scheme_id])
        key = (buffer.mode, scheme.scheme_id, scheme.version)
        found[key] = scheme
        if buffer.is_whole:
            members[key].add((segment.person_id, segment.segment_id))
        else:
            partly[key].add(segment.person_id)
    return [
        Group(
            key[0],
            found[key],
            [_rebound(one, found[key], members[key], period) for one in everybody],
            frozenset(partly[key]),
        )
        for key in sorted(found)
    ]


def scored_schemes(company: Company, period: Period, shelf: Shelf) -> list[Scheme]:
    """Return every scheme that scores somebody in a period, those that pay before those beside them."""
    paying = bound_schemes(company, period, shelf)
    return [*paying.values(), *(group.scheme for group in groups_of(company, period, paying, shelf))]


def rebound(segment: Segment, scheme_id: str) -> Segment:
    """Return a segment as if another scheme paid it; one that no scheme pays stays so."""
    return replace(segment, scheme_id=scheme_id) if segment.scheme_id else segment


def _rebound(segment: Segment, scheme: Scheme, members: set[tuple[str, str]], period: Period) -> Segment:
    """Segments of the period only where the other scheme scores them; earlier ones may be what a reading carries on."""
    is_in_period = bool(period.overlap_days(segment.valid_from, segment.valid_to))
    is_meant = (segment.person_id, segment.segment_id) in members or not is_in_period
    return rebound(segment, scheme.scheme_id if is_meant else "")


def _scheme(buffer: Buffer, period: Period, shelf: Shelf) -> Scheme:
    if buffer.version:
        return shelf.version(buffer.scheme_id, buffer.version)
    return shelf.in_force(buffer.scheme_id, period.last_day)


def _refuse_paying(buffer: Buffer, scheme: Scheme, paying: Scheme) -> None:
    if (scheme.scheme_id, scheme.version) != (paying.scheme_id, paying.version):
        return
    said = {"scheme": scheme.scheme_id, "version": scheme.version}
    key = "schemes.buffer_is_paying"
    raise InputError(
        [
            Finding(
                BUFFERS_FILE, buffer.source_row, "version", scheme.version, text(key, "en", **said),
                text(f"{key}.mend", "en", **said),
            )
        ]
    )  # fmt: skip
