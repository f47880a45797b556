"""Months, quarters and years as half-open windows of local days, and working-day calendars.

Belongs here: period arithmetic and parsing, and counting working days. Does not belong here: reading calendar files
(`company.calendars`), time zones of sources (staging), schedules (`defs`). This module imports nothing of the project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar, TypeAlias
from zoneinfo import ZoneInfo

#: Stands for "open" where a half-open window needs an end, as in the warehouse.
OPEN_END = date(9999, 12, 31)

_PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<month>0[1-9]|1[0-2])|[Qq](?P<quarter>[1-4])))?")
_ONE_DAY = timedelta(days=1)


class PeriodError(ValueError):
    """A text that names no period, or a range that has none."""


class MissingNotice(LookupError):  # noqa: N818  # the contract's name: it reads as what is missing
    """A year for which the calendar has no official notice of holidays and make-up days.

    Schedules fail by it instead of closing a month on a guessed day.
    """

    def __init__(self, calendar: str, year: int):
        self.calendar = calendar
        self.year = year
        super().__init__(
            f"calendar {calendar!r} has no official notice of holidays for {year}: "
            f"copy it to calendars/{calendar}.csv of the company folder and add the days of {year}"
        )


class _Window:
    """What every period shares: a half-open window [start, end) of local days."""

    period_type: ClassVar[str]

    @property
    def start(self) -> date:
        """The first day."""
        raise NotImplementedError

    @property
    def end(self) -> date:
        """The day after the last one."""
        raise NotImplementedError

    @property
    def days(self) -> int:
        """The number of calendar days."""
        return (self.end - self.start).days

    @property
    def last_day(self) -> date:
        """The last day that belongs to the period."""
        return self.end - _ONE_DAY

    @property
    def months(self) -> tuple[Month, ...]:
        """The months of the period, in order."""
        first = Month.of(self.start)
        return tuple(first.plus(offset) for offset in range(_month_count(self.start, self.end)))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day < self.end

    def each_day(self) -> Iterator[date]:
        """Yield the days in order."""
        for offset in range(self.days):
            yield self.start + timedelta(days=offset)

    def overlap_days(self, valid_from: date, valid_to: date | None) -> int:
        """Return how many days of the period lie in the half-open window; an end of None is open."""
        last = self.end if valid_to is None else min(self.end, valid_to)
        return max((last - max(self.start, valid_from)).days, 0)

    def utc_window(self, timezone_name: str) -> tuple[datetime, datetime]:
        """Return the half-open window of instants, as UTC datetimes, that the local days cover in a time zone."""
        zone = ZoneInfo(timezone_name)
        start, end = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (self.start, self.end))
        return start, end


@dataclass(frozen=True, order=True)
class Month(_Window):
    """A calendar month; its text is `2026-10`."""

    year: int
    month: int
    period_type: ClassVar[str] = "month"

    def __post_init__(self) -> None:
        _check_year(self.year)
        if not 1 <= self.month <= 12:
            raise PeriodError(f"a month is 1 to 12, not {self.month}")

    @classmethod
    def of(cls, day: date) -> Month:
        """Return the month of a day."""
        return cls(day.year, day.month)

    @property
    def start(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def end(self) -> date:
        """The first day of the next month."""
        return date(self.year + self.month // 12, self.month % 12 + 1, 1)

    def plus(self, months: int) -> Month:
        """Return the month that is so many months later (earlier when negative)."""
        index = self.year * 12 + self.month - 1 + months
        return Month(index // 12, index % 12 + 1)

    def next(self) -> Month:
        """Return the following month."""
        return self.plus(1)

    def previous(self) -> Month:
        """Return the month before."""
        return self.plus(-1)

    @property
    def quarter(self) -> Quarter:
        """The quarter that holds the month."""
        return Quarter(self.year, (self.month - 1) // 3 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, order=True)
class Quarter(_Window):
    """A calendar quarter; its text is `2026-Q3`."""

    year: int
    quarter: int
    period_type: ClassVar[str] = "quarter"

    def __post_init__(self) -> None:
        _check_year(self.year)
        if not 1 <= self.quarter <= 4:
            raise PeriodError(f"a quarter is 1 to 4, not {self.quarter}")

    @classmethod
    def of(cls, day: date) -> Quarter:
        """Return the quarter of a day."""
        return Month.of(day).quarter

    @property
    def start(self) -> date:
        """The first day of the quarter."""
        return date(self.year, self.quarter * 3 - 2, 1)

    @property
    def end(self) -> date:
        """The first day of the next quarter."""
        return Month(self.year, self.quarter * 3).end

    def next(self) -> Quarter:
        """Return the following quarter."""
        return Quarter.of(self.end)

    def previous(self) -> Quarter:
        """Return the quarter before."""
        return Quarter.of(self.start - _ONE_DAY)

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.quarter}"


@dataclass(frozen=True, order=True)
class Year(_Window):
    """A calendar year; its text is `2026`."""

    year: int
    period_type: ClassVar[str] = "year"

    def __post_init__(self) -> None:
        _check_year(self.year)

    @classmethod
    def of(cls, day: date) -> Year:
        """Return the year of a day."""
        return cls(day.year)

    @property
    def start(self) -> date:
        """The first of January."""
        return date(self.year, 1, 1)

    @property
    def end(self) -> date:
        """The first of January of the next year."""
        return date(self.year + 1, 1, 1)

    def next(self) -> Year:
        """Return the following year."""
        return Year(self.year + 1)

    def previous(self) -> Year:
        """Return the year before."""
        return Year(self.year - 1)

    def __str__(self) -> str:
        return f"{self.year:04d}"


Period: TypeAlias = Month | Quarter | Year


def _check_year(year: int) -> None:
    # the year after the last period must still be a date, so that every window has an end
    if not 1 <= year <= 9998:
        raise PeriodError(f"a year is 1 to 9998, not {year}")


def _month_count(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month


def parse_period(text: str) -> Period:
    """Read `2026-10`, `2026-Q3` or `2026`.

    Raises:
        PeriodError: when the text is none of these.
    """
    match = _PERIOD.fullmatch(text.strip())
    if match is None:
        raise PeriodError(f"{text!r} is not a period: write a month as 2026-10, a quarter as 2026-Q3, a year as 2026")
    year = int(match["year"])
    if match["month"]:
        return Month(year, int(match["month"]))
    if match["quarter"]:
        return Quarter(year, int(match["quarter"]))
    return Year(year)


def parse_range(text: str) -> list[Period]:
    """Read a period or a range `A..B` of periods of one kind, both ends included.

    Returns:
        The periods in order; one period when the text names one.

    Raises:
        PeriodError: when an end names no period, the ends differ in kind, or the first comes after the last.
    """
    first_text, dots, last_text = text.partition("..")
    first = parse_period(first_text)
    if not dots:
        return [first]
    last = parse_period(last_text)
    if first.period_type != last.period_type:
        raise PeriodError(f"{text!r} mixes a {first.period_type} and a {last.period_type}: give both ends alike")
    if first.start > last.start:
        raise PeriodError(f"{text!r} runs backwards: give the earlier period first")
    periods = [first]
    while periods[-1].start < last.start:
        periods.append(periods[-1].next())
    return periods


@dataclass(frozen=True)
class Calendar:
    """A working-day calendar: Monday to Friday, except on the days of the official notices.

    Attributes:
        name: `cn`, `weekdays` or the name of a file in the company's calendars folder.
        notices: day -> is it a working day, for the days that the official notices name.
        noticed_years: the years that have a notice; None when the calendar needs none.
    """

    name: str
    notices: Mapping[date, bool] = field(default_factory=dict, hash=False)
    noticed_years: frozenset[int] | None = None

    def is_working(self, day: date) -> bool:
        """Tell whether a day is worked; a day that no notice names follows the weekend rule."""
        return self.notices.get(day, day.isoweekday() <= 5)

    def has_notice(self, year: int) -> bool:
        """Tell whether the calendar knows the year's holidays."""
        return self.noticed_years is None or year in self.noticed_years

    def working_days(self, start: date, end: date) -> list[date]:
        """Return the working days of the half-open window, in order."""
        days = (start + timedelta(days=offset) for offset in range((end - start).days))
        return [day for day in days if self.is_working(day)]

    def nth_working_day(self, month: Month, n: int) -> date:
        """Return the n-th working day of a month; n counts from 1.

        Raises:
            MissingNotice: when the calendar has no official notice for the year.
            PeriodError: when the month has fewer working days, or n is below 1.
        """
        if not self.has_notice(month.year):
            raise MissingNotice(self.name, month.year)
        days = self.working_days(month.start, month.end)
        if not 1 <= n <= len(days):
            raise PeriodError(f"{month} has {len(days)} working days: there is no working day number {n}")
        return days[n - 1]


#: Monday to Friday, all year: for a team that follows no country's holidays.
WEEKDAYS = Calendar("weekdays")
