"""Net quality growth by follower lists, and the burst guard's alarms over them, told anew from the raw lists.

Belongs here: docs/follower-quality.md, "Net growth by lists", and docs/data-quality.md, "Bursts and purges". Does not
belong here: who stayed thirty days (`growth`), the counts of the overview (`x_posts`), holds and purges, of which the
companies that are recomputed have none that counts.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from statistics import median

from .credit import by_assignment, settle
from .followers import PENDING_DAYS, SPAM_POINTS, card_points
from .kpi import Entry, World, recomputes
from .people import month_of
from .raw import Row
from .x_posts import counted_days, followers, followers_at

LISTS = {"day": ("Snapshot date",), "follower": ("Follower id",)}
PROFILE = {
    "followers": ("public_metrics.followers_count",),
    "following": ("public_metrics.following_count",),
    "posts": ("public_metrics.tweet_count",),
    "listed": ("public_metrics.listed_count",),
    "url": ("url",),
    "created": ("created_at",),
}
DAY = timedelta(days=1)
#: Between two lists; until the final verdict; within which who leaves never counted; after a month's last list.
REACH, VESTING, CHURN, ALARMS = 31 * DAY, 30 * DAY, 7 * DAY, 14 * DAY
#: Points of a suspect, points that are enough on the days of an alarm, age from which an account says something.
SUSPECT, DOUBTFUL, SETTLED = 16, 10, 4
MONDAY = date(2000, 1, 3)


@dataclass(frozen=True)
class Profile:
    """What a list says of a follower on its day; points are None where it tells of no counts."""

    points: int | None
    age: int | None
    created: date | None

    @property
    def verdict(self) -> str:
        if self.points is None:
            return ""
        if self.age is not None and self.age < PENDING_DAYS:
            return "pending"
        return "spam" if self.points >= SPAM_POINTS else "clean"


Lists = dict[date, dict[str, Profile]]


def profile_of(row: Row) -> Profile:
    """The points and the age that a row of a list gives."""
    told = row.text("created")
    created = date.fromisoformat(told[:10]) if told else None
    age = (row.day("day") - created).days if created else None
    counts = [row.number(name) for name in ("followers", "following", "posts")]
    if any(count is None for count in counts):
        return Profile(None, age, created)
    followers_n, following, posts = (int(count or 0) for count in counts)
    number = row.number("listed")
    listed = None if number is None else int(number)
    return Profile(card_points(followers_n, following, posts, listed, bool(row.text("url")), age), age, created)


@lru_cache(maxsize=4)
def all_lists(world: World) -> Mapping[str, Lists]:
    """Account -> day -> follower -> profile."""
    lists: dict[str, Lists] = {}
    for file in world.files:
        for row in file.rows(LISTS | PROFILE, LISTS):
            lists.setdefault(file.account, {}).setdefault(row.day("day"), {})[row.text("follower")] = profile_of(row)
    return lists


def whole_lists(world: World) -> dict[str, Lists]:
    """Those that hold the quality bar of the followers of the evening, or of the evening before."""
    counts = followers(world)
    bar = Fraction(str(world.company.settings.get("quality_bar", "0.95")))
    found: dict[str, Lists] = {}
    for account, lists in all_lists(world).items():
        for day, listed in lists.items():
            stated = counts.get(account, {})
            evenings = [n for n in (followers_at(stated, day), followers_at(stated, day - DAY)) if n is not None]
            if evenings and len(listed) >= bar * min(evenings):
                found.setdefault(account, {})[day] = listed
    return found


@dataclass
class Stay:
    """One follower: first whole list, the list before that, and the first list that lacks them for good."""

    first: date
    before: date | None
    left: date | None
    last: date

    @property
    def is_new(self) -> bool:
        return self.before is not None


def _stays(lists: Lists, every: Lists) -> dict[str, Stay]:
    """Each follower's stay until they first leave and are not back before the month after is over."""
    days = sorted(lists)
    earliest: dict[str, date] = {}
    for day in sorted(every):
        for follower in every[day]:
            earliest.setdefault(follower, day)
    present: dict[str, list[int]] = defaultdict(list)
    for place, day in enumerate(days):
        for follower in lists[day]:
            present[follower].append(place)
    stays: dict[str, Stay] = {}
    for follower, places in present.items():
        first = days[places[0]]
        before = days[places[0] - 1] if places[0] and first - days[places[0] - 1] <= REACH else None
        if before is not None and earliest[follower] <= before:
            before = None
        left, last = None, days[places[-1]]
        for place, after in zip(places, [*places[1:], None], strict=True):
            if place + 1 < len(days) and after != place + 1:
                gone = days[place + 1]
                if after is None or days[after] >= _month_after_next(gone):
                    left, last = gone, days[place]
                    break
        stays[follower] = Stay(first, before, left, last)
    return stays


def _month_after_next(day: date) -> date:
    months = day.year * 12 + day.month + 1
    return date(months // 12, months % 12 + 1, 1)


def _batches(came: Mapping[str, tuple[date, Profile]]) -> set[str]:
    """Followers who were made on one day and came within two weeks, far more than were made on the days around."""
    found: set[str] = set()
    for phase in (0, 7):
        settled: Counter[tuple[int, date]] = Counter()
        at_once: Counter[date] = Counter()
        for day, profile in came.values():
            if profile.created is None:
                continue
            if (day - profile.created).days >= SETTLED:
                settled[((day - MONDAY).days + phase) // 14, profile.created] += 1
            else:
                at_once[profile.created] += 1
        batches = set()
        for (fortnight, made), n in settled.items():
            around = sum(settled[fortnight, made + step * DAY] for step in range(-30, 31)) - n
            end = MONDAY + ((fortnight + 1) * 14 - phase) * DAY
            days = min(60, 30 + max(0, (end - made).days))
            far = 2 * (math.sqrt(n + 0.375) - math.sqrt(around / days + 0.375))
            if n >= 6 and n > at_once[made] and n * days >= 10 * around and far >= 4:
                batches.add((fortnight, made))
        found |= {
            follower
            for follower, (day, profile) in came.items()
            if (((day - MONDAY).days + phase) // 14, profile.created) in batches
        }
    return found


def _alarm_days(days: list[date], came: Mapping[str, tuple[date, Profile]], batches: set[str]) -> set[date]:
    """Days of windows with too many suspects against the 60 to 15 days before, and days of batches."""
    new, suspect, batch = Counter[date](), Counter[date](), Counter[date]()
    for follower, (day, profile) in came.items():
        new[day] += 1
        is_settled = profile.age is None or profile.age >= SETTLED
        suspect[day] += is_settled and profile.points is not None and profile.points >= SUSPECT
        batch[day] += follower in batches
    usual = [median(new[day] for day in days[max(0, n - 28) : n]) if n else None for n in range(len(days))]
    weight = [
        1.0 if middle is None else min(1.0, 2 * (middle + 1) / max(new[day], 1))
        for day, middle in zip(days, usual, strict=True)
    ]
    found: set[date] = set()
    for place in range(len(days)):
        history = range(max(0, place - 60), max(0, place - 14))
        if len(history) < 28:
            continue
        n0 = sum(new[days[n]] * weight[n] for n in history)
        p0 = (sum(suspect[days[n]] * weight[n] for n in history) + 1) / (n0 + 25)
        m0 = median(suspect[days[n]] for n in history)
        alarms = []
        for width in (1, 3, 7, 14):
            window = days[max(0, place - width + 1) : place + 1]
            k, n = sum(suspect[day] for day in window), sum(new[day] for day in window)
            expected = max(n * p0, width * m0)
            z = (k - expected) / math.sqrt(expected * (1 + n / (n0 + 25)) + 1)
            excess = n - width * n0 / len(history)
            if z >= 5 and k - expected >= max(12, excess / 4):
                alarms.append((-z, width, window))
        if alarms:
            found |= {day for day in min(alarms)[2] if suspect[day] > new[day] * p0}
    for place, day in enumerate(days):
        near = (days[max(0, place - 2) : place + 1], days[place : place + 3])
        if batch[day] and max(sum(batch[one] for one in some) for some in near) >= 10:
            found.add(day)
    return found


def _suspects(lists: Lists, stays: Mapping[str, Stay]) -> set[str]:
    """Whom the burst guard takes out; it looks at lists of nearly every day alone."""
    days = sorted(lists)
    if len(days) < 0.9 * ((days[-1] - days[0]).days + 1):
        return set()
    came = {
        follower: (stay.first, lists[stay.first][follower])
        for follower, stay in stays.items()
        if stay.before is not None and stay.first - stay.before <= 2 * DAY
    }
    every = [days[0] + n * DAY for n in range((days[-1] - days[0]).days + 1)]
    batches = _batches(came)
    alarms = _alarm_days(every, came, batches)
    return batches | {
        follower
        for follower, (day, profile) in came.items()
        if day in alarms and profile.points is not None and profile.points >= DOUBTFUL
    }


def _moves(lists: Lists, every: Lists) -> Iterator[tuple[date, int]]:
    """(day, +1 or -1) of every follower who counts, and who had counted and comes off."""
    stays = _stays(lists, every)
    suspects = _suspects(lists, stays)
    for follower, stay in stays.items():
        counts_on = comes_off = None
        if stay.is_new and follower not in suspects and not (stay.left and stay.left - stay.first <= CHURN):
            later = [day for day in sorted(lists) if stay.first + VESTING <= day < stay.first + VESTING + REACH]
            vests = later[0] if later and follower in lists[later[0]] else None
            verdict = lists[stay.first][follower].verdict
            final = lists[vests][follower].verdict if vests else ""
            if verdict in ("", "clean"):
                counts_on, comes_off = stay.first, vests if final == "spam" else None
            elif vests and final != "spam":
                counts_on = vests
        if counts_on:
            yield counts_on, 1
        if comes_off:
            yield comes_off, -1
        if stay.left is None:
            continue
        is_known = stay.is_new and stay.first >= _months_before(stay.left, 4)
        if is_known:
            had_counted = (
                counts_on is not None and counts_on <= stay.left and not (comes_off and comes_off <= stay.left)
            )
        else:
            had_counted = lists[stay.last][follower].verdict != "spam"
        if had_counted:
            yield stay.left, -1


def _months_before(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


@lru_cache(maxsize=4)
def listed_days(world: World) -> Mapping[tuple[str, date], Fraction]:
    """Growth of each account and day between two whole lists of one month, shared among its days in whole followers."""
    growth: dict[tuple[str, date], Fraction] = {}
    for account, lists in whole_lists(world).items():
        moved: Counter[date] = Counter()
        for day, n in _moves(lists, all_lists(world)[account]):
            moved[day] += n
        days = sorted(lists)
        for before, day in pairwise(days):
            width = (day - before).days
            if before + REACH >= day and month_of(before + DAY) == month_of(day):
                for place in range(1, width + 1):
                    part = _cut(moved[day] * place, width) - _cut(moved[day] * (place - 1), width)
                    growth[account, before + place * DAY] = Fraction(part)
    return growth


def _cut(whole: int, parts: int) -> int:
    return -(-whole // parts) if whole < 0 else whole // parts


def account_days(world: World) -> dict[tuple[str, date], Fraction]:
    """Net new followers of each account and day: by lists, else by the counts of the overview."""
    return counted_days(world) | dict(listed_days(world))


def unsettled_growth(world: World) -> set[tuple[str, str]]:
    """(month, account) whose growth by lists an alarm may still change: no whole list two weeks after its last."""
    whole = whole_lists(world)
    ends: dict[tuple[str, str], date] = {}
    for account, day in listed_days(world):
        key = (month_of(day), account)
        ends[key] = max(day, ends.get(key, day))
    return {
        (month, account)
        for (month, account), end in ends.items()
        if max(day for day in whole[account] if day < _month_after_next(end)) < end + ALARMS
    }


@recomputes("net_follower_growth", "team_net_follower_growth")
def account_day_entries(world: World) -> Iterator[Entry]:
    company = world.company
    for (account, day), net in account_days(world).items():
        steps = (by_assignment(company, "account", account, day),)
        for person, share in settle(company, ("account_day", f"{account}:{day}"), day, steps).items():
            yield Entry("net_follower_growth", month_of(day), person, net * share, account=account)
        for person, team in company.teams_on(day):
            if company.accounts[account]["team_id"] == team:
                yield Entry("team_net_follower_growth", month_of(day), person, net, account=account)
