"""What the tests of tests/dbt get beside themselves in a mutation run: wrong code, or an ear for what they build.

A pytest plugin (`-p mutants.plugin`). `MUTANTS_PARSED` names the folder where the project has been parsed already,
`MUTANTS_CHANGES` a JSON file of code by unique id, `MUTANTS_BUILT` the file that is told which models were built.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

PARSED, CHANGES, BUILT = "MUTANTS_PARSED", "MUTANTS_CHANGES", "MUTANTS_BUILT"
_built: set[str] = set()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Take hold of the harness, which pytest has put on the path by now."""
    from harness import project

    read, invoke = project.parsed, project._invoke

    @cache
    def parsed() -> Any:
        project.shared_folder = Path(os.environ[PARSED])
        return read()

    def listening(*arguments: Any) -> Any:
        answer = invoke(*arguments)
        if arguments[3] is None:  # a copy of the project that a test has changed: it knows nothing of mutants
            return answer
        _built.update(one.node.name for one in getattr(answer[2], "results", ()) if one.node.resource_type == "model")
        return answer

    project.parsed = parsed
    project._invoke = listening
    if CHANGES in os.environ:
        project.changes.update(json.loads(Path(os.environ[CHANGES]).read_text(encoding="utf-8")))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell what was built."""
    if BUILT in os.environ:
        Path(os.environ[BUILT]).write_text(json.dumps(sorted(_built)), encoding="utf-8")
