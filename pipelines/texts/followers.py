"""Why an account got its points of follower quality, a sentence a line of the scoring card.

Belongs here: the sentences, by the codes of dbt_project/seeds/follower_points.csv and by the rules of the burst
guard. seeds/follower_reasons.csv is a rendering of them (dbt_project/render.py writes it, a test holds it), so that
the warehouse and the command say the same. Does not belong here: when a line applies and how many points it gives;
dbt_project/macros/follower_points.sql and the seed decide that.
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, en_zh

_FOLLOWS_MANY = (
    "+{points}: follows {following} accounts, {threshold} or more.",
    "+{points}：关注 {following} 个账号，达到 {threshold} 个。",
)
_FOLLOWS_FAR_MORE = (
    "+{points}: follows {following} accounts and has {followers} followers: at least {threshold} followed for each.",
    "+{points}：关注 {following} 个账号，粉丝 {followers} 个，关注数不低于粉丝数的 {threshold} 倍。",
)
_POSTS_LITTLE = (
    "+{points}: {posts} posts and {following} accounts followed: fewer than {threshold} posts for each.",
    "+{points}：发帖 {posts} 条，关注 {following} 个账号，每关注一个账号发帖不到 {threshold} 条。",
)

#: code of the card -> (en, zh). Placeholders: points, threshold, followers, following, posts, days; of a batch
#: created_on, made, expected.
_REASONS: dict[str, tuple[str, str]] = {
    "following_ratio_1": _FOLLOWS_FAR_MORE,
    "following_ratio_2": _FOLLOWS_FAR_MORE,
    "following_1": _FOLLOWS_MANY,
    "following_2": _FOLLOWS_MANY,
    "following_pace": (
        "+{points}: follows {following} accounts after {days} days: {threshold} a day or more.",
        "+{points}：注册 {days} 天，关注 {following} 个账号，平均每天不少于 {threshold} 个。",
    ),
    "posts_ratio_1": _POSTS_LITTLE,
    "posts_ratio_2": _POSTS_LITTLE,
    "posts_ratio_3": _POSTS_LITTLE,
    "posts_ratio_4": _POSTS_LITTLE,
    "followers_square": (
        "+{points}: {followers} followers against {following} accounts followed: "
        "at least {threshold} times the square of the followers.",
        "+{points}：粉丝 {followers} 个，关注 {following} 个账号，关注数不低于粉丝数平方的 {threshold} 倍。",
    ),
    "followers_few": (
        "+{points}: {followers} followers, fewer than {threshold}.",
        "+{points}：粉丝 {followers} 个，不到 {threshold} 个。",
    ),
    "posts_pace": (
        "+{points}: {posts} posts in {days} days, fewer than {threshold} a day.",
        "+{points}：{days} 天发帖 {posts} 条，平均每天不到 {threshold} 条。",
    ),
    "no_url": ("+{points}: no website in the profile.", "+{points}：资料中没有填写网址。"),
    "never_listed": ("+{points}: nobody has put it on a list.", "+{points}：从未被加入任何列表。"),
    "few_following": (
        "{points}: follows {following} accounts, fewer than {threshold}, which tells too little for more points.",
        "{points}：仅关注 {following} 个账号，不到 {threshold} 个，依据不足，分数封顶。",
    ),
    "batch": (
        "+{points}: made on {created_on}, as {made} accounts of this list were, where the days around it let expect "
        "{expected}: at least {threshold} times as many.",
        "+{points}：注册于 {created_on}，名单中有 {made} 个账号注册于该日，按前后日期预期为 {expected} 个，"
        "达到预期的 {threshold} 倍。",
    ),
    "pending": (
        "Judged at an age of {threshold} days: the account is {days} days old.",
        "账号注册 {days} 天，满 {threshold} 天后再判定。",
    ),
}

#: rule of the burst guard -> (en, zh). Placeholders: created_on, n, expected, day, points, threshold.
_BURST_REASONS: dict[str, tuple[str, str]] = {
    "cluster": (
        "Made on {created_on}, as were {n} followers of the same two weeks, where its neighbouring days have "
        "{expected}: a batch.",
        "注册于 {created_on}，同两周内有 {n} 个新增粉丝注册于该日，而相邻日期平均为 {expected} 个：属批量注册账号。",
    ),
    "window": (
        "Followed on {day}, one of the days on which far more followers than usual have such profiles: "
        "{points} points are enough there, from {threshold} on.",
        "关注于 {day}，当日前后此类资料的新增粉丝远多于平常：该期间满 {threshold} 分即判定，此账号 {points} 分。",
    ),
}

TEXTS: Entries = en_zh("followers.reasons.", _REASONS) | en_zh("followers.burst.", _BURST_REASONS)
