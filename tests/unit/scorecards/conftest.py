"""Fixtures of the scorecards room: a scored sample, a home folder, the archive that goes with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cards_sample import Case, catalogue

from pipelines.scorecards import Built, build_draft
from pipelines.scorecards.store import canonical_json


@pytest.fixture(scope="session")
def case() -> Case:
    return Case()


@pytest.fixture(scope="session")
def bundle(case: Case) -> dict[str, Any]:
    return case.bundle()


@pytest.fixture(scope="session")
def kpi_catalogue() -> dict[str, dict[str, str]]:
    return catalogue()


@pytest.fixture
def quick_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs that hold their data and no layout: for tests that write the same cards many times over."""
    monkeypatch.setattr("pipelines.scorecards.pdf.render_pdf", lambda data: b"%PDF-" + canonical_json(data))


@pytest.fixture
def build(tmp_path: Path, kpi_catalogue: dict[str, dict[str, str]]) -> Callable[[Case], Built]:
    def built(given: Case) -> Built:
        return build_draft(tmp_path, *given.arguments(), catalogue=kpi_catalogue, what_if=given.what_if())

    return built
