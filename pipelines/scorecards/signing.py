"""Signatures of sealed manifests by a key that the company makes, in the form of minisign.

Belongs here: making and replacing the pair of keys, signing a manifest, checking a signature, and the list of what was
sealed before there was a key. Does not belong here: what else a seal rests on (`seals`, `verifying`). The manifest
names the hash of every file and of the revision before it, so that one signature covers them all; who approved it and
when, which stands beside the manifest, is signed with it. There is no default key; without one nothing is signed.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.company.findings import Finding, InputError
from pipelines.scorecards import seals
from pipelines.scorecards.errors import IntegrityError

if TYPE_CHECKING:
    from minisign import PublicKey, SecretKey

SECRET_FILE = Path("secrets") / "manifest.key"
PUBLIC_FILE = Path("secrets") / "manifest.pub"
PUBLIC_FILES = Path("secrets") / "manifest*.pub"
BEFORE_FILE = Path("secrets") / "manifest.before"
SIGNATURE_FILE = "manifest.json.minisig"


class SignatureError(Exception):
    """A signature that does not hold."""


class UnknownKeyError(SignatureError):
    """A signature by a key whose public half is not here."""


def make_keys(home: Path) -> str:
    """Make the keys of a company folder and return the public one, as minisign reads it.

    With the first key the unsigned seals that are there are listed: they alone may lack a signature. A public key that
    is there without its secret one is kept under the name of its id. The caller holds the home lock.

    The order of the writes: public key, list, secret key. With a public key alone nothing is sealed; so a kill in
    between leaves neither a secret key without its public one nor a seal that is missing in the list, and the next
    call starts again.

    Raises:
        InputError: when there is a secret key already.
        IntegrityError: when a seal does not match its own hashes: it would be listed as good.
    """
    from minisign import KeyPair

    if (home / SECRET_FILE).exists():
        raise _refused(
            SECRET_FILE,
            "there is a key already",
            f"To replace it, move it out of secrets/ and run this again; {PUBLIC_FILE.name} is kept for what it signed",
        )
    unsigned = _unsigned(home)
    (home / SECRET_FILE).parent.mkdir(mode=0o700, exist_ok=True)
    if (home / PUBLIC_FILE).exists():
        former = home / PUBLIC_FILE
        former.rename(former.with_name(f"manifest-{key_id(_public(home, former))}.pub"))
    pair = KeyPair.generate()
    pair.public_key.untrusted_comment = f"minisign public key {key_id(pair.public_key)}"
    _write(home / PUBLIC_FILE, bytes(pair.public_key) + b"\n", 0o644)
    if not (home / BEFORE_FILE).exists():
        # once only: listed later, a seal that lost its signature would pass
        _write(home / BEFORE_FILE, "".join(f"{line}\n" for line in unsigned).encode(), 0o600)
    _write(home / SECRET_FILE, bytes(pair.secret_key) + b"\n", 0o600)
    return bytes(pair.public_key).decode("ascii")


def public_keys(home: Path) -> dict[str, PublicKey]:
    """Return the public keys of a company folder by their ids, the present one and those before it.

    Raises:
        InputError: when a file is no public key.
    """
    keys = (_public(home, path) for path in sorted(home.glob(PUBLIC_FILES.as_posix())))
    return {key_id(key): key for key in keys}


def sealed_before(home: Path, seal: seals.Seal, period: str) -> bool:
    """Whether a seal, with these bytes of its manifest, was there before the company had a key."""
    path = home / BEFORE_FILE
    return path.is_file() and _listed(period, seal) in path.read_text(encoding="utf-8").splitlines()


def statement(period: str, label: str, record: Mapping[str, Any]) -> str:
    """Return what is signed beside the bytes of a manifest: which revision it is, who approved it and when.

    Args:
        period: the period.
        label: the revision, as the name of its folder.
        record: its `seal.json`.
    """
    # JSON without letters beyond ASCII: minisign takes no others here, and ids may have them
    by, at = json.dumps(record.get("approved_by")), record.get("approved_at")
    return f"{period} {label} approved by {by} at {at}"


def signed(home: Path, manifest: bytes, what: str) -> tuple[str, bytes] | None:
    """Sign a manifest.

    Args:
        home: the company folder.
        manifest: its bytes.
        what: its `statement`, which the signature covers too.

    Returns:
        The id of the key and the signature; None where the company has no key.

    Raises:
        InputError: when the key cannot be used, others can read it, or half of the pair is missing.
    """
    path, public = home / SECRET_FILE, public_keys(home)
    if not path.is_file():
        if public:
            mend = "Restore it from a backup, or make another with `scorecards signing-key`"
            raise _refused(SECRET_FILE, "the company signs its seals, and the secret key is missing", mend)
        return None
    if path.stat().st_mode & 0o077:
        raise _refused(SECRET_FILE, "others can read the key", "Run chmod 600 on it")
    secret = _secret(path.read_bytes())
    by = key_id(secret.get_public_key())
    if public.get(by) != secret.get_public_key():
        mend = f"Make it with `minisign -R -s {SECRET_FILE.name} -p {PUBLIC_FILE.name}` in secrets/"
        raise _refused(PUBLIC_FILES, f"the public key of {SECRET_FILE.name}, {by}, is not among them", mend)
    # no time of the signature: the same seal has the same one
    signature = secret.sign(manifest, untrusted_comment="signature of a sealed manifest", trusted_comment=what)
    return by, bytes(signature) + b"\n"


def check_signature(home: Path, manifest: bytes, signature: bytes, what: str) -> str:
    """Return the id of the key by which a manifest was signed.

    Args:
        home: the company folder, with its public keys.
        manifest: its bytes.
        signature: the signature's.
        what: its `statement`, which the signature covers too.

    Raises:
        UnknownKeyError: when it was signed by a key that is not here.
        SignatureError: when it was not signed by the key that it names, or not with this statement.
        InputError: when a file of a public key holds none.
    """
    from minisign import Error, Signature

    keys = public_keys(home)
    try:
        given = Signature.from_bytes(signature)
        by = _id_in(signature.splitlines()[1])
        if by not in keys:
            raise UnknownKeyError(f"the key {by} is not among {PUBLIC_FILES.as_posix()}")
        keys[by].verify(manifest, given)
    except (Error, ValueError) as error:
        raise SignatureError(str(error)) from error
    if given.trusted_comment != what:
        raise SignatureError(f"it was made for {given.trusted_comment!r}, and this is {what!r}")
    return by


def key_id(public: PublicKey) -> str:
    """Return the id of a key as minisign prints it."""
    return _id_in(public.to_base64())


def _id_in(line: bytes) -> str:
    """The id in the line of a key or of a signature: eight bytes after the two of the algorithm."""
    return f"{int.from_bytes(base64.b64decode(line)[2:10], 'little'):016X}"


def _unsigned(home: Path) -> list[str]:
    folder = home / "seals"
    found = []
    for place in sorted(folder.iterdir()) if folder.is_dir() else []:
        for seal in seals.read_seals(home, place.name):
            damage = seals.seal_damage(seal)
            if damage:
                raise IntegrityError("; ".join(damage))
            if "signed_by" not in seal.seal and not (seal.folder / SIGNATURE_FILE).exists():
                found.append(_listed(place.name, seal))
    return found


def _listed(period: str, seal: seals.Seal) -> str:
    return f"{period} {seal.label} {seal.manifest_sha256}"


def _public(home: Path, path: Path) -> PublicKey:
    from minisign import Error, PublicKey

    try:
        return PublicKey.from_bytes(path.read_bytes())
    except (Error, ValueError) as error:
        problem = "this is no public key of minisign"
        raise _refused(path.relative_to(home), problem, "Restore it from a backup, or move it away") from error


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
    """Write a file whole or not at all, and bring it to disk before the next one is written."""
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _refused(file: Path, problem: str, mend: str) -> InputError:
    return InputError([Finding(file.as_posix(), problem=problem, mend=mend)])
