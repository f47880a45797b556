"""What the reports of a period are made from: its results, its earlier periods, the company's rows, the KPI catalogue.

Belongs here: these facts and the questions that several reports ask of them. Does not belong here: getting them
(`pipelines.scorecards.list_facts`), the rule of any report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from pipelines.company.list_settings import ListSettings
from pipelines.company.model import Company
from pipelines.periods import Month, Period, Quarter, Year
from pipelines.reports.results import Line, Result
from pipelines.reports.table import Cell, Remark

#: The `kind` of a trace among the pools that is a share of what a team gained.
TEAM_SHARE = "team_share"


@dataclass(frozen=True)
class Past:
    """An earlier period: its results, and whether they are those of a sealed revision (`r2`) or of a `draft`."""

    period: Period
    edition: str
    results: tuple[Result, ...]

    @cached_property
    def by_person(self) -> dict[str, Result]:
        """The results by person."""
        return {result.person_id: result for result in self.results}


@dataclass(frozen=True)
class Revision:
    """A sealed revision of the period itself, and the day on which it was sealed, in the company's time zone."""

    number: int
    sealed_on: date
    results: tuple[Result, ...]

    @property
    def label(self) -> str:
        """As its files are named: `r1`."""
        return f"r{self.number}"


@dataclass(frozen=True)
class Channel:
    """The period of one paid channel, over everybody and nobody: spend, qualified leads, customers, net return."""

    name: str
    spend: Decimal
    leads: Decimal
    customers: Decimal
    returned: Decimal


@dataclass(frozen=True)
class SinceSeal:
    """A sealed month beside the same month by the data of now: the revision, and a row for each difference."""

    edition: str
    rows: tuple[Mapping[str, Cell], ...]


@dataclass(frozen=True)
class SubjectMonth:
    """One month of one KPI of one group, account or survey, over everybody and nobody: its two sides."""

    kpi_id: str
    month: Month
    subject_type: str
    subject_id: str
    numerator: Decimal | None
    denominator: Decimal | None


@dataclass(frozen=True)
class Sample:
    """A record that is drawn for people to judge its label, and where it stands: file as delivered, row."""

    month: Month
    label: str
    record_id: str
    account_id: str
    file: str
    row_no: int


#: A share of 1 with the ends of its interval.
Around = tuple[Decimal, Decimal, Decimal]


@dataclass(frozen=True)
class FollowerCount:
    """New followers of an account judged in a month, or of all (`*`): how many are spam, by three ways of counting.

    Shares are of 1; the corrected ones are None where the card's errors are not known, the audited ones without an
    audit. `state` is counted, plausible, asked, agrees or differs.
    """

    month: Month
    account_id: str
    model_version: str
    judged: int
    flagged: int
    flagged_share: Decimal
    corrected: Around | None
    audited: int
    audit: Around | None
    state: str


@dataclass(frozen=True)
class Facts:
    """What the reports of one period are made from.

    Attributes:
        period: the period.
        results: everybody's period.
        pools: the traces of its pools and team shares.
        company: the company's rows and settings.
        catalogue: unit, direction and aggregation of each KPI.
        earlier: the earlier periods that are sealed or drafted.
        channels: the paid channels of the period.
        medians: KPI -> month -> the median over people and how many they are, this month among them.
        since_seals: sealed months of a longer period -> what of them comes out otherwise by the data of now.
        revisions: the sealed revisions of the period itself; read where somebody appealed.
        heard: family of sources -> the last day that its exports speak of.
        weekly: person and KPI -> ISO week -> what its records add up to and how many they are; only where the cards
            carry all of them.
        subjects: KPIs by month and subject, where incentives of members are compared.
        active_users: members of groups who were active in the period; 0 where nothing is known of them.
        samples: the records drawn for the label audit, in the order of the draw.
        follower_counts: of the months of the period, the pool of each first.
    """

    period: Period
    results: tuple[Result, ...]
    company: Company
    pools: Sequence[Mapping[str, Any]] = ()
    catalogue: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    earlier: Mapping[Period, Past] = field(default_factory=dict)
    channels: Sequence[Channel] = ()
    medians: Mapping[str, Mapping[str, tuple[Decimal, int]]] = field(default_factory=dict)
    since_seals: Mapping[Month, SinceSeal] = field(default_factory=dict)
    heard: Mapping[str, date] = field(default_factory=dict)
    weekly: Mapping[tuple[str, str], Mapping[str, tuple[Decimal, int]]] = field(default_factory=dict)
    subjects: Sequence[SubjectMonth] = ()
    active_users: int = 0
    revisions: Sequence[Revision] = ()
    samples: Sequence[Sample] = ()
    follower_counts: Sequence[FollowerCount] = ()

    @property
    def bonus_pools(self) -> list[Mapping[str, Any]]:
        """The pools of target bonuses."""
        return [pool for pool in self.pools if pool.get("kind") != TEAM_SHARE]

    @property
    def settings(self) -> ListSettings:
        """The company's settings of lists."""
        return self.company.lists

    @property
    def past(self) -> Past | None:
        """The period just before, where it is sealed or drafted."""
        return self.earlier.get(self.period.previous())

    def aggregation(self, kpi_id: str) -> str:
        """The aggregation kind of a KPI; empty where the catalogue does not know it."""
        return str(self.catalogue.get(kpi_id, {}).get("aggregation") or "")

    @property
    def judged_in(self) -> frozenset[str]:
        """The period with its months and, of a year, its quarters: people's judgements are given for any of them."""
        months = self.period.months
        quarters = {str(month.quarter) for month in months} if isinstance(self.period, Year) else set()
        return frozenset({str(self.period), *map(str, months), *quarters})

    def history_remarks(self, needed: Iterable[Period]) -> tuple[Remark, ...]:
        """Say of each earlier period whether its results are sealed, drafted or missing."""
        told = []
        for period in needed:
            past = self.earlier.get(period)
            if past is None:
                told.append(Remark("period_missing", {"period": str(period)}))
            elif past.edition == "draft":
                told.append(Remark("period_draft", {"period": str(period)}))
            else:
                told.append(Remark("period_sealed", {"period": str(period), "revision": past.edition}))
        return tuple(told)


def before(period: Period, count: int) -> list[Period]:
    """Return the `count` periods of the same kind before one, the earliest first."""
    found: list[Period] = []
    for _ in range(count):
        period = period.previous()
        found.insert(0, period)
    return found


def whole_of(period: Period) -> Period | None:
    """Return the longer period that a period is a step of: a month's quarter, a quarter's year."""
    if isinstance(period, Month):
        return period.quarter
    return Year.of(period.start) if isinstance(period, Quarter) else None


def earlier_steps(period: Period) -> list[Period]:
    """Return the periods of the same kind before one, inside the same longer period."""
    whole = whole_of(period)
    if whole is None:
        return []
    found: list[Period] = []
    while (period := period.previous()).start >= whole.start:
        found.insert(0, period)
    return found


def by_kpi(results: Iterable[Result]) -> dict[tuple[str, str], list[tuple[Result, Line]]]:
    """Return the lines of everybody by scheme and KPI."""
    found: dict[tuple[str, str], list[tuple[Result, Line]]] = {}
    for result in results:
        for part in result.parts:
            for line in part.lines:
                found.setdefault((part.scheme_id, line.kpi_id), []).append((result, line))
    return dict(sorted(found.items()))


def at_target_points(result: Result, line: Line) -> Decimal:
    """Return what a line would bring to the printed score at exactly 100 points; zero where it is not scored."""
    for part in result.parts:
        if any(one is line for one in part.lines):
            days = sum(other.days for other in result.parts if other.score is not None)
            if not line.is_known or not part.known_weight or not days:
                return Decimal(0)
            return line.effective_weight * 100 * part.days / (part.known_weight * days)
    return Decimal(0)
