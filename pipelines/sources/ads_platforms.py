"""Ad spend by campaign and day as X Ads and LinkedIn Campaign Manager export it.

Belongs here: their headers. X states money in millionths where its header says so; LinkedIn writes lines of description
above the header. Meta and the generic template are in `ads`.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

X_ADS = SourceSpec(
    id="x_ads",
    family="ads",
    platform="x_ads",
    grain="one row per campaign and day of X Ads",
    columns=(
        Column("day", ("time period", "period start", "时间段", "期間"), required=True, key=True, kind="date"),
        Column(
            "campaign", ("campaign name", "广告系列名称", "キャンペーン名"), required=True, key=True, kind="category"
        ),
        Column(
            "funding_source",
            ("funding instrument", "funding instrument name", "funding source name", "资金来源", "支払い方法"),
            required=True,
            kind="category",
        ),
        Column("currency", ("货币", "通貨"), kind="category"),
        Column("spend", ("花费", "ご利用金額"), kind="money", unit_column="currency"),
        Column(
            "spend_micro",
            ("billed charge local micro", "spend micros", "spend in micros", "billed charge micro"),
            kind="money",
        ),
        Column("impressions", ("展示次数", "インプレッション数")),
        Column("clicks", ("url clicks", "link clicks", "链接点击量", "リンクのクリック数")),
        Column("results", ("成效", "結果")),
        Column("reach", ("total audience reach", "覆盖人数")),
    ),
    ignored=(
        "Campaign ID",
        "Ad group name",
        "Ad group ID",
        "Objective",
        "Cost per result",
        "Result rate",
        "Total clicks",
        "Follows",
        "App installs",
        "Engagements",
    ),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("day",),
    day_columns=("day",),
    key_columns=("day", "campaign"),
    measure="spend",
    measures=("spend", "spend_micro", "impressions", "clicks"),
)

LINKEDIN_ADS = SourceSpec(
    id="linkedin_ads",
    family="ads",
    platform="linkedin_ads",
    grain="one row per campaign and day of LinkedIn Campaign Manager",
    columns=(
        Column(
            "day",
            ("start date in utc", "start date", "开始日期", "date de début"),
            required=True,
            key=True,
            kind="date",
        ),
        Column(
            "campaign", ("campaign name", "广告名称", "nom de la campagne"), required=True, key=True, kind="category"
        ),
        Column("currency", ("币种", "devise"), kind="category"),
        Column(
            "total_spent",
            ("总花费", "montant total dépensé"),
            required=True,
            kind="money",
            unit_column="currency",
        ),
        Column("impressions", ("展示次数", "impressions payées")),
        Column("clicks", ("点击数", "clics")),
        Column("results", ("leads", "潜在客户", "prospects")),
        Column("reach", ("覆盖", "portée")),
    ),
    ignored=(
        "Account Name",
        "Account ID",
        "Campaign Group Name",
        "Campaign Group ID",
        "Campaign ID",
        "Campaign Type",
        "Campaign Status",
        "Click Through Rate",
        "Average CPC",
        "Average CPM",
        "Total Social Actions",
        "Conversions",
        "Cost per Lead",
    ),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("day",),
    day_columns=("day",),
    key_columns=("day", "campaign"),
    measure="total_spent",
    measures=("total_spent", "impressions", "clicks"),
    timezone="UTC",
    dayfirst=False,
)

SPECS = (X_ADS, LINKEDIN_ADS)
