"""What users say in public about the company: comments, reviews and mentions, one row each with its text.

Belongs here: the header of such exports. The text is judged at landing (sentiment_labels) and dropped; landing keeps
its features. Who wrote it is landed as a keyed hash only. Does not belong here: articles of outlets and posts found by
a campaign tag (`listening`), answers to surveys (`surveys`).
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

COMMENTS = SourceSpec(
    id="comments",
    family="comments",
    platform="listening",
    grain="one row per public comment, review or mention by a user",
    columns=(
        Column(
            "comment_id",
            ("mention id", "review id", "评论id", "评论编号", "提及编号", "コメントID"),
            required=True,
            key=True,
            kind="category",
        ),
        Column(
            "commented_at",
            ("comment time", "mentioned at", "commented on", "评论时间", "提及时间", "コメント日時"),
            required=True,
            key=True,
            kind="datetime",
        ),
        Column(
            "comment",
            ("comment text", "mention text", "review text", "评论内容", "评论正文", "提及内容", "コメント内容"),
            required=True,
            kind="text",
            is_judged=True,
        ),
        Column(
            "author_handle",
            ("commenter", "comment author", "评论人", "评论者", "评论用户"),
            kind="category",
            pseudonymise="actor:x_handle",
        ),
        Column("network", ("comment source", "channel name", "来源平台", "评论平台"), kind="category"),
        Column(
            "account",
            ("account id", "brand account", "profile", "账号", "帐号", "アカウント"),
            kind="category",
            names_account=True,
        ),
        Column("campaign", ("campaign name", "活动", "推广活动", "キャンペーン"), kind="category"),
    ),
    ignored=("Link", "URL", "Likes", "Replies", "Language", "Sentiment", "链接", "点赞数", "回复数", "语言", "情感"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("commented_at",),
    day_columns=("commented_at",),
    key_columns=("comment_id",),
)

SPECS = (COMMENTS,)
