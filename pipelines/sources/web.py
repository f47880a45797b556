"""Web sessions by day and UTM parameters, as web analytics export them.

Belongs here: its headers. `#` comment lines above the header are skipped when the bytes are read.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

WEB_TRAFFIC = SourceSpec(
    id="web_traffic",
    family="web",
    platform="web",
    grain="one row per day and set of UTM parameters",
    columns=(
        Column("day", ("date", "日期", "日付", "datum", "jour"), required=True, key=True, kind="date"),
        Column(
            "utm_source",
            ("session source", "session manual source", "source", "来源", "参照元"),
            required=True,
            kind="category",
        ),
        Column(
            "utm_medium", ("session medium", "session manual medium", "medium", "媒介", "メディア"), kind="category"
        ),
        Column(
            "utm_campaign",
            ("session campaign", "session manual campaign name", "campaign", "广告系列", "キャンペーン"),
            kind="category",
        ),
        Column("utm_content", ("session manual ad content", "manual ad content", "广告内容"), kind="category"),
        Column("sessions", ("会话数", "会话", "セッション", "Sitzungen"), required=True, key=True),
    ),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("day",),
    day_columns=("day",),
    key_columns=("day", "utm_source", "utm_medium", "utm_campaign", "utm_content"),
    measure="sessions",
    measures=("sessions",),
)

SPECS = (WEB_TRAFFIC,)
