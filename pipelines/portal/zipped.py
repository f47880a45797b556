"""All files of a sealed revision as one ZIP whose bytes depend on them alone.

Belongs here: the archive, in a temporary file, each member compared with the seal before it goes in; what it says of
itself. Does not belong here: who may have it (`access`), the audit.
"""

from __future__ import annotations

import tempfile
import zipfile
from typing import IO

from pipelines.portal.sealed import Revision, Shelf
from pipelines.scorecards.editions import MANIFEST_FILE
from pipelines.scorecards.formats import period_label
from pipelines.texts import LANGUAGES, text

README_FILE = "README.txt"
SUMS_FILE = "SHA256SUMS"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_IN_MEMORY = 1024 * 1024


def bundle_name(revision: Revision) -> str:
    """Return the name of the archive, which is that of its folder too."""
    return f"{revision.period}_{revision.label}"


def write_bundle(shelf: Shelf, revision: Revision) -> IO[bytes]:
    """Return an open temporary file with every sealed file and the manifest, in the order of their names.

    Beside them: what they are, in two languages, and their hashes in a form that `sha256sum -c` reads. Nothing is
    compressed: cards are small, workbooks are compressed already, and stored bytes are the same under every version of
    a compressor.

    Raises:
        AlteredError: when any file differs from the seal; nothing is sent then.
    """
    target = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:

            def add(name: str, data: bytes) -> None:
                member = zipfile.ZipInfo(f"{bundle_name(revision)}/{name}", _FIXED_TIME)
                member.external_attr = 0o100600 << 16
                member.create_system = 3
                archive.writestr(member, data)

            add(README_FILE, _readme(revision).encode("utf-8", "replace"))
            add(SUMS_FILE, _sums(revision).encode("utf-8"))
            for name in sorted([*revision.files, MANIFEST_FILE]):
                add(name, shelf.manifest(revision) if name == MANIFEST_FILE else shelf.read(revision, name))
    except BaseException:
        target.close()
        raise
    target.seek(0)
    return target


def _readme(revision: Revision) -> str:
    """What the archive holds, in Chinese, then in English."""
    told = {
        "revision": revision.label,
        "at": revision.sealed_at,
        "approver": revision.seal.seal["approved_by"],
        "count": len(revision.files) + 1,
        "manifest": revision.seal.manifest_sha256,
        "key": revision.period,
    }
    spoken = [
        text("portal.bundle.readme", lang, period=period_label(str(revision.period), lang), **told)
        for lang in LANGUAGES
    ]
    return "\n----\n\n".join(spoken)


def _sums(revision: Revision) -> str:
    """The hash of every file, as `sha256sum -c` reads them."""
    known = {name: str(entry["sha256"]) for name, entry in revision.files.items()}
    known[MANIFEST_FILE] = revision.seal.manifest_sha256
    return "".join(f"{known[name]}  {name}\n" for name in sorted(known))
