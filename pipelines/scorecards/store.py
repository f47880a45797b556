"""Writing folders so that a kill leaves either the old one or the new one whole, and reading them back by hash.

Belongs here: atomic folders, hashes, canonical JSON. Does not belong here: what the files mean.
The caller holds the home lock (`pipelines.warehouse.lock.home_lock`), so there is one writer at a time.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TEMP_PREFIX = ".tmp-"
_WHOLE_DRAFT = ".draft-next"
_OLD_DRAFT = ".draft-old"


def canonical_json(data: Any) -> bytes:
    """Serialise to the one form used for hashing and storing: sorted keys, UTF-8, a line feed at the end."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    return (text + "\n").encode("utf-8", "surrogatepass")


def sha256_bytes(data: bytes) -> str:
    """Return the SHA-256 of some bytes as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_file(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hex digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def stage(parent: Path, files: Mapping[str, bytes], modes: Mapping[str, int], default_mode: int) -> Path:
    """Write files into a new hidden folder beside their final place and bring them to disk.

    Returns:
        The hidden folder, ready to be moved into place by `move_into_place`.
    """
    parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = Path(tempfile.mkdtemp(prefix=TEMP_PREFIX, dir=parent))
    for name in sorted(files):
        descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(files[name])
            stream.flush()
            os.fchmod(stream.fileno(), modes.get(name, default_mode))
            os.fsync(stream.fileno())
    _fsync_folder(folder)
    return folder


def move_into_place(staged: Path, target: Path) -> None:
    """Give a staged folder its final name, which must be free: append-only folders are never replaced."""
    if target.exists():
        raise FileExistsError(f"{target} exists; a revision is never replaced")
    staged.rename(target)
    _fsync_folder(target.parent)


def replace_draft(staged: Path, period_folder: Path) -> Path:
    """Put a staged folder in the place of `draft`; the old draft goes only after the new one is whole.

    A kill between the two renames leaves `.draft-next` whole; `tidy` then finishes the move.
    """
    target = period_folder / "draft"
    whole = period_folder / _WHOLE_DRAFT
    staged.rename(whole)
    if target.exists():
        target.rename(period_folder / _OLD_DRAFT)
    whole.rename(target)
    _fsync_folder(period_folder)
    remove_folder(period_folder / _OLD_DRAFT)
    return target


def tidy(period_folder: Path) -> None:
    """Finish or clear away what a killed run left behind in the folder of a period."""
    if not period_folder.is_dir():
        return
    whole, target = period_folder / _WHOLE_DRAFT, period_folder / "draft"
    if whole.exists():
        if target.exists():
            remove_folder(target)
        whole.rename(target)
    remove_folder(period_folder / _OLD_DRAFT)
    for left in sorted(period_folder.glob(TEMP_PREFIX + "*")):
        remove_folder(left)


def remove_folder(folder: Path) -> None:
    """Remove a folder if it is there; it first gets a hidden name, so that nobody reads half of it."""
    if not folder.exists():
        return
    if not folder.name.startswith("."):
        hidden = Path(tempfile.mkdtemp(prefix=TEMP_PREFIX, dir=folder.parent))
        folder.rename(hidden / folder.name)
        folder = hidden
    shutil.rmtree(folder)


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
