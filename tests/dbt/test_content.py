"""Content, publicity and audience from landed rows to what is credited: versions, authors, lists, tools, openings.

Belongs here: rules that need several files, days or months, and the incidents of sources.md section 5 (by number) that
reach these facts. What a formula counts of one record stands beside the models.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from harness.warehouse import ScratchWarehouse, every_relation

CHINA = {"timezone": "Asia/Shanghai"}
#: posts of 2026-10-05 on X, so seven days old on 2026-10-12
POST_IDS = {
    name: str(2107000000000000001 + place) for place, name in enumerate(("log", "tool", "sign", "none", "both"))
}
OA_ROW = {"delivered": "1000", "zaikan": "1", "likes": "2", "comments": "3", "favourites": "4"}


class Files:
    """Lands files one after the other, each ranked after those before it."""

    def __init__(self, scratch: ScratchWarehouse):
        self.scratch = scratch
        self.rank = 0

    def land(self, spec: str, *rows: dict[str, str], **more: Any) -> None:
        """Land one file."""
        self.rank += 1
        self.scratch.landing(spec, list(rows), content_id=f"c{self.rank:03d}", file_rank=self.rank, **more)


def articles(files: Files) -> None:
    """Articles whose numbers were delayed, restated, zeroed and exported twice."""
    oa = {"subject_id": "oa", **CHINA}
    early: dict[str, Any] = {"exported_at": "2026-10-20", **oa}
    late: dict[str, Any] = {"exported_at": "2026-11-09", **oa}
    article = {**OA_ROW, "published_at": "2026-10-18 20:00:00"}
    files.land(
        "oa_articles",
        {**article, "article_id": "restated", "readers": "50", "reads": "60", "shares": "1", "is_delay": "true"},
        {**article, "article_id": "delayed", "readers": "50", "reads": "60", "shares": "1", "is_delay": "true"},
        {**article, "article_id": "zeroed", "readers": "50", "reads": "60", "shares": "1", "is_delay": "false"},
        **early,
    )
    files.land(
        "oa_articles",
        {**article, "article_id": "restated", "readers": "200", "reads": "240", "shares": "6", "is_delay": "false"},
        {**article, "article_id": "zeroed", **dict.fromkeys((*OA_ROW, "readers", "reads", "shares"), "0")},
        # the last evening of September in UTC is the first of October in China, the next one is November there
        {**article, "article_id": "first", "published_at": "2026-10-01 00:00:00", "readers": "1", "reads": "1"},
        {**article, "article_id": "next", "published_at": "2026-11-01 00:00:00", "readers": "1", "reads": "1"},
        **late,
    )
    files.land(
        "oa_articles",
        {**article, "article_id": "restated", "readers": "900", "reads": "999", "shares": "9", "is_delay": "false"},
        **{**late, "exported_at": "2027-01-09"},
    )


def items(files: Files) -> None:
    """The register: splits in every shape, deadlines of a day and of a minute, a cancelled item, one not yet due."""
    item = {"content_type": "article", "due_at": "2026-10-18", "published_at": "2026-10-18 20:00:00", "account": "oa"}
    files.land(
        "content_items",
        {**item, "item_id": "split", "platform_id": "restated", "author": "a_1", "author_share": "70",
         "co_author": "a_2", "co_author_share": "30"},
        {**item, "item_id": "thirds", "author": "a_1", "co_author": "a_2", "co_author_2": "a_gone"},
        {**item, "item_id": "twice", "author": "a_1", "co_author": "a_1"},
        {**item, "item_id": "nobody", "author": ""},
        {**item, "item_id": "overridden", "author": "a_1"},
        {**item, "item_id": "minute", "author": "a_1", "due_at": "2026-10-18 19:59:59"},
        {**item, "item_id": "cancelled", "author": "a_1", "status": "已取消"},
        {**item, "item_id": "coming", "author": "a_1", "due_at": "2026-10-31", "published_at": ""},
        {**item, "item_id": "missed", "author": "a_1", "due_at": "2026-10-19", "published_at": ""},
        {**item, "item_id": "next month", "author": "a_1", "due_at": "2026-10-31",
         "published_at": "2026-11-02 10:00:00"},
        exported_at="2026-10-25", **CHINA,
    )  # fmt: skip


def posts(files: Files) -> None:
    """Posts of X with and without a line in the log, a sender and a signature; three tools that report on them."""
    row = {"posted_on": "2026-10-05", "post_text_kind": "post", "impressions": "100", "likes": "1", "engagements": "1"}
    signed = {"post_text_signature": "a_sign"}
    files.land(
        "x_posts_content",
        *({**row, **(signed if name != "none" else {}), "post_id": key} for name, key in POST_IDS.items()),
        subject_id="x", exported_at="2026-11-09",
    )  # fmt: skip
    files.land(
        "content_log",
        *({"post_id": POST_IDS[name], "author": "a_1", "is_original": "true"} for name in ("log", "both")),
    )
    link = "https://x.com/acme/status/"
    tool = {"network": "X"}
    # Buffer has the id in the link alone
    files.land(
        "publishing_posts",
        *(
            {**tool, "post_link": link + POST_IDS[name], "sent_by": "a_tool", "reach": "70"}
            for name in ("tool", "both")
        ),
        exported_at="2026-10-20",
    )
    # Sprout wrote its history anew: the first settled number stays; Hootsuite knows no sender
    files.land(
        "publishing_posts",
        {**tool, "post_link": link, "post_id": POST_IDS["tool"], "reach": "99"},
        {"network": "LinkedIn", "post_link": "https://l.example", "post_id": POST_IDS["none"], "sent_by": "a_tool"},
        exported_at="2026-11-20",
    )
    for reach in ("10", "11"):
        files.land(
            "publishing_posts",
            {**tool, "post_link": link, "post_id": POST_IDS["sign"], "reach": reach},
            exported_at="2026-11-20", period=("2026-10-01", "2026-11-01"),
        )  # fmt: skip


def publicity(files: Files) -> None:
    """Mentions under many addresses, posts of own, staff and spam accounts and retweets, items accepted late."""
    mention = {"outlet": "News", "is_brand_hit": "true", "campaign": "launch"}
    addresses = {
        "https://www.News.example/a?utm_source=x#top": "2026-10-05 10:00:00",
        "http://news.example/a/": "2026-10-09 10:00:00",
        "//m.news.example/a?spm=1&gclid=2": "2026-11-02 10:00:00",
        "https://news.example/a?id=2": "2026-10-05 10:00:00",
        "https://news.example/A": "2026-10-05 10:00:00",
    }
    files.land(
        "mentions", *({**mention, "url": url, "published_at": at} for url, at in addresses.items()),
        {**mention, "url": "https://news.example/other", "published_at": "2026-10-05 10:00:00",
         "is_brand_hit": "false"},
        # listed again after half a year: news once more, whatever a run reads of the older file
        {**mention, "url": "https://news.example/old", "published_at": "2026-03-05 10:00:00"},
        {**mention, "url": "https://news.example/old", "published_at": "2026-10-05 10:00:00"},
        **CHINA,
    )  # fmt: skip
    files.scratch.company("excluded_authors", [{"author_key": "a_own"}, {"author_key": "a_spam"}])
    post = {"posted_at": "2026-10-05 10:00:00", "hashtag": "#Launch", "is_retweet": "false", "author_handle": "a_fan"}
    files.land(
        "hashtag_posts",
        {**post, "post_id": "1"}, {**post, "post_id": "1", "hashtag": "other"}, {**post, "post_id": "2"},
        {**post, "post_id": "3", "is_retweet": "true"}, {**post, "post_id": "4", "author_handle": "a_own"},
        {**post, "post_id": "5", "author_handle": "a_spam"},
        # the last UTC evening of October is November in China
        {**post, "post_id": "6", "posted_at": "2026-10-31 16:00:00"},
    )  # fmt: skip
    files.land("hashtag_posts", {**post, "post_id": "2"})
    item = {"collected_at": "2026-10-05 10:00:00", "campaign": "launch"}
    files.land("ugc_items", {**item, "ugc_id": "u1", "is_accepted": "false"}, exported_at="2026-10-20", **CHINA)
    files.land(
        "ugc_items", {**item, "ugc_id": "u1", "is_accepted": "true"}, {**item, "ugc_id": "u2", "is_accepted": "false"},
        {**item, "ugc_id": "u3", "is_accepted": "true", "collector": "a_crm"}, exported_at="2026-11-09", **CHINA,
    )  # fmt: skip


def audience(files: Files) -> None:
    """Days of an official account and of X around an event off line, and lists of followers."""
    days = [
        ("2026-09-30", "5", "1", "3100"), ("2026-10-01", "12", "2", "3110"), ("2026-10-02", "90", "0", "3200"),
        ("2026-10-03", "3", "5", "3198"),
    ]  # fmt: skip
    names = ("day", "new_users", "cancelled_users", "cumulative_users")
    files.land("oa_user_days", *(dict(zip(names, day, strict=True)) for day in days), subject_id="oa", **CHINA)
    # an upload of zeros over real values (incident 6)
    files.land("oa_user_days", dict(zip(names, ("2026-10-03", "0", "0", "0"), strict=True)), subject_id="oa", **CHINA)
    files.scratch.company("offline_events", [
        {"account_id": "oa", "valid_from": "2026-10-02", "valid_to": "2026-10-03"},
        {"account_id": "", "valid_from": "2026-10-05", "valid_to": "2026-10-06"},
    ])  # fmt: skip
    files.land("account_followers", {"day": "2026-09-20", "account": "x", "followers": "620"})
    files.land(
        "x_account_daily",
        *({"day": f"2026-10-0{day}", "new_follows": "4", "unfollows": "1"} for day in (4, 5, 6)),
        subject_id="x", exported_at="2026-11-09",
    )  # fmt: skip
    lists = {
        # the first list tells of nobody when they came
        "2026-08-25": "a b c",
        # d and e are new; on the 30th day (10-01) there is no list, on 10-05 d is there
        "2026-09-01": "a b d e",
        # c came back, and is new to nobody; f is new, judged by 10-12
        "2026-09-10": "a c d e f",
        "2026-10-05": "a c d",
        "2026-10-12": "a d f g",
    }
    for day, followers in lists.items():
        rows = [{"day": day, "account": "x", "follower_id": name} for name in followers.split()]
        files.land("follower_snapshots", *rows, subject_id="x")
    # the same list in two overlapping pages (incident 23)
    files.land("follower_snapshots", {"day": "2026-10-05", "account": "x", "follower_id": "a"}, subject_id="x")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScratchWarehouse]:
    """October 2026 of everything."""
    with ScratchWarehouse(tmp_path_factory.mktemp("content"), begin_from=every_relation()) as scratch:
        for person in ("p_1", "p_2", "p_3", "p_owner", "p_tool", "p_sign"):
            scratch.person(person)
        scratch.identity("cms", "a_1", "p_1")
        scratch.identity("cms", "a_2", "p_2")
        scratch.identity("crm", "a_crm", "p_3")
        scratch.identity("x_tool", "a_tool", "p_tool")
        scratch.identity("x_signature", "a_sign", "p_sign")
        scratch.assign("account", "oa", "p_owner", share="0.6")
        scratch.assign("account", "x", "p_owner")
        scratch.assign("campaign", "Launch", "p_3")
        scratch.company(
            "accounts", [{"account_id": "x", "platform": "x"}, {"account_id": "oa", "platform": "wechat_oa"}]
        )
        scratch.company(
            "overrides",
            [{"record_type": "content_item", "record_id": "overridden", "person_id": "p_2", "share": "0.5"}],
        )
        files = Files(scratch)
        for scenario in (articles, items, posts, publicity, audience):
            scenario(files)
        scratch.months("2026-10")
        scratch.build()
        yield scratch


def credit(
    built: ScratchWarehouse, record_type: str, relation: str = "int_credit_content"
) -> dict[str, dict[str, Any]]:
    """record id -> person -> weight."""
    found: dict[str, dict[str, Any]] = {}
    for row in built.rows(f"select * from intermediate.{relation} where record_type = '{record_type}'"):
        found.setdefault(row["record_id"], {})[row["person_id"]] = row["weight"]
    return found


@pytest.mark.req("003-K13c")
@pytest.mark.req("004-K7")
def test_6_delayed_numbers_give_way_to_final_ones_of_equal_age(built: ScratchWarehouse) -> None:
    rows = {row["article_id"]: row for row in built.rows("select * from intermediate.int_articles")}
    assert sorted(rows) == ["delayed", "first", "restated", "zeroed"]
    assert [rows[name]["reads"] for name in ("delayed", "first", "restated", "zeroed")] == [60, 1, 240, 60]
    assert [rows[name]["is_settled"] for name in ("delayed", "first", "restated")] == [False, True, True]
    assert [name for name, row in rows.items() if row["has_conflict"]] == ["zeroed"]


def test_numbers_that_are_not_final_make_the_month_provisional_and_zeros_withhold_it(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select subject_id, severity, reason_code, n from marts.data_quality_findings "
        "where family = 'oa_articles' and guard in ('coverage', 'contradiction') order by severity"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("oa", "provisional", "immature_records", 2), ("oa", "withhold", "contradiction", 1),
    ]  # fmt: skip


@pytest.mark.req("002-K5")
def test_content_is_split_among_its_authors(built: ScratchWarehouse) -> None:
    found = credit(built, "content_item")
    assert found["split"] == {"p_1": Decimal("0.7"), "p_2": Decimal("0.3")}
    # a third of an author who is nobody is the account's owner's, as far as the account is his
    assert found["thirds"] == {
        "p_1": Decimal("0.333335"), "p_2": Decimal("0.333333"),
        "p_owner": Decimal("0.199999"), "UNASSIGNED": Decimal("0.133333"),
    }  # fmt: skip
    assert found["twice"] == {"p_1": Decimal(1)}
    assert found["nobody"] == {"p_owner": Decimal("0.6"), "UNASSIGNED": Decimal("0.4")}
    assert found["overridden"] == {"p_2": Decimal("0.5"), "UNASSIGNED": Decimal("0.5")}
    assert "cancelled" not in found and "next month" not in found
    # an article has the authors of its line in the CMS
    assert credit(built, "article")["oa|restated"] == found["split"]
    assert credit(built, "article")["oa|first"] == found["nobody"]


@pytest.mark.req("001-K7")
@pytest.mark.req("004-K15")
def test_deadlines_are_judged_when_they_have_passed(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select record_id, sum(publishing_timeliness__n) as n, sum(publishing_timeliness__d) as d, "
        "sum(content_output_rate__d) as plan from intermediate.int_kpi_inputs_content "
        "where record_type = 'content_due' group by all order by all"
    )
    found = {row["record_id"]: (row["n"], row["d"], row["plan"]) for row in rows}
    assert found == {
        # due on a day: until it ends
        **dict.fromkeys(("split", "thirds", "twice", "nobody", "overridden"), (1, 1, 3)),
        "minute": (0, 1, 3),
        "coming": (None, None, 3),
        "missed": (0, 1, 3),
        "next month": (0, 1, 3),
    }


def test_the_publishing_tool_goes_after_the_author_and_before_the_signature(built: ScratchWarehouse) -> None:
    found = credit(built, "post", "int_credit")
    assert {name: list(found[key]) for name, key in POST_IDS.items()} == {
        "log": ["p_1"], "both": ["p_1"], "tool": ["p_tool"], "sign": ["p_sign"], "none": ["p_owner"],
    }  # fmt: skip


@pytest.mark.req("000-K03")
def test_3_reach_is_that_of_equal_age_and_none_where_reports_contradict(built: ScratchWarehouse) -> None:
    rows = built.rows("select post_id, reach, has_reach_conflict, has_conflict from intermediate.int_posts")
    found = {row["post_id"]: (row["reach"], row["has_reach_conflict"], row["has_conflict"]) for row in rows}
    assert {name: found[key] for name, key in POST_IDS.items()} == {
        "log": (None, False, False), "tool": (70, False, False), "sign": (None, True, False),
        "none": (None, False, False), "both": (70, False, False),
    }  # fmt: skip


@pytest.mark.req("000-K04")
def test_a_mention_counts_once_under_all_its_addresses(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select media_mentions__k as key, person_id from intermediate.int_kpi_inputs_publicity "
        "where media_mentions__k is not null order by all"
    )
    assert [(row["key"], row["person_id"]) for row in rows] == [
        ("news.example/A", "p_3"), ("news.example/a", "p_3"),
        ("news.example/a?id=2", "p_3"), ("news.example/old", "p_3"),
    ]  # fmt: skip


@pytest.mark.req("000-K07")
def test_2_retweets_and_excluded_authors_are_no_use_of_a_tag(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select value_key from marts.fct_kpi_values where kpi_id = 'hashtag_usage' and person_id = 'p_3' order by all"
    )
    assert [row["value_key"] for row in rows] == ["1", "2"]
    # the tag that is nobody's campaign is kept, unassigned
    assert credit(built, "hashtag_post")["1|other"] == {"UNASSIGNED": Decimal(1)}


@pytest.mark.req("000-K08")
def test_user_content_counts_when_the_last_register_says_accepted(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select record_id, person_id, ugc_collected__n as n from intermediate.int_kpi_inputs_publicity "
        "where record_type = 'ugc_item' order by all"
    )
    assert [tuple(row.values()) for row in rows] == [("u1", "p_3", 1), ("u2", "p_3", None), ("u3", "p_3", 1)]


@pytest.mark.req("004-K3")
@pytest.mark.req("004-K9")
@pytest.mark.req("004-K19")
def test_growth_is_over_the_stock_before_the_month_without_days_of_events(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select kpi_id, sum(numerator) as n, sum(denominator) as d from marts.fct_kpi_components "
        "where kpi_id like '%follower_growth%' and kpi_id not like '%net_%' group by all order by all"
    )
    # official account: opening 3100, 100 a day; net 10, (90 on the day of the event), and -2: zeros are never taken
    # X: opening 620, 20 a day; 3 on three days, the middle one an event of all accounts
    assert {row["kpi_id"]: (row["n"], row["d"]) for row in rows} == {
        "follower_growth_rate_oa": (8, 200),
        "oa_follower_growth": (98, 300),
        "follower_growth_rate_x": (6, 40),
    }


@pytest.mark.req("000-K24")
def test_new_followers_are_judged_by_the_first_list_after_thirty_days(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select record_id, mature_on, judged_on, n_new, n_kept from intermediate.int_follower_cohorts order by all"
    )
    assert [tuple(str(value) for value in row.values()) for row in rows] == [
        ("x|2026-09-01", "2026-10-01", "2026-10-05", "2", "1"),
        ("x|2026-09-10", "2026-10-10", "2026-10-12", "1", "1"),
    ]


def test_every_check_of_the_project_holds_on_these_rows(built: ScratchWarehouse) -> None:
    """`built` ran them all; this one tells that the totals held are not those of nothing."""
    kpis = {row["kpi_id"] for row in built.rows("select distinct kpi_id from marts.fct_kpi_components")}
    assert {"article_reads", "reach_rate", "content_output_rate", "ugc_collected", "follower_retention_30d"} <= kpis
