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
from functools import partial
from importlib.metadata import version
from pathlib import Path

from pipelines.warehouse.checkout import keep_beside_project
from pipelines.warehouse.dbt_process import executable
from pipelines.warehouse.layout import DBT_PROJECT_DIR, Layout

TableDescriptions = dict[str, tuple[str, dict[str, str]]]
"""Table -> what it is and what each of its columns is."""

_PARSED = {".sql", ".yml", ".csv"}
_NOT_PARSED = {"target", "logs", "dbt_packages"}

_MANIFEST, _PARTIAL = "manifest.json", "partial_parse.msgpack"
_OF_A_PARSE = (_MANIFEST, _PARTIAL)


class DbtParseError(Exception):
    """The dbt project does not parse; the message is dbt's own."""


def _project_fingerprint() -> str:
    digest = hashlib.sha256(version("dbt-core").encode() + b"\0")
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
        "SCORECARDS_DBT_FOLDER": str(layout.warehouse),
        "SCORECARDS_HOME": str(layout.home),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        # what ran stands in target/run; the tens of thousands of debug lines about it cost a tenth of dbt's time
        "DBT_LOG_LEVEL_FILE": "info",
    }


def ensure_manifest(layout: Layout) -> Path:
    """The manifest of the present dbt project, parsed now if this version has none yet.

    With it comes dbt's own memory of the parse, into the company's target folder, so that the first build does not
    parse again. Both are kept in the project's target folder too, where that can be written: the next company copies
    them.

    Raises:
        DbtParseError: the project does not parse.
    """
    fingerprint = _project_fingerprint()
    folder = layout.warehouse / "manifest"
    manifest = folder / f"manifest-{fingerprint}.json"
    if manifest.exists():
        return manifest
    folder.mkdir(parents=True, exist_ok=True)
    shared = DBT_PROJECT_DIR / "target" / "parsed" / fingerprint
    with tempfile.TemporaryDirectory(dir=folder) as work:
        parsed = Path(work)
        try:
            _copy_parse(shared, parsed)
        except OSError:
            # nothing there, or taken away meanwhile by another version
            _parse(layout, parsed)
            keep_beside_project(shared, partial(_copy_parse, parsed))
        layout.dbt_target.mkdir(parents=True, exist_ok=True)
        (parsed / _PARTIAL).replace(layout.dbt_target / _PARTIAL)
        (parsed / _MANIFEST).replace(manifest)
    for old in folder.glob("manifest-*.json"):
        if old != manifest:
            old.unlink(missing_ok=True)
    return manifest


def _copy_parse(source: Path, target: Path) -> None:
    target.mkdir(exist_ok=True)
    for name in _OF_A_PARSE:
        shutil.copyfile(source / name, target / name)


def _parse(layout: Layout, folder: Path) -> None:
    result = subprocess.run(
        [executable(), "parse", "--quiet", "--target-path", str(folder), "--log-path", str(folder)],
        env={
            **os.environ,
            **dbt_environment(layout),
            "DBT_PROJECT_DIR": str(DBT_PROJECT_DIR),
            "DBT_PROFILES_DIR": str(DBT_PROJECT_DIR),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise DbtParseError(result.stdout + result.stderr)


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
