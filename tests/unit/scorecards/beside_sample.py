"""The sample company in a buffer: the former scheme 000 paid the own score, the present one pays by the pool.

E001 a guarantee, E004 one after a veto; E002 one that waits for data; E003 a shadow over two parts; E005, whose score a
gate sets to 0 by both, a guarantee that brings nothing more. E006, whose team KPIs are withheld, would hold a part of
everybody's pool: left out.
"""

from __future__ import annotations

from decimal import Decimal

from cards_sample import Case, result, segments

from pipelines.schemes import Scheme, load_scheme
from pipelines.schemes.model import Individual
from pipelines.scoring import OtherScore, PeriodResult, SegmentInput

WHY = {"zh": "因为", "en": "because"}


def former() -> Scheme:
    """Scheme 000 as it was: every point of the own score a per cent of the target bonus and a half."""
    pay = {
        "req": "001-I1", "title": {"zh": "个人奖金", "en": "Own bonus"}, "by": "base", "why": WHY,
        "shares": {"month": 100, "quarter": 0, "year": 0, "why": WHY},
        "payout": {"kind": "linear", "points": [(0, 0), (100, 150)], "why": WHY},
    }  # fmt: skip
    changes = {"version": "0.9.0", "pool": None, "individual": Individual.model_validate(pay)}
    return load_scheme("000").model_copy(update=changes)


def people() -> list[SegmentInput]:
    """The segments of the sample but those of E006."""
    return [one for one in segments() if one.person_id != "E006"]


def others() -> list[OtherScore]:
    """Everybody's score by the former scheme; E003 has it as a shadow."""
    by_former = result(people(), (), scheme=former()).people
    return [
        OtherScore(one.person_id, "shadow" if one.person_id == "E003" else "guarantee", former(), one)
        for one in by_former
    ]


def buffered() -> PeriodResult:
    """The scored sample with all of it."""
    return result(people(), others=others())


def case() -> Case:
    """The arguments of build_draft."""
    return Case(scored=buffered())


def plain() -> Case:
    """The same without a buffer."""
    return Case(scored=result(people()))


def top_ups() -> dict[str, Decimal]:
    """What the guarantee adds to each person's pay."""
    return {one.person_id: sum((beside.top_up for beside in one.beside), Decimal(0)) for one in buffered().people}
