"""A parsed scheme file as checks and advice look at it: whatever has the wrong type counts as empty.

Belongs here: the broken rule as a record, and walking through blocks without trusting their types. Does not belong
here: any rule (`checks`, `pay_checks`, `advice`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
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


def variants(roles: Mapping[str, Any]) -> Iterator[tuple[str, Path, Mapping[str, Any]]]:
    """Yield every set of components that a scheme weighs people by: (role, path, block) of each role and level."""
    for role, raw in roles.items():
        yield role, ("roles", role), mapping(raw)
        for level, block in mapping(mapping(raw).get("levels")).items():
            yield role, ("roles", role, "levels", level), mapping(block)


def weighted_kpis(path: Path, block: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    """Yield (KPI, path) of every weighted KPI of one role or level."""
    for index, component in enumerate(items(block.get("components"))):
        for kpi in mapping(mapping(component).get("kpis")):
            yield kpi, (*path, "components", index, "kpis", kpi)


def repeats(named: Iterable[tuple[Any, Path]]) -> Iterator[Issue]:
    """Yield an issue for every name that stands a second time."""
    seen: set[str] = set()
    for name, path in named:
        if isinstance(name, str):
            if name in seen:
                yield Issue(path, "schemes.twice", {"name": name})
            seen.add(name)
