"""Verifying a period: hashes and the chain of revisions always, recomputation where it can be done.

Belongs here: what is compared with what, and how it is told with the mend. Recomputing itself is the caller's
(it re-runs the pipeline under the pinned inputs), because this room knows nothing of sources or warehouses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.scorecards import seals, store
from pipelines.scorecards.bundle import BUNDLE_FILE, results_of
from pipelines.scorecards.diffs import diff_bundles
from pipelines.scorecards.editions import MANIFEST_FILE
from pipelines.scorecards.errors import IntegrityError
from pipelines.scorecards.sealing import folder_damage
from pipelines.scorecards.signing import (
    BEFORE_FILE,
    SIGNATURE_FILE,
    SignatureError,
    UnknownKeyError,
    check_signature,
    public_keys,
    sealed_before,
    statement,
)

OK = "ok"
NOTE = "note"
PROBLEM = "problem"


@dataclass(frozen=True)
class Line:
    """One thing that was checked: `ok`, a `note` that changes nothing, or a `problem` with its mend."""

    level: str
    revision: str
    what: str
    mend: str = ""

    def __str__(self) -> str:
        sign = {OK: "ok     ", NOTE: "note   ", PROBLEM: "PROBLEM"}[self.level]
        text = f"{sign} {self.revision}: {self.what}"
        return f"{text}. {self.mend}" if self.mend else text


@dataclass
class Verification:
    """The outcome for a period; `sound` is False when anything sealed differs from its record.

    `revisions` is how many sealed revisions were looked at; with none there was nothing to verify.
    """

    period: str
    revisions: int = 0
    lines: list[Line] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether no problem was found."""
        return all(line.level != PROBLEM for line in self.lines)

    def __str__(self) -> str:
        return "\n".join(str(line) for line in self.lines)


Recompute = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Given a sealed manifest (`inputs`, `versions`, `period`), run the pipeline on exactly those inputs and return
`{"traces": [...], "pools": [...]}` in plain JSON types. Called only when code version and inputs are at hand."""


def verify(
    home: Path,
    period: object,
    recompute: Recompute | None = None,
    *,
    code_version: str,
) -> Verification:
    """Verify every sealed revision of a period.

    Args:
        home: the company folder.
        period: the period.
        recompute: re-runs the pipeline for the newest revision; None skips the recomputation and says so.
        code_version: version of the present code; results are only comparable under the version they were sealed by.
    """
    outcome = Verification(str(period))
    try:
        sealed = seals.read_seals(home, str(period))
    except IntegrityError as error:
        outcome.lines.append(Line(PROBLEM, str(period), str(error)))
        return outcome
    if not sealed:
        outcome.lines.append(
            Line(NOTE, str(period), "nothing is sealed for this period, so there is nothing to verify")
        )
        return outcome
    outcome.revisions = len(sealed)
    _check_chain(sealed, outcome)
    for seal in sealed:
        _check_hashes(home, seal, code_version, outcome)
        _check_signature(home, seal, outcome)
    _check_recomputation(home, sealed[-1], recompute, code_version, outcome)
    return outcome


def missing_inputs(home: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Return the names of the inputs whose bytes are no longer in the archive."""
    return [
        name
        for name, digest in sorted(manifest["inputs"].items())
        if not (home / "archive" / digest[:2] / digest).is_file()
    ]


def _check_chain(sealed: list[seals.Seal], outcome: Verification) -> None:
    before: seals.Seal | None = None
    for expected, seal in enumerate(sealed, start=1):
        recorded = seal.manifest.get("previous")
        wanted = {"revision": before.revision, "manifest_sha256": before.manifest_sha256} if before else None
        if seal.revision != expected or seal.manifest.get("revision") != seal.revision:
            what = f"the chain of revisions is broken: r{expected} is expected here"
            outcome.lines.append(Line(PROBLEM, seal.label, what, "Restore seals/ from a backup"))
        elif recorded != wanted:
            what = "the manifest does not name the hash of the revision before it"
            outcome.lines.append(Line(PROBLEM, seal.label, what, "Restore seals/ from a backup"))
        elif not (seal.seal.get("approved_by") and seal.seal.get("approved_at")):
            what = f"{seals.SEAL_FILE} does not say who approved it and when"
            outcome.lines.append(Line(PROBLEM, seal.label, what, "Restore seals/ from a backup"))
        else:
            approved = f"approved by {seal.seal['approved_by']} at {seal.seal['approved_at']}"
            outcome.lines.append(Line(OK, seal.label, f"chain of revisions holds; {approved}"))
        before = seal


def _check_hashes(home: Path, seal: seals.Seal, code_version: str, outcome: Verification) -> None:
    problems = [Line(PROBLEM, seal.label, what) for what in seals.seal_damage(seal)]
    if problems:
        outcome.lines += problems
        return
    cards = seals.cards_folder(home, outcome.period) / seal.label
    again = f"Delete {cards.relative_to(home)}/ and run `scorecards run {outcome.period}`: it is rendered again"
    if not cards.is_dir():
        mend = f"`scorecards run {outcome.period}` renders them again from the seal"
        outcome.lines.append(Line(PROBLEM, seal.label, f"the cards in {cards.relative_to(home)}/ are missing", mend))
    else:
        damage = folder_damage(cards, seal.manifest["files"])
        manifest = cards / MANIFEST_FILE
        if not manifest.is_file():
            damage.append(f"{MANIFEST_FILE} is missing")
        elif store.sha256_file(manifest) != seal.manifest_sha256:
            damage.append(f"{MANIFEST_FILE} has other bytes than recorded")
        outcome.lines += [Line(PROBLEM, seal.label, what, again) for what in damage]
        if not damage:
            count = len(seal.manifest["files"])
            outcome.lines.append(Line(OK, seal.label, f"{count} files have the bytes that were sealed"))
    _check_printed_hash(seal, outcome)
    _check_rendering(home, seal, code_version, outcome)


def _check_printed_hash(seal: seals.Seal, outcome: Verification) -> None:
    """Say the hash that every PDF of the revision prints, so that paper can be held beside the seal."""
    printed = seal.manifest.get("results_sha256")
    if printed is None:  # sealed before there were PDFs
        return
    if store.sha256_bytes(results_of(seal.bundle)) == printed:
        outcome.lines.append(Line(OK, seal.label, f"its PDFs print the SHA-256 of its results, {printed}"))
    else:
        what = f"the results have another SHA-256 than the manifest names and every PDF prints ({printed})"
        outcome.lines.append(Line(PROBLEM, seal.label, what, "Restore seals/ from a backup"))


def _check_signature(home: Path, seal: seals.Seal, outcome: Verification) -> None:
    """Check who signed the manifest and its approval: where the company has a key, somebody must have."""
    path, by = seal.folder / SIGNATURE_FILE, seal.seal.get("signed_by")
    if path.is_file():
        outcome.lines.append(_signature_line(home, seal, outcome.period))
    elif by is not None:
        what = f"the signature by key {by} is missing"
        outcome.lines.append(Line(PROBLEM, seal.label, what, "Restore seals/ from a backup"))
    elif not public_keys(home):
        return
    elif sealed_before(home, seal, outcome.period):
        what = f"the manifest is not signed; {BEFORE_FILE.as_posix()} lists it as sealed before there was a key"
        outcome.lines.append(Line(NOTE, seal.label, what))
    else:
        what = f"the manifest is not signed, and {BEFORE_FILE.as_posix()} does not list it, so there was a key already"
        mend = f"Restore seals/ from a backup, and {BEFORE_FILE.as_posix()} if it is missing"
        outcome.lines.append(Line(PROBLEM, seal.label, what, mend))


def _signature_line(home: Path, seal: seals.Seal, period: str) -> Line:
    """What there is to say of a signature that is there."""
    by, signature = seal.seal.get("signed_by"), (seal.folder / SIGNATURE_FILE).read_bytes()
    try:
        manifest = (seal.folder / MANIFEST_FILE).read_bytes()
        key = check_signature(home, manifest, signature, statement(period, seal.label, seal.seal))
    except UnknownKeyError as error:
        what = f"the signature of the manifest cannot be checked: {error}"
        mend = "Put its public key there; if the company never had such a key, restore seals/ from a backup"
        return Line(PROBLEM, seal.label, what, mend)
    except SignatureError as error:
        what = f"the signature of the manifest does not hold: {error}"
        return Line(PROBLEM, seal.label, what, "Restore seals/ from a backup")
    if key != by:
        what = f"the manifest is signed by key {key}, and seal.json names {by or 'none'}"
        return Line(PROBLEM, seal.label, what, "Restore seals/ from a backup")
    return Line(OK, seal.label, f"the manifest is signed by key {key}")


def _check_rendering(home: Path, seal: seals.Seal, code_version: str, outcome: Verification) -> None:
    """Render the sealed trace again: the same code must give the same bytes."""
    if seal.manifest["versions"].get("code") != code_version:
        return
    changed = seals.changed_files(seal, seals.rendered_again(home, seal))
    if changed:
        what = f"rendering the sealed results again gives other bytes for {', '.join(changed)}"
        outcome.lines.append(Line(PROBLEM, seal.label, what, "Check that the installed packages match the lock file"))
    else:
        outcome.lines.append(Line(OK, seal.label, "rendering the sealed results again gives the same bytes"))


def _check_recomputation(
    home: Path, seal: seals.Seal, recompute: Recompute | None, code_version: str, outcome: Verification
) -> None:
    recorded = seal.manifest["versions"].get("code", "unknown")
    if recorded != code_version:
        what = (
            f"not recomputed: sealed by code version {recorded}, this is {code_version}; results are only comparable "
            "under the recorded version"
        )
        outcome.lines.append(Line(NOTE, seal.label, what, f"Check out version {recorded} to recompute"))
        return
    lost = missing_inputs(home, seal.manifest)
    if lost:
        total = len(seal.manifest["inputs"])
        what = f"not recomputed: records purged, {len(lost)} of {total} inputs are no longer in archive/"
        outcome.lines.append(Line(NOTE, seal.label, what))
        return
    altered = _altered_inputs(home, seal.manifest)
    if altered:
        what = f"archived inputs were changed: {', '.join(altered)}"
        outcome.lines.append(Line(PROBLEM, seal.label, what, "Restore archive/ from a backup"))
        return
    if recompute is None:
        outcome.lines.append(Line(NOTE, seal.label, "not recomputed: hashes only were asked for"))
        return
    again = {"period": outcome.period, **recompute(seal.manifest)}
    bundle = seal.bundle
    if results_of(again) == results_of(bundle):
        outcome.lines.append(Line(OK, seal.label, "recomputed from the archived inputs: the same results to the cent"))
        return
    rows = diff_bundles(bundle, again)
    for row in rows[:50]:
        place = " ".join(part for part in (row["person_id"], row["segment_id"], row["kpi_id"], row["field"]) if part)
        what = f"recomputed {place} is {row['new'] or 'absent'}, sealed is {row['sealed'] or 'absent'}"
        outcome.lines.append(Line(PROBLEM, seal.label, what))
    if len(rows) != len(rows[:50]) or not rows:
        what = f"the recomputed results differ from the sealed {BUNDLE_FILE} ({len(rows)} differences in all)"
        outcome.lines.append(Line(PROBLEM, seal.label, what, "Check that the installed packages match the lock file"))


def _altered_inputs(home: Path, manifest: Mapping[str, Any]) -> list[str]:
    return [
        name
        for name, digest in sorted(manifest["inputs"].items())
        if store.sha256_file(home / "archive" / digest[:2] / digest) != digest
    ]
