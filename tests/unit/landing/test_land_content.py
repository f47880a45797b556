"""The exports of content, publicity and audience: true headers, what is pseudonymised, what never lands."""

from __future__ import annotations

from typing import Any

import pytest
from landing_builders import Home, account, to_csv

from pipelines.company.keys import Pseudonymiser
from pipelines.landing import IngestReport

SPROUT = [
    "Date",
    "Post ID",
    "Network",
    "Post Type",
    "Content Type",
    "Profile",
    "Sent by",
    "Link",
    "Post",
    "Impressions",
    "Reach",
    "Engagements",
    "Engagement Rate (per Impression)",
    "Reactions",
    "Comments",
    "Shares",
    "Saves",
    "Post Link Clicks",
    "Video Views",
]
HOOTSUITE = [
    "Date (GMT)",
    "Post ID",
    "Post Message",
    "Post Permalink",
    "Post Type",
    "Social Network",
    "Impressions",
    "Reach",
    "Engagement",
    "Likes",
    "Comments",
    "Shares",
    "Post Link Clicks",
    "Video Views",
]
BUFFER = [
    "Date",
    "Update",
    "Service",
    "Service Link",
    "Type",
    "Impressions",
    "Reach",
    "Engagements",
    "Likes",
    "Comments",
    "Shares",
    "Clicks",
    "Scheduled by",
]
ARTICLES = [
    "msgid",
    "内容标题",
    "发表时间",
    "送达人数",
    "阅读人数",
    "阅读次数",
    "分享人数",
    "收藏人数",
    "点赞人数",
    "在看人数",
    "留言数",
    "数据延迟",
]
USERS = ["日期", "新增关注人数", "取消关注人数", "净增关注人数", "累积关注人数"]
FIRST, SECOND = "1973000000000000123", "1973000000000000124"
LINK = "https://x.com/acme/status/"


def rows(home: Home, report: IngestReport, spec_id: str) -> list[dict[str, Any]]:
    """The rows that landed of a spec."""
    assert {record.status for record in report.records} <= {"landed", "duplicate"}, report.records
    landed = [record for record in report.records if (record.spec_id, record.status) == (spec_id, "landed")]
    return [row for record in landed for row in home.table(record).to_pylist()]


def test_sprout_says_who_sent_a_post(home: Home) -> None:
    row = ["2026-10-05 10:00:00", FIRST, "X", "Post", "Text", "@Acme", "Jane Doe", LINK + FIRST, "Hello all", "1,200",
           "900", "30", "2.5%", "9", "3", "2", "1", "4", ""]  # fmt: skip
    home.put("publishing/2026-11-09/Post Performance.csv", to_csv([SPROUT, row]))
    report = home.ingest()
    (landed,) = rows(home, report, "publishing_posts")
    key = Pseudonymiser.from_home(home.path).actor("x_tool", "jane doe")
    assert (landed["post_id"], landed["sent_by"], landed["reach"], landed["impressions"]) == (FIRST, key, "900", "1200")
    assert landed["profile"] == "acme_x"  # a handle is the account that it names
    assert not {"Hello all", "Jane Doe"} & {str(value) for value in landed.values()}


def test_14_buffer_and_a_spreadsheet_have_the_id_in_the_link_alone(home: Home) -> None:
    buffer = ["2026-10-05 10:00", "Hi", "twitter", LINK + FIRST, "post", "10", "8", "1", "1", "0", "0", "0", "Jane"]
    home.put("publishing/2026-11-09/buffer.csv", to_csv([BUFFER, buffer]))
    rounded = ["2026-10-05 10:00:00", "1.973E+18", "X", "Post", "Text", "acme", "Jane", LINK + SECOND, "Hi", "1", "1",
               "1", "", "1", "1", "1", "1", "1", ""]  # fmt: skip
    home.put("publishing/2026-11-09/resaved.csv", to_csv([SPROUT, rounded]))
    report = home.ingest()
    assert sorted(row["post_id"] for row in rows(home, report, "publishing_posts")) == [FIRST, SECOND]


def test_16_hootsuite_has_two_title_rows_and_greenwich_time(home: Home) -> None:
    row = ["2026-10-05 10:00:00", FIRST, "Hi", LINK + FIRST, "Post", "Twitter", "10", "8", "1", "1", "0", "0", "0", ""]
    titles = [["Acme report"], ["Oct 1 - Oct 31, 2026"]]
    home.put("publishing/2026-11-09/hootsuite.csv", to_csv([*titles, HOOTSUITE, row]))
    report = home.ingest()
    (landed,) = rows(home, report, "publishing_posts")
    assert (landed["published_gmt"], landed["published_at"], landed["sent_by"]) == ("2026-10-05 10:00:00", None, None)


def test_the_official_account_exports_land_without_titles_and_totals(home: Home) -> None:
    home.accounts = (*home.accounts, account("oa_acme", "wechat_oa", timezone="Asia/Shanghai"))
    row = ["2247490098_1", "秘密标题", "2026-10-05 20:00", "1,000", "200", "240", "6", "3", "9", "4", "2", "是"]
    total = ["合计", "", "", "1000", "200", "240", "6", "3", "9", "4", "2", ""]
    home.put("wechat_oa/oa_acme/2026-11-09/图文.csv", to_csv([ARTICLES, row, total]))
    home.put("wechat_oa/oa_acme/2026-11-09/用户.csv", to_csv([USERS, ["2026-10-05", "9", "2", "7", "5,207"]]))
    report = home.ingest()
    (article,) = rows(home, report, "oa_articles")
    assert (article["article_id"], article["delivered"], article["is_delay"]) == ("2247490098_1", "1000", "true")
    assert article["_subject_id"] == "oa_acme"
    assert "秘密标题" not in {str(value) for value in article.values()}
    (day,) = rows(home, report, "oa_user_days")
    assert (day["new_users"], day["cancelled_users"], day["cumulative_users"]) == ("9", "2", "5207")


def test_content_items_name_authors_as_keys_and_keep_a_day_a_day(home: Home) -> None:
    header = ["Content ID", "Item type", "Title", "Due", "Published", "Author", "Author share", "Co-author",
              "Co-author share"]  # fmt: skip
    row = ["C-1", "Article", "Launch", "2026-10-05", "2026-10-05 09:30", "Jane", "70%", "Jim", "30%"]
    home.put("cms/2026-11-09/items.csv", to_csv([header, row]))
    report = home.ingest()
    (landed,) = rows(home, report, "content_items")
    keys = Pseudonymiser.from_home(home.path)
    assert (landed["author"], landed["co_author"]) == (keys.actor("cms", "Jane"), keys.actor("cms", "Jim"))
    assert (landed["due_at"], landed["published_at"]) == ("2026-10-05", "2026-10-05 09:30:00")
    assert (landed["author_share"], landed["co_author_share"]) == ("0.7", "0.3")


@pytest.mark.parametrize("handle", ["@Win_Coins", "win_coins"])
def test_authors_of_found_posts_are_the_keys_that_are_excluded(home: Home, handle: str) -> None:
    header = ["Tweet permalink", "Created at", "Username", "Hashtag", "Is retweet", "Text"]
    row = [
        f"https://x.com/{handle.strip('@')}/status/{FIRST}",
        "2026-10-05T10:00:00Z",
        handle,
        "#Acme",
        "no",
        "free coins",
    ]
    home.put("listening/2026-11-09/tags.csv", to_csv([header, row]))
    report = home.ingest()
    (landed,) = rows(home, report, "hashtag_posts")
    assert landed["author_handle"] == Pseudonymiser.from_home(home.path).actor("x_handle", handle)
    # the id is read out of the link before the link, which names its author, becomes a key
    assert landed["post_id"] == FIRST
    assert "win_coins" not in " ".join(str(value) for value in landed.values()).casefold()


def test_15_mentions_take_the_order_of_day_and_month_from_the_file(home: Home) -> None:
    header = ["URL", "Outlet", "Published", "Brand hit", "Sentiment"]
    lines = [["https://n.example/a", "News", "05/10/2026 10:00", "yes", "positive"],
            ["https://n.example/b", "News", "25/10/2026 10:00", "no", "negative"]]  # fmt: skip
    home.put("listening/2026-11-09/mentions.csv", to_csv([header, *lines]))
    report = home.ingest()
    landed = rows(home, report, "mentions")
    assert [row["published_at"] for row in landed] == ["2026-10-05 10:00:00", "2026-10-25 10:00:00"]
    assert "positive" not in {str(value) for row in landed for value in row.values()}


def test_user_content_and_follower_lists_name_nobody(home: Home) -> None:
    home.put(
        "ugc/2026-11-09/ugc.csv",
        to_csv([["编号", "收集时间", "是否采纳", "收集人", "作者"], ["U1", "2026-10-05 10:00", "是", "jane", "fan"]]),
    )
    home.put("x/acme_x/2026-10-31/followers.csv", to_csv([["Snapshot date", "Follower id"], ["2026-10-31", "77"]]))
    report = home.ingest()
    keys = Pseudonymiser.from_home(home.path)
    (item,) = rows(home, report, "ugc_items")
    assert (item["is_accepted"], item["collector"], item["author"]) == (
        "true", keys.actor("crm", "jane"), keys.customer("fan"),
    )  # fmt: skip
    (follower,) = rows(home, report, "follower_snapshots")
    assert (follower["day"], follower["follower_id"], follower["_subject_id"]) == (
        "2026-10-31", keys.customer("77"), "acme_x",
    )  # fmt: skip


@pytest.mark.req("003-G5")
def test_of_a_profile_only_what_the_card_asks_for_is_kept(home: Home) -> None:
    header = ["Snapshot date", "id", "username", "created_at", "public_metrics.followers_count", "url"]
    header += ["public_metrics.following_count", "public_metrics.tweet_count", "most_recent_tweet_id"]
    line = ["2026-10-31", "77", "fan", "2020-01-02T03:04:05.000Z", "12", "https://t.co/me", "900", "3", "19001"]
    home.put("x/acme_x/2026-10-31/followers.csv", to_csv([[*header[:1], "user id", *header[2:]], line]))
    (follower,) = rows(home, home.ingest(), "follower_snapshots")
    told = {name: value for name, value in follower.items() if not name.startswith("_")}
    assert told == {
        "day": "2026-10-31", "account": None, "follower_id": Pseudonymiser.from_home(home.path).customer("77"),
        "followers_count": "12", "following_count": "900", "post_count": "3", "listed_count": None,
        "url": "true", "created_on": "2020-01-02",
    }  # fmt: skip


def test_23_the_same_report_twice_is_one(home: Home) -> None:
    row = ["2247490098_1", "t", "2026-10-05 20:00", "1000", "200", "240", "6", "3", "9", "4", "2", "否"]
    home.accounts = (*home.accounts, account("oa_acme", "wechat_oa", timezone="Asia/Shanghai"))
    for name in ("图文.csv", "图文 (1).csv"):
        home.put(f"wechat_oa/oa_acme/2026-11-09/{name}", to_csv([ARTICLES, row]))
    report = home.ingest()
    assert len(rows(home, report, "oa_articles")) == 1
