"""The months of a company: the first one that it has, and the time zone that its months are of.

Belongs here: reading just that, without judging the rest of the folder. A code server lists the months at every start
and must start on a folder that is broken too, so that a person can see why its runs fail.
Does not belong here: what is wrong with the folder (`company.loader`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from pipelines.company.collector import Collector
from pipelines.company.fields import Day, MonthField, TimeZone
from pipelines.company.findings import Finding
from pipelines.company.human_files import human_file
from pipelines.company.loader import read_human_table
from pipelines.company.workbooks import read_workbooks
from pipelines.company.yamlfile import read_yaml
from pipelines.periods import Month

COMPANY_FILE = "company.yaml"

# What a folder without a single date begins with.
_NOTHING_KNOWN = Month(2024, 1)
_DEFAULT_TIMEZONE = "UTC"

_T = TypeVar("_T")

_DAY: TypeAdapter[date] = TypeAdapter(Day)
_MONTH: TypeAdapter[Month] = TypeAdapter(MonthField)
_TIMEZONE: TypeAdapter[str] = TypeAdapter(TimeZone)


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


def company_extent(home: Path) -> Extent:
    """Read the extent of a company folder; what cannot be read is passed over, for the loader tells it."""
    unheard = Collector()
    path = home / COMPANY_FILE
    document = read_yaml(path, COMPANY_FILE, unheard) if path.is_file() else None
    data = document.data if document is not None and isinstance(document.data, dict) else {}
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
