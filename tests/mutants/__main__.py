"""`python tests/mutants`: makes the tests' own modules importable, then runs (`run.py`). Nothing else belongs here."""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
# at the top, as the processes that try mutants read this module too
sys.path[:1] = [str(TESTS.parent), str(TESTS), str(TESTS / "dbt"), str(TESTS / "pipeline")]

if __name__ == "__main__":
    from mutants.run import main

    sys.exit(main(sys.argv[1:]))
