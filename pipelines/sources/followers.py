"""Follower counts by account and day, lists of the followers of a day, and lists of any accounts with their profiles.

Belongs here: their headers. X keeps no history of counts and followers, so teams keep these sheets themselves; profile
fields bear the names of the X API v2, flattened by a point or an underscore. Does not belong here: what a profile is
worth (dbt_project/macros/follower_points.sql).
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
        Column("followers_count", ("public metrics followers count", "followers", "粉丝数")),
        Column("following_count", ("public metrics following count", "following", "关注数")),
        Column("post_count", ("public metrics tweet count", "tweet count", "posts", "发帖数")),
        Column("listed_count", ("public metrics listed count", "listed", "被列入数")),
        # whether there is one, never which
        Column("url", ("entities url urls 0 expanded url", "website", "网址"), kind="filled"),
        # the day alone: the second of the registration, like the id of a post, would name the account
        Column("created_on", ("created at", "created", "created day", "注册时间", "注册日期"), kind="date"),
    ),
    ignored=("Username", "Screen name", "Name", "Description", "Most recent tweet id", "用户名"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    subject="account",
    event_columns=("day",),
    day_columns=("day",),
    key_columns=("day", "follower_id"),
    measures=("followers_count", "following_count", "post_count", "listed_count"),
)

_ACCOUNT_ID = Column("id", ("user id", "account id", "follower id"), kind="id")
_OTHER_FIELDS = (
    Column("listed_count", ("public metrics listed count", "listed")),
    Column("url", ("entities url urls 0 expanded url",), kind="filled"),
    Column("has_url", kind="bool"),
    Column("created_at", ("created day", "created"), kind="datetime"),
    Column("age_days"),
    Column("observed_at", ("observed on", "observed", "day", "snapshot date"), kind="datetime"),
    Column("most_recent_tweet_id", ("most recent post id",), kind="id"),
)

#: What `scorecards followers score` reads. Nothing of it lands, so it is no source of the registry.
FOLLOWER_ACCOUNTS = SourceSpec(
    id="follower_accounts",
    family="follower_lists",
    platform="x",
    grain="one row per account",
    columns=(
        _ACCOUNT_ID,
        Column("followers_count", ("public metrics followers count", "followers"), required=True, key=True),
        Column(
            "following_count",
            ("public metrics following count", "following", "friends count"),
            required=True,
            key=True,
        ),
        Column(
            "tweet_count",
            (
                "public metrics tweet count",
                "post count",
                "public metrics post count",
                "statuses count",
                "posts",
                "tweets",
            ),
            required=True,
            key=True,
        ),
        *_OTHER_FIELDS,
    ),
)

#: The same with all metrics in one cell, as JSON.
NESTED_FOLLOWER_ACCOUNTS = SourceSpec(
    id="nested_follower_accounts",
    family="follower_lists",
    platform="x",
    grain="one row per account",
    columns=(
        _ACCOUNT_ID,
        Column("public_metrics", required=True, key=True, kind="category"),
        *_OTHER_FIELDS,
    ),
)

SPECS = (ACCOUNT_FOLLOWERS, FOLLOWER_SNAPSHOTS)
