"""The demo company, generated once for all workers, and the small one, once for each.

Belongs here: fixtures. Does not belong here: companies that have been run (tests/pipeline).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from demo_world import Demo
from running import Once, truth_beside, write_truth

from pipelines.demo import generate, generate_small


@pytest.fixture(scope="session")
def demo(once: Once) -> Demo:
    """The demo company and its truth. Tests must not change it."""

    def make(folder: Path) -> None:
        write_truth(folder, generate(folder / "company"))

    home = once("generated", make) / "company"
    return Demo(home, truth_beside(home))


@pytest.fixture(scope="session")
def small_demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The small company and its truth. Tests must not change it."""
    home = tmp_path_factory.mktemp("small-company")
    return Demo(home, generate_small(home))
