"""The trace: everything that led to a person's score and bonus, as one JSON-able dictionary.

Belongs here: the records of the trace and their `to_dict()`. Does not belong here: computing any of it.

`PersonTrace.to_dict()` (keys sorted; numbers are strings with at most 12 decimals, amounts have exactly 2; absent is
null)::

    period, period_type, person_id, currency
    scheme            {id, version, title {zh, en}} of the last segment; empty strings when there is none
    segments[]        segment_id, from, to ("" when open), eligible_days, period_days, role, level, team_id, bonus_base,
                      scheme_id, scheme_version
        score         over the known weight, exact; null when nothing is known
        score_low, score_high   the least and the most that the score can become when withheld readings arrive
        known_weight, held_weight   of 100, after redistribution
        components[]  {id, title, weight, effective_weight, score}
        lines[]       kpi_id, component, dimension, req, weight (scheme), effective_weight (not-applicable weight
                      redistributed), held_weight (effective weight of a withheld line, else 0), method, direction,
                      unit, value, numerator, denominator, n_records,
                      baseline, threshold, target, stretch (prorated to the segment; threshold and stretch are the
                      values at the first point of the curve and at the first above 100), target_full (whole period),
                      target_share (eligible days / period days of an additive KPI, else 1), target_source,
                      attainment (%), attainment_formula, curve_kind, curve_points [[attainment %, points], ...],
                      anchor_low, anchor_high ([attainment %, points] around the attainment; null beyond the ends),
                      place (below_threshold | between | at_anchor | step | at_cap), interpolation (the formula with
                      its numbers), kpi_score_before (of KPI effects), kpi_score, weighted_points (of the segment's
                      score: effective_weight × kpi_score / known_weight), printed_points, status, reason_code,
                      reason_params; of a KPI that counts in longer periods also counts_by (quarter | year) and, where
                      its last reading is carried, carried {period, eligible_days, period_days}: value, target and
                      records are then of that period; of a KPI that is read for one community also community {id,
                      type, stage, days (on which the person runs it, by share), share (of all community days)};
                      of a KPI that the scheme measures on the team measured_on (team); of a cost that is weighed by
                      channel channels[] {channel, weight, target, spend, results, value, attainment}; of a KPI that
                      an event of a platform touches or that is compared with peers shock {...} (scoring.shocks); of a
                      ratio whose catalogue row gives an interval or a minimum, or that the scheme shrinks, size {n
                      (denominator), raw (value before shrinking), least, below, is_few, interval [low, high], shrinkage
                      {k, team_mean, team_n, team_open, interval}, too_close [values at which the curve jumps]}; of
                      one without the records of incidents of gaming left_out {raw (the value with them), records,
                      incidents, waiting_records, waiting_incidents (under appeal, they still count), if_rejected (the
                      value without those too)}
        monitors[]    {kpi_id, value, numerator, denominator, n_records, status, reason_code, reason_params}
        vetoes[]      {id, title, req, applied, status (applied | not_applied | no_review), value (mean review),
                      at_least, below, reviews [{reviewer_id, score, reason}], effect, amount, scope, of, points,
                      printed_points}
        gates[]       {id, title, req, applied, status (applied | not_applied | not_checked | not_applicable), kpi_id,
                      value, at_most (or at_least, the gate's one bound), when_withheld, reason_code, reason_params,
                      effect, amount, scope, of, points, printed_points; too_close: true where the bound lies within
                      the interval of the KPI}
        score_chance  only where a KPI has an interval: [low, high], the score as chance alone may have moved it
        notes[]       {code, label_key, params}
        gaming[]      only where the scheme takes points for evidence and there is some: {id (the rule), title, req,
                      applied, status (applied | not_applied: all dropped | suspended: an appeal is open, and the pay
                      that it would take is held), effect, amount (points), scope, of, points, printed_points, each
                      (points of a whole incident), cap (of the rule), max (of all rules), incidents [{incident_id,
                      subject, value, threshold, expected, n, from, to, share, state (standing | suspended |
                      dropped)}]}
        bonus_points  only where people granted some: {granted, max, counted, printed_points, req, items [{points,
                      reason, nominated_by, approved_by}]}; `counted` is added after the weights, before the effects on
                      the total
        computed_score  only where the score was calibrated: `score` before; score_low and score_high are `score` then
        bonus         {target, pool_id, earned, held}; pay by the own score has `individual` besides: by (base |
                      category | band), class_id, band_low, band_high (ids), titles {id: {zh, en}} of these, amount_low,
                      amount_high (a whole month), months, share (%), points_low, points_high (scores as pay reads
                      them), curve_kind, curve_points [[score, % of the amount]] (by band [[score, amount]]),
                      payout_low, payout_high (%), due_low, due_high (unrounded). `target` is what 100 points bring.
                      Where the scheme has shares that this period pays, `team_shares` besides, with amounts of their
                      own: [{share_id, title, req, of, rate, gain, gates, status (paid | withheld | gate_not_met |
                      no_gain | not_applicable), amount, mass, own {earned, held, points, days, weight, mass}}]
    score             eligible-day mean of the segments' scores, exact; null when nothing is known
    printed_score     rounded once, half-up, 2 decimals. The printed_points of all lines, vetoes, gates, bonus points
                      and the calibration sum to it
    bonus             steps[] {segment_id ("" for the person), code, label_key, formula, value} in the order of pay,
                      target, earned, held (at most still to be paid), adjustments[] {amount, reason, approved_by},
                      payable (= earned + adjustments + extras); extras[] only where there are any: {kind (award |
                      piece_rate | true_up | guarantee), segment_id, amount, held, reason, approved_by}, of an award
                      also `award`, of a guarantee brings, present and scheme,
                      of a piece rate id, title, req, kpi_id, value, numerator, denominator, n_records, per, rate, cap,
                      status, reason_code, reason_params, of a true-up scheme_id, req, of, negative, status (settled |
                      waits | not_scored), months [{month, amount, revision}], missing (periods without a seal), parts
                      [{segment_id, amount, share, month_days, payout, due}], due_low, due_high, paid, balance_of,
                      balance_before, balance_after. `held` of the person has theirs in it
    calibration       only where somebody decided: {status (applied | score_changed | not_complete | not_scored), seen,
                      computed, decided, printed_points (of an applied one), reason, decided_by, meeting}
    appeals[]         only where there are any: {kpi_id ("" for the card), what, filed_on, outcome, decided_by, reason}
    beside[]          only where another scheme scores segments of the person too: {mode (shadow | guarantee), scheme
                      {id, version, title}, status (no_effect | due | not_due | waits | not_scored), present_score,
                      other_score, present, brings (what the same segments bring now and by the other scheme), top_up
                      (also in extras), trace (a trace like this one, by the other scheme)}
    notes[]           of the person

`weighted_points` is before effects on components and the total, which stand in `vetoes` and `gates` as points of their
own; an effect on a single KPI is already in its `kpi_score`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pipelines.schemes.model import Component, Gate, Scheme, Veto
from pipelines.scoring.beside import Beside
from pipelines.scoring.channels import ChannelPart
from pipelines.scoring.channels import formula as channel_formula
from pipelines.scoring.curves import Reading
from pipelines.scoring.decisions import AppealInput, Calibration, GrantedPoints
from pipelines.scoring.effects import Decision
from pipelines.scoring.extras import Extra
from pipelines.scoring.gaming import Deduction
from pipelines.scoring.individual import OwnPay
from pipelines.scoring.inputs import OPEN_END, AdjustmentInput, CarriedReading, CommunityInput, KpiReading, SegmentInput
from pipelines.scoring.intervals import Interval
from pipelines.scoring.numbers import HUNDRED, ONE, ZERO, money, plain, shown
from pipelines.scoring.shocks import LineShock
from pipelines.scoring.targets import Goal
from pipelines.scoring.team_shares import OwnShare
from pipelines.scoring.told import anchor, gaming_dict, gate_dict, label, monitor, params, veto_dict


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a reader must know; `code` has the text `schemes.note.<code>`."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the note for the trace."""
        return {
            "code": self.code,
            "label_key": f"schemes.note.{self.code}",
            "params": dict(sorted(self.params.items())),
        }


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the order of pay, with its numbers put in."""

    segment_id: str
    code: str
    formula: str
    value: str

    def to_dict(self) -> dict[str, str]:
        """Return the step for the trace."""
        return {
            "code": self.code,
            "formula": self.formula,
            "label_key": f"schemes.step.{self.code}",
            "segment_id": self.segment_id,
            "value": self.value,
        }


@dataclass(slots=True)
class LineTrace:
    """One KPI line of a segment. `low` and `high` bound its score while its data is withheld."""

    kpi_id: str
    component: str
    weight: Decimal
    dimension: str
    req: str
    direction: str
    unit: str
    method: str
    reading: KpiReading | None
    status: str
    reason_code: str
    reason_params: Mapping[str, Any]
    counts_by: str = "month"
    community: CommunityInput | None = None
    share: Decimal = ONE
    carried: CarriedReading | None = None
    measured_on: str = "person"
    channels: list[ChannelPart] = field(default_factory=list)
    goal: Goal | None = None
    shock: LineShock | None = None
    too_close: list[Decimal] = field(default_factory=list)
    attainment: Decimal | None = None
    on_curve: Reading | None = None
    score_before: Decimal | None = None
    score: Decimal | None = None
    low: Decimal = ZERO
    high: Decimal = ZERO
    effective_weight: Decimal = ZERO
    weighted_points: Decimal | None = None
    printed_points: Decimal | None = None

    @property
    def is_withheld(self) -> bool:
        """Whether the line's pay is held."""
        return self.status == "withheld"

    def to_dict(self) -> dict[str, Any]:
        """Return the line for the trace."""
        reading, goal = self.reading, self.goal
        return {
            "anchor_high": anchor(self.on_curve.high if self.on_curve else None),
            "anchor_low": anchor(self.on_curve.low if self.on_curve else None),
            "attainment": plain(self.attainment),
            "attainment_formula": self._attainment_formula(),
            "baseline": plain(goal.baseline) if goal else None,
            "component": self.component,
            "curve_kind": goal.kind if goal else "",
            "curve_points": [anchor(point) for point in goal.points] if goal else [],
            "denominator": plain(reading.denominator) if reading else None,
            "dimension": self.dimension,
            "direction": self.direction,
            "effective_weight": plain(self.effective_weight),
            "held_weight": plain(self.effective_weight if self.is_withheld else ZERO),
            "interpolation": self._interpolation(),
            "kpi_id": self.kpi_id,
            "kpi_score": plain(self.score),
            "kpi_score_before": plain(self.score_before),
            "method": self.method,
            "n_records": reading.n_records if reading else 0,
            "numerator": plain(reading.numerator) if reading else None,
            "place": self.on_curve.place if self.on_curve else "",
            "printed_points": None if self.printed_points is None else money(self.printed_points),
            "reason_code": self.reason_code,
            "reason_params": params(self.reason_params),
            "req": self.req,
            "status": self.status,
            "stretch": plain(goal.stretch) if goal else None,
            "target": plain(goal.target) if goal else None,
            "target_full": plain(goal.full_target) if goal else None,
            "target_share": plain(goal.share) if goal else None,
            "target_source": goal.source if goal else "",
            "threshold": plain(goal.threshold) if goal else None,
            "unit": self.unit,
            "value": plain(reading.value) if reading else None,
            "weight": plain(self.weight),
            "weighted_points": plain(self.weighted_points),
        } | self._special()

    def _special(self) -> dict[str, Any]:
        """What a line says of periods where its KPI does not count in every month, of its community, of its team."""
        told: dict[str, Any] = {} if self.counts_by == "month" else {"counts_by": self.counts_by}
        if self.community is not None:
            told["community"] = {
                "days": plain(self.community.days),
                "id": self.community.community_id,
                "share": plain(self.share),
                "stage": self.community.stage,
                "type": self.community.type,
            }
        if self.carried is not None:
            told["carried"] = {
                "eligible_days": self.carried.eligible_days,
                "period": self.carried.period,
                "period_days": self.carried.period_days,
            }
        if self.channels:
            told["channels"] = [part.to_dict() for part in self.channels]
        if self.shock is not None:
            scored = self.reading.value if self.reading and self.attainment is not None else None
            told["shock"] = self.shock.to_dict(scored)
        if self.reading is not None and self.reading.size is not None and self.reading.size.is_telling:
            told["size"] = self.reading.size.to_dict(self.too_close)
        if self.reading is not None and self.reading.left_out is not None:
            told["left_out"] = self.reading.left_out.to_dict()
        return told if self.measured_on == "person" else told | {"measured_on": self.measured_on}

    def _interpolation(self) -> str:
        if self.on_curve is None or self.attainment is None:
            return ""
        return self.on_curve.formula(self.attainment)

    def _attainment_formula(self) -> str:
        goal, value = self.goal, self.reading.value if self.reading else None
        if goal is None or value is None or self.attainment is None:
            return ""
        if self.channels:
            return channel_formula(self.channels, self.attainment)
        actual, target, result = shown(value), shown(goal.target), f"{shown(self.attainment)} %"
        if self.method == "baseline" and goal.baseline is not None:
            base = shown(goal.baseline)
            return f"({actual} − {base}) / ({target} − {base}) = {result}"
        if self.method == "linear":
            return f"2 − {actual} / {target} = {result}"
        if self.method == "ratio":
            return (
                f"{actual} / {target} = {result}" if self.direction == "higher" else f"{target} / {actual} = {result}"
            )
        sign = "+" if self.direction == "higher" else "−"
        return f"1 {sign} ({actual} − {target}) / {shown(goal.scale or HUNDRED)} = {result}"


@dataclass(slots=True)
class ComponentTrace:
    """One component of a segment's score."""

    component: Component
    effective_weight: Decimal
    score: Decimal | None

    def to_dict(self) -> dict[str, Any]:
        """Return the component for the trace."""
        return {
            "effective_weight": plain(self.effective_weight),
            "id": self.component.id,
            "score": plain(self.score),
            "title": label(self.component.title),
            "weight": plain(self.component.weight),
        }


@dataclass(slots=True)
class PoolMember:
    """What one segment takes from its pool. `mass` is points × days (× target bonus), `cap` the personal cap."""

    person_id: str
    segment_id: str
    days: int
    low_points: Decimal
    high_points: Decimal
    weight: Decimal
    low_mass: Decimal
    high_mass: Decimal
    cap: Decimal = ZERO
    over_cap: Decimal = ZERO
    earned: Decimal = ZERO
    held: Decimal = ZERO

    def to_dict(self) -> dict[str, Any]:
        """Return the member's row of the pool."""
        return {
            "cap": money(self.cap),
            "days": self.days,
            "earned": money(self.earned),
            "held": money(self.held),
            "mass_high": plain(self.high_mass),
            "mass_low": plain(self.low_mass),
            "over_cap": money(self.over_cap),
            "person_id": self.person_id,
            "points_high": plain(self.high_points),
            "points_low": plain(self.low_points),
            "segment_id": self.segment_id,
            "weight": plain(self.weight),
        }


@dataclass(slots=True)
class SegmentTrace:
    """One segment of a person: its lines, its effects, its score, its part of the bonus.

    Attributes:
        score: over the known weight; None when no applicable line is known.
        low: the least that the score over all applicable weight can become.
        high: the most that it can become.
        known_weight: effective weight of the lines that are known, of 100.
        is_scorable: whether any KPI applies.
        target: target bonus, prorated, unrounded.
        earned: paid now, whole cents.
        held: at most still to be paid, whole cents.
        member: its row of the pool; None where it is in none.
        own: its pay by the own score; None where a pool pays, or no KPI applies.
        shares: its parts of what the team gained, besides `earned` and `held`.
        base_score: over the known weight before bonus points and effects on the total.
        granted: bonus points that people granted; None where there are none, or the scheme takes none.
        computed: `score` before a calibration; None unless calibrated.
        extras: what is paid by the piece.
        chance: `score` as chance alone may have moved it; None where no KPI has an interval.
    """

    segment: SegmentInput
    scheme: Scheme | None
    components: list[ComponentTrace] = field(default_factory=list)
    lines: list[LineTrace] = field(default_factory=list)
    monitors: list[KpiReading] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    score: Decimal | None = None
    base_score: Decimal | None = None
    low: Decimal = ZERO
    high: Decimal = ZERO
    known_weight: Decimal = ZERO
    is_scorable: bool = False
    target: Decimal = ZERO
    pool_id: str = ""
    earned: Decimal = ZERO
    held: Decimal = ZERO
    member: PoolMember | None = None
    own: OwnPay | None = None
    shares: list[OwnShare] = field(default_factory=list)
    granted: GrantedPoints | None = None
    computed: Decimal | None = None
    extras: list[Extra] = field(default_factory=list)
    chance: Interval | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the segment for the trace."""
        given = self.segment
        return {
            "bonus": {
                "earned": money(self.earned),
                "held": money(self.held),
                "pool_id": self.pool_id,
                "target": plain(self.target),
            }
            | ({} if self.own is None else {"individual": self.own.to_dict()})
            | ({"team_shares": [share.to_dict() for share in self.shares]} if self.shares else {}),
            "bonus_base": plain(given.bonus_base),
            "components": [component.to_dict() for component in self.components],
            "eligible_days": given.eligible_days,
            "from": given.valid_from.isoformat(),
            "gates": [gate_dict(d) for d in self.decisions if isinstance(d.rule, Gate)],
            "held_weight": plain(HUNDRED - self.known_weight if self.is_scorable else ZERO),
            "known_weight": plain(self.known_weight),
            "level": given.level,
            "lines": [line.to_dict() for line in self.lines],
            "monitors": [monitor(reading) for reading in self.monitors],
            "notes": [note.to_dict() for note in self.notes],
            "period_days": given.period_days,
            "role": given.role,
            "scheme_id": given.scheme_id,
            "scheme_version": self.scheme.version if self.scheme else "",
            "score": plain(self.score),
            "score_high": plain(self.high),
            "score_low": plain(self.low),
            "segment_id": given.segment_id,
            "team_id": given.team_id,
            "to": "" if given.valid_to >= OPEN_END else given.valid_to.isoformat(),
            "vetoes": [veto_dict(d) for d in self.decisions if isinstance(d.rule, Veto)],
        } | self._decided()

    def _decided(self) -> dict[str, Any]:
        """What people decided about the score and what chance may have done to it, where either is so."""
        told: dict[str, Any] = {} if self.granted is None else {"bonus_points": self.granted.to_dict()}
        if self.chance is not None:
            told["score_chance"] = [plain(self.chance.low), plain(self.chance.high)]
        if taken := [gaming_dict(d) for d in self.decisions if isinstance(d.rule, Deduction)]:
            told["gaming"] = taken
        if self.computed is not None:
            told["computed_score"] = plain(self.computed)
        return told


@dataclass(slots=True)
class PersonTrace:
    """One person's period, whole."""

    period: str
    period_type: str
    person_id: str
    currency: str
    segments: list[SegmentTrace]
    score: Decimal | None = None
    printed_score: Decimal | None = None
    target: Decimal = ZERO
    earned: Decimal = ZERO
    held: Decimal = ZERO
    adjustments: tuple[AdjustmentInput, ...] = ()
    extras: tuple[Extra, ...] = ()
    calibration: Calibration | None = None
    appeals: tuple[AppealInput, ...] = ()
    payable: Decimal = ZERO
    beside: tuple[Beside, ...] = ()
    notes: list[Note] = field(default_factory=list)
    write_steps: Callable[[PersonTrace], list[Step]] | None = field(default=None, repr=False)

    @property
    def steps(self) -> list[Step]:
        """The steps of the bonus, written when they are asked for: a large run may not print every card."""
        return self.write_steps(self) if self.write_steps else []

    def to_dict(self) -> dict[str, Any]:
        """Return the trace; the module's docstring is its schema."""
        scheme = next((segment.scheme for segment in reversed(self.segments) if segment.scheme), None)
        return {
            "bonus": {
                "adjustments": [
                    {"amount": money(item.amount), "approved_by": item.approved_by, "reason": item.reason}
                    for item in self.adjustments
                ],
                "earned": money(self.earned),
                "held": money(self.held),
                "payable": money(self.payable),
                "steps": [step.to_dict() for step in self.steps],
                "target": money(self.target),
            }
            | ({"extras": [extra.to_dict() for extra in self.extras]} if self.extras else {}),
            "currency": self.currency,
            "notes": [note.to_dict() for note in self.notes],
            "period": self.period,
            "period_type": self.period_type,
            "person_id": self.person_id,
            "printed_score": None if self.printed_score is None else money(self.printed_score),
            "scheme": {
                "id": scheme.scheme_id if scheme else "",
                "title": label(scheme.title) if scheme else {"en": "", "zh": ""},
                "version": scheme.version if scheme else "",
            },
            "score": plain(self.score),
            "segments": [segment.to_dict() for segment in self.segments],
        } | self._decided()

    def _decided(self) -> dict[str, Any]:
        """What people decided about the person, and what stands beside the score, where there is any."""
        told: dict[str, Any] = {"appeals": [appeal.to_dict() for appeal in self.appeals]} if self.appeals else {}
        if self.calibration is not None:
            told["calibration"] = self.calibration.to_dict()
        if self.beside:
            told["beside"] = [one.to_dict() for one in self.beside]
        return told


@dataclass(slots=True)
class PoolTrace:
    """The pool of one team under one scheme: amount = Σ earned + Σ held + undistributed, to the cent.

    Attributes:
        target_sum: Σ prorated target bonuses, unrounded.
        attainment_low: of the team, withheld KPIs at 0; equals `attainment_high` when nothing is withheld.
        attainment_high: withheld KPIs at the scheme's attainment cap.
        factor_low: per cent, of `attainment_low`.
        factor_high: per cent, of `attainment_high`.
        amount: target_sum × factor_high, rounded once.
        mass: Σ high_mass of the members, by which the amount is divided.
    """

    pool_id: str
    scheme_id: str
    team_id: str
    currency: str
    target_sum: Decimal = ZERO
    attainment_low: Decimal | None = None
    attainment_high: Decimal | None = None
    factor_low: Decimal = HUNDRED
    factor_high: Decimal = HUNDRED
    amount_low: Decimal = ZERO
    amount: Decimal = ZERO
    mass: Decimal = ZERO
    members: list[PoolMember] = field(default_factory=list)
    earned: Decimal = ZERO
    held: Decimal = ZERO
    undistributed: Decimal = ZERO
    notes: list[Note] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Return the pool's reconciliation, sorted keys, numbers as strings."""
        return {
            "amount": money(self.amount),
            "attainment_high": plain(self.attainment_high),
            "attainment_low": plain(self.attainment_low),
            "currency": self.currency,
            "earned": money(self.earned),
            "factor_high": plain(self.factor_high),
            "factor_low": plain(self.factor_low),
            "held": money(self.held),
            "mass": plain(self.mass),
            "members": [member.to_dict() for member in self.members],
            "notes": [note.to_dict() for note in self.notes],
            "pool_id": self.pool_id,
            "scheme_id": self.scheme_id,
            "target_sum": plain(self.target_sum),
            "team_id": self.team_id,
            "undistributed": money(self.undistributed),
        }
