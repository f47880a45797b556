"""What people of the demo company judge of each other: the review files, and the numbers that must come of them.

Belongs here: invented scores by quarter and month, their rows, and their share of the truth in plain Python. Does not
belong here: content quality and other older human files (`company_files`), exports of vendors.

Scores are made so that every mean is exact in decimals. Nobody reviews the manager.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from pipelines.demo.credit import UNASSIGNED
from pipelines.demo.files import csv_text, write_text
from pipelines.demo.roster import MANAGER, Position, Roster
from pipelines.demo.truth import Cell, ExpectedFinding, Truth

ONE = Decimal(1)
FAR = dt.date(9999, 12, 31)
BARS = {"culture_fit": 20, "work_attitude": 20, "initiative": 10}
SHOWN_RATERS, FEW_RATERS = 4, 2
#: What is planted, all in the third quarter of 2026.
PLANTED = "2026-Q3"
FEW_PARTNERS, WITHOUT_LEVEL, WITHOUT_VALUE = "P003", "P004", "P006"

_HEADERS = {
    "ratings_360": "period person_id rater_id rater_group item score",
    "ratings_self": "period person_id item score",
    "ratings_manager": "period person_id item score reviewer_id",
    "ratings_bars": "period person_id item level reviewer_id",
    "professional_feedback": "period person_id respondent_id score",
    "dm_quality_reviews": "period person_id sample_id score reviewer_id",
    "innovation_reviews": "period person_id entry_id score reviewer_id",
    "brief_match_reviews": "period person_id content_id score reviewer_id",
    "skill_ratings": "period person_id skill level reviewer_id",
    "proposals": "proposal_id person_id decision decided_on",
    "brand_survey": "period team_id respondents score",
    "influence_scores": "period account_id vendor score",
    "okr": "period person_id objective_id kr_id unit start target current weight",
    "shared_targets": "period target_id person_id is_met",
    "certifications": "person_id certificate due_on passed_on",
}


@dataclass(frozen=True)
class Span:
    """A period that is reviewed."""

    name: str
    first: dt.date
    end: dt.date

    @property
    def month(self) -> str:
        """The month in which its reviews count: the last one."""
        return f"{self.end - dt.timedelta(days=1):%Y-%m}"


@dataclass
class Reviews:
    """The rows of the review files and what they add to the truth."""

    roster: Roster
    rows: dict[str, list[tuple[str, ...]]] = field(default_factory=lambda: {name: [] for name in _HEADERS})
    cells: dict[tuple[str, str, str], list[Decimal]] = field(
        default_factory=lambda: defaultdict(lambda: [Decimal(0)] * 2)
    )
    findings: list[ExpectedFinding] = field(default_factory=list)

    def add(self, file: str, *cells: object) -> None:
        """Add a row to a file."""
        self.rows[file].append(tuple(str(cell) for cell in cells))

    def count(
        self, span: Span, person: str, kpi: str, numerator: Decimal | int, denominator: Decimal | int = 1
    ) -> None:
        """Add a score to a person's truth."""
        cell = self.cells[span.month, person, kpi]
        self.cells[span.month, person, kpi] = [cell[0] + numerator, cell[1] + denominator]

    def people(self, span: Span, *roles: str) -> list[tuple[int, Position]]:
        """Everybody but managers with their last position in a period, numbered; of the given roles or of all."""
        last: dict[str, Position] = {}
        for position in sorted(self.roster.positions, key=lambda item: item.valid_from):
            person = next(one for one in self.roster.people if one.person_id == position.person_id)
            first, end = max(position.valid_from, person.hired_on), min(position.valid_to or FAR, person.left_on or FAR)
            if first < span.end and end > span.first and first < end:
                last[position.person_id] = position
        found = [position for _, position in sorted(last.items()) if position.role != "manager"]
        return [(number, one) for number, one in enumerate(found) if not roles or one.role in roles]


def make_reviews(roster: Roster, months: list[str]) -> Reviews:
    """Invent the reviews of a company.

    Args:
        roster: who works when in which role.
        months: the local months of the company.

    Returns:
        The rows of all review files and the truth about them.
    """
    made = Reviews(roster)
    for place, month in enumerate(months):
        span = _span(month)
        _monthly(made, span, place)
        if span.end.month % 3 == 1:
            quarter = _quarter(span.end)
            _quarterly(made, quarter, place)
            if quarter.name == PLANTED:
                _yearly(made, quarter, place)  # an interim review: the year is not over
        if span.end.month == 1:
            year = span.end.year - 1
            _yearly(made, Span(str(year), dt.date(year, 1, 1), span.end), place)
    return made


def write_review_files(home: Path, made: Reviews) -> None:
    """Write the review files into reviews/."""
    for name, rows in made.rows.items():
        write_text(home / "reviews" / f"{name}.csv", csv_text(_HEADERS[name].split(), rows))


def fill_truth(made: Reviews, truth: Truth) -> None:
    """Add what the pipeline must find in the review files."""
    company: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 2)
    for (month, person, kpi), (numerator, denominator) in sorted(made.cells.items()):
        truth.cells[month, person, kpi] = _cell(kpi, numerator, denominator)
        total = company[month, kpi]
        company[month, kpi] = [total[0] + numerator, total[1] + denominator]
    for key, (numerator, denominator) in sorted(company.items()):
        truth.company[key] = _cell(key[1], numerator, denominator)
    truth.findings = sorted([*truth.findings, *made.findings])


def _cell(kpi: str, numerator: Decimal, denominator: Decimal) -> Cell:
    return Cell(numerator, None if kpi == "proposals_adopted" else denominator)


def _monthly(made: Reviews, span: Span, place: int) -> None:
    for number, position in made.people(span, "customer_service"):
        for sample in (1, 2):
            score = 60 + (place * 5 + number * 7 + sample * 3) % 40
            made.add("dm_quality_reviews", span.name, position.person_id, f"DM-{span.name}-{sample}", score, MANAGER)
            made.count(span, position.person_id, "dm_quality_score", score)
    for number, position in made.people(span, "content"):
        score = 55 + (place * 3 + number * 13) % 45
        made.add("brief_match_reviews", span.name, position.person_id, f"稿件-{span.name}", score, MANAGER)
        made.count(span, position.person_id, "brief_match_score", score)
    for number, position in made.people(span, "growth"):
        if (place + number) % 3 == 2:
            continue  # nothing of this person was decided: zero, not withheld
        decision = "rejected" if (place + number) % 3 else "adopted"
        day = min(position.valid_from.day if position.valid_from >= span.first else 1, 28)
        decided = span.first.replace(day=max(day, 20))
        made.add("proposals", f"PR-{span.name}-{number}", position.person_id, decision, decided)
        made.count(span, position.person_id, "proposals_adopted", int(decision == "adopted"))


def _quarterly(made: Reviews, span: Span, place: int) -> None:
    _rate_360(made, span, place, "teamwork")
    _rate_levels(made, span, place, ("initiative",))
    for number, position in made.people(span):
        person = position.person_id
        own, boss = 70 + (place + number * 5) % 25, 68 + (place * 2 + number * 3) % 25
        made.add("ratings_self", span.name, person, "quality", own)
        made.add("ratings_manager", span.name, person, "quality", boss, MANAGER)
        made.count(span, person, "self_manager_gap", abs(own - boss))
    for number, position in made.people(span, "content"):
        for juror in (1, 2):
            score = 50 + (place * 7 + number * 3 + juror * 11) % 50
            reviewer = MANAGER if juror == 1 else _others(made, position.person_id)[0]
            made.add("innovation_reviews", span.name, position.person_id, f"创新-{span.name}", score, reviewer)
            made.count(span, position.person_id, "innovation_score", score)
            made.add("professional_feedback", span.name, position.person_id, f"专家{juror}", score - 3)
            made.count(span, position.person_id, "professional_feedback_score", score - 3)
    _key_results(made, span, place)
    met = place % 2 == 0
    for _, position in made.people(span, "growth", "content"):
        made.add("shared_targets", span.name, "launch", position.person_id, str(met).lower())
        made.count(span, position.person_id, "shared_target_attainment", int(met))
    _brands(made, span, place)


def _brands(made: Reviews, span: Span, place: int) -> None:
    last_day = span.end - dt.timedelta(days=1)
    for team in sorted({position.team_id for position in made.roster.positions}):
        respondents, score = 200 + 10 * (place % 5), 60 + (place * 3 + len(team)) % 30
        made.add("brand_survey", span.name, team, respondents, score)
        for position in made.roster.positions:
            person = next(one for one in made.roster.people if one.person_id == position.person_id)
            there = position.valid_from <= last_day < (position.valid_to or FAR) and person.employed(last_day)
            if position.team_id == team and there:
                made.count(span, position.person_id, "brand_perception", respondents * score, respondents)
    for number, account in enumerate(made.roster.of_platform("x")):
        score = 40 + (place + number * 9) % 30
        made.add("influence_scores", span.name, account.account_id, "SocialIndex", score)
        rest = Decimal(1)
        for held in made.roster.assignments:
            is_held = held.subject_type == "account" and held.subject_id == account.account_id
            if is_held and held.valid_from <= last_day < (held.valid_to or FAR):
                share = Decimal(held.share) / 100
                made.count(span, held.person_id, "influence_score", score * share, share)
                rest -= share
        if rest:
            made.count(span, UNASSIGNED, "influence_score", score * rest, rest)


def _key_results(made: Reviews, span: Span, place: int) -> None:
    for number, position in made.people(span, "growth"):
        person = position.person_id
        objective = f"O-{number}"
        # followers +40 % of 1000: of 400 to gain, tenths are reached; beyond the target they still count as attainment
        tenths, percent = (place * 3 + number) % 15, 18 + (place + number) % 9
        current: object = percent
        if (span.name, person) == (PLANTED, WITHOUT_VALUE):
            current = ""
            made.findings.append(ExpectedFinding(span.month, "okr", person, "reviews"))
        results = (Decimal(tenths) / 10, (Decimal(percent) - 18) / 8)
        made.add("okr", span.name, person, objective, f"{objective}-1", "rel_pct", 1000, 40, 1000 + 40 * tenths, 3)
        made.add("okr", span.name, person, objective, f"{objective}-2", "absolute", 18, 26, current, "")
        made.count(span, person, "kr_attainment", 3 * results[0], 3)
        if current != "":
            made.count(span, person, "kr_attainment", results[1])
            capped = [min(max(result, Decimal(0)), ONE) for result in results]
            made.count(span, person, "objective_score", (3 * capped[0] + capped[1]) / 4)


def _yearly(made: Reviews, span: Span, place: int) -> None:
    _rate_360(made, span, place + 1, "collaboration")
    _rate_levels(made, span, place, ("culture_fit", "work_attitude"))
    for number, position in made.people(span):
        level = 1 + (place + number) % 5
        made.add("skill_ratings", span.name, position.person_id, "human_ai_collaboration", level, MANAGER)
        made.count(span, position.person_id, "human_ai_collaboration", level)
    due = span.end - dt.timedelta(days=10)
    for number, position in made.people(span, "content", "growth"):
        passed = due - dt.timedelta(days=5 - 2 * (number % 4))  # a quarter of them a day late
        made.add("certifications", position.person_id, "运营能力认证", due, passed)
        made.count(span, position.person_id, "certification_share", int(passed <= due))


def _rate_360(made: Reviews, span: Span, place: int, item: str) -> None:
    for number, position in made.people(span):
        person = position.person_id
        partners = FEW_RATERS if (span.name, person) == (PLANTED, FEW_PARTNERS) else SHOWN_RATERS
        groups = {"peer": _others(made, person)[:SHOWN_RATERS], "partner": [f"法务{n}" for n in range(partners)]}
        for group, raters in groups.items():
            scores = [1 + (place + number + step + len(group)) % 5 for step in range(len(raters))]
            for rater, score in zip(raters, scores, strict=True):
                made.add("ratings_360", span.name, person, rater, group, item, score)
            if len(raters) >= SHOWN_RATERS:
                made.count(span, person, f"{item}_360", Decimal(sum(scores)) / len(raters))


def _rate_levels(made: Reviews, span: Span, place: int, items: Iterable[str]) -> None:
    for number, position in made.people(span):
        for step, item in enumerate(items):
            level = 1 + (place * 2 + number + step) % 5
            if (span.name, position.person_id, item) == (PLANTED, WITHOUT_LEVEL, "initiative"):
                made.findings.append(ExpectedFinding(span.month, "ratings_bars", position.person_id, "reviews"))
                continue
            made.add("ratings_bars", span.name, position.person_id, item, level, MANAGER)
            made.count(span, position.person_id, f"{item}_points", level * BARS[item])


def _others(made: Reviews, person: str) -> Sequence[str]:
    """Colleagues who have been there from the beginning and may rate a person."""
    return [one.person_id for one in made.roster.people if one.person_id not in (person, MANAGER)]


def _span(month: str) -> Span:
    first = dt.date(int(month[:4]), int(month[5:]), 1)
    return Span(month, first, (first + dt.timedelta(days=31)).replace(day=1))


def _quarter(end: dt.date) -> Span:
    last = end - dt.timedelta(days=1)
    return Span(f"{last.year}-Q{last.month // 3}", dt.date(last.year, last.month - 2, 1), end)
