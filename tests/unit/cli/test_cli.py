"""The command line as a newcomer meets it: what is told, where, and with which exit code."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipelines.cli import EXIT_INPUT, main
from pipelines.company.findings import Finding


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    home = tmp_path / "company"
    assert call("init", str(home)).exit_code == 0
    return home


def call(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


@pytest.mark.parametrize("verb", ["run", "verify", "explain E001", "seal --by E001"])
@pytest.mark.parametrize("period", ["2026-13", "2026-Q5", "last", ""])
def test_a_wrong_period_is_told_with_the_right_form(templates: Path, verb: str, period: str) -> None:
    result = call(*verb.split(), period, "--home", str(templates))
    assert result.exit_code == EXIT_INPUT
    assert "write a month as 2026-10, a quarter as 2026-Q3, a year as 2026" in result.stderr


def test_templates_alone_cannot_be_run_and_it_says_what_to_fill(templates: Path) -> None:
    result = call("run", "2026-10", "--home", str(templates))
    assert result.exit_code == EXIT_INPUT
    assert "people/people.csv: nobody is listed yet" in result.stderr
    assert "Fill people/people.csv, positions.csv" in result.stderr
    assert not (templates / "builds").exists()


@pytest.mark.parametrize("flags", [[], ["--demo"]])
def test_init_writes_into_no_folder_that_holds_files(tmp_path: Path, flags: list[str]) -> None:
    (tmp_path / "people").mkdir()
    mine = tmp_path / "people" / "people.csv"
    mine.write_text("mine")
    result = call("init", *flags, str(tmp_path))
    assert result.exit_code == EXIT_INPUT
    assert "holds files already" in result.stderr
    assert [path.relative_to(tmp_path) for path in tmp_path.rglob("*.*")] == [Path("people/people.csv")]
    assert mine.read_text() == "mine"


def test_a_period_without_a_seal_is_no_success_of_verify(templates: Path) -> None:
    result = call("verify", "2026-09", "--home", str(templates))
    assert result.exit_code == EXIT_INPUT
    assert "nothing is sealed for this period" in result.stderr
    assert "scorecards seal 2026-09 --by PERSON_ID" in result.stderr


def test_a_folder_without_a_company_is_told(tmp_path: Path) -> None:
    for verb in (["status"], ["run", "2026-10"], ["verify", "2026-10"]):
        result = call(*verb, "--home", str(tmp_path))
        assert result.exit_code == EXIT_INPUT
        assert "company.yaml is missing" in result.stderr


def test_every_message_is_a_place_a_problem_and_a_sentence_of_what_to_do() -> None:
    one = Finding("people/x.csv", 3, "share", "140", "the share is above 100", "use 0 to 100")
    assert str(one) == "people/x.csv, row 3, column share: the share is above 100 (value: '140'). Use 0 to 100."
    for mend, written in (("Use a date.", "Use a date."), ("`run` it", "`run` it."), ("使用日期", "使用日期")):
        assert str(Finding("f", problem="p", mend=mend)) == f"f: p. {written}"


def test_a_second_writer_waits_and_says_why(templates: Path) -> None:
    """Held by a process of its own: a lock of this process would not be waited for."""
    lock = templates / "warehouse" / ".lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pipelines.cli", "seal", "2026-10", "--by", "E001", "--home", str(templates)]
    with lock.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        waiting = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert waiting.stderr is not None
        said = waiting.stderr.readline()
        assert waiting.poll() is None
    assert "another run is writing to this company folder; waiting" in said
    waiting.communicate(timeout=60)
    assert waiting.returncode == EXIT_INPUT
