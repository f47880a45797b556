"""Daily follower lists with purchases, a viral post, a wave of sign-ups and a purge planted in them, and their truth.

Belongs here: the lives of such followers from the first list to the last, the lists and daily counts that show them,
and the growth that is right, told from the plant itself. Does not belong here: how exports print them, the samples of
followers of the demo's big accounts (`content_events`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from pipelines.demo.content_world import FollowerProfile
from pipelines.demo.events import AccountDay
from pipelines.demo.x_events import stream

#: What may be planted in the sixth week before the last list.
PLANTS = ("quiet", "batch", "aged", "like_people", "viral", "onboarding", "purge", "everything")
FIRST_LIST, LAST_LIST = dt.date(2026, 8, 10), dt.date(2026, 10, 31)
EVENT = dt.date(2026, 10, 5)
OLD_STOCK, PURGED = 60, 45
#: Who leaves within these days never counts; whose account is younger than that counts when they have stayed as long.
CHURN_DAYS, YOUNG_DAYS = 7, 30
_USUAL_IMPRESSIONS = 4_000
_OTHER_NUMBERS = ("bookmarks", "shares", "replies", "reposts", "create_post", "video_views", "media_views")


@dataclass(frozen=True)
class Follow:
    """One follower of the account.

    Attributes:
        number: the follower's id on the platform.
        followed_on: day of the first list with them.
        left_on: day of the first list without them; None while they stay.
        profile: what every list says of them.
        is_old: there already when the first list was made.
    """

    number: int
    followed_on: dt.date
    left_on: dt.date | None
    profile: FollowerProfile
    is_old: bool = False

    def in_list(self, day: dt.date) -> bool:
        """Whether the list of a day holds them."""
        return self.followed_on <= day and (self.left_on is None or day < self.left_on)


@dataclass
class Plant:
    """An account with daily lists and one plant.

    Attributes:
        kind: what is planted.
        follows: everybody who ever followed.
        impressions: of the overview, by day.
        last_list: day of the last list.
    """

    kind: str
    follows: list[Follow] = field(default_factory=list)
    impressions: dict[dt.date, int] = field(default_factory=dict)
    last_list: dt.date = LAST_LIST

    def days(self) -> list[dt.date]:
        """The days of the lists."""
        return [FIRST_LIST + dt.timedelta(days=n) for n in range((self.last_list - FIRST_LIST).days + 1)]

    def listed(self, day: dt.date) -> list[Follow]:
        """The list of a day."""
        return [follow for follow in self.follows if follow.in_list(day)]

    def new(self, day: dt.date) -> int:
        """Follows that the overview counts."""
        return sum(follow.followed_on == day and not follow.is_old for follow in self.follows)

    def left(self, day: dt.date) -> int:
        """Unfollows that the overview counts."""
        return sum(follow.left_on == day for follow in self.follows)

    def account_days(self, account_id: str, seed: int) -> list[AccountDay]:
        """The account's days as the overview counts them; of the first list nobody knows when its followers came."""
        rng = stream(seed, "plants", "days", self.kind)
        days: list[AccountDay] = []
        for day in self.days():
            numbers = dict.fromkeys(_OTHER_NUMBERS, 0) | {
                "impressions": self.impressions[day],
                "likes": rng.randint(20, 60),
                "profile_visits": rng.randint(8, 90),
                "new_follows": self.new(day),
                "unfollows": self.left(day),
            }
            numbers["engagements"] = numbers["likes"] + numbers["profile_visits"] + numbers["new_follows"]
            growth = self.growth(day) if day > FIRST_LIST else None
            days.append(AccountDay(account_id, day, len(self.listed(day)), numbers, growth))
        return days

    def growth(self, day: dt.date) -> int:
        """What is right to count: people who came, once they are known to be people, less people who left.

        Of accounts that no profile tells from people nobody can know it; then it is what pay must wait for.
        """
        total = 0
        for follow in self.follows:
            if follow.profile.is_bought:
                continue
            counts_on = _counts_on(follow)
            total += counts_on == day
            total -= follow.left_on == day and counts_on is not None and counts_on <= day
        return total


def _counts_on(follow: Follow) -> dt.date | None:
    """The day on which somebody counts; None for who never does."""
    if follow.is_old:
        return FIRST_LIST
    stayed = dt.timedelta.max if follow.left_on is None else follow.left_on - follow.followed_on
    if stayed <= dt.timedelta(days=CHURN_DAYS):
        return None
    if follow.followed_on - follow.profile.created_on >= dt.timedelta(days=YOUNG_DAYS):
        return follow.followed_on
    return follow.followed_on + dt.timedelta(days=YOUNG_DAYS) if stayed > dt.timedelta(days=YOUNG_DAYS) else None


def make_plant(kind: str, seed: int, last_list: dt.date = LAST_LIST) -> Plant:
    """Invent an account's followers with something planted.

    Args:
        kind: one of `PLANTS`.
        seed: the company's seed.
        last_list: until when there are lists.

    Returns:
        The account's followers, lists and counts.
    """
    rng = stream(seed, "plants", kind)
    plant = Plant(kind, last_list=last_list)
    numbers = iter(range(700_000 + 10_000 * PLANTS.index(kind), 800_000))
    for _ in range(OLD_STOCK):
        left_on, profile = _leaves(plant, rng, FIRST_LIST, 0.1), _person(rng, FIRST_LIST)
        plant.follows.append(Follow(next(numbers), FIRST_LIST, left_on, profile, is_old=True))
    for day in plant.days():
        plant.impressions[day] = _USUAL_IMPRESSIONS + rng.randint(-600, 600)
        if day > FIRST_LIST:
            for _ in range(rng.randint(2, 6)):
                plant.follows.append(Follow(next(numbers), day, _leaves(plant, rng, day, 0.2), _person(rng, day)))
    _EVENTS[kind](plant, rng, numbers, EVENT)
    plant.follows.sort(key=lambda follow: (follow.followed_on, follow.number))
    return plant


def _leaves(plant: Plant, rng: Random, day: dt.date, share: float) -> dt.date | None:
    """Some leave, a few of them within days."""
    if rng.random() >= share:
        return None
    left = day + dt.timedelta(days=rng.randint(2, 75))
    return left if left <= plant.last_list else None


def _person(rng: Random, day: dt.date, youngest: int = 60) -> FollowerProfile:
    following = rng.randint(60, 600)
    created = day - dt.timedelta(days=rng.randint(youngest, 4000))
    website = "https://example.org/me" if rng.random() < 0.4 else ""
    counts = (rng.randint(following // 4 + 20, 3000), following, rng.randint(3 * following, 9000), rng.randint(0, 9))
    return FollowerProfile(*counts, website, created, is_bought=False)


def _quiet(_: Plant, __: Random, ___: Iterator[int], ____: dt.date) -> None:
    """Nothing happens."""


def _batch(plant: Plant, rng: Random, numbers: Iterator[int], event: dt.date) -> None:
    """180 accounts from one shelf: made on one day, dressed like people."""
    made = event - dt.timedelta(days=410)
    for place in range(180):
        profile = replace(_person(rng, event), created_on=made, is_bought=True)
        plant.follows.append(Follow(next(numbers), event + dt.timedelta(days=place % 3), None, profile))


def _aged(plant: Plant, rng: Random, numbers: Iterator[int], event: dt.date) -> None:
    """180 accounts of any age, each suspicious and none beyond doubt."""
    for place in range(180):
        followers = rng.randint(45, 55)
        following = followers * rng.randint(12, 18)
        counts = (followers, following, following * rng.randint(55, 90) // 100, 0, "")
        created = event - dt.timedelta(days=rng.randint(300, 2500))
        profile = FollowerProfile(*counts, created, is_bought=True)
        plant.follows.append(Follow(next(numbers), event + dt.timedelta(days=place % 4), None, profile))


def _like_people(plant: Plant, rng: Random, numbers: Iterator[int], event: dt.date) -> None:
    """180 accounts that no profile tells from people, and no impressions that would bring them."""
    for place in range(180):
        day = event + dt.timedelta(days=place % 3)
        profile = replace(_person(rng, day), is_bought=True)
        plant.follows.append(Follow(next(numbers), day, None, profile))


def _viral(plant: Plant, rng: Random, numbers: Iterator[int], event: dt.date) -> None:
    """A post that everybody sees: people come with the impressions and go on coming, fewer each day."""
    for place, crowd in enumerate((160, 120, 70, 40, 20)):
        day = event + dt.timedelta(days=place)
        plant.impressions[day] *= crowd // 4
        for _ in range(crowd):
            plant.follows.append(Follow(next(numbers), day, _leaves(plant, rng, day, 0.2), _person(rng, day)))


def _onboarding(plant: Plant, rng: Random, numbers: Iterator[int], event: dt.date) -> None:
    """The platform suggests the account to whoever signs up: hundreds follow with accounts of the day."""
    for place in range(240):
        day = event + dt.timedelta(days=place % 4)
        followed = rng.randint(20, 90)
        created = day - dt.timedelta(days=rng.randint(0, 2))
        profile = FollowerProfile(rng.randint(0, 9), followed, rng.randint(0, 5), 0, "", created, is_bought=False)
        plant.follows.append(Follow(next(numbers), day, _leaves(plant, rng, day, 0.1), profile))


def _purge(plant: Plant, rng: Random, numbers: Iterator[int], event: dt.date) -> None:
    """The platform removes accounts that nobody had counted: bought long before the first list."""
    gone = event + dt.timedelta(days=4)
    for _ in range(PURGED):
        counts = (rng.randint(0, 9), rng.randint(900, 2600), rng.randint(0, 20), 0, "")
        created = FIRST_LIST - dt.timedelta(days=rng.randint(300, 900))
        profile = FollowerProfile(*counts, created, is_bought=True)
        plant.follows.append(Follow(next(numbers), FIRST_LIST, gone, profile, is_old=True))


def _everything(plant: Plant, rng: Random, numbers: Iterator[int], event: dt.date) -> None:
    """One after the other, as the demo company has them."""
    _viral(plant, rng, numbers, event - dt.timedelta(days=11))
    _onboarding(plant, rng, numbers, event - dt.timedelta(days=3))
    _batch(plant, rng, numbers, event + dt.timedelta(days=4))
    _purge(plant, rng, numbers, event + dt.timedelta(days=7))
    _aged(plant, rng, numbers, event + dt.timedelta(days=16))


_EVENTS = {
    "quiet": _quiet,
    "batch": _batch,
    "aged": _aged,
    "like_people": _like_people,
    "viral": _viral,
    "onboarding": _onboarding,
    "purge": _purge,
    "everything": _everything,
}
