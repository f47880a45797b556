"""Exact numbers, rounding and largest remainder.

Belongs here: arithmetic without a meaning of its own. Does not belong here: any rule of a scheme.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor

HUNDRED = Fraction(100)


def number(raw: object) -> Fraction:
    """A number of a file or of the warehouse, exact: 0.85 is 17/20 and no float."""
    return Fraction(str(raw))


def half_up(value: Fraction, places: int) -> Fraction:
    """Rounded to `places` decimals, a half away from zero."""
    scale = 10**places
    units = floor(abs(value) * scale + Fraction(1, 2))
    return Fraction(units if value >= 0 else -units, scale)


def cents(value: Fraction) -> Fraction:
    """Rounded half-up to whole cents."""
    return half_up(value, 2)


def floor_cents(value: Fraction) -> Fraction:
    """Rounded down to whole cents."""
    return Fraction(floor(value * 100), 100)


def half_even(value: Fraction, places: int) -> Fraction:
    """Rounded to `places` decimals, a half to the even digit."""
    return Fraction(round(value * 10**places), 10**places)


def largest_remainder(total: Fraction, parts: Sequence[Fraction]) -> list[Fraction]:
    """`total`, whole cents, apportioned to `parts`: each rounded down, the cents left to the largest remainders."""
    if not parts:
        return []
    floors = [floor(part * 100) for part in parts]
    left = int(total * 100) - sum(floors)
    order = sorted(range(len(parts)), key=lambda i: (floors[i] - parts[i] * 100, i))
    for place in range(left):
        floors[order[place % len(parts)]] += 1
    return [Fraction(units, 100) for units in floors]
