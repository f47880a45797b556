"""Exports of an X account whose followers are listed every day, from what was planted among its followers.

Belongs here: lists, overview and counts of followers as files that say the same. Does not belong here: who follows, and
what of it is right to count (`pipelines.demo.follower_plants`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter

from pipelines.demo.content_files import FOLLOWERS_HEADER, profile_cells
from pipelines.demo.content_world import FollowerProfile
from pipelines.demo.follower_plants import FIRST_LIST, Follow, Plant, make_plant
from pipelines.demo.x_files import OVERVIEW_FIELDS, OVERVIEW_HEADER, x_date

from . import sheets
from .sheets import Files, Sheet

#: two weeks after the month: all of October is settled then
LAST_LIST = dt.date(2026, 11, 20)


def x_account_with_lists(subject: int, account: str, handle: str) -> Files:
    """An account of usual growth with lists from August to the middle of November; October's posts."""
    return exports(make_plant("quiet", subject, LAST_LIST), subject, account, handle)


def exports(plant: Plant, subject: int, account: str, handle: str) -> Files:
    """The exports of an account with these followers: posts of October, overview and lists a file a month."""
    content = {name: sheet for name, sheet in sheets.x_account(subject, account, handle).items() if "content" in name}
    months: dict[str, list[dt.date]] = {}
    for day in plant.days():
        months.setdefault(f"{day:%Y-%m}", []).append(day)
    stated = {day.day: day.numbers for day in plant.account_days(account, subject)}
    files: Files = {}
    for month, days in months.items():
        folder = f"x/{account}/{exported_on(days[-1])}"
        overview = [overview_row(day, stated[day]) for day in reversed(days)]
        span = f"{days[0]}_{days[-1]}"
        files[f"{folder}/account_overview_analytics_{span}.csv"] = Sheet(list(OVERVIEW_HEADER), overview)
        files[f"{folder}/followers_{month}.csv"] = Sheet(list(FOLLOWERS_HEADER), listed(plant, days))
    return content | files


def exported_on(last_day: dt.date) -> dt.date:
    """The ninth of the next month, or the day after where the month is not over."""
    after = last_day + dt.timedelta(days=1)
    return after.replace(day=9) if after.day == 1 else after


def overview_row(day: dt.date, numbers: dict[str, int]) -> dict[str, str]:
    """A day of the overview; October's posts are those of the content export."""
    posted = {"create_post": int(sheets.OCTOBER <= day < sheets.NOVEMBER)}
    shown = [str({**numbers, **posted}[name]) for name in OVERVIEW_FIELDS]
    return dict(zip(OVERVIEW_HEADER, [x_date(day), *shown], strict=True))


def listed(plant: Plant, days: list[dt.date]) -> list[dict[str, str]]:
    """The lists of some days."""
    return [
        dict(zip(FOLLOWERS_HEADER, [day.isoformat(), str(follow.number), *profile_cells(follow.profile)], strict=True))
        for day in days
        for follow in plant.listed(day)
    ]


def stock(files: Files, account: str) -> list[dict[str, str]]:
    """The number of followers at the end of each day, as the lists have it."""
    counted = Counter(row["Snapshot date"] for row in sheets.listed(files, "/followers_"))
    return [{"Date": day, "Account": account, "Followers": str(counted[day])} for day in sorted(counted)]


def growth(plant: Plant) -> float:
    """October's growth that is right to count."""
    return float(sum(plant.growth(day) for day in sheets.days(sheets.OCTOBER, sheets.NOVEMBER)))


def values(files: Files, counts: list[dict[str, str]]) -> dict[str, float]:
    """October of an account of whose followers none was bought: who stays counts, the young after thirty days."""
    seen: dict[str, list[dt.date]] = {}
    made: dict[str, dt.date] = {}
    for row in sheets.listed(files, "/followers_"):
        seen.setdefault(row["Follower id"], []).append(dt.date.fromisoformat(row["Snapshot date"]))
        made[row["Follower id"]] = dt.date.fromisoformat(row["created_at"][:10])
    plant = Plant("counted again", last_list=max(max(days) for days in seen.values()))
    for number, days in seen.items():
        left_on = max(days) + dt.timedelta(days=1)
        profile = FollowerProfile(0, 0, 0, 0, "", made[number], is_bought=False)
        is_old = min(days) == FIRST_LIST
        stays = left_on > plant.last_list
        plant.follows.append(Follow(int(number), min(days), None if stays else left_on, profile, is_old))
    return sheets.x_values(files, counts) | {"net_follower_growth": growth(plant)}
