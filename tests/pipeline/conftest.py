"""Company folders that have been run.

Belongs here: fixtures that cost a whole run, each made once a session. Does not belong here: anything that looks at
results.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from running import SMALL_RUN_LOG, CopyHome, Once, Scorecards, run_scorecards

from pipelines.company.templates import equip_home
from pipelines.demo import generate, generate_small


@pytest.fixture(scope="session")
def scorecards() -> Scorecards:
    """`scorecards(home, "run", "2026-10", check=True)` -> CompletedProcess."""
    return run_scorecards


@pytest.fixture(scope="session")
def small_home(once: Once) -> Path:
    """The small company (6 people, 2026-08..2026-10) after `scorecards run 2026-10`. Tests must not change it."""
    return once("small", _run_small) / "company"


def _run_small(folder: Path) -> None:
    home = folder / "company"
    generate_small(home)
    equip_home(home)
    done = run_scorecards(home, "run", "2026-10")
    (folder / SMALL_RUN_LOG).write_text(done.stdout + done.stderr, encoding="utf-8")


@pytest.fixture(scope="session")
def copy_home(small_home: Path) -> CopyHome:
    """`copy_home(folder)` copies the run small company to `folder`/company, for tests that change it."""

    def copy(folder: Path) -> Path:
        home = folder / "company"
        shutil.copytree(small_home, home, symlinks=True)
        return home

    return copy


@pytest.fixture(scope="session")
def demo_home(once: Once) -> Path:
    """The whole demo company after one run of all its months. Tests must not change it."""
    return once("demo", _run_demo) / "company"


def _run_demo(folder: Path) -> None:
    home = folder / "company"
    generate(home)
    equip_home(home)
    run_scorecards(home, "run", "2024-10..2026-10")
