"""Fits the scoring card of followers, and writes its lines and the report on it.

    SCORECARDS_SHARED_DATA=../shared/data python tests/real/fit_follower_card.py

Writes dbt_project/seeds/follower_points.csv (the lines of the newest version) and docs/follower-quality.md. Run it
after a change of dbt_project/macros/follower_points.sql or of the procedure here; tests/real/test_follower_card.py fits
anew and compares. Belongs here: the labelled accounts, the procedure, what judges it. None of the accounts is kept.

The accounts (Cresci et al. 2015 and 2017) are few kinds of people and of fakes, and a card that fits them well may only
know how they were collected. So the procedure takes little from them:

* The heavy lines are not fitted: they are the published card F9g, whose points rested on six sets more than are here.
  They count double, so that a line of one point is half of its smallest.
* Of the candidates, light lines of one point, the fit takes those that help on average over the pairs of people and
  fakes that it is shown and cost none of them much, one after the other, the one that helps most first.
* The total that is spam is the lowest at which no group of people here exceeds a fifth of what is promised: of people
  who are hard to tell, the published card called about seven times as many spam as of people like these.

* The line of batches, accounts of a list that were made on one day, is not fitted either: its threshold leaves lists of
  people alone, whatever their size, and with its points nobody whose total is capped reaches the total that is spam.

What judges it: five folds, in each of which all of this is done anew; and the harder question, one kind of people and
one kind of fakes against another. A batch is a matter of the list and not of a profile, so wherever it counts the
accounts that judge are a list of their own, people and fakes mixed, without those that the card was fitted on.
"""

from __future__ import annotations

import csv
import datetime as dt
import math
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path

import duckdb

from pipelines.followers.card import SEED, Line, batches_sql, create_card, scoring_sql, sentences, shipped_card

PROJECT = Path(__file__).resolve().parents[2]
PAGE = PROJECT / "docs" / "follower-quality.md"
ACCOUNTS = Path("followers") / "dev_accounts.csv"

VERSION, VALID_FROM = "f11", "2026-12-01"
PEOPLE = ("E13", "genuine17")
BOUGHT, SPAMBOTS = "INT", "social_spambot_1"
FAKES = (BOUGHT, SPAMBOTS)
FOLDS = 5
# What is promised of people called spam, and the part of it that the worst group of people here may reach.
PROMISE, PART_HERE = Fraction(1, 100), Fraction(1, 5)

# The published card F9g, doubled: code, threshold, points (the strictest step of a measure counts alone).
HEAVY = (
    ("following_ratio_1", "10", 8),
    ("following_ratio_2", "20", 10),
    ("following_1", "500", 2),
    ("following_2", "2000", 4),
    ("following_pace", "10", 2),
    ("posts_ratio_1", "2", 2),
    ("posts_ratio_2", "1", 4),
    ("posts_ratio_3", "0.5", 6),
    ("posts_ratio_4", "0.2", 12),
)
CAP = ("few_following", "150", 12)
AGES = (("pending", "30"), ("inactive", "90"))
# How many times as many accounts made on a day as its neighbours let expect, and from which age on accounts count.
BATCH, NEWBORN = ("batch", "10", 9), ("newborn", "4")
# Light lines that the macro knows, and signs that it does not: those are looked at to show why.
KNOWN = (
    ("followers_square", "0.3"),
    ("followers_few", "20"),
    ("posts_pace", "0.2"),
    ("no_url", ""),
    ("never_listed", ""),
)
OTHERS = (
    ("no_bio", "not has_bio"),
    ("no_location", "not has_location"),
    ("default_image", "default_profile_image"),
    ("digits_at_the_end", "username_tail_digits >= 3"),
    ("follows_five_times", "following_count >= 5 * greatest(followers_count, 1)"),
)
CANDIDATES = tuple(code for code, _ in (*KNOWN, *OTHERS))
# Fakes among a list of people, in percent.
PARTS = (1, 5, 20)
# A line must help on average, and may cost no pair of people and fakes more than the other figure.
LEAST_GAIN, MOST_LOSS = Fraction(2, 10_000), Fraction(5, 10_000)


@dataclass(frozen=True)
class Account:
    """A labelled account, as the card sees it.

    Attributes:
        source: the set that it comes from.
        fold: the fold in which it judges.
        heavy: points of the heavy lines, before the cap.
        light: the candidates that hold of it.
        is_capped: whether it follows too few accounts for more than the cap.
        posts: how many posts it has; people with few are the hard ones.
        created_on: the day on which it was made.
        age: in days.
        batch: points for being one of a batch; 0 while it is in no list.
    """

    source: str
    fold: int
    heavy: int
    light: frozenset[str]
    is_capped: bool
    posts: int
    created_on: dt.date
    age: int
    batch: int = 0

    @property
    def is_fake(self) -> bool:
        return self.source in FAKES

    def points(self, chosen: Iterable[str]) -> int:
        """The total under a card with these light lines."""
        total = self.heavy + len(self.light.intersection(chosen))
        return (min(total, CAP[2]) if self.is_capped else total) + self.batch


@dataclass(frozen=True)
class Card:
    """What a fit leaves open: the light lines, in the order in which they were taken, and the total that is spam."""

    light: tuple[str, ...]
    spam: int


def read_accounts(data: Path) -> list[Account]:
    """The labelled accounts, their lines told by the pipeline's own SQL, one card of a single line for each."""
    flags = ", ".join(f"coalesce({test}, false) as {code}" for code, test in OTHERS)
    with duckdb.connect() as connection:
        connection.execute(
            f"create table profiles as select row_number() over () as n, source, followers_count, following_count, "
            f"tweet_count as post_count, listed_count, has_url, cast(floor(age_days) as bigint) as age_days, "
            f"created_day as created_on, cast(null as bigint) as made_n, cast(null as bigint) as made_expected, "
            f"cast(null as bigint) as idle_days, date '{VALID_FROM}' as observed_on, {flags} from read_csv(?)",
            [str(data / ACCOUNTS)],
        )
        heavy = _points(connection, [_line(*line) for line in HEAVY])
        light = {code: _points(connection, [_line(code, threshold, 1)]) for code, threshold in KNOWN}
        listed = ", ".join(code for code, _ in OTHERS)
        rows = connection.execute(
            f"select n, source, following_count < {CAP[1]}, post_count, created_on, age_days, {listed} "
            "from profiles order by n"
        ).fetchall()
    seen: Counter[str] = Counter()
    accounts = []
    for n, source, is_capped, posts, created_on, age, *held in rows:
        seen[source] += 1
        holds = {code for code, points in light.items() if points[n]}
        holds |= {code for (code, _), held_one in zip(OTHERS, held, strict=True) if held_one}
        fold = seen[source] % FOLDS
        accounts.append(Account(source, fold, heavy[n], frozenset(holds), is_capped, posts, created_on, age))
    return accounts


def as_list(accounts: Sequence[Account]) -> list[Account]:
    """The same accounts as one list, by the pipeline's own SQL: whoever is of a batch of this list has its points."""
    with duckdb.connect() as connection:
        create_card(connection, [_line(*BATCH), _line(*NEWBORN, ""), _line("few_following", "0", 0)])
        connection.execute(
            "create table listed (n bigint, created_on date, age_days bigint, observed_on date, "
            "followers_count bigint, following_count bigint, post_count bigint, listed_count bigint, has_url boolean, "
            "idle_days bigint)"
        )
        connection.executemany(
            f"insert into listed values (?, ?, ?, date '{VALID_FROM}', 0, 0, 0, null, null, null)",
            [(n, one.created_on, one.age) for n, one in enumerate(accounts)],
        )
        connection.execute(f"create table batches as {batches_sql('listed', 'n')}")
        connection.execute(
            "create view profiles as select listed.*, made_n, made_expected from listed left join batches "
            "on listed.created_on = batches.created_on"
        )
        rows = connection.execute(
            f"select n, points from ({scoring_sql('profiles', ['n'], 'en')}) order by n"
        ).fetchall()
    return [replace(one, batch=points) for one, (_, points) in zip(accounts, rows, strict=True)]


def _line(code: str, threshold: str, points: int | str) -> Line:
    return Line(VERSION, VALID_FROM, code, threshold, str(points))


def _points(connection: duckdb.DuckDBPyConnection, lines: Sequence[Line]) -> dict[int, int]:
    """Points by account under a card of these lines alone."""
    create_card(connection, [*lines, _line("few_following", "0", 0)])
    return dict(connection.execute(f"select n, points from ({scoring_sql('profiles', ['n'], 'en')})").fetchall())


def auc(people: Sequence[int], fakes: Sequence[int]) -> Fraction:
    """The chance that a fake has more points than a person, ties counted half: the area under the ROC curve."""
    of_people, of_fakes = Counter(people), Counter(fakes)
    below, twice = 0, 0
    for points in sorted(of_people.keys() | of_fakes.keys()):
        twice += of_fakes[points] * (2 * below + of_people[points])
        below += of_people[points]
    return Fraction(twice, 2 * len(people) * len(fakes))


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson."""
    z = 1.959964
    share, spread = hits / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / of + spread / of / 4) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def by_source(accounts: Iterable[Account], light: Iterable[str]) -> dict[str, list[int]]:
    """Points by set."""
    chosen = tuple(light)
    found: dict[str, list[int]] = {}
    for account in accounts:
        found.setdefault(account.source, []).append(account.points(chosen))
    return found


def pairs(points: Mapping[str, Sequence[int]]) -> dict[tuple[str, str], Fraction]:
    """The area of each kind of fakes against each kind of people."""
    found = product(PEOPLE, FAKES)
    return {(a, b): auc(points[a], points[b]) for a, b in found if a in points and b in points}


def fit(accounts: Sequence[Account]) -> Card:
    """Choose the light lines and the total that is spam on these accounts alone."""
    light: tuple[str, ...] = ()
    held = pairs(by_source(accounts, light))
    while True:
        tried: list[tuple[Fraction, str, dict[tuple[str, str], Fraction]]] = []
        for code in CANDIDATES:
            if code in light:
                continue
            with_it = pairs(by_source(accounts, (*light, code)))
            gains = [with_it[pair] - held[pair] for pair in held]
            if min(gains) >= -MOST_LOSS and sum(gains) >= LEAST_GAIN * len(gains):
                tried.append((sum(gains, Fraction(0)), code, with_it))
        if not tried:
            break
        _, code, held = max(tried, key=lambda one: (one[0], one[1]))
        light += (code,)
    return Card(light, spam_total(accounts, light))


def spam_total(accounts: Iterable[Account], light: Sequence[str]) -> int:
    """The lowest total above the cap at which every group of people keeps to its part of the promise."""
    people = [points for source, points in by_source(accounts, light).items() if source in PEOPLE]
    total = CAP[2] + 1
    while any(Fraction(sum(p >= total for p in points), len(points)) > PROMISE * PART_HERE for points in people):
        total += 1
    return total


def card_lines(card: Card) -> list[Line]:
    """The lines of the seed."""
    thresholds = dict(KNOWN)
    unknown = [code for code in card.light if code not in thresholds]
    if unknown:
        raise SystemExit(f"the fit takes {', '.join(unknown)}: write the line into the macro first")
    light = [_line(code, thresholds[code], 1) for code, _ in KNOWN if code in card.light]
    ages = [_line(code, threshold, "") for code, threshold in AGES]
    batch = [_line(*BATCH), _line(*NEWBORN, "")]
    return [*(_line(*line) for line in HEAVY), *light, _line(*CAP), *batch, _line("spam", "", card.spam), *ages]


@dataclass(frozen=True)
class Share:
    """A share of accounts with its interval."""

    hits: int
    of: int

    def __str__(self) -> str:
        low, high = wilson(self.hits, self.of)
        return f"{100 * self.hits / self.of:.2f} % [{100 * low:.2f}, {100 * high:.2f}]"


@dataclass(frozen=True)
class Judged:
    """Accounts that a card judged which was fitted without them."""

    account: Account
    points: int
    spam: int

    @property
    def is_spam(self) -> bool:
        return self.points >= self.spam


def judge(card: Card, accounts: Iterable[Account]) -> list[Judged]:
    """Judge accounts by a card."""
    return [Judged(one, one.points(card.light), card.spam) for one in accounts]


def share(judged: Iterable[Judged], sources: Sequence[str]) -> Share:
    """How many of these sets are called spam."""
    found = [one.is_spam for one in judged if one.account.source in sources]
    return Share(sum(found), len(found))


def area(judged: Iterable[Judged], fakes: Sequence[str], people: Sequence[str] = PEOPLE) -> Fraction:
    """The area of these fakes against these people."""
    listed = list(judged)
    return auc(
        [one.points for one in listed if one.account.source in people],
        [one.points for one in listed if one.account.source in fakes],
    )


@dataclass(frozen=True)
class Fold:
    """Accounts judged by a card that was fitted on the others.

    Attributes:
        alone: each by its profile.
        listed: the same as one list, batches among them.
    """

    alone: list[Judged]
    listed: list[Judged]


def cross_validated(accounts: Sequence[Account]) -> list[Fold]:
    """The folds, each judged by a card that was fitted on the others."""
    folds = []
    for fold in range(FOLDS):
        card = fit([one for one in accounts if one.fold != fold])
        others = [one for one in accounts if one.fold == fold]
        folds.append(Fold(judge(card, others), judge(card, as_list(others))))
    return folds


def mean_area(folds: Sequence[Sequence[Judged]], fakes: Sequence[str]) -> Fraction:
    """The mean area of the folds, whose cards may differ."""
    return sum((area(fold, fakes) for fold in folds), Fraction(0)) / len(folds)


@dataclass(frozen=True)
class Transfer:
    """A card fitted on one kind of people and one of fakes, and judged on the others."""

    people: str
    fakes: str
    card: Card
    judged: list[Judged]
    listed: list[Judged]
    published: list[Judged]


def transfers(accounts: Sequence[Account]) -> list[Transfer]:
    """All four ways; beside each the published card with the total that the same rule gives it."""
    found = []
    for people, fakes in product(PEOPLE, FAKES):
        shown = [one for one in accounts if one.source in (people, fakes)]
        others = [one for one in accounts if one.source not in (people, fakes)]
        card = fit(shown)
        heavy = Card((), spam_total(shown, ()))
        found.append(
            Transfer(people, fakes, card, judge(card, others), judge(card, as_list(others)), judge(heavy, others))
        )
    return found


@dataclass(frozen=True)
class MixedList:
    """A list of people and fakes, judged by the shipped card.

    Attributes:
        name: what is in it.
        judged: its accounts.
    """

    name: str
    judged: list[Judged]

    def days(self) -> int:
        """On how many days its batches were made."""
        return len({one.account.created_on for one in self.judged if one.account.batch})

    def members(self, sources: Sequence[str]) -> Share | str:
        """How many of these sets are of a batch."""
        held = [one.account.batch > 0 for one in self.judged if one.account.source in sources]
        return Share(sum(held), len(held)) if held else "-"

    def spam(self, sources: Sequence[str]) -> Share | str:
        """How many of these sets are called spam."""
        found = share(self.judged, sources)
        return found if found.of else "-"


def mixed_lists(card: Card, accounts: Sequence[Account]) -> list[MixedList]:
    """Lists as one meets them: people alone, with few fakes among them, with many."""
    by_set = {source: [one for one in accounts if one.source == source] for source in (*PEOPLE, *FAKES)}
    lists = [(name, by_set[name]) for name in PEOPLE]
    lists.append((" and ".join(PEOPLE), [one for name in PEOPLE for one in by_set[name]]))
    for people, fakes, part in product(PEOPLE, FAKES, PARTS):
        crowd = by_set[people]
        wanted = len(crowd) * part // (100 - part)
        bought = by_set[fakes]
        # spread evenly over the set, which stands in no order
        taken = [bought[n * len(bought) // wanted] for n in range(wanted)]
        lists.append((f"{people}, {part} % {fakes}", [*crowd, *taken]))
    lists.append(("all four sets", list(accounts)))
    return [MixedList(name, judge(card, as_list(listed))) for name, listed in lists]


def _rounded(value: Fraction, places: str = "0.0001") -> str:
    return str((Decimal(value.numerator) / value.denominator).quantize(Decimal(places), ROUND_HALF_EVEN))


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    return [
        f"| {' | '.join(header)} |",
        f"|{'---|' * len(header)}",
        *(f"| {' | '.join(str(cell) for cell in row)} |" for row in rows),
        "",
    ]


def report(accounts: Sequence[Account]) -> str:
    """docs/follower-quality.md: the card, and how it judges accounts that it was not fitted on."""
    card = fit(accounts)
    folds = cross_validated(accounts)
    alone = [one for fold in folds for one in fold.alone]
    listed = [one for fold in folds for one in fold.listed]
    shown = judge(card, accounts)
    heavy = judge(Card((), spam_total(accounts, ())), accounts)
    few = [
        Share(sum(one.is_spam for one in seen), len(seen))
        for seen in (
            [one for one in way if not one.account.is_fake and one.account.posts < 50] for way in (alone, listed)
        )
    ]
    ways = transfers(accounts)
    lines = [
        *_INTRODUCTION,
        "## The card",
        "",
        f"Version `{VERSION}`. Spam from **{card.spam}** points of {_highest(card)}.",
        "",
        *_table(
            ("code", "threshold", "points", "sentence"),
            (
                (f"`{line.code}`", line.threshold, line.points, sentences()[line.code]["en"])
                for line in card_lines(card)
                if line.code in sentences()
            ),
        ),
        *_LINES,
        "## Judged on accounts that it was not fitted on",
        "",
        "### Five folds",
        "",
        *_table(
            ("what", "by profile alone", "each fold as a list, with its batches"),
            (
                ("AUC, bought followers against people", *_areas(folds, (BOUGHT,))),
                ("AUC, spambots against people", *_areas(folds, (SPAMBOTS,))),
                ("AUC, bought followers and spambots against people", *_areas(folds, FAKES)),
                ("people called spam", share(alone, PEOPLE), share(listed, PEOPLE)),
                *((f"people called spam: {name}", share(alone, (name,)), share(listed, (name,))) for name in PEOPLE),
                ("people with fewer than 50 posts called spam", *few),
                *((f"fakes called spam: {name}", share(alone, (name,)), share(listed, (name,))) for name in FAKES),
            ),
        ),
        "### One kind against another",
        "",
        "Fitted on one kind of people and one of fakes, judged on the other two. `F9g` is the published card",
        "with its total chosen by the same rule.",
        "",
        *_table(
            (
                *("fitted on", "judged on", "light lines taken", "AUC", "AUC F9g", "AUC as a list"),
                *("people called spam", "same, F9g", "same, as a list"),
            ),
            (
                (
                    f"{way.people}, {way.fakes}",
                    ", ".join(sorted({one.account.source for one in way.judged})),
                    len(way.card.light),
                    _rounded(area(way.judged, FAKES)),
                    _rounded(area(way.published, FAKES)),
                    _rounded(area(way.listed, FAKES)),
                    share(way.judged, PEOPLE),
                    share(way.published, PEOPLE),
                    share(way.listed, PEOPLE),
                )
                for way in ways
            ),
        ),
        "### Against the published card, all accounts",
        "",
        *_table(
            ("people", "fakes", "AUC F9g", f"AUC {VERSION}"),
            (
                (people, fakes, _rounded(area(heavy, (fakes,), (people,))), _rounded(area(shown, (fakes,), (people,))))
                for people, fakes in product(PEOPLE, FAKES)
            ),
        ),
        *_table(
            ("called spam", "F9g", VERSION),
            ((name, share(heavy, (name,)), share(shown, (name,))) for name in (*PEOPLE, *FAKES)),
        ),
        *_BATCHES,
        *_table(
            (
                *("list", "accounts", "days of batches", "people in a batch", "people called spam"),
                *("fakes in a batch", "fakes called spam"),
            ),
            (
                (
                    *(one.name, len(one.judged), one.days(), one.members(PEOPLE), one.spam(PEOPLE)),
                    *(one.members(FAKES), one.spam(FAKES)),
                )
                for one in mixed_lists(card, accounts)
            ),
        ),
        *_LIMITS,
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _areas(folds: Sequence[Fold], fakes: Sequence[str]) -> tuple[str, str]:
    """The mean area of the folds, by profile alone and as lists."""
    ways = ([fold.alone for fold in folds], [fold.listed for fold in folds])
    return _rounded(mean_area(ways[0], fakes)), _rounded(mean_area(ways[1], fakes))


def _highest(card: Card) -> int:
    """The most points that an account can get: the strictest step of each measure."""
    steps: dict[str, int] = {}
    for code, _, points in HEAVY:
        measure = code.rstrip("_0123456789")
        steps[measure] = max(steps.get(measure, 0), points)
    return sum(steps.values()) + len(card.light) + BATCH[2]


_INTRODUCTION = [
    "# Follower quality",
    "",
    "Rendered by `tests/real/fit_follower_card.py`: change the procedure there, not this page.",
    "",
    "    SCORECARDS_SHARED_DATA=DIR python tests/real/fit_follower_card.py",
    "",
    "An account is scored by a card of additive points out of its public profile. A line that gives points gives a",
    "sentence too, so that a person can check each; the points of the sentences add up to the points of the account.",
    "`scorecards followers score FILE.csv` scores any list of accounts by the same SQL as the pipeline",
    "(`dbt_project/macros/follower_points.sql`, `dbt_project/seeds/follower_points.csv`).",
    "",
    "## Score a list",
    "",
    "    scorecards followers score accounts.csv --on 2026-11-01 --lang zh > scored.csv",
    "",
    "Any CSV file: delimiter, encoding and order of the columns do not matter, and other columns are passed over.",
    "",
    "| column | other names | |",
    "|---|---|---|",
    "| `id` | | without it accounts go by `row`, the row of the file as a spreadsheet shows it |",
    "| `followers_count` | `public_metrics.followers_count`, `followers` | required |",
    "| `following_count` | `public_metrics.following_count`, `following` | required |",
    "| `tweet_count` | `public_metrics.tweet_count`, `post_count`, `posts` | required |",
    "| `listed_count` | `public_metrics.listed_count` | |",
    "| `public_metrics` | | the counts in one cell, as JSON, instead of the columns above |",
    "| `url` or `has_url` | | a website in the profile, or whether there is one |",
    "| `created_at` | `created_day` | with the day on which the account was looked at: its age |",
    "| `observed_at` | `observed_on` | that day; the same for all with `--on DAY` |",
    "| `age_days` | | the age itself |",
    "| `most_recent_tweet_id` | | tells the day of the last post |",
    "",
    "Standard output has a row for each account in the order of the file: `id` (or `row`), `points`,",
    "`verdict`, `reasons`, `inactive`. Without ages nobody is `pending` and three lines give no points; a note",
    "says so. A list with a row that cannot be read is not scored at all: each such row is named with",
    "column, value and mend, and the exit code is 2.",
    "",
    "The whole file is one list: with `created_at` of its accounts it also tells which of them were made on one",
    "day in a [batch](#batches). Score the followers of one account at a time, all of them rather than a sample.",
    "",
    "The day on which the accounts were looked at chooses the version of the card; without that day the newest judges.",
    "",
    "## In the pipeline",
    "",
    "Follower lists of an account (`exports/x/<account>/…`, one CSV a snapshot with the same fields and",
    "`Snapshot date`) become `fct_follower_quality`: a row for each new follower.",
    "",
    "- New is who stands in a list and in none before it. Of the first list, and of one more than 31 days",
    "  after the one before, nobody knows when its followers came. A follower is new once: who comes back is not.",
    "- The line of batches gives no points here: lists kept daily tell who came together, and the burst guard looks at",
    "  that ([below](#net-growth-by-lists)).",
    "- The verdict at the follow is by the first list, the last one by the first list of the 31 days from",
    "  day 30 on. Who is still there and no spam is qualified; whoever left before, if only for a week, never was.",
    "- A list without `followers_count`, `following_count` and `tweet_count` tells who stayed and judges nobody.",
    "- Of a profile the pipeline keeps the counts, whether there is a website, and the day of the",
    "  registration: no name, no address, no text. Follower ids become keyed pseudonyms.",
    "- `follower_retention_30d` counts who is qualified.",
    "",
    "## Net growth by lists",
    "",
    "`net_follower_growth`, `team_net_follower_growth` and `follower_growth_rate_x` count by lists wherever two",
    "*whole* lists of one month lie at most 31 days apart; the growth between them is shared among the days.",
    "Other days count the overview's follows less unfollows, in which spam cannot be told; the card says so. A",
    "list is whole when it holds `quality_bar` of the followers that the account has on that day by the noted",
    "counts (`account_followers`); a sample, a list that was cut short, or one of a day without a count, counts",
    "nobody.",
    "",
    "| `kind` in `fct_follower_moves` | counts | who |",
    "|---|---|---|",
    "| `gained` | +1 on the day of the follow | new, and clean by the card (or the list tells of no profiles) |",
    "| `spam`, `pending` | 0 | spam by the card, or an account younger than 30 days |",
    "| `vested` | +1 thirty days later | spam or too young at the follow, still there and no spam then |",
    "| `cluster`, `window` | 0, for good | taken out by the burst guard |",
    "| `churned` | 0 | left within seven days |",
    "| `turned_spam` | -1 thirty days later | counted at the follow, spam by the profile then |",
    "| `lost` | -1 on the day of the loss | left, and had counted |",
    "| `lost_uncounted` | 0 | left, and had never counted: a purge of spam deducts nothing |",
    "",
    "- A gain belongs to whoever has the account on the day of the follow (or of the thirtieth day), a loss to",
    "  whoever has it on that day. What does not last thirty days comes off on its own day: the months add up to",
    "  who came and stayed, and a sealed month need not be restated for who leaves later. To count only after",
    "  thirty days would leave the first month of every account, and the last of everybody who leaves, without",
    "  its growth.",
    "- A follower counts once: who comes back does not count again, and leaves for free. Whoever is missing from",
    "  a list and back before the month after is over had not left.",
    "- Of whom the first list had, and of whom came more than four months ago, the last profile decides whether",
    "  they had counted. On the days of a purge no more comes off than the overview counts beside the purge.",
    "- Until there are lists of the two weeks after a month, growth is `provisional`: an alarm of those days, or",
    "  a follower who leaves within the week, may still take somebody out.",
    "- Where lists are kept daily, the burst guard looks at who followed (docs/burst-guard.md): accounts made on",
    "  one day in a batch, and accounts with points on days whose followers have too many, are spam whatever the",
    "  card says. `burst_rule` and `burst_evidence` of `fct_follower_moves` and `fct_follower_quality` say by",
    "  which numbers.",
    "",
    "## The labelled accounts",
    "",
    "The labelled accounts are 3,218 people (E13, genuine17), 1,337 bought followers (INT) and 991 spambots",
    "(social_spambot_1) of Cresci et al., *Fame for sale* (2015) and *The paradigm-shift of social spambots* (2017).",
    "They are not part of this project.",
    "",
]
_LINES = [
    "Of the steps of one measure (`_1`, `_2` ...) the strictest that holds counts. A field that a list lacks gives no",
    "points. Under `few_following` the total is capped: an account that follows few accounts and does",
    "nothing else looks like a bought one and is mostly a reader. The points of a batch come on top of the cap, since",
    "they are not the profile's; both together stay below the total.",
    "",
    "| verdict | when |",
    "|---|---|",
    "| `pending` | the account is younger than 30 days; judged again from then on |",
    "| `spam` | the total is reached |",
    "| `clean` | otherwise |",
    "",
    "`inactive` stands apart from the verdict: no post for 90 days, or none ever at an age of 90 days.",
    "Bought followers are not the inactive ones, and who only reads is no spam.",
    "",
]
_BATCHES = [
    "### Batches",
    "",
    f"A batch is a day on which at least {BATCH[1]} times as many accounts of the list were made as its neighbours let",
    "expect: one more than the median of the thirty days before and the thirty after. Of a large list many are made",
    f"on any day, so a batch must be larger; of a small one {BATCH[1]} are the least. Accounts that were looked at",
    f"within {NEWBORN[1]} days of being made do not count, since platforms suggest accounts to whoever signs up.",
    "",
    f"A batch gives {BATCH[2]} points and is no verdict: whoever happens to be made on that day has the points too.",
    "Who has the profile of a bought account as well is spam. Mixed lists, judged by the shipped card; fakes are",
    "spread evenly over their set, so that a part of them thins its batches out:",
    "",
]
_LIMITS = [
    "## What to expect, and what not",
    "",
    f"- **Promised: at most {100 * PROMISE} % of people are called spam.** The total is the lowest at which",
    "  no group of people here exceeds a fifth of that: of people who are hard to tell (few posts, few",
    "  followers), published cards called about seven times as many spam as of people like these.",
    "- Spambots are not followers for money: they write and are followed. Their profiles look like people's; it is the",
    "  batches that tell most of them, and a fifth of them were made on days of their own. Few reach the total.",
    "- A batch is only told where the list has it: accounts that a seller made over years are in none, and a handful",
    "  of a batch among thousands of followers is none either.",
    "- Signs that were tried and not taken, because they cost some pair of people and fakes more than they",
    f"  gain or gain nothing: {', '.join(code for code, _ in OTHERS)}.",
    "- No labelled set here holds ordinary people who only read. Among those who follow more than 150",
    "  accounts and post nothing more will be called spam than the promise says; the count of a group is",
    "  nearer the truth than the verdict on one of them. How near: [follower-counts.md](follower-counts.md).",
    "- Profiles that were copied from people cannot be told by their profiles.",
]


def write_seed(lines: Iterable[Line]) -> None:
    """Write the newest version of the card after those before it, which judge the days before it."""
    earlier = [line for line in shipped_card() if line.model_version != VERSION]
    with SEED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Line))
        writer.writerows(astuple(line) for line in [*earlier, *lines])


def main() -> None:
    """Fit, and write the seed and the page."""
    accounts = read_accounts(Path(os.environ["SCORECARDS_SHARED_DATA"]))
    write_seed(card_lines(fit(accounts)))
    PAGE.write_text(report(accounts), encoding="utf-8")
    print(f"written: {SEED.relative_to(PROJECT)}, {PAGE.relative_to(PROJECT)}")


if __name__ == "__main__":
    main()
