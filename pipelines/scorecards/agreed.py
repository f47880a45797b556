"""The targets that people agreed on, as scoring is given them.

Belongs here: rows of people/targets.csv for segments and KPIs. Does not belong here: which row holds
(`company.targets`), what a target does to a value (`scoring.targets`), targets of communities (`measured`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipelines.company.model import Company
from pipelines.company.records import TargetRow
from pipelines.company.segments import Segment
from pipelines.company.targets import TargetNumbers
from pipelines.periods import Period
from pipelines.schemes.model import MONTHS_OF, KpiRule, Scheme
from pipelines.scoring import TargetInput
from pipelines.scoring.attainment import default_baseline


def targets_of(
    company: Company, period: Period, segments: Iterable[Segment], schemes: Mapping[str, Scheme]
) -> dict[tuple[str, str, str], TargetInput]:
    """The target of people/targets.csv for every segment and KPI of its scheme that has one there."""
    found = {}
    for segment in segments:
        for kpi_id, rule in schemes[segment.scheme_id].kpis.items():
            target = target_of_person(company, period, segment, kpi_id, rule)
            if target is not None:
                found[segment.person_id, segment.segment_id, kpi_id] = target
    return found


def target_of_person(
    company: Company, period: Period, segment: Segment, kpi_id: str, rule: KpiRule
) -> TargetInput | None:
    """The target of one segment and KPI in a period that need not be the scored one; None where the file has none."""
    row = company.targets.resolve(
        kpi_id,
        period,
        segment.person_id,
        segment.role,
        segment.team_id,
        rule.aggregation,
        monthly_default(rule),
    )
    return target_input(row)


def monthly_default(rule: KpiRule) -> TargetNumbers | None:
    """The scheme's default as the months of a longer period are scored by it where the file has no row.

    A default that is for a quarter or a year adds its part of it to each month.
    """
    default = rule.default_target
    if default is None:
        return None
    baseline = default.baseline
    if baseline is None and rule.method == "baseline":
        baseline = default_baseline(default.target, rule.direction)
    months = MONTHS_OF[default.per]
    target, start, threshold, stretch = (
        None if number is None else number / months
        for number in (default.target, baseline, default.threshold, default.stretch)
    )
    return None if target is None else TargetNumbers(target, start, threshold, stretch)


def target_input(row: TargetRow | None) -> TargetInput | None:
    """A row of people/targets.csv as scoring is given it; None without a row, or where the row ends the target."""
    if row is None or row.target is None:
        return None
    return TargetInput(
        target=row.target,
        baseline=row.baseline,
        threshold=row.threshold,
        stretch=row.stretch,
        source=row.source,
        row=row.source_row,
    )
