"""Promotion candidates: the top share of a year (001-I2), the top share of several quarters running (004-I4).

Belongs here: the two lists. Does not belong here: ranking (standing), who decides: people do, with these in hand.
"""

from __future__ import annotations

from decimal import Decimal

from pipelines.periods import Quarter, Year
from pipelines.reports.chance import best_outside, chance_note
from pipelines.reports.facts import Facts, before
from pipelines.reports.groups import Grouped, grouped
from pipelines.reports.results import Result
from pipelines.reports.standing import Place, places, top
from pipelines.reports.table import Cell, Remark, Report, in_order
from pipelines.reports.wishes import WISH_COLUMNS, with_wishes

_YEAR_COLUMNS = (
    "scheme_id",
    "group",
    "place",
    "person_id",
    "role",
    "team_id",
    "score",
    "score_low",
    "score_high",
    "status",
    "by_chance",
    "withheld",
    "members",
    "people",
    *WISH_COLUMNS,
)


def promotion_reports(facts: Facts) -> list[Report]:
    """Return the year's candidates for a year, those of the quarters running for a quarter."""
    if isinstance(facts.period, Year):
        return [_of_the_year(facts)]
    return [_of_the_quarters(facts)] if isinstance(facts.period, Quarter) else []


def _of_the_year(facts: Facts) -> Report:
    settings = facts.settings
    found = grouped(facts.results, settings)
    rows = []
    for group in found.groups:
        count = places(settings.promotion_year_share, len(group.members), settings.share_rounding)
        standing = top(group.entries, count, settings.top_ties)
        line = best_outside(group.members, standing)
        for result in group.members:
            place = standing[result.person_id]
            if place.state != "out":
                row = _row(result, place, count, len(group.members), group.name)
                rows.append(row | {"by_chance": chance_note(result, line)})
    return Report(
        "promotion_candidates",
        "001-I2, 000-I5, 000-I8, 002-I2, 003-I6",
        _YEAR_COLUMNS,
        with_wishes(facts, in_order(rows, "scheme_id", "group", "place", "person_id")),
        _rule(facts, settings.promotion_year_share),
        found.remarks,
    )


def _row(result: Result, place: Place, count: int, people: int, group: str) -> dict[str, Cell]:
    low, high = result.bounds or (None, None)
    return {
        "scheme_id": result.scheme_id,
        "group": group,
        "place": place.best,
        "person_id": result.person_id,
        "role": result.role,
        "team_id": result.team_id,
        "score": result.score,
        "score_low": low,
        "score_high": high,
        "status": place.state,
        "withheld": result.withheld,
        "members": count,
        "people": people,
    }


def _of_the_quarters(facts: Facts) -> Report:
    settings = facts.settings
    earlier = before(facts.period, settings.promotion_quarters - 1)
    remarks: tuple[Remark, ...] = facts.history_remarks(earlier)
    rule = _rule(facts, settings.promotion_quarter_share) | {"quarters": settings.promotion_quarters}
    told = ("person_id", "role", "team_id", "scheme_id", "score", "status", "by_chance", "withheld", "scores_before")
    columns = (*told, *WISH_COLUMNS)
    now = grouped(facts.results, settings)
    if any(period not in facts.earlier for period in earlier):
        return Report("promotion_quarters", "004-I4", columns, (), rule, (*now.remarks, *remarks))
    past = [facts.earlier[period] for period in earlier]
    quarters = [now, *(grouped(one.results, settings) for one in past)]
    states = [_top_states(facts, one, settings.promotion_quarter_share) for one in quarters]
    lines = _lines(facts, now)
    rows = []
    for result in facts.results:
        mine = [found.get(result.person_id, "out") for found in states]
        if "out" in mine:
            continue
        before_it = [f"{one.period} {one.by_person[result.person_id].score}" for one in past]
        rows.append(
            {
                "person_id": result.person_id,
                "role": result.role,
                "team_id": result.team_id,
                "scheme_id": result.scheme_id,
                "score": result.score,
                "status": "too_close" if "too_close" in mine else "tied" if "tied" in mine else "in",
                "by_chance": chance_note(result, lines.get(result.person_id)),
                "withheld": result.withheld,
                "scores_before": "; ".join(before_it),
            }
        )
    return Report(
        "promotion_quarters",
        "004-I4, 000-I8",
        columns,
        with_wishes(facts, in_order(rows, "scheme_id", "status", "person_id")),
        rule,
        (*now.remarks, *remarks),
    )


def _top_states(facts: Facts, found: Grouped, share: Decimal) -> dict[str, str]:
    settings = facts.settings
    states: dict[str, str] = {}
    for group in found.groups:
        count = places(share, len(group.members), settings.share_rounding)
        states |= {person: place.state for person, place in top(group.entries, count, settings.top_ties).items()}
    return states


def _lines(facts: Facts, found: Grouped) -> dict[str, Decimal | None]:
    """By person the score of the best who is out of the same group."""
    settings = facts.settings
    lines: dict[str, Decimal | None] = {}
    for group in found.groups:
        count = places(settings.promotion_quarter_share, len(group.members), settings.share_rounding)
        standing = top(group.entries, count, settings.top_ties)
        lines |= dict.fromkeys(standing, best_outside(group.members, standing))
    return lines


def _rule(facts: Facts, share: Decimal) -> dict[str, Cell]:
    settings = facts.settings
    return {"share": share, "rounding": settings.share_rounding, "ties": settings.top_ties, "by": settings.group_by}
