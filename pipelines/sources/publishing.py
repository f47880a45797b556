"""Post reports of publishing tools (Sprout, Buffer, Hootsuite): who sent a post, and the reach that X does not tell.

Belongs here: the headers of the three tools, which are one export in three wordings. What a post is worth is counted
from X's own exports; of these reports the person and the reach are used.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

PUBLISHING_POSTS = SourceSpec(
    id="publishing_posts",
    family="publishing",
    platform="publishing",
    grain="one row per post sent, counts life-to-date at export",
    columns=(
        # Buffer has no id, it stands in the link; a spreadsheet rounds the ids of the others
        Column(
            "post_id", ("tweet id", "帖子 id", "帖子编号", "投稿ID"), required=True, kind="id", id_from_link="post_link"
        ),
        Column(
            "post_link",
            ("link", "post permalink", "service link", "帖子链接", "链接"),
            required=True,
            kind="category",
        ),
        # Hootsuite states Greenwich time whatever the account's zone is
        Column("published_gmt", ("date (gmt)",), kind="datetime"),
        Column("published_at", ("date", "published", "sent at", "日期", "发布时间"), kind="datetime"),
        Column("network", ("social network", "service", "平台", "网络"), required=True, kind="category"),
        Column("profile", ("profile name", "channel", "账号", "主页"), kind="category", names_account=True),
        Column(
            "sent_by",
            ("team member", "scheduled by", "created by", "author", "发送人", "发布人", "排期人"),
            kind="category",
            pseudonymise="actor:x_tool",
        ),
        Column("impressions", ("曝光量", "展示次数")),
        Column("reach", ("覆盖人数", "触达人数"), required=True),
        Column("engagements", ("engagement", "互动", "互动量")),
        Column("likes", ("reactions", "点赞")),
        Column("comments", ("评论",)),
        Column("shares", ("分享", "转发")),
        Column("clicks", ("post link clicks", "链接点击")),
    ),
    ignored=(
        "Post",
        "Post Message",
        "Update",
        "Post Type",
        "Content Type",
        "Type",
        "Engagement Rate (per Impression)",
        "Saves",
        "Video Views",
        "帖子内容",
    ),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("published_gmt", "published_at"),
    day_columns=("published_gmt", "published_at"),
    key_columns=("post_link",),
    measure="impressions",
    measures=("impressions", "reach", "engagements"),
)

SPECS = (PUBLISHING_POSTS,)
