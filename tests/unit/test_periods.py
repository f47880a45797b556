"""Periods, ranges and working days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.company.calendars import read_calendar
from pipelines.company.collector import Collector
from pipelines.periods import (
    WEEKDAYS,
    Calendar,
    MissingNotice,
    Month,
    PeriodError,
    Quarter,
    Year,
    parse_period,
    parse_range,
)

months = st.builds(Month, st.integers(1970, 2200), st.integers(1, 12))
quarters = st.builds(Quarter, st.integers(1970, 2200), st.integers(1, 4))
years = st.builds(Year, st.integers(1970, 2200))
periods = st.one_of(months, quarters, years)


@given(periods)
def test_text_and_period_are_one(period):
    assert parse_period(str(period)) == period


@given(periods)
def test_following_periods_leave_no_day_out(period):
    assert period.next().start == period.end
    assert period.next().previous() == period
    assert period.last_day in period
    assert period.end not in period


@given(periods)
def test_months_make_up_the_period(period):
    parts = period.months
    assert [parts[0].start, parts[-1].end] == [period.start, period.end]
    assert sum(month.days for month in parts) == period.days == len(list(period.each_day()))
    assert len(parts) == {"month": 1, "quarter": 3, "year": 12}[period.period_type]


@given(months, st.integers(-500, 500))
def test_plus_is_undone(month, count):
    assert month.plus(count).plus(-count) == month


@given(months, st.integers(0, 40))
def test_a_range_holds_both_ends(first, length):
    last = first.plus(length)
    found = parse_range(f"{first}..{last}")
    assert (found[0], found[-1], len(found)) == (first, last, length + 1)
    assert found == sorted(found)


def test_the_usual_spellings():
    assert parse_period("2026-10") == Month(2026, 10)
    assert parse_period(" 2026-q3 ") == Quarter(2026, 3)
    assert parse_period("2026") == Year(2026)
    assert [str(month) for month in parse_range("2024-11..2025-02")] == ["2024-11", "2024-12", "2025-01", "2025-02"]
    assert [str(quarter) for quarter in parse_range("2025-Q4..2026-Q1")] == ["2025-Q4", "2026-Q1"]
    assert parse_range("2026-Q3") == [Quarter(2026, 3)]
    assert Quarter(2026, 3).months == (Month(2026, 7), Month(2026, 8), Month(2026, 9))
    assert Month(2026, 12).end == date(2027, 1, 1)
    assert Month(2028, 2).days == 29
    assert Month(2026, 10).quarter == Quarter(2026, 4)


@pytest.mark.parametrize("text", ["", "2026-13", "2026-00", "2026-1", "26-10", "2026-Q5", "2026-10-01", "Oct 2026"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(PeriodError, match="is not a period: write a month as 2026-10"):
        parse_period(text)


def test_wrong_ranges_are_refused():
    with pytest.raises(PeriodError, match="runs backwards"):
        parse_range("2026-10..2026-09")
    with pytest.raises(PeriodError, match="mixes a month and a quarter"):
        parse_range("2026-10..2026-Q4")
    with pytest.raises(PeriodError, match="is not a period"):
        parse_range("2026-10..")
    with pytest.raises(PeriodError, match="a month is 1 to 12"):
        Month(2026, 13)
    with pytest.raises(PeriodError, match="a quarter is 1 to 4"):
        Quarter(2026, 0)
    with pytest.raises(PeriodError, match="a year is 1 to 9998"):
        Year(9999)


def test_overlap_with_a_half_open_window():
    october = Month(2026, 10)
    assert october.overlap_days(date(2026, 10, 16), None) == 16
    assert october.overlap_days(date(2020, 1, 1), date(2026, 10, 2)) == 1
    assert october.overlap_days(date(2026, 11, 1), None) == 0


@given(months, st.dates(date(1970, 1, 1), date(2200, 1, 1)), st.integers(0, 900))
def test_windows_that_touch_share_out_the_days(month, cut, _length):
    assert month.overlap_days(date(1900, 1, 1), cut) + month.overlap_days(cut, None) == month.days


def test_local_days_as_instants():
    start, end = Month(2026, 10).utc_window("Asia/Shanghai")
    assert start == datetime(2026, 9, 30, 16, tzinfo=UTC)
    assert end == datetime(2026, 10, 31, 16, tzinfo=UTC)
    # Berlin leaves summer time in October: the month has an hour more than 31 days
    start, end = Month(2026, 10).utc_window("Europe/Berlin")
    assert end - start == timedelta(days=31, hours=1)


@pytest.fixture(scope="module")
def chinese() -> Calendar:
    collector = Collector()
    calendar = read_calendar("cn", None, collector)
    assert collector.findings == []
    assert calendar is not None
    return calendar


@pytest.mark.req("000-P5")
def test_chinese_working_days_of_the_issue(chinese):
    assert chinese.nth_working_day(Month(2026, 10), 3) == date(2026, 10, 10)
    assert chinese.nth_working_day(Month(2026, 11), 3) == date(2026, 11, 4)


def test_the_shipped_calendar_agrees_with_the_library_on_every_day(chinese):
    library = holidays.country_holidays("CN", years=range(2019, 2027))
    day = date(2019, 1, 1)
    differing = []
    while day.year < 2027:
        if chinese.is_working(day) != library.is_working_day(day):
            differing.append(day)
        day += timedelta(days=1)
    assert differing == []
    assert chinese.noticed_years == frozenset(range(2019, 2027))


def test_every_closing_day_that_settings_allow_lies_within_the_schedule_s_days(chinese):
    # the schedule looks on days 1 to 20; settings.close_working_day is at most 9
    for month in parse_range("2019-01..2026-12"):
        assert chinese.nth_working_day(month, 9).day <= 20


def test_a_year_without_a_notice_fails_schedules_but_not_single_days(chinese):
    with pytest.raises(MissingNotice, match=r"no official notice of holidays for 2027: copy it to calendars/cn\.csv"):
        chinese.nth_working_day(Month(2027, 1), 3)
    assert chinese.is_working(date(2027, 1, 4))
    assert not chinese.is_working(date(2027, 1, 2))


def test_weekdays_need_no_notice():
    assert WEEKDAYS.nth_working_day(Month(2040, 1), 1) == date(2040, 1, 2)
    assert WEEKDAYS.has_notice(2099)


def test_a_month_has_only_so_many_working_days():
    with pytest.raises(PeriodError, match="2026-02 has 20 working days: there is no working day number 21"):
        WEEKDAYS.nth_working_day(Month(2026, 2), 21)
    with pytest.raises(PeriodError, match="no working day number 0"):
        WEEKDAYS.nth_working_day(Month(2026, 2), 0)


@given(months, st.integers(1, 15))
def test_the_nth_working_day_has_n_working_days_up_to_it(month, n):
    day = WEEKDAYS.nth_working_day(month, n)
    assert WEEKDAYS.is_working(day)
    assert len(WEEKDAYS.working_days(month.start, day + timedelta(days=1))) == n
