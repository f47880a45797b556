"""The portal as people use it: Chromium before `scorecards serve`, from HR's release to the row of an objection.

Belongs here too: who gets what, cell by cell, with the cookies of a browser that signed in.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from portal_site import (
    ACCOUNTS,
    NAMES,
    PERIOD,
    UNSEALED,
    Site,
    card_path,
    copy_served,
    file_path,
    free_port,
    release_all,
    served,
    sign_in,
)
from running import SCRIPT, run_scorecards

from pipelines.company.loader import load_company

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.system

SIGN_IN = 303
HEADER = "X-Forwarded-User"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
OUT = "%2e%2e"

#: (account, path, status). r1 was shown to everybody, r2 to HR alone; September is a draft. P001 leads P002, and P002
#: all others.
CELLS = [
    # nobody
    ("", "/", SIGN_IN),
    ("", "/mine", SIGN_IN),
    ("", "/hr", SIGN_IN),
    ("", card_path("P003"), SIGN_IN),
    ("", file_path("P003"), SIGN_IN),
    ("", f"/files/{PERIOD}/r1/manifest.json", SIGN_IN),
    ("", "/login", 200),
    # a person
    ("tag", "/mine", 200),
    ("tag", card_path("P003"), 200),
    ("tag", f"{card_path('P003')}/objection", 200),
    ("tag", file_path("P003"), 200),
    ("tag", file_path("P003", "xlsx", "en"), 200),
    ("tag", card_path("P003", "r2"), 404),
    ("tag", file_path("P003", revision="r2"), 404),
    ("tag", card_path("P005"), 404),
    ("tag", f"{card_path('P005')}/objection", 404),
    ("tag", file_path("P005"), 404),
    ("tag", file_path("P002", "xlsx", "en"), 404),
    ("tag", card_path("P999"), 404),
    ("tag", card_path("P003", "r3"), 404),
    ("tag", "/team", 404),
    ("tag", "/hr", 404),
    ("tag", f"/hr/{PERIOD}/r1", 404),
    ("tag", "/hr/objections", 404),
    ("tag", f"/files/{PERIOD}/r1/{PERIOD}_payroll_r1.csv", 404),
    ("tag", f"/files/{PERIOD}/r1/{PERIOD}_lists_zh_r1.html", 404),
    ("tag", f"/files/{PERIOD}/r1/traces.json", 404),
    ("tag", f"/files/{PERIOD}/r1/manifest.json", 404),
    # months that are not sealed
    ("tag", card_path("P003", "draft", UNSEALED), 404),
    ("tag", file_path("P003", revision="draft", period=UNSEALED), 404),
    ("hr", f"/hr/{UNSEALED}/r1", 404),
    ("hr", file_path("P003", revision="draft", period=UNSEALED), 404),
    # paths that lead out of the seal
    ("tag", f"/files/{PERIOD}/r1/..%2f..%2f..%2fcompany.yaml", 404),
    ("tag", f"/files/{PERIOD}/r1/{OUT}%2f{OUT}%2f{OUT}%2fsecrets%2fportal.key", 404),
    ("tag", f"/files/{PERIOD}/r1/{PERIOD}_P003_scorecard_zh_r1.html%00.csv", 404),
    ("tag", f"/files/{PERIOD}/..%2f{PERIOD}%2fr2/{PERIOD}_P003_scorecard_zh_r2.html", 404),
    ("hr", f"/files/{PERIOD}/r1/..%5c..%5cseal.json", 404),
    ("hr", "/files/..%2f..%2fsecrets/r1/portal.key", 404),
    ("hr", f"/files/{PERIOD}/r1/%2fetc%2fpasswd", 404),
    # managers
    ("manager", "/team", 200),
    ("manager", f"/team/{PERIOD}", 200),
    ("manager", card_path("P002"), 200),
    ("manager", card_path("P005"), 200),
    ("manager", file_path("P006", "xlsx", "en"), 200),
    ("manager", card_path("P005", "r2"), 404),
    ("manager", f"{card_path('P005')}/objection", 404),
    ("manager", f"/team/{UNSEALED}", 404),
    ("manager", f"/files/{PERIOD}/r1/{PERIOD}_scores_r1.csv", 404),
    ("manager", "/hr", 404),
    ("director", card_path("P002"), 200),
    ("director", card_path("P005"), 404),  # a report of a report
    ("director", card_path("P001"), 404),  # nobody pays the director by a scheme
    # HR
    ("hr", "/hr", 200),
    ("hr", f"/hr/{PERIOD}/r1", 200),
    ("hr", f"/hr/{PERIOD}/r2", 200),
    ("hr", "/hr/objections", 200),
    ("hr", card_path("P004", "r2"), 200),
    ("hr", file_path("P004", revision="r2"), 200),
    ("hr", f"/files/{PERIOD}/r2/{PERIOD}_payroll_r2.csv", 200),
    ("hr", f"/files/{PERIOD}/r1/manifest.json", 200),
    ("hr", f"{card_path('P003')}/objection", 404),  # nobody objects for somebody else
    ("hr", "/mine", 404),
]


@pytest.fixture(scope="module")
def shown(chromium: Browser, hostile_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A company of which the first revision was shown to everybody, by HR's own clicks."""
    home = copy_served(hostile_home, tmp_path_factory.mktemp("shown"))
    with served(home) as (url, process):
        context = chromium.new_context()
        release_all(sign_in(context, url, "hr"), url)
        context.close()
        yield Site(home, url, process)


@pytest.fixture(scope="module")
def people(chromium: Browser, shown: Site) -> Iterator[dict[str, BrowserContext]]:
    """A browser for every account, signed in; and one of nobody."""
    found = {"": chromium.new_context()}
    for name in ACCOUNTS:
        found[name] = chromium.new_context()
        page = sign_in(found[name], shown.url, name)
        assert not page.url.endswith("/login"), name
    yield found
    for context in found.values():
        context.close()


def status(context: BrowserContext, url: str) -> int:
    return context.request.get(url, max_redirects=0).status


def test_everybody_gets_what_is_theirs_and_nothing_else(people: dict[str, BrowserContext], shown: Site) -> None:
    assert len(CELLS) >= 40 and len({cell[:2] for cell in CELLS}) == len(CELLS)
    found = [(who, path, status(people[who], shown.url + path)) for who, path, _ in CELLS]
    assert found == CELLS


def test_a_forged_header_a_made_up_cookie_and_a_sign_out_open_nothing(
    chromium: Browser, people: dict[str, BrowserContext], shown: Site
) -> None:
    forged = chromium.new_context(extra_http_headers={HEADER: "hr"})
    assert status(forged, f"{shown.url}/hr") == SIGN_IN
    page = sign_in(forged, shown.url, "tag")
    assert page.url.endswith("/mine") and status(forged, f"{shown.url}/hr") == 404
    assert status(forged, shown.url + card_path("P005")) == 404
    made_up = chromium.new_context()
    made_up.add_cookies([{"name": "scorecards", "value": "0" * 64, "url": shown.url}])
    assert status(made_up, f"{shown.url}/hr") == SIGN_IN
    page.click("header form button")
    assert status(forged, f"{shown.url}/mine") == SIGN_IN
    # a form of another session is refused, whoever sends it
    theirs = people["manager"].new_page()
    theirs.goto(shown.url + card_path("P002"))
    token = theirs.get_attribute("main form input[name=csrf]", "value") or ""
    sent = people["tag"].request.post(f"{shown.url}{card_path('P003')}/acknowledge", form={"csrf": token})
    assert sent.status == 403
    for context in (forged, made_up):
        context.close()


def test_a_file_that_was_tampered_with_and_an_account_that_is_gone_get_nothing(
    chromium: Browser, hostile_home: Path, tmp_path: Path
) -> None:
    home = copy_served(hostile_home, tmp_path)
    with served(home) as (url, _):
        context, other = chromium.new_context(), chromium.new_context()
        hr, tag = sign_in(context, url, "hr"), sign_in(other, url, "tag")
        release_all(hr, url)
        assert status(other, url + file_path("P003")) == 200
        file = home / "scorecards" / PERIOD / "r1" / f"{PERIOD}_P003_scorecard_zh_r1.html"
        file.chmod(0o600)
        file.write_bytes(file.read_bytes() + b" ")
        for who in (context, other):
            assert status(who, url + file_path("P003")) == 409
        assert status(other, url + file_path("P003", lang="en")) == 200
        hr.goto(f"{url}/hr/{PERIOD}/r1")
        hr.fill("#purpose", "payroll of October")
        hr.click("section[aria-labelledby=s-bundle] button")
        assert "not what was sealed" in hr.inner_text("main")
        subprocess.run([str(SCRIPT), "account", "remove", "tag", "--home", str(home)], check=True, capture_output=True)
        tag.goto(f"{url}/mine")
        assert "no person belongs to this account" in tag.inner_text("main")
        context.close()
        other.close()


def test_a_session_ends_after_an_hour(chromium: Browser, hostile_home: Path, tmp_path: Path) -> None:
    """The one thing that a test cannot wait for: the same application, in this process, by a clock that is moved."""
    import uvicorn

    from pipelines.portal.app import portal_app
    from pipelines.portal.serving import make_portal

    now = [datetime.now(UTC)]
    port = free_port()
    portal = make_portal(copy_served(hostile_home, tmp_path), lambda: now[0])
    server = uvicorn.Server(uvicorn.Config(portal_app(portal), host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    url, context = f"http://127.0.0.1:{port}", chromium.new_context()
    try:
        page = sign_in(context, url, "hr")
        now[0] += timedelta(minutes=59)
        assert status(context, f"{url}/hr") == 200
        now[0] += timedelta(minutes=2)
        assert status(context, f"{url}/hr") == SIGN_IN
        page.goto(f"{url}/hr/{PERIOD}/r1")
        assert page.url == f"{url}/login?next=/hr/{PERIOD}/r1"
    finally:
        context.close()
        server.should_exit = True
        thread.join(30)


def download(page: Page, click: Callable[[], Any]) -> bytes:
    with page.expect_download() as waited:
        click()
    path = waited.value.path()
    return Path(path).read_bytes()


@pytest.mark.req("003-W7", "000-P2")
def test_from_the_seal_to_the_objection(chromium: Browser, hostile_home: Path, tmp_path: Path) -> None:
    home = copy_served(hostile_home, tmp_path)
    manifest = json.loads((home / "seals" / PERIOD / "r1" / "manifest.json").read_text(encoding="utf-8"))["files"]
    with served(home) as (url, _):
        contexts = [chromium.new_context(accept_downloads=True) for _ in range(3)]
        hr, manager, person = (
            sign_in(context, url, name) for context, name in zip(contexts, ("hr", "manager", "rare"), strict=True)
        )
        # sealed is not shown; HR shows it to managers, then to everybody
        assert "No scorecard has been shown to you yet" in person.inner_text("main")
        hr.goto(f"{url}/hr/{PERIOD}/r1")
        hr.click("text=Show it to managers")
        manager.goto(f"{url}/team/{PERIOD}")
        assert NAMES["P005"][1] in manager.inner_text("main")
        person.reload()
        assert "No scorecard has been shown to you yet" in person.inner_text("main")
        hr.click("text=Show it to each person")
        assert "Each person can see the own scorecard" in hr.inner_text("main")

        # the person reads the card, takes the workbook, says so
        person.reload()
        person.click("text=October 2026")
        assert person.url == url + card_path("P005")
        with person.expect_navigation() as gone:
            person.click("text=Open the scorecard")
        answer = gone.value
        assert answer is not None and answer.status == 200 and answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-security-policy"].startswith("sandbox;")
        assert NAMES["P005"][1] in person.inner_text("h1")
        person.go_back()
        book = download(person, lambda: person.click("text=Scorecard, workbook with formulas (English)"))
        assert hashlib.sha256(book).hexdigest() == manifest[f"{PERIOD}_P005_scorecard_en_r1.xlsx"]["sha256"]
        person.click("text=I have read it")
        assert "✓" in person.inner_text("dl.facts") and not person.query_selector("text=I have read it")

        # and objects
        person.click("main a:has-text('Object')")
        person.select_option("#category", "wrong_data")
        person.fill("#words", "=1+1 the reply of 2026-10-03 is counted twice\n㛃 <b>")
        person.fill("#expected", "12.5")
        person.set_input_files("#attachment", {"name": "x.png", "mimeType": "image/png", "buffer": PNG})
        person.click("main form button")
        assert person.url == url + card_path("P005") and "open" in person.inner_text("main table")
        mine = download(person, lambda: person.click("main table a"))
        assert mine == PNG

        # the manager sees that there is one, HR what it says
        manager.reload()
        assert "1 open" in manager.inner_text("main")
        hr.goto(f"{url}/hr/objections")
        assert "the reply of 2026-10-03 is counted twice 㛃 <b>" in hr.inner_text("main")
        hr.goto(f"{url}/hr/{PERIOD}/r1")
        hr.fill("#purpose", "payroll of October")
        bundle = download(hr, lambda: hr.click("text=Download the ZIP"))
        with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
            archive.extractall(tmp_path / "unpacked")
        checked = subprocess.run(
            ["sha256sum", "--check", "--strict", "SHA256SUMS"],
            cwd=tmp_path / "unpacked" / f"{PERIOD}_r1",
            capture_output=True,
            text=True,
            check=True,
        )
        assert len(checked.stdout.splitlines()) == len(manifest) + 1
        for context in contexts:
            context.close()

    # the objection is an input row like any other
    with (home / "reviews" / "appeals.csv").open(encoding="utf-8-sig", newline="") as file:
        row = list(csv.DictReader(file))[-1]
    assert (row["period"], row["person_id"], row["outcome"]) == (PERIOD, "P005", "open")
    for part in ("=1+1 the reply of 2026-10-03 is counted twice 㛃 <b>", "12.5", ".png"):
        assert part in row["what"]
    assert not row["what"].startswith(("=", "+", "-", "@"))
    assert load_company(home).appeals[-1].person_id == "P005"
    assert "ok: " in run_scorecards(home, "audit", "verify").stdout
    noted = [json.loads(line) for line in run_scorecards(home, "audit", "show").stdout.splitlines()]
    assert {"release", "acknowledge", "object", "download", "bundle", "login"} <= {one["act"] for one in noted}
