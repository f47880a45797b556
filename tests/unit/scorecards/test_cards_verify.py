"""verify: each changed file is named with the mend, the chain holds, recomputation is compared to the cent."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cards_sample import PERIOD, Case
from test_cards_seal import corrected

from pipelines.scorecards import Built, Verification, seal, verify

pytestmark = pytest.mark.usefixtures("quick_paper")

AT = datetime(2026, 11, 4, 8, 30, tzinfo=UTC)
CODE = "0123456789abcdef"
Build = Callable[[Case], Built]


@pytest.fixture
def home(build: Build, tmp_path: Path) -> Path:
    """A period sealed once, with its inputs in the archive."""
    bodies = {"exports/x/a.csv": b"post,1\n", "people/people.csv": b"person_id\nE001\n"}
    inputs = {name: hashlib.sha256(body).hexdigest() for name, body in bodies.items()}
    for name, body in bodies.items():
        place = tmp_path / "archive" / inputs[name][:2] / inputs[name]
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(body)
    case = Case(inputs=inputs)
    build(case)
    seal(tmp_path, case.company, PERIOD, "E009", at=AT)
    return tmp_path


def same(_: Mapping[str, Any]) -> Mapping[str, Any]:
    bundle = Case().bundle()
    return {"traces": list(reversed(bundle["traces"])), "pools": bundle["pools"]}


def checked(home: Path, recompute: Any = same, code: str = CODE) -> Verification:
    return verify(home, PERIOD, recompute, code_version=code)


def test_an_untouched_revision_is_sound(home: Path) -> None:
    outcome = checked(home)
    assert outcome.sound
    said = str(outcome)
    assert "files have the bytes that were sealed" in said
    assert re.search("its PDFs print the SHA-256 of its results, [0-9a-f]{64}", said)
    assert "approved by E009 at 2026-11-04T08:30:00+00:00" in said
    assert "recomputed from the archived inputs: the same results to the cent" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("edit", "2026-10_payroll_r1.csv has other bytes than recorded"),
        ("remove", "2026-10_payroll_r1.csv is missing"),
        ("add", "extra.html is not in the manifest"),
    ],
)
def test_a_changed_card_file_is_named_with_its_mend(home: Path, change: str, said: str) -> None:
    path = home / "scorecards" / PERIOD / "r1" / "2026-10_payroll_r1.csv"
    if change == "edit":
        path.write_bytes(path.read_bytes() + b"E999,1\r\n")
    elif change == "remove":
        path.unlink()
    else:
        path.with_name("extra.html").write_text("x")
    outcome = checked(home)
    assert not outcome.sound
    problem = next(line for line in outcome.lines if line.level == "problem")
    assert problem.what == said
    assert problem.mend == "Delete scorecards/2026-10/r1/ and run `scorecards run 2026-10`: it is rendered again"


def test_missing_cards_are_a_problem_with_a_mend(home: Path) -> None:
    shutil.rmtree(home / "scorecards")
    assert "`scorecards run 2026-10` renders them again from the seal" in str(checked(home))


@pytest.mark.parametrize("name", ["manifest.json", "traces.json"])
def test_a_changed_seal_is_named(home: Path, name: str) -> None:
    path = home / "seals" / PERIOD / "r1" / name
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b"655", b"755").replace(b'"people": 6', b'"people": 7'))
    outcome = checked(home)
    assert not outcome.sound
    assert f"r1/{name} was changed after sealing. Restore it from a backup" in str(outcome)


def test_a_forged_predecessor_breaks_the_chain(home: Path, build: Build) -> None:
    build(corrected())
    seal(home, Case().company, PERIOD, "E009", at=AT)
    assert verify(home, PERIOD, code_version=CODE).sound
    folder = home / "seals" / PERIOD / "r1"
    for name in ("manifest.json", "seal.json"):
        (folder / name).chmod(0o600)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["people"], manifest["results_sha256"] = 7, "00" * 32
    body = json.dumps(manifest).encode()
    (folder / "manifest.json").write_bytes(body)
    record = json.loads((folder / "seal.json").read_bytes())
    record["manifest_sha256"] = hashlib.sha256(body).hexdigest()
    (folder / "seal.json").write_text(json.dumps(record))
    outcome = verify(home, PERIOD, code_version=CODE)
    assert "r2: the manifest does not name the hash of the revision before it" in str(outcome)
    assert f"r1: the results have another SHA-256 than the manifest names and every PDF prints ({'00' * 32})" in str(
        outcome
    )


def test_a_removed_revision_breaks_the_chain(home: Path, build: Build) -> None:
    build(corrected())
    seal(home, Case().company, PERIOD, "E009", at=AT)
    shutil.rmtree(home / "seals" / PERIOD / "r1")
    assert "the chain of revisions is broken: r1 is expected here" in str(verify(home, PERIOD, code_version=CODE))


def test_a_recomputation_that_differs_is_told_person_by_person(home: Path) -> None:
    def other(_: Mapping[str, Any]) -> Mapping[str, Any]:
        bundle = corrected().bundle()
        return {"traces": bundle["traces"], "pools": bundle["pools"]}

    outcome = checked(home, other)
    assert not outcome.sound
    assert "recomputed E001 2025-01-01 posting_frequency numerator is 40, sealed is 34" in str(outcome)


def test_another_code_version_is_said_and_not_compared(home: Path) -> None:
    def never(_: Mapping[str, Any]) -> Mapping[str, Any]:
        raise AssertionError("must not be called")

    outcome = checked(home, never, "ffffffffffffffff")
    assert outcome.sound
    assert "sealed by code version 0123456789abcdef, this is ffffffffffffffff" in str(outcome)


def test_purged_records_are_said(home: Path) -> None:
    shutil.rmtree(home / "archive")
    outcome = checked(home)
    assert outcome.sound
    assert "records purged, 2 of 2 inputs are no longer in archive/" in str(outcome)


def test_an_altered_archive_is_a_problem(home: Path) -> None:
    next(path for path in (home / "archive").rglob("*") if path.is_file()).write_bytes(b"forged")
    outcome = checked(home)
    assert not outcome.sound
    assert "archived inputs were changed" in str(outcome)


def test_without_a_callback_and_without_a_seal(home: Path) -> None:
    assert "not recomputed: hashes only" in str(checked(home, None))
    assert "nothing is sealed for this period" in str(verify(home, "2026-09", code_version=CODE))


def test_a_seal_that_lacks_a_file_is_a_problem(home: Path) -> None:
    (home / "seals" / PERIOD / "r1" / "seal.json").unlink()
    outcome = checked(home)
    assert not outcome.sound and "is damaged" in str(outcome)
