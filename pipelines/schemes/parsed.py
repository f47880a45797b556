"""A parsed scheme file as checks and advice look at it: whatever has the wrong type counts as empty.

Belongs here: the broken rule as a record, and walking through blocks without trusting their types. Does not belong
here: any rule (`checks`, `pay_checks`, `advice`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import Any

from pipelines.schemes.yaml_lines import Path

HUNDRED = Decimal(100)


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


def mapping(value: Any) -> Mapping[str, Any]:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def total(values: Iterable[Any]) -> Decimal | None:
    """Return the sum, or None when one of them is not a number (the model reports that one)."""
    numbers = list(values)
    return sum(numbers, Decimal(0)) if all(isinstance(number, Decimal) for number in numbers) else None


@dataclass(frozen=True)
class Variant:
    """One set of components that a scheme weighs people by.

    Attributes:
        role: the role.
        name: for a reader: the role, with the level or the kind of community.
        path: of the block that makes it: the role, a level, or the last layer of communities put on it.
        components: each with its own path; the components that a layer replaces are left out.
        monitors: what is stated with the block.
    """

    role: str
    name: str
    path: Path
    components: tuple[tuple[Path, Mapping[str, Any]], ...]
    monitors: tuple[Any, ...] = ()

    @property
    def weighted_kpis(self) -> Iterator[tuple[str, Path]]:
        """Yield (KPI, path) of every weighted KPI, and of every choice of an individual slot."""
        for path, component in self.components:
            yield from component_kpis(path, component)


def component_kpis(path: Path, component: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    """Yield (KPI, path) of every KPI of a component and of every choice of its individual slot."""
    for kpi in mapping(component.get("kpis")):
        yield kpi, (*path, "kpis", kpi)
    for index, kpi in enumerate(items(mapping(component.get("slot")).get("choices"))):
        yield kpi, (*path, "slot", "choices", index)


def variants(scheme: Mapping[str, Any]) -> Iterator[Variant]:
    """Yield every set of components: of each role, of its levels, and of every kind of community it can meet."""
    for role, raw in mapping(scheme.get("roles")).items():
        block = mapping(raw)
        own = Variant(role, role, ("roles", role), _components(("roles", role), block), _monitors(block))
        yield own
        for level, inner in mapping(block.get("levels")).items():
            path: Path = ("roles", role, "levels", level)
            yield Variant(role, f"{role} / {level}", path, _components(path, mapping(inner)), _monitors(mapping(inner)))
        if block.get("by_community") is True:
            yield from _of_communities(own, mapping(scheme.get("communities")))


def layers(scheme: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield (path, block) of every layer of communities."""
    policies = mapping(scheme.get("communities"))
    for kind in LAYERS:
        for name, block in mapping(policies.get(kind)).items():
            yield ("communities", kind, name), mapping(block)


#: The layers of communities, from the most general to the most specific.
LAYERS = ("types", "stages", "single")


def _of_communities(own: Variant, policies: Mapping[str, Any]) -> Iterator[Variant]:
    """Yield what each kind of community makes of a role: every type with every stage, and each single one on them."""
    kinds = [[None, *mapping(policies.get(kind))] for kind in LAYERS]
    for names in product(*kinds):
        if not any(names):
            continue
        made = own
        for kind, name in zip(LAYERS, names, strict=True):
            if name is not None:
                made = _laid_on(made, ("communities", kind, name), mapping(mapping(policies.get(kind)).get(name)))
        yield made


def _laid_on(under: Variant, path: Path, layer: Mapping[str, Any]) -> Variant:
    new = _components(path, layer)
    by_id = {component.get("id"): (place, component) for place, component in new}
    kept = tuple(by_id.get(component.get("id"), (place, component)) for place, component in under.components)
    return Variant(under.role, f"{under.name} / {path[-1]}", path, kept, under.monitors)


def _components(path: Path, block: Mapping[str, Any]) -> tuple[tuple[Path, Mapping[str, Any]], ...]:
    return tuple(
        ((*path, "components", index), mapping(component))
        for index, component in enumerate(items(block.get("components")))
    )


def _monitors(block: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(items(block.get("monitors")))


def repeats(named: Iterable[tuple[Any, Path]]) -> Iterator[Issue]:
    """Yield an issue for every name that stands a second time."""
    seen: set[str] = set()
    for name, path in named:
        if isinstance(name, str):
            if name in seen:
                yield Issue(path, "schemes.twice", {"name": name})
            seen.add(name)
