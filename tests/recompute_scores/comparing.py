"""The differences between the project's traces and the recomputation.

Belongs here: comparing, and one line a difference. Does not belong here: computing either side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .numbers import cents, largest_remainder
from .period import Person, Whole
from .scores import Line, Scored

CLOSE = Fraction(1, 10**9)
EXACT = Fraction(0)
Trace = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """Something that the project says and the documents contradict."""

    where: str
    what: str
    theirs: object
    ours: object

    def __str__(self) -> str:
        return f"{self.where}: {self.what} is {self.theirs} in the trace, the documents give {self.ours}"


def number(raw: object) -> Fraction | None:
    return None if raw is None else Fraction(str(raw))


def differ(
    where: str, what: str, theirs: object, ours: Fraction | None, near: Fraction = CLOSE
) -> Iterator[Difference]:
    """A difference, unless the two are as near as that; an absent number is the same as an absent one alone."""
    told = number(theirs)
    if (told is None) != (ours is None) or (told is not None and ours is not None and abs(told - ours) > near):
        yield Difference(where, what, theirs, None if ours is None else float(ours))


def of_people(people: Sequence[Trace], ours: Whole) -> Iterator[Difference]:
    theirs = {trace["person_id"]: trace for trace in people}
    for person in sorted(theirs.keys() ^ ours.people.keys()):
        yield Difference(person, "a card", person in theirs, person in ours.people)
    for person in sorted(theirs.keys() & ours.people.keys()):
        yield from of_person(theirs[person], ours.people[person])


def of_person(trace: Trace, ours: Person) -> Iterator[Difference]:
    who = trace["person_id"]
    yield from differ(who, "score", trace["score"], ours.score)
    yield from differ(who, "printed_score", trace["printed_score"], ours.printed, EXACT)
    bonus = trace["bonus"]
    for what, amount in (
        ("target", cents(ours.sum_of("target"))),
        ("earned", ours.sum_of("earned") + ours.team_earned),
        ("held", ours.sum_of("held") + ours.team_held + ours.piece_held),
        ("payable", ours.payable),
    ):
        yield from differ(who, f"bonus {what}", bonus[what], amount, EXACT)
    for kind, due in (("award", ours.award), ("piece_rate", ours.piece), ("guarantee", ours.guarantee)):
        said = [number(one["amount"]) or Fraction(0) for one in bonus.get("extras", ()) if one["kind"] == kind]
        yield from differ(who, kind, str(float(sum(said, Fraction(0)))), due, CLOSE)
    told = (trace.get("calibration") or {}).get("status", "")
    if told != ours.decision:
        yield Difference(who, "calibration", told, ours.decision)
    if ours.printed is not None:
        points = [
            one["printed_points"]
            for seg in trace["segments"]
            for name in ("lines", "vetoes", "gates")
            for one in seg[name]
        ]
        points += [seg["bonus_points"]["printed_points"] for seg in trace["segments"] if "bonus_points" in seg]
        points += [trace["calibration"].get("printed_points")] if "calibration" in trace else []
        total = sum((number(one) or Fraction(0) for one in points), Fraction(0))
        yield from differ(who, "the sum of printed_points", str(float(total)), ours.printed, Fraction(1, 10**6))
        if is_plain(trace):
            yield from of_points(trace, ours)
    found = {seg["segment_id"]: seg for seg in trace["segments"]}
    for one, paid in zip(ours.segments, ours.paid, strict=True):
        where = f"{who} {one.seg.id}"
        if one.seg.id not in found:
            yield Difference(where, "a segment", None, one.seg.id)
            continue
        yield from of_segment(where, found[one.seg.id], one)
        if paid is not None:
            for what in ("earned", "held"):
                yield from differ(where, f"bonus {what}", found[one.seg.id]["bonus"][what], getattr(paid, what), EXACT)


def of_points(trace: Trace, ours: Person) -> Iterator[Difference]:
    """The printed points of every line of a person whom no effect and no granted points reach.

    A line brings effective weight × points / known weight, by the days of its part; largest remainder makes whole
    hundredths of them that sum to the printed score, before any calibration.
    """
    scored = [one for one in ours.segments if one.known]
    days = sum(one.seg.days for one in scored)
    keys: list[tuple[str, str, str, str]] = []
    parts: list[Fraction] = []
    for one in scored:
        for line in one.lines:
            if line.score is not None:
                keys.append((one.seg.id, line.measure.component, line.measure.kpi, community_of(line)))
                parts.append(line.effective * line.score / one.known * Fraction(one.seg.days, days))
    wanted = dict(zip(keys, largest_remainder(cents(sum(parts, Fraction(0))), parts), strict=True))
    for seg in trace["segments"]:
        for line in seg["lines"]:
            community = (line.get("community") or {}).get("id", "")
            key = (seg["segment_id"], line["component"], line["kpi_id"], community)
            where = f"{trace['person_id']} {' '.join(key)}".strip()
            yield from differ(where, "printed_points", line["printed_points"], wanted.get(key), EXACT)


def community_of(line: Line) -> str:
    return line.measure.held.community if line.measure.held else ""


def is_plain(trace: Trace) -> bool:
    """Whether a person's score is that of the lines alone."""
    effects = [one for seg in trace["segments"] for name in ("vetoes", "gates") for one in seg[name]]
    return not any(one["applied"] for one in effects) and not any("bonus_points" in seg for seg in trace["segments"])


def of_segment(where: str, trace: Trace, ours: Scored) -> Iterator[Difference]:
    for what, value in (
        ("eligible_days", Fraction(ours.seg.days)),
        ("score", ours.score),
        ("score_low", ours.low),
        ("score_high", ours.high),
        ("known_weight", ours.known),
    ):
        yield from differ(where, what, trace[what], value)
    for one in trace["components"]:
        weight, score = ours.components.get(one["id"], (None, None))
        yield from differ(where, f"effective weight of {one['id']}", one["effective_weight"], weight)
        yield from differ(where, f"score of {one['id']}", one["score"], score)
    theirs = {
        (one["component"], one["kpi_id"], (one.get("community") or {}).get("id", "")): one for one in trace["lines"]
    }
    mine = {(one.measure.component, one.measure.kpi, community_of(one)): one for one in ours.lines}
    for key in sorted(theirs.keys() ^ mine.keys()):
        yield Difference(where, f"line {key}", key in theirs, key in mine)
    for key in sorted(theirs.keys() & mine.keys()):
        yield from of_line(f"{where} {' '.join(key)}".strip(), theirs[key], mine[key])


def of_line(where: str, trace: Trace, ours: Line) -> Iterator[Difference]:
    if trace["status"] != ours.status:
        yield Difference(where, "status", (trace["status"], trace["reason_code"]), (ours.status, ours.reason))
    yield from differ(where, "weight", trace["weight"], ours.measure.weight)
    yield from differ(where, "effective_weight", trace["effective_weight"], ours.effective)
    if not ours.is_applicable:
        return
    yield from differ(where, "target", trace["target"], ours.target.target if ours.target else None)
    yield from differ(where, "baseline", trace["baseline"], ours.baseline)
    yield from differ(where, "target_share", trace["target_share"], ours.share)
    yield from differ(where, "attainment", trace["attainment"], ours.attainment)
    yield from differ(where, "kpi_score", trace["kpi_score"], ours.score)
    curve = [(number(a), number(p)) for a, p in trace["curve_points"]]
    if len(curve) != len(ours.points):
        yield Difference(where, "curve_points", trace["curve_points"], [(float(a), float(p)) for a, p in ours.points])
    for i, ((a, p), (b, q)) in enumerate(zip(curve, ours.points, strict=False)):
        yield from differ(where, f"attainment of point {i}", str(a), b)
        yield from differ(where, f"points of point {i}", str(p), q)


def of_pools(pools: Sequence[Trace], ours: Whole) -> Iterator[Difference]:
    theirs = {one["pool_id"]: one for one in pools}
    mine = {f"{scheme}/{team}": one for (scheme, team), one in ours.pools.items()}
    for key in sorted(theirs.keys() ^ mine.keys()):
        yield Difference(key, "a pool", key in theirs, key in mine)
    for key in sorted(theirs.keys() & mine.keys()):
        for what in ("attainment_low", "attainment_high", "factor_low", "factor_high"):
            yield from differ(key, what, theirs[key][what], getattr(mine[key], what))
        for what in ("amount", "earned", "held", "undistributed"):
            yield from differ(key, what, theirs[key][what], getattr(mine[key], what), EXACT)


def of_shares(shares: Sequence[Trace], ours: Whole) -> Iterator[Difference]:
    theirs = {one["pool_id"]: one for one in shares}
    mine = {"/".join(key): one for key, one in ours.shares.items()}
    for key in sorted(theirs.keys() ^ mine.keys()):
        yield Difference(key, "a team share", key in theirs, key in mine)
    for key in sorted(theirs.keys() & mine.keys()):
        if theirs[key]["status"] != mine[key].status:
            yield Difference(key, "status", theirs[key]["status"], mine[key].status)
        yield from differ(key, "amount", theirs[key]["amount"], mine[key].amount or Fraction(0), EXACT)
        for what in ("earned", "held"):
            yield from differ(key, what, theirs[key][what], sum(getattr(mine[key], what), Fraction(0)), EXACT)
        yield from differ(key, "undistributed", theirs[key]["undistributed"], mine[key].undistributed, EXACT)


def of_ledger(ledger: Iterable[Any], ours: Whole) -> Iterator[Difference]:
    """Every person's earnings, holds and adjustments, and what each pool leaves undistributed, in the ledger."""
    booked: dict[tuple[str, str], Fraction] = {}
    for entry in ledger:
        key = (entry.entry_type, entry.person_id or entry.pool_id)
        booked[key] = booked.get(key, Fraction(0)) + Fraction(entry.amount)
    mine: dict[tuple[str, str], Fraction] = {}
    for person, one in ours.people.items():
        mine["earning", person] = one.sum_of("earned") + one.team_earned
        mine["held", person] = one.sum_of("held") + one.team_held + one.piece_held
        mine["adjustment", person] = one.adjustments
        mine["award", person] = one.award
        mine["piece_rate", person] = one.piece
        mine["guarantee", person] = one.guarantee
    for key3, pool in ours.pools.items():
        mine["undistributed", "/".join(key3)] = pool.undistributed
    for key3s, share in ours.shares.items():
        mine["undistributed", "/".join(key3s)] = share.undistributed
    for key in sorted(booked.keys() | mine.keys()):
        told, amount = booked.get(key, Fraction(0)), mine.get(key, Fraction(0))
        if told != amount:
            yield Difference(" ".join(key), "the ledger", float(told), float(amount))
