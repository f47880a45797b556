"""Batches of a list of accounts: which creation days count, against a reckoning of its own and on lists by chance."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.cli import main
from pipelines.followers.card import batches_sql, create_card, shipped_card

pytestmark = [pytest.mark.req("000-K01"), pytest.mark.req("000-G4")]

START, SEEN = dt.date(2018, 1, 1), dt.date(2026, 12, 1)
TIMES = 10


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        create_card(opened, shipped_card())
        yield opened


def made(
    connection: duckdb.DuckDBPyConnection, accounts: Sequence[tuple[str, dt.date]]
) -> dict[dt.date, tuple[int, int]]:
    """The creation days of a list of names and days."""
    connection.execute("create or replace table listed (name varchar, created_on date)")
    rows = "\n".join(f"{name},{day}" for name, day in accounts)
    connection.execute(
        "insert into listed select split_part(line, ',', 1), cast(split_part(line, ',', 2) as date) "
        "from (select unnest(string_split(?, chr(10))) as line)",
        [rows],
    )
    connection.execute(
        f"create or replace view aged as select *, date '{SEEN}' as observed_on, "
        f"date '{SEEN}' - created_on as age_days from listed"
    )
    return {day: (n, expected) for day, n, expected in connection.execute(batches_sql("aged", "name")).fetchall()}


def batches(days: dict[dt.date, tuple[int, int]]) -> list[dt.date]:
    return sorted(day for day, (n, expected) in days.items() if n >= TIMES * expected)


def accounts_of(counts: Iterable[tuple[dt.date, int]]) -> list[tuple[str, dt.date]]:
    return [(f"{day}-{i}", day) for day, n in counts for i in range(n)]


def day(n: int) -> dt.date:
    return START + dt.timedelta(days=n)


@settings(max_examples=60)
@given(counts=st.dictionaries(st.integers(0, 90), st.integers(1, 40), min_size=1, max_size=60))
def test_expected_is_one_more_than_the_middle_of_sixty_days(
    connection: duckdb.DuckDBPyConnection, counts: dict[int, int]
) -> None:
    found = made(connection, accounts_of((day(n), count) for n, count in counts.items()))
    last = max(counts)
    assert found.keys() == {day(n) for n in counts}
    for n, count in counts.items():
        around = sorted(counts.get(n + step, 0) for step in range(-30, 31) if n + step <= last)
        assert found[day(n)] == (count, 1 + around[(len(around) - 1) // 2])


@settings(max_examples=25)
@given(rate=st.sampled_from([1, 3, 10, 30, 100, 300]), seed=st.integers(0, 1_000_000))
def test_chance_makes_no_batch_in_a_list_of_any_size(
    connection: duckdb.DuckDBPyConnection, rate: int, seed: object
) -> None:
    """Accounts a day by chance, with seasons of three times as many: rate is in tenths."""
    chance = random.Random(seed)
    days = Counter(chance.choice((chance.randrange(400), 200 + chance.randrange(100))) for _ in range(40 * rate))
    assert batches(made(connection, accounts_of((day(one), count) for one, count in days.items()))) == []


def test_a_batch_of_several_days_does_not_hide_itself(connection: duckdb.DuckDBPyConnection) -> None:
    usual = [(day(n), 1) for n in range(200) if not 90 <= n < 96]
    bought = [(day(n), count) for n, count in ((90, 480), (91, 330), (92, 148), (93, 65), (94, 42), (95, 25))]
    found = made(connection, accounts_of([*usual, *bought]))
    assert batches(found) == [day(n) for n in range(90, 96)]
    assert found[day(92)] == (148, 2)


def test_what_is_a_batch_in_a_small_list_is_none_in_a_large_one(connection: duckdb.DuckDBPyConnection) -> None:
    few = [(day(n), 1) for n in range(100) if n != 50]
    many = [(day(n), 50) for n in range(100) if n != 50]
    assert batches(made(connection, accounts_of([*few, (day(50), 110)]))) == [day(50)]
    assert batches(made(connection, accounts_of([*many, (day(50), 110)]))) == []


def test_an_account_that_is_listed_twice_counts_once(connection: duckdb.DuckDBPyConnection) -> None:
    alone = accounts_of([(day(50), 6)])
    assert made(connection, [*alone, *alone, *alone]) == {day(50): (6, 1)}


def test_days_after_the_newest_account_do_not_make_its_day_look_quiet(connection: duckdb.DuckDBPyConnection) -> None:
    found = made(connection, accounts_of((day(n), 30) for n in range(100)))
    assert found[day(99)] == (30, 31)


def test_who_was_looked_at_within_days_of_signing_up_is_of_no_batch(connection: duckdb.DuckDBPyConnection) -> None:
    young, due = SEEN - dt.timedelta(days=3), SEEN - dt.timedelta(days=4)
    assert made(connection, accounts_of([(young, 50), (due, 20)])) == {due: (20, 1)}


def test_the_command_tells_the_day_the_number_and_what_was_to_be_expected(tmp_path: Path) -> None:
    people = [f"p{n},100,100,900,{day(17 * n)}" for n in range(60)]
    bought = [f"b{n},3,900,1,{day(300)}" for n in range(25)]
    other = [f"o{n},100,100,900,{day(310)}" for n in range(9)]
    path = tmp_path / "accounts.csv"
    path.write_text("\n".join(["id,followers,following,posts,created_at", *people, *bought, *other]) + "\n")

    def call(*words: str) -> dict[str, dict[str, str]]:
        result = CliRunner().invoke(main, ["followers", "score", str(path), *words], catch_exceptions=False)
        assert result.exit_code == 0, result.stderr
        return {row["id"]: row for row in csv.DictReader(io.StringIO(result.stdout))}

    dated, undated = call("--on", SEEN.isoformat()), call()
    told = "+9: made on 2018-10-28, as 25 accounts of this list were, where the days around it let expect 1"
    assert {name for name, row in dated.items() if told in row["reasons"]} == {f"b{n}" for n in range(25)}
    assert not any("made on" in row["reasons"] for row in undated.values()), "without ages nothing tells who is newborn"
    zh = call("--on", SEEN.isoformat(), "--lang", "zh")["b3"]["reasons"]
    assert "注册于 2018-10-28，名单中有 25 个账号注册于该日，按前后日期预期为 1 个" in zh
