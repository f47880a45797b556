"""A small judgement in seconds, and the traps that earlier forms of the rule fell into.

Belongs here: the bars of docs/burst-guard.md over few accounts, each way to break the rule that a test can show. Does
not belong here: the guard over the overview export; its tests stand beside its models
(dbt_project/models/intermediate/followers/unit_tests).
"""

from __future__ import annotations

from datetime import date, timedelta
from statistics import mean

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from . import judge
from .outcome import Outcome, outcomes
from .rule import PROJECT, macros
from .streams import make_streams

SEED = 1
COUNTS = {"quiet": 4, "viral": 8, "onboarding": 8, "purge": 4, "batch": 6, "aged": 8, "hq": 2, "drip": 2}
THRESHOLDS = f"read_csv('{PROJECT / 'seeds' / 'burst_thresholds.csv'}')"
DAY = date(2026, 10, 12)


@pytest.fixture(scope="module")
def found() -> list[Outcome]:
    """What became of four dozen accounts."""
    return outcomes(make_streams(SEED, COUNTS))


@pytest.mark.req("000-K01", "000-G4")
@pytest.mark.parametrize("kind", judge.NATURAL)
def test_what_happens_by_itself_raises_no_alarm_and_is_paid(found: list[Outcome], kind: str) -> None:
    rows = judge.of(found, kind)
    assert len(rows) == COUNTS[kind]
    assert not [row for row in rows if row.alarmed or row.stray]
    assert abs(mean(row.error("paid") for row in rows)) <= 0.03


@pytest.mark.req("000-K01", "000-G4")
@pytest.mark.parametrize("kind", ["batch", "aged", "drip"])
def test_a_purchase_is_found_and_hardly_paid(found: list[Outcome], kind: str) -> None:
    rows = judge.of(found, kind, 150)
    assert rows and all(row.alarmed for row in rows)
    bought = [row for row in rows if row.raw > 1.5 * row.genuine]
    assert bought and all(row.error("paid") < 0.5 * row.error("raw") for row in bought)


def test_nobody_like_people_is_accused(found: list[Outcome]) -> None:
    assert not [row for row in judge.of(found, "hq") if row.alarmed]


def test_no_viral_post_is_held_and_counts_alone_hold_no_more(found: list[Outcome]) -> None:
    rows = judge.of(found, "viral") + judge.of(found, "quiet") + judge.of(found, "purge")
    assert not [row for row in rows if row.held or row.held_by_counts or row.fled]


def test_a_wave_of_sign_ups_is_held_only_where_ages_are_unknown(found: list[Outcome]) -> None:
    rows = judge.of(found, "onboarding")
    assert not [row for row in rows if row.held]
    # what counts cannot know; the hold says so and ends
    assert any(row.held_by_counts for row in rows)


def test_what_a_purge_takes_is_not_deducted(found: list[Outcome]) -> None:
    rows = [row for row in judge.of(found, "purge") if row.lost]
    assert rows
    assert sum(row.spared for row in rows) >= 0.95 * sum(row.lost for row in rows)


def test_without_its_share_of_the_excess_a_crowd_would_be_accused() -> None:
    crowds = make_streams(SEED, {"viral": 8, "onboarding": 8})
    broken = outcomes(crowds, suspect_share=0.0)
    assert any(row.alarmed for row in broken)


def test_seeds_for_tuning_do_not_judge() -> None:
    with pytest.raises(ValueError, match="seed 4 is even"):
        judge.check_judging([3, 4])
    assert all(seed % 2 for seed in judge.JUDGING)


def _clusters(rows: list[tuple[date, date]]) -> list[tuple[date, int]]:
    """(creation day, followers) of the clusters among follows given as (followed on, made on)."""
    connection = duckdb.connect()
    follows = pa.table(
        {
            "account_id": ["x"] * len(rows),
            "follower_id": list(range(len(rows))),
            "followed_on": [row[0] for row in rows],
            "account_created_at": [row[1] for row in rows],
        }
    )
    connection.register("follows", follows)
    sql = macros().burst_clusters("follows", THRESHOLDS)
    return sorted(set(connection.execute(f"select created_on, n from ({sql})").fetchall()))


def _public(n: int, days: int = 14) -> list[tuple[date, date]]:
    """Follows of people: ages from five days to eight years."""
    rng = np.random.default_rng(SEED)
    followed = [DAY + timedelta(days=int(day)) for day in rng.integers(0, days, n)]
    return [(day, day - timedelta(days=int(age))) for day, age in zip(followed, rng.integers(5, 3000, n), strict=True)]


def test_a_batch_from_a_shelf_is_a_cluster() -> None:
    made = DAY - timedelta(days=400)
    batch = [(DAY + timedelta(days=day % 3), made) for day in range(30)]
    assert (made, 30) in _clusters(_public(500) + batch)
    assert not _clusters(_public(5000))


def test_late_comers_of_a_wave_of_sign_ups_are_no_batch() -> None:
    """The first form of the rule called one wave in two a purchase."""
    signed_up = DAY + timedelta(days=1)
    late = [(signed_up + timedelta(days=5 + n % 6), signed_up) for n in range(30)]
    assert _clusters(_public(500) + late)
    assert not _clusters(_public(500) + late + [(signed_up, signed_up)] * 300)


def test_a_season_of_sign_ups_is_no_batch() -> None:
    """Many made their accounts in one autumn: its days are like their neighbours."""
    autumn = [(DAY + timedelta(days=n % 14), DAY - timedelta(days=700 + n % 40)) for n in range(1200)]
    assert not _clusters(_public(500) + autumn)
