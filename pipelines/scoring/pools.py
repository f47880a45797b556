"""The bonus pool of a team: its size by the team's tier, and its split to the cent.

Belongs here: team attainment, pool factor, points × days, personal caps, what is paid, held and undistributed. Does not
belong here: a person's score (`segments`), pay without a pool (`individual`), adjustments (`period`).

The rule for withheld data, in one sentence: what is paid now is due whatever the missing data turn out to be, and what
is held is the most that may still become due. Hence the pool is divided by the *highest* points that each member can
still reach (nobody's part grows because another's data is broken), each is paid for the *lowest* own points, and the
difference is held in the member's name. docs/scoring.md works it through with numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipelines.schemes.model import Pool, Scheme
from pipelines.scoring.chance import tiers_within
from pipelines.scoring.curves import read_curve
from pipelines.scoring.numbers import CENT, HUNDRED, ZERO, clean, largest_remainder, round_down, round_once, shown
from pipelines.scoring.trace import Note, PoolMember, PoolTrace, SegmentTrace


def pool_id_of(scheme_id: str, team_id: str) -> str:
    """Name the pool of a team under a scheme."""
    return f"{scheme_id}/{team_id}"


def distribute(scheme: Scheme, team_id: str, currency: str, segments: Sequence[SegmentTrace]) -> PoolTrace:
    """Size and split one pool, and write earned and held into its segments.

    Args:
        scheme: the scheme of the pool.
        team_id: the team.
        currency: of all amounts.
        segments: the pool's members: scorable, with a target bonus above 0, in a stable order.
    """
    rule = scheme.pool
    if rule is None:
        raise ValueError(f"scheme {scheme.scheme_id} has no pool")
    pool = PoolTrace(pool_id_of(scheme.scheme_id, team_id), scheme.scheme_id, team_id, currency)
    pool.target_sum = sum((segment.target for segment in segments), ZERO)
    _set_factor(pool, rule, segments)
    _note_close_tiers(pool, rule, segments)
    pool.amount_low = pool.target_sum * pool.factor_low / HUNDRED
    pool.amount = round_once(pool.target_sum * pool.factor_high / HUNDRED)
    pool.members = [_member(rule, segment) for segment in segments]
    pool.mass = sum((member.high_mass for member in pool.members), ZERO)
    parts = largest_remainder(int(pool.amount / CENT), [member.high_mass for member in pool.members])
    for member, segment, part in zip(pool.members, segments, parts, strict=True):
        _pay(pool, rule, member, segment, part * CENT)
    pool.earned = sum((member.earned for member in pool.members), ZERO)
    pool.held = sum((member.held for member in pool.members), ZERO)
    pool.undistributed = pool.amount - pool.earned - pool.held
    _note_waiting(pool.members, segments)
    return pool


def _note_close_tiers(pool: PoolTrace, rule: Pool, segments: Sequence[SegmentTrace]) -> None:
    """Tell everybody where a tier of the pool lies within what chance may have done to the team's attainment."""
    if pool.attainment_low is None or pool.attainment_low != pool.attainment_high:
        return
    tiers = tiers_within(rule, pool.attainment_low, segments)
    if tiers:
        told = Note("too_close_pool", {"tiers": ", ".join(shown(tier) for tier in tiers)})
        for segment in segments:
            segment.notes.append(told)


def _note_waiting(members: Sequence[PoolMember], segments: Sequence[SegmentTrace]) -> None:
    """Tell everybody whose part may still grow because the highest points of a colleague are set aside."""
    is_open = [member.low_mass != member.high_mass for member in members]
    for own, segment in zip(is_open, segments, strict=True):
        if sum(is_open) > own:
            segment.notes.append(Note("pool_waits"))


def _set_factor(pool: PoolTrace, rule: Pool, segments: Sequence[SegmentTrace]) -> None:
    """Read the team's attainment from its members' lines, weighted by their days, and the factor of its tier."""
    low = high = weights = ZERO
    for kpi, weight in rule.kpis.items():
        bounds = _kpi_bounds(kpi, rule.attainment_cap, segments)
        if bounds is not None:
            low += weight * bounds[0]
            high += weight * bounds[1]
            weights += weight
    if not weights:
        pool.notes.append(Note("pool_factor_default"))
        return
    pool.attainment_low, pool.attainment_high = clean(low / weights), clean(high / weights)
    factor = rule.factor
    pool.factor_low = read_curve(factor.kind, factor.points, pool.attainment_low).output
    pool.factor_high = read_curve(factor.kind, factor.points, pool.attainment_high).output


def _kpi_bounds(kpi: str, cap: Decimal, segments: Sequence[SegmentTrace]) -> tuple[Decimal, Decimal] | None:
    low = high = ZERO
    days = 0
    for segment in segments:
        lines = [line for line in segment.lines if line.kpi_id == kpi and line.status != "not_applicable"]
        if not lines:
            continue
        own = segment.segment.eligible_days
        days += own
        weight = sum((line.weight for line in lines), ZERO)  # several lines: one for each community
        for line in lines:
            part = own if len(lines) == 1 else own * line.weight / weight
            if line.attainment is None:
                high += cap * part
            else:
                limited = min(max(line.attainment, ZERO), cap)
                low += limited * part
                high += limited * part
    return (low / days, high / days) if days else None


def _member(rule: Pool, segment: SegmentTrace) -> PoolMember:
    given = segment.segment
    weight = given.bonus_base if rule.points == "target_weighted" else Decimal(1)
    factor = weight * given.eligible_days
    return PoolMember(
        person_id=given.person_id,
        segment_id=given.segment_id,
        days=given.eligible_days,
        low_points=segment.low,
        high_points=segment.high,
        weight=weight,
        low_mass=segment.low * factor,
        high_mass=segment.high * factor,
    )


def _pay(pool: PoolTrace, rule: Pool, member: PoolMember, segment: SegmentTrace, part: Decimal) -> None:
    member.cap = _cap(rule, segment, member.high_points)
    most = min(part, member.cap)
    member.over_cap = part - most
    if member.low_mass == member.high_mass and pool.factor_low == pool.factor_high:
        member.earned = most
    elif pool.mass:
        sure = round_once(pool.amount_low * member.low_mass / pool.mass)
        member.earned = min(sure, _cap(rule, segment, member.low_points), most)
    member.held = most - member.earned
    segment.earned, segment.held = member.earned, member.held
    segment.pool_id, segment.member = pool.pool_id, member


def _cap(rule: Pool, segment: SegmentTrace, points: Decimal) -> Decimal:
    return round_down(segment.target * cap_percent(rule, points) / HUNDRED)


def cap_percent(rule: Pool, points: Decimal) -> Decimal:
    """Return the personal cap in per cent of the own target bonus; what prints as 100.00 has reached a step at 100."""
    at = round_once(points) if rule.personal_cap.has_steps else points
    return read_curve(rule.personal_cap.kind, rule.personal_cap.points, at).output
