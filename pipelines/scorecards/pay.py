"""The restricted tables: who is behind each person key, and what everybody earns, for `restricted/pay.duckdb`.

Belongs here: the tables with names and amounts, gathered from the newest bundle of every period (sealed before draft).
Does not belong here: the payroll file of a sealed revision (`tables`), writing the database (`warehouse.publish`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.company.keys import Pseudonymiser
from pipelines.company.model import Company
from pipelines.scorecards import seals
from pipelines.scorecards.bundle import BUNDLE_FILE, read_bundle
from pipelines.scorecards.decided import extra_sums
from pipelines.scorecards.shares import of_shares

if TYPE_CHECKING:
    import pyarrow as pa


def pay_tables(company: Company) -> dict[str, pa.Table]:
    """The restricted tables of a company folder.

    Returns:
        `dim_person_name` (a row a person: key in the KPI warehouse, id, names), `fct_bonus` (a row a period and
        person; amounts in the company's currency, `team_shares` a part of `earned`) and `fct_score_line` (a row a
        period, person, segment, KPI and, where a scheme scores by it, community).
    """
    import pyarrow as pa

    keys = Pseudonymiser.from_home(company.home)
    people = [
        {
            "person_id": keys.person(person.person_id),
            "company_person_id": person.person_id,
            "name": person.name,
            "name_en": person.name_en,
        }
        for person in company.people
    ]
    bonuses: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    for state, bundle in _newest_bundles(company.home):
        for trace in bundle["traces"]:
            key = {"period": trace["period"], "person_id": keys.person(trace["person_id"]), "state": state}
            bonuses.append({**key, **_bonus(trace)})
            lines.extend({**key, **line} for line in _lines(trace))
    return {
        "dim_person_name": pa.Table.from_pylist(people, schema=_schema(_PERSON)),
        "fct_bonus": pa.Table.from_pylist(bonuses, schema=_schema(_BONUS)),
        "fct_score_line": pa.Table.from_pylist(lines, schema=_schema(_LINE)),
    }


_PERSON = {"person_id": "text", "company_person_id": "text", "name": "text", "name_en": "text"}
_KEY = {"period": "text", "person_id": "text", "state": "text"}
_BONUS = {**_KEY, "currency": "text", "score": "score"} | dict.fromkeys(
    (
        "target",
        "earned",
        "team_shares",
        "held",
        "adjustments",
        "awards",
        "piece_rates",
        "true_ups",
        "guarantees",
        "payable",
    ),
    "money",
)
_LINE = {
    **_KEY,
    "segment_id": "text",
    "kpi_id": "text",
    "community_id": "text",
    "weight": "number",
    "value": "number",
    "target": "number",
    "attainment": "number",
    "kpi_score": "number",
    "printed_points": "score",
    "status": "text",
    "reason_code": "text",
}


def _schema(columns: Mapping[str, str]) -> pa.Schema:
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "money": pa.decimal128(18, 2),
        "score": pa.decimal128(9, 2),
        "number": pa.decimal128(38, 12),
    }
    return pa.schema([(name, types[kind]) for name, kind in columns.items()])


def _newest_bundles(home: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The newest bundle of every period with its state: the sealed revision if there is one, else the draft."""
    folders = {path.name for parent in ("scorecards", "seals") for path in (home / parent).glob("[0-9]*")}
    for period in sorted(folders):
        sealed = seals.newest_seal(home, period)
        draft = seals.cards_folder(home, period) / "draft"
        if sealed is not None:
            yield sealed.label, sealed.bundle
        elif (draft / BUNDLE_FILE).is_file():
            yield "draft", read_bundle(draft)


def _bonus(trace: Mapping[str, Any]) -> dict[str, Any]:
    bonus = trace["bonus"]
    amounts = {name: _decimal(bonus[name]) for name in ("target", "earned", "held", "payable")}
    adjustments = sum((Decimal(row["amount"]) for row in bonus["adjustments"]), Decimal(0))
    return {
        "currency": trace["currency"],
        "score": _decimal(trace["printed_score"]),
        "team_shares": of_shares(trace),
        "adjustments": adjustments,
        **extra_sums(trace),
    } | amounts


def _lines(trace: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for segment in trace["segments"]:
        for line in segment["lines"]:
            numbers = {name: _decimal(line[name]) for name, kind in _LINE.items() if kind in ("number", "score")}
            texts = {name: line[name] for name in ("kpi_id", "status", "reason_code")}
            texts["community_id"] = line["community"]["id"] if "community" in line else ""
            yield {"segment_id": segment["segment_id"], **texts, **numbers}


def _decimal(text: str | None) -> Decimal | None:
    """A number of the trace; at most 12 decimals, which is what the warehouse keeps."""
    return None if text is None else Decimal(text)
