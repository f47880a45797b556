"""What is doubtful about experts' judgements though nothing is wrong with them.

Belongs here: the warnings of `scorecards weights`. Does not belong here: errors of the file (`company.expert_rules`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from pipelines.company.findings import Finding
from pipelines.scorecards.formats import fixed
from pipelines.scorecards.weights.judged import (
    Compared,
    Style,
    Surveyed,
    Weighed,
    method_of,
    shown_change,
    shown_cv,
)
from pipelines.scoring.delphi import (
    CV_LIMIT,
    CV_SETTLED,
    W_SETTLED,
)
from pipelines.scoring.weights import Circle, circles, decimal_of

_Warn = Callable[..., Finding]


def doubts(one: Weighed, file: str, style: Style) -> Iterator[Finding]:
    """Yield the warnings of one study.

    Args:
        one: the study with its results.
        file: as findings call the file.
        style: language and rounding.
    """
    what = style.listed(one.study.topic, method_of(one.study))

    def warn(code: str, row: int = 0, column: str = "", value: str = "", **params: object) -> Finding:
        params["what"] = what
        problem = style.text(f"warning.{code}", **params)
        return Finding(file, row, column, value, problem, style.text(f"warning.{code}.mend", **params))

    if isinstance(one, Compared):
        for expert, row, matrix in zip(one.study.experts, one.study.rows, one.study.matrices, strict=True):
            if found := circles(matrix):
                more = style.text("warning.more_circles", count=len(found) - 1) if len(found) > 1 else ""
                yield warn("circle", row, "expert", expert, circle=_told(found[0], one.study.items), more=more)
    else:
        yield from _round_warnings(one, style, warn)
    items, weights = one.final
    for item, weight, part in zip(items, weights, style.percentages(weights, items), strict=True):
        if weight == 0:
            yield warn("no_weight", 0, "item", item)
        elif part == 0:
            yield warn("rounded_away", 0, "item", item)


def _round_warnings(one: Surveyed, style: Style, warn: _Warn) -> Iterator[Finding]:
    """Warnings of a survey; rounds that were asked again are past, so of single rounds only the last is judged."""
    study, result = one.study, one.rounds[-1]
    last = study.rounds[-1]
    for item, row, cv, scattered in zip(last.items, last.rows, result.variations, result.scattered, strict=True):
        if scattered:
            limit = fixed(decimal_of(CV_LIMIT), 2)
            yield warn("scattered", row, "item", item, round=last.number, cv=shown_cv(cv), limit=limit)
    if result.concordance is None:
        why = "warning.one_item" if len(last.items) < 2 else "warning.no_order"
        yield warn("no_concordance", round=last.number, why=style.text(why))
    if (missing := last.authority.count(None)) and missing < len(last.experts):
        yield warn("authority_partly", round=last.number, missing=missing, experts=len(last.experts))
    for earlier, later in pairwise(one_round.number for one_round in study.rounds):
        if later != earlier + 1:
            yield warn("round_gap", earlier=earlier, later=later)
    if one.changes and not one.changes[-1].settled:
        limits = {"w_limit": fixed(decimal_of(W_SETTLED), 2), "cv_limit": fixed(decimal_of(CV_SETTLED), 2)}
        rounds = {"earlier": study.rounds[-2].number, "later": last.number}
        yield warn("unstable", **rounds, **limits, **shown_change(one.changes[-1]))


def _told(circle: Circle, items: Sequence[str]) -> str:
    """Write a circle as its steps: `A > B = C > A`."""
    names = [items[index] for index in circle.items]
    marks = [">" if strict else "=" for strict in circle.strict]
    return " ".join(part for pair in zip(names, marks, strict=True) for part in pair) + f" {names[0]}"
