"""Remembers what a suite said of a frame, so that a frame which has not changed is not judged again.

Belongs here: the key of a judgement and its keeping below the company folder. The key holds everything that a judgement
follows from: the rules, the frame with its types and index, and the version of Great Expectations. Does not belong
here: judging (runner). Losing the folder costs time and nothing else.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from expectations import results
from expectations.results import SuiteResult
from expectations.rules import Suite

if TYPE_CHECKING:
    import pandas as pd

FOLDER = Path("warehouse") / "quality" / "judged"


def key(suite: Suite, frame: pd.DataFrame) -> str:
    """The name of the judgement of this suite on this frame."""
    digest = hashlib.sha256(f"{version('great-expectations')}\n{suite!r}\n".encode())
    digest.update(f"{frame.index.dtype} {frame.dtypes.to_dict()}\n".encode())
    digest.update(frame.to_csv(na_rep="\0").encode("utf-8", "surrogatepass"))
    return f"{suite.name}-{digest.hexdigest()[:32]}"


class Memory:
    """The judgements kept for one company, read and written within one step of a run."""

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER
        self._used: set[str] = set()

    def find(self, name: str) -> SuiteResult | None:
        """The judgement kept under a key; None when there is none."""
        self._used.add(name)
        path = self._folder / f"{name}.json"
        return results.read(path) if path.exists() else None

    def keep(self, name: str, result: SuiteResult) -> None:
        """Keep a judgement; it appears whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        results.write(self._folder / f"{name}.json", result)

    def forget_others(self, suites: set[str]) -> None:
        """Remove the judgements of these suites that have not been asked for: their frames are gone."""
        for path in self._folder.glob("*.json"):
            if path.stem not in self._used and path.stem.rpartition("-")[0] in suites:
                path.unlink(missing_ok=True)
