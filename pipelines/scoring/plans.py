"""What a person is measured by: the weighted KPIs of a role, of its level, or of the communities that somebody runs.

Belongs here: looking a role up in a scheme and putting the policies of several communities together. Does not belong
here: scoring a line (`segments`), who runs which community (`pipelines.company`).

One community, one policy: each community of a segment has components of its own (role, then type, then stage, then the
community). A segment with several is scored by all of them: a line of a community weighs what the community's policy
gives it times the community's part of the segment's community days. KPIs that the warehouse does not count by community
are read once for the person, and weigh what all communities together give them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipelines.schemes.model import Component, CurveRule, Gate, KpiRule, Role, Scheme, Slot, Veto
from pipelines.scoring.inputs import CommunityInput, SegmentInput
from pipelines.scoring.numbers import ONE, ZERO


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A weighted KPI of a role with all that its scoring needs.

    Attributes:
        kpi_id: the KPI.
        component: the id of its component.
        weight: in per cent of the whole score.
        rule: of the KPI.
        curve: of the KPI.
        is_enabled: whether its dimension is switched on.
        community: whose own reading is scored; None for the person's.
        share: the community's part of the segment's community days; 1 for a person's line.
    """

    kpi_id: str
    component: str
    weight: Decimal
    rule: KpiRule
    curve: CurveRule
    is_enabled: bool
    community: CommunityInput | None = None
    share: Decimal = ONE


@dataclass(frozen=True, slots=True)
class RolePlan:
    """A role of a scheme at one level, looked up once and used for everybody who has both."""

    scheme: Scheme
    components: tuple[Component, ...]
    lines: tuple[PlannedLine, ...]
    monitors: tuple[str, ...]
    vetoes: tuple[Veto, ...]
    gates: tuple[Gate, ...]


def plan_role(scheme: Scheme, role_id: str, level: str = "", own_kpi: str = "") -> RolePlan | None:
    """Return the plan of a role, or None where the scheme has no such role.

    Args:
        scheme: the scheme.
        role_id: the role.
        level: of the person in the role; one that the role does not name has the role's own components.
        own_kpi: what the person has agreed on for the individual slot; empty for its default.
    """
    role = scheme.roles.get(role_id)
    if role is None:
        return None
    own = role.levels.get(level)
    components = own.components if own else role.components
    lines = [line for component in components for line in _lines_of(scheme, component, own_kpi)]
    monitors = own.monitors if own and own.monitors is not None else role.monitors
    return _plan(scheme, role_id, components, lines, monitors)


def plan_communities(scheme: Scheme, segment: SegmentInput, period_type: str) -> RolePlan | None:
    """Return the plan of a segment by the communities that the person runs in it.

    Args:
        scheme: the scheme.
        segment: with at least one community, in a role that is measured by communities.
        period_type: month, quarter or year: a KPI that does not count in it is the person's.
    """
    role = scheme.roles.get(segment.role)
    if role is None:
        return None
    policies = [
        (community, share, components_of(scheme, role, community))
        for community, share in zip(segment.communities, shares_of(segment.communities), strict=True)
    ]
    components = []
    lines: dict[tuple[str, str, str], PlannedLine] = {}
    for place in role.components:
        met = [(community, share, own[place.id]) for community, share, own in policies]
        stated = met[0][2] if all(component == met[0][2] for _, _, component in met) else place
        weight = sum((share * component.weight for _, share, component in met), ZERO)
        components.append(stated.model_copy(update={"weight": weight}))
        for community, share, component in met:
            for line in _lines_of(scheme, component, segment.own_kpi):
                counts = line.rule.of_community and line.rule.counts_in(period_type)
                key = (place.id, line.kpi_id, community.community_id if counts else "")
                weight = share * line.weight + (lines[key].weight if key in lines else ZERO)
                lines[key] = replace(
                    line, weight=weight, community=community if counts else None, share=share if counts else ONE
                )
    return _plan(scheme, segment.role, components, list(lines.values()), role.monitors)


def components_of(scheme: Scheme, role: Role, community: CommunityInput) -> dict[str, Component]:
    """Return the components by which somebody of a role is measured in a community, by id in the role's order."""
    found = {component.id: component for component in role.components}
    if scheme.communities is None:
        return found
    layers = scheme.communities.layers_of(community.type, community.stage, community.community_id)
    return found | {component.id: component for layer in layers for component in layer.components}


def shares_of(communities: Sequence[CommunityInput]) -> list[Decimal]:
    """Return each community's part of all community days; they sum to exactly 1."""
    days = sum((community.days for community in communities), ZERO)
    shares = [community.days / days for community in communities]
    return [*shares[:-1], ONE - sum(shares[:-1], ZERO)]


def _lines_of(scheme: Scheme, component: Component, own_kpi: str) -> Iterable[PlannedLine]:
    for kpi, weight in component.chosen(own_kpi).items():
        rule = scheme.kpis[kpi]
        enabled = scheme.dimensions[rule.dimension].enabled
        yield PlannedLine(kpi, component.id, weight, rule, scheme.curves[rule.curve], enabled)


def slot_of(scheme: Scheme, segment: SegmentInput) -> Slot | None:
    """Return the individual slot that a segment has, in whichever of its components it stands."""
    role = scheme.roles.get(segment.role)
    if role is None:
        return None
    own = role.levels.get(segment.level)
    found = list(own.components if own else role.components)
    for community in segment.communities if role.by_community else ():
        found += components_of(scheme, role, community).values()
    return next((component.slot for component in found if component.slot), None)


def _plan(
    scheme: Scheme,
    role_id: str,
    components: Sequence[Component],
    lines: Sequence[PlannedLine],
    monitors: tuple[str, ...],
) -> RolePlan:
    here = {component.id for component in components} | {line.kpi_id for line in lines} | {None}
    return RolePlan(
        scheme=scheme,
        components=tuple(components),
        lines=tuple(lines),
        monitors=monitors,
        vetoes=tuple(rule for rule in scheme.vetoes if _binds(rule, role_id) and rule.of in here),
        gates=tuple(rule for rule in scheme.gates if _binds(rule, role_id) and rule.of in here),
    )


def _binds(rule: Veto | Gate, role_id: str) -> bool:
    return not rule.roles or role_id in rule.roles
