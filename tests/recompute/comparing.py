"""The differences between what was published and what the raw files give.

Belongs here: comparing, and one line a difference. Does not belong here: computing either side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from . import published
from .guards import findings, immature, silent, unsettled
from .kpi import REGISTRY, Entry, Result, World, all_entries, months_of, result
from .people import UNASSIGNED
from .published import Published
from .reviews import expected
from .status import Findings, is_employed_in, status

Number = Fraction | Decimal | float | None

#: A published decimal has twelve places: a count or an amount of money differs by no more than half of the last one.
EXACT = Fraction(1, 2 * 10**12)
#: Ratios, percentiles and indexes.
CLOSE = Fraction(1, 10**9)
HAS_VALUE = {"ok", "provisional"}


@dataclass(frozen=True)
class Difference:
    """Something published that the raw files contradict."""

    kpi_id: str
    period: str
    person: str
    what: str
    published: object
    recomputed: object

    def __str__(self) -> str:
        return (
            f"{self.kpi_id} {self.period} {self.person}: {self.what} is published as {self.published}, "
            f"the raw files give {self.recomputed}"
        )


def within(number: Fraction | None) -> Fraction:
    """How close a side must be: a part of a stock may have no end in decimals (opening members by days)."""
    return EXACT if number is None or (number * 10**12).denominator == 1 else CLOSE


def agree(ours: Number, theirs: Number, distance: Fraction) -> bool:
    """Whether two numbers are the same; an absent one is the same as an absent one alone."""
    if ours is None or theirs is None:
        return ours is None and theirs is None
    return abs(Fraction(ours) - Fraction(theirs)) <= distance


class Recomputation:
    """A run company, recomputed and read."""

    def __init__(self, home: Path, catalogue: Iterable[Mapping[str, str]]) -> None:
        self.catalogue = {row["kpi_id"]: row for row in catalogue if row["kpi_id"] in REGISTRY}
        self.world = World.of(home)
        self.months = published.built_months(home)
        self.entries: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
        for entry in all_entries(self.world):
            if entry.month in self.months:
                self.entries[entry.kpi_id, entry.person, entry.month].append(entry)
        self.findings = Findings(
            findings(self.world, self.months),
            immature(self.world, self.months),
            unsettled(self.world, self.months),
            {(person, entry.account, month) for (_, person, month), found in self.entries.items() for entry in found},
            expected(self.world),
            silent(self.world, self.months),
        )
        self.published = published.person_kpis(home)
        self.components = published.components(home)
        self.unassigned_numbers = published.unassigned_numbers(home)
        self.unassigned_keys = published.unassigned_keys(home)
        self.published_findings = published.withholding_findings(home)

    def of(self, kpi_id: str, person: str, period: str) -> list[Entry]:
        """Entries of one KPI, person and period."""
        return [entry for month in months_of(period) for entry in self.entries.get((kpi_id, person, month), ())]

    def result(self, kpi_id: str, person: str, period: str) -> Result:
        return result(self.catalogue[kpi_id], self.of(kpi_id, person, period), self.world.company, period)

    def differences(self, kpi_id: str) -> list[Difference]:
        """Everything published of one KPI that the raw files contradict."""
        return [
            *self._rows(kpi_id),
            *self._people(kpi_id),
            *self._components(kpi_id),
            *self._unassigned(kpi_id),
        ]

    def _rows(self, kpi_id: str) -> list[Difference]:
        """Everybody who is employed in a period has a row of every KPI, and nobody else."""
        periods = {period for period, _, _ in self.published}
        expected = {
            (period, person)
            for period in periods
            for person in self.world.company.employed
            if is_employed_in(self.world.company, person, period)
        }
        there = {(period, person) for period, person, kpi in self.published if kpi == kpi_id}
        return [
            Difference(kpi_id, period, person, "a row", (period, person) in there, (period, person) in expected)
            for period, person in sorted(expected ^ there)
        ]

    def _people(self, kpi_id: str) -> list[Difference]:
        found = []
        for (period, person, kpi), row in sorted(self.published.items()):
            if kpi == kpi_id:
                found += self.row_differences(kpi_id, period, person, row)
        return found

    def row_differences(self, kpi_id: str, period: str, person: str, row: Published) -> list[Difference]:
        """The differences of one published row."""
        company = self.world.company
        entries = self.of(kpi_id, person, period)
        ours = self.result(kpi_id, person, period)
        state = status(company, self.catalogue[kpi_id], person, period, entries, ours, self.findings)
        value: Number = ours.value if state[0] in HAS_VALUE else None
        if state == ("ok", "no_records"):
            value = Fraction(0)
        is_exact = self.catalogue[kpi_id]["aggregation"] in {"sum", "distinct"}
        compared = (
            ("value", value, row.value, EXACT if is_exact else CLOSE),
            ("numerator", ours.numerator, row.numerator, within(ours.numerator)),
            # Where nothing was planned the denominator is 0; no record says so.
            ("denominator", ours.denominator or None, row.denominator or None, within(ours.denominator)),
        )
        found = [
            Difference(kpi_id, period, person, what, theirs, None if number is None else float(number))
            for what, number, theirs, within in compared
            if not agree(number, theirs, within)
        ]
        if state != (row.status, row.reason):
            found.append(Difference(kpi_id, period, person, "status", (row.status, row.reason), state))
        return found

    def _components(self, kpi_id: str) -> list[Difference]:
        """Numerators and denominators of everybody, of UNASSIGNED and of the whole company, month by month."""
        if self.catalogue[kpi_id]["aggregation"] not in {"sum", "ratio_of_sums", "stock_end"}:
            return []
        theirs = {key[:2]: sides for key, sides in self.components.items() if key[2] == kpi_id}
        ours = {(month, person) for kpi, person, month in self.entries if kpi == kpi_id}
        found = []
        for month, person in sorted(ours | set(theirs)):
            recomputed = self.result(kpi_id, person, month)
            found += self._sides(kpi_id, month, person, recomputed, theirs.get((month, person), (None, None)))
        if self.catalogue[kpi_id]["credit_kind"] == "split":
            everyone: dict[str, list[Entry]] = defaultdict(list)
            for (kpi, _, month), entries in self.entries.items():
                if kpi == kpi_id:
                    everyone[month] += entries
            for month in self.months:
                everybody = everyone[month]
                total = result(self.catalogue[kpi_id], everybody, self.world.company, month)
                sides = [pair for (m, _), pair in theirs.items() if m == month]
                added = (_total(pair[0] for pair in sides), _total(pair[1] for pair in sides))
                found += self._sides(kpi_id, month, "the whole company", total, added)
        return found

    @staticmethod
    def _sides(
        kpi_id: str, month: str, person: str, ours: Result, theirs: tuple[Decimal | None, Decimal | None]
    ) -> list[Difference]:
        return [
            Difference(
                kpi_id, month, person, f"{what} of the components", side, None if number is None else float(number)
            )
            for what, number, side in (
                ("numerator", ours.numerator, theirs[0]),
                ("denominator", ours.denominator, theirs[1]),
            )
            if not agree(number or None, side or None, within(number))
        ]

    def _unassigned(self, kpi_id: str) -> list[Difference]:
        """Exact numbers and keys that are credited to nobody."""
        row = self.catalogue[kpi_id]
        if row["values_kpi_id"] or row["aggregation"] not in {"distribution", "distinct"}:
            return []
        found = []
        for month in self.months:
            entries = self.of(kpi_id, UNASSIGNED, month)
            numbers = sorted(entry.value for entry in entries if entry.value is not None)
            theirs = self.unassigned_numbers.get((month, kpi_id), [])
            if [Fraction(number) for number in theirs] != numbers:
                found.append(Difference(kpi_id, month, UNASSIGNED, "the list of numbers", theirs, numbers))
            keys = len({entry.key for entry in entries if entry.key is not None})
            if keys != self.unassigned_keys.get((month, kpi_id), 0):
                count = self.unassigned_keys.get((month, kpi_id), 0)
                found.append(Difference(kpi_id, month, UNASSIGNED, "the number of keys", count, keys))
        return found


def _total(numbers: Iterable[Decimal | None]) -> Decimal | None:
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if known else None
