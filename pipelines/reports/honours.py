"""Honours and recognition: shortlists, team ranking, weak behaviour, cases worth telling, entries that a jury liked.

Belongs here: 000-I2, 000-I4, 000-I7, 001-I4, 002-I3, 003-I3, 003-W12, 004-I2. Does not belong here: the decision, which
people take; promotion and support (their modules).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from decimal import Decimal

from pipelines.company.list_settings import Honour
from pipelines.periods import Month
from pipelines.reports.facts import Facts
from pipelines.reports.results import Line, Result
from pipelines.reports.statistics import mean, weighted_mean
from pipelines.reports.table import Cell, Remark, Report, change_percent, in_order, rounded
from pipelines.reports.wishes import WISH_COLUMNS, with_wishes
from pipelines.scoring.numbers import ZERO


def honour_reports(facts: Facts) -> list[Report]:
    """Return the reports of recognition that a period has."""
    found = [_team_ranking(facts), _behaviour_gaps(facts), _award_cases(facts), _jury(facts)]
    return [_shortlists(facts), *found] if isinstance(facts.period, Month) else found


def _shortlists(facts: Facts) -> Report:
    """The first places of every honour; people who share the last place all stand on it."""
    rows: list[dict[str, Cell]] = []
    remarks: list[Remark] = []
    by_person = {result.person_id: result for result in facts.results}
    for honour in facts.settings.honours:
        measured, withheld = _measured(facts, honour)
        if not measured:
            no_history = honour.measure == "uplift" and facts.past is None
            remarks.append(Remark("honour_no_history" if no_history else "honour_nobody", {"honour": honour.id}))
        ordered = sorted(measured.values())
        for person, value in measured.items():
            place = 1 + len(ordered) - bisect_right(ordered, value)
            if place <= honour.places:
                level = bisect_right(ordered, value) - bisect_left(ordered, value)
                row = _shortlisted(honour, by_person[person], "tied" if level > 1 else "in")
                rows.append(row | {"place": place, "result": rounded(value), "people": len(ordered)})
        # whose data is withheld cannot be placed, which is not the same as not deserving it
        rows += [_shortlisted(honour, by_person[person], "withheld") for person in withheld]
    return Report(
        "honours_shortlist",
        "000-I4, 000-I8, 002-I3, 003-I3, 004-I2",
        (
            *("honour", "ranked_by", "of", "place", "person_id", "role", "team_id", "result", "people", "status"),
            *WISH_COLUMNS,
        ),
        with_wishes(facts, in_order(rows, "honour", "place", "person_id")),
        {},
        tuple(remarks),
        {honour.id: {"zh": honour.zh, "en": honour.en} for honour in facts.settings.honours},
    )


def _shortlisted(honour: Honour, result: Result, status: str) -> dict[str, Cell]:
    return {
        "honour": honour.id,
        "ranked_by": honour.measure,
        "of": honour.of or None,
        "person_id": result.person_id,
        "role": result.role,
        "team_id": result.team_id,
        "status": status,
    }


def _measured(facts: Facts, honour: Honour) -> tuple[dict[str, Decimal], list[str]]:
    """What an honour ranks people by, and whose data for it is withheld."""
    found: dict[str, Decimal] = {}
    withheld = []
    for result in facts.results:
        lines = [line for line in result.lines if _counts(facts, honour, line)]
        if honour.measure == "score":
            value, is_open = result.score, result.is_open
        else:
            value, is_open = _value(facts, honour, result, lines), any(line.is_withheld for line in lines)
        if is_open:
            withheld.append(result.person_id)
        elif value is not None:
            found[result.person_id] = value
    return found, withheld


def _counts(facts: Facts, honour: Honour, line: Line) -> bool:
    if honour.measure == "dimension":
        return line.dimension == honour.of and not _is_shared(facts, line)
    return line.kpi_id == honour.of and not line.is_carried


def _is_shared(facts: Facts, line: Line) -> bool:
    """Whether a line says what a team did, not the person."""
    return line.is_of_team or line.component in facts.settings.team_components


def _value(facts: Facts, honour: Honour, result: Result, lines: Iterable[Line]) -> Decimal | None:
    known = [line for line in lines if line.is_known]
    if honour.measure == "dimension":
        return weighted_mean([(line.part_of_score, line.score) for line in known if line.score is not None])
    if honour.measure == "kpi":
        return weighted_mean([(line.part_of_score, line.attainment) for line in known if line.attainment is not None])
    past = facts.past.by_person.get(result.person_id) if facts.past else None
    earlier = {line.key: line for line in past.lines if line.is_known} if past else {}
    better = [
        change if line.direction == "higher" else -change
        for line in known
        if line.key in earlier
        and (change := change_percent(line.whole_value, earlier[line.key].whole_value)) is not None
    ]
    return mean(better)


def _team_ranking(facts: Facts) -> Report:
    """Teams by the mean score of their people; a team with open scores has bounds, and a small one is left out."""
    teams: dict[str, list[Result]] = {}
    for result in facts.results:
        if result.bounds is not None:
            teams.setdefault(result.team_id, []).append(result)
    attained = _pool_attainment(facts)
    rows: list[dict[str, Cell]] = []
    remarks = []
    for team, members in sorted(teams.items()):
        if len(members) < facts.settings.min_group:
            params = {"team": team, "people": str(len(members)), "least": str(facts.settings.min_group)}
            remarks.append(Remark("small_team", params))
            continue
        bounds = [one.bounds for one in members if one.bounds is not None]
        rows.append(
            {
                "team_id": team,
                "people": len(members),
                "mean": rounded(mean([one.score for one in members if one.score is not None])),
                "score_low": rounded(mean([low for low, _ in bounds])),
                "score_high": rounded(mean([high for _, high in bounds])),
                "team_attainment": attained.get(team),
                "withheld": sum(one.is_open for one in members),
            }
        )
    for row in rows:
        row["place"] = 1 + sum(_decimal(other["score_low"]) > _decimal(row["score_high"]) for other in rows)
        level = [other for other in rows if other is not row and not _apart(row, other)]
        row["status"] = "in" if not level else "too_close" if row["withheld"] or _any_open(level) else "tied"
    return Report(
        "team_ranking",
        "000-I7",
        (
            "place",
            "team_id",
            "people",
            "mean",
            "score_low",
            "score_high",
            "team_attainment",
            "withheld",
            "status",
        ),
        in_order(rows, "place", "team_id"),
        {"least": facts.settings.min_group},
        tuple(remarks),
    )


def _apart(one: dict[str, Cell], other: dict[str, Cell]) -> bool:
    """Whether one of two teams is ahead whatever comes."""
    return _decimal(one["score_low"]) > _decimal(other["score_high"]) or _decimal(one["score_high"]) < _decimal(
        other["score_low"]
    )


def _any_open(rows: Iterable[dict[str, Cell]]) -> bool:
    return any(row["withheld"] for row in rows)


def _decimal(cell: Cell) -> Decimal:
    return cell if isinstance(cell, Decimal) else Decimal(str(cell or 0))


def _pool_attainment(facts: Facts) -> dict[str, Decimal | None]:
    """The attainment of each team's pool where nothing of it is withheld."""
    found: dict[str, Decimal | None] = {}
    for pool in facts.bonus_pools:
        low, high = pool["attainment_low"], pool["attainment_high"]
        found[str(pool["team_id"])] = rounded(Decimal(low)) if low is not None and low == high else None
    return found


def _behaviour_gaps(facts: Facts) -> Report:
    """Behaviour scored below the floor: the people for practice in another department."""
    settings = facts.settings
    rows: list[dict[str, Cell]] = []
    for result in facts.results:
        for line in result.lines:
            if line.component not in settings.behaviour_components or line.status == "not_applicable":
                continue
            if line.is_withheld or (line.score is not None and line.score < settings.behaviour_floor):
                rows.append(
                    {
                        "person_id": result.person_id,
                        "role": result.role,
                        "team_id": result.team_id,
                        "kpi_id": line.kpi_id,
                        "community_id": line.community_id or None,
                        "value": line.value,
                        "target": line.target,
                        "kpi_score": rounded(line.score),
                        "status": "withheld" if line.is_withheld else "weak",
                        "reason_code": line.reason_code or None,
                        "reason_params": line.reason_params if line.reason_code else None,
                    }
                )
    scored = any(line.component in settings.behaviour_components for one in facts.results for line in one.lines)
    return Report(
        "behaviour_gaps",
        "001-I4, 002-I4",
        (
            "person_id",
            "role",
            "team_id",
            "kpi_id",
            "community_id",
            "value",
            "target",
            "kpi_score",
            "status",
            "reason_code",
            "reason_params",
        ),
        in_order(rows, "person_id", "kpi_id", "community_id"),
        {"floor": settings.behaviour_floor, "components": ", ".join(settings.behaviour_components)},
        () if scored else (Remark("no_behaviour"),),
    )


def _award_cases(facts: Facts) -> Report:
    """Own results far above target: what is worth writing down for the case library."""
    settings = facts.settings
    rows: list[dict[str, Cell]] = [
        {
            "person_id": result.person_id,
            "role": result.role,
            "team_id": result.team_id,
            "kpi_id": line.kpi_id,
            "community_id": line.community_id or None,
            "value": line.value,
            "target": line.target,
            "stretch": line.stretch,
            "attainment": rounded(line.attainment),
            "records": line.records,
            "status": line.status,
        }
        for result in facts.results
        for line in result.lines
        if line.is_known
        and not line.is_carried
        and not _is_shared(facts, line)
        and line.attainment is not None
        and line.attainment >= settings.case_attainment
    ]
    return Report(
        "award_cases",
        "003-W12",
        (
            "kpi_id",
            "person_id",
            "role",
            "team_id",
            "community_id",
            "value",
            "target",
            "stretch",
            "attainment",
            "records",
            "status",
        ),
        in_order(rows, "kpi_id", "person_id", "community_id", "value"),
        {"attainment": settings.case_attainment},
    )


def _jury(facts: Facts) -> Report:
    """Formats, events and campaigns that a jury judged in the period: candidates for a special project award."""
    judged: dict[tuple[str, str], list[Decimal]] = {}
    counted = facts.judged_in
    for review in facts.company.innovation_reviews:
        if str(review.period) in counted:
            judged.setdefault((str(review.entry_id), review.person_id), []).append(review.score)
    rows: list[dict[str, Cell]] = []
    means = {key: mean(scores) or ZERO for key, scores in judged.items()}
    for (entry, person), scores in sorted(judged.items()):
        value = means[entry, person]
        rows.append(
            {
                "place": 1 + sum(other > value for other in means.values()),
                "entry_id": entry,
                "person_id": person,
                "mean": rounded(value),
                "jurors": len(scores),
                "status": "tied" if list(means.values()).count(value) > 1 else "in",
            }
        )
    return Report(
        "project_award_candidates",
        "000-I2, 000-I8",
        ("place", "entry_id", "person_id", "mean", "jurors", "status", *WISH_COLUMNS),
        with_wishes(facts, in_order(rows, "place", "entry_id", "person_id")),
        {},
        () if rows else (Remark("no_jury"),),
    )
