"""Follower counts by account and day, and lists of the followers of a day: the generic CSV templates.

Belongs here: their headers. X keeps no history of either, so teams keep these sheets themselves.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

ACCOUNT_FOLLOWERS = SourceSpec(
    id="account_followers",
    family="followers",
    platform="x",
    grain="one row per account and day",
    columns=(
        Column("day", ("date", "日期", "日付", "datum", "snapshot date"), required=True, key=True, kind="date"),
        Column(
            "account",
            ("account id", "handle", "profile", "账号", "帐号", "アカウント", "konto", "compte"),
            required=True,
            key=True,
            kind="category",
            names_account=True,
        ),
        Column(
            "followers",
            (
                "followers count",
                "follower count",
                "audience",
                "粉丝数",
                "粉丝总数",
                "关注者",
                "フォロワー数",
                "abonnés",
            ),
            required=True,
            key=True,
        ),
    ),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("day",),
    day_columns=("day",),
    key_columns=("day", "account"),
    measure="followers",
    measures=("followers",),
)

FOLLOWER_SNAPSHOTS = SourceSpec(
    id="follower_snapshots",
    family="follower_lists",
    platform="x",
    grain="one row per account, day of the snapshot and follower",
    columns=(
        Column("day", ("snapshot date", "date", "快照日期", "日期"), required=True, key=True, kind="date"),
        Column(
            "account",
            ("account id", "handle", "profile", "账号", "帐号", "アカウント"),
            kind="category",
            names_account=True,
        ),
        Column(
            "follower_id",
            ("follower", "user id", "粉丝 id", "粉丝编号", "フォロワーID"),
            required=True,
            key=True,
            kind="id",
            pseudonymise="customer",
        ),
    ),
    ignored=("Username", "Screen name", "Name", "Description", "Created at", "用户名"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    subject="account",
    event_columns=("day",),
    day_columns=("day",),
    key_columns=("day", "follower_id"),
)

SPECS = (ACCOUNT_FOLLOWERS, FOLLOWER_SNAPSHOTS)
