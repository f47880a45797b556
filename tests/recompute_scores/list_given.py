"""What the lists of a period are made from: cards as the traces state them, earlier periods, files, settings.

Belongs here: reading traces and the block `lists` of company.yaml (docs/scorecards.md, "Lists"), the periods around
one, and the arithmetic that several lists share. Does not belong here: any list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

from .company import Folder, Span
from .numbers import HUNDRED, half_up, number

ZERO = Fraction(0)
KNOWN = {"ok", "provisional"}
Cells = dict[str, object]

#: docs/scorecards.md, "Lists": the table of settings.
DEFAULTS: Mapping[str, Any] = {
    "promotion_year_share": 10,
    "promotion_quarter_share": 20,
    "promotion_quarters": 3,
    "share_rounding": "ceil",
    "top_ties": "include",
    "group_by": "company",
    "min_group": 5,
    "min_days_share": 50,
    "support_months": 2,
    "behaviour_components": ["behaviour"],
    "behaviour_floor": 60,
    "team_components": ["team"],
    "eligible_score": 100,
    "core_months": 24,
    "autonomy_periods": 2,
    "shrinkage": 10,
    "outcome_dimensions": ["conversion", "commercial", "marketing"],
    "saturated_share": 80,
    "flat_spread": 1,
    "withheld_share": 20,
    "target_jump": 50,
    "case_attainment": 120,
    "drift_months": 6,
    "drift_z": "3.5",
    "channel_gap": 25,
    "attrition_months": 6,
    "pilot_samples": 2,
    "pilot_watched": 12,
    "pilot_kpis": (),
    "appeal_days": 15,
    "expected_actions": ("event_planning", "user_interview"),
    "effect_members": 30,
    "administrator_roles": ("performance_administrator",),
    "users_per_administrator": 1000,
    "honours": [
        {"id": "creative_star", "measure": "dimension", "of": "content"},
        {"id": "best_interaction_officer", "measure": "dimension", "of": "interaction"},
        {"id": "growth_hacker", "measure": "dimension", "of": "growth"},
        {"id": "monthly_star", "measure": "score"},
        {"id": "innovation_star", "measure": "kpi", "of": "innovation_score"},
        {"id": "conversion_uplift", "measure": "uplift", "of": "lead_conversion"},
    ],
}


def of(raw: object) -> Fraction | None:
    """A number of a trace; None where it is absent."""
    return None if raw is None or raw == "" else number(raw)


@dataclass(frozen=True)
class Line:
    """A line of a card; `weight` is its part of the person's score: the effective weight by the days of its part."""

    raw: Mapping[str, Any]
    segment: Mapping[str, Any]

    @property
    def kpi(self) -> str:
        return str(self.raw["kpi_id"])

    @property
    def community(self) -> str:
        return str((self.raw.get("community") or {}).get("id", ""))

    @property
    def status(self) -> str:
        return str(self.raw["status"])

    @property
    def is_known(self) -> bool:
        return self.status in KNOWN and self.raw["kpi_score"] is not None

    @property
    def is_higher(self) -> bool:
        return bool(self.raw["direction"] == "higher")

    @property
    def is_carried(self) -> bool:
        return "carried" in self.raw

    @property
    def score(self) -> Fraction:
        return number(self.raw["kpi_score"])

    @property
    def weight(self) -> Fraction:
        return number(self.raw["effective_weight"]) * int(self.segment["eligible_days"])

    @property
    def at_pace(self) -> Fraction | None:
        """The value for a whole period: what adds up is for the days that its target is for."""
        value, share = self.get("value"), of(self.raw["target_share"]) or Fraction(1)
        return value / share if value is not None else None

    def get(self, name: str) -> Fraction | None:
        return of(self.raw[name])


class Card:
    """One person's period: the printed score, what it can become, lines, money."""

    def __init__(self, trace: Mapping[str, Any]) -> None:
        self.trace = trace
        self.person = str(trace["person_id"])
        self.segments: Sequence[Mapping[str, Any]] = trace["segments"]
        self.lines = [Line(line, seg) for seg in self.segments for line in seg["lines"]]
        self.printed = of(trace["printed_score"])
        self.bonus: Mapping[str, Any] = trace["bonus"]
        judged = [seg for seg in self.segments if number(seg["known_weight"]) + number(seg["held_weight"])]
        self.days = sum(int(seg["eligible_days"]) for seg in judged)
        self.of_days = max((int(seg["period_days"]) for seg in self.segments), default=0)
        ends = []
        for name in ("score_low", "score_high"):
            total = sum((number(seg[name]) * int(seg["eligible_days"]) for seg in judged), ZERO)
            ends.append(half_up(total / self.days, 2) if self.days else None)
        self.low, self.high = ends
        if self.low is not None and self.high is not None and self.printed is not None:
            if self.low == self.high:
                self.low = self.high = self.printed
            self.low, self.high = min(self.low, self.printed), max(self.high, self.printed)

    def last(self, name: str) -> str:
        """Role, team or scheme of the last part."""
        return str(self.segments[-1][name]) if self.segments else ""

    @property
    def is_open(self) -> bool:
        return self.low is not None and self.low != self.high

    @property
    def withheld(self) -> Fraction:
        return Fraction(sum(line.status == "withheld" for line in self.lines))

    @property
    def who(self) -> Cells:
        return {"person_id": self.person, "role": self.last("role"), "team_id": self.last("team_id")}

    def at_target(self, line: Line) -> Fraction:
        """The points that a known line would have brought to the score at exactly 100."""
        days = sum(int(seg["eligible_days"]) for seg in self.segments if seg["score"] is not None)
        return HUNDRED * line.weight / (number(line.segment["known_weight"]) * days)

    def against_target(self) -> dict[str, Fraction]:
        """KPI -> points beyond (below) target, to two decimals like every printed point."""
        found: dict[str, Fraction] = {}
        for line in self.lines:
            points = line.get("printed_points")
            if line.is_known and points is not None and number(line.segment["known_weight"]) and self.days:
                found[line.kpi] = found.get(line.kpi, ZERO) + points - self.at_target(line)
        return {kpi: half_up(points, 2) for kpi, points in found.items()}


@dataclass(frozen=True)
class Side:
    """One month of a KPI of one group, account or survey, over everybody and nobody."""

    kpi: str
    month: str
    subject: tuple[str, str]
    above: Fraction
    below: Fraction


@dataclass(frozen=True)
class Seen:
    """What the warehouse says besides readings; empty of people made up.

    `heard` is the last day that the exports of a family speak of in the period; `weeks` are, by person and KPI, ISO
    week -> what the records add up to and how many they are, where a card keeps all of them; `drawn` are records to
    judge: month, label, record, account, file, row.
    """

    heard: Mapping[str, date] = field(default_factory=dict)
    weeks: Mapping[tuple[str, str], Mapping[str, tuple[Fraction, int]]] = field(default_factory=dict)
    sides: Sequence[Side] = ()
    active: int = 0
    drawn: Sequence[tuple[str, ...]] = ()


@dataclass
class Given:
    """Everything that the lists of one period may look at."""

    span: Span
    cards: list[Card]
    pools: Sequence[Mapping[str, Any]]
    folder: Folder
    settings: Mapping[str, Any]
    catalogue: Mapping[str, Mapping[str, Any]]
    #: by name of the period
    past: Mapping[str, list[Card]] = field(default_factory=dict)
    #: (KPI, channel) -> Σ numerators, Σ denominators
    channels: Mapping[tuple[str, str], tuple[Fraction, Fraction]] = field(default_factory=dict)
    #: KPI -> month -> everybody's values
    values: Mapping[str, Mapping[str, list[Fraction]]] = field(default_factory=dict)
    seen: Seen = field(default_factory=Seen)
    #: revisions of the period: name, day of sealing, cards by person
    revisions: Sequence[tuple[str, date, Mapping[str, Card]]] = ()
    #: sealed month -> revision, its cards and those of the data of now, by person
    sealed: Mapping[str, tuple[str, Mapping[str, Card], Mapping[str, Card]]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.settings.get(name, DEFAULTS[name])

    def share(self, name: str) -> Fraction:
        return number(self[name])

    @property
    def before(self) -> dict[str, Card]:
        """The cards of the period just before, by person."""
        return {card.person: card for card in self.past.get(shifted(self.span, -1).name, [])}

    @property
    def names(self) -> set[str]:
        """The period, its months and quarters: judgements may be given for any of them."""
        year = self.span.name
        quarters = {f"{year}-Q{number}" for number in range(1, 5)} if self.span.kind == "year" else set()
        return {year, *self.span.months, *quarters}

    def adds_up(self, kpi: str) -> bool:
        return self.catalogue[kpi]["aggregation"] in {"sum", "distinct"}

    def places(self, name: str, people: int) -> int:
        """How many places a share of so many people has."""
        exact = self.share(name) * people / 100
        how = self["share_rounding"]
        return ceil(exact) if how == "ceil" else floor(exact) if how == "floor" else floor(exact + Fraction(1, 2))


def shifted(span: Span, by: int) -> Span:
    """The period of the same kind so many steps later."""
    length = len(span.months)
    count = span.first.year * 12 + span.first.month - 1 + by * length
    year, month = divmod(count, 12)
    if span.kind == "month":
        return Span(f"{year}-{month + 1:02d}")
    return Span(f"{year}-Q{month // 3 + 1}" if span.kind == "quarter" else str(year))


def whole_of(span: Span) -> Span | None:
    """The quarter of a month, the year of a quarter."""
    if span.kind == "month":
        return Span(f"{span.first.year}-Q{(span.first.month + 2) // 3}")
    return Span(str(span.first.year)) if span.kind == "quarter" else None


def steps_before(span: Span) -> list[Span]:
    """The months (quarters) before one in the same quarter (year)."""
    whole = whole_of(span)
    found: list[Span] = []
    while whole is not None and (one := shifted(span, -1 - len(found))).first >= whole.first:
        found.append(one)
    return found[::-1]


def needed(span: Span, settings: Mapping[str, Any]) -> list[str]:
    """Names of the earlier periods that the lists of one look at."""
    told = {**DEFAULTS, **settings}
    back = told["support_months"] if span.kind == "month" else told["autonomy_periods"]
    if span.kind == "quarter":
        back = max(back, told["promotion_quarters"])
    count = max(2, back, len(steps_before(span)) + 1)
    return [shifted(span, -step).name for step in range(count - 1, 0, -1)]


def mean(values: Iterable[Fraction]) -> Fraction | None:
    told = list(values)
    return sum(told, ZERO) / len(told) if told else None


def median(values: Iterable[Fraction]) -> Fraction | None:
    told = sorted(values)
    if not told:
        return None
    return (told[(len(told) - 1) // 2] + told[len(told) // 2]) / 2


def deviation(values: Sequence[Fraction]) -> Fraction | None:
    """The sample standard deviation, to ten decimals."""
    if len(values) < 2:
        return None
    centre = sum(values, ZERO) / len(values)
    return root(sum(((one - centre) ** 2 for one in values), ZERO) / (len(values) - 1))


def root(square: Fraction) -> Fraction:
    """A square root to twelve decimals, by Newton's steps from above."""
    scale = 10**24
    wanted = square.numerator * scale // square.denominator
    if not wanted:
        return ZERO
    guess = 1 << ((wanted.bit_length() + 1) // 2)
    while (better := (guess + wanted // guess) // 2) < guess:
        guess = better
    return Fraction(guess, 10**12)


def two(value: Fraction | None) -> Fraction | None:
    return None if value is None else half_up(value, 2)


def percent(part: Fraction | int, whole: Fraction | int) -> Fraction | None:
    return half_up(Fraction(part) * 100 / whole, 2) if whole else None


def change(now: Fraction | None, before: Fraction | None) -> Fraction | None:
    """By how many per cent; of nothing and of less than nothing nobody can tell."""
    if now is None or before is None or before <= 0:
        return None
    return half_up((now - before) * 100 / before, 2)


def weighted(lines: Iterable[Line]) -> Fraction | None:
    """The mean score of lines, each by its part of the person's score."""
    return by_part((line, line.score) for line in lines if line.is_known)


def by_part(values: Iterable[tuple[Line, Fraction]]) -> Fraction | None:
    """The mean of what lines came to, each by its part of the person's score."""
    told = list(values)
    weight = sum((line.weight for line, _ in told), ZERO)
    return sum((line.weight * value for line, value in told), ZERO) / weight if weight else None
