"""Where chance alone may have decided who stands on a list of candidates.

Belongs here: the note `by_chance` of candidate lists. Does not belong here: how far chance may have moved a score
(`pipelines.scoring.chance`), places and ties (`standing`). It changes no place: people decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from pipelines.reports.results import Result
from pipelines.reports.standing import Place


def chance_note(result: Result, line: Decimal | None) -> str:
    """Return `by_chance` where a line that the score has reached lies within what chance may have done, else nothing.

    Args:
        result: of the person, on the list.
        line: the score to be reached, or that of the best who is not on the list; None where there is none.
    """
    ends, score = result.chance, result.score
    if ends is None or line is None or score is None:
        return ""
    return "by_chance" if ends[0] < line <= score else ""


def best_outside(members: Iterable[Result], standing: Mapping[str, Place]) -> Decimal | None:
    """Return the highest settled score of those who are out; None where nobody is."""
    scores = [one.score for one in members if standing[one.person_id].state == "out" and one.score is not None]
    return max(scores, default=None)
