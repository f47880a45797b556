"""What the system tests share: the scored sample of the scorecards room, a sealed company of hostile names, a browser.

Playwright is started by the module that needs it and ended with it: it keeps an event loop in the thread of the tests.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

_TESTS = Path(__file__).resolve().parents[1]
sys.path += [str(_TESTS / "unit" / "scorecards"), str(_TESTS)]

import portal_site  # noqa: E402 - what it imports stands in the folders above

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture(scope="session")
def hostile_home(once: Callable[..., Path]) -> Path:
    """The company of hostile names, October sealed as r1 and r2. Tests must not change it."""
    return once("hostile", portal_site.make_hostile) / "company"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = portal_site.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(hostile_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[portal_site.Site]:
    """A copy of the company, served by `scorecards serve`; nothing has been shown yet."""
    home = portal_site.copy_served(hostile_home, tmp_path_factory.mktemp("site"))
    with portal_site.served(home) as (url, process):
        yield portal_site.Site(home, url, process)


@pytest.fixture
def visit(chromium: Browser, site: portal_site.Site) -> Iterator[Callable[..., Page]]:
    """`visit("hr", "en", width=390)` -> the page that this account sees after signing in, in a browser of its own."""
    contexts: list[BrowserContext] = []

    def opened(name: str, lang: str = "en", width: int = 980) -> Page:
        contexts.append(chromium.new_context(viewport={"width": width, "height": 900}, accept_downloads=True))
        return portal_site.sign_in(contexts[-1], site.url, name, lang)

    yield opened
    for context in contexts:
        context.close()
