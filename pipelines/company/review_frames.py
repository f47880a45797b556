"""The tables of the warehouse that hold what people judged: company.reviews and its companions.

Belongs here: which review file feeds which KPI, the period of a review as the month in which it counts, pseudonyms.
Does not belong here: the arithmetic of the KPIs (int_reviews), the files themselves (`company.review_records`).

A review counts in the last month of its period: a quarter's review stands in its quarter, its year and that month, and
not in the quarter's other months. Reviewers leave this room in no column but record_id, and there as a keyed hash; who
gave a 360 rating leaves it only as a hash of its own for every ratee and period, without the row of the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipelines.company.keys import Pseudonymiser
from pipelines.company.records import ContentQualityReview, Record
from pipelines.periods import Month, Period

if TYPE_CHECKING:
    from pipelines.company.model import Company

_TEXT = pa.string()
_DAY = pa.date32()
_NUMBER = pa.decimal128(30, 10)

_ORIGIN = [("_content_id", _TEXT), ("_row_no", pa.int32())]
_WHEN = [("period", _TEXT), ("period_from", _DAY), ("month", _DAY)]

SCHEMAS: dict[str, pa.Schema] = {
    "reviews": pa.schema(
        [
            ("family", _TEXT),
            ("kpi_id", _TEXT),
            ("expects", _TEXT),
            *_WHEN,
            ("person_id", _TEXT),
            ("team_id", _TEXT),
            ("account_id", _TEXT),
            ("record_id", _TEXT),
            ("score", _NUMBER),
            ("weight", _NUMBER),
            *_ORIGIN,
        ]
    ),
    "ratings_360": pa.schema(
        [
            *_WHEN,
            ("person_id", _TEXT),
            ("rater_key", _TEXT),
            ("rater_group", _TEXT),
            ("item", _TEXT),
            ("score", _NUMBER),
            ("_content_id", _TEXT),
        ]
    ),
    "paired_ratings": pa.schema(
        [*_WHEN, ("person_id", _TEXT), ("track", _TEXT), ("item", _TEXT), ("score", _NUMBER), *_ORIGIN]
    ),
    "key_results": pa.schema(
        [
            *_WHEN,
            ("person_id", _TEXT),
            ("objective_id", _TEXT),
            ("kr_id", _TEXT),
            ("unit", _TEXT),
            ("start_value", _NUMBER),
            ("target_value", _NUMBER),
            ("current_value", _NUMBER),
            ("weight", _NUMBER),
            *_ORIGIN,
        ]
    ),
    "sentiment_labels": pa.schema([("month", _DAY), ("record_id", _TEXT), ("label", _TEXT), *_ORIGIN]),
    "label_audit": pa.schema(
        [("month", _DAY), ("label", _TEXT), ("family", _TEXT), ("record_id", _TEXT), ("found", _TEXT)]
    ),
}

#: BARS item or skill -> the KPI that it is.
_KPI_OF_ITEM = {
    "culture_fit": "culture_fit_points",
    "work_attitude": "work_attitude_points",
    "initiative": "initiative_points",
    "human_ai_collaboration": "human_ai_collaboration",
}

Rows = Iterable[tuple[Any, ...]]
#: KPI, what its record is called beside KPI and period, its value
_Judged = tuple[str, str, Decimal]


def _reviews(company: Company, keys: Pseudonymiser) -> Rows:
    yield from _of_people(company, keys)
    yield from _of_brands(company)
    yield from _of_decisions(company, keys)


def _of_people(company: Company, keys: Pseudonymiser) -> Rows:
    """Scores that everybody of a role is given: who has none while others of the role have one is told."""

    def by(row: Any, *detail: str) -> str:
        return "|".join((*detail, keys.person(row.reviewer_id)))

    points = company.bars_points
    judged: dict[str, Callable[[Any], _Judged]] = {
        "ratings_bars": lambda row: (_KPI_OF_ITEM[row.item], by(row), points.of(row.item, row.level)),
        "professional_feedback": lambda row: (
            "professional_feedback_score",
            keys.actor("respondents", row.respondent_id),
            row.score,
        ),
        "dm_quality_reviews": lambda row: ("dm_quality_score", by(row, row.sample_id), row.score),
        "innovation_reviews": lambda row: ("innovation_score", by(row, row.entry_id), row.score),
        "brief_match_reviews": lambda row: ("brief_match_score", by(row, row.content_id), row.score),
        "skill_ratings": lambda row: (_KPI_OF_ITEM[row.skill], by(row), Decimal(row.level)),
    }
    for family, judge in judged.items():
        for row in getattr(company, family):
            yield _personal(family, *judge(row), "role", row, row.period, keys)
    for row in _shortest(company.content_quality_reviews):
        yield _personal(
            "content_quality_reviews", "content_quality_score", by(row), row.score, "role", row, row.period, keys
        )


def _of_decisions(company: Company, keys: Pseudonymiser) -> Rows:
    """What counts for those alone whom it concerns: adopted proposals, shared targets, certificates that are due."""
    for row in company.proposals:
        if row.decided_on is not None:
            score = Decimal(row.decision == "adopted")
            month = Month.of(row.decided_on)
            yield _personal("proposals", "proposals_adopted", row.proposal_id, score, "zero", row, month, keys)
    for target in company.shared_targets:
        score = Decimal(target.is_met)
        kpi = "shared_target_attainment"
        yield _personal("shared_targets", kpi, target.target_id, score, "own", target, target.period, keys)
    for paper in company.certifications:
        score = Decimal(paper.passed_on is not None and paper.passed_on <= paper.due_on)
        name, month = f"{paper.certificate}|{paper.due_on}", Month.of(paper.due_on)
        yield _personal("certifications", "certification_share", name, score, "own", paper, month, keys)


def _of_brands(company: Company) -> Rows:
    """Scores of a brand or an account, for everybody who answers for it on the last day of the period."""
    for wave in company.brand_survey:
        record = f"brand_perception|{wave.period}|{wave.team_id or company.name}"
        about = ("brand_survey", "brand_perception", "own", *_when(wave.period), "", wave.team_id, "")
        yield (*about, record, _exact(wave.score), _exact(wave.respondents), *_origin(wave))
    for found in company.influence_scores:
        record = f"influence_score|{found.period}|{found.account_id}|{found.vendor}"
        about = ("influence_scores", "influence_score", "own", *_when(found.period), "", "", found.account_id)
        yield (*about, record, _exact(found.score), _exact(1), *_origin(found))


def _personal(
    family: str, kpi: str, detail: str, score: Decimal, expects: str, row: Any, period: Period, keys: Pseudonymiser
) -> tuple[Any, ...]:
    person = keys.person(row.person_id)
    record = "|".join((kpi, str(period), person, detail))
    about = (family, kpi, expects, *_when(period), person, "", "")
    return (*about, record, _exact(score), _exact(1), *_origin(row))


def _shortest(reviews: Iterable[ContentQualityReview]) -> Iterator[ContentQualityReview]:
    """Leave out a review of a longer period where its person has one of a shorter period inside it.

    A quarter may be reviewed for the veto of a scheme beside its months; as a KPI it is the mean of its months.
    """
    rows = list(reviews)
    periods: dict[str, set[Period]] = defaultdict(set)
    for row in rows:
        periods[row.person_id].add(row.period)
    for row in rows:
        if not any(is_inside(other, row.period) for other in periods[row.person_id]):
            yield row


def is_inside(shorter: Period, longer: Period) -> bool:
    """Tell whether a period is a true part of another."""
    return shorter != longer and longer.start <= shorter.start and shorter.end <= longer.end


def _ratings_360(company: Company, keys: Pseudonymiser) -> Rows:
    for row in company.ratings_360:
        # one hash a ratee and period: what a rater gave to two colleagues cannot be put together
        rater = keys.actor(f"raters:{row.person_id}:{row.period}", row.rater_id)
        person = keys.person(row.person_id)
        yield (*_when(row.period), person, rater, row.rater_group, row.item, _exact(row.score), row.source_file)


def _paired_ratings(company: Company, keys: Pseudonymiser) -> Rows:
    for track, rows in (("self", company.ratings_self), ("manager", company.ratings_manager)):
        for row in rows:
            # items are compared without letter case, as the keys of the files are
            item = row.item.casefold()
            yield (*_when(row.period), keys.person(row.person_id), track, item, _exact(row.score), *_origin(row))


def _key_results(company: Company, keys: Pseudonymiser) -> Rows:
    for row in company.okr:
        yield (
            *_when(row.period),
            keys.person(row.person_id),
            row.objective_id,
            row.kr_id,
            row.unit,
            _exact(row.start),
            _exact(row.target),
            None if row.current is None else _exact(row.current),
            _exact(row.weight),
            *_origin(row),
        )


def _sentiment_labels(company: Company, _keys: Pseudonymiser) -> Rows:
    return ((row.month.start, row.record_id, row.label, *_origin(row)) for row in company.sentiment_labels)


def _label_audit(company: Company, _keys: Pseudonymiser) -> Rows:
    return ((row.month.start, row.label, row.family, row.record_id, row.found) for row in company.label_audit)


BUILDERS: dict[str, Callable[[Company, Pseudonymiser], Rows]] = {
    "reviews": _reviews,
    "ratings_360": _ratings_360,
    "paired_ratings": _paired_ratings,
    "key_results": _key_results,
    "sentiment_labels": _sentiment_labels,
    "label_audit": _label_audit,
}


def _when(period: Period) -> tuple[str, date, date]:
    """The period as text, its first day, and the first day of its last month."""
    return str(period), period.start, period.months[-1].start


def _origin(row: Record) -> tuple[str, int]:
    return row.source_file, row.source_row


def _exact(number: Decimal | int) -> Decimal:
    return Decimal(number).quantize(Decimal("0.0000000001"))
