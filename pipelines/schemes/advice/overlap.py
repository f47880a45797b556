"""KPIs that pay the same records twice, and ratios that divide the same thing by different things.

Belongs here: what the catalogue says of two KPIs together. Does not belong here: one KPI by itself.

Two KPIs overlap when they read records of a common source family and

* read the same exact numbers (the catalogue's `values_kpi_id`), such as median and 90th percentile; or
* count the same thing first (the first of the catalogue's components): net followers of a person and of the team,
  leavers and leave rate, one retention after 30 and after 60 days. Not so distributions, whose component names only the
  unit (minutes to the reply and minutes to the solution are both "minutes of each ticket"), nor ratings of behaviour,
  where the same scale rates different things; or
* answer the same two or more requirements, one of them nothing else: median first reply and first replies in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from pipelines.schemes.advice.sheet import Sheet, plain
from pipelines.schemes.catalogue import KpiInfo
from pipelines.schemes.parsed import Issue


def issues(sheet: Sheet) -> Iterator[Issue]:
    """Yield overlapping KPIs of a role and stray denominators of the scheme."""
    for paid in sheet.roles.values():
        for first, second in combinations(paid, 2):
            if overlap(first.info, second.info):
                team = "overlay" in (first.info.credit_kind, second.info.credit_kind)
                key = "advice.overlap.team" if team else "advice.overlap.records"
                weight = plain(first.weight + second.weight)
                yield Issue(second.path, key, {"first": first.kpi, "second": second.kpi, "weight": weight})
    reported = set()
    for one in sheet.paid:
        for other in sheet.paid_infos.values():
            if other.kpi_id == one.kpi:
                break
            pair = (other.kpi_id, one.kpi)
            if pair not in reported and _stray(other, one.info):
                reported.add(pair)
                params = {"first": other.kpi_id, "by": other.components[1]}
                yield Issue(
                    one.path, "advice.denominator.stray", {"kpi": one.kpi, "own": one.info.components[1]} | params
                )


def overlap(first: KpiInfo, second: KpiInfo) -> bool:
    """Tell whether two KPIs are moved by the very same records."""
    if not set(first.families) & set(second.families):
        return False
    if (first.values_kpi_id or first.kpi_id) == (second.values_kpi_id or second.kpi_id):
        return True
    if _counts_the_same(first, second):
        return True
    ours, theirs = set(first.requirement_ids), set(second.requirement_ids)
    return len(ours & theirs) > 1 and (ours <= theirs or theirs <= ours)


def _counts_the_same(first: KpiInfo, second: KpiInfo) -> bool:
    if "distribution" in (first.aggregation, second.aggregation) or first.nature == second.nature == "behaviour":
        return False
    return bool(first.components) and first.components[:1] == second.components[:1]


def _stray(first: KpiInfo, second: KpiInfo) -> bool:
    """Whether both are ratios of the same thing, of the same records, by different things."""
    return (
        first.aggregation == second.aggregation == "ratio_of_sums"
        and bool(set(first.families) & set(second.families))
        and _counts_the_same(first, second)
        and len(first.components) > 1 < len(second.components)
        and first.components[1:] != second.components[1:]
    )
