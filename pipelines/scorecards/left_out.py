"""Readings without the records that a scheme leaves out as evidence of gaming.

Belongs here: which records are left out of which reading, and what is left of it. Does not belong here: finding
incidents (dbt_project/models/intermediate/gaming), what an appeal makes of one (`gaming`), scoring.

A KPI that adds up loses what the records add, a ratio loses it on both sides. KPIs of a whole team that each member
carries whole, counts of distinct people, and medians stay: of these no record is one person's, or one of many. Leaving
out never makes a reading better: a repeated post may have lowered a rate, and nobody gains by being found out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from pipelines.company.model import Company
from pipelines.periods import Period
from pipelines.schemes.catalogue import read_catalogue
from pipelines.schemes.model import Scheme
from pipelines.scorecards.carrying import Readings, bound_segments
from pipelines.scorecards.measured import people_by_key
from pipelines.scoring import IncidentInput, KpiReading
from pipelines.scoring.gaming import DROPPED, SUSPENDED, LeftOut
from pipelines.scoring.numbers import CONTEXT, ZERO, round_once
from pipelines.warehouse import readings as warehouse
from pipelines.warehouse.readings import GamingPart

#: As the warehouse states values.
_EXACT = Decimal("1e-12")


def with_left_out(
    found: Readings,
    company: Company,
    warehouse_file: Path,
    period: Period,
    schemes: Mapping[str, Scheme],
    incidents: Mapping[str, Iterable[IncidentInput]],
) -> Readings:
    """Return the readings of a period without the records that the scheme of each segment leaves out.

    Args:
        found: by person and segment.
        company: for its people and segments.
        warehouse_file: the finished warehouse.
        period: of the readings.
        schemes: by scheme id.
        incidents: of the period by person, with what appeals made of them.
    """
    rules = {
        name: {rule for rule, one in scheme.gaming.rules.items() if one.effect == "leave_out"}
        for name, scheme in schemes.items()
        if scheme.gaming is not None
    }
    if not any(rules.values()) or not incidents:
        return found
    catalogue = read_catalogue()
    kpis = {
        kpi
        for name in rules
        for kpi in schemes[name].kpis
        if kpi in catalogue and catalogue[kpi].credit_kind == "split"
    }
    people = people_by_key(company)
    parts: dict[tuple[str, str], dict[str, list[GamingPart]]] = defaultdict(lambda: defaultdict(list))
    for part in warehouse.gaming_parts(warehouse_file, period, kpis):
        if part.person_id in people:
            parts[people[part.person_id], part.segment_id][part.kpi_id].append(part)
    schemes_of = {(one.person_id, one.segment_id): one.scheme_id for one in bound_segments(company.segments(), period)}
    states = {one.incident_id: one.state for own in incidents.values() for one in own}
    changed: dict[tuple[str, str], Mapping[str, KpiReading]] = dict(found)
    for key, by_kpi in parts.items():
        wanted = rules.get(schemes_of.get(key, ""), set())
        own = found.get(key, {})
        changed[key] = {
            kpi: without(
                reading,
                [part for part in by_kpi.get(kpi, ()) if part.rule_id in wanted],
                states,
                catalogue[kpi].direction if kpi in catalogue else "",
            )
            for kpi, reading in own.items()
        }
    return changed


def without(
    reading: KpiReading, parts: Sequence[GamingPart], states: Mapping[str, str], direction: str = "higher"
) -> KpiReading:
    """Return a reading without the records of incidents that stand; those under appeal still count.

    A record of several incidents is left out once, and as soon as one of them stands. Where nothing is left to measure
    the KPI is not applicable.

    Args:
        reading: with all records.
        parts: what the records of incidents add to it.
        states: of the incidents, by name.
        direction: of the KPI; what would better it is not left out.
    """
    if reading.value is None or reading.status not in ("ok", "provisional"):
        return reading
    known = [part for part in parts if states.get(part.incident_id, DROPPED) != DROPPED]
    out = [part for part in known if states[part.incident_id] != SUSPENDED]
    settled = {(part.record_type, part.record_id) for part in out}
    waiting = [part for part in known if (part.record_type, part.record_id) not in settled]
    if not known:
        return reading
    now = _less(reading, out)
    if _is_better(now, reading, direction):
        now, out, settled = reading, [], set()
    if_rejected = _less(reading, known) if waiting else None
    if if_rejected is not None and _is_better(if_rejected, now, direction):
        if_rejected, waiting = None, []
    if not settled and not waiting:
        return reading
    told = LeftOut(
        raw=reading.value,
        records=len(settled),
        incidents=_names(out),
        waiting_records=len({(part.record_type, part.record_id) for part in waiting}),
        waiting_incidents=_names(waiting),
        if_rejected=if_rejected.value if if_rejected else None,
    )
    return replace(now, left_out=told)


def _is_better(one: KpiReading, than: KpiReading, direction: str) -> bool:
    if one.value is None or than.value is None:
        return False
    return one.value < than.value if direction == "lower" else one.value > than.value


def _names(parts: Iterable[GamingPart]) -> tuple[str, ...]:
    return tuple(sorted({part.incident_id for part in parts}))


def _less(reading: KpiReading, parts: Iterable[GamingPart]) -> KpiReading:
    """The reading less what these records add to it, each of them once."""
    once = {(part.record_type, part.record_id): part for part in parts}.values()
    if not once:
        return reading
    top = (reading.numerator or reading.value or ZERO) - sum((part.numerator or ZERO for part in once), ZERO)
    records = max(0, reading.n_records - len(once))
    if reading.denominator is None:
        return replace(reading, value=top, numerator=top, n_records=records)
    bottom = reading.denominator - sum((part.denominator or ZERO for part in once), ZERO)
    if bottom <= 0:
        return KpiReading(
            reading.kpi_id, None, top, bottom, records, "not_applicable", "zero_denominator", reading.reason_params
        )
    value = round_once(CONTEXT.divide(top, bottom), _EXACT)
    return replace(reading, value=value, numerator=top, denominator=bottom, n_records=records)
