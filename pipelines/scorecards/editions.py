"""An edition of a period - a draft or a sealed revision - as the bytes of all its files, with their manifest.

Belongs here: which files an edition has, their names and their manifest. Pure: equal bundles give equal bytes.
Does not belong here: writing them (store), deciding when (drafts, sealing).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipelines.scorecards.bundle import BUNDLE_FILE, bundle_bytes, results_of
from pipelines.scorecards.certificate import certificate_files
from pipelines.scorecards.html import render_html
from pipelines.scorecards.lists import list_files
from pipelines.scorecards.paper import paper_data
from pipelines.scorecards.pdf import Press
from pipelines.scorecards.store import canonical_json, sha256_bytes
from pipelines.scorecards.tables import payroll_csv, scores_csv
from pipelines.scorecards.view import Edition, card_view
from pipelines.scorecards.workbook import render_workbook

MANIFEST_FILE = "manifest.json"
MANIFEST_SCHEMA = 1

FILE_MODES = {BUNDLE_FILE: 0o600}
DEFAULT_MODE = 0o640

_CARD_NAME = re.compile(r"^(?P<period>[^_]+)_(?P<person>.+)_scorecard_(?P<lang>zh|en)_(draft|r\d+)\.(html|pdf|xlsx)$")


def card_file_name(period: str, person_id: str, lang: str, edition: Edition, suffix: str) -> str:
    """Name a card; files carry the person's id, never the name."""
    return f"{period}_{person_id}_scorecard_{lang}_{edition.label}.{suffix}"


def render_edition(
    bundle: Mapping[str, Any], edition: Edition, extra: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """Render every file of an edition.

    Args:
        bundle: the document of `bundle.make_bundle`.
        edition: draft or revision; the payroll list is made for revisions only.
        extra: further files that the manifest shall list, such as the diff of a draft against a sealed revision.

    Returns:
        File name -> bytes, the manifest among them.
    """
    period = bundle["period"]
    files: dict[str, bytes] = dict(extra or {})
    results = sha256_bytes(results_of(bundle))
    files |= render_cards(bundle, edition, results)
    files[f"{period}_scores_{edition.label}.csv"] = scores_csv(bundle, edition.label)
    if edition.revision is not None:
        previous = edition.previous[1] if edition.previous else ""
        files[f"{period}_payroll_{edition.label}.csv"] = payroll_csv(bundle, edition.label, previous)
    files |= list_files(bundle, edition)
    files |= certificate_files(bundle, edition)
    files[BUNDLE_FILE] = bundle_bytes(bundle)
    files[MANIFEST_FILE] = canonical_json(_manifest(bundle, edition, files, results))
    return files


def render_cards(bundle: Mapping[str, Any], edition: Edition, results: str) -> dict[str, bytes]:
    """Render everybody's card as page, PDF and workbook in each language.

    Args:
        bundle: the document of `bundle.make_bundle`.
        edition: draft or revision.
        results: SHA-256 of the results, which every page of a PDF prints.

    Returns:
        File name -> bytes.
    """
    files: dict[str, bytes] = {}
    with Press() as press:  # it works beside the pages and workbooks, on the other processors
        for trace in bundle["traces"]:
            for lang in bundle["company"]["languages"]:
                html, pdf, xlsx = (
                    card_file_name(bundle["period"], trace["person_id"], lang, edition, suffix)
                    for suffix in ("html", "pdf", "xlsx")
                )
                press.print(pdf, _paper(bundle, trace, edition, lang, results))
                files[html] = render_html(bundle, trace, edition, lang)
                files[xlsx] = render_workbook(bundle, trace, edition, lang)
        return files | press.printed()


def _paper(
    bundle: Mapping[str, Any], trace: Mapping[str, Any], edition: Edition, lang: str, results: str
) -> dict[str, Any]:
    running = {
        "period": bundle["period"],
        "person_id": trace["person_id"],
        "revision": edition.label,
        "results": results,
    }
    return paper_data(card_view(bundle, trace, edition, lang), running)


def _manifest(bundle: Mapping[str, Any], edition: Edition, files: Mapping[str, bytes], results: str) -> dict[str, Any]:
    previous = edition.previous
    return {
        "schema": MANIFEST_SCHEMA,
        "period": bundle["period"],
        "state": "draft" if edition.revision is None else "sealed",
        "revision": edition.revision,
        "previous": {"revision": previous[0], "manifest_sha256": previous[1]} if previous else None,
        "people": len(bundle["traces"]),
        "results_sha256": results,
        "versions": {**bundle["versions"], "data": bundle["data_version"]},
        "schemes": _schemes(bundle),
        "inputs": bundle["inputs"],
        "files": {name: _described(name, files[name]) for name in sorted(files)},
    }


def _schemes(bundle: Mapping[str, Any]) -> list[dict[str, str]]:
    used = {(str(trace["scheme"]["id"]), str(trace["scheme"]["version"])) for trace in bundle["traces"]}
    return [{"id": scheme, "version": version} for scheme, version in sorted(used)]


def _described(name: str, data: bytes) -> dict[str, Any]:
    entry: dict[str, Any] = {"sha256": sha256_bytes(data), "bytes": len(data)}
    card = _CARD_NAME.match(name)
    if card:
        entry |= {"person_id": card["person"], "lang": card["lang"]}
    return entry
