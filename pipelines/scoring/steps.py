"""The steps of a bonus in the order of pay, each with its numbers put in.

Belongs here: writing the steps of a trace, so that a person can redo them. Does not belong here: computing them; every
number is taken from the traces.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext

from pipelines.schemes.model import Effect, Gate, Veto
from pipelines.scoring.effects import APPLIED, Decision
from pipelines.scoring.extras import AWARD, PIECE_RATE, TRUE_UP, Extra
from pipelines.scoring.gaming import Deduction
from pipelines.scoring.individual import OwnPay
from pipelines.scoring.numbers import CONTEXT, HUNDRED, money, shown
from pipelines.scoring.pools import cap_percent
from pipelines.scoring.share_steps import share_steps
from pipelines.scoring.trace import PersonTrace, PoolMember, PoolTrace, SegmentTrace, Step


def person_steps(trace: PersonTrace, pools: Mapping[str, PoolTrace], months: int) -> list[Step]:
    """Return the steps of every segment and then those of the person, in the order of pay."""
    with localcontext(CONTEXT):
        return _steps(trace, pools, months)


def _steps(trace: PersonTrace, pools: Mapping[str, PoolTrace], months: int) -> list[Step]:
    steps: list[Step] = []
    for segment in trace.segments:
        pool = pools.get(segment.pool_id)
        steps += _score_steps(segment)
        if pool is not None and segment.member is not None:
            steps += _pay_steps(segment, pool, segment.member, months)
        if segment.own is not None:
            steps += _own_steps(segment, segment.own)
    steps += _own_total(trace)
    steps += [step for segment in trace.segments for step in share_steps(segment)]
    for item in trace.adjustments:
        steps.append(Step("", "adjustment", f"{item.reason} ({item.approved_by})", money(item.amount)))
    for extra in trace.extras:
        steps += _true_up_steps(extra) if extra.kind == TRUE_UP else []
        said = f"{extra.reason} ({extra.approved_by})" if extra.kind == AWARD else extra.reason
        steps.append(Step(extra.segment_id, extra.kind, said or "–", money(extra.amount)))
        if extra.held:
            of = str(extra.told["id"] if extra.kind == PIECE_RATE else extra.told["scheme_id"])
            steps.append(Step(extra.segment_id, f"held_{extra.kind}", of, money(extra.held)))
    parts = [money(item) for item in _parts(trace)]
    steps.append(Step("", "payable", " + ".join(parts), money(trace.payable)))
    return steps


def _true_up_steps(extra: Extra) -> list[Step]:
    """What the months' share comes to by the result of the longer period, and what the months paid."""
    steps = []
    for part in extra.told["parts"]:
        days = " + ".join(f"{own}/{whole}" for own, whole in part["month_days"])
        formula = " × ".join(
            [shown(Decimal(part["amount"])), f"{shown(Decimal(part['share']))} %", f"({days})",
             f"{shown(Decimal(part['payout']))} %"]
        )  # fmt: skip
        steps.append(Step(part["segment_id"], "true_up_due", formula, shown(Decimal(part["due"]))))
    months = extra.told["months"]
    paid = " + ".join(f"{one['month']} {one['revision'] or '?'}: {one['amount'] or '–'}" for one in months)
    steps.append(Step("", "true_up_paid", paid or "–", extra.told["paid"] or "–"))
    if extra.told["balance_of"]:
        steps.append(Step("", "true_up_balance", extra.told["balance_of"], extra.told["balance_before"] or "–"))
    return steps


def _parts(trace: PersonTrace) -> list[Decimal]:
    """What the amount to pay is the sum of."""
    return [trace.earned, *(item.amount for item in trace.adjustments), *(item.amount for item in trace.extras)]


def _score_steps(segment: SegmentTrace) -> list[Step]:
    given = segment.segment
    where = given.segment_id
    steps = [Step(where, "eligibility", f"{given.eligible_days} / {given.period_days}", str(given.eligible_days))]
    steps += [Step(where, "veto", _decision(d), _points(d)) for d in segment.decisions if isinstance(d.rule, Veto)]
    steps += [Step(where, "gate", _decision(d), _points(d)) for d in segment.decisions if isinstance(d.rule, Gate)]
    steps += [
        Step(where, "gaming", _deduction(d), _points(d)) for d in segment.decisions if isinstance(d.rule, Deduction)
    ]
    if segment.score is None or segment.base_score is None:
        return steps
    known = [line for line in segment.lines if line.score is not None]
    products = " + ".join(f"{shown(line.effective_weight)} × {shown(line.score or Decimal(0))}" for line in known)
    effects = [d for d in segment.decisions if d.state == APPLIED and d.rule.scope == "component"]
    total = sum((line.effective_weight * (line.score or Decimal(0)) for line in known), Decimal(0))
    steps.append(Step(where, "kpi_scores", products, shown(total)))
    weighted = f"{shown(total)} / {shown(segment.known_weight)}"
    for decision in effects:
        weighted += f" + ({shown(decision.points)})"
    steps.append(Step(where, "weights", weighted, shown(segment.base_score)))
    before = segment.base_score
    if segment.granted is not None:
        before += segment.granted.counted
        added = f"min({shown(segment.granted.granted)}, {shown(segment.granted.rule.max)})"
        steps.append(Step(where, "bonus_points", f"{shown(segment.base_score)} + {added}", shown(before)))
    computed = segment.score if segment.computed is None else segment.computed
    whole = [d for d in segment.decisions if d.state == APPLIED and d.rule.scope == "total"]
    if whole:
        formula = ", ".join(_effect(d.rule) for d in whole)
        steps.append(Step(where, "multiplier", f"{shown(before)} {formula}", shown(computed)))
    if segment.computed is not None:
        steps.append(Step(where, "calibration", f"{shown(computed)} → {shown(segment.score)}", shown(segment.score)))
    return steps


def _pay_steps(segment: SegmentTrace, pool: PoolTrace, member: PoolMember, months: int) -> list[Step]:
    given, where = segment.segment, segment.segment.segment_id
    share = segment.target * HUNDRED * given.period_days / (given.bonus_base * months * given.eligible_days)
    days = f"{given.eligible_days} / {given.period_days}"
    amount, mass = money(pool.amount), shown(pool.mass)
    part = money(member.earned + member.held + member.over_cap)
    steps = [
        Step(
            where,
            "proration",
            f"{shown(given.bonus_base)} × {months} × {shown(share)} % × {days}",
            shown(segment.target),
        ),
        Step(where, "pool_target", f"Σ ({len(pool.members)})", shown(pool.target_sum)),
        Step(where, "pool_factor", _range(pool.attainment_low, pool.attainment_high), _factor(pool)),
        Step(where, "pool", f"{shown(pool.target_sum)} × {shown(pool.factor_high)} %", amount),
        Step(where, "pool_share", f"{amount} × {_mass(member)} / {mass}", part),
    ]
    if segment.scheme is not None and segment.scheme.pool is not None:
        most = cap_percent(segment.scheme.pool, member.high_points)
        steps.append(Step(where, "personal_cap", f"{shown(segment.target)} × {shown(most)} %", money(member.cap)))
    earned = money(segment.earned)
    if segment.held:
        sure = f"{shown(pool.amount_low)} × {shown(member.low_mass)} / {mass}"
        steps.append(Step(where, "earned", sure, earned))
        steps.append(Step(where, "held", f"{money(member.earned + member.held)} − {earned}", money(segment.held)))
    else:
        steps.append(Step(where, "earned", f"min({part}, {money(member.cap)})", earned))
    return steps


def _own_steps(segment: SegmentTrace, own: OwnPay) -> list[Step]:
    """The steps of pay by the own score: amount, days, what the score brings of it."""
    given, where = segment.segment, segment.segment.segment_id
    days = f"{own.months} × {shown(own.share)} % × {given.eligible_days} / {given.period_days}"
    bounds = [("due_low", own.amount_low, own.points_low, own.band_low, own.payout_low, own.due_low)]
    if own.due_low != own.due_high:
        bounds.append(("due_high", own.amount_high, own.points_high, own.band_high, own.payout_high, own.due_high))
    else:
        bounds[0] = ("due", *bounds[0][1:])
    steps = []
    if own.pay_class is not None:
        reached = f"{given.level} ∈ {own.pay_class.id}"
        steps.append(Step(where, "class_amount", reached, shown(own.amount_low)))
    if own.by != "band":
        steps.append(Step(where, "proration", f"{shown(own.amount_low)} × {days}", shown(segment.target)))
    for code, amount, points, band, payout, due in bounds:
        if payout is None:
            reached = f"{shown(points)} ≥ {shown(band.at_least or Decimal(0))} → {band.id}" if band else shown(points)
            steps.append(Step(where, "band", reached, shown(amount)))
            steps.append(Step(where, code, f"{shown(amount)} × {days}", shown(due)))
        else:
            reading = payout.formula(points).removesuffix(f" = {shown(payout.output)}")
            steps.append(Step(where, "payout", reading, f"{shown(payout.output)} %"))
            steps.append(Step(where, code, f"{shown(segment.target)} × {shown(payout.output)} %", shown(due)))
    return steps


def _own_total(trace: PersonTrace) -> list[Step]:
    """The one rounding of a person's own bonus, and what is held of it."""
    own = [(segment, segment.own) for segment in trace.segments if segment.own is not None]
    if not own:
        return []
    earned = sum((segment.earned for segment, _ in own), Decimal(0))
    held = sum((segment.held for segment, _ in own), Decimal(0))
    steps = [Step("", "own_bonus", " + ".join(shown(pay.due_low) for _, pay in own), money(earned))]
    if held:
        steps.append(Step("", "held", f"{money(earned + held)} − {money(earned)}", money(held)))
    return steps


def _mass(member: PoolMember) -> str:
    factors = [shown(member.high_points), str(member.days)]
    if member.weight != 1:
        factors.insert(1, shown(member.weight))
    return f"({' × '.join(factors)})"


def _factor(pool: PoolTrace) -> str:
    return _range(pool.factor_low, pool.factor_high)


def _range(low: Decimal | None, high: Decimal | None) -> str:
    if low is None or high is None:
        return "–"
    return f"{shown(low)} %" if low == high else f"{shown(low)} % … {shown(high)} %"


def _decision(decision: Decision) -> str:
    rule, applies = decision.rule, decision.state == APPLIED
    value = "–" if decision.value is None else shown(decision.value)
    if isinstance(rule, Deduction):
        return _deduction(decision)
    if isinstance(rule, Veto):
        condition = f"{value} {'∈' if applies else '∉'} [{shown(rule.at_least)}, {shown(rule.below)})"
    else:
        is_beyond = rule.is_broken_by(decision.value) if decision.value is not None else False
        if rule.at_least is not None:
            condition = f"{value} {'<' if is_beyond else '≥'} {shown(rule.at_least)}"
        else:
            condition = f"{value} {'>' if is_beyond else '≤'} {shown(rule.at_most or Decimal(0))}"
    if decision.value is None:
        condition = "–"
    return f"{rule.id}: {condition}, {_effect(rule)}" if applies else f"{rule.id}: {condition}"


def _deduction(decision: Decision) -> str:
    names = " + ".join(f"{shown(one.share)} × {one.incident_id}" for one in decision.incidents)
    return f"{decision.rule.id}: {names}, {_effect(decision.rule)}"


def _effect(rule: Effect) -> str:
    amount = shown(rule.amount) if rule.amount is not None else ""
    return {"zero": "→ 0", "cap": f"≤ {amount}", "multiply": f"× {amount}", "deduct": f"− {amount}"}[rule.effect]


def _points(decision: Decision) -> str:
    return shown(decision.points)
