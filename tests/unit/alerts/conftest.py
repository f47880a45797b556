"""What the tests of alerts share: somebody who listens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from receiving import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found
