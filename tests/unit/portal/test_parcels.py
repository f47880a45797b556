"""Archives for HR, a manager and a person: whose files are in them, the same bytes, nothing that was altered."""

from __future__ import annotations

import hashlib
import stat
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from portal_home import LINES

from pipelines.cli import main
from pipelines.company.findings import InputError
from pipelines.portal.parcels import save
from pipelines.scorecards.errors import IntegrityError


@pytest.fixture
def into(tmp_path: Path) -> Path:
    """An empty folder for archives."""
    folder = tmp_path / "archives"
    folder.mkdir()
    return folder


def content(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as opened:
        assert {one.date_time for one in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        folders = {name.partition("/")[0] for name in opened.namelist()}
        assert folders == {archive.name.removesuffix(".zip")}
        return {name.partition("/")[2]: opened.read(name) for name in opened.namelist()}


def people_in(files: dict[str, bytes]) -> set[str]:
    return {name.split("_")[1] for name in files if "_scorecard_" in name}


def test_hr_gets_every_sealed_file_and_the_hashes_hold(home: Path, into: Path) -> None:
    file, _ = save(home, "2026-10", "hr", into)
    files = content(file)
    label = file.name.removesuffix(".zip").rpartition("_")[2]
    sealed = {path.name: path.read_bytes() for path in (home / "scorecards" / "2026-10" / label).iterdir()}
    assert {name: data for name, data in files.items() if name not in {"README.txt", "SHA256SUMS"}} == sealed
    told = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert told == {name: hashlib.sha256(data).hexdigest() for name, data in sealed.items()}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and [one.name for one in into.iterdir()] == [file.name]
    readme = files["README.txt"].decode()
    assert "供人力资源部门" in readme and "For HR: everything that was sealed" in readme
    assert hashlib.sha256(sealed["manifest.json"]).hexdigest() in readme


def test_the_same_parcel_has_the_same_bytes(home: Path, into: Path) -> None:
    first = {audience: save(home, "2026-10", audience, into)[0].read_bytes() for audience in ("hr", "person:E002")}
    again = {audience: save(home, "2026-10", audience, into)[0].read_bytes() for audience in ("hr", "person:E002")}
    assert first == again


def test_a_person_gets_the_own_card_in_every_form_and_nothing_of_anybody_else(home: Path, into: Path) -> None:
    file, parcel = save(home, "2026-10", "person:E002", into)
    files = content(file)
    assert file.name == f"2026-10_{parcel.revision}_person_E002.zip"
    assert people_in(files) == {"E002"}
    forms = {(name.split("_")[3], Path(name).suffix) for name in parcel.files}
    assert forms == {(lang, suffix) for lang in ("zh", "en") for suffix in (".html", ".pdf", ".xlsx")}
    assert "your own scorecard, 6 files" in files["README.txt"].decode()


def test_a_manager_gets_those_who_reported_in_every_month_and_not_the_own_card(home: Path, into: Path) -> None:
    assert ("E002", "E001", "2025-01-01", "2026-10-01") in LINES, "E002 had left E001's team before the month"
    file, _ = save(home, "2026-10", "manager:E001", into)
    assert people_in(content(file)) == {"E003", "E004"}


@pytest.mark.parametrize(
    ("period", "audience", "told"),
    [
        ("2026-09", "hr", r"seals/2026-09: nothing is sealed for this period\. `scorecards seal 2026-09` comes first"),
        ("2026-10", "boss", r"--for: no audience is called so \(value: 'boss'\)\. Use hr, manager:ID or person:ID"),
        ("2026-10", "hr:E001", r"no audience is called so"),
        ("2026-10", "person:E777", r"nobody with this id has a card here \(value: 'E777'\)"),
        ("2026-10", "manager:E005", r"reported to this id in every month .*Check people/reporting_lines\.csv"),
    ],
)
def test_what_cannot_be_packed_is_refused(home: Path, into: Path, period: str, audience: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        save(home, period, audience, into)
    assert list(into.iterdir()) == []


def test_unreadable_lines_give_no_manager_anything(home: Path, into: Path) -> None:
    (home / "people" / "reporting_lines.csv").write_text("nonsense\n1\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"people/reporting_lines\.csv: this file cannot be read"):
        save(home, "2026-10", "manager:E001", into)


def test_an_altered_card_stops_the_whole_parcel(home: Path, into: Path) -> None:
    cards = max((home / "scorecards" / "2026-10").iterdir())
    card = next(path for path in sorted(cards.iterdir()) if path.suffix == ".pdf")
    card.chmod(0o600)
    card.write_bytes(b"another")
    with pytest.raises(IntegrityError, match=rf"{card.name} differs from its seal; `scorecards verify 2026-10`"):
        save(home, "2026-10", "hr", into)
    assert list(into.iterdir()) == []


def test_the_command_says_what_it_wrote(home: Path, into: Path) -> None:
    ran = CliRunner().invoke(
        main, ["bundle", "2026-10", "--for", "person:E002", "--to", str(into), "--home", str(home)]
    )
    assert ran.exit_code == 0, ran.output
    (file,) = into.iterdir()
    assert ran.output.endswith(f"6 sealed files -> {file}\n")
    missing = CliRunner().invoke(main, ["bundle", "2026-09", "--home", str(home)])
    assert missing.exit_code == 2 and "nothing is sealed" in missing.output
