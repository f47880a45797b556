"""Results of earlier periods: those of the newest sealed revision, else of the draft.

Belongs here: finding and reading them, each once a run. Does not belong here: what is made of them (list_facts,
history).
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from pipelines.periods import Period
from pipelines.reports.facts import Past
from pipelines.reports.results import Result, results_of
from pipelines.scorecards import seals, store
from pipelines.scorecards.bundle import BUNDLE_FILE, BUNDLE_SCHEMA, read_bundle
from pipelines.scorecards.editions import MANIFEST_FILE

DRAFT = "draft"


def past_of(home: Path, period: Period) -> Past | None:
    """Return the results of an earlier period; None where it was never run, or its draft is not as it was written.

    Raises:
        IntegrityError: when the seal of the period does not match its own hashes.
    """
    sealed = seals.newest_seal(home, str(period))
    if sealed is not None:
        digest = sealed.manifest["files"][BUNDLE_FILE]["sha256"]
        results = results_in(sealed.folder, digest)
        return None if results is None else Past(period, sealed.label, results)
    draft = seals.cards_folder(home, str(period)) / "draft"
    if not (draft / MANIFEST_FILE).is_file() or not (draft / BUNDLE_FILE).is_file():
        return None
    recorded = json.loads((draft / MANIFEST_FILE).read_bytes())["files"].get(BUNDLE_FILE, {}).get("sha256")
    if recorded != store.sha256_file(draft / BUNDLE_FILE):
        return None
    results = results_in(draft, recorded)
    return None if results is None else Past(period, DRAFT, results)


@lru_cache(maxsize=16)
def results_in(folder: Path, digest: str) -> tuple[Result, ...] | None:
    """Return the results of a bundle, read once a run: the months of a range look at the same ones.

    `digest` is the SHA-256 of the bundle, so that a folder written anew is read anew. A bundle of another schema has
    none.
    """
    del digest
    bundle = read_bundle(folder)
    return results_of(bundle["traces"]) if bundle["schema"] == BUNDLE_SCHEMA else None
