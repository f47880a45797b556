"""Touchpoints: which marked visit of which known customer when, as HubSpot or GA4 with a user id export them.

Belongs here: its headers. Customers become keyed hashes at landing, the same as those of leads and orders.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

TOUCHPOINTS = SourceSpec(
    id="touchpoints",
    family="touchpoints",
    platform="crm",
    grain="one row per touch of a known customer",
    columns=(
        Column(
            "customer",
            ("contact email", "customer email", "user email", "email", "客户", "客户邮箱"),
            required=True,
            key=True,
            kind="category",
            pseudonymise="customer",
        ),
        Column(
            "touched_at",
            ("event time", "visit time", "interaction date", "event timestamp", "访问时间", "触点时间"),
            required=True,
            key=True,
            kind="datetime",
        ),
        Column("utm_source", ("source", "session source", "来源"), required=True, kind="category"),
        Column("utm_medium", ("medium", "session medium", "媒介"), kind="category"),
        Column("utm_campaign", ("campaign", "session campaign", "活动"), kind="category"),
        Column("utm_content", ("content", "session manual ad content", "内容"), kind="category"),
    ),
    ignored=("Contact name", "First name", "Last name", "Page URL", "Referrer", "Phone", "Event name"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("touched_at",),
    day_columns=("touched_at",),
    key_columns=("customer", "touched_at", "utm_source", "utm_medium", "utm_campaign", "utm_content"),
)

SPECS = (TOUCHPOINTS,)
