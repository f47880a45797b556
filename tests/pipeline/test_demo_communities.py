"""The pipeline's numbers of the demo company's communities against the truth that its generator reckoned on its own.

Belongs here: the last month of the small company, every KPI of communities, sums and sets of members alike. The whole
demo company's sums are compared in test_demo_truth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.company.keys import Pseudonymiser
from pipelines.demo import Truth, generate_small
from pipelines.demo.roster import COMMUNITY_GROUPS
from pipelines.periods import parse_period
from pipelines.warehouse.readings import CommunityReadingRow, community_readings

MONTH = "2026-10"
SUMS = {
    "member_growth_rate",
    "members_joined",
    "members_left",
    "members_removed",
    "member_net_growth",
    "members_closing",
    "group_leave_rate",
    "member_retention_30",
    "member_retention_60",
    "participation_times",
    "participation_minutes",
    "valid_message_share",
    "posts_per_active_member",
    "negative_feedback_rate",
    "messages_per_chat",
    "wecom_reply_minutes",
    "wecom_spoken_share",
    "accepted_answers",
    "community_coverage",
}
SETS = ("new_members", "existing_members", "active_members")
SHARES = ("speaking_rate", "monthly_active_share", "new_member_activity")


@dataclass(frozen=True)
class Published:
    """The published warehouse of the small company beside its truth."""

    truth: Truth
    connection: Any
    person_of: dict[str, str]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        found: list[tuple[Any, ...]] = self.connection.execute(query).fetchall()
        return found


@pytest.fixture(scope="module")
def published(small_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    truth = generate_small(tmp_path_factory.mktemp("twin"))
    keys = Pseudonymiser.from_home(small_home)
    person_of = {keys.person(person): person for person in truth.people} | {"UNASSIGNED": "UNASSIGNED"}
    with duckdb.connect(str(small_home / "published" / "kpi.duckdb"), read_only=True) as connection:
        yield Published(truth, connection, person_of)


@pytest.mark.req("001-K1")
@pytest.mark.req("001-K6")
@pytest.mark.req("001-K8")
@pytest.mark.req("001-K11")
@pytest.mark.req("001-G2")
@pytest.mark.req("002-K1")
@pytest.mark.req("002-K3")
@pytest.mark.req("002-K4")
@pytest.mark.req("002-K8")
@pytest.mark.req("003-K2")
@pytest.mark.req("003-K10")
@pytest.mark.req("003-K13d")
def test_every_sum_and_ratio_of_communities_is_the_true_one(published: Published) -> None:
    found = {
        (published.person_of[person], kpi): (numerator, denominator)
        for person, kpi, numerator, denominator in published.rows(
            "select person_id, kpi_id, sum(numerator), sum(denominator) from fct_kpi_components "
            f"where strftime(month, '%Y-%m') = '{MONTH}' group by all"
        )
        if kpi in SUMS
    }
    true = {
        (person, kpi): (cell.numerator, cell.denominator)
        for (month, person, kpi), cell in published.truth.cells.items()
        if month == MONTH and kpi in SUMS
    }
    assert {kpi for _, kpi in true} == SUMS
    assert found == true


@pytest.mark.req("001-K12")
@pytest.mark.req("002-K2")
@pytest.mark.req("003-K1")
@pytest.mark.req("003-K3")
@pytest.mark.req("003-K11")
@pytest.mark.req("004-K20")
def test_every_set_of_members_is_the_true_one(published: Published) -> None:
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for person, kpi, member, hits in published.rows(
        "select person_id, kpi_id, value_key, sum(coalesce(n_hits, 1)) from fct_kpi_values "
        f"where strftime(month, '%Y-%m') = '{MONTH}' and value_key is not null group by all"
    ):
        if kpi in SETS + SHARES:
            found[published.person_of[person], kpi][member] = int(hits > 0)
    true = {
        (person, kpi): members
        for (month, person, kpi), members in published.truth.members.items()
        if month == MONTH and members
    }
    assert {kpi for _, kpi in true} == {*SETS, *SHARES}
    assert {key: (len(members), sum(members.values())) for key, members in found.items()} == {
        key: (len(members), sum(members.values())) for key, members in true.items()
    }


@pytest.mark.req("001-K12")
@pytest.mark.req("003-K11")
def test_a_share_of_members_is_the_true_members_who_spoke(published: Published) -> None:
    checked = 0
    for person, value in published.rows(
        f"select person_id, value from fct_person_kpi where period = '{MONTH}' and kpi_id = 'speaking_rate' "
        "and status = 'ok'"
    ):
        members = published.truth.members[MONTH, published.person_of[person], "speaking_rate"]
        assert abs(value - Decimal(sum(members.values())) / len(members)) < Decimal("1e-9")
        checked += 1
    assert checked


def test_the_early_export_of_zeros_withholds_nobody(published: Published) -> None:
    rows = published.rows(
        f"select distinct status from fct_person_kpi where period = '{MONTH}' and kpi_id = 'negative_feedback_rate' "
        "and reason_code <> 'no_responsibility'"
    )
    assert rows == [("ok",)]


def test_communities_withhold_nothing_from_anybody(published: Published) -> None:
    kpis = ", ".join(f"'{kpi}'" for kpi in sorted(SUMS | {*SETS, *SHARES}))
    rows = published.rows(
        f"select kpi_id, reason_code from fct_person_kpi where period = '{MONTH}' and kpi_id in ({kpis}) "
        "and status = 'withheld'"
    )
    assert rows == []


@pytest.fixture(scope="module")
def of_communities(small_home: Path) -> list[CommunityReadingRow]:
    return community_readings(small_home / "warehouse" / "warehouse.duckdb", parse_period(MONTH))


@pytest.mark.req("003-R5")
def test_what_was_done_in_each_community_makes_up_the_truth_about_its_people(
    published: Published, of_communities: list[CommunityReadingRow]
) -> None:
    """Each group of the demo company has a community, so that nothing of a person's numbers is left over."""
    found: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in of_communities:
        if row.kpi_id in SUMS and row.n_records:
            sums = found[published.person_of[row.person_id], row.kpi_id]
            sums[0] += row.numerator or 0
            sums[1] += row.denominator or 0
    # what WeCom counts by member of staff is of no community
    without = {"negative_feedback_rate", "messages_per_chat", "wecom_reply_minutes", "wecom_spoken_share"}
    true = {
        (person, kpi): [cell.numerator or 0, cell.denominator or 0]
        for (month, person, kpi), cell in published.truth.cells.items()
        if month == MONTH and kpi in SUMS - without and person != "UNASSIGNED"
    }
    assert {kpi for _, kpi in true} == SUMS - without
    assert found == true


@pytest.mark.req("003-R5")
def test_a_reading_of_a_community_is_that_of_its_groups(
    published: Published, of_communities: list[CommunityReadingRow]
) -> None:
    home_of = {group: community for group, community, _, _ in COMMUNITY_GROUPS}
    members: dict[tuple[str, str], set[str]] = defaultdict(set)
    for person, group, member in published.rows(
        "select person_id, subject_id, value_key from fct_kpi_values "
        f"where strftime(month, '%Y-%m') = '{MONTH}' and kpi_id = 'active_members' and person_id <> 'UNASSIGNED'"
    ):
        members[person, home_of[group]].add(member)
    found = {
        (row.person_id, row.community_id): int(row.value or 0)
        for row in of_communities
        if row.kpi_id == "active_members" and row.n_records
    }
    assert found == {key: len(names) for key, names in members.items()}
    assert len({community for _, community in found}) > 1


def test_a_community_given_to_somebody_is_there_though_others_did_everything_in_it(
    published: Published, of_communities: list[CommunityReadingRow]
) -> None:
    """P006 manages c_content; what happens in its group is credited to whoever the group is given to."""
    rows = {
        (published.person_of[row.person_id], row.community_id): row
        for row in of_communities
        if row.kpi_id == "members_joined"
    }
    managed = rows["P006", "c_content"]
    assert (managed.value, managed.n_records, managed.status, managed.reason_code) == (0, 0, "ok", "no_records")
