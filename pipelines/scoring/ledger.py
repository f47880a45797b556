"""The ledger of a period: every amount once, and the sums that must hold.

Belongs here: ledger entries and their conservation. Does not belong here: how an amount came about (`pools`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.scoring.extras import KINDS
from pipelines.scoring.numbers import ZERO, money
from pipelines.scoring.team_shares import ShareTrace
from pipelines.scoring.trace import PersonTrace, PoolTrace

#: What is paid now; the other types are held or stay in the pool.
PAID_TYPES = ("earning", "adjustment", *KINDS)
ENTRY_TYPES = (*PAID_TYPES, "held", "undistributed")


class ConservationError(Exception):
    """Money that does not add up: an integrity failure, which blocks publication and sealing."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One amount.

    Attributes:
        period: such as 2026-10.
        entry_type: earning (paid now), held (at most still to be paid), adjustment, award, piece_rate, true_up,
            guarantee, undistributed (stays in the pool).
        person_id: empty for undistributed.
        segment_id: of an earning, a piece rate or a hold; empty otherwise.
        pool_id: of the pool or the team share that an amount is of; empty otherwise.
        currency: ISO code.
        amount: whole cents; adjustments and true-ups may be negative.
        reason: of an adjustment or award; how a piece rate, true-up or guarantee came about.
        approved_by: of an adjustment or award.
    """

    period: str
    entry_type: str
    person_id: str
    segment_id: str
    pool_id: str
    currency: str
    amount: Decimal
    reason: str = ""
    approved_by: str = ""

    def to_dict(self) -> dict[str, str]:
        """Return the entry with sorted keys and its amount as text."""
        return {
            "amount": money(self.amount),
            "approved_by": self.approved_by,
            "currency": self.currency,
            "entry_type": self.entry_type,
            "period": self.period,
            "person_id": self.person_id,
            "pool_id": self.pool_id,
            "reason": self.reason,
            "segment_id": self.segment_id,
        }


def entries(people: Sequence[PersonTrace], pools: Sequence[PoolTrace | ShareTrace]) -> list[LedgerEntry]:
    """Return the ledger of a period: by person earnings, holds, adjustments and extras; then the pools.

    A team share is a pool here: it has an id and an amount, parts and a rest.
    """
    booked: list[LedgerEntry] = []
    for person in people:
        for segment in person.segments:
            parts = [(segment.pool_id, segment.earned, segment.held)]
            parts += [(own.share.pool_id, own.part.earned, own.part.held) for own in segment.shares]
            booked += [
                LedgerEntry(
                    person.period, entry_type, person.person_id, segment.segment.segment_id, pool_id, person.currency,
                    amount,
                )
                for pool_id, earned, held in parts
                for entry_type, amount in (("earning", earned), ("held", held))
                if amount
            ]  # fmt: skip
        booked += [
            LedgerEntry(
                person.period, "adjustment", person.person_id, "", "", person.currency, item.amount, item.reason,
                item.approved_by,
            )
            for item in person.adjustments
        ]  # fmt: skip
        booked += [
            LedgerEntry(
                person.period, entry_type, person.person_id, extra.segment_id, "", person.currency, amount,
                extra.reason, extra.approved_by,
            )
            for extra in person.extras
            for entry_type, amount in ((extra.kind, extra.amount), ("held", extra.held))
            if amount
        ]  # fmt: skip
    period = people[0].period if people else ""
    booked += [
        LedgerEntry(period, "undistributed", "", "", pool.pool_id, pool.currency, pool.undistributed)
        for pool in pools
        if pool.undistributed
    ]
    return booked


def check_conservation(
    ledger: Iterable[LedgerEntry], people: Sequence[PersonTrace], pools: Sequence[PoolTrace | ShareTrace]
) -> None:
    """Hold the sums of the ledger.

    Per person: earnings + adjustments + awards + piece rates + true-ups + guarantees = payable, and holds = held. Per
    pool or share: earnings + holds + undistributed = amount. Over the period: the register (all payables) = everything
    booked as paid.

    Raises:
        ConservationError: naming the person or pool and both sums.
    """
    by_person: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    by_pool: dict[str, Decimal] = defaultdict(lambda: ZERO)
    register = ZERO
    for entry in ledger:
        if entry.entry_type not in ENTRY_TYPES:
            raise ConservationError(f"ledger entry of unknown type {entry.entry_type!r}")
        by_person[entry.person_id, entry.entry_type] += entry.amount
        if entry.pool_id:
            by_pool[entry.pool_id] += entry.amount
        if entry.entry_type in PAID_TYPES:
            register += entry.amount
    for person in people:
        key = person.person_id
        _same(f"{key}: payable", person.payable, sum((by_person[key, paid] for paid in PAID_TYPES), ZERO))
        _same(f"{key}: held", person.held, by_person[key, "held"])
    for pool in pools:
        _same(f"pool {pool.pool_id}: amount", pool.amount, by_pool[pool.pool_id])
        if pool.undistributed < 0 or pool.earned < 0 or pool.held < 0:
            raise ConservationError(f"pool {pool.pool_id}: a part is negative")
    _same("register", sum((person.payable for person in people), ZERO), register)


def _same(what: str, stated: Decimal, booked: Decimal) -> None:
    if stated != booked:
        raise ConservationError(f"{what} {stated} is not the sum of the ledger, {booked}")
