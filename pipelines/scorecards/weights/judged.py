"""Judgements with what they come to, and how their numbers are written.

Belongs here: what the table, the files and the doubts are all made from. Does not belong here: the arithmetic
(`scoring.weights`, `scoring.delphi`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from pipelines.company.expert_rounds import DelphiRound, DelphiStudy, PairStudy, Study
from pipelines.scorecards.formats import NO_VALUE, fixed, signed
from pipelines.scoring.delphi import (
    Authority,
    RoundResult,
    Stability,
    authority,
    round_result,
    stability,
)
from pipelines.scoring.numbers import plain
from pipelines.scoring.weights import PairWeights, decimal_of, pair_weights, percentages
from pipelines.texts import text


@dataclass(frozen=True)
class Style:
    """How numbers are printed: language, decimals of weights, what the weights sum to."""

    lang: str
    decimals: int
    total: Decimal

    def text(self, key: str, **params: object) -> str:
        """The text `weights.<key>`."""
        return text(f"weights.{key}", self.lang, **params)

    def listed(self, *parts: str) -> str:
        """Write what is not empty, with commas."""
        return self.text("comma").join(part for part in parts if part)

    def percentages(self, weights: Sequence[Fraction], items: Sequence[str]) -> list[Decimal]:
        """Weights as they are printed, which sum to the total exactly."""
        return percentages(weights, items, self.decimals, self.total)


@dataclass(frozen=True)
class Compared:
    """Comparisons with what they come to."""

    study: PairStudy
    result: PairWeights

    @property
    def final(self) -> tuple[tuple[str, ...], tuple[Fraction, ...]]:
        """The items and their weights."""
        return self.study.items, self.result.weights


@dataclass(frozen=True)
class Surveyed:
    """A survey with the results of its rounds, and the changes from each to the next."""

    study: DelphiStudy
    rounds: tuple[RoundResult, ...]
    authorities: tuple[Authority | None, ...]
    changes: tuple[Stability, ...]

    @property
    def final(self) -> tuple[tuple[str, ...], tuple[Fraction, ...]]:
        """The items and weights that count: those of the last round."""
        return self.study.rounds[-1].items, self.rounds[-1].weights


Weighed = Compared | Surveyed


def weigh(study: Study) -> Weighed:
    """Work out one study."""
    if isinstance(study, PairStudy):
        return Compared(study, pair_weights(study.matrices, study.method))
    results = tuple(round_result(one.scores, study.full_mark) for one in study.rounds)
    stated = tuple(authority([given for given in one.authority if given is not None]) for one in study.rounds)
    told = list(zip(study.rounds, results, strict=True))
    changes = tuple(
        stability(_variations(*earlier), _variations(*later), _w(earlier[1]), _w(later[1]))
        for earlier, later in pairwise(told)
    )
    return Surveyed(study, results, stated, changes)


def _variations(one: DelphiRound, result: RoundResult) -> dict[str, Decimal | None]:
    return {item.casefold(): cv for item, cv in zip(one.items, result.variations, strict=True)}


def _w(result: RoundResult) -> Fraction | None:
    return result.concordance.w if result.concordance else None


def heading(study: Study, style: Style) -> str:
    """Name a study by its topic and method."""
    named = style.text("topic", topic=study.topic) if study.topic else ""
    if isinstance(study, DelphiStudy):
        return named + style.text("delphi", low=plain(study.low_mark), full=plain(study.full_mark))
    return named + style.listed(style.text(study.method), counts(study, style))


def counts(one: PairStudy | DelphiRound, style: Style) -> str:
    """Tell how many experts judged how many items."""
    key = "one_expert" if len(one.experts) == 1 else "counts"
    return style.text(key, experts=len(one.experts), items=len(one.items))


def shown_cv(value: Decimal | None) -> str:
    """Write a coefficient of variation, which does not exist where the mean is 0."""
    return NO_VALUE if value is None else fixed(value, 3)


def shown_change(change: Stability) -> dict[str, str]:
    """Write the largest changes from one round to the next, as parameters of a text."""
    w = NO_VALUE if change.w_change is None else signed(decimal_of(change.w_change), 3)
    return {"w": w, "cv": shown_cv(change.cv_change)}


def method_of(study: Study) -> str:
    """Return the method as the file names it."""
    return study.method if isinstance(study, PairStudy) else "delphi"
