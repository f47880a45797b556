"""Which X export was taken when, covering which days, in which dress: the snapshots that equal-age measuring needs.

Belongs here: the delivery plan of the X content exports with its planted accidents.
Does not belong here: the rendering (`x_files`) and the invention of posts (`x_events`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from pipelines.demo.events import SHANGHAI, Post
from pipelines.demo.x_events import month_bounds

EXPORT_DAY = 9  # of the following month: every post of the month is older than seven days then
DESK_EXPORT_DAY = 12  # every ticket of the month is answered by then, the October holidays included
MEASURE_AGE = dt.timedelta(days=7)


@dataclass(frozen=True)
class XDelivery:
    """One post-level export.

    Attributes:
        account_id: the account.
        first_day: first UTC day covered.
        last_day: last UTC day covered, inclusive.
        exported_on: local day of the export; the file lies in a folder of that date.
        style: `content` (today's CSV), `activity` (the older 40 columns), `xlsx` (re-saved by a spreadsheet).
        suffix: added to the file name, as a browser does with a second download.
        zeros: every number is 0 although the posts have values.
    """

    account_id: str
    first_day: dt.date
    last_day: dt.date
    exported_on: dt.date
    style: str = "content"
    suffix: str = ""
    zeros: bool = False

    @property
    def exported_at(self) -> dt.datetime:
        """The moment whose numbers the file shows."""
        return dt.datetime.combine(self.exported_on, dt.time(9, 30), tzinfo=SHANGHAI)

    @property
    def stated_at(self) -> dt.datetime:
        """What the folder states: a day, which counts from its beginning, in UTC as everything of X."""
        return dt.datetime.combine(self.exported_on, dt.time(0), tzinfo=dt.UTC)

    def covers(self, post: Post) -> bool:
        """Whether the file has a row for the post: its UTC day is covered and it existed."""
        day = post.created_at.astimezone(dt.UTC).date()
        return (
            post.account_id == self.account_id
            and self.first_day <= day <= self.last_day
            and post.created_at < self.exported_at
        )


def export_day(month: str, day: int = EXPORT_DAY) -> dt.date:
    """The local day of the following month on which a month's exports are taken."""
    return month_bounds(month)[1] + dt.timedelta(days=day - 1)


def order_exports(months: list[str]) -> list[tuple[dt.date, list[str]]]:
    """The shop exports: each reaches a month back, the last one two, and so shows refunds after the close.

    Args:
        months: local months, ascending.

    Returns:
        (local day of the export, months whose orders it lists), in order.
    """
    exports: list[tuple[dt.date, list[str]]] = []
    for position, month in enumerate(months):
        back = 2 if month == months[-1] else 1
        exports.append((export_day(month), months[max(0, position - back) : position + 1]))
    return exports


def known_until(month: str, months: list[str]) -> dt.datetime:
    """The moment of the last shop export that lists a month's orders: no later refund is known."""
    taken = max(day for day, covered in order_exports(months) if month in covered)
    return dt.datetime.combine(taken, dt.time(9, 30), tzinfo=SHANGHAI)


def plan_deliveries(accounts: list[str], months: list[str]) -> list[XDelivery]:
    """List every post-level X export of the company, accidents included.

    Args:
        accounts: X account ids.
        months: UTC months, ascending.

    Returns:
        Deliveries; a post's true numbers are those of its first version at the age of seven days or more.
    """
    plan: list[XDelivery] = []
    for account in accounts:
        for month in months:
            first, after = month_bounds(month)
            delivery = XDelivery(account, first, after - dt.timedelta(days=1), export_day(month))
            if account == "x_dev" and month <= "2025-03":
                delivery = replace(delivery, style="activity")
            if account == "x_dev" and month == "2025-11":
                delivery = replace(delivery, style="xlsx")
            plan.append(delivery)
            if account == "x_help" and month == "2025-05":
                plan.append(replace(delivery, zeros=True, suffix=" (1)"))
            if account == "x_brand" and month == "2026-07":
                plan.append(replace(delivery, suffix=" (1)"))
            if account == accounts[0] and month == "2026-09":  # overlaps two monthly exports, taken later
                plan.append(XDelivery(account, dt.date(2026, 8, 15), dt.date(2026, 9, 30), dt.date(2026, 10, 20)))
            if account == accounts[-1] and month == "2026-09":  # taken early: half of its posts are too young
                plan.append(XDelivery(account, dt.date(2026, 9, 1), dt.date(2026, 9, 19), dt.date(2026, 9, 20)))
    return plan


def true_numbers(post: Post, plan: list[XDelivery]) -> tuple[dict[str, int], XDelivery]:
    """The numbers a post counts with, and the delivery they come from.

    The first version that is seven days old by its stated export day counts, else the last one; zeros uploaded over
    values are not a version.

    Raises:
        LookupError: when no delivery covers the post.
    """
    versions = sorted(
        (delivery for delivery in plan if not delivery.zeros and delivery.covers(post)),
        key=lambda delivery: delivery.exported_at,
    )
    if not versions:
        raise LookupError(f"no export covers post {post.post_id}")
    mature = [delivery for delivery in versions if delivery.stated_at - post.created_at >= MEASURE_AGE]
    chosen = mature[0] if mature else versions[-1]
    numbers = post.measured(chosen.exported_at)
    if chosen.style == "activity":  # the older export knows neither bookmarks nor shares
        numbers = {name: value for name, value in numbers.items() if name not in ("bookmarks", "shares")}
        numbers["engagements"] -= post.measured(chosen.exported_at)["shares"]
    return numbers, chosen
