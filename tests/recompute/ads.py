"""What ads cost and what they brought; installs of apps.

Belongs here: ad exports of Meta, X and LinkedIn, KPIs of cost and return by campaign, installs. Does not belong here:
which leads there are (`leads`), which orders (`orders`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from . import leads
from .attribution import Tags, channel_of, last_touch
from .credit import Shares, by_assignment, settle
from .kpi import Entry, World, recomputes
from .orders import orders
from .people import month_of
from .raw import File, Row

COUNTS = {"impressions": ("Impressions",), "clicks": ("Link clicks", "Clicks")}
META = COUNTS | {
    "campaign": ("Campaign name",),
    "spend": ("Amount spent (CNY)", "Amount spent (USD)", "Amount spent (EUR)"),
    "day": ("Reporting starts",),
}
X_ADS = COUNTS | {
    "campaign": ("Campaign name",),
    "micro": ("billed_charge_local_micro",),
    "currency": ("Currency",),
    "day": ("Time period",),
}
LINKEDIN = COUNTS | {
    "campaign": ("Campaign Name",),
    "spend": ("Total Spent",),
    "currency": ("Currency",),
    "day": ("Start Date (in UTC)",),
}
STORE = {"day": ("Date",), "app": ("Package Name",), "installs": ("Daily User Installs",)}
PARTNER = {
    "day": ("Date",),
    "app": ("App Name",),
    "source": ("Media Source (pid)",),
    "campaign": ("Campaign (c)",),
    "installs": ("Installs",),
}


@dataclass
class AdDay:
    """A campaign and day of one vendor, its ads added up."""

    channel: str
    campaign: str
    day: date
    currency: str
    spend: Fraction | None
    impressions: Fraction | None
    clicks: Fraction | None
    exported_on: date

    @property
    def month(self) -> str:
        return month_of(self.day)


def _plus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return one if other is None else other if one is None else one + other


@cache
def ad_days(world: World) -> tuple[AdDay, ...]:
    """Every campaign and day, as the last export tells it."""
    found: dict[tuple[str, str, date], AdDay] = {}
    for file in world.files:
        told: dict[tuple[str, str, date], AdDay] = {}
        for ad in _ads_of(world, file):
            key = (ad.channel, ad.campaign.casefold(), ad.day)
            if key in told:
                known = told[key]
                known.spend = _plus(known.spend, ad.spend)
                known.impressions = _plus(known.impressions, ad.impressions)
                known.clicks = _plus(known.clicks, ad.clicks)
            else:
                told[key] = ad
        found |= told
    return tuple(found.values())


def _ads_of(world: World, file: File) -> Iterator[AdDay]:
    company = world.company

    def ad(row: Row, channel: str, currency: str, spend: Fraction | None) -> AdDay:
        return AdDay(
            channel,
            row.text("campaign"),
            row.day("day"),
            currency,
            spend,
            row.number("impressions"),
            row.number("clicks"),
            file.exported_on,
        )

    for row in file.rows(META, META):
        yield ad(row, company.settings["ad_spend_channel"], _currency_of_header(file), row.number("spend"))
    for row in file.rows(X_ADS, X_ADS):
        micro = row.number("micro")
        yield ad(row, "x_ads", row.text("currency"), None if micro is None else micro / 10**6)
    for row in file.rows(LINKEDIN, LINKEDIN):
        yield ad(row, "linkedin_ads", row.text("currency"), row.number("spend"))


def _currency_of_header(file: File) -> str:
    """The currency that the header of Meta's amounts states."""
    named = (re.fullmatch(r"Amount spent \((\w{3})\)", cell.strip()) for row in file.table[0][:20] for cell in row)
    return next(found[1] for found in named if found)


def credited(world: World, campaign: str, day: date, record: str = "ad_day") -> Shares:
    """Whoever holds the campaign."""
    company = world.company
    step = by_assignment(company, "campaign", campaign, day) if campaign else {}
    return settle(company, (record, campaign), day, (step,))


@recomputes("ad_click_rate")
def click_entries(world: World) -> Iterator[Entry]:
    for ad in ad_days(world):
        if ad.impressions is not None and ad.clicks is not None:
            for person, share in credited(world, ad.campaign, ad.day).items():
                yield Entry("ad_click_rate", ad.month, person, ad.clicks * share, ad.impressions * share)


@recomputes("cost_per_lead", "customer_acquisition_cost")
def cost_entries(world: World) -> Iterator[Entry]:
    """Spend over the leads of the campaigns that it was spent on."""
    company = world.company
    yield from _spend_entries(world, ("cost_per_lead", "customer_acquisition_cost"), above=True)
    for day, _, campaign in counted_leads(world):
        for person, share in credited(world, campaign, day, "lead").items():
            yield Entry("cost_per_lead", month_of(day), person, None, share)
    spent = _spent(world)
    for one, tags in _paid_leads(world):
        if one.won_at is not None:
            won_on = company.local(one.won_at).date()
            if (channel_of(company, tags), tags.campaign.casefold(), month_of(won_on)) in spent:
                for person, share in credited(world, tags.campaign, won_on, "lead").items():
                    yield Entry("customer_acquisition_cost", month_of(won_on), person, None, share)


def _spent(world: World) -> set[tuple[str, str, str]]:
    """(channel, campaign, month) of all known spend."""
    return {(ad.channel, ad.campaign.casefold(), ad.month) for ad in ad_days(world) if ad.spend is not None}


def _paid_leads(world: World) -> Iterator[tuple[leads.Won, Tags]]:
    paid = set(world.company.settings["paid_channels"])
    for one in leads.distinct_leads(world):
        tags = leads.tags_of(world, one.lead)
        if tags is not None and channel_of(world.company, tags) in paid:
            yield one, tags


def counted_leads(world: World) -> Iterator[tuple[date, str, str]]:
    """(day, channel, campaign) of every qualified lead of a paid channel whose campaign spent in its month."""
    spent = _spent(world)
    for one, tags in _paid_leads(world):
        channel, day = channel_of(world.company, tags), world.company.local(one.lead.at).date()
        if leads.is_qualified(world, one.lead) and (channel, tags.campaign.casefold(), month_of(day)) in spent:
            yield day, channel, tags.campaign


def _spend_entries(world: World, kpi_ids: tuple[str, ...], *, above: bool) -> Iterator[Entry]:
    for ad in ad_days(world):
        if ad.currency != world.company.config["currency"]:
            continue
        for person, share in credited(world, ad.campaign, ad.day).items():
            spend = None if ad.spend is None else ad.spend * share
            for kpi_id in kpi_ids:
                yield Entry(kpi_id, ad.month, person, spend if above else None, None if above else spend)


@recomputes("marketing_roi", "return_on_ad_spend")
def return_entries(world: World) -> Iterator[Entry]:
    """Net revenue of orders whose last touch is on a paid channel, over what was spent; spend that sold nothing: 0."""
    company = world.company
    paid = set(company.settings["paid_channels"])
    yield from _spend_entries(world, ("marketing_roi", "return_on_ad_spend"), above=False)
    for entry in _spend_entries(world, ("marketing_roi",), above=True):
        assert entry.numerator is not None
        yield Entry(entry.kpi_id, entry.month, entry.person, -entry.numerator)
        yield Entry("return_on_ad_spend", entry.month, entry.person, Fraction(0))
    for order in orders(world):
        touch = last_touch(world, order.customer, order.at) if order.customer else None
        if not order.counts or order.currency != company.config["currency"] or touch is None:
            continue
        if channel_of(company, touch.tags) in paid:
            for person, share in credited(world, touch.tags.campaign, order.day, "order").items():
                yield Entry("marketing_roi", order.month, person, order.net * share)
                yield Entry("return_on_ad_spend", order.month, person, order.net * share)


@recomputes("app_installs")
def install_entries(world: World) -> Iterator[Entry]:
    """Installs by day and campaign; a day that a partner tells of is not the store's."""
    company = world.company
    store: dict[tuple[str, date], Fraction] = {}
    partner: dict[tuple[str, date], dict[Tags, Fraction]] = {}
    for file in world.files:
        for row in file.rows(STORE, STORE):
            store[row.text("app"), row.day("day")] = row.number("installs") or Fraction(0)
        told: dict[tuple[str, date], dict[Tags, Fraction]] = {}
        for row in file.rows(PARTNER, PARTNER):
            tags = Tags(row.text("source"), "", row.text("campaign"), "")
            told.setdefault((row.text("app"), row.day("day")), {})[tags] = row.number("installs") or Fraction(0)
        partner |= told
    nobody = Tags("", "", "", "")
    everything = {key: {nobody: installs} for key, installs in store.items()} | partner
    for (_, day), by_tags in everything.items():
        for tags, installs in by_tags.items():
            campaign = tags.campaign
            steps = tuple(by_assignment(company, kind, campaign, day) for kind in ("utm_code", "campaign") if campaign)
            for person, share in settle(company, ("install", campaign), day, steps).items():
                yield Entry("app_installs", month_of(day), person, installs * share)
