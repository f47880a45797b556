"""Company folders that have been run.

Belongs here: fixtures that cost a whole run, each made once a session. Does not belong here: anything that looks at
results.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from running import SMALL_RUN_LOG, CopyHome, Scorecards, run_scorecards

from pipelines.company.templates import equip_home
from pipelines.demo import generate, generate_small


@pytest.fixture(scope="session")
def scorecards() -> Scorecards:
    """`scorecards(home, "run", "2026-10", check=True)` -> CompletedProcess."""
    return run_scorecards


@pytest.fixture(scope="session")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small company (6 people, 2026-08..2026-10) after `scorecards run 2026-10`. Tests must not change it."""
    home = tmp_path_factory.mktemp("small") / "company"
    generate_small(home)
    equip_home(home)
    done = run_scorecards(home, "run", "2026-10")
    (home.parent / SMALL_RUN_LOG).write_text(done.stdout + done.stderr, encoding="utf-8")
    return home


@pytest.fixture(scope="session")
def copy_home(small_home: Path) -> CopyHome:
    """`copy_home(folder)` copies the run small company to `folder`/company, for tests that change it."""

    def copy(folder: Path) -> Path:
        home = folder / "company"
        shutil.copytree(small_home, home, symlinks=True)
        return home

    return copy


@pytest.fixture(scope="session", autouse=True)
def demo_ahead(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Future[Path] | None]:
    """The run of the demo company, begun at once on the other core when any test of this session needs it."""
    if not any("demo_home" in getattr(item, "fixturenames", ()) for item in request.session.items):
        yield None
        return
    with ThreadPoolExecutor(max_workers=1) as other_core:
        yield other_core.submit(_run_demo, tmp_path_factory.mktemp("demo") / "company")


def _run_demo(home: Path) -> Path:
    generate(home)
    equip_home(home)
    run_scorecards(home, "run", "2024-10..2026-10")
    return home


@pytest.fixture(scope="session")
def demo_home(demo_ahead: Future[Path] | None) -> Path:
    """The whole demo company after one run of all its months. Tests must not change it."""
    assert demo_ahead is not None  # whoever asks for this fixture is an item of the session
    return demo_ahead.result()
