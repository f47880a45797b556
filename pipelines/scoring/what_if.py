"""What another reading would have brought: the period scored again with one number changed (003-I1).

Belongs here: which changes are asked, and the exact difference of score and pay. Does not belong here: any rule of
scoring - the answer comes from `period` itself, with everything else as it was - and the words (the card's).

Asked of every KPI that was scored by the period's own reading of the person or of one community:

- `unit`: one more (one less where lower is better), of a KPI that counts things;
- `next`: the value at the next point of its curve, whole where it counts things;
- `band`: where pay goes by bands or steps of the score, the least value of this KPI alone that reaches the next one.

An answer without any difference is left out: what a veto has set to 0 no reading would have raised. Shares of what a
team gained are left out of the pay. Nothing is asked where people decided the score, of readings that are shrunk,
carried from an earlier period or the team's, or in a pool of more than `MOST_COLLEAGUES` people, where each answer
would score them all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Protocol, TypeVar

from pipelines.schemes.model import Scheme
from pipelines.scoring.inputs import KpiReading, SegmentInput
from pipelines.scoring.numbers import CONTEXT, ONE, ZERO, money, plain
from pipelines.scoring.period import Given, PeriodResult, Rescoring
from pipelines.scoring.targets import Goal
from pipelines.scoring.trace import LineTrace, PersonTrace, SegmentTrace

#: Above this the answers of a pool cost the square of its size.
MOST_COLLEAGUES = 60
#: Attainments are searched in hundredths of a per cent, as finely as a card prints them.
_FINE = Decimal(100)


class _OfPerson(Protocol):
    @property
    def person_id(self) -> str: ...


_Row = TypeVar("_Row", bound=_OfPerson)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One change of one reading and what it would have brought.

    Attributes:
        segment_id: of the line.
        kpi_id: the KPI.
        community_id: whose reading; empty for the person's.
        step: unit, next or band.
        value: the reading as it would have been, in the KPI's unit.
        score: the printed score it would have made.
        score_gain: the difference from the printed score.
        pay_gain: the difference of the amount to pay, without shares of what a team gained; whole cents.
    """

    segment_id: str
    kpi_id: str
    community_id: str
    step: str
    value: Decimal
    score: Decimal
    score_gain: Decimal
    pay_gain: Decimal

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain JSON types."""
        return {
            "community_id": self.community_id,
            "kpi_id": self.kpi_id,
            "pay_gain": money(self.pay_gain),
            "score": money(self.score),
            "score_gain": money(self.score_gain),
            "segment_id": self.segment_id,
            "step": self.step,
            "value": plain(self.value),
        }


def what_ifs(result: PeriodResult) -> dict[str, list[WhatIf]]:
    """Return the answers for everybody who can be asked, by person; in the order of the card's lines."""
    schemes = {name: one.model_copy(update={"team_shares": ()}) for name, one in result.given.schemes.items()}
    parts = _Parts(replace(result.given, schemes=schemes, finance=()))
    found = {}
    for person in result.people:
        colleagues = parts.colleagues(person.person_id)
        if person.printed_score is None or person.calibration is not None or len(colleagues) > MOST_COLLEAGUES:
            continue
        found[person.person_id] = list(_Asked(parts.of(colleagues), person.person_id).answers())
    return found


class _Parts:
    """The givens of a period by person, so that few people can be scored without looking at all."""

    def __init__(self, given: Given):
        self._given = given
        self._segments, self._reviews = _by_person(given.segments), _by_person(given.reviews)
        self._adjustments, self._paid = _by_person(given.adjustments), _by_person(given.paid)
        self._decisions = _by_person(given.decisions)
        self._targets: dict[str, dict[Any, Any]] = defaultdict(dict)
        for key, target in given.targets.items():
            self._targets[key[0]][key] = target
        self._teams: dict[tuple[str, str], set[str]] = defaultdict(set)
        for one in given.segments:
            self._teams[one.scheme_id, one.team_id].add(one.person_id)

    def colleagues(self, person_id: str) -> set[str]:
        """Return the people without whom a person cannot be scored: those in the same pool or team readings."""
        found = {person_id}
        for one in self._segments.get(person_id, ()):
            scheme = self._given.schemes.get(one.scheme_id)
            if scheme is not None and _looks_at_the_team(scheme):
                found |= self._teams[one.scheme_id, one.team_id]
        return found

    def of(self, people: Collection[str]) -> Given:
        """Return what these people are scored from."""
        ordered = sorted(people)
        return replace(
            self._given,
            segments=_rows(self._segments, ordered),
            targets={key: target for who in ordered for key, target in self._targets[who].items()},
            reviews=_rows(self._reviews, ordered),
            adjustments=_rows(self._adjustments, ordered),
            decisions=_rows(self._decisions, ordered),
            paid=_rows(self._paid, ordered),
        )


class _Asked:
    """The questions about one person."""

    def __init__(self, given: Given, person_id: str):
        self._given, self._person_id = given, person_id
        self._rescoring = Rescoring(given)
        self._before = self._scored(given)

    def answers(self) -> Iterator[WhatIf]:
        """Yield what would have brought anything."""
        for segment in self._before.segments:
            asked = [(line, line.goal) for line in segment.lines if _can_be_asked(line)]
            for line, goal in asked:
                if goal is None:
                    continue
                for step, value in _steps(line, goal):
                    answer = self._answer(segment, line, step, value)
                    if answer.score_gain or answer.pay_gain:
                        yield answer
            yield from self._band(segment, asked)

    def _answer(self, segment: SegmentTrace, line: LineTrace, step: str, value: Decimal) -> WhatIf:
        after = self._with(segment, line, value)
        score = after.printed_score or ZERO
        return WhatIf(
            segment.segment.segment_id,
            line.kpi_id,
            line.community.community_id if line.community else "",
            step,
            value,
            score,
            score - (self._before.printed_score or ZERO),
            after.payable - self._before.payable,
        )

    def _band(self, segment: SegmentTrace, asked: Sequence[tuple[LineTrace, Goal | None]]) -> Iterator[WhatIf]:
        """Yield the nearest way to the next band or step of pay: the KPI with the least way to go."""
        own = segment.own
        at = _next_step(segment)
        if own is None or at is None or segment.low != segment.high:
            return
        ways = []
        for place, (line, goal) in enumerate(asked):
            if goal is None or line.attainment is None:
                continue
            value = self._least(segment, line, goal, at)
            if value is not None:
                ways.append((goal.attain(value) - line.attainment, place, line, value))
        if ways:
            _, _, line, value = min(ways, key=lambda way: way[:2])
            yield self._answer(segment, line, "band", value)

    def _least(self, segment: SegmentTrace, line: LineTrace, goal: Goal, wanted: Decimal) -> Decimal | None:
        """Return the least value of a line that lifts the score, as pay reads it, to `wanted`; None if none does.

        A better value never lowers the score, so halving finds it.
        """

        def reaches(steps: int) -> bool:
            own = self._segment(self._with(segment, line, _value_at(goal, steps / _FINE)), segment).own
            return own is not None and own.points_low >= wanted

        low = int(((line.attainment or ZERO) * _FINE).to_integral_value(rounding=ROUND_FLOOR))
        high = int(goal.points[-1][0] * _FINE)
        if high <= low or not reaches(high):
            return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if reaches(middle) else (middle, high)
        return _value_at(goal, high / _FINE)

    def _with(self, segment: SegmentTrace, line: LineTrace, value: Decimal) -> PersonTrace:
        name = (self._person_id, segment.segment.segment_id)
        changed = tuple(
            _changed(one, line, value) if (one.person_id, one.segment_id) == name else one
            for one in self._given.segments
        )
        return self._scored(replace(self._given, segments=changed))

    def _scored(self, given: Given) -> PersonTrace:
        return next(one for one in self._rescoring.scored(given).people if one.person_id == self._person_id)

    @staticmethod
    def _segment(person: PersonTrace, like: SegmentTrace) -> SegmentTrace:
        return next(one for one in person.segments if one.segment.segment_id == like.segment.segment_id)


def _looks_at_the_team(scheme: Scheme) -> bool:
    return scheme.pool is not None or any(rule.measured_on == "team" or rule.is_shrunk for rule in scheme.kpis.values())


def _can_be_asked(line: LineTrace) -> bool:
    size = line.reading.size if line.reading is not None else None
    is_shrunk = size is not None and size.k is not None
    is_own = line.carried is None and line.measured_on == "person" and not is_shrunk
    return line.attainment is not None and is_own


def _steps(line: LineTrace, goal: Goal) -> Iterator[tuple[str, Decimal]]:
    value = line.reading.value if line.reading else None
    if value is None or line.attainment is None:
        return
    better = ONE if goal.rule.direction == "higher" else -ONE
    unit = value + better if _counts_things(goal) and value + better >= 0 else None
    if unit is not None:
        yield "unit", unit
    above = next(
        (at for at, points in goal.points if at > line.attainment and points > (line.score_before or ZERO)), None
    )
    if above is not None:
        value = _value_at(goal, above)
        if value != unit:
            yield "next", value


def _counts_things(goal: Goal) -> bool:
    return goal.rule.is_additive and goal.rule.unit == "count"


def _value_at(goal: Goal, attained: Decimal) -> Decimal:
    """The value that has an attainment; of things that are counted the next whole one."""
    value = goal.value_at(attained)
    if not _counts_things(goal):
        return value
    rounding = ROUND_CEILING if goal.rule.direction == "higher" else ROUND_FLOOR
    return value.to_integral_value(rounding=rounding)


def _next_step(segment: SegmentTrace) -> Decimal | None:
    """The next score at which the segment's pay jumps; None where pay does not go by steps, or is at the last one."""
    own = segment.own
    if own is None:
        return None
    curve = own.rule.payout
    if own.by == "band":
        steps = [one.at_least for one in own.rule.classes if one.at_least is not None]
    else:
        steps = [at for at, _ in curve.points] if curve is not None and curve.kind == "step" else []
    return min((at for at in steps if at > own.points_low), default=None)


def _changed(segment: SegmentInput, line: LineTrace, value: Decimal) -> SegmentInput:
    if line.community is None:
        return replace(segment, readings={**segment.readings, line.kpi_id: _reading(line.reading, value)})
    communities = tuple(
        replace(one, readings={**one.readings, line.kpi_id: _reading(line.reading, value)})
        if one.community_id == line.community.community_id
        else one
        for one in segment.communities
    )
    return replace(segment, communities=communities)


def _reading(before: KpiReading | None, value: Decimal) -> KpiReading:
    """A reading with another value; its numerator moves with it, so that what reads both sides sees the same."""
    if before is None:
        raise ValueError("a line without a reading was asked")
    top = before.numerator
    if before.denominator is None:
        top = None if top is None else value
    elif top is not None and before.value:
        top = CONTEXT.divide(CONTEXT.multiply(top, value), before.value)
    return replace(before, value=value, numerator=top)


def _rows(own: Mapping[str, Sequence[_Row]], people: Sequence[str]) -> tuple[_Row, ...]:
    return tuple(row for who in people for row in own.get(who, ()))


def _by_person(rows: Sequence[_Row]) -> Mapping[str, list[_Row]]:
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found
