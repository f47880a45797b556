"""Builds a whole demo company: events first, then its files, then the truth about both.

Belongs here: the order of the work, the sizes, and the planted accidents.
Does not belong here: how anything is invented or printed.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from pipelines.demo import engagement_events, marketing_events, sales_events, service_events
from pipelines.demo.comments import make_comments, reckon_comments, write_comments
from pipelines.demo.commerce import Commerce, counted_orders, reckon_commerce
from pipelines.demo.commerce_events import make_costs, make_referrals, make_shop_orders
from pipelines.demo.commerce_files import write_costs, write_finance, write_referrals, write_shop_orders
from pipelines.demo.community_events import CommunityWorld, make_communities
from pipelines.demo.community_files import sheet_days, write_communities
from pipelines.demo.community_truth import reckon_communities
from pipelines.demo.company_files import write_audience, write_company, write_plan, write_reviews, write_targets
from pipelines.demo.content_events import OWN_HANDLE, make_content
from pipelines.demo.content_files import write_content, write_plants
from pipelines.demo.credit import Resolver
from pipelines.demo.decisions import write_decisions
from pipelines.demo.deliveries import XDelivery, export_day, plan_deliveries
from pipelines.demo.engagement_files import write_engagement
from pipelines.demo.events import SHANGHAI, Post, World, local, local_month
from pipelines.demo.follower_plants import FIRST_LIST, LAST_LIST, make_plant
from pipelines.demo.listed import write_listed
from pipelines.demo.marketing_files import DOLLAR_MONTH, write_marketing
from pipelines.demo.marketing_reckoning import CPL_BASES, Attribution, reckon_marketing, told_funnel
from pipelines.demo.reckoning import Delivered, planned, reckon
from pipelines.demo.reviews import fill_truth, make_reviews, write_review_files
from pipelines.demo.roster import (
    CODE_OWNER_CHANGE_ON,
    HAND_OVER_ON,
    IDLE_AGENT,
    JOINED_ON,
    JOINER,
    LEAVER,
    LEFT_ON,
    MOVED_CODE,
    ROLE_CHANGE_ON,
    ROLE_CHANGER,
    UNKNOWN_AGENT,
    UNKNOWN_CODE,
    WECHAT_SHOP,
    Roster,
    build_roster,
    open_lab,
)
from pipelines.demo.sales_files import BROKEN_DEALS, BROKEN_DEALS_MONTH, listed_deals, write_sales
from pipelines.demo.service_files import write_service
from pipelines.demo.truth import ExpectedFinding, Truth
from pipelines.demo.x_events import make_account_days, make_posts
from pipelines.demo.x_files import write_x

REFUND_MONTH, REFUNDED_AT = "2026-09", dt.datetime(2026, 10, 15, 11, 20, tzinfo=SHANGHAI)
GAP_DAYS = {dt.date(2026, 8, day) for day in (11, 12, 13)}
ZEROS_MONTH, UNFLAGGED_MONTH = "2025-05", "2026-10"
_X_NUMBERS = (
    "impressions",
    "engagement_rate_followers",
    "engagement_rate_impressions",
    "engagement_rate_original",
    "viral_posts",
    "team_impressions",
    "reach_rate",
    "coverage_rate_proxy",
    "content_click_rate",
    "shares_per_post",
    "comments_per_post",
)
Overrides = dict[tuple[str, str], list[tuple[str, int]]]


@dataclass(frozen=True)
class Size:
    """How large a demo company is."""

    people: int
    x_accounts: int
    shops: int
    start: str
    end: str
    seed: int

    @property
    def months(self) -> list[str]:
        """The months from start to end, both included."""
        year, number = int(self.start[:4]), int(self.start[5:])
        months: list[str] = []
        while (month := f"{year:04d}-{number:02d}") <= self.end:
            months.append(month)
            year, number = (year + 1, 1) if number == 12 else (year, number + 1)
        return months


def generate(
    home: Path, *, people: int = 24, start: str = "2024-10", end: str = "2026-10", seed: int = 20241001
) -> Truth:
    """Write the demo company into a folder.

    Args:
        home: the folder to fill; created when absent.
        people: how many employees, at least 24 (the planted changes need the first 24).
        start: first month.
        end: last month, included.
        seed: equal seeds give equal bytes.

    Returns:
        What the pipeline must find in it.

    Raises:
        ValueError: when there are too few people or no month.
    """
    if people < 24:
        raise ValueError(f"the demo company has at least 24 people, not {people}: its planted changes need them")
    return _generate(home, Size(people, 3, 2, start, end, seed))


def generate_small(home: Path, *, seed: int = 20241001) -> Truth:
    """Write a company of six people, three months, one X account and one shop, for fast tests.

    Args:
        home: the folder to fill.
        seed: equal seeds give equal bytes.

    Returns:
        What the pipeline must find in it.
    """
    return _generate(home, Size(6, 1, 1, "2026-08", "2026-10", seed))


def _generate(home: Path, size: Size) -> Truth:
    if not size.months:
        raise ValueError(f"no month lies between {size.start} and {size.end}")
    roster = build_roster(size.people, size.x_accounts, size.shops)
    accounts = [account.account_id for account in roster.of_platform("x")]
    world = _happen(roster, accounts, size)
    _plant_followers(roster, world, size)
    plan = plan_deliveries(accounts, size.months)
    truth = Truth(months=size.months, people=[person.person_id for person in roster.people])
    refunded = _refund_after_close(world)
    overrides = _shared_post(world)
    unflagged = _unflagged_posts(world, accounts)
    gap_account = "x_dev" if "x_dev" in accounts else accounts[0]
    gaps = {gap_account: GAP_DAYS}

    commerce = Commerce(
        make_shop_orders(roster, WECHAT_SHOP, size.months, size.seed),
        make_referrals(world.orders, size.months, size.seed),
        make_costs(size.months),
    )
    world.other_orders = counted_orders(commerce, size.months)
    communities: CommunityWorld = make_communities(roster, size.months, size.seed)
    senders = {key: sent.sender for key, sent in world.content.tool_posts.items()}
    resolver = Resolver(roster, overrides, Attribution(world), senders)
    world.group_days = sheet_days(resolver, communities, size.months)
    ledger = reckon(world, roster, resolver, Delivered(plan, gaps, unflagged), cn_working_days())
    reckon_communities(ledger, truth, communities, resolver, size.months)
    truth.shares = reckon_commerce(ledger, world, commerce, roster, resolver, size.months)
    reckon_marketing(ledger, world, roster, resolver, size.months)
    comments = make_comments(size.months, size.seed)
    reckon_comments(ledger, comments, resolver)
    ledger.fill(truth)
    _expect(truth, world, plan, gap_account, unflagged, accounts)
    reviews = make_reviews(roster, size.months)
    fill_truth(reviews, truth)
    _note_plants(truth, roster, refunded, overrides, unflagged)

    write_company(home, roster, size.months)
    write_plan(home, planned(roster, size.months))
    write_reviews(home, roster, size.months, overrides)
    write_review_files(home, reviews)
    write_decisions(home, roster, size.months)
    write_targets(home, roster, truth)
    write_x(home / "exports", roster, world, plan, gaps)
    write_sales(home / "exports", roster, world, size.months)
    write_service(home / "exports", world, size.months, unflagged)
    write_communities(home, roster, resolver, communities, size.months)
    write_content(home / "exports", world.content, world.posts, size.months, OWN_HANDLE.removeprefix("@"))
    write_plants(home / "exports", world.plants)
    write_audience(home, world.content)
    write_shop_orders(home / "exports", commerce.orders, size.months)
    write_referrals(home / "exports", commerce.referrals, size.months)
    write_costs(home, commerce.costs)
    write_listed(home, roster, size.months, commerce.costs)
    write_finance(home, CPL_BASES, size.months)
    write_marketing(home / "exports", world, size.months, told_funnel(world, roster, size.months))
    write_engagement(home / "exports", world, size.months)
    write_comments(home, comments, size.months)
    return truth


def cn_working_days() -> Callable[[dt.date], bool]:
    """China's working days from the shipped notices, read by the demo itself."""
    notices: dict[dt.date, bool] = {}
    shipped = resources.files("pipelines.company.calendars").joinpath("cn.csv")
    with shipped.open(encoding="utf-8-sig") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            notices[dt.date.fromisoformat(row["day"])] = row["is_working"] == "true"
    return lambda day: notices.get(day, day.weekday() < 5)


def _happen(roster: Roster, accounts: list[str], size: Size) -> World:
    months, seed = size.months, size.seed
    world = World()
    for account in accounts:
        world.posts += make_posts(roster, account, months, seed)
        world.account_days += make_account_days(account, months, seed)
    for shop in roster.of_platform("shopify"):
        world.orders += sales_events.make_orders(roster, shop.account_id, months, seed)
    world.deals = sales_events.make_deals(roster, months, seed)
    world.leads = sales_events.make_leads(roster, months, seed)
    world.web_days = sales_events.make_web_days(roster, months, seed)
    world.ad_days = sales_events.make_ad_days(months, seed)
    for inbox in ("inbox_shop", "inbox_community"):
        world.tickets += service_events.make_tickets(roster, inbox, months, seed, cn_working_days())
    world.incidents = service_events.make_incidents(roster, months, seed)
    world.content = make_content(roster, world.posts, months, seed)
    world.x_ad_days = marketing_events.make_x_ad_days(months, seed)
    world.leads += marketing_events.make_paid_leads(roster, months, seed)
    world.leads = marketing_events.with_fields(world.leads, seed)
    world.touches = marketing_events.make_touches(roster, world.orders, months, seed)
    world.app_days = marketing_events.make_app_days(months, seed)
    world.interviews = marketing_events.make_interviews(roster, months, seed)
    world.reports = marketing_events.make_reports(roster, months, seed)
    world.tickets += engagement_events.make_chats(roster, months, seed)
    world.events = engagement_events.make_events(roster, months, seed)
    world.surveys = engagement_events.make_surveys(roster, months, seed)
    return world


def _plant_followers(roster: Roster, world: World, size: Size) -> None:
    """The whole company has an account whose followers are listed daily, with everything that can happen to it."""
    listed = {f"{day:%Y-%m}" for day in (FIRST_LIST, LAST_LIST)}
    if size.x_accounts < 3 or not listed <= set(size.months):
        return
    lab = open_lab(roster, FIRST_LIST)
    plant = make_plant("everything", size.seed)
    world.plants[lab.account_id] = plant
    world.account_days += plant.account_days(lab.account_id, size.seed)


def _refund_after_close(world: World) -> str:
    """Refund one whole order of September in October, after September's export was taken."""
    for position, order in enumerate(world.orders):
        if (
            local_month(order.created_at) == REFUND_MONTH
            and order.discount_code
            and order.discount_code != UNKNOWN_CODE
            and not order.refunds
            and not order.cancelled_at
            and not order.is_test
            and order.total > 0
        ):
            world.orders[position] = replace(order, refunds=((REFUNDED_AT, order.total),))
            return order.name
    return ""


def _shared_post(world: World) -> Overrides:
    """An approved override: one post of the last month was written by two."""
    for post in world.posts:
        if post.account_id == "x_brand" and local_month(post.created_at) == UNFLAGGED_MONTH and post.author == "林若溪":
            return {("post", str(post.post_id)): [("P002", 60), ("P003", 40)]}
    return {}


def _unflagged_posts(world: World, accounts: list[str]) -> set[int]:
    """A fifth of the last account's posts of the last month has no originality flag in the log."""
    if len(accounts) == 1:
        return set()
    concerned: list[Post] = [
        post
        for post in world.posts
        if post.account_id == accounts[-1] and post.kind == "post" and local_month(post.created_at) == UNFLAGGED_MONTH
    ]
    return {post.post_id for post in concerned[::5]}


def _expect(
    truth: Truth, world: World, plan: list[XDelivery], gap_account: str, unflagged: set[int], accounts: list[str]
) -> None:
    """Write down which guards must speak, which lines are withheld, and what the landing sets aside."""
    if "2026-08" in truth.months:
        truth.findings.append(ExpectedFinding("2026-08", "x_account", gap_account, "gap"))
        growth = ("net_follower_growth", "team_net_follower_growth", "follower_growth_rate_x")
        truth.withheld |= {("2026-08", kpi, gap_account) for kpi in growth}
    for delivery in plan:
        if delivery.zeros:
            # the last UTC evening of the month is local morning of the next one
            for month in sorted({local_month(post.created_at) for post in world.posts if delivery.covers(post)}):
                truth.findings.append(ExpectedFinding(month, "x_posts", delivery.account_id, "contradiction"))
                truth.contradicted |= {(month, kpi, delivery.account_id) for kpi in _X_NUMBERS}
            truth.withheld |= truth.contradicted
        elif delivery.suffix:
            last, first = delivery.last_day, delivery.first_day
            truth.duplicates.append(f"account_analytics_content_{first}_{last}{delivery.suffix}.csv")
    if unflagged:
        truth.findings.append(ExpectedFinding(UNFLAGGED_MONTH, "x_posts", accounts[-1], "coverage"))
        shares = ("original_content_share", "engagement_rate_original")
        truth.withheld |= {(UNFLAGGED_MONTH, kpi, accounts[-1]) for kpi in shares}
    if BROKEN_DEALS_MONTH in truth.months:
        name = f"hubspot-crm-exports-all-deals-{export_day(BROKEN_DEALS_MONTH)}.csv"
        truth.quarantined_rows[name] = len(BROKEN_DEALS)
        # what a broken row would have said is unknown: it may belong to any month of its file
        listed = listed_deals(world.deals, BROKEN_DEALS_MONTH)
        touched = {local_month(moment) for deal in listed for moment in (deal.created_at, deal.closed_at)}
        truth.findings += [ExpectedFinding(month, "deals", "hubspot_main", "coverage") for month in sorted(touched)]
    if DOLLAR_MONTH in truth.months:
        truth.findings.append(ExpectedFinding(DOLLAR_MONTH, "ads", "UNASSIGNED", "coverage"))
    truth.findings.sort()


def _note_plants(truth: Truth, roster: Roster, refunded: str, overrides: Overrides, unflagged: set[int]) -> None:
    truth.planted = {
        "refunded_after_close": refunded,
        "refunded_at": local(REFUNDED_AT).isoformat(),
        "overridden_posts": [record_id for _, record_id in overrides],
        "unflagged_posts": sorted(unflagged),
        "hand_over": "x_dev P013 -> P008" if roster.person(ROLE_CHANGER) else "x_brand P006 -> P003",
        "hand_over_on": HAND_OVER_ON.isoformat(),
        "role_change": f"{ROLE_CHANGER} {ROLE_CHANGE_ON}",
        "joiner": f"{JOINER} {JOINED_ON}",
        "leaver": f"{LEAVER} {LEFT_ON}",
        "idle_agent": IDLE_AGENT,
        "moved_code": f"{MOVED_CODE} {CODE_OWNER_CHANGE_ON}",
        "unknown": [UNKNOWN_AGENT, UNKNOWN_CODE],
        "shared_account": "x_help P021 60 / P013 40",
    }
