"""The scoring card of followers: its SQL against a reckoning of its own, and what every evidence must add up to."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.followers.card import Line, create_card, scoring_sql, sentences, shipped_card

pytestmark = [pytest.mark.req("000-K01"), pytest.mark.req("000-G4"), pytest.mark.req("001-R5")]

DAY = dt.date(2026, 12, 1)
MADE = dt.date(2020, 2, 3)
# measure -> its steps, the strictest first, as (code, holds)
STEPS = {
    "following_ratio": ("following_ratio_2", "following_ratio_1"),
    "following": ("following_2", "following_1"),
    "following_pace": ("following_pace",),
    "posts_ratio": ("posts_ratio_4", "posts_ratio_3", "posts_ratio_2", "posts_ratio_1"),
    "followers_square": ("followers_square",),
    "followers_few": ("followers_few",),
    "posts_pace": ("posts_pace",),
    "no_url": ("no_url",),
    "never_listed": ("never_listed",),
}


@dataclass(frozen=True)
class Profile:
    followers: int = 100
    following: int = 100
    posts: int = 1000
    listed: int | None = None
    has_url: bool | None = None
    age: int | None = 1000
    idle: int | None = None
    on: dt.date = DAY
    made: tuple[int, int] | None = None  # on the day on which it was made: how many, and how many were to be expected


@dataclass(frozen=True)
class Scored:
    points: int
    verdict: str
    is_inactive: bool | None
    reasons: str
    evidence: str
    model_version: str

    @property
    def lines(self) -> dict[str, int]:
        return {line["code"]: line["points"] for line in json.loads(self.evidence)["lines"]}


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        create_card(opened, shipped_card())
        yield opened


def score(connection: duckdb.DuckDBPyConnection, profiles: Sequence[Profile], lang: str = "en") -> list[Scored]:
    connection.execute(
        "create or replace table profiles (n int, followers_count bigint, following_count bigint, post_count bigint, "
        "listed_count bigint, has_url boolean, age_days bigint, idle_days bigint, observed_on date, created_on date, "
        "made_n bigint, made_expected bigint)"
    )
    rows = [
        (
            n,
            p.followers,
            p.following,
            p.posts,
            p.listed,
            p.has_url,
            p.age,
            p.idle,
            p.on,
            MADE,
            *(p.made or (None, None)),
        )
        for n, p in enumerate(profiles)
    ]
    connection.executemany("insert into profiles values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    found = connection.execute(
        "select points, verdict, is_inactive, reasons, evidence, model_version "
        f"from ({scoring_sql('profiles', ['n'], lang)}) order by n"
    ).fetchall()
    assert len(found) == len(profiles)
    return [Scored(*row) for row in found]


def holds(code: str, threshold: Fraction, p: Profile) -> bool:
    """Whether a line of the card holds, told anew from its sentence."""
    followers, following = max(p.followers, 1), max(p.following, 1)
    age = None if p.age is None else max(p.age, 1)
    if code.startswith("following_ratio"):
        return Fraction(following, followers) >= threshold
    if code == "following_pace":
        return age is not None and Fraction(following, age) >= threshold
    if code.startswith("following_"):
        return following >= threshold
    if code.startswith("posts_ratio"):
        return Fraction(p.posts, following) < threshold
    if code == "posts_pace":
        return age is not None and Fraction(p.posts, age) < threshold
    if code == "followers_square":
        return Fraction(following, followers**2) >= threshold
    if code == "followers_few":
        return followers < threshold
    return p.has_url is False if code == "no_url" else p.listed == 0


def reckoned(p: Profile) -> dict[str, int]:
    """Points by line, the cap among them."""
    card = {line.code: line for line in shipped_card()}
    given: dict[str, int] = {}
    for steps in STEPS.values():
        for code in steps:
            if holds(code, Fraction(card[code].threshold or 0), p):
                given[code] = int(card[code].points)
                break
    cap, total = card["few_following"], sum(given.values())
    if p.following < int(cap.threshold) and total > int(cap.points):
        given["few_following"] = int(cap.points) - total
    batch, newborn = card["batch"], card["newborn"]
    if p.made and p.made[0] >= int(batch.threshold) * p.made[1] and (p.age or 0) >= int(newborn.threshold):
        given["batch"] = int(batch.points)
    return given


COUNTS = st.one_of(st.integers(0, 60), st.integers(0, 3000), st.integers(0, 2_000_000))
PROFILES = st.builds(
    Profile,
    followers=COUNTS,
    following=COUNTS,
    posts=COUNTS,
    listed=st.one_of(st.none(), st.integers(0, 2)),
    has_url=st.one_of(st.none(), st.booleans()),
    age=st.one_of(st.none(), st.integers(0, 60), st.integers(0, 6000)),
    idle=st.one_of(st.none(), st.integers(0, 200)),
    made=st.one_of(st.none(), st.tuples(st.integers(1, 60), st.integers(1, 5))),
)


@settings(max_examples=40, deadline=None)
@given(profiles=st.lists(PROFILES, min_size=20, max_size=60))
def test_points_verdict_and_evidence_are_what_the_card_says(
    connection: duckdb.DuckDBPyConnection, profiles: list[Profile]
) -> None:
    card = {line.code: line for line in shipped_card()}
    for profile, scored in zip(profiles, score(connection, profiles), strict=True):
        lines = reckoned(profile)
        assert scored.lines == lines
        assert scored.points == sum(lines.values())
        young = profile.age is not None and profile.age < int(card["pending"].threshold)
        is_spam = scored.points >= int(card["spam"].points)
        assert scored.verdict == ("pending" if young else "spam" if is_spam else "clean")
        assert scored.reasons.count(":") >= len(lines)


@settings(max_examples=25, deadline=None)
@given(profiles=st.lists(PROFILES, min_size=10, max_size=30))
def test_evidence_alone_recomputes_to_the_same_points(
    connection: duckdb.DuckDBPyConnection, profiles: list[Profile]
) -> None:
    first = score(connection, profiles)
    seen = [json.loads(one.evidence) for one in first]
    batches = [[line for line in e["lines"] if line["code"] == "batch"] for e in seen]
    made = [(lines[0]["made"], lines[0]["expected"]) if lines else None for lines in batches]
    again = [
        Profile(e["followers"], e["following"], e["posts"], e["listed"], e["has_url"], e["days"], made=m)
        for e, m in zip(seen, made, strict=True)
    ]
    assert [one.points for one in score(connection, again)] == [one.points for one in first]


@settings(max_examples=25, deadline=None)
@given(profile=PROFILES, more=st.integers(1, 5000))
def test_to_follow_more_or_to_post_less_never_lowers_the_points(
    connection: duckdb.DuckDBPyConnection, profile: Profile, more: int
) -> None:
    base = (profile.followers, profile.following, profile.posts, profile.listed, profile.has_url, profile.age)
    follows_more = Profile(base[0], base[1] + more, *base[2:])
    posts_more = Profile(base[0], base[1], base[2] + more, *base[3:])
    before, follows, posts = score(connection, [profile, follows_more, posts_more])
    assert follows.points >= before.points >= posts.points


def test_a_bought_follower_a_person_and_a_reader(connection: duckdb.DuckDBPyConnection) -> None:
    bought, person, reader = score(
        connection,
        [
            Profile(followers=12, following=900, posts=3, listed=0, has_url=False, age=400),
            Profile(followers=500, following=400, posts=8000, listed=12, has_url=True, age=2000),
            Profile(followers=2, following=60, posts=0, listed=0, has_url=False, age=400),
        ],
    )
    assert (bought.points, bought.verdict) == (10 + 2 + 12 + 5, "spam")
    assert (person.points, person.verdict) == (0, "clean")
    assert person.reasons == ""
    assert (reader.points, reader.verdict) == (12, "clean"), "who reads and follows few is not called spam"
    assert reader.lines["few_following"] == 12 - (10 + 12 + 5)
    assert bought.reasons.startswith(
        "+10: follows 900 accounts and has 12 followers: at least 20 followed for each. "
        "+2: follows 900 accounts, 500 or more. "
        "+12: 3 posts and 900 accounts followed: fewer than 0.2 posts for each."
    )


@pytest.mark.parametrize(
    ("code", "on_it", "beside_it"),
    [
        ("following_ratio_1", Profile(followers=40, following=400), Profile(followers=40, following=399)),
        ("following_ratio_2", Profile(followers=20, following=400), Profile(followers=20, following=399)),
        ("following_1", Profile(following=500), Profile(following=499)),
        ("following_2", Profile(following=2000), Profile(following=1999)),
        ("following_pace", Profile(following=400, age=40), Profile(following=400, age=41)),
        ("posts_ratio_1", Profile(following=200, posts=399), Profile(following=200, posts=400)),
        ("posts_ratio_2", Profile(following=200, posts=199), Profile(following=200, posts=200)),
        ("posts_ratio_3", Profile(following=200, posts=99), Profile(following=200, posts=100)),
        ("posts_ratio_4", Profile(following=200, posts=39), Profile(following=200, posts=40)),
        ("followers_square", Profile(followers=10, following=30), Profile(followers=10, following=29)),
        ("followers_few", Profile(followers=19), Profile(followers=20)),
        ("posts_pace", Profile(posts=199), Profile(posts=200)),
        ("no_url", Profile(has_url=False), Profile(has_url=True)),
        ("never_listed", Profile(listed=0), Profile(listed=1)),
        ("few_following", Profile(1, 149, 0), Profile(1, 150, 0)),
        ("batch", Profile(made=(40, 4)), Profile(made=(39, 4))),
        ("batch", Profile(made=(40, 4), age=4), Profile(made=(40, 4), age=3)),
        ("batch", Profile(made=(10, 1), on=DAY), Profile(made=(10, 1), on=DAY - dt.timedelta(days=1))),
    ],
)
def test_a_line_holds_on_its_threshold_and_not_beside_it(
    connection: duckdb.DuckDBPyConnection, code: str, on_it: Profile, beside_it: Profile
) -> None:
    first, second = score(connection, [on_it, beside_it])
    assert code in first.lines
    assert code not in second.lines


def test_young_accounts_are_pending_whatever_their_points(connection: duckdb.DuckDBPyConnection) -> None:
    spam = {"followers": 1, "following": 3000, "posts": 0}
    young, due, unknown = score(
        connection, [Profile(**spam, age=29), Profile(**spam, age=30), Profile(**spam, age=None)]
    )
    assert [young.verdict, due.verdict, unknown.verdict] == ["pending", "spam", "spam"]
    assert young.reasons.endswith("Judged at an age of 30 days: the account is 29 days old.")
    assert "posts_pace" not in unknown.lines
    assert "following_pace" not in unknown.lines


@pytest.mark.parametrize(
    ("posts", "age", "idle", "expected"),
    [
        (50, 1000, 89, False),
        (50, 1000, 90, True),
        (50, 1000, None, None),
        (0, 89, None, False),
        (0, 90, None, True),
        (0, None, None, None),
    ],
)
def test_inactive_stands_apart_from_spam(
    connection: duckdb.DuckDBPyConnection, posts: int, age: int | None, idle: int | None, expected: bool | None
) -> None:
    (scored,) = score(connection, [Profile(followers=500, following=60, posts=posts, age=age, idle=idle)])
    assert scored.is_inactive is expected
    assert scored.verdict == "clean"


def test_the_day_chooses_the_version(connection: duckdb.DuckDBPyConnection) -> None:
    with duckdb.connect() as opened:
        stricter = [
            Line("later", "2027-01-01", line.code, line.threshold, "1" if line.code == "spam" else line.points)
            for line in shipped_card()
            if line.model_version == "f11"
        ]
        create_card(opened, [*shipped_card(), *stricter])
        mild = {"followers": 100, "following": 600, "posts": 90_000}
        before, after = score(
            opened, [Profile(**mild, on=dt.date(2026, 12, 31)), Profile(**mild, on=dt.date(2027, 1, 1))]
        )
    assert (before.model_version, before.verdict) == ("f11", "clean")
    assert (after.model_version, after.verdict) == ("later", "spam")
    assert before.points == after.points


def test_the_first_version_judges_the_days_before(connection: duckdb.DuckDBPyConnection) -> None:
    bought = {"followers": 12, "following": 900, "posts": 3}
    before, after = score(connection, [Profile(**bought, on=DAY - dt.timedelta(days=1)), Profile(**bought, on=DAY)])
    assert (before.model_version, after.model_version) == ("f10", "f11")
    assert (before.points, before.verdict, before.reasons) == (after.points, after.verdict, after.reasons)


def test_a_batch_adds_to_the_profile_and_makes_nobody_spam_who_only_reads(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    reader, person = score(
        connection,
        [
            Profile(followers=2, following=60, posts=0, listed=0, has_url=False, age=400, made=(500, 2)),
            Profile(followers=500, following=400, posts=8000, made=(500, 2)),
        ],
    )
    assert (reader.points, reader.verdict) == (12 + 9, "clean")
    assert (person.points, person.verdict) == (9, "clean")
    assert person.reasons == (
        "+9: made on 2020-02-03, as 500 accounts of this list were, where the days around it let expect 2: "
        "at least 10 times as many."
    )
    assert json.loads(person.evidence)["lines"] == [
        {"code": "batch", "threshold": 10, "points": 9, "created_on": "2020-02-03", "made": 500, "expected": 2}
    ]


def test_counts_beyond_any_account_do_not_break_the_card(connection: duckdb.DuckDBPyConnection) -> None:
    huge = 10**15 - 1
    (scored,) = score(connection, [Profile(followers=huge, following=huge, posts=huge, age=1)])
    assert scored.lines == {"following_2": 4, "following_pace": 2}


def test_every_line_has_a_sentence_in_both_languages(connection: duckdb.DuckDBPyConnection) -> None:
    codes = {line.code for line in shipped_card()} - {"spam", "inactive", "newborn"}
    assert codes == set(sentences())
    profile = Profile(followers=2, following=3000, posts=0, listed=0, has_url=False, age=10, made=(30, 3))
    for lang in ("zh", "en"):
        (scored,) = score(connection, [profile], lang)
        assert "{" not in scored.reasons
        assert scored.reasons.count("+") == len(scored.lines)
