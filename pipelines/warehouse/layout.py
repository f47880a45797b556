"""Where things lie in a company folder (the output side), and the version of the code that wrote them.

Belongs here: paths and the code fingerprint. Does not belong here: reading or writing what lies at those paths.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[2]
DBT_PROJECT_DIR = PROJECT_ROOT / "dbt_project"

#: The landing table of what tools say of texts; it has no export of its own.
LABELS_TABLE = "sentiment_labels"

_CODE_FOLDERS = ("pipelines", "expectations", "dbt_project")
_CODE_SUFFIXES = {".py", ".sql", ".yml", ".yaml", ".csv", ".html", ".css", ".j2"}
_NOT_CODE = {"target", "logs", "__pycache__", "demo"}


@dataclass(frozen=True)
class Layout:
    """The output paths of one company folder."""

    home: Path

    @property
    def landing(self) -> Path:
        """Immutable Parquet of everything a run has read."""
        return self.home / "landing"

    @property
    def warehouse(self) -> Path:
        """Rebuildable working state: the warehouse file, dbt's target, the lock."""
        return self.home / "warehouse"

    @property
    def warehouse_file(self) -> Path:
        """The last whole build; months that a run does not touch are carried over from it."""
        return self.warehouse / "warehouse.duckdb"

    @property
    def scratch_file(self) -> Path:
        """The file a run builds in. Its path never changes, so that dbt's partial parse survives."""
        return self.warehouse / "scratch.duckdb"

    @property
    def dbt_target(self) -> Path:
        """Dbt's target folder of this company."""
        return self.warehouse / "dbt"

    @property
    def lock_file(self) -> Path:
        """Held by whoever writes to this company folder."""
        return self.warehouse / ".lock"

    @property
    def scores(self) -> Path:
        """Scores of the running job, handed from the scoring asset to the scorecards asset."""
        return self.warehouse / "scores"

    @property
    def quality(self) -> Path:
        """Browsable results of the expectations."""
        return self.warehouse / "quality"

    @property
    def builds(self) -> Path:
        """Whole publications, one folder each, and the `current` link."""
        return self.home / "builds"

    @property
    def published(self) -> Path:
        """What analysts open: a fixed link through `builds/current`."""
        return self.home / "published"

    @property
    def reference(self) -> Path:
        """The reference of the warehouse for browsers: models with their columns, and where each column comes from."""
        return self.home / "reference"

    @property
    def restricted(self) -> Path:
        """What HR opens: a fixed link through `builds/current`."""
        return self.home / "restricted"

    @property
    def scorecards(self) -> Path:
        """Drafts and sealed revisions of the cards."""
        return self.home / "scorecards"

    @property
    def seals(self) -> Path:
        """Append-only record of every sealed revision."""
        return self.home / "seals"

    @property
    def dagster(self) -> Path:
        """The Dagster instance of this company."""
        return self.home / "dagster"


@cache
def code_version() -> str:
    """Fingerprint (16 hex digits) of the code that computes results: Python, SQL, seeds, shipped schemes, templates.

    The demo generator is left out: it makes inputs, not results.
    """
    digest = hashlib.sha256()
    for folder in _CODE_FOLDERS:
        root = PROJECT_ROOT / folder
        files = (
            path
            for path in root.rglob("*")
            if path.suffix in _CODE_SUFFIXES and not _NOT_CODE.intersection(path.relative_to(root).parts)
        )
        for path in sorted(files):
            digest.update(path.relative_to(PROJECT_ROOT).as_posix().encode())
            digest.update(b"\0")
            digest.update(path.read_bytes())
            digest.update(b"\0")
    return digest.hexdigest()[:16]
