"""Rules that look across the blocks of a scheme: weights, references, curves, targets, effects, dates.

Belongs here: every rule that the model's types cannot say. Does not belong here: types (`model`), reading (`loader`).

The checks run on the parsed YAML and step over what has the wrong type, which the model reports: so one reading of a
file names all its mistakes at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from pipelines.schemes.catalogue import KpiInfo
from pipelines.schemes.plain_data import items, mapping, total_of, weighted_kpis
from pipelines.schemes.target_rules import target_problems
from pipelines.schemes.yaml_lines import Path

HUNDRED = Decimal(100)
_EFFECTS = ("zero", "cap", "multiply", "deduct")


@dataclass(frozen=True)
class Terms:
    """A value of an issue that is words of the text catalogue, named by their keys; the loader writes them out."""

    keys: tuple[str, ...]


@dataclass(frozen=True)
class Issue:
    """One broken rule: where in the file, which text tells it (its `.mend` twin tells the remedy), with what values."""

    path: Path
    key: str
    params: Mapping[str, Any] = field(default_factory=dict)


def scheme_issues(data: Any, catalogue: Mapping[str, KpiInfo]) -> list[Issue]:
    """Return every broken rule of a parsed scheme file, in the order of the file's blocks."""
    scheme = mapping(data)
    return [
        *_date_issues(scheme),
        *_curve_issues(scheme),
        *_kpi_issues(scheme, catalogue),
        *_role_issues(scheme),
        *_effect_issues(scheme, catalogue),
        *_pool_issues(scheme),
    ]


def curve_problems(kind: Any, points: Any, *, is_kpi_curve: bool) -> Iterator[tuple[int, str]]:
    """Yield (index of the point, text key) of everything wrong with a curve's points."""
    numbers = [point for point in items(points) if isinstance(point, list) and len(point) == 2]
    if len(numbers) != len(items(points)) or not all(isinstance(n, Decimal) for point in numbers for n in point):
        return
    for index in range(1, len(numbers)):
        (before, low), (here, high) = numbers[index - 1], numbers[index]
        jumps_twice = index > 1 and numbers[index - 2][0] == here
        if here < before or (here == before and (kind == "step" or jumps_twice)):
            yield index, "schemes.curve.not_ascending"
        if high < low:
            yield index, "schemes.curve.falls"
    if is_kpi_curve and numbers and not any(point[0] == HUNDRED for point in numbers):
        yield 0, "schemes.curve.no_target_point"


def _date_issues(scheme: Mapping[str, Any]) -> Iterator[Issue]:
    start = scheme.get("effective_from")
    if isinstance(start, date) and (start.day != 1 or start.month % 3 != 1):
        yield Issue(("effective_from",), "schemes.effective_from")


def _curve_issues(scheme: Mapping[str, Any]) -> Iterator[Issue]:
    used = {mapping(rule).get("curve") for rule in mapping(scheme.get("kpis")).values()}
    for name, curve in mapping(scheme.get("curves")).items():
        yield from _one_curve(curve, ("curves", name), is_kpi_curve=True)
        if name not in used:
            yield Issue(("curves", name), "schemes.curve.unused")
    pool = mapping(scheme.get("pool"))
    for name in ("factor", "personal_cap"):
        yield from _one_curve(pool.get(name), ("pool", name), is_kpi_curve=False)


def _one_curve(curve: Any, path: Path, *, is_kpi_curve: bool) -> Iterator[Issue]:
    block = mapping(curve)
    for index, key in curve_problems(block.get("kind"), block.get("points"), is_kpi_curve=is_kpi_curve):
        yield Issue((*path, "points", index), key)


def _kpi_issues(scheme: Mapping[str, Any], catalogue: Mapping[str, KpiInfo]) -> Iterator[Issue]:
    dimensions, curves = mapping(scheme.get("dimensions")), mapping(scheme.get("curves"))
    weighted = {kpi for *_, kpi in weighted_kpis(scheme)}
    for kpi, raw in mapping(scheme.get("kpis")).items():
        rule, path = mapping(raw), ("kpis", kpi)
        info = catalogue.get(kpi)
        if info is None:
            yield Issue(path, "schemes.unknown_kpi", {"kpi": kpi})
        elif info.direction == "zero":
            yield Issue(path, "schemes.kpi.only_gate", {"kpi": kpi})
        if kpi not in weighted:
            yield Issue(path, "schemes.kpi.unused", {"kpi": kpi})
        if isinstance(rule.get("dimension"), str) and rule["dimension"] not in dimensions:
            yield Issue((*path, "dimension"), "schemes.unknown_dimension")
        if isinstance(rule.get("curve"), str) and rule["curve"] not in curves:
            yield Issue((*path, "curve"), "schemes.unknown_curve")
        if info is not None and info.direction != "zero":
            yield from _method_issues(rule, info, path)


def _method_issues(rule: Mapping[str, Any], info: KpiInfo, path: Path) -> Iterator[Issue]:
    method = rule.get("method")
    if method == "linear" and info.direction != "lower":
        yield Issue((*path, "method"), "schemes.kpi.linear_is_for_lower")
    if method == "ratio" and info.direction == "lower" and rule.get("attainment_cap") is None:
        yield Issue((*path, "method"), "schemes.kpi.ratio_needs_cap")
    if (method == "difference") != (rule.get("scale") is not None):
        yield Issue((*path, "scale" if rule.get("scale") is not None else "method"), "schemes.kpi.scale")
    default = mapping(rule.get("default_target"))
    baseline, threshold, target, stretch = (default.get(n) for n in ("baseline", "threshold", "target", "stretch"))
    limit = rule.get("limit")
    others = (baseline, threshold, stretch, limit)
    if isinstance(target, Decimal) and all(number is None or isinstance(number, Decimal) for number in others):
        for name, key in target_problems(str(method), info.direction, baseline, threshold, target, stretch, limit):
            yield Issue((*path, "default_target", name), key)


def _role_issues(scheme: Mapping[str, Any]) -> Iterator[Issue]:
    known = mapping(scheme.get("kpis"))
    for role, raw in mapping(scheme.get("roles")).items():
        path: Path = ("roles", role, "components")
        components = [mapping(item) for item in items(mapping(raw).get("components"))]
        total = total_of(component.get("weight") for component in components)
        if total is not None and components and total != HUNDRED:
            yield Issue(path, "schemes.weights.components", {"total": total})
        for index, component in enumerate(components):
            weight, part = component.get("weight"), total_of(mapping(component.get("kpis")).values())
            if isinstance(weight, Decimal) and part is not None and part != weight:
                yield Issue((*path, index, "kpis"), "schemes.weights.kpis", {"total": part, "weight": weight})
        yield from _repeats([(component.get("id"), (*path, i, "id")) for i, component in enumerate(components)])
        places = [(kpi, place) for _, place, kpi in weighted_kpis({"roles": {role: raw}})]
        yield from _repeats(places)
        yield from (Issue(place, "schemes.kpi.no_rule", {"kpi": kpi}) for kpi, place in places if kpi not in known)


def _effect_issues(scheme: Mapping[str, Any], catalogue: Mapping[str, KpiInfo]) -> Iterator[Issue]:
    roles = mapping(scheme.get("roles"))
    for block in ("vetoes", "gates"):
        rules = [(mapping(raw), (block, index)) for index, raw in enumerate(items(scheme.get(block)))]
        yield from _repeats([(rule.get("id"), (*path, "id")) for rule, path in rules])
        for rule, path in rules:
            yield from _one_effect(rule, path, roles)
            kpi = rule.get("kpi")
            if isinstance(kpi, str) and kpi not in catalogue:
                yield Issue((*path, "kpi"), "schemes.unknown_kpi", {"kpi": kpi})
    for role, raw in roles.items():
        for index, kpi in enumerate(items(mapping(raw).get("monitors"))):
            if isinstance(kpi, str) and kpi not in catalogue:
                yield Issue(("roles", role, "monitors", index), "schemes.unknown_kpi", {"kpi": kpi})


def _one_effect(rule: Mapping[str, Any], path: Path, roles: Mapping[str, Any]) -> Iterator[Issue]:
    effect = rule.get("effect")
    if effect in _EFFECTS and (effect != "zero") != (rule.get("amount") is not None):
        yield Issue((*path, "effect"), "schemes.effect.amount")
    amount = rule.get("amount")
    if effect == "multiply" and isinstance(amount, Decimal) and amount > 1 and "kpi" in rule:
        yield Issue((*path, "amount"), "schemes.effect.gate_raises")
    low, high = rule.get("at_least", Decimal(0)), rule.get("below")
    if isinstance(low, Decimal) and isinstance(high, Decimal) and low >= high:
        yield Issue((*path, "below"), "schemes.effect.empty_band")
    bound = [role for role in items(rule.get("roles")) if isinstance(role, str)]
    for index, role in enumerate(bound):
        if role not in roles:
            yield Issue((*path, "roles", index), "schemes.unknown_role")
    scope, of = rule.get("scope"), rule.get("of")
    if scope in ("kpi", "component", "total") and (scope == "total") != (of is None):
        yield Issue((*path, "scope"), "schemes.effect.of")
    elif isinstance(of, str) and of not in set(_parts(scope, [roles.get(r) for r in bound or roles])):
        yield Issue((*path, "of"), "schemes.effect.nowhere")


def _parts(scope: Any, roles: Iterable[Any]) -> Iterator[Any]:
    """Yield the ids that an effect of this scope may name: of the components, or of their KPIs."""
    for role in roles:
        for component in items(mapping(role).get("components")):
            if scope == "component":
                yield mapping(component).get("id")
            else:
                yield from mapping(mapping(component).get("kpis"))


def _pool_issues(scheme: Mapping[str, Any]) -> Iterator[Issue]:
    pool = mapping(scheme.get("pool"))
    shares = mapping(pool.get("shares"))
    total = total_of(shares.get(name) for name in ("month", "quarter", "year"))
    if total is not None and total != HUNDRED:
        yield Issue(("pool", "shares"), "schemes.weights.shares", {"total": total})
    kpis = mapping(pool.get("kpis"))
    total = total_of(kpis.values())
    if kpis and total is not None and total != HUNDRED:
        yield Issue(("pool", "kpis"), "schemes.weights.pool", {"total": total})
    for kpi in kpis:
        for role, raw in mapping(scheme.get("roles")).items():
            if kpi not in set(_parts("kpi", [raw])):
                yield Issue(("pool", "kpis", kpi), "schemes.pool.not_common", {"kpi": kpi, "role": role})


def _repeats(named: Iterable[tuple[Any, Path]]) -> Iterator[Issue]:
    seen: set[str] = set()
    for name, path in named:
        if isinstance(name, str):
            if name in seen:
                yield Issue(path, "schemes.twice", {"name": name})
            seen.add(name)
