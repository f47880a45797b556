"""What the demo company lacks, on segments and readings made by hand; every number here is worked out in the docstring.

Belongs here: `score_period` on a few people at a time, with results in digits. Does not belong here: the recomputation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pipelines.periods import parse_period
from pipelines.schemes.loader import load_scheme
from pipelines.scoring import CommunityInput, KpiReading, PeriodResult, ReviewInput, SegmentInput, score_period

OPEN = date(9999, 12, 31)
OCTOBER = "2026-10"
Given = Mapping[str, str | None]
#: No reading at all is withheld data; these are people of whom the data says that there is nothing to judge.
NOTHING = "not_applicable"
WITHHELD = "withheld"


def reading(kpi: str, value: str | None) -> KpiReading:
    if value in {NOTHING, WITHHELD}:
        return KpiReading(kpi, None, status=str(value), reason_code="no_activity")
    return KpiReading(kpi, Decimal(str(value)), n_records=1)


def segment(person: str, scheme: str, role: str, given: Given, **changes: Any) -> SegmentInput:
    """All of October unless said otherwise; KPIs that are not given have nothing to judge."""
    kpis = load_scheme(scheme).kpis
    gates = {gate.kpi for gate in load_scheme(scheme).gates}
    readings = {kpi: reading(kpi, NOTHING) for kpi in {*kpis, *gates}} | {
        kpi: reading(kpi, v) for kpi, v in given.items()
    }
    start = changes.get("valid_from", date(2022, 3, 1))
    told: dict[str, Any] = {
        "person_id": person,
        "segment_id": start.isoformat(),
        "valid_from": start,
        "valid_to": OPEN,
        "eligible_days": 31,
        "period_days": 31,
        "role": role,
        "level": "L2",
        "team_id": "brand",
        "scheme_id": scheme,
        "bonus_base": Decimal(4000),
        "readings": readings,
    }
    return SegmentInput(**told | changes)


def scored(*segments: SegmentInput, period: str = OCTOBER, **more: Any) -> PeriodResult:
    schemes = {one.scheme_id: load_scheme(one.scheme_id) for one in segments}
    return score_period(parse_period(period), "CNY", schemes, segments, **more)


def trace(result: PeriodResult, person: str) -> dict[str, Any]:
    return next(one.to_dict() for one in result.people if one.person_id == person)


def line(card: dict[str, Any], kpi: str, segment: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in card["segments"][segment]["lines"] if one["kpi_id"] == kpi)
    return found


def near(raw: str, expected: str) -> bool:
    return abs(Decimal(raw) - Decimal(expected)) < Decimal("0.000001")


CONTENT = {
    "content_quality_score": "80",
    "content_click_rate": "0.01",
    "shares_per_post": "5",
    "valid_message_share": "0.6",
}


def test_who_changes_role_on_the_11th_has_two_parts_of_10_and_21_days() -> None:
    """Ten days of content: 10 of 60 × 10/31 active members are 51.666667 %, 3.333333 points; the rest is at target,
    so (80 × 100 + 20 × 3.333333)/100 = 80.666667. 21 days of growth: 21 of 30 × 21/31 are 103.333333 %, 102.222222
    points; what counts by quarter is left out, so net growth weighs 60 × 25/40 = 37.5: 100 + 37.5 % × 2.222222 =
    100.833333. The month: (10 × 80.666667 + 21 × 100.833333)/31 = 94.327957. Pay: 4,000 × 70 % × 10/31 × 80.666667 %
    = 728.602151 and 5,000 × 70 % × 21/31 × 100.833333 % = 2,390.725806, together 3,119.33; the cent goes to the
    larger remainder.
    """
    before = segment(
        "P1", "002", "content", CONTENT | {"active_members": "10"}, valid_to=date(2026, 10, 11), eligible_days=10
    )
    after = segment(
        "P1",
        "002",
        "growth",
        {"member_net_growth": "21", "event_participation_rate": "0.3", "member_retention_30": "0.8"},
        valid_from=date(2026, 10, 11),
        eligible_days=21,
        bonus_base=Decimal(5000),
    )
    card = trace(scored(after, before), "P1")
    assert near(line(card, "active_members")["attainment"], "51.666667")
    assert near(card["segments"][0]["score"], "80.666667")
    assert line(card, "member_net_growth", 1)["effective_weight"] == "37.5"
    assert near(card["segments"][1]["score"], "100.833333")
    assert near(card["score"], "94.327957")
    assert card["printed_score"] == "94.33"
    assert [one["bonus"]["earned"] for one in card["segments"]] == ["728.60", "2390.73"]
    assert card["bonus"]["payable"] == "3119.33"


def test_who_joins_on_the_20th_has_12_days_of_target_and_of_pay() -> None:
    """3 new customers of 10 × 12/31 are 77.5 %, 55 points at a weight of 15 of the 80 that count by month; the
    others are at target: (65 × 100 + 15 × 55)/80 = 91.5625. Class 2: 1,000 × 50 % × 12/31 × 91.5625 % = 177.217742.
    """
    joined = segment(
        "P1",
        "001",
        "customer_service",
        {
            "first_reply_within_sla": "0.9",
            "member_growth_rate": "0.05",
            "event_participation_rate": "0.3",
            "content_interaction_rate": "0.05",
            "new_customers": "3",
            "member_retention_30": "0.5",
        },
        valid_from=date(2026, 10, 20),
        eligible_days=12,
    )
    card = trace(scored(joined), "P1")
    assert near(line(card, "new_customers")["target"], "3.870968")
    assert line(card, "new_customers")["kpi_score"] == "55"
    assert card["score"] == "91.5625"
    assert card["bonus"]["payable"] == "177.22"


def test_who_leaves_shares_the_pool_by_15_days() -> None:
    """Of 600 followers and 1.5 million impressions the first has 600 and 1.5 million: 100 points. The second leaves
    after 15 days with 300 and 750,000 of 15/31 of that: 103.333333 %, 102.222222 points. The team: (31 × 100 + 15 ×
    103.333333)/46 = 101.086957 %, the whole pool: 2,800 + 2,800 × 15/31 = 4,154.84. Split by 100 × 31 to 102.222222
    × 15: 4,154.84 × 3,100/4,633.333333 = 2,779.856978.
    """
    stays = segment("P1", "000", "data_analyst", {"team_net_follower_growth": "600", "team_impressions": "1500000"})
    leaves = segment(
        "P2",
        "000",
        "data_analyst",
        {"team_net_follower_growth": "300", "team_impressions": "750000"},
        valid_to=date(2026, 10, 16),
        eligible_days=15,
    )
    result = scored(stays, leaves)
    assert near(trace(result, "P2")["score"], "102.222222")
    pool = result.pools[0].to_dict()
    assert near(pool["attainment_high"], "101.086957")
    assert (pool["amount"], pool["undistributed"]) == ("4154.84", "0.00")
    assert [trace(result, one)["bonus"]["earned"] for one in ("P1", "P2")] == ["2779.86", "1374.98"]


def test_ten_days_on_leave_are_neither_paid_nor_asked_for() -> None:
    """The growth part of the first case with 21 of 31 days: 21 of 30 × 21/31 new members, 100.833333 points, and
    5,000 × 70 % × 21/31 × 100.833333 % = 2,390.73.
    """
    away = segment(
        "P1",
        "002",
        "growth",
        {"member_net_growth": "21", "event_participation_rate": "0.3", "member_retention_30": "0.8"},
        eligible_days=21,
        leave_days=10,
        bonus_base=Decimal(5000),
    )
    card = trace(scored(away), "P1")
    assert near(card["score"], "100.833333")
    assert card["bonus"]["payable"] == "2390.73"


def test_a_whole_month_on_leave_is_neither_scored_nor_paid() -> None:
    away = segment("P1", "002", "content", CONTENT, eligible_days=0, leave_days=31)
    card = trace(scored(away), "P1")
    assert (card["bonus"]["earned"], card["bonus"]["held"], card["bonus"]["payable"]) == ("0.00", "0.00", "0.00")


def test_an_account_shared_60_to_40_gives_each_the_own_part() -> None:
    """Of 250 new followers one has 150, the other 100, each against 200: 75 % are 50 points, 50 % are none."""
    first = segment("P1", "000", "growth", {"net_follower_growth": "150"})
    second = segment("P2", "000", "growth", {"net_follower_growth": "100"})
    result = scored(first, second)
    assert [line(trace(result, one), "net_follower_growth")["kpi_score"] for one in ("P1", "P2")] == ["50", "0"]


@pytest.mark.req("003-R5")
def test_a_community_held_by_60_per_cent_weighs_by_its_days() -> None:
    """60 % of a content community are 18.6 days, beside 31 of a service community: 37.5 and 62.5 % of 49.6.

    Of the type's 40: quality 37.5 % of 20, answers 37.5 % of 15 (read for the community), resolution 62.5 % of 15.
    Of what is read by community the share stands at each: active members 10 are 3.75 and 6.25. The content community
    has 20 % of members active, 66.666667 % of 30 %: 33.333333 points; the service community 30 %: 100. Nothing else
    is known, so (3.75 × 33.333333 + 6.25 × 100)/10 = 75.
    """

    def community(name: str, kind: str, days: str, active: str) -> CommunityInput:
        readings = {"monthly_active_share": reading("monthly_active_share", active)}
        for kpi in ("member_retention_30", "accepted_answers", "speaking_rate", "new_member_activity"):
            readings[kpi] = reading(kpi, NOTHING)
        return CommunityInput(name, kind, "growth", Decimal(days), readings)

    card = trace(
        scored(
            segment(
                "P1",
                "003",
                "content",
                {},
                communities=(
                    community("c_reading", "content", "18.6", "0.2"),
                    community("c_help", "service", "31", "0.3"),
                ),
            )
        ),
        "P1",
    )
    weights = {
        (one["kpi_id"], (one.get("community") or {}).get("id", "")): one["weight"]
        for one in card["segments"][0]["lines"]
    }
    assert weights["content_quality_score", ""] == "7.5"
    assert weights["accepted_answers", "c_reading"] == "5.625"
    assert weights["ticket_resolution_rate", ""] == "9.375"
    assert weights["monthly_active_share", "c_reading"] == "3.75"
    assert weights["monthly_active_share", "c_help"] == "6.25"
    assert weights["certification_share", ""] == "5"
    assert sum(map(Decimal, weights.values())) == 100
    assert near(card["score"], "75")


def test_who_moves_to_another_scheme_on_the_16th_is_paid_by_both() -> None:
    """15 days of scheme 002 at 100 points: 4,000 × 70 % × 15/31 = 1,354.84. 16 days of scheme 000 with 300 of 600 ×
    16/31 followers: 96.875 %, 93.75 points; alone in the pool, in the tier of 80: 1,445.161290 × 80 % = 1,156.13.
    (15 × 100 + 16 × 93.75)/31 = 96.774194.
    """
    before = segment("P1", "002", "content", CONTENT, valid_to=date(2026, 10, 16), eligible_days=15)
    after = segment(
        "P1",
        "000",
        "data_analyst",
        {"team_net_follower_growth": "300"},
        valid_from=date(2026, 10, 16),
        eligible_days=16,
    )
    card = trace(scored(before, after), "P1")
    assert card["printed_score"] == "96.77"
    assert [one["bonus"]["earned"] for one in card["segments"]] == ["1354.84", "1156.13"]
    assert card["bonus"]["payable"] == "2510.97"


def test_who_had_no_ticket_at_all_is_scored_by_the_rest() -> None:
    """No first reply: its 10 go to the other 70 of the component, not to zero. Growth 80 % of its target is 60
    points at 20/70, the rest at target: 100 − 40 × 20/70 = 88.571429; class 2 has 500 × 88.571429 % = 442.86.
    """
    served = segment(
        "P1",
        "001",
        "customer_service",
        {
            "member_growth_rate": "0.04",
            "event_participation_rate": "0.3",
            "content_interaction_rate": "0.05",
            "new_customers": "10",
            "member_retention_30": "0.5",
        },
    )
    card = trace(scored(served), "P1")
    assert line(card, "first_reply_within_sla")["status"] == NOTHING
    assert line(card, "first_reply_within_sla")["effective_weight"] == "0"
    assert near(card["score"], "88.571429")
    assert (card["bonus"]["payable"], card["bonus"]["held"]) == ("442.86", "0.00")


def test_one_rating_that_is_missing_holds_its_part_alone() -> None:
    """The year of a growth person: 120 points of growth (130 %) at 20, 100 at 70; collaboration (10) is missing.
    Sure are 24 + 70 = 94; known is 90 of 100: 94/0.9 = 104.44 is printed. At most the missing one is as good as the
    best of the others: 94 + 12 = 106. 12 × 1,200 × 20 % = 2,880: 2,707.20 now, 345.60 held.
    """
    rated = segment(
        "P1",
        "001",
        "growth",
        {
            "member_growth_rate": "0.065",
            "new_customers": "120",
            "community_sales": "240000",
            "member_retention_60": "0.7",
            "event_participation_rate": "0.3",
            "member_retention_30": "0.5",
            "collaboration_360": WITHHELD,
            "culture_fit_points": "80",
        },
        eligible_days=365,
        period_days=365,
        level="L3",
    )
    card = trace(scored(rated, period="2025"), "P1")
    part = card["segments"][0]
    assert [Decimal(part[name]) for name in ("score_low", "score_high", "known_weight")] == [94, 106, 90]
    assert card["printed_score"] == "104.44"
    assert (card["bonus"]["payable"], card["bonus"]["held"]) == ("2707.20", "345.60")


@pytest.mark.req("000-R1")
def test_two_reviews_of_a_quarter_correct_the_whole_score() -> None:
    """50 and 60 are 55, which is under 60: the total × 0.8. Team at 100 points, hence 80; capped at 1.5 × 80 % = 120
    % of 2,800 and 100 % of the pool: 2,800.
    """
    one = segment(
        "P1",
        "000",
        "content",
        {"team_net_follower_growth": "600", "team_impressions": "1500000", "posting_frequency": "1"},
    )
    reviews = [ReviewInput("P1", Decimal(50), "P8"), ReviewInput("P1", Decimal(60), "P9")]
    card = trace(scored(one, reviews=reviews), "P1")
    assert (card["printed_score"], card["bonus"]["earned"]) == ("80.00", "2800.00")


@pytest.mark.req("001-R5")
def test_growth_whose_quality_nobody_knows_yet_holds_its_part() -> None:
    """Everything is at target; whether joiners stayed is not known, and may take 40 points of a weight of 20 of 70:
    100 − 11.428571. Of 500: 442.86 now, 57.14 held; the score that is printed is 100.
    """
    held = segment(
        "P1",
        "001",
        "content",
        {
            "member_growth_rate": "0.05",
            "event_participation_rate": "0.3",
            "content_interaction_rate": "0.05",
            "content_output_rate": "1",
            "member_retention_30": WITHHELD,
        },
    )
    card = trace(scored(held), "P1")
    assert card["printed_score"] == "100.00"
    assert near(card["segments"][0]["score_low"], "88.571429")
    assert (card["bonus"]["earned"], card["bonus"]["held"]) == ("442.86", "57.14")


def test_pay_is_rounded_once() -> None:
    """Process 0 points at 66.666667, behaviour 43.75 and 100 at 16.666667 each: 23.958333... (575/24).
    3,000 × 3 × 40 % × 77/92 × 575/24 % = 69,300/23 × 575/2,400 = 721.875, half a cent, rounded half-up: 721.88.
    """
    left = segment(
        "P1",
        "004",
        "event_planning",
        {"utm_compliance": "0.7", "teamwork_360": "2.75", "initiative_points": "50"},
        valid_to=date(2026, 9, 16),
        eligible_days=77,
        period_days=92,
        bonus_base=Decimal(3000),
        level="L1",
    )
    ratio = KpiReading("utm_compliance", Decimal("0.7"), Decimal(7), Decimal(10), 10)
    left = replace(left, readings={**left.readings, "utm_compliance": ratio})
    card = trace(scored(left, period="2026-Q3"), "P1")
    assert card["score"] == "23.958333333333"
    assert card["bonus"]["earned"] == "721.88"
