"""The goal of one line: which target holds, prorated to the segment, with the curve that it bends.

Belongs here: targets.csv before the scheme's default, proration of additive targets, moving curve anchors, and checking
all targets before anything is scored. Does not belong here: which row of targets.csv is most specific
(`pipelines.company`), the forms of attainment (`attainment`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from pipelines.company.findings import Finding
from pipelines.schemes.model import MONTHS_OF, CurveRule, DefaultTarget, KpiRule
from pipelines.schemes.target_rules import target_problems
from pipelines.scoring import attainment
from pipelines.scoring.curves import Anchor
from pipelines.scoring.inputs import TargetInput
from pipelines.scoring.numbers import CONTEXT, HUNDRED, ONE, clean
from pipelines.texts import text

#: Names the default of the scheme as the source of a target.
SCHEME_SOURCE = "scheme"


@dataclass(frozen=True, slots=True)
class Goal:
    """A target as it applies to one line of one segment.

    Attributes:
        target: 100 %, prorated to the eligible days where the KPI is additive.
        baseline: what the form starts from, prorated likewise; None for forms without one.
        threshold: the value at the first point of the curve.
        stretch: the value at the first point above 100; None where the curve ends at 100.
        full_target: the target of the whole period.
        share: eligible days / days of the period where the KPI is additive, else 1.
        scale: of the difference form, prorated like the target; None for the other forms.
        source: where the target stands: `people/targets.csv ...` or `scheme`.
        kind: of the curve.
        points: the curve, attainment % -> points, with the anchors that the target moved.
        rule: the KPI's rule.
    """

    target: Decimal
    baseline: Decimal | None
    threshold: Decimal
    stretch: Decimal | None
    full_target: Decimal
    share: Decimal
    scale: Decimal | None
    source: str
    kind: str
    points: tuple[Anchor, ...]
    rule: KpiRule

    def attain(self, value: Decimal) -> Decimal:
        """Return the attainment of a value in per cent, freed of representation noise."""
        share = _attain(self.rule, value, self.target, self.baseline, self.scale)
        if self.rule.attainment_cap is not None:
            share = min(share, self.rule.attainment_cap / HUNDRED)
        return clean(CONTEXT.multiply(share, HUNDRED))

    def value_at(self, attained: Decimal) -> Decimal:
        """Return the value that has an attainment (per cent): threshold and stretch as they were given."""
        if attained == self.points[0][0]:
            return self.threshold
        above = next((anchor for anchor in self.points if anchor[0] > HUNDRED), None)
        if above is not None and attained == above[0] and self.stretch is not None:
            return self.stretch
        return _value_at(self.rule, attained, self.target, self.baseline, self.scale)

    @property
    def most(self) -> Decimal:
        """The most points that the line can bring."""
        return self.points[-1][1]


def goal_of(
    rule: KpiRule, curve: CurveRule, given: TargetInput | None, months: int, eligible_days: Decimal, period_days: int
) -> Goal | None:
    """Return the goal of a line, or None where neither targets.csv nor the scheme has a target.

    Args:
        rule: the KPI's rule.
        curve: the KPI's curve.
        given: the target of the whole period from targets.csv, or None.
        months: calendar months of the period; a scheme's additive default, which is for a length of its own (`per`),
            is brought to them.
        eligible_days: days of the segment in the period, or the part of them that the line is for.
        period_days: days of the period.
    """
    if given is not None:
        whole, factor, source = given, ONE, given.source
    elif rule.default_target is not None:
        whole = _as_input(rule.default_target)
        factor, source = _length(rule, months), SCHEME_SOURCE
    else:
        return None
    share = CONTEXT.divide(eligible_days, Decimal(period_days)) if rule.is_additive else ONE
    scale = CONTEXT.multiply(factor, share)
    target = CONTEXT.multiply(whole.target, scale)
    baseline = None
    if rule.method == "baseline":
        start = whole.baseline
        if start is None:
            start = attainment.default_baseline(whole.target, rule.direction)
        baseline = CONTEXT.multiply(start, scale)
    distance = None
    if rule.scale is not None:
        # of the time that the default is for, wherever the target of this period comes from
        distance = CONTEXT.multiply(rule.scale, CONTEXT.multiply(_length(rule, months), share))
    points = bent_curve(rule, curve, whole)
    above = next((anchor for anchor in points if anchor[0] > HUNDRED), None)
    stretch = whole.stretch
    if stretch is None and rule.limit is not None and above not in curve.points:
        stretch = rule.limit
    return Goal(
        target=target,
        baseline=baseline,
        threshold=_level(rule, points[0], whole.threshold, scale, target, baseline, distance),
        stretch=None if above is None else _level(rule, above, stretch, scale, target, baseline, distance),
        full_target=CONTEXT.multiply(whole.target, factor),
        share=share,
        scale=distance,
        source=source,
        kind=curve.kind,
        points=points,
        rule=rule,
    )


def whole_target(rule: KpiRule, given: TargetInput | None, months: int) -> TargetInput | None:
    """Return the target of the whole period as targets.csv would state it: the scheme's default brought to its length.

    `goal_of` makes the same goal of it as of the default itself; None where there is neither.
    """
    if given is not None or rule.default_target is None:
        return given
    return times(_as_input(rule.default_target), _length(rule, months))


def times(target: TargetInput, factor: Decimal) -> TargetInput:
    """Return a target with every level multiplied: baseline, threshold, target and stretch."""

    def moved(level: Decimal | None) -> Decimal | None:
        return None if level is None else CONTEXT.multiply(level, factor)

    return TargetInput(
        CONTEXT.multiply(target.target, factor),
        moved(target.baseline),
        moved(target.threshold),
        moved(target.stretch),
        target.source,
        target.row,
    )


def _length(rule: KpiRule, months: int) -> Decimal:
    """How often a rule's numbers go into so many months: 3 a month into a quarter, a third of a quarter a month.

    They are of a month without a default that says otherwise; those of a KPI that does not add up have no length.
    """
    if not rule.is_additive:
        return ONE
    per = rule.default_target.per if rule.default_target is not None else "month"
    return CONTEXT.divide(Decimal(months), Decimal(MONTHS_OF[per]))


def bent_curve(rule: KpiRule, curve: CurveRule, target: TargetInput) -> tuple[Anchor, ...]:
    """Return the curve with its first anchor at the threshold and its first anchor above 100 at the stretch value.

    Where the KPI has a limit, the first anchor that no value can reach is brought to it and the later ones are left
    out: the top of the curve can be reached. A target at the limit itself leaves nothing above 100.
    """
    points = list(curve.points)
    baseline = target.baseline
    if rule.method == "baseline" and baseline is None:
        baseline = attainment.default_baseline(target.target, rule.direction)
    if target.threshold is not None:
        points[0] = (_anchor(rule, target.threshold, target.target, baseline), points[0][1])
    if target.stretch is not None:
        for index, (at, output) in enumerate(points):
            if at > HUNDRED:
                points[index] = (_anchor(rule, target.stretch, target.target, baseline), output)
                break
    if rule.limit is not None:
        points = _within(points, _anchor(rule, rule.limit, target.target, baseline))
    return tuple(points)


def _level(
    rule: KpiRule,
    anchor: Anchor,
    given: Decimal | None,
    scale: Decimal,
    target: Decimal,
    baseline: Decimal | None,
    distance: Decimal | None,
) -> Decimal:
    """The value at an anchor: as it was given, prorated; else worked back from the attainment."""
    if given is not None:
        return CONTEXT.multiply(given, scale)
    return _value_at(rule, anchor[0], target, baseline, distance)


def _anchor(rule: KpiRule, value: Decimal, target: Decimal, baseline: Decimal | None) -> Decimal:
    """The attainment of a value in per cent, cleaned like every attainment: who is exactly there has reached it."""
    return clean(CONTEXT.multiply(_attain(rule, value, target, baseline, rule.scale), HUNDRED))


def _within(points: Sequence[Anchor], most: Decimal) -> list[Anchor]:
    """Cut the part above 100 to what can be attained; targets beyond it are a finding and not met here."""
    kept = [anchor for anchor in points if anchor[0] <= max(most, HUNDRED)]
    beyond = points[len(kept) :]
    if beyond and most > max(HUNDRED, kept[-1][0]):
        kept.append((most, beyond[0][1]))
    return kept


def target_findings(uses: Iterable[tuple[str, KpiRule, CurveRule, TargetInput | None]]) -> list[Finding]:
    """Return everything wrong with the targets that a run would use, each target once.

    Args:
        uses: (KPI id, its rule, its curve, the given target or None for the scheme's default).
    """
    seen: dict[tuple[str, TargetInput], tuple[KpiRule, CurveRule]] = {}
    for kpi, rule, curve, given in uses:
        target = given or (_as_input(rule.default_target) if rule.default_target else None)
        if target is not None:
            seen.setdefault((kpi, target), (rule, curve))
    findings = [
        finding for (kpi, target), (rule, curve) in seen.items() for finding in _findings(kpi, rule, curve, target)
    ]
    return sorted(set(findings))


def _findings(kpi: str, rule: KpiRule, curve: CurveRule, target: TargetInput) -> Iterable[Finding]:
    problems = target_problems(
        rule.method, rule.direction, target.baseline, target.threshold, target.target, target.stretch, rule.limit
    )
    if not problems and not _ascends(bent_curve(rule, curve, target)):
        problems = [("threshold" if target.threshold is not None else "stretch", "schemes.target.curve_order")]
    for name, key in problems:
        value = getattr(target, name)
        yield Finding(
            file=target.source.split(" row")[0],
            row=target.row,
            column=name,
            value=f"{kpi}: {'' if value is None else value}",
            problem=text(key, "en"),
            mend=text(f"{key}.mend", "en"),
        )


def _ascends(points: tuple[Anchor, ...]) -> bool:
    return all(left[0] <= right[0] for left, right in pairwise(points))


def _as_input(default: DefaultTarget) -> TargetInput:
    return TargetInput(default.target, default.baseline, default.threshold, default.stretch, source=SCHEME_SOURCE)


def _attain(rule: KpiRule, value: Decimal, target: Decimal, baseline: Decimal | None, scale: Decimal | None) -> Decimal:
    if rule.method == "baseline" and baseline is not None:
        return attainment.from_baseline(value, baseline, target)
    if rule.method == "linear":
        return attainment.linear(value, target)
    if rule.method == "ratio":
        cap = None if rule.attainment_cap is None else rule.attainment_cap / HUNDRED
        return attainment.ratio(value, target, rule.direction, cap)
    if scale is None:
        raise ValueError("the difference form needs a scale")
    return attainment.difference(value, target, scale, rule.direction)


def _value_at(
    rule: KpiRule, attained: Decimal, target: Decimal, baseline: Decimal | None, scale: Decimal | None
) -> Decimal:
    """The value that has the given attainment: the inverse of the form."""
    part = CONTEXT.divide(attained, HUNDRED)
    if rule.method == "baseline" and baseline is not None:
        return CONTEXT.add(baseline, CONTEXT.multiply(part, CONTEXT.subtract(target, baseline)))
    if rule.method == "linear":
        return CONTEXT.multiply(target, Decimal(2) - part)
    if rule.method == "ratio":
        if rule.direction == "higher":
            return CONTEXT.multiply(target, part)
        return CONTEXT.divide(target, part) if part > 0 else target
    distance = CONTEXT.multiply(part - ONE, scale or ONE)
    return CONTEXT.add(target, distance if rule.direction == "higher" else -distance)
