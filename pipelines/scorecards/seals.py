"""The append-only record of sealed revisions: `seals/<period>/r<N>/`, and the cards that belong to it.

Belongs here: reading seals, checking them against their own hashes, bringing back deleted cards.
Does not belong here: making a new seal (sealing), telling a person what is wrong (verifying).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.scorecards import store
from pipelines.scorecards.bundle import BUNDLE_FILE, read_bundle
from pipelines.scorecards.diffs import diff_files
from pipelines.scorecards.editions import DEFAULT_MODE, FILE_MODES, MANIFEST_FILE, render_edition
from pipelines.scorecards.errors import IntegrityError
from pipelines.scorecards.view import Edition

SEAL_FILE = "seal.json"
_REVISION = re.compile(r"r([1-9]\d*)")


@dataclass(frozen=True)
class Seal:
    """One sealed revision of a period, as `seals/` records it.

    Attributes:
        folder: where it lies.
        revision: its number, from 1.
        manifest: the manifest of its cards.
        manifest_sha256: SHA-256 of the manifest's bytes.
        seal: who approved, when, in which run, and the hashes of both manifests.
    """

    folder: Path
    revision: int
    manifest: dict[str, Any]
    manifest_sha256: str
    seal: dict[str, Any]

    @property
    def label(self) -> str:
        """The revision as file names carry it."""
        return f"r{self.revision}"

    @property
    def bundle(self) -> dict[str, Any]:
        """What its cards were rendered from."""
        return read_bundle(self.folder)

    @property
    def edition(self) -> Edition:
        """The edition that its cards were rendered as."""
        before = self.manifest["previous"]
        return Edition(self.revision, (before["revision"], before["manifest_sha256"]) if before else None)


def cards_folder(home: Path, period: str) -> Path:
    """Return `scorecards/<period>/`."""
    return home / "scorecards" / period


def seal_folder(home: Path, period: str) -> Path:
    """Return `seals/<period>/`."""
    return home / "seals" / period


def read_seals(home: Path, period: str) -> list[Seal]:
    """Read all seals of a period, oldest first.

    Raises:
        IntegrityError: when a seal lacks a file or cannot be read.
    """
    folder = seal_folder(home, period)
    found = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        match = _REVISION.fullmatch(path.name)
        if match:
            found.append(_read(path, int(match[1])))
    return sorted(found, key=lambda seal: seal.revision)


def newest_seal(home: Path, period: str) -> Seal | None:
    """Return the newest seal of a period after checking it against its own hashes, or None.

    Raises:
        IntegrityError: when the seal was damaged.
    """
    seals = read_seals(home, period)
    if not seals:
        return None
    damage = seal_damage(seals[-1])
    if damage:
        raise IntegrityError("; ".join(damage))
    return seals[-1]


def seal_damage(seal: Seal) -> list[str]:
    """Return what of a seal does not match its own hashes."""
    problems = []
    if seal.seal.get("manifest_sha256") != seal.manifest_sha256:
        problems.append(f"{seal.folder / MANIFEST_FILE} was changed after sealing. Restore it from a backup")
    recorded = seal.manifest.get("files", {}).get(BUNDLE_FILE, {}).get("sha256")
    if store.sha256_file(seal.folder / BUNDLE_FILE) != recorded:
        problems.append(f"{seal.folder / BUNDLE_FILE} was changed after sealing. Restore it from a backup")
    return problems


def restore_revision(home: Path, seal: Seal, rendered: dict[str, bytes] | None = None) -> tuple[str, ...]:
    """Bring back the cards of a sealed revision if their folder is gone; a folder that is there is left alone.

    Args:
        home: the company folder.
        seal: the revision.
        rendered: its files, when the caller has just rendered them.

    Returns:
        Messages for a person. When the present code renders other bytes than were sealed, nothing is written: a
        file under a sealed name with other bytes would be worse than none.
    """
    target = cards_folder(home, seal.manifest["period"]) / seal.label
    if target.exists():
        return ()
    files = rendered or rendered_again(home, seal)
    if store.sha256_bytes(files[MANIFEST_FILE]) != seal.manifest_sha256:
        changed = changed_files(seal, files)
        return (
            f"The cards of {seal.manifest['period']} {seal.label} are missing, and this version of the code renders "
            f"{len(changed)} of them with other bytes than were sealed under code version "
            f"{seal.manifest['versions'].get('code', 'unknown')}. Restore {target.name}/ from a backup or run that "
            f"version; the sealed results themselves are safe in seals/.",
        )
    staged = store.stage(target.parent, files, FILE_MODES, DEFAULT_MODE)
    store.move_into_place(staged, target)
    return (f"The cards of {seal.manifest['period']} {seal.label} were missing and are back, byte for byte.",)


def rendered_again(home: Path, seal: Seal) -> dict[str, bytes]:
    """Return every file of a sealed revision as the present code renders it from the seals.

    A revision after the first was sealed with its difference to the one before, which is worked out from both seals.
    """
    previous, extra = seal.edition.previous, {}
    if previous is not None and f"diff_vs_r{previous[0]}.csv" in seal.manifest["files"]:
        before = [one for one in read_seals(home, seal.manifest["period"]) if one.revision == previous[0]]
        extra = diff_files(before[0].bundle, *previous, seal.bundle) if before else {}
    return render_edition(seal.bundle, seal.edition, extra)


def changed_files(seal: Seal, files: dict[str, bytes]) -> Sequence[str]:
    """Return the names of the files whose bytes differ from the sealed manifest."""
    recorded = seal.manifest["files"]
    names = sorted((recorded.keys() | files.keys()) - {MANIFEST_FILE})
    return [
        name
        for name in names
        if name not in files or recorded.get(name, {}).get("sha256") != store.sha256_bytes(files[name])
    ]


def _read(folder: Path, revision: int) -> Seal:
    try:
        manifest_bytes = (folder / MANIFEST_FILE).read_bytes()
        manifest = json.loads(manifest_bytes)
        seal = json.loads((folder / SEAL_FILE).read_bytes())
        (folder / BUNDLE_FILE).stat()
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise IntegrityError(f"The seal {folder} is damaged: {error}. Restore the folder from a backup") from error
    return Seal(folder, revision, manifest, store.sha256_bytes(manifest_bytes), seal)
