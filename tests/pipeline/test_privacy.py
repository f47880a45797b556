"""Names, addresses and handles stay where they belong: in the company folder, on the cards, in `restricted/`."""

from __future__ import annotations

import csv
import re
import stat
from contextlib import closing
from pathlib import Path

import pytest
from running import RUN_LOG, Scorecards


def words_of_people(home: Path) -> dict[str, str]:
    """Everything that tells who somebody is -> what it is: names, addresses, identities, handles, customers."""
    found: dict[str, str] = {}
    for row in read(home / "people/people.csv"):
        found |= {row["name"]: "name", row["name_en"]: "name", row["email"]: "e-mail"}
    for row in read(home / "people/identity_map.csv"):
        if len(row["external_id"]) > 2:  # two initials stand in any text
            found[row["external_id"]] = f"identity in {row['system']}"
    for row in read(home / "people/accounts.csv"):
        if row["platform"] == "x":
            found[row["handle"]] = "handle"
    for path in sorted((home / "exports").rglob("*.csv")):
        if path.name.startswith(("orders_export", "leads_")):
            for row in read(path):
                if row["Email"]:
                    found[row["Email"]] = "customer"
    return found


def read(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV."""
    with path.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def words(small_home: Path) -> dict[str, str]:
    found = words_of_people(small_home)
    assert {"沈知远", "zhiyuan.shen@yunti.example", "agent.yutong.zhou", "CloudLadder"} <= found.keys()
    assert sum(kind == "customer" for kind in found.values()) > 100
    return found


def told_in(text: str, words: dict[str, str]) -> list[str]:
    """The words that stand in a text, in any case; a number not within another one, such as 0.036740303 seconds."""
    folded = text.casefold()
    return sorted(f"{kind}: {word}" for word, kind in words.items() if stands_in(word.casefold(), folded))


def stands_in(word: str, folded: str) -> bool:
    if not word.isdecimal():
        return word in folded
    return re.search(rf"(?<![\d.]){word}(?!\d)", folded) is not None


def test_a_number_is_told_by_itself_alone() -> None:
    words = {"740303": "identity"}
    assert told_in('{"agent": 740303}', words) == told_in("by 740303.", words) == ["identity: 740303"]
    assert told_in('"execution_time": 0.036740303', words) == told_in("17403031", words) == []


def tables_of(path: Path, schemas: tuple[str, ...]) -> dict[str, str]:
    """Every table and view of some schemas of a warehouse file, as text."""
    import duckdb

    listed = ", ".join(f"'{schema}'" for schema in schemas)
    with closing(duckdb.connect(str(path), read_only=True)) as connection:
        names = connection.execute(
            "select table_schema, table_name from information_schema.tables "
            f"where table_schema in ({listed}) and table_type = 'BASE TABLE' order by all"
        ).fetchall()
        return {
            f"{schema}.{name}": repr(connection.execute(f"select * from {schema}.{name}").fetchall())
            for schema, name in names
        }


@pytest.mark.req("003-D5", "003-G5")
def test_nobody_is_named_in_what_is_published(small_home: Path, words: dict[str, str]) -> None:
    tables = tables_of(small_home / "published/kpi.duckdb", ("main",))
    assert {"dim_person", "fct_person_kpi", "data_quality_findings"} <= tables.keys() | {
        name.removeprefix("main.") for name in tables
    }
    assert {name: told_in(text, words) for name, text in tables.items() if told_in(text, words)} == {}


def test_nobody_is_named_in_the_bytes_that_are_published(small_home: Path, words: dict[str, str]) -> None:
    """Comments, dictionaries and left-over pages too, as far as they are not compressed."""
    for path in sorted((small_home / "published").resolve().rglob("*")):
        if path.is_file():
            assert told_in(path.read_bytes().decode("utf-8", "ignore"), words) == [], path.name


def test_nobody_is_named_in_the_warehouse(small_home: Path, words: dict[str, str]) -> None:
    tables = tables_of(small_home / "warehouse/warehouse.duckdb", ("marts", "intermediate", "company", "control"))
    assert len(tables) > 30
    assert {name: told_in(text, words) for name, text in tables.items() if told_in(text, words)} == {}


@pytest.mark.req("003-D5", "003-G5")
def test_nobody_is_named_in_landing(small_home: Path, words: dict[str, str]) -> None:
    """But for the company's own handle, which stands in the links of its posts."""
    import pyarrow.parquet as pq

    words = {word: kind for word, kind in words.items() if kind != "handle"}
    paths = sorted((small_home / "landing").rglob("*.parquet"))
    assert paths
    for path in paths:
        table = pq.read_table(path)
        assert told_in(repr(table.to_pydict()), words) == [], path.relative_to(small_home)


def test_nobody_is_named_in_dagster_or_dbt(small_home: Path, words: dict[str, str]) -> None:
    paths = [
        path for name in ("dagster", "warehouse/dbt", "warehouse/quality") for path in (small_home / name).rglob("*")
    ]
    files = [path for path in paths if path.is_file()]
    assert len(files) > 5
    for path in files:
        assert told_in(path.read_bytes().decode("utf-8", "ignore"), words) == [], path.relative_to(small_home)


def test_nobody_is_named_in_what_a_run_and_status_print(
    small_home: Path, words: dict[str, str], scorecards: Scorecards
) -> None:
    log = (small_home.parent / RUN_LOG).read_text(encoding="utf-8")
    assert "writing the cards of 2026-10" in log
    assert told_in(log, words) == []
    assert told_in(scorecards(small_home, "status").stdout, words) == []


def test_texts_of_posts_are_nowhere_but_in_the_archive(small_home: Path) -> None:
    text = "批量导出快了三倍"
    exported = sorted((small_home / "exports/x").rglob("account_analytics_content_*.csv"))
    assert any(text in path.read_text(encoding="utf-8-sig") for path in exported)
    for name in ("landing", "warehouse", "builds", "scorecards", "dagster"):
        for path in (small_home / name).rglob("*"):
            if path.is_file() and not path.is_symlink():
                assert text not in path.read_bytes().decode("utf-8", "ignore"), path.relative_to(small_home)


@pytest.mark.req("003-D5", "003-G5")
def test_what_is_private_is_readable_by_its_owner_alone(small_home: Path) -> None:
    def mode(path: str) -> int:
        return stat.S_IMODE((small_home / path).stat().st_mode)

    assert mode("restricted/pay.duckdb") == 0o600
    assert mode("secrets/pseudonym.key") == 0o600
    assert mode("scorecards/2026-10/draft/traces.json") == 0o600
    for folder in ("archive", "secrets", "restricted", "quarantine", "landing"):
        assert mode(folder) == 0o700, folder
    archived = [path for path in (small_home / "archive").rglob("*") if path.is_file()]
    assert archived
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in archived} == {0}


def test_pay_is_found_in_the_restricted_file_alone(small_home: Path) -> None:
    import duckdb

    with closing(duckdb.connect(str(small_home / "restricted/pay.duckdb"), read_only=True)) as connection:
        tables = [name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()]
        named = "".join(repr(connection.execute(f"select * from {name}").fetchall()) for name in tables)
    assert "P006" in named
    published = "".join(tables_of(small_home / "published/kpi.duckdb", ("main",)).values())
    assert "'P006'" not in published
