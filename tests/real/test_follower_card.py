"""The shipped scoring card is what the labelled accounts give, and keeps what the report on it says."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path

import fit_follower_card as fitting
import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.followers.card import shipped_card

pytestmark = [pytest.mark.req("000-K01"), pytest.mark.req("000-G4"), pytest.mark.req("001-R5")]

STALE = "run: python tests/real/fit_follower_card.py"


@pytest.fixture(scope="module")
def accounts(shared_data: Path) -> list[fitting.Account]:
    return fitting.read_accounts(shared_data)


def test_the_card_and_the_page_are_what_the_fit_writes(accounts: list[fitting.Account]) -> None:
    newest = [line for line in shipped_card() if line.model_version == fitting.VERSION]
    assert newest == fitting.card_lines(fitting.fit(accounts)), STALE
    assert fitting.PAGE.read_text(encoding="utf-8") == fitting.report(accounts), STALE


def test_cross_validated_it_tells_bought_followers_and_spares_people(accounts: list[fitting.Account]) -> None:
    folds = fitting.cross_validated(accounts)
    for way in ([fold.alone for fold in folds], [fold.listed for fold in folds]):
        judged = [one for fold in way for one in fold]
        assert len(judged) == len(accounts) == 5546
        assert fitting.mean_area(way, (fitting.BOUGHT,)) >= Fraction(99, 100)
        people = fitting.share(judged, fitting.PEOPLE)
        assert Fraction(people.hits, people.of) <= Fraction(1, 100)
        for group in fitting.PEOPLE:
            one = fitting.share(judged, (group,))
            assert Fraction(one.hits, one.of) <= Fraction(2, 100), group
        bought = fitting.share(judged, (fitting.BOUGHT,))
        assert Fraction(bought.hits, bought.of) >= Fraction(85, 100)
    assert fitting.mean_area([fold.listed for fold in folds], fitting.FAKES) >= Fraction(98, 100)


def test_no_list_of_people_holds_a_batch_and_few_people_stand_in_one_of_others(
    accounts: list[fitting.Account],
) -> None:
    lists = {one.name: one for one in fitting.mixed_lists(fitting.fit(accounts), accounts)}
    assert [one.days() for name, one in lists.items() if "%" not in name] == [0, 0, 0, 12]
    for one in lists.values():
        called = one.spam(fitting.PEOPLE)
        assert isinstance(called, fitting.Share)
        assert Fraction(called.hits, called.of) <= fitting.PROMISE * fitting.PART_HERE, one.name


def test_on_other_kinds_it_keeps_its_promise_and_is_no_worse_than_the_published_card(
    accounts: list[fitting.Account],
) -> None:
    for way in fitting.transfers(accounts):
        told = f"{way.people}, {way.fakes}"
        for judged in (way.judged, way.listed):
            people = fitting.share(judged, fitting.PEOPLE)
            assert Fraction(people.hits, people.of) <= fitting.PROMISE * Fraction(3, 2), told
            gain = fitting.area(judged, fitting.FAKES) - fitting.area(way.published, fitting.FAKES)
            assert gain >= -fitting.MOST_LOSS, told


def test_the_command_gives_the_points_of_the_fit(shared_data: Path, accounts: list[fitting.Account]) -> None:
    result = CliRunner().invoke(main, ["followers", "score", str(shared_data / fitting.ACCOUNTS)])
    assert result.exit_code == 0, result.stderr
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    card = fitting.fit(accounts)
    assert [int(row["points"]) for row in rows] == [one.points(card.light) for one in fitting.as_list(accounts)]
    assert [int(row["row"]) for row in rows] == list(range(2, len(rows) + 2))
