"""Which labels people are asked to judge, so that their accuracy is known and not believed (003-D2, 003-D4).

Belongs here: the list of drawn records with what has been judged. Does not belong here: the draw (int_label_samples),
the accuracy and what it withholds (the certificate and its guards).
"""

from __future__ import annotations

from pipelines.reports.facts import Facts
from pipelines.reports.table import Remark, Report


def label_audit_report(facts: Facts) -> Report:
    """Return a row a drawn record: `to_judge`, or `judged` once reviews/label_audit.csv says what its label should be.

    The label that the pipeline holds is not told: whoever judges shall not be led by it.
    """
    judged = {(row.month, row.label, row.record_id) for row in facts.company.label_audit}
    rows = tuple(
        {
            "month": str(sample.month),
            "label": sample.label,
            "record_id": sample.record_id,
            "account_id": sample.account_id,
            "file": sample.file,
            "row_no": sample.row_no,
            "status": "judged" if (sample.month, sample.label, sample.record_id) in judged else "to_judge",
        }
        for sample in facts.samples
    )
    return Report(
        "label_audit_sample",
        "003-D2, 003-D4",
        ("month", "label", "record_id", "account_id", "file", "row_no", "status"),
        rows,
        {
            "followers": facts.company.settings.follower_audit_records,
            "records": facts.company.settings.label_audit_records,
            "open": sum(row["status"] == "to_judge" for row in rows),
        },
        () if rows else (Remark("no_labels"),),
    )
