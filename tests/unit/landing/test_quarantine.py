"""Each reason of quarantine, fed the defect it exists for, and each reason for which a row is set aside."""

from __future__ import annotations

import io
import zipfile

import pytest
from landing_builders import (
    CONTENT_HEADER,
    MONTHLY_HEADER,
    MONTHLY_NAME,
    OVERVIEW_HEADER,
    TICKET_HEADER,
    Home,
    content_row,
    monthly_row,
    overview_row,
    to_csv,
)

from pipelines.company.settings import SourceOverride

CRM_HEADER = [
    "opportunity_id",
    "sales_agent",
    "product",
    "account",
    "deal_stage",
    "engage_date",
    "close_date",
    "close_value",
]


def zipped(name: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(name, "x")
    return target.getvalue()


def deal(n: int, closed: str, value: str = "100") -> list[str]:
    return [f"D{n}", "An Agent", "GTX", "Client", "Won", "", closed, value]


CASES: dict[str, tuple[str, str | bytes, str, str]] = {
    "empty": ("x/a.csv", b"", "the file is empty", "export the file again"),
    "blank": ("x/a.csv", b"\n\n  \n", "the file is empty", "export the file again"),
    "header_only": (
        f"x/{MONTHLY_NAME}",
        to_csv([MONTHLY_HEADER]),
        "the file has a header but no rows",
        "check the period chosen in the export",
    ),
    "header_without_line_break": (
        f"x/{MONTHLY_NAME}",
        to_csv([MONTHLY_HEADER]).strip(),
        "the file has a header but no rows",
        "check the period",
    ),
    "no_table": ("x/a.csv", "just a letter\nof two lines\n", "no header row was found", "keep the header row"),
    "wrong_header": (
        "x/a.csv",
        to_csv([["Date", "Impressions", "New follows", "Mood"], ["2026-10-01", "1", "2", "fine"]]),
        "the nearest is x_account_daily, which misses unfollows; headers not known: Mood",
        "sources.x_account_daily.aliases in company.yaml",
    ),
    "several_tables": (
        "web/a.csv",
        (
            "# Traffic acquisition\nDate,Session source / medium,Sessions\n20261001,x / social,3\n"
            "# Traffic acquisition\nDate,Session source / medium,Sessions\n20261002,x / social,4\n"
        ),
        "the file holds several tables with the same header",
        "export each comparison or segment into a file of its own",
    ),
    "column_twice": (
        "x/acme_x/a.csv",
        to_csv([[*OVERVIEW_HEADER, "Likes"], [*overview_row("2026-10-01"), "9"]]),
        "two headers name the same column: likes",
        "remove or rename one of them",
    ),
    "archive_format": ("x/a.zip", zipped("a.csv"), "the file is a ZIP archive", "unpack it"),
    "unreadable_workbook": ("x/a.xlsx", zipped("xl/nothing"), "the workbook cannot be opened", "export the file again"),
    "encoding": (
        "x/a.csv",
        to_csv([MONTHLY_HEADER, monthly_row(0, text="Größe für Köln, é è à")]).encode("cp1252"),
        "the text is neither UTF-8, UTF-16 nor GB18030",
        "save the export as UTF-8 CSV or as XLSX",
    ),
    "all_rows_broken": (
        f"x/{MONTHLY_NAME}",
        to_csv([MONTHLY_HEADER, monthly_row(0, impressions="many")]),
        "none of the 1 rows could be read; the first: row 2, column impressions: the value is not a number",
        "write plain digits",
    ),
    "mixed_decimals": (
        "crm/a.csv",
        to_csv([CRM_HEADER, deal(1, "2026-10-01", "1,5"), deal(2, "2026-10-01", "1.5")], ";"),
        "numbers with a decimal comma and with a decimal point stand in the same file (column amount)",
        "one regional setting",
    ),
    "mixed_dates": (
        "crm/a.csv",
        to_csv([CRM_HEADER, deal(1, "13/10/2026"), deal(2, "10/13/2026")]),
        "days and months change places within the file (column close_date: both parts exceed 12)",
        "one date format",
    ),
    "ambiguous_dates": (
        "crm/a.csv",
        to_csv([CRM_HEADER, deal(1, "03/04/2026")]),
        "it cannot be told whether close_date is written day/month or month/day",
        "state sources.crm_opportunities.dayfirst",
    ),
    "unknown_folder": (
        f"x/nobody/{MONTHLY_NAME}",
        to_csv([MONTHLY_HEADER, monthly_row(0)]),
        "the folder nobody is no account of people/accounts.csv",
        "rename the folder to an account_id of platform x",
    ),
    "unknown_handle": (
        f"x/{MONTHLY_NAME.replace('acme', 'stranger')}",
        to_csv([MONTHLY_HEADER, monthly_row(0)]),
        "the handle in the file name belongs to no account",
        "add the handle to people/accounts.csv",
    ),
    "unknown_link_handle": (
        "x/content.csv",
        to_csv([CONTENT_HEADER, content_row(0, link="https://x.com/stranger/status/1973000000000000123")]),
        "the post links belong to a handle that no account",
        "put the file into exports/x/<account_id>/",
    ),
    "several_handles": (
        "x/content.csv",
        to_csv([CONTENT_HEADER, content_row(0), content_row(1, link="https://x.com/other/status/1973000000000000124")]),
        "the post links belong to several accounts",
        "export each account on its own",
    ),
    "subject_conflict": (
        f"x/other_x/{MONTHLY_NAME}",
        to_csv([MONTHLY_HEADER, monthly_row(0)]),
        "the folder says account other_x but the file name says account acme_x",
        "move the file to the folder of the account",
    ),
    "unknown_subject": (
        "x/account_overview_analytics.csv",
        to_csv([OVERVIEW_HEADER, overview_row("2026-10-01")]),
        "it cannot be told which account the file belongs to: 2 accounts of platform x",
        "put the file into exports/x/<account_id>/",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_quarantine_names_the_reason_and_the_mend(home: Home, case: str) -> None:
    label, content, problem, mend = CASES[case]
    home.put(label, content)
    record = home.only()
    assert record.status == "quarantined"
    assert problem in record.reason
    assert mend in record.mend
    (told,) = (home.path / "quarantine").glob("*.json")
    assert record.reason in told.read_text(encoding="utf-8")
    assert (home.path / "archive" / record.sha256[:2] / record.sha256).exists()


def test_every_file_reason_is_fed_its_defect() -> None:
    from pipelines.landing.reasons import _FILE_REASONS

    elsewhere = {"ambiguous_header", "unclosed_quote"}
    assert set(_FILE_REASONS) - elsewhere == set(CASES) - {"blank", "header_without_line_break"}


def test_a_header_that_fits_two_sources_is_not_guessed(home: Home) -> None:
    # a company's aliases make two sources equally right
    followers = SourceOverride(aliases={"day": ("d",), "account": ("g",), "followers": ("m",)})
    traffic = SourceOverride(aliases={"day": ("d",), "utm_source": ("g",), "sessions": ("m",)})
    home.sources = {"account_followers": followers, "web_traffic": traffic}
    home.put("any/a.csv", "d,g,m\n2026-10-01,a,1\n")
    assert home.only().reason == "the header fits several sources equally well: account_followers, web_traffic"


def test_a_quotation_mark_that_swallows_the_file(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.landing.table._BLOCK_MB", 1)
    rows = "".join(f"Case {n},Wait,Agent,2026-10-01 00:00:00\n" for n in range(60_000))
    home.put("tickets/a.csv", ",".join(TICKET_HEADER) + '\nCase 0,"Wait,Agent,2026-10-01 00:00:00\n' + rows)
    assert "a quotation mark opens at row 2 and is not closed within 1 MB" in home.only().reason


def test_mended_by_the_company_file_at_the_next_ingest(home: Home) -> None:
    label, content, _, _ = CASES["ambiguous_dates"]
    home.put(label, content)
    assert home.only().status == "quarantined"
    home.sources = {"crm_opportunities": SourceOverride(dayfirst=True)}
    record = home.only()
    assert home.table(record)["close_date"].to_pylist() == ["2026-04-03"]
    assert not list((home.path / "quarantine").glob("*.json"))


def test_aliases_of_the_company_are_understood(home: Home) -> None:
    home.put("x/acme_x/a.csv", to_csv([["Date", "Impressions", "New follows", "Lost"], ["2026-10-01", "1", "2", "3"]]))
    assert home.only().reason_code == "wrong_header"
    home.sources = {"x_account_daily": SourceOverride(aliases={"unfollows": ("Lost",)})}
    assert home.table(home.only())["unfollows"].to_pylist() == ["3"]


def test_a_replaced_file_leaves_quarantine(home: Home) -> None:
    path = home.put(f"x/{MONTHLY_NAME}", b"")
    assert home.ingest().quarantined == 1
    path.write_text(to_csv([MONTHLY_HEADER, monthly_row(0)]), encoding="utf-8")
    report = home.ingest()
    assert (report.quarantined, report.landed) == (0, 1)
    assert not list((home.path / "quarantine").glob("*.json"))


ROW_CASES: dict[str, tuple[str, str, str]] = {
    "too_few_fields": ("Case 2,Wait\n", "", "the row has 2 fields where the header has 4"),
    "too_many_fields": (
        "Case 2,Wait,Agent,2026-10-01 00:00:00,more\n",
        "",
        "the row has 5 fields where the header has 4",
    ),
    "unclosed_quote": (
        '"Case 2,Wait,Agent,2026-10-01 00:00:00\nCase 3,Wait,"Agent",2026-10-01 00:00:00\n',
        "",
        "a quotation mark opens here and is closed 1 lines later",
    ),
    "missing": (",Wait,Agent,2026-10-01 00:00:00\n", "Case ID", "the value is missing"),
    "not_date": ("Case 2,Wait,Agent,yesterday\n", "Complete Timestamp", "the value is not a date that is understood"),
    "no_such_day": ("Case 2,Wait,Agent,2026-02-30 00:00:00\n", "Complete Timestamp", "the value is not a date"),
    "no_such_hour": ("Case 2,Wait,Agent,2026-02-20 25:00:00\n", "Complete Timestamp", "the value is not a date"),
    "excel_serial": ("Case 2,Wait,Agent,46024\n", "Complete Timestamp", "the value is not a date"),
}


@pytest.mark.parametrize("case", ROW_CASES)
def test_a_broken_row_is_set_aside_and_the_rest_goes_on(home: Home, case: str) -> None:
    defect, column, problem = ROW_CASES[case]
    good = "Case 1,Wait,Agent,2026-10-01 00:00:00\n"
    home.put("tickets/a.csv", ",".join(TICKET_HEADER) + "\n" + good + defect + good.replace("1,", "9,", 1))
    record = home.only()
    assert home.table(record)["ticket_id"].to_pylist() == ["Case 1", "Case 9"]
    (broken,) = home.broken(record)
    assert (broken["row"], broken["column"], record.broken_rows) == ("3", column, 1)
    assert problem in broken["reason"]
    assert broken["raw"].strip() and broken["mend"]


def test_row_numbers_go_on_after_a_broken_row(home: Home) -> None:
    rows = [
        "Case 1,Wait,A,2026-10-01 00:00:00",
        "Case 2",
        "",
        '"Case\n3",Wait,A,2026-10-01 00:00:00',
        "Case 4,Wait,A,2026-10-01 00:00:00",
    ]
    home.put("tickets/a.csv", "\n".join([",".join(TICKET_HEADER), *rows, ""]))
    assert home.table(home.only())["_row_no"].to_pylist() == [2, 5, 6]


@pytest.mark.parametrize(
    "cut",
    [
        "Case 2,Wait,Ag",
        'Case 2,Wait,Agent,"2026-10-01 00:00:00',
        'Case 2,Wait,Agent,"2026-10-01 00:00:00\n',
        'Case 2,"Wait',
    ],
)
def test_a_truncated_file_loses_its_last_row_with_a_message(home: Home, cut: str) -> None:
    home.put("tickets/a.csv", ",".join(TICKET_HEADER) + "\nCase 1,Wait,Agent,2026-10-01 00:00:00\n" + cut)
    record = home.only()
    (broken,) = home.broken(record)
    assert home.table(record)["ticket_id"].to_pylist() == ["Case 1"]
    assert record.cut_off
    assert (broken["row"], broken["reason"]) == ("3", "the last row is cut off: the file seems truncated")


def test_a_file_cut_within_a_character(home: Home) -> None:
    text = to_csv([TICKET_HEADER, ["Case 1", "Wait", "A", "2026-10-01"], ["Case 2", "Wait", "张三", "2026-10-01"]])
    cut = text.encode()[: text.encode().index("三".encode()) + 1]
    home.put("tickets/a.csv", cut)
    record = home.only()
    assert home.broken(record)[0]["reason"].startswith("the last row is cut off")


def test_a_last_row_without_line_break_is_whole(home: Home) -> None:
    home.put("tickets/a.csv", to_csv([TICKET_HEADER, ["Case 1", "Wait", 'say "hi"', "2026-10-01"]]).strip())
    record = home.only()
    assert (record.rows, record.broken_rows) == (1, 0)


def test_a_bad_value_in_an_optional_column_is_not_dropped_unseen(home: Home) -> None:
    rows = [overview_row("2026-10-01"), overview_row("2026-10-02")]
    rows[1][4] = "1.2K"
    home.put("x/acme_x/account_overview_analytics.csv", to_csv([OVERVIEW_HEADER, *rows]))
    record = home.only()
    (broken,) = home.broken(record)
    assert (record.rows, broken["column"], broken["reason"]) == (1, "Bookmarks", "the value is not a number")


def test_many_broken_rows_are_all_counted_and_listed_up_to_a_bound(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.landing.table.KEPT_BROKEN", 3)
    monkeypatch.setattr("pipelines.landing.file_reader.KEPT_BROKEN", 3)
    rows = ["Case 1,Wait,A,2026-10-01", *(["Case 2,Wait"] * 5), *(["Case 3,Wait,A,never"] * 5), "Case 4,Wa"]
    home.put("tickets/a.csv", "\n".join([",".join(TICKET_HEADER), *rows]))
    record = home.only()
    listed = home.broken(record)
    assert (record.rows, record.broken_rows) == (1, 11)
    assert [row["row"] for row in listed] == ["3", "4", "8", "9", "10", "13"]
    assert listed[-1]["reason"].startswith("the last row is cut off")
