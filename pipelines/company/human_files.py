"""The registry of the files that people keep: where each lies, what a row is, whether it must be there.

Belongs here: the lists that templates, loader, docs, expectation suites and archiving share. Does not belong here: the
words that explain a file and its columns (`texts.files`, keys `file.<name>` and `file.<name>.<column>`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.company import (
    buffers,
    decision_records,
    expert_records,
    finance,
    list_records,
    platform_records,
    records,
    reporting_records,
    review_records,
)
from pipelines.texts import text


@dataclass(frozen=True)
class HumanFile:
    """One file that people keep.

    Attributes:
        name: the attribute of `Company` that holds its rows, and the middle of its text keys.
        path: relative to the company folder.
        model: what one row is.
        required: whether a folder without the file is a defect.
    """

    name: str
    path: str
    model: type[records.Record]
    required: bool

    def about(self, lang: str) -> str:
        """Return what the file is for."""
        return text(f"file.{self.name}", lang)

    def column_about(self, column: str, lang: str) -> str:
        """Return what a column means."""
        return text(f"file.{self.name}.{column}", lang)


HUMAN_FILES: tuple[HumanFile, ...] = (
    HumanFile("people", "people/people.csv", records.Person, required=True),
    HumanFile("positions", "people/positions.csv", records.Position, required=True),
    HumanFile("identities", "people/identity_map.csv", records.Identity, required=True),
    HumanFile("accounts", "people/accounts.csv", records.Account, required=True),
    HumanFile("assignments", "people/assignments.csv", records.Assignment, required=True),
    HumanFile("scheme_assignments", "people/scheme_assignments.csv", records.SchemeAssignment, required=True),
    HumanFile("scheme_buffers", buffers.BUFFERS_FILE, buffers.SchemeBuffer, required=False),
    HumanFile("duty_roster", "people/duty_roster.csv", records.DutyShift, required=False),
    HumanFile("targets", "people/targets.csv", records.TargetRow, required=True),
    HumanFile("publishing_plan", "people/publishing_plan.csv", records.PlannedPosts, required=False),
    HumanFile(
        "content_quality_reviews", "reviews/content_quality_reviews.csv", records.ContentQualityReview, required=False
    ),
    HumanFile("record_overrides", "reviews/record_overrides.csv", records.RecordOverride, required=False),
    HumanFile("adjustments", "reviews/adjustments.csv", records.Adjustment, required=False),
    HumanFile(
        "bonus_point_nominations",
        "reviews/bonus_point_nominations.csv",
        decision_records.BonusPointNomination,
        required=False,
    ),
    HumanFile("award_approvals", "reviews/award_approvals.csv", decision_records.AwardApproval, required=False),
    HumanFile(
        "calibration_decisions",
        "reviews/calibration_decisions.csv",
        decision_records.CalibrationDecision,
        required=False,
    ),
    HumanFile("appeals", "reviews/appeals.csv", decision_records.Appeal, required=False),
    HumanFile("communities", "people/communities.csv", records.Community, required=False),
    HumanFile("community_groups", "people/community_groups.csv", records.CommunityGroup, required=False),
    HumanFile("individual_kpis", "people/individual_kpis.csv", records.IndividualKpi, required=False),
    HumanFile("leave", "people/leave.csv", records.LeaveDays, required=False),
    HumanFile("offline_events", "people/offline_events.csv", records.OfflineEvent, required=False),
    HumanFile("excluded_handles", "people/excluded_handles.csv", records.ExcludedHandle, required=False),
    HumanFile("costs", "reviews/costs.csv", records.Cost, required=False),
    HumanFile("finance", finance.FINANCE_FILE, finance.FinanceFigure, required=False),
    HumanFile("ratings_360", "reviews/ratings_360.csv", review_records.Rating360, required=False),
    HumanFile("ratings_self", "reviews/ratings_self.csv", review_records.SelfRating, required=False),
    HumanFile("ratings_manager", "reviews/ratings_manager.csv", review_records.ManagerRating, required=False),
    HumanFile("ratings_bars", "reviews/ratings_bars.csv", review_records.BarsRating, required=False),
    HumanFile(
        "professional_feedback",
        "reviews/professional_feedback.csv",
        review_records.ProfessionalFeedback,
        required=False,
    ),
    HumanFile("dm_quality_reviews", "reviews/dm_quality_reviews.csv", review_records.DmQualityReview, required=False),
    HumanFile("innovation_reviews", "reviews/innovation_reviews.csv", review_records.InnovationReview, required=False),
    HumanFile(
        "brief_match_reviews", "reviews/brief_match_reviews.csv", review_records.BriefMatchReview, required=False
    ),
    HumanFile("skill_ratings", "reviews/skill_ratings.csv", review_records.SkillRating, required=False),
    HumanFile("proposals", "reviews/proposals.csv", review_records.Proposal, required=False),
    HumanFile("brand_survey", "reviews/brand_survey.csv", review_records.BrandSurvey, required=False),
    HumanFile("influence_scores", "reviews/influence_scores.csv", review_records.InfluenceScore, required=False),
    HumanFile("okr", "reviews/okr.csv", review_records.KeyResult, required=False),
    HumanFile("shared_targets", "reviews/shared_targets.csv", review_records.SharedTarget, required=False),
    HumanFile("certifications", "reviews/certifications.csv", review_records.Certification, required=False),
    HumanFile("sentiment_labels", "reviews/sentiment_labels.csv", review_records.SentimentLabel, required=False),
    HumanFile("activity_log", "reviews/activity_log.csv", list_records.Activity, required=False),
    HumanFile("preferences", "people/preferences.csv", list_records.Preference, required=False),
    HumanFile("member_incentives", "reviews/member_incentives.csv", list_records.MemberIncentive, required=False),
    HumanFile("scheme_approvals", "people/scheme_approvals.csv", list_records.SchemeApproval, required=False),
    HumanFile("platform_events", "reviews/platform_events.csv", platform_records.PlatformEvent, required=False),
    HumanFile("peers", "people/peers.csv", platform_records.Peer, required=False),
    HumanFile("peer_readings", "reviews/peer_readings.csv", platform_records.PeerReading, required=False),
    HumanFile("label_audit", "reviews/label_audit.csv", review_records.LabelAudit, required=False),
)

#: What experts said about weights. Only `scorecards weights` reads it: a half-filled questionnaire must not stop a run,
#: and nothing is paid by it before somebody writes the weights into a scheme. So it is not one of HUMAN_FILES.
EXPERT_ROUNDS = HumanFile("expert_rounds", "reviews/expert_rounds.csv", expert_records.ExpertRound, required=False)

#: Who leads whom. Only the portal reads it: no number depends on it, so a slip in it must not stop a run.
REPORTING_LINES = HumanFile(
    "reporting_lines", "people/reporting_lines.csv", reporting_records.ReportingLine, required=False
)

#: Every file that has a template and is explained.
EXPLAINED_FILES: tuple[HumanFile, ...] = (*HUMAN_FILES, EXPERT_ROUNDS, REPORTING_LINES)

#: Calendars are files of any name in one folder: calendars/<name>.csv.
CALENDAR_COLUMNS = records.CalendarDay.columns()


def human_file(name: str) -> HumanFile:
    """Return the registered file of a name.

    Raises:
        KeyError: when no file has the name.
    """
    for entry in HUMAN_FILES:
        if entry.name == name:
            return entry
    raise KeyError(name)
