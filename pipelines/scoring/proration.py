"""Prorated target bonuses: pay for the days that somebody was there, at the rate of each day.

Belongs here: the day-exact proration. Does not belong here: which days are eligible (`pipelines.company`).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from pipelines.scoring.numbers import CONTEXT, HUNDRED, ZERO


def prorate(base: Decimal, percent: Decimal, days: int, period_days: int) -> Decimal:
    """Base × percent × days / period_days, unrounded.

    Args:
        base: what a whole period is worth, in currency.
        percent: the share of it, in per cent.
        days: eligible days.
        period_days: days of the period.
    """
    return CONTEXT.divide(
        CONTEXT.multiply(CONTEXT.multiply(base, percent), Decimal(days)),
        CONTEXT.multiply(HUNDRED, Decimal(period_days)),
    )


def prorated_total(segments: Iterable[tuple[Decimal, Decimal, int]], period_days: int) -> Decimal:
    """Σ base × percent × days / period_days over segments (base, percent, days), unrounded: round only at the end."""
    return sum((prorate(base, percent, days, period_days) for base, percent, days in segments), ZERO)
