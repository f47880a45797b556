"""Rules of small numbers: which KPIs have a denominator, and which can be drawn to the mean of a team.

Belongs here: every rule about `small_numbers` that the model's types cannot say. Does not belong here: other keys of a
KPI (`checks`), what is made of a small number (`pipelines.scoring.small_numbers`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.schemes.catalogue import KpiInfo
from pipelines.schemes.parsed import Issue, mapping

_SHARES_OF_KEYS = frozenset({"hit_share", "repeat_share"})


def small_issues(scheme: Mapping[str, Any], catalogue: Mapping[str, KpiInfo]) -> Iterator[Issue]:
    """Yield every broken rule about small numbers, KPI by KPI."""
    carries = mapping(scheme.get("longer_kpis")).get("in_shorter") == "carry_last"
    for kpi, raw in mapping(scheme.get("kpis")).items():
        rule, info = mapping(raw), catalogue.get(kpi)
        if rule.get("small_numbers") is None or info is None:
            continue
        block, path = mapping(rule["small_numbers"]), ("kpis", kpi, "small_numbers")
        if info.aggregation != "ratio_of_sums" and info.statistic not in _SHARES_OF_KEYS:
            yield Issue(path, "schemes.small.no_ratio", {"kpi": kpi})
        elif block.get("shrinkage") is None:
            if block.get("at_least") is None and info.min_denominator is None:
                yield Issue(path, "schemes.small.no_minimum", {"kpi": kpi})
        elif not _can_be_shrunk(rule, info) or (carries and rule.get("period", "month") != "month"):
            yield Issue((*path, "shrinkage"), "schemes.small.no_shrinking", {"kpi": kpi})


def _can_be_shrunk(rule: Mapping[str, Any], info: KpiInfo) -> bool:
    """A mean of the team is Σ numerators / Σ denominators of its people's own readings."""
    is_mergeable = info.aggregation == "ratio_of_sums" and info.credit_kind != "overlay" and not info.of_community
    return is_mergeable and rule.get("measured_on", "person") == "person" and rule.get("channels") is None
