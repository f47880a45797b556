"""All lists of a period, by the id of their file.

Belongs here: which list a period has. Does not belong here: any of them.
"""

from __future__ import annotations

from . import (
    list_calibration,
    list_governance,
    list_incentives,
    list_kpis,
    list_money,
    list_pilots,
    list_platforms,
    list_progress,
    list_ranking,
    list_recognition,
    list_seals,
    list_targets,
)
from .company import ONE_DAY, holds
from .list_given import Cells, Given

#: Lists of candidates, whose wishes stand beside them.
WITH_WISHES = frozenset(
    {
        "promotion_candidates",
        "promotion_quarters",
        "honours_shortlist",
        "eligibility",
        "project_award_candidates",
    }
)


def lists_of(given: Given) -> dict[str, list[Cells]]:
    """The rows of every list that docs/scorecards.md gives a period of this kind."""
    found = {
        "payout_register": list_money.register(given),
        "pool_reconciliation": list_money.reconciliation(given),
        "withheld_lines": list_money.withheld(given),
        "team_ranking": list_ranking.teams(given),
        "attrition": list_ranking.attrition(given),
        "behaviour_gaps": list_recognition.behaviour(given),
        "award_cases": list_recognition.cases(given),
        "project_award_candidates": list_recognition.jury(given),
        "interview_sheet": list_recognition.interviews(given),
        "score_distribution": list_calibration.distribution(given),
        "rater_leniency": list_calibration.raters(given),
        "self_manager_gap": list_calibration.self_and_manager(given),
        "weak_kpi_drivers": list_kpis.drivers(given),
        "channel_efficiency": list_kpis.channels(given),
        "target_coverage": list_targets.coverage(given),
        "target_roll_up": list_targets.roll_up(given),
        "pace": list_progress.pace(given),
        "key_actions": list_governance.actions(given),
        "member_incentive_effect": list_incentives.effects(given),
        "scheme_approvals": list_governance.approvals(given),
        "administrators": list_governance.administrators(given),
        "label_audit_sample": list_governance.to_judge(given),
        **list_pilots.lists(given),
    }
    where_there_are: dict[str, list[Cells] | None] = {
        "appeal_outcomes": list_governance.appeals(given),
        "platform_events": list_platforms.events(given),
        "platform_shock": list_platforms.effects(given),
    }
    found |= {name: rows for name, rows in where_there_are.items() if rows is not None}
    kind = given.span.kind
    if kind == "month":
        found["support_candidates"] = list_ranking.support(given)
        found["honours_shortlist"] = list_recognition.honours(given)
        found["kpi_drift"] = list_kpis.drift(given)
        found["weekly_progress"] = list_progress.weeks(given)
    else:
        found["since_month_seals"] = list_seals.changed(given)
        found["eligibility"] = list_ranking.eligibility(given)
        found["kpi_effectiveness"] = list_kpis.effectiveness(given)
    if kind == "quarter":
        found["promotion_quarters"] = list_ranking.promotion_of_quarters(given)
    if kind == "year":
        found["promotion_candidates"] = list_ranking.promotion_of_year(given)
    else:
        found["progress"] = list_targets.progress(given)
    for name in WITH_WISHES & found.keys():
        for row in found[name]:
            row |= wishes(given, str(row["person_id"]))
    return found


def wishes(given: Given, person: str) -> Cells:
    """What somebody wishes for on the last day of the period, in the order of the file."""
    last = given.span.after - ONE_DAY
    told = [row for row in given.folder.preferences if row["person_id"] == person and holds(row, last)]
    notes = [row["note"] for row in told if row["note"]]
    return {"wishes": "; ".join(row["wish"] for row in told) or None, "wish_notes": "; ".join(notes) or None}
