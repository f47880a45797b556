"""What the demo company keeps for its lists: key actions, wishes, incentives of members, approvals of its scheme.

Belongs here: these four files. Not all is well: one person logs nothing, one department has not approved. Does not
belong here: what incentives cost (`commerce_events`), decisions (`decisions`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipelines.demo.commerce_events import CommunityCost
from pipelines.demo.files import csv_text, write_text
from pipelines.demo.roster import MANAGER, Roster
from pipelines.demo.x_events import month_bounds

#: The months whose actions are kept, counted from the end.
LOGGED_MONTHS = 2
_HEADERS = {
    "reviews/activity_log.csv": "done_on person_id kind what with_whom proof",
    "people/preferences.csv": "person_id wish note valid_from valid_to",
    "reviews/member_incentives.csv": (
        "incentive_id mechanism what scope scope_id valid_from valid_to cost approved_by"
    ),
    "people/scheme_approvals.csv": "scheme_id version team_id approved_by approved_on",
}
_ACTIONS = {
    "content": (("event_planning", "选题会与活动排期"), ("content_planning", "下周内容规划")),
    "growth": (("event_planning", "拉新活动方案"), ("user_interview", "访谈新注册用户")),
    "customer_service": (("user_interview", "回访投诉用户"), ("coaching", "带教新同事")),
    "data_analyst": (("data_review", "漏斗周报复盘"),),
}


def write_listed(home: Path, roster: Roster, months: list[str], costs: Iterable[CommunityCost]) -> None:
    """Write the four files.

    Args:
        home: the company folder.
        roster: who works in it.
        months: local months of the company's exports.
        costs: what communities cost; those of an incentive are stated in its row.
    """
    rows: dict[str, list[Sequence[str]]] = {
        "reviews/activity_log.csv": [row for month in months[-LOGGED_MONTHS:] for row in _actions(roster, month)],
        "people/preferences.csv": _wishes(roster, months[-1]),
        "reviews/member_incentives.csv": [*_gifts(costs), _check_in(months[-1])],
        "people/scheme_approvals.csv": [("000", "1.0.0", team, MANAGER, "2022-03-01") for team in _approving(roster)],
    }
    for name, found in rows.items():
        write_text(home / name, csv_text(_HEADERS[name].split(), found))


def _approving(roster: Roster) -> list[str]:
    """The departments that have approved: all but the last, where there are several."""
    teams = sorted({position.team_id for position in roster.positions})
    return teams[: max(1, len(teams) - 1)]


def _actions(roster: Roster, month: str) -> list[tuple[str, ...]]:
    """An action a week and person, by turns; the last person of customer service logs nothing."""
    first, after = month_bounds(month)
    silent = {person.person_id for person in roster.working("customer_service", first)[-1:]}
    found: list[tuple[str, ...]] = []
    for role, actions in _ACTIONS.items():
        for number, person in enumerate(roster.working(role, first)):
            for week, day in enumerate(range(number % 5, (after - first).days, 7)):
                done_on = first + dt.timedelta(days=day)
                kind, what = actions[(week + number) % len(actions)]
                proof = f"wiki/{month}/{person.person_id}-{week}" if week % 2 == 0 else ""
                if person.person_id not in silent and person.employed(done_on):
                    found.append((done_on.isoformat(), person.person_id, kind, f"{what} {week + 1}", "", proof))
    return sorted(found)


def _wishes(roster: Roster, month: str) -> list[Sequence[str]]:
    """Who works on content or growth has said what they wish for; all others have not."""
    first, _ = month_bounds(month)
    wishes = (("training", "短视频剪辑课"), ("flexible_hours", ""), ("bigger_project", "想带一次发布会"))
    people = [*roster.working("content", first), *roster.working("growth", first)]
    return [
        (person.person_id, *wishes[number % len(wishes)], f"{month[:4]}-01-01", "")
        for number, person in enumerate(people)
        if person.employed(dt.date(int(month[:4]), 1, 1))
    ]


def _gifts(costs: Iterable[CommunityCost]) -> list[Sequence[str]]:
    """The gifts whose cost stands in an incentive's row: a whole month each."""
    found: list[Sequence[str]] = []
    for cost in costs:
        if cost.incentive_id:
            first, after = (day.isoformat() for day in month_bounds(cost.month))
            what = (cost.incentive_id, "rewards", "签到积分兑换礼品", cost.scope, cost.scope_id)
            found.append((*what, first, after, f"{cost.amount:.2f}", MANAGER))
    return found


def _check_in(month: str) -> Sequence[str]:
    """A contest of the last month, which costs nothing and has no month after it yet."""
    return ("CHECKIN", "interaction", "群内打卡接龙", "group", "wrg02", f"{month}-05", f"{month}-20", "", "")
