"""`make bench`: what the generality of the KPI build costs, and what the orchestration around it costs.

One large month is generated, landed and built. Then the same numbers are made by the best hand-written DuckDB script
and by pandas, checked to be equal, and set beside the build. Ratios on one machine are what counts; docs/performance.md
explains each line.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.generate import MONTH, Size, generate
from bench.measure import Measured, MeasuredRun, run_command, run_script

HERE = Path(__file__).resolve().parent
SCORECARDS = Path(sys.executable).with_name("scorecards")
DBT = "scorecards-dbt"
# Numbers agree when they differ by less than this share: the build rounds minutes to 6 places, pandas counts in floats.
TOLERANCE = 1e-6
MADE_BY_GENERATE = {"company.yaml", "exports", "people"}
BUILD_LIMIT = 2.0
RUN_LIMIT, RUN_ALLOWANCE_SECONDS = 1.3, 15.0


@dataclass(frozen=True)
class DbtTimes:
    """What dbt wrote down about its own build.

    Attributes:
        kpi_models: seconds in the models that the person KPIs are made of.
        all_models: seconds in all models, the guards and the certificate among them.
        nodes: seconds from the first node's start to the last one's end, tests included; start-up is not in it.
    """

    kpi_models: float
    all_models: float
    nodes: float


def main() -> None:
    """Generate, run, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=Path("bench-company"))
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full size")
    parser.add_argument("--keep", action="store_true", help="use the exports of the folder instead of generating them")
    options = parser.parse_args()
    home: Path = options.home.resolve()
    full = Size()
    size = Size(*(max(1000, int(count * options.scale)) for count in (full.tickets, full.posts, full.orders)))
    if options.keep:
        forget_runs(home)
    else:
        shutil.rmtree(home, ignore_errors=True)
        print(f"generating {MONTH}: {size}", flush=True)
        generate(home, size)
    command = [str(SCORECARDS), "run", MONTH, "--home", str(home), "--quiet"]
    make_ready(home)
    first = run_command(command, DBT, home / "bench-first.log")
    # the warehouse again from what has landed: reading the exports is not the KPI build
    (home / "warehouse" / "warehouse.duckdb").unlink()
    run = run_command(command, DBT, home / "bench-second.log")
    times = dbt_times(home)
    # twice, the better one counts: the first may find its files cold
    hand, recorded = (
        min(
            (run_script(HERE / "handwritten.py", str(home), str(home / "handwritten.duckdb"), *form) for _ in range(2)),
            key=lambda measured: measured.wall,
        )
        for form in ([], ["--records"])
    )
    pandas = run_script(HERE / "with_pandas.py", str(home), str(home / "pandas.parquet"))
    compare(home)
    sys.exit(print_table(first, run, times, hand, recorded, pandas))


def forget_runs(home: Path) -> None:
    """Remove all that runs have made of a bench company, so that its exports are read again."""
    for path in home.iterdir():
        if path.name in MADE_BY_GENERATE:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def make_ready(home: Path) -> None:
    """Run a company without exports once, so that no run that is measured parses dbt: a checkout does that once."""
    empty = home.with_name(f"{home.name}-empty")
    shutil.rmtree(empty, ignore_errors=True)
    shutil.copytree(home / "people", empty / "people")
    shutil.copyfile(home / "company.yaml", empty / "company.yaml")
    run_command([str(SCORECARDS), "run", MONTH, "--home", str(empty), "--quiet"], DBT, empty / "bench.log")
    shutil.rmtree(empty)


def dbt_times(home: Path) -> DbtTimes:
    """Read `run_results.json` and `manifest.json` of the last build."""
    target = home / "warehouse" / "dbt"
    results = json.loads((target / "run_results.json").read_text(encoding="utf-8"))["results"]
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    parents: dict[str, list[str]] = manifest["parent_map"]
    needed: set[str] = set()
    waiting = [node for node in parents if node.endswith(".fct_person_kpi")]
    while waiting:
        node = waiting.pop()
        if node not in needed:
            needed.add(node)
            waiting += parents.get(node, [])
    models = {one["unique_id"]: one["execution_time"] for one in results if one["unique_id"].startswith("model.")}
    moments = [moment for one in results for moment in one["timing"]]
    with duckdb.connect() as connection:
        row = connection.execute(
            "select epoch(max(ended::timestamp)) - epoch(min(began::timestamp))"
            " from (select unnest(?) as began, unnest(?) as ended)",
            [[moment["started_at"] for moment in moments], [moment["completed_at"] for moment in moments]],
        ).fetchone()
    assert row is not None
    kpi = sum(seconds for node, seconds in models.items() if node in needed)
    return DbtTimes(kpi, sum(models.values()), row[0])


def compare(home: Path) -> None:
    """Check that the build, the hand-written script and pandas say the same; raise with the first differences."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{home / 'published' / 'kpi.duckdb'}' as kpi (read_only)")
        connection.execute(
            f"""
            attach '{home / "handwritten.duckdb"}' as script (read_only);
            create view hand as select * from script.person_kpis where person_id <> 'UNASSIGNED';
            create view pandas as select * from read_parquet('{home / "pandas.parquet"}');
            create view built as
            select person_id, kpi_id, value::double as value from kpi.fct_person_kpi
            where period_type = 'month' and period = '{MONTH}' and kpi_id in (select kpi_id from hand)
                and n_records > 0 and value is not null;
            """
        )
        for other in ("hand", "pandas"):
            different = connection.execute(
                f"""
                select kpi_id, count(*), max(abs(built.value - theirs.value))
                from built full join {other} as theirs using (person_id, kpi_id)
                where built.value is null or theirs.value is null
                    or abs(built.value - theirs.value) > {TOLERANCE} * greatest(1, abs(built.value))
                group by kpi_id order by kpi_id
                """
            ).fetchall()
            if different:
                raise SystemExit(f"the KPI build and {other} differ: {different}")
        row = connection.execute("select count(*), count(distinct kpi_id) from built").fetchone()
        assert row is not None
        print(f"equal: {row[0]} numbers of {row[1]} KPIs, in the build, the hand-written script and pandas")


def print_table(
    first: MeasuredRun, run: MeasuredRun, times: DbtTimes, hand: Measured, recorded: Measured, pandas: Measured
) -> int:
    """Print the lines and the verdicts; the exit code is 1 when a limit is broken."""
    assert run.child is not None, "no dbt process was seen"
    dbt = run.child
    lines: list[tuple[str, float, float | None, float]] = [
        ("hand-written, numbers alone", hand.wall, hand.cpu, hand.peak_mib),
        ("hand-written, with the records behind them", recorded.wall, recorded.cpu, recorded.peak_mib),
        ("KPI build: models of the person KPIs", times.kpi_models, None, dbt.peak_mib),
        ("KPI build: all models, guards included", times.all_models, None, dbt.peak_mib),
        ("dbt build without start-up: models and tests", times.nodes, None, dbt.peak_mib),
        ("pandas", pandas.wall, pandas.cpu, pandas.peak_mib),
        ("dbt build, the whole process", dbt.wall, dbt.cpu, dbt.peak_mib),
        ("scorecards run, exports landed before", run.whole.wall, run.whole.cpu, run.whole.peak_mib),
        ("scorecards run, first: exports are read", first.whole.wall, first.whole.cpu, first.whole.peak_mib),
    ]
    print(f"\n{'':46}{'seconds':>10}{'x hand':>9}{'CPU s':>9}{'peak MiB':>10}")
    for name, wall, cpu, peak in lines:
        used = "" if cpu is None else f"{cpu:.2f}"
        print(f"{name:46}{wall:10.2f}{wall / hand.wall:9.2f}{used:>9}{peak:10.0f}")
    allowed = RUN_LIMIT * run.child.wall + RUN_ALLOWANCE_SECONDS
    verdicts = [
        (f"KPI build <= {BUILD_LIMIT:g} x hand-written with records", times.kpi_models / recorded.wall, BUILD_LIMIT),
        ("KPI build <= 1 x pandas", times.kpi_models / pandas.wall, 1.0),
        (f"scorecards run <= {RUN_LIMIT:g} x dbt build + {RUN_ALLOWANCE_SECONDS:g} s", run.whole.wall / allowed, 1.0),
    ]
    print()
    for name, ratio, limit in verdicts:
        print(f"{name:46}{ratio:10.2f}  {'kept' if ratio <= limit else 'BROKEN'}")
    return int(any(ratio > limit for _, ratio, limit in verdicts))


if __name__ == "__main__":
    main()
