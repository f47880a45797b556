"""What the portal reads of the company folder: settings, people, reporting lines, appeals, the calendar.

Belongs here: reading them anew when a file changed, each by itself, so that a half-edited file closes what hangs on it
and nothing else. Does not belong here: the other human files, which a run reads; writing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from pydantic import ValidationError

from pipelines.company.calendars import read_calendar
from pipelines.company.collector import Collector
from pipelines.company.decision_records import Appeal
from pipelines.company.findings import InputError
from pipelines.company.human_files import REPORTING_LINES, HumanFile, human_file
from pipelines.company.loader import COMPANY_FILE, load_company_file, read_human_table
from pipelines.company.records import Person, Record
from pipelines.company.reporting_lines import read_reporting_lines
from pipelines.company.reporting_records import ReportingLine
from pipelines.company.settings import CompanyFile
from pipelines.company.workbooks import Sheet, read_workbooks
from pipelines.periods import WEEKDAYS, Calendar

_Read = TypeVar("_Read")


@dataclass(frozen=True)
class Facts:
    """The company as the portal knows it.

    Attributes:
        file: company.yaml.
        people: by person id; empty when people.csv cannot be read.
        lines: who leads whom; empty when the file cannot be read, so that nobody sees more than they may.
        appeals: every appeal; None when the file cannot be read.
        calendar: the company's working days.
        broken: the files that cannot be read, for HR.
        appeals_in_sheet: the sheet that holds the appeals; empty when they stand in the CSV, which can take a row.
    """

    file: CompanyFile
    people: dict[str, Person]
    lines: tuple[ReportingLine, ...]
    appeals: tuple[Appeal, ...] | None
    calendar: Calendar
    broken: tuple[str, ...] = ()
    appeals_in_sheet: str = ""


class FactReader:
    """Reads the facts of one company folder."""

    def __init__(self, home: Path):
        self._home = home
        self._lock = Lock()
        self._mark: object = None
        self._facts: Facts | None = None

    def read(self) -> Facts:
        """Return the facts as the files stand now.

        Raises:
            InputError: when company.yaml cannot be read and never could.
        """
        with self._lock:
            mark = self._changes()
            if self._facts is None or mark != self._mark:
                self._facts = read_facts(self._home, self._facts.file if self._facts else None)
                self._mark = mark
            return self._facts

    def _changes(self) -> object:
        files = [self._home / COMPANY_FILE]
        for folder in ("people", "reviews", "calendars"):
            path = self._home / folder
            files += sorted(path.iterdir()) if path.is_dir() else []
        marks = []
        for file in files:
            try:
                state = file.stat()
            except OSError:
                continue
            marks.append((str(file), state.st_mtime_ns, state.st_size, state.st_ino))
        return marks


def read_facts(home: Path, last: CompanyFile | None = None) -> Facts:
    """Read the facts of a company folder.

    Args:
        home: the company folder.
        last: the company.yaml to go on with while the file is being edited; None when there was none yet.

    Raises:
        InputError: when company.yaml cannot be read and there is no last one.
    """
    broken = []

    def tried(file: str, read: Callable[[], _Read], otherwise: _Read) -> _Read:
        try:
            return read()
        except InputError:
            broken.append(file)
            return otherwise

    file = load_company_file(home) if last is None else tried(COMPANY_FILE, lambda: load_company_file(home), last)
    collector = Collector()
    none: dict[str, list[Sheet]] = {}
    sheets = tried("*.xlsx", lambda: read_workbooks(home, collector), none)
    people: tuple[Any, ...] = tried("people/people.csv", lambda: _rows(home, human_file("people"), sheets), ())
    appeals_entry = human_file("appeals")
    appeals: tuple[Any, ...] | None = tried(appeals_entry.path, lambda: _rows(home, appeals_entry, sheets), None)
    unled: tuple[ReportingLine, ...] = ()
    lines = tried(REPORTING_LINES.path, lambda: read_reporting_lines(home, people), unled)
    calendar = read_calendar(file.calendar, home, Collector()) or WEEKDAYS
    kept = next((row.source_file for row in appeals or () if row.source_file != appeals_entry.path), "")
    return Facts(
        file, {one.person_id: one for one in people}, lines, appeals, calendar, tuple(broken), appeals_in_sheet=kept
    )


def _rows(home: Path, entry: HumanFile, sheets: Any) -> tuple[Record, ...]:
    """Read one human file.

    Raises:
        InputError: with its findings.
    """
    collector = Collector()
    table = read_human_table(home, entry, sheets.get(entry.name, []), collector)
    place = collector.read_from.get(entry.path, entry.path)
    rows = []
    for number, cells in table.rows if table is not None and table.complete else ():
        try:
            rows.append(entry.model.model_validate({**cells, "source_row": number, "source_file": place}))
        except ValidationError as error:
            collector.add_row(error, entry.path, number)
    collector.raise_if_any()
    return tuple(rows)
