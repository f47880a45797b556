"""Simulated follower streams: accounts, what happens to each, and who of its followers is genuine.

Belongs here: a seeded generator of follows, impressions and the truth about them. Does not belong here: the rule and
how well it does (`rule`, `judge`).

An account has 150 days. Its public comes at 5 to 150 a day with day-to-day noise that lasts (log-AR(1), standard
deviation 0.2 to 0.8), 3 to 12 of 100 of them ordinary spam, more on some days than on others. One event begins between
day 75 and day 95. Seeds for tuning are even, seeds for judging odd: `judge` refuses to mix them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from . import profiles
from .profiles import Array, Crowd

DAYS = 150
FIRST_DAY = date(2025, 1, 1)
#: The days of an event that are looked at for the number of followers to pay.
PAID_DAYS = 30
KINDS = ("quiet", "viral", "onboarding", "giveaway", "purge", "batch", "aged", "hq", "drip")
#: Accounts of each kind in one full set of streams.
FULL = {
    "quiet": 60, "viral": 120, "onboarding": 120, "giveaway": 40, "purge": 60, "batch": 120, "aged": 160, "hq": 40,
    "drip": 40,
}  # fmt: skip


@dataclass(frozen=True)
class Event:
    """What happens to an account.

    Attributes:
        account: account id.
        kind: one of KINDS.
        first: first day, counted from 0.
        last: last day.
        size: accounts bought; 0 where none are.
        base: genuine follows on an ordinary day.
    """

    account: str
    kind: str
    first: int
    last: int
    size: int
    base: float


@dataclass(frozen=True)
class Streams:
    """The relations that the rule reads, and the truth.

    Attributes:
        follows: account_id, follower_id, followed_on, account_created_at, points, left_on, genuine, bought.
        impressions: account_id, day, impressions.
        events: one a account.
    """

    follows: pa.Table
    impressions: pa.Table
    events: tuple[Event, ...]


class _Account:
    """Collects the follows of one account while they are drawn."""

    def __init__(self) -> None:
        self.columns: dict[str, list[Array]] = {
            name: [] for name in ("day", "points", "age", "left", "genuine", "bought")
        }

    def add(self, rng: np.random.Generator, days: Array, crowd: Crowd, *, bought: int = 0, leaves: float = 0.0) -> None:
        """Add a crowd that follows on the given days; `leaves` above 0 replaces the crowd's own share."""
        n = len(days)
        # who leaves does so on any of the thirty days, and some go later at a third of the pace
        share = leaves or crowd.leaves
        draw = rng.random(n)
        stay = np.where(
            draw < share, rng.integers(1, PAID_DAYS, n), np.where(draw < share * 1.33, rng.integers(31, 120, n), 9999)
        )
        self.columns["day"].append(days)
        self.columns["points"].append(crowd.points)
        self.columns["age"].append(crowd.age)
        self.columns["left"].append(days + stay)
        self.columns["genuine"].append(np.full(n, crowd.genuine))
        self.columns["bought"].append(np.full(n, bought, dtype=np.int8))


def _spread(rng: np.random.Generator, per_day: Array, first: int = 0) -> Array:
    """Days of arrival, as many on each as a Poisson number of its mean."""
    counts = rng.poisson(per_day)
    return np.repeat(np.arange(first, first + len(counts)), counts)


def _shape(kind: str, rng: np.random.Generator) -> tuple[Array, Array]:
    """Follows beyond the usual on each day of a natural event, in usual days; impressions as multiples of the usual."""
    if kind == "viral":
        length = 21
        decay = np.exp(-np.arange(length) / rng.uniform(1.5, 6.0))
        peak = np.exp(rng.uniform(np.log(4), np.log(60)))
        seen = 1 + peak * rng.uniform(0.8, 3.0) * decay
        # some follow a day after they saw it
        lag = rng.uniform(0, 0.5)
        return peak * ((1 - lag) * decay + lag * np.concatenate([[0], decay[:-1]])), seen
    length = int(rng.integers(2, 11) if kind == "onboarding" else rng.integers(3, 8))
    level = rng.uniform(3, 15) if kind == "onboarding" else rng.uniform(3, 12)
    seen = rng.uniform(1.0, 1.4) if kind == "onboarding" else rng.uniform(1.5, 4.0)
    return level * rng.uniform(0.6, 1.0, length), np.full(length, seen)


def _natural(rng: np.random.Generator, account: _Account, kind: str, first: int, base: float, spam: float) -> Array:
    """Add a natural event; returns its impressions as multiples of the usual."""
    extra, seen = _shape(kind, rng)
    extra = extra[: DAYS - first]
    # a crowd is never quite like the usual public: its spam and its silent people differ by a third or so
    spam_share = rng.uniform(0.15, 0.35) if kind == "giveaway" else spam * rng.lognormal(0, 0.35)
    days = _spread(rng, base * extra * (1 - spam_share), first)
    if kind == "onboarding":
        crowd = profiles.public(rng, len(days), newborn=float(rng.uniform(0.5, 0.75)))
        # one in ten of those who signed up finds the account days later, so their creation day looks like a batch
        late = (crowd.age == 0) & (rng.random(len(days)) < 0.1)
        wait = np.minimum(rng.geometric(0.2, int(late.sum())), DAYS - 1 - days[late])
        days[late] += wait
        crowd.age[late] += wait.astype(np.int32)
    else:
        lurkers = min(0.6, profiles.LURKERS * float(rng.uniform(0.8, 1.4)))
        crowd = profiles.public(rng, len(days), newborn=float(rng.uniform(0.03, 0.08)), lurkers=lurkers)
    account.add(rng, days, crowd, leaves=0.45 if kind == "giveaway" else 0.0)
    spam_days = _spread(rng, base * extra * spam_share, first)
    account.add(rng, spam_days, profiles.ordinary_spam(rng, len(spam_days)))
    return seen


def _purchase(rng: np.random.Generator, account: _Account, kind: str, first: int) -> tuple[int, int]:
    """Add a purchase; returns its size and its last day."""
    if kind == "drip":
        size, length = int(np.exp(rng.uniform(np.log(300), np.log(5000)))), 50
    else:
        size, length = int(np.exp(rng.uniform(np.log(50), np.log(5000)))), int(rng.integers(1, 15))
    days = np.sort(rng.choice(length, size=size, p=rng.dirichlet(np.full(length, 4.0)))) + first
    crowd = {"batch": profiles.batch, "hq": profiles.high_quality}.get(kind, profiles.aged)(rng, size)
    account.add(rng, days, crowd, bought=1)
    return size, first + length - 1


def _purge(rng: np.random.Generator, columns: dict[str, Array], first: int) -> None:
    """The platform removes a large part of the spam in two days, and a few people by mistake."""
    here = (columns["day"] < first) & (columns["left"] > first)
    share = np.where(columns["genuine"], rng.uniform(0.002, 0.01), rng.uniform(0.3, 0.8))
    gone = here & (rng.random(len(here)) < share)
    columns["left"][gone] = first + rng.integers(0, 2, int(gone.sum()))


def _one(rng: np.random.Generator, kind: str, name: str) -> tuple[Event, dict[str, Array], Array]:
    """One account: its event, its follows and its impressions."""
    base = float(np.exp(rng.uniform(np.log(5), np.log(150))))
    deviation, spam = float(rng.uniform(0.2, 0.8)), float(rng.uniform(0.03, 0.12))
    noise = np.zeros(DAYS)
    for day in range(1, DAYS):
        noise[day] = 0.7 * noise[day - 1] + rng.normal(0, deviation * np.sqrt(1 - 0.49))
    usual = np.exp(noise - deviation**2 / 2)
    account = _Account()
    people = _spread(rng, base * usual * (1 - spam))
    account.add(rng, people, profiles.public(rng, len(people)))
    spam_days = _spread(rng, base * usual * spam * rng.lognormal(0, 0.25, DAYS))
    account.add(rng, spam_days, profiles.ordinary_spam(rng, len(spam_days)))
    reach = base * np.exp(rng.uniform(np.log(100), np.log(1000)))
    impressions = reach * usual**0.8 * rng.lognormal(0, 0.3, DAYS)

    first = int(rng.integers(75, 96))
    size, last = 0, first + PAID_DAYS - 1
    if kind in ("viral", "onboarding", "giveaway"):
        seen = _natural(rng, account, kind, first, base, spam)[: DAYS - first]
        impressions[first : first + len(seen)] *= seen
        last = first + len(seen) - 1
    elif kind in ("batch", "aged", "hq", "drip"):
        size, last = _purchase(rng, account, kind, first)
    columns = {key: np.concatenate(parts) for key, parts in account.columns.items()}
    if kind == "purge":
        last = first + 1
        _purge(rng, columns, first)
    return Event(name, kind, first, last, size, base), columns, impressions.astype(np.int64)


def make_streams(seed: int, counts: dict[str, int]) -> Streams:
    """Make streams for as many accounts of each kind as asked; the same seed makes the same ones."""
    parts: list[pa.Table] = []
    seen: list[pa.Table] = []
    events: list[Event] = []
    origin = np.datetime64(FIRST_DAY)
    for kind_no, kind in enumerate(KINDS):
        for number in range(counts.get(kind, 0)):
            # a stream of random numbers of its own: another number of accounts does not change the ones before
            rng = np.random.default_rng([seed, kind_no, number])
            event, columns, impressions = _one(rng, kind, f"{kind}_{number}")
            events.append(event)
            followed = origin + columns["day"]
            left = np.where(columns["left"] < DAYS, columns["left"], -1)
            parts.append(
                pa.table(
                    {
                        "account_id": pa.repeat(event.account, len(followed)),
                        "follower_id": pa.array(np.arange(len(followed)), pa.int32()),
                        "followed_on": pa.array(followed),
                        "account_created_at": pa.array(followed - columns["age"]),
                        "points": pa.array(columns["points"]),
                        "left_on": pa.array(origin + left, mask=left < 0),
                        "genuine": pa.array(columns["genuine"]),
                        "bought": pa.array(columns["bought"]),
                    }
                )
            )
            seen.append(
                pa.table(
                    {
                        "account_id": pa.repeat(event.account, DAYS),
                        "day": pa.array(origin + np.arange(DAYS)),
                        "impressions": pa.array(impressions),
                    }
                )
            )
    return Streams(pa.concat_tables(parts), pa.concat_tables(seen), tuple(events))


def day_of(number: int) -> date:
    """The date of a day counted from 0."""
    return FIRST_DAY + timedelta(days=number)
