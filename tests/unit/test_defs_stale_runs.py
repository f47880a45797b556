"""Which runs are taken for dead: by the process that they name, never by how long they take."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import psutil
import pytest

from pipelines.alerts import is_told_by_command, told_by_command
from pipelines.defs import stale_runs as module
from pipelines.defs.stale_runs import PROCESS_TAG, end_orphans, end_stale_runs, mark_run, process_mark, stale_runs
from pipelines.warehouse.layout import Layout

STARTED, FAILURE = dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.FAILURE


@dg.op
def nothing() -> None:
    """An op for a job that never runs here."""


@dg.job
def some_job() -> None:
    nothing()


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as made:
        yield made


def begun(instance: dg.DagsterInstance, tags: dict[str, str] | None = None, run_id: str | None = None) -> str:
    """A run that Dagster believes to be going on."""
    run = instance.create_run_for_job(some_job, run_id=run_id, tags=tags or {})
    instance.report_engine_event("begins", run)
    instance.handle_new_event(_start_event(run))
    return run.run_id


def _start_event(run: dg.DagsterRun) -> dg.EventLogEntry:
    event = dg.DagsterEvent(event_type_value="PIPELINE_START", job_name=run.job_name)
    return dg.EventLogEntry(
        error_info=None,
        level="debug",
        user_message="",
        run_id=run.run_id,
        timestamp=time.time(),
        job_name=run.job_name,
        dagster_event=event,
    )


def status(instance: dg.DagsterInstance, run_id: str) -> dg.DagsterRunStatus:
    run = instance.get_run_by_id(run_id)
    assert run is not None
    return run.status


def dead_process() -> str:
    """`<pid>-<start time>` of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        return f"{process.pid}-{psutil.Process(process.pid).create_time():.2f}"


def test_a_run_of_a_dead_process_is_reported_as_failed(instance: dg.DagsterInstance) -> None:
    run_id = begun(instance)
    instance.add_run_tags(run_id, {PROCESS_TAG: f"{run_id}/{dead_process()}"})
    assert end_stale_runs(instance) == [run_id]
    assert status(instance, run_id) is FAILURE


def test_of_a_run_whose_command_was_killed_the_command_tells_no_more(instance: dg.DagsterInstance) -> None:
    run_id = begun(instance)
    instance.add_run_tags(run_id, {PROCESS_TAG: f"{run_id}/{dead_process()}", **told_by_command(run_id)})
    assert end_stale_runs(instance) == [run_id]
    run = instance.get_run_by_id(run_id)
    assert run is not None
    assert not is_told_by_command(run_id, run.tags)


def test_a_run_of_a_living_process_is_left_alone(instance: dg.DagsterInstance) -> None:
    run_id = begun(instance)
    mark_run(instance, run_id)
    assert end_stale_runs(instance) == []
    assert status(instance, run_id) is STARTED


def test_a_number_that_another_process_has_now_is_no_life_sign(instance: dg.DagsterInstance) -> None:
    run_id = begun(instance)
    pid = process_mark(run_id)[PROCESS_TAG].partition("/")[2].partition("-")[0]
    instance.add_run_tags(run_id, {PROCESS_TAG: f"{run_id}/{pid}-1.00"})
    assert end_stale_runs(instance) == [run_id]


def test_the_mark_that_a_repeated_run_inherits_does_not_kill_it(instance: dg.DagsterInstance) -> None:
    first = begun(instance)
    run_id = begun(instance, {PROCESS_TAG: f"{first}/{dead_process()}"})
    instance.delete_run(first)
    assert end_stale_runs(instance) == []
    assert status(instance, run_id) is STARTED


def test_a_run_that_never_named_its_process_is_dead_after_a_while(
    instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = begun(instance)
    assert end_stale_runs(instance) == []
    monkeypatch.setattr(module, "UNMARKED_SECONDS", -1)
    assert end_stale_runs(instance) == [run_id]


def test_the_own_run_is_never_ended(instance: dg.DagsterInstance) -> None:
    run_id = begun(instance)
    instance.add_run_tags(run_id, {PROCESS_TAG: f"{run_id}/{dead_process()}"})
    assert end_stale_runs(instance, run_id) == []


def test_finished_runs_are_not_touched(instance: dg.DagsterInstance) -> None:
    result = some_job.execute_in_process(instance=instance)
    instance.add_run_tags(result.run_id, {PROCESS_TAG: f"{result.run_id}/{dead_process()}"})
    assert end_stale_runs(instance) == []
    assert status(instance, result.run_id) is dg.DagsterRunStatus.SUCCESS


def test_the_sensor_ends_stale_runs_and_starts_nothing(instance: dg.DagsterInstance) -> None:
    run_id = begun(instance)
    instance.add_run_tags(run_id, {PROCESS_TAG: f"{run_id}/{dead_process()}"})
    told = stale_runs(dg.build_sensor_context(instance=instance))
    assert isinstance(told, dg.SkipReason)
    assert told.skip_message == f"reported as failed: {run_id}"
    told = stale_runs(dg.build_sensor_context(instance=instance))
    assert isinstance(told, dg.SkipReason)
    assert told.skip_message == "every run in progress is alive"


def test_an_orphaned_dbt_is_ended_with_its_group(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    layout.warehouse.mkdir()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, start_new_session=True) as orphan:
        started = psutil.Process(orphan.pid).create_time()
        (layout.warehouse / "dbt.process").write_text(f"{orphan.pid}-{started:.2f}", encoding="ascii")
        end_orphans(layout)
        assert orphan.wait(30) == -9


def test_an_ended_dbt_is_no_orphan(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    end_orphans(layout)  # none was ever started
    layout.warehouse.mkdir()
    (layout.warehouse / "dbt.process").write_text(dead_process(), encoding="ascii")
    end_orphans(layout)
