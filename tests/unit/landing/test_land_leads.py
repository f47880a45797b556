"""Marketing sources: true headers, made-up rows, and the file incidents of sources.md section 5 that concern them."""

from __future__ import annotations

import pytest
from landing_builders import Home, to_csv

GA4 = (
    "# ----------------------------------------\n# Traffic acquisition\n# Account: Acme\n# Property: Acme site\n"
    "# ----------------------------------------\n#\n# All Users\n# Start date: 20260501\n# End date: 20260531\n"
    "Date,Session source / medium,Sessions,Engaged sessions,Session key event rate,Key events,Total revenue\n"
    ",,120,60,0.1,3,0,Grand total\n"
    "20260501,t.co / referral,70,30,0.1,2,0\n20260501,(other),50,30,0.1,1,0\n"
)
OTHER_TABLE = "\n# ----------------------------------------\n# Pages\n# Start date: 20260101\nPage path,Views\n/,999\n"
LEADS = ["Lead ID", "Created at", "Email", "UTM source", "Full name", "Phone", "Company", "Converted date"]


def column(home: Home, name: str) -> list[str | None]:
    """Land the one file that is there; a column of it."""
    values: list[str | None] = home.table(home.only()).column(name).to_pylist()
    return values


@pytest.mark.req("000-K15")
def test_incident_16_ga4_comment_lines_several_tables_and_a_grand_total(home: Home) -> None:
    home.put("web/2026-06-02/data-export.csv", GA4 + OTHER_TABLE)
    record = home.only()
    assert (record.spec_id, record.rows, record.broken_rows, record.removed_totals) == ("ga4_traffic", 2, 0, 1)
    assert (record.period_from, record.period_to) == ("2026-05-01", "2026-06-01")
    table = home.table(record)
    assert table.column("day").to_pylist() == ["2026-05-01"] * 2
    assert table.column("source_medium").to_pylist() == ["t.co / referral", "(other)"]
    # `Key events` and `Session key event rate` are two columns, and neither is taken for sessions
    assert table.column("sessions").to_pylist() == ["70", "50"]


def test_ga4_tables_of_one_header_are_not_chosen_between(home: Home) -> None:
    home.put("web/comparison.csv", GA4 + "\n# Mobile users\n" + GA4.split("# End date: 20260531\n")[1])
    record = home.only()
    assert (record.status, record.reason_code) == ("quarantined", "several_tables")


def test_ga4_without_a_day_goes_to_quarantine(home: Home) -> None:
    home.put("web/no_day.csv", "# Start date: 20260501\nSession source / medium,Sessions\nx / cpc,3\nx / social,4\n")
    record = home.only()
    assert record.status == "quarantined"
    assert "day" in record.reason


@pytest.mark.req("004-K4")
def test_incident_19_x_ads_writes_millionths_where_the_header_says_so(home: Home) -> None:
    header = [
        "Time period",
        "Campaign name",
        "Funding source name",
        "Currency",
        "billed_charge_local_micro",
        "Impressions",
    ]
    home.put("x_ads/x.csv", to_csv([header, ["2026-10-01", "launch", "card", "CNY", "12340000", "1,000"]]))
    record = home.only()
    table = home.table(record)
    assert record.spec_id == "x_ads"
    assert table.column("spend_micro").to_pylist() == ["12340000"]
    assert table.column("spend").to_pylist() == [None]


def test_incident_19_the_currency_stands_in_the_header(home: Home) -> None:
    header = ["Nom de la campagne", "Montant dépensé (EUR)", "Impressions", "Clics", "Jour"]
    home.put(
        "ads/fr.csv",
        to_csv([header, ["lancement", "12.50", "900", "11", "2026-10-01"], ["Total", "12.50", "", "", ""]]),
    )
    record = home.only()
    table = home.table(record)
    assert (record.spec_id, record.removed_totals) == ("ad_spend", 1)
    assert table.column("currency").to_pylist() == ["EUR"]
    assert table.column("spend").to_pylist() == ["12.5"]


def test_linkedin_describes_its_report_above_the_header(home: Home) -> None:
    header = [
        "Start Date (in UTC)",
        "Account Name",
        "Currency",
        "Campaign Name",
        "Total Spent",
        "Impressions",
        "Clicks",
    ]
    rows = [["10/3/2026", "Acme", "USD", "b2b", "12.50", "900", "11"]]
    text = '"Campaign Performance Report (in UTC)"\n"Report Start: 10/01/2026"\n\n' + to_csv([header, *rows], "\t")
    home.put("linkedin_ads/report.csv", b"\xff\xfe" + text.encode("utf-16-le"))
    record = home.only()
    table = home.table(record)
    assert (record.spec_id, record.status) == ("linkedin_ads", "landed")
    assert table.column("day").to_pylist() == ["2026-10-03"]
    assert table.column("total_spent").to_pylist() == ["12.5"]


@pytest.mark.req("000-K17")
def test_incident_16_google_play_writes_utf_16(home: Home) -> None:
    header = ["Date", "Package Name", "Daily Device Installs", "Daily User Installs", "Total User Installs"]
    text = to_csv([header, ["2026-10-01", "org.acme", "12", "10", "400"]])
    home.put("apps/installs_org.acme_202610_overview.csv", b"\xff\xfe" + text.encode("utf-16-le"))
    record = home.only()
    assert record.spec_id == "app_installs"
    assert home.table(record).column("installs").to_pylist() == ["10"]


def test_a_partner_names_media_source_and_campaign(home: Home) -> None:
    header = ["Date", "App Name", "Platform", "Media Source (pid)", "Campaign (c)", "Installs"]
    home.put("apps/partners.csv", to_csv([header, ["2026-10-01", "Acme", "ios", "twitter_ads", "launch", "4"]]))
    table = home.table(home.only())
    assert table.column("campaign").to_pylist() == ["launch"]
    assert table.column("media_source").to_pylist() == ["twitter_ads"]


@pytest.mark.req("001-K14")
def test_of_what_a_lead_told_of_itself_landing_keeps_whether_it_is_filled(home: Home) -> None:
    row = ["L1", "2026-10-01T08:00:00Z", "ann@example.org", "x", "Ann Other", "", "-", "2026-10-04T08:00:00Z"]
    home.put("crm/leads.csv", to_csv([LEADS, row]))
    record = home.only()
    table = home.table(record)
    assert table.column("name").to_pylist() == ["true"]
    assert table.column("phone").to_pylist() == table.column("company").to_pylist() == ["false"]
    assert table.column("converted_at").to_pylist() == ["2026-10-04 08:00:00+0000"]
    assert b"Ann" not in b"".join(home.published().values())


def test_a_field_that_the_export_lacks_is_unknown(home: Home) -> None:
    home.put("crm/leads.csv", to_csv([LEADS[:4], ["L1", "2026-10-01T08:00:00Z", "ann@example.org", "x"]]))
    assert column(home, "phone") == [None]


def test_touchpoints_know_their_customer_as_leads_and_orders_do(home: Home) -> None:
    header = ["Contact email", "Event time", "Source", "Medium", "Campaign", "Content"]
    home.put("crm/touch.csv", to_csv([header, ["Ann@Example.org", "2026-10-01T08:00:00Z", "x", "cpc", "a", "b"]]))
    touched = column(home, "customer")
    home.put("crm/leads.csv", to_csv([LEADS[:4], ["L1", "2026-10-01T08:00:00Z", "ann@example.org", "x"]]))
    (lead,) = [record for record in home.ingest().records if record.spec_id == "leads"]
    assert touched == home.table(lead).column("email").to_pylist()


def test_registers_of_interviews_reports_and_funnels(home: Home) -> None:
    files = {
        "interviews": "访谈编号,访谈时间,访谈人,纪要\nU1,2026-10-05 10:00,ann.other,聊了很多\n",
        "report_deliveries": "Report,Due,Delivered,Analyst\nR1,2026-10-31 18:00,,ann.other\n",
        "funnel_reports": "Month,Funnel step,Reported,Analyst\n2026-10-01,leads,120,ann.other\n",
    }
    for name, text in files.items():
        home.put(f"registers/{name}.csv", text)
    records = {record.spec_id: record for record in home.ingest().records}
    assert {name: record.status for name, record in records.items()} == dict.fromkeys(files, "landed")
    assert home.table(records["report_deliveries"]).column("delivered_at").to_pylist() == [None]
    assert "聊了很多".encode() not in b"".join(home.published().values())


def test_incident_17_an_export_that_came_empty(home: Home) -> None:
    home.put("ads/empty.csv", "")
    home.put("web/headers.csv", GA4.split("\n,,120")[0] + "\n")
    assert {record.reason_code for record in home.ingest().records} == {"empty", "header_only"}


def test_incident_17_an_incomplete_zip(home: Home) -> None:
    home.put("ads/insights.zip", b"PK\x03\x04half of an archive")
    assert home.only().reason_code == "unreadable_workbook"
