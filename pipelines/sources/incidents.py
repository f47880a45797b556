"""The incident register: policy strikes, account security, public relations.

Belongs here: its headers.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

INCIDENTS = SourceSpec(
    id="incidents",
    family="incidents",
    platform="incidents",
    grain="one row per incident",
    columns=(
        Column(
            "incident_id",
            ("incident", "事件编号", "事件ID", "インシデントID"),
            required=True,
            key=True,
            kind="category",
        ),
        Column(
            "occurred_at", ("occurred", "occurred on", "发生时间", "発生日時"), required=True, key=True, kind="datetime"
        ),
        Column("kind", ("incident type", "type", "类型", "事件类型", "種別"), required=True, kind="category"),
        Column("severity", ("严重程度", "级别", "重大度"), kind="category"),
        Column("account", ("account id", "handle", "账号", "帐号", "アカウント"), kind="category", names_account=True),
        Column("responsible", ("owner", "责任人", "负责人", "責任者"), kind="category", pseudonymise="actor:crm"),
        Column("responded_at", ("first action", "响应时间", "対応日時"), kind="datetime"),
        Column("resolved_at", ("resolved", "解决时间", "解決日時"), kind="datetime"),
    ),
    ignored=("Description", "Title", "描述", "标题"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("occurred_at",),
    day_columns=("occurred_at",),
    key_columns=("incident_id",),
)

SPECS = (INCIDENTS,)
