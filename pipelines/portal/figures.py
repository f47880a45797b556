"""What HR sees of a period as a whole: scores of the company and of its teams, without anybody's own figure.

Belongs here: means and medians of groups, and which groups are too small to be shown. Pure. Does not belong here: the
lists of a period, which were sealed with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Figures:
    """One group of people with a score.

    Attributes:
        group: the team; empty for the whole company.
        people: how many have a score.
        mean: of their printed scores; None where the group is not shown.
        middle: their median; None likewise.
    """

    group: str
    people: int
    mean: Decimal | None
    middle: Decimal | None


def group_figures(traces: Iterable[Mapping[str, Any]], least: int) -> list[Figures]:
    """Return the figures of the company, then of each team by name.

    A team smaller than `least` is not shown. Where what is not shown comes to fewer than `least` people in all, the
    smallest shown team is left out too: else the company less the other teams would tell it.

    Args:
        traces: the people of a period; the last part's team is a person's team.
        least: how many people a group needs, `ListSettings.least_shown`.
    """
    scores: dict[str, list[Decimal]] = {}
    for trace in traces:
        if trace["printed_score"] is not None and trace["segments"]:
            scores.setdefault(trace["segments"][-1]["team_id"], []).append(Decimal(trace["printed_score"]))
    hidden = {team for team, found in scores.items() if len(found) < least}
    shown = sorted(scores.keys() - hidden, key=lambda team: (len(scores[team]), team))
    while hidden and shown and sum(len(scores[team]) for team in hidden) < least:
        hidden.add(shown.pop(0))
    everybody = [score for found in scores.values() for score in found]
    rows = [_figures("", everybody, hidden=len(everybody) < least)]
    return rows + [_figures(team, scores[team], hidden=team in hidden) for team in sorted(scores)]


def _figures(group: str, scores: list[Decimal], *, hidden: bool) -> Figures:
    if hidden or not scores:
        return Figures(group, len(scores), None, None)
    return Figures(group, len(scores), _rounded(sum(scores, Decimal(0)) / len(scores)), _rounded(median(scores)))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
