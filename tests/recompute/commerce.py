"""Orders and what they are worth; deals of a CRM.

Belongs here: KPIs of orders by the person credited with each, costs of communities, and HubSpot deals. Does not belong
here: reading orders (`orders`), KPIs of customers by who holds them (`customers`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from .credit import by_assignment, by_identity, settle
from .kpi import Entry, World, recomputes
from .orders import Order, credited, is_community, is_private, orders, purchases
from .people import Company, month_of
from .raw import UnreadableError

DEALS = {
    "deal_id": ("Record ID",),
    "stage": ("Deal Stage",),
    "closed": ("Close Date",),
    "owner": ("Deal owner",),
    "amount": ("Amount",),
}


@recomputes(
    "promo_code_uses",
    "conversion_revenue",
    "new_customers",
    "community_sales",
    "repurchase_rate",
    "average_order_value",
    "order_completion_rate",
    "existing_customer_revenue_share",
    "private_domain_order_share",
)
def order_entries(world: World) -> Iterator[Entry]:
    """Orders by their date; the last export that lists an order knows it best."""
    first = {bought[0] for bought in purchases(world).values()}
    for order in orders(world):
        if order.total is not None and order.is_real:
            for person, share in credited(world, order).items():
                yield from _entries_of(world.company, order, person, share, is_first=order in first)


def _entries_of(company: Company, order: Order, person: str, share: Fraction, *, is_first: bool) -> Iterator[Entry]:
    """What an order adds to one person; an amount in another currency adds nothing that can be added up."""

    def entry(kpi_id: str, above: Fraction | None, below: Fraction | None = None, key: str | None = None) -> Entry:
        return Entry(kpi_id, order.month, person, above, below, key=key, account=order.shop)

    if order.total:
        yield entry("order_completion_rate", share * order.is_completed, share)
    if order.is_cancelled:
        return
    revenue = order.net * share if order.currency == company.config["currency"] else None
    yield entry("conversion_revenue", revenue)
    if order.channel:
        yield entry("community_sales", None if revenue is None else revenue * is_community(company, order))
    if not order.counts:
        return
    yield entry("average_order_value", revenue, None if revenue is None else share)
    if order.code:
        yield entry("promo_code_uses", share)
    if order.channel:
        yield entry("private_domain_order_share", share * is_private(company, order), share)
    if order.customer:
        yield entry("repurchase_rate", None, key=order.customer)
        yield entry("new_customers", share * is_first)
        earlier = None if revenue is None else revenue * (not is_first)
        yield entry("existing_customer_revenue_share", earlier, revenue)


@recomputes("deals_won", "won_revenue", "win_rate")
def deal_entries(world: World) -> Iterator[Entry]:
    """Deals by their closing date; a row that cannot be read is set aside."""
    company = world.company
    won, lost = (set(company.config["deal_stages"][stage]) for stage in ("won", "lost"))
    zone = company.account_zone(company.only_account("hubspot"))
    deals: dict[str, tuple[str, datetime, str, Fraction | None]] = {}
    for file in world.files:
        for row in file.rows(DEALS, DEALS):
            try:
                closed, amount = row.time("closed", zone), row.number("amount")
            except UnreadableError:
                continue
            if row.text("deal_id") and closed is not None:
                deals[row.text("deal_id")] = (row.text("stage"), closed, row.text("owner"), amount)
    account = company.only_account("hubspot")
    for deal_id, (stage, closed, owner, amount) in deals.items():
        if stage not in won | lost:
            continue
        day = company.local(closed).date()
        month = month_of(day)
        steps = (by_assignment(company, "deal", deal_id, day), by_identity(company, "hubspot", owner, day))
        for person, share in settle(company, ("deal", deal_id), day, steps).items():
            yield Entry("win_rate", month, person, share * (stage in won), share, account=account)
            if stage in won:
                yield Entry("deals_won", month, person, share, account=account)
                if amount is not None:
                    yield Entry("won_revenue", month, person, amount * share, account=account)
