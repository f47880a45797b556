"""Other schemes on the demo company: simulated over what is built, and as guarantee and shadow beside the paying one.

The company is `demo_home` (conftest) with files of its own where a test writes; its warehouse is only read.
"""

from __future__ import annotations

import csv
import shutil
from decimal import Decimal
from pathlib import Path

import comparing
import pytest
from click.testing import CliRunner, Result

from pipelines.cli import EXIT_INPUT, main
from pipelines.company.loader import load_company
from pipelines.periods import parse_period
from pipelines.schemes.loader import SHIPPED
from pipelines.scorecards.assemble import ScoredPeriod, score

OCTOBER = parse_period("2026-10")
BUFFERS = "mode,scheme_id,version,team_id,role,valid_from,valid_to\n"


@pytest.fixture
def home(demo_home: Path, tmp_path: Path) -> Path:
    """The demo's human files to write to, and its warehouse."""
    folder = tmp_path / "company"
    for name in ("people", "reviews"):
        shutil.copytree(demo_home / name, folder / name)
    shutil.copyfile(demo_home / "company.yaml", folder / "company.yaml")
    for name in ("secrets", "warehouse"):
        (folder / name).symlink_to(demo_home / name)
    return folder


def simulate(home: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["simulate", *words, "--home", str(home)], catch_exceptions=False)


def table(home: Path, scheme: str, name: str) -> list[dict[str, str]]:
    path = home / "simulations" / scheme / f"2026-10_simulation_{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.req("000-W6", "003-W6", "004-W3")
def test_the_paying_scheme_simulated_changes_nothing(home: Path) -> None:
    done = simulate(home, "000", "2026-10", "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "difference 0.00; 0 gain, 0 lose" in done.stdout
    rows = table(home, "000@1.0.0", "people")
    assert {row["outcome"] for row in rows} <= {"same", "open"}
    assert all(row["score"] == row["other_score"] and row["paying_amount"] == row["other_amount"] for row in rows)
    assert sum(Decimal(row["paying_amount"]) for row in rows) > 0


@pytest.mark.req("000-W6", "003-R6", "003-W6", "004-R6", "004-W3")
def test_another_scheme_is_told_by_person_and_in_sums_and_nothing_else_is_touched(home: Path) -> None:
    before = comparing.folder(home)
    later = (SHIPPED / "scheme_000.yaml").read_text(encoding="utf-8")
    trial = home.parent / "trial.yaml"
    trial.write_text(later.replace('version: "1.0.0"', 'version: "9.0.0"').replace("month: 70", "month: 60")
                     .replace("quarter: 20", "quarter: 30"), encoding="utf-8")  # fmt: skip
    done = simulate(home, str(trial), "2026-10", "--lang", "zh")
    assert done.exit_code == 0, done.output
    rows, (total,) = table(home, "000@9.0.0", "people"), table(home, "000@9.0.0", "summary")
    for name in ("paying_amount", "other_amount", "difference"):
        assert Decimal(total[name]) == sum(Decimal(row[name]) for row in rows)
    assert all(row["score"] == row["other_score"] for row in rows)
    made = home / "simulations" / "000@9.0.0"
    names = {path.name for path in made.iterdir()}
    assert {"2026-10_simulation_zh.html", "changes_from_000@1.0.0_zh.html"} <= names
    assert {path.stat().st_mode & 0o777 for path in made.iterdir()} == {0o600}
    shutil.rmtree(home / "simulations")
    assert comparing.folder(home) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("000", "2031-01"), "is not built"),
        (("000", "2026-10", "--team", "nobody"), "no scheme pays anybody"),
        (("no_such", "2026-10"), "no_such"),
        (("000", "2026-13"), "2026-13"),
    ],
)
def test_what_cannot_be_simulated_is_bad_input(home: Path, words: tuple[str, ...], said: str) -> None:
    done = CliRunner().invoke(main, ["simulate", *words, "--home", str(home), "--lang", "en"])
    assert done.exit_code == EXIT_INPUT
    assert said in done.stderr
    assert not (home / "simulations").exists()


def scored(home: Path, *rows: str) -> ScoredPeriod:
    (home / "people" / "scheme_buffers.csv").write_text(BUFFERS + "".join(f"{row}\n" for row in rows), "utf-8")
    return score(load_company(home), home / "warehouse" / "warehouse.duckdb", OCTOBER)


@pytest.mark.req("003-W7", "003-W2")
def test_a_guarantee_and_a_shadow_beside_the_paying_scheme(home: Path) -> None:
    plain = {trace.person_id: trace for trace in scored(home).result.people}
    found = scored(
        home,
        "shadow,004,,,,2026-10-01,2026-11-01",
        "guarantee,002,,,content,2026-10-01,2026-12-01",
    )
    assert found.scheme_versions == "000 1.0.0; 002 1.0.0 (guarantee); 004 1.0.0 (shadow)"
    states = set()
    for trace in found.result.people:
        alone = plain[trace.person_id]
        assert trace.printed_score == alone.printed_score
        for one in trace.beside:
            states.add((one.other.mode, one.status))
            roles = {part.segment.role == "content" for part in one.other.trace.segments}
            assert roles == {one.other.mode == "guarantee"}
        due = sum((one.top_up for one in trace.beside), Decimal(0))
        assert trace.payable == alone.payable + due
    assert {("guarantee", "due"), ("guarantee", "not_due")} <= states
    assert {mode for mode, _ in states} == {"guarantee", "shadow"}
    assert [pool["mode"] for pool in found.pools_beside].count("guarantee") == 0  # 002 pays the own score
    assert sum(entry.amount for entry in found.result.ledger if entry.entry_type == "guarantee") == sum(
        one.top_up for trace in found.result.people for one in trace.beside
    )


@pytest.mark.req("003-W7")
def test_a_version_that_is_the_paying_one_or_is_not_there_is_bad_input(home: Path) -> None:
    from pipelines.company.findings import InputError

    with pytest.raises(InputError, match=r"is the one that pays already \(value: '1\.0\.0'\)"):
        scored(home, "guarantee,000,1.0.0,,content,2026-10-01,2026-11-01")
    with pytest.raises(InputError, match=r"has no version 7\.7\.7; there are 1\.0\.0"):
        scored(home, "guarantee,000,7.7.7,,content,2026-10-01,2026-11-01")
