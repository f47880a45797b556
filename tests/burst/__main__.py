"""`python tests/burst`: simulates, judges and writes docs/burst-guard.md (`judge.py`). Nothing else belongs here."""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:1] = [str(TESTS.parent), str(TESTS)]

if __name__ == "__main__":
    from burst.judge import main

    sys.exit(main(sys.argv[1:]))
