"""Default targets that cannot be meant: by their own arithmetic, and against what was ever reached.

Belongs here: plausibility of `default_target`. Does not belong here: targets of people/targets.csv, and reading the
past values (the caller).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pipelines.schemes.advice.sheet import PastValues, Sheet, plain
from pipelines.schemes.catalogue import KpiInfo
from pipelines.schemes.parsed import Issue, mapping
from pipelines.schemes.yaml_lines import Path

#: A stock that doubles within a year is rare enough to be asked about.
_YEARLY_FACTOR = Decimal(2)
_MONTHS = 12
#: Fewer published months say nothing about a target.
_FEWEST_MONTHS = 3


def issues(sheet: Sheet) -> Iterator[Issue]:
    """Yield default targets that are implausible."""
    for kpi, raw in mapping(sheet.scheme.get("kpis")).items():
        info, rule = sheet.catalogue.get(kpi), mapping(raw)
        target = mapping(rule.get("default_target")).get("target")
        if info is None or not isinstance(target, Decimal):
            continue
        path: Path = ("kpis", kpi, "default_target", "target")
        yield from _by_itself(path, info, rule, target)
        past = sheet.past.get(kpi)
        if past is not None and past.months >= _FEWEST_MONTHS:
            yield from _by_history(path, info, past, target)


def _by_itself(path: Path, info: KpiInfo, rule: Mapping[str, Any], target: Decimal) -> Iterator[Issue]:
    if info.unit != "ratio":
        return
    if is_growth_rate(info):
        factor = (1 + target) ** _MONTHS
        if factor >= _YEARLY_FACTOR:
            rate, year = plain(target * 100), format(round(factor, 1), "f")
            yield Issue(path, "advice.target.compounds", {"rate": rate, "factor": year})
    limit = rule.get("limit")
    if isinstance(limit, Decimal):
        if target == limit:
            yield Issue(path, "advice.target.at_limit", {"target": plain(target)})
    elif target > 1 and not _is_difference(info):
        yield Issue(path, "advice.target.above_whole", {"percent": plain(target * 100)})


def is_growth_rate(info: KpiInfo) -> bool:
    """Tell whether a KPI is a growth of a stock, which next month's growth comes on top of."""
    on_stock = any("opening" in component for component in info.components[1:])
    return info.dimension == "growth" and info.unit == "ratio" and on_stock


def _is_difference(info: KpiInfo) -> bool:
    """Whether the numerator is a difference, such as return less cost: then the ratio may well exceed 1."""
    return any(" less " in component or " - " in component for component in info.components[:1])


def _by_history(path: Path, info: KpiInfo, past: PastValues, target: Decimal) -> Iterator[Issue]:
    higher = info.direction == "higher"
    best, worst = (past.ever_high, past.low) if higher else (past.ever_low, past.high)
    params = {
        "n": past.values,
        "months": past.months,
        "best": plain(best),
        "worst": plain(worst),
        "half": plain(past.p50),
        "tenth": plain(past.p90 if higher else past.p10),
    }
    if (target > best) if higher else (target < best):
        yield Issue(path, "advice.target.unreachable", params)
    elif (target < worst) if higher else (target > worst):
        yield Issue(path, "advice.target.beaten_by_all", params)
