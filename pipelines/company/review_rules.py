"""Rules over several rows of the review files.

Belongs here: who may rate, whether a reviewed person was employed, reviews of overlapping periods, answers that
contradict each other. Does not belong here: what one row alone can violate (`company.review_records`), references
between all files (`company.rules`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from pipelines.company.collector import Collector
from pipelines.company.fields import nearest
from pipelines.company.human_files import human_file
from pipelines.company.model import HumanTables
from pipelines.company.records import ContentQualityReview
from pipelines.company.review_frames import is_inside
from pipelines.company.review_records import PersonalReview

#: The files with one person's reviews of periods, and the column that tells apart what is reviewed.
REVIEWS_OF_PEOPLE = {
    "ratings_360": "item",
    "ratings_self": "item",
    "ratings_manager": "item",
    "ratings_bars": "item",
    "professional_feedback": "",
    "dm_quality_reviews": "",
    "innovation_reviews": "",
    "brief_match_reviews": "",
    "skill_ratings": "skill",
    "okr": "",
    "shared_targets": "",
}


def check_reviews(
    tables: HumanTables, person_ids: Collection[str], unreadable: Collection[str], collector: Collector
) -> None:
    """Check the review files against each other and against people.csv.

    Args:
        tables: the rows that could be read.
        person_ids: the people that references may name.
        unreadable: the files whose rows could not be judged.
        collector: takes the findings.
    """
    for name, column in REVIEWS_OF_PEOPLE.items():
        rows: Iterable[PersonalReview] = getattr(tables, name)
        _check_periods(human_file(name).path, rows, column, collector)
        _check_employed(human_file(name).path, rows, tables, collector)
    path = human_file("content_quality_reviews").path
    _check_employed(path, tables.content_quality_reviews, tables, collector)
    if "people" not in unreadable:
        _check_raters(tables, person_ids, collector)
    _check_groups(tables, collector)
    _check_shared_targets(tables, collector)


def _check_periods(path: str, rows: Iterable[PersonalReview], column: str, collector: Collector) -> None:
    """A year's review beside a month's would count the month twice in the year."""
    reviewed: dict[tuple[str, str], list[PersonalReview]] = defaultdict(list)
    for row in rows:
        reviewed[row.person_id, str(getattr(row, column, ""))].append(row)
    for group in reviewed.values():
        for row in group:
            inside = [other for other in group if is_inside(other.period, row.period)]
            if inside:
                collector.add(
                    "review_periods_overlap",
                    path,
                    row.source_row,
                    "period",
                    row.period,
                    other=inside[0].period,
                    other_row=inside[0].source_row,
                )


def _check_employed(
    path: str, rows: Iterable[PersonalReview | ContentQualityReview], tables: HumanTables, collector: Collector
) -> None:
    people = {person.person_id: person for person in tables.people}
    for row in rows:
        person = people.get(row.person_id)
        if person is None:
            continue
        hired, left = person.window
        if hired >= row.period.end or left <= row.period.start:
            collector.add(
                "reviewed_outside_employment", path, row.source_row, "period", row.period, person=row.person_id
            )


def _check_raters(tables: HumanTables, person_ids: Collection[str], collector: Collector) -> None:
    """Partners may be from outside; a misspelt colleague would be one rater more and lift a group over the least."""
    path = human_file("ratings_360").path
    for row in tables.ratings_360:
        if row.rater_group != "partner" and row.rater_id not in person_ids:
            near = nearest(row.rater_id, set(person_ids))
            collector.add("unknown_person", path, row.source_row, "rater_id", row.rater_id, nearest=near)


def _check_groups(tables: HumanTables, collector: Collector) -> None:
    """A rater of two groups would be told by the difference between them."""
    path = human_file("ratings_360").path
    first: dict[tuple[str, str, str], tuple[str, int]] = {}
    for row in tables.ratings_360:
        who = (str(row.period), row.person_id, row.rater_id.casefold())
        group, other = first.setdefault(who, (row.rater_group, row.source_row))
        if group != row.rater_group:
            collector.add(
                "rater_in_two_groups", path, row.source_row, "rater_group", row.rater_group, group=group, other=other
            )


def _check_shared_targets(tables: HumanTables, collector: Collector) -> None:
    path = human_file("shared_targets").path
    first: dict[tuple[str, str], tuple[bool, int]] = {}
    for row in tables.shared_targets:
        met, other = first.setdefault((str(row.period), row.target_id), (row.is_met, row.source_row))
        if met != row.is_met:
            collector.add("shared_target_contradicts", path, row.source_row, "is_met", row.is_met, other=other)
