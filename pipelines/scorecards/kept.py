"""What the draft of a period keeps of the warehouse besides its readings: the records of each KPI, the findings.

Belongs here: turning both into what a bundle holds, under the company's person ids. Does not belong here: how many
records a card keeps (`evidence`), the queries (`warehouse`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipelines.company.model import Company
from pipelines.periods import Period
from pipelines.scorecards.evidence import EvidenceRow, QualityNote, allowances
from pipelines.scorecards.incentive_notes import incentive_notes
from pipelines.warehouse import evidence as records

PersonKpi = tuple[str, str]


def evidence_of(
    warehouse_file: Path, period: Period, people: Mapping[str, str], file_names: Mapping[str, str]
) -> tuple[dict[PersonKpi, list[EvidenceRow]], dict[PersonKpi, int]]:
    """The records that the cards keep, and how many there are, by person and KPI."""
    totals = records.evidence_totals(warehouse_file, period)
    by_person: dict[str, dict[str, int]] = defaultdict(dict)
    for (key, kpi_id), number in totals.items():
        by_person[key][kpi_id] = number
    kept = {(key, kpi): n for key, numbers in by_person.items() for kpi, n in allowances(numbers).items()}
    rows: dict[PersonKpi, list[EvidenceRow]] = defaultdict(list)
    for record in records.evidence(warehouse_file, period, totals, kept):
        person_id = people.get(record.person_id)
        if person_id is None:
            continue
        rows[person_id, record.kpi_id].append(
            EvidenceRow(
                record_type=record.record_type,
                record_id=record.record_id,
                subject_id=record.subject_id,
                occurred_at=record.occurred_at,
                numerator=record.numerator,
                denominator=record.denominator,
                value=record.value,
                weight=Decimal(record.weight),
                content_id=record.content_id,
                row_no=record.row_no,
                file_name=file_names.get(record.content_id, ""),
            )
        )
    return rows, {(people[key], kpi_id): number for (key, kpi_id), number in totals.items() if key in people}


def notes_of(
    company: Company, period: Period, findings: Iterable[Mapping[str, Any]], people: Mapping[str, str]
) -> dict[str, Sequence[QualityNote]]:
    """The findings of the period and the incentives that touch it, of which a card shows what touches its KPIs.

    What withholds a single person stands at the line that it withholds; a note about one has no other place.
    """
    notes: dict[str, list[QualityNote]] = defaultdict(list)
    if given := incentive_notes(company, period):
        notes[""] += given
    for row in findings:
        personal = row["subject_type"] == "person"
        if personal and (row["severity"] != "note" or row["subject_id"] not in people):
            continue
        notes[people[row["subject_id"]] if personal else ""].append(
            QualityNote(
                severity=str(row["severity"]),
                reason_code=str(row["reason_code"]),
                reason_params=json.loads(row["reason_params"] or "{}"),
                message=str(row["message"]),
                # of several KPIs it is about the person as such
                kpi_id=str(row["kpi_scope"]) if personal and ";" not in row["kpi_scope"] else "",
                family=str(row["family"]),
                subject_id="" if personal else str(row["subject_id"] or ""),
                month=f"{row['month']:%Y-%m}",
            )
        )
    return dict(notes)
