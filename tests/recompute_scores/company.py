"""Who was what and when: periods, segments, leave, communities, reviews and amounts of the company folder.

Belongs here: reading the folder's CSV files, and the half-open windows of docs/company-folder.md. Does not belong here:
targets (`targets`), any arithmetic of scores.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from .numbers import number

OPEN = date(9999, 12, 31)
ONE_DAY = timedelta(days=1)
LENGTH = {"month": 1, "quarter": 3, "year": 12}
Row = Mapping[str, str]


@dataclass(frozen=True)
class Span:
    """A month, quarter or year; `first` is its first day, `after` the day after its last."""

    name: str

    @property
    def kind(self) -> str:
        return "quarter" if "Q" in self.name else "month" if "-" in self.name else "year"

    @property
    def first(self) -> date:
        year = int(self.name[:4])
        if self.kind == "quarter":
            return date(year, int(self.name[-1]) * 3 - 2, 1)
        return date(year, int(self.name[5:] or 1), 1)

    @property
    def after(self) -> date:
        count = self.first.year * 12 + self.first.month - 1 + LENGTH[self.kind]
        return date(count // 12, count % 12 + 1, 1)

    @property
    def months(self) -> list[str]:
        start = self.first.year * 12 + self.first.month - 1
        return [f"{m // 12}-{m % 12 + 1:02d}" for m in range(start, start + LENGTH[self.kind])]

    @property
    def days(self) -> int:
        return (self.after - self.first).days


@dataclass(frozen=True)
class Held:
    """One community that somebody runs in a segment; `days` count by the person's share."""

    community: str
    type: str
    stage: str
    days: Fraction


@dataclass(frozen=True)
class Seg:
    """One stretch of a person's role, level, team and scheme; `days` are those of the period that count."""

    person: str
    start: date
    end: date
    role: str
    level: str
    team: str
    base: Fraction
    scheme: str
    days: int
    own_kpi: str = ""
    held: tuple[Held, ...] = ()
    order: int = field(default=0, compare=False)

    @property
    def id(self) -> str:
        return self.start.isoformat()


def rows(path: Path) -> list[Row]:
    """Rows of a CSV file of the company; none where the file is absent."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in file if line.strip() and not line.startswith("#")]
    return list(csv.DictReader(lines))


def window(row: Row) -> tuple[date, date]:
    """First day and the day after the last; far away when open."""
    until = row.get("valid_to")
    return date.fromisoformat(row["valid_from"]), date.fromisoformat(until) if until else OPEN


def holds(row: Row, day: date) -> bool:
    first, after = window(row)
    return first <= day < after


def days_of(first: date, after: date) -> Iterator[date]:
    while first < after:
        yield first
        first += ONE_DAY


class Folder:
    """The files of a company folder that decide about scores."""

    def __init__(self, home: Path) -> None:
        people = home / "people"
        self.people = rows(people / "people.csv")
        self.positions = rows(people / "positions.csv")
        self.bindings = rows(people / "scheme_assignments.csv")
        self.assignments = rows(people / "assignments.csv")
        self.communities = rows(people / "communities.csv")
        self.groups = rows(people / "community_groups.csv")
        self.leave = rows(people / "leave.csv")
        self.own_kpis = rows(people / "individual_kpis.csv")
        self.targets = rows(people / "targets.csv")
        self.quality_reviews = rows(home / "reviews" / "content_quality_reviews.csv")
        self.adjustments = rows(home / "reviews" / "adjustments.csv")
        self.finance = rows(home / "reviews" / "finance.csv")
        self.reviews = home / "reviews"
        self.preferences = rows(people / "preferences.csv")
        self.buffers = rows(people / "scheme_buffers.csv")
        self.approvals = rows(people / "scheme_approvals.csv")

    def granted(self, span: Span) -> dict[str, Fraction]:
        """Points that people granted each person for the period."""
        return self._sums("bonus_point_nominations", "points", span)

    def awarded(self, span: Span) -> dict[str, Fraction]:
        """Awards of the period."""
        return self._sums("award_approvals", "amount", span)

    def _sums(self, name: str, column: str, span: Span) -> dict[str, Fraction]:
        sums: dict[str, Fraction] = {}
        for row in self.reviewed(name):
            if row["period"] == span.name:
                sums[row["person_id"]] = sums.get(row["person_id"], Fraction(0)) + number(row[column])
        return sums

    def reviewed(self, name: str) -> list[Row]:
        """Rows of one file of the folder reviews."""
        return rows(self.reviews / f"{name}.csv")

    def scheme_on(self, team: str, role: str, day: date) -> str:
        """The most specific row that holds: team and role, then role, then team, then all."""
        found = [
            (2 * bool(row["role"]) + bool(row["team_id"]), row["scheme_id"])
            for row in self.bindings
            if holds(row, day) and row["team_id"] in {"", team} and row["role"] in {"", role}
        ]
        return max(found)[1] if found else "none"

    def segments(self, span: Span) -> list[Seg]:
        """Everybody's segments that some scheme pays and that have a day in the period."""
        employed = {
            row["person_id"]: (
                date.fromisoformat(row["hired_on"]),
                date.fromisoformat(row["left_on"]) if row["left_on"] else OPEN,
            )
            for row in self.people
        }
        edges = {edge for row in self.bindings for edge in window(row)}
        found = []
        for row in self.positions:
            first, after = window(row)
            hired, left = employed[row["person_id"]]
            first, after = max(first, hired), min(after, left)
            cuts = sorted({first, *(edge for edge in edges if first < edge < after)})
            schemes = [self.scheme_on(row["team_id"], row["role"], cut) for cut in cuts]
            starts = [i for i in range(len(cuts)) if i == 0 or schemes[i] != schemes[i - 1]]
            for place, i in enumerate(starts):
                end = cuts[starts[place + 1]] if place + 1 < len(starts) else after
                found.append(self._segment(row, cuts[i], end, schemes[i], span))
        inside = [one for one in found if one.start < span.after and one.end > span.first and one.scheme != "none"]
        return sorted(inside, key=lambda one: (one.person, one.start))

    def _segment(self, row: Row, start: date, end: date, scheme: str, span: Span) -> Seg:
        person = row["person_id"]
        first, after = max(start, span.first), min(end, span.after)
        away = {
            day
            for absent in self.leave
            if absent["person_id"] == person
            for day in days_of(max(window(absent)[0], first), min(window(absent)[1], after))
        }
        last = after - ONE_DAY
        own = [one["kpi_id"] for one in self.own_kpis if one["person_id"] == person and holds(one, last)]
        return Seg(
            person=person,
            start=start,
            end=end,
            role=row["role"],
            level=row["level"],
            team=row["team_id"],
            base=number(row["bonus_base"]),
            scheme=scheme,
            days=max(0, (after - first).days) - len(away),
            own_kpi=own[0] if own else "",
            held=tuple(self._held(person, first, after, span, away)),
        )

    def _held(self, person: str, first: date, after: date, span: Span, away: set[date]) -> Iterator[Held]:
        """The communities that somebody runs, with the days by share; a day counts once for all groups of one."""
        mine = [
            row
            for row in self.assignments
            if row["person_id"] == person and row["subject_type"] in {"group", "community"}
        ]
        spent: dict[str, Fraction] = {}
        for day in days_of(first, after):
            if day in away:
                continue
            today: dict[str, Fraction] = {}
            for row in mine:
                if not holds(row, day):
                    continue
                share = number(row["share"].rstrip("%")) / 100
                names = (
                    [row["subject_id"]]
                    if row["subject_type"] == "community"
                    else [
                        group["community_id"]
                        for group in self.groups
                        if group["group_id"] == row["subject_id"] and holds(group, day)
                    ]
                )
                for name in names:
                    today[name] = max(today.get(name, Fraction(0)), share)
            for name, share in today.items():
                spent[name] = spent.get(name, Fraction(0)) + share
        for name, spent_days in sorted(spent.items()):
            yield Held(name, *self._kind(name, span), spent_days)

    def _kind(self, community: str, span: Span) -> tuple[str, str]:
        """Type and stage of most days of the period."""
        days: dict[tuple[str, str], int] = {}
        for row in self.communities:
            if row["community_id"] == community:
                first, after = window(row)
                inside = (min(after, span.after) - max(first, span.first)).days
                if inside > 0:
                    kind = (row["type"], row["stage"])
                    days[kind] = days.get(kind, 0) + inside
        return max(days, key=lambda kind: days[kind])

    def quality(self, span: Span) -> dict[str, Fraction]:
        """The mean content-quality review of each person; without one of the period itself those of its months."""
        scores: dict[str, list[Fraction]] = {}
        for wanted in ([span.name], span.months):
            found: dict[str, list[Fraction]] = {}
            for row in self.quality_reviews:
                if row["period"] in wanted:
                    found.setdefault(row["person_id"], []).append(number(row["score"]))
            scores = found | scores
        return {person: sum(them, Fraction(0)) / len(them) for person, them in scores.items()}

    def adjusted(self, span: Span) -> dict[str, Fraction]:
        """What people decided to add to or take from each person's bonus of the period."""
        sums: dict[str, Fraction] = {}
        for row in self.adjustments:
            if row["period"] == span.name:
                sums[row["person_id"]] = sums.get(row["person_id"], Fraction(0)) + number(row["amount"])
        return sums
