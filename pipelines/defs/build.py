"""The KPI build: the scratch file is given its inputs, then dbt builds staging, intermediate and marts in it.

Belongs here: the asset that plans the months, the dbt assets and their translation (keys, groups, owners).
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtCliResource, dbt_assets
from dagster_dbt.errors import DagsterDbtCliRuntimeError

from pipelines.company.frames import company_tables
from pipelines.company.keys import Pseudonymiser
from pipelines.defs.home import HomeResource, home_from_environment
from pipelines.defs.landing import COMPANY_KEY, OWNERS, landing_key
from pipelines.defs.partitions import monthly_partitions, months_of_run, periods_of_run
from pipelines.defs.progress import say
from pipelines.landing import file_catalogue
from pipelines.landing.labels import LABELS_ID
from pipelines.scorecards import sealed_months
from pipelines.scorecards.beside import scored_schemes
from pipelines.scorecards.carrying import carried_months
from pipelines.sources.registry import ALL_SPECS
from pipelines.warehouse.build_scope import left_out, without_rows
from pipelines.warehouse.dbt_failures import failed_tests
from pipelines.warehouse.dbt_manifest import dbt_environment, ensure_manifest
from pipelines.warehouse.dbt_process import executable
from pipelines.warehouse.layout import DBT_PROJECT_DIR, PROJECT_ROOT, Layout
from pipelines.warehouse.readings import column_types, row_counts
from pipelines.warehouse.scratch import (
    built_fingerprints,
    data_fingerprints,
    found_in_scratch,
    plan_build,
    prepare_scratch,
    tell_without_rows,
)

INPUTS_KEY = dg.AssetKey(["warehouse", "inputs"])
# set on the run that recomputes a sealed period: its folder holds exactly the inputs of the manifest
WHOLE_LANDING_TAG = "scorecards/whole_landing"
_SPEC_IDS = {spec.id for spec in ALL_SPECS}


@dg.asset(
    key=INPUTS_KEY,
    deps=[COMPANY_KEY, *(landing_key(spec.id) for spec in ALL_SPECS), landing_key(LABELS_ID)],
    partitions_def=monthly_partitions(),
    backfill_policy=dg.BackfillPolicy.single_run(),
    group_name="warehouse",
    kinds={"duckdb"},
    owners=OWNERS,
)
def build_inputs(context: dg.AssetExecutionContext, home: HomeResource) -> dg.MaterializeResult:
    """The scratch warehouse with the inputs of the months to build: the asked ones and open months gone stale."""
    built = built_fingerprints(home.layout)
    # what a card carries from an earlier quarter or year is built with it, so that it never hangs on what ran before
    needed = {
        month
        for period in periods_of_run(context)
        for month in carried_months(home.company, period, scored_schemes(home.company, period, home.shelf))
    }
    carried = [month for month in needed if month not in built]
    asked = sorted({*months_of_run(context), *carried})
    tables = company_tables(home.company, Pseudonymiser.from_home(home.layout.home))
    files = file_catalogue(home.layout.home)
    data = data_fingerprints({*asked, *built}, files, tables)
    plan = plan_build(asked, data, built, sealed_months(home.layout.home))
    say("inputs", f"months to build: {', '.join(str(month) for month in plan.run_months)}")
    whole_landing = context.run.tags.get(WHOLE_LANDING_TAG) == "true"
    prepare_scratch(home.layout, plan, files, tables, sorted(_SPEC_IDS), whole_landing=whole_landing)
    return dg.MaterializeResult(
        metadata={
            "months": ", ".join(str(month) for month in plan.run_months),
            "refreshed_because_stale": ", ".join(str(month) for month in plan.stale),
            "landed_files": files.num_rows,
        }
    )


class Translator(DagsterDbtTranslator):
    """dbt nodes as Dagster assets: key [schema, name], a group a layer, sources mapped to the assets that make them."""

    def get_asset_spec(self, manifest: Mapping[str, Any], unique_id: str, project: Any) -> dg.AssetSpec:
        """Key, group and owners of one dbt node."""
        spec = super().get_asset_spec(manifest, unique_id, project)
        props = self.get_resource_props(manifest, unique_id)
        if props["resource_type"] == "source":
            landed = props["source_name"] == "landing" and props["name"] in {*_SPEC_IDS, LABELS_ID}
            return spec.replace_attributes(key=landing_key(props["name"]) if landed else INPUTS_KEY)
        return spec.replace_attributes(
            key=dg.AssetKey([props["schema"], props["name"]]),
            group_name=props["schema"],
            owners=OWNERS,
            kinds={"dbt", "duckdb"},
        )

    def get_partitions_def(self, dbt_resource_props: Mapping[str, Any]) -> dg.PartitionsDefinition | None:
        """Months, for what keeps months; every other relation holds what the last run has read, whatever its months."""
        config = dbt_resource_props["config"]
        keeps_months = config.get("materialized") == "incremental" and config.get("meta", {}).get("keeps") != "lists"
        return monthly_partitions() if keeps_months or dbt_resource_props["schema"] == "marts" else None


@cache
def _manifest() -> Path:
    home = home_from_environment()
    return ensure_manifest(Layout(home if home is not None else PROJECT_ROOT / "dbt_project" / "target"))


TRANSLATOR = Translator(DagsterDbtTranslatorSettings(enable_duplicate_source_asset_keys=True))


@dbt_assets(
    manifest=_manifest(),
    backfill_policy=dg.BackfillPolicy.single_run(),
    dagster_dbt_translator=TRANSLATOR,
    name="kpi_models",
)
def kpi_models(context: dg.AssetExecutionContext, home: HomeResource, dbt: DbtCliResource) -> Iterator[Any]:
    """Build every model and run every data test of the planned months; unit tests belong to the test suite."""
    if not home.layout.scratch_file.exists():
        raise dg.Failure(
            "there is no scratch warehouse to build in: materialise warehouse/inputs in the same run",
            allow_retries=False,
        )
    os.environ.update(dbt_environment(home.layout))
    arguments = ["build", "--exclude-resource-type", "unit_test", *_leaving_out(context, home.layout)]
    (home.layout.dbt_target / "run_results.json").unlink(missing_ok=True)
    invocation = dbt.cli(arguments, context=context, target_path=home.layout.dbt_target)
    # dbt's events are kept until dbt has ended: only then may this process open the file and count the rows
    events: list[Any] = []
    failure: DagsterDbtCliRuntimeError | None = None
    with (home.layout.dbt_target / "console.log").open("w", encoding="utf-8") as console, redirect_stdout(console):
        try:
            events.extend(invocation.stream())
        except DagsterDbtCliRuntimeError as error:
            # what was built and which tests failed is told first: a failed test blocks, anything else is a bug
            failure = error
    counts, columns = row_counts(home.layout.scratch_file), column_types(home.layout.scratch_file)
    found = failed_tests(home.layout.dbt_target, home.layout.scratch_file)
    for event in events:
        if isinstance(event, dg.Output):
            schema, name = context.asset_key_for_output(event.output_name).path
            event = event.with_metadata({**event.metadata, **_shape(columns[schema, name], counts.get((schema, name)))})
        elif isinstance(event, dg.AssetCheckResult) and event.check_name in found:
            event = event._replace(description=found[event.check_name])
        yield event
    if failure is not None:
        raise failure
    say("build", "finished")


def _leaving_out(context: dg.AssetExecutionContext, layout: Layout) -> list[str]:
    """Arguments that tell dbt what it need not build; whoever selects assets by hand gets all that they select."""
    names: list[str] = []
    if not context.is_subset:
        manifest, found = json.loads(_manifest().read_text("utf-8")), found_in_scratch(layout)
        names = left_out(manifest, found)
        tell_without_rows(layout, without_rows(manifest, found))
    say("build", f"dbt build: staging, intermediate, marts and their tests, {len(names)} left out as unchanged")
    # a test that reads something left out, among others, is run all the same
    return ["--indirect-selection", "empty", "--exclude", " ".join(names)] if names else []


def _shape(columns: Mapping[str, str], rows: int | None) -> dict[str, Any]:
    """Columns and rows of one built relation, as Dagster shows them; a view's rows are not counted."""
    schema = dg.TableSchema(columns=[dg.TableColumn(name, type_) for name, type_ in columns.items()])
    return {"dagster/column_schema": schema} | ({} if rows is None else {"dagster/row_count": rows})


class DbtProcess(DbtCliResource):
    """Dbt as a process and nothing else.

    Dagster's own resource also starts a second dbt inside the run, for metadata that it would query while dbt builds;
    here the rows are counted when dbt has ended, and starting dbt twice would cost seconds.
    """

    def _initialize_dbt_core_adapter(self, args: Sequence[str]) -> Any:
        return None


def dbt_resource() -> DbtCliResource:
    """Dbt in a process group of its own that ends with the run."""
    return DbtProcess(project_dir=str(DBT_PROJECT_DIR), profiles_dir=str(DBT_PROJECT_DIR), dbt_executable=executable())
