"""Sealing: an approver turns a draft into the next revision, append-only and resumable after a kill.

Belongs here: who may approve, what must hold, and the order of the writes. The caller holds the home lock.

The order of the writes: (1) the seal is staged beside its place, (2) one rename puts it into `seals/<period>/r<N>/`
- this is the moment of sealing -, (3) the cards are rendered into `scorecards/<period>/r<N>/`, (4) the draft goes.
A kill before (2) leaves nothing but a hidden folder; after (2) the next `seal` or run finishes (3) and (4), because
the cards are a function of the seal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.scorecards import seals, store
from pipelines.scorecards.bundle import BUNDLE_FILE, read_bundle
from pipelines.scorecards.decided import printed_points
from pipelines.scorecards.diffs import diff_files
from pipelines.scorecards.editions import MANIFEST_FILE, render_edition
from pipelines.scorecards.errors import IntegrityError, SealRefusedError
from pipelines.scorecards.shares import shares_of
from pipelines.scorecards.signing import SIGNATURE_FILE, signed, statement
from pipelines.scorecards.view import Edition

if TYPE_CHECKING:
    from pipelines.company import Company

SEAL_MODES = {BUNDLE_FILE: 0o400}
SEAL_MODE = 0o444


def seal(
    home: Path,
    company: Company,
    period: object,
    by: str,
    *,
    at: datetime | None = None,
    run_id: str = "",
) -> Path:
    """Seal the draft of a period as its next revision.

    Args:
        home: the company folder.
        company: its models; `approvers` lists who may approve.
        period: the period whose draft is approved.
        by: the approver's person id.
        at: the moment of approval; now, if not given. It stands in `seal.json` only, like `by` and `run_id`.
        run_id: the Dagster run that built the draft, if there is one.

    Returns:
        The folder of the sealed cards, `scorecards/<period>/r<N>/`.

    Raises:
        SealRefusedError: no right to approve, no draft, or the draft was sealed already.
        IntegrityError: the draft was changed after it was built, or its amounts do not add up.
        InputError: there is a key to sign with that cannot be used.
    """
    name = str(period)
    _refuse_stranger(company, by)
    folder = seals.cards_folder(home, name)
    store.tidy(folder)
    store.tidy(seals.seal_folder(home, name))
    newest = seals.newest_seal(home, name)
    if newest is not None:
        _finish_interrupted(home, newest)
    draft = folder / "draft"
    if not draft.is_dir():
        _refuse_missing_draft(name, newest)
    manifest = check_draft(draft)
    bundle = read_bundle(draft)
    _refuse_stale(manifest, newest, name)
    _refuse_own_card_only(bundle, by)
    check_money(bundle)
    _refuse_other_rendering(bundle, manifest, newest)
    previous = (newest.revision, newest.manifest_sha256) if newest else None
    edition = Edition((newest.revision if newest else 0) + 1, previous)
    extra = diff_files(newest.bundle, newest.revision, newest.manifest_sha256, bundle) if newest else {}
    files = render_edition(bundle, edition, extra)
    record = {
        "schema": 1,
        "period": name,
        "revision": edition.revision,
        "approved_by": by,
        "approved_at": (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds"),
        "run_id": run_id,
        "manifest_sha256": store.sha256_bytes(files[MANIFEST_FILE]),
        "draft_manifest_sha256": store.sha256_file(draft / MANIFEST_FILE),
    }
    signature = signed(home, files[MANIFEST_FILE], statement(name, edition.label, record))
    if signature is not None:
        record["signed_by"] = signature[0]
    sealed_files = {
        MANIFEST_FILE: files[MANIFEST_FILE],
        BUNDLE_FILE: files[BUNDLE_FILE],
        seals.SEAL_FILE: store.canonical_json(record),
    }
    if signature is not None:
        sealed_files[SIGNATURE_FILE] = signature[1]
    target = seals.seal_folder(home, name)
    staged = store.stage(target, sealed_files, SEAL_MODES, SEAL_MODE)
    store.move_into_place(staged, target / edition.label)
    written = seals.newest_seal(home, name)
    if written is None:
        raise IntegrityError(f"{target / edition.label} vanished while it was written")
    seals.restore_revision(home, written, files)
    store.remove_folder(draft)
    return folder / edition.label


def check_draft(draft: Path) -> dict[str, Any]:
    """Return the manifest of a draft after checking every file against it.

    Raises:
        IntegrityError: naming every file that was changed, removed or added.
    """
    try:
        manifest: dict[str, Any] = json.loads((draft / MANIFEST_FILE).read_bytes())
    except (FileNotFoundError, json.JSONDecodeError) as error:
        raise IntegrityError(f"{draft / MANIFEST_FILE} cannot be read: {error}. Run the period again") from error
    problems = folder_damage(draft, manifest["files"])
    if problems:
        listed = "; ".join(problems)
        raise IntegrityError(
            f"The draft of {manifest['period']} was changed after it was built: {listed}. Run the period again; "
            "corrections belong into the input files"
        )
    return manifest


def folder_damage(folder: Path, recorded: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return one sentence for every file of a folder that differs from the manifest's record."""
    problems = []
    present = {path.name for path in folder.iterdir()} - {MANIFEST_FILE}
    for name in sorted(recorded.keys() | present):
        if name not in present:
            problems.append(f"{name} is missing")
        elif name not in recorded:
            problems.append(f"{name} is not in the manifest")
        elif store.sha256_file(folder / name) != recorded[name]["sha256"]:
            problems.append(f"{name} has other bytes than recorded")
    return problems


def check_money(bundle: Mapping[str, Any]) -> None:
    """Refuse results whose printed amounts do not add up; scoring guarantees it, paying must not rely on that.

    Raises:
        IntegrityError: naming every person whose points or amounts do not add up.
    """
    problems = []
    for trace in bundle["traces"]:
        bonus = trace["bonus"]
        beside = bonus.get("extras", ())
        paid = _sum(item["amount"] for item in (*bonus["adjustments"], *beside))
        if Decimal(bonus["earned"]) + paid != Decimal(bonus["payable"]):
            said = "earned + adjustments + extras" if beside else "earned + adjustments"
            problems.append(f"{trace['person_id']}: {said} is not the amount payable")
        for name in ("earned", "held"):
            parts = _sum(segment["bonus"][name] for segment in trace["segments"])
            parts += _sum(share["own"][name] for _, share in shares_of(trace))
            parts += _sum(item["held"] for item in beside if name == "held")
            if parts != Decimal(bonus[name]):
                problems.append(f"{trace['person_id']}: the parts' {name} sum to {parts}, not to {bonus[name]}")
        printed = _printed_points(trace)
        if trace["printed_score"] is not None and printed != Decimal(trace["printed_score"]):
            problems.append(f"{trace['person_id']}: the printed points sum to {printed}, not to the printed score")
    for pool in bundle["pools"]:
        spent = _sum(pool[name] for name in ("earned", "held", "undistributed"))
        if spent != Decimal(pool["amount"]):
            problems.append(f"pool {pool['pool_id']}: earned + held + undistributed is {spent}, not {pool['amount']}")
    if problems:
        raise IntegrityError("; ".join(problems))


def _printed_points(trace: Mapping[str, Any]) -> Decimal:
    return _sum(
        item["printed_points"]
        for segment in trace["segments"]
        for group in ("lines", "vetoes", "gates", "gaming")
        for item in segment.get(group, ())
        if item["printed_points"] is not None
    ) + _sum(printed_points(trace))


def _sum(amounts: Any) -> Decimal:
    return sum((Decimal(str(amount)) for amount in amounts), Decimal(0))


def _refuse_stranger(company: Company, by: str) -> None:
    if by not in company.approvers:
        listed = ", ".join(company.approvers) or "nobody"
        raise SealRefusedError(
            "company.yaml",
            f"this person may not approve; `approvers` lists {listed}",
            "Ask one of them to seal, or add the person to `approvers`",
            by,
        )


def _refuse_own_card_only(bundle: Mapping[str, Any], by: str) -> None:
    cards = [trace["person_id"] for trace in bundle["traces"]]
    where = f"scorecards/{bundle['period']}/draft"
    if not cards:
        raise SealRefusedError(
            where, "the draft has no card, so there is nothing to approve", "Check people/ and run the period again"
        )
    if cards == [by]:
        raise SealRefusedError(
            where, "nobody approves a batch whose only card is their own", "Let another approver seal it", by
        )


def _refuse_stale(manifest: Mapping[str, Any], newest: seals.Seal | None, period: str) -> None:
    expected = {"revision": newest.revision, "manifest_sha256": newest.manifest_sha256} if newest else None
    if manifest["previous"] != expected:
        against = f"revision {newest.label}" if newest else "no sealed revision"
        raise SealRefusedError(
            f"scorecards/{period}/draft",
            f"the draft was not built against the present state of the seals, which is {against}",
            f"Run `scorecards run {period}` again, look at the draft, then seal",
        )


def _refuse_other_rendering(bundle: Mapping[str, Any], manifest: Mapping[str, Any], newest: seals.Seal | None) -> None:
    """Refuse a draft whose files this code would not make of its results.

    Either the code changed between run and seal - then the recorded code version would be wrong - or somebody edited
    both a card and the manifest.
    """
    previous = (newest.revision, newest.manifest_sha256) if newest else None
    rendered = render_edition(bundle, Edition(previous=previous))
    changed = [
        name
        for name, data in sorted(rendered.items())
        if name != MANIFEST_FILE and manifest["files"].get(name, {}).get("sha256") != store.sha256_bytes(data)
    ]
    if changed:
        raise SealRefusedError(
            f"scorecards/{bundle['period']}/draft",
            f"this version of the code makes {len(changed)} of the draft's files differently, such as {changed[0]}",
            f"Run `scorecards run {bundle['period']}` again, look at the draft, then seal",
        )


def _refuse_missing_draft(period: str, newest: seals.Seal | None) -> None:
    where = f"scorecards/{period}/draft"
    if newest is None:
        raise SealRefusedError(where, "there is no draft of this period", f"Run `scorecards run {period}` first")
    raise SealRefusedError(
        where,
        f"{period} is sealed already as {newest.label}, approved by {newest.seal['approved_by']} at "
        f"{newest.seal['approved_at']}, and there is no newer draft",
        f"To correct it, change the input and run `scorecards run {period}`: that makes a draft of the next revision",
    )


def _finish_interrupted(home: Path, newest: seals.Seal) -> None:
    """Do what a killed `seal` left undone: the cards of its revision, and removing the draft it was made from."""
    seals.restore_revision(home, newest)
    draft = seals.cards_folder(home, newest.manifest["period"]) / "draft"
    manifest = draft / MANIFEST_FILE
    if manifest.is_file() and store.sha256_file(manifest) == newest.seal["draft_manifest_sha256"]:
        store.remove_folder(draft)
