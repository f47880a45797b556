"""X (Twitter) analytics exports: the 40-column monthly file, today's content file, today's daily overview.

Belongs here: their headers in the wordings seen, and what their file names say. X writes days and times in UTC
(`Date` equals the UTC day of the post id in 555 of 555 measured rows), and all counts are life-to-date at export.
"""

from __future__ import annotations

from pipelines.sources.spec import Column, SourceSpec, pattern

_PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("impressions", ("views", "曝光量", "曝光", "展示次数", "インプレッション", "impressionen")),
    ("engagements", ("互动", "互动量", "互动次数", "エンゲージメント", "interaktionen")),
    ("engagement_rate", ("互动率", "エンゲージメント率")),
    ("reposts", ("retweets", "转推", "转发", "リツイート", "リポスト")),
    ("replies", ("回复", "返信", "antworten", "réponses")),
    ("likes", ("favorites", "喜欢", "点赞", "喜欢次数", "いいね", "gefällt mir", "j'aime")),
    ("profile_clicks", ("user profile clicks", "用户资料点击", "プロフィールクリック")),
    ("url_clicks", ("链接点击", "URLクリック")),
    ("hashtag_clicks", ("话题标签点击", "ハッシュタグクリック")),
    ("detail_expands", ("详情展开", "詳細の表示")),
    ("permalink_clicks", ("固定链接点击", "パーマリンクのクリック")),
    ("app_opens", ()),
    ("app_installs", ()),
    ("follows", ("关注",)),
    ("email_post", ("email tweet",)),
    ("dial_phone", ()),
    ("media_views", ("媒体观看", "メディアの再生")),
    ("media_engagements", ("媒体互动",)),
)
_PROMOTED_ALIASES = {
    "reposts": ("promoted retweets",),
    "profile_clicks": ("promoted user profile clicks",),
    "email_post": ("promoted email tweet",),
}
_MONTHLY_REQUIRED = frozenset({"impressions", "engagements", "engagement_rate", "reposts", "replies", "likes"})

_POST_ID = (
    "post id",
    "tweet id",
    "帖子 id",
    "帖子编号",
    "推文 id",
    "ポスト id",
    "ポストID",
    "ツイートID",
    "id du post",
    "Post-ID",
)
_POST_LINK = (
    "post link",
    "tweet permalink",
    "post permalink",
    "帖子链接",
    "推文链接",
    "ポストのリンク",
    "ツイートの固定リンク",
)
_POST_TEXT = ("post text", "tweet text", "帖子文本", "帖子内容", "推文文本", "推文内容", "ポスト本文", "ツイート本文")
_DATE = ("date", "日期", "日付", "datum", "fecha")
_BOOKMARKS = ("书签", "收藏", "ブックマーク", "lesezeichen", "signets")
_SHARES = ("share", "分享", "共有", "geteilt", "partages")
_NEW_FOLLOWS = ("new followers", "新增关注", "新关注", "新增粉丝", "新しいフォロー", "新規フォロー", "neue follower")
_PROFILE_VISITS = (
    "profile visit",
    "主页访问",
    "个人资料访问",
    "プロフィールへのアクセス",
    "プロフィール訪問",
    "profilbesuche",
)


def _aliases(name: str) -> tuple[str, ...]:
    return dict(_PARTS)[name]


X_POSTS_MONTHLY = SourceSpec(
    id="x_posts_monthly",
    family="x_posts",
    platform="x",
    grain="one row per post published in the file's period, counts life-to-date at export",
    columns=(
        Column("post_id", _POST_ID, required=True, key=True, kind="id", id_from_link="post_link"),
        Column("post_link", _POST_LINK, kind="category"),
        Column("post_text", _POST_TEXT, required=True, kind="text"),
        Column("created_at", ("time", "时间", "日時", "zeit", "heure"), required=True, key=True, kind="datetime"),
        *(Column(name, aliases, required=name in _MONTHLY_REQUIRED) for name, aliases in _PARTS),
        *(Column(f"promoted_{name}", _PROMOTED_ALIASES.get(name, ())) for name, _ in _PARTS),
    ),
    filename_patterns=(
        pattern(r"tweet_activity_metrics_(?P<handle>\w+?)_(?P<from>{date})_(?P<to>{date})(?:_[a-z]{2}(?:-\w+)?)?"),
    ),
    subject="account",
    event_columns=("created_at",),
    day_columns=("created_at",),
    key_columns=("post_id",),
    measure="impressions",
    measures=("impressions", "engagements", "likes", "replies", "reposts"),
    timezone="UTC",
    link_column="post_link",
)

X_POSTS_CONTENT = SourceSpec(
    id="x_posts_content",
    family="x_posts",
    platform="x",
    grain="one row per post published in the file's period, counts life-to-date at export",
    columns=(
        Column("post_id", _POST_ID, required=True, key=True, kind="id", id_from_link="post_link"),
        Column("posted_on", _DATE, required=True, kind="date"),
        Column("post_text", _POST_TEXT, required=True, kind="text"),
        Column("post_link", _POST_LINK, kind="category"),
        Column("impressions", _aliases("impressions"), required=True),
        Column("likes", _aliases("likes"), required=True),
        Column("engagements", _aliases("engagements"), required=True),
        Column("bookmarks", _BOOKMARKS, required=True),
        Column("shares", _SHARES),
        Column("new_follows", _NEW_FOLLOWS),
        Column("replies", _aliases("replies"), required=True),
        Column("reposts", _aliases("reposts"), required=True),
        Column("profile_visits", _PROFILE_VISITS),
        Column("detail_expands", _aliases("detail_expands")),
        Column("url_clicks", _aliases("url_clicks")),
        Column("hashtag_clicks", _aliases("hashtag_clicks")),
        Column("permalink_clicks", _aliases("permalink_clicks")),
    ),
    filename_patterns=(
        pattern(r"account_analytics_content_(?P<from>{date})_(?P<to>{date})", to_inclusive=True),
        pattern(r"account_analytics_content_(?P<exported>{date})"),
    ),
    subject="account",
    # the exact moment is in the post id (a snowflake): milliseconds since 2010-11-04 01:42:54.657 UTC, shifted 22 bits
    event_sql="make_timestamp(((try_cast(post_id as ubigint) >> 22) + 1288834974657)::bigint * 1000)",
    day_columns=("posted_on",),
    key_columns=("post_id",),
    measure="impressions",
    measures=("impressions", "engagements", "likes", "replies", "reposts", "bookmarks"),
    timezone="UTC",
    link_column="post_link",
)

X_ACCOUNT_DAILY = SourceSpec(
    id="x_account_daily",
    family="x_account",
    platform="x",
    grain="one row per account and UTC day",
    columns=(
        Column("day", _DATE, required=True, key=True, kind="date"),
        Column("impressions", _aliases("impressions"), required=True),
        Column("likes", _aliases("likes")),
        Column("engagements", _aliases("engagements")),
        Column("bookmarks", _BOOKMARKS),
        Column("shares", _SHARES),
        Column("new_follows", _NEW_FOLLOWS, required=True),
        Column("unfollows", ("取消关注", "取关", "フォロー解除", "entfolgt"), required=True),
        Column("replies", _aliases("replies")),
        Column("reposts", _aliases("reposts")),
        Column("profile_visits", _PROFILE_VISITS),
        Column("create_post", ("posts created", "创建帖子", "发帖", "ポストを作成")),
        Column("video_views", ("视频观看", "視頻觀看", "動画の再生数")),
        Column("media_views", ("媒体观看", "メディアの再生")),
    ),
    filename_patterns=(
        pattern(r"account_overview_analytics_(?P<from>{date})_(?P<to>{date})", to_inclusive=True),
        pattern(r"account_overview_analytics_(?P<exported>{date})"),
        pattern(r"account_overview_analytics"),
    ),
    subject="account",
    event_columns=("day",),
    day_columns=("day",),
    key_columns=("day",),
    measure="impressions",
    measures=("impressions", "likes", "engagements", "new_follows", "unfollows"),
    timezone="UTC",
)

SPECS = (X_POSTS_MONTHLY, X_POSTS_CONTENT, X_ACCOUNT_DAILY)
