"""Rules that look across the blocks of a scheme: weights, references, curves, targets, effects, dates.

Belongs here: every rule that the model's types cannot say, but for pay (`pay_checks`) and teams (`share_checks`). Does
not belong here: types (`model`), reading (`loader`).

The checks run on the parsed YAML and step over what has the wrong type, which the model reports: so one reading of a
file names all its mistakes at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pipelines.schemes.catalogue import KpiInfo
from pipelines.schemes.gaming_checks import gaming_issues
from pipelines.schemes.parsed import (
    HUNDRED,
    Issue,
    Variant,
    component_kpis,
    items,
    layers,
    mapping,
    repeats,
    total,
    variants,
)
from pipelines.schemes.pay_checks import pay_issues, piece_issues
from pipelines.schemes.peer_checks import peer_issues
from pipelines.schemes.share_checks import share_issues
from pipelines.schemes.small_checks import small_issues
from pipelines.schemes.target_rules import target_problems
from pipelines.schemes.yaml_lines import Path

_ADDITIVE = ("sum", "distinct")
#: Costs whose money and results stand by channel in the warehouse.
_COSTS_BY_CHANNEL = ("cost_per_lead", "customer_acquisition_cost")
_EFFECTS = ("zero", "cap", "multiply", "deduct")


def scheme_issues(data: Any, catalogue: Mapping[str, KpiInfo]) -> list[Issue]:
    """Return every broken rule of a parsed scheme file, in the order of the file's blocks."""
    scheme = mapping(data)
    found = [
        *_date_issues(scheme),
        *_objective_issues(scheme),
        *_curve_issues(scheme),
        *_kpi_issues(scheme, catalogue),
        *_role_issues(scheme),
        *_effect_issues(scheme, catalogue),
        *pay_issues(scheme),
        *share_issues(scheme, catalogue),
        *piece_issues(scheme, catalogue),
        *peer_issues(scheme, catalogue),
        *small_issues(scheme, catalogue),
        *gaming_issues(scheme),
    ]
    # what several kinds of community have in common is one mistake
    return [issue for index, issue in enumerate(found) if issue not in found[:index]]


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


def _objective_issues(scheme: Mapping[str, Any]) -> Iterator[Issue]:
    objectives = mapping(scheme.get("objectives"))
    for name, raw in mapping(scheme.get("dimensions")).items():
        objective = mapping(raw).get("objective")
        if objective is None and objectives:
            yield Issue(("dimensions", name), "schemes.objective.missing", {"dimension": name})
        elif isinstance(objective, str) and objective not in objectives:
            yield Issue(("dimensions", name, "objective"), "schemes.objective.unknown")


def _curve_issues(scheme: Mapping[str, Any]) -> Iterator[Issue]:
    used = {mapping(rule).get("curve") for rule in mapping(scheme.get("kpis")).values()}
    for name, curve in mapping(scheme.get("curves")).items():
        yield from _one_curve(curve, ("curves", name), is_kpi_curve=True)
        if name not in used:
            yield Issue(("curves", name), "schemes.curve.unused")
    for form, name in (("pool", "factor"), ("pool", "personal_cap"), ("individual", "payout")):
        yield from _one_curve(mapping(scheme.get(form)).get(name), (form, name), is_kpi_curve=False)


def _one_curve(curve: Any, path: Path, *, is_kpi_curve: bool) -> Iterator[Issue]:
    block = mapping(curve)
    for index, key in curve_problems(block.get("kind"), block.get("points"), is_kpi_curve=is_kpi_curve):
        yield Issue((*path, "points", index), key)


def _kpi_issues(scheme: Mapping[str, Any], catalogue: Mapping[str, KpiInfo]) -> Iterator[Issue]:
    dimensions, curves = mapping(scheme.get("dimensions")), mapping(scheme.get("curves"))
    weighted = {kpi for variant in variants(scheme) for kpi, _ in variant.weighted_kpis}
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
        if rule.get("channels") is not None and kpi not in _COSTS_BY_CHANNEL:
            yield Issue((*path, "channels"), "schemes.channels.no_cost", {"known": ", ".join(_COSTS_BY_CHANNEL)})
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
    if default.get("per", "month") != "month" and info.aggregation not in _ADDITIVE:
        yield Issue((*path, "default_target", "per"), "schemes.target.per_not_additive")
    if isinstance(target, Decimal) and all(number is None or isinstance(number, Decimal) for number in others):
        for name, key in target_problems(str(method), info.direction, baseline, threshold, target, stretch, limit):
            yield Issue((*path, "default_target", name), key)


def _role_issues(scheme: Mapping[str, Any]) -> Iterator[Issue]:
    known = mapping(scheme.get("kpis"))
    checked: set[Path] = set()
    for variant in variants(scheme):
        whole = total(component.get("weight") for _, component in variant.components)
        if whole is not None and variant.components and whole != HUNDRED:
            yield _wrong_total(variant, whole)
        for path, component in variant.components:
            if path not in checked:
                checked.add(path)
                yield from _component_issues(path, component, known)
        yield from repeats([(component.get("id"), (*path, "id")) for path, component in variant.components])
        yield from repeats(list(variant.weighted_kpis))
        slots = [(*path, "slot") for path, component in variant.components if component.get("slot") is not None]
        yield from (Issue(place, "schemes.slot.one") for place in slots[1:])
    yield from _layer_issues(scheme)


def _wrong_total(variant: Variant, whole: Decimal) -> Issue:
    if "communities" in variant.path:
        return Issue(variant.path, "schemes.communities.total", {"total": whole, "name": variant.name})
    return Issue((*variant.path, "components"), "schemes.weights.components", {"total": whole})


def _component_issues(path: Path, component: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[Issue]:
    slot = mapping(component.get("slot"))
    weights = [*mapping(component.get("kpis")).values(), *([slot["weight"]] if "weight" in slot else [])]
    weight, part = component.get("weight"), total(weights)
    if isinstance(weight, Decimal) and part is not None and part != weight and weights:
        yield Issue((*path, "kpis"), "schemes.weights.kpis", {"total": part, "weight": weight})
    for kpi, place in component_kpis(path, component):
        if isinstance(kpi, str) and kpi not in known:
            yield Issue(place, "schemes.kpi.no_rule", {"kpi": kpi})
    if slot and slot.get("default") not in items(slot.get("choices")):
        yield Issue((*path, "slot", "default"), "schemes.slot.default")


def _layer_issues(scheme: Mapping[str, Any]) -> Iterator[Issue]:
    """Yield what is wrong with layers of communities by themselves: they replace components and add none."""
    roles = mapping(scheme.get("roles"))
    by_community = {role: block for role, raw in roles.items() if (block := mapping(raw)).get("by_community") is True}
    if by_community and "communities" not in scheme:
        yield Issue(("roles", next(iter(by_community)), "by_community"), "schemes.communities.missing")
    if "communities" in scheme and not by_community:
        yield Issue(("communities",), "schemes.communities.unused")
    for role, block in by_community.items():
        if block.get("levels"):
            yield Issue(("roles", role, "by_community"), "schemes.communities.levels")
    for path, layer in layers(scheme):
        for index, component in enumerate(items(layer.get("components"))):
            name = mapping(component).get("id")
            for role, block in by_community.items():
                own = [str(mapping(one).get("id")) for one in items(block.get("components"))]
                if isinstance(name, str) and name not in own:
                    params = {"role": role, "known": ", ".join(own)}
                    yield Issue((*path, "components", index, "id"), "schemes.communities.adds", params)


def _effect_issues(scheme: Mapping[str, Any], catalogue: Mapping[str, KpiInfo]) -> Iterator[Issue]:
    for block in ("vetoes", "gates"):
        rules = [(mapping(raw), (block, index)) for index, raw in enumerate(items(scheme.get(block)))]
        yield from repeats([(rule.get("id"), (*path, "id")) for rule, path in rules])
        for rule, path in rules:
            yield from _one_effect(rule, path, scheme)
            kpi = rule.get("kpi")
            if isinstance(kpi, str) and kpi not in catalogue:
                yield Issue((*path, "kpi"), "schemes.unknown_kpi", {"kpi": kpi})
            if block == "gates" and (rule.get("at_most") is None) == (rule.get("at_least") is None):
                yield Issue((*path, "at_least" if "at_least" in rule else "at_most"), "schemes.gate.bounds")
    for variant in variants(scheme):
        is_stated = "communities" not in variant.path  # a layer has no monitors of its own
        for index, kpi in enumerate(variant.monitors if is_stated else ()):
            if isinstance(kpi, str) and kpi not in catalogue:
                yield Issue((*variant.path, "monitors", index), "schemes.unknown_kpi", {"kpi": kpi})


def _one_effect(rule: Mapping[str, Any], path: Path, scheme: Mapping[str, Any]) -> Iterator[Issue]:
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
        if role not in mapping(scheme.get("roles")):
            yield Issue((*path, "roles", index), "schemes.unknown_role")
    scope, of = rule.get("scope"), rule.get("of")
    if scope in ("kpi", "component", "total") and (scope == "total") != (of is None):
        yield Issue((*path, "scope"), "schemes.effect.of")
    elif isinstance(of, str) and of not in set(_parts(scope, scheme, bound)):
        yield Issue((*path, "of"), "schemes.effect.nowhere")


def _parts(scope: Any, scheme: Mapping[str, Any], bound: list[str]) -> Iterator[Any]:
    """Yield the ids that an effect of this scope may name: of the components, or of their KPIs, wherever they stand."""
    for variant in variants(scheme):
        if bound and variant.role not in bound:
            continue
        if scope == "component":
            yield from (component.get("id") for _, component in variant.components)
        else:
            yield from (kpi for kpi, _ in variant.weighted_kpis)
