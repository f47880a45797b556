"""What a reading of few records is worth: too few to count, its interval, what shrinking makes of it.

Belongs here: judging readings before anything is scored by them, and saying which jumps of a curve, bounds of a gate or
steps of pay lie within what chance alone may have done. Does not belong here: the intervals (`intervals`), the score.

Three rules, in this order. A reading whose denominator lies below the KPI's minimum becomes `provisional`, or
`not_applicable` where the scheme says so. Where the scheme shrinks the KPI, the reading counts as
(n × own + k × team) / (n + k). Whether a cut-off is too close to call is said and changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from pipelines.schemes.model import KpiRule, Scheme
from pipelines.scoring.inputs import CarriedReading, CommunityInput, KpiReading, SegmentInput
from pipelines.scoring.intervals import Interval, mean_interval, net_interval, wilson
from pipelines.scoring.numbers import CONTEXT, HUNDRED, ZERO, plain, round_once
from pipelines.scoring.targets import Goal

KNOWN = ("ok", "provisional")
#: As the warehouse states values.
_EXACT = Decimal("1e-12")


@dataclass(frozen=True, slots=True)
class TeamMean:
    """What a reading is drawn to: Σ numerators / Σ denominators of the team; `is_open` while one of it is withheld."""

    mean: Decimal
    n: Decimal
    is_open: bool


@dataclass(frozen=True, slots=True)
class SmallNumber:
    """What is known of the size of a reading.

    Attributes:
        n: its denominator.
        least: the minimum; None where the KPI has none.
        below: what a reading below the minimum becomes: provisional or not_applicable.
        raw: the reading's own value, before any shrinking; None where it has none.
        interval: 95 %, around `raw`; None where the KPI has none.
        k: units that the team's mean counts for; None where the scheme does not shrink the KPI.
        team: the team's mean.
        counted: the interval as the reading counts, drawn to the team like it.
    """

    n: Decimal
    least: Decimal | None = None
    below: str = "provisional"
    raw: Decimal | None = None
    interval: Interval | None = None
    k: Decimal | None = None
    team: TeamMean | None = None
    counted: Interval | None = None

    @property
    def is_few(self) -> bool:
        """Whether the denominator lies below the minimum."""
        return self.least is not None and self.n < self.least

    @property
    def is_telling(self) -> bool:
        """Whether there is more to tell of it than its denominator."""
        return self.least is not None or self.interval is not None or self.k is not None

    def to_dict(self, too_close: Sequence[Decimal]) -> dict[str, Any]:
        """Return it for the trace, with the values of the curve's jumps that lie within the interval."""
        told: dict[str, Any] = {"n": plain(self.n), "raw": plain(self.raw)}
        if self.least is not None:
            told |= {"below": self.below, "is_few": self.is_few, "least": plain(self.least)}
        if self.interval is not None:
            told["interval"] = [plain(self.interval.low), plain(self.interval.high)]
        if self.k is not None and self.team is not None:
            told["shrinkage"] = {
                "k": plain(self.k),
                "team_mean": plain(self.team.mean),
                "team_n": plain(self.team.n),
                "team_open": self.team.is_open,
            }
            if self.counted is not None:
                told["shrinkage"]["interval"] = [plain(self.counted.low), plain(self.counted.high)]
        if too_close:
            told["too_close"] = [plain(value) for value in too_close]
        return told


def interval_of(kind: str, reading: KpiReading) -> Interval | None:
    """Return the 95 % interval of a reading by the kind that the catalogue gives its KPI; None where it has none."""
    value, n = reading.value, reading.denominator
    if value is None or n is None or n <= 0:
        return None
    if kind == "share":
        return wilson(value, n)
    if reading.mean_square is None:
        return None
    if kind == "nps":
        return net_interval(value, reading.mean_square, n)
    return mean_interval(value, reading.mean_square, n, ZERO, HUNDRED) if kind == "mean" else None


def shrunk(own: Decimal, n: Decimal, team: Decimal, k: Decimal) -> Decimal:
    """Return (n × own + k × team) / (n + k), as the warehouse states values."""
    return round_once(CONTEXT.divide(n * own + k * team, n + k), _EXACT)


def judged(reading: KpiReading, rule: KpiRule, team: TeamMean | None) -> KpiReading:
    """Return a reading as it counts, with what is known of its size.

    Args:
        reading: as the warehouse states it.
        rule: of its KPI.
        team: the mean of its team; None where there is none, or the scheme does not shrink the KPI.
    """
    own, n = rule.small_numbers, reading.denominator
    if n is None or reading.status not in KNOWN or reading.value is None:
        return reading
    least = own.at_least if own is not None and own.at_least is not None else rule.min_denominator
    below = own.below if own is not None else "provisional"
    size = SmallNumber(n, least, below, reading.value, interval_of(rule.interval, reading))
    if size.is_few:
        params = {"least": size.least, "n": n}
        if below == "not_applicable":
            return replace(
                reading, value=None, status=below, reason_code="few_records", reason_params=params, size=size
            )
        if reading.status == "ok":
            reading = replace(reading, status=below, reason_code="few_records", reason_params=params)
    if own is None or own.shrinkage is None or team is None:
        return replace(reading, size=size)
    return _drawn(reading, size, own.shrinkage.k, team)


def _drawn(reading: KpiReading, size: SmallNumber, k: Decimal, team: TeamMean) -> KpiReading:
    """A reading drawn to the mean of its team; while that is open, it is provisional."""
    counted = None
    if size.interval is not None:
        low, high = (shrunk(end, size.n, team.mean, k) for end in (size.interval.low, size.interval.high))
        counted = Interval(low, high)
    if team.is_open and reading.status == "ok":
        reading = replace(reading, status="provisional", reason_code="team_mean_open")
    value = shrunk(size.raw or ZERO, size.n, team.mean, k)
    return replace(reading, value=value, size=replace(size, k=k, team=team, counted=counted))


def with_small_numbers(segments: Sequence[SegmentInput], schemes: Mapping[str, Scheme]) -> list[SegmentInput]:
    """Give every segment its readings as they count: the person's, the team's, those of communities, carried ones.

    A team is everybody of one team who is paid by one scheme and employed in the period, on leave or not; only a
    person's own readings are drawn to its mean.

    Args:
        segments: in a stable order, kept.
        schemes: by scheme id.
    """
    means = _team_means(segments, schemes)
    return [
        _segment(segment, schemes[segment.scheme_id], means.get((segment.scheme_id, segment.team_id), {}))
        if segment.scheme_id in schemes
        else segment
        for segment in segments
    ]


def _segment(segment: SegmentInput, scheme: Scheme, means: Mapping[str, TeamMean]) -> SegmentInput:
    rules = scheme.kpis
    gated = {gate.kpi: gate.interval for gate in scheme.gates if gate.interval and gate.kpi not in rules}

    def community(one: CommunityInput) -> CommunityInput:
        return replace(one, readings=_all(one.readings, rules, {}))

    def carried(kpi: str, one: CarriedReading) -> CarriedReading:
        if one.reading is None or kpi not in rules:
            return one
        return replace(one, reading=judged(one.reading, rules[kpi], None))

    return replace(
        segment,
        readings={
            kpi: _measured(one, gated[kpi]) if kpi in gated else one
            for kpi, one in _all(segment.readings, rules, means).items()
        },
        team_readings=_all(segment.team_readings, rules, {}),
        communities=tuple(community(one) for one in segment.communities),
        carried={kpi: carried(kpi, one) for kpi, one in segment.carried.items()},
    )


def _all(
    readings: Mapping[str, KpiReading], rules: Mapping[str, KpiRule], means: Mapping[str, TeamMean]
) -> dict[str, KpiReading]:
    return {
        kpi: judged(reading, rules[kpi], means.get(kpi)) if kpi in rules else reading
        for kpi, reading in readings.items()
    }


def _measured(reading: KpiReading, kind: str) -> KpiReading:
    """A reading that only a gate looks at, with its interval; no minimum is asked of it."""
    n = reading.denominator
    if n is None:
        return reading
    return replace(reading, size=SmallNumber(n, None, "", reading.value, interval_of(kind, reading)))


def _team_means(
    segments: Sequence[SegmentInput], schemes: Mapping[str, Scheme]
) -> dict[tuple[str, str], dict[str, TeamMean]]:
    """By scheme and team, then by KPI that the scheme shrinks: the mean of what is known of the team."""
    wanted = {
        scheme_id: [kpi for kpi, rule in scheme.kpis.items() if rule.is_shrunk] for scheme_id, scheme in schemes.items()
    }
    teams: dict[tuple[str, str], list[SegmentInput]] = defaultdict(list)
    for segment in segments:
        if segment.is_in_team and wanted.get(segment.scheme_id):
            teams[segment.scheme_id, segment.team_id].append(segment)
    found: dict[tuple[str, str], dict[str, TeamMean]] = {}
    for key, team in teams.items():
        means = {kpi: _mean([segment.readings.get(kpi) for segment in team]) for kpi in wanted[key[0]]}
        found[key] = {kpi: mean for kpi, mean in means.items() if mean is not None}
    return found


def _mean(readings: Sequence[KpiReading | None]) -> TeamMean | None:
    known = [one for one in readings if one is not None and one.status in KNOWN and one.denominator is not None]
    top = sum((one.numerator or ZERO for one in known), ZERO)
    n = sum((one.denominator or ZERO for one in known), ZERO)
    if n <= 0:
        return None
    is_open = any(one is None or one.status == "withheld" for one in readings)
    return TeamMean(round_once(CONTEXT.divide(top, n), _EXACT), n, is_open)


def jumps_within(goal: Goal, reading: KpiReading) -> list[Decimal]:
    """Return the values at which the line's curve jumps and that its interval holds, in the order of the curve."""
    ends = counted_interval(reading)
    if ends is None:
        return []
    low, high = sorted((goal.attain(ends.low), goal.attain(ends.high)))
    return [goal.value_at(at) for at in _jumps(goal) if low < at <= high]


def _jumps(goal: Goal) -> Iterator[Decimal]:
    """The attainments at which a hair's breadth moves the points."""
    if goal.points[0][1] > 0:
        yield goal.points[0][0]
    for (low, before), (high, after) in pairwise(goal.points):
        if before != after and (goal.kind == "step" or low == high):
            yield high


def counted_interval(reading: KpiReading | None) -> Interval | None:
    """The interval of a reading as it counts."""
    size = reading.size if reading is not None else None
    if size is None:
        return None
    return size.counted if size.k is not None else size.interval
