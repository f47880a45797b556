"""The company folder that the portal's tests serve: two sealed revisions of one month, people, lines, accounts."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cards_sample import HOSTILE, PERIOD, Case, catalogue, content, reading, result, segment, segments
from starlette.testclient import TestClient

from pipelines.company.human_files import human_file
from pipelines.company.templates import csv_template, equip_home
from pipelines.periods import parse_period
from pipelines.portal.access import Stage
from pipelines.portal.accounts import set_account
from pipelines.portal.app import portal_app
from pipelines.portal.key import portal_key
from pipelines.portal.ledger import Ledger
from pipelines.portal.sealed import Shelf
from pipelines.portal.web import Portal
from pipelines.scorecards import build_draft, seal

SEALED = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
HR_PASSWORD = "correct horse battery"
PASSWORDS = {
    "hr": HR_PASSWORD,
    "hr.person": HR_PASSWORD,
    "e001": "staple staple one",
    "e002": "staple staple two",
    "e003": "staple staple three",
    "e005": "staple staple five",
}
#: (person, manager, from, to): E001 led E002 until the day before the month, and E003 from the middle of it.
LINES = [
    ("E002", "E001", "2025-01-01", "2026-10-01"),
    ("E003", "E001", "2026-10-15", ""),
    ("E004", "E001", "2025-01-01", ""),
    ("E001", "E009", "2025-01-01", ""),
]
COMPANY = """\
name: "星河社媒 & <Galaxy>"
timezone: Asia/Shanghai
currency: CNY
approvers: [E009, E001]
"""


BASE = "http://127.0.0.1"
CSRF = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


class Browser:
    """Somebody before the portal: follows no redirect, and fills in the token of the page that it saw last."""

    def __init__(self, portal: Portal, peer: str = "127.0.0.9"):
        self.client = TestClient(portal_app(portal), base_url=BASE, follow_redirects=False, client=(peer, 50000))
        self.csrf = ""

    def get(self, path: str, **kwargs: Any) -> Any:
        answer = self.client.get(path, **kwargs)
        if answer.headers.get("content-type", "").startswith("text/html") and (found := CSRF.search(answer.text)):
            self.csrf = found[1]
        return answer

    def post(self, path: str, data: dict[str, str] | None = None, **kwargs: Any) -> Any:
        return self.client.post(path, data={"csrf": self.csrf, **(data or {})}, **kwargs)

    def login(self, name: str, password: str | None = None) -> Any:
        """Sign in; the answer is that of the form."""
        self.get("/login")
        answer = self.post("/login", {"name": name, "password": password or PASSWORDS[name]})
        if answer.status_code == 303:
            self.get(self.get("/").headers["location"])  # the page that is theirs, with its token
        return answer


class Clock:
    """A clock that a test moves."""

    def __init__(self, now: datetime):
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: int) -> None:
        self.now += timedelta(**time)


def make_home(home: Path, company: str = COMPANY) -> Path:
    """Seal October as r1, shown to everybody, and as r2, shown to HR alone; November is a draft."""
    home.mkdir(parents=True)
    for case, approver in ((Case(), "E009"), (corrected(), "E001")):
        build_draft(home, *case.arguments(), catalogue=catalogue(), what_if=case.what_if())
        seal(home, case.company, PERIOD, approver, at=SEALED)
    draft = home / "scorecards" / "2026-11" / "draft"
    draft.mkdir(parents=True)
    (draft / "2026-11_E001_scorecard_zh_draft.html").write_text("a draft", encoding="utf-8")
    equip_home(home)
    (home / "company.yaml").write_text(company, encoding="utf-8")
    write_people(home)
    appeals = home / "reviews" / "appeals.csv"
    appeals.parent.mkdir()
    appeals.write_text(csv_template(human_file("appeals")), encoding="utf-8-sig")
    set_account(home, "hr", "", ("hr",), PASSWORDS["hr"])
    set_account(home, "hr.person", "E009", ("hr", "person"), PASSWORDS["hr.person"])
    for name in ("e001", "e002", "e003", "e005"):
        set_account(home, name, name.upper(), ("person",), PASSWORDS[name])
    release(home, 1, Stage.PEOPLE)
    return home


def release(home: Path, revision: int, stage: Stage, at: datetime = SEALED) -> None:
    """Show a revision to everybody up to a stage."""
    ledger = Ledger(home, portal_key(home), Clock(at))
    found = next(one for one in Shelf(home).revisions(parse_period(PERIOD)) if one.number == revision)
    for step in (Stage.MANAGERS, Stage.PEOPLE):
        if step <= stage:
            ledger.release(PERIOD, revision, step, found.seal.manifest_sha256, "hr")


def write_people(home: Path) -> None:
    """Write people.csv and reporting_lines.csv."""
    folder = home / "people"
    folder.mkdir()
    names = {"E001": ("张晓雨", "Zhang Xiaoyu"), "E002": ("欧阳明", "Ouyang Ming"), "E009": ("人事", "HR"), **HOSTILE}
    with (folder / "people.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["person_id", "name", "name_en", "email", "hired_on", "left_on"])
        for person, (zh, en) in sorted(names.items()):
            writer.writerow([person, zh, en, f"{person.lower()}@galaxy.example", "2025-01-01", ""])
    write_lines(home, LINES)


def write_lines(home: Path, lines: list[tuple[str, str, str, str]]) -> None:
    """Write people/reporting_lines.csv."""
    with (home / "people" / "reporting_lines.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["person_id", "manager_id", "valid_from", "valid_to"])
        writer.writerows(lines)


def corrected() -> Case:
    """October after the posting frequency of E001 was corrected upwards."""
    given = segments()
    given[0] = segment(
        "E001", "content", content(posting_frequency=reading("posting_frequency", "1.142857142857", "40", "35", 40))
    )
    return Case(scored=result(given))
