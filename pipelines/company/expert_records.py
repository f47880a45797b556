"""One row of what experts say about weights: reviews/expert_rounds.csv.

Belongs here: the columns and the reading of their cells. Does not belong here: rules over cells and rows
(`company.expert_rules`), the arithmetic (`scoring.weights`, `scoring.delphi`).
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator

from pipelines.company.fields import Number, choice, optional_counted, optional_ranged, wrong
from pipelines.company.records import Record

DELPHI = "delphi"
#: Method of comparison -> the points that the two items of a pair share.
PAIR_POINTS = {"0-4": 4, "0-1": 1}
_DASHES = re.compile("[\N{HYPHEN}-\N{HORIZONTAL BAR}\N{MINUS SIGN}]")


def _optional_name(value: object) -> str:
    """Read a name as people mean it: full-width letters, double spaces and invisible marks make no other expert."""
    written = str(value or "")
    visible = "".join(mark for mark in written if mark.isspace() or unicodedata.category(mark) not in ("Cf", "Cc"))
    return " ".join(unicodedata.normalize("NFKC", visible).split())


def _name(value: object) -> str:
    name = _optional_name(value)
    if not name:
        raise wrong("empty")
    return name


def _plain_dashes(value: object) -> str:
    """Write 0–4, which books and spreadsheets print with a long dash, as 0-4."""
    return _DASHES.sub("-", str(value))


class ExpertRound(Record):
    """One judgement of one expert."""

    topic: Annotated[str, BeforeValidator(_optional_name)] = ""
    # the reader that is written last reads first
    method: Annotated[str, choice(*PAIR_POINTS, DELPHI), BeforeValidator(_plain_dashes)]
    round: Annotated[int | None, optional_counted(1, 99)] = None
    expert: Annotated[str, BeforeValidator(_name)]
    item: Annotated[str, BeforeValidator(_name)]
    other_item: Annotated[str, BeforeValidator(_optional_name)] = ""
    score: Number
    low_mark: Annotated[Decimal | None, optional_ranged("0", "999999")] = None
    full_mark: Annotated[Decimal | None, optional_ranged("0", "999999")] = None
    ca: Annotated[Decimal | None, optional_ranged("0", "1")] = None
    cs: Annotated[Decimal | None, optional_ranged("0", "1")] = None
