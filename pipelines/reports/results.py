"""A person's period as the lists read it: the score with its bounds, the KPI lines, the pay.

Belongs here: reading traces (the schema is that of `scoring.trace`), whether fresh, drafted or sealed. Does not belong
here: any rule of a list.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from pipelines.scoring.numbers import CONTEXT, ONE, ZERO, round_once

KNOWN = frozenset({"ok", "provisional"})
ADDITIVE = frozenset({"sum", "distinct"})


@dataclass(frozen=True)
class Line:
    """One KPI line of one part of a person's period.

    `reason_params` is JSON, the values of its reason; `days` are the eligible days of its part; `target_share` is what
    of a whole period's target they are, 1 of a KPI that does not add up; `shock` is what the trace says of its platform
    (`scoring.shocks`), None for most lines.
    """

    kpi_id: str
    component: str
    dimension: str
    direction: str
    status: str
    reason_code: str
    reason_params: str
    weight: Decimal
    effective_weight: Decimal
    held_weight: Decimal
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    records: int
    target: Decimal | None
    target_full: Decimal | None
    stretch: Decimal | None
    target_source: str
    attainment: Decimal | None
    score: Decimal | None
    points: Decimal | None
    place: str
    is_carried: bool
    community_id: str = ""
    is_of_team: bool = False
    days: int = 1
    target_share: Decimal = ONE
    shock: Mapping[str, Any] | None = None

    @property
    def agreed_target(self) -> Decimal | None:
        """The target as it was agreed: before it moved with what the peers show of the platform."""
        return self._agreed("target", self.target)

    @property
    def agreed_target_full(self) -> Decimal | None:
        """The same for the whole period."""
        return self._agreed("target_full", self.target_full)

    def _agreed(self, name: str, scored: Decimal | None) -> Decimal | None:
        control = self.shock.get("control") if self.shock else None
        return _number(control["raw"].get(name)) if control else scored

    @property
    def key(self) -> tuple[str, str]:
        """What tells the lines of one part apart: a KPI may be read for several communities, a line each."""
        return (self.kpi_id, self.community_id)

    @property
    def whole_value(self) -> Decimal | None:
        """What the value would be of a whole period at the same pace: days on leave or elsewhere are no decline."""
        if self.value is None or not self.target_share:
            return None
        return CONTEXT.divide(self.value, self.target_share)

    @property
    def part_of_score(self) -> Decimal:
        """What the line counts beside others of the same person: its effective weight by the days of its part."""
        return self.effective_weight * self.days

    @property
    def is_known(self) -> bool:
        """Whether the line has a score by its own data."""
        return self.status in KNOWN and self.score is not None

    @property
    def is_withheld(self) -> bool:
        """Whether the line's data is not fit to pay by."""
        return self.status == "withheld"


@dataclass(frozen=True)
class Share:
    """The own part of what a team gained, besides what the part itself earns and holds."""

    pool_id: str
    earned: Decimal
    held: Decimal


@dataclass(frozen=True)
class Part:
    """What a person was in one segment of the period; `is_own_pay`: it is paid by the own score, from no pool.

    `chance` is the score as chance alone may have moved it; None where no KPI has an interval.
    """

    segment_id: str
    days: int
    period_days: int
    role: str
    team_id: str
    scheme_id: str
    scheme_version: str
    score: Decimal | None
    low: Decimal
    high: Decimal
    known_weight: Decimal
    is_scorable: bool
    earned: Decimal
    held: Decimal
    pool_id: str
    lines: tuple[Line, ...]
    shares: tuple[Share, ...] = ()
    is_own_pay: bool = False
    chance: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True)
class OtherResult:
    """The same segments by another scheme beside the paying one; scores are as printed, amounts what is due now.

    `mode` is shadow or guarantee, `status` what it comes to, as in `scoring.beside`.
    """

    mode: str
    scheme_id: str
    scheme_version: str
    status: str
    score: Decimal | None
    other_score: Decimal | None
    pay: Decimal
    other_pay: Decimal
    parts: tuple[Part, ...]

    @property
    def label(self) -> str:
        """The scheme and its version."""
        return f"{self.scheme_id} {self.scheme_version}"


@dataclass(frozen=True)
class Result:
    """One person's period.

    `score` is the printed one: people are compared by what they can read. `bounds` are what it can become when withheld
    data arrives; they equal the score where nothing is open, and are None where no KPI applies. `extras` are awards,
    piece rates and true-ups, paid besides `earned`; what is held of them, `extras_held`, is a part of `held`.
    """

    period: str
    person_id: str
    currency: str
    score: Decimal | None
    parts: tuple[Part, ...]
    target_bonus: Decimal
    earned: Decimal
    held: Decimal
    adjustments: Decimal
    payable: Decimal
    extras: Decimal = ZERO
    extras_held: Decimal = ZERO
    others: tuple[OtherResult, ...] = ()

    @property
    def last(self) -> Part | None:
        """The last part: whom and by what the person is ranked with."""
        return self.parts[-1] if self.parts else None

    @property
    def team_id(self) -> str:
        """The team of the last part."""
        return self.last.team_id if self.last else ""

    @property
    def role(self) -> str:
        """The role of the last part."""
        return self.last.role if self.last else ""

    @property
    def scheme_id(self) -> str:
        """The scheme of the last part."""
        return self.last.scheme_id if self.last else ""

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The KPI lines of all parts."""
        return tuple(line for part in self.parts for line in part.lines)

    @property
    def withheld(self) -> int:
        """How many KPI lines are withheld."""
        return sum(line.is_withheld for line in self.lines)

    @property
    def of_it_team_shares(self) -> Decimal:
        """What of `earned` comes from shares of what a team gained."""
        return sum((share.earned for part in self.parts for share in part.shares), ZERO)

    @property
    def days(self) -> int:
        """Days of the period in which a KPI applied to the person."""
        return sum(part.days for part in self.parts if part.is_scorable)

    @property
    def period_days(self) -> int:
        """Days of the period."""
        return max((part.period_days for part in self.parts), default=0)

    @cached_property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        """The least and the most that the printed score can become; None where no KPI applies."""
        scorable = [part for part in self.parts if part.is_scorable]
        days = sum(part.days for part in scorable)
        if not days:
            return None
        low, high = (
            round_once(sum((getattr(part, end) * part.days for part in scorable), ZERO) / days)
            for end in ("low", "high")
        )
        if low == high and self.score is not None:
            return self.score, self.score
        # a gate that could not be checked may take a score below that of its known lines
        return (low, high) if self.score is None else (min(low, self.score), max(high, self.score))

    @cached_property
    def chance(self) -> tuple[Decimal, Decimal] | None:
        """The score as chance alone may have moved it, by days; None where nothing of that is known, or it is open."""
        parts = [part for part in self.parts if part.score is not None]
        if self.score is None or self.is_open or not any(part.chance for part in parts):
            return None
        days = sum(part.days for part in parts)

        def end(at: int) -> Decimal:
            ends = ((part.chance[at] if part.chance else part.score or ZERO) * part.days for part in parts)
            return round_once(sum(ends, ZERO) / days)

        return min(end(0), self.score), max(end(1), self.score)

    @property
    def is_open(self) -> bool:
        """Whether withheld data can still move the score."""
        return self.bounds is not None and self.bounds[0] < self.bounds[1]


def results_of(traces: Iterable[Mapping[str, Any]]) -> tuple[Result, ...]:
    """Read traces, by person."""
    return tuple(_result(trace) for trace in sorted(traces, key=lambda trace: str(trace["person_id"])))


def _result(trace: Mapping[str, Any]) -> Result:
    bonus = trace["bonus"]
    return Result(
        period=str(trace["period"]),
        person_id=str(trace["person_id"]),
        currency=str(trace["currency"]),
        score=_number(trace["printed_score"]),
        parts=tuple(_part(segment) for segment in trace["segments"]),
        target_bonus=Decimal(bonus["target"]),
        earned=Decimal(bonus["earned"]),
        held=Decimal(bonus["held"]),
        adjustments=sum((Decimal(item["amount"]) for item in bonus["adjustments"]), ZERO),
        payable=Decimal(bonus["payable"]),
        extras=sum((Decimal(item["amount"]) for item in bonus.get("extras", ())), ZERO),
        extras_held=sum((Decimal(item["held"]) for item in bonus.get("extras", ())), ZERO),
        others=tuple(_other(item) for item in trace.get("beside", ())),
    )


def _other(item: Mapping[str, Any]) -> OtherResult:
    return OtherResult(
        mode=item["mode"],
        scheme_id=item["scheme"]["id"],
        scheme_version=item["scheme"]["version"],
        status=item["status"],
        score=_number(item["present_score"]),
        other_score=_number(item["other_score"]),
        pay=Decimal(item["present"]),
        other_pay=Decimal(item["brings"]),
        parts=tuple(_part(segment) for segment in item["trace"]["segments"]),
    )


def _part(segment: Mapping[str, Any]) -> Part:
    known, held = Decimal(segment["known_weight"]), Decimal(segment["held_weight"])
    return Part(
        segment_id=segment["segment_id"],
        days=int(segment["eligible_days"]),
        period_days=int(segment["period_days"]),
        role=segment["role"],
        team_id=segment["team_id"],
        scheme_id=segment["scheme_id"],
        scheme_version=segment["scheme_version"],
        score=_number(segment["score"]),
        low=Decimal(segment["score_low"]),
        high=Decimal(segment["score_high"]),
        known_weight=known,
        is_scorable=known + held > 0,
        earned=Decimal(segment["bonus"]["earned"]),
        held=Decimal(segment["bonus"]["held"]),
        pool_id=segment["bonus"]["pool_id"],
        lines=tuple(_line(line, int(segment["eligible_days"])) for line in segment["lines"]),
        shares=tuple(
            Share(share["pool_id"], Decimal(share["own"]["earned"]), Decimal(share["own"]["held"]))
            for share in segment["bonus"].get("team_shares", ())
        ),
        is_own_pay="individual" in segment["bonus"],
        chance=_ends(segment.get("score_chance")),
    )


def _ends(told: Sequence[str] | None) -> tuple[Decimal, Decimal] | None:
    return None if told is None else (Decimal(told[0]), Decimal(told[1]))


def _line(line: Mapping[str, Any], days: int) -> Line:
    return Line(
        kpi_id=line["kpi_id"],
        component=line["component"],
        dimension=line["dimension"],
        direction=line["direction"],
        status=line["status"],
        reason_code=line["reason_code"] or "",
        reason_params=json.dumps(line["reason_params"] or {}, ensure_ascii=False, sort_keys=True),
        weight=Decimal(line["weight"]),
        effective_weight=Decimal(line["effective_weight"]),
        held_weight=Decimal(line["held_weight"]),
        value=_number(line["value"]),
        numerator=_number(line["numerator"]),
        denominator=_number(line["denominator"]),
        records=int(line["n_records"] or 0),
        target=_number(line["target"]),
        target_full=_number(line["target_full"]),
        stretch=_number(line["stretch"]),
        target_source=line["target_source"],
        attainment=_number(line["attainment"]),
        score=_number(line["kpi_score"]),
        points=_number(line["printed_points"]),
        place=line["place"],
        is_carried="carried" in line,
        community_id=line.get("community", {}).get("id", ""),
        is_of_team=line.get("measured_on") == "team",
        days=days,
        target_share=_number(line["target_share"]) or ONE,
        shock=line.get("shock"),
    )


def _number(text: Any) -> Decimal | None:
    return None if text is None or text == "" else Decimal(text)
