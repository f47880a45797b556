"""The blank warehouse: every relation of one version of the code, without rows.

Belongs here: keeping one beside the project, from which the first run of a company starts, so that it need not make the
relations of sources that the company does not have. Kept with the parse of the dbt project; where that folder
cannot be written, every company begins from nothing.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from pipelines.warehouse.connection import copy_relations
from pipelines.warehouse.layout import DBT_PROJECT_DIR, code_version

_FOLDER = DBT_PROJECT_DIR / "target" / "blank"


def blank_warehouse() -> Path | None:
    """The blank warehouse of this version of the code; None before its first whole build."""
    path = _FOLDER / f"{code_version()}.duckdb"
    return path if path.exists() else None


def keep_blank(built: Path) -> None:
    """Keep the relations of a finished build for companies to come, in place of those of other versions.

    Args:
        built: a warehouse file that holds every relation.
    """
    if blank_warehouse() is not None:
        return
    try:
        _FOLDER.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=_FOLDER) as work:
            made = Path(work) / "blank.duckdb"
            copy_relations(built, made)
            kept = _FOLDER / f"{code_version()}.duckdb"
            made.replace(kept)
    except OSError:
        return
    for old in _FOLDER.glob("*.duckdb"):
        if old != kept:
            old.unlink(missing_ok=True)
