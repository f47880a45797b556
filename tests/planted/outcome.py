"""What the run of the planted company says: findings, files and rows set aside, values and held pay.

Belongs here: reading results. Does not belong here: judging them.
"""

from __future__ import annotations

import csv
import json
from functools import cached_property
from pathlib import Path
from typing import Any

import comparing
from running import run_scorecards

from pipelines.company.keys import Pseudonymiser
from pipelines.texts import text

from . import defects_lists, defects_marketing, defects_sales, defects_x, look_alikes
from .cases import Defect, LookAlike
from .company import Subject, write_company

DEFECTS: tuple[Defect, ...] = (
    *defects_x.DEFECTS,
    *defects_lists.DEFECTS,
    *defects_sales.DEFECTS,
    *defects_marketing.DEFECTS,
)
LOOK_ALIKES: tuple[LookAlike, ...] = look_alikes.LOOK_ALIKES


def subjects() -> dict[str, Subject]:
    """Every case's person and source, changed as the case says."""
    changes = [(case.key, case.kind, case.damage) for case in DEFECTS]
    changes += [(case.key, case.kind, case.change) for case in LOOK_ALIKES]
    made: dict[str, Subject] = {}
    for number, (key, kind, change) in enumerate(changes, start=1):
        made[key] = Subject(number, key, kind)
        change(made[key])
    return made


def make_planted(folder: Path) -> None:
    """Make the planted company in `folder`/company and run October."""
    home = folder / "company"
    write_company(home, subjects().values())
    done = run_scorecards(home, "run", "2026-10")
    (folder / "run.log").write_text(done.stdout + done.stderr, encoding="utf-8")


class Outcome:
    """The results of the run, read once."""

    def __init__(self, home: Path):
        self.home = home

    @cached_property
    def findings(self) -> list[dict[str, Any]]:
        """The findings of October, each with its message in both languages."""
        names = ("family", "subject_id", "guard", "severity", "reason_code", "reason_params", "message")
        rows = comparing.query(
            self.home,
            f"select {', '.join(names)} from data_quality_findings where month = date '2026-10-01' order by all",
        )
        found = [dict(zip(names, row, strict=True)) for row in rows]
        for row in found:
            row["zh"] = text(f"reasons.{row['reason_code']}", "zh", **json.loads(row["reason_params"]))
        return found

    @cached_property
    def quarantine(self) -> list[dict[str, str]]:
        """The files that were set aside."""
        records = [
            json.loads(path.read_text(encoding="utf-8")) for path in (self.home / "landing/_files").glob("*.json")
        ]
        return [record for record in records if record["status"] == "quarantined"]

    @cached_property
    def broken_rows(self) -> list[dict[str, str]]:
        """The rows that were set aside, each with the file that it is of."""
        records = [
            json.loads(path.read_text(encoding="utf-8")) for path in (self.home / "landing/_files").glob("*.json")
        ]
        labels = {record["content_id"]: record["label"] for record in records}
        return [
            {**row, "label": labels[path.name.removesuffix("_rows.csv")]}
            for path in sorted((self.home / "quarantine").glob("*_rows.csv"))
            for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
        ]

    @cached_property
    def kpis(self) -> dict[tuple[str, str], tuple[Any, ...]]:
        """(person, KPI) -> value, numerator, denominator, records, status and reason; ids are the company folder's."""
        ours = Pseudonymiser.from_home(self.home)
        keys = {ours.person(subject.person): subject.person for subject in subjects().values()}
        return {(keys[who], kpi): row for (who, kpi), row in comparing.kpis(self.home).items() if who in keys}

    @cached_property
    def held(self) -> dict[str, float]:
        """Person -> the pay that is held."""
        bundle = json.loads((self.home / "scorecards/2026-10/draft/traces.json").read_text(encoding="utf-8"))
        return {trace["person_id"]: float(trace["bonus"]["held"] or 0) for trace in bundle["traces"]}

    def about(self, subject: Subject) -> list[dict[str, Any]]:
        """The findings about a subject's account or person, or about all of a source that it has for itself."""
        person = Pseudonymiser.from_home(self.home).person(subject.person)
        source = "wecom_behaviour" if subject.kind == "wecom" else ""
        return [row for row in self.findings if row["subject_id"] in (subject.account, person, source)]
