"""Running the console script, and laying out a company folder to run it in.

Belongs here: what the tests of this folder and its fixtures both use. Not in conftest.py: a module of that name cannot
be imported where several folders have one.
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import comparing
import dagster as dg
import pytest

from pipelines.company.templates import equip_home
from pipelines.demo import Truth, generate, generate_small

# The installed console script beside the interpreter of the tests: the very thing that a person types.
SCRIPT = Path(sys.executable).with_name("scorecards")
TIMEOUT_SECONDS = 900.0
# Beside a company: everything that its run printed, how long it took, what its generator reckoned.
RUN_LOG, RUN_SECONDS, TRUTH = "run.log", "seconds", "truth.pickle"

Scorecards = Callable[..., "subprocess.CompletedProcess[str]"]
CopyHome = Callable[[Path], Path]
Once = Callable[[str, Callable[[Path], object]], Path]  # the fixture of tests/conftest.py


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


@contextmanager
def dagster_instance(home: Path) -> Iterator[dg.DagsterInstance]:
    """The Dagster instance of a company, as a process with its `DAGSTER_HOME` opens it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAGSTER_HOME", str(home / "dagster"))
        with dg.DagsterInstance.get() as instance:
            yield instance


def make_small(folder: Path) -> None:
    """Make the small company (6 people, 2026-08..2026-10) in `folder`/company and run its last month."""
    home = folder / "company"
    generate_small(home)
    _run_last_month(home)


# What the lean company delivers: all that its scheme pays by, so that nothing is withheld.
LEAN_SOURCES = frozenset({"x", "cms", "tickets", "shopify", "crm"})


def make_lean(folder: Path) -> None:
    """Make the small company with few of its sources in `folder`/company and run its last month.

    For tests that run a company again and again and ask how a run ends, not what it computes: a run builds nothing of
    the sources that never delivered.
    """
    home = folder / "company"
    generate_small(home)
    for source in (home / "exports").iterdir():
        if source.name not in LEAN_SOURCES:
            shutil.rmtree(source)
    _run_last_month(home)


def _run_last_month(home: Path) -> None:
    equip_home(home)
    done = run_scorecards(home, "run", "2026-10")
    (home.parent / RUN_LOG).write_text(done.stdout + done.stderr, encoding="utf-8")


# What the lean company's months are made into, and what can be made again.
OUTPUTS = ("warehouse", "builds", "published", "scorecards")
MONTHS = ("2026-08", "2026-09", "2026-10")


def remove_outputs(home: Path) -> None:
    """`rm -r warehouse builds published scorecards`."""
    for name in OUTPUTS:
        path = home / name
        if path.is_symlink():
            path.unlink()
        else:
            shutil.rmtree(path)


def make_three_months(lean_home: Path, folder: Path) -> None:
    """Copy the run lean company to `folder`/company and make all of its months anew, in one run.

    Beside it stands how many seconds the run took.
    """
    home = copy_home(lean_home, folder)
    remove_outputs(home)
    began = time.monotonic()
    run_scorecards(home, "run", f"{MONTHS[0]}..{MONTHS[-1]}")
    (folder / RUN_SECONDS).write_text(str(time.monotonic() - began), encoding="ascii")


def make_demo(folder: Path) -> None:
    """Make the whole demo company in `folder`/company and run all its months at once; its truth stands beside it.

    Its KPIs are what is looked at. The scheme begins in the last month, so that only its cards are written: those of
    the others take longer than all their KPIs.
    """
    home = folder / "company"
    write_truth(folder, generate(home))
    equip_home(home)
    assignments = home / "people" / "scheme_assignments.csv"
    told = assignments.read_text(encoding="utf-8-sig")
    paid = told.replace("000,,,2022-03-01,\n", "000,,,2026-10-01,\nnone,,,2022-03-01,2026-10-01\n")
    assert paid != told
    assignments.write_text(paid, encoding="utf-8")
    delivered = comparing.folder(home / "exports")
    run_scorecards(home, "run", "2024-10..2026-10")
    assert comparing.folder(home / "exports") == delivered, "the truth is of other exports"


def write_truth(folder: Path, truth: Truth) -> None:
    """Keep what the generator reckoned of a company beside it: reckoning it again takes as long as a run."""
    (folder / TRUTH).write_bytes(pickle.dumps(truth))


def truth_beside(home: Path) -> Truth:
    """What the generator reckoned of the company in this folder."""
    found: Truth = pickle.loads((home.parent / TRUTH).read_bytes())
    return found


def copy_home(home: Path, folder: Path) -> Path:
    """A copy of a company with everything that was made from it, in `folder`/company."""
    copy = folder / "company"
    shutil.copytree(home, copy, symlinks=True)
    return copy


def twin_home(home: Path, folder: Path) -> Path:
    """A folder with the inputs and the key of a company and nothing that was made from them."""
    twin = folder / "company"
    for name in ("people", "reviews", "exports", "secrets"):
        shutil.copytree(home / name, twin / name)
    shutil.copyfile(home / "company.yaml", twin / "company.yaml")
    return twin
