"""Clearing up after killed runs: runs that Dagster still believes alive, and dbt processes that outlived theirs.

Belongs here: telling a dead run from a waiting one, by the process that it was marked with.
Only ever touches runs and processes of this company folder.
"""

from __future__ import annotations

import os
import signal

import dagster as dg
import psutil

from pipelines.warehouse.dbt_process import recorded_process
from pipelines.warehouse.layout import Layout

PROCESS_TAG = "scorecards/process"
_ALIVE_STATUSES = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]


def _process_id() -> str:
    """This process, so that another one that gets the same number later is not taken for it."""
    return f"{os.getpid()}-{psutil.Process().create_time():.2f}"


def _is_alive(mark: str) -> bool:
    pid, _, started = mark.partition("-")
    try:
        return f"{psutil.Process(int(pid)).create_time():.2f}" == started
    except psutil.NoSuchProcess:
        return False


def mark_run(instance: dg.DagsterInstance, run_id: str) -> None:
    """Write on the run which process executes it."""
    instance.add_run_tags(run_id, {PROCESS_TAG: _process_id()})


def end_stale_runs(instance: dg.DagsterInstance, own_run_id: str | None = None) -> list[str]:
    """Report as failed every run whose process is gone; returns their ids.

    A killed process cannot report its own end; Dagster would count it as running and, with one run at a time, never
    start another.
    """
    ended = []
    for run in instance.get_runs(dg.RunsFilter(statuses=_ALIVE_STATUSES)):
        mark = run.tags.get(PROCESS_TAG)
        if run.run_id != own_run_id and mark is not None and not _is_alive(mark):
            instance.report_run_failed(run, "the process that executed this run was killed")
            ended.append(run.run_id)
    return ended


def end_orphans(layout: Layout) -> None:
    """End a dbt process that a killed run of this company folder left behind. Call with the home lock held."""
    mark = recorded_process(layout)
    if mark is not None and _is_alive(mark):
        os.killpg(int(mark.partition("-")[0]), signal.SIGKILL)
