"""A list of accounts in, its points out, row by row and in its order.

Belongs here: the writing of what the card says. Does not belong here: the card (`card`) and the list (`reading`).
"""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from pathlib import Path
from typing import TextIO

from pipelines.followers.card import batches_sql, create_card, scoring_sql, shipped_card
from pipelines.followers.reading import PROFILES, ReadList, read_profiles
from pipelines.warehouse.connection import open_writer

COLUMNS = ("points", "verdict", "reasons", "inactive")
_BATCH = 10_000


def score_file(path: Path, out: TextIO, lang: str, observed_on: dt.date | None) -> ReadList:
    """Score every account of a list and write a CSV row for each, in the order of the list.

    Args:
        path: the list (`reading.read_profiles`).
        out: gets a header, then `id` (or `row`, the row of the list as a spreadsheet shows it), points, verdict
            (spam, pending or clean), reasons (a sentence for each line of the card that gave points) and inactive
            (true, false, or empty where nothing tells).
        lang: language of the reasons, `zh` or `en`.
        observed_on: the day on which the accounts were looked at, where the list does not say.

    Returns:
        What the list had.

    Raises:
        InputError: when the list, or a row of it, cannot be read; nothing is written then.
    """
    with tempfile.TemporaryDirectory(prefix="followers-") as folder:
        scratch = Path(folder)
        with open_writer(scratch / "accounts.duckdb") as connection:
            read = read_profiles(connection, path, scratch, observed_on)
            create_card(connection, shipped_card())
            connection.execute(f"create table batches as {batches_sql(PROFILES, 'name')}")
            # a join keeps no order, and the list comes out as it went in
            connection.execute(
                f"create table members as select {PROFILES}.*, batches.made_n, batches.made_expected "
                f"from {PROFILES} left join batches on {PROFILES}.created_on = batches.created_on order by _row_no"
            )
            name = "name" if read.has_ids else "_row_no"
            scored = scoring_sql("members", ["_row_no", "name"], lang)
            reader = connection.execute(
                f"select {name} as name, points, verdict, reasons, is_inactive from ({scored})"
            ).to_arrow_reader(_BATCH)
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(["id" if read.has_ids else "row", *COLUMNS])
            for batch in reader:
                names, points, verdicts, reasons, inactive = (column.to_pylist() for column in batch.columns)
                told = [_TOLD[one] for one in inactive]
                writer.writerows(zip(names, points, verdicts, reasons, told, strict=True))
    return read


_TOLD = {True: "true", False: "false", None: ""}
