"""`make mutants`: tries the mutants that have no result yet, writes docs/mutants.md, exits 1 under the wanted share.

Usage: python tests/mutants [--model NAME ...] [--sample N] [--seed N] [--workers N] [--again] [--quick]

Results are kept in build/mutants/results.jsonl as they come, so that a run which is ended goes on where it was.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from harness import project
from harness.warehouse import every_relation
from running import make_demo

from mutants import report, trial
from mutants.choice import Job, in_order, kept, sample, waiting
from mutants.project import targets
from mutants.trial import SURVIVED, Result

TESTS = Path(__file__).resolve().parents[1]
STATE = TESTS.parent / "build" / "mutants"
PAGE = TESTS.parent / "docs" / "mutants.md"


def main(arguments: Sequence[str]) -> int:
    """Run and report; 0 when the wanted share is seen, 1 when not, 2 on bad usage."""
    wanted = _arguments(arguments)
    STATE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="mutants-") as scratch:
        folder = Path(scratch)
        project.shared_folder = folder / "parsed"
        project.shared_folder.mkdir()
        every = targets(project.parsed())
        every_relation()  # of the right models, before any wrong one is tried
        unknown = sorted(set(wanted.model) - {target.name for target in every})
        if unknown:
            print(f"no such model or macro: {', '.join(unknown)}; there are: {', '.join(t.name for t in every)}")
            return 2
        done = kept(STATE / "results.jsonl", every)
        chosen = [target for target in every if not wanted.model or target.name in wanted.model]
        jobs = waiting(sample(chosen, wanted.sample, wanted.seed), done, again=wanted.again, quick=wanted.quick)
        print(f"{len(jobs)} mutants to try, {len(done)} results kept", flush=True)
        if jobs:
            _try_all(jobs, done, folder, wanted.workers, quick=wanted.quick)
    known = report.reasons()
    results = in_order(done.values(), every)
    PAGE.write_text(report.render(results, known, every), encoding="utf-8")
    for reason in report.stale(known, every):
        print(f"tests/mutants/reasons.yaml explains a mutant that there is no more: {reason}")
    whole = report.total(list(report.by_target(results, known, every).values()))
    print(f"{whole.rate:.1%} of {whole.valid} valid mutants are seen or equivalent; {PAGE.relative_to(TESTS.parent)}")
    return 0 if whole.rate >= report.WANTED else 1


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python tests/mutants", description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--model", action="append", default=[], help="only this one (`macro NAME` for a macro); repeatable"
    )
    parser.add_argument("--sample", type=int, help="as many mutants at most, chosen by the seed")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another sample")
    parser.add_argument("--workers", type=int, default=2, help="processes")
    parser.add_argument("--again", action="store_true", help="try survivors again, after tests were added")
    parser.add_argument(
        "--quick", action="store_true", help="no Python tests; a run without it goes on with the survivors"
    )
    return parser.parse_args(arguments)


def _try_all(
    jobs: Sequence[Job], done: dict[tuple[str, str], Result], folder: Path, workers: int, *, quick: bool
) -> None:
    assert project.shared_folder is not None
    equivalent = {name for name, reason in report.reasons().items() if reason.equivalent}
    learnt = None if quick else trial.builders(STATE, project.shared_folder)
    shutil.rmtree(STATE / "learning", ignore_errors=True)
    (folder / "demo").mkdir()
    make_demo(folder / "demo")
    built = folder / "demo" / "company" / "warehouse" / "warehouse.duckdb"
    with (
        ProcessPoolExecutor(
            workers, get_context("spawn"), trial.begin, (folder, project.shared_folder, built, learnt, equivalent)
        ) as pool,
        (STATE / "results.jsonl").open("a", encoding="utf-8") as file,
    ):
        for number, result in enumerate(pool.map(trial.try_out, jobs), start=1):
            done[result.target, result.key] = result
            file.write(result.as_json() + "\n")
            file.flush()
            if result.verdict == SURVIVED or number % 50 == 0:
                print(f"{number}/{len(jobs)} {result.verdict} {result.target}:{result.line} {result.key}", flush=True)
