"""Ad spend by campaign and day, as Meta, X and others export it.

Belongs here: its headers; the currency often stands in the header, `Amount spent (USD)`.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

AD_SPEND = SourceSpec(
    id="ad_spend",
    family="ads",
    platform="ads",
    grain="one row per campaign and day",
    columns=(
        Column(
            "day",
            ("date", "reporting starts", "日期", "报告开始日期", "日付", "Tag", "datum", "jour"),
            required=True,
            key=True,
            kind="date",
        ),
        Column(
            "campaign",
            (
                "campaign name",
                "广告系列名称",
                "广告系列",
                "推广计划",
                "キャンペーン名",
                "Kampagnenname",
                "nom de la campagne",
            ),
            required=True,
            key=True,
            kind="category",
        ),
        Column(
            "spend",
            ("amount spent", "cost", "花费金额", "花费", "消耗", "消費金額", "Ausgegebener Betrag", "montant dépensé"),
            required=True,
            kind="money",
            unit_column="currency",
        ),
        Column("currency", ("货币", "币种", "通貨", "Währung", "devise"), kind="category"),
        Column("impressions", ("展示次数", "曝光量", "インプレッション", "Impressionen")),
        Column("clicks", ("link clicks", "clicks all", "点击量", "链接点击量", "クリック", "Klicks", "clics")),
        Column("results", ("成效", "转化", "結果", "Ergebnisse", "résultats")),
        Column("reach", ("覆盖人数", "リーチ", "Reichweite", "couverture")),
        Column("channel", ("ad channel", "ad platform", "publisher platform", "渠道", "投放平台"), kind="category"),
    ),
    ignored=("Ad set name", "Ad name", "Result indicator", "Reporting ends", "Cost per result", "CPM", "CPC", "CTR"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("day",),
    day_columns=("day",),
    key_columns=("day", "campaign"),
    measure="spend",
    measures=("spend", "impressions", "clicks"),
)

SPECS = (AD_SPEND,)
