"""The records behind a number, and the data-quality notes beside it, as the cards carry them.

Belongs here: the two input records of this room that do not come from scoring, and how many of them a card keeps.
Does not belong here: finding the records (warehouse), showing them (view, workbook).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

CARD_RECORDS_PER_KPI = 8
"""Records per KPI printed on the HTML card; the workbook carries the rest."""

WORKBOOK_RECORDS = 5000
"""Records per card kept in the workbook and in traces.json."""

SAMPLE_RECORDS = 100
"""Records kept of a KPI that has too many: a list that is not whole adds up to nothing, so it only shows examples."""


@dataclass(frozen=True, order=True)
class EvidenceRow:
    """One record that counted for one person and KPI.

    Numerator, denominator and value are already weighted by `weight`, the person's credited share of the record
    (0..1). `row_no` is the row as a spreadsheet shows it, the header counted. Amounts are None where a KPI has none.
    """

    record_type: str
    record_id: str
    subject_id: str = ""
    occurred_at: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    weight: Decimal = Decimal(1)
    content_id: str = ""
    row_no: int = 0
    file_name: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the row with its Decimals as plain strings, for traces.json."""
        # the fields are plain values: `asdict` would copy each of them, for a hundred thousand rows
        values = ((name, getattr(self, name)) for name in _ROW_FIELDS)
        return {
            name: (plain(value) if isinstance(value, Decimal) else value) for name, value in values if value is not None
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> EvidenceRow:
        """Rebuild a row written by `to_dict`."""
        values: dict[str, Any] = {key: Decimal(value) if key in _AMOUNTS else value for key, value in data.items()}
        return cls(**values)


_ROW_FIELDS = tuple(item.name for item in fields(EvidenceRow))
_AMOUNTS = frozenset(["numerator", "denominator", "value", "weight"])


@dataclass(frozen=True)
class QualityNote:
    """One data-quality finding that a person should read beside the number it touches.

    `severity` is `withhold` or `note`; `reason_code` with `reason_params` gives the sentence in either language,
    `message` the English fallback. `kpi_id` is empty when a whole family of sources is meant.
    """

    severity: str
    reason_code: str
    reason_params: Mapping[str, Any] = field(default_factory=dict)
    message: str = ""
    kpi_id: str = ""
    family: str = ""
    subject_id: str = ""
    month: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the note for traces.json."""
        return {item.name: _jsonable(getattr(self, item.name)) for item in fields(self)}


EvidenceProvider = Callable[[str, str, str], Sequence[EvidenceRow]]
"""(pseudonymous person key, period, kpi_id) -> every record behind that KPI of that person."""


def plain(number: Decimal) -> str:
    """Write a Decimal without exponent and without trailing zeros, so that equal numbers give equal bytes."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def allowances(totals: Mapping[str, int], limit: int = WORKBOOK_RECORDS) -> dict[str, int]:
    """How many records a card keeps of each of a person's KPIs, at most `limit` in all.

    The smallest KPIs come first and keep everything, so that they add up on the sheet, as long as a sample of the
    others still fits; the others keep `SAMPLE_RECORDS`, or a fair part of what is left.
    """
    allowed: dict[str, int] = {}
    room, waiting = limit, sorted(totals, key=lambda kpi: (totals[kpi], kpi))
    for position, kpi in enumerate(waiting):
        reserved = sum(min(totals[other], SAMPLE_RECORDS) for other in waiting[position + 1 :])
        fair = room // (len(waiting) - position)
        whole = totals[kpi] <= max(room - reserved, fair)
        allowed[kpi] = totals[kpi] if whole else min(SAMPLE_RECORDS, fair)
        room -= allowed[kpi]
    return {kpi: allowed[kpi] for kpi in sorted(allowed)}


def keep_records(
    rows_by_kpi: Mapping[str, Iterable[EvidenceRow]],
    totals: Mapping[str, int],
    limit: int = WORKBOOK_RECORDS,
) -> dict[str, list[EvidenceRow]]:
    """Choose the records that a card keeps: the earliest of each KPI, as many as `allowances` gives it.

    Args:
        rows_by_kpi: at least those records.
        totals: number of records that each KPI has in all.
        limit: records of the card.
    """
    allowed = allowances(totals, limit)
    return {kpi: sorted(rows, key=_record_order)[: allowed[kpi]] for kpi, rows in sorted(rows_by_kpi.items())}


def _record_order(row: EvidenceRow) -> tuple[str, str, str, str, str, int, Decimal]:
    return (row.occurred_at, row.record_type, row.record_id, row.subject_id, row.content_id, row.row_no, row.weight)


def _jsonable(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        return {str(key): _jsonable(item) for key, item in sorted(value.items())}
    return value
