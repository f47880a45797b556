"""Adding a row to a human file that people keep by hand, without touching what they wrote.

Belongs here: the bytes of the file with one row more, in its own encoding, delimiter, order of columns and line ends.
Pure. Does not belong here: locks and writing (`pipelines.portal.objections`), what the row says.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from pydantic import ValidationError

from pipelines.company.collector import Collector
from pipelines.company.csvfile import CsvTable, delimiter_of, encoding_of, read_table
from pipelines.company.human_files import HumanFile
from pipelines.company.rules import check_keys


def with_row(content: bytes, entry: HumanFile, cells: Mapping[str, str], lang: str = "en") -> bytes:
    """Return a human file with one row more.

    Args:
        content: the file as it stands, with its header.
        entry: which file it is.
        cells: column -> cell of the new row; a column that the file does not have must be empty.
        lang: the language of findings.

    Raises:
        InputError: when the file cannot be read, a row of it is defective, the new row is, or it is there already.
    """
    collector = Collector(lang)
    before = _sound(content, entry, collector)
    collector.raise_if_any()
    for column, value in cells.items():
        if value and column not in before.header:
            collector.add("missing_column", entry.path, 1, column, known=",".join(entry.model.columns()))
    collector.raise_if_any()
    encoding = encoding_of(content) or "utf-8-sig"  # what was read has one
    text = content.decode(encoding)
    lines = io.StringIO(text, newline="").readlines()
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    row = io.StringIO()
    writer = csv.writer(row, delimiter=delimiter_of(lines), lineterminator=end)
    writer.writerow([cells.get(column, "") for column in before.header])
    glue = "" if not text or text.endswith(("\n", "\r")) else end
    # utf-16 and utf-8-sig would write their mark again in the middle, so the whole text is encoded at once
    added = (text + glue + row.getvalue()).encode(encoding)
    after = _sound(added, entry, collector)
    collector.raise_if_any()
    if len(after.rows) != len(before.rows) + 1:
        collector.add("bad_csv", entry.path, 0, detail="the new row does not read as one row")
        collector.raise_if_any()
    return added


def _sound(content: bytes, entry: HumanFile, collector: Collector) -> CsvTable:
    """Read the file; every row must fit the model and name something of its own."""
    table = read_table(content, entry.path, entry.model.columns(), entry.model.required_columns(), collector)
    records = []
    for number, cells in table.rows if table.complete else ():
        try:
            records.append(entry.model.model_validate({**cells, "source_row": number, "source_file": entry.path}))
        except ValidationError as error:
            collector.add_row(error, entry.path, number)
    check_keys(entry.path, records, collector)
    return table
