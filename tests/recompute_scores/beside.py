"""What is paid beside the bonus: awards, pay by the piece.

Belongs here: docs/scoring.md, "Awards" and "Pay by the piece". Does not belong here: the bonus (`pay`, `shares`).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from .company import Seg, Span
from .measures import Scheme
from .numbers import cents, number
from .scores import KNOWN, Read

ZERO = Fraction(0)


def pieces(scheme: Scheme, seg: Seg, span: Span, reads: Mapping[str, Read]) -> tuple[Fraction, Fraction]:
    """What a part earns and holds by the piece, each rate rounded once.

    The part of the cap is that of its days. What is withheld is held up to the cap; without one nobody can say how
    much.
    """
    earned = held = ZERO
    for rate in scheme.get("piece_rates", []):
        if rate.get("period", "month") != span.kind or (rate.get("roles") and seg.role not in rate["roles"]):
            continue
        read = reads.get(rate["kpi"], Read("withheld", reason="no_reading"))
        cap = number(rate["cap"]) * Fraction(seg.days, span.days) if "cap" in rate else None
        if read.status in KNOWN and read.value is not None:
            amount = number(rate["amount"]) * max(ZERO, read.value) / number(rate.get("per", 1))
            earned += cents(amount if cap is None else min(cap, amount))
        elif read.status == "withheld" and cap is not None:
            held += cents(cap)
    return earned, held
