"""Signed manifests: who has the key signs, whoever changes a byte is seen, and no key is ever there by itself."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cards_sample import PERIOD, Case
from click.testing import CliRunner
from minisign import KeyPair, PublicKey, Signature
from test_cards_seal import corrected

from pipelines.cli import main
from pipelines.company.findings import InputError
from pipelines.scorecards import Built, seal, verify
from pipelines.scorecards.signing import PUBLIC_FILE, SECRET_FILE, SIGNATURE_FILE, make_keys

AT = datetime(2026, 11, 4, 8, 30, tzinfo=UTC)
Build = Callable[[Case], Built]


@pytest.fixture
def home(build: Build, tmp_path: Path) -> Path:
    """A company folder with a key and a draft."""
    build(Case())
    make_keys(tmp_path)
    return tmp_path


def sealed(home: Path, case: Case | None = None) -> Path:
    """Seal the draft; the folder of the seal."""
    folder = seal(home, (case or Case()).company, PERIOD, "E009", at=AT)
    return home / "seals" / PERIOD / folder.name


def told(home: Path) -> list[str]:
    """What verify says of signatures."""
    lines = verify(home, PERIOD, code_version="other").lines
    return [str(line) for line in lines if "sign" in line.what and "chain" not in line.what]


def spoil(path: Path, data: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(data)


def test_a_seal_is_signed_and_minisign_would_agree(home: Path) -> None:
    folder = sealed(home)
    by = json.loads((folder / "seal.json").read_text(encoding="utf-8"))["signed_by"]
    assert told(home) == [f"ok      r1: the manifest is signed by key {by}"]
    signature = Signature.from_bytes((folder / SIGNATURE_FILE).read_bytes())
    PublicKey.from_file(home / PUBLIC_FILE).verify((folder / "manifest.json").read_bytes(), signature)
    assert signature.trusted_comment == f"{PERIOD} r1" and signature.is_prehashed()
    assert re.fullmatch("[0-9A-F]{16}", by)
    assert (home / PUBLIC_FILE).read_text(encoding="ascii").startswith(f"untrusted comment: minisign public key {by}\n")
    assert (home / SECRET_FILE).stat().st_mode & 0o777 == 0o600


def test_without_a_key_nothing_is_signed_and_nothing_is_said(build: Build, tmp_path: Path) -> None:
    build(Case())
    folder = sealed(tmp_path)
    assert not (folder / SIGNATURE_FILE).exists() and "signed_by" not in (folder / "seal.json").read_text()
    assert told(tmp_path) == []
    make_keys(tmp_path)
    assert told(tmp_path) == ["note    r1: the manifest is not signed"]


def test_the_same_manifest_has_the_same_signature(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    copy = Path(shutil.copytree(home, tmp_path_factory.mktemp("twin") / "home"))
    one, other = (sealed(place) / SIGNATURE_FILE for place in (home, copy))
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("how", ["manifest", "signature", "key", "revision", "gone"])
def test_what_does_not_hold_is_a_problem(home: Path, build: Build, how: str) -> None:
    folder = sealed(home)
    if how == "manifest":
        # whoever can write to seals/ makes the hashes agree; the signature they cannot make
        manifest = (folder / "manifest.json").read_bytes() + b"\n"
        record = json.loads((folder / "seal.json").read_text(encoding="utf-8"))
        spoil(folder / "manifest.json", manifest)
        record["manifest_sha256"] = hashlib.sha256(manifest).hexdigest()
        spoil(folder / "seal.json", json.dumps(record).encode())
        said = "verification failed"
    elif how == "signature":
        spoil(folder / SIGNATURE_FILE, b"untrusted comment: x\nAAAA\n")
        said = "does not hold"
    elif how == "key":
        spoil(home / PUBLIC_FILE, bytes(KeyPair.generate().public_key))
        said = "incompatible key"
    elif how == "revision":
        case = corrected()
        build(case)
        later = sealed(home, case)
        spoil(folder / SIGNATURE_FILE, (later / SIGNATURE_FILE).read_bytes())
        said = "verification failed"
    else:
        (folder / SIGNATURE_FILE).unlink()
        said = "is missing"
    problems = [line for line in told(home) if line.startswith("PROBLEM r1")]
    assert len(problems) == 1 and said in problems[0] and "seals/ from a backup" in problems[0]
    assert not verify(home, PERIOD, code_version="other").sound


def test_a_signature_is_not_checked_without_the_public_key(home: Path) -> None:
    sealed(home)
    (home / PUBLIC_FILE).unlink()
    (line,) = told(home)
    assert line.startswith("note") and line.endswith("Put the public key into secrets/manifest.pub")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda path: path.chmod(0o644), "others can read the key"),
        (lambda path: path.write_text("changeme\n"), "no secret key of minisign"),
    ],
)
def test_a_key_that_cannot_be_used_stops_the_seal_before_anything_is_written(home: Path, change, said: str) -> None:
    change(home / SECRET_FILE)
    with pytest.raises(InputError, match=said):
        sealed(home)
    assert not (home / "seals" / PERIOD).exists() or not any((home / "seals" / PERIOD).iterdir())


def test_a_key_with_a_password_is_refused(home: Path) -> None:
    pair = KeyPair.generate()
    pair.secret_key.encrypt("a password", opslimit=2**15, memlimit=2**24)
    spoil(home / SECRET_FILE, bytes(pair.secret_key))
    with pytest.raises(InputError, match="asks for a password"):
        sealed(home)


def test_keys_are_made_once_by_command(tmp_path: Path) -> None:
    (tmp_path / "company.yaml").write_text("name: x\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["signing-key", "--home", str(tmp_path)])
    assert done.exit_code == 0 and (tmp_path / PUBLIC_FILE).read_text(encoding="ascii").strip() in done.output
    again = CliRunner().invoke(main, ["signing-key", "--home", str(tmp_path)])
    assert again.exit_code == 2 and "there is a key already" in again.output
