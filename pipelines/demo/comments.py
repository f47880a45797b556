"""What users say of the demo company in public: comments in several languages, what each means, files and truth.

Belongs here: texts written so that nobody doubts what they express, their export, the labels by people, the sums. What
a comment means is known because it was written so, not because a tool says it; tests/unit/demo holds that the
pipeline's tools read each text as it is meant, but for the ironic one, which people label. Does not belong here:
judging texts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from pipelines.demo.content_events import EXCLUDED, OWN_HANDLE
from pipelines.demo.content_world import CAMPAIGN
from pipelines.demo.credit import Resolver
from pipelines.demo.deliveries import export_day
from pipelines.demo.events import SHANGHAI, local_month
from pipelines.demo.files import csv_text, write_text
from pipelines.demo.roster import MANAGER
from pipelines.demo.truth import Ledger
from pipelines.demo.x_events import month_bounds, stream

#: What is meant -> texts that say it.
TEXTS: dict[str, tuple[str, ...]] = {
    "positive": (
        "云梯的客服非常热情，问题很快解决，很满意！",
        "新版本流畅又稳定，界面漂亮，强烈推荐。",
        "Love the new dashboard, it is fast and beautiful!",
        "Great support team, they fixed my problem within an hour. Thank you!",
    ),
    "neutral": (
        "请问云梯的定价页在哪里？",
        "今天开始第三期培训，地点在上海。",
        "Which region hosts the servers?",
        "Version 4 comes out on Monday.",
    ),
    "negative": (
        "登录又失败了，客服态度恶劣，太失望了。",
        "价格太贵，速度很慢，体验糟糕。",
        "The app crashes all the time, I hate this update.",
        "Terrible service, nobody answers and I am very disappointed.",
    ),
}
#: In a language that no tool knows, so without a label.
UNKNOWN_TEXT = "とても使いやすくて助かりました。"
#: Praise in words, blame in meaning: people label it negative.
IRONY = "真是太好了，一天崩溃三次，非常感谢！"
#: So many comments of each meaning a month.
COUNTS = {"positive": 18, "neutral": 10, "negative": 6}
#: A month with a third of them: too few for a share that is more than provisional.
QUIET_MONTH = "2026-09"
#: A month whose export was taken in Chinese.
CHINESE_MONTH = "2026-08"

_ENGLISH_HEADER = ("Comment ID", "Comment time", "Comment source", "Commenter", "Comment text", "Campaign", "Likes")
_CHINESE_HEADER = ("评论编号", "评论时间", "评论平台", "评论用户", "评论内容", "活动", "点赞数")
_LABELS_HEADER = ("month", "network", "comment_id", "label", "reviewer_id", "labelled_on", "note")


@dataclass(frozen=True)
class UserComment:
    """One public comment.

    Attributes:
        comment_id: its id on its platform.
        at: when it was written.
        network: where.
        author: handle of who wrote it.
        text: what it says.
        meaning: positive, neutral or negative; empty where no tool knows the language and nobody read it.
        is_counted: by a user and no repost.
        is_read: people labelled it.
    """

    comment_id: str
    at: dt.datetime
    network: str
    author: str
    text: str
    meaning: str
    is_counted: bool = True
    is_read: bool = False


def make_comments(months: list[str], seed: int) -> list[UserComment]:
    """Invent the comments of all months, in order of time."""
    return sorted((comment for month in months for comment in _month(month, seed)), key=lambda one: one.comment_id)


def _month(month: str, seed: int) -> list[UserComment]:
    rng = stream(seed, "comments", month)
    first, after = month_bounds(month)
    share = 3 if month == QUIET_MONTH else 1
    said = [
        (TEXTS[meaning][number % len(TEXTS[meaning])], meaning, True)
        for meaning, count in COUNTS.items()
        for number in range(count // share)
    ]
    said += [(UNKNOWN_TEXT, "", True), (IRONY, "negative", True)]
    texts = [(text, meaning, f"user_{rng.randrange(5_000)}", counted) for text, meaning, counted in said]
    # the company's own people, a spam account it knows, and a repost: listed by the tool, nobody's voice
    own = (OWN_HANDLE, *EXCLUDED)
    texts += [(TEXTS["positive"][0], "positive", author, False) for author in own]
    texts.append((f"RT @CloudLadder {TEXTS['positive'][3]}", "positive", "user_repost", False))
    comments = []
    for number, (text, meaning, author, counted) in enumerate(texts):
        day = first + dt.timedelta(days=rng.randrange((after - first).days))
        at = dt.datetime(day.year, day.month, day.day, rng.randrange(24), rng.randrange(60), tzinfo=SHANGHAI)
        network = ("X", "小红书")[number % 2]
        comment_id = f"{month.replace('-', '')}{number:04d}"
        comments.append(UserComment(comment_id, at, network, author, text, meaning, counted, text == IRONY))
    return comments


def reckon_comments(ledger: Ledger, comments: list[UserComment], resolver: Resolver) -> None:
    """Credit what users said to whoever holds the campaign."""
    for comment in comments:
        if not comment.is_counted or not comment.meaning:
            continue
        month, credit = local_month(comment.at), resolver.campaign(CAMPAIGN, comment.at.date())
        ledger.add(month, credit, "positive_sentiment_share", int(comment.meaning == "positive"), 1)
        tone = {"positive": 1, "neutral": 0, "negative": -1}[comment.meaning]
        ledger.add(month, credit, "user_sentiment_index", tone, 1)


def write_comments(home: Path, comments: list[UserComment], months: list[str]) -> None:
    """Write one export a month, and what people said of some comments."""
    for month in months:
        header = _CHINESE_HEADER if month == CHINESE_MONTH else _ENGLISH_HEADER
        rows = [
            (one.comment_id, f"{one.at:%Y-%m-%d %H:%M:%S}", one.network, one.author, one.text, CAMPAIGN, "3")
            for one in comments
            if local_month(one.at) == month
        ]
        folder = home / "exports" / "listening" / export_day(month).isoformat()
        write_text(folder / f"comments_{month}.csv", csv_text(header, rows))
    read = [
        (local_month(one.at), one.network, one.comment_id, one.meaning, MANAGER, f"{one.at:%Y-%m-%d}", "反语")
        for one in comments
        if one.is_read
    ]
    write_text(home / "reviews" / "sentiment_labels.csv", csv_text(_LABELS_HEADER, read))
