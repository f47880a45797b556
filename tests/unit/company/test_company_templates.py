"""What `scorecards init` writes: it loads as it is, explains itself, and is private."""

from __future__ import annotations

import re
import stat

import pytest
import yaml

from pipelines.company import InputError, load_company
from pipelines.company.human_files import EXPLAINED_FILES, human_file
from pipelines.company.keys import KEY_FILE
from pipelines.company.list_settings import ListSettings
from pipelines.company.records import TargetRow
from pipelines.company.settings import CompanyFile, DealStages, Settings, TicketActivities
from pipelines.company.templates import csv_template, equip_home, init_company


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_folder_loads_as_a_company_without_people(tmp_path):
    written = init_company(tmp_path / "new", company_name='Say "hi": \\o/', timezone="Europe/Berlin", currency="EUR")
    company = load_company(tmp_path / "new")
    assert (company.name, company.timezone, company.currency) == ('Say "hi": \\o/', "Europe/Berlin", "EUR")
    assert company.people == ()
    assert company.segments() == []
    assert all(path.is_file() for path in written)
    assert {entry.path for entry in EXPLAINED_FILES} <= {
        path.relative_to(tmp_path / "new").as_posix() for path in written
    }


def test_the_template_of_company_yaml_shows_the_defaults(tmp_path):
    init_company(tmp_path / "new")
    file = load_company(tmp_path / "new").file
    assert file.settings == Settings()
    assert file.lists == ListSettings()
    assert file.ticket_activities == TicketActivities()
    assert file.deal_stages == DealStages()
    text = (tmp_path / "new" / "company.yaml").read_text(encoding="utf-8")
    shown = yaml.safe_load(text)
    assert set(shown) == set(CompanyFile.model_fields)
    assert set(shown["settings"]) == set(Settings.model_fields)
    assert set(shown["lists"]) == set(ListSettings.model_fields)
    for key in CompanyFile.model_fields:  # each key has an English and a Chinese comment above it
        assert re.search(rf"^# .*[a-z].*\n# .*[一-鿿].*\n{key}:", text, re.MULTILINE), key


@pytest.mark.parametrize("entry", EXPLAINED_FILES, ids=lambda entry: entry.name)
@pytest.mark.req("003-W10")
def test_a_template_explains_every_column_twice(entry):
    *comments, header = csv_template(entry).splitlines()
    assert header == ",".join(entry.model.columns())
    assert all(line.startswith("#") for line in comments)
    for column in entry.model.columns():
        assert sum(line.startswith(f"#   {column}: ") for line in comments) == 2


def test_templates_do_not_offer_internal_fields():
    assert "source_rows" not in TargetRow.columns()
    with pytest.raises(KeyError):
        human_file("salaries")


def test_private_folders_and_the_key(tmp_path):
    home = tmp_path / "new"
    init_company(home)
    for name in ("secrets", "archive", "restricted", "quarantine", "scorecards", "seals"):
        assert mode(home / name) == 0o700
    assert mode(home / KEY_FILE) == 0o600
    ignored = (home / ".gitignore").read_text(encoding="utf-8").split()
    assert {"/secrets/", "/archive/", "/restricted/", "/exports/"} <= set(ignored)


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"holds files already\. Name an empty or new folder"):
        init_company(tmp_path)
    with pytest.raises(InputError, match="holds files already"):
        init_company(tmp_path / "note.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


def test_a_folder_made_by_hand_is_equipped_once(tmp_path):
    assert [path.name for path in equip_home(tmp_path)] == ["dagster.yaml", "pseudonym.key"]
    key = (tmp_path / KEY_FILE).read_text(encoding="ascii")
    (tmp_path / "dagster" / "dagster.yaml").write_text("# mine\n", encoding="utf-8")
    assert equip_home(tmp_path) == []
    assert (tmp_path / KEY_FILE).read_text(encoding="ascii") == key
    assert (tmp_path / "dagster" / "dagster.yaml").read_text(encoding="utf-8") == "# mine\n"


def test_dagster_accepts_its_instance_file(tmp_path):
    from dagster._core.instance.config import dagster_instance_config

    init_company(tmp_path / "new")
    config, _ = dagster_instance_config(str(tmp_path / "new" / "dagster"))
    assert config["telemetry"] == {"enabled": False}
    assert config["nux"] == {"enabled": False}
    assert config["concurrency"]["runs"]["max_concurrent_runs"] == 1
    assert config["run_monitoring"]["enabled"] is True
    assert config["run_monitoring"]["max_runtime_seconds"] > 0
    assert config["run_retries"] == {"enabled": True, "max_retries": 0, "retry_on_asset_or_op_failure": False}
