"""A second score beside the one that pays: a shadow without effect, or a guarantee of the amount that it brings.

Belongs here: setting the two scores and amounts of a person's segments side by side, and what a guarantee adds. Does
not belong here: either of the scores (`period` works out both, one after the other), which scheme stands beside whom
(the caller).

A guarantee pays `max(former, present)` per person and paid period: what the same segments bring by pool or own score,
by team shares and by the piece. Adjustments and awards belong to no scheme and are left out of both sides; a
calibration decides the score that pays, and the other one stays as computed. The difference is paid outside every
pool, so that it takes nothing from a colleague.

While data of the person's own can still move either amount the guarantee waits: nothing is paid for it and nothing is
held, since what it will come to is the difference of two open amounts. What a colleague's data may still add to a pool
does not make it wait. Later revisions can then only raise the sum of pay and guarantee: each of the two amounts is the
least that can become due.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipelines.schemes.model import Scheme
from pipelines.scoring.extras import GUARANTEE, Extra
from pipelines.scoring.numbers import ZERO, money, round_once

if TYPE_CHECKING:
    from pipelines.scoring.trace import PersonTrace, SegmentTrace

#: What a shadow is, and what a guarantee comes to.
NO_EFFECT, DUE, NOT_DUE, WAITS, NOT_SCORED = "no_effect", "due", "not_due", "waits", "not_scored"


@dataclass(frozen=True, slots=True)
class OtherScore:
    """A person's segments as another scheme scores and pays them.

    Attributes:
        person_id: the person.
        mode: shadow or guarantee.
        scheme: the other scheme.
        trace: by the other scheme; None where it holds on a part of the segments' days only, and nothing is compared.
    """

    person_id: str
    mode: str
    scheme: Scheme
    trace: PersonTrace | None


@dataclass(frozen=True, slots=True)
class Beside:
    """The two scores and amounts of the same segments side by side.

    Attributes:
        other: by the other scheme.
        status: no_effect (a shadow), due, not_due (the paying scheme brings no less), waits (data is withheld) or
            not_scored (the other scheme has no KPI that applies).
        present_score: by the paying scheme over these segments, as it would be printed; None when nothing is known.
        other_score: by the other scheme, likewise.
        present: what these segments bring now by the paying scheme, whole cents.
        brings: what they would bring by the other one.
        top_up: paid besides; above 0 only when due.
    """

    other: OtherScore
    status: str
    present_score: Decimal | None
    other_score: Decimal | None
    present: Decimal
    brings: Decimal
    top_up: Decimal

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison for the trace; `trace` is the whole derivation by the other scheme."""
        return {
            "brings": money(self.brings),
            "mode": self.other.mode,
            "other_score": None if self.other_score is None else money(self.other_score),
            "present": money(self.present),
            "present_score": None if self.present_score is None else money(self.present_score),
            "scheme": _scheme(self.other.scheme),
            "status": self.status,
            "top_up": money(self.top_up),
            "trace": self.other.trace.to_dict() if self.other.trace else None,
        }

    def extra(self) -> Extra:
        """Return what a due guarantee adds, as an amount beside the bonus."""
        told = {"brings": money(self.brings), "present": money(self.present), "scheme": _scheme(self.other.scheme)}
        formula = f"max(0, {money(self.brings)} − {money(self.present)})"
        return Extra(GUARANTEE, "", self.top_up, reason=formula, told=told)


def compare(segments: Sequence[SegmentTrace], others: Iterable[OtherScore]) -> list[Beside]:
    """Set each other score of a person beside the segments that it scores, in the order of mode and scheme.

    Args:
        segments: the person's segments as the paying schemes score and pay them, settled.
        others: the person's other scores; those without a trace are left out.
    """
    return [
        _compare(segments, other, other.trace)
        for other in sorted(others, key=lambda one: (one.mode, one.scheme.scheme_id, one.scheme.version))
        if other.trace is not None
    ]


def _compare(segments: Sequence[SegmentTrace], other: OtherScore, trace: PersonTrace) -> Beside:
    same = {part.segment.segment_id for part in trace.segments}
    own = [part for part in segments if part.segment.segment_id in same]
    present, brings = amount_of(own), amount_of(trace.segments)
    status, top_up = NO_EFFECT, ZERO
    if not any(part.is_scorable for part in trace.segments):
        status = NOT_SCORED
    elif other.mode == GUARANTEE:
        if any(is_open(part) for part in (*own, *trace.segments)):
            status = WAITS
        else:
            top_up = max(ZERO, brings - present)
            status = DUE if top_up else NOT_DUE
    return Beside(other, status, score_of(own), score_of(trace.segments), present, brings, top_up)


def amount_of(segments: Iterable[SegmentTrace]) -> Decimal:
    """What segments bring now by their scheme: bonus, team shares and pay by the piece, in whole cents."""
    return sum(
        (
            part.earned
            + sum((share.part.earned for share in part.shares), ZERO)
            + sum((extra.amount for extra in part.extras), ZERO)
            for part in segments
        ),
        ZERO,
    )


def score_of(segments: Iterable[SegmentTrace]) -> Decimal | None:
    """The mean of the segments' scores by eligible days, as it is printed; None when nothing is known."""
    scored = [(part.score, part.segment.eligible_days) for part in segments if part.score is not None]
    days = sum(count for _, count in scored)
    return round_once(sum((score * count for score, count in scored), ZERO) / days) if days else None


def is_open(segment: SegmentTrace) -> bool:
    """Whether withheld data can still change what a segment brings."""
    if segment.low != segment.high or segment.held:
        return True
    if any(extra.held or extra.is_open for extra in segment.extras):
        return True
    return any(share.part.held or share.share.status == "withheld" for share in segment.shares)


def _scheme(scheme: Scheme) -> dict[str, Any]:
    return {
        "id": scheme.scheme_id,
        "title": {"en": scheme.title.en, "zh": scheme.title.zh},
        "version": scheme.version,
    }
