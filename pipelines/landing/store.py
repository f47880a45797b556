"""Files that are either whole or absent: atomic writes, and the archive of original bytes by their sha256.

Belongs here: every write of the landing room. Does not belong here: what the bytes mean.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_BLOCK = 1 << 20
_PRIVATE_DIR = 0o700
_PRIVATE_FILE = 0o600


class Layout:
    """Where the landing room keeps things below a company folder."""

    def __init__(self, home: Path):
        self.home = home
        self.exports = home / "exports"
        self.archive = home / "archive"
        self.landing = home / "landing"
        self.files = self.landing / "_files"
        self.profile = self.landing / "_profile"
        self.company = self.landing / "_company"
        self.quarantine = home / "quarantine"
        # below the archive because it holds values before they are pseudonymised
        self.scratch = self.archive / "_tmp"

    def prepare(self) -> None:
        """Make the folders, and empty the scratch folder that a killed run may have left full."""
        for private in (self.archive, self.quarantine, self.landing):
            private_dir(private)
        for folder in (self.files, self.profile, self.company):
            folder.mkdir(parents=True, exist_ok=True)
        self.clear_scratch()
        private_dir(self.scratch)

    def clear_scratch(self) -> None:
        """Remove the scratch folder: it holds values that are not pseudonymised."""
        if self.scratch.exists():
            shutil.rmtree(self.scratch)

    def archived(self, sha256: str) -> Path:
        """Return where the bytes of that hash are kept."""
        return self.archive / sha256[:2] / sha256

    def content(self, spec_id: str, content_id: str) -> Path:
        """Return the Parquet file of one landed content."""
        return self.landing / spec_id / f"{content_id}.parquet"

    def content_profile(self, spec_id: str, content_id: str) -> Path:
        """Return the daily profile of one landed content."""
        return self.profile / spec_id / f"{content_id}.parquet"

    def broken_rows(self, content_id: str) -> Path:
        """Return the list of rows of a content that could not be read."""
        return self.quarantine / f"{content_id}_rows.csv"


def private_dir(path: Path) -> None:
    """Make a folder that its owner alone may enter."""
    path.mkdir(mode=_PRIVATE_DIR, parents=True, exist_ok=True)
    if path.stat().st_mode & 0o077:
        path.chmod(_PRIVATE_DIR)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a draft to write; on success it becomes `path` in one step, on any failure nothing is left.

    The data is on disk before the name appears, so that a power cut cannot leave a name without content.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield draft
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.chmod(_PRIVATE_FILE)
        draft.replace(path)
        _sync_dir(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def write_bytes(path: Path, data: bytes) -> None:
    """Write a small file atomically, unless it holds these bytes already."""
    if path.exists() and path.read_bytes() == data:
        return
    with whole_file(path) as draft:
        draft.write_bytes(data)


def write_json(path: Path, value: Any) -> None:
    """Write JSON atomically in one spelling: sorted keys, two spaces, UTF-8."""
    write_bytes(path, (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode())


def hash_file(path: Path) -> str:
    """Return the sha256 of a file, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def archive_file(layout: Layout, path: Path) -> str:
    """Keep the bytes of a file under their hash and return it.

    The hash is taken from the copy, so that a file which changes while it is read is archived as it was read.
    """
    digest = hashlib.sha256()
    private_dir(layout.archive)
    private_dir(layout.scratch)
    draft = layout.scratch / f"copy-{os.getpid()}"
    try:
        with path.open("rb") as source, os.fdopen(_open_private(draft), "wb") as target:
            while block := source.read(_BLOCK):
                digest.update(block)
                target.write(block)
            target.flush()
            os.fsync(target.fileno())
        kept = layout.archived(digest.hexdigest())
        if not kept.exists():
            private_dir(kept.parent)
            draft.replace(kept)
            _sync_dir(kept.parent)
    finally:
        draft.unlink(missing_ok=True)
    return digest.hexdigest()


def _open_private(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE_FILE)


def _sync_dir(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
