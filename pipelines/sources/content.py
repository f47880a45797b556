"""The content log (who wrote which post, whether it is original, its format) and the register of all content items.

Belongs here: the headers of a CMS or publishing tool export. Titles and texts are dropped.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

CONTENT_LOG = SourceSpec(
    id="content_log",
    family="content",
    platform="cms",
    grain="one row per post",
    columns=(
        Column(
            "post_id",
            ("post", "帖子 id", "帖子编号", "投稿ID"),
            required=True,
            key=True,
            kind="id",
            id_from_link="post_link",
        ),
        Column("post_link", ("link", "url", "链接", "リンク"), kind="category"),
        Column(
            "published_at",
            ("published", "published on", "publish date", "发布时间", "公開日時"),
            required=True,
            kind="datetime",
        ),
        Column(
            "author",
            ("作者", "撰写人", "投稿者", "Autor", "auteur", "Sent by"),
            required=True,
            kind="category",
            pseudonymise="actor:cms",
        ),
        Column("is_original", ("original", "是否原创", "原创", "オリジナル"), required=True, kind="bool"),
        Column(
            "format",
            ("content format", "content type", "形式", "内容形式", "フォーマット"),
            required=True,
            kind="category",
        ),
    ),
    ignored=("Title", "标题", "タイトル"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("published_at",),
    day_columns=("published_at",),
    key_columns=("post_id",),
)

CONTENT_ITEMS = SourceSpec(
    id="content_items",
    family="content_items",
    platform="cms",
    grain="one row per content item",
    columns=(
        Column(
            "item_id", ("content id", "content item id", "内容编号", "内容ID"), required=True, key=True, kind="category"
        ),
        Column("content_type", ("item type", "内容类型", "类型"), required=True, kind="category"),
        # a day alone means the end of that day
        Column(
            "due_at",
            ("due", "deadline", "planned at", "scheduled for", "计划发布时间", "截止时间"),
            required=True,
            kind="datetime",
        ),
        Column(
            "published_at", ("published", "published on", "发布时间", "实际发布时间"), required=True, kind="datetime"
        ),
        Column("status", ("state", "状态"), kind="category"),
        Column("account", ("account id", "channel", "账号", "帐号", "渠道"), kind="category", names_account=True),
        # the id under which the platform knows the item, e.g. the msgid of an article
        Column("platform_id", ("platform post id", "msgid", "平台编号", "文章编号"), kind="category"),
        Column("author", ("main author", "作者", "主笔"), required=True, kind="category", pseudonymise="actor:cms"),
        Column("author_share", ("author share", "作者占比", "主笔占比")),
        Column(
            "co_author", ("co author", "co-author", "合作者", "第二作者"), kind="category", pseudonymise="actor:cms"
        ),
        Column("co_author_share", ("co-author share", "合作者占比", "第二作者占比")),
        Column("co_author_2", ("co-author 2", "合作者2", "第三作者"), kind="category", pseudonymise="actor:cms"),
        Column("co_author_2_share", ("co-author 2 share", "合作者2占比", "第三作者占比")),
    ),
    ignored=("Title", "标题", "タイトル"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("due_at", "published_at"),
    day_columns=("published_at", "due_at"),
    key_columns=("item_id",),
)

SPECS = (CONTENT_LOG, CONTENT_ITEMS)
