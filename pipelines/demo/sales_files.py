"""Exports of the shops, the CRM, the lead form, the site and the advertisements as their vendors write them.

Belongs here: true headers, line-item layout, currencies in headers, total rows, byte order marks and decimal commas.
Does not belong here: the invention of orders and deals (`sales_events`).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

from pipelines.demo.deliveries import export_day, order_exports
from pipelines.demo.events import SHANGHAI, UTC, AdDay, Deal, Lead, Order, WebDay, World, local_month
from pipelines.demo.files import csv_text, write_text
from pipelines.demo.marketing_files import GA4_MONTH, month_before
from pipelines.demo.roster import Roster
from pipelines.demo.x_events import month_bounds

_ADDRESS = ("Name", "Street", "Address1", "Address2", "Company", "City", "Zip", "Province", "Country", "Phone")
ORDERS_HEADER = (
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Accepts Marketing",
    "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code", "Discount Amount", "Shipping Method",
    "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem compare at price", "Lineitem sku",
    "Lineitem requires shipping", "Lineitem taxable", "Lineitem fulfillment status",
    *(f"Billing {part}" for part in _ADDRESS), *(f"Shipping {part}" for part in _ADDRESS),
    "Notes", "Note Attributes", "Cancelled at", "Payment Method", "Payment Reference", "Refunded Amount", "Vendor",
    "Outstanding Balance", "Employee", "Location", "Device ID", "Id", "Tags", "Risk Level", "Source",
    "Lineitem discount", *(f"Tax {n} {what}" for n in range(1, 6) for what in ("Name", "Value")),
)  # fmt: skip
DEALS_HEADER = (
    "Record ID", "Deal Name", "Deal Stage", "Close Date", "Deal owner", "Amount", "Pipeline", "Create Date",
    "Last Activity Date", "Associated Company", "Original Source",
)  # fmt: skip
LEADS_HEADER = (
    "Lead ID", "Created at", "Email", "UTM source", "UTM medium", "UTM campaign", "UTM content", "Owner", "Status",
    "Converted date", "Full name", "Phone", "Company",
)  # fmt: skip
WEB_HEADER = (
    "Date", "Session source", "Session medium", "Session campaign", "Session manual ad content", "Sessions",
)  # fmt: skip
AD_HEADER = (
    "Campaign name", "Ad set name", "Ad name", "Amount spent (CNY)", "Impressions", "Reach", "Link clicks", "Results",
    "Result indicator", "Reporting starts", "Reporting ends",
)  # fmt: skip
BROKEN_DEALS_MONTH = "2025-02"
BROKEN_DEALS = (
    ("", "没有编号", "Closed Won", "2025-02-11 10:00", "Anran Xu", "9900.00", "企业版", "2025-02-01 10:00", "", "", ""),
    ("19990001", "金额读不出", "Closed Won", "2025-02-12 10:00", "Anran Xu", "a lot", "企业版", "2025-02-02 10:00",
     "", "", ""),
    ("19990002", "日期读不出", "Closed Lost", "2025-13-45 10:00", "Anran Xu", "100.00", "企业版", "2025-02-03 10:00",
     "", "", ""),
)  # fmt: skip


def write_sales(exports: Path, roster: Roster, world: World, months: list[str]) -> None:
    """Write the files of all sales sources."""
    for shop in roster.of_platform("shopify"):
        orders = [order for order in world.orders if order.account_id == shop.account_id]
        _write_orders(exports / "shopify" / shop.account_id, orders, months)
    for month in months:
        taken = export_day(month)
        dated = taken.isoformat()
        _write_deals(exports / "hubspot" / dated, world.deals, month, taken)
        leads = [lead for lead in world.leads if local_month(lead.created_at) == month]
        write_text(exports / "crm" / dated / f"leads_{month}.csv", csv_text(LEADS_HEADER, map(_lead_row, leads)))
        visits = [day for day in world.web_days if day.day.strftime("%Y-%m") == month]
        if month != GA4_MONTH:
            _write_web(exports / "web" / dated / f"traffic_acquisition_{month}.csv", visits, month)
        # spend is restated for four weeks, so every export reaches a month back
        ads = [day for day in world.ad_days if day.day.strftime("%Y-%m") in (month, month_before(month))]
        _write_ads(exports / "ads" / dated / f"meta_ads_{month}.csv", ads)


def _shop_time(moment: dt.datetime | None) -> str:
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S +0800") if moment else ""


def _write_orders(folder: Path, orders: list[Order], months: list[str]) -> None:
    """Each export lists its months' orders newest first, with the refunds known when it was taken."""
    by_month: dict[str, list[Order]] = {month: [] for month in months}
    for order in orders:
        by_month[local_month(order.created_at)].append(order)
    for taken, covered in order_exports(months):
        at = dt.datetime.combine(taken, dt.time(9, 30), tzinfo=SHANGHAI)
        rows: list[list[str]] = []
        for order in reversed([order for month in covered for order in by_month[month]]):
            rows.extend(_order_rows(order, at))
        write_text(folder / taken.isoformat() / "orders_export.csv", csv_text(ORDERS_HEADER, rows))


def _order_rows(order: Order, at: dt.datetime) -> list[list[str]]:
    refunded = order.refunded(at)
    status = "paid" if not refunded else "refunded" if refunded == order.total else "partially_refunded"
    if order.cancelled_at:
        status = "voided"
    tags = "test" if order.is_test else "内部礼品" if order.total == 0 else ""
    head = {
        "Email": order.email, "Financial Status": status, "Paid at": _shop_time(order.created_at),
        "Fulfillment Status": "fulfilled", "Fulfilled at": _shop_time(order.created_at), "Accepts Marketing": "no",
        "Currency": "CNY", "Subtotal": f"{order.gross - order.discount:.2f}", "Shipping": f"{order.shipping:.2f}",
        "Taxes": "0.00", "Total": f"{order.total:.2f}", "Discount Code": order.discount_code,
        "Discount Amount": f"{order.discount:.2f}", "Shipping Method": "标准快递", "Billing Name": "演示买家",
        "Billing City": "上海", "Billing Country": "CN", "Shipping Name": "演示买家", "Shipping City": "上海",
        "Shipping Country": "CN", "Cancelled at": _shop_time(order.cancelled_at), "Payment Method": "alipay",
        "Payment Reference": f"c{order.order_id}.1", "Refunded Amount": f"{refunded:.2f}",
        "Outstanding Balance": "0.00", "Employee": order.employee, "Id": str(order.order_id), "Tags": tags,
        "Risk Level": "Low", "Source": "pos" if order.employee else "web",
    }  # fmt: skip
    rows: list[list[str]] = []
    for number, line in enumerate(order.lines):
        # order-level cells are blank on the second line item and on, but for name, e-mail and creation time
        cells = dict(head) if number == 0 else {"Email": order.email}
        cells |= {
            "Name": order.name, "Created at": _shop_time(order.created_at), "Lineitem quantity": str(line.quantity),
            "Lineitem name": line.name, "Lineitem price": f"{line.price:.2f}", "Lineitem sku": line.sku,
            "Lineitem requires shipping": "true", "Lineitem taxable": "true", "Vendor": "云梯",
            "Lineitem fulfillment status": "fulfilled", "Lineitem discount": "0.00",
        }  # fmt: skip
        rows.append([cells.get(column, "") for column in ORDERS_HEADER])
    return rows


def listed_deals(deals: list[Deal], month: str) -> list[Deal]:
    """The deals of a month's list view, newest first: created before its end, not closed before its start."""
    first, after = month_bounds(month)
    start = dt.datetime.combine(first, dt.time(0), tzinfo=SHANGHAI)
    end = dt.datetime.combine(after, dt.time(0), tzinfo=SHANGHAI)
    return [deal for deal in reversed(deals) if deal.created_at < end and deal.closed_at >= start]


def _write_deals(folder: Path, deals: list[Deal], month: str, taken: dt.date) -> None:
    """Deals that are open at the export or were closed in its month or after, newest first."""
    at = dt.datetime.combine(month_bounds(month)[1], dt.time(0), tzinfo=SHANGHAI)
    comma = month == "2025-09"  # somebody's German-language HubSpot
    rows = [_deal_row(deal, at, comma) for deal in listed_deals(deals, month)]
    if month == BROKEN_DEALS_MONTH:
        rows[4:4] = [list(row) for row in BROKEN_DEALS]
    delimiter = ";" if comma else ","
    encoding = "utf-8-sig"  # HubSpot's exports begin with a byte order mark
    write_text(
        folder / f"hubspot-crm-exports-all-deals-{taken}.csv",
        csv_text(DEALS_HEADER, rows, delimiter=delimiter),
        encoding=encoding,
    )


def _deal_row(deal: Deal, at: dt.datetime, comma: bool) -> list[str]:
    is_closed = deal.closed_at < at
    stage = ("Closed Won" if deal.won else "Closed Lost") if is_closed else "Proposal Sent"
    amount = f"{deal.amount:.2f}"
    shown = _decimal_comma(deal.amount) if comma else amount
    return [
        str(deal.record_id), deal.name, stage, f"{deal.closed_at:%Y-%m-%d %H:%M}", deal.owner, shown, "企业版",
        f"{deal.created_at:%Y-%m-%d %H:%M}", f"{min(deal.closed_at, at):%Y-%m-%d %H:%M}", "演示公司", deal.source,
    ]  # fmt: skip


def _decimal_comma(amount: Decimal) -> str:
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def _lead_row(lead: Lead) -> list[str]:
    stamp = lead.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    tags = [tag.upper() for tag in lead.utm] if lead.shouted else list(lead.utm)
    won = lead.converted_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if lead.converted_at else ""
    return [lead.lead_id, stamp, lead.email, *tags, lead.owner, lead.status, won, *lead.fields]


def _write_web(path: Path, days: list[WebDay], month: str) -> None:
    first, after = month_bounds(month)
    last = after - dt.timedelta(days=1)
    comments = (
        "# ----------------------------------------\n# Traffic acquisition\n# Account: 云梯\n# Property: 官网\n"
        "# ----------------------------------------\n#\n# All Users\n"
        f"# Start date: {first:%Y%m%d}\n# End date: {last:%Y%m%d}\n"
    )
    rows = [[f"{day.day:%Y%m%d}", *day.utm, str(day.sessions)] for day in days]
    write_text(path, comments + csv_text(WEB_HEADER, rows))


def _write_ads(path: Path, days: list[AdDay]) -> None:
    rows = [
        [
            day.campaign, "默认", "素材 A", f"{day.spend:.2f}", str(day.impressions), str(day.reach), str(day.clicks),
            str(day.results), "actions:lead", day.day.isoformat(), day.day.isoformat(),
        ]
        for day in days
    ]  # fmt: skip
    total = sum((day.spend for day in days), Decimal(0))
    sums = [sum(getattr(day, name) for day in days) for name in ("impressions", "reach", "clicks", "results")]
    rows.append(["Total", "", "", f"{total:.2f}", *map(str, sums), "", "", ""])
    write_text(path, csv_text(AD_HEADER, rows))
