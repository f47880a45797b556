"""Company folders under test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from landing_builders import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def make_home(tmp_path: Path) -> Callable[[str], Home]:
    """More than one folder, all with the same key, so that pseudonyms agree."""

    def make(name: str) -> Home:
        path = tmp_path / name
        (path / "secrets").mkdir(parents=True)
        (path / "secrets" / "pseudonym.key").write_text("ab" * 32 + "\n", encoding="ascii")
        (path / "secrets" / "pseudonym.key").chmod(0o600)
        return Home(path)

    return make
