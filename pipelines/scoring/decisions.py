"""What people decide about a period: bonus points, awards, calibration, appeals, and what becomes of each.

Belongs here: the decisions as inputs, the points that a scheme counts, whether a decided score stands in place of the
computed one. Does not belong here: the score itself (`segments`), money (`pools`, `individual`, `extras`), reading
the files (the caller does).

Decisions are inputs like any other: a rerun applies them again, and a row that nobody wrote changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from pipelines.schemes.model import BonusPoints
from pipelines.scoring.numbers import ONE, ZERO, money, plain, round_once

if TYPE_CHECKING:
    from pipelines.scoring.trace import PersonTrace, SegmentTrace

#: What became of a calibration decision; every status but the first leaves the computed score as it is.
APPLIED, SCORE_CHANGED, NOT_COMPLETE, NOT_SCORED = "applied", "score_changed", "not_complete", "not_scored"

_HALF_STEP = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class PointsInput:
    """Bonus points granted to a person for the period, in points of the total score."""

    person_id: str
    points: Decimal
    reason: str
    nominated_by: str
    approved_by: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class AwardInput:
    """An award, in the company's currency and whole cents, paid beside the bonus."""

    person_id: str
    award: str
    amount: Decimal
    reason: str
    approved_by: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class CalibrationInput:
    """What a calibration meeting decided about a person's score: `decided` where it saw `seen`, both as printed."""

    person_id: str
    seen: Decimal
    decided: Decimal
    reason: str
    decided_by: str
    meeting: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class AppealInput:
    """An objection to a card, to one KPI or one incident of it, and its outcome.

    It changes no number by itself; what it makes of an incident stands in the incident.
    """

    person_id: str
    kpi_id: str
    what: str
    filed_on: date
    outcome: str
    decided_by: str = ""
    reason: str = ""
    row: int = 0
    incident: str = ""

    def to_dict(self) -> dict[str, str]:
        """Return the appeal for the trace."""
        return {
            "decided_by": self.decided_by,
            "filed_on": self.filed_on.isoformat(),
            "kpi_id": self.kpi_id,
            "outcome": self.outcome,
            "reason": self.reason,
            "what": self.what,
        } | ({"incident": self.incident} if self.incident else {})


DecisionInput: TypeAlias = PointsInput | AwardInput | CalibrationInput | AppealInput


@dataclass(slots=True)
class Decided:
    """Everything that was decided about one person, in the order of the files' rows."""

    points: list[PointsInput] = field(default_factory=list)
    awards: list[AwardInput] = field(default_factory=list)
    calibrations: list[CalibrationInput] = field(default_factory=list)
    appeals: list[AppealInput] = field(default_factory=list)


def by_person(decisions: Iterable[DecisionInput]) -> dict[str, Decided]:
    """Group decisions by person and kind, whatever order they come in.

    Raises:
        ValueError: when a person has two calibration decisions; the company room names both rows.
    """
    found: dict[str, Decided] = defaultdict(Decided)
    for decision in sorted(decisions, key=lambda one: (one.person_id, one.row, repr(one))):
        own = found[decision.person_id]
        if isinstance(decision, PointsInput):
            own.points.append(decision)
        elif isinstance(decision, AwardInput):
            own.awards.append(decision)
        elif isinstance(decision, CalibrationInput):
            own.calibrations.append(decision)
        else:
            own.appeals.append(decision)
    twice = sorted(person for person, own in found.items() if len(own.calibrations) > 1)
    if twice:
        raise ValueError(f"calibrated twice in one period: {twice}")
    return dict(found)


@dataclass(slots=True)
class GrantedPoints:
    """The bonus points of one segment; every segment has those of the person, so that the person has them once.

    Attributes:
        rule: of the segment's scheme.
        items: what was granted.
        printed: the points counted, apportioned to the printed score; None where no score is known.
    """

    rule: BonusPoints
    items: tuple[PointsInput, ...]
    printed: Decimal | None = None

    @property
    def granted(self) -> Decimal:
        """What people granted in all."""
        return sum((item.points for item in self.items), ZERO)

    @property
    def counted(self) -> Decimal:
        """What of it counts: the scheme's maximum at most."""
        return min(self.granted, self.rule.max)

    def to_dict(self) -> dict[str, Any]:
        """Return the points for the trace."""
        return {
            "counted": plain(self.counted),
            "granted": plain(self.granted),
            "items": [
                {
                    "approved_by": item.approved_by,
                    "nominated_by": item.nominated_by,
                    "points": plain(item.points),
                    "reason": item.reason,
                }
                for item in self.items
            ],
            "max": plain(self.rule.max),
            "printed_points": None if self.printed is None else money(self.printed),
            "req": self.rule.req,
        }


def granted_points(rule: BonusPoints | None, points: Sequence[PointsInput]) -> GrantedPoints | None:
    """Return the points that a segment takes; None where nothing was granted or the scheme takes none."""
    return GrantedPoints(rule, tuple(points)) if rule is not None and points else None


@dataclass(slots=True)
class Calibration:
    """A calibration decision beside the score that was computed.

    Attributes:
        decision: as people wrote it.
        status: applied, score_changed (the computed score is not the one that the meeting saw), not_complete (data is
            withheld, so the score is not final) or not_scored.
        computed: the computed score as printed; None where there is none.
        printed: what the decision adds to the printed score; 0 unless applied.
    """

    decision: CalibrationInput
    status: str
    computed: Decimal | None
    printed: Decimal = ZERO

    def to_dict(self) -> dict[str, Any]:
        """Return the decision and what became of it, for the trace."""
        return {
            "computed": None if self.computed is None else money(self.computed),
            "decided": money(self.decision.decided),
            "decided_by": self.decision.decided_by,
            "meeting": self.decision.meeting,
            "printed_points": money(self.printed),
            "reason": self.decision.reason,
            "seen": money(self.decision.seen),
            "status": self.status,
        }


def calibrate(trace: PersonTrace, decision: CalibrationInput) -> Calibration:
    """Put the decided score in place of the computed one, where it is a decision about this very score.

    A person's score is the eligible-day mean of the segments', so each segment's is scaled by decided / computed: the
    parts keep their proportion and their mean is the decided score. Where the computed score is 0 every part gets the
    decided one.

    Args:
        trace: with the computed score rolled up; score and segments are changed when the decision is applied.
        decision: about the person.
    """
    computed = trace.printed_score
    status = _status(trace, decision)
    if status == NOT_COMPLETE:
        _leave_room(trace, decision)
    if status != APPLIED or trace.score is None or computed is None:
        return Calibration(decision, status, computed)
    scored = [segment for segment in trace.segments if segment.score is not None]
    for segment in scored:
        _scale(segment, decision.decided, trace.score, is_whole=len(scored) == 1 or not computed)
    trace.score, trace.printed_score = decision.decided, round_once(decision.decided)
    return Calibration(decision, status, computed, trace.printed_score - computed)


def _status(trace: PersonTrace, decision: CalibrationInput) -> str:
    # what is paid must be due whatever the missing data turn out to be, and nobody knows the score until they arrive
    if any(segment.is_scorable and segment.low != segment.high for segment in trace.segments):
        return NOT_COMPLETE
    if trace.score is None or trace.printed_score is None:
        return NOT_SCORED
    return APPLIED if trace.printed_score == decision.seen else SCORE_CHANGED


def _leave_room(trace: PersonTrace, decision: CalibrationInput) -> None:
    """Widen the bounds of the parts by what the decision does, should the data bring the score that the meeting saw.

    So nobody has to give anything back when it is applied then: what a decision takes is held until that is known.
    """
    seen, decided = decision.seen, decision.decided
    for segment in trace.segments:
        if not seen:
            segment.low, segment.high = min(segment.low, decided), max(segment.high, decided)
            continue
        # the score that prints as `seen` lies half a hundredth around it
        less, more = decided / (seen + _HALF_STEP), decided / (seen - _HALF_STEP)
        segment.low, segment.high = segment.low * min(ONE, less), segment.high * max(ONE, more)


def _scale(segment: SegmentTrace, decided: Decimal, whole: Decimal, *, is_whole: bool) -> None:
    segment.computed = segment.score
    if is_whole or segment.score is None:
        segment.score = decided
    else:
        segment.score = segment.score * decided / whole
    segment.low = segment.high = segment.score


def remarks(trace: PersonTrace, decided: Decided) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (code, values) of every decision that does not count as it was written, for the card and the run.

    Args:
        trace: scored and calibrated.
        decided: about the person.
    """
    done = trace.calibration
    if done is not None and done.status != APPLIED:
        computed = "–" if done.computed is None else money(done.computed)
        said = {"computed": computed, "seen": money(done.decision.seen), "decided": money(done.decision.decided)}
        yield f"calibration_{done.status}", said
    if not decided.points:
        return
    scorable = [segment for segment in trace.segments if segment.is_scorable]
    if not scorable:
        yield "bonus_points_not_scored", {}
    takes_none = sorted({segment.segment.scheme_id for segment in scorable if segment.granted is None})
    if takes_none:
        yield "bonus_points_not_taken", {"scheme": ", ".join(takes_none)}
