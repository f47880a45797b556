"""X exports carry X's true headers and arithmetic (sources.md 1.1), checked by reading the written files."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
from pathlib import Path

import pytest
from demo_world import Demo
from python_calamine import CalamineWorkbook

CONTENT = (
    "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Replies,Reposts,"
    "Profile visits,Detail Expands,URL Clicks,Hashtag Clicks,Permalink Clicks"
)
OVERVIEW = (
    "Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,Profile visits,"
    "Create Post,Video views,Media views"
)
PARTS = (
    "Likes", "Shares", "New follows", "Replies", "Reposts", "Profile visits", "Detail Expands", "URL Clicks",
    "Hashtag Clicks", "Permalink Clicks",
)  # fmt: skip
OLD_PARTS = (
    "retweets", "replies", "likes", "user profile clicks", "url clicks", "hashtag clicks", "detail expands",
    "permalink clicks", "app opens", "app installs", "follows", "email tweet", "dial phone", "media engagements",
)  # fmt: skip


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(cell: str) -> int:
    return int(cell.replace(",", ""))


def content_files(demo: Demo) -> list[Path]:
    return sorted(demo.exports.rglob("account_analytics_content_*.csv"))


def snowflake_time(post_id: str) -> dt.datetime:
    milli = (int(post_id) >> 22) + 1288834974657
    return dt.datetime.fromtimestamp(milli / 1000, tz=dt.UTC)


def test_headers_are_the_vendors(demo: Demo) -> None:
    assert {path.read_text("utf-8").splitlines()[0] for path in content_files(demo)} == {CONTENT}
    overviews = demo.exports.rglob("account_overview_analytics.csv")
    assert {path.read_text("utf-8").splitlines()[0] for path in overviews} == {OVERVIEW}


def test_ids_have_19_digits_and_the_day_of_their_snowflake(demo: Demo) -> None:
    for path in content_files(demo):
        for row in rows_of(path):
            assert len(row["Post id"]) == 19
            assert row["Post Link"].endswith(f"/status/{row['Post id']}")
            day = snowflake_time(row["Post id"])
            assert row["Date"].endswith(f"{day.day}, {day.year}")


def test_engagements_are_the_sum_of_their_parts_without_bookmarks(demo: Demo) -> None:
    with_bookmarks = 0
    for path in content_files(demo):
        for row in rows_of(path):
            assert number(row["Engagements"]) == sum(number(row[part]) for part in PARTS)
            with_bookmarks += number(row["Bookmarks"]) > 0
    assert with_bookmarks > 100


def test_the_older_export_has_40_columns_and_its_own_sum(demo: Demo) -> None:
    files = sorted(demo.exports.rglob("tweet_activity_metrics_*.csv"))
    assert [path.name for path in files][:2] == [
        "tweet_activity_metrics_CloudLadderDev_20241001_20241101_en.csv",
        "tweet_activity_metrics_CloudLadderDev_20241101_20241201_en.csv",
    ]
    assert len(files) == 6
    for path in files:
        for row in rows_of(path):
            assert len(row) == 40
            assert int(float(row["engagements"])) == sum(int(float(row[part])) for part in OLD_PARTS)
            assert row["time"] == snowflake_time(row["Tweet id"]).strftime("%Y-%m-%d %H:%M +0000")
            assert row["promoted impressions"] == "-"


def test_numbers_grow_with_the_age_of_a_post(demo: Demo) -> None:
    early = rows_of(demo.exports / "x/x_help/2026-09-20/account_analytics_content_2026-09-01_2026-09-19.csv")
    late = rows_of(demo.exports / "x/x_help/2026-10-09/account_analytics_content_2026-09-01_2026-09-30.csv")
    later = {row["Post id"]: number(row["Impressions"]) for row in late}
    assert early
    assert all(number(row["Impressions"]) <= later[row["Post id"]] for row in early)
    assert any(number(row["Impressions"]) < later[row["Post id"]] for row in early)


def test_a_re_saved_workbook_has_lost_the_last_digits_of_the_ids(demo: Demo) -> None:
    (path,) = demo.exports.rglob("*.xlsx")
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    damaged = [row for row in sheet[1:] if str(int(float(row[0]))) != str(row[3]).rsplit("/", 1)[1]]
    assert damaged, "the workbook keeps all digits, so nothing would be restored from the link"


def test_follower_counts_move_by_the_overview(demo: Demo) -> None:
    folder = demo.exports / "x/x_brand/2026-04-09"
    counts = [int(row["Followers"]) for row in rows_of(folder / "account_followers_2026-03.csv")]
    moves = [
        number(row["New follows"]) - number(row["Unfollows"])
        for row in reversed(rows_of(folder / "account_overview_analytics.csv"))
    ]
    assert [after - before for before, after in itertools.pairwise(counts)] == moves[1:]


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("x/x_help/2025-05-09/account_followers_2025-04.csv", b"\xff\xfes\x00e\x00p\x00=\x00,\x00"),
        ("hubspot/2026-03-09/hubspot-crm-exports-all-deals-2026-03-09.csv", b"\xef\xbb\xbfRecord ID,"),
        ("hubspot/2025-10-09/hubspot-crm-exports-all-deals-2025-10-09.csv", b"\xef\xbb\xbfRecord ID;"),
        ("tickets/2025-08-12/ticket_events_2025-07.csv", "工单编号,".encode("gb18030")),
        ("cms/2025-09-09/内容排期_2025-08.csv", "帖子 ID,".encode("gb18030")),
        ("web/2026-10-09/ga4_traffic_acquisition.csv", b"# ---"),
    ],
)
def test_odd_dresses(demo: Demo, name: str, start: bytes) -> None:
    assert (demo.exports / name).read_bytes().startswith(start)
