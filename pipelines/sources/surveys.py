"""Survey answers (CSAT, NPS), one row a survey that was sent or answered, with the scale on which it was answered.

Belongs here: its headers. The scale stands in every row, `1-5` or `0-10`: a score without one says nothing.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

SURVEY_ANSWERS = SourceSpec(
    id="survey_answers",
    family="surveys",
    platform="surveys",
    grain="one row per survey sent, answered or not",
    columns=(
        Column("response_id", ("Response #", "答卷编号", "回答ID"), required=True, key=True, kind="category"),
        Column("survey_kind", ("Survey type", "Survey", "调查类型", "问卷类型"), required=True, kind="category"),
        Column("sent_at", ("Sent", "Sent date", "发送时间"), kind="datetime"),
        Column("answered_at", ("Submitted", "Answered", "提交时间", "回答时间"), required=True, kind="datetime"),
        Column("agent", ("Survey agent", "客服", "评价对象"), kind="category", pseudonymise="actor:surveys"),
        Column("subject_type", ("About", "对象类型"), kind="category"),
        Column("subject_id", ("About ID", "对象编号"), kind="category"),
        Column("score", ("Rating", "评分", "得分"), required=True),
        Column("scale", ("Rating scale", "量表"), required=True, kind="category"),
    ),
    ignored=("Name", "Email", "Phone", "Comment", "姓名", "邮箱", "手机", "评论", "意见"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("sent_at", "answered_at"),
    day_columns=("sent_at", "answered_at"),
    key_columns=("response_id",),
)

SPECS = (SURVEY_ANSWERS,)
