"""Which SQL is mutated, and which tests can see it.

A target is one model or one macro; its code is what dbt would render, so that a mutant needs no file of its own: the
harness puts the wrong code into its copy of the manifest. Quality guards and staging compute no KPI and are no targets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_MODELS = "models/intermediate/"
_NO_KPIS = "models/intermediate/quality/"
_MACROS = "macros/kpi/"


@dataclass(frozen=True)
class Target:
    """A model or macro that is mutated.

    Attributes:
        name: of the model, or `macro` and the name of the macro.
        unique_id: dbt's name of it.
        code: its template.
        path: its file, from the dbt project.
        models: the models whose SQL it is part of: itself, or every model that calls the macro.
    """

    name: str
    unique_id: str
    code: str
    path: str
    models: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Short hash of the code: results of other code do not count."""
        return hashlib.sha256(self.code.encode()).hexdigest()[:12]


def targets(manifest: Any) -> list[Target]:
    """Inputs views first, then the other models, then the macros; each group by name."""
    callers = _callers(manifest)
    found = [
        Target(node.name, node.unique_id, node.raw_code, node.original_file_path, (node.name,))
        for node in manifest.nodes.values()
        if node.resource_type == "model"
        and node.original_file_path.startswith(_MODELS)
        and not node.original_file_path.startswith(_NO_KPIS)
    ]
    found += [
        Target(f"macro {macro.name}", unique_id, macro.macro_sql, macro.original_file_path, callers[unique_id])
        for unique_id, macro in manifest.macros.items()
        if macro.original_file_path.startswith(_MACROS) and callers.get(unique_id)
    ]
    return sorted(found, key=lambda t: (t.name.startswith("macro "), "_kpi_inputs_" not in t.name, t.name))


def _callers(manifest: Any) -> dict[str, tuple[str, ...]]:
    """Macro -> the models that call it, also through other macros."""
    callers: dict[str, set[str]] = {}
    for node in manifest.nodes.values():
        if node.resource_type == "model":
            for macro in _reached(manifest, node.depends_on.macros):
                callers.setdefault(macro, set()).add(node.name)
    return {macro: tuple(sorted(models)) for macro, models in callers.items()}


def _reached(manifest: Any, macros: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(macros)
    while waiting:
        macro = waiting.pop()
        if macro not in found and macro in manifest.macros:
            found.add(macro)
            waiting += manifest.macros[macro].depends_on.macros
            # a dispatched macro is called by another name than it has
            waiting += [name for name in manifest.macros if name.endswith(f"__{macro.rpartition('.')[2]}")]
    return found


def unit_tested(manifest: Any) -> set[str]:
    """Models that have dbt unit tests."""
    return {test.model for test in manifest.unit_tests.values()}


def python_tests(folder: Path) -> list[Path]:
    """The files of tests/dbt that may build models and look at what they hold.

    The dbt unit tests are run model by model instead; what a run leaves out is asked of all models at once.
    """
    others = {"test_unit_tests.py", "test_left_out.py"}
    return [path for path in sorted(folder.glob("test_*.py")) if path.name not in others]
