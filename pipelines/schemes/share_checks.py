"""Rules of what is measured over a team and of a team's shares; and of targets that are stated as a ratio.

Belongs here: every rule about `team_shares`, `measured_on` and `stated_as` that the model's types cannot say. Does not
belong here: pools, pay by the own score (`pay_checks`), weights, other KPI rules (`checks`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from pipelines.schemes.catalogue import KpiInfo
from pipelines.schemes.model import MONTHS_OF
from pipelines.schemes.parsed import Issue, items, mapping, repeats, total
from pipelines.schemes.yaml_lines import Path

HUNDRED = Decimal(100)
#: What a KPI of return over cost is when the return is n times the cost: n less this.
_LESS_AT_RETURN = {
    "marketing_roi": Decimal(1),
    "event_roi": Decimal(1),
    "community_roi": Decimal(1),
    "return_on_ad_spend": Decimal(0),
}


def share_issues(scheme: Mapping[str, Any], catalogue: Mapping[str, KpiInfo]) -> Iterator[Issue]:
    """Yield every broken rule about team shares, KPIs that are measured on the team and targets stated as a ratio."""
    yield from _measured_on_team(scheme, catalogue)
    yield from _stated_ratios(scheme)
    shares = [(mapping(raw), ("team_shares", index)) for index, raw in enumerate(items(scheme.get("team_shares")))]
    yield from repeats([(share.get("id"), (*path, "id")) for share, path in shares])
    first: dict[str, Any] = {}
    rates: dict[Any, list[Any]] = {}
    for share, path in shares:
        yield from _gate_issues(share, path, catalogue)
        of, period = share.get("of"), share.get("period")
        if isinstance(of, str) and period in MONTHS_OF:
            if first.setdefault(of, period) != period:
                yield Issue((*path, "period"), "schemes.share.paid_twice", {"of": of, "other": first[of]})
            rates.setdefault(of, []).append(share.get("rate"))
            whole = total(rates[of])
            if whole is not None and whole > HUNDRED:
                yield Issue((*path, "rate"), "schemes.share.more_than_gain", {"of": of, "total": whole})


def _gate_issues(share: Mapping[str, Any], path: Path, catalogue: Mapping[str, KpiInfo]) -> Iterator[Issue]:
    gates = [(mapping(raw), (*path, "gates", index)) for index, raw in enumerate(items(share.get("gates")))]
    yield from repeats([(gate.get("id"), (*place, "id")) for gate, place in gates])
    for gate, place in gates:
        kpi = gate.get("kpi")
        if (gate.get("at_most") is None) == (gate.get("at_least") is None):
            yield Issue((*place, "at_least" if "at_least" in gate else "at_most"), "schemes.gate.bounds")
        if isinstance(kpi, str) and kpi not in catalogue:
            yield Issue((*place, "kpi"), "schemes.unknown_kpi", {"kpi": kpi})
        elif isinstance(kpi, str) and not _merges(catalogue[kpi], ("sum", "ratio_of_sums")):
            yield Issue((*place, "kpi"), "schemes.team.not_merging", {"kpi": kpi})


def _measured_on_team(scheme: Mapping[str, Any], catalogue: Mapping[str, KpiInfo]) -> Iterator[Issue]:
    by_community = any(mapping(role).get("by_community") is True for role in mapping(scheme.get("roles")).values())
    carries = mapping(scheme.get("longer_kpis")).get("in_shorter") == "carry_last"
    for kpi, raw in mapping(scheme.get("kpis")).items():
        rule, path = mapping(raw), ("kpis", kpi, "measured_on")
        if rule.get("measured_on") != "team":
            continue
        if kpi in catalogue and not _merges(catalogue[kpi], ("ratio_of_sums",)):
            yield Issue(path, "schemes.team.no_ratio", {"kpi": kpi})
        if by_community and kpi in catalogue and catalogue[kpi].of_community:
            yield Issue(path, "schemes.team.by_community", {"kpi": kpi})
        if carries and rule.get("period", "month") != "month":
            yield Issue(path, "schemes.team.carried", {"kpi": kpi})


def _merges(info: KpiInfo, kinds: tuple[str, ...]) -> bool:
    """Whether the readings of people make a team's: split credit, with numerators that add up."""
    return info.aggregation in kinds and info.credit_kind != "overlay"


def _stated_ratios(scheme: Mapping[str, Any]) -> Iterator[Issue]:
    """`1:5` is a number and a convention: the target must be what the two come to."""
    for kpi, raw in mapping(scheme.get("kpis")).items():
        default = mapping(mapping(raw).get("default_target"))
        stated, path = mapping(default.get("stated_as")), ("kpis", kpi, "default_target")
        if not stated:
            continue
        if kpi not in _LESS_AT_RETURN:
            yield Issue((*path, "stated_as"), "schemes.target.no_return", {"kpi": kpi})
            continue
        meant = _meant(kpi, stated)
        target = default.get("target")
        if meant is not None and isinstance(target, Decimal) and target != meant:
            params = {"ratio": stated.get("ratio"), "convention": stated.get("convention"), "meant": meant}
            yield Issue((*path, "target"), "schemes.target.not_as_stated", params)


def _meant(kpi: str, stated: Mapping[str, Any]) -> Decimal | None:
    try:
        times = Decimal(str(stated.get("ratio")).partition(":")[2])
    except InvalidOperation:
        return None
    less = _LESS_AT_RETURN[kpi]
    if stated.get("convention") == "return_per_cost":
        return times - less
    return times + 1 - less if stated.get("convention") == "profit_per_cost" else None
