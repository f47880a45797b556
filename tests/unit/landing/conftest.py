"""Company folders under test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from landing_builders import Home, keyed_home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def make_home(tmp_path: Path) -> Callable[[str], Home]:
    """More than one folder, all with the same key, so that pseudonyms agree."""
    return lambda name: keyed_home(tmp_path / name)
