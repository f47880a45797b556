"""What leads cost against what they used to cost.

Belongs here: lead-cost savings by the bases of reviews/finance.csv. Does not belong here: spend and leads (`ads`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from . import ads
from .kpi import Entry, World, months_of, recomputes
from .people import Company, month_of


def _bases(company: Company) -> dict[tuple[str, str, str], Fraction]:
    """(month, team or empty, channel) -> base; the base of a shorter period replaces that of a longer one."""
    found = {}
    stated = [row for row in company.finance if row["kind"] == "cpl_base"]
    for row in sorted(stated, key=lambda row: -len(months_of(row["period"]))):
        for month in months_of(row["period"]):
            found[month, row["scope_id"], row["channel"].casefold()] = Fraction(row["amount"])
    return found


def _team(company: Company, person: str, day: date) -> str:
    return next((team for who, team, start, end in company.positions if who == person and start <= day < end), "")


@recomputes("lead_cost_savings")
def savings_entries(world: World) -> Iterator[Entry]:
    """Base x leads less spend, channel by channel; a loss stays a loss."""
    company, bases = world.company, _bases(world.company)

    def base(person: str, day: date, channel: str) -> Fraction | None:
        own = bases.get((month_of(day), _team(company, person, day) or "-", channel))
        return bases.get((month_of(day), "", channel)) if own is None else own

    for ad in ads.ad_days(world):
        if ad.currency == company.config["currency"] and ad.spend is not None:
            for person, share in ads.credited(world, ad.campaign, ad.day).items():
                if base(person, ad.day, ad.channel) is not None:
                    yield Entry("lead_cost_savings", ad.month, person, -ad.spend * share)
    for day, channel, campaign in ads.counted_leads(world):
        for person, share in ads.credited(world, campaign, day, "lead").items():
            worth = base(person, day, channel)
            if worth is not None:
                yield Entry("lead_cost_savings", month_of(day), person, worth * share)
