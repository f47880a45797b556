"""The demo company, generated once for all tests of this folder."""

from __future__ import annotations

import pytest
from demo_world import Demo

from pipelines.demo import generate, generate_small


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    home = tmp_path_factory.mktemp("demo-company")
    return Demo(home, generate(home))


@pytest.fixture(scope="session")
def small_demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    home = tmp_path_factory.mktemp("small-company")
    return Demo(home, generate_small(home))
