"""The event log that keeps its files open: what it stores, and that Dagster's own class reads the same."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

import dagster as dg
import psutil
import pytest
from dagster._core.events.log import EventLogEntry
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage

from pipelines.company.templates import equip_home
from pipelines.defs.event_log import KEPT_OPEN, OpenSqliteEventLogStorage

KEY = dg.AssetKey("numbers")


@dg.asset
def numbers() -> dg.MaterializeResult[None]:
    return dg.MaterializeResult(metadata={"rows": 7})


@dg.asset
def letters() -> None:
    return


@dg.asset_check(asset=numbers)
def are_few() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=True)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    equip_home(tmp_path)
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    return tmp_path


@pytest.fixture
def instance(home: Path) -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.get() as opened:
        yield opened


def open_logs() -> set[str]:
    paths = (Path(file.path) for file in psutil.Process().open_files())
    return {path.name for path in paths if path.suffix == ".db" and path.parent.name == "runs"}


def rows_told(instance: dg.DagsterInstance) -> list[object]:
    records = instance.fetch_materializations(KEY, limit=99).records
    return [record.asset_materialization.metadata["rows"].value for record in records if record.asset_materialization]


def test_the_instance_of_a_company_uses_it(instance: dg.DagsterInstance) -> None:
    assert isinstance(instance.event_log_storage, OpenSqliteEventLogStorage)


def test_dagsters_own_class_reads_every_event(home: Path, instance: dg.DagsterInstance) -> None:
    run = dg.materialize([numbers], instance=instance)
    own = SqliteEventLogStorage(str(home / "dagster" / "history" / "runs"))
    assert [entry.message for entry in own.get_logs_for_run(run.run_id)] == [
        entry.message for entry in instance.all_logs(run.run_id)
    ]
    assert own.get_latest_materialization_events([KEY])[KEY] is not None


def test_it_reads_what_dagsters_own_class_wrote_meanwhile(home: Path, instance: dg.DagsterInstance) -> None:
    run = dg.materialize([numbers], instance=instance)
    (entry,) = (
        entry
        for entry in instance.all_logs(run.run_id)
        if entry.dagster_event is not None and entry.dagster_event.is_step_materialization
    )
    SqliteEventLogStorage(str(home / "dagster" / "history" / "runs")).store_event(entry)
    assert rows_told(instance) == [7, 7]


def test_many_runs_do_not_hold_a_file_each(instance: dg.DagsterInstance) -> None:
    for _ in range(KEPT_OPEN + 3):
        dg.materialize([numbers], instance=instance)
    assert rows_told(instance) == [7] * (KEPT_OPEN + 3)
    assert len(open_logs()) == KEPT_OPEN
    instance.event_log_storage.dispose()
    assert not open_logs()


def _store_and_die(home: str) -> None:
    os.environ["DAGSTER_HOME"] = f"{home}/dagster"
    with dg.DagsterInstance.get() as opened:
        dg.materialize([numbers], instance=opened)
        os.kill(os.getpid(), signal.SIGKILL)


def stored(home: Path, run_id: str) -> list[str]:
    """The messages of a run as Dagster's own class finds them."""
    own = SqliteEventLogStorage(str(home / "dagster" / "history" / "runs"))
    return [entry.message for entry in own.get_logs_for_run(run_id)]


def test_what_a_run_plans_is_stored_together(
    home: Path, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[int] = []
    store = OpenSqliteEventLogStorage.store_event_batch

    def noted(self: OpenSqliteEventLogStorage, events: Sequence[EventLogEntry]) -> None:
        batches.append(len(events))
        store(self, events)

    monkeypatch.setattr(OpenSqliteEventLogStorage, "store_event_batch", noted)
    run = dg.materialize([numbers, letters], instance=instance)
    assert batches == [2]
    assert sum("intends to materialize" in message for message in stored(home, run.run_id)) == 2


def test_a_batch_is_stored_whole_or_not_at_all(home: Path, instance: dg.DagsterInstance) -> None:
    run = dg.materialize([numbers], instance=instance)
    before, rows = stored(home, run.run_id), rows_told(instance)
    (entry,) = (
        entry
        for entry in instance.all_logs(run.run_id)
        if entry.dagster_event is not None and entry.dagster_event.is_step_materialization
    )
    storage = instance.event_log_storage
    with pytest.raises(TypeError):
        storage.store_event_batch([entry, entry._replace(timestamp="never")])  # no time: the second cannot be stored
    assert (stored(home, run.run_id), rows_told(instance)) == (before, rows)
    storage.store_event_batch([entry, entry])
    assert len(stored(home, run.run_id)) == len(before) + 2
    assert rows_told(instance) == [7] * 3


def test_a_killed_process_loses_no_event(home: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_store_and_die, args=(str(home),))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    with dg.DagsterInstance.get() as opened:
        assert rows_told(opened) == [7]
        (run,) = opened.get_runs()
        assert run.status is dg.DagsterRunStatus.SUCCESS


def test_wiping_leaves_an_empty_log_that_works(instance: dg.DagsterInstance) -> None:
    dg.materialize([numbers, are_few], instance=instance)
    instance.event_log_storage.wipe()
    assert rows_told(instance) == []
    again = dg.materialize([numbers, are_few], instance=instance)
    assert rows_told(instance) == [7]
    (checked,) = instance.event_log_storage.get_asset_check_execution_history(are_few.check_key, limit=9)
    assert (checked.run_id, checked.status.value) == (again.run_id, "SUCCEEDED")
