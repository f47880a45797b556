"""The sheets without results: Evidence (the records) and Rules (the texts).

Belongs here: lists. Does not belong here: formulas of the score (book_sheets).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pipelines.scorecards.book_style import Style, put
from pipelines.scorecards.bundle import person_evidence
from pipelines.scorecards.lines import carried_period
from pipelines.scorecards.words import Words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

#: First row of records on the sheet Evidence, counted from 1; formulas refer to it.
EVIDENCE_FIRST_ROW = 4

_EVIDENCE_WIDTHS = (28, 30, 18, 24, 26, 20, 9, 14, 14, 14, 40, 8, 34)


def write_evidence(sheet: Worksheet, style: Style, words: Words) -> None:
    """Write every kept record, one a row, amounts as numbers, ids as texts (19 digits do not fit a number)."""
    heads = [words.t("book.kpi_id"), words.t("book.kpi")]
    names = ("type", "record", "subject", "date", "weight", "numerator", "denominator", "value", "file", "row")
    heads += [words.t(f"evidence.{name}", timezone=words.timezone) for name in names]
    heads.append(words.t("evidence.content_id"))
    put(sheet, 0, 0, words.t("section.evidence"), style.title)
    # where an earlier period's reading is carried, the records of this one are not those of the number
    carried = {line["kpi_id"] for part in words.trace["segments"] for line in part["lines"] if carried_period(line)}
    found = person_evidence(words.bundle, words.trace["person_id"])
    kept = {kpi: records for kpi, records in found.items() if kpi not in carried}
    totals = dict(words.bundle["evidence_totals"].get(words.trace["person_id"], {}))
    for kpi in carried:
        totals.pop(kpi, None)
    held, everything = sum(map(len, kept.values())), sum(totals.values())
    if held < everything:
        put(sheet, 1, 0, words.t("evidence.dropped", kept=f"{held:,}", total=f"{everything:,}"), style.soft)
    for column, (head, width) in enumerate(zip(heads, _EVIDENCE_WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        put(sheet, EVIDENCE_FIRST_ROW - 2, column, head, style.head)
    sheet.freeze_panes(EVIDENCE_FIRST_ROW - 1, 0)
    row = EVIDENCE_FIRST_ROW - 1
    for kpi, records in kept.items():
        name = words.kpi(kpi)
        for record in records:
            cells: tuple[str | int | Decimal | None, ...] = (
                kpi,
                name,
                words.known("type", record.record_type),
                words.record(record.record_id),
                words.counted_for(record.subject_id),
                words.when(record.record_type, record.occurred_at),
                record.weight,
                record.numerator,
                record.denominator,
                record.value,
                words.source_file(record.record_type, record.file_name),
                record.row_no or None,
                record.content_id,
            )
            for column, cell in enumerate(cells):
                put(sheet, row, column, cell, style.number if isinstance(cell, Decimal) else style.plain)
            row += 1
    if held:
        sheet.autofilter(EVIDENCE_FIRST_ROW - 2, 0, row - 1, len(heads) - 1)


def write_rules(sheet: Worksheet, style: Style, words: Words) -> None:
    """Write the rule and the limits of every KPI on the card in both languages."""
    put(sheet, 0, 0, words.t("book.rules"), style.title)
    heads = (
        words.t("book.kpi_id"),
        *(f"{words.t(f'book.{name}')} ({lang})" for name in ("kpi", "formula", "caveat") for lang in ("zh", "en")),
    )
    for column, (head, width) in enumerate(zip(heads, (30, 26, 30, 44, 44, 44, 44), strict=True)):
        sheet.set_column(column, column, width)
        put(sheet, 2, column, head, style.head)
    on_card = dict.fromkeys(
        item["kpi_id"]
        for segment in words.trace["segments"]
        for group in ("lines", "monitors", "gates")
        for item in segment[group]
    )
    for row, kpi in enumerate(on_card, start=3):
        entry = words.bundle["catalogue"].get(kpi, {})
        put(sheet, row, 0, kpi, style.plain)
        fields = (f"{name}_{lang}" for name in ("name", "formula", "caveat") for lang in ("zh", "en"))
        for column, name in enumerate(fields, start=1):
            put(sheet, row, column, entry.get(name, ""), style.text)
