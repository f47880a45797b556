"""Makes the file that sqlfluff compiles against: macros ask the time zone and the months while dbt compiles."""

from pathlib import Path

import duckdb

FILE = Path(__file__).resolve().parent.parent / "dbt_project" / "target" / "lint.duckdb"

FILE.parent.mkdir(exist_ok=True)
FILE.unlink(missing_ok=True)
with duckdb.connect(str(FILE)) as connection:
    connection.execute("create schema company")
    connection.execute("create table company.settings as select 'UTC' as timezone")
    connection.execute("create schema control")
    connection.execute("create table control.run_months as select date '2026-10-01' as month")
    connection.execute("create table control.without_rows (name varchar)")
