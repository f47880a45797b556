"""Companies that have been run, for the recomputation: the folders that tests/pipeline makes, made once a session.

Belongs here: fixtures. Does not belong here: anything that looks at results.
"""

from __future__ import annotations

import csv
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from .comparing import Recomputation

TESTS = Path(__file__).resolve().parent.parent
CATALOGUE = TESTS.parent / "dbt_project" / "seeds" / "kpi_catalogue.csv"


def _makers() -> ModuleType:
    """tests/pipeline/conftest.py, whose folders these tests share: whoever comes first makes them."""
    sys.path.append(str(TESTS / "pipeline"))
    spec = importlib.util.spec_from_file_location("pipeline_makers", TESTS / "pipeline" / "conftest.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def catalogue() -> dict[str, dict[str, str]]:
    """Rows of the KPI catalogue by id."""
    with CATALOGUE.open(encoding="utf-8-sig", newline="") as file:
        return {row["kpi_id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="session")
def small(once, catalogue) -> Recomputation:  # type: ignore[no-untyped-def]  # fixture of tests/conftest.py
    """The small company: one month."""
    return Recomputation(once("small", _makers()._run_small) / "company", catalogue.values())


@pytest.fixture(scope="session")
def demo(once, catalogue) -> Recomputation:  # type: ignore[no-untyped-def]  # fixture of tests/conftest.py
    """The demo company: 25 months, their quarters and years."""
    return Recomputation(once("demo", _makers()._run_demo) / "company", catalogue.values())
