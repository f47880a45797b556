"""What earlier periods paid people by their own score, from sealed revisions, for a quarter's or a year's true-up.

Belongs here: which months a true-up needs, and reading their amounts and the balance that the true-up before carried.
Does not belong here: what the true-up comes to (`scoring.true_ups`).

Only the newest sealed revision of a month says what it paid: a draft pays nothing. A month without one has no amount,
and the true-up waits for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from pipelines.company.extent import company_extent
from pipelines.company.leave import Leaves
from pipelines.company.model import Company
from pipelines.company.segments import Segment
from pipelines.periods import Month, Period, PeriodError, Quarter, Year, parse_period
from pipelines.schemes.model import Scheme
from pipelines.schemes.shelf import Shelf
from pipelines.scorecards import seals
from pipelines.scorecards.decided import extras
from pipelines.scoring import PaidInput, PaidMonth

PersonScheme = tuple[str, str]
ZERO = Decimal(0)


@dataclass(frozen=True)
class _Sealed:
    """The amounts that a sealed revision pays by the own score, and the balances that its true-ups carry forward."""

    label: str
    paid: Mapping[PersonScheme, Decimal]
    balances: Mapping[PersonScheme, Decimal | None]


def settled_schemes(schemes: Iterable[Scheme], period: Period) -> dict[str, Scheme]:
    """Return the schemes that settle their months in a period of this kind, by id."""
    return {one.scheme_id: one for one in schemes if one.true_up is not None and one.true_up.of == period.period_type}


def paid_of(company: Company, period: Period, schemes: Mapping[str, Scheme], shelf: Shelf) -> list[PaidInput]:
    """Return what the months of a period paid everybody whose scheme settles it, by person and scheme.

    Args:
        company: the company.
        period: a quarter or a year; a month settles nothing.
        schemes: those that pay somebody in the period, by id.
        shelf: the company's schemes, for the version that was in force before.

    Raises:
        IntegrityError: when the seal of a month or of the period before does not match its own hashes.
    """
    settled = settled_schemes(schemes.values(), period)
    if isinstance(period, Month) or not settled:
        return []
    everybody = company.segments()
    sealed = {month: _sealed(company.home, month) for month in period.months}
    needed: dict[PersonScheme, set[Month]] = defaultdict(set)
    for month, seal in sealed.items():
        here = {(one.person_id, one.scheme_id) for one in everybody if _is_in(one, month)}
        for key in here | (set(seal.paid) if seal else set()):
            if key[1] in settled:
                needed[key].add(month)
    balances = _Balances(company, period, everybody, shelf)
    return [
        PaidInput(
            *key,
            tuple(_month(month, sealed[month], key) for month in sorted(needed[key])),
            *(balances.of(key) if carries(settled[key[1]]) else (ZERO, "")),
        )
        for key in sorted(needed)
    ]


def carries(scheme: Scheme) -> bool:
    """Whether a scheme carries what its months paid too much into later true-ups."""
    return scheme.true_up is not None and scheme.true_up.negative == "carry"


def month_days(segment: Segment, period: Period, leaves: Leaves) -> tuple[tuple[int, int], ...]:
    """Return (eligible days, calendar days) of a segment in each month of a period."""
    return tuple((leaves.eligible_days(segment, month), month.days) for month in period.months)


def overtaken(home: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield (settled period, its revision, month, the month's newest revision) of true-ups that a later seal overtook.

    The settled period was sealed by what another revision of the month had paid: until it is run and sealed again,
    people have the difference too much or too little.

    Args:
        home: the company folder.

    Raises:
        IntegrityError: when a seal does not match its own hashes.
    """
    folder = home / "seals"
    for place in sorted(folder.iterdir()) if folder.is_dir() else []:
        if (period := _settling_period(place.name)) is None or (seal := seals.newest_seal(home, place.name)) is None:
            continue
        read = {
            (paid["month"], paid["revision"])
            for trace in seal.bundle["traces"]
            for item in extras(trace, "true_up")
            if item["status"] == "settled"
            for paid in item["months"]
        }
        for month in map(str, period.months):
            of_month = seals.newest_seal(home, month)
            if of_month and any(name == month and revision != of_month.label for name, revision in read):
                yield place.name, seal.label, month, of_month.label


def _settling_period(name: str) -> Quarter | Year | None:
    """The quarter or year that a folder of seals is of; months settle nothing."""
    try:
        period = parse_period(name)
    except PeriodError:
        return None
    return None if isinstance(period, Month) else period


class _Balances:
    """What the true-ups of the period before carried forward."""

    def __init__(self, company: Company, period: Period, everybody: Iterable[Segment], shelf: Shelf):
        self._before, self._shelf = period.previous(), shelf
        self._sealed = _sealed(company.home, self._before)
        self._bound = {(one.person_id, one.scheme_id) for one in everybody if _is_in(one, self._before)}
        self._home = company.home

    def of(self, key: PersonScheme) -> tuple[Decimal | None, str]:
        """Return (balance, the period that it is of) of a person under a scheme."""
        if self._sealed is not None:
            balance = self._sealed.balances.get(key, ZERO)
            return balance, str(self._before) if balance is None or balance else ""
        waits = key in self._bound and self._carried(key[1]) and self._is_covered
        return (None, str(self._before)) if waits else (ZERO, "")

    def _carried(self, scheme_id: str) -> bool:
        """Whether the version in force then carried a balance; before there was one, nothing was."""
        if not self._shelf.is_in_force(scheme_id, self._before.last_day):
            return False
        return carries(self._shelf.in_force(scheme_id, self._before.last_day))

    @cached_property
    def _is_covered(self) -> bool:
        """Whether the company has data of the period before at all."""
        return self._before.months[0] >= company_extent(self._home).first_month


def _is_in(segment: Segment, period: Period) -> bool:
    return bool(segment.scheme_id and period.overlap_days(segment.valid_from, segment.valid_to))


def _month(month: Month, seal: _Sealed | None, key: PersonScheme) -> PaidMonth:
    if seal is None:
        return PaidMonth(str(month), None)
    return PaidMonth(str(month), seal.paid.get(key, ZERO), seal.label)


def _sealed(home: Path, period: Period) -> _Sealed | None:
    """The amounts of the newest sealed revision of a period; None without one."""
    seal = seals.newest_seal(home, str(period))
    if seal is None:
        return None
    traces: list[Mapping[str, Any]] = seal.bundle["traces"]
    paid: dict[PersonScheme, Decimal] = defaultdict(Decimal)
    balances: dict[PersonScheme, Decimal | None] = {}
    for trace in traces:
        for segment in trace["segments"]:
            if segment["scheme_id"]:
                paid[trace["person_id"], segment["scheme_id"]] += Decimal(segment["bonus"]["earned"])
        for item in extras(trace, "true_up"):
            after = item["balance_after"]
            balances[trace["person_id"], item["scheme_id"]] = None if after is None else Decimal(after)
    return _Sealed(seal.label, paid, balances)
