"""Tiers of a curve, written as rates, made into the points that they come to.

Belongs here: `kind: marginal` and `kind: whole_amount`. Does not belong here: reading a curve (`pipelines.scoring`),
which knows points only.

A curve of tiers says from which input on which rate holds, and where it ends:

    kind: marginal                            # each tier pays its own rate on what lies in it
    tiers: [[0, 0.5], [80, 1], [100, 2]]      # [from input %, output per input]
    until: 120                                # the cap: beyond it nothing more

`marginal` is 40 at 80, 60 at 100 and 100 at 120. `whole_amount` pays the rate of the highest tier reached on
everything: 40 just below 80, 80 at it, and so on; each tier is a cliff, which `lint` tells. Below the first tier the
output is 0.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

from pipelines.schemes.parsed import HUNDRED, items, mapping

TIER_KINDS = ("marginal", "whole_amount")
#: Where curves stand, beside those under `curves`.
_PLACES = (("pool", "factor"), ("pool", "personal_cap"), ("individual", "payout"))


def expand_tiers(data: Any) -> Any:
    """Return a parsed scheme file whose curves of tiers have points.

    A curve that is no sound one of tiers stays as it is: the model, which knows no `tiers`, reports it.
    """
    scheme = mapping(data)
    if not scheme:
        return data
    made = dict(scheme)
    if mapping(scheme.get("curves")):
        made["curves"] = {name: _expanded(curve) for name, curve in scheme["curves"].items()}
    for form, name in _PLACES:
        block = mapping(made.get(form))
        if mapping(block.get(name)):
            made[form] = {**block, name: _expanded(block[name])}
    return made


def tier_points(kind: str, tiers: list[tuple[Decimal, Decimal]], until: Decimal) -> list[list[Decimal]]:
    """Return the points of a curve of tiers.

    >>> [[str(n) for n in point] for point in tier_points("marginal", [(Decimal(0), Decimal(1))], Decimal(120))]
    [['0', '0'], ['100', '100'], ['120', '120']]

    Args:
        kind: marginal or whole_amount.
        tiers: [from input, rate], ascending.
        until: the input beyond which the output stays.
    """
    points: list[list[Decimal]] = []
    total = Decimal(0)
    for (start, rate), (end, _) in pairwise([*tiers, (until, Decimal(0))]):
        # a point at the target even inside a tier: a KPI's curve has one
        inner = [HUNDRED] if start < HUNDRED < end else []
        first = total if kind == "marginal" else rate * start
        for at in (start, *inner, end):
            point = [at, first + rate * (at - start)]
            if not points or points[-1] != point:
                points.append(point)
        total += rate * (end - start)
    return points


def _expanded(raw: Any) -> Any:
    curve = mapping(raw)
    tiers = [tuple(tier) for tier in items(curve.get("tiers")) if isinstance(tier, list)]
    until: Any = curve.get("until")
    if curve.get("kind") not in TIER_KINDS or not _is_sound(tiers, until) or "points" in curve:
        return raw
    rest = {key: value for key, value in curve.items() if key not in ("tiers", "until")}
    return {**rest, "kind": "linear", "points": tier_points(curve["kind"], tiers, until)}


def _is_sound(tiers: list[Any], until: Any) -> bool:
    numbers = [number for tier in tiers for number in tier]
    if not tiers or not all(isinstance(number, Decimal) for number in [*numbers, until]):
        return False
    starts = [tier[0] for tier in tiers]
    return all(len(tier) == 2 and tier[1] >= 0 for tier in tiers) and all(
        low < high for low, high in pairwise([*starts, until])
    )


__all__ = ["TIER_KINDS", "expand_tiers", "tier_points"]
