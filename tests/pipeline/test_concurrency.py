"""Readers during a run, and runs of every origin at once: nobody blocks, starves or sees half of anything."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import comparing
import dagster as dg
import psutil
import pytest
from running import SCRIPT, CopyHome, dagster_instance

from pipelines.defs.stale_runs import PROCESS_TAG

REPOSITORY = Path(__file__).resolve().parents[2]
DAGSTER = Path(sys.executable).with_name("dagster")
DAEMON = Path(sys.executable).with_name("dagster-daemon")
PATIENCE_SECONDS = 600.0
# Readers look often, but leave the processor to the runs that they watch.
GLANCE_SECONDS = 0.25

# The months of two tables, which a half-written publication would tell apart.
MONTHS = """
select
    (select string_agg(distinct period, ',' order by period) from fct_person_kpi where period_type = 'month'),
    (select string_agg(distinct period, ',' order by period) from data_quality_certificate where period_type = 'month')
"""

# Keeps one connection open and says at every line of its input what it sees.
ANALYST = f"""
import duckdb, json, sys
with duckdb.connect(sys.argv[1], read_only=True) as kept:
    for line in sys.stdin:
        print(json.dumps(kept.execute({MONTHS!r}).fetchone()), flush=True)
"""


@pytest.mark.req("001-W3", "002-W1", "004-W1")
def test_an_open_reader_neither_blocks_runs_nor_sees_half_of_one(copy_lean: CopyHome, tmp_path: Path) -> None:
    home = copy_lean(tmp_path)
    kept, fresh = [], []
    with (
        _process([sys.executable, "-c", ANALYST, str(home / "published" / "kpi.duckdb")], home, stdin=True) as analyst,
        _process([str(SCRIPT), "run", "2026-08", "--home", str(home)], home) as one,
        _process([str(SCRIPT), "run", "2026-09", "--home", str(home)], home) as other,
    ):
        running = True
        while running:
            # looked at before reading, so that the last reading is behind the end of both runs
            running = one.poll() is None or other.poll() is None
            kept.append(_ask(analyst))
            fresh += comparing.query(home, MONTHS)
            time.sleep(GLANCE_SECONDS)
        assert (one.returncode, other.returncode) == (0, 0), _log(home)
    assert set(kept) == {("2026-10", "2026-10")}
    # whichever of the two came first; the second waited for it and took its month over
    firsts = {("2026-08,2026-10",) * 2, ("2026-09,2026-10",) * 2}
    assert fresh[0] == ("2026-10", "2026-10")
    assert fresh[-1] == ("2026-08,2026-09,2026-10",) * 2
    assert len(set(fresh) & firsts) == 1
    assert set(fresh) <= {fresh[0], fresh[-1]} | firsts
    assert comparing.parquet(home) == comparing.digests(home)


def _ask(analyst: subprocess.Popen[str]) -> tuple[str, ...]:
    assert analyst.stdin is not None
    assert analyst.stdout is not None
    analyst.stdin.write("look\n")
    analyst.stdin.flush()
    return tuple(json.loads(analyst.stdout.readline()))


def test_command_line_daemon_and_backfill_started_together_all_finish(copy_lean: CopyHome, tmp_path: Path) -> None:
    home = copy_lean(tmp_path)
    zombie = _killed_run(home)
    assert _statuses(home)[zombie] is dg.DagsterRunStatus.STARTED
    with _process([str(DAEMON), "run", "-w", str(REPOSITORY / "workspace.yaml")], home) as daemon:
        launches = [
            ("launch", "--tags", json.dumps({"dagster/partition": "2026-10-01"})),
            ("backfill", "--partitions", "2026-08-01", "--noprompt"),
        ]
        for verb, *options in launches:
            target = ["-w", str(REPOSITORY / "workspace.yaml"), "-j", "month_close"]
            with _process([str(DAGSTER), "job", verb, *target, *options], home) as submitted:
                assert submitted.wait(PATIENCE_SECONDS) == 0, _log(home)
        # the queue allows one run and counts the killed one: somebody must say that it is dead
        _wait_until(lambda: _statuses(home)[zombie] is dg.DagsterRunStatus.FAILURE, home, daemon)
        # the first that is launched dies too, as of a full memory: nobody is there to start it again
        _wait_until(lambda: _marked_runs(home) != {}, home, daemon)
        ((launched, process),) = _marked_runs(home).items()
        os.kill(process, signal.SIGKILL)
        with _process([str(SCRIPT), "run", "2026-09..2026-10", "--home", str(home)], home) as typed:
            assert typed.wait(PATIENCE_SECONDS) == 0, _log(home)
        _wait_until(lambda: all(status in _ENDED for status in _statuses(home).values()), home, daemon)
    ended = _statuses(home)
    assert ended.pop(zombie) is dg.DagsterRunStatus.FAILURE
    assert ended.pop(launched) is dg.DagsterRunStatus.FAILURE
    # the first run of the copied company, the launched one again, one of the backfill, one of the command line
    assert list(ended.values()) == [dg.DagsterRunStatus.SUCCESS] * 4, _log(home)
    with dagster_instance(home) as instance:
        again = [run for run in instance.get_runs() if run.parent_run_id is not None]
    assert [run.parent_run_id for run in again] == [launched]
    months = "select distinct period from fct_person_kpi where period_type = 'month' order by 1"
    assert comparing.query(home, months) == [("2026-08",), ("2026-09",), ("2026-10",)]
    assert comparing.parquet(home) == comparing.digests(home)


_ENDED = {dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED}


def _killed_run(home: Path) -> str:
    """Start a run, kill it when it holds the lock, and return Dagster's id of it."""
    known = set(_statuses(home))
    with _process([str(SCRIPT), "run", "2026-10", "--home", str(home)], home) as process:
        _wait_until(lambda: "landing     reading" in _log(home), home, process)
        os.kill(process.pid, signal.SIGKILL)
    (killed,) = set(_statuses(home)) - known
    return killed


def _statuses(home: Path) -> dict[str, dg.DagsterRunStatus]:
    with dagster_instance(home) as instance:
        return {run.run_id: run.status for run in instance.get_runs()}


def _marked_runs(home: Path) -> dict[str, int]:
    """The runs in progress that have said which process executes them."""
    with dagster_instance(home) as instance:
        started = instance.get_runs(dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED]))
    marks = {run.run_id: run.tags[PROCESS_TAG].rpartition("/")[2] for run in started if PROCESS_TAG in run.tags}
    return {run_id: int(mark.partition("-")[0]) for run_id, mark in marks.items()}


@contextmanager
def _process(command: list[str], home: Path, *, stdin: bool = False) -> Iterator[subprocess.Popen[str]]:
    """A process on this company folder; at the end it and whatever it started are ended, by their ids."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("SCORECARDS_", "DAGSTER_"))}
    company = {"SCORECARDS_HOME": str(home), "DAGSTER_HOME": str(home / "dagster")}
    with (home.parent / "processes.log").open("a", encoding="utf-8") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
            stdout=subprocess.PIPE if stdin else log,
            stderr=log,
            text=True,
            env=inherited | company | {"DAGSTER_DISABLE_TELEMETRY": "1"},
            cwd=home.parent,
        )
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    if process.stdin is not None:
        process.stdin.close()
    started = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for child in started:
        try:
            child.kill()
        except psutil.NoSuchProcess:
            continue
    if process.stdout is not None:
        process.stdout.close()


def _wait_until(met: Callable[[], bool], home: Path, needed: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not met():
        if needed.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"waited in vain: {_statuses(home)}\n{_log(home)}")
        time.sleep(1)


def _log(home: Path) -> str:
    """The end of what the processes printed."""
    return (home.parent / "processes.log").read_text(encoding="utf-8")[-8000:]
