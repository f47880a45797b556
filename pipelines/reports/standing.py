"""Who is at the top and who is last in a group, with ties, open scores and small groups settled by stated rules.

Belongs here: ranking scores that may still move between two bounds. Pure and without order: permuting the people
permutes the answer. Does not belong here: what a standing leads to (promotion, support), several periods.

The rules: scores are compared as printed. Equal scores share a rank. A share of a group becomes a number of places by a
stated rounding. Whether somebody is `too_close` to call is asked with the others at whichever bound would decide
otherwise: a place that withheld data could still give or take is neither given nor refused. Ties never make a last one,
and a withheld score is never last.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal

TopState = Literal["in", "tied", "too_close", "out"]
LastState = Literal["last", "too_close", "not_last"]

_ROUNDINGS = {"ceil": ROUND_CEILING, "floor": ROUND_FLOOR, "half_up": ROUND_HALF_UP}


@dataclass(frozen=True)
class Entry:
    """Somebody who is ranked: the least and the most that the score can become; both equal a score that is settled."""

    person_id: str
    low: Decimal
    high: Decimal

    @property
    def is_open(self) -> bool:
        """Whether withheld data can still move the score."""
        return self.low < self.high


@dataclass(frozen=True)
class Place:
    """A person's place in a group: the best and the worst rank that is possible, 1 at the top."""

    person_id: str
    best: int
    worst: int
    state: TopState


def places(share: Decimal, people: int, rounding: str) -> int:
    """Return how many places a share (per cent) of a group has.

    Args:
        share: per cent of the group.
        people: how many people are ranked.
        rounding: `ceil`, `floor` or `half_up`.
    """
    return int((share * people / 100).to_integral_value(rounding=_ROUNDINGS[rounding]))


def top(entries: Sequence[Entry], count: int, ties: str) -> dict[str, Place]:
    """Return everybody's place, and whether it is among the first `count`.

    `in`: whatever comes, among them. `tied`: the same, but people who share the last place make the list longer than
    `count` (`ties` is `include`). `too_close`: it depends on withheld data. With `ties` = `exclude` people who share
    a rank that does not hold them all are out.

    Args:
        entries: the people who are ranked, each once.
        count: how many places there are.
        ties: `include` or `exclude`.
    """
    lows, highs = sorted(one.low for one in entries), sorted(one.high for one in entries)
    whole = len(entries)
    found = {}
    for one in entries:
        best = 1 + whole - bisect_right(lows, one.high)
        worst = 1 + whole - bisect_right(highs, one.low) - one.is_open
        at_or_above = whole - bisect_left(lows, one.low)
        certain, possible = worst <= count, best <= count
        if ties == "exclude":
            # whoever may end level takes a place as well; one of them is the person
            certain = whole - bisect_left(highs, one.low) <= count
            possible = 1 + whole - bisect_left(lows, one.high) - (not one.is_open) <= count
        if certain:
            state: TopState = "tied" if at_or_above > count else "in"
        else:
            state = "too_close" if possible else "out"
        found[one.person_id] = Place(one.person_id, best, worst, state)
    return found


def last(entries: Sequence[Entry]) -> dict[str, LastState]:
    """Return who is last: the one settled score below all that the others can be.

    Two who share the lowest score are both `not_last`. Where an open score may fall below the lowest settled one, that
    one is `too_close`; somebody whose own score is open is never last.
    """
    lows, highs = sorted(one.low for one in entries), sorted(one.high for one in entries)
    found: dict[str, LastState] = {}
    for one in entries:
        state: LastState = "not_last"
        if len(entries) > 1 and not one.is_open:
            if bisect_right(lows, one.high) == 1:  # nobody else can come down to it
                state = "last"
            elif bisect_right(highs, one.low) == 1:  # below all that is settled, but an open score may come down to it
                state = "too_close"
        found[one.person_id] = state
    return found
