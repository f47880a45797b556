"""What the pipeline must find in the demo company, computed from the events in plain Python.

Belongs here: the expected credits, totals, lists and findings. Nothing here reads a file of the company or uses SQL.
Does not belong here: the events (the event modules) and the credit order (`credit`).

Months are local months (Asia/Shanghai) by the event's time; X account days keep the UTC day that X states.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

ZERO = Decimal(0)
PARTS = 10**12


def even_part(whole: int, number: int, count: int) -> Decimal:
    """The n-th of so many equal parts of a whole, to twelve decimals, so that the parts add up to the whole."""
    return Decimal(whole * PARTS * number // count - whole * PARTS * (number - 1) // count) / PARTS


@dataclass(frozen=True)
class Cell:
    """Numerator and denominator of a KPI; the denominator is None for sums."""

    numerator: Decimal
    denominator: Decimal | None = None

    @property
    def value(self) -> Decimal | None:
        """The KPI's value; None for a ratio of nothing."""
        if self.denominator is None:
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, order=True)
class ExpectedFinding:
    """One data-quality finding that must be raised.

    Attributes:
        month: the local month concerned.
        family: source family, as in the landing.
        subject: account id, or empty for the whole family.
        guard: gap, duplicate, contradiction or coverage.
    """

    month: str
    family: str
    subject: str
    guard: str


Key = tuple[str, str, str]  # month, person id or UNASSIGNED, KPI id


@dataclass
class Truth:
    """The whole expected result.

    Attributes:
        months: local months of the company, ascending.
        people: person ids in order.
        cells: (month, person, KPI) -> numerator and denominator of sums and ratios.
        company: (month, KPI) -> the same for the company, UNASSIGNED included.
        values: (month, person, KPI) -> exact weighted values of distributions (minutes).
        categories: (month, person, KPI) -> exact weighted keys (formats).
        distinct: (month, person, KPI) -> distinct keys (customers), plain; the pipeline sees them hashed.
        company_distinct: (month, KPI) -> distinct keys of the whole company.
        team: (month, team, KPI) -> totals of the team's accounts, for the overlay KPIs.
        findings: what the guards must raise.
        withheld: (month, KPI, subject) that must not be paid.
        contradicted: (month, KPI, subject) of which two files say different things: nobody can know the number.
        quarantined_rows: file name -> rows that must be set aside.
        duplicates: file names whose bytes or contents were delivered before.
        shares: (month, person, KPI) -> (keys that count, keys) of the shares of customers.
        planted: free facts with ids, for tests and readers.
        members: (month, person, KPI) -> member -> 1 where the member makes the KPI count, else 0.
    """

    months: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    cells: dict[Key, Cell] = field(default_factory=dict)
    company: dict[tuple[str, str], Cell] = field(default_factory=dict)
    values: dict[Key, list[tuple[Decimal, Decimal]]] = field(default_factory=dict)
    categories: dict[Key, list[tuple[str, Decimal]]] = field(default_factory=dict)
    distinct: dict[Key, set[str]] = field(default_factory=dict)
    company_distinct: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    team: dict[tuple[str, str, str], Cell] = field(default_factory=dict)
    findings: list[ExpectedFinding] = field(default_factory=list)
    withheld: set[tuple[str, str, str]] = field(default_factory=set)
    contradicted: set[tuple[str, str, str]] = field(default_factory=set)
    quarantined_rows: dict[str, int] = field(default_factory=dict)
    duplicates: list[str] = field(default_factory=list)
    shares: dict[Key, tuple[int, int]] = field(default_factory=dict)
    planted: dict[str, object] = field(default_factory=dict)
    members: dict[Key, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))


class Ledger:
    """Collects credited numbers and turns them into the truth's tables."""

    def __init__(self) -> None:
        self._sums: dict[Key, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
        self._ratio: set[str] = set()
        self.values: dict[Key, list[tuple[Decimal, Decimal]]] = defaultdict(list)
        self.categories: dict[Key, list[tuple[str, Decimal]]] = defaultdict(list)
        self.distinct: dict[Key, set[str]] = defaultdict(set)
        self.team: dict[tuple[str, str, str], Decimal] = defaultdict(lambda: ZERO)

    def add(
        self,
        month: str,
        credit: list[tuple[str, Decimal]],
        kpi: str,
        numerator: Decimal | int,
        denominator: Decimal | int | None = None,
    ) -> None:
        """Credit a record's numbers by weight; a denominator makes the KPI a ratio."""
        if denominator is not None:
            self._ratio.add(kpi)
        for person, weight in credit:
            cell = self._sums[month, person, kpi]
            cell[0] += weight * numerator
            cell[1] += weight * (denominator or 0)

    def fill(self, truth: Truth) -> None:
        """Write everything that was collected of the truth's months into it."""
        months = set(truth.months)
        company: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
        for (month, person, kpi), (numerator, denominator) in sorted(self._sums.items()):
            if month not in months:
                continue
            truth.cells[month, person, kpi] = self._cell(kpi, numerator, denominator)
            company[month, kpi][0] += numerator
            company[month, kpi][1] += denominator
        truth.company = {key: self._cell(key[1], *pair) for key, pair in sorted(company.items())}
        truth.values = {key: sorted(pairs) for key, pairs in sorted(self.values.items()) if key[0] in months}
        truth.categories = {key: sorted(pairs) for key, pairs in sorted(self.categories.items()) if key[0] in months}
        truth.distinct = {key: keys for key, keys in sorted(self.distinct.items()) if key[0] in months}
        for (month, _, kpi), keys in truth.distinct.items():
            truth.company_distinct.setdefault((month, kpi), set()).update(keys)
        truth.team = {key: Cell(total) for key, total in sorted(self.team.items()) if key[0] in months}

    def _cell(self, kpi: str, numerator: Decimal, denominator: Decimal) -> Cell:
        return Cell(numerator, denominator if kpi in self._ratio else None)


def truth_to_json(truth: Truth) -> str:
    """Render the truth for reading while debugging; the company folder never holds it."""

    def plain(value: object) -> object:
        if isinstance(value, Cell):
            return [str(value.numerator), None if value.denominator is None else str(value.denominator)]
        if isinstance(value, dict):
            return {"/".join(key) if isinstance(key, tuple) else key: plain(item) for key, item in value.items()}
        if isinstance(value, set):
            return sorted(plain(item) for item in value)  # type: ignore[type-var]  # keys are strings or tuples of them
        if isinstance(value, list | tuple):
            return [plain(item) for item in value]
        if isinstance(value, ExpectedFinding):
            return [value.month, value.family, value.subject, value.guard]
        return value if isinstance(value, int | str | bool | None) else str(value)

    return json.dumps({name: plain(value) for name, value in vars(truth).items()}, ensure_ascii=False, indent=1)


def percentile(values: list[Decimal], fraction: Decimal) -> Decimal:
    """The linearly interpolated percentile of an exact list (the definition of SQL's percentile_cont).

    Raises:
        ValueError: when the list is empty.
    """
    if not values:
        raise ValueError("a percentile of nothing")
    ordered = sorted(values)
    place = fraction * (len(ordered) - 1)
    below = int(place)
    if below + 1 == len(ordered):
        return ordered[below]
    return ordered[below] + (ordered[below + 1] - ordered[below]) * (place - below)
