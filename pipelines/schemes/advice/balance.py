"""Whether a scheme looks at all that matters: results and process, team and person, near and far, every perspective.

Belongs here: the mix of KPIs, read from the catalogue's columns. Does not belong here: their number and weights
(`weights`).

The three axes of 003-R1 follow from the catalogue's dimension:

    activity     interaction, content, events, community
    loyalty      community_health, service; of `value` the KPIs of the customer perspective
    commercial   conversion, cost; of `value` the KPIs of the financial perspective

Growth belongs to none: a community that only grows is neither active nor loyal nor does it buy (003-G1). Learning and
behaviour are of the people who work, not of the community.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from pipelines.schemes.advice.sheet import ZERO, Paid, Sheet, plain
from pipelines.schemes.catalogue import KpiInfo
from pipelines.schemes.parsed import Issue, Terms, items, mapping

AXES = ("activity", "loyalty", "commercial")
HORIZONS = ("short", "long")
PERSPECTIVES = ("financial", "customer", "internal_process", "learning")
#: 000-R6: the five dimensions as a set; conversion only where it applies, and then switched off, not left out.
FIVE_DIMENSIONS = ("growth", "interaction", "content", "conversion", "community_health")

_AXIS_OF_DIMENSION = {
    **dict.fromkeys(("interaction", "content", "events", "community"), "activity"),
    **dict.fromkeys(("community_health", "service"), "loyalty"),
    **dict.fromkeys(("conversion", "cost"), "commercial"),
}
_AXIS_OF_VALUE = {"customer": "loyalty", "financial": "commercial"}


def axis_of(info: KpiInfo) -> str:
    """Return the axis of 003-R1 that a KPI lifts; empty where it lifts none."""
    if info.dimension == "value":
        return _AXIS_OF_VALUE.get(info.perspective, "")
    return _AXIS_OF_DIMENSION.get(info.dimension, "")


def issues(sheet: Sheet) -> Iterator[Issue]:
    """Yield what a scheme leaves out."""
    for role, paid in sheet.roles.items():
        yield from _role_issues(role, paid)
    if sheet.roles:
        yield from _scheme_issues(sheet)
    yield from _dimension_issues(sheet)


def _role_issues(role: str, paid: list[Paid]) -> Iterator[Issue]:
    path = paid[0].components
    natures = {one.info.nature for one in paid} - {"", "behaviour"}
    if len(natures) == 1:
        yield Issue(path, f"advice.balance.only_{natures.pop()}", {"role": role})
    overlay = {one.info.credit_kind == "overlay" for one in paid}
    if overlay == {False}:
        yield Issue(path, "advice.balance.no_team", {"role": role})
    elif overlay == {True}:
        yield Issue(path, "advice.balance.no_individual", {"role": role})
    if {axis_of(one.info) for one in paid if one.info.nature != "behaviour"} == {"commercial"}:
        yield Issue(path, "advice.balance.commercial_only", {"role": role})
    by_dimension: dict[str, Decimal] = defaultdict(Decimal)
    for one in paid:
        by_dimension[one.info.dimension] += one.weight
    growth = by_dimension.pop("growth", ZERO)
    if growth and not by_dimension:
        yield Issue(path, "advice.balance.growth_only", {"role": role})
    elif growth > max(by_dimension.values(), default=ZERO):
        yield Issue(path, "advice.balance.growth_heaviest", {"role": role, "weight": plain(growth)})


def _scheme_issues(sheet: Sheet) -> Iterator[Issue]:
    infos = sheet.paid_infos.values()
    for family, wanted, found in (
        ("horizon", HORIZONS, {info.horizon for info in infos}),
        ("axis", AXES, {axis_of(info) for info in infos}),
        ("perspective", PERSPECTIVES, {info.perspective for info in infos}),
    ):
        missing = tuple(f"advice.term.{family}.{one}" for one in wanted if one not in found)
        if missing:
            yield Issue(("roles",), f"advice.balance.{family}", {"missing": Terms(missing)})
    without = [role for role, paid in sheet.roles.items() if all(one.info.dimension != "learning" for one in paid)]
    if without:
        yield Issue(("roles",), "advice.balance.no_learning", {"roles": ", ".join(without)})
    weights = [{one.kpi: one.weight for one in paid} for paid in sheet.roles.values()]
    if len(weights) > 1 and all(one == weights[0] for one in weights):
        yield Issue(("roles",), "advice.balance.same_weights", {"n": len(weights)})


def _dimension_issues(sheet: Sheet) -> Iterator[Issue]:
    dimensions = mapping(sheet.scheme.get("dimensions"))
    used = {sheet.kpi_rule(one.kpi).get("dimension") for one in sheet.paid}
    for gate in items(sheet.scheme.get("gates")):
        # A gate has no dimension of its own in the file: it serves the one that the catalogue files its KPI under.
        info = sheet.catalogue.get(str(mapping(gate).get("kpi")))
        used.add(info.dimension if info else None)
    for name, raw in dimensions.items():
        if name not in used and mapping(raw).get("enabled") is not False:
            yield Issue(("dimensions", name), "advice.dimension.empty", {"dimension": name})
    if any("000-R6" in str(mapping(raw).get("req")) for raw in dimensions.values()):
        missing = [name for name in FIVE_DIMENSIONS if name not in dimensions]
        if missing:
            yield Issue(("dimensions",), "advice.dimension.missing", {"missing": ", ".join(missing)})
