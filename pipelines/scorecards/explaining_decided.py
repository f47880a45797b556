"""What `scorecards explain` says of pay by the piece and of appeals.

Belongs here: their lines of text. Does not belong here: the records behind them and the rest of it (`explaining`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.scorecards import decided
from pipelines.scorecards.records import Counted, fraction
from pipelines.scorecards.words import Words


def piece_lines(words: Words, piece: Counted) -> Iterator[str]:
    """Yield a number that is paid by the piece, and what it brought."""
    item = piece.line
    yield ""
    title = str(item["title"][words.lang])
    yield words.t("explain.piece", title=title, id=piece.kpi_id, amount=words.money(item["amount"]))
    if item["status"] not in ("ok", "provisional"):
        status = words.known("kpi.mark", item["status"])
        yield "  " + words.t(
            "explain.status", status=status, reason=words.reason(item["reason_code"], item["reason_params"]) or "–"
        )
    elif item["reason"]:
        yield f"  {piece.name}: {fraction(words, item)}; {item['reason']} = {item['amount']}"


def appeal_lines(words: Words, trace: Mapping[str, Any]) -> Iterator[str]:
    """Yield the appeals with their outcomes."""
    rows = decided.appeals(words, trace)
    if rows:
        yield ""
        yield words.t("section.appeals")
    for row in rows:
        yield "  " + words.t("explain.appeal", **{name: row[name] for name in ("about", "filed_on", "what", "outcome")})
