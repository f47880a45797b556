"""Worked examples, computed by the very functions that score and pay.

Belongs here: making up readings for an imagined team and having `pipelines.scoring` score them. Does not belong here:
any formula of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pipelines.periods import Month, Period, Quarter, Year
from pipelines.schemes.model import MONTHS_OF, Component, KpiRule, Scheme
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
        lines: by KPI id, how a value a tenth worse than the default target becomes points, in the shortest kind of
            period in which the KPI counts; only KPIs with a default.
        person: of the first role, a tenth worse in the KPIs of the role's last component that has any in a month, and
            at target in all else.
        pool: of the team; None under a scheme that pays by the own score.
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
    first = next(iter(scheme.roles))
    worse = _last_of_a_month(scheme, scheme.roles[first].components)
    values = {
        role: {
            kpi: _worse(rule, "month") if role == first and kpi in worse else _at_target(rule, "month")
            for kpi, rule in scheme.kpis.items()
        }
        for role in scheme.roles
    }
    people, pools = _scored(scheme, month, values)
    return Example(month, month.days, _lines(scheme, month), people[0], pools[0] if pools else None, worse)


def _last_of_a_month(scheme: Scheme, components: Sequence[Component]) -> tuple[str, ...]:
    """The KPIs of the last component that has any that count in a month; none where all count in longer periods."""
    for component in reversed(components):
        if kpis := tuple(kpi for kpi in component.kpis if scheme.kpis[kpi].counts_in("month")):
            return kpis
    return ()


def _lines(scheme: Scheme, month: Month) -> dict[str, LineTrace]:
    """Every KPI with a default target, a tenth worse, in the shortest kind of period in which it counts."""
    found: dict[str, LineTrace] = {}
    for period in (month, Quarter.of(month.start), Year(month.year)):
        everything = {kpi: _worse(rule, period.period_type) for kpi, rule in scheme.kpis.items()}
        for person in _scored(scheme, period, dict.fromkeys(scheme.roles, everything))[0]:
            for line in (line for segment in person.segments for line in segment.lines):
                rule = scheme.kpis[line.kpi_id]
                if line.goal is not None and rule.default_target and rule.period == period.period_type:
                    found.setdefault(line.kpi_id, line)
    return found


def _scored(
    scheme: Scheme, period: Period, values: Mapping[str, Mapping[str, Decimal]]
) -> tuple[list[PersonTrace], list[PoolTrace]]:
    """Score one person a role; persons are named by the place of their role, so that they come in its order."""
    segments, targets, days = [], {}, period.days
    for index, (role, own) in enumerate(values.items()):
        person, since = f"{index:03d}", period.start
        readings = {kpi: KpiReading(kpi, value) for kpi, value in own.items()}
        # a gate's own bound is on its good side
        bounds = {gate.kpi: gate.at_most if gate.at_least is None else gate.at_least for gate in scheme.gates}
        readings |= {kpi: KpiReading(kpi, bound) for kpi, bound in bounds.items() if kpi not in readings}
        # one piece of whatever is paid by the piece
        readings |= {one.kpi: KpiReading(one.kpi, one.per) for one in scheme.piece_rates if one.kpi not in readings}
        segments.append(_segment(scheme, person, role, since, days, readings))
        for kpi, rule in scheme.kpis.items():
            if rule.default_target is None:
                targets[person, since.isoformat(), kpi] = _target(rule)
    reviews = [ReviewInput(f"{index:03d}", REVIEW, "reviewer") for index in range(len(values))]
    # a true-up settles what was paid before, and nobody has paid these people
    invented = scheme.model_copy(update={"true_up": None})
    result = score_period(period, "", {scheme.scheme_id: invented}, segments, targets, reviews)
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
        level=_level(scheme),
        team_id=_TEAM,
        scheme_id=scheme.scheme_id,
        bonus_base=BONUS,
        readings=readings,
    )


def _level(scheme: Scheme) -> str:
    """A level that pay knows, best one for which no role has components of its own."""
    paid = [level for one in (scheme.individual.classes if scheme.individual else ()) for level in one.levels]
    special = {level for role in scheme.roles.values() for level in role.levels}
    return next((level for level in paid if level not in special), paid[0] if paid else "")


def _target(rule: KpiRule) -> TargetInput:
    """The default target; without one any that the form can take, since only the attainment matters then."""
    default = rule.default_target
    if default is not None:
        return TargetInput(default.target, default.baseline, default.threshold, default.stretch)
    is_bounded = rule.limit is not None and rule.direction == "higher"
    return TargetInput(rule.limit if is_bounded and rule.limit is not None else Decimal(100))


def _length(rule: KpiRule, period_type: str) -> Decimal:
    """How many times the length of time that the default target is meant for fits into a period."""
    if not rule.is_additive or rule.default_target is None:
        return Decimal(1)
    return Decimal(MONTHS_OF[period_type]) / MONTHS_OF[rule.default_target.per]


def _at_target(rule: KpiRule, period_type: str) -> Decimal:
    return _target(rule).target * _length(rule, period_type)


def _worse(rule: KpiRule, period_type: str) -> Decimal:
    """A value a tenth of the target (of the scale, for differences) worse than the target."""
    target = _target(rule).target
    distance = (rule.scale or abs(target)) * _TENTH
    return (target - distance if rule.direction == "higher" else target + distance) * _length(rule, period_type)
