"""The records drawn for the label audit: what is open, what is judged, and never the label that is held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from reports_sample import facts

from pipelines.company.review_records import LabelAudit
from pipelines.periods import Month
from pipelines.reports.facts import Sample
from pipelines.reports.label_audit import label_audit_report

OCTOBER = Month(2026, 10)


def judged(record: str, label: str = "originality", found: str = "original", month: str = "2026-10") -> LabelAudit:
    return LabelAudit.model_validate(
        {
            "month": month,
            "label": label,
            "record_id": record,
            "found": found,
            "reviewer_id": "P9",
            "judged_on": date(2026, 11, 2),
        }
    )


@pytest.mark.req("003-D2")
def test_drawn_records_are_open_until_somebody_judged_them() -> None:
    drawn = [
        Sample(OCTOBER, "originality", "11", "x_main", "content.csv", 7),
        Sample(OCTOBER, "originality", "12", "x_main", "content.csv", 9),
        Sample(OCTOBER, "sentiment", "12", "x_main", "comments.csv", 3),
    ]
    known = facts("2026-10", [], label_audit=(judged("12"), judged("11", month="2026-09")))
    report = label_audit_report(replace(known, samples=drawn))
    assert [(row["label"], row["record_id"], row["file"], row["row_no"], row["status"]) for row in report.rows] == [
        ("originality", "11", "content.csv", 7, "to_judge"),
        ("originality", "12", "content.csv", 9, "judged"),
        ("sentiment", "12", "comments.csv", 3, "to_judge"),
    ]
    assert report.params == {"followers": 100, "records": 60, "open": 2}
    assert "held" not in report.columns


def test_a_period_without_labels_says_so() -> None:
    report = label_audit_report(facts("2026-10", []))
    assert [remark.code for remark in report.remarks] == ["no_labels"]


@pytest.mark.req("003-D2")
def test_a_label_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="not_a_choice"):
        judged("11", found="positive")
    assert judged("11", label="sentiment", found="positive").family == "comments"
