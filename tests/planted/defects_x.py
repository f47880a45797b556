"""Defects in the exports of X accounts.

Belongs here: damage to posts, overview and follower counts of one account each. Posts and growth stand in different
exports, so that of each account the half that is sound must stay paid.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy

from . import sheets
from .cases import Defect, Said, finding
from .company import Subject, followers
from .sheets import Sheet

POSTS = ("impressions", "engagement_rate_followers")
GROWTH = ("net_follower_growth",)
CONTENT, OVERVIEW = ("content", "2026-10-31"), ("overview", "2026-10-31")


def rewrite(it: Subject, part: str, data: bytes) -> None:
    """Put bytes in the place of October's export."""
    (name,) = it.named(part, "2026-10-31")
    it.files[name] = data


def without_days(it: Subject, part: str, first: str, last: str) -> None:
    """Take the rows of some days of October out."""
    sheet = it.sheet(part, "2026-10-31")
    gone = {sheets.x_date(day) for day in sheets.days() if first <= day.isoformat() <= last}
    sheet.rows = [row for row in sheet.rows if row["Date"] not in gone]


def gap_inside(it: Subject) -> None:
    """Three days of the overview were not exported."""
    without_days(it, "overview", "2026-10-11", "2026-10-13")


def gap_at_the_end(it: Subject) -> None:
    """The overview was exported on the 22nd."""
    without_days(it, "overview", "2026-10-23", "2026-10-31")
    (name,) = it.named(*OVERVIEW)
    it.files[name.replace("2026-10-31", "2026-10-22").replace("2026-11-09", "2026-10-23")] = it.files.pop(name)


def nothing_came(it: Subject) -> None:
    """Nobody put October's posts in."""
    (name,) = it.named(*CONTENT)
    del it.files[name]


def truncated(it: Subject) -> None:
    """The download ended in the middle of a row."""
    data = it.sheet(*CONTENT).data()
    rewrite(it, "content", data[: len(data) * 2 // 3])


def unreadable_rows(it: Subject) -> None:
    """Three impressions are words."""
    for row in it.sheet(*CONTENT).rows[4:7]:
        row["Impressions"] = "soon"


def two_versions(it: Subject) -> None:
    """A second export of the same day and range has other numbers for a third of the posts."""
    (name,) = it.named(*CONTENT)
    copy = deepcopy(it.sheet(*CONTENT))
    for row in copy.rows[::3]:
        row["Impressions"] = str(int(row["Impressions"]) + 500)
    it.files[name.replace(".csv", " (1).csv")] = copy


def zeros_over_values(it: Subject) -> None:
    """A later upload has the same posts with every number zero."""
    (name,) = it.named(*CONTENT)
    it.files[name.replace("2026-11-09", "2026-11-20")] = zeroed(deepcopy(it.sheet(*CONTENT)))


def zeroed(sheet: Sheet) -> Sheet:
    """Every number zero."""
    for row in sheet.rows:
        row.update({name: "0" for name in row if row[name].isdigit() and name != "Post id"})
    return sheet


def nothing_but_zeros(it: Subject) -> None:
    """October's posts were exported before the platform had counted: every number is zero, and no other export is."""
    zeroed(it.sheet(*CONTENT))


def growth_of_zeros(it: Subject) -> None:
    """The same of the overview."""
    zeroed(it.sheet(*OVERVIEW))


def top_posts(it: Subject) -> None:
    """Only the half of the posts that did best was exported."""
    sheet = it.sheet(*CONTENT)
    sheet.rows = sorted(sheet.rows, key=lambda row: -int(row["Impressions"]))[: len(sheet.rows) // 2]


def few_posts(it: Subject) -> None:
    """A filter left five posts, and the overview was exported without the count of posts."""
    it.sheet(*CONTENT).rows = it.sheet(*CONTENT).rows[::7]
    it.sheet(*OVERVIEW).header.remove("Create Post")


def others_followers(it: Subject) -> None:
    """The follower counts are those of two other accounts, by turns."""
    for n, row in enumerate(it.tables["account_followers"]):
        row["Followers"] = str(9_000 + 900 * (n % 2))
    stocks_have_changed(it)


def stocks_have_changed(it: Subject) -> None:
    """Rates by followers are those of the new stock; nothing says that it is wrong."""
    it.truth["engagement_rate_followers"] = it.measured()["engagement_rate_followers"]


def cumulative(it: Subject) -> None:
    """Follows and unfollows are those since the first of the month, not those of the day."""
    follows = unfollows = 0
    for row in reversed(it.sheet(*OVERVIEW).rows):
        follows, unfollows = follows + int(row["New follows"]), unfollows + int(row["Unfollows"])
        row.update({"New follows": str(follows), "Unfollows": str(unfollows)})


def in_thousands(it: Subject) -> None:
    """Impressions are written as thousandths: the unit has switched."""
    for row in it.sheet(*CONTENT).rows:
        row["Impressions"] = str(int(row["Impressions"]) * 1000)


def others_posts(it: Subject) -> None:
    """The posts of another account lie in this account's folder."""
    (name,) = it.named(*CONTENT)
    posts = [sheets.a_post(it.number + 500, "H001", day) for day in sheets.days(sheets.OCTOBER, sheets.NOVEMBER)]
    it.files[name] = Sheet(it.sheet(*CONTENT).header, posts)


def wrong_month(it: Subject) -> None:
    """The file that is named for October holds September's posts."""
    (name,) = it.named(*CONTENT)
    posts = [row for row in it.sheet("content", "2026-09-30").rows if ", Sep " in row["Date"]]
    it.files[name] = Sheet(it.sheet(*CONTENT).header, deepcopy(posts))


def renamed_columns(it: Subject) -> None:
    """Somebody renamed three headers."""
    data = it.sheet(*CONTENT).data()
    for old, new in ((b"Impressions", b"Seen by"), (b"Likes", b"Hearts"), (b"Bookmarks", b"Kept")):
        data = data.replace(old, new, 1)
    rewrite(it, "content", data)


def encoding(it: Subject) -> None:
    """Saved in the code page of a Western Windows."""
    for row in it.sheet(*CONTENT).rows:
        row["Post text"] = "Größe für Köln, é è à"
    rewrite(it, "content", it.sheet(*CONTENT).data().decode().encode("cp1252"))


def empty_file(it: Subject) -> None:
    """The export came empty."""
    rewrite(it, "content", b"")


def rounded_ids(it: Subject) -> None:
    """A spreadsheet wrote the ids as 2.05E+18, and the column of links was deleted."""
    sheet = it.sheet(*CONTENT)
    for row in sheet.rows:
        row["Post id"] = f"{int(row['Post id']):.5E}"
    sheet.header.remove("Post Link")


def serial_dates(it: Subject) -> None:
    """A spreadsheet wrote the days as serial numbers."""
    for row in it.sheet(*OVERVIEW).rows:
        day = dt.datetime.strptime(row["Date"], "%a, %b %d, %Y").date()
        row["Date"] = str((day - dt.date(1899, 12, 30)).days)


def mostly_empty(it: Subject) -> None:
    """Two thirds of the posts have no impressions."""
    for n, row in enumerate(it.sheet(*CONTENT).rows):
        row["Impressions"] = row["Impressions"] if n % 3 == 0 else ""


def empty_unfollows(it: Subject) -> None:
    """The overview leaves the unfollows of ten days empty."""
    for row in it.sheet(*OVERVIEW).rows[:10]:
        row["Unfollows"] = ""


def no_followers(it: Subject) -> None:
    """Nobody kept the follower counts of October."""
    counts = it.tables["account_followers"]
    it.tables["account_followers"] = [row for row in counts if row["Date"] < "2026-09-01"]


def bought(it: Subject) -> None:
    """Two thousand follows in two days, and nobody saw more of the account than usual."""
    rows = {row["Date"]: row for row in it.sheet(*OVERVIEW).rows}
    for day in (dt.date(2026, 10, 14), dt.date(2026, 10, 15)):
        rows[sheets.x_date(day)]["New follows"] = "1000"
    it.tables["account_followers"] = followers(it)
    stocks_have_changed(it)


def swapped(it: Subject) -> None:
    """The values of two columns changed places: more likes than impressions."""
    for row in it.sheet(*CONTENT).rows:
        row["Impressions"], row["Likes"] = row["Likes"], row["Impressions"]


def shifted(it: Subject) -> None:
    """The days are those of a clock west of Greenwich: each row stands a day too late."""
    for row in it.sheet(*OVERVIEW).rows:
        day = dt.datetime.strptime(row["Date"], "%a, %b %d, %Y").date()
        row["Date"] = sheets.x_date(day + dt.timedelta(days=1))


def day_twice(it: Subject) -> None:
    """A split by audience lists six days twice, each time with a part of the follows."""
    sheet = it.sheet(*OVERVIEW)
    sheet.rows += [{**row, "New follows": "2"} for row in sheet.rows[:6]]


def vanished_unasked(it: Subject) -> None:
    """The platform counted on two days a thousand unfollows less than the stock lost, and logged no event of it."""
    for row in it.tables["account_followers"]:
        row["Followers"] = str(int(row["Followers"]) - (3000 if row["Date"] >= "2026-10-18" else 0))
    stocks_have_changed(it)


def unread(code: str, en: str) -> tuple[Said, ...]:
    """A file that is set aside, and what its absence comes to."""
    return (
        Said("quarantine", code, en),
        finding("gap", "gap_days", "31 of 31 days are missing, from 2026-10-01 to 2026-10-31", "31 天中缺少 31 天"),
    )


DEFECTS: tuple[Defect, ...] = (
    Defect("gap_inside", "x", gap_inside, (
        finding("gap", "gap_days", "x_account a_gap_inside: 3 of 31 days are missing, from 2026-10-11 to 2026-10-13",
                "31 天中缺少 3 天，自 2026-10-11 至 2026-10-13"),
    ), "days missing inside an export", GROWTH, (), POSTS),
    Defect("gap_at_end", "x", gap_at_the_end, (
        finding("gap", "gap_days", "9 of 31 days are missing, from 2026-10-23 to 2026-10-31", "31 天中缺少 9 天"),
        finding("late", "late_source", "the source ends on 2026-10-23, 8 days before the end", "数据止于 2026-10-23"),
    ), "an export that was made before the month had ended", GROWTH, (), POSTS),
    Defect("nothing_came", "x since June", nothing_came, (
        finding("late", "late_source", "x_posts a_nothing_came: the source ends on 2026-10-09, 22 days before the end",
                "比期末早 22 天"),
        finding("gap", "gap_days", "31 of 31 days are missing", "31 天中缺少 31 天"),
        finding("volume", "volume_drop", "0 records against a median of 30.5", "骤降"),
    ), "no file at all", POSTS, (), GROWTH),
    Defect("truncated", "x", truncated, (
        Said("rows", "", "the last row is cut off: the file seems truncated"),
        finding("coverage", "truncated_file", "a file ends in the middle of a row", "在行中间截断"),
        finding("reconciliation", "posts_below_overview", "hold 19 of the 30 posts that the overview "
                                                          "counts", "概览统计"),
    ), "a download that broke off", POSTS, (), GROWTH),
    Defect("unreadable", "x", unreadable_rows, (
        Said("rows", "Impressions", "the value is not a number"),
        finding("coverage", "broken_rows", "3 rows could not be read (9.7 % of the worst file)", "3 行无法读取"),
        finding("reconciliation", "posts_below_overview", "hold 27 of the 30 posts that the overview "
                                                          "counts", "概览统计"),
    ), "words where numbers should be", POSTS, (), GROWTH),
    Defect("two_versions", "x", two_versions, (
        finding("contradiction", "contradiction", "11 records have different values in files of the same date",
                "11 条记录在同一日期的不同文件中数值矛盾"),
    ), "two exports of one day and range with other numbers", POSTS, (), GROWTH),
    Defect("zeros_later", "x", zeros_over_values, (
        finding("contradiction", "contradiction", "31 records have different values in files of the same date, "
                                                  "or zeros",
                "或原有数值被零覆盖"),
    ), "an upload of zeros over values", POSTS, (), GROWTH),
    Defect("all_zero", "x since June", nothing_but_zeros, (
        finding("coverage", "all_zero", "all 31 records of the month are zero", "本月 31 条记录全部为零"),
    ), "an export of nothing but zeros, made before the platform had counted", POSTS, (), GROWTH),
    Defect("zero_growth", "x since June", growth_of_zeros, (
        finding("coverage", "all_zero", "all 31 records of the month are zero", "本月 31 条记录全部为零"),
        finding("reconciliation", "stock_flow_drift", "follows less unfollows say 0", "合计 0"),
    ), "the same of daily counts", GROWTH, (), POSTS),
    Defect("top_posts", "x", top_posts, (
        finding("reconciliation", "posts_below_overview", "hold 14 of the 30 posts that the overview "
                                                          "counts", "概览统计"),
    ), "an export of the best posts alone: content against overview", POSTS, (), GROWTH),
    Defect("few_posts", "x since June", few_posts, (
        finding("volume", "volume_drop", "5 records against a median of 30.5 in the months before", "骤降"),
    ), "a filter that left a few records", POSTS, (), GROWTH),
    Defect("stock_flow", "x", others_followers, (
        finding("reconciliation", "stock_flow_below_bar", "on only 3.2 % of 31 days does the number of "
                                                          "followers change",
                "粉丝数"),
    ), "follower counts of another account: stock against flow", GROWTH, (), POSTS),
    Defect("cumulative", "x", cumulative, (
        finding("reconciliation", "stock_flow_below_bar", "does the number of followers change as follows less "
                                                          "unfollows",
                "粉丝数"),
    ), "running totals in place of daily counts", GROWTH, (), POSTS),
    Defect("scale_x", "x since June", in_thousands, (
        finding("scale", "scale_switch", "unit, currency or scale of the export may have changed", "单位"),
    ), "a switch of scale between exports", POSTS, (), GROWTH),
    Defect("others_posts", "x", others_posts, unread(
        "subject_conflict", "the folder says account a_others_posts but a post link says account a_gap_inside"
    ), "the file of another account", POSTS, (), GROWTH),
    Defect("wrong_month", "x since June", wrong_month, (
        finding("volume", "volume_drop", "0 records against a median of 30.5", "骤降"),
        finding("reconciliation", "posts_below_overview", "hold 0 of the 30 posts that the overview "
                                                          "counts", "概览统计"),
    ), "a file whose name says October and whose rows are of September", POSTS, (), GROWTH),
    Defect("renamed", "x", renamed_columns, unread(
        "wrong_header", "the nearest is x_posts_content, which misses impressions, likes, bookmarks; "
        "headers not known: Seen by, Hearts, Kept"
    ), "columns that somebody renamed", POSTS, (), GROWTH),
    Defect("encoding", "x", encoding, unread("encoding", "the text is neither UTF-8, UTF-16 nor GB18030"),
           "an encoding that nobody can tell", POSTS, (), GROWTH),
    Defect("empty_file", "x", empty_file, unread("empty", "the file is empty"), "an empty file", POSTS, (), GROWTH),
    Defect("rounded_ids", "x", rounded_ids, unread(
        "all_rows_broken", "the first: row 2, column Post id: a spreadsheet has rounded the id"
    ), "ids that a spreadsheet rounded", POSTS, (), GROWTH),
    Defect("serial_dates", "x", serial_dates, unread(
        "all_rows_broken", "the first: row 2, column Date: the value is not a date that is understood"
    ), "dates as serial numbers of a spreadsheet", GROWTH, (), POSTS),
    Defect("mostly_empty", "x", mostly_empty, (
        finding("coverage", "counts_missing", "20 of 31 records (64.5 %) lack a count that is always exported", "缺少"),
    ), "a column that is mostly empty", POSTS, (), GROWTH),
    Defect("empty_unfollows", "x", empty_unfollows, (
        finding("coverage", "counts_missing", "10 of 31 records (32.3 %) lack a count that is always exported", "缺少"),
    ), "the same of daily counts", GROWTH, (), POSTS),
    Defect("no_followers", "x", no_followers, (
        finding("coverage", "followers_missing", "31 of 31 posts (100.0 %) have no follower count", "缺少当日粉丝数"),
    ), "follower counts that nobody kept", ("engagement_rate_followers",), (), ("impressions", *GROWTH)),
    Defect("bought", "x since June", bought, (
        finding("burst", "burst_unexplained", "2000 new follows on 2 days, 2026-10-14 to 2026-10-15", "2000",
                "provisional"),
    ), "bought followers in daily counts", (), GROWTH, POSTS),
    Defect("swapped", "x", swapped, (
        finding("coverage", "counts_impossible", "31 of 31 records (100.0 %) have more likes than impressions",
                "点赞多于曝光"),
    ), "two columns whose values changed places: impossible values", POSTS, (), GROWTH),
    Defect("shifted", "x", shifted, (
        finding("gap", "gap_days", "1 of 31 days are missing, from 2026-10-01 to 2026-10-01", "31 天中缺少 1 天"),
    ), "days of another time zone", GROWTH, (), POSTS),
    Defect("day_twice", "x", day_twice, (
        finding("duplicate", "duplicate_rows_in_file", "6 rows repeat another row of the same file", "6 行", "note"),
        finding("contradiction", "contradiction", "6 records have different values", "6 条记录"),
    ), "days that an export splits into several rows", GROWTH, (), POSTS),
    Defect("vanished", "x", vanished_unasked, (
        finding("reconciliation", "stock_flow_jump", "on 2026-10-18 the number of followers changed by "
                                                     "-29", "2026-10-18",
                "note"),
    ), "followers whom the platform took away and did not tell: never deducted, said", (), (), (*GROWTH, *POSTS)),
)  # fmt: skip
