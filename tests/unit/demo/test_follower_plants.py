"""Planted followers: what is planted is in the lists, the counts say the same, and the truth adds up."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from pipelines.demo.follower_plants import EVENT, FIRST_LIST, LAST_LIST, PLANTS, PURGED, make_plant

pytestmark = pytest.mark.req("000-G4")


@pytest.mark.parametrize("kind", PLANTS)
def test_lists_and_counts_of_a_plant_say_the_same(kind: str) -> None:
    plant = make_plant(kind, 3)
    days = plant.account_days("x", 3)
    assert [day.day for day in days] == plant.days()
    for before, day in pairwise(days):
        assert day.followers - before.followers == day.numbers["new_follows"] - day.numbers["unfollows"]
        assert len(plant.listed(day.day)) == day.followers
    assert (days[0].growth, days[0].listed_growth) == (-days[0].numbers["unfollows"], None)
    assert len({follow.number for follow in plant.follows}) == len(plant.follows)


@pytest.mark.parametrize(
    ("kind", "bought"), [("quiet", 0), ("viral", 0), ("onboarding", 0), ("batch", 180), ("aged", 180)]
)
def test_the_truth_has_every_person_and_nobody_who_was_bought(kind: str, bought: int) -> None:
    plant = make_plant(kind, 3)
    came = [follow for follow in plant.follows if not follow.is_old]
    assert sum(follow.profile.is_bought for follow in came) == bought
    true = sum(plant.growth(day) for day in plant.days() if day > FIRST_LIST)
    grown = len(plant.listed(LAST_LIST)) - len(plant.listed(FIRST_LIST))
    young = sum(
        follow.in_list(LAST_LIST)
        and (follow.followed_on - follow.profile.created_on).days < 30
        and follow.followed_on + dt.timedelta(days=30) > LAST_LIST
        for follow in came
    )
    assert true == grown - bought - young


def test_a_purge_takes_at_once_whom_nobody_had_counted() -> None:
    plant = make_plant("purge", 3)
    gone = EVENT + dt.timedelta(days=4)
    assert plant.left(gone) >= PURGED
    assert plant.growth(gone) > plant.new(gone) - plant.left(gone) + PURGED - 1
