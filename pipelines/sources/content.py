"""The content log: who wrote which post, whether it is original, and its format.

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

SPECS = (CONTENT_LOG,)
