"""What the warehouse has measured, as scoring is given it: readings of segments and of the communities in them.

Belongs here: turning rows of the warehouse into readings under the company's person ids, and the communities that a
segment runs with their readings and targets. Does not belong here: targets of persons (`agreed`), queries
(`warehouse.readings`), what is done with any of it (`scoring`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from pipelines.company.keys import Pseudonymiser
from pipelines.company.model import Company
from pipelines.company.segments import Segment
from pipelines.periods import Period
from pipelines.schemes.model import Scheme
from pipelines.scorecards.agreed import target_input
from pipelines.scorecards.carrying import Readings
from pipelines.scoring import CommunityInput, KpiReading, TargetInput
from pipelines.warehouse import readings as warehouse


def people_by_key(company: Company) -> dict[str, str]:
    """The ids of people.csv by the keys under which the warehouse knows them."""
    keys = Pseudonymiser.from_home(company.home)
    return {keys.person(person.person_id): person.person_id for person in company.people}


def readings(company: Company, warehouse_file: Path, period: Period) -> Readings:
    """The readings of a period by person and segment; empty where the warehouse has not built the period."""
    people = people_by_key(company)
    found: dict[tuple[str, str], dict[str, KpiReading]] = defaultdict(dict)
    for row in warehouse.kpi_readings(warehouse_file, period):
        if row.person_id in people:
            found[people[row.person_id], row.segment_id][row.kpi_id] = _reading(row)
    return found


class Communities:
    """The communities of the segments of one period; asks the warehouse only where a scheme looks at communities."""

    def __init__(self, company: Company, warehouse_file: Path, period: Period, schemes: Mapping[str, Scheme]):
        self._company, self._period, self._schemes = company, period, schemes
        self._readings: dict[tuple[str, str, str], dict[str, KpiReading]] = defaultdict(dict)
        if not any(scheme.communities for scheme in schemes.values()):
            return
        people = people_by_key(company)
        for row in warehouse.community_readings(warehouse_file, period):
            if row.person_id in people:
                key = (people[row.person_id], row.segment_id, row.community_id)
                self._readings[key][row.kpi_id] = _reading(row)

    def of(self, segment: Segment) -> tuple[CommunityInput, ...]:
        """Return the communities that a segment's person runs; none where the role is not measured by them."""
        scheme = self._schemes[segment.scheme_id]
        role = scheme.roles.get(segment.role)
        if role is None or not role.by_community:
            return ()
        return tuple(
            CommunityInput(
                community_id=duty.community_id,
                type=duty.type,
                stage=duty.stage,
                days=duty.days,
                readings=self._readings.get((segment.person_id, segment.segment_id, duty.community_id), {}),
                targets=self._targets(scheme, duty.community_id),
            )
            for duty in self._company.community_duties.of(segment, self._period)
        )

    def _targets(self, scheme: Scheme, community_id: str) -> dict[str, TargetInput]:
        found = {}
        for kpi_id, rule in scheme.kpis.items():
            row = self._company.targets.of_community(kpi_id, self._period, community_id, rule.aggregation)
            target = target_input(row)
            if target is not None:
                found[kpi_id] = target
        return found


def _reading(row: warehouse.ReadingRow | warehouse.CommunityReadingRow) -> KpiReading:
    return KpiReading(
        kpi_id=row.kpi_id,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        n_records=row.n_records,
        status=row.status,
        reason_code=row.reason_code,
        reason_params=row.reason_params,
    )
