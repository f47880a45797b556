"""From the finished warehouse and the company folder to scoring, and from scoring to the draft of a period.

Belongs here: putting what scoring is given side by side (readings, segments, targets, reviews, decisions) and handing
its traces, with their evidence and data-quality notes, to the bundle. Does not belong here: any rule of scoring
(`scoring`), any query (`warehouse.readings`), any rendering.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from pipelines.company.findings import InputError
from pipelines.company.human_files import REPORTING_LINES
from pipelines.company.model import Company
from pipelines.company.records import IndividualKpi
from pipelines.company.reporting_lines import read_reporting_lines
from pipelines.company.reporting_records import ReportingLine
from pipelines.company.segments import Segment
from pipelines.periods import OPEN_END, Month, Period
from pipelines.schemes.model import Scheme
from pipelines.schemes.shelf import Shelf
from pipelines.scorecards.agreed import target_of_person, targets_of
from pipelines.scorecards.beside import groups_of
from pipelines.scorecards.bundle import Inputs
from pipelines.scorecards.carrying import Readings, bound_schemes, bound_segments, carried_of, carried_periods
from pipelines.scorecards.certificate import certificate_part
from pipelines.scorecards.channelled import check_channels, with_channels
from pipelines.scorecards.decisions import decisions_of, without_effect
from pipelines.scorecards.drafts import Built, build_draft
from pipelines.scorecards.gaming import incidents_of
from pipelines.scorecards.history import history_of
from pipelines.scorecards.judged import finance_of, reviews_of
from pipelines.scorecards.kept import evidence_of, notes_of
from pipelines.scorecards.left_out import with_left_out
from pipelines.scorecards.list_facts import lists_of, since_seals, trends_of
from pipelines.scorecards.measured import Communities, people_by_key, readings
from pipelines.scorecards.settling import month_days, paid_of, settled_schemes
from pipelines.scorecards.shocks import Shocks
from pipelines.scorecards.squares import with_squares
from pipelines.scoring import (
    AdjustmentInput,
    CarriedReading,
    CommunityInput,
    IncidentInput,
    KpiReading,
    PeriodResult,
    PointsInput,
    SegmentInput,
    ShockInput,
    TargetInput,
)
from pipelines.scoring.period import score_period
from pipelines.scoring.plans import slot_of
from pipelines.scoring.team_shares import ShareTrace
from pipelines.scoring.trace import PoolTrace
from pipelines.scoring.what_if import what_ifs
from pipelines.warehouse import readings as warehouse
from pipelines.warehouse.layout import code_version


@dataclass(frozen=True)
class ScoredPeriod:
    """A period that has been scored: what the cards, the restricted tables and the checks are made from.

    Attributes:
        period: the period.
        result: by the schemes that pay.
        schemes: the schemes that pay somebody in the period.
        beside: (mode, scheme, result by it) of every other scheme that scores somebody.
    """

    period: Period
    result: PeriodResult
    schemes: tuple[Scheme, ...]
    beside: tuple[tuple[str, Scheme, PeriodResult], ...] = ()

    @property
    def scheme_versions(self) -> str:
        """The schemes and versions that the cards name."""
        paying = [f"{scheme.scheme_id} {scheme.version}" for scheme in self.schemes]
        others = [f"{scheme.scheme_id} {scheme.version} ({mode})" for mode, scheme, _ in self.beside]
        return "; ".join([*paying, *others]) or "none"

    @property
    def pools_beside(self) -> list[dict[str, Any]]:
        """The pools and team shares as they would be by the other schemes: what a guarantee is derived from."""
        return [
            pool | {"mode": mode, "scheme_version": scheme.version}
            for mode, scheme, result in self.beside
            for pool in [*map(PoolTrace.to_dict, result.pools), *map(ShareTrace.to_dict, result.shares)]
        ]


def score(company: Company, warehouse_file: Path, period: Period, shelf: Shelf | None = None) -> ScoredPeriod:
    """Score everybody who is employed and paid by a scheme in the period, by the other schemes beside it first.

    Args:
        company: the company.
        warehouse_file: the finished warehouse.
        period: the period.
        shelf: the company's schemes, where several periods share them; read when None.

    Raises:
        InputError: when a scheme that scores somebody does not load, or a target does not fit its curve.
    """
    shelf = shelf or Shelf(company.home)
    schemes = bound_schemes(company, period, shelf)
    check_channels(company.settings.paid_channels, schemes.values())
    beside = [
        (group, score_by_another(company, warehouse_file, period, group.segments, group.scheme))
        for group in groups_of(company, period, schemes, shelf)
    ]
    everybody = company.segments()
    result = score_period(
        period=period,
        currency=company.currency,
        schemes=schemes,
        segments=_measured(company, warehouse_file, period, everybody, schemes),
        targets=targets_of(company, period, bound_segments(everybody, period), schemes),
        reviews=reviews_of(company.content_quality_reviews, period),
        adjustments=[
            AdjustmentInput(row.person_id, row.amount, row.reason, row.approved_by, row.source_row)
            for row in company.adjustments
            if row.period == period
        ],
        finance=finance_of(company, period),
        decisions=decisions_of(company, period),
        paid=paid_of(company, period, schemes, shelf),
        others=[one for group, by_other in beside for one in group.scores(by_other)],
    )
    return ScoredPeriod(
        period,
        result,
        tuple(schemes.values()),
        tuple((group.mode, group.scheme, by_other) for group, by_other in beside),
    )


def score_by_another(
    company: Company, warehouse_file: Path, period: Period, everybody: Sequence[Segment], scheme: Scheme
) -> PeriodResult:
    """Score segments by a scheme that does not pay them, with the same readings, targets and reviews.

    Bonus points count where the scheme takes them. Adjustments and awards are of no scheme, a calibration is of the
    very score that its meeting saw: they stay with the scheme that pays. Whoever agreed on a KPI that the scheme's
    individual slot does not offer has the slot's default.

    Args:
        company: the company.
        warehouse_file: the finished warehouse.
        period: the period.
        everybody: the segments of all time; those of the period that name the scheme are scored.
        scheme: the scheme.

    Raises:
        InputError: when a target does not fit its curve.
    """
    schemes = {scheme.scheme_id: scheme}
    check_channels(company.settings.paid_channels, schemes.values())
    return score_period(
        period=period,
        currency=company.currency,
        schemes=schemes,
        segments=[_as_offered(scheme, one) for one in _measured(company, warehouse_file, period, everybody, schemes)],
        targets=targets_of(company, period, bound_segments(everybody, period), schemes),
        reviews=reviews_of(company.content_quality_reviews, period),
        finance=finance_of(company, period),
        decisions=[one for one in decisions_of(company, period) if isinstance(one, PointsInput)],
    )


def _as_offered(scheme: Scheme, segment: SegmentInput) -> SegmentInput:
    slot = slot_of(scheme, segment)
    if slot is not None and segment.own_kpi in slot.choices:
        return segment
    return replace(segment, own_kpi="", own_kpi_row=0)


def _measured(
    company: Company,
    warehouse_file: Path,
    period: Period,
    everybody: Sequence[Segment],
    schemes: Mapping[str, Scheme],
) -> list[SegmentInput]:
    """The segments of a period that name a scheme, with what the warehouse has measured of them."""
    settled = settled_schemes(schemes.values(), period)
    incidents = incidents_of(company, warehouse_file, period)

    def read(of: Period) -> Readings:
        found = with_channels(readings(company, warehouse_file, of), company, warehouse_file, of, schemes)
        return with_squares(found, company, warehouse_file, of, schemes)

    whole: dict[Period, Readings] = {
        one: found for one in carried_periods(company, period, schemes.values()) if (found := read(one))
    }
    own = read(period)
    own = with_left_out(own, company, warehouse_file, period, schemes, incidents)
    communities = Communities(company, warehouse_file, period, schemes)
    shocks = Shocks(company, period, schemes)

    def target_of(segment: Segment, kpi_id: str, of: Period) -> TargetInput | None:
        return target_of_person(company, of, segment, kpi_id, schemes[segment.scheme_id].kpis[kpi_id])

    agreed: dict[str, list[IndividualKpi]] = defaultdict(list)
    for row in company.individual_kpis:
        agreed[row.person_id].append(row)
    return [
        _segment(
            part,
            period,
            own.get((part.person_id, part.segment_id), {}),
            carried_of(part, everybody, schemes[part.scheme_id], period, whole, target_of, company.leaves),
            communities.of(part),
            own_kpi(agreed[part.person_id], part, period),
            company.leaves.days(part, period),
            month_days(part, period, company.leaves) if part.scheme_id in settled else (),
            shocks.of(part),
            incidents.get(part.person_id, ()),
        )
        for part in bound_segments(everybody, period)
    ]


def _segment(
    segment: Segment,
    period: Period,
    readings: Mapping[str, KpiReading],
    carried: Mapping[str, CarriedReading],
    communities: tuple[CommunityInput, ...],
    own_kpi: IndividualKpi | None,
    leave_days: int,
    month_days: tuple[tuple[int, int], ...],
    shocks: Mapping[str, ShockInput],
    incidents: tuple[IncidentInput, ...],
) -> SegmentInput:
    return SegmentInput(
        person_id=segment.person_id,
        segment_id=segment.segment_id,
        valid_from=segment.valid_from,
        valid_to=segment.valid_to or OPEN_END,
        eligible_days=period.overlap_days(segment.valid_from, segment.valid_to) - leave_days,
        period_days=period.days,
        role=segment.role,
        level=segment.level,
        team_id=segment.team_id,
        scheme_id=segment.scheme_id,
        bonus_base=segment.bonus_base,
        readings=readings,
        carried=carried,
        communities=communities,
        leave_days=leave_days,
        own_kpi=own_kpi.kpi_id if own_kpi else "",
        own_kpi_row=own_kpi.source_row if own_kpi else 0,
        row=segment.source_row,
        month_days=month_days,
        shocks=shocks,
        incidents=incidents,
    )


def own_kpi(rows: Iterable[IndividualKpi], segment: Segment, period: Period) -> IndividualKpi | None:
    """The KPI agreed on for the individual slot: of the person's rows that which holds on the segment's last day."""
    last = min(segment.valid_to or OPEN_END, period.end) - timedelta(days=1)
    return next((row for row in rows if row.covers(last)), None)


def draft(
    company: Company,
    warehouse_file: Path,
    scored: ScoredPeriod,
    inputs: Inputs,
    file_names: Mapping[str, str],
    protection: Mapping[str, Any],
) -> Built:
    """Write the draft of a scored period, or keep its sealed revision when nothing changed.

    Args:
        company: the company.
        warehouse_file: the finished warehouse, for evidence and findings.
        scored: the scored period.
        inputs: what the period was computed from.
        file_names: name of the file by content id, for the evidence.
        protection: the declaration of masking and access, for the certificate.
    """
    period = scored.period
    people = people_by_key(company)
    # without a card there is nobody to show a record to
    evidence, totals = evidence_of(warehouse_file, period, people, file_names) if scored.result.people else ({}, {})
    catalogue = warehouse.catalogue(warehouse_file)

    def traces_now(month: Month) -> list[dict[str, Any]]:
        return [person.to_dict() for person in score(company, warehouse_file, month).result.people]

    trends = replace(
        trends_of(company, warehouse_file, period, file_names),
        since_seals=since_seals(company.home, period, traces_now),
    )

    led = _reporting_lines(company)

    def of_earlier(bundle: Mapping[str, Any]) -> dict[str, Any]:
        lists = lists_of(company, period, catalogue, trends, bundle)
        return lists if led is None else lists | history_of(company, led, period, bundle)

    findings = warehouse.findings(warehouse_file, period)
    certificate = certificate_part(warehouse.certificate(warehouse_file, period), findings, catalogue, protection)
    built = build_draft(
        company.home,
        company,
        period,
        scored.result.people,
        [*scored.result.pools, *scored.result.shares],
        evidence,
        notes_of(company, period, findings, people),
        inputs,
        {"code": code_version(), "scheme": scored.scheme_versions},
        catalogue=catalogue,
        evidence_totals=totals,
        what_if={person: [one.to_dict() for one in asked] for person, asked in what_ifs(scored.result).items()},
        pools_beside=scored.pools_beside,
        certificate=certificate,
        of_earlier=of_earlier,
    )
    incidents = incidents_of(company, warehouse_file, period)
    said = tuple(without_effect(company, period, scored.result.people, incidents))
    untold = (
        () if led is not None else (f"{REPORTING_LINES.path} cannot be read, so the cards show no earlier periods.",)
    )
    return replace(built, messages=(*built.messages, *said, *untold))


def _reporting_lines(company: Company) -> tuple[ReportingLine, ...] | None:
    """Who leads whom; None where the file cannot be read: no number depends on it, so it must not stop a run."""
    try:
        return read_reporting_lines(company.home, company.people)
    except InputError:
        return None
