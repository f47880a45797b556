"""Net quality growth by follower lists, from landed rows to the mart: purchases, crowds and a purge with a known truth.

Belongs here: what the models make of whole accounts. Each rule on few rows stands beside the models; the rule of the
burst guard itself is judged by tests/burst.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from harness.warehouse import ScratchWarehouse, every_relation

from pipelines.demo.follower_plants import EVENT, Plant, make_plant

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from recompute.followers import PENDING_DAYS, SPAM_POINTS, card_points

pytestmark = [pytest.mark.req("000-K01"), pytest.mark.req("000-G4"), pytest.mark.req("001-R5")]

SEED = 7
PLANTED = ("everything", "like_people")
MONTHS = ("2026-09", "2026-10")


def land(scratch: ScratchWarehouse, plant: Plant) -> None:
    """Land the account's lists, its overview and its follower counts."""
    rows = [(day, follow) for day in plant.days() for follow in plant.listed(day)]
    table = pa.table(
        {
            "day": [day.isoformat() for day, _ in rows],
            "account": [plant.kind] * len(rows),
            "follower_id": [str(follow.number) for _, follow in rows],
            "followers_count": [str(follow.profile.followers) for _, follow in rows],
            "following_count": [str(follow.profile.following) for _, follow in rows],
            "post_count": [str(follow.profile.posts) for _, follow in rows],
            "listed_count": [str(follow.profile.listed) for _, follow in rows],
            "url": ["true" if follow.profile.website else "false" for _, follow in rows],
            "created_on": [follow.profile.created_on.isoformat() for _, follow in rows],
            "_row_no": list(range(2, len(rows) + 2)),
        }
    )
    scratch.landing("follower_snapshots", [], content_id=f"lists_{plant.kind}", subject_id=plant.kind)
    scratch.connection.register("incoming", table)
    scratch.execute(
        "insert into landing.follower_snapshots by name select *, "
        f"'lists_{plant.kind}' as _content_id, 'follower_snapshots' as _spec_id, 1 as _file_rank from incoming"
    )
    scratch.connection.unregister("incoming")
    overview = [
        {
            "day": day.isoformat(),
            "impressions": str(plant.impressions[day]),
            "new_follows": str(plant.new(day)),
            "unfollows": str(plant.left(day)),
        }
        for day in plant.days()
    ]
    period = (plant.days()[0].isoformat(), (plant.days()[-1] + dt.timedelta(days=1)).isoformat())
    scratch.landing("x_account_daily", overview, content_id=f"days_{plant.kind}", subject_id=plant.kind, period=period)
    counts = [
        {"day": day.isoformat(), "account": plant.kind, "followers": str(len(plant.listed(day)))}
        for day in plant.days()
    ]
    scratch.landing("account_followers", counts, content_id=f"counts_{plant.kind}")


@pytest.fixture(scope="module")
def plants() -> dict[str, Plant]:
    """One account of each kind."""
    return {kind: make_plant(kind, SEED) for kind in PLANTED}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, plants: dict[str, Plant]) -> Iterator[ScratchWarehouse]:
    """September and October 2026, each account owned by a person of its own."""
    with ScratchWarehouse(tmp_path_factory.mktemp("growth"), begin_from=every_relation()) as scratch:
        for kind, plant in plants.items():
            scratch.person(f"p_{kind}", team_id=f"team_{kind}")
            scratch.assign("account", kind, f"p_{kind}")
            scratch.company("accounts", [{"account_id": kind, "platform": "x", "team_id": f"team_{kind}"}])
            land(scratch, plant)
        scratch.months(*MONTHS)
        scratch.build()
        yield scratch


def growth(built: ScratchWarehouse, kind: str) -> dict[dt.date, int]:
    """What the KPI counts, by day."""
    return {
        row["day"]: int(row["n"])
        for row in built.rows(
            "select cast(occurred_at as date) as day, net_follower_growth__n as n "
            f"from intermediate.int_kpi_inputs_account where person_id = 'p_{kind}' order by all"
        )
    }


def test_growth_is_what_is_true_day_by_day(built: ScratchWarehouse, plants: dict[str, Plant]) -> None:
    """Purchases add nothing, a viral post all of its people, sign-ups after thirty days; a purge takes nothing."""
    plant = plants["everything"]
    true = {day: plant.growth(day) for day in plant.days() if day.strftime("%Y-%m") in MONTHS}
    assert growth(built, "everything") == true
    assert sum(plant.new(day) - plant.left(day) for day in true) > sum(true.values()) + 2 * 180


def test_the_team_and_the_growth_rate_count_the_same(built: ScratchWarehouse, plants: dict[str, Plant]) -> None:
    true = sum(plants["everything"].growth(day) for day in plants["everything"].days() if day.month == 10)
    rows = built.rows(
        "select kpi_id, sum(numerator) as n from marts.fct_kpi_components where subject_id = 'everything' "
        "and month = date '2026-10-01' and kpi_id like '%follower_growth%' group by all"
    )
    assert {row["kpi_id"]: int(row["n"]) for row in rows} == dict.fromkeys(
        ("net_follower_growth", "team_net_follower_growth", "follower_growth_rate_x"), true
    )


def test_who_was_bought_is_taken_out_and_nobody_else(built: ScratchWarehouse, plants: dict[str, Plant]) -> None:
    rows = built.rows("select account_id, follower_key, rule from intermediate.int_list_suspects")
    bought = {
        str(follow.number) for follow in plants["everything"].follows if follow.profile.is_bought and not follow.is_old
    }
    assert {row["follower_key"] for row in rows} == bought
    assert {row["account_id"] for row in rows} == {"everything"}
    assert {rule: sum(row["rule"] == rule for row in rows) for rule in ("cluster", "window")} == {
        "cluster": 180,
        "window": 180,
    }


def test_only_a_burst_that_nothing_explains_delays_pay(built: ScratchWarehouse) -> None:
    """Neither the viral post nor the sign-ups nor the purge, nor purchases that were taken out already."""
    rows = built.rows(
        "select subject_id, severity, reason_code, reason_params from marts.data_quality_findings "
        "where guard = 'burst' and month = date '2026-10-01' and severity = 'withhold'"
    )
    assert [(row["subject_id"], row["reason_code"]) for row in rows] == [("like_people", "burst_of_settled")]
    told = json.loads(rows[0]["reason_params"])
    assert (told["first_day"], told["until"]) == (EVENT.isoformat(), "2026-11-06")
    states = {
        row["person_id"]: (row["status"], row["reason_code"], row["value"] is None)
        for row in built.rows(
            "select person_id, status, reason_code, value from marts.fct_person_kpi "
            "where kpi_id = 'net_follower_growth' and period = '2026-10'"
        )
    }
    assert states == {
        "p_everything": ("provisional", "growth_unsettled", False),
        "p_like_people": ("withheld", "burst_of_settled", True),
    }


def test_every_move_recomputes_from_its_evidence(built: ScratchWarehouse, plants: dict[str, Plant]) -> None:
    """Points by a card of its own, verdicts by points and age, batches by counting who was made on that day."""
    profiles = {
        (kind, str(follow.number)): follow.profile for kind, plant in plants.items() for follow in plant.follows
    }
    rows = built.rows("select * from marts.fct_follower_moves")
    assert len(rows) > 1000
    for row in rows:
        told = json.loads(row["evidence"])
        profile = profiles[row["account_id"], row["follower_id"]]
        age = (row["observed_at"] - profile.created_on).days
        facts = (profile.followers, profile.following, profile.posts, profile.listed, bool(profile.website), age)
        assert (
            told["followers"], told["following"], told["posts"], told["listed"], told["has_url"], told["days"]
        ) == facts  # fmt: skip
        assert row["points"] == card_points(*facts) == sum(line["points"] for line in told["lines"])
        verdict = "pending" if age < PENDING_DAYS else "spam" if row["points"] >= SPAM_POINTS else "clean"
        assert row["verdict"] == verdict
        assert row["n"] != 1 or (row["verdict"] == "clean" and row["burst_rule"] is None)
        if row["kind"] == "cluster":
            burst = json.loads(row["burst_evidence"])
            made = [
                one for one in plants[row["account_id"]].follows if str(one.profile.created_on) == burst["created_on"]
            ]
            assert burst["n"] == len(made) > 10 * burst["expected"]
        if row["kind"] == "window":
            burst = json.loads(row["burst_evidence"])
            assert (burst["points"], burst["day"]) == (row["points"], row["day"].isoformat())
            assert row["points"] >= burst["threshold"] == 10 and burst["z"] >= 5


def test_the_moves_of_a_day_are_its_growth(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select account_id, day, sum(n) as n from marts.fct_follower_moves where account_id = 'everything' group by all"
    )
    moved = {row["day"]: int(row["n"]) for row in rows}
    found = growth(built, "everything")
    assert {day: moved.get(day, 0) for day in found} == found
