"""Shares of what a team gained: gain, conditions, amount, split.

Belongs here: docs/scoring.md, "Team shares". Does not belong here: pools and pay by the own score (`pay`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .company import Folder, Span
from .numbers import cents, largest_remainder, number
from .scores import KNOWN, Read, Scored

ZERO = Fraction(0)


@dataclass(frozen=True)
class Share:
    """One share of one team; `amount` None where it is withheld, `gain` where nobody knows it."""

    status: str
    gain: Fraction | None
    amount: Fraction | None
    earned: tuple[Fraction, ...]
    held: tuple[Fraction, ...]
    undistributed: Fraction


def excess_profit(folder: Folder, span: Span, team: str) -> tuple[Read, bool]:
    """Profit less its target, of the period itself, and whether it is the company's, which everybody shares."""
    for scope, name in (("team", team), ("company", "")):
        found = {
            row["kind"]: number(row["amount"])
            for row in folder.finance
            if (row["period"], row["scope"], row["scope_id"]) == (span.name, scope, name)
        }
        if {"profit", "profit_target"} <= found.keys():
            return Read("ok", found["profit"] - found["profit_target"]), scope == "company"
    return Read("withheld", reason="no_figure"), False


def is_missed(gate: Mapping[str, Any], read: Read) -> bool:
    """Whether the team's own value breaks a condition; one that nobody has to do with is passed."""
    if read.status not in KNOWN or read.value is None:
        return False
    return read.value > number(gate["at_most"]) if "at_most" in gate else read.value < number(gate["at_least"])


def share(rule: Mapping[str, Any], members: Sequence[Scored], gain: Read, gates: Sequence[Read]) -> Share:
    """What the members have of a gain of their team."""
    nothing = tuple(ZERO for _ in members)
    if gain.status == "not_applicable":
        return Share("not_applicable", None, ZERO, nothing, nothing, ZERO)
    if gain.value is not None and gain.value <= 0:
        return Share("no_gain", gain.value, ZERO, nothing, nothing, ZERO)
    if any(is_missed(gate, read) for gate, read in zip(rule.get("gates", []), gates, strict=True)):
        return Share("gate_not_met", gain.value, ZERO, nothing, nothing, ZERO)
    if gain.status not in KNOWN or gain.value is None:
        return Share("withheld", None, None, nothing, nothing, ZERO)
    if any(read.status == "withheld" for read in gates):
        return Share("withheld", gain.value, None, nothing, nothing, ZERO)
    amount = cents(number(rule["rate"]) / 100 * gain.value)
    weight = [one.seg.base if rule["points"] == "target_weighted" else Fraction(1) for one in members]
    lows = [one.low * one.seg.days * w for one, w in zip(members, weight, strict=True)]
    highs = [one.high * one.seg.days * w for one, w in zip(members, weight, strict=True)]
    mass = sum(highs, ZERO)
    if not mass:
        return Share("paid", gain.value, amount, nothing, nothing, amount)
    most = largest_remainder(amount, [amount * high / mass for high in highs])
    earned = tuple(
        part if low == high else min(part, cents(amount * low / mass))
        for part, low, high in zip(most, lows, highs, strict=True)
    )
    held = tuple(part - now for part, now in zip(most, earned, strict=True))
    return Share("paid", gain.value, amount, earned, held, ZERO)
