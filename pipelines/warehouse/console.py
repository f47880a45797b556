"""The published warehouse as an analyst opens it: read-only, and with nothing else of the machine within reach.

Belongs here: the settings that make a read-only connection a closed one, the file of them that lies beside every
publication, and the answering of SQL over it, typed or given. Does not belong here: what the tables mean
(dbt_project/), writing answers as CSV (scorecards.tables).

`read_only` alone is no sandbox: DuckDB would still write `copy ... to`, read any file and load extensions.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.company.findings import Finding, InputError
from pipelines.warehouse.connection import MEMORY_LIMIT

if TYPE_CHECKING:
    import duckdb

#: In this order: after the second nothing on the disk can be named any more, after the third nothing can be changed.
CLOSING = (
    # no spill file: it would lie beside the publication, where an analyst may not write
    "set temp_directory = '';",
    "set enable_external_access = false;",
    "set lock_configuration = true;",
)

#: Lies beside kpi.duckdb, for clients that start with a file of SQL.
CLOSING_FILE = "closed.sql"

#: Rows that are drawn of one answer; a longer one shows its beginning, its end and how many there are.
DRAWN_ROWS = 200

#: Characters of a line where no terminal says how many it has.
WIDTH = 160

_NUMBERS = ("DECIMAL", "DOUBLE", "FLOAT", "HUGEINT", "BIGINT", "INTEGER", "SMALLINT", "TINYINT")


@dataclass(frozen=True)
class Answer:
    """The rows of one statement; columns of one name are told apart by a number behind it."""

    columns: tuple[str, ...]
    numeric: frozenset[str]
    rows: tuple[Mapping[str, Any], ...]


def closing_file() -> str:
    """Return the text of `closed.sql`: `duckdb -readonly -init closed.sql kpi.duckdb`."""
    return (
        "-- Closes a connection: no files, no network, no extensions, no other settings.\n" + "\n".join(CLOSING) + "\n"
    )


@contextmanager
def open_closed(published_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the current publication read-only and closed; it stays this one, whatever is published meanwhile.

    Raises:
        InputError: nothing is published.
    """
    import duckdb

    if not published_file.is_file():
        raise InputError(
            [
                Finding(
                    file=str(published_file),
                    problem="nothing is published yet",
                    mend="Run a period first: `scorecards run PERIOD`.",
                )
            ]
        )
    connection = duckdb.connect(
        str(published_file.resolve()), read_only=True, config={"memory_limit": MEMORY_LIMIT, "threads": 1}
    )
    try:
        connection.execute("set enable_progress_bar = false")
        for statement in CLOSING:
            connection.execute(statement)
        yield connection
    finally:
        connection.close()


def draw(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Print what each statement gives as a table; one without rows, such as `set variable`, prints nothing.

    Args:
        connection: as `open_closed` gives it.
        sql: statements, separated by semicolons.

    Raises:
        InputError: DuckDB refuses a statement; what those before it gave is printed.
    """
    width = shutil.get_terminal_size((WIDTH, 24)).columns
    with _refusals_told():
        for found in _relations(connection, sql):
            found.show(max_rows=DRAWN_ROWS, max_width=width)


def answer(connection: duckdb.DuckDBPyConnection, sql: str) -> Answer:
    """Return what the last statement gives.

    Raises:
        InputError: DuckDB refuses a statement, or the last one gives no rows.
    """
    last = None
    with _refusals_told():
        for last in _relations(connection, sql):
            rows = last.fetchall()
    if last is None:
        raise InputError([Finding(file="SQL", problem="no statement gives rows", mend="End with a select.")])
    columns: list[str] = []
    for name in last.columns:
        columns.append(name if name not in columns else f"{name}_{len(columns) + 1}")
    kinds = zip(columns, map(str, last.types), strict=True)
    return Answer(
        tuple(columns),
        frozenset(name for name, kind in kinds if kind.partition("(")[0] in _NUMBERS and not kind.endswith("]")),
        tuple(dict(zip(columns, row, strict=True)) for row in rows),
    )


def _relations(connection: duckdb.DuckDBPyConnection, sql: str) -> Iterator[duckdb.DuckDBPyRelation]:
    for statement in connection.extract_statements(sql):
        found = connection.sql(statement.query)
        if found is not None:
            yield found


@contextmanager
def _refusals_told() -> Iterator[None]:
    """Tell what DuckDB refuses, when a statement is read or when its rows are fetched, as what a person must mend."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise InputError([Finding(file="SQL", problem=str(error).strip())]) from error


def converse(connection: duckdb.DuckDBPyConnection) -> None:
    """Read statements from the keyboard, each up to its semicolon, and draw each; what is wrong is told, not fatal."""
    import readline  # noqa: F401 - its import gives the prompt a memory and arrow keys

    print("End a statement with a semicolon: `show tables;` `describe person_kpis_monthly;` Ctrl-D ends.")
    lines: list[str] = []
    while True:
        try:
            lines.append(input("...> " if lines else "sql> "))
        except EOFError:
            print()
            return
        except KeyboardInterrupt:
            print()
            lines = []
            continue
        if not lines[-1].rstrip().endswith(";"):
            continue
        try:
            draw(connection, "\n".join(lines))
        except InputError as error:
            print(f"error: {error}", file=sys.stderr)
        lines = []
