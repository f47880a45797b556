"""Lints the SQL of the warehouse: makes the file that sqlfluff compiles against, then calls it with enough depth."""

import os
import sys
from pathlib import Path

import duckdb
from sqlfluff.cli.commands import cli

PROJECT = Path(__file__).resolve().parent.parent / "dbt_project"
FILE = Path("target") / "lint.duckdb"
# The parser calls itself for every level of nesting, and a reason's text is one `replace` a placeholder.
RECURSION = 10_000


def main() -> None:
    """Exit code 1 where sqlfluff finds something; arguments name the files, all without any."""
    os.chdir(PROJECT)
    FILE.parent.mkdir(exist_ok=True)
    FILE.unlink(missing_ok=True)
    # macros ask the time zone and the months while dbt compiles
    with duckdb.connect(str(FILE)) as connection:
        connection.execute("create schema company")
        connection.execute("create table company.settings as select 'UTC' as timezone")
        connection.execute("create schema control")
        connection.execute("create table control.run_months as select date '2026-10-01' as month")
        connection.execute("create table control.without_rows (name varchar)")
    os.environ["SCORECARDS_DUCKDB_PATH"] = str(FILE)
    sys.setrecursionlimit(RECURSION)
    cli(["lint", "--disable-progress-bar", *(sys.argv[1:] or ["."])])


if __name__ == "__main__":
    main()
