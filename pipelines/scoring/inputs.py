"""What scoring is given: readings, segments, targets, carried readings, reviews, adjustments, finance, what was paid.

Belongs here: the input records, frozen, with the meaning and unit of each field. Does not belong here: making them from
the warehouse or the company folder (the caller does).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipelines.scoring.gaming import IncidentInput, LeftOut
from pipelines.scoring.shock_inputs import ShockInput

if TYPE_CHECKING:
    from pipelines.scoring.small_numbers import SmallNumber

STATUSES = ("ok", "provisional", "withheld", "not_applicable")
OPEN_END = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class ChannelReading:
    """What one paid channel cost and brought: `spend` in the company's currency, `results` such as qualified leads."""

    channel: str
    spend: Decimal
    results: Decimal


@dataclass(frozen=True, slots=True)
class KpiReading:
    """One KPI of one person's segment in the period, as the warehouse states it.

    Attributes:
        kpi_id: the KPI.
        value: in the KPI's unit; None unless the status is ok or provisional.
        numerator: of a ratio, or the sum itself; may be None.
        denominator: of a ratio; may be None.
        n_records: how many records stand behind it.
        status: ok, provisional (counts, and is marked), withheld (its pay is held) or not_applicable.
        reason_code: why the status is not ok; empty otherwise.
        reason_params: values for the reason's text.
        channels: what each paid channel has to do with it, by name; only of KPIs that a scheme weighs by channel.
        mean_square: mean of the squares of what the mean is of, weighted like it; only of net scores and of means of
            ratings, whose interval needs it.
        size: what is known of its size; `score_period` makes it.
        left_out: what the scheme leaves out as evidence of gaming; value and numbers are those without it.
    """

    kpi_id: str
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    n_records: int = 0
    status: str = "ok"
    reason_code: str = ""
    reason_params: Mapping[str, Any] = field(default_factory=dict)
    channels: tuple[ChannelReading, ...] = ()
    mean_square: Decimal | None = None
    size: SmallNumber | None = None
    left_out: LeftOut | None = None

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"{self.kpi_id}: unknown status {self.status!r}")
        if self.status in ("ok", "provisional") and self.value is None:
            raise ValueError(f"{self.kpi_id}: a reading with status {self.status} has no value; missing is never zero")


@dataclass(frozen=True, slots=True)
class TargetInput:
    """The target that people/targets.csv gives to a person's segment and KPI, for the whole period.

    Attributes:
        target: 100 % attainment, in the KPI's unit.
        baseline: where the way to the target begins; None for the default of the form.
        threshold: moves the first point of the curve; None keeps the scheme's.
        stretch: moves the first point above 100; None keeps the scheme's.
        source: where it stands, for the trace and for findings, such as `people/targets.csv row 7`.
        row: the row in that file, for findings; 0 when unknown.
    """

    target: Decimal
    baseline: Decimal | None = None
    threshold: Decimal | None = None
    stretch: Decimal | None = None
    source: str = "people/targets.csv"
    row: int = 0


@dataclass(frozen=True, slots=True)
class CarriedReading:
    """The reading of a KPI that counts in longer periods, from the last whole one of them (`longer_kpis: carry_last`).

    Attributes:
        period: the period that it is of, such as 2026-Q3.
        reading: of that period; None when the warehouse does not mention it, and the line is withheld (`no_reading`).
        target: from people/targets.csv for that period; None where the scheme's default holds.
        months: calendar months of that period.
        eligible_days: days of the segment that it is of, in that period.
        period_days: calendar days of that period.
    """

    period: str
    reading: KpiReading | None
    target: TargetInput | None
    months: int
    eligible_days: int
    period_days: int


@dataclass(frozen=True, slots=True)
class CommunityInput:
    """One community that a person runs in a segment.

    Attributes:
        community_id: the community.
        type: its type in the period, as people/communities.csv names it.
        stage: its stage in the period, likewise.
        days: days of the segment in the period on which the person runs it, each counted by the person's share.
        readings: its own readings of the segment by KPI id, of the KPIs that the catalogue counts by community.
        targets: of people/targets.csv for the community as a whole and the whole period, by KPI id.
    """

    community_id: str
    type: str
    stage: str
    days: Decimal
    readings: Mapping[str, KpiReading]
    targets: Mapping[str, TargetInput] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.days <= 0:
            raise ValueError(f"community {self.community_id}: {self.days} days")


@dataclass(frozen=True, slots=True)
class SegmentInput:
    """One stretch of a person's role, level, team and scheme inside the period.

    Attributes:
        person_id: the person.
        segment_id: ISO date from which the assignment holds; unique per person.
        valid_from: first day of the assignment, which may lie before the period.
        valid_to: day after its last; 9999-12-31 when open.
        eligible_days: calendar days of the segment inside the period that count, from 0 to `period_days`.
        leave_days: those that do not, because the person was on leave.
        period_days: calendar days of the period.
        role: as named in the scheme.
        level: the company's word.
        team_id: the team whose pool the segment shares; may be empty.
        scheme_id: the scheme that binds the segment.
        bonus_base: target bonus a month at 100 %, in the company's currency.
        readings: by KPI id; a KPI of the scheme that is absent here is withheld (`no_reading`).
        carried: by KPI id, for KPIs that count in longer periods under a scheme that carries them; a KPI that is
            absent here has no earlier period yet and is not applicable.
        own_kpi: the KPI that the person has agreed on for the individual slot; empty for none.
        own_kpi_row: its row of people/individual_kpis.csv, for findings.
        communities: those that the person runs, by id; only roles with `by_community` look at them.
        row: the row of people/positions.csv, for findings; 0 when unknown.
        team_readings: by KPI id, of KPIs that the scheme measures on the team; `score_period` makes them.
        month_days: (eligible days, calendar days) of each calendar month of the period; only a true-up asks for them.
        shocks: by KPI id, of KPIs that an event of a platform touches or that the scheme compares with peers.
        incidents: evidence of gaming about the person in the whole period; every segment has all of it, so that the
            person has it once.
    """

    person_id: str
    segment_id: str
    valid_from: date
    valid_to: date
    eligible_days: int
    period_days: int
    role: str
    level: str
    team_id: str
    scheme_id: str
    bonus_base: Decimal
    readings: Mapping[str, KpiReading]
    carried: Mapping[str, CarriedReading] = field(default_factory=dict)
    communities: tuple[CommunityInput, ...] = ()
    leave_days: int = 0
    own_kpi: str = ""
    own_kpi_row: int = 0
    row: int = 0
    team_readings: Mapping[str, KpiReading] = field(default_factory=dict)
    month_days: tuple[tuple[int, int], ...] = ()
    shocks: Mapping[str, ShockInput] = field(default_factory=dict)
    incidents: tuple[IncidentInput, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.eligible_days <= self.period_days or self.period_days < 1:
            raise ValueError(
                f"{self.person_id} {self.segment_id}: {self.eligible_days} eligible of {self.period_days} days"
            )
        if self.bonus_base < 0:
            raise ValueError(f"{self.person_id} {self.segment_id}: the target bonus {self.bonus_base} is negative")

    @property
    def is_in_team(self) -> bool:
        """Whether the person was of the team for any day of the period, on leave or not."""
        return self.eligible_days + self.leave_days > 0


@dataclass(frozen=True, slots=True)
class ReviewInput:
    """One reviewer's score (0..100) of a person's content in the period."""

    person_id: str
    score: Decimal
    reviewer_id: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AdjustmentInput:
    """An amount added to or taken from a person's bonus by a human decision; whole cents."""

    person_id: str
    amount: Decimal
    reason: str
    approved_by: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class FinanceInput:
    """A figure of the finance department for the period that is scored.

    Attributes:
        kind: `profit`, which may be negative, or `profit_target`.
        team_id: the team whose figure it is; empty for the whole company's.
        amount: in the company's currency.
        source: where it stands, for the trace, such as `reviews/finance.csv row 7`.
    """

    kind: str
    team_id: str
    amount: Decimal
    source: str = "reviews/finance.csv"


@dataclass(frozen=True, slots=True)
class PaidMonth:
    """What one month paid somebody by the own score under one scheme, as its newest sealed revision states it.

    Attributes:
        month: such as 2026-07.
        amount: whole cents; None where the month has no sealed revision, and nobody knows what it pays.
        revision: such as r2; empty without one.
    """

    month: str
    amount: Decimal | None
    revision: str = ""


@dataclass(frozen=True, slots=True)
class PaidInput:
    """What the months of a period paid a person under a scheme that trues them up.

    Attributes:
        person_id: the person.
        scheme_id: the scheme.
        months: those in which the scheme paid the person, or should have, in order.
        balance: what the true-up before this one carried forward, 0 or less; None where it is not sealed.
        balance_of: the period that it is of; empty where nothing is carried.
    """

    person_id: str
    scheme_id: str
    months: tuple[PaidMonth, ...]
    balance: Decimal | None = Decimal(0)
    balance_of: str = ""
