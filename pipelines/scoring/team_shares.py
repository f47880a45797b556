"""Shares of what a team gained for the company: the gain, the conditions, and the split to the cent.

Belongs here: netted lead-cost savings and excess profit as gains, a team's gates, what of a share is paid, held,
undistributed or withheld. Does not belong here: pools of target bonuses (`pools`), a team's KPI (`team_readings`), the
steps that a card prints (`share_steps`).

amount = rate × max(0, gain), rounded once. It is split by points × days with the rule of pools: divided by the highest
points that each member can still reach, paid for the lowest own points, the rest held in the member's name. Where the
gain itself is not known, neither is the most that may become due: the share is *withheld* with its reason, nothing is
booked, and it becomes due by the run that follows the data. A withheld gate withholds likewise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipelines.schemes.model import Scheme, ShareGate, TeamShare
from pipelines.scoring.inputs import FinanceInput, KpiReading
from pipelines.scoring.numbers import CENT, HUNDRED, ONE, ZERO, largest_remainder, money, plain, round_once
from pipelines.scoring.team_readings import team_reading

if TYPE_CHECKING:
    from pipelines.scoring.trace import SegmentTrace

#: The KPI of the savings; its values add up over people, channels and months.
SAVINGS_KPI = "lead_cost_savings"
#: What has become of a share.
PAID, WITHHELD, GATE_NOT_MET, NO_GAIN, NOT_APPLICABLE = "paid", "withheld", "gate_not_met", "no_gain", "not_applicable"


@dataclass(frozen=True, slots=True)
class Gain:
    """What a team gained in the period.

    Attributes:
        status: ok, provisional, withheld or not_applicable.
        value: in currency; None while it is not known.
        people: over how many persons it is summed; 0 of profit.
        profit: of excess profit.
        target: the profit target.
        sources: where the figures of the finance department stand.
        reason_code: why it is not ok.
        reason_params: values for the reason's text.
    """

    status: str
    value: Decimal | None = None
    people: int = 0
    profit: Decimal | None = None
    target: Decimal | None = None
    sources: tuple[str, ...] = ()
    reason_code: str = ""
    reason_params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GateFinding:
    """One condition of a share: status met, not_met, not_checked (its data is withheld) or not_applicable."""

    rule: ShareGate
    status: str
    reading: KpiReading

    def to_dict(self) -> dict[str, Any]:
        """Return the finding for the trace."""
        rule, reading = self.rule, self.reading
        return {
            "at_least": plain(rule.at_least),
            "at_most": plain(rule.at_most),
            "id": rule.id,
            "kpi_id": rule.kpi,
            "reason_code": reading.reason_code,
            "reason_params": dict(sorted(reading.reason_params.items())),
            "req": rule.req,
            "status": self.status,
            "title": {"en": rule.title.en, "zh": rule.title.zh},
            "value": plain(reading.value),
        }


@dataclass(slots=True)
class SharePart:
    """What one segment takes from a share; `low_mass` and `high_mass` are points × days (× target bonus)."""

    person_id: str
    segment_id: str
    days: int
    low_points: Decimal
    high_points: Decimal
    weight: Decimal
    earned: Decimal = ZERO
    held: Decimal = ZERO

    @property
    def low_mass(self) -> Decimal:
        """By the lowest score that withheld data can leave."""
        return self.low_points * self.weight * self.days

    @property
    def high_mass(self) -> Decimal:
        """By the highest."""
        return self.high_points * self.weight * self.days

    def to_dict(self) -> dict[str, Any]:
        """Return the part for the trace."""
        return {
            "days": self.days,
            "earned": money(self.earned),
            "held": money(self.held),
            "mass_high": plain(self.high_mass),
            "mass_low": plain(self.low_mass),
            "person_id": self.person_id,
            "points_high": plain(self.high_points),
            "points_low": plain(self.low_points),
            "segment_id": self.segment_id,
            "weight": plain(self.weight),
        }


@dataclass(slots=True)
class ShareTrace:
    """One share of one team: amount = Σ earned + Σ held + undistributed, to the cent.

    Attributes:
        pool_id: `scheme/team/share`; the team is empty where the whole company's profit is shared.
        amount: rate × max(0, gain), rounded once; 0 unless the share is paid.
        mass: Σ high_mass of the members, by which the amount is divided.
        undistributed: the amount where nobody has any points.
    """

    pool_id: str
    scheme_id: str
    team_id: str
    currency: str
    rule: TeamShare
    gain: Gain
    gates: list[GateFinding]
    status: str
    amount: Decimal = ZERO
    mass: Decimal = ZERO
    members: list[SharePart] = field(default_factory=list)
    earned: Decimal = ZERO
    held: Decimal = ZERO
    undistributed: Decimal = ZERO

    def to_dict(self) -> dict[str, Any]:
        """Return the share's reconciliation, sorted keys, numbers as strings."""
        return self.about() | {
            "earned": money(self.earned),
            "held": money(self.held),
            "kind": "team_share",
            "members": [member.to_dict() for member in self.members],
            "undistributed": money(self.undistributed),
        }

    def about(self) -> dict[str, Any]:
        """Return what every member's card tells of the share."""
        gain, rule = self.gain, self.rule
        return {
            "amount": money(self.amount),
            "currency": self.currency,
            "gain": {
                "people": gain.people,
                "profit": plain(gain.profit),
                "sources": list(gain.sources),
                "status": gain.status,
                "target": plain(gain.target),
                "value": plain(gain.value),
            },
            "gates": [gate.to_dict() for gate in self.gates],
            "mass": plain(self.mass),
            "of": rule.of,
            "pool_id": self.pool_id,
            "rate": plain(rule.rate),
            "reason_code": gain.reason_code,
            "reason_params": dict(sorted(gain.reason_params.items())),
            "req": rule.req,
            "scheme_id": self.scheme_id,
            "share_id": rule.id,
            "status": self.status,
            "team_id": self.team_id,
            "title": {"en": rule.title.en, "zh": rule.title.zh},
        }


@dataclass(frozen=True, slots=True)
class OwnShare:
    """A segment's part of a share, as its trace carries it."""

    share: ShareTrace
    part: SharePart

    def to_dict(self) -> dict[str, Any]:
        """Return the share and the own part, without the others' parts."""
        return self.share.about() | {"own": self.part.to_dict()}


def share_out(
    schemes: Mapping[str, Scheme],
    traces: Sequence[SegmentTrace],
    finance: Iterable[FinanceInput],
    period: str,
    period_type: str,
    currency: str,
) -> list[ShareTrace]:
    """Work out every share that this kind of period pays, and write each member's part into the segments.

    A team here is the people of one team who are paid by one scheme, those on leave too: their savings are the team's,
    and among those of them who have a score it is divided.

    Args:
        schemes: by scheme id.
        traces: of all segments, in a stable order.
        finance: the figures of the finance department for this very period.
        period: such as 2026-Q4, for reasons.
        period_type: month, quarter or year.
        currency: of all amounts.
    """
    figures = tuple(finance)
    by_scheme: dict[str, list[SegmentTrace]] = defaultdict(list)
    for trace in traces:
        if trace.scheme is not None and trace.segment.is_in_team:
            by_scheme[trace.segment.scheme_id].append(trace)
    found = []
    for scheme_id in sorted(by_scheme):
        for rule in schemes[scheme_id].team_shares:
            if rule.period == period_type:
                for team_id, team in _teams(rule, by_scheme[scheme_id], figures):
                    pool_id = f"{scheme_id}/{team_id}/{rule.id}"
                    gain = _gain(rule, team_id, team, figures, period)
                    gates = [_check(gate, team) for gate in rule.gates]
                    share = ShareTrace(pool_id, scheme_id, team_id, currency, rule, gain, gates, _status(gain, gates))
                    _distribute(share, team)
                    found.append(share)
    return found


def _teams(
    rule: TeamShare, traces: Sequence[SegmentTrace], figures: Sequence[FinanceInput]
) -> Iterator[tuple[str, list[SegmentTrace]]]:
    """The teams among which a share is divided: each by itself, but all together over the company's one profit."""
    if rule.of == "excess_profit" and not any(figure.team_id for figure in figures):
        yield "", list(traces)
        return
    teams: dict[str, list[SegmentTrace]] = defaultdict(list)
    for trace in traces:
        teams[trace.segment.team_id].append(trace)
    yield from sorted(teams.items())


def _gain(
    rule: TeamShare, team_id: str, team: Sequence[SegmentTrace], figures: Sequence[FinanceInput], period: str
) -> Gain:
    if rule.of == "excess_profit":
        return _excess_profit(team_id, figures, period)
    reading = team_reading(SAVINGS_KPI, [trace.segment.readings.get(SAVINGS_KPI) for trace in team])
    people = len({trace.segment.person_id for trace in team})
    return Gain(
        reading.status, reading.value, people, reason_code=reading.reason_code, reason_params=reading.reason_params
    )


def _excess_profit(team_id: str, figures: Sequence[FinanceInput], period: str) -> Gain:
    own = {figure.kind: figure for figure in figures if figure.team_id == team_id}
    for kind in ("profit", "profit_target"):
        if kind not in own:
            return Gain("withheld", reason_code=f"no_{kind}", reason_params={"period": period})
    profit, target = own["profit"], own["profit_target"]
    return Gain(
        "ok",
        profit.amount - target.amount,
        profit=profit.amount,
        target=target.amount,
        sources=(profit.source, target.source),
    )


def _check(gate: ShareGate, team: Sequence[SegmentTrace]) -> GateFinding:
    reading = team_reading(gate.kpi, [trace.segment.readings.get(gate.kpi) for trace in team])
    if reading.status == "withheld":
        return GateFinding(gate, "not_checked", reading)
    if reading.value is None:
        return GateFinding(gate, "not_applicable", reading)
    return GateFinding(gate, "met" if gate.is_met_by(reading.value) else "not_met", reading)


def _status(gain: Gain, gates: Sequence[GateFinding]) -> str:
    """What is sure goes before what is not known: a gate that is not met, or a loss, leaves nothing to wait for."""
    if gain.status == "not_applicable":
        return NOT_APPLICABLE
    if gain.value is not None and gain.value <= 0:
        return NO_GAIN
    if any(gate.status == "not_met" for gate in gates):
        return GATE_NOT_MET
    if gain.value is None or any(gate.status == "not_checked" for gate in gates):
        return WITHHELD
    return PAID


def _distribute(share: ShareTrace, team: Sequence[SegmentTrace]) -> None:
    members = [trace for trace in team if trace.is_scorable]
    share.members = [_part(share.rule, trace) for trace in members]
    share.mass = sum((part.high_mass for part in share.members), ZERO)
    if share.status == PAID and share.gain.value is not None:
        share.amount = round_once(share.rule.rate * share.gain.value / HUNDRED)
    cents = largest_remainder(int(share.amount / CENT), [part.high_mass for part in share.members])
    for part, trace, count in zip(share.members, members, cents, strict=True):
        most = count * CENT
        part.earned = most
        if part.low_mass != part.high_mass and share.mass:
            part.earned = min(round_once(share.amount * part.low_mass / share.mass), most)
        part.held = most - part.earned
        trace.shares.append(OwnShare(share, part))
    share.earned = sum((part.earned for part in share.members), ZERO)
    share.held = sum((part.held for part in share.members), ZERO)
    share.undistributed = share.amount - share.earned - share.held


def _part(rule: TeamShare, trace: SegmentTrace) -> SharePart:
    given = trace.segment
    weight = given.bonus_base if rule.points == "target_weighted" else ONE
    return SharePart(given.person_id, given.segment_id, given.eligible_days, trace.low, trace.high, weight)
