"""A second scheme beside the one that pays: its scores, what it brings, and what a guarantee adds.

Belongs here: docs/scoring.md, "A second scheme beside the one that pays". Does not belong here: scoring and paying by
either scheme (`period`), the lists that tell of both (`list_pilots`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from .company import Folder, Row, Seg, Span, window
from .comparing import EXACT, Difference, differ
from .numbers import half_up
from .period import Person, Whole

ZERO = Fraction(0)
GUARANTEE = "guarantee"
Key = tuple[str, str]


@dataclass(frozen=True)
class Second:
    """One person's segments by two schemes; amounts are what the same segments bring now."""

    mode: str
    scheme: str
    status: str
    present_score: Fraction | None
    other_score: Fraction | None
    present: Fraction
    brings: Fraction
    top_up: Fraction


class Beside(Folder):
    """A company folder whose segments are those that another scheme scores; calibrations decide the paying score."""

    def __init__(self, folder: Folder, segments: Sequence[Seg]) -> None:
        self.__dict__ |= copy(folder).__dict__
        self.scored = list(segments)

    def segments(self, span: Span) -> list[Seg]:
        return self.scored

    def reviewed(self, name: str) -> list[Row]:
        return [] if name == "calibration_decisions" else super().reviewed(name)


def groups(folder: Folder, span: Span) -> dict[Key, list[Seg]]:
    """(mode, scheme) -> the segments that it scores, by the most specific row that holds on all of their days."""
    found: dict[Key, list[Seg]] = {}
    for seg in folder.segments(span):
        first, after = max(seg.start, span.first), min(seg.end, span.after)
        rows = [
            row
            for row in folder.buffers
            if row["team_id"] in {"", seg.team}
            and row["role"] in {"", seg.role}
            and window(row)[0] < after
            and first < window(row)[1]
        ]
        if rows:
            row = max(rows, key=lambda one: (bool(one["role"]), bool(one["team_id"]), one["valid_from"]))
            if window(row)[0] <= first and after <= window(row)[1]:
                found.setdefault((row["mode"], row["scheme_id"]), []).append(replace(seg, scheme=row["scheme_id"]))
    return found


def with_guarantees(
    folder: Folder, span: Span, ours: Whole, compute: Callable[[Folder, str], Whole]
) -> dict[str, list[Second]]:
    """Pay what guarantees add into `ours`; returns the second schemes as `seconds` does."""
    beside = seconds(folder, span, ours, compute)
    for person, them in beside.items():
        ours.people[person].guarantee = sum((one.top_up for one in them), ZERO)
    return beside


def seconds(
    folder: Folder, span: Span, ours: Whole, compute: Callable[[Folder, str], Whole]
) -> dict[str, list[Second]]:
    """Person -> the two scores and amounts of each second scheme; `compute` scores a folder by a scheme."""
    found: dict[str, list[Second]] = {}
    for (mode, scheme), segments in sorted(groups(folder, span).items()):
        other = compute(Beside(folder, segments), scheme)
        for person, them in other.people.items():
            names = {one.seg.id for one in them.segments}
            mine = ours.people[person]
            present, brings = brought(mine, names), brought(them, names)
            top_up, status = ZERO, "no_effect"
            if not any(one.is_scorable for one in them.segments):
                status = "not_scored"
            elif mode == GUARANTEE and (is_open(mine, names) or is_open(them, names)):
                status = "waits"
            elif mode == GUARANTEE:
                top_up = max(ZERO, brings - present)
                status = "due" if top_up else "not_due"
            scores = (score_of(mine, names), score_of(them, names))
            found.setdefault(person, []).append(Second(mode, scheme, status, *scores, present, brings, top_up))
    return found


def brought(person: Person, names: set[str]) -> Fraction:
    """Bonus, team shares and pay by the piece of some segments; adjustments and awards belong to no scheme."""
    earned = [
        paid.earned for one, paid in zip(person.segments, person.paid, strict=True) if paid and one.seg.id in names
    ]
    beside = [person.shared.get(name, ZERO) + person.pieced.get(name, ZERO) for name in names]
    return sum((*earned, *beside), ZERO)


def is_open(person: Person, names: set[str]) -> bool:
    """Whether data of the person's own can still move what the segments bring."""
    own = [(one, paid) for one, paid in zip(person.segments, person.paid, strict=True) if one.seg.id in names]
    return any(one.low != one.high or (paid is not None and paid.held) for one, paid in own) or bool(
        person.team_held or person.piece_held
    )


def score_of(person: Person, names: set[str]) -> Fraction | None:
    """The mean by eligible days, as it is printed."""
    told = [(one.score, one.seg.days) for one in person.segments if one.seg.id in names and one.score is not None]
    days = sum(count for _, count in told)
    return half_up(sum((score * count for score, count in told), ZERO) / days, 2) if days else None


def of_seconds(traces: Iterable[Mapping[str, Any]], ours: Mapping[str, Sequence[Second]]) -> Iterator[Difference]:
    """The differences between the second scores of the traces and the recomputed ones."""
    for trace in traces:
        person = trace["person_id"]
        theirs = {(one["mode"], one["scheme"]["id"]): one for one in trace.get("beside", ())}
        mine = {(one.mode, one.scheme): one for one in ours.get(person, ())}
        for key in sorted(theirs.keys() ^ mine.keys()):
            yield Difference(person, f"a second score {key}", key in theirs, key in mine)
        for key in sorted(theirs.keys() & mine.keys()):
            where = f"{person} {' '.join(key)}"
            if theirs[key]["status"] != mine[key].status:
                yield Difference(where, "status", theirs[key]["status"], mine[key].status)
            for what in ("present_score", "other_score", "present", "brings", "top_up"):
                yield from differ(where, what, theirs[key][what], getattr(mine[key], what), EXACT)
