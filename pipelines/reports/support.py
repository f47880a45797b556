"""The support list: who was last in the last months running (001-I3). It offers help and proves nothing.

Belongs here: the list and its evidence. Does not belong here: ranking (standing). Being last is no proof of
incompetence (guiding case 18 of the Supreme People's Court): somebody is always last, so the list's text says support.
"""

from __future__ import annotations

from pipelines.periods import Month
from pipelines.reports.facts import Facts, before
from pipelines.reports.groups import Group, Grouped, grouped
from pipelines.reports.results import Result
from pipelines.reports.standing import last
from pipelines.reports.statistics import median
from pipelines.reports.strengths import shortfalls
from pipelines.reports.table import Cell, Remark, Report, in_order, joined

_COLUMNS = (
    "scheme_id",
    "group",
    "person_id",
    "role",
    "team_id",
    "score",
    "median",
    "people",
    "status",
    "shortfalls",
    "scores_before",
)


def support_report(facts: Facts) -> Report | None:
    """Return the support list of a month; of other periods there is none.

    Somebody stands on it who was last in every month: with `too_close` where an open score of somebody else could
    still be lower in one of them.
    """
    if not isinstance(facts.period, Month):
        return None
    settings = facts.settings
    earlier = before(facts.period, settings.support_months - 1)
    rule: dict[str, Cell] = {
        "months": settings.support_months,
        "by": settings.group_by,
        "least": settings.min_group,
    }
    now = grouped(facts.results, settings)
    remarks: list[Remark] = [*now.remarks, *_settled(now), *facts.history_remarks(earlier)]
    rows: list[dict[str, Cell]] = []
    if all(period in facts.earlier for period in earlier):
        past = [facts.earlier[period] for period in earlier]
        months = [_states(now), *(_states(grouped(one.results, settings)) for one in past)]
        for group in now.groups:
            for result in group.members:
                mine = [found.get(result.person_id, "not_last") for found in months]
                if "not_last" not in mine:
                    told = [f"{one.period} {one.by_person[result.person_id].score}" for one in past]
                    rows.append(_row(group, result, "too_close" if "too_close" in mine else "last", told))
    return Report(
        "support_candidates",
        "001-I3, 003-R9",
        _COLUMNS,
        in_order(rows, "scheme_id", "group", "person_id"),
        rule,
        tuple(remarks),
    )


def _row(group: Group, result: Result, status: str, told: list[str]) -> dict[str, Cell]:
    scores = [one.score for one in group.members if one.score is not None]
    return {
        "scheme_id": group.scheme_id,
        "group": group.name,
        "person_id": result.person_id,
        "role": result.role,
        "team_id": result.team_id,
        "score": result.score,
        "median": median(scores),
        "people": len(group.members),
        "status": status,
        "shortfalls": joined(kpi for kpi, _ in shortfalls(result)),
        "scores_before": "; ".join(told),
    }


def _states(found: Grouped) -> dict[str, str]:
    """Who is last. Of whom nothing is known yet is not, though a veto may have settled what the score can be."""
    states: dict[str, str] = {}
    for group in found.groups:
        scored = {one.person_id for one in group.members if one.score is not None}
        states |= {person: state for person, state in last(group.entries).items() if person in scored}
    return states


def _settled(found: Grouped) -> list[Remark]:
    """Say where several share the lowest settled score, so that nobody is last, and how many scores are still open."""
    told = []
    for group in found.groups:
        settled = [entry.high for entry in group.entries if not entry.is_open]
        sharing = settled.count(min(settled)) if settled else 0
        params = {"scheme": group.scheme_id, "group": group.name or "-"}
        if sharing > 1:
            told.append(Remark("tied_last", {**params, "count": str(sharing)}))
        if still := len(group.members) - len(settled):
            told.append(Remark("open_scores", {**params, "count": str(still)}))
    return told
