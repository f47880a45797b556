"""What of the dbt project one run may leave out, because building it again would change nothing.

Belongs here: the rules over dbt's graph. Does not belong here: which months are built (scratch.py).

Three things are left out of a run whose scratch file holds every relation already:

- what reads nothing but sources of which neither this run nor the last build has a file, with its tests: it is empty
  and stays empty. Models that have rows without any export say so (`meta: {rows_without_exports: true}`), and so
  whatever reads them is built, and so is every published table. What is built leaves them out of its unions too (macro
  `with_rows`);
- what has rows only with a table of the company folder (`meta: {rows_only_with: communities}`) of which neither this
  run nor the last build has a row, with its tests;
- views: of the last build, when they were made for the same months and time zone, and of any build, when nothing that
  the warehouse holds enters their text: none of their macros runs a query.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

# Tables of the landing schema that tell of files, and are no source of records.
_ABOUT_FILES = {"files", "profile"}
ROWS_WITHOUT_EXPORTS = "rows_without_exports"
# What is published is always built, be it empty: in Dagster publication waits for each of these tables, and would be
# skipped by one that is not told of.
PUBLISHED_SCHEMA = "marts"
ROWS_ONLY_WITH = "rows_only_with"
# dbt's own macro by which a macro asks the warehouse something while a model is compiled
_ASKS_WAREHOUSE = "macro.dbt.run_query"


@dataclass(frozen=True)
class Found:
    """What the scratch file held before dbt started.

    Attributes:
        relations: every relation of this version of the code is there, be it without rows.
        views: the views are those that this run would make.
        delivered: landing tables that a landed file belongs to, or belonged to when the last build was made.
        filled: tables of the company folder that have a row, or had one when the last build was made.
    """

    relations: bool
    views: bool
    delivered: frozenset[str]
    filled: frozenset[str]


def left_out(manifest: Mapping[str, Any], found: Found) -> list[str]:
    """Names of the models and tests that a whole build may leave out, in order.

    Args:
        manifest: dbt's manifest.
        found: what the scratch file held.

    Returns:
        Names as dbt selects them; empty when the file has to be made from nothing.
    """
    if not found.relations:
        return []
    sources = _Sources(manifest)
    names = [
        node["name"]
        for unique_id, node in manifest["nodes"].items()
        if node["resource_type"] in ("model", "test")
        and (
            sources.never_delivered(unique_id, found.delivered)
            or _never_filled(manifest, unique_id, found.filled)
            or (_is_view(node) and (found.views or _is_fixed(manifest, node)))
        )
    ]
    return sorted(names)


def without_rows(manifest: Mapping[str, Any], found: Found) -> list[str]:
    """Names of the models that are left out because they are empty, in order: what unions need not read.

    Args:
        manifest: dbt's manifest.
        found: what the scratch file held.
    """
    if not found.relations:
        return []
    sources = _Sources(manifest)
    models = ((unique_id, node) for unique_id, node in manifest["nodes"].items() if node["resource_type"] == "model")
    return sorted(
        node["name"]
        for unique_id, node in models
        if sources.never_delivered(unique_id, found.delivered) or _never_filled(manifest, unique_id, found.filled)
    )


def _is_view(node: Mapping[str, Any]) -> bool:
    return node["resource_type"] == "model" and node["config"]["materialized"] == "view"


def _is_fixed(manifest: Mapping[str, Any], node: Mapping[str, Any]) -> bool:
    """Whether a node's text is that of its file, whatever the warehouse holds: none of its macros runs a query."""
    reached: set[str] = set()
    waiting = list(node["depends_on"]["macros"])
    while waiting:
        macro = waiting.pop()
        if macro not in reached:
            reached.add(macro)
            waiting += manifest["macros"][macro]["depends_on"]["macros"]
    return _ASKS_WAREHOUSE not in reached


def _never_filled(manifest: Mapping[str, Any], unique_id: str, filled: Collection[str]) -> bool:
    """Whether a model, or the only model that a test is of, has rows only with a company table that has none."""
    node = manifest["nodes"][unique_id]
    needed = node["config"].get("meta", {}).get(ROWS_ONLY_WITH)
    if needed is not None:
        return needed not in filled
    tested = manifest["parent_map"][unique_id] if node["resource_type"] == "test" else []
    return len(tested) == 1 and tested[0] in manifest["nodes"] and _never_filled(manifest, tested[0], filled)


class _Sources:
    """Which landing tables each node of dbt's graph reads in the end."""

    def __init__(self, manifest: Mapping[str, Any]) -> None:
        self._manifest = manifest
        self._known: dict[str, frozenset[str] | None] = {}

    def never_delivered(self, unique_id: str, delivered: Collection[str]) -> bool:
        """Whether a node reads landing tables, none of them has a file, and it has no rows without one."""
        read = self._read(unique_id)
        return bool(read) and not any(name in delivered for name in read or ())

    def _read(self, unique_id: str) -> frozenset[str] | None:
        """The landing tables behind a node; None where rows come from elsewhere too."""
        if unique_id not in self._known:
            self._known[unique_id] = self._look(unique_id)
        return self._known[unique_id]

    def _look(self, unique_id: str) -> frozenset[str] | None:
        source = self._manifest["sources"].get(unique_id)
        if source is not None:
            is_landed = source["source_name"] == "landing" and source["name"] not in _ABOUT_FILES
            return frozenset([source["name"]] if is_landed else [])
        node = self._manifest["nodes"][unique_id]
        if node["config"].get("meta", {}).get(ROWS_WITHOUT_EXPORTS) or node.get("schema") == PUBLISHED_SCHEMA:
            return None
        parents = [self._read(parent) for parent in self._manifest["parent_map"][unique_id]]
        read = [parent for parent in parents if parent is not None]
        return frozenset().union(*read) if len(read) == len(parents) else None
