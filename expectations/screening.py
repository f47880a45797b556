"""Which of many frames hold all their rules: each rule is evaluated once, over all frames that it is for.

Belongs here: pooling frames. Great Expectations takes about as long for a rule on ten rows as on ten thousand, and a
company has a hundred frames under mostly the same rules. Does not belong here: what a breach is and how it is told: a
frame in which a pool finds anything is judged alone by the runner, and only that is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from expectations.rules import Rule, Suite, unique_together

if TYPE_CHECKING:
    import pandas as pd

#: Column of a pool that says which frame a row is from.
FRAME = "_frame"

#: Says for each rule at which places (from 0) of the frame it is broken.
Evaluate = Callable[[Suite, "pd.DataFrame"], list[list[int]]]


def sound(asked: Sequence[tuple[Suite, pd.DataFrame]], evaluate: Evaluate) -> list[bool]:
    """Say of each frame whether no row of it breaks any rule of its suite.

    A rule that tolerates a share of breaches (`mostly`) is taken without that: such a frame is not called sound.
    Frames have the columns of their suites and at least one row.
    """
    is_sound = [True] * len(asked)
    for rules, members in _pools([suite for suite, _ in asked]):
        frame, dates = _together(asked, rules, members)
        suite = Suite("pool", "Pool", "one row of a frame", tuple(frame.columns), rules, dates)
        for broken in evaluate(suite, frame):
            for place in broken:
                is_sound[int(frame[FRAME].iloc[place])] = False
    return is_sound


def _pools(suites: Sequence[Suite]) -> list[tuple[tuple[Rule, ...], tuple[int, ...]]]:
    """Rules that the same frames are under, with the places of those frames."""
    members: dict[tuple[str, tuple[bool, ...]], list[int]] = {}
    strict: dict[tuple[str, tuple[bool, ...]], Rule] = {}
    for place, suite in enumerate(suites):
        for rule in suite.rules:
            bare = _without_tolerance(rule)
            name = (bare.key, tuple(column in suite.dates for column in _columns(rule)))
            strict.setdefault(name, bare)
            if place not in members.setdefault(name, []):
                members[name].append(place)
    pools: dict[tuple[int, ...], list[Rule]] = {}
    for name, places in members.items():
        rule = strict[name]
        pools.setdefault(tuple(places), []).append(_within_a_frame(rule) if len(places) > 1 else rule)
    return [(tuple(rules), places) for places, rules in pools.items()]


def _columns(rule: Rule) -> tuple[str, ...]:
    """The columns that a rule reads, in the order of its arguments."""
    several = rule.arguments.get("column_list")
    if isinstance(several, list):
        return tuple(several)
    return tuple(str(rule.arguments[name]) for name in ("column", "column_A", "column_B") if name in rule.arguments)


def _without_tolerance(rule: Rule) -> Rule:
    return replace(rule, arguments={name: value for name, value in rule.arguments.items() if name != "mostly"})


def _within_a_frame(rule: Rule) -> Rule:
    """What must be unique is so within its own frame."""
    if rule.expectation == "ExpectCompoundColumnsToBeUnique":
        return replace(unique_together((FRAME, *_columns(rule)), rule.mend), column=rule.column)
    if rule.expectation == "ExpectColumnValuesToBeUnique":
        together = unique_together((FRAME, *_columns(rule)), rule.mend)
        return replace(together, arguments={**together.arguments, "ignore_row_if": "any_value_is_missing"})
    return rule


def _together(
    asked: Sequence[tuple[Suite, pd.DataFrame]], rules: tuple[Rule, ...], members: tuple[int, ...]
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The columns that the rules read, of all members, and which of them are days."""
    import pandas as pd

    columns = [name for name in dict.fromkeys(name for rule in rules for name in _columns(rule)) if name != FRAME]
    dates = tuple(name for name in columns if name in asked[members[0]][0].dates)
    parts = [asked[place][1][columns].assign(**{FRAME: place}) for place in members]
    return pd.concat(parts, ignore_index=True), dates
