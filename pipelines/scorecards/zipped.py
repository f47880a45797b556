"""A parcel of sealed files for one audience as one ZIP, whose bytes depend on the files alone.

Belongs here: what is put in (the files, their hashes, a README in both languages) and the archive. Does not belong
here: who may have which file (`portal.access`, `portal.parcels`), comparing files with their seal (whoever reads them).
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from pipelines.scorecards.store import sha256_bytes
from pipelines.texts import LANGUAGES, text

README_FILE = "README.txt"
HASHES_FILE = "SHA256SUMS"
HR, MANAGER, PERSON = "hr", "manager", "person"

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_IN_MEMORY = 1024 * 1024


@dataclass(frozen=True)
class Parcel:
    """What one audience gets of a sealed revision.

    Attributes:
        period: the period.
        revision: the revision's label, such as r1.
        audience: `hr`, `manager` or `person`.
        person_id: the manager or the person; empty for HR.
        files: the names of the files in it.
        manifest_sha256: the hash of the sealed manifest, by which the whole revision is known.
    """

    period: str
    revision: str
    audience: str
    person_id: str
    files: tuple[str, ...]
    manifest_sha256: str

    @property
    def name(self) -> str:
        """The name of the archive without its suffix, which is that of the folder in it."""
        for_whom = f"_{self.audience}_{self.person_id}" if self.person_id else ""
        return f"{self.period}_{self.revision}{for_whom}"


def write_parcel(parcel: Parcel, read: Callable[[str], bytes]) -> IO[bytes]:
    """Return an open temporary file with the parcel's files in the order of their names, their hashes and a README.

    Nothing is compressed: cards are small, PDFs and workbooks are compressed already, and stored bytes are the same
    under every version of a compressor.

    Args:
        parcel: what goes in.
        read: returns the bytes of a file after comparing them with the seal; what it raises, this raises.
    """
    target = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            hashes = ""
            for name in sorted(parcel.files):
                data = read(name)
                hashes += f"{sha256_bytes(data)}  {name}\n"
                _add(archive, parcel, name, data)
            _add(archive, parcel, HASHES_FILE, hashes.encode())
            _add(archive, parcel, README_FILE, readme(parcel).encode())
    except BaseException:
        target.close()
        raise
    target.seek(0)
    return target


def readme(parcel: Parcel) -> str:
    """Return what the README says: what is in the archive, for whom, and how to check it, in both languages."""
    said = [
        text(
            f"parcel.{part}",
            lang,
            period=parcel.period,
            revision=parcel.revision,
            person=parcel.person_id,
            count=len(parcel.files),
            manifest=parcel.manifest_sha256,
        )
        for lang in LANGUAGES
        for part in ("title", f"for.{parcel.audience}", "files", "check", "private")
    ]
    return "\n\n".join(said) + "\n"


def _add(archive: zipfile.ZipFile, parcel: Parcel, name: str, data: bytes) -> None:
    member = zipfile.ZipInfo(f"{parcel.name}/{name}", _FIXED_TIME)
    member.external_attr = 0o100600 << 16
    member.create_system = 3
    archive.writestr(member, data)
