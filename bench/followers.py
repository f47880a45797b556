"""What judging twenty million followers costs: the dbt models of the list against the same SQL run by hand.

Belongs here: the generated lists, and the comparison. Does not belong here: how good the card is
(tests/real/fit_follower_card.py).

Twenty accounts, each with one list of a million followers: every profile is read, told apart, scored and given its
sentences. `by hand` takes the statements that dbt compiled and executes them in a plain DuckDB connection with the same
settings, on a copy of the warehouse.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.generate import ACCOUNTS, MONTH, write_followers
from bench.measure import report_self, run_command, run_script
from bench.run import DBT, SCORECARDS, forget_runs, make_ready

HERE = Path(__file__).resolve().parent
SOURCE, MART = "stg_follower_snapshots", "fct_follower_quality"
RATIO_LIMIT = 1.5
MEMORY_LIMIT_MIB = 4 * 1024


def main() -> None:
    """Generate, run, run the same SQL by hand, print; exit 1 when a limit is broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--home", type=Path, default=Path("bench-followers"))
    parser.add_argument("--followers", type=int, default=20_000_000)
    parser.add_argument("--keep", action="store_true", help="use the exports of the folder instead of generating them")
    parser.add_argument("--by-hand", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    home: Path = options.home.resolve()
    if options.by_hand:
        copy = home / "by-hand.duckdb"
        shutil.copyfile(home / "warehouse" / "warehouse.duckdb", copy)
        report_self(lambda: by_hand(home, copy))
        copy.unlink()
        return
    if options.keep:
        forget_runs(home)
    else:
        shutil.rmtree(home, ignore_errors=True)
        print(f"generating lists of {options.followers:,} followers of {len(ACCOUNTS)} accounts", flush=True)
        write_followers(home, options.followers)
    make_ready(home)
    run = run_command([str(SCORECARDS), "run", MONTH, "--home", str(home), "--quiet"], DBT, home / "bench.log")
    assert run.child is not None, "no dbt process was seen"
    by_dbt = dict(dbt_seconds(home))
    hand = run_script(HERE / "followers.py", "--by-hand", "--home", str(home))
    with duckdb.connect(str(home / "warehouse" / "warehouse.duckdb"), read_only=True) as connection:
        (scored,) = connection.execute("select count(*) from intermediate.int_follower_looks").fetchall()[0]
    print(f"\nscored {scored:,} profiles")
    for name, seconds in by_dbt.items():
        print(f"  {name:40}{seconds:10.2f} s")
    print(f"dbt {sum(by_dbt.values()):.2f} s, by hand {hand.wall:.2f} s; dbt's peak {run.child.peak_mib:,.0f} MiB")
    verdicts = [
        (f"models <= {RATIO_LIMIT:g} x the same SQL by hand", sum(by_dbt.values()) / hand.wall, RATIO_LIMIT),
        (f"memory of dbt <= {MEMORY_LIMIT_MIB:,} MiB", run.child.peak_mib / MEMORY_LIMIT_MIB, 1.0),
    ]
    for name, ratio, limit in verdicts:
        print(f"{name:46}{ratio:10.2f}  {'kept' if ratio <= limit else 'BROKEN'}")
    sys.exit(int(any(ratio > limit for _, ratio, limit in verdicts)))


def dbt_seconds(home: Path) -> Iterator[tuple[str, float]]:
    """Yield the models between the lists and the mart with dbt's own seconds, as they were built."""
    names = {node["unique_id"]: node["name"] for node in between(home)}
    for one in _results(home):
        if one["unique_id"] in names:
            yield names[one["unique_id"]], one["execution_time"]


def by_hand(home: Path, copy: Path) -> None:
    """Execute the compiled statements of these models on a copy of the warehouse."""
    nodes = {node["unique_id"]: node for node in between(home)}
    order = [one["unique_id"] for one in _results(home) if one["unique_id"] in nodes]
    # the statements name the catalogue of the file that dbt wrote
    with duckdb.connect() as connection:
        connection.execute(f"attach '{copy}' as {next(iter(nodes.values()))['database']}")
        connection.execute("set preserve_insertion_order = false")
        for name in order:
            node = nodes[name]
            kind = "view" if node["config"]["materialized"] == "view" else "table"
            target = f"{node['database']}.{node['schema']}.{node['name']}"
            connection.execute(f"create or replace {kind} {target} as {node['compiled_code']}")


def between(home: Path) -> list[dict[str, Any]]:
    """Return the built models that read the lists, directly or not, and that the mart reads."""
    manifest = json.loads((home / "warehouse" / "dbt" / "manifest.json").read_text(encoding="utf-8"))
    nodes: dict[str, dict[str, Any]] = manifest["nodes"]
    by_name = {node["name"]: key for key, node in nodes.items() if node["resource_type"] == "model"}
    below = _reached(manifest["child_map"], by_name[SOURCE])
    above = _reached(manifest["parent_map"], by_name[MART])
    wanted = [nodes[key] for key in below & above if key in nodes]
    return [node for node in wanted if node["config"]["materialized"] != "ephemeral"]


def _reached(edges: dict[str, list[str]], start: str) -> set[str]:
    found, waiting = set(), [start]
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += edges.get(node, [])
    return found


def _results(home: Path) -> list[dict[str, Any]]:
    text = (home / "warehouse" / "dbt" / "run_results.json").read_text(encoding="utf-8")
    results: list[dict[str, Any]] = json.loads(text)["results"]
    return sorted(
        (one for one in results if one["timing"]),
        key=lambda one: max(moment["completed_at"] for moment in one["timing"]),
    )


if __name__ == "__main__":
    main()
