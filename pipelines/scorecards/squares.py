"""The readings of net scores and means of ratings with the mean square that their interval needs.

Belongs here: giving readings their mean squares, where a scheme in force scores or gates such a KPI. Does not belong
here: the other readings (`measured`), the interval (`scoring.intervals`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from pipelines.company.model import Company
from pipelines.periods import Period
from pipelines.schemes.model import Scheme
from pipelines.scorecards.carrying import Readings
from pipelines.scorecards.measured import people_by_key
from pipelines.warehouse import readings as warehouse

#: Intervals that need more than a numerator and a denominator.
_OF_SQUARES = frozenset({"nps", "mean"})


def spread_kpis(schemes: Iterable[Scheme]) -> set[str]:
    """Return the KPIs of the schemes whose interval needs mean squares."""
    schemes = tuple(schemes)
    scored = {kpi for scheme in schemes for kpi, rule in scheme.kpis.items() if rule.interval in _OF_SQUARES}
    return scored | {gate.kpi for scheme in schemes for gate in scheme.gates if gate.interval in _OF_SQUARES}


def with_squares(
    found: Readings, company: Company, warehouse_file: Path, period: Period, schemes: Mapping[str, Scheme]
) -> Readings:
    """Return the readings of a period with the mean squares of the KPIs whose interval needs them."""
    kpis = spread_kpis(schemes.values())
    if not kpis or not found:
        return found
    people = people_by_key(company)
    squares = {
        (people[row.person_id], row.segment_id, row.kpi_id): row.mean_square
        for row in warehouse.mean_squares(warehouse_file, period, kpis)
        if row.person_id in people
    }
    return {
        (person, segment): {
            kpi: replace(reading, mean_square=squares[person, segment, kpi])
            if (person, segment, kpi) in squares
            else reading
            for kpi, reading in own.items()
        }
        for (person, segment), own in found.items()
    }
