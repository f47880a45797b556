"""How workers share the tests: whole files, long ones first, and what all need is made once (tests/conftest.py)."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
CONFTEST = REPOSITORY / "tests" / "conftest.py"
LONG: tuple[str, ...] = runpy.run_path(str(CONFTEST))["LONG"]

# Each test notes where and in which order it ran, and asks for the folder that all share.
NOTING = """
import json, os, pathlib, time
import pytest

@pytest.mark.parametrize("number", range(4))
def test_it(once, request, number):
    made = once("thing", lambda folder: (folder / str(os.getpid())).touch())
    told = {"worker": os.environ.get("PYTEST_XDIST_WORKER", ""), "at": time.time(), "made": sorted(os.listdir(made))}
    pathlib.Path("notes", f"{request.path.stem}-{number}.json").write_text(json.dumps(told))
"""


@pytest.mark.parametrize("entry", LONG)
def test_what_is_listed_is_there(entry: str) -> None:
    """A renamed test would begin late without anybody noticing."""
    path, _, test = entry.partition("::")
    text = (REPOSITORY / path).read_text(encoding="utf-8")
    assert f"def {test.partition('[')[0]}(" in text if test else "def test_" in text


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["alone", "shared"])
def test_a_file_stays_on_one_worker_and_shared_folders_are_made_once(tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "tests" / "conftest.py").write_text(
        CONFTEST.read_text(encoding="utf-8").replace(f'"{LONG[0]}"', '"tests/test_c.py"'), encoding="utf-8"
    )
    for name in "abc":
        (tmp_path / "tests" / f"test_{name}.py").write_text(NOTING, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, "tests"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "12 passed" in done.stdout
    notes = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "notes").iterdir()}
    makers = {name for note in notes.values() for name in note["made"] if name.isdigit()}
    assert len(makers) == 1
    workers = {name: {notes[f"test_{name}-{number}"]["worker"] for number in range(4)} for name in "abc"}
    assert all(len(found) == 1 for found in workers.values()), workers
    if options:
        assert set.union(*workers.values()) == {"gw0", "gw1"}
        beside = [test for test in notes if notes[test]["worker"] in workers["c"]]
        assert min(beside, key=lambda test: notes[test]["at"]) == "test_c-0"  # the first of the list begins first
