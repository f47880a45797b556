"""Forty records that somebody would quarrel about: whose are they? Every weight is written down by hand.

The company is in Shanghai: its days begin at 16:00 UTC. Whatever happens, the weights of a record sum to 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from harness.warehouse import ScratchWarehouse

_EPOCH_MS = 1288834974657
Expected = dict[str, str]
#: case -> (account, UTC time, columns of the export, who is credited with what)
Case = tuple[str, str, dict[str, str], Expected]

POSTS: dict[str, Case] = {
    # shares 60/40, handed over to 70/30 on the 16th, local midnight
    "shared, first day of the month": ("x_pair", "2026-09-30 16:00:00", {}, {"p_a": "0.6", "p_b": "0.4"}),
    "shared, last millisecond before": ("x_pair", "2026-10-15 15:59:59.999", {}, {"p_a": "0.6", "p_b": "0.4"}),
    "shared, on the stroke": ("x_pair", "2026-10-15 16:00:00", {}, {"p_b": "0.3", "p_c": "0.7"}),
    "shared, still the 15th in UTC": ("x_pair", "2026-10-15 20:00:00", {}, {"p_b": "0.3", "p_c": "0.7"}),
    "shared, last millisecond of the month": ("x_pair", "2026-10-31 15:59:59.999", {}, {"p_b": "0.3", "p_c": "0.7"}),
    # half an account: the rest is nobody's
    "half an account": ("x_half", "2026-10-05 04:00:00", {}, {"p_a": "0.5", "UNASSIGNED": "0.5"}),
    "a millionth": ("x_dust", "2026-10-05 04:00:00", {}, {"p_a": "0.000001", "UNASSIGNED": "0.999999"}),
    "three thirds": (
        "x_thirds",
        "2026-10-05 04:00:00",
        {},
        {"p_a": "0.333333", "p_b": "0.333333", "p_c": "0.333333", "UNASSIGNED": "0.000001"},
    ),
    "an account between two owners": ("x_pause", "2026-10-10 04:00:00", {}, {"UNASSIGNED": "1"}),
    "an account back with its owner": ("x_pause", "2026-10-20 04:00:00", {}, {"p_a": "1"}),
    # people come and go: the part of who is not there is nobody's, not the others'
    "one of two has left": ("x_left", "2026-10-20 04:00:00", {}, {"p_a": "0.4", "UNASSIGNED": "0.6"}),
    "one of two is about to leave": ("x_left", "2026-10-14 15:59:59", {}, {"p_leaver": "0.6", "p_a": "0.4"}),
    "on the day of leaving": ("x_left", "2026-10-14 16:00:00", {}, {"p_a": "0.4", "UNASSIGNED": "0.6"}),
    "not hired yet": ("x_joiner", "2026-10-19 15:59:59", {}, {"UNASSIGNED": "1"}),
    "first day at work": ("x_joiner", "2026-10-19 16:00:00", {}, {"p_joiner": "1"}),
    # duty: 09:00 to 13:00 and 11:00 to 15:00 local on the 6th, p_a twice over; night duty over midnight
    "before the duty": ("x_pair", "2026-10-06 00:59:59.999", {}, {"p_a": "0.6", "p_b": "0.4"}),
    "one on duty": ("x_pair", "2026-10-06 01:00:00", {}, {"p_a": "1"}),
    "two on duty": ("x_pair", "2026-10-06 03:00:00", {}, {"p_a": "0.5", "p_c": "0.5"}),
    "three on duty": ("x_pair", "2026-10-06 04:30:00", {}, {"p_a": "0.333334", "p_b": "0.333333", "p_c": "0.333333"}),
    "the second alone": ("x_pair", "2026-10-06 06:59:59.999", {}, {"p_c": "1"}),
    "after the duty": ("x_pair", "2026-10-06 07:00:00", {}, {"p_a": "0.6", "p_b": "0.4"}),
    "night duty over the hand-over": ("x_pair", "2026-10-15 17:00:00.001", {}, {"p_a": "1"}),
    "on duty and gone": ("x_left", "2026-10-20 06:00:00", {}, {"p_a": "0.4", "UNASSIGNED": "0.6"}),
    # signatures and logins change hands
    "signature of the first holder": ("x_half", "2026-10-09 15:59:59", {"post_text_signature": "a_zz"}, {"p_b": "1"}),
    "signature of nobody in between": (
        "x_half",
        "2026-10-09 16:00:00",
        {"post_text_signature": "a_zz"},
        {"p_a": "0.5", "UNASSIGNED": "0.5"},
    ),
    "signature of the second holder": ("x_half", "2026-10-12 16:00:00", {"post_text_signature": "a_zz"}, {"p_c": "1"}),
    "signature of who has left": (
        "x_half",
        "2026-10-20 04:00:00.5",
        {"post_text_signature": "a_leaver"},
        {"p_a": "0.5", "UNASSIGNED": "0.5"},
    ),
    "signed by the joiner too early": (
        "x_half",
        "2026-10-18 04:00:00",
        {"post_text_signature": "a_joiner"},
        {"p_a": "0.5", "UNASSIGNED": "0.5"},
    ),
    "signed on duty of another": ("x_pair", "2026-10-06 01:30:00", {"post_text_signature": "a_zz"}, {"p_b": "1"}),
    # approved overrides go first, and only as far as they go
    "override of all": ("x_pair", "2026-10-07 04:00:00", {"post_text_signature": "a_zz"}, {"p_c": "1"}),
    "override of half": ("x_pair", "2026-10-07 05:00:00", {}, {"p_c": "0.5", "UNASSIGNED": "0.5"}),
    "override for two": ("x_pair", "2026-10-07 06:00:00", {}, {"p_a": "0.25", "p_c": "0.75"}),
    "override for somebody gone": ("x_pair", "2026-10-20 07:00:00", {}, {"p_b": "0.3", "p_c": "0.7"}),
    "override for one there and one gone": ("x_pair", "2026-10-20 08:00:00", {}, {"p_c": "0.5", "UNASSIGNED": "0.5"}),
}
OVERRIDES = {
    "override of all": {"p_c": "1"},
    "override of half": {"p_c": "0.5"},
    "override for two": {"p_a": "0.25", "p_c": "0.75"},
    "override for somebody gone": {"p_leaver": "1"},
    "override for one there and one gone": {"p_c": "0.5", "p_leaver": "0.5"},
}
#: order -> (local time, columns, who)
ORDERS: dict[str, tuple[str, dict[str, str], Expected]] = {
    "code before its owner changes": ("2026-10-15 23:59:59", {"discount_code": "vip"}, {"p_a": "1"}),
    "code after its owner changed": ("2026-10-16 00:00:00", {"discount_code": "ViP"}, {"p_b": "1"}),
    "code of nobody, till of somebody": (
        "2026-10-16 00:00:01",
        {"discount_code": "NOBODY", "employee": "a_till"},
        {"p_c": "1"},
    ),
    "code and till": ("2026-10-16 00:00:02", {"discount_code": "vip", "employee": "a_till"}, {"p_b": "1"}),
    "shop of two": ("2026-10-16 00:00:03", {}, {"p_a": "0.6", "p_b": "0.4"}),
    "till of who has left": ("2026-10-20 00:00:00", {"employee": "a_leaver"}, {"p_a": "0.6", "p_b": "0.4"}),
}


def post_id(case: str) -> str:
    """The id that X would give the post at its time; the number of the case keeps equal times apart."""
    moment = datetime.fromisoformat(POSTS[case][1]).replace(tzinfo=UTC)
    return str(((int(moment.timestamp() * 1000) - _EPOCH_MS) << 22) + list(POSTS).index(case))


def fill(scratch: ScratchWarehouse) -> None:
    """Make the company and land its exports."""
    for person in ("p_a", "p_b", "p_c"):
        scratch.person(person)
    scratch.person("p_leaver", left_on="2026-10-15")
    scratch.person("p_joiner", hired_on="2026-10-20")
    for subject, person, share, first, last in (
        ("x_pair", "p_a", "0.6", "2020-01-01", "2026-10-16"),
        ("x_pair", "p_b", "0.4", "2020-01-01", "2026-10-16"),
        ("x_pair", "p_b", "0.3", "2026-10-16", None),
        ("x_pair", "p_c", "0.7", "2026-10-16", None),
        ("x_half", "p_a", "0.5", "2020-01-01", None),
        ("x_dust", "p_a", "0.000001", "2020-01-01", None),
        ("x_thirds", "p_a", "0.333333", "2020-01-01", None),
        ("x_thirds", "p_b", "0.333333", "2020-01-01", None),
        ("x_thirds", "p_c", "0.333333", "2020-01-01", None),
        ("x_pause", "p_a", "1", "2020-01-01", "2026-10-08"),
        ("x_pause", "p_a", "1", "2026-10-15", None),
        ("x_left", "p_leaver", "0.6", "2020-01-01", None),
        ("x_left", "p_a", "0.4", "2020-01-01", None),
        ("x_joiner", "p_joiner", "1", "2020-01-01", None),
        ("shop", "p_a", "0.6", "2020-01-01", None),
        ("shop", "p_b", "0.4", "2020-01-01", None),
    ):
        scratch.assign("account", subject, person, first, last, share)
    scratch.assign("promo_code", "Vip", "p_a", valid_to="2026-10-16")
    scratch.assign("promo_code", "VIP", "p_b", valid_from="2026-10-16")
    scratch.identity("x_signature", "a_zz", "p_b", valid_to="2026-10-10")
    scratch.identity("x_signature", "a_zz", "p_c", valid_from="2026-10-13")
    for system in ("x_signature", "pos"):
        scratch.identity(system, "a_leaver", "p_leaver")
    scratch.identity("x_signature", "a_joiner", "p_joiner")
    scratch.identity("pos", "a_till", "p_c")
    # UTC in the warehouse
    for account, person, start, end in (
        ("x_pair", "p_a", "2026-10-06 01:00:00", "2026-10-06 05:00:00"),
        ("x_pair", "p_a", "2026-10-06 04:00:00", "2026-10-06 04:45:00"),
        ("x_pair", "p_c", "2026-10-06 03:00:00", "2026-10-06 07:00:00"),
        ("x_pair", "p_b", "2026-10-06 04:00:00", "2026-10-06 05:00:00"),
        ("x_pair", "p_a", "2026-10-15 17:00:00.000001", "2026-10-15 18:00:00"),
        ("x_left", "p_leaver", "2026-10-20 05:00:00", "2026-10-20 07:00:00"),
    ):
        scratch.company(
            "duty_roster",
            [
                {
                    "subject_type": "account",
                    "subject_id": account,
                    "person_id": person,
                    "starts_at": start,
                    "ends_at": end,
                }
            ],
        )
    scratch.company(
        "overrides",
        [
            {"record_type": "post", "record_id": post_id(case), "person_id": person, "share": share}
            for case, shares in OVERRIDES.items()
            for person, share in shares.items()
        ],
    )
    for rank, account in enumerate(sorted({case[0] for case in POSTS.values()}), start=1):
        rows: list[dict[str, Any]] = [
            {"post_id": post_id(name), "post_text_kind": "post", "impressions": "10", "likes": "1", **more}
            for name, (of_account, _, more, _) in POSTS.items()
            if of_account == account
        ]
        scratch.landing("x_posts_content", rows, content_id=f"posts_{rank}", file_rank=rank, subject_id=account)
    scratch.landing(
        "shopify_orders",
        [
            {"order_name": name, "order_id": name, "created_at": f"{moment} +0800", "total": "9.90", **more}
            for name, (moment, more, _) in ORDERS.items()
        ],
        content_id="orders",
        file_rank=90,
        subject_id="shop",
    )


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[tuple[str, str], dict[str, Decimal]]]:
    """The weights of every record by person."""
    with ScratchWarehouse(tmp_path_factory.mktemp("adversarial")) as scratch:
        fill(scratch)
        scratch.months("2026-10")
        scratch.dbt("run", "--select", "+int_credit")
        found: dict[tuple[str, str], dict[str, Decimal]] = {}
        for row in scratch.rows("select * from intermediate.int_credit"):
            people = found.setdefault((row["record_type"], row["record_id"]), {})
            assert row["person_id"] not in people, "credited twice over"
            people[row["person_id"]] = row["weight"]
        yield found


def test_there_are_forty_cases_and_each_is_credited(weights: dict[tuple[str, str], dict[str, Decimal]]) -> None:
    assert len(POSTS) + len(ORDERS) == len(weights) == 40


@pytest.mark.parametrize("case", POSTS)
def test_whose_post(weights: dict[tuple[str, str], dict[str, Decimal]], case: str) -> None:
    found = weights["post", post_id(case)]
    assert found == {person: Decimal(weight) for person, weight in POSTS[case][3].items()}
    assert sum(found.values()) == 1


@pytest.mark.parametrize("case", ORDERS)
def test_whose_order(weights: dict[tuple[str, str], dict[str, Decimal]], case: str) -> None:
    found = weights["order", case]
    assert found == {person: Decimal(weight) for person, weight in ORDERS[case][2].items()}
    assert sum(found.values()) == 1
