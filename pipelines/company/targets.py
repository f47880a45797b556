"""Which target holds for a KPI, a period and a person.

Belongs here: the choice among the rows of people/targets.csv and the derivation of quarter and year targets. Does not
belong here: attainment, the order of threshold, target and stretch (`scoring`, `schemes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import overload

from pipelines.company.records import TargetRow
from pipelines.periods import Month, Period

#: From the most to the least specific scope.
SCOPE_ORDER = ("person", "role", "team", "company")

_NUMBERS = ("baseline", "threshold", "target", "stretch")


class Targets(Sequence[TargetRow]):
    """The rows of people/targets.csv in the file's order, with the rule that chooses among them."""

    def __init__(self, rows: Iterable[TargetRow] = ()):
        self._rows = tuple(rows)
        # (kpi, period type, scope, scope id) -> rows, earliest first
        self._by_scope: dict[tuple[str, str, str, str], list[TargetRow]] = {}
        for row in sorted(self._rows, key=lambda item: (item.period.start, item.source_row)):
            self._by_scope.setdefault((row.kpi_id, row.period_type, row.scope, row.scope_id), []).append(row)

    @overload
    def __getitem__(self, index: int) -> TargetRow: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[TargetRow]: ...

    def __getitem__(self, index: int | slice) -> TargetRow | Sequence[TargetRow]:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[TargetRow]:
        return iter(self._rows)

    def __repr__(self) -> str:
        return f"Targets({len(self._rows)} rows)"

    def resolve(
        self, kpi_id: str, period: Period, person: str, role: str, team: str, aggregation: str = "ratio_of_sums"
    ) -> TargetRow | None:
        """Return the target that holds for a person in a role and team.

        The most specific scope wins: person, role, team, company. Within a scope the latest row whose period does not
        begin after the asked one holds. For a quarter or year an explicit row of that period type is taken unless the
        months have a more specific one; else the target is derived from the months: those of a `sum` KPI are added,
        for every other aggregation the last month's holds.

        Args:
            kpi_id: the KPI.
            period: the period that is scored.
            person: the person_id of people.csv, not a pseudonym.
            role: the role of the person's segment.
            team: the team_id of the person's segment.
            aggregation: the KPI's aggregation kind in the catalogue.

        Returns:
            A row of the file, or a derived one that names its `source_rows`; None when no target holds, which for a
            `sum` KPI is also so when a month of the period has none.
        """
        explicit = self._explicit(kpi_id, period, person, role, team)
        if isinstance(period, Month):
            return explicit
        derived = self._derived(kpi_id, period, person, role, team, aggregation)
        if explicit is None or derived is None:
            return explicit or derived
        return derived if _rank(derived) < _rank(explicit) else explicit

    def _explicit(self, kpi_id: str, period: Period, person: str, role: str, team: str) -> TargetRow | None:
        ids = {"person": person, "role": role, "team": team, "company": ""}
        for scope in SCOPE_ORDER:
            rows = self._by_scope.get((kpi_id, period.period_type, scope, ids[scope]), [])
            begun = [row for row in rows if row.period.start <= period.start]
            if begun and not begun[-1].ends_target:
                return begun[-1]
        return None

    def _derived(
        self, kpi_id: str, period: Period, person: str, role: str, team: str, aggregation: str
    ) -> TargetRow | None:
        if aggregation != "sum":
            monthly = self._explicit(kpi_id, period.months[-1], person, role, team)
            return None if monthly is None else _restated([monthly], period, monthly)
        parts = [self._explicit(kpi_id, month, person, role, team) for month in period.months]
        found = [row for row in parts if row is not None]
        if len(found) < len(parts):
            return None
        return _restated(found, period, min(found, key=_rank))


def _rank(row: TargetRow) -> int:
    return SCOPE_ORDER.index(row.scope)


def _restated(rows: list[TargetRow], period: Period, most_specific: TargetRow) -> TargetRow:
    """Return the row of a longer period that the months' rows add up to."""
    sums: dict[str, Decimal | None] = {}
    for number in _NUMBERS:
        values = [getattr(row, number) for row in rows]
        sums[number] = None if any(value is None for value in values) else sum(values, Decimal(0))
    return most_specific.model_copy(
        update={
            **sums,
            "period": period,
            "period_type": period.period_type,
            "source_row": 0,
            "source_rows": tuple(sorted({row.source_row for row in rows})),
        }
    )
