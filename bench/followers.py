"""What judging twenty million followers costs, and what one further day of them costs.

Belongs here: the two builds, and the comparison with the same SQL run by hand. Does not belong here: the lists
(follower_lists.py), and how good the card is (tests/real/fit_follower_card.py).

Twenty accounts, each with one list of a million followers: every profile is read, told apart, scored and given its
sentences. Then the export of the next day's newcomers comes, a hundredth of them. `by hand` takes the statements of the
first build as dbt compiles them where nothing is kept, and executes them in a plain DuckDB connection with the same
settings, on a copy of the warehouse.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.follower_lists import land_first_lists, land_next_day, ranked, write_company
from bench.generate import ACCOUNTS, MONTH
from bench.measure import Measured, report_self, run_command, run_script
from pipelines.company.frames import company_tables
from pipelines.company.keys import Pseudonymiser
from pipelines.company.loader import load_company
from pipelines.company.templates import equip_home
from pipelines.periods import Month
from pipelines.sources.registry import ALL_SPECS
from pipelines.warehouse.connection import MEMORY_LIMIT
from pipelines.warehouse.dbt_manifest import dbt_environment, ensure_manifest
from pipelines.warehouse.dbt_process import executable
from pipelines.warehouse.layout import DBT_PROJECT_DIR, Layout
from pipelines.warehouse.scratch import data_fingerprints, keep_scratch, plan_build, prepare_scratch

SOURCE = "stg_follower_snapshots"
MARTS = ("fct_follower_quality", "fct_follower_moves")
FULL_SIZE = 20_000_000
COPY, STATEMENTS = "by-hand.duckdb", "by-hand.json"
BY_HAND_LIMIT = 1.5
DAY_LIMIT = 1 / 30
MEMORY_LIMIT_MIB = 4 * 1024


def main() -> None:
    """Generate, build, run the same SQL by hand, build the next day, print; exit 1 when a limit is broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--home", type=Path, default=Path("bench-followers"))
    parser.add_argument("--followers", type=int, default=FULL_SIZE)
    parser.add_argument("--by-hand", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    home: Path = options.home.resolve()
    if options.by_hand:
        report_self(lambda: by_hand(Layout(home)))
        return
    shutil.rmtree(home, ignore_errors=True)
    print(f"lists of {options.followers:,} followers of {len(ACCOUNTS)} accounts", flush=True)
    write_company(home)
    layout = Layout(home)
    first = land_first_lists(home, options.followers)
    ensure_manifest(layout)
    whole = build(layout, ranked(first))
    by_dbt = dict(dbt_seconds(layout))
    write_statements(layout, by_dbt)
    day = build(layout, ranked(first, land_next_day(home, options.followers)))
    next_day = dict(dbt_seconds(layout))
    print_seconds(by_dbt, next_day)
    print(f"the whole dbt process {whole.wall:.1f} s, next day {day.wall:.1f} s", flush=True)
    hand = run_script(Path(__file__).resolve(), "--by-hand", "--home", str(home))
    print(f"by hand {hand.wall:.2f} s")
    print(f"peak of dbt {whole.peak_mib:,.0f} MiB, next day {day.peak_mib:,.0f} MiB, by hand {hand.peak_mib:,.0f} MiB")
    verdicts = [
        (f"models <= {BY_HAND_LIMIT:g} x the same SQL by hand", sum(by_dbt.values()) / hand.wall, BY_HAND_LIMIT),
        (f"memory of dbt <= {MEMORY_LIMIT_MIB:,} MiB", whole.peak_mib / MEMORY_LIMIT_MIB, 1.0),
        ("next day <= 1/30 of the full build", sum(next_day.values()) / sum(by_dbt.values()), DAY_LIMIT),
    ]
    for name, ratio, limit in verdicts:
        print(f"{name:46}{ratio:10.3f}  {'kept' if ratio <= limit else 'BROKEN'}")
    sys.exit(int(any(ratio > limit for _, ratio, limit in verdicts)))


def build(layout: Layout, files: pa.Table) -> Measured:
    """Build the models of followers from what has landed, as a run does, and keep the result."""
    equip_home(layout.home)
    company = load_company(layout.home)
    tables = company_tables(company, Pseudonymiser.from_home(layout.home))
    month = Month(*(int(part) for part in MONTH.split("-")))
    data = data_fingerprints([month], files, tables)
    begun = time.perf_counter()
    prepare_scratch(layout, plan_build([month], data, {}, ()), files, tables, sorted(spec.id for spec in ALL_SPECS))
    print(f"last build copied in {time.perf_counter() - begun:.1f} s", flush=True)
    run = run_command(
        [*dbt(layout, "build"), "--exclude-resource-type", "unit_test", "--indirect-selection", "cautious"],
        "",
        layout.home / "bench.log",
    )
    keep_scratch(layout)
    return run.whole


def dbt(layout: Layout, verb: str) -> list[str]:
    """Return the command that does something with the models of followers and all that they read."""
    os.environ.update(
        dbt_environment(layout), DBT_PROJECT_DIR=str(DBT_PROJECT_DIR), DBT_PROFILES_DIR=str(DBT_PROJECT_DIR)
    )
    wanted = " ".join(f"+{mart}" for mart in MARTS)
    return [executable(), verb, "--quiet", "--target-path", str(layout.dbt_target), "--select", wanted]


def print_seconds(full: dict[str, float], day: dict[str, float]) -> None:
    """Print dbt's seconds of each model in both builds."""
    print(f"\n{'':40}{'full build':>12}{'next day':>12}")
    for name in full:
        print(f"  {name:38}{full[name]:10.2f} s{day[name]:10.2f} s")
    print(f"  {'all':38}{sum(full.values()):10.2f} s{sum(day.values()):10.2f} s")


def dbt_seconds(layout: Layout) -> Iterator[tuple[str, float]]:
    """Yield the models between the lists and the marts with dbt's own seconds, as they were built."""
    names = {node["unique_id"]: node["name"] for node in between(layout)}
    for one in _results(layout):
        if one["unique_id"] in names:
            yield names[one["unique_id"]], one["execution_time"]


def write_statements(layout: Layout, order: Iterable[str]) -> None:
    """Copy the warehouse, and write down the statements of these models for one that keeps nothing."""
    shutil.copyfile(layout.warehouse_file, layout.scratch_file)
    run_command([*dbt(layout, "compile"), "--full-refresh"], "", layout.home / "bench.log")
    nodes = {node["name"]: node for node in between(layout)}
    statements = []
    for name in order:
        node = nodes[name]
        kind = "view" if node["config"]["materialized"] == "view" else "table"
        statements.append(f"create or replace {kind} {node['schema']}.{name} as {node['compiled_code']}")
    layout.scratch_file.replace(layout.home / COPY)
    (layout.home / STATEMENTS).write_text(json.dumps(statements), encoding="utf-8")


def by_hand(layout: Layout) -> None:
    """Execute these statements on the copy."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{layout.home / COPY}' as scratch (recovery_mode no_wal_writes)")
        connection.execute("use scratch")
        connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
        connection.execute(f"set temp_directory = '{layout.warehouse / 'spill'}'")
        connection.execute("set preserve_insertion_order = false")
        connection.execute("set checkpoint_threshold = '4GB'")
        for statement in json.loads((layout.home / STATEMENTS).read_text(encoding="utf-8")):
            connection.execute(statement)


def between(layout: Layout) -> list[dict[str, Any]]:
    """Return the built models that read the lists, directly or not, and that the marts read."""
    manifest = json.loads((layout.dbt_target / "manifest.json").read_text(encoding="utf-8"))
    nodes: dict[str, dict[str, Any]] = manifest["nodes"]
    by_name = {node["name"]: key for key, node in nodes.items() if node["resource_type"] == "model"}
    below = _reached(manifest["child_map"], by_name[SOURCE])
    above = set().union(*(_reached(manifest["parent_map"], by_name[mart]) for mart in MARTS))
    wanted = [nodes[key] for key in below & above if key in nodes]
    return [
        node for node in wanted if node["resource_type"] == "model" and node["config"]["materialized"] != "ephemeral"
    ]


def _reached(edges: dict[str, list[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += edges.get(node, [])
    return found


def _results(layout: Layout) -> list[dict[str, Any]]:
    text = (layout.dbt_target / "run_results.json").read_text(encoding="utf-8")
    results: list[dict[str, Any]] = json.loads(text)["results"]
    return sorted(
        (one for one in results if one["timing"]),
        key=lambda one: max(moment["completed_at"] for moment in one["timing"]),
    )


if __name__ == "__main__":
    main()
