"""HubSpot deals, exported from a list view with the columns its user chose.

Belongs here: its display labels, whose case varies. Deal and contact names are recognised and dropped.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, Column, SourceSpec

HUBSPOT_DEALS = SourceSpec(
    id="hubspot_deals",
    family="deals",
    platform="hubspot",
    grain="one row per deal, its state at export",
    columns=(
        Column(
            "record_id",
            ("deal id", "hs object id", "记录 ID", "レコードID", "Datensatz-ID"),
            required=True,
            key=True,
            kind="id",
        ),
        Column("deal_stage", ("交易阶段", "取引ステージ", "Deal-Phase"), required=True, kind="category"),
        Column("pipeline", ("deal pipeline", "管道", "パイプライン"), kind="category"),
        Column(
            "amount", ("amount in company currency", "金额", "金額", "Betrag"), kind="money", unit_column="currency"
        ),
        Column("currency", ("deal currency code", "货币", "通貨", "Währung"), kind="category"),
        Column(
            "create_date", ("created date", "createdate", "创建日期", "作成日", "Erstellungsdatum"), kind="datetime"
        ),
        Column(
            "close_date",
            ("closed date", "closedate", "结束日期", "关闭日期", "クローズ日", "Abschlussdatum"),
            required=True,
            kind="datetime",
        ),
        Column(
            "deal_owner",
            ("owner", "hubspot owner", "交易所有者", "取引担当者", "Deal-Inhaber"),
            required=True,
            kind="category",
            pseudonymise="actor:hubspot",
        ),
        Column("last_activity_date", ("上次活动日期", "最終アクティビティー日"), kind="datetime"),
        Column("original_source", ("original source type", "original traffic source", "原始来源"), kind="category"),
    ),
    ignored=(
        "Deal Name",
        "Associated Company",
        "Associated Contact",
        "Associated Company IDs",
        "Associated Contact IDs",
    ),
    filename_patterns=(DATED_NAME,),
    event_columns=("create_date", "close_date"),
    day_columns=("close_date", "create_date"),
    key_columns=("record_id",),
    measure="amount",
    measures=("amount",),
)

SPECS = (HUBSPOT_DEALS,)
