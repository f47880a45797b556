"""company.yaml as typed models, with the default of every key.

Belongs here: the keys, their defaults and what one value alone can violate. Does not belong here: the people and
accounts (`company.records`), the parsing of YAML (`company.yamlfile`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from decimal import Decimal
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from pipelines.company.alert_settings import AlertSettings
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
from pipelines.company.list_settings import ListSettings
from pipelines.company.portal_settings import PortalSettings
from pipelines.company.records import Account
from pipelines.company.review_records import LEVELS
from pipelines.company.section import Section, Texts, distinct, listed

LANGUAGES = ("zh", "en")
CADENCES = ("daily", "range", "events")
#: Which bursts of followers delay pay: those that follower lists show, those of counts alone too, or none.
BURST_HOLDS = ("lists", "all", "none")


#: The fields of a lead of which landing keeps whether they are filled.
LEAD_FIELDS = ("name", "email", "phone", "company")

#: What a company means by its UTM tags when company.yaml does not say it.
DEFAULT_CHANNELS: dict[str, tuple[str, ...]] = {
    "x_ads": ("x / cpc", "x / paid_social", "twitter / cpc", "twitter / paid_social"),
    "meta_ads": ("facebook / cpc", "facebook / paid_social", "instagram / cpc", "instagram / paid_social"),
    "linkedin_ads": ("linkedin / cpc", "linkedin / paid_social"),
    "search_ads": ("* / cpc", "* / ppc"),
    "social": ("x / *", "twitter / *", "t.co / *", "linkedin / *", "facebook / *", "weixin / *", "* / social"),
    "site": ("* / organic", "* / referral"),
    "email": ("* / email",),
}


def utm_pair(pair: str) -> tuple[str, str]:
    """Split `source / medium` as both are compared: lower case, without outer space."""
    source, _, medium = pair.partition("/")
    return source.strip().casefold(), medium.strip().casefold()


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
        quarter_close_working_day: the same for a quarter; 1 to 15, later than its last month, so that this is built.
        year_close_working_day: the same for a year.
        volume_change_factor: from which factor a change of volume is doubted.
        max_unassigned_share: share of unassigned credit from which a warning is shown, 0 to 1.
        content_weight_article: what an article counts in content output, where a post counts content_weight_post.
        content_weight_video: what a video counts.
        content_weight_event: what an event counts.
        content_weight_post: what a post counts, and an item of any other type.
        customer_active_days: how many days after a purchase somebody is still a customer of the company.
        high_value_days: the trailing days whose net spend makes a customer a high-value one; at most
            `customer_active_days`, after which nobody is looked at any more.
        high_value_amount: that net spend, in the company's currency.
        loyalty_days: days after the first purchase within which a second one shows loyalty; at most
            `customer_active_days` as well.
        value_weight_active: weight of the active members in the community value contribution coefficient.
        value_weight_high_value: weight of the customers who became high-value ones.
        value_weight_referral: weight of the new customers who were referred.
        utm_channels: channel -> the `source / medium` pairs that mean it; `*` stands for any. An exact pair goes before
            a pair with any medium, and that before a pair with any source.
        online_channels: the channels of the own site and of social platforms: the online traffic of a lead's origin.
        social_channels: the channels whose touches count for the short window.
        paid_channels: the channels that money is spent on; costs are compared with their results alone.
        ad_spend_channel: the channel of ad exports that name none, as Meta's do not.
        touch_window_social_days: how many days a touch on a social channel may lie before what it led to.
        touch_window_crm_days: the same for every other channel.
        lead_conversion_days: within how many days of its creation a lead must become a customer; a lead counts in the
            month in which these days are over. No more than 90: older records are not read.
        qualified_lead_statuses: the statuses of a lead that is worth an offer.
        lead_required_fields: the fields that a lead must have filled to be complete.
        web_settle_days: for how many days after a day its web sessions still change.
        ad_settle_days: for how many days after a day its ad spend is still restated.
        csat_scale_min: lowest score of the scale on which satisfaction is asked; answers on another are never mixed in.
        csat_scale_max: highest score of that scale; this and the one below it count as satisfied.
        event_order_days: days from an event's start within which an order with its code counts for it.
        crisis_response_minutes_high: calendar minutes to the first response to a crisis of high severity.
        crisis_response_minutes_medium: the same for medium severity.
        crisis_response_minutes_low: the same for low severity.
        crisis_resolve_minutes_high: calendar minutes to the resolution of a crisis of high severity.
        crisis_resolve_minutes_medium: the same for medium severity.
        crisis_resolve_minutes_low: the same for low severity.
        min_raters_360: how many raters a group of a 360 rating needs, else it is suppressed; 3 at least.
        sentiment_min_accuracy: least accuracy, 0 to 1, that a tool must have shown on texts judged by people, else the
            shares that rest on its labels are provisional.
        sentiment_min_labelled_share: least share of a person's comments with a label, 0 to 1; below it the same.
        sentiment_min_labels: least number of a person's labelled comments in a month; below it the same.
        quality_bar: least share, 0 to 1, that each of the three validations of a source must reach, else it is not paid
            by; the labels of comments have `sentiment_min_accuracy` instead.
        min_identity_coverage: least share, 0 to 1, of the records that name somebody whose handle is known to
            people/identity_map.csv; below it a warning is shown.
        label_audit_records: how many records a month are drawn of each label for people to judge.
        follower_audit_records: how many new followers a month are drawn for people to judge, of those called spam and
            as many of the others.
        follower_audit_points: by how many points of a hundred the removed share of followers may differ from what the
            card's errors or an audit say, before an audit is asked for.
        reconciliation_tolerance: by which part of the number of followers its change may differ from follows less
            unfollows, 0 to 1.
        scale_change_factor: from which factor between the usual record of a file and that of the months before its
            unit, currency or scale is doubted.
        burst_hold: whose unexplained bursts of followers delay the pay of growth until it is known who stays: `lists`
            for accounts with daily follower lists, which tell sign-ups from purchases; `all` for counts alone too;
            `none` for nobody, the growth is only marked.
        gaming_group_min_members: least members of a group whose speaking and leaving is judged.
        gaming_group_min_days: least days since when the sheets tell of a group that is judged; they are
            read from the month before on.
        gaming_group_min_speaking: share of a group's members, 0 to 1, that speak on a mean day, below which
            the group is a zombie group.
        gaming_group_max_leaving: share of a group's opening members, 0 to 1, above which leaving in one
            month is evidence.
        gaming_contact_min_chats: least chats of a member of staff in a month whose blocks and deletes are
            judged.
        gaming_contact_max_blocked: deletes and blocks per chat, 0 to 1, above which they are evidence of
            harassment.
        gaming_contact_max_messages: most messages to a contact on a day, as the mean of the day's chats.
        gaming_contact_days: days of a month beyond that number from which they are evidence.
        gaming_staff_orders: orders of one colleague in a month, credited with one person and not tagged as
            staff's, from which they are evidence.
        gaming_loop_days: days within which an order of the same amount follows one that came to nothing, in
            a refund loop.
        gaming_loop_orders: orders of a customer that came to nothing and were placed again, from which they
            are a refund loop.
        gaming_repeat_days: days within which posts of one account are compared for the same text.
        gaming_repeat_posts: how often a text may appear in these days.
        gaming_filler_min_messages: least messages of a group in a month whose share of filler is judged.
        gaming_filler_max_share: share of messages that the platform does not take for valid, 0 to 1, on the
            median day, above which they are evidence.
        gaming_giveaway_min_joined: least newcomers of a giveaway whose staying is judged.
        gaming_giveaway_max_lost: share of a giveaway's newcomers, 0 to 1, gone thirty days later, above
            which it is evidence.
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
    quarter_close_working_day: Annotated[int, counted(1, 15)] = 6
    year_close_working_day: Annotated[int, counted(1, 15)] = 8
    volume_change_factor: Annotated[Decimal, ranged("1.1", "1000")] = Decimal(5)
    max_unassigned_share: Annotated[Decimal, ranged("0", "1")] = Decimal("0.2")
    content_weight_article: Annotated[Decimal, ranged("0", "1000")] = Decimal(3)
    content_weight_video: Annotated[Decimal, ranged("0", "1000")] = Decimal(4)
    content_weight_event: Annotated[Decimal, ranged("0", "1000")] = Decimal(5)
    content_weight_post: Annotated[Decimal, ranged("0", "1000")] = Decimal(1)
    customer_active_days: Annotated[int, counted(1, 3650)] = 365
    high_value_days: Annotated[int, counted(1, 3650)] = 365
    high_value_amount: Annotated[Decimal, ranged("0.01", "999999999999")] = Decimal(1000)
    loyalty_days: Annotated[int, counted(1, 3650)] = 90
    value_weight_active: Annotated[Decimal, ranged("0", "1")] = Decimal("0.4")
    value_weight_high_value: Annotated[Decimal, ranged("0", "1")] = Decimal("0.3")
    value_weight_referral: Annotated[Decimal, ranged("0", "1")] = Decimal("0.3")
    utm_channels: dict[Text, Texts] = Field(default_factory=lambda: dict(DEFAULT_CHANNELS))
    online_channels: Texts = ("site", "social", "x_ads", "meta_ads", "linkedin_ads", "search_ads")
    social_channels: Texts = ("social", "x_ads", "meta_ads", "linkedin_ads")
    paid_channels: Texts = ("x_ads", "meta_ads", "linkedin_ads", "search_ads")
    ad_spend_channel: Text = "meta_ads"
    touch_window_social_days: Annotated[int, counted(1, 150)] = 7
    touch_window_crm_days: Annotated[int, counted(1, 150)] = 30
    lead_conversion_days: Annotated[int, counted(1, 90)] = 30
    qualified_lead_statuses: Texts = ("qualified", "sql", "opportunity", "customer", "converted", "won")
    lead_required_fields: Annotated[tuple[Annotated[str, choice(*LEAD_FIELDS)], ...], BeforeValidator(distinct)] = (
        LEAD_FIELDS
    )
    web_settle_days: Annotated[int, counted(0, 60)] = 2
    ad_settle_days: Annotated[int, counted(0, 60)] = 28
    csat_scale_min: Annotated[int, counted(0, 100)] = 1
    csat_scale_max: Annotated[int, counted(1, 100)] = 5
    event_order_days: Annotated[int, counted(1, 90)] = 30
    crisis_response_minutes_high: Annotated[int, counted(1, 100000)] = 60
    crisis_response_minutes_medium: Annotated[int, counted(1, 100000)] = 240
    crisis_response_minutes_low: Annotated[int, counted(1, 100000)] = 1440
    crisis_resolve_minutes_high: Annotated[int, counted(1, 1000000)] = 1440
    crisis_resolve_minutes_medium: Annotated[int, counted(1, 1000000)] = 4320
    crisis_resolve_minutes_low: Annotated[int, counted(1, 1000000)] = 10080
    min_raters_360: Annotated[int, counted(3, 100)] = 3
    sentiment_min_accuracy: Annotated[Decimal, ranged("0", "1")] = Decimal("0.7")
    sentiment_min_labelled_share: Annotated[Decimal, ranged("0", "1")] = Decimal("0.8")
    sentiment_min_labels: Annotated[int, counted(1, 1000000)] = 30
    quality_bar: Annotated[Decimal, ranged("0", "1")] = Decimal("0.95")
    min_identity_coverage: Annotated[Decimal, ranged("0", "1")] = Decimal("0.9")
    label_audit_records: Annotated[int, counted(1, 10000)] = 60
    follower_audit_records: Annotated[int, counted(10, 10000)] = 100
    follower_audit_points: Annotated[Decimal, ranged("0", "100")] = Decimal(3)
    reconciliation_tolerance: Annotated[Decimal, ranged("0", "1")] = Decimal("0.01")
    scale_change_factor: Annotated[Decimal, ranged("5", "1000000")] = Decimal(50)
    burst_hold: Annotated[str, choice(*BURST_HOLDS)] = "lists"
    gaming_group_min_members: Annotated[int, counted(2, 100000)] = 20
    gaming_group_min_days: Annotated[int, counted(0, 58)] = 45
    gaming_group_min_speaking: Annotated[Decimal, ranged("0", "1")] = Decimal("0.02")
    gaming_group_max_leaving: Annotated[Decimal, ranged("0", "1")] = Decimal("0.3")
    gaming_contact_min_chats: Annotated[int, counted(1, 1000000)] = 100
    gaming_contact_max_blocked: Annotated[Decimal, ranged("0", "1")] = Decimal("0.05")
    gaming_contact_max_messages: Annotated[int, counted(1, 100000)] = 30
    gaming_contact_days: Annotated[int, counted(1, 31)] = 3
    gaming_staff_orders: Annotated[int, counted(2, 1000)] = 3
    gaming_loop_days: Annotated[int, counted(1, 90)] = 30
    gaming_loop_orders: Annotated[int, counted(1, 1000)] = 2
    gaming_repeat_days: Annotated[int, counted(1, 90)] = 30
    gaming_repeat_posts: Annotated[int, counted(1, 1000)] = 2
    gaming_filler_min_messages: Annotated[int, counted(1, 1000000)] = 200
    gaming_filler_max_share: Annotated[Decimal, ranged("0", "1")] = Decimal("0.6")
    gaming_giveaway_min_joined: Annotated[int, counted(2, 1000000)] = 20
    gaming_giveaway_max_lost: Annotated[Decimal, ranged("0", "1")] = Decimal("0.5")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.business_start >= self.business_end:
            raise wrong("hours_reversed", column="business_end", value=self.business_end, start=self.business_start)
        if len(self.content_formats) < 2:
            raise wrong("too_few_formats", column="content_formats", value=", ".join(self.content_formats))
        for column in ("high_value_days", "loyalty_days"):
            days = getattr(self, column)
            if days > self.customer_active_days:
                raise wrong("days_beyond_activity", column=column, value=days, active=self.customer_active_days)
        weights = self.value_weight_active + self.value_weight_high_value + self.value_weight_referral
        if weights != 1:
            raise wrong("value_weights_not_one", column="value_weight_active", value=weights)
        self._check_channels()
        if self.csat_scale_max - self.csat_scale_min < 2:
            lowest, highest = self.csat_scale_min, self.csat_scale_max
            raise wrong("scale_too_short", column="csat_scale_max", value=highest, lowest=lowest)
        return self

    def _check_channels(self) -> None:
        """Every pair is `source / medium` and means one channel."""
        meant: dict[str, str] = {}
        for channel, pairs in self.utm_channels.items():
            for pair in pairs:
                form = " / ".join(utm_pair(pair))
                if pair.count("/") != 1 or form == "* / *":
                    raise wrong("no_utm_pair", column="utm_channels", value=pair)
                if meant.setdefault(form, channel) != channel:
                    raise wrong("two_meanings", column="utm_channels", value=pair, other=meant[form])


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


class DealOrders(Section):
    """Which shop books the deals that a CRM says are won; empty where none does, and nothing is compared.

    Attributes:
        crm: the account of a shop (people/accounts.csv) whose orders are the won deals of the generic CRM.
        hubspot: the same of HubSpot.
    """

    crm: OptionalIdentifier = ""
    hubspot: OptionalIdentifier = ""


class OrderWords(Section):
    """What the words of order exports mean; compared without letter case and outer space.

    Attributes:
        cancelled: statuses of orders that came to nothing; Shopify's `voided` and `expired` always mean it.
        completed: order statuses of orders that were completed.
        staff: tags of orders by the company's own people.
        private_domain: sales channels of the private domain, apart from the communities.
        community: sales channels of the communities; they belong to the private domain too.
    """

    cancelled: Texts = ("cancelled", "canceled", "closed", "交易关闭", "已取消", "已关闭")
    completed: Texts = ("completed", "fulfilled", "交易成功", "交易完成", "已完成")
    staff: Texts = ("staff", "employee", "内部", "员工")
    private_domain: Texts = ()
    community: Texts = ()

    @model_validator(mode="after")
    def _one_meaning_each(self) -> Self:
        _check_meanings(self)
        return self


def _five_points(value: object) -> tuple[object, ...]:
    points = listed(value)
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
    languages: Annotated[tuple[Annotated[str, choice(*LANGUAGES)], ...], BeforeValidator(distinct)] = LANGUAGES
    calendar: Identifier = "cn"
    first_month: MonthField | None = None
    approvers: Annotated[tuple[Identifier, ...], BeforeValidator(distinct)] = ()
    settings: Settings = Field(default_factory=Settings)
    sources: dict[str, SourceOverride] = Field(default_factory=dict)
    ticket_activities: TicketActivities = Field(default_factory=TicketActivities)
    deal_stages: DealStages = Field(default_factory=DealStages)
    deal_orders: DealOrders = Field(default_factory=DealOrders)
    order_words: OrderWords = Field(default_factory=OrderWords)
    bars_points: BarsPoints = Field(default_factory=BarsPoints)
    lists: ListSettings = Field(default_factory=ListSettings)
    portal: PortalSettings = Field(default_factory=PortalSettings)
    alerts: AlertSettings = Field(default_factory=AlertSettings)
    expected_sources: Annotated[tuple[ExpectedSource, ...], BeforeValidator(listed)] | None = None

    @model_validator(mode="after")
    def _locale_is_a_language(self) -> Self:
        if self.locale not in self.languages:
            raise wrong("locale_not_listed", column="languages", value=", ".join(self.languages), locale=self.locale)
        return self


#: platform -> the families that an account of it must deliver, with cadence and accepted silence in days
_DEFAULT_SOURCES: dict[str, tuple[tuple[str, str, int], ...]] = {
    "x": (("x_posts", "range", 0), ("x_account", "daily", 0)),
    "shopify": (("orders", "events", 7),),
    "shop": (("orders", "events", 7),),
    "crm": (("deals", "events", 31),),
    "hubspot": (("deals", "events", 31),),
    "tickets": (("tickets", "events", 7),),
    "zendesk": (("tickets", "events", 7),),
    "wechat_oa": (("oa_users", "daily", 0), ("oa_articles", "events", 31)),
    "chatwoot": (("tickets", "events", 7),),
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
