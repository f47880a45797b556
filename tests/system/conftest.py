"""What the system tests share: the scored sample of the scorecards room."""

from __future__ import annotations

import sys
from pathlib import Path

_TESTS = Path(__file__).resolve().parents[1]
sys.path += [str(_TESTS / "unit" / "scorecards"), str(_TESTS)]
