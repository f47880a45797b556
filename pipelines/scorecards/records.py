"""The records behind a card's numbers, as the card prints them.

Belongs here: the section of the evidence, and how a value came about from its parts. Does not belong here: finding and
keeping the records (evidence, bundle), the other sections (sections).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipelines.scorecards import decided
from pipelines.scorecards.bundle import written_evidence
from pipelines.scorecards.evidence import CARD_RECORDS_PER_KPI, WORKBOOK_RECORDS, EvidenceRow
from pipelines.scorecards.formats import flexible, number, share
from pipelines.scorecards.lines import LineRow, carried_period, is_of_team
from pipelines.scorecards.words import Words


@dataclass(frozen=True)
class Counted:
    """A number with records behind it that is no KPI line of the card: what is paid by the piece."""

    kpi_id: str
    name: str
    window: str
    records: str
    line: Mapping[str, Any]


def counted(words: Words, lines: Sequence[LineRow]) -> list[Counted]:
    """Return the numbers that pay by the piece rests on, where no KPI line shows them."""
    shown = {row.kpi_id for row in lines}
    windows = {segment["segment_id"]: words.window(segment) for segment in words.trace["segments"]}
    return [
        Counted(
            kpi_id=item["kpi_id"],
            name=words.kpi(item["kpi_id"]),
            window=windows[item["segment_id"]] if len(windows) > 1 else "",
            records=words.t("kpi.records", count=f"{int(item['n_records'] or 0):,}"),
            line={**item, "unit": words.unit(item["kpi_id"])},
        )
        for item in decided.extras(words.trace, "piece_rate")
        if item["kpi_id"] not in shown
    ]


def evidence(words: Words, rows: Sequence[LineRow]) -> dict[str, Any]:
    """Return the evidence of each KPI: the fraction, the rule, and the first records."""
    person = words.trace["person_id"]
    kept = written_evidence(words.bundle, person)
    totals: Mapping[str, int] = words.bundle["evidence_totals"].get(person, {})
    held_rows, all_rows = sum(len(found) for found in kept.values()), sum(totals.values())
    parts: dict[str, list[LineRow | Counted]] = {}
    every: list[LineRow | Counted] = [*rows, *counted(words, rows)]
    for row in every:
        parts.setdefault(row.kpi_id, []).append(row)
    dropped = words.t("evidence.dropped", kept=f"{held_rows:,}", total=f"{all_rows:,}") if held_rows < all_rows else ""
    return {
        "intro": words.t("evidence.intro", limit=CARD_RECORDS_PER_KPI),
        "dropped": dropped,
        "limit": WORKBOOK_RECORDS,
        "groups": [_evidence_group(words, own, kept.get(kpi, [])) for kpi, own in parts.items()],
    }


def _evidence_group(
    words: Words, parts: Sequence[LineRow | Counted], records: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    row = parts[0]
    carried = carried_period(row.line)
    if carried:  # the records of this period are not those of the number
        records = ()
    shown = [EvidenceRow.from_dict(row) for row in records[:CARD_RECORDS_PER_KPI]]
    columns = [
        (words.t(f"evidence.{name}", timezone=words.timezone), cells)
        for name, cells in _columns(words, shown)
        if any(cell not in {"", "–"} for cell in cells)
    ]
    more = len(records) - len(shown)
    return {
        "name": words.kpi(row.kpi_id),
        "summary": "; ".join(_summary(words, part) for part in parts),
        "several": (
            words.t("evidence.carried", period=carried, person=words.trace["person_id"], kpi=row.kpi_id)
            if carried
            else words.t("evidence.of_team")
            if is_of_team(row.line)
            else words.t("evidence.several")
            if row.window and records
            else ""
        ),
        "rule": words.rule(row.kpi_id),
        "caveat": words.caveat(row.kpi_id),
        "columns": [label for label, _ in columns],
        "rows": list(zip(*(cells for _, cells in columns), strict=True)) if shown else [],
        "more": words.t("evidence.more", count=f"{more:,}") if more > 0 else "",
    }


def _summary(words: Words, part: LineRow | Counted) -> str:
    """How the number of one line came about, with the segment and community that it is about."""
    community = part.line.get("community")
    about = [part.window, words.subject(community["id"]) if community else ""]
    told = f"{fraction(words, part.line)} · {part.records}"
    return ": ".join(one for one in (" · ".join(filter(None, about)), told) if one)


def fraction(words: Words, line: Mapping[str, Any]) -> str:
    """Write how the actual value came about: numerator over denominator, or the sum alone."""
    top, bottom = number(line["numerator"]), number(line["denominator"])
    value = words.measure(line["value"], line["unit"])
    if top is None or number(line["value"]) is None:
        return value
    if bottom is None or bottom == 0:
        return value
    size = line.get("size") or {}
    if "shrinkage" in size:
        # the quotient is the raw value; what is made of it is told with the interval
        value = words.measure(size["raw"], line["unit"])
    return words.t("evidence.sum", numerator=flexible(top, 2), denominator=flexible(bottom, 2), value=value)


def _columns(words: Words, records: Sequence[EvidenceRow]) -> list[tuple[str, list[str]]]:
    return [
        ("record", [f"{words.known('type', row.record_type)} {words.record(row.record_id)}" for row in records]),
        ("date", [words.when(row.record_type, row.occurred_at) for row in records]),
        ("subject", [words.counted_for(row.subject_id) for row in records]),
        ("weight", [share(row.weight) for row in records]),
        ("numerator", [_amount(row.numerator) for row in records]),
        ("denominator", [_amount(row.denominator) for row in records]),
        ("value", [_amount(row.value) for row in records]),
        ("file", [words.source_file(row.record_type, row.file_name) for row in records]),
        ("row", [str(row.row_no) if row.row_no else "" for row in records]),
    ]


def _amount(value: Decimal | None) -> str:
    return "" if value is None else flexible(value, 4)
