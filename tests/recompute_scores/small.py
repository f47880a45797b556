"""Ratios over few units: the minimum denominator, and what shrinking to the team's mean makes of a value.

Belongs here: docs/scoring.md, "Small numbers". Does not belong here: intervals and cut-offs that are too close to call,
which move nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from .company import Seg
from .measures import Scheme
from .numbers import half_up, number
from .scores import KNOWN, Read

ZERO = Fraction(0)


def as_counted(read: Read, block: Mapping[str, Any], row: Mapping[str, str]) -> Read:
    """A reading by the minimum of its KPI: the scheme's own, else the catalogue's; below it provisional by default."""
    if read.status not in KNOWN or read.value is None or read.denominator is None:
        return read
    rule = block.get("small_numbers", {})
    least = rule.get("at_least", row["min_denominator"])
    if least in {None, ""} or read.denominator >= number(least):
        return read
    if rule.get("below") == "not_applicable":
        return replace(read, status="not_applicable", value=None, reason="few_records")
    return replace(read, status="provisional", reason=read.reason or "few_records")


def counted(
    reads: Mapping[tuple[str, ...], Read],
    segments: list[Seg],
    schemes: Mapping[str, Scheme],
    catalogue: Mapping[str, Mapping[str, str]],
) -> dict[tuple[str, ...], Read]:
    """Every reading of the segments as it counts; only a person's own one is drawn to the mean of the team."""
    found = dict(reads)
    by_name = {(one.person, one.id): one for one in segments}
    for key, read in reads.items():
        seg = by_name.get((key[0], key[1]))
        block = schemes[seg.scheme]["kpis"].get(key[2]) if seg else None
        if seg is None or block is None:
            continue
        judged = as_counted(read, block, catalogue[key[2]])
        shrinkage = block.get("small_numbers", {}).get("shrinkage")
        if shrinkage and len(key) == 3 and judged.status in KNOWN and judged.denominator is not None:
            team = [one for one in segments if (one.team, one.scheme) == (seg.team, seg.scheme)]
            judged = _drawn(judged, number(shrinkage["k"]), [reads.get((one.person, one.id, key[2])) for one in team])
        found[key] = judged
    return found


def _drawn(read: Read, k: Fraction, team: list[Read | None]) -> Read:
    """(n × own + k × team) / (n + k), the team's mean of what is known of it."""
    known = [one for one in team if one is not None and one.status in KNOWN and one.denominator is not None]
    below = sum((one.denominator or ZERO for one in known), ZERO)
    if not below or read.denominator is None or read.value is None:
        return read
    mean = half_up(sum((one.numerator or ZERO for one in known), ZERO) / below, 12)
    value = half_up((read.denominator * read.value + k * mean) / (read.denominator + k), 12)
    if read.status == "ok" and any(one is None or one.status == "withheld" for one in team):
        return replace(read, value=value, status="provisional", reason="team_mean_open")
    return replace(read, value=value)
