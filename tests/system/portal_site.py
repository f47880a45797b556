"""A company with hostile names, made, run, sealed and served by the commands that a user types; browsers before it.

Belongs here: what the system tests of the portal share. Does not belong here: assertions about pages.
"""

from __future__ import annotations

import csv
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import psutil
from running import LEAN_SOURCES, SCRIPT, run_scorecards

from pipelines.company.templates import equip_home
from pipelines.demo import generate_small

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

PERIOD, UNSEALED, APPROVER = "2026-10", "2026-09", "P001"
LONG_NAME = "超长姓名" * 75
#: Who works in the company: what a spreadsheet takes for a formula, what a page takes for a tag, what has no end, what
#: few fonts have, what runs from right to left or turns the rest around. A name in Chinese and one in English each.
NAMES = {
    "P001": ("@SUM(1+1)*cmd|' /C calc'!A0", "Zhiyuan Shen"),
    "P002": ('=HYPERLINK("http://evil.example","点我")', "-2+3+cmd|' /C calc'!A0"),
    "P003": ("<script>document.title='ran'</script>", '"><img src=x onerror="document.title=1">'),
    "P004": (LONG_NAME, "Maximilian " * 27 + "End"),
    "P005": ("㛃𠮷欧阳", "Ouyang 🎉 ＝1+1"),
    "P006": ("محمد عبد الله", "\u202eשלום <b>&amp;"),
}
REASON = '=HYPERLINK("http://evil.example";"x") <script>document.title=2</script> 🎉 שלום'
#: account -> person and role; who leads whom is the generator's: P001 leads P002, who leads all others.
ACCOUNTS = {
    "hr": ("", "hr"),
    "director": ("P001", "person"),
    "manager": ("P002", "person"),
    "tag": ("P003", "person"),
    "long": ("P004", "person"),
    "rare": ("P005", "person"),
    "turned": ("P006", "person"),
}
PASSWORD = "a password of these tests"
#: What the portal reads and writes; the rest of a company folder is large, and copied by nobody here.
SERVED = ("company.yaml", "people", "reviews", "seals", "scorecards", "secrets", "portal")


@dataclass(frozen=True)
class Site:
    """A company folder, the address that it is served at, and who serves it."""

    home: Path
    url: str
    process: psutil.Process


def make_hostile(folder: Path) -> None:
    """Make the company in `folder`/company: October sealed twice, September a draft, an account for everybody."""
    home = folder / "company"
    generate_small(home)
    for source in (home / "exports").iterdir():
        if source.name not in LEAN_SOURCES:
            shutil.rmtree(source)
    equip_home(home)
    _rewrite(home / "people" / "people.csv", lambda row: {**row, **_named(row["person_id"])})
    _rewrite(home / "reviews" / "adjustments.csv", lambda row: {**row, "reason": REASON})
    run_scorecards(home, "run", f"{UNSEALED}..{PERIOD}")
    run_scorecards(home, "seal", PERIOD, "--by", APPROVER)
    _rewrite(home / "reviews" / "adjustments.csv", lambda row: {**row, "amount": "350.00"})
    run_scorecards(home, "run", PERIOD)
    run_scorecards(home, "seal", PERIOD, "--by", APPROVER)
    for name, (person, role) in ACCOUNTS.items():
        add_account(home, name, person, role)


def add_account(home: Path, name: str, person: str, role: str) -> None:
    """`scorecards account add`, with the password by a pipe."""
    words = ["--person", person] if person else ["--role", role]
    command = [str(SCRIPT), "account", "add", name, *words, "--home", str(home)]
    subprocess.run(command, input=PASSWORD + "\n", text=True, check=True, capture_output=True)


def _named(person: str) -> dict[str, str]:
    zh, en = NAMES[person]
    return {"name": zh, "name_en": en}


def _rewrite(path: Path, changed: Callable[[dict[str, str]], dict[str, str]]) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        columns, rows = list(reader.fieldnames or ()), [changed(row) for row in reader]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def copy_served(home: Path, folder: Path) -> Path:
    """A copy of what the portal reads, for a test that writes."""
    copy = folder / "company"
    copy.mkdir(parents=True)
    for name in SERVED:
        source = home / name
        if source.is_dir():
            shutil.copytree(source, copy / name, symlinks=True)
        elif source.exists():
            shutil.copyfile(source, copy / name)
    return copy


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(home: Path) -> Iterator[tuple[str, psutil.Process]]:
    """`scorecards serve` on a free port, as a process of its own: its address, and the process."""
    port = free_port()
    command = [str(SCRIPT), "serve", "--home", str(home), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{url}/login", process)
        yield url, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(30)
        if process.stdout:
            process.stdout.close()


def wait_for(url: str, process: subprocess.Popen[str], seconds: float = 120) -> None:
    """Wait until an address answers; a process that ended instead is told with what it printed."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, OSError):
            if process.poll() is not None or time.monotonic() > until:
                said = process.stdout.read() if process.stdout and process.poll() is not None else ""
                raise AssertionError(f"{url} does not answer: {said}") from None
            time.sleep(0.2)


def launch(playwright: Playwright) -> Browser:
    """Debian's Chromium. Playwright brings a driver and could bring browsers of its own, which nobody installs here."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise AssertionError("Chromium is missing: install the packages listed in .ci/apt-packages")
    return playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])


def sign_in(context: BrowserContext, url: str, name: str, lang: str = "en") -> Page:
    """Sign in by typing into the form, as a person does; the page that is then shown."""
    page = context.new_page()
    page.goto(f"{url}/language/{lang}?back=/login")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("main form button")
    return page


def card_path(person: str, revision: str = "r1", period: str = PERIOD) -> str:
    """The page of a person's card."""
    return f"/cards/{period}/{revision}/{person}"


def file_path(person: str, kind: str = "html", lang: str = "zh", revision: str = "r1", period: str = PERIOD) -> str:
    """A file of a person's card."""
    return f"/files/{period}/{revision}/{period}_{person}_scorecard_{lang}_{revision}.{kind}"


def release_all(page: Page, url: str, revision: str = "r1") -> None:
    """HR shows a revision to managers, then to everybody, by the two buttons."""
    for _ in range(2):
        page.goto(f"{url}/hr/{PERIOD}/{revision}")
        page.click("section[aria-labelledby=s-release] button")
