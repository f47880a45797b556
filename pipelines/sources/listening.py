"""What others publish about the company: media mentions, posts with a campaign tag, content of users.

Belongs here: the headers of listening tools, of hashtag searches and of the register of collected content. Titles,
texts and sentiments are dropped; who wrote a post is landed as a keyed hash only.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

_ACCOUNT = ("account id", "brand account", "profile", "账号", "帐号", "アカウント")
_CAMPAIGN = ("campaign name", "活动", "推广活动", "キャンペーン")

MENTIONS = SourceSpec(
    id="mentions",
    family="mentions",
    platform="listening",
    grain="one row per article of an outlet",
    columns=(
        Column("url", ("article url", "link", "链接", "文章链接", "記事URL"), required=True, key=True, kind="category"),
        Column("outlet", ("source name", "media", "publication", "媒体", "媒体名称"), required=True, kind="category"),
        Column(
            "published_at",
            ("published", "publish date", "date", "发布时间", "发布日期", "掲載日"),
            required=True,
            key=True,
            kind="datetime",
        ),
        Column("is_brand_hit", ("brand hit", "brand mentioned", "提及品牌", "命中品牌"), required=True, kind="bool"),
        Column("account", _ACCOUNT, kind="category", names_account=True),
        Column("campaign", _CAMPAIGN, kind="category"),
    ),
    ignored=("Title", "Headline", "Snippet", "Sentiment", "Author", "标题", "摘要", "情感", "作者"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("published_at",),
    day_columns=("published_at",),
    key_columns=("url",),
)

HASHTAG_POSTS = SourceSpec(
    id="hashtag_posts",
    family="hashtags",
    platform="listening",
    grain="one row per post found and campaign tag",
    columns=(
        Column(
            "post_id",
            ("tweet id", "帖子 id", "帖子编号", "ポストID"),
            required=True,
            key=True,
            kind="id",
            id_from_link="post_link",
        ),
        # the link names its author, so it is landed as a keyed hash; the id is read out of it before
        Column("post_link", ("tweet permalink", "permalink", "帖子链接"), kind="category", pseudonymise="customer"),
        Column("posted_at", ("created at", "date", "发帖时间", "发布时间"), required=True, key=True, kind="datetime"),
        Column(
            "author_handle",
            ("author", "username", "screen name", "user", "作者", "用户名"),
            required=True,
            key=True,
            kind="category",
            pseudonymise="actor:x_handle",
        ),
        Column(
            "hashtag",
            ("tag", "keyword", "query", "话题", "话题标签", "关键词"),
            required=True,
            key=True,
            kind="category",
        ),
        Column("is_retweet", ("retweet", "is repost", "是否转推", "是否转发"), required=True, kind="bool"),
        Column("account", _ACCOUNT, kind="category", names_account=True),
    ),
    ignored=("Text", "Tweet text", "Post text", "正文", "内容", "Likes", "Language"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("posted_at",),
    day_columns=("posted_at",),
    key_columns=("post_id", "hashtag"),
    timezone="UTC",
)

UGC_ITEMS = SourceSpec(
    id="ugc_items",
    family="ugc",
    platform="ugc",
    grain="one row per collected piece of user content",
    columns=(
        Column("ugc_id", ("item id", "ugc", "编号", "ugc编号", "作品编号"), required=True, key=True, kind="category"),
        Column(
            "collected_at",
            ("collected", "collected on", "收集时间", "征集时间"),
            required=True,
            key=True,
            kind="datetime",
        ),
        Column("is_accepted", ("accepted", "是否采纳", "采纳", "采用"), required=True, kind="bool"),
        Column("collector", ("collected by", "owner", "收集人", "负责人"), kind="category", pseudonymise="actor:crm"),
        Column("author", ("creator", "用户", "作者"), kind="category", pseudonymise="customer"),
        Column("account", _ACCOUNT, kind="category", names_account=True),
        Column("campaign", _CAMPAIGN, kind="category"),
    ),
    ignored=("Title", "Link", "URL", "Notes", "标题", "链接", "备注"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("collected_at",),
    day_columns=("collected_at",),
    key_columns=("ugc_id",),
)

SPECS = (MENTIONS, HASHTAG_POSTS, UGC_ITEMS)
