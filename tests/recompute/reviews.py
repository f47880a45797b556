"""What people judge: the files of reviews/.

Belongs here: ratings, reviews, key results, proposals, shared targets, certificates, brand survey, influence scores.
A review counts in the last month of its period. Does not belong here: surveys of customers; those are in `service`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction

from .credit import by_assignment, settle
from .kpi import Entry, World, bounds, months_of, recomputes
from .people import Company, month_of

ONE = Fraction(1)
#: Files of plain scores: the KPI and the column that holds the score.
SCORES = {
    "dm_quality_reviews": ("dm_quality_score", "score"),
    "innovation_reviews": ("innovation_score", "score"),
    "brief_match_reviews": ("brief_match_score", "score"),
    "professional_feedback": ("professional_feedback_score", "score"),
    "skill_ratings": ("human_ai_collaboration", "level"),
}
ITEMS_360 = {"collaboration": "collaboration_360", "teamwork": "teamwork_360"}
ITEMS_BARS = {
    "culture_fit": "culture_fit_points",
    "work_attitude": "work_attitude_points",
    "initiative": "initiative_points",
}
BARS_POINTS = {
    "culture_fit": [20, 40, 60, 80, 100],
    "work_attitude": [20, 40, 60, 80, 100],
    "initiative": [10, 20, 30, 40, 50],
}

KEY_RESULTS = ("kr_attainment", "objective_score")


def last_month(period: str) -> str:
    return months_of(period)[-1]


def last_day(period: str) -> date:
    return bounds(period)[1] - timedelta(days=1)


def role_on(company: Company, person: str, day: date) -> str:
    """The role that somebody employed has on a day; empty without one."""
    if not company.is_employed(person, day):
        return ""
    return next((role for who, role, start, end in company.roles if who == person and start <= day < end), "")


def roles_judged(company: Company, people: Iterable[str], period: str) -> set[str]:
    """Roles of the judged on a period's last day; who changed the role within the period speaks for nobody else."""
    first, end = bounds(period)
    roles = set()
    for person in people:
        held = {role for who, role, start, until in company.roles if who == person and start < end and first < until}
        if len(held) == 1:
            roles.add(role_on(company, person, last_day(period)))
    return roles - {""}


def with_role(company: Company, roles: set[str], day: date) -> set[str]:
    return {person for person in company.employed if role_on(company, person, day) in roles}


def mean(numbers: Iterable[Fraction]) -> Fraction:
    listed = list(numbers)
    return sum(listed, Fraction(0)) / len(listed)


def _judged(company: Company) -> Iterator[tuple[str, str, str, str]]:
    """(file, KPI, period, person) of every judgement of which colleagues of the role are expected to have one."""
    for name, (kpi_id, _) in SCORES.items():
        yield from ((name, kpi_id, row["period"], row["person_id"]) for row in company.reviews(name))
    for row in company.reviews("content_quality_reviews"):
        yield "content_quality_reviews", "content_quality_score", row["period"], row["person_id"]
    for row in company.reviews("ratings_bars"):
        yield "ratings_bars", ITEMS_BARS[row["item"]], row["period"], row["person_id"]
    for row in company.reviews("ratings_360"):
        yield "ratings_360", ITEMS_360[row["item"]], row["period"], row["person_id"]
    for row in [*company.reviews("ratings_self"), *company.reviews("ratings_manager")]:
        yield "self_manager_ratings", "self_manager_gap", row["period"], row["person_id"]
    for row in company.reviews("okr"):
        for kpi_id in KEY_RESULTS:
            yield "okr", kpi_id, row["period"], row["person_id"]


def missing(world: World) -> Iterator[tuple[str, str, str, str]]:
    """(month, file, KPI, person) of everybody without a judgement of a period while others of the role have one."""
    company = world.company
    judged: dict[tuple[str, str, str], set[str]] = {}
    for name, kpi_id, period, person in _judged(company):
        judged.setdefault((name, kpi_id, period), set()).add(person)
    for (name, kpi_id, period), people in judged.items():
        roles = roles_judged(company, people, period)
        for person in with_role(company, roles, last_day(period)) - people:
            yield last_month(period), name, kpi_id, person


def expected(world: World) -> set[tuple[str, str, str]]:
    """(KPI, person, month) of whoever answers for a judgement without having one."""
    company = world.company
    found = {(kpi_id, person, month) for month, _, kpi_id, person in missing(world)}
    authors: dict[str, set[str]] = {}
    for row in company.reviews("proposals"):
        if row["decision"] != "pending":
            authors.setdefault(month_of(date.fromisoformat(row["decided_on"])), set()).add(row["person_id"])
    for month, people in authors.items():
        for person in with_role(company, roles_judged(company, people, month), last_day(month)):
            found.add(("proposals_adopted", person, month))
    return found


@recomputes(*(kpi_id for kpi_id, _ in SCORES.values()))
def score_entries(world: World) -> Iterator[Entry]:
    for name, (kpi_id, column) in SCORES.items():
        for row in world.company.reviews(name):
            yield Entry(kpi_id, last_month(row["period"]), row["person_id"], Fraction(row[column]), ONE)


@recomputes("content_quality_score")
def content_quality_entries(world: World) -> Iterator[Entry]:
    """A quarter that was reviewed by months is the mean of those; its own review is for vetoes only."""
    rows = world.company.reviews("content_quality_reviews")
    reviewed = {(row["period"], row["person_id"]) for row in rows}
    for row in rows:
        shorter = [period for period in months_of(row["period"]) if period != row["period"]]
        if not any((period, row["person_id"]) in reviewed for period in shorter):
            month = last_month(row["period"])
            yield Entry("content_quality_score", month, row["person_id"], Fraction(row["score"]), ONE)


@recomputes(*ITEMS_BARS.values())
def bars_entries(world: World) -> Iterator[Entry]:
    company = world.company
    points_of = BARS_POINTS | company.config.get("bars_points", {})
    for row in company.reviews("ratings_bars"):
        points = points_of[row["item"]][int(row["level"]) - 1]
        month = last_month(row["period"])
        yield Entry(ITEMS_BARS[row["item"]], month, row["person_id"], Fraction(str(points)), ONE)


def _groups(company: Company) -> Iterator[tuple[str, str, str, Fraction | None]]:
    """(KPI, month, person, mean) of each group of raters; no mean of a group that is too small."""
    groups: dict[tuple[str, str, str, str], dict[str, list[Fraction]]] = {}
    for row in company.reviews("ratings_360"):
        key = (row["period"], row["person_id"], row["item"], row["rater_group"])
        groups.setdefault(key, {}).setdefault(row["rater_id"], []).append(Fraction(row["score"]))
    for (period, person, item, _), raters in groups.items():
        shown = len(raters) >= company.settings["min_raters_360"]
        of_group = mean(score for scores in raters.values() for score in scores) if shown else None
        yield ITEMS_360[item], last_month(period), person, of_group


@recomputes(*ITEMS_360.values())
def ratings_360_entries(world: World) -> Iterator[Entry]:
    for kpi_id, month, person, of_group in _groups(world.company):
        yield Entry(kpi_id, month, person, of_group, None if of_group is None else ONE)


def suppressed(world: World) -> set[tuple[str, str, str]]:
    """(month, KPI, person) of everybody of whom every group of raters is too small."""
    everybody = {(month, kpi_id, person) for kpi_id, month, person, _ in _groups(world.company)}
    shown = {
        (month, kpi_id, person) for kpi_id, month, person, of_group in _groups(world.company) if of_group is not None
    }
    return everybody - shown


def _gaps(company: Company) -> dict[tuple[str, str, str], Fraction | None]:
    """(period, person, item) -> the distance of the own rating from the managers' mean; None where one is missing."""
    own: dict[tuple[str, str, str], Fraction] = {}
    managers: dict[tuple[str, str, str], list[Fraction]] = {}
    for row in company.reviews("ratings_self"):
        own[row["period"], row["person_id"], row["item"]] = Fraction(row["score"])
    for row in company.reviews("ratings_manager"):
        key = (row["period"], row["person_id"], row["item"])
        managers.setdefault(key, []).append(Fraction(row["score"]))
    return {
        key: abs(own[key] - mean(managers[key])) if key in own and key in managers else None
        for key in own.keys() | managers.keys()
    }


@recomputes("self_manager_gap")
def gap_entries(world: World) -> Iterator[Entry]:
    for (period, person, _), gap in _gaps(world.company).items():
        yield Entry("self_manager_gap", last_month(period), person, gap, None if gap is None else ONE)


@recomputes(*KEY_RESULTS)
def okr_entries(world: World) -> Iterator[Entry]:
    objectives: dict[tuple[str, str, str], list[tuple[Fraction, Fraction | None]]] = {}
    for row in world.company.reviews("okr"):
        month = last_month(row["period"])
        weight = Fraction(row["weight"] or 1)
        reached = _attainment(row)
        found = objectives.setdefault((month, row["person_id"], row["objective_id"]), [])
        found.append((weight, reached))
        sides = (None, None) if reached is None else (weight * reached, weight)
        yield Entry("kr_attainment", month, row["person_id"], *sides)
    for (month, person, _), results in objectives.items():
        known = [(weight, min(max(reached, Fraction(0)), ONE)) for weight, reached in results if reached is not None]
        if len(known) == len(results):
            score = sum((weight * reached for weight, reached in known), Fraction(0)) / sum(
                weight for weight, _ in known
            )
            yield Entry("objective_score", month, person, score, ONE)
        else:
            yield Entry("objective_score", month, person)


def _attainment(row: dict[str, str]) -> Fraction | None:
    """How far a key result is on its way from its start to the value to reach."""
    if not row["current"]:
        return None
    start, target = Fraction(row["start"]), Fraction(row["target"])
    goal = {"absolute": target, "rel_pct": start * (1 + target / 100), "pp": start + target}[row["unit"]]
    return (Fraction(row["current"]) - start) / (goal - start)


def incomplete(world: World) -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    """(month, file, KPIs, person) of key results without a current value and items with one of two ratings."""
    for row in world.company.reviews("okr"):
        if not row["current"]:
            yield last_month(row["period"]), "okr", KEY_RESULTS, row["person_id"]
    for (period, person, _), gap in _gaps(world.company).items():
        if gap is None:
            yield last_month(period), "self_manager_ratings", ("self_manager_gap",), person


@recomputes("proposals_adopted")
def proposal_entries(world: World) -> Iterator[Entry]:
    for row in world.company.reviews("proposals"):
        if row["decision"] != "pending":
            month = month_of(date.fromisoformat(row["decided_on"]))
            yield Entry("proposals_adopted", month, row["person_id"], ONE * (row["decision"] == "adopted"))


@recomputes("shared_target_attainment")
def shared_target_entries(world: World) -> Iterator[Entry]:
    for row in world.company.reviews("shared_targets"):
        met = ONE * (row["is_met"].casefold() == "true")
        yield Entry("shared_target_attainment", last_month(row["period"]), row["person_id"], met, ONE)


@recomputes("certification_share")
def certification_entries(world: World) -> Iterator[Entry]:
    for row in world.company.reviews("certifications"):
        due = date.fromisoformat(row["due_on"])
        in_time = bool(row["passed_on"]) and date.fromisoformat(row["passed_on"]) <= due
        yield Entry("certification_share", month_of(due), row["person_id"], ONE * in_time, ONE)


@recomputes("brand_perception")
def brand_entries(world: World) -> Iterator[Entry]:
    """A wave of a brand is the same for everybody in its team on the last day of its period."""
    for row in world.company.reviews("brand_survey"):
        asked = Fraction(row["respondents"])
        for person, team in world.company.teams_on(last_day(row["period"])):
            if row["team_id"] in {"", team}:
                month = last_month(row["period"])
                yield Entry("brand_perception", month, person, Fraction(row["score"]) * asked, asked)


@recomputes("influence_score")
def influence_entries(world: World) -> Iterator[Entry]:
    company: Company = world.company
    for row in company.reviews("influence_scores"):
        day = last_day(row["period"])
        steps = (by_assignment(company, "account", row["account_id"], day),)
        for person, share in settle(company, ("", ""), day, steps).items():
            yield Entry("influence_score", month_of(day), person, Fraction(row["score"]) * share, share)
