"""Clearing up after killed runs: runs that Dagster still believes alive, and dbt processes that outlived theirs.

Belongs here: telling a dead run from a waiting one, by the process that it was marked with; the sensor that looks while
nothing else starts. Only ever touches runs and processes of this company folder.
"""

from __future__ import annotations

import os
import signal
import time

import dagster as dg
import psutil

from pipelines.alerts import is_told_by_command, told_by_nobody
from pipelines.warehouse.dbt_process import recorded_process
from pipelines.warehouse.layout import Layout

PROCESS_TAG = "scorecards/process"

# A launched run marks itself as its first act; one that has not after this time died before it could.
UNMARKED_SECONDS = 180

SENSOR_SECONDS = 30

_ALIVE_STATUSES = [
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def _process_id() -> str:
    """This process, so that another one that gets the same number later is not taken for it."""
    return f"{os.getpid()}-{psutil.Process().create_time():.2f}"


def _is_alive(process: str) -> bool:
    pid, _, started = process.partition("-")
    try:
        found = psutil.Process(int(pid))
        return f"{found.create_time():.2f}" == started and found.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def process_mark(run_id: str) -> dict[str, str]:
    """The tag that says which process executes a run.

    The run is named in it, because Dagster copies tags when a person executes a run again: without, the copy would
    carry the mark of the dead process and be taken for dead itself.
    """
    return {PROCESS_TAG: f"{run_id}/{_process_id()}"}


def mark_run(instance: dg.DagsterInstance, run_id: str) -> None:
    """Write on the run which process executes it."""
    instance.add_run_tags(run_id, process_mark(run_id))


def end_stale_runs(instance: dg.DagsterInstance, own_run_id: str | None = None) -> list[str]:
    """Report as failed every run whose process is gone; returns their ids.

    A killed process cannot report its own end; Dagster would count it as running and, with one run at a time, never
    start another. A command that was to tell of the run was killed with it: from now on the sensors tell.
    """
    ended = []
    for record in instance.get_run_records(dg.RunsFilter(statuses=_ALIVE_STATUSES)):
        run = record.dagster_run
        if run.run_id != own_run_id and _is_stale(run, record.start_time):
            if is_told_by_command(run.run_id, run.tags):
                # before the end is reported, so that no sensor sees the end with the old mark
                instance.add_run_tags(run.run_id, told_by_nobody(run.run_id))
            instance.report_run_failed(run, "the process that executed this run was killed")
            ended.append(run.run_id)
    return ended


def _is_stale(run: dg.DagsterRun, started_at: float | None) -> bool:
    marked_run, _, process = run.tags.get(PROCESS_TAG, "").partition("/")
    if marked_run == run.run_id:
        return not _is_alive(process)
    return started_at is not None and time.time() - started_at > UNMARKED_SECONDS


def end_orphans(layout: Layout) -> None:
    """End a dbt process that a killed run of this company folder left behind. Call with the home lock held."""
    mark = recorded_process(layout)
    if mark is not None and _is_alive(mark):
        os.killpg(int(mark.partition("-")[0]), signal.SIGKILL)


@dg.sensor(
    name="stale_runs",
    minimum_interval_seconds=SENSOR_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Reports runs as failed whose process was killed, so that they do not keep queued runs waiting.",
)
def stale_runs(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """A killed command-line run blocks the queue until somebody says that it is dead; this does, within a minute."""
    ended = end_stale_runs(context.instance)
    return dg.SkipReason(f"reported as failed: {', '.join(ended)}" if ended else "every run in progress is alive")
