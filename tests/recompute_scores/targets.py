"""Which target a segment has for a KPI in a period, whole and prorated.

Belongs here: rows of people/targets.csv by scope and time, the scheme's default, proration. Does not belong here:
attainment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .company import LENGTH, Folder, Row, Seg, Span
from .numbers import number

NUMBERS = ("target", "baseline", "threshold", "stretch")
SCOPES = ("company", "team", "role", "person")


@dataclass(frozen=True)
class Target:
    """What 100 % is, and where given the baseline and the anchors, in the unit of the KPI."""

    target: Fraction
    baseline: Fraction | None = None
    threshold: Fraction | None = None
    stretch: Fraction | None = None

    def times(self, factor: Fraction) -> Target:
        return Target(self.target * factor, *(None if x is None else x * factor for x in self._rest))

    def plus(self, other: Target) -> Target:
        sums = (None if a is None or b is None else a + b for a, b in zip(self._rest, other._rest, strict=True))
        return Target(self.target + other.target, *sums)

    @property
    def _rest(self) -> tuple[Fraction | None, ...]:
        return self.baseline, self.threshold, self.stretch


def of_row(row: Mapping[str, Any]) -> Target | None:
    """The numbers of a row or of a scheme's default; None for a row that ends a target."""
    found = {name: number(row[name]) for name in NUMBERS if row.get(name) not in {None, ""}}
    return Target(**found) if "target" in found else None


def in_force(folder: Folder, kpi: str, scope: str, scope_id: str, name: str, kind: str) -> Row | None:
    """The latest row of one scope and kind of period that began by the period `name`."""
    fitting = [
        row
        for row in folder.targets
        if (row["kpi_id"], row["scope"], row["scope_id"], row["period_type"]) == (kpi, scope, scope_id, kind)
        and row["period"] <= name
    ]
    return max(fitting, key=lambda row: row["period"], default=None)


def most_specific(folder: Folder, seg: Seg, kpi: str, name: str, kind: str) -> tuple[int, Target | None]:
    """Rank of the scope (3 person ... 0 company, -1 none) and the target of the most specific row in force."""
    ids = {"company": "", "team": seg.team, "role": seg.role, "person": seg.person}
    for rank in (3, 2, 1, 0):
        row = in_force(folder, kpi, SCOPES[rank], ids[SCOPES[rank]], name, kind)
        if row is not None and (found := of_row(row)) is not None:
            return rank, found
    return -1, None


def default(block: Mapping[str, Any], months: int, *, adds_up: bool) -> Target | None:
    """The scheme's default for so many months."""
    stated = block.get("default_target")
    found = of_row(stated) if stated else None
    if found is None or stated is None:
        return None
    return found.times(Fraction(months, LENGTH[stated.get("per", "month")])) if adds_up else found


def from_rows(
    folder: Folder, seg: Seg, kpi: str, span: Span, block: Mapping[str, Any], *, adds_up: bool
) -> Target | None:
    """The target of people/targets.csv for the whole period; None where no row speaks of it."""
    rank, explicit = most_specific(folder, seg, kpi, span.name, span.kind)
    if span.kind == "month":
        return explicit
    monthly = [most_specific(folder, seg, kpi, month, "month") for month in span.months]
    if explicit is not None and rank >= max(one for one, _ in monthly):
        return explicit
    if all(found is None for _, found in monthly):
        return explicit
    if not adds_up:
        return monthly[-1][1]
    filled = [found or default(block, 1, adds_up=True) for _, found in monthly]
    total = filled[0]
    for one in filled[1:]:
        total = total.plus(one) if total is not None and one is not None else None
    return total


def of_community(folder: Folder, community: str, kpi: str, span: Span, *, adds_up: bool) -> Target | None:
    """The target of people/targets.csv for a community as a whole and the whole period."""
    row = in_force(folder, kpi, "community", community, span.name, span.kind)
    if row is not None and of_row(row) is not None:
        return of_row(row)
    if span.kind == "month":
        return None
    monthly = [in_force(folder, kpi, "community", community, month, "month") for month in span.months]
    found = [of_row(row) if row else None for row in monthly]
    if not adds_up or found[-1] is None or None in found:
        return found[-1]
    total = found[0]
    for one in found[1:]:
        assert total is not None and one is not None
        total = total.plus(one)
    return total
