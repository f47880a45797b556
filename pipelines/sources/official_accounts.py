"""WeChat official accounts: the back office's article export and its account users by day.

Belongs here: their headers. Numbers of an article are totals since publication; the interface marks what is not final
with `is_delay`, and articles under three reads, shares and favourites are left out by WeChat itself.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

_ACCOUNT = ("account id", "公众号", "账号", "帐号", "公众号名称")

OA_ARTICLES = SourceSpec(
    id="oa_articles",
    family="oa_articles",
    platform="wechat_oa",
    grain="one row per article, totals since publication",
    columns=(
        Column(
            "article_id",
            ("msgid", "msg data id index", "文章编号", "图文编号", "文章ID", "图文ID"),
            required=True,
            key=True,
            kind="category",
        ),
        Column(
            "published_at",
            ("publish time", "发布时间", "发表时间", "发表日期", "群发时间"),
            required=True,
            key=True,
            kind="datetime",
        ),
        Column("account", _ACCOUNT, kind="category", names_account=True),
        Column("delivered", ("delivered users", "送达人数", "target user"), required=True),
        Column("readers", ("read user", "read users", "阅读人数", "图文页阅读人数", "图文阅读人数"), required=True),
        Column("reads", ("read count", "阅读次数", "图文页阅读次数", "图文阅读次数"), required=True),
        Column("shares", ("share user", "share users", "分享人数", "分享转发人数", "转发人数")),
        Column("favourites", ("collection", "favorites", "favourite users", "收藏人数", "微信收藏人数")),
        Column("likes", ("like user", "like users", "点赞人数", "点赞数")),
        Column("zaikan", ("zaikan user", "wow users", "在看人数", "在看数")),
        Column("comments", ("comment count", "留言数", "评论数", "留言条数")),
        Column("is_delay", ("is delayed", "数据延迟", "是否延迟"), kind="bool"),
    ),
    ignored=("Title", "标题", "内容标题", "图文标题", "文章标题", "内容url", "url", "图文链接"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    subject="account",
    event_columns=("published_at",),
    day_columns=("published_at",),
    key_columns=("article_id",),
    measure="reads",
    measures=("delivered", "readers", "reads", "shares", "likes"),
)

OA_USER_DAYS = SourceSpec(
    id="oa_user_days",
    family="oa_users",
    platform="wechat_oa",
    grain="one row per official account and day",
    columns=(
        Column("day", ("date", "ref date", "日期", "时间"), required=True, key=True, kind="date"),
        Column("account", _ACCOUNT, kind="category", names_account=True),
        Column("new_users", ("new user", "新增关注人数", "新关注人数", "新增人数"), required=True),
        Column("cancelled_users", ("cancel user", "取消关注人数", "取关人数"), required=True),
        Column("cumulative_users", ("cumulate user", "累积关注人数", "累计关注人数"), required=True),
    ),
    ignored=("净增关注人数", "净增人数", "Net users"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    subject="account",
    event_columns=("day",),
    day_columns=("day",),
    key_columns=("day",),
    measure="new_users",
    measures=("new_users", "cancelled_users", "cumulative_users"),
)

SPECS = (OA_ARTICLES, OA_USER_DAYS)
