"""Exact arithmetic: the decimal context, the one rounding, largest remainder, and numbers as text.

Belongs here: what every other module of the room counts with. Does not belong here: any rule of a scheme.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)
CENT = Decimal("0.01")

#: 40 digits: 20 before the point are more than any pool, 20 behind it keep what divisions lose out of sight.
CONTEXT = Context(prec=40, rounding=ROUND_HALF_EVEN)
_GUARD = Decimal("1e-20")
_SHOWN = Decimal("1e-12")
_ATTAINED = Decimal("1e-8")
_FORMULA = Decimal("1e-6")


def round_once(value: Decimal, unit: Decimal = CENT) -> Decimal:
    """Round half-up to a multiple of `unit` (a power of ten).

    A sum of thirds that is 82.505 in truth may be 82.50499…9 in 40 digits: the value is first brought to 20 decimals,
    so that a tie is recognised as the tie it is.
    """
    return value.quantize(_GUARD, context=CONTEXT).quantize(unit, rounding=ROUND_HALF_UP, context=CONTEXT)


def clean(attainment: Decimal) -> Decimal:
    """Free an attainment in per cent of representation noise: 8 decimals.

    The warehouse states values with 12 decimals and a prorated target has no end: 99.9999999998 % of 31 days' thirds is
    a person at target, and must not miss a step or a tier for it. The effect on a score is below 0.000001 points.
    """
    return attainment.quantize(_ATTAINED, rounding=ROUND_HALF_EVEN, context=CONTEXT)


def round_down(value: Decimal, unit: Decimal = CENT) -> Decimal:
    """Round towards zero to a multiple of `unit`; for limits, which must not be exceeded."""
    return value.quantize(_GUARD, context=CONTEXT).quantize(unit, rounding=ROUND_DOWN, context=CONTEXT)


def _floor(value: Decimal) -> tuple[int, Decimal]:
    guarded = value.quantize(_GUARD, context=CONTEXT)
    whole = guarded.to_integral_value(rounding=ROUND_FLOOR)
    return int(whole), guarded - whole


def largest_remainder(total: int, weights: Sequence[Decimal]) -> list[int]:
    """Split whole units over non-negative weights, so that the parts sum to the total exactly.

    Everybody gets the whole part of the exact share; the units left go to the largest remainders, one each, and among
    equal ones to the earlier in order.

    Returns:
        One part a weight; all zero where the weights sum to zero (then nothing can be distributed).
    """
    whole = sum(weights, ZERO)
    if whole <= 0:
        return [0] * len(weights)
    exact = Decimal(total)
    return _hand_out(total, [CONTEXT.divide(CONTEXT.multiply(exact, weight), whole) for weight in weights])


def apportion(total: Decimal, parts: Sequence[Decimal], unit: Decimal = CENT) -> list[Decimal]:
    """Round parts to a multiple of `unit` so that they sum to their rounded total; parts may be negative.

    Args:
        total: the sum of the parts, already rounded.
        parts: exact parts.
        unit: the smallest step, a power of ten.
    """
    scale = CONTEXT.divide(ONE, unit)
    units = _hand_out(int(total / unit), [CONTEXT.multiply(part, scale) for part in parts])
    return [CONTEXT.multiply(Decimal(count), unit) for count in units]


def _hand_out(total: int, exact: Sequence[Decimal]) -> list[int]:
    floors = [_floor(share) for share in exact]
    counts = [count for count, _ in floors]
    left = total - sum(counts)
    if left:
        order = sorted(range(len(floors)), key=lambda index: (-floors[index][1], index))
        for index in order[:left]:
            counts[index] += 1
    return counts


def plain(value: Decimal | None) -> str | None:
    """Write a number for the trace: at most 12 decimals, no exponent, no trailing zeros."""
    if value is None:
        return None
    written = format(value, "f")
    _, point, decimals = written.partition(".")
    if not point:
        return "0" if written == "-0" else written
    if len(decimals) > 12:
        written = format(value.quantize(_SHOWN, context=CONTEXT), "f")
    written = written.rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def money(value: Decimal) -> str:
    """Write an amount with two decimals; a finer amount is a defect and raises ValueError."""
    rounded = value.quantize(CENT, context=CONTEXT)
    if rounded != value:
        raise ValueError(f"an amount finer than a cent: {value}")
    return format(rounded, "f")


def shown(value: Decimal) -> str:
    """Write a number for a formula that a person reads: at most 6 decimals."""
    written = format(value, "f")
    if len(written.partition(".")[2]) > 6:
        value = round_once(value, _FORMULA)
    return plain(value) or "0"
