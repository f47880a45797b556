"""What of the delivered data is missing or wrong, so that KPIs are withheld.

Belongs here: findings, worked out from the files by docs/data-quality.md. Does not belong here: whose KPIs a finding
withholds; that is in `status`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from . import ads
from .articles import articles
from .commerce import DEALS
from .follower_lists import LISTS, unsettled_growth
from .growth import USER_DAYS
from .kpi import World
from .people import days_between, month_of
from .raw import UnreadableError
from .reviews import incomplete, missing, suppressed
from .sentiment import KPIS as SENTIMENT
from .sentiment import doubtful
from .x_posts import CONTENT, OVERVIEW, identified, log_flags, posts

BROKEN_ROWS_ALLOWED = 0.02
GROWTH = ("follower_growth_rate_x", "net_follower_growth", "team_net_follower_growth")
#: Reasons that concern one person, who stands in the place of the account.
PERSONAL = {
    "review_missing",
    "review_incomplete",
    "ratings_suppressed",
    "sentiment_tool_unjudged",
    "sentiment_accuracy_low",
    "sentiment_unlabelled",
    "sentiment_few_labels",
}
#: Sources without an expectation that do not come every month: their headers, and the column of their days.
OCCASIONAL = {"follower_lists": (LISTS, "day")}
#: A month reads the files that touch it, the six months before it or the month after it.
READ_BEFORE, READ_AFTER = 6, 1


@dataclass(frozen=True, order=True)
class Finding:
    """A defect of a month, family and account; `kpis` empty where it concerns all of the family."""

    month: str
    family: str
    account: str
    reason: str
    kpis: tuple[str, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Records are missing and may have been anybody's; otherwise they are there and wrong."""
        return self.reason in {"gap_days", "broken_rows"}

    @property
    def is_personal(self) -> bool:
        """It concerns the KPIs of the one person that it names."""
        return self.reason in PERSONAL


def findings(world: World, months: list[str]) -> list[Finding]:
    """Every finding that withholds, of the given months."""
    everything = {
        *_gaps(world),
        *_contradictions(world),
        *_broken_deals(world),
        *_flags(world),
        *_reviews(world),
        *_foreign_spend(world),
    }
    return sorted(finding for finding in everything if finding.month in months)


def immature(world: World, months: list[str]) -> list[Finding]:
    """Accounts and months with posts and articles that may still move: measured too early, or marked as delayed."""
    young = [("x_posts", post.account, post.created_at) for post in posts(world) if not post.mature]
    young += [("oa_articles", one.account, one.published) for one in articles(world) if not one.is_final]
    return sorted(
        {
            Finding(month, family, account, "immature_records")
            for family, account, at in young
            if (month := month_of(world.company.local(at).date())) in months
        }
    )


def silent(world: World, months: list[str]) -> set[tuple[str, str]]:
    """(family, month) outside the months between the first and the last day of the files that the month reads."""
    found = set()
    for family, (headers, column) in OCCASIONAL.items():
        days = [{row.day(column) for row in file.rows(headers, headers)} for file in world.files]
        for month in months:
            near = range(_ordinal(month) - READ_BEFORE, _ordinal(month) + READ_AFTER + 1)
            told = [day for file in days if any(_ordinal(month_of(day)) in near for day in file) for day in file]
            if not told or not month_of(min(told)) <= month <= month_of(max(told)):
                found.add((family, month))
    return found


def _ordinal(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:])


def unsettled(world: World, months: list[str]) -> list[Finding]:
    """What makes provisional beside age: ad days that their vendor still restated, labels below their floors."""
    days = timedelta(days=world.company.settings["ad_settle_days"])
    young = {ad.month for ad in ads.ad_days(world) if ad.exported_on < ad.day + days}
    ads_found = [Finding(month, "ads", "", "unsettled_days") for month in sorted(young & set(months))]
    labels = [Finding(month, "comments", who, reason, SENTIMENT) for month, who, reason in doubtful(world)]
    growth = [
        Finding(month, "x_account", account, "growth_unsettled", GROWTH)
        for month, account in sorted(unsettled_growth(world))
        if month in months
    ]
    return growth + ads_found + [finding for finding in labels if finding.month in months]


def _foreign_spend(world: World) -> Iterator[Finding]:
    """Spend in another currency: the cost KPIs of whoever is credited with it."""
    kpis = (
        "cost_per_lead", "lead_cost_savings", "customer_acquisition_cost", "marketing_roi", "return_on_ad_spend",
    )  # fmt: skip
    for ad in ads.ad_days(world):
        if ad.currency != world.company.config["currency"]:
            for person in ads.credited(world, ad.campaign, ad.day):
                yield Finding(ad.month, "ads", person, "foreign_spend", kpis)


def _gaps(world: World) -> Iterator[Finding]:
    """Days of a daily source without a row, and days of a ranged source that no file covers."""
    present: dict[tuple[str, str], set[date]] = {}
    for file in world.files:
        user_days = file.rows(USER_DAYS, USER_DAYS)
        if user_days:
            present.setdefault(("oa_users", file.account), set()).update(row.day("day") for row in user_days)
        if file.platform == "x":
            days = present.setdefault(("x_account", file.account), set())
            days.update(row.day("day") for row in file.rows(OVERVIEW, OVERVIEW))
            if file.covers and file.rows(CONTENT, ("post_id", "text")):
                present.setdefault(("x_posts", file.account), set()).update(days_between(*file.covers))
    for expected in world.company.config["expected_sources"]:
        key = (expected["family"], expected["account_id"])
        if key in present:
            end = max(present[key]) + timedelta(days=1)
            for day in set(days_between(expected["from"], end)) - present[key]:
                yield Finding(month_of(day), *key, "gap_days")


def _contradictions(world: World) -> Iterator[Finding]:
    """Posts whose exports of one day and range differ."""
    seen: dict[tuple[object, ...], tuple[object, ...]] = {}
    for file in world.files:
        if file.platform != "x":
            continue
        for row in file.rows(CONTENT, ("post_id", "text")):
            post_id, at = identified(row)
            numbers = tuple(row.number(name) for name in ("impressions", "likes", "replies", "reposts", "bookmarks"))
            version = (file.account, file.exported_on, file.covers, post_id)
            if seen.setdefault(version, numbers) != numbers:
                month = month_of(world.company.local(at).date())
                yield Finding(month, "x_posts", file.account, "contradiction")


def _broken_deals(world: World) -> Iterator[Finding]:
    """More unreadable rows in a file than are allowed: the months that its readable rows touch."""
    company = world.company
    account = company.only_account("hubspot")
    zone = company.account_zone(account)
    columns = DEALS | {"created": ("Create Date",)}
    for file in world.files:
        rows = file.rows(columns, columns)
        touched: set[str] = set()
        broken = 0
        for row in rows:
            try:
                times = [row.time("created", zone), row.time("closed", zone)]
                row.number("amount")
            except UnreadableError:
                broken += 1
                continue
            if not row.text("deal_id"):
                broken += 1
                continue
            touched.update(month_of(company.local(at).date()) for at in times if at is not None)
        if rows and broken / len(rows) > BROKEN_ROWS_ALLOWED:
            for month in touched:
                yield Finding(month, "deals", account, "broken_rows")


def _flags(world: World) -> Iterator[Finding]:
    """Too few own posts of an account and month with an originality flag."""
    company = world.company
    flags = log_flags(world)
    counted: dict[tuple[str, str], list[bool]] = {}
    for post in posts(world):
        if post.kind == "post":
            month = month_of(company.local(post.created_at).date())
            counted.setdefault((month, post.account), []).append(flags.get(post.post_id) is not None)
    for (month, account), known in counted.items():
        if sum(known) < company.settings["original_min_coverage"] * len(known):
            kpis = ("engagement_rate_original", "original_content_share")
            yield Finding(month, "x_posts", account, "original_flags_missing", kpis)


def _reviews(world: World) -> Iterator[Finding]:
    """People who were not judged while their role was, or by half, or by too few."""
    for month, family, kpi_id, person in missing(world):
        yield Finding(month, family, person, "review_missing", (kpi_id,))
    for month, family, kpi_ids, person in incomplete(world):
        yield Finding(month, family, person, "review_incomplete", kpi_ids)
    for month, kpi_id, person in suppressed(world):
        yield Finding(month, "ratings_360", person, "ratings_suppressed", (kpi_id,))
