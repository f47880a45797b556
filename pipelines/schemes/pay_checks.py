"""Rules of the form of pay: a team's pool or the own score; shares, classes, bands, curves.

Belongs here: every rule about `pool`, `individual`, `longer_kpis`, `true_up` and `piece_rates` that the model's
types cannot say. Does not belong here: weights, KPIs and effects (`checks`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from pipelines.schemes.catalogue import KpiInfo
from pipelines.schemes.model import MONTHS_OF
from pipelines.schemes.parsed import HUNDRED, Issue, items, mapping, repeats, total, variants

#: Which keys a form of individual pay has: (classes, levels of a class, at_least of a class, payout).
_KEYS_OF = {
    "base": (False, False, False, True),
    "category": (True, True, False, True),
    "band": (True, False, True, False),
}


def pay_issues(scheme: Mapping[str, Any]) -> Iterator[Issue]:
    """Yield every broken rule about how a scheme pays."""
    if ("pool" in scheme) == ("individual" in scheme):
        place = ("individual",) if "individual" in scheme else ()
        yield Issue(place, "schemes.pay.one_form")
    for form in ("pool", "individual"):
        shares = mapping(mapping(scheme.get(form)).get("shares"))
        paid = total(shares.get(name) for name in MONTHS_OF)
        if paid is not None and paid != HUNDRED:
            yield Issue((form, "shares"), "schemes.weights.shares", {"total": paid})
    yield from _pool_issues(scheme)
    yield from _individual_issues(mapping(scheme.get("individual")))
    yield from _longer_issues(scheme)
    yield from _true_up_issues(scheme)


def piece_issues(scheme: Mapping[str, Any], catalogue: Mapping[str, KpiInfo]) -> Iterator[Issue]:
    """Yield every broken rule about pay by the piece."""
    rates = [(mapping(raw), ("piece_rates", i)) for i, raw in enumerate(items(scheme.get("piece_rates")))]
    yield from repeats([(rate.get("id"), (*path, "id")) for rate, path in rates])
    for rate, path in rates:
        kpi = rate.get("kpi")
        info = catalogue.get(kpi) if isinstance(kpi, str) else None
        if isinstance(kpi, str) and info is None:
            yield Issue((*path, "kpi"), "schemes.unknown_kpi", {"kpi": kpi})
        elif info is not None and info.aggregation not in ("sum", "distinct"):
            yield Issue((*path, "kpi"), "schemes.piece.not_additive", {"kpi": kpi, "aggregation": info.aggregation})
        for index, role in enumerate(items(rate.get("roles"))):
            if isinstance(role, str) and role not in mapping(scheme.get("roles")):
                yield Issue((*path, "roles", index), "schemes.unknown_role")


def _pool_issues(scheme: Mapping[str, Any]) -> Iterator[Issue]:
    pool, rules = mapping(scheme.get("pool")), mapping(scheme.get("kpis"))
    kpis = mapping(pool.get("kpis"))
    weight = total(kpis.values())
    if kpis and weight is not None and weight != HUNDRED:
        yield Issue(("pool", "kpis"), "schemes.weights.pool", {"total": weight})
    leaves_out = mapping(scheme.get("longer_kpis")).get("in_shorter") == "leave_out"
    for kpi in kpis:
        lacking: dict[str, str] = {}  # of each role the first set of components, else one mistake is told many times
        for variant in variants(scheme):
            if not any(kpi in mapping(component.get("kpis")) for _, component in variant.components):
                kind = variant.name.removeprefix(variant.role).removeprefix(" / ")
                lacking.setdefault(variant.role, f"{variant.role} ({kind})" if kind else variant.role)
        for name in lacking.values():
            yield Issue(("pool", "kpis", kpi), "schemes.pool.not_common", {"kpi": kpi, "role": name})
        if leaves_out and MONTHS_OF.get(mapping(rules.get(kpi)).get("period", "month"), 1) > 1:
            yield Issue(("pool", "kpis", kpi), "schemes.pool.longer", {"kpi": kpi})


def _individual_issues(pay: Mapping[str, Any]) -> Iterator[Issue]:
    wanted = _KEYS_OF.get(str(pay.get("by")))
    if wanted is None:
        return
    has_classes, has_levels, has_bands, has_payout = wanted
    by = {"by": pay["by"]}
    if bool(items(pay.get("classes"))) != has_classes:
        yield Issue(("individual", "classes"), f"schemes.individual.{'no_' if has_classes else 'needless_'}classes", by)
    if (pay.get("payout") is not None) != has_payout:
        yield Issue(("individual", "payout"), f"schemes.individual.{'no_' if has_payout else 'needless_'}payout", by)
    classes = [(mapping(raw), ("individual", "classes", i)) for i, raw in enumerate(items(pay.get("classes")))]
    yield from repeats([(one.get("id"), (*path, "id")) for one, path in classes])
    for one, path in classes if has_classes else ():
        if bool(items(one.get("levels"))) != has_levels:
            yield Issue((*path, "levels"), f"schemes.individual.{'no_' if has_levels else 'needless_'}levels", by)
        if (one.get("at_least") is not None) != has_bands:
            yield Issue((*path, "at_least"), f"schemes.individual.{'no_' if has_bands else 'needless_'}band", by)
    levels = [
        (level, (*path, "levels", i)) for one, path in classes for i, level in enumerate(items(one.get("levels")))
    ]
    yield from repeats(levels)
    bands = [(one["at_least"], one.get("amount"), path) for one, path in classes if one.get("at_least") is not None]
    yield from _band_issues(bands) if has_bands else ()


def _band_issues(bands: list[tuple[Any, Any, Any]]) -> Iterator[Issue]:
    known = [band for band in bands if isinstance(band[0], Decimal) and isinstance(band[1], Decimal)]
    known.sort(key=lambda band: band[0])
    for (low, less, _), (high, more, path) in pairwise(known):
        if low == high:
            yield Issue((*path, "at_least"), "schemes.individual.band_twice")
        elif more < less:
            yield Issue((*path, "amount"), "schemes.individual.band_falls")


def _longer_issues(scheme: Mapping[str, Any]) -> Iterator[Issue]:
    stated = "longer_kpis" in scheme
    longer = [
        kpi
        for kpi, rule in mapping(scheme.get("kpis")).items()
        if MONTHS_OF.get(str(mapping(rule).get("period", "month")), 1) > 1
    ]
    if longer and not stated:
        yield Issue(("kpis", longer[0], "period"), "schemes.longer.missing", {"kpi": longer[0]})
    if stated and not longer:
        yield Issue(("longer_kpis",), "schemes.longer.needless")


def _true_up_issues(scheme: Mapping[str, Any]) -> Iterator[Issue]:
    if "true_up" not in scheme:
        return
    if "pool" in scheme:
        # what a member gets of a pool depends on the others' scores: no amount is the own result's alone
        yield Issue(("true_up",), "schemes.true_up.pool")
    if mapping(mapping(scheme.get("individual")).get("shares")).get("month") == 0:
        yield Issue(("true_up",), "schemes.true_up.no_month")
