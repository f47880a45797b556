"""What the data-quality certificate says of a card's KPIs: one note, and the order in which its rows are read.

Belongs here: what the card and the certificate's own page share. Does not belong here: the page and its files
(certificate).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from pipelines.scorecards.formats import fixed
from pipelines.scorecards.words import Words
from pipelines.texts import text

#: Statuses of the certificate, the gravest first.
GRAVITY = {"withheld": 0, "provisional": 1, "ok": 2}


def certificate_note(words: Words, kpis: Iterable[str]) -> str | None:
    """Say in one sentence what the certificate says of some KPIs; None for a bundle without one."""
    certificate = words.bundle.get("certificate")
    if certificate is None:
        return None
    wanted = set(kpis)
    worst: dict[str, Mapping[str, Any]] = {}
    for row in sorted(certificate["rows"], key=row_order):
        if row["kpi_id"] in wanted:
            worst.setdefault(row["kpi_id"], row)
    bad = [row for row in sorted(worst.values(), key=row_order) if row["status"] != "ok"]
    if not worst:
        return text("certificate.note.none", words.lang)
    bar = percent(next(iter(worst.values()))["quality_bar"])
    if not bad:
        return text("certificate.note.sound", words.lang, count=len(worst), bar=bar)
    named = [
        text(
            "certificate.note.kpi",
            words.lang,
            kpi=certificate["kpis"][row["kpi_id"]][words.lang],
            quality=percent(row["quality"]),
            status=text(f"certificate.status.{row['status']}", words.lang),
        )
        for row in bad
    ]
    listed = text("certificate.note.join", words.lang).join(named)
    return text("certificate.note.bad", words.lang, count=len(worst), bad=len(bad), bar=bar, kpis=listed)


def row_order(row: Mapping[str, Any]) -> tuple[int, Decimal, str, str]:
    """Withheld first, then the lowest quality."""
    return GRAVITY[row["status"]], Decimal(row["quality"]), row["family"], row["kpi_id"]


def percent(share: str) -> str:
    """Write a share of 0 to 1 as per cent with one decimal."""
    return f"{fixed(Decimal(share) * 100, 1)} %"
