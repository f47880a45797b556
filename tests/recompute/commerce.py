"""Orders of shops, deals of a CRM.

Belongs here: Shopify order exports and HubSpot deals.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from .credit import by_assignment, by_identity, by_roster, settle
from .kpi import Entry, World, recomputes
from .people import month_of
from .raw import Row, UnreadableError

ORDERS = {
    "order_id": ("Id",),
    "name": ("Name",),
    "currency": ("Currency",),
    "total": ("Total",),
    "refunded": ("Refunded Amount",),
    "code": ("Discount Code",),
    "created": ("Created at",),
    "cancelled": ("Cancelled at",),
    "employee": ("Employee",),
    "tags": ("Tags",),
}
DEALS = {
    "deal_id": ("Record ID",),
    "stage": ("Deal Stage",),
    "closed": ("Close Date",),
    "owner": ("Deal owner",),
    "amount": ("Amount",),
}


@recomputes("promo_code_uses", "conversion_revenue")
def order_entries(world: World) -> Iterator[Entry]:
    """Orders by their date; the last export that lists an order knows it best."""
    company = world.company
    orders: dict[tuple[str, str], Row] = {}
    for file in world.files:
        for row in file.rows(ORDERS, ORDERS):
            if row.text("order_id"):
                orders[file.account, row.text("order_id")] = row
    for (shop, order_id), row in orders.items():
        tags = {tag.strip().casefold() for tag in row.text("tags").split(",")}
        if row.text("cancelled") or "test" in tags:
            continue
        created = row.time("created", company.account_zone(shop))
        assert created is not None
        day = company.local(created).date()
        steps = (
            by_assignment(company, "promo_code", row.text("code"), day) if row.text("code") else {},
            by_identity(company, "pos", row.text("employee"), day) if row.text("employee") else {},
            by_roster(company, [("account", shop)], created),
            by_assignment(company, "account", shop, day),
        )
        total, refunded = row.number("total"), row.number("refunded") or Fraction(0)
        if total is None:
            continue
        net = total - refunded
        for person, share in settle(company, ("order", order_id), day, steps).items():
            if row.text("code") and net > 0:
                yield Entry("promo_code_uses", month_of(day), person, share)
            if row.text("currency") == company.config["currency"]:
                yield Entry("conversion_revenue", month_of(day), person, net * share)


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
