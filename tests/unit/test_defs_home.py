"""The company as a resource: one lock a run, and no cell of a file in Dagster's event log."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from pipelines.company.findings import InputError
from pipelines.company.templates import init_company
from pipelines.defs.home import HomeResource
from pipelines.warehouse.layout import Layout

ADDRESS = "somebody at nowhere"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "company"
    init_company(folder)
    return folder


def execute(home: Path, instance: dg.DagsterInstance) -> dg.ExecuteInProcessResult:
    @dg.asset
    def people(home: HomeResource) -> None:
        """The number of people, from the company of the run."""
        assert Layout(Path(home.path)).lock_file.exists()
        assert home.company.people == ()

    defs = dg.Definitions([people], resources={"home": HomeResource(path=str(home))})
    return defs.resolve_implicit_global_asset_job_def().execute_in_process(instance=instance, raise_on_error=False)


def test_a_run_has_the_company_and_the_lock(home: Path) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        assert execute(home, instance).success


def test_what_a_killed_run_left_is_cleared(home: Path) -> None:
    layout = Layout(home)
    layout.warehouse.mkdir()
    layout.scratch_file.write_bytes(b"half")
    with dg.DagsterInstance.ephemeral() as instance:
        assert execute(home, instance).success
    assert not layout.scratch_file.exists()


def test_a_defect_is_told_by_its_place_and_not_quoted(home: Path) -> None:
    with (home / "people" / "people.csv").open("a", encoding="utf-8") as file:
        file.write(f"P1,Some Body,,{ADDRESS},2026-01-01,\n")
    with dg.DagsterInstance.ephemeral() as instance:
        result = execute(home, instance)
        logged = "\n".join(str(entry) for entry in instance.all_logs(result.run_id))
    assert not result.success
    assert "people/people.csv, row" in logged
    assert "column email: there is a defect. `scorecards status` tells what it is" in logged
    assert ADDRESS not in logged
    assert "Some Body" not in logged


def test_the_error_that_quotes_is_not_kept_as_context(home: Path) -> None:
    from pipelines.defs.home import _load

    with (home / "people" / "people.csv").open("a", encoding="utf-8") as file:
        file.write(f"P1,Some Body,,{ADDRESS},2026-01-01,\n")
    with pytest.raises(InputError) as told:
        _load(home)
    assert told.value.__context__ is None
    assert told.value.__cause__ is None
