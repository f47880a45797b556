"""Attainment: how far a value is on its way to the target.

Belongs here: the four forms of attainment. Does not belong here: points (`curves`) and where targets come from
(`targets`).

All forms return a share (1 = exactly at target) and grow as the value gets better.
"""

from __future__ import annotations

from decimal import Decimal

from pipelines.scoring.numbers import CONTEXT, ONE, ZERO


def ratio(value: Decimal, target: Decimal, direction: str, cap: Decimal | None = None) -> Decimal:
    """actual/target; where lower is better target/actual, which is unbounded near 0 and therefore capped.

    Args:
        value: the KPI's value.
        target: above 0, in the same unit.
        direction: `higher` or `lower` is better.
        cap: the most that is returned, as a share; required where lower is better.

    Raises:
        ValueError: for a target of 0 or less, or a lower-is-better ratio without a cap.
    """
    if target <= 0:
        raise ValueError(f"the ratio has no meaning for a target of {target}")
    if direction == "higher":
        attained = CONTEXT.divide(value, target)
    elif cap is None:
        raise ValueError("a lower-is-better ratio needs a cap: it is unbounded near 0")
    else:
        attained = CONTEXT.divide(target, value) if value > 0 else cap
    return attained if cap is None else min(attained, cap)


def linear(value: Decimal, target: Decimal) -> Decimal:
    """2 − actual/target, for KPIs where lower is better: 1 at the target, 0 at twice the target, 2 at nothing.

    Raises:
        ValueError: for a target of 0 or less.
    """
    if target <= 0:
        raise ValueError(f"the linear form has no meaning for a target of {target}")
    return CONTEXT.subtract(Decimal(2), CONTEXT.divide(value, target))


def from_baseline(value: Decimal, baseline: Decimal, target: Decimal) -> Decimal:
    """(actual − base)/(target − base); where lower is better the target simply lies below the base.

    Raises:
        ValueError: when the target equals the baseline.
    """
    if target == baseline:
        raise ValueError("the baseline equals the target")
    return CONTEXT.divide(CONTEXT.subtract(value, baseline), CONTEXT.subtract(target, baseline))


def difference(value: Decimal, target: Decimal, scale: Decimal, direction: str) -> Decimal:
    """1 + (actual − target)/scale, or 1 − … where lower is better: for targets at, below or across zero.

    Args:
        value: the KPI's value.
        target: any number, in the same unit.
        scale: the distance from the target that is worth 100 per cent; above 0.
        direction: `higher` or `lower` is better.

    Raises:
        ValueError: for a scale of 0 or less.
    """
    if scale <= 0:
        raise ValueError(f"the scale of the difference form must be above 0, not {scale}")
    part = CONTEXT.divide(CONTEXT.subtract(value, target), scale)
    return CONTEXT.add(ONE, part if direction == "higher" else -part)


def default_baseline(target: Decimal, direction: str) -> Decimal:
    """The baseline where none is given: 0, or twice the target where lower is better (the linear form)."""
    return ZERO if direction == "higher" else target * 2
