"""Companies that have been run, for the recomputation: the folders that tests/pipeline shares, made once a session.

Belongs here: fixtures. Does not belong here: anything that looks at results.
"""

from __future__ import annotations

import pytest
from running import Once, make_demo, make_small

from .comparing import Recomputation
from .published import catalogue


@pytest.fixture(scope="session")
def small(once: Once) -> Recomputation:
    """The small company: one month."""
    return Recomputation(once("small", make_small) / "company", catalogue())


@pytest.fixture(scope="session")
def demo(once: Once) -> Recomputation:
    """The demo company: 25 months, their quarters and years."""
    return Recomputation(once("demo", make_demo) / "company", catalogue())
