"""Every other source: its true header, what is pseudonymised, what is dropped."""

from __future__ import annotations

import pytest
from landing_builders import Home, account, to_csv

from pipelines.company.keys import Pseudonymiser

SHOPIFY = [
    "Name",
    "Email",
    "Financial Status",
    "Paid at",
    "Fulfillment Status",
    "Fulfilled at",
    "Accepts Marketing",
    "Currency",
    "Subtotal",
    "Shipping",
    "Taxes",
    "Total",
    "Discount Code",
    "Discount Amount",
    "Shipping Method",
    "Created at",
    "Lineitem quantity",
    "Lineitem name",
    "Lineitem price",
    "Lineitem compare at price",
    "Lineitem sku",
    "Lineitem requires shipping",
    "Lineitem taxable",
    "Lineitem fulfillment status",
    "Billing Name",
    "Billing Street",
    "Billing Address1",
    "Billing Address2",
    "Billing Company",
    "Billing City",
    "Billing Zip",
    "Billing Province",
    "Billing Country",
    "Billing Phone",
    "Shipping Name",
    "Shipping Street",
    "Shipping Address1",
    "Shipping Address2",
    "Shipping Company",
    "Shipping City",
    "Shipping Zip",
    "Shipping Province",
    "Shipping Country",
    "Shipping Phone",
    "Notes",
    "Note Attributes",
    "Cancelled at",
    "Payment Method",
    "Payment Reference",
    "Refunded Amount",
    "Vendor",
    "Outstanding Balance",
    "Employee",
    "Location",
    "Device ID",
    "Id",
    "Tags",
    "Risk Level",
    "Source",
    "Lineitem discount",
    "Tax 1 Name",
    "Tax 1 Value",
    "Tax 2 Name",
    "Tax 2 Value",
    "Tax 3 Name",
    "Tax 3 Value",
    "Tax 4 Name",
    "Tax 4 Value",
    "Tax 5 Name",
    "Tax 5 Value",
    "Phone",
    "Receipt Number",
    "Duties",
    "Billing Province Name",
    "Shipping Province Name",
]


def row_of(header: list[str], **values: str) -> list[str]:
    known = {name.replace(" ", "_").casefold(): name for name in header}
    filled = {known[key]: value for key, value in values.items()}
    return [filled.get(name, "") for name in header]


def test_shopify_orders(home: Home) -> None:
    first = row_of(
        SHOPIFY,
        name="#1001",
        email="Ann@Example.org",
        financial_status="paid",
        currency="EUR",
        total="125.50",
        created_at="2026-10-01 10:00:00 +0200",
        lineitem_quantity="1",
        lineitem_price="100",
        id="5123456789012",
        billing_name="Ann Other",
        notes="call me",
        employee="Bob",
        discount_code="\u00a0ACME10 ",  # the models compare codes as they are landed
    )
    second = row_of(SHOPIFY, name="#1001", lineitem_quantity="2", lineitem_price="12.75")
    home.put("shopify/orders_export_2026-11-01.csv", to_csv([SHOPIFY, first, second]))
    record = home.only()
    assert (record.spec_id, record.subject_id, record.exported_at) == (
        "shopify_orders",
        "shop_de",
        "2026-11-01T00:00:00",
    )
    assert record.unknown_columns == []
    top, line = home.table(record).to_pylist()
    key = Pseudonymiser.from_home(home.path)
    assert (top["email"], top["employee"]) == (key.customer("ann@example.org"), key.actor("pos", "Bob"))
    assert (top["total"], top["created_at"], top["order_id"], top["_tz"]) == (
        "125.5",
        "2026-10-01 10:00:00+0200",
        "5123456789012",
        "Europe/Berlin",
    )
    assert top["discount_code"] == "ACME10"
    assert (line["total"], line["lineitem_quantity"], line["created_at"]) == (None, "2", None)
    written = b"".join(home.published().values())
    for private in (b"Ann Other", b"call me", b"Example.org", b"Bob"):
        assert private not in written


def test_hubspot_deals_with_units_and_semicolons(home: Home) -> None:
    header = [
        "Record ID",
        "Deal Name",
        "Deal Stage",
        "Close Date",
        "Deal Owner",
        "Amount",
        "Pipeline",
        "Create Date",
        "Last Activity Date",
        "Associated Company",
    ]
    row = [
        "123456789",
        "Big deal",
        "Closed won",
        "2026-10-05 14:30",
        "Ann Agent",
        "$125,000",
        "Sales",
        "2026-09-01 08:00",
        "",
        "X",
    ]
    home.put("hubspot/hubspot-crm-exports-all-deals-2026-11-02.csv", "\ufeff" + to_csv([header, row], ";"))
    record = home.only()
    landed = home.table(record).to_pylist()[0]
    assert record.exported_at == "2026-11-02T00:00:00"
    assert (landed["amount"], landed["close_date"]) == ("125000", "2026-10-05 14:30:00")
    assert landed["deal_owner"] == Pseudonymiser.from_home(home.path).actor("hubspot", "ann agent")
    assert record.months == ["2026-09", "2026-10"]


@pytest.mark.parametrize(("unit", "value"), [("min", "90"), ("hrs", "5400"), ("days", "129600"), ("小时", "5400")])
def test_zendesk_durations_take_their_unit_from_the_header(home: Home, unit: str, value: str) -> None:
    header = [
        "Ticket ID",
        "Ticket created - Date",
        "Assignee name",
        "Ticket group",
        "Ticket status",
        f"First reply time ({unit})",
        "Full resolution time (hrs)",
        "Ticket satisfaction rating",
    ]
    row = ["1", "2026-10-01", "Ann", "Support", "Solved", "90", "1.25", "Good"]
    home.put("zendesk/tickets.csv", to_csv([header, row]))
    landed = home.table(home.only()).to_pylist()[0]
    assert (landed["first_reply_minutes"], landed["full_resolution_minutes"]) == (value, "75")


def test_a_duration_without_a_unit_is_not_guessed(home: Home) -> None:
    header = ["Ticket ID", "Ticket created", "Assignee name", "Ticket status", "First reply time"]
    home.put("zendesk/tickets.csv", to_csv([header, ["1", "2026-10-01", "Ann", "Solved", "90"]]))
    assert "zendesk_tickets, which misses first_reply_minutes" in home.only().reason


@pytest.mark.parametrize(
    ("head", "currency"), [("Amount spent (EUR)", "EUR"), ("花费金额 (CNY)", "CNY"), ("Amount spent", None)]
)
def test_ad_spend_takes_its_currency_from_the_header(home: Home, head: str, currency: str | None) -> None:
    header = [
        "Campaign name",
        head,
        "Impressions",
        "Reach",
        "Link clicks",
        "Results",
        "Reporting starts",
        "Reporting ends",
    ]
    row = ["Autumn", "1,234.56", "1000", "800", "12", "3", "2026-10-01", "2026-10-01"]
    home.put("ads/a.csv", to_csv([header, row]).encode("utf-16"))
    landed = home.table(home.only()).to_pylist()[0]
    assert (landed["spend"], landed["currency"], landed["day"]) == ("1234.56", currency, "2026-10-01")


@pytest.mark.parametrize(
    ("label", "header", "row", "spec_id", "expected"),
    [
        (
            "crm/groups.csv",
            "日期,群ID,群主,群成员总数,发言人数,群聊消息总数,入群人数,退群人数",
            "2026-10-01,G1,Ann,500,80,900,10,3",
            "community_group_daily",
            {"group_id": "G1", "members_total": "500", "messages": "900", "members_left": "3"},
        ),
        (
            "forms/leads.csv",
            "Lead ID,Created at,Email,UTM Source,UTM Medium,UTM Campaign,UTM Content,Owner,Status",
            "L1,2026-10-01 09:00:00,a@b.c,x,social,autumn,ann,Ann,new",
            "leads",
            {"utm_source": "x", "status": "new"},
        ),
        (
            "web/traffic.csv",
            "# Traffic acquisition\n# Start date: 20261001\nDate,Session source,Session medium,Sessions",
            "20261001,x,social,42",
            "web_traffic",
            {"day": "2026-10-01", "sessions": "42", "utm_content": None},
        ),
        (
            "cms/log.csv",
            "Post ID,Published at,Author,Is original,Format",
            "1973000000000000123,2026-10-01 10:00:00,Ann,yes,video",
            "content_log",
            {"post_id": "1973000000000000123", "is_original": "true", "format": "video"},
        ),
        (
            "risk/incidents.csv",
            "Incident ID,Occurred at,Kind,Severity,Account,Responsible,Responded at,Resolved at",
            "I1,2026-10-01 10:00:00,policy,high,acme_x,Ann,2026-10-01 10:30:00,",
            "incidents",
            {"kind": "policy", "resolved_at": None},
        ),
        (
            "x/followers.csv",
            "date,account,followers",
            '2026-10-01,acme_x,"12,345"',
            "account_followers",
            {"followers": "12345"},
        ),
    ],
)
def test_generic_templates(
    home: Home, label: str, header: str, row: str, spec_id: str, expected: dict[str, str | None]
) -> None:
    home.put(label, f"{header}\n{row}\n")
    record = home.only()
    assert (record.spec_id, record.broken_rows) == (spec_id, 0)
    landed = home.table(record).to_pylist()[0]
    assert {name: landed[name] for name in expected} == expected


def test_a_duplicate_header_that_is_not_used_harms_nothing(home: Home) -> None:
    home.put(
        "tickets/a.csv", "Case ID,Activity,Resource,Complete Timestamp,Variant,Variant\nC1,Wait,A,2026-10-01,1,1\n"
    )
    assert home.only().rows == 1


def test_times_without_offset_take_the_zone_of_source_then_account_then_company(home: Home) -> None:
    from pipelines.company.settings import SourceOverride

    home.accounts = (account("desk", "tickets", timezone="Europe/Berlin"),)
    home.put("tickets/a.csv", "Case ID,Activity,Resource,Complete Timestamp\nC1,Wait,A,2026-10-31 22:00:00\n")
    record = home.only()
    assert (record.subject_id, home.table(record)["_tz"][0].as_py(), record.months) == (
        "desk",
        "Europe/Berlin",
        ["2026-11"],
    )
    home.sources = {"ticket_events": SourceOverride(timezone="Asia/Shanghai")}
    record = home.only()
    assert (home.table(record)["_tz"][0].as_py(), record.months) == ("Asia/Shanghai", ["2026-10"])


def test_snapshot_of_the_company_holds_no_names_and_every_byte(home: Home) -> None:
    import hashlib

    from pipelines.company.loader import load_company
    from pipelines.company.templates import init_company
    from pipelines.landing import snapshot_company

    folder = home.path / "company"
    init_company(folder)
    (folder / "people" / "people.csv").write_text(
        "person_id,name,name_en,email,hired_on,left_on\nann,Ann Other,Ann,ann@example.org,2026-01-01,\n",
        encoding="utf-8",
    )
    company = load_company(folder)
    inputs = snapshot_company(company)
    assert {"company.yaml", "people/people.csv"} <= set(inputs)
    for path, sha256 in inputs.items():
        kept = (folder / "archive" / sha256[:2] / sha256).read_bytes()
        assert kept == (folder / path).read_bytes() and hashlib.sha256(kept).hexdigest() == sha256
    tables = {file.stem: file.read_bytes() for file in (folder / "landing" / "_company").glob("*.parquet")}
    assert {"people", "segments", "settings", "calendar"} <= set(tables)
    assert b"Ann Other" not in b"".join(tables.values())
    assert snapshot_company(company) == inputs
    assert tables == {file.stem: file.read_bytes() for file in (folder / "landing" / "_company").glob("*.parquet")}
