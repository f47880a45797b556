"""Follower counts by account and day, noted by hand or exported by a monitoring tool: the generic CSV template.

Belongs here: its headers. X keeps no history of follower counts, so teams keep this sheet themselves.
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

SPECS = (ACCOUNT_FOLLOWERS,)
