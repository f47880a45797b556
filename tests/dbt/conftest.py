"""What all dbt tests share: the project, read once by whichever worker needs it first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from harness import project

Once = Callable[[str, Callable[[Path], object]], Path]  # the fixture of tests/conftest.py


@pytest.fixture(scope="session", autouse=True)
def _read_once(once: Once) -> None:
    project.shared_folder = once("dbt", lambda _: None)
