"""The truth is conserved, and its definitions are right on small examples reckoned by hand."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import defaultdict
from decimal import Decimal

import pytest
from demo_world import Demo

from pipelines.demo import Cell, percentile, truth_to_json
from pipelines.demo.credit import Resolver
from pipelines.demo.deliveries import XDelivery, true_numbers
from pipelines.demo.events import SHANGHAI, Order, OrderLine, Post, World
from pipelines.demo.generator import cn_working_days
from pipelines.demo.marketing_reckoning import Attribution
from pipelines.demo.reckoning import business_seconds, outliers
from pipelines.demo.roster import build_roster

FINAL = dict.fromkeys(
    ("impressions", "likes", "bookmarks", "shares", "new_follows", "replies", "reposts", "profile_visits",
     "detail_expands", "url_clicks", "hashtag_clicks", "permalink_clicks"), 1000,
)  # fmt: skip


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def a_post(created_at: dt.datetime, *, author: str | None = None, signature: str = "", number: int = 1) -> Post:
    return Post(number, "x_dev", created_at, "post", "t", FINAL, author, True, "text", signature)


def test_persons_and_unassigned_make_the_company(demo: Demo) -> None:
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for (month, _, kpi), cell in demo.truth.cells.items():
        sums[month, kpi] += cell.numerator
    assert {key: cell.numerator for key, cell in demo.truth.company.items()} == dict(sums)


@pytest.mark.req("000-K02")
def test_impressions_of_a_month_are_those_of_its_files(small_demo: Demo) -> None:
    """Reckoned a third time, from the written files alone: October's local days are in two UTC files."""
    total = 0
    start, end = moment("2026-10-01"), moment("2026-11-01")
    for taken, span in (("2026-10-09", "2026-09-01_2026-09-30"), ("2026-11-09", "2026-10-01_2026-10-31")):
        path = small_demo.exports / f"x/x_brand/{taken}/account_analytics_content_{span}.csv"
        for row in csv.DictReader(io.StringIO(path.read_text("utf-8"))):
            at = dt.datetime.fromtimestamp(((int(row["Post id"]) >> 22) + 1288834974657) / 1000, tz=dt.UTC)
            if start <= at < end and not row["Post text"].startswith("RT @"):
                total += int(row["Impressions"].replace(",", ""))
    assert small_demo.truth.company["2026-10", "impressions"] == Cell(Decimal(total))


def test_everybody_credited_is_employed(demo: Demo) -> None:
    months_of = defaultdict(set)
    for month, person, _ in (*demo.truth.cells, *demo.truth.values, *demo.truth.distinct):
        months_of[person].add(month)
    assert min(months_of["P023"]) == "2026-10"
    assert max(months_of["P020"]) == "2026-09"
    assert "P024" not in {person for _, person, kpi in demo.truth.cells if kpi == "tickets_resolved"}


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-10-12 10:00", "2026-10-12 11:30", 90),
        ("2026-10-12 07:00", "2026-10-12 08:00", 0),
        ("2026-10-12 17:30", "2026-10-13 09:15", 45),
        ("2026-10-16 17:00", "2026-10-19 10:00", 120),  # over a weekend
        ("2026-09-30 17:00", "2026-10-08 10:00", 120),  # over the October holidays
        ("2026-10-10 10:00", "2026-10-10 11:00", 60),  # a Saturday worked by official notice
    ],
)
def test_business_minutes(start: str, end: str, minutes: int) -> None:
    assert business_seconds(moment(start), moment(end), cn_working_days()) == minutes * 60


def test_an_outlier_needs_twenty_posts_before_it() -> None:
    start = moment("2026-05-01 12:00")
    quiet = [(a_post(start + dt.timedelta(hours=7 * n), number=n), 20 + n % 5) for n in range(21)]
    loud = (a_post(start + dt.timedelta(days=30), number=99), 5000)
    assert outliers([*quiet, loud]) == {99}
    assert outliers([*quiet[:19], loud]) == set()
    early = (a_post(start + dt.timedelta(days=120), number=99), 5000)
    assert outliers([*quiet, early]) == set(), "the 90 days before it are empty"


def test_the_first_settled_version_counts() -> None:
    post = a_post(moment("2026-09-10 12:00"))
    month = XDelivery("x_dev", dt.date(2026, 9, 1), dt.date(2026, 9, 30), dt.date(2026, 10, 9))
    young = XDelivery("x_dev", dt.date(2026, 9, 1), dt.date(2026, 9, 14), dt.date(2026, 9, 15))
    later = XDelivery("x_dev", dt.date(2026, 9, 1), dt.date(2026, 9, 30), dt.date(2026, 12, 1))
    assert true_numbers(post, [later, young, month])[1] is month
    assert true_numbers(post, [young])[1] is young
    with pytest.raises(LookupError, match="no export covers post 1"):
        true_numbers(post, [])


def test_the_order_of_credit() -> None:
    roster = build_roster(24, 3, 2)
    resolver = Resolver(roster, {("post", "7"): [("P002", 60), ("P003", 40)]}, Attribution(World()))
    day = moment("2026-10-12 12:00")
    assert resolver.post(a_post(day, number=7)) == [("P002", Decimal("0.6")), ("P003", Decimal("0.4"))]
    assert resolver.post(a_post(day, author="韩清和", signature="MT")) == [("P009", Decimal(1))]
    assert resolver.post(a_post(day, author="外包写手", signature="MT")) == [("P010", Decimal(1))]
    assert resolver.post(a_post(day, author="外包写手")) == [("P013", Decimal(1))]
    assert resolver.post(a_post(moment("2026-10-16 00:00"), author="")) == [("P008", Decimal(1))]
    assert resolver.post(a_post(moment("2026-10-15 23:59"), author="")) == [("P013", Decimal(1))]


def test_a_promo_code_goes_before_the_till_and_the_till_before_nobody() -> None:
    resolver = Resolver(build_roster(24, 3, 2), {}, Attribution(World()))
    at = moment("2026-10-12 12:00")

    def order(code: str, employee: str) -> Order:
        line = OrderLine("x", "x", 1, Decimal(10))
        return Order(1, "#1", "shop_cn", at, "e", (line,), code, Decimal(0), Decimal(0), employee, None, False)

    assert resolver.order(order("ANRAN10", "Yifan Gao")) == [("P006", Decimal(1))]
    assert resolver.order(order("FRIENDS50", "Yifan Gao")) == [("P005", Decimal(1))]
    assert resolver.order(order("FRIENDS50", "Temp Staff")) == [("UNASSIGNED", Decimal(1))]


def test_percentiles_are_interpolated() -> None:
    values = [Decimal(v) for v in (4, 1, 3, 2)]
    assert percentile(values, Decimal("0.5")) == Decimal("2.5")
    assert percentile(values, Decimal("0.9")) == Decimal("3.7")
    assert percentile([Decimal(5)], Decimal("0.9")) == 5
    with pytest.raises(ValueError, match="percentile of nothing"):
        percentile([], Decimal("0.5"))


def test_a_ratio_of_nothing_has_no_value() -> None:
    assert Cell(Decimal(0), Decimal(0)).value is None
    assert Cell(Decimal(1), Decimal(4)).value == Decimal("0.25")
    assert Cell(Decimal(3)).value == 3


def test_the_truth_can_be_read(small_demo: Demo) -> None:
    assert '"2026-10/P006/conversion_revenue"' in truth_to_json(small_demo.truth)
