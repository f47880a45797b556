"""The gate of tests/conftest.py, run on little suites of its own: a skip is red unless shared data is the reason."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).resolve().parents[1] / "conftest.py"


def run(
    folder: Path, *tests: str, fail_on_skip: bool = True, options: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """Run test files in a process of its own, with our conftest and no shared data."""
    (folder / "tests").mkdir()
    (folder / "tests" / "conftest.py").write_text(CONFTEST.read_text(encoding="utf-8"), encoding="utf-8")
    for name, test in zip(("one", "two"), tests, strict=False):
        (folder / "tests" / f"test_{name}.py").write_text(test, encoding="utf-8")
    ours = ("SCORECARDS_FAIL_ON_SKIP", "PYTEST_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    environment |= {"SCORECARDS_SHARED_DATA": str(folder / "nowhere")}
    if fail_on_skip:
        environment["SCORECARDS_FAIL_ON_SKIP"] = "1"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, "tests"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


SKIPPED = "import pytest\n\ndef test_it():\n    pytest.skip('no browser here')\n"


def test_an_unexcused_skip_fails_the_run_and_is_named(tmp_path: Path) -> None:
    done = run(tmp_path, SKIPPED)
    assert done.returncode == 1, done.stdout
    assert "SKIPPED WITHOUT EXCUSE tests/test_one.py::test_it: Skipped: no browser here" in done.stdout


def test_a_module_that_skips_itself_fails_the_run(tmp_path: Path) -> None:
    done = run(tmp_path, "import pytest\npytest.importorskip('no_such_module_anywhere')\n")
    assert done.returncode == 1, done.stdout
    assert "SKIPPED WITHOUT EXCUSE" in done.stdout


def test_absent_shared_data_is_an_excuse(tmp_path: Path) -> None:
    done = run(tmp_path, "def test_it(shared_data):\n    raise AssertionError\n")
    assert done.returncode == 0, done.stdout
    assert "1 skipped" in done.stdout


def test_while_working_a_skip_is_allowed(tmp_path: Path) -> None:
    assert run(tmp_path, SKIPPED, fail_on_skip=False).returncode == 0


def test_workers_tell_what_they_skipped(tmp_path: Path) -> None:
    module = "import pytest\npytest.importorskip('no_such_module_anywhere')\n"
    done = run(tmp_path, SKIPPED, module, options=("-n", "2"))
    assert done.returncode == 1, done.stdout
    assert done.stdout.count("SKIPPED WITHOUT EXCUSE") == 2, done.stdout
    assert "SKIPPED WITHOUT EXCUSE tests/test_one.py::test_it: Skipped: no browser here" in done.stdout
    assert (
        "SKIPPED WITHOUT EXCUSE tests/test_two.py: Skipped: could not import 'no_such_module_anywhere'" in done.stdout
    )


@pytest.mark.parametrize("address", ["('192.0.2.1', 80)", "('example.net', 443)"])
def test_the_network_is_refused(tmp_path: Path, address: str) -> None:
    body = f"import socket\n\ndef test_it():\n    socket.socket().connect({address})\n"
    done = run(tmp_path, body)
    assert done.returncode == 1
    assert "tests work without a network" in done.stdout
