"""A sealed company behind the portal: made once from the scorecards' sample, copied for each test that writes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from portal_home import Browser, Clock, make_home

from pipelines.portal.serving import make_portal
from pipelines.portal.web import Portal


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
def browse(portal: Portal) -> Callable[..., Browser]:
    def opened(name: str = "", **kwargs: str) -> Browser:
        browser = Browser(portal, **kwargs)
        if name:
            assert browser.login(name).status_code == 303
        return browser

    return opened
