"""The docs page says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipelines.company.list_settings import ListSettings
from pipelines.company.reference import main, renewed
from pipelines.company.settings import CompanyFile, Settings

PAGE = Path(__file__).resolve().parents[3] / "docs" / "company-folder.md"


def test_the_reference_is_up_to_date(tmp_path):
    page = PAGE.read_text(encoding="utf-8")
    assert renewed(page) == page, "run: python -m pipelines.company.reference docs/company-folder.md"
    copy = tmp_path / "page.md"
    copy.write_text(page.replace("| `person_id` |", "| `someone` |"), encoding="utf-8")
    main([str(copy)])
    assert copy.read_text(encoding="utf-8") == page


def test_a_page_without_marks_is_refused():
    with pytest.raises(ValueError, match="has no marks for the reference"):
        renewed("# A page\n")


def test_every_key_of_company_yaml_is_explained():
    page = PAGE.read_text(encoding="utf-8")
    explained = set(re.findall(r"`(?:settings\.)?([a-z_0-9]+)(?:\.<spec_id>)?`", page))
    assert set(CompanyFile.model_fields) - {"settings"} | set(Settings.model_fields) <= explained


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_explained_where_it_is_defined(name):
    assert f"        {name}: " in (Settings.__doc__ or "").replace("\n    ", "\n        ")


@pytest.mark.parametrize("name", sorted(ListSettings.model_fields))
def test_every_setting_of_lists_is_explained_in_code_and_page(name):
    assert f"        {name}: " in (ListSettings.__doc__ or "").replace("\n    ", "\n        ")
    page = (PAGE.parent / "scorecards.md").read_text(encoding="utf-8")
    table = page.split("| key | default | meaning |")[1]
    rows = [row for row in table.splitlines() if row.startswith("|") and f"`{name}`" in row.split("|")[1]]
    assert len(rows) == 1, name
