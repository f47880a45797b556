"""Opportunities of a generic CRM: one row each, with owner, stage, dates and value.

Belongs here: the wordings of such sheets.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

CRM_OPPORTUNITIES = SourceSpec(
    id="crm_opportunities",
    family="deals",
    platform="crm",
    grain="one row per opportunity, its state at export",
    columns=(
        Column(
            "opportunity_id",
            ("opportunity", "商机编号", "商机ID", "案件ID", "Opportunity-Nr"),
            required=True,
            key=True,
            kind="category",
        ),
        Column(
            "owner",
            ("sales agent", "opportunity owner", "sales rep", "负责人", "销售", "销售代表", "担当者", "Verkäufer"),
            required=True,
            kind="category",
            pseudonymise="actor:crm",
        ),
        Column("product", ("产品", "商品", "製品", "Produkt", "produit"), kind="category"),
        Column(
            "account",
            ("account name", "客户", "客户名称", "取引先", "Kunde", "client"),
            kind="category",
            pseudonymise="customer",
        ),
        Column(
            "stage",
            ("deal stage", "sales stage", "阶段", "商机阶段", "フェーズ", "Phase", "étape"),
            required=True,
            kind="category",
        ),
        Column(
            "engage_date", ("created date", "engaged on", "start date", "接触日期", "创建日期", "開始日"), kind="date"
        ),
        Column(
            "close_date",
            ("closed on", "成交日期", "关闭日期", "结束日期", "完了予定日", "Abschlussdatum"),
            required=True,
            kind="date",
        ),
        Column(
            "amount",
            ("close value", "deal value", "value", "金额", "成交金额", "金額", "Betrag", "montant"),
            required=True,
            kind="money",
        ),
    ),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("engage_date", "close_date"),
    day_columns=("close_date", "engage_date"),
    key_columns=("opportunity_id",),
    measure="amount",
    measures=("amount",),
)

SPECS = (CRM_OPPORTUNITIES,)
