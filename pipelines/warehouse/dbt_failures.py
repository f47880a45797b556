"""What dbt's failed tests found, in words: the rule, how many rows break it, one of them.

Belongs here: reading dbt's results and running the queries of failed tests once more. Does not belong here: deciding
whether a failure stops the run (dbt's severities do).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipelines.warehouse.connection import open_reader

_SHOWN = 5
_TOLD = {"fail", "warn"}


def failed_tests(dbt_target: Path, built_file: Path) -> dict[str, str]:
    """What the failed and warning tests of the last dbt run found, by name of the test.

    Args:
        dbt_target: dbt's target folder.
        built_file: the file that dbt built in; dbt must have ended.
    """
    file = dbt_target / "run_results.json"
    if not file.exists():  # dbt ended before it ran anything
        return {}
    failed = {
        one["unique_id"].split(".")[2]: one
        for one in json.loads(file.read_text(encoding="utf-8"))["results"]
        if one["unique_id"].startswith("test.") and one["status"] in _TOLD
    }
    if not failed:
        return {}
    told = {}
    with open_reader(built_file) as connection:
        connection.execute("set TimeZone = 'UTC'")
        for name, one in failed.items():
            cursor = connection.execute(f"select * from ({one['compiled_code']}) as found limit {_SHOWN + 1}")
            columns = [column[0] for column in cursor.description]
            rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
            shown = [_sentence(row) for row in sorted(rows[:_SHOWN], key=str)]
            told[name] = "; ".join([*shown, *(["and more"] if len(rows) > _SHOWN else [])])
    return told


def _sentence(row: Mapping[str, Any]) -> str:
    """One row that a test returned: of `rows_hold` a broken rule, of any other test what it found."""
    if "rule" not in row:
        return ", ".join(f"{name} {value}" for name, value in row.items())
    expected = "" if row["severity"] == "error" else " (expected)"
    first = f", first {row['example']}" if row["example"] else ""
    return f"{row['rule']}{expected}: {row['n_broken']} broken{first}"
