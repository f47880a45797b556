"""A sealed company behind the portal: made once from the scorecards' sample, copied for each test that writes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from portal_home import HR_PASSWORD, PASSWORDS, Clock, make_home
from starlette.testclient import TestClient

from pipelines.portal.app import portal_app
from pipelines.portal.serving import make_portal
from pipelines.portal.web import Portal

BASE = "http://127.0.0.1"
CSRF = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


class Browser:
    """Somebody before the portal: follows no redirect, and fills in the token of the page that it saw last."""

    def __init__(self, portal: Portal, peer: str = "testclient"):
        self.client = TestClient(portal_app(portal), base_url=BASE, follow_redirects=False, client=(peer, 50000))
        self.csrf = ""

    def get(self, path: str, **kwargs):
        answer = self.client.get(path, **kwargs)
        if answer.headers.get("content-type", "").startswith("text/html") and (found := CSRF.search(answer.text)):
            self.csrf = found[1]
        return answer

    def post(self, path: str, data: dict[str, str] | None = None, **kwargs):
        return self.client.post(path, data={"csrf": self.csrf, **(data or {})}, **kwargs)

    def login(self, name: str, password: str | None = None):
        self.get("/login")
        answer = self.post("/login", {"name": name, "password": password or PASSWORDS[name]})
        self.get("/" if answer.status_code != 303 else answer.headers["location"])
        landing = self.get(answer.headers.get("location", "/login"))
        if landing.status_code == 303:
            self.get(landing.headers["location"])
        return answer


@pytest.fixture(scope="session")
def sealed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("portal") / "home")


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 5, 2, 0, tzinfo=UTC))


@pytest.fixture
def home(sealed_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sealed_home, tmp_path / "home"))


@pytest.fixture
def portal(home: Path, clock: Clock) -> Portal:
    return make_portal(home, clock)


@pytest.fixture
def browse(portal: Portal) -> Iterator[Callable[..., Browser]]:
    def opened(name: str = "", **kwargs) -> Browser:
        browser = Browser(portal, **kwargs)
        if name:
            assert browser.login(name).status_code == 303
        return browser

    yield opened


__all__ = ["HR_PASSWORD", "timedelta"]
