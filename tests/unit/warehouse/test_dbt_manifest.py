"""One parse of the dbt project serves every company of a checkout; where it cannot be shared, each parses."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from pipelines.warehouse import dbt_manifest
from pipelines.warehouse.dbt_manifest import DbtParseError, dbt_environment, ensure_manifest
from pipelines.warehouse.layout import Layout

# Stands for dbt: notes that it was called, and with what, and leaves what a parse leaves.
PARSER = """#!{python}
import os, pathlib, sys
pathlib.Path({calls!r}).open("a").write(os.environ["DBT_PROJECT_DIR"] + "\\n")
if "broken" in pathlib.Path(os.environ["DBT_PROJECT_DIR"], "model.sql").read_text():
    sys.exit("model.sql does not parse")
target = pathlib.Path(sys.argv[sys.argv.index("--target-path") + 1])
(target / "manifest.json").write_text("{{}}")
(target / "partial_parse.msgpack").write_bytes(b"parsed")
"""


class Project:
    """A dbt project of one file, with a dbt that counts how often it is asked."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.calls = folder / "project", folder / "calls"
        self.folder.mkdir()
        self.write("select 1")
        self.calls.touch()
        parser = folder / "dbt"
        parser.write_text(PARSER.format(python=sys.executable, calls=str(self.calls)), encoding="utf-8")
        parser.chmod(parser.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(dbt_manifest, "DBT_PROJECT_DIR", self.folder)
        monkeypatch.setattr(dbt_manifest, "executable", lambda: str(parser))

    def write(self, sql: str) -> None:
        (self.folder / "model.sql").write_text(sql, encoding="utf-8")

    @property
    def n_parses(self) -> int:
        return len(self.calls.read_text(encoding="utf-8").splitlines())


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    return Project(tmp_path, monkeypatch)


def test_the_second_company_copies_the_parse_of_the_first(project: Project, tmp_path: Path) -> None:
    for name in ("one", "two"):
        layout = Layout(tmp_path / name)
        assert ensure_manifest(layout).read_text(encoding="utf-8") == "{}"
        assert (layout.dbt_target / "partial_parse.msgpack").read_bytes() == b"parsed"
        assert ensure_manifest(layout).exists()
    assert project.n_parses == 1


def test_a_changed_project_is_parsed_again_and_its_old_manifest_goes(project: Project, tmp_path: Path) -> None:
    layout = Layout(tmp_path / "one")
    before = ensure_manifest(layout)
    project.write("select 2")
    after = ensure_manifest(layout)
    assert project.n_parses == 2
    assert after != before
    assert list(after.parent.glob("manifest-*.json")) == [after]
    assert len(list((project.folder / "target" / "parsed").iterdir())) == 1


def test_where_nothing_can_be_shared_every_company_parses(project: Project, tmp_path: Path) -> None:
    # a file where the folder would be: nothing can be written below it, whoever one is
    (project.folder / "target").touch()
    for name in ("one", "two"):
        assert ensure_manifest(Layout(tmp_path / name)).exists()
    assert project.n_parses == 2


def test_a_project_that_does_not_parse_says_why_and_leaves_nothing(project: Project, tmp_path: Path) -> None:
    project.write("broken")
    layout = Layout(tmp_path / "one")
    with pytest.raises(DbtParseError, match=r"model\.sql does not parse"):
        ensure_manifest(layout)
    assert list(layout.warehouse.rglob("*.json")) == []
    assert not (project.folder / "target").exists()


def test_no_path_of_a_company_enters_the_profile(tmp_path: Path) -> None:
    """dbt parses everything again when the profile's path changes, so the path is relative to where dbt runs."""
    layout = Layout(tmp_path / "one")
    environment = dbt_environment(layout)
    assert "SCORECARDS_DUCKDB_PATH" not in environment
    assert Path(environment["SCORECARDS_DBT_FOLDER"], "scratch.duckdb") == layout.scratch_file
    profile = (Path(__file__).parents[3] / "dbt_project" / "profiles.yml").read_text(encoding="utf-8")
    assert "env_var('SCORECARDS_DUCKDB_PATH', 'scratch.duckdb')" in profile
