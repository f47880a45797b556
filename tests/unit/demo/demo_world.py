"""What the tests of this folder pass around: a generated company and its truth."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipelines.demo import Truth


@dataclass(frozen=True)
class Demo:
    """A generated company and its truth."""

    home: Path
    truth: Truth

    @property
    def exports(self) -> Path:
        return self.home / "exports"
