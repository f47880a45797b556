"""The closed connection of analysts: what it refuses, what it answers, and that it outlives publications."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipelines.company.findings import InputError
from pipelines.warehouse.console import CLOSING, CLOSING_FILE, answer, draw, open_closed
from pipelines.warehouse.layout import Layout
from pipelines.warehouse.publish import publish


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    home = Layout(tmp_path / "home")
    home.builds.mkdir(parents=True)
    published(home, "b1", 3)
    return home


def published(layout: Layout, build: str, rows: int) -> None:
    source = layout.home / f"{build}.duckdb"
    with duckdb.connect(str(source)) as connection:
        connection.execute("create schema marts")
        connection.execute(f"create table marts.fct_x as select i, '=' || i as name from range({rows}) t(i)")
    publish(layout, build, source, {})


def file_of(layout: Layout) -> Path:
    return layout.published / "kpi.duckdb"


#: What gets out of a read-only connection, into it, or takes the settings back; `{out}` is a path that may be written.
WAYS_OUT = (
    "copy fct_x to '{out}.csv'",
    "copy (select 1) to '/dev/stdout'",
    "export database '{out}'",
    "select * from read_text('{secret}')",
    "select * from read_csv('{secret}')",
    "select * from sniff_csv('{secret}')",
    "select * from '{secret}'",
    "select * from glob('{out}*')",
    "attach '{out}.duckdb' as other",
    "attach '{secret}' as other (read_only)",
    "install httpfs",
    "load httpfs",
    "create secret s (type http)",
    "set enable_external_access = true",
    "reset enable_external_access",
    "set lock_configuration = false",
    "set temp_directory = '{out}'",
    "create table mine as select 1",
    "insert into fct_x values (9, '')",
    "drop table fct_x",
    "comment on table fct_x is 'other'",
)


@pytest.mark.parametrize("way", WAYS_OUT)
def test_no_file_and_no_setting_is_within_reach(layout: Layout, tmp_path: Path, way: str) -> None:
    secret, out = tmp_path / "secret.csv", tmp_path / "out"
    secret.write_text("a,b\n1,2\n")
    before = sorted(tmp_path.rglob("*"))
    with open_closed(file_of(layout)) as connection, pytest.raises(InputError, match=r"SQL: [\w ]+ Error"):
        answer(connection, way.format(out=out, secret=secret))
    assert sorted(tmp_path.rglob("*")) == before


def test_read_only_alone_would_let_them_out(layout: Layout, tmp_path: Path) -> None:
    """Why the connection is closed at all: the same file, opened read-only and no more."""
    with duckdb.connect(str(file_of(layout)), read_only=True) as connection:
        connection.execute(f"copy fct_x to '{tmp_path / 'out.csv'}'")
    assert (tmp_path / "out.csv").read_text().startswith("i,name")


def test_the_published_file_of_settings_closes_a_client_of_any_kind(layout: Layout, tmp_path: Path) -> None:
    settings = (layout.published / CLOSING_FILE).read_text()
    assert [line for line in settings.splitlines() if not line.startswith("--")] == list(CLOSING)
    with duckdb.connect(str(file_of(layout)), read_only=True) as connection:
        connection.execute(settings)
        assert connection.sql("select count(*) from fct_x").fetchall() == [(3,)]
        with pytest.raises(duckdb.Error, match="file system operations are disabled"):
            connection.execute(f"copy fct_x to '{tmp_path / 'out.csv'}'")
        with pytest.raises(duckdb.Error, match="configuration has been locked"):
            connection.execute("set enable_external_access = true")


def test_an_open_console_keeps_its_publication(layout: Layout) -> None:
    with open_closed(file_of(layout)) as connection:
        for number in range(2, 7):
            published(layout, f"b{number}", number * 10)
        assert answer(connection, "select count(*) as n from fct_x").rows == ({"n": 3},)
    with open_closed(file_of(layout)) as connection:
        assert answer(connection, "select count(*) as n from fct_x").rows == ({"n": 60},)


def test_the_last_statement_answers_and_numbers_are_known_from_texts(layout: Layout) -> None:
    with open_closed(file_of(layout)) as connection:
        asked = "select i, i, name, [i] as l from fct_x where i > getvariable('least')"
        found = answer(connection, f"set variable least = 1; {asked}")
        assert found.columns == ("i", "i_2", "name", "l")
        assert found.numeric == {"i", "i_2"}
        assert found.rows == ({"i": 2, "i_2": 2, "name": "=2", "l": [2]},)
        with pytest.raises(InputError, match="no statement gives rows"):
            answer(connection, "set variable least = 1")


def test_every_statement_is_drawn_up_to_the_one_that_is_wrong(
    layout: Layout, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_closed(file_of(layout)) as connection, pytest.raises(InputError, match="nowhere does not exist"):
        draw(connection, "select 'first' as a; select 'second' as b; select * from nowhere; select 'third' as c")
    shown = capsys.readouterr().out
    assert "first" in shown
    assert "second" in shown
    assert "third" not in shown


def test_without_a_publication_it_says_what_to_do(tmp_path: Path) -> None:
    told = r"nothing is published yet. Run a period first: `scorecards run PERIOD`"
    with pytest.raises(InputError, match=told), open_closed(tmp_path / "published" / "kpi.duckdb"):
        pass
