"""How portal and cards look in a real browser: axe finds nothing, every text stands out from its ground, nothing sticks
out of the page at desk or phone width. In Chinese and English, with names that nobody should have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from portal_site import PERIOD, Site, card_path, file_path, release_all

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.system

LEAST_CONTRAST = 4.5
LOOKS = (Path(__file__).parent / "looks.js").read_text(encoding="utf-8")
Visit = Callable[..., "Page"]

#: account: the pages that are looked at with it; the account "" is nobody.
PAGES = {
    "": ("/login",),
    "hr": ("/hr", f"/hr/{PERIOD}/r1", f"/hr/{PERIOD}/r2", "/hr/objections", "/nowhere", card_path("P004", "r2")),
    "manager": ("/mine", "/team", f"/team/{PERIOD}", card_path("P002")),
    "tag": ("/mine", card_path("P003")),
    "long": ("/mine", card_path("P004"), f"{card_path('P004')}/objection"),
    "rare": ("/mine", card_path("P005"), f"{card_path('P005')}/objection"),
    "turned": ("/mine", card_path("P006")),
}


@pytest.fixture(scope="module", autouse=True)
def shown(chromium: Any, site: Site) -> None:
    """The first revision is shown to everybody, and somebody has objected to it."""
    from portal_site import sign_in

    hr = sign_in(chromium.new_context(), site.url, "hr")
    release_all(hr, site.url)
    rare = sign_in(chromium.new_context(), site.url, "rare")
    rare.goto(f"{site.url}{card_path('P005')}/objection")
    rare.fill("#words", "=1+1 㛃𠮷 שלום <b>2026-10-03</b> " + "1840000000000000000" * 9)
    rare.click("main form button")
    for page in (hr, rare):
        page.context.close()


def faults(page: Page) -> list[str]:
    """What is wrong with how a page looks."""
    from axe_playwright_python.sync_playwright import Axe

    width = page.viewport_size["width"] if page.viewport_size else 0
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    height = int(page.evaluate("Math.ceil(document.documentElement.scrollHeight)"))
    page.set_viewport_size({"width": width, "height": max(height, 200)})  # what is measured must be in view
    seen = page.evaluate(f"({LOOKS})({LEAST_CONTRAST})")
    found = [f"too pale: {one}" for one in seen["pale"]]
    found += [f"sticks out: {one}" for one in seen["wide"]]
    found += [f"covered: {one}" for one in seen["unseen"]]
    if seen["scroll"] > width:
        found.append(f"scrolls sideways: {seen['scroll']} of {width}")
    if not seen["texts"]:
        found.append("no text was measured")
    results = Axe().run(page)
    assert results.response["passes"], "axe looked at nothing"
    if results.violations_count:
        found.append(results.generate_report())
    page.set_viewport_size({"width": width, "height": 900})
    return found


@pytest.mark.parametrize("width", [980, 390])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("who", PAGES)
def test_every_page_of_the_portal_looks_right(visit: Visit, site: Site, who: str, lang: str, width: int) -> None:
    page = visit(who or "hr", lang, width)
    if not who:
        page.context.clear_cookies(name="scorecards")
    for path in PAGES[who]:
        page.goto(site.url + path)
        assert page.url == site.url + path
        assert not faults(page), path


#: (language, width): whose cards are looked at; a page of all lists takes the longest, and is looked at twice.
SENT = {
    ("zh", 980): ("P002", "P003", "P004", "P005", "P006", "certificate", "lists"),
    ("en", 980): ("P002", "P004", "P005", "P006", "certificate"),
    ("zh", 390): ("P004", "P006", "certificate"),
    ("en", 390): ("P003", "P004", "P005", "lists"),
}


@pytest.mark.parametrize(("lang", "width"), SENT)
def test_every_card_and_list_that_the_portal_sends_looks_right(visit: Visit, site: Site, lang: str, width: int) -> None:
    page = visit("hr", lang, width)
    found = {}
    for what in SENT[(lang, width)]:
        listed = f"/files/{PERIOD}/r1/{PERIOD}_{what}_{lang}_r1.html"
        answer = page.request.get(site.url + (file_path(what, lang=lang) if what.startswith("P0") else listed))
        assert answer.status == 200
        # the sandbox in which the portal sends a card stops the clock that axe waits for, so the bytes are shown bare
        page.goto("about:blank")
        page.set_content(answer.text())
        found[what] = faults(page)
    assert not {what: wrong for what, wrong in found.items() if wrong}


PALE = "<html lang=en><title>t</title><main><h1 style='color:#888'>pale</h1><p style='width:2000px'>wide</p></main>"
COVERED = PALE.replace("<main>", "<main><div style='position:fixed;inset:0;background:#fff'></div>").replace(
    "#888", "#000"
)


def test_faults_are_found(chromium: Any) -> None:
    page = chromium.new_page()
    page.set_content(PALE)
    said = "\n".join(faults(page))
    for fault in ("too pale: 3.54 H1", "sticks out: P", "scrolls sideways"):
        assert fault in said
    page.set_content(COVERED)
    assert "covered: H1" in "\n".join(faults(page))
    page.set_content(PALE.replace(" lang=en", ""))
    assert "html-has-lang" in "\n".join(faults(page))
    page.set_content("<html lang=en><title>t</title><main><h1></h1></main>")
    assert "no text was measured" in faults(page)
    page.close()
