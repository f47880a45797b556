"""The portal's key: what keys the audit's chain and the tokens of forms.

Belongs here: reading it, making it where nothing depends on one yet, refusing a weak one. Does not belong here: the key
of pseudonyms (`company.keys`), which is another and must outlive this one.
"""

from __future__ import annotations

import re
from pathlib import Path

from pipelines.company.findings import Finding, InputError
from pipelines.company.keys import make_key_file
from pipelines.portal.ledger import FILE, FOLDER
from pipelines.texts import text

KEY_FILE = Path("secrets") / "portal.key"
_KEY = re.compile(r"[0-9a-f]{64}")
#: 64 random hexadecimal digits have 14 different ones at the least, but for one key in some millions.
_DIFFERENT_DIGITS = 10


def portal_key(home: Path, lang: str = "en") -> bytes:
    """Return the key of a company's portal; the first start makes it.

    Raises:
        InputError: when the file is missing although the portal has written its audit with one, when others can read
            it, or when it is no random key.
    """
    path = home / KEY_FILE
    if not path.exists():
        if (home / FOLDER / FILE).exists():
            raise _refused("portal.key.lost", lang)
        make_key_file(path)
    if path.stat().st_mode & 0o077:
        raise _refused("portal.key.open", lang)
    told = path.read_text(encoding="ascii", errors="replace").strip()
    if not _KEY.fullmatch(told) or len(set(told)) < _DIFFERENT_DIGITS:
        raise _refused("portal.key.weak", lang)
    return bytes.fromhex(told)


def _refused(key: str, lang: str) -> InputError:
    return InputError([Finding(KEY_FILE.as_posix(), problem=text(key, lang), mend=text(f"{key}.mend", lang))])
