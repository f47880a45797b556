"""All files of a sealed revision as one ZIP whose bytes depend on them alone.

Belongs here: the archive, in a temporary file, each member compared with the seal before it goes in. Does not belong
here: who may have it (`access`), the audit.
"""

from __future__ import annotations

import tempfile
import zipfile
from typing import IO

from pipelines.portal.sealed import Revision, Shelf
from pipelines.scorecards.editions import MANIFEST_FILE

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_IN_MEMORY = 1024 * 1024


def bundle_name(revision: Revision) -> str:
    """Return the name of the archive, which is that of its folder too."""
    return f"{revision.period}_{revision.label}"


def write_bundle(shelf: Shelf, revision: Revision) -> IO[bytes]:
    """Return an open temporary file with every sealed file and the manifest, in the order of their names.

    Nothing is compressed: cards are small, workbooks are compressed already, and stored bytes are the same under every
    version of a compressor.

    Raises:
        AlteredError: when any file differs from the seal; nothing is sent then.
    """
    target = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for name in sorted([*revision.files, MANIFEST_FILE]):
                member = zipfile.ZipInfo(f"{bundle_name(revision)}/{name}", _FIXED_TIME)
                member.external_attr = 0o100600 << 16
                member.create_system = 3
                data = shelf.manifest(revision) if name == MANIFEST_FILE else shelf.read(revision, name)
                archive.writestr(member, data)
    except BaseException:
        target.close()
        raise
    target.seek(0)
    return target
