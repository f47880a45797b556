"""The planted company after one run of October.

Belongs here: the fixture. Does not belong here: anything that looks at results.
"""

from __future__ import annotations

import pytest
from running import Once

from .outcome import Outcome, make_planted


@pytest.fixture(scope="session")
def planted(once: Once) -> Outcome:
    """What the run says of every case."""
    return Outcome(once("planted", make_planted) / "company")
