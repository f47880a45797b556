"""The demo company, paid by each shipped scheme in turn, scored by the project and by this package.

Belongs here: fixtures. Does not belong here: anything that looks at results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from running import Once, make_demo

from pipelines.company.loader import load_company
from pipelines.company.model import Company
from pipelines.periods import parse_period
from pipelines.reports.catalogue import reports_of
from pipelines.reports.facts import Facts, Past, Revision, SinceSeal
from pipelines.reports.results import results_of
from pipelines.reports.since_seals import changes
from pipelines.scorecards.assemble import score
from pipelines.scorecards.bundle import read_bundle
from pipelines.scorecards.list_facts import trends_of, weekly_of
from pipelines.scoring import PeriodResult
from pipelines.warehouse import readings

from .binding import bind, calibrate, pay
from .company import Folder, Span
from .list_given import Card, Given, needed
from .measured import Measured
from .period import Whole, compute
from .reading import catalogue, channels_of, names_of, scheme_of, values_of
from .seals import as_sealed
from .second import Second, with_guarantees
from .seeing import seen_of
from .variants import MADE_OF, write

TESTS = Path(__file__).resolve().parents[1]
SHIPPED = TESTS.parent / "pipelines" / "schemes" / "shipped"


#: Of which the demo has readings; what is older has no results, and its lists say so.
FIRST = {"month": "2024-10", "quarter": "2024-Q4", "year": "2024"}
#: The days on which the revisions of a period that somebody appealed against were sealed.
SEALED_ON = {"r1": date(2026, 11, 2), "r2": date(2026, 11, 9)}
#: The month of each longer period that was sealed.
SEALED = {"2026-Q3": "2026-08", "2025": "2025-05"}


@dataclass(frozen=True)
class Case:
    """One scheme and period, both ways, and what it was computed from."""

    theirs: PeriodResult
    ours: Whole
    company: Company
    folder: Folder
    seconds: Mapping[str, Sequence[Second]]

    @property
    def traces(self) -> list[dict[str, Any]]:
        return [one.to_dict() for one in self.theirs.people]

    @property
    def pools(self) -> list[dict[str, Any]]:
        return [one.to_dict() for one in (*self.theirs.pools, *self.theirs.shares)]


@dataclass(frozen=True)
class Listed:
    """The lists of one scheme and period as the project has them, and what the recomputation has to go by."""

    theirs: list[dict[str, Any]]
    given: Given
    facts: Facts


class Paid:
    """The demo company paid by each scheme in turn; everything is made once a session."""

    def __init__(self, home: Path, folder_for: Callable[[str], Path]) -> None:
        self.home = home
        self.warehouse = home / "warehouse" / "warehouse.duckdb"
        self.folder_for = folder_for
        self.folders: dict[str, Path] = {}
        self.cases: dict[tuple[str, str], Case] = {}
        self.earlier: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self.listed: dict[tuple[str, str], Listed] = {}

    def folder(self, scheme: str, period: str) -> Path:
        """The company folder of a scheme, with the scheme in force in the period."""
        if scheme not in self.folders:
            self.folders[scheme] = bind(self.home, self.folder_for(scheme), scheme)
        pay(self.folders[scheme], scheme, period)
        return self.folders[scheme]

    def case(self, scheme: str, period: str) -> Case:
        if (scheme, period) not in self.cases:
            folder, span = self.folder(scheme, period), parse_period(period)
            measured = Measured(self.home, Span(period))
            file = SHIPPED / f"scheme_{scheme}.yaml" if scheme not in MADE_OF else write(SHIPPED, folder, scheme)
            schemes = {scheme: scheme_of(file)}
            reads = measured.reads(schemes[scheme])
            files = Folder(folder)
            calibrate(folder, period, {})
            before = compute(files, schemes, Span(period), reads, catalogue())
            calibrate(folder, period, {who: (one.printed, one.is_open) for who, one in before.people.items()})
            ours = compute(files, schemes, Span(period), reads, catalogue())
            beside = with_guarantees(files, Span(period), ours, measured.by)
            company = load_company(folder)
            theirs = score(company, self.warehouse, span).result
            self.cases[scheme, period] = Case(theirs, ours, company, files, beside)
        return self.cases[scheme, period]

    def before(self, scheme: str, period: str) -> list[dict[str, Any]]:
        """The traces of an earlier period."""
        if (scheme, period) not in self.earlier:
            company = load_company(self.folder(scheme, period))
            found = score(company, self.warehouse, parse_period(period)).result
            self.earlier[scheme, period] = [one.to_dict() for one in found.people]
        return self.earlier[scheme, period]

    def lists(self, scheme: str, period: str) -> Listed:
        if (scheme, period) not in self.listed:
            self.listed[scheme, period] = self._lists(scheme, period)
        return self.listed[scheme, period]

    def _lists(self, scheme: str, period: str) -> Listed:
        case, span = self.case(scheme, period), Span(period)
        folder = self.folders[scheme]
        settings = yaml.safe_load((folder / "company.yaml").read_text(encoding="utf-8")).get("lists", {})
        names = [name for name in needed(span, settings) if name >= FIRST[span.kind]]
        past = {name: self.before(scheme, name) for name in names}
        of = parse_period(period)
        trends = trends_of(case.company, self.warehouse, of, {})
        month = SEALED.get(period)
        of_month = parse_period(month) if month else None
        now = self.before(scheme, month) if month else []
        was = as_sealed(now, less="12.34")
        revisions = [
            ("r1", SEALED_ON["r1"], as_sealed(case.traces, less="100.00")),
            ("r2", SEALED_ON["r2"], as_sealed(case.traces, less="7.50")[1:]),
        ]
        facts = Facts(
            of,
            results_of(case.traces),
            case.company,
            case.pools,
            readings.catalogue(self.warehouse),
            {parse_period(name): Past(parse_period(name), "draft", results_of(them)) for name, them in past.items()},
            trends.channels,
            trends.medians,
            {of_month: SinceSeal("r3", tuple(changes(Past(of_month, "r3", results_of(was)), results_of(now))))}
            if of_month
            else {},
            trends.heard,
            weekly_of(read_bundle(self.home / "scorecards" / period / "draft")) if span.kind == "month" else {},
            trends.subjects,
            trends.active_users,
            [Revision(int(name[1:]), day, results_of(them)) for name, day, them in revisions],
            trends.samples,
        )
        given = Given(
            span,
            [Card(trace) for trace in case.traces],
            case.pools,
            case.folder,
            settings,
            catalogue(),
            {name: [Card(trace) for trace in them] for name, them in past.items()},
            channels_of(self.warehouse, span),
            values_of(self.warehouse),
            seen_of(self.warehouse, span, "Asia/Shanghai", names_of(self.home)),
            [(name, day, by_person(them)) for name, day, them in revisions],
            {month: ("r3", by_person(was), by_person(now))} if month else {},
        )
        return Listed([report.to_dict() for report in reports_of(facts)], given, facts)


def by_person(traces: Iterable[dict[str, Any]]) -> dict[str, Card]:
    """The cards of traces."""
    return {trace["person_id"]: Card(trace) for trace in traces}


@pytest.fixture(scope="session")
def paid(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Paid:
    """The demo company, run once for all tests of the session."""
    home = once("demo", make_demo) / "company"
    return Paid(home, lambda scheme: tmp_path_factory.mktemp(f"paid_by_{scheme}"))


@pytest.fixture(scope="session")
def case(paid: Paid) -> Callable[[str, str], Case]:
    """`case("003", "2026-Q3")` -> the demo company paid by a scheme in a period, both ways."""
    return paid.case


@pytest.fixture(scope="session")
def listed(paid: Paid) -> Callable[[str, str], Listed]:
    """`listed("003", "2026-Q3")` -> the lists beside the cards of that case."""
    return paid.lists
