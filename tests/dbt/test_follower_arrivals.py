"""What is kept of follower lists equals what a build from nothing makes, whatever came in which order.

Belongs here: arrivals of lists, and the comparison of every table of followers after each. What the tables mean is told
by the unit tests beside the models and by test_follower_growth.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pytest
from harness.warehouse import ScratchWarehouse, every_relation

TABLES = (
    "intermediate.int_follower_files",
    "intermediate.int_follower_list_files",
    "intermediate.int_follower_presence",
    "intermediate.int_follower_lists",
    "intermediate.int_follower_firsts",
    "intermediate.int_follower_spells",
    "intermediate.int_follower_looks",
    "intermediate.int_list_days",
    "intermediate.int_list_suspects",
    "intermediate.int_follower_moves",
    "intermediate.int_follower_growth",
    "intermediate.int_new_followers",
    "intermediate.int_follower_cohorts",
    "marts.fct_follower_moves",
    "marts.fct_follower_quality",
)
SEEDS = ("burst_thresholds", "follower_points", "follower_reasons")
MODELS = (
    "path:models/intermediate/followers",
    "stg_follower_snapshots",
    "stg_account_followers",
    "int_follower_counts",
    "int_new_followers",
    "int_follower_cohorts",
    "fct_follower_quality",
    "fct_follower_moves",
)

# account, day, follower, posts
Row = tuple[str, str, int, int]
FIRST_DAY = dt.date(2026, 9, 1)
SEED = 1


@dataclass
class World:
    """What has been delivered: files of lists, the earlier ranked first, and noted counts."""

    files: dict[str, list[Row]] = field(default_factory=dict)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def deliver(self, name: str, rows: list[Row]) -> None:
        """Land a file; its name decides where it ranks."""
        self.files[name] = rows

    def fill(self, scratch: ScratchWarehouse, months: tuple[str, ...]) -> None:
        """Make this what the warehouse reads."""
        for table in ("follower_snapshots", "account_followers", "files"):
            scratch.execute(f"delete from landing.{table}")
        ordered = sorted(self.files)
        rows = [
            (name, rank, n, *row) for rank, name in enumerate(ordered, 1) for n, row in enumerate(self.files[name], 2)
        ]
        names = ("name", "rank", "n", "account", "day", "follower", "posts")
        table = pa.table({name: [row[i] for row in rows] for i, name in enumerate(names)} if rows else {})
        if rows:
            scratch.connection.register("incoming", table)
            scratch.execute(
                "insert into landing.follower_snapshots by name select day, account, 'f' || follower as follower_id, "
                "cast(posts as varchar) as post_count, '5' as followers_count, "
                "cast(400 * (follower % 3) as varchar) as following_count, '0' as listed_count, '' as url, "
                "cast(date '2026-09-10' - cast(follower as integer) as varchar) as created_on, "
                "name as _content_id, n as _row_no, 'follower_snapshots' as _spec_id, '' as _subject_id, "
                "rank as _file_rank from incoming"
            )
            scratch.connection.unregister("incoming")
        for rank, name in enumerate(ordered, 1):
            scratch.insert(
                "landing", "files", [{"content_id": name, "spec_id": "follower_snapshots", "file_rank": rank}]
            )
        told = [
            {"day": day, "account": account, "followers": str(n)} for (account, day), n in sorted(self.counts.items())
        ]
        scratch.landing("account_followers", told, content_id="counts")
        scratch.months(*months)


class Pair:
    """A warehouse that keeps what it has, and one made from nothing each time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.kept = ScratchWarehouse(folder / "kept", begin_from=every_relation())

    def build(self, world: World, scratch: ScratchWarehouse, months: tuple[str, ...], card: str | None = None) -> None:
        """Build the tables of followers in one of the two."""
        world.fill(scratch, months)
        if card is None:
            scratch.dbt("run", "--select", " ".join([*MODELS, *SEEDS]))
        else:
            scratch.dbt("seed", "--select", " ".join(SEEDS))
            scratch.execute(card)
            scratch.dbt("run", "--select", " ".join(MODELS))

    def build_some(self, world: World, *models: str) -> None:
        """Build only some of the tables in the warehouse that keeps."""
        world.fill(self.kept, ("2026-09",))
        self.kept.dbt("run", "--select", " ".join(models))

    def compare(self, world: World, *months: str, card: str | None = None) -> dict[str, int]:
        """Build both and assert that they are equal, row for row; the number of rows of each table.

        Args:
            world: what has been delivered.
            *months: the months to build.
            card: a change of the seeds of the card.
        """
        with ScratchWarehouse(self._folder / "fresh", begin_from=every_relation()) as fresh:
            for scratch in (self.kept, fresh):
                self.build(world, scratch, months, card)
            fresh.close()
            self.kept.execute(f"attach '{fresh.path}' as fresh (read_only)")
            try:
                # months that earlier runs built stay in the marts
                asked = ", ".join(f"date '{month}-01'" for month in months)
                rows = {}
                for name in TABLES:
                    only = f"where month in ({asked})" if name.startswith("marts") else ""
                    one, other = f"from {name} {only}", f"from fresh.{name} {only}"
                    missing = self.kept.rows(f"select * {other} except all select * {one}")
                    beyond = self.kept.rows(f"select * {one} except all select * {other}")
                    assert (name, missing, beyond) == (name, [], [])
                    rows[name] = self.kept.rows(f"select count(*) as n {one}")[0]["n"]
                return rows
            finally:
                self.kept.execute("detach fresh")


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    both = Pair(tmp_path)
    yield both
    both.kept.close()


def day_of(n: int) -> str:
    """The day n days after the first."""
    return (FIRST_DAY + dt.timedelta(days=n)).isoformat()


def a_list(account: str, n: int, followers: range | list[int], posts: int = 0) -> list[Row]:
    """Rows of one list."""
    return [(account, day_of(n), follower, posts) for follower in followers]


def test_whatever_arrives_the_tables_are_those_of_a_build_from_nothing(pair: Pair) -> None:
    """Each kind of arrival once, in an order as companies have it."""
    world = World()
    world.deliver("b_first", a_list("x", 0, range(12)) + a_list("y", 0, range(5)))
    world.counts = {("x", day_of(0)): 12, ("y", day_of(0)): 5}
    pair.compare(world, "2026-09")
    # the next day's list: some are new, one has left
    world.deliver("d_next", a_list("x", 1, range(1, 15)))
    world.counts["x", day_of(1)] = 14
    rows = pair.compare(world, "2026-09")
    assert rows["intermediate.int_follower_moves"] == 4
    # who left is back, and a list of the newest alone; of y a list that was cut short
    world.deliver("e_back", a_list("x", 2, range(16)) + a_list("y", 3, range(3, 7)))
    world.deliver("f_newest", a_list("x", 3, [20, 21]))
    world.counts.update({("x", day_of(2)): 16, ("y", day_of(3)): 9})
    # a run in which somebody builds a few of the tables by hand, before what they read
    pair.build_some(
        world, "int_follower_files", "int_follower_list_files", "int_follower_presence", "int_follower_looks"
    )
    pair.compare(world, "2026-09")
    # a file that ranks before others and states two of their lists over again, and a second file makes y's list whole
    world.deliver("a_overlap", a_list("x", 0, range(11)) + a_list("x", 2, range(10), posts=9))
    world.deliver("g_rest", a_list("y", 3, range(6, 12)))
    pair.compare(world, "2026-09")
    # the month changes, and a list comes late; thirty days later the profiles decide
    world.deliver("h_october", a_list("x", 32, range(3, 18), posts=50) + a_list("y", 31, range(2, 12), posts=1))
    world.deliver("c_late", a_list("y", 2, range(3, 7)))
    world.counts.update({("x", day_of(32)): 15, ("y", day_of(31)): 10})
    rows = pair.compare(world, "2026-10")
    assert rows["marts.fct_follower_quality"] > 0 and rows["intermediate.int_follower_cohorts"] > 0
    # the older month once more, which reads no later files
    later = world.files.pop("h_october")
    pair.compare(world, "2026-09")
    # both months; a file is withdrawn from the middle
    world.deliver("h_october", later)
    del world.files["d_next"]
    pair.compare(world, "2026-09", "2026-10")
    # the card changes
    points = "update seeds.follower_points set points = points + 1 where code = 'no_url'"
    rows = pair.compare(world, "2026-10", card=points)
    assert rows["intermediate.int_follower_looks"] > 0
    # all is withdrawn, and the card is what it was
    world.files = {}
    assert set(pair.compare(world, "2026-10").values()) == {0}


def test_a_run_makes_again_only_what_has_changed(pair: Pair) -> None:
    """Rows of other lists stay where they are: nothing deletes them and writes the same once more."""
    world = World()
    world.deliver("a", a_list("x", 0, range(8)) + a_list("y", 0, range(8)))
    world.counts = {(account, day_of(n)): 8 for account in "xy" for n in (0, 1)}
    pair.compare(world, "2026-09")
    marks = {
        "int_follower_presence": "post_count = 77",
        "int_follower_firsts": "follower_key = follower_key || ' as it was'",
        "int_follower_spells": "spell_no = 77",
        "int_follower_looks": "reasons = 'as it was'",
    }
    for name, mark in marks.items():
        pair.kept.execute(f"update intermediate.{name} set {mark} where account_id = 'x'")
    marked = {name: pair.kept.rows(f"select * from intermediate.{name} where account_id = 'x'") for name in marks}
    world.deliver("b", a_list("y", 1, range(1, 9)))
    pair.build(world, pair.kept, ("2026-09",))
    for name in marks:
        rows = pair.kept.rows(f"select * from intermediate.{name} where account_id = 'x'")
        assert len(rows) == 8 and rows == marked[name], name
        assert pair.kept.rows(f"select * from intermediate.{name} where account_id = 'y' and follower_key = 'f8'"), name


Event = Callable[[random.Random, World, str], None]


def _days(world: World, account: str) -> list[int]:
    return sorted(
        {
            (dt.date.fromisoformat(row[1]) - FIRST_DAY).days
            for rows in world.files.values()
            for row in rows
            if row[0] == account
        }
    )


def _crowd(dice: random.Random) -> list[int]:
    return sorted(dice.sample(range(12), dice.randint(1, 9)))


def _name(dice: random.Random, account: str) -> str:
    return f"{dice.randrange(10**6):06}_{account}"


def _new_day(dice: random.Random, world: World, account: str) -> None:
    """A list after all others."""
    n = max([*_days(world, account), -1]) + dice.choice([1, 1, 1, 2, 5, 29, 33])
    crowd = _crowd(dice)
    world.deliver(_name(dice, account), a_list(account, min(n, 100), crowd, posts=dice.choice([0, 40])))
    if dice.random() < 0.8:
        world.counts[account, day_of(min(n, 100))] = len(crowd)


def _late_day(dice: random.Random, world: World, account: str) -> None:
    """A list before the last, or one more file of a day that there is."""
    n = dice.randint(0, max([*_days(world, account), 3]))
    world.deliver(_name(dice, account), a_list(account, n, _crowd(dice), posts=dice.choice([0, 40])))


def _export_again(dice: random.Random, world: World, account: str) -> None:
    """One file with several lists that there are, and one that is new."""
    days = _days(world, account)[-3:]
    rows = [row for n in [*days, dice.randint(0, 60)] for row in a_list(account, n, _crowd(dice), posts=7)]
    world.deliver(_name(dice, account), rows)


def _withdrawn(dice: random.Random, world: World, account: str) -> None:
    """A file is taken away."""
    names = sorted(name for name in world.files if name.endswith(f"_{account}"))
    if names:
        del world.files[dice.choice(names)]


def _counted(dice: random.Random, world: World, account: str) -> None:
    """A count is noted, corrected or struck out, so that lists are whole or no longer."""
    for n in dice.sample([*_days(world, account), 0], 1):
        if dice.random() < 0.3:
            world.counts.pop((account, day_of(n)), None)
        else:
            world.counts[account, day_of(n)] = dice.randint(1, 10)


def _nothing(_dice: random.Random, _world: World, _account: str) -> None:
    """Most accounts on most days."""


EVENTS: tuple[Event, ...] = (_new_day, _new_day, _new_day, _late_day, _export_again, _withdrawn, _counted, _nothing)


def test_whatever_order_chance_chooses(pair: Pair) -> None:
    """Sixty accounts at once, each with arrivals of its own; the months of the run change too."""
    dice, world = random.Random(SEED), World()
    accounts = [f"account_{n:02}" for n in range(60)]
    for account in accounts:
        _new_day(dice, world, account)
        _new_day(dice, world, account)
    n_moves = n_new = 0
    for months in (("2026-09",), ("2026-09", "2026-10"), ("2026-10",), ("2026-11",), ("2026-09",)):
        for account in accounts:
            for _ in range(dice.randint(0, 2)):
                dice.choice(EVENTS)(dice, world, account)
        rows = pair.compare(world, *months)
        n_moves += rows["intermediate.int_follower_moves"]
        n_new += rows["intermediate.int_new_followers"]
    assert n_moves > 500 and n_new > 200
