"""What a run of the suites found, and its keeping as small JSON files between the steps of a run.

Belongs here: the result types and their reading and writing. Nothing here names a person: a failure holds counts and
row numbers, never the values of a cell.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from expectations.rules import Severity

RESULTS_FOLDER = Path("warehouse") / "quality" / "results"


@dataclass(frozen=True)
class Outcome:
    """One expectation on one frame.

    Attributes:
        expectation: what was expected, with its bounds.
        column: the column, or several joined by " + ".
        severity: critical or warning.
        passed: whether it held.
        count: failing rows; 0 when it held or when the frame as a whole failed.
        of: rows that were judged.
        rows: the first failing rows' index values, at most `runner.SHOWN_ROWS`.
        message: empty when it held; else column, count, problem and mend.
        files: how the content ids begin of the landed files with a failing row, all of them.
    """

    expectation: str
    column: str
    severity: Severity
    passed: bool
    count: int
    of: int
    rows: tuple[str, ...]
    message: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class SuiteResult:
    """One suite on one frame.

    Attributes:
        suite: the suite's name.
        title: its title.
        grain: what a row of the frame is.
        n_rows: rows of the frame.
        outcomes: one for each expectation, in the suite's order; none when the frame is empty.
    """

    suite: str
    title: str
    grain: str
    n_rows: int
    outcomes: tuple[Outcome, ...]

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """The outcomes that did not hold."""
        return tuple(outcome for outcome in self.outcomes if not outcome.passed)

    @property
    def passed(self) -> bool:
        """Whether everything held, warnings included."""
        return not self.failures

    @property
    def severity(self) -> Severity | None:
        """The worst severity among the failures; None when everything held."""
        found = {failure.severity for failure in self.failures}
        return "critical" if "critical" in found else "warning" if found else None

    @property
    def refused_files(self) -> tuple[str, ...]:
        """How the content ids begin of the landed files that a critical failure is in."""
        critical = (failure for failure in self.failures if failure.severity == "critical")
        return tuple(sorted({file for failure in critical for file in failure.files}))

    @property
    def evaluated(self) -> int:
        """How many expectations were evaluated."""
        return len(self.outcomes)


def save(home: Path, results: list[SuiteResult]) -> None:
    """Keep each result under its suite's name, replacing the last run's; each file appears whole or not at all."""
    folder = home / RESULTS_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for result in results:
        write(folder / f"{result.suite}.json", result)


def write(path: Path, result: SuiteResult) -> None:
    """Write one result; the file appears whole or not at all."""
    text = json.dumps(asdict(result), ensure_ascii=False, indent=1, sort_keys=True)
    scratch = path.with_name(f".{path.stem}.tmp")
    scratch.write_text(text + "\n", encoding="utf-8")
    scratch.replace(path)


def load(home: Path) -> list[SuiteResult]:
    """Every kept result, by suite name."""
    return [read(path) for path in sorted((home / RESULTS_FOLDER).glob("*.json"))]


def read(path: Path) -> SuiteResult:
    """Read one result back."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    outcomes = tuple(
        Outcome(**{**one, "rows": tuple(one["rows"]), "files": tuple(one["files"])}) for one in kept.pop("outcomes")
    )
    return SuiteResult(**kept, outcomes=outcomes)
