"""A KPI of a whole team, from the readings of its people.

Belongs here: merging readings of credit that is split among persons, from numerators and denominators. Does not belong
here: KPIs that every member carries whole (`credit_kind` overlay), medians and distinct counts, which readings cannot
merge: a scheme that asks for them is refused (`pipelines.schemes.share_checks`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pipelines.schemes.model import Scheme
from pipelines.scoring.inputs import ChannelReading, KpiReading, SegmentInput
from pipelines.scoring.numbers import CONTEXT, ZERO, round_once

#: As the warehouse states values.
_EXACT = Decimal("1e-12")
#: The person has records, and what is needed to measure them is absent: unknown, and not nothing.
NOT_MEASURABLE = "not_measurable"


def team_reading(kpi_id: str, readings: Sequence[KpiReading | None]) -> KpiReading:
    """Merge the readings of one KPI over a team: Σ numerators / Σ denominators of a ratio, else the sum of values.

    One withheld or absent reading withholds the team's: what is missing may be anything. People to whom the KPI does
    not apply are left out, but for what they add to one side of a ratio: spend without a lead is spend of the team. Two
    parts of one person are two readings.

    Args:
        kpi_id: the KPI.
        readings: one a segment of the team, in a stable order; None where the warehouse does not mention it.

    Returns:
        A reading of the team; its reason is that of the first reading at fault.
    """
    missing = next((one for one in readings if one is None or is_unknown(one)), KpiReading(kpi_id, ZERO))
    if missing is None:
        return KpiReading(kpi_id, None, status="withheld", reason_code="no_reading")
    if is_unknown(missing):
        return KpiReading(
            kpi_id, None, status="withheld", reason_code=missing.reason_code, reason_params=missing.reason_params
        )
    known = [one for one in readings if one is not None and (one.value is not None or one.denominator is not None)]
    if not known:
        why = next((one.reason_code for one in readings if one is not None), "no_responsibility")
        return KpiReading(kpi_id, None, status="not_applicable", reason_code=why)
    records = sum(one.n_records for one in known)
    doubtful = next((one for one in known if one.status == "provisional"), None)
    status, why = ("provisional", doubtful.reason_code) if doubtful else ("ok", "")
    params = doubtful.reason_params if doubtful else {}
    if all(one.denominator is None for one in known):
        total = sum((one.value or ZERO for one in known), ZERO)
        return KpiReading(kpi_id, total, total, None, records, status, why, params)
    top = sum((one.numerator or ZERO for one in known), ZERO)
    bottom = sum((one.denominator or ZERO for one in known), ZERO)
    if not bottom:
        return KpiReading(kpi_id, None, top, bottom, records, "not_applicable", "zero_denominator")
    value = round_once(CONTEXT.divide(top, bottom), _EXACT)
    return KpiReading(kpi_id, value, top, bottom, records, status, why, params, _channels(known))


def _channels(known: Sequence[KpiReading]) -> tuple[ChannelReading, ...]:
    """The channels of a team: money and results of each, summed over its people."""
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for one in (channel for reading in known for channel in reading.channels):
        spend, results = sums.get(one.channel, (ZERO, ZERO))
        sums[one.channel] = (spend + one.spend, results + one.results)
    return tuple(ChannelReading(name, *sums[name]) for name in sorted(sums))


def is_unknown(reading: KpiReading) -> bool:
    """Whether something is there and its number is not known."""
    return reading.status == "withheld" or (
        reading.status == "not_applicable" and reading.reason_code == NOT_MEASURABLE
    )


def with_team_readings(segments: Sequence[SegmentInput], schemes: Mapping[str, Scheme]) -> list[SegmentInput]:
    """Give every segment the team readings of the KPIs that its scheme measures on the team.

    The team is everybody of one team who is paid by one scheme and employed in the period, on leave or not.

    Args:
        segments: in a stable order, kept.
        schemes: by scheme id.
    """
    wanted = {
        scheme_id: [kpi for kpi, rule in scheme.kpis.items() if rule.measured_on == "team"]
        for scheme_id, scheme in schemes.items()
    }
    teams: dict[tuple[str, str], list[SegmentInput]] = defaultdict(list)
    for segment in segments:
        if segment.is_in_team and wanted.get(segment.scheme_id):
            teams[segment.scheme_id, segment.team_id].append(segment)
    found = {
        (scheme_id, team_id): {
            kpi: team_reading(kpi, [segment.readings.get(kpi) for segment in team]) for kpi in wanted[scheme_id]
        }
        for (scheme_id, team_id), team in teams.items()
    }
    return [
        replace(segment, team_readings=found[segment.scheme_id, segment.team_id])
        if (segment.scheme_id, segment.team_id) in found
        else segment
        for segment in segments
    ]
