"""The score of one segment: its lines, effective weights, effects, and the bounds that withheld data leaves.

Belongs here: everything between readings and a segment's score. Does not belong here: persons (`period`), money
(`pools`).

Three scores are carried side by side. `score` is over the known weight and is what a card prints. `low` and `high` are
the least and the most that the score over all applicable weight can become once withheld readings arrive: a withheld
line counts 0 in `low`, and in `high` the top of its curve or the best of the other lines if that is more. Pay uses the
bounds; without withheld lines all three agree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.schemes.model import MONTHS_OF, Component, CurveRule, KpiRule, Scheme
from pipelines.scoring.chance import ways
from pipelines.scoring.channels import by_channel, weighed
from pipelines.scoring.curves import read_curve
from pipelines.scoring.decisions import PointsInput, granted_points
from pipelines.scoring.effects import APPLIED, Decision, act, decide, in_order
from pipelines.scoring.gaming import deductions
from pipelines.scoring.inputs import ReviewInput, SegmentInput, TargetInput
from pipelines.scoring.intervals import Interval
from pipelines.scoring.numbers import HUNDRED, ZERO
from pipelines.scoring.plans import PlannedLine, RolePlan
from pipelines.scoring.shocks import meet
from pipelines.scoring.small_numbers import jumps_within
from pipelines.scoring.targets import Goal
from pipelines.scoring.trace import ComponentTrace, LineTrace, Note, SegmentTrace

#: (rule, curve, target of targets.csv or None, months, eligible days, days of the period) -> goal.
GoalOf = Callable[[KpiRule, CurveRule, TargetInput | None, int, Decimal, int], Goal | None]


def score_segment(
    plan: RolePlan,
    segment: SegmentInput,
    targets: Mapping[str, TargetInput],
    reviews: Sequence[ReviewInput],
    goal_of: GoalOf,
    period_type: str,
    points: Sequence[PointsInput] = (),
) -> SegmentTrace:
    """Score one segment.

    Args:
        plan: of the segment's role and level.
        segment: with at least one eligible day.
        targets: of the segment, by KPI id, from targets.csv.
        reviews: of the person in the period.
        goal_of: makes (or remembers) the goal of a line.
        period_type: month, quarter or year.
        points: bonus points that people granted the person in the period.
    """
    trace = SegmentTrace(segment, plan.scheme)
    taken = deductions(plan.scheme.gaming, segment.incidents)
    trace.decisions = decide(plan.vetoes, plan.gates, reviews, segment.readings, taken)
    active = [decision for decision in trace.decisions if decision.state != "not_applied"]
    for planned in plan.lines:
        line = _line(plan.scheme, planned, segment, targets.get(planned.kpi_id), goal_of, period_type)
        if active:
            _act_on_line(line, in_order(active, "kpi", line.kpi_id))
        trace.lines.append(line)
    _leave_room(trace.lines)
    trace.monitors = [segment.readings[kpi] for kpi in plan.monitors if kpi in segment.readings]
    parts = weigh(plan.components, trace.lines)
    trace.granted = granted_points(plan.scheme.bonus_points, points) if parts else None
    _roll_up(trace, parts, active)
    trace.notes = _notes(trace)
    return trace


def _line(
    scheme: Scheme,
    planned: PlannedLine,
    segment: SegmentInput,
    given: TargetInput | None,
    goal_of: GoalOf,
    period_type: str,
) -> LineTrace:
    rule, community = planned.rule, planned.community
    if community is not None:
        reading = community.readings.get(planned.kpi_id)
    else:
        reading = (segment.team_readings if rule.measured_on == "team" else segment.readings).get(planned.kpi_id)
    line = LineTrace(
        planned.kpi_id, planned.component, planned.weight, rule.dimension, rule.req, rule.direction, rule.unit,
        rule.method, reading, "withheld", "no_reading", {}, rule.period, community, planned.share,
        measured_on=rule.measured_on,
    )  # fmt: skip
    if not planned.is_enabled:
        line.status, line.reason_code = "not_applicable", "dimension_off"
        return line
    months, period_days = MONTHS_OF[period_type], segment.period_days
    given, eligible_days = _own_target(planned, segment, given)
    if not rule.counts_in(period_type):
        carries = scheme.longer_kpis is not None and scheme.longer_kpis.in_shorter == "carry_last"
        line.carried = segment.carried.get(planned.kpi_id) if carries else None
        if line.carried is None:
            line.status = "not_applicable"
            line.reason_code = f"no_{rule.period}_yet" if carries else f"counts_in_{rule.period}"
            return line
        line.reading = reading = line.carried.reading
        given, months = line.carried.target, line.carried.months
        eligible_days, period_days = Decimal(line.carried.eligible_days), line.carried.period_days
    line.goal = goal_of(rule, planned.curve, given, months, eligible_days, period_days)
    shock = None if line.carried else segment.shocks.get(planned.kpi_id)
    if shock is not None:
        days = (eligible_days, period_days)
        line.goal, line.shock = meet(
            shock, scheme.peer_control, planned.kpi_id, rule, given, months, line.goal,
            lambda moved: goal_of(rule, planned.curve, moved, months, *days),
        )  # fmt: skip
    # While a line is withheld it may still become anything up to the top of its curve.
    line.high = line.goal.most if line.goal else planned.curve.points[-1][1]
    if reading is None:
        return line
    line.status, line.reason_code, line.reason_params = reading.status, reading.reason_code, reading.reason_params
    if reading.value is None or reading.status not in ("ok", "provisional"):
        return line
    if line.goal is None:
        line.status, line.reason_code, line.reason_params = "withheld", "no_target", {}
        return line
    line.channels = by_channel(line.goal, reading.channels)
    line.attainment = weighed(line.channels) if line.channels else line.goal.attain(reading.value)
    line.on_curve = read_curve(line.goal.kind, line.goal.points, line.attainment)
    line.score_before = line.score = line.low = line.high = line.on_curve.output
    line.too_close = [] if line.channels else jumps_within(line.goal, reading)
    _wait_for_appeal(line, line.goal)
    return line


def _wait_for_appeal(line: LineTrace, goal: Goal) -> None:
    """Bound a line by what it would be without the records under appeal, which still count."""
    left_out = line.reading.left_out if line.reading else None
    if left_out is None or not left_out.waiting_records or line.score is None:
        return
    # with nothing left to measure the line may go to the others or come to nothing: nothing of it is sure
    without = ZERO
    if left_out.if_rejected is not None:
        without = read_curve(goal.kind, goal.points, goal.attain(left_out.if_rejected)).output
    line.low, line.high = min(line.score, without), max(line.score, without)


def _own_target(
    planned: PlannedLine, segment: SegmentInput, given: TargetInput | None
) -> tuple[TargetInput | None, Decimal]:
    """The target of a line and the days that it is for.

    A target for a community as a whole holds for the days on which the person runs it, by the person's share; one for
    the person is split over the communities as the person's days are.
    """
    community = planned.community
    if community is None:
        return given, Decimal(segment.eligible_days)
    if planned.kpi_id in community.targets:
        return community.targets[planned.kpi_id], community.days
    return given, segment.eligible_days * planned.share


def _act_on_line(line: LineTrace, decisions: Sequence[Decision]) -> None:
    for decision in decisions:
        line.low = act(decision.rule, line.low)
        if decision.state == APPLIED:
            line.high = act(decision.rule, line.high)
            if line.score is not None:
                line.score = act(decision.rule, line.score)


def _leave_room(lines: Sequence[LineTrace]) -> None:
    """Bound a withheld line by the best of all lines where its own curve ends lower.

    It may turn out not applicable, and then its weight goes to the others: with them at 120 and a curve of its own that
    ends at 100, the score can still become 120.
    """
    best = max((line.high for line in lines if line.status != "not_applicable"), default=ZERO)
    for line in lines:
        if line.is_withheld:
            line.high = max(line.high, best)


@dataclass(slots=True)
class Part:
    """A component with its applicable lines and their effective weights."""

    component: Component
    lines: list[LineTrace]
    weight: Decimal


def weigh(components: Sequence[Component], lines: Sequence[LineTrace]) -> list[Part]:
    """Give every applicable line its effective weight, and return the components that have any.

    The weight of a line that is not applicable goes to the other lines of its component in proportion to their
    weights; that of a component without any applicable line to the other components likewise. A withheld line keeps
    its weight. The effective weights sum to 100.
    """
    parts: list[Part] = []
    for component in components:
        own = [line for line in lines if line.component == component.id and line.status != "not_applicable"]
        if own:
            parts.append(Part(component, own, component.weight))
    total = sum((part.weight for part in parts), ZERO)
    for part in parts:
        if total != HUNDRED:
            part.weight = part.weight * HUNDRED / total
        inside = sum((line.weight for line in part.lines), ZERO)
        for line in part.lines:
            line.effective_weight = line.weight if inside == part.weight else line.weight * part.weight / inside
    return parts


def _roll_up(trace: SegmentTrace, parts: Sequence[Part], active: Sequence[Decision]) -> None:
    """Roll lines up to components and the total, applying the effects of each scope."""
    trace.is_scorable = bool(parts)
    if not parts:
        return
    whole = sum((part.weight for part in parts), ZERO)
    known = {part.component.id: [line for line in part.lines if line.score is not None] for part in parts}
    known_weight = sum((line.effective_weight for lines in known.values() for line in lines), ZERO)
    low = high = score = ZERO
    for part in parts:
        own = known[part.component.id]
        weight = sum((line.effective_weight for line in own), ZERO)
        part_low = sum((line.effective_weight * line.low for line in part.lines), ZERO) / part.weight
        part_high = sum((line.effective_weight * line.high for line in part.lines), ZERO) / part.weight
        points = [line.effective_weight * line.score for line in own if line.score is not None]
        part_score = sum(points, ZERO) / weight if own else None
        for line, product in zip(own, points, strict=True):
            line.weighted_points = product / known_weight
        for decision in in_order(active, "component", part.component.id):
            part_low = act(decision.rule, part_low)
            if decision.state == APPLIED:
                part_high = act(decision.rule, part_high)
                if part_score is not None:
                    after = act(decision.rule, part_score)
                    decision.points += (after - part_score) * weight / known_weight
                    part_score = after
        trace.components.append(ComponentTrace(part.component, part.weight, part_score))
        low += part_low * part.weight
        high += part_high * part.weight
        if part_score is not None:
            score += part_score * weight
    trace.known_weight = known_weight
    trace.low, trace.high = low / whole, high / whole
    if known_weight:
        trace.score = trace.base_score = score / known_weight
        _leave_to_chance(trace, active)
    _act_on_total(trace, active)


def _leave_to_chance(trace: SegmentTrace, active: Sequence[Decision]) -> None:
    """Write how far chance may have moved the score; a component that a veto or gate has changed is left out."""
    changed = {decision.rule.of for decision in active if decision.rule.scope == "component"}
    found = ways([line for line in trace.lines if line.component not in changed], trace.known_weight)
    if found is None or trace.score is None:
        return
    down, up = found
    trace.chance = Interval(max(ZERO, trace.score - down), trace.score + up)


def _act_on_total(trace: SegmentTrace, active: Sequence[Decision]) -> None:
    """Add the bonus points that people granted, then apply the effects on the total."""
    if trace.granted is not None:
        # before every effect on the total: what a veto sets to 0 stays 0, what a gate caps stays capped
        counted = trace.granted.counted
        trace.low, trace.high = trace.low + counted, trace.high + counted
        if trace.score is not None:
            trace.score += counted
        if trace.chance is not None:
            trace.chance = Interval(trace.chance.low + counted, trace.chance.high + counted)
    for decision in in_order(active, "total", None):
        trace.low = act(decision.rule, trace.low)
        if decision.state == APPLIED:
            trace.high = act(decision.rule, trace.high)
            if trace.chance is not None:
                trace.chance = Interval(act(decision.rule, trace.chance.low), act(decision.rule, trace.chance.high))
            if trace.score is not None:
                after = act(decision.rule, trace.score)
                decision.points += after - trace.score
                trace.score = after


def _notes(trace: SegmentTrace) -> list[Note]:
    notes = []
    if not trace.is_scorable:
        is_own = trace.scheme is not None and trace.scheme.individual is not None
        notes.append(Note("nothing_applicable_own" if is_own else "nothing_applicable"))
    elif trace.score is None:
        notes.append(Note("all_withheld"))
    if any(line.status == "provisional" for line in trace.lines):
        notes.append(Note("provisional"))
    if any(decision.status == "no_review" for decision in trace.decisions):
        notes.append(Note("no_review"))
    notes += [Note("too_close_gate", {"gate": d.rule.id}) for d in trace.decisions if d.is_too_close]
    notes += [Note("gate_not_checked", {"gate": d.rule.id}) for d in trace.decisions if d.status == "not_checked"]
    return notes
