"""`python tests/follower_counts`: simulates, judges and writes docs/follower-counts.md (`judge.py`)."""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:1] = [str(TESTS.parent), str(TESTS)]

if __name__ == "__main__":
    from follower_counts.judge import main

    sys.exit(main())
