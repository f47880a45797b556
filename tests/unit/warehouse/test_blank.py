"""The blank warehouse: kept once a version of the code, without a row, and never a reason to fail."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse import blank
from pipelines.warehouse.blank import blank_warehouse, keep_blank
from pipelines.warehouse.connection import open_reader, open_writer


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(blank, "_FOLDER", tmp_path / "target" / "blank")
    return tmp_path / "target" / "blank"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    path = tmp_path / "scratch.duckdb"
    with open_writer(path) as connection:
        connection.execute("create schema company; create table company.people as select 'P1' as person_id")
        connection.execute("create schema staging")
        connection.execute("create view staging.people as select person_id from company.people")
    return path.rename(tmp_path / "warehouse.duckdb")


def test_the_relations_are_kept_and_no_row_is(folder: Path, built: Path) -> None:
    assert blank_warehouse() is None
    keep_blank(built)
    kept = blank_warehouse()
    assert kept is not None
    with open_reader(kept) as connection:
        assert connection.execute("select person_id from staging.people").fetchall() == []
        assert connection.execute("select count(*) from company.people").fetchall() == [(0,)]
    with open_reader(built) as connection:
        assert connection.execute("select person_id from staging.people").fetchall() == [("P1",)]
    assert b"P1" not in kept.read_bytes()


def test_another_version_of_the_code_takes_its_place(
    folder: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_blank(built)
    monkeypatch.setattr(blank, "code_version", lambda: "another")
    assert blank_warehouse() is None
    keep_blank(built)
    assert [path.name for path in folder.iterdir()] == ["another.duckdb"]


def test_a_kept_one_is_not_made_again(folder: Path, built: Path) -> None:
    keep_blank(built)
    kept = blank_warehouse()
    assert kept is not None
    before = kept.stat().st_mtime_ns
    with duckdb.connect(str(built)) as connection:
        connection.execute("drop view staging.people")
    keep_blank(built)
    assert kept.stat().st_mtime_ns == before


def test_a_folder_that_cannot_be_written_is_done_without(folder: Path, built: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("a file stands where the folder should be", encoding="utf-8")
    keep_blank(built)
    assert blank_warehouse() is None
