"""What is planted on the content side is really in the files, and the truth says so."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from demo_world import Demo

from pipelines.cli import main


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_one_article_was_delayed_and_is_restated_in_the_next_export(small_demo: Demo) -> None:
    account = small_demo.exports / "wechat_oa" / "oa_yunti"
    early = rows_of(account / "2026-09-09" / "图文数据_2026-08.csv")
    late = rows_of(account / "2026-10-09" / "图文数据_2026-09.csv")
    (delayed,) = [row for row in early if row["数据延迟"] == "是"]
    (restated,) = [row for row in late if row["msgid"] == delayed["msgid"]]
    assert restated["数据延迟"] == "否"
    assert int(restated["阅读次数"]) > int(delayed["阅读次数"])
    final = sum(int(row["阅读次数"]) for row in early if row is not delayed) + int(restated["阅读次数"])
    assert small_demo.truth.company["2026-08", "article_reads"].numerator == final


def test_only_the_publishing_tool_knows_who_sent_some_posts(demo: Demo) -> None:
    log = {
        row["post_id"]
        for row in rows_of(demo.exports / "cms" / "2026-11-09" / "content_log_2026-10.csv")
        if row["author"] not in ("", "外包写手")
    }
    (report,) = (demo.exports / "publishing" / "2026-11-09").iterdir()
    senders = {row["Post ID"]: row["Sent by"] for row in rows_of(report)}
    alone = set(senders) - log
    assert alone
    assert all(senders[post].endswith("@yunti.example") for post in alone)


def test_the_tool_of_one_month_has_the_ids_in_the_links_alone(small_demo: Demo) -> None:
    rows = rows_of(small_demo.exports / "publishing" / "2026-10-09" / "buffer_posts_2026-09.csv")
    assert "Post ID" not in rows[0]
    assert all("/status/" in row["Service Link"] for row in rows)


@pytest.mark.req("000-K07")
def test_own_staff_and_spam_posts_and_retweets_are_listed_and_not_counted(small_demo: Demo) -> None:
    rows = rows_of(small_demo.exports / "listening" / "2026-11-09" / "hashtag_2026-10.csv")
    assert {"@CloudLadder", "yunti_ruoxi", "win_free_coins"} < {row["Username"] for row in rows}
    assert len(rows) == 12
    assert len(small_demo.truth.company_distinct["2026-10", "hashtag_usage"]) == 8


@pytest.mark.req("000-K08")
def test_an_item_is_accepted_after_its_month_was_exported(small_demo: Demo) -> None:
    folder = small_demo.exports / "ugc"
    early = {row["编号"]: row["是否采纳"] for row in rows_of(folder / "2026-10-09" / "ugc_2026-09.csv")}
    late = {row["编号"]: row["是否采纳"] for row in rows_of(folder / "2026-11-09" / "ugc_2026-10.csv")}
    assert (early["U-2026-09-3"], late["U-2026-09-3"], late["U-2026-10-3"]) == ("否", "是", "否")
    assert small_demo.truth.company["2026-09", "ugc_collected"].numerator == 3
    assert small_demo.truth.company["2026-10", "ugc_collected"].numerator == 2


def test_authors_share_items_and_what_was_called_off_counts_nowhere(demo: Demo) -> None:
    rows = [row for path in (demo.exports / "cms").rglob("content_items_*.csv") for row in rows_of(path)]
    assert {row["Author share"] for row in rows} == {"", "70"}
    assert any(row["Co-author"] and not row["Co-author share"] for row in rows)
    cancelled = {row["Content ID"] for row in rows if row["Status"] == "cancelled"}
    published = {row["Content ID"] for row in rows if row["Published"] and "2024-10" <= row["Published"] < "2026-11"}
    counted = sum(cell.numerator for (_, kpi), cell in demo.truth.company.items() if kpi == "content_items_published")
    assert cancelled and counted == len(published - cancelled)


def lab_retention(demo: Demo) -> tuple[int, int]:
    """(still there after thirty days, new) of the daily lists of x_lab, of whom thirty days end in October 2026."""
    lists: dict[str, set[str]] = {}
    for path in sorted((demo.exports / "x" / "x_lab").rglob("followers_2026-*.csv")):
        for row in rows_of(path):
            if "Follower id" in row:
                lists.setdefault(row["Snapshot date"], set()).add(row["Follower id"])
    seen: set[str] = set()
    kept = came = 0
    for day in sorted(lists):
        new = lists[day] - seen
        seen |= new
        ends = (dt.date.fromisoformat(day) + dt.timedelta(days=30)).isoformat()
        if ends.startswith("2026-10"):
            kept, came = kept + len(new & lists[ends]), came + len(new)
    return kept, came


@pytest.mark.req("000-K24")
def test_some_new_followers_leave_within_thirty_days(demo: Demo) -> None:
    cell = demo.truth.company["2026-10", "follower_retention_30d"]
    kept, came = lab_retention(demo)
    assert cell.denominator == 75 + came
    assert Decimal(kept) < cell.numerator < kept + 75


@pytest.mark.req("000-K24")
@pytest.mark.req("000-G4")
def test_bought_followers_are_planted_and_the_scoring_card_finds_just_them(demo: Demo) -> None:
    """The truth knows who was bought and no list says it: what the card leaves of the kept is what the truth has."""

    def verdicts(account: Path, day: str) -> dict[str, str]:
        path = str(account / day / f"followers_{day}.csv")
        result = CliRunner().invoke(main, ["followers", "score", path, "--on", day])
        assert result.exit_code == 0, result.stderr
        return {row["id"]: row["verdict"] for row in csv.DictReader(io.StringIO(result.stdout))}

    days = ("2026-08-05", "2026-08-31", "2026-09-30", "2026-10-31")
    accounts = sorted(path.parents[1] for path in (demo.exports / "x").glob(f"*/*/followers_{days[0]}.csv"))
    kept: list[str] = []
    at_follow: list[str] = []
    for account in accounts:
        first, second, third, last = (verdicts(account, day) for day in days)
        new = set(third) - set(second) - set(first)
        at_follow += [third[follower] for follower in sorted(new)]
        kept += [last[follower] for follower in sorted(new & set(last))]
    cell = demo.truth.company["2026-10", "follower_retention_30d"]
    # of those of the lab whose thirty days end in October nobody was bought
    lab_kept, lab_came = lab_retention(demo)
    assert cell.denominator == len(at_follow) + lab_came
    assert cell.numerator == len(kept) - kept.count("spam") + lab_kept
    assert "spam" in kept and "pending" in at_follow and "pending" not in kept


@pytest.mark.req("004-K3")
def test_days_of_events_are_in_no_monthly_growth_rate(small_demo: Demo) -> None:
    full = small_demo.truth.company["2026-09", "oa_follower_growth"]
    rate = small_demo.truth.company["2026-09", "follower_growth_rate_oa"]
    assert full.denominator is not None and rate.denominator is not None
    assert abs(rate.denominator * 30 - full.denominator * 28) < Decimal("1e-9")
