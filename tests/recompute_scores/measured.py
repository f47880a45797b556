"""What a company's warehouse has measured, as the recomputation takes it, and the shipped schemes applied to it.

Belongs here: which readings of which periods a scheme asks the warehouse for. Does not belong here: what they come to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipelines.periods import parse_period
from pipelines.schemes.loader import SHIPPED
from pipelines.warehouse.readings import community_readings, kpi_readings

from .carrying import carries, last_whole
from .company import Folder, Span
from .measures import Scheme
from .period import Whole, compute
from .reading import catalogue, names_of, reads_of, scheme_of
from .scores import Read


@dataclass(frozen=True)
class Measured:
    """The warehouse of a home in one period."""

    home: Path
    span: Span

    @property
    def _warehouse(self) -> Path:
        return self.home / "warehouse" / "warehouse.duckdb"

    @cached_property
    def rows(self) -> list[Any]:
        """The readings of persons and of their communities."""
        of = parse_period(self.span.name)
        return [*kpi_readings(self._warehouse, of), *community_readings(self._warehouse, of)]

    def reads(self, scheme: Scheme) -> dict[tuple[str, ...], Read]:
        """The readings that a scheme scores, those that it carries from longer periods among them."""
        names = {last_whole(scheme, kpi, self.span).name for kpi in scheme["kpis"] if carries(scheme, kpi, self.span)}
        found = self._of(self.rows)
        for name in names:
            carried = self._of(kpi_readings(self._warehouse, parse_period(name)))
            found |= {(*key, name): read for key, read in carried.items()}
        return found

    def by(self, folder: Folder, scheme: str) -> Whole:
        """A company folder scored by a shipped scheme."""
        text = scheme_of(SHIPPED / f"scheme_{scheme}.yaml")
        return compute(folder, {scheme: text}, self.span, self.reads(text), catalogue())

    def _of(self, rows: Iterable[Any]) -> dict[tuple[str, ...], Read]:
        return reads_of(rows, names_of(self.home))
