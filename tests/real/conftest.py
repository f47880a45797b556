"""Companies around other people's exports: made at test time, run once a session through the command that users type.

Belongs here: the building of company folders and their runs. The exports are copied from the shared data folder into a
temporary one and never into the repository; no test prints a text, a handle or a name.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

SCORECARDS = Path(sys.executable).with_name("scorecards")
# A whole range on a loaded machine; a run that hangs must end the test and not the patience of whoever waits.
RUN_TIMEOUT_SECONDS = 900


@dataclass
class RealCompany:
    """A company folder around real exports, as its tests see it."""

    home: Path
    facts: dict[str, Any] = field(default_factory=dict)

    def run(self, period: str) -> subprocess.CompletedProcess[str]:
        """`scorecards run PERIOD`; the message of a failing run carries its whole output."""
        command = [str(SCORECARDS), "run", period, "--home", str(self.home)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=RUN_TIMEOUT_SECONDS)
        assert done.returncode == 0, (
            f"{' '.join(command[1:3])} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
        )
        return done

    def published(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Rows of a query on the published warehouse, opened as an analyst opens it."""
        return self._query(self.home / "published" / "kpi.duckdb", sql, parameters)

    def built(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Rows of a query on the warehouse before publication, which also holds facts by record."""
        return self._query(self.home / "warehouse" / "warehouse.duckdb", sql, parameters)

    @staticmethod
    def _query(path: Path, sql: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(sql, list(parameters)).fetchall()


@dataclass
class Folder:
    """Writes a company folder: UTC, one team, everybody hired before the first record.

    Whoever a scheme pays has cards from `paid_from` on, or from the first month: those of many years take longer than
    all their KPIs, which are what is looked at.
    """

    home: Path
    hired: date
    paid_from: date | None = None
    people: list[tuple[str, str, str]] = field(default_factory=list)  # person, role, scheme
    accounts: list[tuple[str, str, date, date | None]] = field(default_factory=list)
    identities: list[tuple[str, str, str]] = field(default_factory=list)  # system, external id, person
    assignments: list[tuple[str, str]] = field(default_factory=list)  # account, person
    yaml: str = ""

    def write(self) -> None:
        """Write company.yaml and every human file that must be there."""
        (self.home / "people").mkdir(parents=True)
        (self.home / "company.yaml").write_text(
            f"name: A company around real exports\ntimezone: UTC\ncurrency: USD\nlocale: en\nlanguages: [en]\n"
            f"approvers: [{self.people[0][0]}]\n{self.yaml}",
            encoding="utf-8",
        )
        since = self.hired.isoformat()
        paid_from = self.paid_from or self.hired
        roles = {(scheme, role) for _, role, scheme in self.people}
        schemes = [(scheme, role, self.hired if scheme == "none" else paid_from) for scheme, role in sorted(roles)]
        self._csv("people", "person_id name hired_on left_on", ((p, p, since, "") for p, _, _ in self.people))
        self._csv(
            "positions",
            "person_id role level team_id bonus_base valid_from valid_to",
            ((p, role, "", "team", "1000", since, "") for p, role, _ in self.people),
        )
        self._csv(
            "identity_map",
            "system external_id person_id valid_from valid_to",
            ((system, external, p, since, "") for system, external, p in self.identities),
        )
        self._csv(
            "accounts",
            "account_id platform name active_from active_to",
            ((a, platform, a, start, end or "") for a, platform, start, end in self.accounts),
        )
        self._csv(
            "assignments",
            "subject_type subject_id person_id share valid_from valid_to",
            (("account", a, p, "100", since, "") for a, p in self.assignments),
        )
        self._csv(
            "scheme_assignments",
            "scheme_id team_id role valid_from valid_to",
            [(scheme, "", role, begins.isoformat(), "") for scheme, role, begins in schemes]
            + [("none", "", role, since, begins.isoformat()) for _, role, begins in schemes if begins > self.hired],
        )
        self._csv("targets", "period period_type scope scope_id kpi_id target", ())

    def put(self, source: Path, folder: str) -> None:
        """Copy an export into `exports/<folder>/`."""
        target = self.home / "exports" / folder
        target.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target / source.name)

    def _csv(self, name: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
        with (self.home / "people" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns.split())
            writer.writerows(rows)


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a UTF-8 CSV file, as the plainest of readers sees them: what our own reading is compared with."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def make_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, date], Folder]:
    """Begin a company folder in a temporary place."""
    return lambda name, hired: Folder(tmp_path_factory.mktemp(name) / "company", hired)


@pytest.fixture(scope="session")
def monthly_x(shared_data: Path, make_folder: Callable[[str, date], Folder]) -> RealCompany:
    """Sixty monthly exports of one X account, 2016-12 to 2021-12 without 2021-05, in one run."""
    folder = make_folder("monthly_x", date(2016, 1, 1))
    folder.people = [("P1", "content", "000")]
    folder.paid_from = date(2021, 1, 1)
    folder.accounts = [("org", "x", date(2016, 12, 1), date(2022, 1, 1))]
    folder.assignments = [("org", "P1")]
    folder.yaml = (
        "expected_sources:\n  - {family: x_posts, account_id: org, cadence: range, from: 2016-12-01, to: 2022-01-01}\n"
    )
    folder.write()
    exports = sorted((shared_data / "x_exports" / "monthly_2016_2021").glob("*.csv"))
    for export in exports:
        folder.put(export, "x/org")
    company = RealCompany(folder.home, {"rows": [row for export in exports for row in read_rows(export)]})
    company.facts["files"] = len(exports)
    company.run("2016-12..2021-12")
    return company


@pytest.fixture(scope="session")
def current_x(shared_data: Path, make_folder: Callable[[str, date], Folder]) -> RealCompany:
    """Today's two X exports: posts of one account in 2026-02, the daily overview of another, 2024-09 to 2025-12."""
    folder = make_folder("current_x", date(2024, 1, 1))
    folder.people = [("P1", "content", "000"), ("P2", "growth", "000")]
    folder.accounts = [
        ("writer", "x", date(2026, 2, 14), date(2026, 2, 28)),
        ("page", "x", date(2024, 9, 12), date(2026, 1, 1)),
    ]
    folder.assignments = [("writer", "P1"), ("page", "P2")]
    folder.yaml = (
        "expected_sources:\n"
        "  - {family: x_posts, account_id: writer, cadence: range, from: 2026-02-14, to: 2026-02-28}\n"
        "  - {family: x_account, account_id: page, cadence: daily, from: 2024-09-12, to: 2026-01-01}\n"
    )
    folder.write()
    (posts,) = (shared_data / "x_exports" / "current").glob("*_account_analytics_content_*.csv")
    overview = shared_data / "x_exports" / "current" / "account_overview_analytics.csv"
    folder.put(posts, "x/writer")
    folder.put(overview, "x/page")
    company = RealCompany(folder.home, {"posts": read_rows(posts), "overview": read_rows(overview)})
    company.run("2024-09..2026-02")
    return company


@pytest.fixture(scope="session")
def helpdesk(shared_data: Path, make_folder: Callable[[str, date], Folder]) -> RealCompany:
    """Four years of a helpdesk's event log; one agent is paid by scheme 000, the others by none."""
    export = shared_data / "tickets" / "helpdesk.csv"
    with export.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    header = rows[0]
    # the header names `Variant` twice, so the rows are read by place
    places = [header.index(name) for name in ("Case ID", "Activity", "Resource", "Complete Timestamp")]
    events = [tuple(row[place] for place in places) for row in rows[1:]]
    agents = sorted({resource for _, _, resource, _ in events})
    folder = make_folder("helpdesk", date(2010, 1, 1))
    folder.people = [
        (f"A{place:02}", "customer_service" if place == 1 else "agent", "000" if place == 1 else "none")
        for place in range(1, len(agents) + 1)
    ]
    folder.paid_from = date(2013, 1, 1)
    folder.accounts = [("desk", "tickets", date(2010, 1, 1), date(2014, 2, 1))]
    folder.identities = [
        ("tickets", agent, person) for agent, (person, _, _) in zip(agents, folder.people, strict=True)
    ]
    folder.yaml = (
        "ticket_activities:\n"
        "  opened: [Assign seriousness, Insert ticket]\n"
        "  first_reply: [Take in charge ticket]\n"
        "  resolved: [Resolve ticket]\n"
        "  closed: [Closed]\n"
        "expected_sources:\n"
        "  - {family: tickets, account_id: desk, cadence: events, max_silence_days: 60,\n"
        "     from: 2010-01-01, to: 2014-02-01}\n"
    )
    folder.write()
    folder.put(export, "tickets")
    company = RealCompany(folder.home, {"events": events, "agents": agents})
    company.run("2010-01..2014-01")
    return company


@pytest.fixture(scope="session")
def crm(shared_data: Path, make_folder: Callable[[str, date], Folder]) -> RealCompany:
    """A year of opportunities of 35 agents, five of them without a deal."""
    agents = sorted(row["sales_agent"] for row in read_rows(shared_data / "crm" / "sales_teams.csv"))
    folder = make_folder("crm", date(2016, 1, 1))
    folder.people = [
        (f"A{place:02}", "growth" if place <= 3 else "agent", "000" if place <= 3 else "none")
        for place in range(1, len(agents) + 1)
    ]
    folder.accounts = [("crm", "crm", date(2016, 10, 1), date(2018, 1, 1))]
    folder.identities = [("crm", agent, person) for agent, (person, _, _) in zip(agents, folder.people, strict=True)]
    folder.yaml = (
        "deal_stages:\n  won: [Won]\n  lost: [Lost]\n"
        "sources:\n  crm_opportunities: {dayfirst: false}\n"
        "expected_sources:\n"
        "  - {family: deals, account_id: crm, cadence: events, max_silence_days: 60,\n"
        "     from: 2017-03-01, to: 2018-01-01}\n"
    )
    folder.write()
    pipeline = shared_data / "crm" / "sales_pipeline.csv"
    folder.put(pipeline, "crm")
    deals = read_rows(pipeline)
    without = [person for _, agent, person in folder.identities if all(row["sales_agent"] != agent for row in deals)]
    company = RealCompany(folder.home, {"deals": deals, "agents": agents, "without_deals": without})
    company.run("2017-03..2017-12")
    return company
