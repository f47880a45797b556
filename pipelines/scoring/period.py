"""A whole period: everybody's scores, all pools, the ledger.

Belongs here: the order of the work, roll-up of segments to persons, adjustments, the one rounding of the score. Does
not belong here: the score of a segment (`segments`), the split of a pool (`pools`), pay by the own score
(`individual`), shares of what a team gained (`team_shares`), what people decided (`decisions`) and is paid besides
(`extras`), how steps are written (`steps`).

Order of pay (design.md, invariant 6): eligibility -> veto -> gate -> KPI scores -> weights -> bonus points ->
multiplier -> calibration -> proration -> pool over points x days -> personal caps -> adjustments, awards, piece rates,
true-ups and guarantees -> rounding. Pay meets whole cents only once: where the pool is split by largest remainder, or
where a person's own bonus is summed up; caps are whole cents too, and adjustments and awards come in whole cents.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, localcontext
from functools import partial
from typing import Protocol, TypeVar

from pipelines.company.findings import Finding, InputError
from pipelines.schemes.model import CurveRule, KpiRule, Scheme
from pipelines.scoring import ledger as books
from pipelines.scoring.beside import WAITS, OtherScore, compare
from pipelines.scoring.chance import steps_within
from pipelines.scoring.decisions import Decided, DecisionInput, calibrate, remarks
from pipelines.scoring.decisions import by_person as decided_by_person
from pipelines.scoring.extras import Extra, awards, piece_rates
from pipelines.scoring.individual import own_pay, settle, target_amount, uncovered
from pipelines.scoring.inputs import (
    AdjustmentInput,
    FinanceInput,
    PaidInput,
    ReviewInput,
    SegmentInput,
    TargetInput,
)
from pipelines.scoring.ledger import LedgerEntry
from pipelines.scoring.numbers import CENT, CONTEXT, ZERO, apportion, round_once, shown
from pipelines.scoring.plans import PlannedLine, RolePlan, plan_communities, plan_role, slot_of
from pipelines.scoring.pools import distribute
from pipelines.scoring.proration import prorate
from pipelines.scoring.segments import score_segment
from pipelines.scoring.share_steps import share_notes
from pipelines.scoring.small_numbers import with_small_numbers
from pipelines.scoring.steps import person_steps
from pipelines.scoring.targets import Goal, goal_of, target_findings
from pipelines.scoring.team_readings import with_team_readings
from pipelines.scoring.team_shares import ShareTrace, share_out
from pipelines.scoring.trace import Note, PersonTrace, PoolTrace, SegmentTrace
from pipelines.scoring.true_ups import true_ups
from pipelines.texts import text

TargetKey = tuple[str, str, str]
_Item = TypeVar("_Item", ReviewInput, AdjustmentInput, PaidInput, OtherScore)


class PeriodLike(Protocol):
    """What scoring needs of a Month, Quarter or Year; `str()` names it."""

    @property
    def period_type(self) -> str:
        """`month`, `quarter` or `year`."""

    @property
    def start(self) -> date:
        """The first day of the period."""

    @property
    def months(self) -> Sequence[object]:
        """The calendar months of the period."""


@dataclass(frozen=True, slots=True)
class Given:
    """All that a period was scored from, as `score_period` takes it."""

    period: PeriodLike
    currency: str
    schemes: Mapping[str, Scheme]
    segments: tuple[SegmentInput, ...]
    targets: Mapping[TargetKey, TargetInput]
    reviews: tuple[ReviewInput, ...] = ()
    adjustments: tuple[AdjustmentInput, ...] = ()
    finance: tuple[FinanceInput, ...] = ()
    decisions: tuple[DecisionInput, ...] = ()
    paid: tuple[PaidInput, ...] = ()
    others: tuple[OtherScore, ...] = ()


@dataclass(slots=True)
class PeriodResult:
    """The outcome of a period; persons by id, pools by id, team shares in the schemes' order.

    `given` is what it came from, for whoever asks what another reading would have brought (`what_if`).
    """

    people: list[PersonTrace]
    pools: list[PoolTrace]
    given: Given = field(repr=False)
    ledger: list[LedgerEntry] = field(default_factory=list)
    shares: list[ShareTrace] = field(default_factory=list)


def score_period(
    period: PeriodLike,
    currency: str,
    schemes: Mapping[str, Scheme],
    segments: Iterable[SegmentInput],
    targets: Mapping[TargetKey, TargetInput] | None = None,
    reviews: Iterable[ReviewInput] = (),
    adjustments: Iterable[AdjustmentInput] = (),
    finance: Iterable[FinanceInput] = (),
    decisions: Iterable[DecisionInput] = (),
    paid: Iterable[PaidInput] = (),
    others: Iterable[OtherScore] = (),
) -> PeriodResult:
    """Score everybody, split every pool and every team share.

    Args:
        period: Month, Quarter or Year.
        currency: of all amounts.
        schemes: by scheme id; every scheme id of a segment must be there (an empty scheme id means none).
        segments: of all persons, in any order; the order changes nothing.
        targets: by (person, segment, KPI), for the whole period; where absent, the scheme's default holds.
        reviews: content-quality reviews of the period.
        adjustments: bonus lines of the period.
        finance: profit and its target, for this very period.
        decisions: bonus points, awards, calibrations and appeals of the period, in any order.
        paid: what the months of the period paid, of everybody whose scheme trues them up in this kind of period.
        others: what stands beside the score, worked out by other schemes before; a guarantee among them is paid.

    Raises:
        InputError: with every wrong target, unknown scheme and too fine adjustment, before anything is scored.
        ConservationError: when money does not add up, which would be a defect of this package.
    """
    given = Given(
        period, currency, schemes, tuple(segments), targets or {}, tuple(reviews), tuple(adjustments), tuple(finance),
        tuple(decisions), tuple(paid), tuple(others),
    )  # fmt: skip
    return scored(given)


def scored(given: Given) -> PeriodResult:
    """Score a period from all that it is given; see `score_period`."""
    with localcontext(CONTEXT):
        run = _Run(given)
        run.check(given)
        return _result(run, given)


class Rescoring:
    """Scores the people of a period again and again, with nothing changed but the values of their readings.

    What does not hang on a changed reading - plans of roles, goals of lines, the checks, the lines of colleagues - is
    worked out once. `given` must have been scored before, which has checked it.
    """

    def __init__(self, given: Given):
        self._run = _RunAgain(given)

    def scored(self, given: Given) -> PeriodResult:
        """Score with other readings.

        Args:
            given: as at the start, but for segments in whose place stand others with other readings.
        """
        with localcontext(CONTEXT):
            return _result(self._run, given)


def _result(run: _Run, given: Given) -> PeriodResult:
    schemes = given.schemes
    # the plans of communities hold readings, and those that were checked are not yet as they count
    run.forget_communities()
    ordered = run.as_counted(_in_order(given.segments))
    own_reviews, own_adjustments, own_paid, beside = (
        _by_person(given.reviews), _by_person(given.adjustments), _by_person(given.paid), _by_person(given.others),
    )  # fmt: skip
    decided = decided_by_person(given.decisions)
    traces = [run.score(segment, own_reviews.get(segment.person_id, []), decided) for segment in ordered]
    by_person: dict[str, list[SegmentTrace]] = {person: [] for person in own_adjustments}
    by_person |= {person: [] for person, own in decided.items() if own.awards}
    by_person |= {person: [] for person in own_paid}
    for trace in traces:
        by_person.setdefault(trace.segment.person_id, []).append(trace)
    people = [_scored(run, person, by_person[person], decided.get(person, Decided())) for person in sorted(by_person)]
    for trace in traces:
        run.pay(trace)
    pools = run.split_pools(traces)
    shares = share_out(schemes, traces, given.finance, run.period, run.period_type, given.currency)
    for trace in traces:
        trace.notes += share_notes(trace)
    by_id = {pool.pool_id: pool for pool in pools}
    for person in people:
        settled = true_ups(run.period_type, schemes, person.segments, own_paid.get(person.person_id, []))
        own_decided, own_others = decided.get(person.person_id), beside.get(person.person_id, [])
        adjusted = own_adjustments.get(person.person_id, [])
        _paid(run, person, adjusted, own_decided, settled, own_others, by_id)
    booked = books.entries(people, [*pools, *shares])
    books.check_conservation(booked, people, [*pools, *shares])
    return PeriodResult(people, pools, given, booked, shares)


def _in_order(segments: Iterable[SegmentInput]) -> list[SegmentInput]:
    return sorted(segments, key=lambda segment: (segment.person_id, segment.valid_from, segment.segment_id))


class _Run:
    """One period's fixed data, with the plans of roles and the goals of lines that many persons share."""

    def __init__(self, given: Given):
        self.period = str(given.period)
        self.period_type = given.period.period_type
        self.start = given.period.start
        self.months = len(given.period.months)
        self.currency = given.currency
        self.schemes = given.schemes
        self.targets: dict[tuple[str, str], dict[str, TargetInput]] = defaultdict(dict)
        for (person, segment, kpi), target in given.targets.items():
            self.targets[person, segment][kpi] = target
        self._plans: dict[tuple[str, str, str, str], RolePlan | None] = {}
        self._own_plans: dict[tuple[str, str], RolePlan | None] = {}
        self._goals: dict[tuple[int, TargetInput | None, int, Decimal, int], Goal | None] = {}

    def targets_of(self, segment: SegmentInput) -> Mapping[str, TargetInput]:
        return self.targets.get((segment.person_id, segment.segment_id), {})

    def plan(self, segment: SegmentInput) -> RolePlan | None:
        """The plan of a segment; by its communities where its role is measured by them and the person runs any."""
        scheme = self.schemes.get(segment.scheme_id)
        role = scheme.roles.get(segment.role) if scheme else None
        if scheme and role and role.by_community and segment.communities:
            name = (segment.person_id, segment.segment_id)
            if name not in self._own_plans:
                self._own_plans[name] = plan_communities(scheme, segment, self.period_type)
            return self._own_plans[name]
        key = (segment.scheme_id, segment.role, segment.level, segment.own_kpi)
        if key not in self._plans:
            self._plans[key] = plan_role(scheme, segment.role, segment.level, segment.own_kpi) if scheme else None
        return self._plans[key]

    def goal(
        self,
        rule: KpiRule,
        curve: CurveRule,
        given: TargetInput | None,
        months: int,
        eligible_days: Decimal,
        period_days: int,
    ) -> Goal | None:
        # A rule lives as long as its scheme, which this run holds: its identity is a cheap key.
        key = (id(rule), given, months, eligible_days, period_days)
        if key not in self._goals:
            self._goals[key] = goal_of(rule, curve, given, months, eligible_days, period_days)
        return self._goals[key]

    def as_counted(self, segments: Sequence[SegmentInput]) -> list[SegmentInput]:
        """The segments with the readings of their teams, and all readings as small numbers count."""
        return with_small_numbers(with_team_readings(segments, self.schemes), self.schemes)

    def forget_communities(self) -> None:
        """Drop the plans that hold readings: those of people who are scored by their communities."""
        self._own_plans.clear()

    def check(self, given: Given) -> None:
        segments = _in_order(given.segments)
        adjustments, decided = _by_person(given.adjustments), decided_by_person(given.decisions)
        names = [(segment.person_id, segment.segment_id) for segment in segments]
        if len(set(names)) != len(names):
            twice = sorted(name for name, count in Counter(names).items() if count > 1)
            raise ValueError(f"segments given twice: {twice}")
        findings = [
            _finding("people/scheme_assignments.csv", 0, "scheme_id", scheme_id, "schemes.no_scheme", scheme=scheme_id)
            for scheme_id in sorted({segment.scheme_id for segment in segments} - {""} - set(self.schemes))
        ]
        findings += [
            _finding("reviews/adjustments.csv", item.row, "amount", str(item.amount), "schemes.adjustment.cents")
            for items in adjustments.values()
            for item in items
            if item.amount != round_once(item.amount)
        ]
        findings += [
            _finding("reviews/award_approvals.csv", item.row, "amount", str(item.amount), "schemes.adjustment.cents")
            for own in decided.values()
            for item in own.awards
            if item.amount != round_once(item.amount)
        ]
        planned = [(segment, plan) for segment in segments if (plan := self.plan(segment)) is not None]
        findings += [found for segment, plan in planned if (found := _wrong_choice(plan.scheme, segment)) is not None]
        findings += uncovered((segment, plan.scheme.individual) for segment, plan in planned if segment.eligible_days)
        findings += target_findings(
            (line.kpi_id, line.rule, line.curve, target)
            for segment, plan in planned
            for line in plan.lines
            for target in self._targets_of_line(segment, line)
        )
        if findings:
            raise InputError(findings)

    def _targets_of_line(self, segment: SegmentInput, line: PlannedLine) -> list[TargetInput | None]:
        """The targets that a line may be scored by: the period's own, and that of a carried reading."""
        if line.community is not None and line.kpi_id in line.community.targets:
            return [line.community.targets[line.kpi_id]]
        carried = segment.carried.get(line.kpi_id)
        own = self.targets_of(segment).get(line.kpi_id)
        return [own] if carried is None else [own, carried.target]

    def score(
        self, segment: SegmentInput, reviews: Sequence[ReviewInput], decided: Mapping[str, Decided]
    ) -> SegmentTrace:
        plan = self.plan(segment)
        scheme = self.schemes.get(segment.scheme_id)
        if plan is None or segment.eligible_days == 0:
            trace = SegmentTrace(segment, scheme)
            code = "not_eligible" if plan else "no_role" if scheme else "no_scheme"
            trace.notes.append(Note(code, {"role": segment.role} if code == "no_role" else {}))
            trace.notes += _leave(segment)
            return trace
        points = decided[segment.person_id].points if segment.person_id in decided else ()
        return score_segment(plan, segment, self.targets_of(segment), reviews, self.goal, self.period_type, points)

    def pay(self, trace: SegmentTrace) -> None:
        """Write the prorated target bonus of a segment, its pay by the own score and by the piece."""
        segment = trace.segment
        plan = self.plan(segment)
        if plan is None or segment.eligible_days == 0:
            return
        share, individual = plan.scheme.shares.of(self.period_type), plan.scheme.individual
        monthly = segment.bonus_base if individual is None else target_amount(individual, segment)
        trace.target = prorate(monthly * self.months, share, segment.eligible_days, segment.period_days)
        if individual is not None and trace.is_scorable:
            trace.own = own_pay(individual, segment, trace.low, trace.high, share, self.months)
            steps = [] if trace.chance is None else steps_within(individual, trace.chance.low, trace.chance.high)
            if steps:
                trace.notes.append(Note("too_close_pay", {"steps": ", ".join(shown(step) for step in steps)}))
        if not segment.bonus_base and (individual is None or individual.by == "base"):
            trace.notes.append(Note("no_bonus_base" if individual is None else "no_bonus_base_own"))
        elif not share and (plan.scheme.true_up is None or plan.scheme.true_up.of != self.period_type):
            trace.notes.append(Note("no_share"))
        trace.notes += _leave(segment)
        if plan.scheme.effective_from > self.start:
            since = plan.scheme.effective_from.isoformat()
            trace.notes.append(Note("scheme_since", {"since": since, "version": plan.scheme.version}))
        trace.extras = piece_rates(plan.scheme.piece_rates, segment, self.period_type)
        trace.notes += [Note("piece_rate_waits", {"rate": one.told["id"]}) for one in trace.extras if one.is_open]

    def split_pools(self, traces: Sequence[SegmentTrace]) -> list[PoolTrace]:
        members: dict[tuple[str, str], list[SegmentTrace]] = defaultdict(list)
        for trace in traces:
            if trace.is_scorable and trace.target > 0 and trace.own is None:
                members[trace.segment.scheme_id, trace.segment.team_id].append(trace)
        return [
            distribute(self.schemes[scheme_id], team_id, self.currency, members[scheme_id, team_id])
            for scheme_id, team_id in sorted(members)
        ]


class _RunAgain(_Run):
    """A run that scores a segment of its givens once, however often it is asked."""

    def __init__(self, given: Given):
        super().__init__(given)
        # both held here, so that no other segment can come to have the identity of one of them
        self._given = {id(segment): segment for segment in given.segments}
        self._own: dict[int, SegmentInput] = {}
        self._counted: dict[int, SegmentInput] = {}
        self._traces: dict[int, SegmentTrace] = {}

    def as_counted(self, segments: Sequence[SegmentInput]) -> list[SegmentInput]:
        found = super().as_counted(segments)
        return [self._kept(before, after) for before, after in zip(segments, found, strict=True)]

    def _kept(self, before: SegmentInput, after: SegmentInput) -> SegmentInput:
        """The very segment that was scored already, where it is one of the givens and counts as it did."""
        if id(before) not in self._given:
            return after
        kept = self._counted.setdefault(id(before), after)
        self._own[id(kept)] = kept
        return kept if kept == after else after

    def score(
        self, segment: SegmentInput, reviews: Sequence[ReviewInput], decided: Mapping[str, Decided]
    ) -> SegmentTrace:
        name = id(segment)
        if name not in self._own:
            return super().score(segment, reviews, decided)
        if name not in self._traces:
            self._traces[name] = super().score(segment, reviews, decided)
        kept = self._traces[name]
        # pay is written into the trace and notes are added to it: neither may reach what is kept
        return replace(kept, notes=list(kept.notes))


def _scored(run: _Run, person_id: str, segments: list[SegmentTrace], decided: Decided) -> PersonTrace:
    """A person with the score that pays: rolled up, and calibrated where people decided about this very score."""
    trace = PersonTrace(run.period, run.period_type, person_id, run.currency, segments)
    _roll_up(trace)
    for decision in decided.calibrations:
        trace.calibration = calibrate(trace, decision)
    for segment in segments:
        if segment.computed is not None:
            # people decided: chance has no say in it
            segment.chance = None
    trace.appeals = tuple(decided.appeals)
    trace.notes += [Note(code, params) for code, params in remarks(trace, decided)]
    return trace


def _paid(
    run: _Run,
    trace: PersonTrace,
    adjustments: Sequence[AdjustmentInput],
    decided: Decided | None,
    settled: Sequence[Extra],
    others: Sequence[OtherScore],
    pools: Mapping[str, PoolTrace],
) -> None:
    """Add up what a person gets."""
    segments = trace.segments
    settle(segments)
    pieces = (one for part in segments for one in part.extras)
    trace.beside = tuple(compare(segments, others))
    guarantees = (one.extra() for one in trace.beside if one.top_up)
    trace.extras = (*awards(decided.awards if decided else ()), *pieces, *settled, *guarantees)
    trace.notes += [
        Note(f"true_up_{one.told['status']}", {"of": ", ".join(one.told["missing"])})
        for one in settled
        if one.told["status"] != "settled"
    ]
    trace.target = round_once(sum((segment.target for segment in segments), ZERO))
    shared = [own.part for segment in segments for own in segment.shares]
    trace.earned = sum([*(one.earned for one in segments), *(part.earned for part in shared)], ZERO)
    held = [*(one.held for one in segments), *(part.held for part in shared), *(one.held for one in trace.extras)]
    trace.held = sum(held, ZERO)
    trace.adjustments = tuple(sorted(adjustments, key=lambda item: (item.row, item.amount, item.reason)))
    beside = [*(item.amount for item in trace.adjustments), *(extra.amount for extra in trace.extras)]
    trace.payable = trace.earned + sum(beside, ZERO)
    if not segments:
        trace.notes.append(Note("no_segment"))
    if any(one.status == WAITS for one in trace.beside):
        trace.notes.append(Note("guarantee_waits"))
    for other in others:
        if other.trace is None:
            trace.notes.append(Note("beside_partly", {"mode": other.mode, "scheme": other.scheme.scheme_id}))
    if trace.payable < 0:
        trace.notes.append(Note("negative_payable"))
    trace.write_steps = partial(person_steps, pools=pools, months=run.months)


def _roll_up(trace: PersonTrace) -> None:
    """Mean of the segments' scores by eligible days, rounded once; printed points sum to it.

    The days of a segment without a known score do not count: nothing is known of them, which is not zero.
    """
    scored = [segment for segment in trace.segments if segment.score is not None]
    days = sum(segment.segment.eligible_days for segment in scored)
    if not days:
        return
    total = sum(
        (segment.score * segment.segment.eligible_days for segment in scored if segment.score is not None), ZERO
    )
    trace.score = total / days
    trace.printed_score = round_once(trace.score)
    lines = [(line, seg) for seg in scored for line in seg.lines if line.weighted_points is not None]
    decisions = [(decision, seg) for seg in scored for decision in seg.decisions if decision.points]
    parts = [(line.weighted_points or ZERO) * seg.segment.eligible_days / days for line, seg in lines]
    parts += [decision.points * seg.segment.eligible_days / days for decision, seg in decisions]
    granted = [(seg.granted, seg) for seg in scored if seg.granted is not None]
    parts += [points.counted * seg.segment.eligible_days / days for points, seg in granted]
    printed = apportion(trace.printed_score, parts, CENT)
    for (line, _), points in zip(lines, printed, strict=False):
        line.printed_points = points
    for (decision, _), points in zip(decisions, printed[len(lines) :], strict=False):
        decision.printed = points
    for (own, _), points in zip(granted, printed[len(lines) + len(decisions) :], strict=True):
        own.printed = points


def _leave(segment: SegmentInput) -> list[Note]:
    return [Note("leave", {"days": str(segment.leave_days)})] if segment.leave_days else []


def _wrong_choice(scheme: Scheme, segment: SegmentInput) -> Finding | None:
    """What is wrong with the KPI that a person has agreed on: no slot for it, or none with this choice."""
    if not segment.own_kpi or not segment.eligible_days:
        return None
    slot = slot_of(scheme, segment)
    if slot is not None and segment.own_kpi in slot.choices:
        return None
    params = {"scheme": scheme.scheme_id, "role": segment.role, "known": ", ".join(slot.choices) if slot else ""}
    key = "schemes.slot.none" if slot is None else "schemes.slot.not_a_choice"
    return _finding("people/individual_kpis.csv", segment.own_kpi_row, "kpi_id", segment.own_kpi, key, **params)


def _by_person(items: Iterable[_Item]) -> dict[str, list[_Item]]:
    grouped: dict[str, list[_Item]] = defaultdict(list)
    for item in items:
        grouped[item.person_id].append(item)
    return grouped


def _finding(file: str, row: int, column: str, value: str, key: str, **params: str) -> Finding:
    return Finding(file, row, column, value, text(key, "en", **params), text(f"{key}.mend", "en", **params))
