"""Working-day calendars as files: the shipped ones (beside this module) and those of a company folder.

Belongs here: finding and reading calendars/<name>.csv. Does not belong here: counting working days (`periods`).
A file of the company folder takes the place of the shipped one of the same name, as a whole.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import ValidationError

from pipelines.company.collector import Collector
from pipelines.company.csvfile import read_table
from pipelines.company.records import CalendarDay
from pipelines.periods import WEEKDAYS, Calendar

SHIPPED = Path(__file__).parent

#: Names that need no file.
BUILT_IN = {WEEKDAYS.name: WEEKDAYS}


def calendar_names(home: Path | None) -> list[str]:
    """Return the names of the calendars that a company can use, in order."""
    folders = [SHIPPED] if home is None else [SHIPPED, home / "calendars"]
    files = {path.stem for folder in folders if folder.is_dir() for path in folder.glob("*.csv")}
    return sorted(files | BUILT_IN.keys())


def calendar_path(name: str, home: Path | None) -> Path | None:
    """Return the file of a calendar, the company's own before the shipped one; None for a built-in or unknown one."""
    folders = [SHIPPED] if home is None else [home / "calendars", SHIPPED]
    for folder in folders:
        path = folder / f"{name}.csv"
        if path.is_file():
            return path
    return None


def read_calendar(name: str, home: Path | None, collector: Collector) -> Calendar | None:
    """Read a calendar by its name.

    A year counts as noticed when the file names at least one of its days.

    Args:
        name: a name of `calendar_names`.
        home: the company folder, or None for the shipped calendars alone.
        collector: takes what is wrong with the file.

    Returns:
        The calendar, or None when no calendar has the name.
    """
    path = calendar_path(name, home)
    if path is None:
        return BUILT_IN.get(name)
    label = f"calendars/{path.name}"
    table = read_table(path.read_bytes(), label, CalendarDay.columns(), CalendarDay.required_columns(), collector)
    notices: dict[date, bool] = {}
    seen: dict[date, int] = {}
    for row, cells in table.rows if table.complete else []:
        try:
            record = CalendarDay.model_validate(cells)
        except ValidationError as error:
            collector.add_row(error, label, row)
            continue
        if record.day in seen:
            collector.add("key_twice", label, row, "day", record.day, key="day", other=seen[record.day])
            continue
        seen[record.day] = row
        notices[record.day] = record.is_working
    return Calendar(name, dict(sorted(notices.items())), frozenset(day.year for day in notices))
