"""The dbt project, read once a process and run in it as often as tests like.

Belongs here: how tests start dbt. A dbt process of its own takes seconds to import and to read the project before it
does anything; that it starts, ends and fails as a process is proved by the runs of tests/pipeline.
Does not belong here: the database that it works on.
"""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

from filelock import FileLock

PROJECT = Path(__file__).resolve().parents[3] / "dbt_project"

#: Wrong code that stands in place of that of models and macros, by their unique id: tests/mutants tries it.
changes: dict[str, str] = {}

#: Where workers share what one of them has read of the project; conftest.py says it.
shared_folder: Path | None = None


def run(arguments: Sequence[str], database: Path, folder: Path) -> tuple[bool, str]:
    """Run dbt on a database file; whether all went well, and everything that it printed.

    Args:
        arguments: verb and options, such as "build", "--select", "int_posts".
        database: the DuckDB file; nobody else may have it open.
        folder: where dbt's target and logs go.
    """
    manifest = parsed().deepcopy()  # a copy, as running nodes writes to them
    for unique_id, code in changes.items():
        if unique_id in manifest.macros:
            manifest.macros[unique_id].macro_sql = code
        else:
            manifest.nodes[unique_id].raw_code = code
    return _invoke(arguments, database, folder, manifest)[:2]


def run_copy(copy: Path, arguments: Sequence[str], database: Path, folder: Path) -> tuple[bool, str]:
    """The same for a changed copy of the project, which is read for this run alone."""
    return _invoke(arguments, database, folder, None, copy)[:2]


@cache
def parsed() -> Any:
    """The manifest of the project, for the database name `scratch`.

    Raises:
        AssertionError: the project cannot be read.
    """
    assert shared_folder is not None
    folder = shared_folder
    with FileLock(folder / "parse.lock"):
        succeeded, output, manifest = _invoke(["parse"], folder / "scratch.duckdb", folder, None)
    assert succeeded, output
    return manifest


@cache
def manifest() -> dict[str, Any]:
    """The manifest of the project, as dbt writes it down."""
    written: dict[str, Any] = parsed().writable_manifest().to_dict()
    return written


def _invoke(
    arguments: Sequence[str], database: Path, folder: Path, manifest: Any, source: Path = PROJECT
) -> tuple[bool, str, Any]:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    printed = io.StringIO()
    common = ["--no-use-colors", "--no-write-json", "--log-level-file", "none"]
    places = {"project-dir": source, "profiles-dir": source, "target-path": folder / "target", "log-path": folder}
    options = [word for name, path in places.items() for word in (f"--{name}", str(path))]
    with mock.patch.dict(os.environ, SCORECARDS_DUCKDB_PATH=str(database)), redirect_stdout(printed):
        result = dbtRunner(manifest=manifest).invoke([*common, *arguments, *options])
    DuckDBConnectionManager.close_all_connections()
    told = printed.getvalue() + (f"\n{result.exception}" if result.exception else "")
    return result.success, told, result.result
