"""Signatures of sealed manifests by a key that the company makes, in the form of minisign.

Belongs here: making the pair of keys, signing a manifest, checking a signature. Does not belong here: what else a seal
rests on (`seals`, `verifying`). The manifest names the hash of every file and of the revision before it, so that one
signature covers them all. There is no default key; without one nothing is signed.
"""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.company.findings import Finding, InputError

if TYPE_CHECKING:
    from minisign import PublicKey, SecretKey

SECRET_FILE = Path("secrets") / "manifest.key"
PUBLIC_FILE = Path("secrets") / "manifest.pub"
SIGNATURE_FILE = "manifest.json.minisig"


class SignatureError(Exception):
    """A signature that does not hold."""


def make_keys(home: Path) -> str:
    """Make the keys of a company folder and return the public one, as minisign reads it.

    Raises:
        InputError: when there are keys already: what was signed by them could not be checked any more.
    """
    from minisign import KeyPair

    for file in (SECRET_FILE, PUBLIC_FILE):
        if (home / file).exists():
            raise _refused(file, "there is a key already", "Move it away, and keep its public key with what it signed")
    (home / SECRET_FILE).parent.mkdir(mode=0o700, exist_ok=True)
    pair = KeyPair.generate()
    pair.public_key.untrusted_comment = f"minisign public key {key_id(pair.public_key)}"
    _write(home / SECRET_FILE, bytes(pair.secret_key), 0o600)
    _write(home / PUBLIC_FILE, bytes(pair.public_key), 0o644)
    return bytes(pair.public_key).decode("ascii")


def signed(home: Path, manifest: bytes, what: str) -> tuple[str, bytes] | None:
    """Sign a manifest.

    Args:
        home: the company folder.
        manifest: its bytes.
        what: period and revision, which the signature covers too.

    Returns:
        The id of the key and the signature; None where the company has no key.

    Raises:
        InputError: when the key cannot be used, or others can read it.
    """
    path = home / SECRET_FILE
    if not path.is_file():
        return None
    if path.stat().st_mode & 0o077:
        raise _refused(SECRET_FILE, "others can read the key", "Run chmod 600 on it")
    secret = _secret(path.read_bytes())
    # no time of day: the same manifest has the same signature
    signature = secret.sign(manifest, untrusted_comment="signature of a sealed manifest", trusted_comment=what)
    return key_id(secret.get_public_key()), bytes(signature) + b"\n"


def check_signature(home: Path, manifest: bytes, signature: bytes, what: str) -> str:
    """Return the id of the key by which a manifest was signed.

    Args:
        home: the company folder, with the public key.
        manifest: its bytes.
        signature: the signature's.
        what: period and revision, which the signature covers too.

    Raises:
        SignatureError: when it was not signed by this key, or not as this revision.
    """
    from minisign import Error, PublicKey, Signature

    try:
        public = PublicKey.from_bytes((home / PUBLIC_FILE).read_bytes())
        given = Signature.from_bytes(signature)
        public.verify(manifest, given)
    except (Error, ValueError) as error:
        raise SignatureError(str(error)) from error
    if given.trusted_comment != what:
        raise SignatureError(f"it was made for {given.trusted_comment!r}")
    return key_id(public)


def key_id(public: PublicKey) -> str:
    """Return the id of a key as minisign prints it."""
    return f"{int.from_bytes(base64.b64decode(public.to_base64())[2:10], 'little'):016X}"


def _secret(data: bytes) -> SecretKey:
    from minisign import Error, SecretKey

    try:
        secret = SecretKey.from_bytes(data)
        locked = secret.is_encrypted()
    except (Error, ValueError) as error:
        problem = "this is no secret key of minisign"
        raise _refused(SECRET_FILE, problem, "Restore it, or make one with `scorecards signing-key`") from error
    if locked:
        raise _refused(SECRET_FILE, "the key asks for a password", "Take it off with `minisign -C -W`")
    return secret


def _write(path: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _refused(file: Path, problem: str, mend: str) -> InputError:
    return InputError([Finding(file.as_posix(), problem=problem, mend=mend)])
