"""Keyed pseudonyms: what stands for people and customers in everything but the card and the pay file.

Belongs here: the key file and the three HMACs. Does not belong here: who is who (`company.model`), which columns are
pseudonymised (`sources`). The key never enters SQL, logs, the manifest or Parquet.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import unicodedata
from pathlib import Path

from pipelines.company.collector import Collector

KEY_FILE = Path("secrets") / "pseudonym.key"

_KEY = re.compile(r"[0-9a-f]{64}")
_DIGITS = 20  # 80 bits: two of a million customers share a pseudonym with a chance of 4e-13


def normalise_external_id(value: str) -> str:
    """Return the form in which ids of other systems are compared.

    Full-width characters, letter case and spaces differ between exports of the same system; they name nobody new.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", value).casefold())
    return " ".join(folded.split())


class Pseudonymiser:
    """Turns ids into keyed hashes: the same id gives the same pseudonym as long as the key stays."""

    def __init__(self, key: bytes):
        if len(key) != 32:
            raise ValueError(f"a pseudonym key has 32 bytes, not {len(key)}")
        self._key = key

    def __repr__(self) -> str:
        return "Pseudonymiser(key hidden)"

    @classmethod
    def from_home(cls, home: Path, lang: str = "en") -> Pseudonymiser:
        """Read the company's key, making it first when the folder has none.

        Args:
            home: the company folder.
            lang: the language of findings.

        Raises:
            InputError: when the key file is not 64 hexadecimal digits.
        """
        path = home / KEY_FILE
        if not path.exists():
            make_key_file(path)
        text = path.read_text(encoding="ascii", errors="replace").strip().lower()
        if not _KEY.fullmatch(text):
            collector = Collector(lang)
            collector.add("pseudonym_key_broken", KEY_FILE.as_posix())
            collector.raise_if_any()
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
        return cls(bytes.fromhex(text))

    def person(self, person_id: str) -> str:
        """Return the pseudonym of one of our people, `p_` and 20 hexadecimal digits."""
        return "p_" + self._digest("person", person_id)

    def actor(self, system: str, external_id: str) -> str:
        """Return the pseudonym of a user of another system, `a_` and 20 hexadecimal digits."""
        return "a_" + self._digest("actor", normalise_external_id(system), normalise_external_id(external_id))

    def customer(self, value: str) -> str:
        """Return the pseudonym of a customer's e-mail address or id, `c_` and 20 hexadecimal digits."""
        return "c_" + self._digest("customer", normalise_external_id(value))

    def _digest(self, *parts: str) -> str:
        # the zero byte keeps ("ab", "c") and ("a", "bc") apart
        message = "\0".join(parts).encode()
        return hmac.new(self._key, message, hashlib.sha256).hexdigest()[:_DIGITS]


def make_key_file(path: Path) -> None:
    """Write a new random key, readable by its owner alone, unless another process was first."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # fails when the key exists already: a key is never replaced
    except FileExistsError:
        pass
    finally:
        draft.unlink()
