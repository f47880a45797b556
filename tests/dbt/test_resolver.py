"""Who is credited for what: the resolver from landing rows to int_credit, with the cases that decide bonuses.

The company: an account handed over on 16 October, one shared 60 to 40, one whose owner leaves, people who change role
or employment inside the month. Every expectation is written down by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from harness.warehouse import ScratchWarehouse

from pipelines.warehouse.dbt_failures import failed_tests

# X post ids carry their time: 2026-10-05 04:00 UTC and so on, counted from the first id of that millisecond
EPOCH_MS = 1288834974657


def post_id(unix_ms: int, number: int = 0) -> str:
    """An id as X would give it at that millisecond."""
    return str(((unix_ms - EPOCH_MS) << 22) + number)


OCT_5 = 1_791_172_800_000  # 2026-10-05 04:00:00 UTC, noon in Shanghai
DAY = 86_400_000

POSTS = {
    "before the hand-over": (post_id(OCT_5), "x_moved", {}),
    "after the hand-over": (post_id(OCT_5 + 15 * DAY), "x_moved", {}),
    # 2026-10-15 16:00 UTC is midnight of the 16th in Shanghai
    "on the stroke of the hand-over": (post_id(OCT_5 + 10 * DAY + 12 * 3_600_000), "x_moved", {}),
    "a millisecond earlier": (post_id(OCT_5 + 10 * DAY + 12 * 3_600_000 - 1), "x_moved", {}),
    "shared": (post_id(OCT_5, 1), "x_shared", {}),
    "partly shared": (post_id(OCT_5, 2), "x_partly", {}),
    "owner still there": (post_id(OCT_5, 3), "x_leaver", {}),
    "owner gone": (post_id(OCT_5 + 15 * DAY, 1), "x_leaver", {}),
    "signed": (post_id(OCT_5, 4), "x_shared", {"post_text_signature": "a_jd"}),
    "signed by somebody unknown": (post_id(OCT_5, 5), "x_moved", {"post_text_signature": "a_qq"}),
    "written in the log": (post_id(OCT_5, 6), "x_shared", {"post_text_signature": "a_jd"}),
    "overridden": (post_id(OCT_5, 7), "x_moved", {}),
    "on duty": (post_id(OCT_5 + DAY), "x_moved", {}),
    "nobody's": (post_id(OCT_5, 8), "x_nobody", {}),
    "new role": (post_id(OCT_5 + 20 * DAY), "x_roles", {}),
}


# weight and step by person and segment
Credit = dict[tuple[str, str], tuple[Decimal, int]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScratchWarehouse]:
    with ScratchWarehouse(tmp_path_factory.mktemp("resolver")) as scratch:
        for person_id in ("p_1", "p_2", "p_3", "p_writer", "p_jd"):
            scratch.person(person_id)
        scratch.person("p_leaver", left_on="2026-10-15")
        scratch.person("p_roles", segments=[("2020-01-01", "2026-10-20"), ("2026-10-20", "9999-12-31")])
        scratch.assign("account", "x_moved", "p_1", valid_to="2026-10-16")
        scratch.assign("account", "x_moved", "p_2", valid_from="2026-10-16")
        scratch.assign("account", "x_shared", "p_1", share="0.6")
        scratch.assign("account", "x_shared", "p_2", share="0.4")
        scratch.assign("account", "x_partly", "p_1", share="0.333333")
        scratch.assign("account", "x_leaver", "p_leaver")
        scratch.assign("account", "x_roles", "p_roles")
        scratch.assign("promo_code", "kol7 ", "p_3")
        scratch.identity("x_signature", "a_jd", "p_jd")
        scratch.identity("cms", "a_writer", "p_writer")
        scratch.company(
            "overrides",
            [{"record_type": "post", "record_id": POSTS["overridden"][0], "person_id": "p_3", "share": "0.25"}],
        )
        scratch.company(
            "duty_roster",
            [
                {
                    "subject_type": "account",
                    "subject_id": "x_moved",
                    "person_id": "p_3",
                    "starts_at": "2026-10-06 01:00:00",
                    "ends_at": "2026-10-06 09:00:00",
                }
            ],
        )
        for rank, account in enumerate(sorted({account for _, account, _ in POSTS.values()}), start=1):
            rows: list[dict[str, Any]] = [
                {
                    "post_id": key,
                    "posted_on": "2026-10-05",
                    "post_text_kind": "post",
                    "impressions": "10",
                    "likes": "1",
                    "engagements": "1",
                    **more,
                }
                for key, of_account, more in POSTS.values()
                if of_account == account
            ]
            scratch.landing("x_posts_content", rows, content_id=f"posts_{rank}", file_rank=rank, subject_id=account)
        scratch.landing(
            "content_log",
            [{"post_id": POSTS["written in the log"][0], "author": "a_writer", "is_original": "true"}],
            content_id="log",
            file_rank=90,
        )
        scratch.landing(
            "shopify_orders",
            [
                {"order_name": "#1", "order_id": "1", "created_at": "2026-10-05 12:00:00 +0800", "total": "9.90",
                 "discount_code": "Kol7"},
                {"order_name": "#2", "order_id": "2", "created_at": "2026-10-05 12:00:00 +0800", "total": "9.90"},
            ],
            content_id="orders",
            file_rank=91,
            subject_id="shop",
        )  # fmt: skip
        scratch.months("2026-10")
        scratch.dbt(
            "build",
            "--select",
            "+int_credit",
            "+int_ticket_credit",
            "+path:models/intermediate/credit",
            "+assert_credit_covers_every_record",
            "--exclude-resource-type",
            "unit_test",
            "--indirect-selection",
            "buildable",
        )
        yield scratch


def credit_of(
    scratch: ScratchWarehouse, record_type: str, record_id: str
) -> dict[tuple[str, str], tuple[Decimal, int]]:
    """Weight and step by person and segment."""
    rows = scratch.rows(
        f"select * from intermediate.int_credit where record_type = '{record_type}' and record_id = '{record_id}'"
    )
    return {(row["person_id"], row["segment_id"]): (row["weight"], row["rule_step"]) for row in rows}


SEGMENT = "2020-01-01"
NOBODY = {("UNASSIGNED", ""): (Decimal(1), 9)}


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        ("before the hand-over", {("p_1", SEGMENT): ("1", 8)}),
        ("after the hand-over", {("p_2", SEGMENT): ("1", 8)}),
        ("on the stroke of the hand-over", {("p_2", SEGMENT): ("1", 8)}),
        ("a millisecond earlier", {("p_1", SEGMENT): ("1", 8)}),
        ("shared", {("p_1", SEGMENT): ("0.6", 8), ("p_2", SEGMENT): ("0.4", 8)}),
        ("partly shared", {("p_1", SEGMENT): ("0.333333", 8), ("UNASSIGNED", ""): ("0.666667", 8)}),
        ("owner still there", {("p_leaver", SEGMENT): ("1", 8)}),
        ("owner gone", {("UNASSIGNED", ""): ("1", 9)}),
        ("signed", {("p_jd", SEGMENT): ("1", 4)}),
        ("signed by somebody unknown", {("p_1", SEGMENT): ("1", 8)}),
        ("written in the log", {("p_writer", SEGMENT): ("1", 2)}),
        ("overridden", {("p_3", SEGMENT): ("0.25", 1), ("UNASSIGNED", ""): ("0.75", 1)}),
        ("on duty", {("p_3", SEGMENT): ("1", 7)}),
        ("nobody's", {("UNASSIGNED", ""): ("1", 9)}),
        ("new role", {("p_roles", "2026-10-20"): ("1", 8)}),
    ],
)
def test_each_post_is_credited(
    built: ScratchWarehouse, post: str, expected: dict[tuple[str, str], tuple[str, int]]
) -> None:
    wanted = {who: (Decimal(weight), step) for who, (weight, step) in expected.items()}
    assert credit_of(built, "post", POSTS[post][0]) == wanted


def test_a_code_is_matched_whatever_its_spelling(built: ScratchWarehouse) -> None:
    assert credit_of(built, "order", "1") == {("p_3", SEGMENT): (Decimal(1), 5)}


def test_an_order_without_trace_stays_unassigned(built: ScratchWarehouse) -> None:
    assert credit_of(built, "order", "2") == NOBODY


def test_persons_and_unassigned_together_are_the_source(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select record_type, sum(weight) as weight, count(distinct record_id) as n_records "
        "from intermediate.int_credit group by record_type"
    )
    assert {row["record_type"]: row["weight"] for row in rows} == {"post": Decimal(len(POSTS)), "order": Decimal(2)}


# one defect for each check, on records of its own, and what a run then says
DAMAGE = {
    "assert_credit_weights_sum_to_one": (
        "update intermediate.int_credit set weight = 0.5 where person_id = 'p_jd'",
        "record_type post, record_id {signed}, month 2026-10-01, total_weight 0.500000",
    ),
    "assert_credit_covers_every_record": (
        "delete from intermediate.int_credit where record_type = 'order' and record_id = '1'",
        # the posts through the lost half and the doubled one
        "record_type order, n_records 2, total_weight 1.000000; record_type post, n_records 16, total_weight 14.500000",
    ),
    "assert_credit_only_while_employed": (
        "update intermediate.int_credit_windows set valid_to = '9999-12-31' where person_id = 'p_leaver'",
        "person_id p_leaver, problem window assignment account; person_id p_writer, problem credit in 2026-10-01",
    ),
    "relationships_where_int_credit_person_id__segment_id__person_id_UNASSIGNED___source_company_segments_": (
        "update intermediate.int_credit set segment_id = '1999-01-01' where person_id = 'p_writer'",
        "person_id p_writer, segment_id 1999-01-01",
    ),
    "rows_hold_int_credit": (
        "update intermediate.int_credit set rule_step = 10 where person_id = 'p_roles'",
        "rule_step between 1 and 9: 1 broken, first record_type post, record_id {new role}, person_id p_roles",
    ),
    "rows_hold_int_posts": (
        "insert into intermediate.int_posts select * from intermediate.int_posts where account_id = 'x_partly'",
        "post_id is unique: 1 broken, first post_id {partly shared}",
    ),
    "rows_hold_int_order_history": (
        "update intermediate.int_order_history set net_amount = 1, refunded_amount = -1 where record_id = '2'",
        "total_amount is null or net_amount = total_amount - refunded_amount: 1 broken, first record_id 2; "
        "refunded_amount is null or refunded_amount >= 0 (expected): 1 broken, first record_id 2",
    ),
    "rows_hold_int_follower_counts": (
        "insert into intermediate.int_follower_counts (account_id, day, followers) values ('x_lost', '2026-10-01', -3)",
        "followers is null or followers >= 0 (expected): 1 broken, first account_id x_lost, day 2026-10-01",
    ),
    "source_mutually_exclusive_ranges_company_segments_valid_from__person_id__valid_to": (
        "update company.segments set valid_to = '2026-10-21' where person_id = 'p_roles' and valid_to = '2026-10-20'",
        "person_id p_roles",
    ),
    "source_no_period_gaps_company_calendar_day": (
        "delete from company.calendar where day = date '2026-10-05'",
        "period_start 2026-10-04, next_start 2026-10-06",
    ),
}
ONLY_EXPECTED = {"rows_hold_int_follower_counts"}


@pytest.fixture(scope="module")
def damaged(built: ScratchWarehouse, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, str]]:
    """What dbt says about a copy with all the damage, and what a run says of it."""
    twin = built.copy(tmp_path_factory.mktemp("damaged"))
    for statement, _ in DAMAGE.values():
        twin.execute(statement)
    output = twin.dbt("--write-json", "test", "--select", *DAMAGE, expect_success=False)
    return output, failed_tests(twin.folder / "target", twin.path)


@pytest.mark.parametrize("check", DAMAGE)
def test_the_checks_see_the_defect_they_exist_for(damaged: tuple[str, dict[str, str]], check: str) -> None:
    output, told = damaged
    assert re.search(rf"{'WARN' if check in ONLY_EXPECTED else 'FAIL'} \d+ {check} ", output)
    assert DAMAGE[check][1].format_map({post: one[0] for post, one in POSTS.items()}) in told[check]


def test_what_only_exports_may_break_does_not_fail(built: ScratchWarehouse, tmp_path: Path) -> None:
    twin = built.copy(tmp_path)
    twin.execute(DAMAGE["rows_hold_int_follower_counts"][0])
    assert "WARN=1 ERROR=0" in twin.dbt("test", "--select", "rows_hold_int_follower_counts")
