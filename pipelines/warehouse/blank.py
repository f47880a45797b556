"""The blank warehouse: every relation of one version of the code, without rows.

Belongs here: keeping one beside the project, from which the first run of a company starts, so that it need not make the
relations of sources that the company does not have. Kept with the parse of the dbt project; where that folder
cannot be written, every company begins from nothing.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from pipelines.warehouse.checkout import keep_beside_project
from pipelines.warehouse.connection import copy_relations
from pipelines.warehouse.layout import DBT_PROJECT_DIR, code_version

_FOLDER = DBT_PROJECT_DIR / "target" / "blank"


def blank_warehouse() -> Path | None:
    """The blank warehouse of this version of the code; None before its first whole build."""
    path = _of_this_version()
    return path if path.exists() else None


def _of_this_version() -> Path:
    return _FOLDER / f"{code_version()}.duckdb"


def keep_blank(built: Path) -> None:
    """Keep the relations of a finished build for companies to come, in place of those of other versions.

    Args:
        built: a warehouse file that holds every relation.
    """
    if blank_warehouse() is None:
        keep_beside_project(_of_this_version(), partial(copy_relations, built))
