"""Characters that PDF cards can only show as code points, told with the cell that they come from.

Belongs here: finding them in what the company's own files call itself, its people, accounts and communities. Does not
belong here: what the card shows instead (legible). A finding has code points only: names of people are in no message.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipelines.company.findings import Finding
from pipelines.scorecards.legible import code_point, unprintable

if TYPE_CHECKING:
    from pipelines.company import Company

_MEND = (
    "web page and workbook have the character; for the PDF write the name in characters that common fonts have, "
    "or leave it with the code point"
)


def lost_letters(company: Company) -> list[Finding]:
    """Return a finding for every cell with characters that the fonts of PDF cards lack."""
    found = []
    for file, row, column, said in _named(company):
        codes = " ".join(map(code_point, unprintable(said)))
        if codes:
            found.append(Finding(file, row, column, codes, "PDF cards show these characters as code points", _MEND))
    return sorted(set(found))


def _named(company: Company) -> Iterator[tuple[str, int, str, str]]:
    """Every text that names something on a card: file, row, column, text."""
    yield "company.yaml", 0, "name", company.name
    for column in ("name", "name_en"):
        for person in company.people:
            yield person.source_file, person.source_row, column, getattr(person, column)
    for account in company.accounts:
        yield account.source_file, account.source_row, "name", account.name
    for community in company.communities:
        yield community.source_file, community.source_row, "name", community.name
