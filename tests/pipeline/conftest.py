"""Company folders that have been run, and the console script that ran them.

Belongs here: fixtures that cost a whole run, each made once a session, and the runner of `scorecards` as a process of
its own. Does not belong here: anything that looks at results.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from pipelines.company.templates import equip_home
from pipelines.demo import generate, generate_small

# The installed console script beside the interpreter of the tests: the very thing that a person types.
SCRIPT = Path(sys.executable).with_name("scorecards")
TIMEOUT_SECONDS = 900.0
# Beside the small company: everything that its run printed.
SMALL_RUN_LOG = "run.log"

Scorecards = Callable[..., "subprocess.CompletedProcess[str]"]
CopyHome = Callable[[Path], Path]


def run_scorecards(
    home: Path, *arguments: str, check: bool = True, timeout: float = TIMEOUT_SECONDS
) -> subprocess.CompletedProcess[str]:
    """Run `scorecards ARGUMENTS --home HOME` as a process; with `check`, a failure shows what it printed."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("SCORECARDS_", "DAGSTER_"))}
    done = subprocess.run(
        [str(SCRIPT), *arguments, "--home", str(home)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        env=inherited | {"DAGSTER_DISABLE_TELEMETRY": "1", "PYTHONIOENCODING": "utf-8"},
        cwd=home.parent,
        check=False,
    )
    if check and done.returncode != 0:
        pytest.fail(f"scorecards {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done


@pytest.fixture(scope="session")
def scorecards() -> Scorecards:
    """`scorecards(home, "run", "2026-10", check=True)` -> CompletedProcess."""
    return run_scorecards


def twin_home(home: Path, folder: Path) -> Path:
    """A folder with the inputs and the key of a company and nothing that was made from them."""
    twin = folder / "company"
    for name in ("people", "reviews", "exports", "secrets"):
        shutil.copytree(home / name, twin / name)
    shutil.copyfile(home / "company.yaml", twin / "company.yaml")
    return twin


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
