"""Followers of X and of official accounts: growth against the opening stock, and who stayed thirty days.

Belongs here: user days of official accounts, follower lists. Does not belong here: X overview and follower counts,
which `x_posts` reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from .credit import Shares, by_assignment, settle
from .follower_lists import account_days, all_lists
from .kpi import Entry, World, bounds, recomputes
from .people import Company, days_between, month_of
from .x_posts import followers

USER_DAYS = {
    "day": ("日期",),
    "new": ("新增关注人数",),
    "cancelled": ("取消关注人数",),
    "total": ("累积关注人数",),
}
#: How long before a month its opening stock may have been counted; how far apart two lists may lie.
REACH = timedelta(days=31)
RETENTION = timedelta(days=30)

Days = Mapping[tuple[str, date], Fraction]
Stocks = Mapping[str, Mapping[date, Fraction]]


def user_days(world: World) -> tuple[dict[tuple[str, date], Fraction], dict[str, dict[date, Fraction]]]:
    """Net growth of each official account and day, and its followers in the evening, by the last export of the day."""
    net: dict[tuple[str, date], Fraction] = {}
    stock: dict[str, dict[date, Fraction]] = {}
    for file in world.files:
        for row in file.rows(USER_DAYS, USER_DAYS):
            new, cancelled, total = row.number("new"), row.number("cancelled"), row.number("total")
            if new is not None and cancelled is not None:
                net[file.account, row.day("day")] = new - cancelled
            if total is not None:
                stock.setdefault(file.account, {})[row.day("day")] = total
    return net, stock


def _by_day(company: Company, account: str, day: date) -> Shares:
    """Whoever has the account on a day, unless the day is overridden."""
    record = ("account_day", f"{account}:{day}")
    return settle(company, record, day, (by_assignment(company, "account", account, day),))


def _opening(stock: Mapping[date, Fraction], month: str) -> Fraction | None:
    """The latest count of the 31 days before a month."""
    first, _ = bounds(month)
    days = [day for day in stock if first - REACH <= day < first]
    return stock[max(days)] if days else None


def _growth(company: Company, kpi_id: str, net: Days, stocks: Stocks, *, with_events: bool) -> Iterator[Entry]:
    """Net growth of each day, and the day's part of the followers before the month."""
    for (account, day), number in net.items():
        if not with_events and company.is_offline(account, day):
            continue
        month = month_of(day)
        opening = _opening(stocks.get(account, {}), month)
        for person, share in _by_day(company, account, day).items():
            if opening is None:
                yield Entry(kpi_id, month, person, account=account)
                continue
            part = opening / len(list(days_between(*bounds(month))))
            yield Entry(kpi_id, month, person, number * share, part * share, account=account)


@recomputes("follower_growth_rate_x")
def x_growth_entries(world: World) -> Iterator[Entry]:
    yield from _growth(
        world.company, "follower_growth_rate_x", account_days(world), followers(world), with_events=False
    )


@recomputes("follower_growth_rate_oa", "oa_follower_growth")
def oa_growth_entries(world: World) -> Iterator[Entry]:
    net, stocks = user_days(world)
    yield from _growth(world.company, "follower_growth_rate_oa", net, stocks, with_events=False)
    yield from _growth(world.company, "oa_follower_growth", net, stocks, with_events=True)


@recomputes("follower_retention_30d")
def retention_entries(world: World) -> Iterator[Entry]:
    """New followers of each list, looked for in the first list of the 31 days from day 30 on; spam there counts not."""
    lists = {account: {day: set(listed) for day, listed in days.items()} for account, days in all_lists(world).items()}
    spam = {
        (account, day, follower)
        for account, days in all_lists(world).items()
        for day, listed in days.items()
        for follower, profile in listed.items()
        if profile.verdict == "spam"
    }
    for account, by_day in lists.items():
        seen = set(by_day[min(by_day)])
        for before, day in pairwise(sorted(by_day)):
            new = by_day[day] - seen
            seen |= by_day[day]
            ends = day + RETENTION
            later = [other for other in by_day if ends <= other < ends + REACH]
            if day - before > REACH or not new or not later:
                continue
            last = min(later)
            stayed = sum((account, last, follower) not in spam for follower in new & by_day[last])
            joined = len(new)
            for person, share in _by_day(world.company, account, ends).items():
                sides = (stayed * share, joined * share)
                yield Entry("follower_retention_30d", month_of(ends), person, *sides, account=account)
