"""Shocks of platforms: what happened to everybody there, told by the peers, and the target that it moves.

Belongs here: whether a peer counts, the effect over peers, whether it is applied, its bounds, the moved goal, and what
the trace says of it. Does not belong here: the input records (`shock_inputs`), which events and accounts concern whom
(`pipelines.scorecards.shocks`).

`effect = median over peers of (ln x_t − ln x_base)`, x being the mean of a peer's months; `factor = exp(effect)^beta`,
bounded to 1 ± cap (scoring.md 9). It multiplies every level of a goal - baseline, threshold, target, stretch - so that
a value is judged as if the platform had moved neither it nor the target. It is applied with a logged event, or where
|effect| > mad_factor × MAD of the peers' changes; never with fewer than `min_peers`.

In the trace a line that an event touches, or whose KPI is under peer control, has besides::

    shock   {state, platform, events [{platform, kind, from, to ("" when open), what, link, source}]}
            state: noted (an event, no control) | applied | quiet (neither event nor breach) | too_few |
            target_not_positive
            where the scheme controls the KPI also control {beta, cap, min_peers, mad_factor, months, base_months,
            peers [{peer_id, base, now, change}], left_out [{peer_id, why (own_account | registered_late | no_reading |
            not_positive)}], effect, mad, is_breach, factor (1 unless applied), raw {baseline, threshold, target,
            stretch, target_full, attainment, kpi_score}}: the line's own numbers are the adjusted ones, raw those
            without
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pipelines.schemes.model import KpiRule, PeerControl
from pipelines.scoring.curves import read_curve
from pipelines.scoring.inputs import TargetInput
from pipelines.scoring.numbers import CONTEXT, HUNDRED, ONE, ZERO, plain
from pipelines.scoring.shock_inputs import PeerInput, ShockInput
from pipelines.scoring.targets import Goal, times, whole_target

#: The factor is kept as the trace writes it, so that raw target × printed factor is the adjusted target exactly.
_FACTOR = Decimal("1e-12")

APPLIED, QUIET, NOTED, TOO_FEW, NOT_POSITIVE = "applied", "quiet", "noted", "too_few", "target_not_positive"


@dataclass(frozen=True, slots=True)
class PeerChange:
    """A peer that counts: the means of its months, and ln(now / base)."""

    peer_id: str
    base: Decimal
    now: Decimal
    change: Decimal


@dataclass(frozen=True, slots=True)
class Effect:
    """What the peers say of a KPI: who counts, who does not and why, the effect, and the factor that it comes to."""

    state: str
    changes: tuple[PeerChange, ...]
    left_out: tuple[tuple[str, str], ...]
    effect: Decimal | None
    mad: Decimal | None
    is_breach: bool
    factor: Decimal


@dataclass(frozen=True, slots=True)
class LineShock:
    """What a shock does to one line: the effect, None where the scheme does not control the KPI, and the raw goal."""

    given: ShockInput
    rule: PeerControl | None
    effect: Effect | None
    state: str
    factor: Decimal
    raw: Goal | None

    def to_dict(self, value: Decimal | None) -> dict[str, Any]:
        """Return the shock for the trace; `value` is the line's, None while it is not scored."""
        told: dict[str, Any] = {
            "events": [event.to_dict() for event in self.given.events],
            "platform": self.given.platform,
            "state": self.state,
        }
        if self.rule is None or self.effect is None:
            return told
        effect = self.effect
        control = {
            "base_months": list(self.given.base_months),
            "beta": plain(self.rule.beta),
            "cap": plain(self.rule.cap),
            "effect": plain(effect.effect),
            "factor": plain(self.factor),
            "is_breach": effect.is_breach,
            "left_out": [{"peer_id": peer, "why": why} for peer, why in effect.left_out],
            "mad": plain(effect.mad),
            "mad_factor": plain(self.rule.mad_factor),
            "min_peers": self.rule.min_peers,
            "months": list(self.given.months),
            "peers": [
                {"base": plain(one.base), "change": plain(one.change), "now": plain(one.now), "peer_id": one.peer_id}
                for one in effect.changes
            ],
            "raw": _raw(self.raw, value),
        }
        return told | {"control": control}


def _raw(goal: Goal | None, value: Decimal | None) -> dict[str, str | None]:
    if goal is None:
        return {}
    attained = None if value is None else goal.attain(value)
    return {
        "attainment": plain(attained),
        "baseline": plain(goal.baseline),
        "kpi_score": None if attained is None else plain(read_curve(goal.kind, goal.points, attained).output),
        "stretch": plain(goal.stretch),
        "target": plain(goal.target),
        "target_full": plain(goal.full_target),
        "threshold": plain(goal.threshold),
    }


def effect_of(rule: PeerControl, given: ShockInput) -> Effect:
    """Return what the peers of a KPI say, and whether it is applied; the order of the peers changes nothing."""
    changes: list[PeerChange] = []
    left_out: list[tuple[str, str]] = []
    for peer in sorted(given.peers, key=lambda one: one.peer_id):
        change = _change(peer, given.begins)
        if isinstance(change, str):
            left_out.append((peer.peer_id, change))
        else:
            changes.append(change)
    effect = _median([one.change for one in changes])
    mad = None if effect is None else _median([abs(one.change - effect) for one in changes])
    is_breach = effect is not None and mad is not None and abs(effect) > rule.mad_factor * mad
    factor = ONE
    if effect is None or len(changes) < rule.min_peers:
        state = TOO_FEW
    elif given.events or is_breach:
        state, factor = APPLIED, factor_of(rule, effect)
    else:
        state = QUIET
    return Effect(state, tuple(changes), tuple(left_out), effect, mad, is_breach, factor)


def factor_of(rule: PeerControl, effect: Decimal) -> Decimal:
    """Return exp(effect)^beta, at least 1 − cap and at most 1 + cap."""
    cap = rule.cap / HUNDRED
    moved = CONTEXT.exp(CONTEXT.multiply(effect, rule.beta))
    return min(max(moved, ONE - cap), ONE + cap).quantize(_FACTOR, context=CONTEXT)


def _change(peer: PeerInput, begins: date) -> PeerChange | str:
    """How a peer moved, or why it does not count."""
    if peer.is_own:
        return "own_account"
    if peer.registered_on >= begins:
        return "registered_late"
    base, now = _mean(peer.base), _mean(peer.now)
    if base is None or now is None:
        return "no_reading"
    if base <= 0 or now <= 0:
        return "not_positive"
    return PeerChange(peer.peer_id, base, now, CONTEXT.subtract(CONTEXT.ln(now), CONTEXT.ln(base)))


def _mean(values: Sequence[Decimal | None]) -> Decimal | None:
    """The mean of all months; None where one is missing."""
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return None
    return CONTEXT.divide(sum(known, ZERO), Decimal(len(known)))


def _median(values: Sequence[Decimal]) -> Decimal | None:
    if not values:
        return None
    ordered, middle = sorted(values), len(values) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return CONTEXT.divide(ordered[middle - 1] + ordered[middle], Decimal(2))


def meet(
    given: ShockInput,
    control: PeerControl | None,
    kpi_id: str,
    rule: KpiRule,
    own_target: TargetInput | None,
    months: int,
    goal: Goal | None,
    goal_of: Callable[[TargetInput], Goal | None],
) -> tuple[Goal | None, LineShock]:
    """Return the goal by which a line is scored, and what the shock did to it.

    Args:
        given: what is known of the KPI's platform.
        control: of the scheme; None, or one that does not name the KPI, changes no goal.
        kpi_id: the KPI.
        rule: of the KPI.
        own_target: of people/targets.csv; None where the scheme's default holds.
        months: calendar months of the period.
        goal: without the shock.
        goal_of: makes the goal of another target.
    """
    if control is None or kpi_id not in control.kpis:
        return goal, LineShock(given, None, None, NOTED, ONE, goal)
    effect = effect_of(control, given)
    whole = whole_target(rule, own_target, months)
    if effect.state != APPLIED or goal is None or whole is None:
        return goal, LineShock(given, control, effect, effect.state, ONE, goal)
    if whole.target <= 0:
        return goal, LineShock(given, control, effect, NOT_POSITIVE, ONE, goal)
    factor = _within_limit(rule, whole.target, effect.factor)
    moved = goal_of(times(whole, factor))
    return moved, LineShock(given, control, effect, APPLIED, factor, goal)


def _within_limit(rule: KpiRule, target: Decimal, factor: Decimal) -> Decimal:
    """Nothing is asked beyond the best value that can occur: a share's target of 90 % can rise to 100 % at most."""
    if rule.limit is None:
        return factor
    most = CONTEXT.divide(rule.limit, target)
    return min(factor, most) if rule.direction == "higher" else max(factor, most)
