"""Walking a parsed scheme file that may be wrong anywhere: what has the wrong type counts as empty.

Belongs here: the small steps that errors (`checks`) and advice (`advice`) share. Does not belong here: any rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from pipelines.schemes.yaml_lines import Path


def mapping(value: Any) -> Mapping[str, Any]:
    """Return a mapping as it is and anything else as an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """Return a list as it is and anything else as an empty one."""
    return value if isinstance(value, list) else []


def total_of(values: Iterable[Any]) -> Decimal | None:
    """Return the sum, or None when one of them is not a number (the model reports that one)."""
    numbers = list(values)
    return sum(numbers, Decimal(0)) if all(isinstance(number, Decimal) for number in numbers) else None


def weighted_kpis(scheme: Mapping[str, Any]) -> Iterator[tuple[str, Path, str]]:
    """Yield (role, path, KPI id) of every KPI that has a weight in a role."""
    for role, raw in mapping(scheme.get("roles")).items():
        for index, component in enumerate(items(mapping(raw).get("components"))):
            for kpi in mapping(mapping(component).get("kpis")):
                yield role, ("roles", role, "components", index, "kpis", kpi), kpi
