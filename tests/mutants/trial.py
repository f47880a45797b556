"""One mutant against the tests that can see it.

First the dbt unit tests of its models, in this process; then what the recomputation of the demo company would see
(recomputed.py); what survives both is tried by the Python tests of tests/dbt that build one of its models, the quickest
file first, in a process of their own. A mutant that the database cannot
bind is invalid: nobody could have written it unseen, so it counts neither way.

Belongs here: running. Does not belong here: choosing mutants, or judging the figures.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Set
from dataclasses import asdict, dataclass
from pathlib import Path

from harness import project
from harness.warehouse import ScratchWarehouse

from mutants import plugin
from mutants.points import Point
from mutants.project import Target, python_tests, unit_tested
from mutants.recomputed import Recomputed

TESTS = Path(__file__).resolve().parents[1]
#: No test takes a tenth of this on right code: a mutant that makes it run on is seen.
PATIENCE_SECONDS = 900

KILLED, SURVIVED, INVALID = "killed", "survived", "invalid"
#: What is said of a survivor that only the dbt unit tests have seen.
QUICK = "only the dbt unit tests and the recomputation were asked"


@dataclass(frozen=True)
class Result:
    """What became of one mutant.

    Attributes:
        target: name of the model or macro.
        digest: of its code.
        key: the point's.
        kind: the point's.
        line: the point's.
        verdict: killed, survived or invalid.
        by: the test that saw it, why it is invalid, or QUICK.
    """

    target: str
    digest: str
    key: str
    kind: str
    line: int
    verdict: str
    by: str

    def as_json(self) -> str:
        """One line of the resume file."""
        return json.dumps(asdict(self), ensure_ascii=False)


def builders(state: Path, parsed: Path) -> dict[str, list[str]]:
    """Test file -> the models it builds, quickest file first; learnt by running each once on right code.

    Raises:
        RuntimeError: a test fails without any mutant.
    """
    known = state / "builders.json"
    if known.exists():
        return dict(json.loads(known.read_text(encoding="utf-8")))
    learnt: list[tuple[float, str, list[str]]] = []
    for path in python_tests(TESTS / "dbt"):
        told = state / "built.json"
        began = time.monotonic()
        code, printed = _pytest(path.name, parsed, state / "learning", {plugin.BUILT: str(told)})
        if code != 0:
            raise RuntimeError(f"{path.name} fails without any mutant\n{printed}")
        built = json.loads(told.read_text(encoding="utf-8"))
        if built:
            learnt.append((time.monotonic() - began, path.name, built))
    answer = {name: built for _, name, built in sorted(learnt)}
    known.write_text(json.dumps(answer, indent=1), encoding="utf-8")
    return answer


def _pytest(name: str, parsed: Path, base: Path, told: dict[str, str]) -> tuple[int, str]:
    paths = os.pathsep.join([str(TESTS), str(TESTS.parent), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, **told, plugin.PARSED: str(parsed), "PYTHONPATH": paths}
    options = ["-x", "-n", "0", "-p", "mutants.plugin", f"--basetemp={base}", "--tb=line"]
    command = [sys.executable, "-m", "pytest", *options, str(TESTS / "dbt" / name)]
    try:
        ended = subprocess.run(
            command, cwd=TESTS.parent, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS
        )
    except subprocess.TimeoutExpired:
        return 1, "FAILED ran on"
    return ended.returncode, ended.stdout + ended.stderr


class Trials:
    """A worker: a parsed project and an empty build of it, on which mutants are tried one after the other."""

    def __init__(
        self,
        folder: Path,
        parsed: Path,
        built: Path,
        builders: dict[str, list[str]] | None,
        equivalent: Set[tuple[str, str]],
    ) -> None:
        """Build every model without rows, so that unit tests find the columns of what they replace.

        Args:
            folder: where this worker works.
            parsed: where the project has been parsed.
            built: the warehouse of the demo company after its run.
            builders: test file -> the models it builds; None to ask the dbt unit tests alone.
            equivalent: (target, key) of mutants that are no different program; the slow tests are not asked about them.
        """
        project.shared_folder = parsed
        self.folder = folder
        self.parsed = parsed
        self.builders = builders
        self.equivalent = equivalent
        self.unit_tested = unit_tested(project.parsed())
        self.sound: set[str] = set()
        self.scratch = ScratchWarehouse(folder / "empty")
        self.scratch.months("2026-10")
        self.scratch.dbt("build", "--empty", "--exclude-resource-type", "test", "unit_test")
        self.scratch.close()
        self.recomputed = Recomputed(built, folder / "recomputed")

    def try_out(self, target: Target, point: Point) -> Result:
        """The verdict of the tests on one mutant."""
        project.changes.clear()
        self._hold_sound(target)
        project.changes[target.unique_id] = point.applied(target.code)
        try:
            verdict, by = self._verdict(target, slowly=(target.name, point.key) not in self.equivalent)
        finally:
            project.changes.clear()
        return Result(target.name, target.digest, point.key, point.kind, point.line, verdict, by)

    def _hold_sound(self, target: Target) -> None:
        if target.name not in self.sound:
            succeeded, printed = self._unit_tests(target)
            if not succeeded:
                raise RuntimeError(f"the unit tests of {target.name} fail without any mutant\n{printed}")
            self.sound.add(target.name)

    def _unit_tests(self, target: Target) -> tuple[bool, str]:
        chosen = [f"{model},test_type:unit" for model in target.models if model in self.unit_tested]
        if not chosen:
            return True, ""
        return project.run(["--fail-fast", "test", "--select", *chosen], self.scratch.path, self.folder / "unit")

    def _verdict(self, target: Target, *, slowly: bool) -> tuple[str, str]:
        succeeded, printed = self._unit_tests(target)
        seen = re.search(r"\bFAIL \d+ \w+::(\w+)", printed)
        if seen:
            return KILLED, f"dbt {seen[1]}"
        binds = self._binds(target)
        if binds:
            return INVALID, binds
        if not succeeded:
            broken = re.search(r"\bERROR \w+::(\w+)", printed)
            return KILLED, f"dbt {broken[1] if broken else 'unit tests'} (error on rows)"
        if slowly and (differs := self.recomputed.difference(list(target.models))):
            return KILLED, f"recomputation: {differs}"
        if self.builders is None and slowly:
            return SURVIVED, QUICK
        changes = self.folder / "changes.json"
        changes.write_text(json.dumps(project.changes), encoding="utf-8")
        asked = [name for name, built in (self.builders or {}).items() if slowly and set(built) & set(target.models)]
        for name in asked:
            code, printed = _pytest(name, self.parsed, self.folder / "python", {plugin.CHANGES: str(changes)})
            if code:
                failed = re.search(r"^(?:FAILED|ERROR) \S*?(test_\w+\.py)(?:::(\w+))?", printed, re.MULTILINE)
                return KILLED, f"{name}::{failed[2]}" if failed and failed[2] else name
        return SURVIVED, ""

    def _binds(self, target: Target) -> str:
        """Why the database refuses the models, empty where it takes them."""
        twin = self.scratch.copy(self.folder / "binding")
        succeeded, printed = project.run(
            ["run", "--empty", "--full-refresh", "--select", *target.models], twin.path, self.folder / "unit"
        )
        if succeeded:
            return ""
        told = re.search(r"(\w+ Error): ([^\n]*)", printed)
        return f"{told[1]}: {told[2]}" if told else printed.strip().splitlines()[-1]


_here: Trials | None = None


def begin(
    folder: Path,
    parsed: Path,
    built: Path,
    builders: dict[str, list[str]] | None,
    equivalent: Set[tuple[str, str]],
) -> None:
    """Make this process a worker with a folder of its own."""
    global _here
    _here = Trials(Path(tempfile.mkdtemp(dir=folder)), parsed, built, builders, equivalent)


def try_out(job: tuple[Target, Point]) -> Result:
    """The verdict on one mutant, in a process that has begun."""
    assert _here is not None
    return _here.try_out(*job)
