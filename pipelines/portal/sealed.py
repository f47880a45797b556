"""What is sealed, as the portal serves it: periods, revisions, and bytes that were compared with the seal first.

Belongs here: finding seals and reading their files. Read only. Does not belong here: who may read them (`access`),
making or checking seals (`scorecards`). A path is made from a name of the manifest, never from a request.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from pipelines.periods import Period, PeriodError, parse_period
from pipelines.scorecards import seals, store
from pipelines.scorecards.bundle import BUNDLE_FILE
from pipelines.scorecards.editions import MANIFEST_FILE
from pipelines.scorecards.errors import IntegrityError

_BUNDLES_KEPT = 4
_REVISION = re.compile(r"r[1-9]\d*")


class AlteredError(Exception):
    """A sealed file that no longer has the bytes that were sealed; nothing of it is sent."""

    def __init__(self, name: str):
        self.name = name
        super().__init__(f"{name} differs from its seal")


@dataclass(frozen=True)
class Revision:
    """One sealed revision.

    Attributes:
        period: its period.
        seal: its record.
        cards: where its files lie.
    """

    period: Period
    seal: seals.Seal
    cards: Path

    @property
    def number(self) -> int:
        """The number of the revision, from 1."""
        return self.seal.revision

    @property
    def label(self) -> str:
        """The revision as file names carry it, such as r1."""
        return self.seal.label

    @property
    def files(self) -> dict[str, dict[str, Any]]:
        """What the manifest says of each file, by name."""
        files: dict[str, dict[str, Any]] = self.seal.manifest["files"]
        return files

    @property
    def sealed_at(self) -> str:
        """The moment of approval, ISO 8601 in UTC."""
        return str(self.seal.seal["approved_at"])

    def people(self) -> list[str]:
        """The people who have a card, sorted."""
        return sorted({str(entry["person_id"]) for entry in self.files.values() if "person_id" in entry})

    def files_of(self, person_id: str) -> list[str]:
        """The files of a person's card; those that belong to nobody alone for an empty id."""
        return sorted(name for name, entry in self.files.items() if str(entry.get("person_id", "")) == person_id)


class Shelf:
    """The sealed revisions of a company folder; what was read once is read again when its files changed."""

    def __init__(self, home: Path):
        self._home = home
        self._lock = Lock()
        self._seals: dict[Path, tuple[object, seals.Seal]] = {}
        self._bundles: dict[str, dict[str, Any]] = {}

    def periods(self) -> list[Period]:
        """The periods with a sealed revision, the latest end first; of one end the longest first."""
        found = []
        folder = self._home / "seals"
        for path in folder.iterdir() if folder.is_dir() else ():
            try:
                period = parse_period(path.name)
            except PeriodError:
                continue
            if str(period) == path.name and any(_REVISION.fullmatch(one.name) for one in path.iterdir()):
                found.append(period)
        return sorted(found, key=lambda period: (period.end, period.days), reverse=True)

    def revisions(self, period: Period) -> list[Revision]:
        """The sealed revisions of a period, the newest first.

        Raises:
            AlteredError: when a seal is damaged.
        """
        folder = seals.seal_folder(self._home, str(period))
        marks = {path: _mark(path) for path in folder.iterdir() if path.is_dir()} if folder.is_dir() else {}
        with self._lock:
            known = {path: self._seals.get(path) for path in marks}
        if any(one is None or one[0] != marks[path] for path, one in known.items()):
            try:
                read = seals.read_seals(self._home, str(period))
            except IntegrityError as error:
                raise AlteredError(f"{period}/{MANIFEST_FILE}") from error
            with self._lock:
                self._seals.update({seal.folder: (marks.get(seal.folder), seal) for seal in read})
                known = {path: self._seals.get(path) for path in marks}
        found = [one[1] for one in known.values() if one is not None]
        cards = seals.cards_folder(self._home, str(period))
        ordered = sorted(found, key=lambda seal: seal.revision, reverse=True)
        return [Revision(period, seal, cards / seal.label) for seal in ordered]

    def read(self, revision: Revision, name: str) -> bytes:
        """Return the bytes of a sealed file after comparing manifest and file with the seal.

        Args:
            revision: of which revision.
            name: a name of its manifest.

        Raises:
            KeyError: when the manifest has no such file.
            AlteredError: when the manifest or the file has other bytes than were sealed, or is gone.
        """
        recorded = revision.files[name]["sha256"]
        self.manifest(revision)
        if Path(name).name != name:  # our own manifests name files of one folder; this one was not written by us
            raise AlteredError(name)
        try:
            data = (revision.cards / name).read_bytes()
        except OSError as error:
            raise AlteredError(name) from error
        if store.sha256_bytes(data) != recorded:
            raise AlteredError(name)
        return data

    def bundle(self, revision: Revision) -> dict[str, Any]:
        """Return what the cards were rendered from, compared with the seal as every other file.

        Raises:
            AlteredError: when it has other bytes than were sealed.
        """
        recorded = str(revision.files[BUNDLE_FILE]["sha256"])
        with self._lock:
            if recorded in self._bundles:
                return self._bundles[recorded]
        self.manifest(revision)
        data = (revision.seal.folder / BUNDLE_FILE).read_bytes()
        if store.sha256_bytes(data) != recorded:
            raise AlteredError(BUNDLE_FILE)
        bundle: dict[str, Any] = json.loads(data.decode("utf-8", "surrogatepass"))
        with self._lock:
            while len(self._bundles) >= _BUNDLES_KEPT:
                self._bundles.pop(next(iter(self._bundles)))
            self._bundles[recorded] = bundle
        return bundle

    def manifest(self, revision: Revision) -> bytes:
        """Return the bytes of the manifest after comparing them with the seal.

        Raises:
            AlteredError: when they are not those that were sealed, or are gone.
        """
        try:
            data = (revision.seal.folder / MANIFEST_FILE).read_bytes()
        except OSError as error:
            raise AlteredError(MANIFEST_FILE) from error
        if store.sha256_bytes(data) != revision.seal.seal.get("manifest_sha256"):
            raise AlteredError(MANIFEST_FILE)
        return data


def _mark(folder: Path) -> object:
    """What changes when a seal's files do."""
    marks = []
    for name in (MANIFEST_FILE, seals.SEAL_FILE):
        try:
            state = (folder / name).stat()
        except OSError:
            return None
        marks.append((state.st_mtime_ns, state.st_size, state.st_ino))
    return tuple(marks)
