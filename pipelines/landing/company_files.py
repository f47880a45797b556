"""The human files in landing: typed tables without names, and the original bytes in the archive.

Belongs here: the snapshot that lets a sealed period be rebuilt. Which files people keep is `company.human_files`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipelines.company.frames import company_tables
from pipelines.company.human_files import HUMAN_FILES
from pipelines.company.keys import Pseudonymiser
from pipelines.company.model import Company
from pipelines.company.workbooks import workbook_paths
from pipelines.landing.content import deterministic_writer
from pipelines.landing.store import Layout, archive_file, private_dir, whole_file

COMPANY_FILE = "company.yaml"
_FREE_FOLDERS = (("schemes", "*.yaml"), ("schemes", "*.yml"), ("calendars", "*.csv"))


def snapshot_company(company: Company) -> dict[str, str]:
    """Write the company's tables to landing/_company and keep the bytes of every human file.

    Returns:
        The sha256 of each file by its path relative to the company folder, in path order.
    """
    layout = Layout(company.home)
    private_dir(layout.archive)
    private_dir(layout.landing)
    inputs = {
        path.relative_to(company.home).as_posix(): archive_file(layout, path) for path in sorted(_files(company.home))
    }
    tables = company_tables(company, Pseudonymiser.from_home(company.home))
    for name, table in sorted(tables.items()):
        path = layout.company / f"{name}.parquet"
        with whole_file(path) as draft, deterministic_writer(draft, table.schema) as writer:
            writer.write_table(table.combine_chunks())
    return inputs


def _files(home: Path) -> Iterator[Path]:
    named = [home / COMPANY_FILE, *(home / entry.path for entry in HUMAN_FILES)]
    yield from (path for path in named if path.is_file())
    yield from workbook_paths(home)
    for folder, pattern in _FREE_FOLDERS:
        yield from (path for path in (home / folder).glob(pattern) if path.is_file())
