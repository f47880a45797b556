"""Shopify `orders_export.csv`: one row per line item, order values on an order's first row only.

Belongs here: its headers. Names, addresses, phones and notes of customers are recognised and dropped at landing.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

_ADDRESS = (
    "Name",
    "Street",
    "Address1",
    "Address2",
    "Company",
    "City",
    "Zip",
    "Province",
    "Province Name",
    "Country",
    "Phone",
)
_TAXES = tuple(f"Tax {n} {what}" for n in range(1, 6) for what in ("Name", "Value"))

SHOPIFY_ORDERS = SourceSpec(
    id="shopify_orders",
    family="orders",
    platform="shopify",
    grain="one row per line item; order columns are filled on the first row of an order only",
    columns=(
        Column("order_name", ("Name", "订单编号", "订单号", "注文番号"), required=True, key=True, kind="category"),
        Column("order_id", ("Id",), kind="id"),
        Column("email", ("电子邮箱", "邮箱", "メールアドレス", "E-Mail"), kind="category", pseudonymise="customer"),
        Column("financial_status", ("付款状态", "支払い状況"), required=True, kind="category"),
        Column("created_at", ("创建时间", "作成日", "Erstellt am"), required=True, kind="datetime"),
        Column("paid_at", ("付款时间",), kind="datetime"),
        Column("cancelled_at", ("取消时间", "キャンセル日"), kind="datetime"),
        Column("currency", ("货币", "通貨", "Währung"), kind="category"),
        Column("subtotal", ("小计金额", "Zwischensumme"), kind="money"),
        Column("shipping", ("运费", "Versand"), kind="money"),
        Column("taxes", ("税费", "Steuern"), kind="money"),
        Column("total", ("总额", "订单总额", "Gesamtbetrag"), required=True, kind="money"),
        Column("discount_code", ("折扣码", "优惠码", "Rabattcode"), kind="category"),
        Column("discount_amount", ("折扣金额", "优惠金额", "Rabattbetrag"), kind="money"),
        Column("refunded_amount", ("退款金额", "返金額"), kind="money"),
        Column("lineitem_quantity", (), required=True),
        Column("lineitem_name", (), kind="category"),
        Column("lineitem_price", (), kind="money"),
        Column("lineitem_sku", (), kind="category"),
        Column("employee", (), kind="category", pseudonymise="actor:pos"),
        Column("source", ("来源",), kind="category"),
        Column("tags", ("标签",), kind="category"),
        Column("fulfilled_at", ("发货时间", "履行时间", "発送日"), kind="datetime"),
    ),
    ignored=(
        "Fulfillment Status",
        "Accepts Marketing",
        "Shipping Method",
        "Lineitem compare at price",
        "Lineitem requires shipping",
        "Lineitem taxable",
        "Lineitem fulfillment status",
        "Lineitem discount",
        *(f"Billing {part}" for part in _ADDRESS),
        *(f"Shipping {part}" for part in _ADDRESS),
        "Notes",
        "Note Attributes",
        "Payment Method",
        "Payment Reference",
        "Payment References",
        "Payment ID",
        "Payment Terms Name",
        "Next Payment Due At",
        "Vendor",
        "Outstanding Balance",
        "Location",
        "Device ID",
        "Risk Level",
        *_TAXES,
        "Phone",
        "Receipt Number",
        "Duties",
    ),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    subject="account",
    event_columns=("created_at", "cancelled_at"),
    day_columns=("created_at",),
    key_columns=("order_name",),
    measure="total",
    measures=("total", "subtotal"),
)

SPECS = (SHOPIFY_ORDERS,)
