"""The three X exports, from bytes to Parquet."""

from __future__ import annotations

import datetime as dt
import stat

import pyarrow.parquet as pq
import pytest
from landing_builders import (
    CONTENT_HEADER,
    FIRST_ID,
    MONTHLY_HEADER,
    MONTHLY_NAME,
    OVERVIEW_HEADER,
    Home,
    account,
    content_row,
    monthly_row,
    overview_row,
    to_csv,
)


def test_monthly_export_lands_with_its_envelope(home: Home) -> None:
    home.put(f"x/{MONTHLY_NAME}", to_csv([MONTHLY_HEADER, monthly_row(0), monthly_row(1, impressions="-")]))
    record = home.only()
    table = home.table(record)
    assert (record.spec_id, record.subject_id, record.rows, record.broken_rows) == ("x_posts_monthly", "acme_x", 2, 0)
    first, second = table.to_pylist()
    assert first["post_id"] == str(FIRST_ID)
    assert first["created_at"] == "2026-10-01 18:50:00+0000"
    assert (first["impressions"], first["engagement_rate"], first["promoted_likes"]) == ("100", "0.07", None)
    assert second["impressions"] is None
    assert (first["_row_no"], second["_row_no"]) == (2, 3)
    assert (first["_period_from"], first["_period_to"]) == (dt.date(2026, 10, 1), dt.date(2026, 11, 1))
    assert (first["_tz"], first["_exported_at"], first["_subject_id"]) == ("UTC", None, "acme_x")


def test_texts_are_never_landed_only_their_features(home: Home) -> None:
    texts = ["hello ^JD", "RT @other: hello", "@other thanks -KL https://t.co/abc", "state-of-the-art", ""]
    home.put(f"x/{MONTHLY_NAME}", to_csv([MONTHLY_HEADER, *(monthly_row(n, text=t) for n, t in enumerate(texts))]))
    record = home.only()
    rows = home.table(record).to_pylist()
    assert [row["post_text_kind"] for row in rows] == ["post", "repost", "reply", "post", None]
    assert [bool(row["post_text_signature"]) for row in rows] == [True, False, True, False, False]
    assert rows[0]["post_text_signature"].startswith("a_")
    assert [row["post_text_chars"] for row in rows] == ["9", "16", "34", "16", None]
    assert rows[0]["post_text_hash"].startswith("t_")
    written = b"".join(home.published().values())
    assert b"hello" not in written and b"state-of" not in written


def test_months_are_those_of_the_company(home: Home) -> None:
    late = monthly_row(0)
    late[3] = "2026-10-31 16:00 +0000"  # midnight of 1 November in Shanghai
    home.put(f"x/{MONTHLY_NAME}", to_csv([MONTHLY_HEADER, late]))
    assert home.only().months == ["2026-11"]


def test_content_export_is_dated_by_the_id(home: Home) -> None:
    home.put("x/acme_x/account_analytics_content_2025-09-01_2025-09-30.csv", to_csv([CONTENT_HEADER, content_row(0)]))
    record = home.only()
    row = home.table(record).to_pylist()[0]
    assert (row["posted_on"], row["impressions"], row["_period_to"]) == ("2025-09-30", "1234", dt.date(2025, 10, 1))
    moment = dt.datetime.fromtimestamp(((FIRST_ID >> 22) + 1288834974657) / 1000, dt.UTC) + dt.timedelta(hours=8)
    assert record.months == [f"{moment:%Y-%m}"]


def test_overview_of_a_dated_folder(home: Home) -> None:
    rows = [overview_row("Fri, Feb 27, 2026"), overview_row("Thu, Feb 26, 2026", "1,050")]
    home.put("x/acme_x/2026-03-02/account_overview_analytics.csv", to_csv([OVERVIEW_HEADER, *rows]))
    record = home.only()
    assert (record.spec_id, record.exported_at) == ("x_account_daily", "2026-03-02T00:00:00")
    assert [row["day"] for row in home.table(record).to_pylist()] == ["2026-02-27", "2026-02-26"]
    assert (record.first_day, record.last_day, record.months) == ("2026-02-26", "2026-02-27", ["2026-02"])


def test_profile_counts_by_day(home: Home) -> None:
    rows = [overview_row("2026-02-26", "7"), overview_row("2026-02-26", "5"), ["2026-02-27", *(["0"] * 13)]]
    home.put("x/acme_x/account_overview_analytics.csv", to_csv([OVERVIEW_HEADER, *rows]))
    record = home.only()
    profile = pq.read_table(home.path / "landing" / "_profile" / record.spec_id / f"{record.content_id}.parquet")
    seen = [{k: row[k] for k in ("day", "n_rows", "n_keys", "total", "n_zero")} for row in profile.to_pylist()]
    assert seen == [
        {"day": dt.date(2026, 2, 26), "n_rows": 2, "n_keys": 1, "total": 12, "n_zero": 0},
        {"day": dt.date(2026, 2, 27), "n_rows": 1, "n_keys": 1, "total": 0, "n_zero": 1},
    ]


@pytest.mark.parametrize("damaged", ["2.02732E+18", "1.973000000000000123e+18", "1973000000000000000", ""])
def test_an_id_that_a_spreadsheet_rounded_comes_from_the_link(home: Home, damaged: str) -> None:
    home.put("x/acme_x/content.csv", to_csv([CONTENT_HEADER, content_row(5, post_id=damaged)]))
    assert home.table(home.only())["post_id"].to_pylist() == [str(FIRST_ID + 5)]


def test_a_rounded_id_without_a_link_breaks_its_row_only(home: Home) -> None:
    bad = content_row(1, post_id="2.02732E+18", link="")
    home.put("x/acme_x/content.csv", to_csv([CONTENT_HEADER, content_row(0), bad]))
    record = home.only()
    (broken,) = home.broken(record)
    assert (record.rows, record.broken_rows) == (1, 1)
    assert (broken["row"], broken["column"], broken["value"]) == ("3", "Post id", "2.02732E+18")
    assert broken["reason"].startswith("a spreadsheet has rounded the id")


def test_private_folders_and_files(home: Home) -> None:
    home.put(f"x/{MONTHLY_NAME}", to_csv([MONTHLY_HEADER, monthly_row(0)]))
    record = home.only()
    archived = home.path / "archive" / record.sha256[:2] / record.sha256
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (home.path / "archive", archived.parent, archived)]
    assert modes == [0o700, 0o700, 0o600]
    assert archived.read_bytes() == (home.path / record.label).read_bytes()


def test_every_source_has_an_empty_table_with_the_full_schema(home: Home) -> None:
    from pipelines.landing.content import landing_schema
    from pipelines.sources.registry import ALL_SPECS

    home.ingest()
    for spec in ALL_SPECS:
        table = pq.read_table(home.path / "landing" / spec.id / "_empty.parquet")
        assert table.num_rows == 0 and table.schema.equals(landing_schema(spec))


def lone_ids(*ids: str) -> str:
    """A content log, which has no post links, of posts with these ids."""
    rows = [[post_id, "2026-10-01 10:00:00", "Ann", "yes", "video"] for post_id in ids]
    return to_csv([["帖子ID", "发布时间", "作者", "是否原创", "形式"], *rows])


def test_an_id_that_ends_in_zeros_by_itself_is_kept(home: Home) -> None:
    """Sources §5, incident 14, seen from its other side: one id in ten thousand ends in four zeros."""
    ids = ["1973000000000000123", "1973000000000000000", "1973000000000004567"]
    home.put("cms/content_log.csv", lone_ids(*ids))
    record = home.only()
    assert (record.broken_rows, home.table(record)["post_id"].to_pylist()) == (0, ids)


@pytest.mark.parametrize(
    "ids", [("1973000000000000000", "1973000000000010000"), ("973000000000001000", "973000000000002000")]
)
def test_a_column_that_a_spreadsheet_has_rounded_is_told_by_most_of_its_ids(home: Home, ids: tuple[str, ...]) -> None:
    """Sources §5, incident 14: ids kept as numbers of 15 digits, all of them."""
    home.put("cms/content_log.csv", lone_ids(*ids))
    record = home.only()
    assert (record.status, record.reason_code) == ("quarantined", "all_rows_broken")
    assert "a spreadsheet has rounded the id" in record.reason


def test_rounded_ids_break_their_rows_only(home: Home) -> None:
    home.put("cms/content_log.csv", lone_ids("1973000000000000000", "1973000000000010000", "1973000000000004567"))
    record = home.only()
    assert home.table(record)["post_id"].to_pylist() == ["1973000000000004567"]
    assert [broken["row"] for broken in home.broken(record)] == ["2", "3"]


def test_an_account_named_by_its_handle_is_told_by_its_id(home: Home) -> None:
    """Sources §5, incident 20: sheets name accounts by handle, which may be renamed; the id stays."""
    home.accounts = (*home.accounts, account("acme_weibo", "weibo", handle="acme"))
    sheet = "date,handle,followers\n2026-10-01,@ACME,10\n2026-10-01,other_x,20\n2026-10-01,rival,30\n"
    home.put("x/followers.csv", sheet)
    assert home.table(home.only())["account"].to_pylist() == ["acme_x", "other_x", "rival"]


def test_a_handle_of_two_platforms_names_no_account(home: Home) -> None:
    home.accounts = (*home.accounts, account("acme_weibo", "weibo", handle="acme"))
    row = "I-{},2026-10-01 10:00:00,policy,{}\n"
    home.put(
        "incidents/register.csv", "incident,occurred,type,account\n" + row.format(1, "Acme") + row.format(2, "Other")
    )
    assert home.table(home.only())["account"].to_pylist() == ["Acme", "other_x"]


def test_what_a_text_says_is_alike_whatever_it_links_to(home: Home) -> None:
    texts = [
        "Autumn sale: 20 % off all boots! https://t.co/aaa",
        "autumn sale 20% off ALL boots 🎉 @shop https://t.co/bbb",
        "Autumn sale: 30 % off all boots!",
        "Day 1 of 7: how we dye wool",
        "Day 2 of 7: how we dye wool",
        "Good day!",
        "祝大家中秋节快乐，阖家团圆！",
        "祝大家 中秋节快乐 阖家团圆 🌕",
        "",
    ]
    home.put(f"x/{MONTHLY_NAME}", to_csv([MONTHLY_HEADER, *(monthly_row(n, text=t) for n, t in enumerate(texts))]))
    said = [row["post_text_alike"] for row in home.table(home.only()).to_pylist()]
    assert said[0] == said[1] and said[6] == said[7]
    assert [one is None for one in said] == [False] * 5 + [True, False, False, True]
    assert len(set(said) - {None}) == 5
    assert said[0].startswith("s_")
