"""The kinds of followers that the simulated streams are made of: points, age at the follow, how many leave.

Belongs here: stated distributions, and where each number comes from. No profile of anybody is read or kept. Does not
belong here: how many follow when; that is in `streams`.

The points are those of the card f10 (docs/follower-quality.md; 0 to 33, spam from 22). For people, silent people and
the batch of 2012 the shares are per mille of the public labelled sets E13 with genuine17, of those of their accounts
with fewer than 50 posts, and of INT. Of FSF/TWT of 2013 and of the aged accounts sold in 2018 only the recall of the
older card F9g is published: its points, doubled as f10 has them, and the light lines of f10 at random.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Array = np.ndarray
#: Share of a kind at 0, 1, 2, ... points; need not sum to one.
REGULAR = (141, 245, 246, 141, 78, 37, 28, 22, 14, 11, 4, 4, 12, 1, 4, 4, 2, 2, 1, 1, 0, 1, 0, 0, 0, 1, 1)
LURKER = (0, 0, 10, 30, 51, 51, 51, 121, 81, 141, 30, 61, 212, 10, 51, 61, 20, 0, 0, 0, 0, 0, 0, 0, 0, 10, 10)
BATCH_2012 = (
    0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 108, 1, 0, 2, 1, 0, 1, 1, 0, 1, 1, 1, 129, 171, 33, 322, 149, 76,
)  # fmt: skip
#: The same of the older card, from its recall at 5, 7, 8, 9 and 10 points; and how many of five light lines are met.
BATCH_2013_F9 = (10, 3, 3, 5, 4, 10, 5, 22, 24, 21, 300, 300, 293)
AGED_2018_F9 = (79, 29, 30, 43, 20, 44, 44, 33, 75, 193, 220, 110, 80)
LIGHT_BATCH, LIGHT_AGED = 0.8, 0.6
#: Share of silent people in an ordinary public.
LURKERS = 0.25
#: Oldest account there can be, in days.
OLDEST = 5000


@dataclass(frozen=True)
class Crowd:
    """Followers of one kind.

    Attributes:
        points: points of each.
        age: days from the making of the account to the follow.
        genuine: whether they are people who came by themselves.
        leaves: share of them who leave within thirty days.
    """

    points: Array
    age: Array
    genuine: bool
    leaves: float


def draw_points(rng: np.random.Generator, shares: tuple[int, ...], n: int, tilt: float = 0.0) -> Array:
    """Draw points by their shares; a tilt above 0 makes high points likelier, below 0 rarer (e^tilt per twenty)."""
    weights = np.array(shares, dtype=float) * np.exp(tilt * np.arange(len(shares)) / 20)
    return rng.choice(len(shares), size=n, p=weights / weights.sum()).astype(np.int16)


def doubled(rng: np.random.Generator, shares: tuple[int, ...], light: float, n: int, tilt: float = 0.0) -> Array:
    """Draw points of f10 by the shares of the older card: twice its points, and one for each light line that is met."""
    return (2 * draw_points(rng, shares, n, 2 * tilt) + rng.binomial(5, light, n)).astype(np.int16)


def draw_ages(rng: np.random.Generator, n: int, median: float = 900.0, spread: float = 1.1) -> Array:
    """Lognormal ages in whole days. Those beyond the platform's own age are drawn anew: cutting them off would make a
    batch of accounts of one day, which no platform has."""
    ages = rng.lognormal(np.log(median), spread, n)
    while (late := ages > OLDEST).any():
        ages[late] = rng.lognormal(np.log(median), spread, int(late.sum()))
    return ages.astype(np.int32)


def public(rng: np.random.Generator, n: int, newborn: float = 0.03, lurkers: float = LURKERS) -> Crowd:
    """People: regular ones, silent ones, and a share who have just signed up."""
    quiet = rng.random(n) < lurkers
    points = np.where(quiet, draw_points(rng, LURKER, n), draw_points(rng, REGULAR, n)).astype(np.int16)
    ages = draw_ages(rng, n)
    fresh = rng.random(n) < newborn
    # most follow on the day they sign up; the rest within days
    ages[fresh] = rng.geometric(0.7, int(fresh.sum())) - 1
    return Crowd(points, ages, True, float(rng.uniform(0.01, 0.05)))


def ordinary_spam(rng: np.random.Generator, n: int) -> Crowd:
    """What follows everybody: half of it batch accounts of many sellers, half aged ones."""
    aged = rng.random(n) < 0.5
    points = np.where(
        aged, doubled(rng, AGED_2018_F9, LIGHT_AGED, n), doubled(rng, BATCH_2013_F9, LIGHT_BATCH, n)
    ).astype(np.int16)
    return Crowd(points, draw_ages(rng, n, 500.0), False, float(rng.uniform(0.1, 0.3)))


def batch(rng: np.random.Generator, n: int) -> Crowd:
    """A purchase from a shelf: 55 to 95 of 100 were made on a few days of one season (INT: 94, FSF/TWT: 58)."""
    tilt = float(rng.normal(0, 0.5))
    if rng.random() < 0.5:
        points = draw_points(rng, BATCH_2012, n, tilt)
    else:
        points = doubled(rng, BATCH_2013_F9, LIGHT_BATCH, n, tilt)
    first = int(rng.integers(90, 900))
    days = first + rng.choice(120, size=int(rng.integers(3, 41)), replace=False)
    ages = rng.choice(days, size=n, p=rng.dirichlet(np.full(len(days), 0.7)))
    loose = rng.random(n) > rng.uniform(0.55, 0.95)
    ages[loose] = draw_ages(rng, int(loose.sum()), 500.0)
    return Crowd(points, ages.astype(np.int32), False, float(rng.uniform(0.05, 0.5)))


def aged(rng: np.random.Generator, n: int) -> Crowd:
    """A purchase of accounts made one by one over years; sellers differ in how well they dress them."""
    points = doubled(rng, AGED_2018_F9, LIGHT_AGED, n, float(rng.normal(0, 0.5)))
    return Crowd(points, draw_ages(rng, n, 700.0), False, float(rng.uniform(0.05, 0.5)))


def high_quality(rng: np.random.Generator, n: int) -> Crowd:
    """A purchase of what looks like regular people: no profile tells it."""
    return Crowd(draw_points(rng, REGULAR, n), draw_ages(rng, n), False, float(rng.uniform(0.05, 0.5)))
