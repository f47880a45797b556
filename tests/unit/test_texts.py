"""The catalogue of texts: complete in both languages, with the same placeholders."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

import pipelines.company as company_package
from pipelines.company.human_files import EXPLAINED_FILES
from pipelines.texts import CATALOGUES, UnknownTextError, catalogue, has_text, placeholders, text

COMPANY = Path(company_package.__file__).parent


def test_every_key_has_both_languages_with_the_same_placeholders():
    wrong = []
    for key, entry in sorted(catalogue().items()):
        if set(entry) != {"zh", "en"} or not all(entry.values()):
            wrong.append(f"{key}: languages {sorted(entry)}")
        elif placeholders(entry["zh"]) != placeholders(entry["en"]):
            wrong.append(f"{key}: {placeholders(entry['zh'])} in zh, {placeholders(entry['en'])} in en")
    assert wrong == []


def test_the_check_sees_a_missing_placeholder():
    assert placeholders("{a} and {b:,}") == {"a", "b"}
    assert placeholders("{a} 和") != placeholders("{a} and {b}")


def test_keys_are_dotted_lower_case():
    assert [key for key in catalogue() if not re.fullmatch(r"[a-z0-9_]+(\.[A-Za-z0-9_\-]+)+", key)] == []


def test_unknown_texts_are_refused():
    with pytest.raises(UnknownTextError, match=r"no text has the key 'card.nothing'"):
        text("card.nothing", "en")
    with pytest.raises(UnknownTextError, match="has no language 'fr'; it has en, zh"):
        text("finding.empty.problem", "fr")
    with pytest.raises(UnknownTextError, match="needs the value 'low'"):
        text("finding.out_of_range.problem", "en")


def test_two_catalogues_cannot_share_a_key(monkeypatch):
    findings = importlib.import_module("pipelines.texts.findings")
    files = importlib.import_module("pipelines.texts.files")
    monkeypatch.setattr(files, "TEXTS", {**files.TEXTS, "finding.empty.problem": findings.TEXTS["finding.empty.mend"]})
    catalogue.cache_clear()
    try:
        with pytest.raises(UnknownTextError, match=r"the second is files.*: finding.empty.problem"):
            catalogue()
    finally:
        monkeypatch.undo()
        catalogue.cache_clear()


def test_a_catalogue_that_is_not_installed_is_left_out(monkeypatch):
    monkeypatch.setattr("pipelines.texts.CATALOGUES", (*CATALOGUES, "not_there"))
    catalogue.cache_clear()
    assert has_text("finding.empty.problem")
    catalogue.cache_clear()


def test_every_code_of_the_company_room_has_its_texts_and_every_text_its_code():
    source = "".join(path.read_text(encoding="utf-8") for path in sorted(COMPANY.rglob("*.py")))
    used = set(re.findall(r"""(?:wrong\(|\.add\(\s*)"([a-z_0-9]+)\"""", source))
    used |= {"unknown_team", "unknown_role"}  # composed from the kind of reference
    used |= {"key_missing", "unknown_key", "not_a_mapping", "not_a_list"}  # translated from pydantic
    defined = {key.split(".")[1] for key in catalogue() if key.startswith("finding.") and key.endswith(".problem")}
    company_codes = {key.split(".")[1] for key in importlib.import_module("pipelines.texts.findings").TEXTS}
    assert used - defined == set()
    company_codes |= {
        key.split(".")[1]
        for name in ("weights", "decisions")
        for key in importlib.import_module(f"pipelines.texts.{name}").TEXTS
        if key.startswith("finding.")
    }
    assert company_codes - used - {"invalid", "hint"} == set()


@pytest.mark.parametrize("entry", EXPLAINED_FILES, ids=lambda entry: entry.name)
def test_every_file_and_column_is_explained(entry):
    for lang in ("zh", "en"):
        assert entry.about(lang)
        for column in entry.model.columns():
            assert entry.column_about(column, lang)


def test_no_text_explains_a_column_that_is_not_there():
    known = {f"file.{entry.name}" for entry in EXPLAINED_FILES}
    known |= {f"file.{entry.name}.{column}" for entry in EXPLAINED_FILES for column in entry.model.columns()}
    assert {key for key in catalogue() if key.startswith("file.")} == known
