"""dbt's manifest: made once per version of the dbt project, by `dbt parse`.

Belongs here: making and finding the manifest, and the descriptions in it. Its graph is read by dagster-dbt.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from pipelines.warehouse.dbt_process import executable
from pipelines.warehouse.layout import DBT_PROJECT_DIR, Layout

TableDescriptions = dict[str, tuple[str, dict[str, str]]]
"""Table -> what it is and what each of its columns is."""

_PARSED = {".sql", ".yml", ".csv"}
_NOT_PARSED = {"target", "logs", "dbt_packages"}


class DbtParseError(Exception):
    """The dbt project does not parse; the message is dbt's own."""


def _project_fingerprint() -> str:
    digest = hashlib.sha256()
    files = (
        path
        for path in DBT_PROJECT_DIR.rglob("*")
        if path.suffix in _PARSED and not _NOT_PARSED.intersection(path.relative_to(DBT_PROJECT_DIR).parts)
    )
    for path in sorted(files):
        digest.update(path.relative_to(DBT_PROJECT_DIR).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def dbt_environment(layout: Layout) -> dict[str, str]:
    """Environment variables that dbt needs to build in this company's scratch file."""
    return {
        "SCORECARDS_DUCKDB_PATH": str(layout.scratch_file),
        "SCORECARDS_HOME": str(layout.home),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        # what ran stands in target/run; the tens of thousands of debug lines about it cost a tenth of dbt's time
        "DBT_LOG_LEVEL_FILE": "info",
    }


def ensure_manifest(layout: Layout) -> Path:
    """The manifest of the present dbt project, parsed now if this version has none yet.

    The same parse leaves dbt's partial parse in the company's target folder, so the first build does not parse again.

    Raises:
        DbtParseError: the project does not parse.
    """
    folder = layout.warehouse / "manifest"
    manifest = folder / f"manifest-{_project_fingerprint()}.json"
    if manifest.exists():
        return manifest
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as work:
        result = subprocess.run(
            [executable(), "parse", "--quiet", "--target-path", work, "--log-path", work],
            cwd=DBT_PROJECT_DIR,
            env={**os.environ, **dbt_environment(layout), "DBT_PROFILES_DIR": str(DBT_PROJECT_DIR)},
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode != 0:
            raise DbtParseError(result.stdout + result.stderr)
        layout.dbt_target.mkdir(parents=True, exist_ok=True)
        partial = Path(work) / "partial_parse.msgpack"
        if partial.exists() and not (layout.dbt_target / partial.name).exists():
            shutil.copyfile(partial, layout.dbt_target / partial.name)
        (Path(work) / "manifest.json").replace(manifest)
    for old in folder.glob("manifest-*.json"):
        if old != manifest:
            old.unlink(missing_ok=True)
    return manifest


def descriptions(manifest: Path, schema: str) -> TableDescriptions:
    """What the models and seeds of one schema and their columns are, as their YAML says."""
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values()
    return {
        node["name"]: (
            " ".join(node["description"].split()),
            {name: " ".join(column["description"].split()) for name, column in node["columns"].items()},
        )
        for node in nodes
        if node["resource_type"] in ("model", "seed") and node["schema"] == schema
    }
