"""What stops a run or a seal, how it is told, and that it changes nothing.

Exit codes: 2 for what a person typed or filled in, 3 for a broken integrity.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import comparing
import duckdb
import pytest
from running import CopyHome, Scorecards

OVERVIEW = "exports/x/x_brand/2026-11-15/account_overview_analytics.csv"
SOURCE = "exports/x/x_brand/2026-11-09/account_overview_analytics.csv"


@pytest.fixture(scope="module")
def home(copy_lean: CopyHome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run small company that the tests of this module may change, each leaving it as it was."""
    return copy_lean(tmp_path_factory.mktemp("refusals"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "2026-13"), "2026-13"),
        (("run", "October"), "October"),
        (("run", "2026-10..2026-08"), "2026-10..2026-08"),
        (("seal", "2026-10", "--by", "P002"), "this person may not approve; `approvers` lists P001"),
        (("seal", "2026-09", "--by", "P001"), "there is no draft of this period"),
    ],
)
def test_what_cannot_be_done_as_typed(
    home: Path, scorecards: Scorecards, arguments: tuple[str, ...], said: str
) -> None:
    done = scorecards(home, *arguments, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("verb", [("status",), ("run", "2026-10"), ("verify", "2026-10")])
def test_a_folder_that_is_no_company(tmp_path: Path, scorecards: Scorecards, verb: tuple[str, ...]) -> None:
    done = scorecards(tmp_path / "nowhere", *verb, check=False)
    assert done.returncode == 2
    assert "no company folder here (company.yaml is missing)" in done.stderr
    assert "scorecards init" in done.stderr
    assert not (tmp_path / "nowhere").exists()


def test_every_bad_cell_is_listed_at_once(home: Path, scorecards: Scorecards) -> None:
    broken = {
        "people/positions.csv": ("5000.00", "five thousand"),
        "people/assignments.csv": ("account,x_brand,P003,100", "account,x_brand,P999,100"),
        "people/people.csv": ("2022-03-23", "2022-13-23"),
    }
    sound = {name: (home / name).read_text(encoding="utf-8") for name in broken}
    before = comparing.folder(home / "published")
    for name, (old, new) in broken.items():
        assert sound[name].count(old) == 1, name
        (home / name).write_text(sound[name].replace(old, new), encoding="utf-8")
    done = scorecards(home, "run", "2026-10", check=False)
    for name, text in sound.items():
        (home / name).write_text(text, encoding="utf-8")
    assert done.returncode == 2
    lines = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    for name, (_, value) in broken.items():
        bad = value.split(",")[2] if "," in value else value
        assert any(name in line and bad in line and "row" in line for line in lines), (name, done.stderr)
    assert comparing.folder(home / "published") == before


@dataclass(frozen=True)
class Blocked:
    """A run that was blocked, what stood afterwards, and the run after the mend."""

    run: CompletedProcess[str]
    status: str
    published: dict[str, str]
    draft: dict[str, str]
    current: Path
    again: CompletedProcess[str]


@pytest.fixture(scope="module")
def blocked(home: Path, scorecards: Scorecards) -> Blocked:
    """A later export counts negative impressions: the run is blocked; then the file is taken away again."""
    rows = list(csv.reader(io.StringIO((home / SOURCE).read_text(encoding="utf-8-sig"))))
    rows[1][rows[0].index("Impressions")] = "-11440"
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(rows)
    (home / OVERVIEW).parent.mkdir()
    (home / OVERVIEW).write_text(target.getvalue(), encoding="utf-8")
    run = scorecards(home, "run", "2026-10", check=False)
    status = scorecards(home, "status").stdout
    published = comparing.digests(home)
    draft = comparing.folder(home / "scorecards/2026-10/draft")
    current = (home / "builds/current").readlink()
    (home / OVERVIEW).unlink()
    again = scorecards(home, "run", "2026-10", check=False)
    return Blocked(run, status, published, draft, current, again)


def test_a_broken_integrity_blocks_and_names_check_column_and_day(blocked: Blocked) -> None:
    run = blocked.run
    assert run.returncode == 3, run.stderr
    assert "landing/x_account_daily: check profile_expectations failed" in run.stderr
    assert "column n_negative: 1 of" in run.stderr
    assert "2026-10-31 x_brand" in run.stderr
    assert "2026-10 is not published; the last publication stands" in run.stderr


def test_the_last_publication_and_the_draft_stand(blocked: Blocked, lean_home: Path) -> None:
    assert blocked.published == comparing.digests(lean_home)
    assert blocked.current == (lean_home / "builds/current").readlink()
    assert blocked.draft == comparing.folder(lean_home / "scorecards/2026-10/draft")


def test_the_status_names_the_refused_file(blocked: Blocked) -> None:
    assert f"refused: {OVERVIEW}: an expectation does not hold" in blocked.status


def test_taken_away_it_blocks_no_more_and_the_bytes_are_kept(blocked: Blocked, home: Path, lean_home: Path) -> None:
    again = blocked.again
    assert again.returncode == 0, again.stderr
    assert comparing.digests(home) == comparing.digests(lean_home)
    assert comparing.folder(home / "scorecards/2026-10/draft") == comparing.folder(
        lean_home / "scorecards/2026-10/draft"
    )
    archived = {path.name for path in (home / "archive").rglob("*") if path.is_file()}
    assert len(archived) == len({path.name for path in (lean_home / "archive").rglob("*") if path.is_file()}) + 1


def test_a_failed_data_test_blocks_and_names_model_rule_count_and_row(home: Path, scorecards: Scorecards) -> None:
    """Rows that nobody's run wrote, in a month that this run takes over from the last build."""
    file = home / "warehouse/warehouse.duckdb"
    sound, before = file.read_bytes(), comparing.digests(home)
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            "insert into marts.fct_person_kpi "
            "select * replace ('2026-05' as period, date '2026-05-01' as period_start, 'fine' as status) "
            "from marts.fct_person_kpi where kpi_id = 'impressions' and period = '2026-10'"
        )
        [(count, person)] = connection.execute(
            "select count(*), min(person_id) from marts.fct_person_kpi where period = '2026-05'"
        ).fetchall()
    run = scorecards(home, "run", "2026-10", check=False)
    file.write_bytes(sound)
    assert run.returncode == 3, run.stderr
    said = run.stderr
    assert "error: marts/fct_person_kpi: check rows_hold_fct_person_kpi failed: " in said
    assert (
        f"status in ('ok', 'provisional', 'withheld', 'not_applicable'): {count} broken, first period_type month"
        in said
    )
    assert f"period 2026-05, person_id {person}, kpi_id impressions" in said
    assert "2026-10 is not published; the last publication stands" in said
    assert comparing.digests(home) == before
