"""Rules of peer control: which KPIs can be compared with peers at all.

Belongs here: every rule about `peer_control` that the model's types cannot say. Does not belong here: other blocks
(`checks`), who is a peer (`pipelines.company`), the arithmetic (`pipelines.scoring.shocks`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.schemes.catalogue import KpiInfo
from pipelines.schemes.parsed import Issue, items, mapping, repeats


def peer_issues(scheme: Mapping[str, Any], catalogue: Mapping[str, KpiInfo]) -> Iterator[Issue]:
    """Yield every broken rule about peer control, in the order of the block's KPIs."""
    rules = mapping(scheme.get("kpis"))
    carries = mapping(scheme.get("longer_kpis")).get("in_shorter") == "carry_last"
    named = [
        (kpi, ("peer_control", "kpis", index))
        for index, kpi in enumerate(items(mapping(scheme.get("peer_control")).get("kpis")))
        if isinstance(kpi, str)
    ]
    yield from repeats(named)
    for kpi, path in named:
        rule, info = mapping(rules.get(kpi)), catalogue.get(kpi)
        if kpi not in rules:
            yield Issue(path, "schemes.kpi.no_rule", {"kpi": kpi})
            continue
        if info is not None and len(info.platforms) != 1:
            # peers are accounts of the same platform: of which, if the KPI has none or several?
            yield Issue(path, "schemes.peers.platform", {"kpi": kpi})
        if rule.get("method") == "difference":
            yield Issue(path, "schemes.peers.difference", {"kpi": kpi})
        if carries and rule.get("period", "month") != "month":
            yield Issue(path, "schemes.peers.carried", {"kpi": kpi})
