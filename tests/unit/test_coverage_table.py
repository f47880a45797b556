"""docs/coverage.md says what is so, and every KPI of the catalogue is proved by a test."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import render_coverage

# the KPIs of scheme 000 that come from platform, CRM, sales and ticket data
PROMISED = ("K01", "K02", "K06", "K10", "K11", "K12", "K13", "K15", "K16", "K18", "K19", "K22", "K23", "K25", "K27")


def test_the_coverage_page_is_rendered_from_what_is_there() -> None:
    stale = "docs/coverage.md is stale: run `python tests/render_coverage.py`"
    assert render_coverage.PAGE.read_text(encoding="utf-8") == render_coverage.render(), stale


def test_every_kpi_requirement_is_computed_and_proved() -> None:
    places, tests = render_coverage.computed_in(), render_coverage.proved_by()
    wanted = {requirement for requirements in render_coverage.catalogue().values() for requirement in requirements}
    wanted |= {f"000-{number}" for number in PROMISED}
    assert sorted(requirement for requirement in wanted if not places[requirement]) == []
    assert sorted(requirement for requirement in wanted if not tests[requirement]) == []


def test_a_requirement_that_no_test_names_would_be_seen() -> None:
    assert not render_coverage.proved_by()["000-K99"]
