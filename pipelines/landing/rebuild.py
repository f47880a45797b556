"""A temporary company folder laid out from the archive: exactly the inputs that a sealed period names.

Belongs here: `restore`. What is then run in the folder is the business of `scorecards verify`.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from pipelines.company.findings import Finding, InputError
from pipelines.company.keys import KEY_FILE
from pipelines.landing.store import Layout, hash_file, private_dir


def restore(home_from: Path, home_to: Path, inputs: Mapping[str, str]) -> None:
    """Lay out a folder with the given inputs, and the key without which no pseudonym would be the same.

    Args:
        home_from: the company folder whose archive holds the bytes.
        home_to: a new or empty folder.
        inputs: sha256 of each file by its path relative to the company folder; see `export_inputs`.

    Raises:
        InputError: naming every input whose bytes are purged, or no longer what they were.
        ValueError: when a path leads out of the folder.
    """
    layout = Layout(home_from)
    targets = {path: home_to / _inside(path) for path in sorted(inputs)}
    findings = [finding for path in targets if (finding := _missing(layout, path, inputs[path]))]
    if findings:
        raise InputError(findings)
    private_dir(home_to)
    for path, target in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(layout.archived(inputs[path]), target)
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


def _inside(path: str) -> PurePosixPath:
    relative = PurePosixPath(path)
    if relative.is_absolute() or ".." in relative.parts:
        raise ValueError(f"not a path inside a company folder: {path}")
    return relative
