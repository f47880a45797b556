"""Reading who leads whom: people/reporting_lines.csv, for the portal alone.

Belongs here: the file, and its people against people.csv. Does not belong here: one row (`company.reporting_records`),
what follows from a line (`pipelines.portal.access`).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from pipelines.company.collector import Collector
from pipelines.company.csvfile import read_table
from pipelines.company.fields import nearest
from pipelines.company.human_files import REPORTING_LINES
from pipelines.company.records import Person
from pipelines.company.reporting_records import ReportingLine


def read_reporting_lines(home: Path, people: Iterable[Person], lang: str = "en") -> tuple[ReportingLine, ...]:
    """Read the reporting lines of a company folder; a folder without the file has none.

    Args:
        home: the company folder.
        people: who is known.
        lang: the language of findings.

    Raises:
        InputError: with every finding of the file, so that nobody sees what a slip of the pen would open to them.
    """
    path, file = home / REPORTING_LINES.path, REPORTING_LINES.path
    if not path.is_file():
        return ()
    collector = Collector(lang)
    columns, required = ReportingLine.columns(), ReportingLine.required_columns()
    table = read_table(path.read_bytes(), file, columns, required, collector)
    known = frozenset(person.person_id for person in people)
    lines = []
    for row, cells in table.rows if table.complete else ():
        try:
            line = ReportingLine.model_validate({**cells, "source_row": row, "source_file": file})
        except ValidationError as error:
            collector.add_row(error, file, row)
            continue
        lines.append(line)
        for column in ("person_id", "manager_id"):
            value = getattr(line, column)
            if value not in known:
                collector.add("unknown_person", file, row, column, value, nearest=nearest(value, known))
    collector.raise_if_any()
    return tuple(lines)
