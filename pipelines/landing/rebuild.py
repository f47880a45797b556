"""A temporary company folder laid out from the archive: exactly the inputs that a sealed period names.

Belongs here: `restore`. What is then run in the folder is the business of `scorecards verify`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from pipelines.company.findings import Finding, InputError
from pipelines.company.keys import KEY_FILE
from pipelines.landing.store import Layout, hash_file, private_dir

Inputs = Mapping[str, str] | Iterable[tuple[str, str]]


def restore(home_from: Path, home_to: Path, inputs: Inputs) -> None:
    """Lay out a folder with the given inputs, and the key without which no pseudonym would be the same.

    Args:
        home_from: the company folder whose archive holds the bytes.
        home_to: a new or empty folder.
        inputs: path relative to the company folder and sha256. A path may come with several hashes, when an export
            was overwritten: the later ones are put into a folder `_2`, `_3`… beside it, which says nothing of itself.

    Raises:
        InputError: naming every input whose bytes are purged, or no longer what they were.
        ValueError: when a path leads out of the folder.
    """
    layout = Layout(home_from)
    pairs = sorted({(path, sha256) for path, sha256 in (inputs.items() if isinstance(inputs, Mapping) else inputs)})
    for path, _ in pairs:
        _inside(path, 1)
    findings = [finding for path, sha256 in pairs if (finding := _missing(layout, path, sha256))]
    if findings:
        raise InputError(findings)
    private_dir(home_to)
    seen: dict[str, int] = {}
    for path, sha256 in pairs:
        seen[path] = seen.get(path, 0) + 1
        target = home_to / _inside(path, seen[path])
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(layout.archived(sha256), target)
    key = home_from / KEY_FILE
    if key.exists():
        private_dir(home_to / KEY_FILE.parent)
        shutil.copyfile(key, home_to / KEY_FILE)
        (home_to / KEY_FILE).chmod(0o600)


def _missing(layout: Layout, path: str, sha256: str) -> Finding | None:
    archived = layout.archived(sha256)
    if not archived.exists():
        return Finding(
            path,
            value=sha256,
            problem="the bytes are no longer in the archive",
            mend="put the original file back; records that were purged cannot be verified",
        )
    if hash_file(archived) != sha256:
        return Finding(
            path,
            value=sha256,
            problem="the archived bytes are not what their name says",
            mend="restore the archive from its backup",
        )
    return None


def _inside(path: str, version: int) -> PurePosixPath:
    relative = PurePosixPath(path)
    if relative.is_absolute() or ".." in relative.parts:
        raise ValueError(f"not a path inside a company folder: {path}")
    return relative if version == 1 else relative.parent / f"_{version}" / relative.name
