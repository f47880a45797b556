"""The unit tests that stand beside the models, as dbt runs them: each formula on rows written down by hand.

Belongs here: that all of them are run and pass. What they say stands in dbt_project/models/**/unit_tests/*.yml.
"""

from __future__ import annotations

import re

import pytest
import yaml
from harness.project import PROJECT
from harness.warehouse import ScratchWarehouse, every_relation


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What dbt says about all of them, over models without rows."""
    with ScratchWarehouse(tmp_path_factory.mktemp("unit"), begin_from=every_relation()) as scratch:
        scratch.months("2026-10")
        return scratch.dbt("test", "--select", "test_type:unit")


def test_every_unit_test_of_the_project_was_run_and_passed(printed: str) -> None:
    stated = {
        f"{test['model']}::{test['name']}"
        for path in (PROJECT / "models").rglob("*.yml")
        for test in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("unit_tests", [])
    }
    assert len(stated) > 20
    assert set(re.findall(r" PASS (\w+::\w+) ", printed)) == stated
