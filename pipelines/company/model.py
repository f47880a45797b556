"""The company: everything that its folder says, in one frozen object.

Belongs here: `Company` and look-ups over its rows. Does not belong here: reading files (`company.loader`), rules
(`company.rules`), the warehouse's tables (`company.frames`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pipelines.company import decision_records as decisions
from pipelines.company import list_records as listed
from pipelines.company import platform_records as platforms
from pipelines.company import review_records as reviews
from pipelines.company.buffers import SchemeBuffer
from pipelines.company.communities import CommunityDuties
from pipelines.company.finance import FinanceFigure
from pipelines.company.human_files import HUMAN_FILES
from pipelines.company.leave import Leaves
from pipelines.company.list_settings import ListSettings
from pipelines.company.portal_settings import PortalSettings
from pipelines.company.records import (
    Account,
    Adjustment,
    Assignment,
    Community,
    CommunityGroup,
    ContentQualityReview,
    Cost,
    DutyShift,
    ExcludedHandle,
    Identity,
    IndividualKpi,
    LeaveDays,
    OfflineEvent,
    Person,
    PlannedPosts,
    Position,
    RecordOverride,
    SchemeAssignment,
)
from pipelines.company.segments import Segment, build_segments
from pipelines.company.settings import (
    BarsPoints,
    CompanyFile,
    DealStages,
    ExpectedSource,
    OrderWords,
    Settings,
    SourceOverride,
    TicketActivities,
    default_expected_sources,
)
from pipelines.company.targets import Targets
from pipelines.periods import WEEKDAYS, Calendar


@dataclass(frozen=True)
class HumanTables:
    """The rows of all human files, each in its file's order."""

    people: tuple[Person, ...] = ()
    positions: tuple[Position, ...] = ()
    identities: tuple[Identity, ...] = ()
    accounts: tuple[Account, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    scheme_assignments: tuple[SchemeAssignment, ...] = ()
    scheme_buffers: tuple[SchemeBuffer, ...] = ()
    duty_roster: tuple[DutyShift, ...] = ()
    targets: Targets = field(default_factory=Targets)
    publishing_plan: tuple[PlannedPosts, ...] = ()
    content_quality_reviews: tuple[ContentQualityReview, ...] = ()
    record_overrides: tuple[RecordOverride, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    bonus_point_nominations: tuple[decisions.BonusPointNomination, ...] = ()
    award_approvals: tuple[decisions.AwardApproval, ...] = ()
    calibration_decisions: tuple[decisions.CalibrationDecision, ...] = ()
    appeals: tuple[decisions.Appeal, ...] = ()
    communities: tuple[Community, ...] = ()
    community_groups: tuple[CommunityGroup, ...] = ()
    individual_kpis: tuple[IndividualKpi, ...] = ()
    leave: tuple[LeaveDays, ...] = ()
    offline_events: tuple[OfflineEvent, ...] = ()
    excluded_handles: tuple[ExcludedHandle, ...] = ()
    costs: tuple[Cost, ...] = ()
    finance: tuple[FinanceFigure, ...] = ()
    ratings_360: tuple[reviews.Rating360, ...] = ()
    ratings_self: tuple[reviews.SelfRating, ...] = ()
    ratings_manager: tuple[reviews.ManagerRating, ...] = ()
    ratings_bars: tuple[reviews.BarsRating, ...] = ()
    professional_feedback: tuple[reviews.ProfessionalFeedback, ...] = ()
    dm_quality_reviews: tuple[reviews.DmQualityReview, ...] = ()
    innovation_reviews: tuple[reviews.InnovationReview, ...] = ()
    brief_match_reviews: tuple[reviews.BriefMatchReview, ...] = ()
    skill_ratings: tuple[reviews.SkillRating, ...] = ()
    proposals: tuple[reviews.Proposal, ...] = ()
    brand_survey: tuple[reviews.BrandSurvey, ...] = ()
    influence_scores: tuple[reviews.InfluenceScore, ...] = ()
    okr: tuple[reviews.KeyResult, ...] = ()
    shared_targets: tuple[reviews.SharedTarget, ...] = ()
    certifications: tuple[reviews.Certification, ...] = ()
    sentiment_labels: tuple[reviews.SentimentLabel, ...] = ()
    activity_log: tuple[listed.Activity, ...] = ()
    preferences: tuple[listed.Preference, ...] = ()
    member_incentives: tuple[listed.MemberIncentive, ...] = ()
    scheme_approvals: tuple[listed.SchemeApproval, ...] = ()
    platform_events: tuple[platforms.PlatformEvent, ...] = ()
    peers: tuple[platforms.Peer, ...] = ()
    peer_readings: tuple[platforms.PeerReading, ...] = ()
    label_audit: tuple[reviews.LabelAudit, ...] = ()


@dataclass(frozen=True)
class Company(HumanTables):
    """A company folder that has been read and found sound.

    Attributes:
        home: the folder.
        file: company.yaml; its values are also attributes of the company.
        calendar: the working-day calendar.
    """

    home: Path = Path()
    file: CompanyFile = field(default_factory=lambda: CompanyFile(name="-", timezone="Asia/Shanghai", currency="CNY"))
    calendar: Calendar = WEEKDAYS

    @cached_property
    def review_places(self) -> frozenset[str]:
        """The files and sheets that the rows of reviews and costs stand in, as evidence names them."""
        return frozenset(
            row.source_file
            for entry in HUMAN_FILES
            if issubclass(entry.model, (reviews.Review, ContentQualityReview, Cost, listed.MemberIncentive))
            for row in getattr(self, entry.name)
        )

    @property
    def name(self) -> str:
        """The company's name, as shown on scorecards."""
        return self.file.name

    @property
    def timezone(self) -> str:
        """The time zone of days, months and deadlines, as an IANA name."""
        return self.file.timezone

    @property
    def currency(self) -> str:
        """The currency of bonuses and counted revenue, as an ISO 4217 code."""
        return self.file.currency

    @property
    def locale(self) -> str:
        """The first language: `zh` or `en`."""
        return self.file.locale

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which scorecards are made."""
        return self.file.languages

    @property
    def approvers(self) -> tuple[str, ...]:
        """The people who may seal a period and approve overrides, adjustments and other decisions."""
        return self.file.approvers

    @property
    def settings(self) -> Settings:
        """The numbers that KPIs and guards depend on."""
        return self.file.settings

    @property
    def sources(self) -> dict[str, SourceOverride]:
        """What the company's exports do differently, by spec id."""
        return self.file.sources

    @property
    def ticket_activities(self) -> TicketActivities:
        """Which activities of the ticket log mean what."""
        return self.file.ticket_activities

    @property
    def order_words(self) -> OrderWords:
        """What the words of order exports mean."""
        return self.file.order_words

    @property
    def deal_stages(self) -> DealStages:
        """Which stages of a deal mean won or lost."""
        return self.file.deal_stages

    @property
    def bars_points(self) -> BarsPoints:
        """How many points each anchored level of behaviour is worth."""
        return self.file.bars_points

    @property
    def lists(self) -> ListSettings:
        """The numbers that the lists of a period depend on."""
        return self.file.lists

    @property
    def portal(self) -> PortalSettings:
        """Where cards are read, and how long a person may object."""
        return self.file.portal

    @cached_property
    def expected_sources(self) -> tuple[ExpectedSource, ...]:
        """What must arrive: as company.yaml says, else the main exports of each account's platform."""
        if self.file.expected_sources is not None:
            return self.file.expected_sources
        return default_expected_sources(self.accounts)

    @cached_property
    def people_by_id(self) -> dict[str, Person]:
        """The people by their ids."""
        return {person.person_id: person for person in self.people}

    @cached_property
    def accounts_by_id(self) -> dict[str, Account]:
        """The accounts by their ids."""
        return {account.account_id: account for account in self.accounts}

    @cached_property
    def _segments(self) -> tuple[Segment, ...]:
        return tuple(build_segments(self.people, self.positions, self.scheme_assignments))

    @cached_property
    def community_duties(self) -> CommunityDuties:
        """Who runs which community on which days."""
        return CommunityDuties(self.assignments, self.community_groups, self.communities, self.leaves)

    @cached_property
    def leaves(self) -> Leaves:
        """Who is on leave when."""
        return Leaves(self.leave)

    def segments(self) -> list[Segment]:
        """Return the spans on which a person's role, level, team, scheme and bonus base stay the same."""
        return list(self._segments)
