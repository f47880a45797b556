"""What changed between two schemes, or two versions of one: every number and rule, one change a row.

Belongs here: comparing two scheme models block by block, so that no key can be forgotten, and sorting each change into
the group that a reader looks for. Does not belong here: the words (`pipelines.texts`), what a change means for pay
(`scorecards simulate`), whether it may be made now (`advice`).

Blocks of a list that have an id, such as components, are compared by it: their order changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pipelines.schemes.model import Scheme

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
#: The groups in the order in which a reader meets them.
GROUPS = ("scheme", "kpis", "weights", "targets", "curves", "rules", "pay", "wording")
_SCHEME_KEYS = frozenset({"scheme_id", "version", "effective_from"})
_WORDING = frozenset({"title", "why", "req"})
_PAY = frozenset({"pool", "individual", "team_shares", "piece_rates"})
#: Filled in from the KPI catalogue, and no text of the scheme.
_FROM_CATALOGUE = frozenset({"direction", "unit", "aggregation", "of_community", "interval", "min_denominator"})
_ABSENT = object()


@dataclass(frozen=True)
class Change:
    """One change.

    Attributes:
        group: one of GROUPS.
        kind: added, removed or changed.
        path: the keys and ids that lead to it, such as ("roles", "content", "components", "team", "weight").
        before: the former value as text; empty where there was none, and for whole blocks.
        after: the present value, likewise.
    """

    group: str
    kind: str
    path: tuple[str, ...]
    before: str = ""
    after: str = ""


def scheme_changes(old: Scheme, new: Scheme) -> list[Change]:
    """Return everything that differs from one scheme to another, by group and path; empty when nothing does."""
    return changes_between(old.model_dump(), new.model_dump())


def changes_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Return the changes of two schemes that are given as the plain values of their models."""
    found = [
        change
        for change in _differences((), old, new)
        if not (change.path[0] in ("kpis", "gates") and change.path[-1] in _FROM_CATALOGUE)
    ]
    return sorted(found, key=lambda change: (GROUPS.index(change.group), change.path, change.kind))


def _differences(path: tuple[str, ...], old: Any, new: Any) -> Iterator[Change]:
    old, new = _keyed(old), _keyed(new)
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in sorted(old.keys() | new.keys()):
            yield from _differences((*path, str(key)), old.get(key, _ABSENT), new.get(key, _ABSENT))
        return
    kind = ADDED if _is_nothing(old) else REMOVED if _is_nothing(new) else CHANGED
    yield Change(_group(path), kind, path, _written(old), _written(new))
    if isinstance(old, Mapping) or isinstance(new, Mapping):
        # of a block that came or went whole, a reader looks for the weights and targets in it
        inside = _differences_inside(path, old, new)
        yield from (
            change for change in inside if change.group in ("weights", "targets") and change.before != change.after
        )


def _differences_inside(path: tuple[str, ...], old: Any, new: Any) -> Iterator[Change]:
    block: Mapping[str, Any] = old if isinstance(old, Mapping) else new
    for key, value in sorted(block.items()):
        before, after = (value, _ABSENT) if block is old else (_ABSENT, value)
        yield from _differences((*path, str(key)), before, after)


def _keyed(value: Any) -> Any:
    """A list of blocks as a mapping by their ids; everything else as it is."""
    if isinstance(value, list | tuple) and value and all(isinstance(one, Mapping) and "id" in one for one in value):
        return {one["id"]: {key: part for key, part in one.items() if key != "id"} for one in value}
    # an empty list of blocks is an empty mapping, so that the first block of a list is told by its id
    return {} if isinstance(value, list | tuple) and not value else value


def _is_nothing(value: Any) -> bool:
    return value is _ABSENT or value is None


def _group(path: tuple[str, ...]) -> str:
    holder = path[-2] if len(path) > 1 else ""
    if path[0] in _SCHEME_KEYS:
        return "scheme"
    if path[-1] in _WORDING or holder in _WORDING:
        return "wording"
    if path[0] in _PAY:
        return "pay"
    if path[0] == "kpis" and len(path) > 2:
        return "targets" if path[2] == "default_target" else "rules"
    if path[0] in ("kpis", "curves"):
        return path[0]
    is_weight = path[-1] == "weight" or holder in ("kpis", "roles", "components")
    return "weights" if is_weight and path[0] in ("roles", "communities") else "rules"


def _written(value: Any) -> str:
    if _is_nothing(value) or isinstance(value, Mapping):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value else "0"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        parts = [f"({_written(one)})" if isinstance(one, list | tuple) else _written(one) for one in value]
        return ", ".join(parts)
    return str(value)
