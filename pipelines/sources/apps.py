"""App installs by day: Google Play, App Store, and the attributed installs of a mobile measurement partner.

Belongs here: their headers. Play writes UTF-16. A store names no campaign but in its acquisition reports; a partner
(AppsFlyer, Adjust) names media source and campaign, and is told by that.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

APP_INSTALLS = SourceSpec(
    id="app_installs",
    family="apps",
    platform="apps",
    grain="one row per day, app and campaign",
    columns=(
        Column("day", ("date", "begin date", "install day", "日期", "日付"), required=True, key=True, kind="date"),
        Column(
            "app_id",
            ("package name", "apple identifier", "app name", "应用", "软件包名称", "パッケージ名"),
            required=True,
            key=True,
            kind="category",
        ),
        Column(
            "installs",
            ("daily user installs", "units", "app units", "first time downloads", "安装量", "每日用户安装数"),
            required=True,
            key=True,
        ),
        Column("app_platform", ("platform", "device platform", "store", "平台"), kind="category"),
        Column("media_source", ("media source pid", "network", "partner", "媒体来源"), kind="category"),
        Column(
            "campaign",
            ("campaign name", "campaign c", "acquisition channel", "utm campaign", "广告系列"),
            kind="category",
        ),
        Column("utm_content", ("ad", "ad content", "creative", "广告素材"), kind="category"),
    ),
    ignored=(
        "Daily Device Installs",
        "Daily Device Uninstalls",
        "Daily Device Upgrades",
        "Daily User Uninstalls",
        "Total User Installs",
        "Active Device Installs",
        "Current Device Installs",
        "Current User Installs",
        "Provider",
        "Provider Country",
        "SKU",
        "Developer",
        "Title",
        "Version",
        "Product Type Identifier",
        "Developer Proceeds",
        "Impressions",
        "Clicks",
    ),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("day",),
    day_columns=("day",),
    key_columns=("day", "app_id", "app_platform", "media_source", "campaign", "utm_content"),
    measure="installs",
    measures=("installs",),
)

SPECS = (APP_INSTALLS,)
