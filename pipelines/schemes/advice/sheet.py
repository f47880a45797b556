"""What the advice rules look at: the parsed file with the weights that really pay, the catalogue, the past values.

Belongs here: questions that several rules ask of a scheme. Does not belong here: any rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from pipelines.schemes.catalogue import KpiInfo
from pipelines.schemes.parsed import Variant, mapping, variants
from pipelines.schemes.yaml_lines import Path

ZERO = Decimal(0)


@dataclass(frozen=True)
class PastValues:
    """What a company has published of one KPI, over persons and months, in the KPI's unit.

    Attributes:
        months: how many of the last twelve published months have a value.
        values: person-months in them.
        low: their least value.
        p10: nine in ten are at or above it.
        p50: their median, a value that occurred.
        p90: one in ten is at or above it.
        high: their greatest value.
        ever_low: the least value of all published months.
        ever_high: the greatest value of all published months.
    """

    months: int
    values: int
    low: Decimal
    p10: Decimal
    p50: Decimal
    p90: Decimal
    high: Decimal
    ever_low: Decimal
    ever_high: Decimal


@dataclass(frozen=True)
class Paid:
    """One KPI of one role that pays.

    Attributes:
        kpi: its id.
        path: of its weight in the file.
        weight: what it weighs after the weights of switched-off dimensions have moved on, in per cent.
        info: its row of the catalogue.
    """

    kpi: str
    path: Path
    weight: Decimal
    info: KpiInfo

    @property
    def components(self) -> Path:
        """The path of the components among which it stands."""
        return self.path[:-3]


class Sheet:
    """A parsed scheme file as the advice rules read it."""

    def __init__(self, data: Any, catalogue: Mapping[str, KpiInfo], past: Mapping[str, PastValues]):
        self.scheme = mapping(data)
        self.catalogue = catalogue
        self.past = past

    @cached_property
    def roles(self) -> dict[str, list[Paid]]:
        """The KPIs that pay, by role, level and kind of community; one of which nothing can be read is left out."""
        found = {variant.name: self._paid(variant) for variant in variants(self.scheme)}
        return {role: paid for role, paid in found.items() if paid}

    @cached_property
    def pay(self) -> Mapping[str, Any]:
        """The block of the form of pay, whichever the scheme has."""
        return mapping(self.scheme.get("pool")) or mapping(self.scheme.get("individual"))

    @property
    def paid(self) -> Iterator[Paid]:
        """Every KPI of every role that pays."""
        for paid in self.roles.values():
            yield from paid

    @cached_property
    def paid_infos(self) -> dict[str, KpiInfo]:
        """The catalogue's rows of all KPIs that pay, by id, in the order of the file."""
        return {one.kpi: one.info for one in self.paid}

    def kpi_rule(self, kpi: str) -> Mapping[str, Any]:
        """Return the rule of a KPI, empty where there is none."""
        return mapping(mapping(self.scheme.get("kpis")).get(kpi))

    def is_off(self, kpi: str) -> bool:
        """Tell whether the dimension of a KPI is switched off."""
        dimensions = mapping(self.scheme.get("dimensions"))
        name = self.kpi_rule(kpi).get("dimension")
        return isinstance(name, str) and mapping(dimensions.get(name)).get("enabled") is False

    def serves(self, prefix: str) -> bool:
        """Tell whether any `req` of the file names a requirement that begins so."""
        return any(part.strip().startswith(prefix) for req in _all_reqs(self.scheme) for part in req.split(","))

    def _paid(self, variant: Variant) -> list[Paid]:
        """As the engine does it: the weight of what is off goes to the rest of its component, else to the others."""
        kept: list[tuple[Path, Decimal, dict[str, Decimal]]] = []
        for place, component in variant.components:
            slot = mapping(component.get("slot"))  # looked at by its default: the choice is the person's
            stated = {**mapping(component.get("kpis")), str(slot.get("default")): slot.get("weight")}
            weights = {
                kpi: weight for kpi, weight in stated.items() if isinstance(weight, Decimal) and kpi in self.catalogue
            }
            on = {kpi: weight for kpi, weight in weights.items() if not self.is_off(kpi)}
            kept.append((place, sum(weights.values(), ZERO), on))
        whole = sum((weight for _, weight, _ in kept), ZERO)
        left = sum((weight for _, weight, on in kept if on), ZERO)
        found = []
        for place, component_weight, on in kept:
            own = sum(on.values(), ZERO)
            for kpi, weight in on.items():
                effective = weight if own == component_weight else weight * component_weight / own if own else ZERO
                if left != whole and left:
                    effective = effective * whole / left
                found.append(Paid(kpi, (*place, "kpis", kpi), effective, self._info(kpi)))
        return found

    def _info(self, kpi: str) -> KpiInfo:
        """The catalogue's row; what the scheme measures on the team is a team's result, as an overlay KPI is."""
        info = self.catalogue[kpi]
        return replace(info, credit_kind="overlay") if self.kpi_rule(kpi).get("measured_on") == "team" else info


def plain(value: Decimal) -> str:
    """Write a number as the file has it, with at most four decimals and no exponent."""
    written = format(value, "f")
    if len(written.partition(".")[2]) > 4 and abs(value) >= Decimal("0.01"):
        written = format(round(value, 4), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def _all_reqs(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "req" and isinstance(inner, str):
                yield inner
            else:
                yield from _all_reqs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _all_reqs(inner)
