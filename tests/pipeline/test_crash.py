"""kill -9 at every named step boundary and at seeded delays: nothing half-done is ever seen, and the next run finishes.

The kills are chained in one company folder, as they would be on a bad day: each run starts on what the killed one left.
A run of three months is killed on top of a publication of one, so that a publication that moved would be seen; landing
and archive are empty at the start, so that there is work to lose in every step. What it must come to is what a run of
these months leaves that nobody killed, and that began from nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import comparing
import dagster as dg
import duckdb
import psutil
import pyarrow.parquet as pq
import pytest
from running import MONTHS, RUN_SECONDS, SCRIPT, CopyHome, dagster_instance, run_scorecards

from pipelines.scorecards.sealing import check_draft

PERIOD = f"{MONTHS[0]}..{MONTHS[-1]}"
PATIENCE_SECONDS = 300.0

# The progress lines of a run, in order: the named step boundaries. The last one is behind the swap.
BOUNDARIES = {
    "company": "company     reading",
    "landing": "landing     reading",
    "inputs": "inputs      months",
    "build": "build       dbt build",
    "build finished": "build       finished",
    "scores": "scores      scoring",
    "scorecards": "scorecards  writing",
    "publish": "publish     writing",
    "published": "publish     published",
}
DBT_AT_WORK = "dbt at work"  # some time behind "build", when dbt's process is there

# A bad day. A number is a delay, as a share of the time that an undisturbed run takes.
_CHANCE = random.Random(20261101)
BAD_DAY: tuple[str | float, ...] = (
    "company",
    "landing",
    "inputs",
    "build",
    DBT_AT_WORK,
    "build finished",
    "scores",
    "scorecards",
    "publish",
    *(_CHANCE.uniform(0.05, 0.95) for _ in range(5)),
    "published",
)


def test_every_boundary_is_met_and_five_delays() -> None:
    assert {moment for moment in BAD_DAY if isinstance(moment, str)} == {*BOUNDARIES, DBT_AT_WORK}
    assert sum(isinstance(moment, float) for moment in BAD_DAY) == 5


def test_killed_anywhere(copy_lean: CopyHome, three_months_home: Path, tmp_path: Path) -> None:
    home = _with_work_left(copy_lean(tmp_path))
    undisturbed = comparing.digests(three_months_home)
    for moment in BAD_DAY:
        _kill_a_run(home, moment, three_months_home)
    assert comparing.digests(home) == undisturbed, "what the last one had published when it was killed"
    run_scorecards(home, "run", PERIOD)
    assert comparing.digests(home) == undisturbed
    assert _cards(home) == _cards(three_months_home)
    _assert_runs_ended(home)
    _assert_nothing_left_over(home)


def _kill_a_run(home: Path, moment: str | float, undisturbed: Path) -> None:
    """Start a run, kill it at a moment, and look at what it left."""
    build, digests = (home / "builds" / "current").readlink(), comparing.digests(home)
    with _run(home) as process:
        if isinstance(moment, float):
            _wait_or_end(process, float((undisturbed.parent / RUN_SECONDS).read_text(encoding="ascii")) * moment)
        else:
            _wait_for_step(process, home, moment)
        _kill(process)
    _assert_whole(home, str(moment))
    if moment == "published":
        assert (home / "builds" / "current").readlink() != build
    elif isinstance(moment, str):
        assert (home / "builds" / "current").readlink() == build, moment
        assert comparing.digests(home) == digests, moment


@contextlib.contextmanager
def _run(home: Path) -> Iterator[subprocess.Popen[str]]:
    """`scorecards run`, the leader of a process group; its progress lines are readable."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("SCORECARDS_", "DAGSTER_"))}
    log = home.parent / "killed.log"
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [str(SCRIPT), "run", PERIOD, "--home", str(home)],
            stdout=subprocess.DEVNULL,
            stderr=errors,
            text=True,
            env=inherited | {"DAGSTER_DISABLE_TELEMETRY": "1"},
            cwd=home.parent,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def _wait_for_step(process: subprocess.Popen[str], home: Path, step: str) -> None:
    """Wait until the run says that it has reached a step."""
    log, start = home.parent / "killed.log", BOUNDARIES["build" if step == DBT_AT_WORK else step]
    _wait_until(
        lambda: any(line.strip().startswith(start) for line in log.read_text(encoding="utf-8").splitlines()),
        f"the run never said {start!r}",
        lambda: process.poll() is not None,
    )
    if step == DBT_AT_WORK:
        _wait_until(lambda: any("dbt" in name for name in _living(home)), "dbt never started", look_every=0.1)


def _wait_or_end(process: subprocess.Popen[str], seconds: float) -> None:
    """Wait for a time; a run that is quicker than the one that the delay was drawn from ends before it."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)


def _wait_until(
    met: Callable[[], bool], complaint: str, ended: Callable[[], bool] = lambda: False, *, look_every: float = 0.02
) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not met():
        if ended() or time.monotonic() > deadline:
            pytest.fail(complaint)
        time.sleep(look_every)


def _kill(process: subprocess.Popen[str]) -> None:
    """kill -9 of the leader alone: what it started must end by itself."""
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()


def _living(home: Path) -> list[str]:
    """The command lines of the processes that work on a company folder: the run, dbt, and what reads their logs."""
    return [line for process in psutil.process_iter() if (line := _command_on(process, home))]


def _command_on(process: psutil.Process, home: Path) -> str:
    """The command line of a process that names the folder or was started for it; else nothing."""
    try:
        command = " ".join(process.cmdline())
        if process.status() == psutil.STATUS_ZOMBIE:
            return ""
        return command if str(home) in command or process.environ().get("SCORECARDS_HOME") == str(home) else ""
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return ""


def _assert_whole(home: Path, step: str) -> None:
    """No process lives on, and whatever a person or the next run can see is whole."""
    # what reads a run's logs looks once a second whether the run is there; looking through all processes is work too
    _wait_until(lambda: not _living(home), f"{step}: a process outlived its run", look_every=0.25)
    with duckdb.connect(str(home / "published" / "kpi.duckdb"), read_only=True) as connection:
        assert connection.execute("select count(*) from fct_person_kpi").fetchone() != (0,), step
    for build in _visible(home / "builds"):
        stated = json.loads((build / "published" / "digests.json").read_text(encoding="utf-8"))
        root = build / "published" / "parquet"
        assert {name: comparing.sha256(root / name) for name in stated} == stated, step
        assert (build / "restricted" / "pay.duckdb").is_file(), step
    for period in _visible(home / "scorecards"):
        for cards in _visible(period):
            check_draft(cards)
    for path in _visible_files(home / "landing"):
        if path.suffix == ".parquet":
            pq.read_table(path)
        else:
            json.loads(path.read_text(encoding="utf-8"))
    for path in _visible_files(home / "archive"):
        if path.parent.name != "_tmp":
            assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name, step
    if (home / "warehouse" / "warehouse.duckdb").exists():
        with duckdb.connect(str(home / "warehouse" / "warehouse.duckdb"), read_only=True) as connection:
            connection.execute("select count(*) from marts.fct_person_kpi").fetchone()


def _visible(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir() and path.name[0] != ".")


def _visible_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if path.is_file() and not any(part[0] == "." for part in path.relative_to(folder).parts):
            yield path


def _assert_runs_ended(home: Path) -> None:
    with dagster_instance(home) as instance:
        ended = [run.status for run in instance.get_runs()]
    assert set(ended) == {dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.SUCCESS}
    # a run that was killed after a short delay may not have got as far as being known to Dagster
    assert ended.count(dg.DagsterRunStatus.FAILURE) >= sum(isinstance(moment, str) for moment in BAD_DAY)


def _assert_nothing_left_over(home: Path) -> None:
    assert not list((home / "builds").glob(".*"))
    assert not list((home / "warehouse").glob("scratch.duckdb*"))
    assert not list((home / "archive" / "_tmp").glob("*"))
    assert not list((home / "scorecards").rglob(".*"))


def _with_work_left(home: Path) -> Path:
    for name in ("landing", "archive", "quarantine"):
        shutil.rmtree(home / name)
    return home


def _cards(home: Path) -> dict[str, dict[str, str]]:
    return {period: comparing.cards(home, period) for period in MONTHS}
