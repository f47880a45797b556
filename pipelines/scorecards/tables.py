"""The CSV files for HR: scores of a period, and, sealed only, the payroll list.

Belongs here: CSV bytes that open rightly in a spreadsheet and cannot start a formula in it.
Does not belong here: what the numbers mean.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipelines.scorecards.decided import extra_sums
from pipelines.scorecards.lines import carried_period
from pipelines.scorecards.shares import of_shares

_FORMULA_STARTS = frozenset("=+-@\t\r\n\0")

SCORES_COLUMNS = (
    "period",
    "person_id",
    "name",
    "name_en",
    "segment_id",
    "segment_from",
    "segment_to",
    "role",
    "level",
    "team_id",
    "scheme_id",
    "scheme_version",
    "kpi_id",
    "community_id",
    "component",
    "weight",
    "value",
    "numerator",
    "denominator",
    "records",
    "carried_from",
    "target",
    "attainment",
    "kpi_score",
    "points",
    "status",
    "reason_code",
    "segment_score",
    "score",
    "currency",
    "bonus_earned",
    "bonus_held",
    "bonus_payable",
    "revision",
)

PAYROLL_COLUMNS = (
    "period",
    "person_id",
    "name",
    "currency",
    "score",
    "bonus_earned",
    "of_it_team_shares",
    "adjustments",
    "awards",
    "piece_rates",
    "true_ups",
    "guarantees",
    "bonus_held",
    "amount_payable",
    "revision",
    "manifest_of_previous_revision",
)


def safe_text(value: str) -> str:
    """Return a text cell that no spreadsheet takes for a formula (OWASP CSV injection, CWE-1236).

    A leading `= + - @`, tab, carriage return, line feed or NUL gets a `'` in front, in its full-width forms too, and
    also behind leading blanks or invisible characters, which spreadsheets drop.
    """
    visible = value.lstrip(" \u00a0\u200b\u200c\u200d\u200e\u200f\u2060\u3000\ufeff")
    for candidate in (value[:1], visible[:1]):
        if candidate and (candidate in _FORMULA_STARTS or unicodedata.normalize("NFKC", candidate) in _FORMULA_STARTS):
            return "'" + value
    return value


def csv_bytes(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], numeric: frozenset[str]) -> bytes:
    """Write rows as UTF-8 with BOM and CRLF line ends.

    Args:
        columns: the header, in order.
        rows: one mapping a row; a missing key or None is an empty cell.
        numeric: columns that hold numbers; they stay numbers, so that a negative amount keeps its sign. A value that
            is not a plain number raises ValueError rather than passing as a number.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(column, row.get(column), numeric) for column in columns])
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "replace")


def scores_csv(bundle: Mapping[str, Any], revision: str) -> bytes:
    """One row per person, segment and KPI line; a person without any line still has a row."""
    return csv_bytes(SCORES_COLUMNS, _score_rows(bundle, revision), _SCORE_NUMBERS)


def payroll_csv(bundle: Mapping[str, Any], revision: str, previous_manifest: str) -> bytes:
    """One row per person with the amount to pay; made for sealed revisions only."""
    rows = []
    for trace in bundle["traces"]:
        bonus = trace["bonus"]
        rows.append(
            {
                "period": trace["period"],
                "person_id": trace["person_id"],
                "name": bundle["people"].get(trace["person_id"], {}).get("name", ""),
                "currency": trace["currency"],
                "score": trace["printed_score"],
                "bonus_earned": bonus["earned"],
                "of_it_team_shares": f"{of_shares(trace):.2f}",
                "adjustments": sum_text(item["amount"] for item in bonus["adjustments"]),
                **{column: sum_text([amount]) for column, amount in extra_sums(trace).items()},
                "bonus_held": bonus["held"],
                "amount_payable": bonus["payable"],
                "revision": revision,
                "manifest_of_previous_revision": previous_manifest,
            }
        )
    return csv_bytes(PAYROLL_COLUMNS, rows, _PAYROLL_NUMBERS)


def sum_text(amounts: Iterable[Any]) -> str:
    """Sum amounts that a trace carries as strings, exactly, and write the sum plainly."""
    from decimal import Decimal

    from pipelines.scorecards.evidence import plain

    return plain(sum((Decimal(str(amount)) for amount in amounts), Decimal(0)))


_SCORE_NUMBERS = frozenset(
    {
        "weight",
        "value",
        "numerator",
        "denominator",
        "records",
        "target",
        "attainment",
        "kpi_score",
        "points",
        "segment_score",
        "score",
        "bonus_earned",
        "bonus_held",
        "bonus_payable",
    }
)
_PAYROLL_NUMBERS = frozenset(
    {"score", "bonus_earned", "of_it_team_shares", "adjustments", "awards", "piece_rates", "true_ups", "guarantees"}
    | {"bonus_held", "amount_payable"}
)


def _score_rows(bundle: Mapping[str, Any], revision: str) -> Iterable[dict[str, Any]]:
    for trace in bundle["traces"]:
        person = bundle["people"].get(trace["person_id"], {})
        bonus = trace["bonus"]
        head = {
            "period": trace["period"],
            "person_id": trace["person_id"],
            "name": person.get("name", ""),
            "name_en": person.get("name_en", ""),
            "score": trace["printed_score"],
            "currency": trace["currency"],
            "bonus_earned": bonus["earned"],
            "bonus_held": bonus["held"],
            "bonus_payable": bonus["payable"],
            "revision": revision,
        }
        rows = [head | row for segment in trace["segments"] for row in _segment_rows(segment)]
        yield from rows or [head]


def _segment_rows(segment: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    common = {
        "segment_id": segment["segment_id"],
        "segment_from": segment["from"],
        "segment_to": segment["to"],
        "role": segment["role"],
        "level": segment["level"],
        "team_id": segment["team_id"],
        "scheme_id": segment["scheme_id"],
        "scheme_version": segment["scheme_version"],
        "segment_score": segment["score"],
    }
    rows = [
        common
        | {
            "kpi_id": line["kpi_id"],
            "community_id": line["community"]["id"] if "community" in line else "",
            "component": line["component"],
            "weight": line["weight"],
            "value": line["value"],
            "carried_from": carried_period(line),
            "numerator": line["numerator"],
            "denominator": line["denominator"],
            "records": line["n_records"],
            "target": line["target"],
            "attainment": line["attainment"],
            "kpi_score": line["kpi_score"],
            "points": line["printed_points"],
            "status": line["status"],
            "reason_code": line["reason_code"],
        }
        for line in segment["lines"]
    ]
    return rows or [common]


def _cell(column: str, value: Any, numeric: frozenset[str]) -> str:
    if value is None:
        return ""
    if column not in numeric:
        return safe_text(str(value))
    if value != "":
        float(value)  # a text in a number column would be an unguarded cell: fail loudly instead
    return str(value)
