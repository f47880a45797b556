"""The months of a company: the first one that it has, the time zone that they are of, the days that they close on.

Belongs here: reading just that, without judging the rest of the folder. A code server lists the months at every start
and must start on a folder that is broken too, so that a person can see why its runs fail; and somebody must miss the
close that does not come about because the folder is broken.
Does not belong here: what is wrong with the folder (`company.loader`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from pipelines.company.calendars import read_calendar
from pipelines.company.collector import Collector
from pipelines.company.fields import Day, Identifier, MonthField, TimeZone
from pipelines.company.findings import Finding
from pipelines.company.human_files import human_file
from pipelines.company.loader import read_human_table
from pipelines.company.settings import CompanyFile, Settings
from pipelines.company.workbooks import read_workbooks
from pipelines.company.yamlfile import read_yaml
from pipelines.periods import WEEKDAYS, Calendar, Month

COMPANY_FILE = "company.yaml"

# What a folder without a single date begins with.
_NOTHING_KNOWN = Month(2024, 1)
_DEFAULT_TIMEZONE = "UTC"
_CLOSING_SETTINGS = ("close_working_day", "quarter_close_working_day", "year_close_working_day")

_T = TypeVar("_T")

_DAY: TypeAdapter[date] = TypeAdapter(Day)
_MONTH: TypeAdapter[Month] = TypeAdapter(MonthField)
_TIMEZONE: TypeAdapter[str] = TypeAdapter(TimeZone)
_CALENDAR: TypeAdapter[str] = TypeAdapter(Identifier)


@dataclass(frozen=True)
class Extent:
    """Which months a company has.

    Attributes:
        first_month: `first_month` of company.yaml; without it the month of the earliest day on which a source is
            expected or a position begins.
        timezone: the IANA name of the time zone whose months are meant.
    """

    first_month: Month
    timezone: str


@dataclass(frozen=True)
class Closing:
    """On which days a company closes its periods.

    Attributes:
        working_days: the working day of the month after a period on which it is closed, by the name of the setting.
        calendar: the company's working days.
    """

    working_days: Mapping[str, int]
    calendar: Calendar


def company_closing(home: Path) -> Closing:
    """Read the closing days of a company folder; in place of what cannot be read stands its default."""
    unheard = Collector()
    data = _company_file(home, unheard)
    settings = data.get("settings")
    given = settings if isinstance(settings, dict) else {}
    working_days = {name: getattr(_setting(name, given.get(name)), name) for name in _CLOSING_SETTINGS}
    name = _read(_CALENDAR, data.get("calendar")) or CompanyFile.model_fields["calendar"].default
    return Closing(working_days, read_calendar(name, home, unheard) or WEEKDAYS)


def _setting(name: str, value: object) -> Settings:
    try:
        return Settings.model_validate({} if value is None else {name: value})
    except ValidationError:
        return Settings()


def _company_file(home: Path, unheard: Collector) -> dict[str, Any]:
    path = home / COMPANY_FILE
    document = read_yaml(path, COMPANY_FILE, unheard) if path.is_file() else None
    return document.data if document is not None and isinstance(document.data, dict) else {}


def company_extent(home: Path) -> Extent:
    """Read the extent of a company folder; what cannot be read is passed over, for the loader tells it."""
    unheard = Collector()
    data = _company_file(home, unheard)
    timezone = _read(_TIMEZONE, data.get("timezone")) or _DEFAULT_TIMEZONE
    stated = _read(_MONTH, data.get("first_month"))
    if stated is not None:
        return Extent(stated, timezone)
    days = [*_expected_from(data.get("expected_sources")), *_positions_from(home, unheard)]
    earliest = min(days, default=None)
    return Extent(_NOTHING_KNOWN if earliest is None else Month(earliest.year, earliest.month), timezone)


def outside_extent(extent: Extent, first: Month, last: Month, running: Month) -> Finding | None:
    """What is wrong with asking for these months, or None.

    Args:
        extent: the months of the company.
        first: the first month asked for.
        last: the last month asked for.
        running: the month that is running now in the company's time zone.
    """
    collector = Collector()
    if first < extent.first_month:
        collector.add("month_before_first", COMPANY_FILE, 0, "first_month", str(extent.first_month), month=first)
    elif last > running:
        collector.add("month_not_begun", COMPANY_FILE, 0, "timezone", extent.timezone, month=last, running=running)
    return next(iter(collector.findings), None)


def _read(adapter: TypeAdapter[_T], value: object) -> _T | None:
    if value is None:
        return None
    try:
        return adapter.validate_python(value)
    except ValidationError:
        return None


def _expected_from(sources: object) -> Iterator[date]:
    for source in sources if isinstance(sources, list) else []:
        day = _read(_DAY, source.get("from")) if isinstance(source, dict) else None
        if day is not None:
            yield day


def _positions_from(home: Path, unheard: Collector) -> Iterator[date]:
    entry = human_file("positions")
    table = read_human_table(home, entry, read_workbooks(home, unheard).get(entry.name, []), unheard)
    for _, cells in table.rows if table is not None else ():
        day = _read(_DAY, cells.get("valid_from"))
        if day is not None:
            yield day
