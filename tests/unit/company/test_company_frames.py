"""The company.* tables: typed, sorted, pseudonymous."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pyarrow as pa
import pytest

from pipelines.company import load_company
from pipelines.company.frames import SCHEMAS, company_tables
from pipelines.company.keys import Pseudonymiser

KPIS = frozenset({"impressions", "engagement_rate_followers", "net_follower_growth"})
KEYS = Pseudonymiser(b"k" * 32)


@pytest.fixture
def tables(home) -> dict[str, pa.Table]:
    return company_tables(load_company(home, kpi_ids=KPIS), KEYS)


def rows(table: pa.Table) -> list[tuple]:
    return [tuple(row.values()) for row in table.to_pylist()]


def test_every_table_has_its_schema(tables):
    assert {name: table.schema for name, table in tables.items()} == SCHEMAS


def test_nobody_is_named(tables):
    text = str({name: table.to_pydict() for name, table in tables.items() if name != "calendar"})
    for secret in ("李娜", "Li Na", "王伟", "li@example.com", "'li'", "'wang'", "'chen'", "Value 1", "value 1", "'LN'"):
        assert secret not in text


def test_people_and_segments(tables):
    assert (KEYS.person("wang"), date(2024, 1, 1), date(2026, 10, 16)) in rows(tables["people"])
    assert (KEYS.person("li"), date(2024, 1, 1), None) in rows(tables["people"])
    segment = (
        KEYS.person("li"),
        "2026-10-11",
        date(2026, 10, 11),
        date(9999, 12, 31),
        "editor",
        "L2",
        "content",
        "000",
    )
    assert segment in rows(tables["segments"])
    assert tables["segments"].num_rows == 3


def test_identities_are_keys_on_both_sides(tables):
    key = KEYS.actor("tickets", "  value　1 ")
    assert {row for row in rows(tables["identity_map"]) if row[1] == key} == {
        ("tickets", key, KEYS.person("li"), date(2024, 1, 1), date(2025, 1, 1)),
        ("tickets", key, KEYS.person("wang"), date(2025, 1, 1), date(9999, 12, 31)),
    }


def test_accounts_take_the_company_s_zone_and_currency(tables):
    assert rows(tables["accounts"]) == [
        ("acme_shop", "shopify", "growth", "Europe/Berlin", "EUR", date(2024, 1, 1), date(2026, 12, 31)),
        ("acme_x", "x", "growth", "Asia/Shanghai", "CNY", date(2024, 1, 1), date(9999, 12, 31)),
    ]


def test_shares_are_fractions(tables):
    shares = {(row[1], row[2], row[4]): row[3] for row in rows(tables["assignments"])}
    assert shares["SAVE10", KEYS.person("li"), date(2024, 1, 1)] == Decimal("0.333333")
    assert shares["acme_x", KEYS.person("wang"), date(2026, 10, 11)] == 1
    assert rows(tables["overrides"]) == [("post", "2054173519462039552", KEYS.person("li"), Decimal(1))]


def test_shifts_are_instants(tables):
    assert rows(tables["duty_roster"]) == [
        ("account", "acme_x", KEYS.person("li"), datetime(2026, 10, 3, 1), datetime(2026, 10, 3, 10))
    ]


def test_a_plan_is_of_an_account_or_a_person(tables):
    assert rows(tables["publishing_plan"]) == [
        (date(2026, 10, 1), None, KEYS.person("li"), Decimal("12.50")),
        (date(2026, 10, 1), "acme_x", None, Decimal("31.00")),
    ]


def test_the_calendar_covers_2009_to_2030(tables):
    days = dict(rows(tables["calendar"]))
    assert (min(days), max(days), len(days)) == (date(2009, 1, 1), date(2030, 12, 31), 8035)
    assert days[date(2026, 10, 10)]  # a Saturday that is worked for the National Day holidays
    assert not days[date(2026, 10, 7)]
    assert not days[date(2030, 12, 29)]  # a Sunday of a year without a notice


def test_settings_are_one_row(tables):
    assert tables["settings"].to_pylist() == [
        {
            "timezone": "Asia/Shanghai",
            "currency": "CNY",
            "bookmark_weight": Decimal(2),
            "measure_age_days": 7,
            "business_start": time(9),
            "business_end": time(18),
            "sla_first_reply_minutes": 240,
            "viral_z": Decimal("3.5"),
            "viral_min_posts": 20,
            "viral_baseline_days": 90,
            "original_min_coverage": Decimal("0.95"),
            "n_formats": 6,
            "volume_change_factor": Decimal(5),
            "max_unassigned_share": Decimal("0.2"),
            "content_weight_article": Decimal(3),
            "content_weight_video": Decimal(4),
            "content_weight_event": Decimal(5),
            "content_weight_post": Decimal(1),
            "customer_active_days": 365,
            "high_value_days": 365,
            "high_value_amount": Decimal(1000),
            "loyalty_days": 90,
            "value_weight_active": Decimal("0.4"),
            "value_weight_high_value": Decimal("0.3"),
            "value_weight_referral": Decimal("0.3"),
            "ad_spend_channel": "meta_ads",
            "touch_window_social_days": 7,
            "touch_window_crm_days": 30,
            "lead_conversion_days": 30,
            "web_settle_days": 2,
            "ad_settle_days": 28,
            "csat_scale_min": 1,
            "csat_scale_max": 5,
            "event_order_days": 30,
            "crisis_response_minutes_high": 60,
            "crisis_response_minutes_medium": 240,
            "crisis_response_minutes_low": 1440,
            "crisis_resolve_minutes_high": 1440,
            "crisis_resolve_minutes_medium": 4320,
            "crisis_resolve_minutes_low": 10080,
            "min_raters_360": 3,
            "sentiment_min_accuracy": Decimal("0.7"),
            "sentiment_min_labelled_share": Decimal("0.8"),
            "sentiment_min_labels": 30,
            "quality_bar": Decimal("0.95"),
            "min_identity_coverage": Decimal("0.9"),
            "label_audit_records": 60,
            "follower_audit_records": 100,
            "follower_audit_points": Decimal(3),
            "reconciliation_tolerance": Decimal("0.01"),
            "scale_change_factor": 50,
            "burst_hold": "lists",
            "gaming_group_min_members": 20,
            "gaming_group_min_days": 45,
            "gaming_group_min_speaking": Decimal("0.02"),
            "gaming_group_max_leaving": Decimal("0.3"),
            "gaming_contact_min_chats": 100,
            "gaming_contact_max_blocked": Decimal("0.05"),
            "gaming_contact_max_messages": 30,
            "gaming_contact_days": 3,
            "gaming_staff_orders": 3,
            "gaming_loop_days": 30,
            "gaming_loop_orders": 2,
            "gaming_repeat_days": 30,
            "gaming_repeat_posts": 2,
            "gaming_filler_min_messages": 200,
            "gaming_filler_max_share": Decimal("0.6"),
            "gaming_giveaway_min_joined": 20,
            "gaming_giveaway_max_lost": Decimal("0.5"),
        }
    ]
    assert rows(tables["utm_sources"]) == [("t.co",), ("twitter",), ("x",)]
    assert ("x", "cpc", "x_ads", 1) in rows(tables["utm_channels"])
    assert ("*", "cpc", "search_ads", 3) in rows(tables["utm_channels"])
    assert ("social", True, True, False) in rows(tables["channels"])
    assert ("email", False, False, False) in rows(tables["channels"])
    assert ("required", "phone") in rows(tables["lead_words"])
    assert ("closed won", "won") in rows(tables["deal_stages"])
    assert rows(tables["deal_orders"]) == [], "nothing is compared unless the company says which shop books its deals"
    assert ("first reply", "first_reply") in rows(tables["ticket_activities"])


def test_the_order_of_rows_in_files_changes_nothing(home, tables):
    for name in ("people", "positions", "identity_map", "accounts", "assignments", "publishing_plan"):
        path = home / "people" / f"{name}.csv"
        header, *body = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([header, *reversed(body)]), encoding="utf-8")
    again = company_tables(load_company(home, kpi_ids=KPIS), KEYS)
    assert all(again[name].equals(table) for name, table in tables.items())
