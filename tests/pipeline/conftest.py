"""Company folders that have been run.

Belongs here: fixtures that cost a whole run, each made once a session. Does not belong here: anything that looks at
results.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from running import (
    CopyHome,
    Once,
    Scorecards,
    copy_home,
    make_demo,
    make_lean,
    make_small,
    make_three_months,
    run_scorecards,
)


@pytest.fixture(scope="session")
def scorecards() -> Scorecards:
    """`scorecards(home, "run", "2026-10", check=True)` -> CompletedProcess."""
    return run_scorecards


@pytest.fixture(scope="session")
def small_home(once: Once) -> Path:
    """The small company (6 people, 2026-08..2026-10) after `scorecards run 2026-10`. Tests must not change it."""
    return once("small", make_small) / "company"


@pytest.fixture(scope="session")
def lean_home(once: Once) -> Path:
    """The small company with few of its sources after `scorecards run 2026-10`. Tests must not change it."""
    return once("lean", make_lean) / "company"


@pytest.fixture(scope="session")
def copy_lean(lean_home: Path) -> CopyHome:
    """`copy_lean(folder)` copies the run lean company to `folder`/company, for tests that change it."""

    return partial(copy_home, lean_home)


@pytest.fixture(scope="session")
def three_months_home(lean_home: Path, once: Once) -> Path:
    """The lean company, made anew by one run of 2026-08..2026-10. Tests must not change it."""
    return once("three-months", partial(make_three_months, lean_home)) / "company"


@pytest.fixture(scope="session")
def demo_home(once: Once) -> Path:
    """The whole demo company after one run of all its months. Tests must not change it."""
    return once("demo", make_demo) / "company"
