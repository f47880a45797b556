"""A whole period of a company: segments, lines, scores, pools, pay and printed points.

Belongs here: putting the rooms of this package together. Does not belong here: any rule of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .beside import pieces
from .calibrating import calibrated, decisions
from .carrying import carries, last_whole, then
from .company import Folder, Seg, Span
from .measures import Measure, Scheme, measures
from .numbers import half_up, number
from .pay import Paid, Pool, individual, pool, prorated
from .scores import KNOWN, Line, Read, Scored, effects_of, line_of, scored
from .shares import Share, excess_profit, share
from .small import as_counted, counted
from .targets import from_rows, of_community

ZERO = Fraction(0)
#: (person, segment, KPI), with a community where it is of one, or with a carried period -> reading
Reads = Mapping[tuple[str, ...], Read]


@dataclass
class Person:
    """One person's period."""

    segments: list[Scored]
    paid: list[Paid | None]
    adjustments: Fraction = ZERO
    team_earned: Fraction = ZERO
    team_held: Fraction = ZERO
    award: Fraction = ZERO
    piece: Fraction = ZERO
    piece_held: Fraction = ZERO
    #: what a guarantee of another scheme adds
    guarantee: Fraction = ZERO
    #: by segment: shares of what teams gained, pay by the piece
    shared: dict[str, Fraction] = field(default_factory=dict)
    pieced: dict[str, Fraction] = field(default_factory=dict)
    decision: str = ""

    @property
    def score(self) -> Fraction | None:
        """The mean of the segments' scores by eligible days."""
        known = [(one.seg.days, one.score) for one in self.segments if one.score is not None]
        days = sum(n for n, _ in known)
        return sum((n * s for n, s in known), ZERO) / days if days else None

    @property
    def printed(self) -> Fraction | None:
        return None if self.score is None else half_up(self.score, 2)

    @property
    def is_open(self) -> bool:
        return any(one.low != one.high for one in self.segments if one.is_scorable)

    @property
    def payable(self) -> Fraction:
        """Bonus, team shares, adjustments, awards, pay by the piece, guarantee."""
        beside = self.adjustments + self.award + self.piece + self.guarantee
        return self.sum_of("earned") + self.team_earned + beside

    def sum_of(self, name: str) -> Fraction:
        return sum((getattr(one, name) for one in self.paid if one is not None), ZERO)


@dataclass
class Whole:
    """Everybody's period, and the pools by (scheme, team)."""

    people: dict[str, Person]
    pools: dict[tuple[str, str], Pool] = field(default_factory=dict)
    #: by (scheme, team, share)
    shares: dict[tuple[str, str, str], Share] = field(default_factory=dict)


def team_read(members: list[Seg], kpi: str, reads: Reads, *, adds_up: bool = False) -> Read:
    """A team's reading: Σ numerators / Σ denominators, or the sum; one person's withheld data withholds it for all."""
    found = [reads.get((one.person, one.id, kpi), Read("withheld", reason="no_reading")) for one in members]
    if any(one.status == "withheld" for one in found):
        return Read("withheld")
    known = [one for one in found if one.status in KNOWN]
    if adds_up and known:
        return Read(_worst(known), sum((one.value or ZERO for one in known), ZERO))
    above = sum((one.numerator or ZERO for one in known), ZERO)
    below = sum((one.denominator or ZERO for one in known), ZERO)
    if not known or not below:
        return Read("not_applicable")
    # like a ratio of the warehouse, with 12 decimals
    return Read(_worst(known), half_up(above / below, 12), above, below)


def _worst(known: list[Read]) -> str:
    return "provisional" if any(one.status == "provisional" for one in known) else "ok"


def weights_of(scheme: Scheme, seg: Seg, lines: list[Line]) -> dict[str, Fraction]:
    """The weight of each component, which is that of its lines."""
    found: dict[str, Fraction] = {}
    for line in lines:
        name = line.measure.component
        found[name] = found.get(name, ZERO) + line.measure.weight
    return found


def compute(
    folder: Folder, schemes: Mapping[str, Scheme], span: Span, reads: Reads, catalogue: Mapping[str, Mapping[str, Any]]
) -> Whole:
    """Score and pay everybody."""
    segments = folder.segments(span)
    raw, reads = reads, counted(reads, folder.segments(span), schemes, catalogue)
    reviews = folder.quality(span)
    granted, awarded, decided = folder.granted(span), folder.awarded(span), decisions(folder, span)
    by_community = frozenset(
        kpi
        for kpi, row in catalogue.items()
        if set((row["subject_types"] or "").split(";")) <= {"group", "community"} and row["subject_types"]
    )
    people: dict[str, Person] = {}
    for seg in segments:
        scheme = schemes[seg.scheme]
        team = [one for one in segments if (one.team, one.scheme) == (seg.team, seg.scheme)]
        lines = []
        for measure in measures(scheme, seg, span, by_community):
            lines.append(_line(folder, scheme, measure, seg, span, reads, raw, catalogue[measure.kpi], team))
        own = {kpi: reads[seg.person, seg.id, kpi] for kpi in catalogue if (seg.person, seg.id, kpi) in reads}
        effects = effects_of(scheme, seg, own, reviews.get(seg.person))
        most = number(scheme["bonus_points"]["max"]) if "bonus_points" in scheme else ZERO
        beyond = min(most, granted.get(seg.person, ZERO))
        one = scored(seg, lines, weights_of(scheme, seg, lines), effects, beyond)
        person = people.setdefault(seg.person, Person([], []))
        person.segments.append(one)
        made, waiting = pieces(scheme, seg, span, own)
        person.piece += made
        person.piece_held += waiting
        person.pieced[seg.id] = made
    for name, them in people.items():
        them.award = awarded.get(name, ZERO)
        if name in decided:
            them.decision, them.segments = calibrated(them.segments, decided[name])
    whole = Whole(people)
    _pay(whole, schemes, span)
    _share(whole, folder, schemes, span, segments, reads, catalogue)
    for person, amount in folder.adjusted(span).items():
        if person in people:
            people[person].adjustments = amount
    return whole


def _line(
    folder: Folder,
    scheme: Scheme,
    measure: Measure,
    seg: Seg,
    span: Span,
    reads: Reads,
    raw: Reads,
    row: Mapping[str, Any],
    team: list[Seg],
) -> Line:
    block = scheme["kpis"][measure.kpi]
    adds_up = row["aggregation"] in {"sum", "distinct"}
    if carries(scheme, measure.kpi, span):
        whole = last_whole(scheme, measure.kpi, span)
        before = then(folder, seg, whole)
        read = reads.get((before.person, before.id, measure.kpi, whole.name)) if before else None
        if before is None or read is None:
            return Line(measure, "not_applicable")
        stated = from_rows(folder, before, measure.kpi, whole, block, adds_up=adds_up)
        return line_of(scheme, measure, before, whole, row, as_counted(read, block, row), stated, None)
    stated = from_rows(folder, seg, measure.kpi, span, block, adds_up=adds_up)
    of_its = None
    if measure.held is not None:
        name = measure.held.community
        read = reads.get((seg.person, seg.id, measure.kpi, name))
        of_its = of_community(folder, name, measure.kpi, span, adds_up=adds_up)
    elif block.get("measured_on") == "team":
        read = as_counted(team_read(team, measure.kpi, raw), block, row)
    else:
        read = reads.get((seg.person, seg.id, measure.kpi))
    return line_of(scheme, measure, seg, span, row, read, stated, of_its)


def _pay(whole: Whole, schemes: Mapping[str, Scheme], span: Span) -> None:
    places = [(person, i, one) for person, them in whole.people.items() for i, one in enumerate(them.segments)]
    for them in whole.people.values():
        them.paid = [None] * len(them.segments)
        alone = [i for i, one in enumerate(them.segments) if "individual" in schemes[one.seg.scheme]]
        for scheme_id in {them.segments[i].seg.scheme for i in alone}:
            mine = [i for i in alone if them.segments[i].seg.scheme == scheme_id]
            paid = individual(schemes[scheme_id], [them.segments[i] for i in mine], span)
            for i, due in zip(mine, paid, strict=True):
                them.paid[i] = due
    teams: dict[tuple[str, str], list[tuple[str, int, Scored]]] = {}
    for person, i, one in places:
        if "pool" in schemes[one.seg.scheme] and one.is_scorable and one.seg.days and one.seg.base:
            teams.setdefault((one.seg.scheme, one.seg.team), []).append((person, i, one))
    for key, members in sorted(teams.items()):
        made, paid_each = pool(schemes[key[0]], [one for _, _, one in members], span)
        whole.pools[key] = made
        for (person, i, _), paid_one in zip(members, paid_each, strict=True):
            whole.people[person].paid[i] = paid_one
    for person, i, one in places:
        rule = schemes[one.seg.scheme].get("pool")
        if rule and whole.people[person].paid[i] is None:
            # in no pool: nothing applies; the card still states what at target would bring
            whole.people[person].paid[i] = Paid(prorated(one.seg.base, one, span, rule["shares"]), ZERO, ZERO)


def _share(
    whole: Whole,
    folder: Folder,
    schemes: Mapping[str, Scheme],
    span: Span,
    segments: list[Seg],
    reads: Reads,
    catalogue: Mapping[str, Mapping[str, Any]],
) -> None:
    scored_ones = [(person, one) for person, them in whole.people.items() for one in them.segments]
    for scheme_id, team in sorted({(one.scheme, one.team) for one in segments}):
        for rule in schemes[scheme_id].get("team_shares", []):
            if rule["period"] != span.kind:
                continue
            gain, of_all = excess_profit(folder, span, team)
            if rule["of"] != "excess_profit":
                of_all = False
            key = (scheme_id, "" if of_all else team, rule["id"])
            if key in whole.shares:
                continue
            mates = [one for one in segments if one.scheme == scheme_id and (of_all or one.team == team)]
            people = [
                (person, one)
                for person, one in scored_ones
                if one.seg.scheme == scheme_id and (of_all or one.seg.team == team) and one.is_scorable and one.seg.days
            ]
            if rule["of"] != "excess_profit":
                gain = team_read(mates, rule["of"], reads, adds_up=True)
            gates = [
                team_read(mates, gate["kpi"], reads, adds_up=catalogue[gate["kpi"]]["aggregation"] == "sum")
                for gate in rule.get("gates", [])
            ]
            made = share(rule, [one for _, one in people], gain, gates)
            whole.shares[key] = made
            for (person, scored_one), earned, held in zip(people, made.earned, made.held, strict=True):
                by_part = whole.people[person].shared
                by_part[scored_one.seg.id] = by_part.get(scored_one.seg.id, ZERO) + earned
                whole.people[person].team_earned += earned
                whole.people[person].team_held += held
