"""`python tests/planted`: writes docs/planted-defects.md (`page.py`). Nothing else belongs here."""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:1] = [str(TESTS.parent), str(TESTS), str(TESTS / "pipeline")]

if __name__ == "__main__":
    from planted.page import PAGE, render

    PAGE.write_text(render(), encoding="utf-8")
