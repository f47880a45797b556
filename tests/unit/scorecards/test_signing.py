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
from pipelines.scorecards import Built, seal, signing, verify
from pipelines.scorecards.errors import IntegrityError
from pipelines.scorecards.signing import BEFORE_FILE, PUBLIC_FILE, SECRET_FILE, SIGNATURE_FILE, make_keys

AT = datetime(2026, 11, 4, 8, 30, tzinfo=UTC)
Build = Callable[[Case], Built]
pytestmark = pytest.mark.usefixtures("quick_paper")


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


def record_of(folder: Path) -> dict[str, str]:
    """What stands in the seal.json of a revision."""
    return dict(json.loads((folder / "seal.json").read_text(encoding="utf-8")))


def record_anew(folder: Path, **changes: str | None) -> None:
    """Rewrite seal.json as who can write to seals/ can: other values, or without those that are None."""
    record = {name: value for name, value in {**record_of(folder), **changes}.items() if value is not None}
    spoil(folder / "seal.json", json.dumps(record).encode())


def alter_manifest(folder: Path) -> None:
    """Change the manifest and make the hashes agree."""
    manifest = (folder / "manifest.json").read_bytes() + b"\n"
    spoil(folder / "manifest.json", manifest)
    record_anew(folder, manifest_sha256=hashlib.sha256(manifest).hexdigest())


def the_problem(home: Path) -> str:
    """The one problem that verify has with the signature of r1."""
    (problem,) = (line for line in told(home) if line.startswith("PROBLEM r1"))
    assert not verify(home, PERIOD, code_version="other").sound
    return problem


def test_a_seal_is_signed_and_minisign_would_agree(home: Path) -> None:
    folder = sealed(home)
    by = record_of(folder)["signed_by"]
    assert told(home) == [f"ok      r1: the manifest is signed by key {by}"]
    signature = Signature.from_bytes((folder / SIGNATURE_FILE).read_bytes())
    PublicKey.from_file(home / PUBLIC_FILE).verify((folder / "manifest.json").read_bytes(), signature)
    assert signature.trusted_comment == f'{PERIOD} r1 approved by "E009" at 2026-11-04T08:30:00+00:00'
    assert signature.is_prehashed()
    assert re.fullmatch("[0-9A-F]{16}", by)
    assert (home / PUBLIC_FILE).read_text(encoding="ascii").startswith(f"untrusted comment: minisign public key {by}\n")
    assert (home / SECRET_FILE).stat().st_mode & 0o777 == 0o600


def test_without_a_key_nothing_is_signed_and_nothing_is_said(build: Build, tmp_path: Path) -> None:
    build(Case())
    folder = sealed(tmp_path)
    assert not (folder / SIGNATURE_FILE).exists() and "signed_by" not in (folder / "seal.json").read_text()
    assert told(tmp_path) == []


def test_the_same_manifest_has_the_same_signature(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    copy = Path(shutil.copytree(home, tmp_path_factory.mktemp("twin") / "home"))
    one, other = (sealed(place) / SIGNATURE_FILE for place in (home, copy))
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("how", ["manifest", "signature", "revision", "gone"])
def test_what_does_not_hold_is_a_problem(home: Path, build: Build, how: str) -> None:
    folder = sealed(home)
    if how == "manifest":
        # whoever can write to seals/ makes the hashes agree; the signature they cannot make
        alter_manifest(folder)
        said = "verification failed"
    elif how == "signature":
        spoil(folder / SIGNATURE_FILE, b"untrusted comment: x\nAAAA\n")
        said = "does not hold"
    elif how == "revision":
        case = corrected()
        build(case)
        later = sealed(home, case)
        spoil(folder / SIGNATURE_FILE, (later / SIGNATURE_FILE).read_bytes())
        said = "verification failed"
    else:
        (folder / SIGNATURE_FILE).unlink()
        said = "is missing"
    problem = the_problem(home)
    assert said in problem and "seals/ from a backup" in problem


@pytest.mark.parametrize("altered", [True, False])
def test_a_signature_is_not_undone_by_removing_it(home: Path, altered: bool) -> None:
    folder = sealed(home)
    if altered:
        alter_manifest(folder)
    (folder / SIGNATURE_FILE).unlink()
    record_anew(folder, signed_by=None)
    problem = the_problem(home)
    assert "is not signed, and secrets/manifest.before does not list it" in problem and "from a backup" in problem
    done = CliRunner().invoke(main, ["signing-key", "--home", str(home)])
    assert done.exit_code == 2  # and making keys does not list it either
    (home / SECRET_FILE).unlink()
    make_keys(home)
    assert the_problem(home) == problem


def test_what_was_sealed_before_the_key_is_listed_and_only_so(build: Build, tmp_path: Path) -> None:
    build(Case())
    folder = sealed(tmp_path)
    make_keys(tmp_path)
    listed = tmp_path / BEFORE_FILE
    assert listed.read_text(encoding="utf-8") == f"{PERIOD} r1 {record_of(folder)['manifest_sha256']}\n"
    assert listed.stat().st_mode & 0o777 == 0o600
    (line,) = told(tmp_path)
    assert line.startswith("note    r1: the manifest is not signed; secrets/manifest.before lists it")
    alter_manifest(folder)
    assert "does not list it" in the_problem(tmp_path)


def test_a_lost_list_excuses_nothing(build: Build, tmp_path: Path) -> None:
    build(Case())
    sealed(tmp_path)
    make_keys(tmp_path)
    (tmp_path / BEFORE_FILE).unlink()
    assert the_problem(tmp_path).endswith("and secrets/manifest.before if it is missing")


def test_a_signed_seal_never_comes_onto_the_list(home: Path) -> None:
    sealed(home)
    for file in (SECRET_FILE, PUBLIC_FILE, BEFORE_FILE):
        (home / file).unlink()
    make_keys(home)
    assert (home / BEFORE_FILE).read_bytes() == b""


def test_a_damaged_seal_is_not_listed_as_good(build: Build, tmp_path: Path) -> None:
    build(Case())
    folder = sealed(tmp_path)
    spoil(folder / "manifest.json", (folder / "manifest.json").read_bytes() + b"\n")
    with pytest.raises(IntegrityError, match="was changed after sealing"):
        make_keys(tmp_path)
    assert not (tmp_path / "secrets").exists() or not any((tmp_path / "secrets").glob("manifest*"))


@pytest.mark.parametrize(
    "change", [{"approved_by": "E001"}, {"approved_at": "2026-11-01T00:00:00+00:00"}, {"approved_by": None}]
)
def test_the_approval_is_signed_too(home: Path, change: dict[str, str | None]) -> None:
    record_anew(sealed(home), **change)
    problem = the_problem(home)
    assert "it was made for '2026-10 r1 approved by \"E009\" at 2026-11-04T08:30:00+00:00', and this is" in problem


def test_a_seal_without_an_approver_is_a_problem_without_a_key_too(build: Build, tmp_path: Path) -> None:
    build(Case())
    record_anew(sealed(tmp_path), approved_by=None)
    lines = [str(line) for line in verify(tmp_path, PERIOD, code_version="other").lines]
    said = "PROBLEM r1: seal.json does not say who approved it and when. Restore seals/ from a backup"
    assert said in lines


def test_ids_with_other_letters_than_ascii_are_signed(build: Build, tmp_path: Path) -> None:
    build(Case())
    make_keys(tmp_path)
    company = Case().company
    company.approvers = ("李娜",)
    folder = seal(tmp_path, company, PERIOD, "李娜", at=AT)
    assert [line[:8] for line in told(tmp_path)] == ["ok      "]
    record_anew(tmp_path / "seals" / PERIOD / folder.name, approved_by="李明")
    assert "it was made for" in the_problem(tmp_path)


def test_without_its_public_key_a_signature_is_a_problem(home: Path) -> None:
    by = record_of(sealed(home))["signed_by"]
    for_another_day = (home / PUBLIC_FILE).read_bytes()
    for others in (None, bytes(KeyPair.generate().public_key)):
        (home / PUBLIC_FILE).unlink() if others is None else (home / PUBLIC_FILE).write_bytes(others)
        assert f"cannot be checked: the key {by} is not among secrets/manifest*.pub. Put" in the_problem(home)
    (home / PUBLIC_FILE).write_bytes(for_another_day)
    assert verify(home, PERIOD, code_version="other").sound


@pytest.mark.parametrize("named", [None, "0123456789ABCDEF"])
def test_the_seal_names_the_key_that_signed_it(home: Path, named: str | None) -> None:
    folder = sealed(home)
    by = record_of(folder)["signed_by"]
    record_anew(folder, signed_by=named)
    assert f"is signed by key {by}, and seal.json names {named or 'none'}. Restore" in the_problem(home)


def test_a_replaced_key_still_checks_what_it_signed(home: Path, build: Build) -> None:
    first = record_of(sealed(home))["signed_by"]
    (home / SECRET_FILE).unlink()
    case = corrected()
    build(case)
    with pytest.raises(InputError, match=r"the secret key is missing.*Restore it.*scorecards signing-key"):
        sealed(home, case)
    make_keys(home)
    second = record_of(sealed(home, case))["signed_by"]
    assert first != second
    assert (home / "secrets" / f"manifest-{first}.pub").is_file()
    signed_by = "the manifest is signed by key"
    assert told(home) == [f"ok      r1: {signed_by} {first}", f"ok      r2: {signed_by} {second}"]


@pytest.mark.parametrize("writes", [0, 1, 2])
def test_killed_while_keys_are_made_nothing_is_lost(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    build(Case())
    sealed(tmp_path)
    done: list[Path] = []
    whole = signing._write

    def killed(path: Path, data: bytes, mode: int) -> None:
        if len(done) == writes:
            raise KeyboardInterrupt
        whole(path, data, mode)
        done.append(path)

    with monkeypatch.context() as patched:
        patched.setattr(signing, "_write", killed)
        with pytest.raises(KeyboardInterrupt):
            make_keys(tmp_path)
    assert not (tmp_path / SECRET_FILE).exists()
    make_keys(tmp_path)
    assert [line[:7] for line in told(tmp_path)] == ["note   "]
    case = corrected()
    build(case)
    sealed(tmp_path, case)
    assert [line[:7] for line in told(tmp_path)] == ["note   ", "ok     "]
    assert not list((tmp_path / "secrets").glob(".*"))


def test_a_public_key_that_is_none_is_named(home: Path) -> None:
    sealed(home)
    (home / "secrets" / "manifest-old.pub").write_text("changeme\n", encoding="ascii")
    with pytest.raises(InputError, match=r"secrets/manifest-old\.pub: this is no public key of minisign.*move it away"):
        verify(home, PERIOD, code_version="other")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda path: path.chmod(0o644), "others can read the key"),
        (lambda path: path.write_text("changeme\n"), "no secret key of minisign"),
        (lambda path: path.with_suffix(".pub").unlink(), r"public key of manifest\.key, \w+, is not among them.*-R"),
        (lambda path: path.write_bytes(bytes(KeyPair.generate().secret_key)), "is not among them"),
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
