"""What a segment is measured by: components and KPIs with their weights, by role, level, slot and community.

Belongs here: reading `roles` and `communities` of a scheme file. Does not belong here: readings, targets, points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .company import Held, Seg, Span
from .numbers import number

Scheme = Mapping[str, Any]
ORDER = ("month", "quarter", "year")


@dataclass(frozen=True)
class Measure:
    """A KPI with its weight of 100; `held` where it is read for one community."""

    component: str
    kpi: str
    weight: Fraction
    held: Held | None = None


def counts_in(scheme: Scheme, kpi: str, span: Span) -> bool:
    """Whether the KPI counts in periods of this length."""
    return ORDER.index(span.kind) >= ORDER.index(scheme["kpis"][kpi].get("period", "month"))


def kpis_of(component: Mapping[str, Any], own: str) -> list[tuple[str, Fraction]]:
    """The KPIs of a component and what the individual slot is filled with."""
    found = [(kpi, number(weight)) for kpi, weight in component.get("kpis", {}).items()]
    slot = component.get("slot")
    if slot:
        found.append((own if own in slot["choices"] else slot["default"], number(slot["weight"])))
    return found


def components_for(scheme: Scheme, components: list[Mapping[str, Any]], held: Held) -> list[Mapping[str, Any]]:
    """The role's components, replaced by type, then by stage, then for the community itself."""
    layers = scheme["communities"]
    found = {one["id"]: one for one in components}
    for name, key in (("types", held.type), ("stages", held.stage), ("single", held.community)):
        for one in layers.get(name, {}).get(key, {}).get("components", []):
            found[one["id"]] = one
    return list(found.values())


def measures(scheme: Scheme, seg: Seg, span: Span, by_community: frozenset[str]) -> list[Measure]:
    """Lines of a segment in the order of the scheme; empty where the scheme does not know the role."""
    role = scheme["roles"].get(seg.role)
    if role is None:
        return []
    components = role.get("levels", {}).get(seg.level, role)["components"]
    if not role.get("by_community") or not seg.held:
        return [Measure(one["id"], kpi, w) for one in components for kpi, w in kpis_of(one, seg.own_kpi)]
    all_days = sum((held.days for held in seg.held), Fraction(0))
    found: dict[tuple[str, str, str], Measure] = {}
    for held in seg.held:
        part = held.days / all_days
        for one in components_for(scheme, components, held):
            for kpi, weight in kpis_of(one, seg.own_kpi):
                is_own = kpi in by_community and counts_in(scheme, kpi, span)
                key = (one["id"], kpi, held.community if is_own else "")
                before = found[key].weight if key in found else Fraction(0)
                found[key] = Measure(one["id"], kpi, before + weight * part, held if is_own else None)
    return list(found.values())
