"""Opening DuckDB files: the one place where a connection is made.

Belongs here: connection settings. Does not belong here: queries.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

# Bounds a run on a small machine; dbt reads the same variable in profiles.yml.
MEMORY_LIMIT = os.environ.get("SCORECARDS_MEMORY_LIMIT", "4GB")

# One thread, in which rows also come back in a file's order, as landing needs them. The heavy work is dbt's, in its own
# process; here a second thread would save a quarter of a second on a million records. Why not have it then: a thread
# that DuckDB keeps beside a run has, once, ended that run (a call of address zero in a thread, cause unknown).
_THREADS = 1

# The database name under which dbt builds: the stem of the scratch file.
BUILD_NAME = "scratch"


@contextmanager
def open_writer(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a DuckDB file for writing and close it at the end, whatever happens.

    No connection may be open while dbt runs: dbt is a process of its own and the file takes one writer.
    """
    import duckdb

    connection = duckdb.connect(str(path), config={"memory_limit": MEMORY_LIMIT, "threads": _THREADS})
    try:
        # the cache trusts path, size and time stamp: a scratch file that is written anew within the clock's grain would
        # be read with the old file's pages
        connection.execute("set enable_external_file_cache = false")
        # where it takes a program for a session, DuckDB draws into standard output, between the rows of a CSV
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"set temp_directory = '{path.parent / 'spill'}'")
        yield connection
    finally:
        connection.close()


@contextmanager
def open_reader(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a warehouse file read-only and close it at the end.

    Views carry the name of the database that they were built in, so the file is attached under that name whatever it
    is called now.
    """
    import duckdb

    connection = duckdb.connect(config={"memory_limit": MEMORY_LIMIT, "threads": _THREADS})
    try:
        escaped = str(path).replace("'", "''")
        connection.execute(f"attach '{escaped}' as {BUILD_NAME} (read_only)")
        connection.execute(f"use {BUILD_NAME}")
        yield connection
    finally:
        connection.close()


def copy_relations(source: Path, target: Path) -> None:
    """Make a new file with the schemas, tables and views of another one, and none of its rows.

    Args:
        source: a warehouse file.
        target: the file to make; it must not exist.

    Raises:
        OSError: the file cannot be written.
    """
    import duckdb

    with open_reader(source) as connection:
        escaped = str(target).replace("'", "''")
        try:
            connection.execute(f"attach '{escaped}' as blank")
            connection.execute(f"copy from database {BUILD_NAME} to blank (schema)")
            connection.execute("detach blank")
        except duckdb.IOException as error:
            raise OSError(str(error)) from error
