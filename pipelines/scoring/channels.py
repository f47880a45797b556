"""Attainment of a cost by channel: cheap channels may weigh more than dear ones (004-R5, 004-G2).

Belongs here: what each channel reaches by its own target, and their weighted mean. Does not belong here: the attainment
of one number (`targets`), which records belong to a channel (the warehouse).

`attainment = Σ w_c × a_c / Σ w_c` over the channels of the period. A channel on which money was spent and which brought
nothing has no cost per result and counts 0: leaving it out would reward the waste. One without money and results is not
there. No channel counts below 0 or beyond the end of the KPI's curve, so that none outweighs its weight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pipelines.scoring.inputs import ChannelReading
from pipelines.scoring.numbers import CONTEXT, ZERO, clean, plain, shown
from pipelines.scoring.targets import Goal


@dataclass(frozen=True, slots=True)
class ChannelPart:
    """What one channel reaches.

    Attributes:
        reading: money and results.
        weight: by the scheme.
        target: of the channel, in the KPI's unit.
        value: money by result; None without a result.
        attained: in per cent, between 0 and the end of the curve.
    """

    reading: ChannelReading
    weight: Decimal
    target: Decimal
    value: Decimal | None
    attained: Decimal

    def to_dict(self) -> dict[str, Any]:
        """Return the channel for the trace."""
        return {
            "attainment": plain(self.attained),
            "channel": self.reading.channel,
            "results": plain(self.reading.results),
            "spend": plain(self.reading.spend),
            "target": plain(self.target),
            "value": plain(self.value),
            "weight": plain(self.weight),
        }


def by_channel(goal: Goal, readings: Sequence[ChannelReading]) -> list[ChannelPart]:
    """Return what each channel reaches, in the order of the readings; none where the KPI is not weighed by channel.

    A target of the channel's own moves the baseline in proportion.
    """
    rule = goal.rule.channels
    if rule is None:
        return []
    parts = []
    for one in readings:
        if one.spend <= 0 and one.results <= 0:
            continue
        stated = rule.of(one.channel)
        weight = stated.weight if stated else rule.others
        target = stated.target if stated and stated.target is not None else goal.target
        value = CONTEXT.divide(one.spend, one.results) if one.results > 0 else None
        attained = ZERO if value is None else _own_goal(goal, target).attain(value)
        parts.append(ChannelPart(one, weight, target, value, min(max(attained, ZERO), goal.points[-1][0])))
    return parts


def weighed(parts: Sequence[ChannelPart]) -> Decimal:
    """Return the weighted mean of at least one channel, in per cent."""
    weights = sum((part.weight for part in parts), ZERO)
    return clean(sum((part.weight * part.attained for part in parts), ZERO) / weights)


def formula(parts: Sequence[ChannelPart], attained: Decimal) -> str:
    """Write the mean with its numbers, such as `(3 × 120 + 1 × 0) / 4 = 90 %`."""
    top = " + ".join(f"{shown(part.weight)} × {shown(part.attained)}" for part in parts)
    return f"({top}) / {shown(sum((part.weight for part in parts), ZERO))} = {shown(attained)} %"


def _own_goal(goal: Goal, target: Decimal) -> Goal:
    if target == goal.target:
        return goal
    baseline = None if goal.baseline is None else CONTEXT.divide(goal.baseline * target, goal.target)
    return replace(goal, target=target, baseline=baseline)
