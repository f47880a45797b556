"""Communities as a business: what they cost, which members buy, what they contribute.

Belongs here: costs by hand, closing members of groups, and KPIs that set purchases beside them. Does not belong here:
KPIs of members alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

from .credit import Shares, by_assignment, by_identity, settle
from .customers import all_months, customers
from .kpi import Entry, World, bounds, recomputes
from .orders import credited, first_purchases, is_community, orders
from .people import UNASSIGNED, Company, days_between, month_of
from .referrals import recorded_since, referrer_of

SHEET = {
    "day": ("统计日期",),
    "group": ("群ID",),
    "owner": ("群主",),
    "members": ("群成员总数",),
    "speakers": ("发言人数",),
}


@dataclass(frozen=True)
class GroupMonth:
    """A group when a month has ended."""

    group: str
    month: str
    members: Fraction
    busiest: Fraction | None
    owner: str


@recomputes("community_roi")
def return_entries(world: World) -> Iterator[Entry]:
    """Sales of communities less costs, in months with stated costs."""
    company = world.company
    costs = [(row["month"], row["scope"], row["scope_id"], Fraction(row["amount"])) for row in company.costs]
    costs += [cost for row in company.incentives for cost in _of_incentive(row)]
    stated = {month for month, *_ in costs}
    for order in orders(world):
        is_sold = order.is_real and not order.is_cancelled and order.currency == company.config["currency"]
        if is_sold and is_community(company, order) and order.month in stated:
            for person, share in credited(world, order).items():
                yield Entry("community_roi", order.month, person, order.net * share, account=order.shop)
    for month, scope, scope_id, amount in costs:
        for person, share in _cost_shares(company, month, scope, scope_id).items():
            yield Entry("community_roi", month, person, -amount * share, amount * share)


def _of_incentive(row: dict[str, str]) -> Iterator[tuple[str, str, str, Fraction]]:
    """The cost of an incentive of a group or community by days; each month ends on a whole cent of the cost so far."""
    if not row["cost"] or row["scope"] not in ("group", "community"):
        return
    days = list(days_between(date.fromisoformat(row["valid_from"]), date.fromisoformat(row["valid_to"])))
    until: dict[str, Fraction] = {}
    for number, day in enumerate(days, 1):
        until[month_of(day)] = Fraction(row["cost"]) * number / len(days)
    before = Fraction(0)
    for month, exact in until.items():
        cents = Fraction((exact * 200 + 1) // 2, 100)
        yield month, row["scope"], row["scope_id"], cents - before
        before = cents


def _cost_shares(company: Company, month: str, scope: str, scope_id: str) -> Shares:
    """A team's cost by days of membership, any other by assignment, day by day."""
    days = list(days_between(*bounds(month)))
    shares: dict[str, Fraction] = {}
    if scope == "team":
        member_days = [person for day in days for person, team in company.teams_on(day) if team == scope_id]
        for person in member_days:
            shares[person] = shares.get(person, Fraction(0)) + Fraction(1, len(member_days))
        return shares or {UNASSIGNED: Fraction(1)}
    for day in days:
        for person, share in settle(company, ("cost", scope_id), day, _steps(company, scope, scope_id, day)).items():
            shares[person] = shares.get(person, Fraction(0)) + share / len(days)
    return shares


def _steps(company: Company, scope: str, scope_id: str, day: date, owner: str = "") -> list[Shares]:
    """Whoever holds the group, else its owner, else whoever holds its community."""
    if scope == "community":
        return [by_assignment(company, "community", scope_id, day)]
    within = [
        community
        for group, community, start, end in company.group_communities
        if group == scope_id and start <= day < end
    ]
    return [
        by_assignment(company, "group", scope_id, day),
        by_identity(company, "wecom", owner, day) if owner else {},
        *(by_assignment(company, "community", community, day) for community in within),
    ]


@cache
def group_months(world: World) -> tuple[GroupMonth, ...]:
    """Closing members on the last day of a group's sheet in a month, and its speakers on the busiest day."""
    sheet: dict[tuple[str, date], tuple[Fraction, Fraction | None, str]] = {}
    for file in world.files:
        for row in file.rows(SHEET, SHEET):
            members = row.number("members")
            if members is not None:
                sheet[row.text("group"), row.day("day")] = (members, row.number("speakers"), row.text("owner"))
    months: dict[tuple[str, str], list[date]] = {}
    for group, day in sorted(sheet):
        months.setdefault((group, month_of(day)), []).append(day)
    found = []
    for (group, month), days in months.items():
        members, _, owner = sheet[group, days[-1]]
        spoken = [number for day in days if (number := sheet[group, day][1]) is not None]
        found.append(GroupMonth(group, month, members, max(spoken) if spoken else None, owner))
    return tuple(found)


def _holders(world: World, group: GroupMonth) -> Shares:
    last = bounds(group.month)[1] - timedelta(days=1)
    steps = _steps(world.company, "group", group.group, last, group.owner)
    return settle(world.company, ("group_stock", f"{group.group} {group.month}"), last, steps)


@recomputes("member_conversion_rate")
def buyer_entries(world: World) -> Iterator[Entry]:
    """Customers of a month who bought in a community, over the closing members."""
    company = world.company
    seen = set()
    for order in orders(world):
        if order.counts and order.customer and is_community(company, order):
            if (order.month, order.customer) in seen:
                continue
            seen.add((order.month, order.customer))
            for person, share in credited(world, order).items():
                yield Entry("member_conversion_rate", order.month, person, share, account=order.shop)
    for group in group_months(world):
        for person, share in _holders(world, group).items():
            yield Entry("member_conversion_rate", group.month, person, Fraction(0), group.members * share)


@recomputes("community_value_coefficient")
def value_entries(world: World) -> Iterator[Entry]:
    """Active members, new high-value customers and referred new customers, weighted, over the closing members."""
    kpi_id = "community_value_coefficient"
    settings = world.company.settings
    active, high, referral = (
        Fraction(str(settings[f"value_weight_{name}"])) for name in ("active", "high_value", "referral")
    )
    for group in group_months(world):
        for person, share in _holders(world, group).items():
            busiest = None if group.busiest is None else active * group.busiest * share
            yield Entry(kpi_id, group.month, person, busiest, group.members * share)
    for month in all_months(world):
        for customer in customers(world, month):
            if customer.is_high and not customer.was_high:
                for person, share in customer.holders.items():
                    yield Entry(kpi_id, month, person, high * share, account=customer.shop)
    for first in first_purchases(world):
        if first.at >= recorded_since(world, first.shop):
            for person, share in credited(world, first).items():
                referred = referral * share * bool(referrer_of(world, first))
                yield Entry(kpi_id, first.month, person, referred, account=first.shop)
