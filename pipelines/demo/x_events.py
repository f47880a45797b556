"""What happened on the X accounts: posts whose numbers grow with age, and the days of each account.

Belongs here: the invention of posts, replies, reposts, outliers and follower movements.
Does not belong here: X's export formats (`x_files`).
"""

from __future__ import annotations

import calendar
import datetime as dt
from random import Random

from pipelines.demo.events import AccountDay, Post, local
from pipelines.demo.roster import TEAMS, Roster

EPOCH_MS = 1288834974657  # X's snowflake epoch
AGENCY = "外包写手"  # an author of the content log that nobody in the company is
FORMATS = ("text", "image", "video", "poll", "live", "link")
_FOLLOWERS = {"x_brand": 42_310, "x_dev": 18_420, "x_help": 9_150}
_DAILY_GAIN = {"x_brand": (14, 44), "x_dev": (8, 26), "x_help": (3, 14)}
_REACH = {"x_brand": 5_200, "x_dev": 2_900, "x_help": 1_300}
_SENTENCES = (
    "云梯 4.2 上线，批量导出快了三倍",
    "周四晚上八点直播：如何搭建自己的数据看板，欢迎带着问题来",
    "新手指南更新了，第 3 章“连接数据源”重写了一遍",
    "We shipped webhooks for every plan, no limits",
    "感谢第 5000 位用户！抽 10 位送周边",
    "今天的小技巧：用筛选器把报表发给对的人",
    "招募 20 位体验官，反馈直达产品经理",
    "Office hours this Friday, bring your dashboards",
    "用户故事：一家 8 人的小店怎样省下每周两天",
    "你更想先看到哪个功能？投票截止周日",
)
_ANSWERS = (
    "您好，已私信处理",
    "请更新到 4.2.1 再试一次",
    "Thanks for the report, fixed",
    "退款 3 天内到账",
    "收到，正在排查",
)


def stream(seed: int, *names: str) -> Random:
    """A random stream of its own for a purpose, so that a new source does not shift the others.

    Args:
        seed: the company's seed.
        names: what the stream is for.

    Returns:
        A generator that depends on nothing else.
    """
    return Random("/".join((str(seed), *names)))  # noqa: S311 - invention, not secrecy


def month_bounds(month: str) -> tuple[dt.date, dt.date]:
    """First day of a month and of the next one."""
    year, number = int(month[:4]), int(month[5:])
    first = dt.date(year, number, 1)
    return first, first + dt.timedelta(days=calendar.monthrange(year, number)[1])


def make_posts(roster: Roster, account_id: str, months: list[str], seed: int) -> list[Post]:
    """Invent the posts of an account.

    Args:
        roster: who may have written what.
        account_id: the X account.
        months: UTC months, ascending.
        seed: the company's seed.

    Returns:
        Posts in order of creation; no post is created after the last local month's end.
    """
    team = next(account.team_id for account in roster.accounts if account.account_id == account_id)
    teams = TEAMS if len(roster.of_platform("x")) == 1 else (team,)
    posts: list[Post] = []
    for position, month in enumerate(months):
        rng = stream(seed, "posts", account_id, month)
        first, after = month_bounds(month)
        seconds = (after - first).days * 86_400
        if month == months[-1]:
            seconds -= 8 * 3600  # the local month ends eight hours before the UTC month
        start_ms = int(dt.datetime(first.year, first.month, 1, tzinfo=dt.UTC).timestamp() * 1000)
        moments = sorted(start_ms + milli for milli in rng.sample(range(1000, seconds * 1000), rng.randint(54, 88)))
        mood = rng.randint(70, 135)  # per cent: good and bad months
        outlier = rng.randrange(len(moments)) if position and position % 2 == 0 else -1
        for number, milli in enumerate(moments):
            posts.append(_post(rng, roster, account_id, teams, milli, mood, number == outlier))
    return posts


def _post(
    rng: Random, roster: Roster, account_id: str, teams: tuple[str, ...], milli: int, mood: int, outlier: bool
) -> Post:
    created_at = dt.datetime.fromtimestamp(milli // 1000, tz=dt.UTC) + dt.timedelta(milliseconds=milli % 1000)
    post_id = ((milli - EPOCH_MS) << 22) | rng.getrandbits(22)
    if post_id % 10_000 == 0:  # without a link it would look like one that a spreadsheet has rounded
        post_id += 1
    day = local(created_at).date()
    draw = rng.random()
    kind = "post" if draw < 0.62 or outlier else "reply" if draw < 0.95 else "repost"
    author: str | None = None
    signature = ""
    if kind == "post":
        writers = roster.working("content", day, teams) or roster.working("content", day)
        author = rng.choice(writers).name if rng.random() < 0.96 else rng.choice((AGENCY, ""))
        # a text that came again and again would be evidence of gaming: every post names its day and number
        said = f"{rng.choice(_SENTENCES)} ({day.month}/{day.day}-{post_id % 1000:03d})"
        text = said + rng.choice(("", " #云梯", " #CloudLadder 🎉", "\nhttps://t.co/a1B2c3D4e5"))
    elif kind == "reply":
        agents = roster.working("customer_service", day, teams)
        if agents and rng.random() < 0.72:
            signature = rng.choice(agents).initials if rng.random() < 0.96 else "QQ"
        mark = rng.choice((" ^", " ^", " -")) + signature if signature else ""
        text = f"@user_{rng.randrange(10**5):05d} {rng.choice(_ANSWERS)}{mark}"
    else:
        text = f"RT @partner_{rng.randrange(40):02d}: {rng.choice(_SENTENCES)}"
    is_original = rng.random() < 0.82
    form = rng.choices(FORMATS, (30, 32, 14, 7, 3, 14))[0]
    final = _final_numbers(rng, _REACH[account_id] * mood // 100, kind, outlier)
    return Post(post_id, account_id, created_at, kind, text, final, author, is_original, form, signature)


def _final_numbers(rng: Random, reach: int, kind: str, outlier: bool) -> dict[str, int]:
    """Numbers in the long run; an outlier stands so far out that every reading of the robust z finds it."""
    size = {"post": 100, "reply": 18, "repost": 45}[kind]
    impressions = reach * size * rng.randint(55, 165) // 10_000
    rates = {  # per mille of impressions
        "likes": 14,
        "bookmarks": 3,
        "shares": 1,
        "new_follows": 1,
        "replies": 3,
        "reposts": 4,
        "profile_visits": 6,
        "detail_expands": 22,
        "url_clicks": 8,
        "hashtag_clicks": 1,
        "permalink_clicks": 2,
    }
    final = {"impressions": impressions}
    for name, rate in rates.items():
        final[name] = impressions * rate * rng.randint(70, 150) // 100_000 + rng.randint(0, 1)
    if outlier:
        final = {name: value * (4 if name == "impressions" else 14) + 6 for name, value in final.items()}
    return final


def make_account_days(account_id: str, months: list[str], seed: int) -> list[AccountDay]:
    """Invent the UTC days of an account; the follower count moves by exactly new follows less unfollows."""
    days: list[AccountDay] = []
    followers = _FOLLOWERS[account_id]
    low, high = _DAILY_GAIN[account_id]
    for month in months:
        rng = stream(seed, "account_days", account_id, month)
        mood = rng.randint(85, 118)
        day, after = month_bounds(month)
        while day < after:
            reach = _REACH[account_id]
            numbers = {
                "impressions": reach * rng.randint(110, 330) // 100,
                "bookmarks": rng.randint(2, 20),
                "likes": reach * rng.randint(12, 40) // 1000,
                "shares": rng.randint(0, 9),
                "new_follows": rng.randint(low, high) * mood // 100,
                "unfollows": rng.randint(low // 3, high // 3),
                "replies": rng.randint(1, 24),
                "reposts": rng.randint(1, 30),
                "profile_visits": rng.randint(8, 90),
                "create_post": rng.randint(0, 5),
                "video_views": rng.randint(0, reach // 6),
                "media_views": rng.randint(0, reach // 3),
            }
            clicks = rng.randint(20, 160)
            parts = ("likes", "shares", "new_follows", "replies", "reposts", "profile_visits")
            numbers["engagements"] = clicks + sum(numbers[name] for name in parts)
            followers += numbers["new_follows"] - numbers["unfollows"]
            days.append(AccountDay(account_id, day, followers, numbers))
            day += dt.timedelta(days=1)
    return days
