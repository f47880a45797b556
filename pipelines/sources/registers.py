"""Registers of analysts and interviewers: interviews held, reports due and delivered, funnel numbers reported.

Belongs here: our own templates for what no system exports. People are named as the CRM knows them, as in the incident
register; what was said in an interview is dropped.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

INTERVIEWS = SourceSpec(
    id="interviews",
    family="interviews",
    platform="interviews",
    grain="one row per user interview",
    columns=(
        Column("interview_id", ("interview no", "访谈编号"), required=True, key=True, kind="category"),
        Column(
            "held_at", ("interview date", "held on", "访谈时间", "访谈日期"), required=True, key=True, kind="datetime"
        ),
        Column(
            "interviewer",
            ("interviewed by", "访谈人", "访谈员"),
            required=True,
            kind="category",
            pseudonymise="actor:crm",
        ),
        Column("customer", ("customer email", "受访者邮箱", "受访者"), kind="category", pseudonymise="customer"),
    ),
    ignored=("Notes", "Summary", "Name", "Phone", "纪要", "姓名", "电话"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("held_at",),
    day_columns=("held_at",),
    key_columns=("interview_id",),
)

REPORT_DELIVERIES = SourceSpec(
    id="report_deliveries",
    family="reports",
    platform="reports",
    grain="one row per report due",
    columns=(
        Column("report_id", ("report", "报告编号", "报告"), required=True, key=True, kind="category"),
        Column("due_at", ("deadline", "due", "截止时间", "应交时间"), required=True, key=True, kind="datetime"),
        Column("delivered_at", ("delivered", "delivered on", "提交时间", "实交时间"), required=True, kind="datetime"),
        Column(
            "person",
            ("analyst", "author", "responsible", "负责人"),
            required=True,
            kind="category",
            pseudonymise="actor:crm",
        ),
    ),
    ignored=("Title", "Link", "Notes", "标题", "备注"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("due_at",),
    day_columns=("due_at",),
    key_columns=("report_id",),
)

FUNNEL_REPORTS = SourceSpec(
    id="funnel_reports",
    family="funnel",
    platform="reports",
    grain="one row per month and funnel step that was reported",
    columns=(
        Column("period_start", ("month", "period", "月份"), required=True, key=True, kind="date"),
        Column("step", ("funnel step", "stage", "漏斗步骤", "步骤"), required=True, key=True, kind="category"),
        Column("reported_value", ("reported", "reported number", "上报值"), required=True, key=True),
        Column(
            "person",
            ("analyst", "author", "responsible", "分析师"),
            required=True,
            kind="category",
            pseudonymise="actor:crm",
        ),
    ),
    ignored=("Notes", "备注"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("period_start",),
    day_columns=("period_start",),
    key_columns=("period_start", "step", "person"),
    measure="reported_value",
    measures=("reported_value",),
)

SPECS = (INTERVIEWS, REPORT_DELIVERIES, FUNNEL_REPORTS)
