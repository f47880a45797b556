"""What the lists of a period are made from: its own bundle, the earlier periods, the company's rows.

Belongs here: finding the earlier periods - the sealed revision where there is one, else the draft - and handing all of
it to `pipelines.reports`. Does not belong here: the rule of a list (reports), its files (lists).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipelines.company.model import Company
from pipelines.periods import Period
from pipelines.reports.catalogue import needed_periods, reports_of
from pipelines.reports.facts import Facts, Past
from pipelines.reports.results import Result, results_of
from pipelines.reports.table import COLUMNS
from pipelines.scorecards import seals, store
from pipelines.scorecards.bundle import BUNDLE_FILE, BUNDLE_SCHEMA, read_bundle
from pipelines.scorecards.editions import MANIFEST_FILE


def lists_of(
    company: Company, period: Period, catalogue: Mapping[str, Mapping[str, Any]], bundle: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the part of a bundle that holds its lists.

    Returns:
        `lists`, the reports as plain JSON types; `list_people`, the names of people who stand in a list and have no
        card, such as raters.

    Raises:
        IntegrityError: when the seal of an earlier period does not match its own hashes.
    """
    earlier = {one: past for one in needed_periods(period, company.lists) if (past := _past(company.home, one))}
    facts = Facts(period, results_of(bundle["traces"]), company, bundle["pools"], catalogue, earlier)
    reports = [report.to_dict() for report in reports_of(facts)]
    named = {
        row[column]
        for report in reports
        for column in report["columns"]
        if COLUMNS[column] == "person"
        for row in report["rows"]
        if column in row
    }
    return {
        "lists": reports,
        "list_people": {
            person.person_id: {"name": person.name or "", "name_en": person.name_en or ""}
            for person in sorted(company.people, key=lambda person: person.person_id)
            if person.person_id in named and person.person_id not in bundle["people"]
        },
    }


def _past(home: Path, period: Period) -> Past | None:
    """The results of an earlier period; None where it was never run, or its draft is not as it was written."""
    sealed = seals.newest_seal(home, str(period))
    if sealed is not None:
        digest = sealed.manifest["files"][BUNDLE_FILE]["sha256"]
        results = _results(sealed.folder, digest)
        return None if results is None else Past(period, sealed.label, results)
    draft = seals.cards_folder(home, str(period)) / "draft"
    if not (draft / MANIFEST_FILE).is_file() or not (draft / BUNDLE_FILE).is_file():
        return None
    recorded = json.loads((draft / MANIFEST_FILE).read_bytes())["files"].get(BUNDLE_FILE, {}).get("sha256")
    if recorded != store.sha256_file(draft / BUNDLE_FILE):
        return None
    results = _results(draft, recorded)
    return None if results is None else Past(period, "draft", results)


@lru_cache(maxsize=8)
def _results(folder: Path, digest: str) -> tuple[Result, ...] | None:
    """The results of a bundle, read once a run: three months of a quarter look at the same ones.

    `digest` is the SHA-256 of the bundle, so that a folder written anew is read anew. A bundle of another schema has
    none.
    """
    del digest
    bundle = read_bundle(folder)
    return results_of(bundle["traces"]) if bundle["schema"] == BUNDLE_SCHEMA else None
