"""GA4's traffic acquisition export: sessions by day and `Session source / medium`.

Belongs here: its headers. Nine lines of `#` comments above the header state property and range; one file may hold
several tables between such comments, of which the first that fits is read. An export without a day goes to quarantine:
its sessions could be put on no day.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

GA4_TRAFFIC = SourceSpec(
    id="ga4_traffic",
    family="web",
    platform="web",
    grain="one row per day and session source / medium",
    columns=(
        Column("day", ("date", "日期", "日付", "datum", "jour"), required=True, key=True, kind="date"),
        Column(
            "source_medium",
            (
                "session source medium",
                "session manual source medium",
                "会话来源媒介",
                "セッションの参照元メディア",
                "source support de la session",
            ),
            required=True,
            key=True,
            kind="category",
        ),
        Column("utm_campaign", ("session campaign", "session manual campaign name", "会话广告系列"), kind="category"),
        Column("utm_content", ("session manual ad content", "会话手动广告内容"), kind="category"),
        Column("sessions", ("会话数", "セッション", "sitzungen"), required=True, key=True),
    ),
    ignored=(
        "Engaged sessions",
        "Engagement rate",
        "Session key event rate",
        "Average engagement time per session",
        "Events per session",
        "Event count",
        "Key events",
        "Total revenue",
        "Total users",
    ),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("day",),
    day_columns=("day",),
    key_columns=("day", "source_medium", "utm_campaign", "utm_content"),
    measure="sessions",
    measures=("sessions",),
    several_tables=True,
)

SPECS = (GA4_TRAFFIC,)
