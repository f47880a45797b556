"""The same export in another encoding, delimiter or regional setting is the same content, byte for byte."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from landing_builders import (
    CONTENT_HEADER,
    FIRST_ID,
    MONTHLY_HEADER,
    MONTHLY_NAME,
    OVERVIEW_HEADER,
    TICKET_HEADER,
    Home,
    content_row,
    keyed_home,
    monthly_row,
    overview_row,
    to_csv,
)

from pipelines.landing.table import cell_text

TEXTS = ["plain", 'with "quotes", commas; and semicolons', "two\nlines", "张三：你好，世界", "emoji 🎉", "@reply ^JD"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]


def monthly(texts: Sequence[str] = TEXTS) -> list[list[str]]:
    return [MONTHLY_HEADER, *(monthly_row(n, text=text) for n, text in enumerate(texts))]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The export as X writes it, landed."""
    home = keyed_home(tmp_path_factory.mktemp("plain"))
    home.put(f"x/{MONTHLY_NAME}", to_csv(monthly()))
    assert home.only().rows == len(TEXTS)
    return home


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encoding_and_delimiter_change_no_byte(
    plain: Home, make_home: Callable[[str], Home], encoding: str, delimiter: str, newline: str
) -> None:
    other = make_home("other")
    mark = "sep=" + delimiter + newline if encoding == "utf-16" else ""
    bom = {"utf-16": ""}.get(encoding, "")
    text = bom + mark + to_csv(monthly(), delimiter, newline)
    if newline == "\r\n":
        text = text.replace("two\nlines", "two\r\nlines")
    other.put(f"x/{MONTHLY_NAME}", text.encode(encoding))
    assert other.only().rows == len(TEXTS)
    assert plain.published() == other.published()


text_values = st.text(
    st.characters(codec="gb18030", exclude_categories=("Cs", "Cc"), include_characters="\n,;\"'\t^@#-"), max_size=30
)


@settings(max_examples=10)
@given(texts=st.lists(text_values, min_size=1, max_size=6))
def test_any_text_survives_any_encoding(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    home = Home(tmp_path_factory.mktemp("home"))
    for encoding in ("utf-8", "utf-16", "utf-8-sig"):
        home.put(f"x/_{encoding}/{MONTHLY_NAME}", to_csv(monthly(texts)).encode(encoding))
    records = home.ingest().records
    assert [(record.rows, record.broken_rows) for record in records] == [(len(texts), 0)] * 3
    assert len({record.content_id for record in records}) == 1


CRM = ["opportunity_id", "sales_agent", "product", "account", "deal_stage", "engage_date", "close_date", "close_value"]


def crm_rows(amounts: Sequence[str], dates: Sequence[str]) -> list[list[str]]:
    pairs = enumerate(zip(amounts, dates, strict=True))
    return [CRM, *([f"D{n}", "Ann", "GTX", "Client", "Won", "", day, amount] for n, (amount, day) in pairs)]


def test_regional_settings_mean_the_same(make_home: Callable[[str], Home]) -> None:
    english = crm_rows(["1,234.50", "$99", "0.5", "1000"], ["10/13/2026", "3/1/2026", "10/14/2026", "12/31/2026"])
    german = crm_rows(["1.234,50", "99 €", "0,5", "1.000"], ["13.10.2026", "1.3.2026", "14.10.2026", "31.12.2026"])
    french = crm_rows(["1 234,50", "99", "0,50", "1 000"], ["13/10/2026", "01/03/2026", "14/10/2026", "31/12/2026"])
    chinese = crm_rows(["1234.5", "￥99", "0.50", "1000.00"], ["2026年10月13日", "2026/3/1", "20261014", "2026-12-31"])
    published = []
    for name, rows, delimiter in (
        ("en", english, ","),
        ("de", german, ";"),
        ("fr", french, ";"),
        ("zh", chinese, "\t"),
    ):
        home = make_home(name)
        home.put("crm/deals.csv", to_csv(rows, delimiter))
        record = home.only()
        assert home.table(record)["amount"].to_pylist() == ["1234.5", "99", "0.5", "1000"]
        assert home.table(record)["close_date"].to_pylist()[:2] == ["2026-10-13", "2026-03-01"]
        published.append(home.published())
    assert all(files == published[0] for files in published)


@pytest.mark.parametrize(
    ("given_stamp", "landed"),
    [
        ("2026-10-03 12:00 +0800", "2026-10-03 12:00:00+0800"),
        ("2026-10-03T12:00:00Z", "2026-10-03 12:00:00+0000"),
        ("2026-10-03T12:00:00.250+08:00", "2026-10-03 12:00:00.25+0800"),
        ("2026-10-03 12:00:00 UTC", "2026-10-03 12:00:00+0000"),
        ("2026/10/03 14:50:17.000", "2026-10-03 14:50:17"),
        ("2026-10-03 9:05", "2026-10-03 09:05:00"),
        ("10/13/2026 1:05 PM", "2026-10-13 13:05:00"),
        ("10/13/2026 12:05 AM", "2026-10-13 00:05:00"),
        ("Oct 3, 2026 12:00:00", "2026-10-03 12:00:00"),
        ("2026-10-03", "2026-10-03"),
        ("20261003", "2026-10-03"),
        ("2026年10月3日 08:00", "2026-10-03 08:00:00"),
    ],
)
def test_timestamps_keep_the_offset_that_was_stated(home: Home, given_stamp: str, landed: str) -> None:
    home.put("tickets/a.csv", to_csv([TICKET_HEADER, ["Case 1", "Wait", "A", given_stamp]]))
    assert home.table(home.only())["occurred_at"].to_pylist() == [landed]


amounts = st.decimals(min_value=Decimal("-1e9"), max_value=Decimal("1e9"), places=2)


@settings(max_examples=10)
@given(values=st.lists(amounts, min_size=1, max_size=40))
def test_numbers_are_exact_in_either_setting(tmp_path_factory: pytest.TempPathFactory, values: list[Decimal]) -> None:
    home = Home(tmp_path_factory.mktemp("home"))
    english = [f"{value:,.2f}" for value in values]
    german = [text.translate(str.maketrans(",.", ".,")) for text in english]
    for name, texts, delimiter in (("en", english, ","), ("de", german, ";")):
        home.put(f"crm/{name}.csv", to_csv(crm_rows(texts, ["2026-10-01"] * len(texts)), delimiter))
    records = home.ingest().records
    assert len({record.content_id for record in records}) == 1
    landed = home.table(records[0])["amount"].to_pylist()
    assert [Decimal(text) for text in landed] == values
    assert all("e" not in text and not text.endswith(".") and text != "-0" for text in landed)


@pytest.mark.parametrize(
    ("delimiter", "texts", "landed"),
    [
        (";", ["$125,000"], ["125000"]),
        (";", ["2.345", "7"], ["2345", "7"]),
        (";", ["2.345", "7,5"], ["2345", "7.5"]),
        (";", ["2.34"], ["2.34"]),
        (";", ["2,34"], ["2.34"]),
        (";", ["0,345"], ["0.345"]),
        (",", ["2.345"], ["2.345"]),
        (",", ["1,234"], ["1234"]),
        (",", ["7,5"], ["7.5"]),
        (",", ["(1,234.50)"], ["-1234.5"]),
        (",", ["007", "-0.00", "+5", ".5", "1e3"], ["7", "0", "5", "0.5", "1000"]),
        (",", ["12.5%"], ["0.125"]),
        (",", ["USD 12", "12 EUR", "￥5", "-$3", "$-4", "−6"], ["12", "12", "5", "-3", "-4", "-6"]),
    ],
)
def test_the_mark_of_decimals_is_told_from_the_whole_file(
    home: Home, delimiter: str, texts: list[str], landed: list[str]
) -> None:
    home.put("crm/deals.csv", to_csv(crm_rows(texts, ["2026-10-01"] * len(texts)), delimiter))
    assert home.table(home.only())["amount"].to_pylist() == landed


@pytest.mark.parametrize("text", ["1,2,3", "12,34.5", "1.2.3", "abc", "1.2K", "$", "%", "--5", "1-2", "12 34"])
def test_what_is_no_number_breaks_its_row(home: Home, text: str) -> None:
    home.put("crm/deals.csv", to_csv(crm_rows(["1.5", text], ["2026-10-01"] * 2)))
    record = home.only()
    assert [row["value"] for row in home.broken(record)] == [text]


def test_title_comment_blank_and_total_rows_are_no_records(home: Home) -> None:
    rows = [
        ["Overview of our account"],
        ["# Start date: 20261001"],
        [],
        OVERVIEW_HEADER,
        overview_row("2026-10-01", "5"),
        ["# comment in between"],
        [],
        OVERVIEW_HEADER,
        overview_row("2026-10-02", "7"),
        ["", *([""] * 13)],
        ["Total", "12", *(["0"] * 12)],
        ["合计", "12"],
    ]
    home.put("x/acme_x/account_overview_analytics.csv", to_csv(rows))
    record = home.only()
    table = home.table(record)
    assert table["impressions"].to_pylist() == ["5", "7"]
    assert table["_row_no"].to_pylist() == [5, 9]
    assert (record.removed_totals, record.repeated_headers, record.broken_rows) == (2, 1, 0)


@pytest.mark.parametrize("word", ["Total", "Grand total", "合计", "总计", "合計", "TOTAL ", "Gesamt"])
def test_a_total_row_is_counted_never_summed(home: Home, word: str) -> None:
    rows = [OVERVIEW_HEADER, overview_row("2026-10-01", "5"), [word, "5", *(["0"] * 12)]]
    home.put("x/acme_x/account_overview_analytics.csv", to_csv(rows))
    record = home.only()
    assert (record.rows, record.removed_totals) == (1, 1)


def test_localised_headers(home: Home) -> None:
    chinese = "日期,曝光量,点赞,互动,书签,分享,新增关注,取消关注,回复,转推,主页访问,创建帖子,视频观看,媒体观看"
    japanese = "日付,インプレッション,いいね,エンゲージメント,ブックマーク,共有,新しいフォロー,フォロー解除"
    home.put("x/acme_x/zh.csv", (chinese + "\n" + ",".join(overview_row("2026-10-01")) + "\n").encode("gb18030"))
    home.put("x/acme_x/ja.csv", japanese + "\n" + ",".join(overview_row("2026-10-02")[:8]) + "\n")
    records = home.ingest().records
    assert [record.spec_id for record in records] == ["x_account_daily"] * 2
    assert [home.table(record)["unfollows"].to_pylist() for record in records] == [["1"], ["1"]]


def workbook(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(r, c, value, day)
                else:
                    sheet.write(r, c, value)
    book.close()
    return target.getvalue()


def test_workbook_is_the_same_content_as_the_text(make_home: Callable[[str], Home]) -> None:
    csv_home, xlsx_home = make_home("csv"), make_home("xlsx")
    csv_home.put("x/acme_x/account_overview_analytics.csv", to_csv([OVERVIEW_HEADER, overview_row("2026-10-01", "50")]))
    row = [dt.date(2026, 10, 1), 50, *(float(value) for value in overview_row("x")[2:])]
    xlsx_home.put("x/acme_x/account_overview_analytics.xlsx", workbook({"Sheet1": [OVERVIEW_HEADER, row]}))
    assert csv_home.only().status == xlsx_home.only().status == "landed"
    assert csv_home.published() == xlsx_home.published()


def test_ids_typed_as_numbers_in_a_workbook_come_from_the_link(home: Home) -> None:
    row: list[object] = list(content_row(7))
    row[0], row[1], row[4] = float(FIRST_ID + 7), dt.date(2025, 9, 30), 1234
    unlinked = [*row]
    unlinked[3] = ""
    home.put("x/acme_x/content.xlsx", workbook({"Sheet1": [["Our posts"], CONTENT_HEADER, row, unlinked]}))
    record = home.only()
    assert home.table(record)["post_id"].to_pylist() == [str(FIRST_ID + 7)]
    (broken,) = home.broken(record)
    assert (broken["row"], broken["reason"][:34]) == ("4", "a spreadsheet has rounded the id a")


def test_a_chart_sheet_is_passed_over_and_a_cut_workbook_set_aside(home: Home) -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Data")
    for r, row in enumerate([OVERVIEW_HEADER, overview_row("2026-10-01")]):
        sheet.write_row(r, 0, row)
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Data!$B$2:$B$2"})
    book.add_chartsheet("Chart").set_chart(chart)
    book.close()
    home.put("x/acme_x/whole.xlsx", target.getvalue())
    home.put("x/acme_x/cut.xlsx", target.getvalue()[:2000])
    cut, whole = home.ingest().records
    assert (whole.status, whole.rows) == ("landed", 1)
    assert cut.reason.startswith("the workbook cannot be opened")


def test_each_sheet_of_a_workbook_is_read_for_itself(home: Home) -> None:
    day = [dt.date(2026, 10, 1), *([1] * 13)]
    home.put("x/acme_x/a.xlsx", workbook({"Data": [OVERVIEW_HEADER, day], "Notes": [["some", "notes"]], "Empty": []}))
    report = home.ingest()
    assert [(record.sheet, record.status) for record in report.records] == [
        ("Data", "landed"),
        ("Notes", "quarantined"),
    ]
    assert home.ingest().landed == 1  # the quarantined sheet is tried again, and its file with it


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (2.027324435158704e18, "2.027324435158704e+18"),
        (dt.datetime(2026, 1, 2, 3, 4), "2026-01-02 03:04:00"),
        (dt.datetime(2026, 1, 2), "2026-01-02"),
        (dt.date(2026, 1, 2), "2026-01-02"),
        (True, "true"),
        (None, ""),
        ("text", "text"),
    ],
)
def test_cells_read_as_an_export_would_write_them(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_gb18030_is_not_guessed_for_western_text(tmp_path: Path) -> None:
    from pipelines.landing.reasons import QuarantineError
    from pipelines.landing.sniff import as_utf8

    path = tmp_path / "a.csv"
    path.write_bytes("Müller,Größe,Käse,Ärger,Straße\n".encode("cp1252"))
    with pytest.raises(QuarantineError, match="neither UTF-8, UTF-16 nor GB18030"):
        as_utf8(path, tmp_path)
    path.write_bytes("日期,曝光量,点赞\n".encode("gb18030"))
    assert as_utf8(path, tmp_path).encoding == "gb18030"
