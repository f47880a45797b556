"""Exports of the WeChat shop and the register of referrals, as their tools write them; what finance states.

Belongs here: their Chinese headers and which months an export lists. Does not belong here: the invention of orders
(`commerce_events`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipelines.demo.commerce_events import CommunityCost, Referral, ShopOrder
from pipelines.demo.deliveries import export_day, order_exports
from pipelines.demo.events import SHANGHAI, local_month
from pipelines.demo.files import csv_text, write_text
from pipelines.demo.roster import MANAGER

ORDERS_HEADER = (
    "订单号", "下单时间", "买家", "收货人", "联系电话", "商品名称", "实付金额", "退款金额", "订单状态", "渠道",
    "推荐人", "优惠码", "完成时间", "标签",
)  # fmt: skip
REFERRALS_HEADER = ("推荐时间", "被推荐人", "推荐人", "活动名称")


def write_shop_orders(exports: Path, orders: list[ShopOrder], months: list[str]) -> None:
    """Write one export a month and shop: its month and the one before, with what was known when it was taken."""
    for shop in sorted({order.account_id for order in orders}):
        for taken, covered in order_exports(months):
            at = dt.datetime.combine(taken, dt.time(9, 30), tzinfo=SHANGHAI)
            listed = [
                order for order in orders if order.account_id == shop and local_month(order.created_at) in covered
            ]
            text = csv_text(ORDERS_HEADER, (_order_row(order, at) for order in reversed(listed)))
            write_text(exports / "shop" / shop / taken.isoformat() / "订单导出.csv", text, encoding="utf-8-sig")


def _order_row(order: ShopOrder, at: dt.datetime) -> list[str]:
    is_done = order.completed_at is not None and order.completed_at <= at
    status = "交易关闭" if order.closed else "交易成功" if is_done else "已发货"
    completed = f"{order.completed_at:%Y-%m-%d %H:%M:%S}" if is_done else ""
    return [
        order.order_no, f"{order.created_at:%Y-%m-%d %H:%M:%S}", order.buyer, "演示买家", "13800000000", "云梯周边",
        f"{order.total:.2f}", f"{order.refunded(at):.2f}", status, order.channel, order.referrer, order.discount_code,
        completed, order.tag,
    ]  # fmt: skip


def write_referrals(exports: Path, referrals: Iterable[Referral], months: list[str]) -> None:
    """Write the register's entries, a file a month of the referral."""
    by_month: dict[str, list[Referral]] = {}
    for referral in referrals:
        by_month.setdefault(local_month(referral.referred_at), []).append(referral)
    for month in months:
        rows = [
            (f"{item.referred_at:%Y-%m-%d %H:%M:%S}", item.customer, item.referrer, "老带新")
            for item in by_month.get(month, [])
        ]
        if rows:
            folder = exports / "referrals" / export_day(month).isoformat()
            write_text(folder / f"referrals_{month}.csv", csv_text(REFERRALS_HEADER, rows))


def write_finance(home: Path, bases: Mapping[str, int], months: Sequence[str]) -> None:
    """Write reviews/finance.csv: what a lead of each channel used to cost, for every year of the company."""
    header = ("period", "kind", "scope", "scope_id", "channel", "amount", "note", "approved_by")
    years = sorted({month[:4] for month in months})
    rows = [
        (year, "cpl_base", "company", "", name, f"{amount:.2f}", "", MANAGER)
        for year in years
        for name, amount in sorted(bases.items())
    ]
    write_text(home / "reviews" / "finance.csv", csv_text(header, rows))


def write_costs(home: Path, costs: Iterable[CommunityCost]) -> None:
    """Write reviews/costs.csv: what no row of an incentive states."""
    header = ("month", "scope", "scope_id", "kind", "amount", "note", "approved_by")
    stated = [cost for cost in costs if not cost.incentive_id]
    rows = ((c.month, c.scope, c.scope_id, c.kind, f"{c.amount:.2f}", "", MANAGER) for c in stated)
    write_text(home / "reviews" / "costs.csv", csv_text(header, rows))
