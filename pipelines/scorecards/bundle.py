"""Everything that the cards of a period are rendered from, in one JSON document: `traces.json`.

Belongs here: making, writing and reading that document. It carries names and pay, so it is readable by its owner
alone. It holds no state, revision, clock or run id: a draft and its sealed revision carry the same bytes.
Does not belong here: rendering, sealing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from pipelines.company.findings import Finding, InputError
from pipelines.scorecards.decided import decided_kpis
from pipelines.scorecards.evidence import EvidenceRow, QualityNote, keep_records
from pipelines.scorecards.store import canonical_json, sha256_bytes

if TYPE_CHECKING:
    from pipelines.company import Company

BUNDLE_FILE = "traces.json"
BUNDLE_SCHEMA = 1

_FILE_SAFE = re.compile(r"[\w][\w.\-]{0,63}")
_CATALOGUE_FIELDS = (
    "name_zh",
    "name_en",
    "unit",
    "direction",
    "aggregation",
    "families",
    "formula_zh",
    "formula_en",
    "caveat_zh",
    "caveat_en",
)


@dataclass(frozen=True)
class Inputs:
    """What a period was computed from, as it was delivered and as it was read.

    The pseudonymisation key is no input: it is a secret, and stands nowhere but in `secrets/`.

    Attributes:
        files: SHA-256 by path in the company folder, every delivery: what the manifest lists and a rebuild lays out.
        contents: what was read, whatever its name, encoding and number of deliveries: the rows set aside by content id
            of an export, the SHA-256 by path of a human file.
    """

    files: Mapping[str, str]
    contents: Mapping[str, str | int]

    @property
    def version(self) -> str:
        """Fingerprint (16 hex digits) of the contents: the data version on the cards."""
        return sha256_bytes(canonical_json(dict(self.contents)))[:16]


class Tracelike(Protocol):
    """What scoring hands over for a person or a pool: anything with a JSON-able dictionary."""

    def to_dict(self) -> dict[str, Any]:
        """Return the trace as plain JSON types, Decimals as strings."""


def make_bundle(
    company: Company,
    period: str,
    traces: Iterable[Tracelike | Mapping[str, Any]],
    pools: Iterable[Tracelike | Mapping[str, Any]],
    evidence: Mapping[tuple[str, str], Sequence[EvidenceRow]],
    quality: Mapping[str, Sequence[QualityNote]],
    inputs: Inputs,
    versions: Mapping[str, str],
    catalogue: Mapping[str, Mapping[str, Any]],
    evidence_totals: Mapping[tuple[str, str], int] | None = None,
    what_if: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    pools_beside: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Gather what the cards of a period need.

    Args:
        company: the company folder's models, for names and languages.
        period: `2026-10`, `2026-Q3` or `2026`.
        traces: one trace a person, from scoring.
        pools: the pools' traces, from scoring.
        evidence: records by (person_id, kpi_id); more than a card keeps may be given.
        quality: notes by person_id; those under the key `""` show on every card whose KPIs and accounts they
            touch.
        inputs: what the period was computed from.
        versions: at least `code` and `scheme`.
        catalogue: rows of the KPI catalogue by kpi_id.
        evidence_totals: number of records by (person_id, kpi_id) where `evidence` does not hold all of them.
        what_if: what another reading would have brought, by person_id; who is not in it was not asked. It decides
            nothing and is no result: a sealed revision does not differ by it.
        pools_beside: the pools as other schemes would split them.

    Returns:
        A JSON-able dictionary; equal inputs in any order give equal bytes.

    Raises:
        InputError: when a person id cannot be part of a file name.
    """
    people = sorted((_plain(trace) for trace in traces), key=lambda trace: str(trace["person_id"]))
    _refuse_unsafe_ids(people)
    names = _names(company)
    kept, totals = _evidence(evidence, evidence_totals or {})
    told = [*people, *(one["trace"] for trace in people for one in trace.get("beside", ()))]
    kpis = sorted(
        {
            item["kpi_id"]
            for trace in told
            for part in trace["segments"]
            for group in ("lines", "monitors", "gates")
            for item in part[group]
        }
        | {
            gate["kpi_id"]
            for trace in told
            for part in trace["segments"]
            for share in part["bonus"].get("team_shares", ())
            for gate in share["gates"]
        }
        | {kpi for trace in told for kpi in decided_kpis(trace)}
    )
    return {
        "schema": BUNDLE_SCHEMA,
        "company": {
            "name": company.name,
            "timezone": company.timezone,
            "currency": company.currency,
            "languages": list(company.languages),
            "objections": {
                "portal": company.portal.url,
                "working_days": company.portal.objection_working_days,
                "answer_days": company.lists.appeal_days,
            },
        },
        "period": str(period),
        "people": {trace["person_id"]: names.get(trace["person_id"], {}) for trace in people},
        "teams": _team_labels(company),
        "subjects": {account.account_id: account.name for account in company.accounts if account.name}
        | _community_names(company, told),
        "catalogue": {kpi: catalogue_row(catalogue[kpi]) for kpi in kpis if kpi in catalogue},
        "traces": people,
        "pools": [_plain(pool) for pool in pools],
        "evidence": kept,
        "evidence_totals": totals,
        "quality": {person: [note.to_dict() for note in notes] for person, notes in sorted(quality.items()) if notes},
        "inputs": dict(sorted(inputs.files.items())),
        "n_inputs": len(inputs.contents),
        "data_version": inputs.version,
        "versions": dict(sorted(versions.items())),
        "what_if": {person: [dict(one) for one in asked] for person, asked in sorted((what_if or {}).items())},
    } | ({"pools_beside": [_plain(pool) for pool in pools_beside]} if pools_beside else {})


def bundle_bytes(bundle: Mapping[str, Any]) -> bytes:
    """Return the bytes of `traces.json`."""
    return canonical_json(bundle)


def read_bundle(folder: Path) -> dict[str, Any]:
    """Read the document back from a draft, a sealed revision or its seal."""
    data: dict[str, Any] = json.loads((folder / BUNDLE_FILE).read_bytes().decode("utf-8", "surrogatepass"))
    return data


def results_of(bundle: Mapping[str, Any]) -> bytes:
    """Return the part of a bundle that is paid by: what decides whether a new computation differs from a sealed one.

    Names, notes and input hashes may change (a file re-encoded, a name corrected) without anybody's result changing.
    """
    traces = sorted(bundle["traces"], key=lambda trace: str(trace["person_id"]))
    return canonical_json({"traces": traces, "pools": bundle["pools"]})


def written_evidence(bundle: Mapping[str, Any], person_id: str) -> dict[str, list[dict[str, Any]]]:
    """Return the kept records of a person by KPI, as they are written: for whoever needs few of them."""
    return dict(sorted(bundle["evidence"].get(person_id, {}).items()))


def person_evidence(bundle: Mapping[str, Any], person_id: str) -> dict[str, list[EvidenceRow]]:
    """Return the kept records of a person by KPI."""
    kept = written_evidence(bundle, person_id)
    return {kpi: [EvidenceRow.from_dict(row) for row in rows] for kpi, rows in kept.items()}


def _plain(item: Tracelike | Mapping[str, Any]) -> dict[str, Any]:
    made = item if isinstance(item, Mapping) else item.to_dict()
    plain: dict[str, Any] = json.loads(canonical_json(dict(made)).decode("utf-8", "surrogatepass"))
    return plain


def _evidence(
    evidence: Mapping[tuple[str, str], Sequence[EvidenceRow]], counted: Mapping[tuple[str, str], int]
) -> tuple[dict[str, dict[str, list[dict[str, Any]]]], dict[str, dict[str, int]]]:
    by_person: dict[str, dict[str, Sequence[EvidenceRow]]] = {}
    for (person, kpi), rows in evidence.items():
        by_person.setdefault(person, {})[kpi] = rows
    kept, totals = {}, {}
    for person in sorted(by_person):
        mine = by_person[person]
        totals[person] = {kpi: counted.get((person, kpi), len(mine[kpi])) for kpi in sorted(mine)}
        chosen = keep_records(mine, totals[person])
        kept[person] = {kpi: [row.to_dict() for row in rows] for kpi, rows in chosen.items()}
    return kept, totals


def catalogue_row(row: Mapping[str, Any]) -> dict[str, str]:
    """Return what a bundle keeps of a row of the KPI catalogue: names, unit and rule."""
    return {field: str(row.get(field) or "") for field in _CATALOGUE_FIELDS}


def _names(company: Company) -> dict[str, dict[str, str]]:
    return {person.person_id: {"name": person.name or "", "name_en": person.name_en or ""} for person in company.people}


def _community_names(company: Company, traces: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The names of the communities that lines are about, as they were last called."""
    told = {
        line["community"]["id"] for t in traces for s in t["segments"] for line in s["lines"] if "community" in line
    }
    rows = sorted(company.communities, key=lambda row: row.valid_from) if told else ()
    return dict(sorted({row.community_id: row.name for row in rows if row.community_id in told}.items()))


def _team_labels(company: Company) -> dict[str, dict[str, str]]:
    labels: Mapping[str, Mapping[str, str]] = getattr(company, "teams", None) or {}
    return {team: dict(sorted(label.items())) for team, label in sorted(labels.items())}


def _refuse_unsafe_ids(traces: Iterable[Mapping[str, Any]]) -> None:
    findings, seen = [], set()
    for trace in traces:
        person = str(trace["person_id"])
        if not _FILE_SAFE.fullmatch(person) or person in seen:
            findings.append(
                Finding(
                    "people/people.csv",
                    column="person_id",
                    value=person,
                    problem="this person id cannot be part of a file name, or stands twice in the period's results",
                    mend="use up to 64 letters, digits, '.', '_' or '-', beginning with a letter or digit, once each",
                )
            )
        seen.add(person)
    if findings:
        raise InputError(findings)
