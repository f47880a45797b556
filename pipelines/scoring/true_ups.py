"""True-ups: what a quarter or a year settles of the pay of its months by its own result (001-R2, 001-K5, 001-K6).

Belongs here: what the months' share comes to by the longer period's score, the difference from what they paid, and what
becomes of a difference below 0. Does not belong here: the score and its pay (`segments`, `individual`), what was paid
(the caller reads it from sealed revisions).

`pay = f(period score) × target bonus of the months − Σ paid` (the YTD true-up of the field). The target bonus is
prorated month by month, as the months themselves did: months that all scored like their quarter leave nothing to
settle. While data is withheld the result lies between two amounts; what both of them settle is settled, and what only
the higher one would pay is held.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from pipelines.schemes.model import Scheme, TrueUp
from pipelines.scoring.extras import TRUE_UP, Extra
from pipelines.scoring.inputs import PaidInput, SegmentInput
from pipelines.scoring.numbers import HUNDRED, ZERO, money, plain, round_once, shown

if TYPE_CHECKING:
    from pipelines.scoring.trace import SegmentTrace


def true_ups(
    period_type: str, schemes: Mapping[str, Scheme], segments: Sequence[SegmentTrace], paid: Iterable[PaidInput]
) -> list[Extra]:
    """Return the true-ups of one person, one a scheme that settles in this kind of period, by scheme id.

    Args:
        period_type: month, quarter or year.
        schemes: by id.
        segments: of the person in the period, with their pay by the own score.
        paid: what the person's months paid, one a scheme that settles them.

    Raises:
        ValueError: when a segment's scheme settles and what its months paid was not handed in.
    """
    given = {one.scheme_id: one for one in paid}
    found = []
    for scheme_id in sorted({*given, *(one.segment.scheme_id for one in segments)}):
        scheme = schemes.get(scheme_id)
        if scheme is None or scheme.true_up is None or scheme.true_up.of != period_type:
            continue
        own = [one for one in segments if one.segment.scheme_id == scheme_id]
        if scheme_id not in given:
            raise ValueError(f"{own[0].segment.person_id}: what the months paid under {scheme_id} was not handed in")
        found.append(_true_up(scheme, scheme.true_up, own, given[scheme_id]))
    return found


def months_due(segment: SegmentInput, amount: Decimal, share: Decimal, payout: Decimal) -> Decimal:
    """Return what the months of a segment would have paid by one result: amount × share × Σ days × payout, unrounded.

    Args:
        segment: with the days of its months.
        amount: of a whole month, in currency.
        share: of the amount that months pay, in per cent.
        payout: what the result brings, in per cent.
    """
    parts = sum((Decimal(days) / of for days, of in segment.month_days), ZERO)
    return amount * share * payout * parts / (HUNDRED * HUNDRED)


def _true_up(scheme: Scheme, rule: TrueUp, segments: Sequence[SegmentTrace], given: PaidInput) -> Extra:
    share = scheme.shares.month
    lows, highs = [], []
    for one in segments:
        if one.own is not None:
            pay = one.own
            low = pay.payout_low.output if pay.payout_low else HUNDRED
            high = pay.payout_high.output if pay.payout_high else HUNDRED
            lows.append(months_due(one.segment, pay.amount_low, share, low))
            highs.append(months_due(one.segment, pay.amount_high, share, high))
    due_low, due_high = round_once(sum(lows, ZERO)), round_once(sum(highs, ZERO))
    missing = [one.month for one in given.months if one.amount is None]
    if given.balance is None:
        missing.append(given.balance_of)
    told = {
        "balance_after": None,
        "balance_before": None if given.balance is None else money(given.balance),
        "balance_of": given.balance_of,
        "due_high": money(due_high),
        "due_low": money(due_low),
        "missing": missing,
        "months": [
            {
                "amount": None if one.amount is None else money(one.amount),
                "month": one.month,
                "revision": one.revision,
            }
            for one in given.months
        ],
        "negative": rule.negative,
        "of": rule.of,
        "paid": None,
        "parts": [
            {
                "amount": plain(one.own.amount_low),
                "due": plain(due),
                "month_days": [list(days) for days in one.segment.month_days],
                "payout": plain(one.own.payout_low.output if one.own.payout_low else HUNDRED),
                "segment_id": one.segment.segment_id,
                "share": plain(share),
            }
            for one, due in zip([one for one in segments if one.own is not None], lows, strict=True)
            if one.own is not None
        ],
        "req": rule.req,
        "scheme_id": given.scheme_id,
        "status": "settled",
    }
    if any(one.own is None and one.segment.eligible_days for one in segments):
        # without a result of its own the period has nothing to settle by
        return Extra(TRUE_UP, "", ZERO, told=told | {"status": "not_scored"})
    if missing:
        return Extra(TRUE_UP, "", ZERO, told=told | {"status": "waits"})
    paid = sum((one.amount for one in given.months if one.amount is not None), ZERO)
    before = given.balance or ZERO
    settled, most = _between(due_low - paid + before, due_high - paid + before)
    amount = settled if rule.negative == "offset" else max(ZERO, settled)
    after = min(ZERO, settled) if rule.negative == "carry" else ZERO
    reason = _formula(rule, due_low if settled >= 0 else due_high, [one.amount or ZERO for one in given.months], before)
    if not settled and due_low != due_high:
        reason = f"{money(due_low)} … {money(due_high)} − {money(paid - before)}"
    held = max(ZERO, most) - max(ZERO, settled)
    return Extra(TRUE_UP, "", amount, held, reason, told=told | {"balance_after": money(after), "paid": money(paid)})


def _between(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """Return what is settled now of a difference between two bounds, and the most that it can become.

    Missing data neither pays nor takes anything: as long as the sign is open nothing is settled.
    """
    if low >= 0:
        return low, high
    return (high, high) if high <= 0 else (ZERO, high)


def _formula(rule: TrueUp, due: Decimal, paid: Sequence[Decimal], before: Decimal) -> str:
    written = f"{shown(due)} − ({' + '.join(money(amount) for amount in paid) or '0'})"
    if before:
        written += f" + ({money(before)})"
    return written if rule.negative == "offset" else f"max(0, {written})"
