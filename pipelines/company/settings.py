"""company.yaml as typed models, with the default of every key.

Belongs here: the keys, their defaults and what one value alone can violate. Does not belong here: the people and
accounts (`company.records`), the parsing of YAML (`company.yamlfile`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from decimal import Decimal
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from pipelines.company.fields import (
    ClockTime,
    Currency,
    Day,
    Identifier,
    LowerWord,
    MonthField,
    OptionalDay,
    OptionalIdentifier,
    OptionalTimeZone,
    Text,
    TimeZone,
    YesNo,
    choice,
    counted,
    ranged,
    wrong,
)
from pipelines.company.records import Account
from pipelines.company.review_records import LEVELS

LANGUAGES = ("zh", "en")
CADENCES = ("daily", "range", "events")


def _list(value: object) -> tuple[object, ...]:
    if isinstance(value, list | tuple):
        return tuple(value)
    raise wrong("not_a_list")


def _distinct(value: object) -> tuple[object, ...]:
    items = _list(value)
    seen: set[str] = set()
    for item in items:
        form = " ".join(str(item).split()).casefold()
        if form in seen:
            raise wrong("listed_twice", item=item)
        seen.add(form)
    return items


Texts = Annotated[tuple[Text, ...], BeforeValidator(_distinct)]


class Section(BaseModel):
    """A mapping of company.yaml; a key that it does not know is a defect."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Settings(Section):
    """The numbers that KPIs and guards depend on; all have a default.

    Attributes:
        bookmark_weight: what a bookmark counts in weighted interactions, where a like counts 1.
        measure_age_days: the post age in days at which posts are measured, where snapshots allow.
        business_start: opening time of the service desk, local to the company.
        business_end: closing time of the service desk.
        sla_first_reply_minutes: business minutes within which a ticket has its first reply.
        viral_z: robust z-score from which a post is viral.
        viral_min_posts: how many posts the baseline of an account needs.
        viral_baseline_days: how many days back the baseline reaches.
        original_min_coverage: least share of posts with a known originality, 0 to 1.
        content_formats: the formats that content can have; their number normalises diversity.
        x_utm_sources: the utm_source values that mean X.
        close_working_day: the working day of the next month on which a month is closed; 1 to 9, because the schedule
            looks until the 20th, and October 2020 had no more than nine working days by then.
        volume_change_factor: from which factor a change of volume is doubted.
        max_unassigned_share: share of unassigned credit from which a warning is shown, 0 to 1.
        min_raters_360: how many raters a group of a 360 rating needs, else it is suppressed; 3 at least.
    """

    bookmark_weight: Annotated[Decimal, ranged("0", "100")] = Decimal(2)
    measure_age_days: Annotated[int, counted(1, 365)] = 7
    business_start: ClockTime = time(9)
    business_end: ClockTime = time(18)
    sla_first_reply_minutes: Annotated[int, counted(1, 100000)] = 240
    viral_z: Annotated[Decimal, ranged("0.1", "100")] = Decimal("3.5")
    viral_min_posts: Annotated[int, counted(2, 10000)] = 20
    viral_baseline_days: Annotated[int, counted(1, 730)] = 90
    original_min_coverage: Annotated[Decimal, ranged("0", "1")] = Decimal("0.95")
    content_formats: Texts = ("text", "image", "video", "poll", "live", "link")
    x_utm_sources: Texts = ("x", "twitter", "t.co")
    close_working_day: Annotated[int, counted(1, 9)] = 3
    volume_change_factor: Annotated[Decimal, ranged("1.1", "1000")] = Decimal(5)
    max_unassigned_share: Annotated[Decimal, ranged("0", "1")] = Decimal("0.2")
    min_raters_360: Annotated[int, counted(3, 100)] = 3

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.business_start >= self.business_end:
            raise wrong("hours_reversed", column="business_end", value=self.business_end, start=self.business_start)
        if len(self.content_formats) < 2:
            raise wrong("too_few_formats", column="content_formats", value=", ".join(self.content_formats))
        return self


class SourceOverride(Section):
    """What a company's exports of one source do differently."""

    aliases: dict[str, Texts] = Field(default_factory=dict)
    timezone: OptionalTimeZone = ""
    dayfirst: YesNo | None = None


class TicketActivities(Section):
    """Which activities of the ticket log mean what; the words are compared without letter case and outer space."""

    opened: Texts = ("opened", "created")
    first_reply: Texts = ("first reply", "replied")
    resolved: Texts = ("resolved", "solved")
    closed: Texts = ("closed",)

    @model_validator(mode="after")
    def _one_meaning_each(self) -> Self:
        _check_meanings(self)
        return self


class DealStages(Section):
    """Which stages of a deal mean that it was won or lost; every other stage is open."""

    won: Texts = ("won", "closed won", "closedwon")
    lost: Texts = ("lost", "closed lost", "closedlost")

    @model_validator(mode="after")
    def _one_meaning_each(self) -> Self:
        _check_meanings(self)
        return self


def _five_points(value: object) -> tuple[object, ...]:
    points = _list(value)
    if len(points) != len(LEVELS):
        raise wrong("not_five_levels", count=len(points))
    return points


LevelPoints = Annotated[tuple[Annotated[Decimal, ranged("0", "1000")], ...], BeforeValidator(_five_points)]


class BarsPoints(Section):
    """The points of levels 1 to 5 of each behaviour that is rated by anchors (BARS); they never fall."""

    culture_fit: LevelPoints = tuple(Decimal(20 * level) for level in LEVELS)
    work_attitude: LevelPoints = tuple(Decimal(20 * level) for level in LEVELS)
    initiative: LevelPoints = tuple(Decimal(10 * level) for level in LEVELS)

    @model_validator(mode="after")
    def _points_never_fall(self) -> Self:
        for item in type(self).model_fields:
            points = getattr(self, item)
            if list(points) != sorted(points):
                raise wrong("points_fall", column=item, value=", ".join(str(number) for number in points))
        return self

    def of(self, item: str, level: int) -> Decimal:
        """Return the points of a level of an item."""
        points: tuple[Decimal, ...] = getattr(self, item)
        return points[level - 1]


class ExpectedSource(Section):
    """A source of which records must arrive, so that silence is seen as a gap.

    Attributes:
        family: the family of sources, such as x_posts.
        account_id: the account that the records are of; empty when the family knows no accounts.
        cadence: `daily` has a record every day, `range` files state the days they cover, `events` come when they come.
        max_silence_days: days in a row without a record that are no gap.
        active_from: the first day that is expected; None for the account's first day.
        active_to: the day after the last one; None when open.
    """

    family: LowerWord
    account_id: OptionalIdentifier = ""
    cadence: Annotated[str, choice(*CADENCES)]
    max_silence_days: Annotated[int, counted(0, 366)] = 0
    active_from: Day = Field(alias="from")
    active_to: OptionalDay = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _window_runs_forward(self) -> Self:
        if self.active_to is not None and self.active_from >= self.active_to:
            raise wrong("window_reversed", column="to", value=self.active_to, first="from", start=self.active_from)
        return self


class CompanyFile(Section):
    """The whole of company.yaml."""

    name: Text
    timezone: TimeZone
    currency: Currency
    locale: Annotated[str, choice(*LANGUAGES)] = "zh"
    languages: Annotated[tuple[Annotated[str, choice(*LANGUAGES)], ...], BeforeValidator(_distinct)] = LANGUAGES
    calendar: Identifier = "cn"
    first_month: MonthField | None = None
    approvers: Annotated[tuple[Identifier, ...], BeforeValidator(_distinct)] = ()
    settings: Settings = Field(default_factory=Settings)
    sources: dict[str, SourceOverride] = Field(default_factory=dict)
    ticket_activities: TicketActivities = Field(default_factory=TicketActivities)
    deal_stages: DealStages = Field(default_factory=DealStages)
    bars_points: BarsPoints = Field(default_factory=BarsPoints)
    expected_sources: Annotated[tuple[ExpectedSource, ...], BeforeValidator(_list)] | None = None

    @model_validator(mode="after")
    def _locale_is_a_language(self) -> Self:
        if self.locale not in self.languages:
            raise wrong("locale_not_listed", column="languages", value=", ".join(self.languages), locale=self.locale)
        return self


#: platform -> the families that an account of it must deliver, with cadence and accepted silence in days
_DEFAULT_SOURCES: dict[str, tuple[tuple[str, str, int], ...]] = {
    "x": (("x_posts", "range", 0), ("x_account", "daily", 0)),
    "shopify": (("orders", "events", 7),),
    "crm": (("deals", "events", 31),),
    "hubspot": (("deals", "events", 31),),
    "tickets": (("tickets", "events", 7),),
    "zendesk": (("tickets", "events", 7),),
}


def default_expected_sources(accounts: Iterable[Account]) -> tuple[ExpectedSource, ...]:
    """Return what must arrive when company.yaml does not say it: the main exports of each account's platform."""
    return tuple(
        ExpectedSource.model_validate(
            {
                "family": family,
                "account_id": account.account_id,
                "cadence": cadence,
                "max_silence_days": silence,
                "from": account.active_from,
                "to": account.active_to,
            }
        )
        for account in sorted(accounts, key=lambda item: item.account_id)
        for family, cadence, silence in _DEFAULT_SOURCES.get(account.platform, ())
    )


def _check_meanings(section: Section) -> None:
    seen: dict[str, str] = {}
    for meaning in type(section).model_fields:
        for word in getattr(section, meaning):
            form = " ".join(word.split()).casefold()
            if form in seen:
                raise wrong("two_meanings", column=meaning, value=word, other=seen[form])
            seen[form] = meaning
