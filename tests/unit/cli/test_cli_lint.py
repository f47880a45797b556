"""`scorecards lint`: what is told, in which language, and with which exit code."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from pipelines.cli import EXIT_INPUT, main
from pipelines.schemes.loader import SHIPPED

SHIPPED_000 = (SHIPPED / "scheme_000.yaml").read_text(encoding="utf-8")


def call(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a folder nor a variable names a company unless a test does."""
    monkeypatch.delenv("SCORECARDS_HOME", raising=False)
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")


def test_warnings_alone_are_no_failure_unless_strict() -> None:
    result = call("lint", "000")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "0 errors, 13 warnings"
    assert "warning: scheme_000.yaml, line " in result.stdout
    assert call("lint", "000", "--strict").exit_code == EXIT_INPUT


def test_errors_and_warnings_are_told_together_and_fail(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(SHIPPED_000.replace("month: 70", "month: 75"), encoding="utf-8")
    result = call("lint", str(path))
    assert result.exit_code == EXIT_INPUT
    assert result.stdout.count("error: mine.yaml, line ") == 1
    assert "month, quarter and year pay 105 in all, not 100. Correct the shares." in result.stdout
    assert result.stdout.splitlines()[-1] == "1 errors, 13 warnings"


def test_a_company_lends_its_language_its_scheme_and_its_history(tmp_path: Path) -> None:
    home = tmp_path / "company"
    assert call("init", str(home)).exit_code == 0
    (home / "schemes").mkdir(exist_ok=True)
    (home / "schemes" / "scheme_000.yaml").write_text(SHIPPED_000, encoding="utf-8")
    before = call("lint", "000", "--home", str(home))
    assert before.stdout.splitlines()[-1] == "0 个错误，13 条建议"
    assert "建议：schemes/scheme_000.yaml 第 " in before.stdout
    (home / "published").mkdir(exist_ok=True)
    with duckdb.connect(str(home / "published" / "kpi.duckdb")) as connection:
        connection.execute(
            "create table fct_person_kpi as select 'month' as period_type, strftime(start, '%Y-%m') as period,"
            " start::date as period_start, 'p_1' as person_id, 'leads_submitted' as kpi_id,"
            " 10::decimal(38, 12) as value, 'ok' as status"
            " from range(timestamp '2026-01-01', timestamp '2026-06-01', interval 1 month) as months(start)"
        )
    after = call("lint", "000", "--home", str(home), "--lang", "en")
    assert "nobody ever reached this target: the best value ever is 10; of 5 person-months " in after.stdout
    assert after.stdout.splitlines()[-1] == "0 errors, 14 warnings"


def test_an_unknown_scheme_is_told_with_those_that_exist() -> None:
    result = call("lint", "007")
    assert result.exit_code == EXIT_INPUT
    assert "there is no such scheme (value: '007'). Use one of the ids 000" in result.stderr
