"""Amounts that are paid beside the bonus: awards that people approved, pay by the piece, true-ups and guarantees.

Belongs here: how such an amount is told, and what awards and pieces come to. Does not belong here: the bonus (`pools`,
`individual`), what a true-up (`true_ups`) or a guarantee (`beside`) comes to, adjustments (`period`), the ledger's sums
(`ledger`).

Nothing here is capped by a personal cap or taken from a pool, and the score moves a true-up alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pipelines.schemes.model import PieceRate
from pipelines.scoring.decisions import AwardInput
from pipelines.scoring.inputs import KpiReading, SegmentInput
from pipelines.scoring.numbers import ZERO, money, plain, round_down, round_once, shown

AWARD, PIECE_RATE, TRUE_UP, GUARANTEE = "award", "piece_rate", "true_up", "guarantee"
KINDS = (AWARD, PIECE_RATE, TRUE_UP, GUARANTEE)


@dataclass(frozen=True, slots=True)
class Extra:
    """One amount beside the bonus.

    Attributes:
        kind: the type of its ledger entry: award, piece_rate, true_up or guarantee.
        segment_id: of a piece rate; empty for the others, which are the person's.
        amount: paid now, whole cents; only a true-up can be below 0.
        held: at most still to be paid, whole cents.
        reason: of the award, or how a piece rate, true-up or guarantee came about.
        approved_by: of an award.
        told: what else the trace says of it.
    """

    kind: str
    segment_id: str
    amount: Decimal
    held: Decimal = ZERO
    reason: str = ""
    approved_by: str = ""
    told: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether its data is withheld and nothing limits what it may come to, so that no amount can be held."""
        return self.told.get("status") == "withheld" and self.told["cap"] is None

    def to_dict(self) -> dict[str, Any]:
        """Return the amount for the trace."""
        own = {
            "amount": money(self.amount),
            "approved_by": self.approved_by,
            "held": money(self.held),
            "kind": self.kind,
            "reason": self.reason,
            "segment_id": self.segment_id,
        }
        return dict(sorted({**own, **self.told}.items()))


def awards(given: Iterable[AwardInput]) -> list[Extra]:
    """Return the amounts of a person's awards, in the order of their rows."""
    return [
        Extra(AWARD, "", item.amount, reason=item.reason, approved_by=item.approved_by, told={"award": item.award})
        for item in given
    ]


def piece_rates(rules: Iterable[PieceRate], segment: SegmentInput, period_type: str) -> list[Extra]:
    """Return what a segment brings by the piece, one amount a rate that binds its role in this kind of period."""
    return [
        _piece_rate(rule, segment)
        for rule in rules
        if rule.period == period_type and (not rule.roles or segment.role in rule.roles)
    ]


def _piece_rate(rule: PieceRate, segment: SegmentInput) -> Extra:
    reading = segment.readings.get(rule.kpi) or KpiReading(rule.kpi, None, status="withheld", reason_code="no_reading")
    cap = None
    if rule.cap is not None:  # a limit, hence rounded down
        cap = round_down(rule.cap * segment.eligible_days / segment.period_days)
    due, held, formula = ZERO, ZERO, ""
    if reading.value is not None and reading.status in ("ok", "provisional"):
        pieces = max(reading.value, ZERO)
        due = round_once(pieces / rule.per * rule.amount)
        formula = f"{shown(pieces)} / {shown(rule.per)} × {shown(rule.amount)}"
        if cap is not None:
            due, formula = min(due, cap), f"min({formula}, {money(cap)})"
    elif reading.status == "withheld" and cap is not None:
        held = cap
    told = {
        "cap": None if cap is None else money(cap),
        "denominator": plain(reading.denominator),
        "id": rule.id,
        "kpi_id": rule.kpi,
        "n_records": reading.n_records,
        "numerator": plain(reading.numerator),
        "per": plain(rule.per),
        "rate": plain(rule.amount),
        "reason_code": reading.reason_code,
        "reason_params": {
            k: plain(v) if isinstance(v, Decimal) else v for k, v in sorted(reading.reason_params.items())
        },
        "req": rule.req,
        "status": reading.status,
        "title": {"en": rule.title.en, "zh": rule.title.zh},
        "value": plain(reading.value),
    }
    return Extra(PIECE_RATE, segment.segment_id, due, held, formula, told=told)
