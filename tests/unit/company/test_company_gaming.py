"""Appeals about incidents, the company's people as customers, giveaways: wrong is named, right arrives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipelines.company import InputError, load_company
from pipelines.company.gaming_frames import BUILDERS
from pipelines.company.keys import Pseudonymiser
from pipelines.company.list_records import MemberIncentive
from pipelines.company.model import Company
from pipelines.company.records import Account, CommunityGroup, Identity, Person

KEYS = Pseudonymiser(bytes(32))
OPEN = date(9999, 12, 31)
HEAD = "period,person_id,kpi_id,what,filed_on,outcome,decided_by,reason,incident\n"


@pytest.mark.req("003-W7")
@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (",no,2026-11-03,open,,,zombie group 3", "is no name of an incident"),
        ("impressions,no,2026-11-03,open,,,zombie_group-2026-10-0a1b2c3d", "names a KPI and an incident"),
    ],
)
def test_a_wrong_appeal_is_named(home: Path, cells: str, problem: str) -> None:
    (home / "reviews/appeals.csv").write_text(f"{HEAD}2026-10,li,{cells}\n", encoding="utf-8")
    with pytest.raises(InputError, match=problem):
        load_company(home, kpi_ids=frozenset({"impressions"}))


def test_staff_are_known_by_mail_and_by_their_names_in_shops_alone() -> None:
    company = Company(
        people=(
            Person(person_id="li", name="li", email="Li@Example.com", hired_on="2024-01-01", left_on="2026-07-01"),
            Person(person_id="wang", name="wang", hired_on="2024-01-01"),
        ),
        identities=(
            Identity(system="shop", external_id="little_wang", person_id="wang", valid_from="2025-01-01"),
            Identity(system="pos", external_id="1001", person_id="wang", valid_from="2025-01-01"),
        ),
    )
    assert sorted(BUILDERS["staff_customers"](company, KEYS)) == sorted(
        [
            (KEYS.customer("li@example.com"), KEYS.person("li"), date(2024, 1, 1), date(2026, 7, 1)),
            (KEYS.customer("Little_Wang"), KEYS.person("wang"), date(2025, 1, 1), OPEN),
        ]
    )


def test_giveaways_are_rewards_and_reach_every_group_they_were_given_in() -> None:
    def given(name: str, scope: str, scope_id: str = "", mechanism: str = "rewards") -> MemberIncentive:
        return MemberIncentive(
            incentive_id=name, mechanism=mechanism, what="tea", scope=scope, scope_id=scope_id,
            valid_from="2026-10-01", valid_to="2026-10-04",
        )  # fmt: skip

    groups = tuple(
        CommunityGroup(group_id=group, community_id=community, valid_from="2025-01-01")
        for group, community in (("g1", "tea"), ("g2", "tea"), ("g3", "wool"))
    )
    accounts = (Account(account_id="x1", platform="x", active_from="2024-01-01"),)

    def told(*incentives: MemberIncentive) -> set[tuple[str, str]]:
        company = Company(member_incentives=incentives, community_groups=groups, accounts=accounts)
        rows = list(BUILDERS["giveaways"](company, KEYS))
        assert {row[2:] for row in rows} <= {(date(2026, 10, 1), date(2026, 10, 4))}
        return {row[:2] for row in rows}

    assert told(given("a", "group", "g3"), given("b", "account", "x1")) == {("group", "g3"), ("account", "x1")}
    assert told(given("a", "community", "tea")) == {("group", "g1"), ("group", "g2")}
    assert told(given("a", "company")) == {("group", "g1"), ("group", "g2"), ("group", "g3"), ("account", "x1")}
    assert told(given("a", "group", "g3", mechanism="status")) == set()
