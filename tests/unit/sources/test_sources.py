"""Header matching and the reading of names, on their own."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.sources.filenames import read_folder, read_name, stem_of
from pipelines.sources.match import best_matches, fold_header, match_header, nearest
from pipelines.sources.registry import ALL_SPECS, spec_of
from pipelines.sources.spec import Column, SourceSpec

X_CONTENT = [
    "Post id",
    "Date",
    "Post text",
    "Post Link",
    "Impressions",
    "Likes",
    "Engagements",
    "Bookmarks",
    "Replies",
    "Reposts",
]


@pytest.mark.parametrize("spec", ALL_SPECS, ids=lambda spec: spec.id)
def test_each_spec_is_told_by_its_own_canonical_header_alone(spec: SourceSpec) -> None:
    matches = best_matches([column.name for column in spec.columns], ALL_SPECS)
    assert [match.spec.id for match in matches] == [spec.id]
    assert not matches[0].unknown and not matches[0].twice


@pytest.mark.parametrize("spec", ALL_SPECS, ids=lambda spec: spec.id)
def test_no_alias_names_two_columns_of_a_spec(spec: SourceSpec) -> None:
    owners: dict[str, str] = {}
    for column in spec.columns:
        for alias in {fold_header(name.removesuffix("()")) for name in (column.name, *column.aliases)}:
            assert owners.setdefault(alias, column.name) == column.name, alias
    assert not {fold_header(name) for name in spec.ignored} & set(owners)


@pytest.mark.parametrize(
    "header", ["Post Link", "post_link", "  POST-LINK ", "Ｐｏｓｔ　Ｌｉｎｋ", "Post\u00a0link", "\ufeffPost link"]
)
def test_headers_are_compared_folded(header: str) -> None:
    assert fold_header(header) == "post link"


@pytest.mark.parametrize("header", ["帖子 ID", "帖子ID", "帖子_id", "帖子　ＩＤ"])
def test_a_space_beside_a_chinese_character_says_nothing(header: str) -> None:
    names = [header, "发布时间", "作者", "是否原创", "形式"]
    assert [match.spec.id for match in best_matches(names, ALL_SPECS)] == ["content_log"]


def test_both_wordings_of_the_content_export() -> None:
    older = [name.replace("Post", "Tweet").replace("Tweet Link", "Tweet permalink") for name in X_CONTENT]
    for header in (X_CONTENT, older, [name.lower() for name in X_CONTENT]):
        assert [match.spec.id for match in best_matches(header, ALL_SPECS)] == ["x_posts_content"]


def test_a_near_miss_names_what_is_missing() -> None:
    match = nearest(X_CONTENT[1:3] + X_CONTENT[4:], ALL_SPECS)
    assert (match.spec.id, match.missing) == ("x_posts_content", ("post_id",))


def test_the_id_may_come_from_the_link() -> None:
    assert match_header(X_CONTENT[1:], spec_of("x_posts_content")).fits


def test_the_companys_own_alias_goes_first() -> None:
    extra = {"x_posts_content": {"likes": ("Hearts",)}}
    match = match_header([*X_CONTENT, "Hearts"], spec_of("x_posts_content"), extra)
    assert next(column.header for column in match.columns if column.column.name == "likes") == "Hearts"


def test_the_same_header_twice_is_told() -> None:
    assert match_header([*X_CONTENT, "likes"], spec_of("x_posts_content")).twice == ("likes",)


@pytest.mark.parametrize(
    ("name", "spec_id", "expected"),
    [
        (
            "tweet_activity_metrics_Some_Handle_20161201_20170101_en.csv",
            "x_posts_monthly",
            ("Some_Handle", date(2016, 12, 1), date(2017, 1, 1), None),
        ),
        (
            "tweet_activity_metrics_acme_20161201_20170101_en.csv.csv",
            "x_posts_monthly",
            ("acme", date(2016, 12, 1), date(2017, 1, 1), None),
        ),
        (
            "XYZ_account_analytics_content_2026-02-14_2026-02-27 (1).csv",
            "x_posts_content",
            ("", date(2026, 2, 14), date(2026, 2, 28), None),
        ),
        ("account_overview_analytics.csv", "x_account_daily", ("", None, None, None)),
        ("hubspot-crm-exports-deals-2026-11-01.csv", "hubspot_deals", ("", None, None, date(2026, 11, 1))),
        ("orders_export_2026-11-01.csv", "shopify_orders", ("", None, None, date(2026, 11, 1))),
        ("orders_export_1.csv", "shopify_orders", ("", None, None, None)),
        ("tickets_20261001_20261031.xlsx", "ticket_events", ("", date(2026, 10, 1), date(2026, 11, 1), None)),
        ("tickets_20261301.csv", "ticket_events", ("", None, None, None)),
        ("content_2026-10-31_2026-10-01.csv", "content_log", ("", None, None, None)),
    ],
)
def test_file_names(name: str, spec_id: str, expected: tuple[object, ...]) -> None:
    facts = read_name(name, spec_of(spec_id))
    assert (facts.handle, facts.period_from, facts.period_to, facts.exported_on) == expected


def test_stems() -> None:
    assert [stem_of(name) for name in ("a.csv", "a.csv.csv", "a (2).xlsx", "a.b.csv")] == ["a", "a", "a", "a.b"]


def test_folders() -> None:
    facts = read_folder("exports/x/acme/2026-11-02/_2/file.csv")
    assert (facts.platform, facts.account_folders, facts.exported_on) == ("x", ("acme",), date(2026, 11, 2))
    assert read_folder("exports/file.csv").platform == ""


def test_a_spec_that_names_a_column_it_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="no such column: nothing"):
        SourceSpec("a", "a", "a", "a", (Column("b"),), measure="nothing")
    with pytest.raises(ValueError, match="declared twice"):
        SourceSpec("a", "a", "a", "a", (Column("b"), Column("b")))
