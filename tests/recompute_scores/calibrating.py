"""Scores that a calibration meeting decided, in place of the computed ones.

Belongs here: docs/scoring.md, "Calibration". Does not belong here: the score itself (`scores`), pay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from .company import Folder, Row, Span
from .numbers import half_up, number
from .scores import Scored

ZERO = Fraction(0)


def decisions(folder: Folder, span: Span) -> dict[str, Row]:
    return {row["person_id"]: row for row in folder.reviewed("calibration_decisions") if row["period"] == span.name}


def of_person(parts: list[Scored]) -> tuple[Fraction | None, Fraction, Fraction]:
    """The score, the least and the most that it can become: means by days."""
    known = [(one.seg.days, one.score) for one in parts if one.score is not None]
    days = sum(n for n, _ in known)
    score = sum((n * s for n, s in known), ZERO) / days if days else None
    judged = [one for one in parts if one.is_scorable]
    of_all = sum(one.seg.days for one in judged)
    if not of_all:
        return score, ZERO, ZERO
    low, high = (sum((getattr(one, end) * one.seg.days for one in judged), ZERO) / of_all for end in ("low", "high"))
    return score, low, high


def calibrated(parts: list[Scored], told: Mapping[str, str]) -> tuple[str, list[Scored]]:
    """What became of a decision, and the parts as they are paid."""
    score, low, high = of_person(parts)
    if not any(one.is_scorable for one in parts):
        return "not_scored", parts
    seen, decided = number(told["seen"]), number(told["decided"])
    if low != high or any(one.low != one.high for one in parts if one.is_scorable):
        return "not_complete", [with_room(one, seen, decided) for one in parts]
    if score is None:
        return "not_scored", parts
    if half_up(score, 2) != seen:
        return "score_changed", parts

    def held_to(value: Fraction) -> Fraction:
        return value * decided / score if score else decided

    return "applied", [
        one
        if one.score is None
        else replace(one, score=held_to(one.score), low=held_to(one.score), high=held_to(one.score))
        for one in parts
    ]


def with_room(one: Scored, seen: Fraction, decided: Fraction) -> Scored:
    """Hold what the decision would take, and what it would give, should the data bring the score that was seen.

    What prints as `seen` lies half a hundredth around it.
    """
    if not seen:
        return replace(one, low=min(one.low, decided), high=max(one.high, decided))
    half = Fraction(5, 1000)
    takes, gives = min(1, decided / (seen + half)), max(1, decided / (seen - half))
    return replace(one, low=one.low * takes, high=one.high * gives)
