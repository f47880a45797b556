"""Worked examples, computed by the very functions that score and pay.

Belongs here: making up readings for an imagined team and having `pipelines.scoring` score them. Does not belong here:
any formula of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pipelines.periods import Month
from pipelines.schemes.model import KpiRule, Scheme
from pipelines.scoring import KpiReading, PersonTrace, ReviewInput, SegmentInput, TargetInput, score_period
from pipelines.scoring.inputs import OPEN_END
from pipelines.scoring.trace import LineTrace, PoolTrace

#: The imagined target bonus of a month, the same for everybody.
BONUS = Decimal(1000)
#: The imagined content-quality review of everybody.
REVIEW = Decimal(100)
_TENTH = Decimal("0.1")
_TEAM = "team"


@dataclass(frozen=True)
class Example:
    """One person in each role of a scheme in one month, in one team.

    Attributes:
        month: the month.
        days: its days.
        lines: by KPI id, how a value a tenth worse than the default target becomes points; only KPIs with a default.
        person: of the first role, a tenth worse in the KPIs of the role's last component and at target in all else.
        pool: of the team.
        worse: the KPIs in which the person is a tenth worse.
    """

    month: Month
    days: int
    lines: Mapping[str, LineTrace] = field(default_factory=dict)
    person: PersonTrace | None = None
    pool: PoolTrace | None = None
    worse: tuple[str, ...] = ()


def example_of(scheme: Scheme) -> Example:
    """Score an imagined team under a scheme.

    Raises:
        InputError: when a default target bends its curve out of order, which only scoring sees.
    """
    month = Month.of(scheme.effective_from)
    days = (month.end - month.start).days
    lines: dict[str, LineTrace] = {}
    everything = {kpi: _worse(rule) for kpi, rule in scheme.kpis.items()}
    for person in _scored(scheme, month, days, dict.fromkeys(scheme.roles, everything))[0]:
        for segment in person.segments:
            lines |= {line.kpi_id: line for line in segment.lines if line.kpi_id not in lines}
    lines = {kpi: line for kpi, line in lines.items() if scheme.kpis[kpi].default_target and line.goal is not None}
    first = next(iter(scheme.roles))
    worse = tuple(scheme.roles[first].components[-1].kpis)
    values = {
        role: {
            kpi: _worse(rule) if role == first and kpi in worse else _target(rule).target
            for kpi, rule in scheme.kpis.items()
        }
        for role in scheme.roles
    }
    people, pools = _scored(scheme, month, days, values)
    return Example(month, days, lines, people[0], pools[0] if pools else None, worse)


def _scored(
    scheme: Scheme, month: Month, days: int, values: Mapping[str, Mapping[str, Decimal]]
) -> tuple[list[PersonTrace], list[PoolTrace]]:
    """Score one person a role; persons are named by the place of their role, so that they come in its order."""
    segments, targets = [], {}
    for index, (role, own) in enumerate(values.items()):
        person, since = f"{index:03d}", month.start
        readings = {kpi: KpiReading(kpi, value) for kpi, value in own.items()}
        readings |= {gate.kpi: KpiReading(gate.kpi, gate.at_most) for gate in scheme.gates if gate.kpi not in readings}
        segments.append(_segment(scheme, person, role, since, days, readings))
        for kpi, rule in scheme.kpis.items():
            if rule.default_target is None:
                targets[person, since.isoformat(), kpi] = _target(rule)
    reviews = [ReviewInput(f"{index:03d}", REVIEW, "reviewer") for index in range(len(values))]
    result = score_period(month, "", {scheme.scheme_id: scheme}, segments, targets, reviews)
    return result.people, result.pools


def _segment(
    scheme: Scheme, person: str, role: str, since: date, days: int, readings: Mapping[str, KpiReading]
) -> SegmentInput:
    return SegmentInput(
        person_id=person,
        segment_id=since.isoformat(),
        valid_from=since,
        valid_to=OPEN_END,
        eligible_days=days,
        period_days=days,
        role=role,
        level="",
        team_id=_TEAM,
        scheme_id=scheme.scheme_id,
        bonus_base=BONUS,
        readings=readings,
    )


def _target(rule: KpiRule) -> TargetInput:
    """The default target; without one any that the form can take, since only the attainment matters then."""
    default = rule.default_target
    if default is not None:
        return TargetInput(default.target, default.baseline, default.threshold, default.stretch)
    is_bounded = rule.limit is not None and rule.direction == "higher"
    return TargetInput(rule.limit if is_bounded and rule.limit is not None else Decimal(100))


def _worse(rule: KpiRule) -> Decimal:
    """A value a tenth of the target (of the scale, for differences) worse than the target."""
    target = _target(rule).target
    distance = (rule.scale or abs(target)) * _TENTH
    return target - distance if rule.direction == "higher" else target + distance
