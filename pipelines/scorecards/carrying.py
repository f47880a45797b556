"""Readings carried into a shorter period from the last whole longer one (`longer_kpis: carry_last` of a scheme).

Belongs here: which longer periods a period carries from, and whose readings and targets of them a segment has. Does not
belong here: what is done with them (`scoring`), targets of the period itself (`assemble`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from pipelines.company.extent import company_extent
from pipelines.company.leave import Leaves
from pipelines.company.model import Company
from pipelines.company.segments import Segment
from pipelines.periods import Month, Period, Quarter, Year
from pipelines.schemes.model import MONTHS_OF, Scheme
from pipelines.schemes.shelf import Shelf
from pipelines.scoring import CarriedReading, KpiReading, TargetInput

#: Readings by (person_id, segment_id), then by KPI id.
Readings = Mapping[tuple[str, str], Mapping[str, KpiReading]]
TargetOf = Callable[[Segment, str, Period], TargetInput | None]

_KINDS: dict[str, type[Quarter] | type[Year]] = {"quarter": Quarter, "year": Year}


def last_whole(kind: str, period: Period) -> Quarter | Year:
    """Return the last quarter or year that ended before the period began, or ends with it.

    >>> str(last_whole("quarter", Month(2026, 8))), str(last_whole("quarter", Month(2026, 9)))
    ('2026-Q2', '2026-Q3')
    """
    around = _KINDS[kind].of(period.last_day)
    return around if around.end == period.end else around.previous()


def carried_kinds(scheme: Scheme, period: Period) -> list[str]:
    """Return the kinds of longer periods from which a scheme carries readings into a period, the shorter first."""
    if scheme.longer_kpis is None or scheme.longer_kpis.in_shorter != "carry_last":
        return []
    kinds = {rule.period for rule in scheme.kpis.values() if not rule.counts_in(period.period_type)}
    return sorted(kinds, key=lambda kind: MONTHS_OF[kind])


def bound_segments(segments: Iterable[Segment], period: Period) -> list[Segment]:
    """Return the segments that have a day in a period and a scheme that pays them."""
    return [one for one in segments if one.scheme_id and period.overlap_days(one.valid_from, one.valid_to)]


def bound_schemes(company: Company, period: Period, shelf: Shelf) -> dict[str, Scheme]:
    """Return every scheme that pays somebody in a period by its id, in the version in force on the period's last day.

    Raises:
        InputError: when one does not load, or is not in force yet.
    """
    ids = {segment.scheme_id for segment in bound_segments(company.segments(), period)}
    return {scheme_id: shelf.in_force(scheme_id, period.last_day) for scheme_id in sorted(ids)}


def carried_periods(company: Company, period: Period, schemes: Iterable[Scheme]) -> list[Quarter | Year]:
    """Return the longer periods that schemes read for a period, earliest first; those before the company left out."""
    kinds = {kind for scheme in schemes for kind in carried_kinds(scheme, period)}
    first = company_extent(company.home).first_month if kinds else None
    found = {last_whole(kind, period) for kind in kinds}
    return sorted((one for one in found if first is not None and one.months[0] >= first), key=lambda one: one.start)


def carried_months(company: Company, period: Period, schemes: Iterable[Scheme]) -> list[Month]:
    """Return the months that must be built besides those of a period, for what its cards carry."""
    return sorted({month for one in carried_periods(company, period, schemes) for month in one.months})


def carried_of(
    segment: Segment,
    segments: Sequence[Segment],
    scheme: Scheme,
    period: Period,
    readings: Mapping[Period, Readings],
    target_of: TargetOf,
    leaves: Leaves,
) -> dict[str, CarriedReading]:
    """Return what a segment carries, by KPI id.

    A segment that had no day in the longer period carries what the person's last segment in it measured, if that was
    in the same role under the same scheme: who is promoted keeps the quarter's result, who changes the craft does not.

    Args:
        segment: the segment.
        segments: all segments of the company.
        scheme: of the segment.
        period: the period that is scored.
        readings: of the longer periods that the warehouse has.
        target_of: the target of targets.csv for a segment, KPI and period.
        leaves: who was on leave when.
    """
    found = {}
    for kind in carried_kinds(scheme, period):
        longer = last_whole(kind, period)
        measured = _measured(segment, segments, longer)
        if measured is None or longer not in readings:
            continue
        own = readings[longer].get((measured.person_id, measured.segment_id), {})
        for kpi_id, rule in scheme.kpis.items():
            if rule.period == kind:
                found[kpi_id] = CarriedReading(
                    period=str(longer),
                    reading=own.get(kpi_id),
                    target=target_of(measured, kpi_id, longer),
                    months=len(longer.months),
                    eligible_days=leaves.eligible_days(measured, longer),
                    period_days=longer.days,
                )
    return found


def _measured(segment: Segment, segments: Sequence[Segment], longer: Period) -> Segment | None:
    """The person's last segment in a longer period, of the same role and scheme and not later than the own one."""
    same = [
        one
        for one in segments
        if (one.person_id, one.role, one.scheme_id) == (segment.person_id, segment.role, segment.scheme_id)
        and one.valid_from <= segment.valid_from
        and longer.overlap_days(one.valid_from, one.valid_to)
    ]
    return max(same, key=lambda one: one.valid_from, default=None)
