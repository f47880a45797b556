"""The demo company, paid by each shipped scheme in turn, scored by the project and by this package.

Belongs here: fixtures. Does not belong here: anything that looks at results.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from running import Once, make_demo

from pipelines.company.loader import load_company
from pipelines.periods import parse_period
from pipelines.scorecards.assemble import score
from pipelines.scoring import PeriodResult
from pipelines.warehouse.readings import community_readings, kpi_readings

from .binding import bind, pay
from .company import Folder, Span
from .period import Whole, compute
from .reading import catalogue, names_of, reads_of, scheme_of

TESTS = Path(__file__).resolve().parents[1]
SHIPPED = TESTS.parent / "pipelines" / "schemes" / "shipped"


@dataclass(frozen=True)
class Case:
    """One scheme and period, both ways."""

    theirs: PeriodResult
    ours: Whole


@pytest.fixture(scope="session")
def case(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Case]:
    """`case("003", "2026-Q3")` -> the demo company paid by a scheme in a period, both ways; made once a session."""
    made: dict[tuple[str, str], Case] = {}
    homes: dict[str, Path] = {}

    def of(scheme: str, period: str) -> Case:
        if (scheme, period) not in made:
            home = once("demo", make_demo) / "company"
            if scheme not in homes:
                homes[scheme] = bind(home, tmp_path_factory.mktemp(f"paid_by_{scheme}"), scheme)
            made[scheme, period] = _both(home, homes[scheme], scheme, period)
        return made[scheme, period]

    return of


def _both(home: Path, folder: Path, scheme: str, period: str) -> Case:
    pay(folder, scheme, period)
    warehouse, span = home / "warehouse" / "warehouse.duckdb", parse_period(period)
    theirs = score(load_company(folder), warehouse, span).result
    rows = [*kpi_readings(warehouse, span), *community_readings(warehouse, span)]
    reads = reads_of(rows, names_of(home))
    schemes = {scheme: scheme_of(SHIPPED / f"scheme_{scheme}.yaml")}
    return Case(theirs, compute(Folder(folder), schemes, Span(period), reads, catalogue()))
