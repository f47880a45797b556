"""The rows of the human files as typed, frozen models.

Belongs here: one model a file, its columns in the file's order, and what one row alone can violate. Does not belong
here: rules over several rows (`company.rules`), company.yaml (`company.settings`), the words for people
(`texts.files`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from pydantic import BaseModel, ConfigDict, model_validator

from pipelines.company.fields import (
    Day,
    Email,
    ForeignId,
    Identifier,
    LowerWord,
    Moment,
    MonthField,
    Number,
    OptionalCurrency,
    OptionalDay,
    OptionalIdentifier,
    OptionalNumber,
    OptionalText,
    OptionalTimeZone,
    PeriodField,
    Share,
    Text,
    YesNo,
    choice,
    ranged,
    wrong,
)
from pipelines.periods import OPEN_END

SUBJECT_TYPES = (
    "account",
    "promo_code",
    "utm_code",
    "group",
    "community",
    "inbox",
    "deal",
    "campaign",
    "event",
)
_CODE_SUBJECTS = ("promo_code", "utm_code", "campaign")
RECORD_TYPES = (
    "post",
    "order",
    "deal",
    "ticket_reply",
    "ticket_resolve",
    "lead",
    "web_day",
    "account_day",
    "incident",
    "group_day",
    "wecom_user_day",
    "wecom_owner_day",
    "qa_answer",
    "community_month",
    "customer",
    "group_stock",
    "event",
    "event_settlement",
    "event_order",
    "survey_answer",
    "article",
    "content_item",
    "mention",
    "hashtag_post",
    "ugc_item",
    "comment",
)
COMMUNITY_TYPES = ("content", "transaction", "service", "other")
COMMUNITY_STAGES = ("start_up", "growth", "mature")
EXCLUSION_REASONS = ("staff", "spam", "own")
PERIOD_TYPES = ("month", "quarter", "year")
SCOPES = ("company", "team", "role", "person", "community")
COST_SCOPES = ("team", "community", "group")
COST_KINDS = ("programme", "member_incentive", "goods")
SYSTEMS = (
    "tickets",
    "zendesk",
    "chatwoot",
    "crm",
    "hubspot",
    "cms",
    "pos",
    "wecom",
    "x_signature",
    "x_tool",
    "surveys",
    "shop",
)

#: In scheme_assignments.csv: these people are paid by no scheme, and that is meant.
NO_SCHEME = "none"


class Record(BaseModel):
    """One row of a human file.

    Attributes:
        source_row: the row as a spreadsheet shows it; 0 for a record that was made in memory.
        source_file: the file that the row stands in, relative to the company folder; empty when made in memory.
        key: the columns that together name a row; two rows with the same key are a defect.
        windows: the first and last column of the half-open window, when the row has one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: ClassVar[tuple[str, ...]] = ()
    windows: ClassVar[tuple[str, str] | None] = None

    source_row: int = 0
    source_file: str = ""

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """The columns of the file, in order."""
        return tuple(name for name in cls.model_fields if not name.startswith("source_"))

    @classmethod
    def required_columns(cls) -> tuple[str, ...]:
        """The columns without which the file cannot be read."""
        return tuple(name for name in cls.columns() if cls.model_fields[name].is_required())

    @model_validator(mode="after")
    def _window_runs_forward(self) -> Self:
        if self.windows is not None:
            first, last = (getattr(self, column) for column in self.windows)
            if last is not None and first >= last:
                raise wrong("window_reversed", column=self.windows[1], value=last, first=self.windows[0], start=first)
        return self


class DatedRecord(Record):
    """A row that holds on the days [valid_from, valid_to); an empty valid_to is open."""

    windows = ("valid_from", "valid_to")

    @property
    def window(self) -> tuple[date, date]:
        """The half-open window; its end is 9999-12-31 when open."""
        first, last = (getattr(self, column) for column in self.windows or ())
        return first, last or OPEN_END

    def covers(self, day: date) -> bool:
        """Tell whether the row holds on the day."""
        start, end = self.window
        return start <= day < end


class Person(DatedRecord):
    """One person of the company: people/people.csv."""

    key = ("person_id",)
    windows = ("hired_on", "left_on")

    person_id: Identifier
    name: Text
    name_en: OptionalText = ""
    email: Email = ""
    hired_on: Day
    left_on: OptionalDay = None

    def display_name(self, lang: str) -> str:
        """Return the name to show in a language; the English one falls back on the other."""
        return self.name_en if lang == "en" and self.name_en else self.name


class Position(DatedRecord):
    """What a person is from when to when: people/positions.csv."""

    person_id: Identifier
    role: Identifier
    level: OptionalText = ""
    team_id: Identifier
    bonus_base: Annotated[Decimal, ranged("0", "999999999999")]
    valid_from: Day
    valid_to: OptionalDay = None


class Identity(DatedRecord):
    """Who a person is in another system: people/identity_map.csv."""

    system: Annotated[str, choice(*SYSTEMS)]
    external_id: ForeignId
    person_id: Identifier
    valid_from: Day
    valid_to: OptionalDay = None


class Account(DatedRecord):
    """An account, shop, inbox or CRM of the company: people/accounts.csv."""

    key = ("account_id",)
    windows = ("active_from", "active_to")

    account_id: Identifier
    platform: LowerWord
    name: OptionalText = ""
    handle: OptionalText = ""
    team_id: OptionalIdentifier = ""
    timezone: OptionalTimeZone = ""
    currency: OptionalCurrency = ""
    active_from: Day
    active_to: OptionalDay = None


class Assignment(DatedRecord):
    """Who is responsible for a subject, and for what share of it: people/assignments.csv."""

    subject_type: Annotated[str, choice(*SUBJECT_TYPES)]
    subject_id: ForeignId
    person_id: Identifier
    share: Share
    valid_from: Day
    valid_to: OptionalDay = None

    @property
    def subject(self) -> tuple[str, str]:
        """What the person is responsible for; codes are compared without letter case, as the credit resolver does."""
        folded = self.subject_id.casefold() if self.subject_type in _CODE_SUBJECTS else self.subject_id
        return self.subject_type, folded


class SchemeAssignment(DatedRecord):
    """Which scheme pays a team or role: people/scheme_assignments.csv."""

    scheme_id: Identifier
    team_id: OptionalIdentifier = ""
    role: OptionalIdentifier = ""
    valid_from: Day
    valid_to: OptionalDay = None

    @property
    def specificity(self) -> int:
        """3 for team and role, 2 for a role, 1 for a team, 0 for everybody."""
        return 2 * bool(self.role) + bool(self.team_id)

    def matches(self, team_id: str, role: str) -> bool:
        """Tell whether the row speaks of a position; an empty team or role speaks of all."""
        return self.team_id in ("", team_id) and self.role in ("", role)


class DutyShift(Record):
    """Who is on duty for a subject: people/duty_roster.csv; times are local to the company."""

    windows = ("starts_at", "ends_at")

    subject_type: Annotated[str, choice(*SUBJECT_TYPES)]
    subject_id: ForeignId
    person_id: Identifier
    starts_at: Moment
    ends_at: Moment


class TargetRow(Record):
    """The target of a KPI from a period on: people/targets.csv.

    A row holds from its period until a later row of the same scope and period type; a row with no number at all ends
    it. `source_rows` names the rows that a derived target was made from.
    """

    key = ("period", "period_type", "scope", "scope_id", "kpi_id")

    period: PeriodField
    period_type: Annotated[str, choice(*PERIOD_TYPES)]
    scope: Annotated[str, choice(*SCOPES)]
    scope_id: OptionalIdentifier = ""
    kpi_id: Identifier
    source_rows: tuple[int, ...] = ()
    baseline: OptionalNumber = None
    threshold: OptionalNumber = None
    target: OptionalNumber = None
    stretch: OptionalNumber = None
    set_by: OptionalIdentifier = ""
    agreed_by: OptionalIdentifier = ""

    @model_validator(mode="after")
    def _row_is_whole(self) -> Self:
        if self.period.period_type != self.period_type:
            raise wrong("period_type_differs", column="period", value=self.period, period_type=self.period_type)
        if self.scope == "company" and self.scope_id:
            raise wrong("company_scope_has_id", column="scope_id", value=self.scope_id)
        if self.scope != "company" and not self.scope_id:
            raise wrong("scope_id_empty", column="scope_id", value="", scope=self.scope)
        if self.target is None and not self.ends_target:
            raise wrong("target_without_target", column="target", value="")
        return self

    @property
    def ends_target(self) -> bool:
        """Whether the row says that there is no target from its period on."""
        return self.baseline is None and self.threshold is None and self.target is None and self.stretch is None

    @property
    def source(self) -> str:
        """Where the target stands."""
        rows = self.source_rows or (self.source_row,)
        file = self.source_file or "people/targets.csv"
        return f"{file} row{'s' if len(rows) > 1 else ''} {', '.join(str(row) for row in rows)}"


class PlannedPosts(Record):
    """How many posts are planned for a month: people/publishing_plan.csv."""

    key = ("month", "account_id", "person_id")

    month: MonthField
    account_id: OptionalIdentifier = ""
    person_id: OptionalIdentifier = ""
    planned_posts: Annotated[Decimal, ranged("0", "1000000")]

    @model_validator(mode="after")
    def _one_is_meant(self) -> Self:
        if not self.account_id and not self.person_id:
            raise wrong("plan_for_nobody", column="account_id", value="")
        if self.account_id and self.person_id:
            raise wrong("plan_for_two", column="person_id", value=self.person_id)
        return self


class Community(DatedRecord):
    """What a community is from when to when: people/communities.csv.

    A row a stretch in which type, stage and target population stay the same; the community exists on the days of its
    rows.
    """

    community_id: Identifier
    name: Text
    type: Annotated[str, choice(*COMMUNITY_TYPES)]
    stage: Annotated[str, choice(*COMMUNITY_STAGES)]
    target_population: OptionalNumber = None
    valid_from: Day
    valid_to: OptionalDay = None

    @model_validator(mode="after")
    def _somebody_is_to_be_reached(self) -> Self:
        if self.target_population is not None and (
            self.target_population <= 0 or self.target_population != self.target_population.to_integral_value()
        ):
            raise wrong("bad_population", column="target_population", value=self.target_population)
        return self


class CommunityGroup(DatedRecord):
    """Which group belongs to which community from when to when: people/community_groups.csv."""

    group_id: ForeignId
    community_id: Identifier
    valid_from: Day
    valid_to: OptionalDay = None


class IndividualKpi(DatedRecord):
    """Which KPI of a scheme's individual slot a person has agreed on, from when to when: people/individual_kpis.csv."""

    person_id: Identifier
    kpi_id: Identifier
    valid_from: Day
    valid_to: OptionalDay = None
    agreed_by: Identifier
    note: OptionalText = ""

    @model_validator(mode="after")
    def _somebody_else_agrees(self) -> Self:
        if self.agreed_by == self.person_id:
            raise wrong("approves_oneself", column="agreed_by", value=self.agreed_by)
        return self


class LeaveDays(DatedRecord):
    """Days on which a person is on leave: people/leave.csv. They count neither for the score nor for the bonus."""

    person_id: Identifier
    valid_from: Day
    valid_to: OptionalDay = None
    note: OptionalText = ""


class OfflineEvent(Record):
    """Days of an event off line, whose follower growth is nobody's online work: people/offline_events.csv.

    A row without an account is about all accounts.
    """

    windows = ("valid_from", "valid_to")

    account_id: OptionalIdentifier = ""
    valid_from: Day
    valid_to: Day
    note: OptionalText = ""


class ExcludedHandle(Record):
    """An author whose posts are no user's: people/excluded_handles.csv. The handles of accounts.csv need no row."""

    key = ("handle",)

    handle: ForeignId
    reason: Annotated[str, choice(*EXCLUSION_REASONS)]
    note: OptionalText = ""


class ContentQualityReview(Record):
    """A reviewer's score of a person's content: reviews/content_quality_reviews.csv."""

    key = ("period", "person_id", "reviewer_id")

    period: PeriodField
    person_id: Identifier
    score: Annotated[Decimal, ranged("0", "100")]
    reviewer_id: Identifier
    reason: Text

    @model_validator(mode="after")
    def _somebody_else_reviews(self) -> Self:
        if self.reviewer_id == self.person_id:
            raise wrong("reviews_oneself", column="reviewer_id", value=self.reviewer_id)
        return self


class RecordOverride(Record):
    """Who a single record is credited to, against the rules: reviews/record_overrides.csv."""

    key = ("record_type", "record_id", "person_id")

    record_type: Annotated[str, choice(*RECORD_TYPES)]
    record_id: ForeignId
    person_id: Identifier
    share: Share
    reason: Text
    approved_by: Identifier

    @model_validator(mode="after")
    def _somebody_else_approves(self) -> Self:
        if self.approved_by == self.person_id:
            raise wrong("approves_oneself", column="approved_by", value=self.approved_by)
        return self


class Adjustment(Record):
    """An amount that is added to or taken from a person's bonus: reviews/adjustments.csv."""

    period: PeriodField
    person_id: Identifier
    amount: Number
    reason: Text
    approved_by: Identifier

    @model_validator(mode="after")
    def _somebody_else_approves(self) -> Self:
        if self.approved_by == self.person_id:
            raise wrong("approves_oneself", column="approved_by", value=self.approved_by)
        if self.amount != self.amount.quantize(Decimal("0.01")):
            raise wrong("finer_than_a_cent", column="amount", value=self.amount)
        return self


class Cost(Record):
    """What was spent on communities in a month, in the company's currency: reviews/costs.csv."""

    key = ("month", "scope", "scope_id", "kind")

    month: MonthField
    scope: Annotated[str, choice(*COST_SCOPES)]
    scope_id: ForeignId
    kind: Annotated[str, choice(*COST_KINDS)]
    amount: Annotated[Decimal, ranged("0", "999999999999")]
    note: OptionalText = ""
    approved_by: Identifier

    @model_validator(mode="after")
    def _amount_is_money(self) -> Self:
        if self.amount != self.amount.quantize(Decimal("0.01")):
            raise wrong("finer_than_a_cent", column="amount", value=self.amount)
        return self


class CalendarDay(Record):
    """A day that differs from the weekend rule, or a holiday of a notice: calendars/<name>.csv."""

    key = ("day",)

    day: Day
    is_working: YesNo
    note: OptionalText = ""


def record_key(record: Record) -> tuple[str, ...]:
    """Return the values that name the row, as text, for comparing and showing."""
    return tuple(str(getattr(record, column)) for column in record.key)


def each_pair(records: list[DatedRecord]) -> Iterator[tuple[DatedRecord, DatedRecord]]:
    """Yield (earlier, later) for every row whose window begins before an earlier row's window has ended."""
    reaching: DatedRecord | None = None
    for record in sorted(records, key=lambda item: (item.window, item.source_row)):
        if reaching is not None and record.window[0] < reaching.window[1]:
            yield reaching, record
        if reaching is None or record.window[1] > reaching.window[1]:
            reaching = record
