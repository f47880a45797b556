"""`scorecards render`: to the screen or a file, in one language or both."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipelines.cli import EXIT_INPUT, main
from pipelines.schemes.loader import SHIPPED


def call(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a folder nor a variable names a company unless a test does."""
    monkeypatch.delenv("SCORECARDS_HOME", raising=False)
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")


@pytest.mark.req("000-P2")
def test_both_languages_go_to_the_screen() -> None:
    result = call("render", "000")
    assert result.exit_code == 0
    assert result.stdout.startswith("# Twitter运营团队绩效激励方案\n")
    assert "\n---\n\n# Incentive scheme of an X (Twitter) operations team\n" in result.stdout
    english = call("render", "000", "--lang", "en").stdout
    assert english.startswith("# Incentive scheme")
    assert "绩效" not in english


def test_a_file_is_written_and_named(tmp_path: Path) -> None:
    out = tmp_path / "scheme.html"
    result = call("render", "000", "--format", "html", "--lang", "zh", "--out", str(out))
    assert result.stdout == f"written: {out}\n"
    assert out.read_text(encoding="utf-8").startswith('<!doctype html>\n<html lang="zh">')


def test_a_folder_that_is_not_there_is_bad_usage(tmp_path: Path) -> None:
    result = call("render", "000", "--out", str(tmp_path / "nowhere" / "scheme.md"))
    assert result.exit_code == EXIT_INPUT
    assert "there is no folder" in result.stderr


def test_the_companys_own_scheme_and_currency_are_told(tmp_path: Path) -> None:
    home = tmp_path / "company"
    assert call("init", str(home)).exit_code == 0
    own = (SHIPPED / "scheme_000.yaml").read_text(encoding="utf-8").replace('version: "1.0.0"', 'version: "2.5.0"')
    (home / "schemes").mkdir(exist_ok=True)
    (home / "schemes" / "scheme_000.yaml").write_text(own, encoding="utf-8")
    text = call("render", "000", "--home", str(home), "--lang", "en").stdout
    assert "- Version: 2.5.0" in text
    assert "CNY 20,000" in text


def test_a_scheme_with_mistakes_is_not_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    text = (SHIPPED / "scheme_000.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("month: 70", "month: 75"), encoding="utf-8")
    result = call("render", str(path))
    assert result.exit_code == EXIT_INPUT
    assert result.stdout == ""
    assert "month, quarter and year pay 105 in all" in result.stderr
