"""Reading a company folder: all files, all findings, then the company.

Belongs here: the order of reading and what happens when a part is broken. Does not belong here: the rules
(`company.rules`), the parsing of cells and files (`company.fields`, `company.csvfile`, `company.yamlfile`).
"""

from __future__ import annotations

import csv
from collections.abc import Collection
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipelines.company import settings as settings_module
from pipelines.company.alert_settings import AlertSettings
from pipelines.company.calendars import calendar_names, read_calendar
from pipelines.company.collector import Collector
from pipelines.company.csvfile import CsvTable, read_table
from pipelines.company.human_files import HUMAN_FILES, HumanFile
from pipelines.company.list_settings import Honour, ListSettings
from pipelines.company.model import Company, HumanTables
from pipelines.company.portal_settings import PortalSettings
from pipelines.company.records import Record
from pipelines.company.rules import Known, check_company_file, check_tables
from pipelines.company.section import Section
from pipelines.company.settings import CompanyFile
from pipelines.company.targets import Targets
from pipelines.company.workbooks import Sheet, has_rows, read_workbooks, sheet_table
from pipelines.company.yamlfile import Location, YamlDocument, read_yaml
from pipelines.periods import WEEKDAYS

COMPANY_FILE = "company.yaml"
KPI_CATALOGUE = Path(__file__).parents[2] / "dbt_project" / "seeds" / "kpi_catalogue.csv"


def catalogue_kpi_ids(path: Path = KPI_CATALOGUE) -> frozenset[str] | None:
    """Return the ids of the KPI catalogue, or None where the project has none."""
    if not path.is_file():
        return None
    with path.open(encoding="utf-8-sig", newline="") as file:
        return frozenset(row["kpi_id"] for row in csv.DictReader(file))


def load_company(home: Path, *, kpi_ids: Collection[str] | None = None, lang: str = "en") -> Company:
    """Read a company folder.

    Args:
        home: the folder with company.yaml.
        kpi_ids: the KPIs that targets may name; by default those of the project's catalogue.
        lang: the language of findings, `zh` or `en`.

    Returns:
        The company.

    Raises:
        InputError: with the findings of all files at once, in the order of file and row.
    """
    collector = Collector(lang)
    home = Path(home)
    if not home.is_dir():
        collector.add("home_missing", home.name)
        collector.raise_if_any()
    document, company_file = _read_company_file(home, collector)
    known = Known(kpi_ids=catalogue_kpi_ids() if kpi_ids is None else frozenset(kpi_ids))
    tables = _read_tables(home, collector, known)
    check_tables(tables, known, company_file, collector)
    calendar = WEEKDAYS
    if company_file is not None and document is not None:
        check_company_file(company_file, known, document, COMPANY_FILE, collector)
        found = read_calendar(company_file.calendar, home, collector)
        if found is None:
            names = ", ".join(calendar_names(home))
            line = document.line(("calendar",))
            collector.add("unknown_calendar", COMPANY_FILE, line, "calendar", company_file.calendar, known=names)
        else:
            calendar = found
    collector.raise_if_any()
    if company_file is None:  # cannot be: a company.yaml that cannot be read is a finding
        raise AssertionError("company.yaml gave neither a model nor a finding")
    return Company(**vars(tables), home=home, file=company_file, calendar=calendar)


def load_company_file(home: Path, *, lang: str = "en") -> CompanyFile:
    """Read company.yaml alone, for what needs the company's language or currency and none of its people.

    Raises:
        InputError: with every finding of the file.
    """
    collector = Collector(lang)
    _, company_file = _read_company_file(Path(home), collector)
    collector.raise_if_any()
    if company_file is None:  # cannot be: a company.yaml that cannot be read is a finding
        raise AssertionError("company.yaml gave neither a model nor a finding")
    return company_file


def _read_company_file(home: Path, collector: Collector) -> tuple[YamlDocument | None, CompanyFile | None]:
    path = home / COMPANY_FILE
    if not path.is_file():
        collector.add("file_missing", COMPANY_FILE)
        return None, None
    document = read_yaml(path, COMPANY_FILE, collector)
    if document is None:
        return None, None
    data = document.data if document.data is not None else {}
    if not isinstance(data, dict):
        collector.add("not_a_mapping", COMPANY_FILE, 1)
        return document, None
    try:
        # an empty section (`settings:` with everything commented out) means its defaults
        return document, CompanyFile.model_validate({key: value for key, value in data.items() if value is not None})
    except ValidationError as error:
        collector.add_validation(error, COMPANY_FILE, document.line, _known_keys)
        return document, None


def _known_keys(location: Location) -> list[str]:
    """Return the keys that the mapping at a location of company.yaml may have."""
    sections: dict[str, type[Section]] = {
        "settings": settings_module.Settings,
        "sources": settings_module.SourceOverride,
        "ticket_activities": settings_module.TicketActivities,
        "deal_stages": settings_module.DealStages,
        "deal_orders": settings_module.DealOrders,
        "order_words": settings_module.OrderWords,
        "bars_points": settings_module.BarsPoints,
        "lists": Honour if location[1:2] == ("honours",) else ListSettings,
        "portal": PortalSettings,
        "alerts": AlertSettings,
        "expected_sources": settings_module.ExpectedSource,
    }
    section = sections[str(location[0])] if location else CompanyFile
    return [field.alias or name for name, field in section.model_fields.items()]


def _read_tables(home: Path, collector: Collector, known: Known) -> HumanTables:
    tables: dict[str, Any] = {}
    sheets = read_workbooks(home, collector)
    for entry in HUMAN_FILES:
        tables[entry.name] = tuple(_read_records(home, entry, sheets.get(entry.name, []), collector, known))
    tables["targets"] = Targets(tables["targets"])
    return HumanTables(**tables)


def _read_records(
    home: Path, entry: HumanFile, sheets: list[Sheet], collector: Collector, known: Known
) -> list[Record]:
    table = read_human_table(home, entry, sheets, collector)
    if table is None and entry.required:
        collector.add("file_missing", entry.path)
    if table is None or not table.complete:
        if table is not None or entry.required:
            known.unreadable.add(entry.name)
        return []
    place = collector.read_from.get(entry.path, entry.path)
    records: list[Record] = []
    for row, cells in table.rows:
        known.note(entry.name, cells)
        try:
            records.append(entry.model.model_validate({**cells, "source_row": row, "source_file": place}))
        except ValidationError as error:
            collector.add_row(error, entry.path, row)
    return records


def read_human_table(home: Path, entry: HumanFile, sheets: list[Sheet], collector: Collector) -> CsvTable | None:
    """Read a human file from its CSV, or from the sheet that holds its rows.

    Args:
        home: the company folder.
        entry: which file.
        sheets: the sheets of the folder's workbooks that are named after it.
        collector: takes what is wrong; it notes the sheet when one is read.

    Returns:
        The table; not complete when two places hold rows; None when there is neither a file nor a filled sheet.
    """
    path = home / entry.path
    columns, required = entry.model.columns(), entry.model.required_columns()
    table = read_table(path.read_bytes(), entry.path, columns, required, collector) if path.is_file() else None
    filled = [sheet for sheet in sheets if has_rows(sheet)]
    if not filled:
        return table
    places = [sheet.label for sheet in filled]
    if table is not None and table.rows:
        places.insert(0, entry.path)
    if len(places) > 1:
        collector.add("kept_twice", entry.path, 0, "", "", places=" + ".join(places))
        return CsvTable()
    collector.read_from[entry.path] = filled[0].label
    return sheet_table(filled[0], entry, collector)
