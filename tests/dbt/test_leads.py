"""Attribution, leads that become customers, restated spend, GA4's days and the lint of UTM tags, over several files.

Belongs here: what needs several files or months. Does not belong here: a KPI's formula (unit tests beside the models),
the reading of bytes (tests/unit/landing/test_land_leads.py). `p_*` are people, `c_*` customers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from harness.warehouse import ScratchWarehouse, every_relation

OCTOBER, NOVEMBER = "2026-10-01", "2026-11-01"
X_AD = {"day": "2026-10-05", "campaign": "Launch", "currency": "CNY", "impressions": "1000", "clicks": "20"}


def lead(number: int, at: str, customer: str = "", **more: str | None) -> dict[str, Any]:
    """One row of leads, created at a UTC time."""
    tags = {"utm_source": "", "utm_medium": "", "utm_campaign": "", "utm_content": ""}
    return {"lead_id": f"L{number}", "created_at": at, "email": customer or None, **tags, **more}


def order(number: int, at: str, customer: str, **more: str) -> dict[str, str]:
    """One order of one line."""
    return {
        "order_name": f"#{number}", "order_id": str(number), "created_at": at, "email": customer, "total": "100.00",
        "currency": "CNY", **more,
    }  # fmt: skip


def touch(at: str, customer: str, source: str, medium: str, campaign: str = "", content: str = "") -> dict[str, str]:
    """One touch of a customer."""
    return {
        "customer": customer, "touched_at": at, "utm_source": source, "utm_medium": medium, "utm_campaign": campaign,
        "utm_content": content,
    }  # fmt: skip


def people(scratch: ScratchWarehouse) -> None:
    """Who holds which code, campaign and login."""
    for person in ("p_code", "p_campaign", "p_promo", "p_crm", "p_till"):
        scratch.person(person)
    scratch.person("p_left", "2026-01-01", "2026-10-20")
    scratch.assign("utm_code", "KOL-1", "p_code")
    scratch.assign("utm_code", "kol-left", "p_left", "2026-01-01", "2026-10-20")
    scratch.assign("campaign", "Launch", "p_campaign")
    scratch.assign("promo_code", "VIP", "p_promo")
    scratch.identity("crm", "a_crm", "p_crm")
    scratch.identity("pos", "a_till", "p_till")


ORDERS = [
    order(1, "2026-10-20 12:00:00", "c_1", discount_code="VIP"),
    order(2, "2026-10-20 12:00:00", "c_1"),
    order(3, "2026-10-20 12:00:00", "c_old"),
    order(4, "2026-10-20 12:00:00", "c_mail", employee="a_till"),
    order(5, "2026-10-20 12:00:00", "c_direct", employee="a_till"),
    order(6, "2026-10-20 12:00:00", "c_owned"),
    order(7, "2026-10-20 12:00:00", "c_ad", refunded_amount="40.00"),
    order(8, "2026-10-20 12:00:00", "c_nobody"),
]
TOUCHES = [
    touch("2026-10-19 12:00:00", "c_1", "x", "social", content="kol-1"),
    touch("2026-10-01 12:00:00", "c_1", "news", "email", "letter"),
    # eight days: beyond the window of social channels
    touch("2026-10-12 12:00:00", "c_old", "x", "social", content="kol-1"),
    # twenty-nine days: within that of the others
    touch("2026-09-21 12:00:01", "c_mail", "news", "email", "launch"),
    touch("2026-10-20 11:00:00", "c_direct", "(direct)", "(none)", content="kol-1"),
    touch("2026-10-20 12:00:00", "c_ad", "x", "cpc", "launch"),
    touch("2026-10-20 12:00:01", "c_nobody", "x", "social", content="kol-1"),  # after the order
]
LEADS = [
    # September's leads have had their thirty days in October
    lead(1, "2026-09-10 04:00:00", "c_w1", utm_source="x", utm_medium="social", utm_content="kol-1"),
    lead(2, "2026-09-10 04:00:00", "c_w2", utm_source="x", utm_medium="social", utm_content="kol-1"),
    lead(3, "2026-09-25 04:00:00", "c_w1", utm_source="x", utm_medium="social", utm_content="kol-1"),  # again
    lead(4, "2026-09-25 04:00:00", "c_w4", utm_source="x", utm_medium="social", utm_content="kol-left"),
    lead(5, "2026-10-05 04:00:00", "c_owned", owner="a_crm"),
    lead(6, "2026-10-05 04:00:00", "c_q", utm_source="x", utm_medium="cpc", utm_campaign="launch", status="qualified"),
    lead(7, "2026-10-06 04:00:00", "c_q", utm_source="x", utm_medium="cpc", utm_campaign="launch", status="qualified"),
    lead(8, "2026-10-05 04:00:00", "c_s", utm_source="tikktok", utm_medium="video", utm_content="kol-1"),
    lead(9, "2026-10-05 04:00:00", "c_u", utm_source="X", utm_medium="Social", utm_content="ghost"),
    lead(10, "2026-10-05 04:00:00", "c_g", utm_source="x", utm_medium="cpc", utm_campaign="ghost", status="qualified"),
]


def files(scratch: ScratchWarehouse) -> None:
    """Every export of the story, ranked as it was taken."""
    scratch.landing("shopify_orders", ORDERS, content_id="orders", subject_id="shop", timezone="UTC")
    earlier = [
        order(90, "2026-10-10 03:59:59", "c_w1"),  # within thirty days of lead 1
        order(91, "2026-10-10 04:00:00", "c_w2"),  # the moment they are over
        order(92, "2026-09-26 04:00:00", "c_w4", cancelled_at="2026-09-27 04:00:00"),
    ]
    scratch.landing("shopify_orders", earlier, content_id="orders2", file_rank=2, subject_id="shop", timezone="UTC")
    scratch.landing("touchpoints", TOUCHES, content_id="touches")
    scratch.landing("leads", LEADS, content_id="leads")
    first, again = {**X_AD, "spend_micro": "9600000"}, {**X_AD, "spend_micro": "10000000"}
    scratch.landing("x_ads", [first], content_id="x1", file_rank=1, exported_at="2026-10-09")
    scratch.landing("x_ads", [again], content_id="x2", file_rank=2, exported_at="2026-11-09")
    dollars = {"day": "2026-10-05", "campaign": "launch", "total_spent": "7", "currency": "USD", "clicks": "1"}
    scratch.landing("linkedin_ads", [dollars], content_id="li", exported_at="2026-11-30")
    meta = {"day": "2026-10-30", "campaign": "other", "spend": "5", "currency": "CNY"}
    scratch.landing("ad_spend", [meta], content_id="meta", exported_at="2026-11-09")
    web: list[tuple[str, str]] = [("x / social", "30"), ("(not set)", "9")]
    later = [("x / social", "33"), ("(other)", "4")]
    for rank, (rows, exported) in enumerate(((web, "2026-10-06"), (later, "2026-10-09")), start=1):
        scratch.landing(
            "ga4_traffic",
            [{"day": "2026-10-05", "source_medium": name, "sessions": n} for name, n in rows],
            content_id=f"ga{rank}", file_rank=rank, exported_at=exported,
        )  # fmt: skip
    scratch.landing(
        "ga4_traffic", [{"day": "2026-10-07", "source_medium": "x / social", "sessions": "5"}],
        content_id="ga3", file_rank=3, exported_at="2026-10-09",
    )  # fmt: skip
    scratch.landing(
        "ga4_traffic", [{"day": "2026-10-05", "source_medium": "x / social", "sessions": "0"}],
        content_id="ga4", file_rank=4, exported_at="2026-10-10",
    )  # fmt: skip
    play = {"day": "2026-10-05", "app_id": "org.acme", "installs": "50"}
    partner = {**play, "app_platform": "android", "media_source": "x", "campaign": "Launch", "installs": "20"}
    store_only = {**play, "day": "2026-10-06", "installs": "7"}
    scratch.landing("app_installs", [play, store_only], content_id="play")
    scratch.landing("app_installs", [partner], content_id="partner", file_rank=2)
    due = {"due_at": "2026-10-09 10:00:00", "person": "a_crm"}
    reports: list[dict[str, Any]] = [
        {**due, "report_id": "in time", "delivered_at": "2026-10-09 10:00:00"},
        {**due, "report_id": "late", "delivered_at": "2026-10-09 10:00:01"},
        {**due, "report_id": "never", "delivered_at": None},
        {**due, "report_id": "not yet", "delivered_at": None, "due_at": "2026-10-31 10:00:00"},
    ]
    scratch.landing("report_deliveries", reports, content_id="reports", exported_at="2026-10-20")
    funnel = [("leads", "3"), ("orders", "9"), ("made_up", "3")]
    scratch.landing(
        "funnel_reports",
        [{"period_start": OCTOBER, "step": step, "reported_value": n, "person": "a_crm"} for step, n in funnel],
        content_id="funnel",
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScratchWarehouse]:
    with ScratchWarehouse(
        tmp_path_factory.mktemp("leads"), settings={"timezone": "UTC"}, begin_from=every_relation()
    ) as scratch:
        people(scratch)
        files(scratch)
        bases = (("", None), ("x_ads", 12), ("linkedin_ads", 3))
        scratch.company(
            "cpl_bases",
            [{"month": OCTOBER, "team_id": "", "channel": name, "amount": amount} for name, amount in bases],
        )
        scratch.months("2026-10")
        scratch.build()
        yield scratch


def credited(built: ScratchWarehouse, record_type: str, relation: str = "int_credit") -> dict[str, str]:
    """Record -> person, of records that one person has."""
    rows = built.rows(f"select record_id, person_id from intermediate.{relation} where record_type = '{record_type}'")
    return {row["record_id"]: row["person_id"] for row in rows}


def attributed(built: ScratchWarehouse, record_type: str) -> dict[str, tuple[str, str]]:
    """Record -> method and channel."""
    rows = built.rows(f"select * from intermediate.int_attribution where record_type = '{record_type}'")
    return {row["record_id"]: (row["method"], row["channel"]) for row in rows}


def sums(built: ScratchWarehouse, kpi: str) -> dict[tuple[str, str], tuple[Any, Any]]:
    """(person, subject) -> numerator and denominator."""
    rows = built.rows(f"select * from marts.fct_kpi_components where kpi_id = '{kpi}'")
    return {(row["person_id"], row["subject_id"]): (row["numerator"], row["denominator"]) for row in rows}


def test_promo_code_before_touch_before_till_before_crm_owner(built: ScratchWarehouse) -> None:
    assert attributed(built, "order") == {
        "1": ("promo_code", "social"),
        "2": ("utm_code", "social"),
        "3": ("none", "unattributed"),
        "4": ("campaign", "email"),
        "5": ("actor_pos", "unattributed"),
        "6": ("actor_crm", "unattributed"),
        "7": ("campaign", "x_ads"),
        "8": ("none", "unattributed"),
        "90": ("none", "unattributed"),
    } | {"91": ("none", "unattributed")}
    found = credited(built, "order")
    assert [found[str(n)] for n in range(1, 9)] == [
        "p_promo", "p_code", "UNASSIGNED", "p_campaign", "p_till", "p_crm", "p_campaign", "UNASSIGNED",
    ]  # fmt: skip


def test_the_first_touch_is_kept_beside_the_last(built: ScratchWarehouse) -> None:
    (row,) = built.rows("select * from intermediate.int_attribution where record_id = '2' and record_type = 'order'")
    assert (row["first_touch_at"], row["first_touch_campaign"]) == (datetime(2026, 10, 1, 12), "letter")
    assert (row["last_touch_at"], row["last_touch_content"]) == (datetime(2026, 10, 19, 12), "kol-1")


@pytest.mark.req("004-K2")
def test_a_lead_counts_when_its_window_has_ended(built: ScratchWarehouse) -> None:
    """Lead 1 won a second before its thirty days were over, lead 2 at their end; lead 4's order was cancelled.

    Lead 4 was brought by somebody who has left since: it is nobody's. Lead 3 is lead 1 sent again.
    """
    assert sums(built, "lead_conversion_cohort") == {
        ("p_code", "social"): (Decimal(1), Decimal(2)),
        ("UNASSIGNED", "social"): (Decimal(0), Decimal(1)),
    }


@pytest.mark.req("004-K2")
def test_the_period_counts_who_was_won_in_it(built: ScratchWarehouse) -> None:
    """Lead 1 was won in October, and so was the owner's lead 5; of six leads that came one is lead 6 again."""
    rows = built.rows(
        "select sum(numerator) as n, sum(denominator) as d from marts.fct_kpi_components"
        " where kpi_id = 'lead_conversion'"
    )
    assert rows == [{"n": Decimal(2), "d": Decimal(5)}]


@pytest.mark.req("004-K4")
def test_incident_5_restated_spend_replaces_the_first(built: ScratchWarehouse) -> None:
    """10.00 for one qualified lead; the lead sent again is not a second one. Dollars are not added.

    A lead of a campaign of which no spend is known would be free, and make the others cheap: it does not count.
    """
    found = sums(built, "cost_per_lead")
    assert sum(denominator for _, denominator in found.values()) == 1
    assert found["p_campaign", "x_ads"] == (Decimal(10), Decimal(1))
    assert ("p_campaign", "linkedin_ads") not in found


@pytest.mark.req("004-K4")
@pytest.mark.req("004-I1")
def test_savings_are_of_the_very_records_of_the_cost_per_lead(built: ScratchWarehouse) -> None:
    """One qualified lead of base 12 less 10 of spend; Meta has no base, so its spend is nobody's saving and is told."""
    found = built.rows(
        "select person_id, subject_id, numerator from marts.fct_kpi_components where kpi_id = 'lead_cost_savings'"
    )
    assert [(row["person_id"], row["subject_id"], row["numerator"]) for row in found] == [
        ("p_campaign", "x_ads", Decimal(2))
    ]
    told = built.rows(
        "select subject_id, message from marts.data_quality_findings where reason_code = 'cpl_base_missing'"
    )
    assert [(row["subject_id"], row["message"]) for row in told] == [
        ("UNASSIGNED", "reviews/finance.csv states no base cost per lead of meta_ads (1 records).")
    ]
    (status,) = built.rows(
        "select status, status_reason from marts.fct_person_kpi where person_id = 'p_campaign'"
        " and kpi_id = 'lead_cost_savings' and period_type = 'month'"
    )
    assert status["status"] == "withheld"  # by the spend in dollars, as the cost per lead
    assert "in another currency" in status["status_reason"]


@pytest.mark.req("004-K5")
def test_the_return_is_net_of_refunds(built: ScratchWarehouse) -> None:
    """Order 7 is 100 less 40; 60 - 10 over 10, and 60 over 10."""
    assert sums(built, "marketing_roi")["p_campaign", "x_ads"] == (Decimal(50), Decimal(10))
    assert sums(built, "return_on_ad_spend")["p_campaign", "x_ads"] == (Decimal(60), Decimal(10))


@pytest.mark.req("004-K18")
def test_clicks_count_in_any_currency(built: ScratchWarehouse) -> None:
    assert sums(built, "ad_click_rate")["p_campaign", "x_ads"] == (Decimal(20), Decimal(1000))


def test_incident_19_another_currency_withholds(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select subject_id, kpi_scope, message from marts.data_quality_findings where reason_code = 'foreign_spend'"
    )
    assert [(row["subject_id"], row["message"]) for row in rows] == [
        ("p_campaign", "1 days of ad spend are in another currency (USD) and cannot be added up.")
    ]
    (status,) = built.rows(
        "select status, value from marts.fct_person_kpi where person_id = 'p_campaign' and kpi_id = 'marketing_roi'"
        " and period_type = 'month'"
    )
    assert status == {"status": "withheld", "value": None}


def test_incident_5_days_that_are_still_restated_are_told(built: ScratchWarehouse) -> None:
    """Meta's day was exported ten days after; of GA4's days the seventh, two days after; X's first has settled."""
    rows = built.rows(
        "select family, n, severity, message from marts.data_quality_findings where reason_code = 'unsettled_days'"
        " order by family"
    )
    assert [(row["family"], row["n"], row["severity"]) for row in rows] == [
        ("ads", 1, "provisional"), ("web", 1, "provisional"),
    ]  # fmt: skip


@pytest.mark.req("000-K15")
def test_incident_5_a_later_ga4_export_replaces_the_whole_day(built: ScratchWarehouse) -> None:
    """`(not set)` has become somebody's sessions: it must not stay beside them. Zeros replace nothing."""
    rows = built.rows(
        "select utm_source, sessions, has_conflict from intermediate.int_web_days order by day, utm_source"
    )
    assert [(row["utm_source"], row["sessions"]) for row in rows] == [("(other)", 4), ("x", 33), ("x", 5)]
    assert [row["has_conflict"] for row in rows] == [False, True, False]  # zeros came after values


@pytest.mark.req("000-K17")
def test_installs_of_a_partner_are_not_counted_again(built: ScratchWarehouse) -> None:
    assert sums(built, "app_installs") == {
        ("p_campaign", "org.acme"): (Decimal(20), None),
        ("UNASSIGNED", "org.acme"): (Decimal(7), None),
    }


@pytest.mark.req("000-K28")
@pytest.mark.req("004-K12")
def test_reports_in_time(built: ScratchWarehouse) -> None:
    """One of three; the fourth was not due when the register was written."""
    assert sums(built, "report_timeliness") == {("p_crm", "crm"): (Decimal(1), Decimal(3))}


@pytest.mark.req("000-K28")
@pytest.mark.req("004-K11")
def test_reported_steps_against_recomputed_ones(built: ScratchWarehouse) -> None:
    """Three leads told of six: 0.5. Nine orders told of ten: 0.9. A step that nobody knows does not count."""
    assert sums(built, "funnel_accuracy") == {("p_crm", "crm"): (Decimal("1.4"), Decimal(2))}


@pytest.mark.req("004-D1")
def test_tags_that_lead_nowhere_are_listed(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select reason_code, subject_id, n from marts.data_quality_findings where guard = 'utm' and family = 'leads'"
    )
    assert {(row["reason_code"], row["subject_id"]): row["n"] for row in rows} == {
        ("utm_source_unknown", "tikktok"): 1,
        ("utm_upper_case", "x"): 1,
        ("utm_content_missing", "x"): 3,
        ("utm_campaign_without_spend", "ghost"): 1,
        ("utm_code_unheld", "ghost"): 1,
    }


@pytest.mark.req("004-D1")
def test_the_unattributed_share_is_told(built: ScratchWarehouse) -> None:
    """Of October's six leads two have no owner; it is told of the decisive family of a KPI of several."""
    rows = built.rows(
        "select kpi_scope, family, message from marts.data_quality_findings where reason_code = 'unassigned_share'"
    )
    told = {row["kpi_scope"]: (row["family"], row["message"]) for row in rows}
    assert told["conversion_revenue"][0] == "orders"
    assert told["online_traffic_share"] == ("leads", "33.3 % of online_traffic_share is credited to nobody.")
    assert told["lead_conversion_cohort"] == ("leads", "33.3 % of lead_conversion_cohort is credited to nobody.")
