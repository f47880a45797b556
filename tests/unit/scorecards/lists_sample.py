"""A draft with its lists, and reading a list back."""

from __future__ import annotations

import csv
import io
from functools import partial
from pathlib import Path

from cards_sample import PERIOD, Case

from pipelines.company.model import Company
from pipelines.company.settings import CompanyFile
from pipelines.periods import parse_period
from pipelines.scorecards import Built, build_draft
from pipelines.scorecards.list_facts import Trends, lists_of


def build(home: Path, case: Case, catalogue: dict[str, dict[str, str]], period: str = PERIOD) -> Built:
    """A draft with its lists, as a run makes it."""
    file = CompanyFile(name="c", timezone="Asia/Shanghai", currency="CNY")
    made = partial(lists_of, Company(home=home, file=file), parse_period(period), catalogue, Trends())
    company, _, *rest = case.arguments()
    return build_draft(home, company, period, *rest, catalogue=catalogue, of_earlier=made)


def rows(folder: Path, report_id: str, label: str = "draft") -> list[dict[str, str]]:
    data = (folder / f"{folder.parent.name}_list_{report_id}_{label}.csv").read_bytes()
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
