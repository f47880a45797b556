"""`scorecards sql`: a question as an argument, from a pipe and from the keyboard."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from pipelines.cli import EXIT_INPUT, main


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "company.yaml").touch()
    (tmp_path / "published").mkdir()
    with duckdb.connect(str(tmp_path / "published" / "kpi.duckdb")) as connection:
        connection.execute("create table fct_x as select 'p_1' as person_id, 1.50 as value, '=1+1' as name")
    return tmp_path


def call(home: Path, *words: str, piped: str = "") -> Result:
    return CliRunner().invoke(main, ["sql", *words, "--home", str(home)], input=piped, catch_exceptions=False)


def test_an_argument_and_a_pipe_are_answered_alike(home: Path) -> None:
    asked = "select person_id, value from fct_x"
    given, piped = call(home, asked), call(home, piped=asked)
    assert given.exit_code == 0
    assert "p_1" in given.stdout
    assert "1.50" in given.stdout
    assert piped.stdout == given.stdout


def test_csv_opens_in_a_spreadsheet_and_starts_no_formula(home: Path) -> None:
    told = call(home, "from fct_x", "--format", "csv")
    assert told.stdout_bytes == b"\xef\xbb\xbfperson_id,value,name\r\np_1,1.50,'=1+1\r\n"


@pytest.mark.parametrize("form", ["table", "csv"])
def test_what_is_wrong_or_refused_ends_with_two(home: Path, form: str) -> None:
    told = call(home, f"copy fct_x to '{home / 'out.csv'}'", "--format", form)
    assert told.exit_code == EXIT_INPUT
    assert "error: SQL: Permission Error: Cannot access file" in told.stderr
    assert not (home / "out.csv").exists()


def test_a_company_that_never_ran_is_told(tmp_path: Path) -> None:
    (tmp_path / "company.yaml").touch()
    told = call(tmp_path, "select 1")
    assert told.exit_code == EXIT_INPUT
    assert "nothing is published yet" in told.stderr


def test_the_keyboard_is_answered_line_by_line_and_a_slip_ends_nothing(home: Path) -> None:
    master, slave = pty.openpty()
    script = Path(sys.executable).with_name("scorecards")
    pipes = {"stdin": slave, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([str(script), "sql", "--home", str(home)], text=True, **pipes) as process:
        os.close(slave)
        os.write(master, b"selec 1;\nselect person_id\nfrom fct_x;\n\x04")
        shown, told = process.communicate()
    os.close(master)
    assert process.returncode == 0
    assert "error: SQL: Parser Error" in told
    assert "p_1" in shown
