"""Which target holds for a KPI, a period and a person.

Belongs here: the choice among the rows of people/targets.csv and the derivation of quarter and year targets. Does not
belong here: attainment, the order of threshold, target and stretch (`scoring`, `schemes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import overload

from pipelines.company.records import TargetRow
from pipelines.periods import Month, Period

#: From the most to the least specific scope of a person. A community's holds for its own lines of a scheme only.
SCOPE_ORDER = ("person", "role", "team", "company")

#: Aggregation kinds whose value grows with the length of the window: their months' targets are added.
ADDITIVE = ("sum", "distinct")

_NUMBERS = ("baseline", "threshold", "target", "stretch")


@dataclass(frozen=True)
class TargetNumbers:
    """The four numbers of a target without a row: the default of a scheme, per month."""

    target: Decimal
    baseline: Decimal | None = None
    threshold: Decimal | None = None
    stretch: Decimal | None = None


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
        self,
        kpi_id: str,
        period: Period,
        person: str,
        role: str,
        team: str,
        aggregation: str = "ratio_of_sums",
        monthly_default: TargetNumbers | None = None,
    ) -> TargetRow | None:
        """Return the target that holds for a person in a role and team.

        The most specific scope wins: person, role, team, company. Within a scope the latest row whose period does not
        begin after the asked one holds. For a quarter or year an explicit row of that period type is taken unless the
        months have a more specific one; else the target is derived from the months: those of a `sum` or `distinct` KPI
        are added, for every other aggregation the last month's holds. A month without a row adds `monthly_default`, by
        which that month itself is scored.

        Args:
            kpi_id: the KPI.
            period: the period that is scored.
            person: the person_id of people.csv, not a pseudonym.
            role: the role of the person's segment.
            team: the team_id of the person's segment.
            aggregation: the KPI's aggregation kind in the catalogue.
            monthly_default: the target of a month for which no row holds; None when there is no such default.

        Returns:
            A row of the file, or a derived one that names its `source_rows`; None when no row holds in any month, or
            when a month that would be added has neither a row nor a default.
        """
        ids = dict(zip(SCOPE_ORDER, (person, role, team, ""), strict=True))
        return self._resolved(kpi_id, period, ids, aggregation, monthly_default)

    def of_community(self, kpi_id: str, period: Period, community_id: str, aggregation: str) -> TargetRow | None:
        """Return the target that holds for a community as a whole, chosen and derived likewise; None without one.

        Args:
            kpi_id: the KPI.
            period: the period that is scored.
            community_id: the community.
            aggregation: the KPI's aggregation kind in the catalogue.
        """
        return self._resolved(kpi_id, period, {"community": community_id}, aggregation, None)

    def _resolved(
        self,
        kpi_id: str,
        period: Period,
        ids: Mapping[str, str],
        aggregation: str,
        monthly_default: TargetNumbers | None,
    ) -> TargetRow | None:
        explicit = self._explicit(kpi_id, period, ids)
        if isinstance(period, Month):
            return explicit
        months = [self._explicit(kpi_id, month, ids) for month in period.months]
        derived = _derived(months, period, aggregation, monthly_default)
        if explicit is None or derived is None:
            return explicit or derived
        return derived if _rank(derived) < _rank(explicit) else explicit

    def _explicit(self, kpi_id: str, period: Period, ids: Mapping[str, str]) -> TargetRow | None:
        for scope, scope_id in ids.items():
            rows = self._by_scope.get((kpi_id, period.period_type, scope, scope_id), [])
            begun = [row for row in rows if row.period.start <= period.start]
            if begun and not begun[-1].ends_target:
                return begun[-1]
        return None


def _derived(
    months: Sequence[TargetRow | None], period: Period, aggregation: str, monthly_default: TargetNumbers | None
) -> TargetRow | None:
    """Return the target of a longer period from the rows of its months."""
    found = [row for row in months if row is not None]
    if not found:
        return None
    if aggregation not in ADDITIVE:
        last = months[-1]
        return None if last is None else _restated(last, [last], period, [last])
    if len(found) < len(months) and monthly_default is None:
        return None
    parts = [row or monthly_default for row in months]
    return _restated(min(found, key=_rank), found, period, [part for part in parts if part is not None])


def _rank(row: TargetRow) -> int:
    return SCOPE_ORDER.index(row.scope) if row.scope in SCOPE_ORDER else 0  # a community's rows are never mixed


def _restated(
    most_specific: TargetRow, rows: Sequence[TargetRow], period: Period, parts: Sequence[TargetRow | TargetNumbers]
) -> TargetRow:
    """Return the row of a longer period: the numbers of its parts added, the rows of the file named."""
    sums: dict[str, Decimal | None] = {}
    for number in _NUMBERS:
        values = [getattr(part, number) for part in parts]
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
