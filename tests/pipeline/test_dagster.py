"""What Dagster shows of the pipeline: a whole graph, a group and an owner for everything, counts and columns, no names.

The definitions are loaded in a process of their own, as a code server loads them, and told as plain data.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest
import yaml
from running import dagster_instance

from expectations import runner as expectations
from pipelines.sources.registry import ALL_SPECS
from pipelines.warehouse.build_scope import Found, left_out

REPOSITORY = Path(__file__).resolve().parents[2]

SCORES_KEY = dg.AssetKey(["scores", "score_lines"])
SCORECARDS_KEY = dg.AssetKey(["scorecards", "cards"])

# In the order of the way of the data.
LAYERS = (
    "landing",
    "warehouse",
    "seeds",
    "staging",
    "intermediate",
    "marts",
    "scores",
    "scorecards",
    "publication",
)
GUARDS = {"gap", "late", "duplicate", "volume", "contradiction", "coverage", "unassigned", "reviews"}

TELL = """
import json, sys, warnings
warnings.simplefilter("always")
import dagster as dg
from pipelines.definitions import defs
made = defs()
dg.Definitions.validate_loadable(made)
graph, repository = made.resolve_asset_graph(), made.get_repository_def()
def partitions(node):
    found = node.partitions_def
    return None if found is None else [type(found).__name__, found.timezone, found.get_first_partition_key()]
assets = {
    key.to_user_string(): {
        "group": node.group_name, "owners": sorted(node.owners), "kinds": sorted(node.kinds),
        "description": node.description, "partitions": partitions(node),
        "one_run": node.backfill_policy is not None and node.backfill_policy.max_partitions_per_run is None,
        "parents": sorted(parent.to_user_string() for parent in node.parent_keys),
        "metadata": sorted(node.metadata), "materializable": node.is_materializable,
    }
    for key in graph.get_all_asset_keys() for node in [graph.get(key)]
}
checks = [
    {"asset": key.asset_key.to_user_string(), "name": key.name, "blocking": graph.get(key).blocking,
     "about": graph.get(key).description}
    for key in graph.asset_check_keys
]
job = repository.get_job("month_close")
json.dump({
    "assets": assets, "checks": checks,
    "selected": sorted(key.to_user_string() for key in job.asset_layer.executable_asset_keys),
    "executor": job.executor_def.name,
    "jobs": [job.name for job in repository.get_all_jobs()],
    "schedules": {one.name: [one.cron_schedule, one.execution_timezone, one.default_status.value]
                  for one in repository.schedule_defs},
    "sensors": {one.name: one.default_status.value for one in repository.sensor_defs},
}, sys.stdout)
"""


@pytest.fixture(scope="module")
def loaded(small_home: Path) -> subprocess.CompletedProcess[str]:
    """The definitions of the small company, told by a process that loaded them."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DAGSTER_")}
    done = subprocess.run(
        [sys.executable, "-c", TELL],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=inherited | {"SCORECARDS_HOME": str(small_home), "PYTHONIOENCODING": "utf-8"},
        cwd=REPOSITORY,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def told(loaded: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(loaded.stdout)
    return found


@pytest.fixture(scope="module")
def assets(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = told["assets"]
    return found


def test_loading_says_nothing_of_dagsters_unfinished_parts(loaded: subprocess.CompletedProcess[str]) -> None:
    for word in ("BetaWarning", "PreviewWarning", "DeprecationWarning: Parameter", "does not match the name"):
        assert word not in loaded.stderr


def test_everything_has_a_group_an_owner_kinds_and_a_description(assets: dict[str, dict[str, Any]]) -> None:
    for key, asset in assets.items():
        assert asset["materializable"], f"{key} is made by nobody"
        assert asset["group"] in LAYERS, key
        assert asset["owners"] and all(owner.startswith("team:") for owner in asset["owners"]), key
        assert asset["kinds"], key
        assert asset["description"] and len(asset["description"]) > 20, key
    assert {asset["group"] for asset in assets.values()} == set(LAYERS)


def test_the_group_is_the_first_part_of_the_key(assets: dict[str, dict[str, Any]]) -> None:
    assert {key: asset["group"] for key, asset in assets.items()} == {key: key.split("/")[0] for key in assets}


def test_every_export_and_every_mart_is_an_asset(assets: dict[str, dict[str, Any]]) -> None:
    landed = {*(spec.id for spec in ALL_SPECS), "company", "sentiment_labels"}
    assert {f"landing/{name}" for name in landed} == {key for key in assets if "landing/" in key}
    models = (REPOSITORY / "dbt_project" / "models").rglob("*.sql")
    # an ephemeral model is a part of the one that reads it
    made = {path.stem for path in models if "materialized='ephemeral'" not in path.read_text(encoding="utf-8")}
    assert made <= {key.split("/")[-1] for key in assets}


def test_no_asset_hangs_in_the_air(assets: dict[str, dict[str, Any]]) -> None:
    """Everything but the human files and the seeds comes from something, and every mart is published."""
    roots = {key.split("/")[1] for key, asset in assets.items() if not asset["parents"]}
    assert roots == {"company", *(path.stem for path in (REPOSITORY / "dbt_project" / "seeds").glob("*.csv"))}
    reached, waiting = set(), ["publication/published"]
    while waiting:
        key = waiting.pop()
        reached.add(key)
        waiting += [parent for parent in assets[key]["parents"] if parent not in reached]
    assert {key for key in assets if key.startswith("marts/")} <= reached


# What holds no months: files, and relations that hold whatever the last run has read. These keep months all the same.
WITHOUT_MONTHS = ("landing", "staging", "intermediate", "seeds")
KEEPING_MONTHS = {
    f"intermediate/{name}"
    for name in (
        "int_community_kpi",
        "int_follower_audit",
        "int_follower_stock_flow",
        "int_identity_coverage",
        "int_kpi_exposure",
        "int_label_samples",
        "int_post_counts",
        "int_post_outliers",
        "int_quality_checks",
        "int_segment_kpi",
        "int_source_coverage",
    )
}


def test_files_are_not_months(assets: dict[str, dict[str, Any]]) -> None:
    assert set(assets) >= KEEPING_MONTHS
    for key, asset in assets.items():
        if asset["group"] in WITHOUT_MONTHS and key not in KEEPING_MONTHS:
            assert asset["partitions"] is None, key
        else:
            assert asset["partitions"] == ["MonthlyPartitionsDefinition", "Asia/Shanghai", "2026-08-01"], key
            assert asset["one_run"], f"{key}: a backfill of a range is one build"


def test_checks(told: dict[str, Any]) -> None:
    checks = {(check["asset"], check["name"]): check for check in told["checks"]}
    for spec in ALL_SPECS:
        assert checks[f"landing/{spec.id}", "profile_expectations"]["blocking"], spec.id
    for suite in expectations.human_suites():
        assert checks["landing/company", suite]["blocking"], suite
    for guard in GUARDS:
        assert not checks["marts/data_quality_findings", f"{guard}_guard"]["blocking"], "a finding withholds"
    assert checks["scorecards/cards", "cards_add_up"]["blocking"]
    tested = Counter(asset.split("/")[0] for asset, _ in checks)
    assert tested["marts"] > 20
    assert tested["intermediate"] > 20


def test_dbts_tests_are_checks(told: dict[str, Any], small_home: Path) -> None:
    (manifest,) = (small_home / "warehouse" / "manifest").glob("manifest-*.json")
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values()
    tests = [node for node in nodes if node["resource_type"] == "test"]
    names = {node["name"] for node in tests if node.get("attached_node") or node["name"].startswith("assert_")}
    assert len(names) > 30
    assert names <= {check["name"] for check in told["checks"]}


def test_each_job_does_everything_in_one_process(told: dict[str, Any]) -> None:
    assert set(told["jobs"]) == {"__ASSET_JOB", "month_close", "quarter_close", "year_close"}
    assert told["selected"] == sorted(told["assets"])
    assert told["executor"] == "in_process"


def test_schedule_and_sensors(told: dict[str, Any]) -> None:
    assert told["schedules"] == {
        "month_close_on_working_day": ["0 2 1-20 * *", "Asia/Shanghai", "STOPPED"],
        "quarter_close_on_working_day": ["0 4 1-28 1,4,7,10 *", "Asia/Shanghai", "STOPPED"],
        "year_close_on_working_day": ["0 5 1-28 1 *", "Asia/Shanghai", "STOPPED"],
    }
    names = ("run_failure", "stale_runs", "alert_failure", "alert_withheld", "alert_overdue")
    assert told["sensors"] == dict.fromkeys(names, "RUNNING")


def test_the_workspace_has_one_location() -> None:
    workspace = yaml.safe_load((REPOSITORY / "workspace.yaml").read_text(encoding="utf-8"))
    assert workspace == {
        "load_from": [
            {
                "python_module": {
                    "module_name": "pipelines.definitions",
                    "attribute": "defs",
                    "location_name": "scorecards",
                }
            }
        ]
    }


@dataclass(frozen=True)
class History:
    """What Dagster has kept of a company, and the models that it has no source or no company table for."""

    home: Path
    instance: dg.DagsterInstance
    never_delivered: set[str]


def history_of(home: Path, folder: Path) -> Iterator[History]:
    """Dagster's part of a company, copied: whoever opens it leaves files beside it that others may be reading."""
    shutil.copytree(home / "dagster", folder / "dagster")
    (manifest,) = (home / "warehouse" / "manifest").glob("manifest-*.json")
    with closing(duckdb.connect(str(home / "warehouse/warehouse.duckdb"), read_only=True)) as connection:
        told = connection.execute(
            "select spec_id from landing.files union select 'sentiment_labels' from landing.files where labels <> ''"
        ).fetchall()
        filled = connection.execute("select company_table from control.filled").fetchall()
    delivered = frozenset(name for (name,) in told)
    found = Found(relations=True, views=False, delivered=delivered, filled=frozenset(name for (name,) in filled))
    left = left_out(json.loads(manifest.read_text(encoding="utf-8")), found)
    with dagster_instance(folder) as opened:
        yield History(home, opened, set(left))


@pytest.fixture(scope="module")
def one_month(small_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """Of the small company: one run of one month, of nearly every source."""
    yield from history_of(small_home, tmp_path_factory.mktemp("one_month"))


@pytest.fixture(scope="module")
def three_months(three_months_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """Of the lean company: a run of a month, and one of three months at once."""
    yield from history_of(three_months_home, tmp_path_factory.mktemp("three_months"))


@pytest.fixture(params=["one_month", "three_months"])
def history(request: pytest.FixtureRequest) -> History:
    found: History = request.getfixturevalue(request.param)
    return found


def test_a_range_is_one_run_and_one_dbt_build(three_months: History) -> None:
    instance = three_months.instance
    run = instance.get_runs(limit=1)[0]
    assert run.tags["dagster/asset_partition_range_start"] == "2026-08-01"
    assert run.tags["dagster/asset_partition_range_end"] == "2026-10-01"
    steps = [
        entry.dagster_event.step_key
        for entry in instance.all_logs(run.run_id, of_type=dg.DagsterEventType.STEP_START)
        if entry.dagster_event is not None
    ]
    assert steps.count("kpi_models") == 1
    assert len(instance.get_runs()) == 2
    for key in ("marts/fct_person_kpi", "scorecards/cards", "publication/published"):
        made = instance.get_materialized_partitions(dg.AssetKey(key.split("/")))
        assert made == {"2026-08-01", "2026-09-01", "2026-10-01"}, key


def test_materialisations_tell_rows_and_columns(history: History, assets: dict[str, dict[str, Any]]) -> None:
    assert "stg_crm_opportunities" in history.never_delivered
    for key, asset in assets.items():
        event = history.instance.get_latest_materialization_event(dg.AssetKey(key.split("/")))
        # where a checkout has built anything before, what has no source is not made
        if event is None and key.split("/")[-1] in history.never_delivered:
            continue
        assert event is not None, f"{key} was not made"
        assert event.asset_materialization is not None
        metadata = event.asset_materialization.metadata
        if asset["group"] in ("landing", "seeds", "marts"):
            assert int(str(metadata["dagster/row_count"].value)) >= 0, key
        if asset["group"] in ("seeds", "staging", "intermediate", "marts"):
            assert metadata["dagster/column_schema"].value.columns, key
        elif asset["group"] == "landing" and key != "landing/company":
            assert "dagster/column_schema" in asset["metadata"], key


def test_no_person_in_anything_that_dagster_keeps(history: History) -> None:
    people = history.home / "people"
    with (people / "people.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    words = {row[column] for row in rows for column in ("name", "name_en", "email") if row[column]}
    with (people / "identity_map.csv").open(encoding="utf-8-sig", newline="") as file:
        foreign = list(csv.DictReader(line for line in file if not line.startswith("#")))
    words |= {row["external_id"] for row in foreign if len(row["external_id"]) > 4}
    assert len(words) > 6
    for run in history.instance.get_runs():
        kept = json.dumps(dict(run.tags), ensure_ascii=False) + "\n".join(
            str(entry) + (entry.user_message or "") for entry in history.instance.all_logs(run.run_id)
        )
        assert not [word for word in words if word in kept]
    partitions = history.instance.get_materialized_partitions(dg.AssetKey(["scorecards", "cards"]))
    assert partitions
    assert all(len(key) == len("2026-10-01") for key in partitions)


def test_no_person_and_no_amount_of_a_person_in_the_metadata(history: History) -> None:
    with (history.home / "people" / "people.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    words = {row[column] for row in rows for column in ("person_id", "name", "name_en", "email") if row[column]}
    drafts = sorted((history.home / "scorecards").glob("*/*/traces.json"))
    traces = [trace for path in drafts for trace in json.loads(path.read_text(encoding="utf-8"))["traces"]]
    assert len(traces) > 3
    words |= {trace["bonus"][name] for trace in traces for name in ("target", "earned", "held", "payable")}
    words |= {trace["printed_score"] for trace in traces if trace["printed_score"]}
    words = {word for word in words if word and word.strip("0.")}
    assert any("." in word for word in words)
    told = re.compile("|".join(rf"(?<![\w.]){re.escape(word)}(?![\w])" for word in sorted(words)))
    seen = 0
    for run in history.instance.get_runs():
        for entry in history.instance.all_logs(run.run_id):
            event = entry.dagster_event
            if event is not None and event.is_step_materialization:
                found = event.step_materialization_data.materialization.metadata
            elif event is not None and event.event_type is dg.DagsterEventType.ASSET_CHECK_EVALUATION:
                found = event.asset_check_evaluation_data.metadata
            else:
                continue
            seen += len(found)
            for name, value in found.items():
                assert not told.search(f"{name}: {value.value}"), name
    assert seen > 100


def test_cards_show_counts_a_picture_and_where_they_lie(history: History) -> None:
    for month in history.instance.get_materialized_partitions(SCORECARDS_KEY):
        made = history.instance.fetch_materializations(
            dg.AssetRecordsFilter(asset_key=SCORECARDS_KEY, asset_partitions=[month]), limit=1
        ).records[0]
        assert made.asset_materialization is not None
        data = made.asset_materialization.metadata
        assert int(str(data["people"].value)) > 0
        assert str(data["scores"].value).startswith("![people by score](data:image/svg+xml;base64,")
        assert "| source | withheld | provisional | ok | lowest quality |" in str(data["certificate"].value)
        bundle = Path(str(data["bundle"].value))
        assert bundle == history.home / "scorecards" / month[:7] / "draft", "of its own month, whatever ran beside it"
        assert sha256((bundle / "manifest.json").read_bytes()).hexdigest() == data["manifest_sha256"].value
        lines = history.instance.fetch_materializations(
            dg.AssetRecordsFilter(asset_key=SCORES_KEY, asset_partitions=[month]), limit=1
        ).records[0]
        assert lines.asset_materialization is not None
        assert lines.asset_materialization.metadata["dagster/row_count"].value == data["score_lines"].value


def test_every_published_column_says_what_it_is(small_home: Path) -> None:
    with duckdb.connect(str(small_home / "published" / "kpi.duckdb"), read_only=True) as connection:
        tables = connection.execute(
            "select table_name from duckdb_tables() where coalesce(comment, '') = ''"
        ).fetchall()
        columns = connection.sql(
            "select table_name, column_name from duckdb_columns() where not internal and coalesce(comment, '') = ''"
        ).fetchall()
    assert (tables, columns) == ([], [])
