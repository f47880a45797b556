"""Leads from forms, one row each, with the UTM parameters they came with.

Belongs here: its headers. E-mail addresses become keyed hashes at landing; of names, phones and companies landing
keeps whether they are filled, and nothing else.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

UTM_COLUMNS = (
    Column("utm_source", ("source", "utm来源", "来源"), required=True, kind="category"),
    Column("utm_medium", ("medium", "utm媒介", "媒介"), kind="category"),
    Column("utm_campaign", ("campaign", "utm活动", "活动"), kind="category"),
    Column("utm_content", ("content", "utm内容", "内容"), kind="category"),
)

LEADS = SourceSpec(
    id="leads",
    family="leads",
    platform="crm",
    grain="one row per lead submitted",
    columns=(
        Column(
            "lead_id",
            ("lead", "submission id", "线索编号", "线索ID", "リードID"),
            required=True,
            key=True,
            kind="category",
        ),
        Column(
            "created_at",
            ("created", "created date", "submitted at", "提交时间", "创建时间", "作成日時"),
            required=True,
            key=True,
            kind="datetime",
        ),
        Column(
            "email",
            ("e-mail", "email address", "邮箱", "电子邮箱", "メールアドレス"),
            kind="category",
            pseudonymise="customer",
        ),
        *UTM_COLUMNS,
        Column("owner", ("lead owner", "负责人", "担当者"), kind="category", pseudonymise="actor:crm"),
        Column("status", ("lead status", "状态", "线索状态", "ステータス"), kind="category"),
        Column(
            "converted_at",
            ("converted date", "became a customer date", "converted on", "转化时间", "成交时间"),
            kind="datetime",
        ),
        Column("name", ("full name", "姓名", "last name", "first name"), kind="filled"),
        Column("phone", ("phone number", "mobile", "电话", "手机"), kind="filled"),
        Column("company", ("company name", "公司"), kind="filled"),
    ),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("created_at",),
    day_columns=("created_at",),
    key_columns=("lead_id",),
)

SPECS = (LEADS,)
