"""The rows of the review files as typed, frozen models: what people judge, certify and agree about each other's work.

Belongs here: one model a file that feeds a KPI by human judgement, and what one row alone can violate. Does not belong
here: the files that say who is who (`company.records`), rules over several rows (`company.review_rules`), how a row
becomes a KPI (`company.review_frames` and int_reviews).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import model_validator

from pipelines.company.fields import (
    Day,
    ForeignId,
    Identifier,
    MonthField,
    OptionalDay,
    OptionalIdentifier,
    OptionalText,
    PeriodField,
    YesNo,
    choice,
    counted,
    optional_ranged,
    ranged,
    ranged_or,
    wrong,
)
from pipelines.company.records import Record

RATER_GROUPS = ("peer", "subordinate", "partner", "manager")
ITEMS_360 = ("collaboration", "teamwork")
BARS_ITEMS = ("culture_fit", "work_attitude", "initiative")
SKILLS = ("human_ai_collaboration",)
DECISIONS = ("pending", "adopted", "rejected")
KR_UNITS = ("absolute", "rel_pct", "pp")
LEVELS = (1, 2, 3, 4, 5)
SENTIMENTS = ("positive", "neutral", "negative")
#: kind of label -> the source family of its records, the labels that there are
AUDITED_LABELS: dict[str, tuple[str, tuple[str, ...]]] = {
    "sentiment": ("comments", SENTIMENTS),
    "originality": ("x_posts", ("original", "not_original")),
    "follower": ("follower_lists", ("spam", "clean")),
}

_BOUNDS = ("-999999999999", "999999999999")

Points = Annotated[Decimal, ranged("0", "100")]
Level = Annotated[int, counted(LEVELS[0], LEVELS[-1])]


class Review(Record):
    """A row that feeds a KPI."""


class PersonalReview(Review):
    """A row about one person's work in one period."""

    period: PeriodField
    person_id: Identifier


class ReviewByColleague(PersonalReview):
    """A review that names who judged; nobody judges themselves."""

    @model_validator(mode="after")
    def _somebody_else_reviews(self) -> Self:
        reviewer = str(getattr(self, "reviewer_id", ""))
        if reviewer == self.person_id:
            raise wrong("reviews_oneself", column="reviewer_id", value=reviewer)
        return self


class Rating360(PersonalReview):
    """One rater's mark for one item, 1 to 5: reviews/ratings_360.csv.

    `rater_id` only tells raters apart: it leaves the company room as a hash that differs from ratee to ratee.
    """

    key = ("period", "person_id", "rater_id", "item")

    rater_id: ForeignId
    rater_group: Annotated[str, choice(*RATER_GROUPS)]
    item: Annotated[str, choice(*ITEMS_360)]
    score: Annotated[Decimal, ranged("1", "5")]

    @model_validator(mode="after")
    def _somebody_else_rates(self) -> Self:
        if self.rater_id.casefold() == self.person_id.casefold():
            raise wrong("reviews_oneself", column="rater_id", value=self.rater_id)
        return self


class SelfRating(PersonalReview):
    """A person's own rating of an item, 0 to 100: reviews/ratings_self.csv."""

    key = ("period", "person_id", "item")

    item: Identifier
    score: Points


class ManagerRating(ReviewByColleague):
    """A manager's rating of an item, 0 to 100: reviews/ratings_manager.csv."""

    key = ("period", "person_id", "item", "reviewer_id")

    item: Identifier
    score: Points
    reviewer_id: Identifier


class BarsRating(ReviewByColleague):
    """An anchored level of behaviour, 1 to 5: reviews/ratings_bars.csv; `bars_points` gives its points."""

    key = ("period", "person_id", "item", "reviewer_id")

    item: Annotated[str, choice(*BARS_ITEMS)]
    level: Level
    reviewer_id: Identifier


class ProfessionalFeedback(PersonalReview):
    """What a professional user says of a person's content, 0 to 100: reviews/professional_feedback.csv."""

    key = ("period", "person_id", "respondent_id")

    respondent_id: ForeignId
    score: Points


class DmQualityReview(ReviewByColleague):
    """A rubric score of one sampled conversation: reviews/dm_quality_reviews.csv."""

    key = ("period", "person_id", "sample_id", "reviewer_id")

    sample_id: ForeignId
    score: Points
    reviewer_id: Identifier


class InnovationReview(ReviewByColleague):
    """A juror's score of one format, event or campaign: reviews/innovation_reviews.csv."""

    key = ("period", "person_id", "entry_id", "reviewer_id")

    entry_id: ForeignId
    score: Points
    reviewer_id: Identifier


class BriefMatchReview(ReviewByColleague):
    """How well an original piece meets its brief, 0 to 100: reviews/brief_match_reviews.csv."""

    key = ("period", "person_id", "content_id", "reviewer_id")

    content_id: ForeignId
    score: Points
    reviewer_id: Identifier


class SkillRating(ReviewByColleague):
    """A level of a skill, 1 to 5: reviews/skill_ratings.csv."""

    key = ("period", "person_id", "skill", "reviewer_id")

    skill: Annotated[str, choice(*SKILLS)]
    level: Level
    reviewer_id: Identifier


class Proposal(Review):
    """A proposal and what became of it: reviews/proposals.csv; it counts in the month of the decision."""

    key = ("proposal_id",)

    proposal_id: ForeignId
    person_id: Identifier
    decision: Annotated[str, choice(*DECISIONS)]
    decided_on: OptionalDay = None

    @model_validator(mode="after")
    def _decision_has_its_day(self) -> Self:
        if self.decision == "pending" and self.decided_on is not None:
            raise wrong("pending_with_day", column="decided_on", value=self.decided_on)
        if self.decision != "pending" and self.decided_on is None:
            raise wrong("decision_without_day", column="decided_on", value="", decision=self.decision)
        return self


class BrandSurvey(Review):
    """One wave of a brand survey, of a team's brand or of the company's: reviews/brand_survey.csv."""

    key = ("period", "team_id")

    period: PeriodField
    team_id: OptionalIdentifier = ""
    respondents: Annotated[int, counted(1, 100_000_000)]
    score: Points


class InfluenceScore(Review):
    """A vendor's or jury's influence score of an account: reviews/influence_scores.csv."""

    key = ("period", "account_id")

    period: PeriodField
    account_id: Identifier
    vendor: ForeignId
    score: Annotated[Decimal, ranged("0", "1000000")]


class KeyResult(PersonalReview):
    """One key result of a person's objective: reviews/okr.csv.

    The value to reach is `target` itself (absolute), `start` raised by `target` per cent (rel_pct), or `start` plus
    `target` points (pp). `current` is always an absolute value; empty while it is not known.
    """

    key = ("period", "kr_id")

    objective_id: Identifier
    kr_id: Identifier
    unit: Annotated[str, choice(*KR_UNITS)]
    start: Annotated[Decimal, ranged(*_BOUNDS)]
    target: Annotated[Decimal, ranged(*_BOUNDS)]
    current: Annotated[Decimal | None, optional_ranged(*_BOUNDS)] = None
    weight: Annotated[Decimal, ranged_or("1", "0.01", "1000")] = Decimal(1)

    @property
    def goal(self) -> Decimal:
        """The absolute value that means 100 %."""
        if self.unit == "absolute":
            return self.target
        return self.start + (self.start * self.target / 100 if self.unit == "rel_pct" else self.target)

    @model_validator(mode="after")
    def _there_is_a_way_to_go(self) -> Self:
        if self.goal == self.start:
            raise wrong("target_is_start", column="target", value=self.target, start=self.start)
        return self


class SharedTarget(PersonalReview):
    """Whether a target that departments share was met: reviews/shared_targets.csv, one row a person who shares it."""

    key = ("period", "target_id", "person_id")

    target_id: Identifier
    is_met: YesNo


class Certification(Review):
    """A certificate that a person must hold by a day: reviews/certifications.csv."""

    key = ("person_id", "certificate", "due_on")

    person_id: Identifier
    certificate: ForeignId
    due_on: Day
    passed_on: OptionalDay = None


class SentimentLabel(Review):
    """What people say that a public comment expresses: reviews/sentiment_labels.csv; it goes before a tool's label.

    `month` is the local month of the comment: a label of a later month changes nothing of an earlier one.
    """

    key = ("network", "comment_id")

    month: MonthField
    network: OptionalText = ""
    comment_id: ForeignId
    label: Annotated[str, choice(*SENTIMENTS)]
    reviewer_id: Identifier
    labelled_on: Day
    note: OptionalText = ""

    @property
    def record_id(self) -> str:
        """The comment as int_comments names it."""
        return f"{self.network.lower()}|{self.comment_id}" if self.network else self.comment_id


class LabelAudit(Review):
    """What a person says that the label of a drawn record should be: reviews/label_audit.csv.

    The list `label_audit_sample` of a draft names the records of the month; whoever judges them is not told the label
    that the pipeline holds. It changes no label: it measures how often labels are right.
    """

    key = ("label", "record_id")

    month: MonthField
    label: Annotated[str, choice(*AUDITED_LABELS)]
    record_id: ForeignId
    found: Annotated[str, choice(*(word for _, words in AUDITED_LABELS.values() for word in words))]
    reviewer_id: Identifier
    judged_on: Day
    note: OptionalText = ""

    @model_validator(mode="after")
    def _found_is_one_of_the_kind(self) -> Self:
        words = AUDITED_LABELS[self.label][1]
        if self.found not in words:
            raise wrong("not_a_choice", column="found", value=self.found, allowed=", ".join(words), nearest=words[0])
        return self

    @property
    def family(self) -> str:
        """The source family of the record."""
        return AUDITED_LABELS[self.label][0]
