"""Release in stages, acknowledgement, HR's archive, and an audit that shows every later hand."""

from __future__ import annotations

import hashlib
import io
import sqlite3
import zipfile
from pathlib import Path

import pytest
from portal_home import COMPANY

from pipelines.portal.key import portal_key
from pipelines.portal.ledger import BrokenChainError, Ledger
from pipelines.portal.serving import make_portal

R2 = "/hr/2026-10/r2"


def test_hr_shows_a_revision_step_by_step_and_nobody_takes_it_back(browse, portal) -> None:
    hr, manager, person = browse("hr"), browse("e001"), browse("e003")

    def seen() -> tuple[int, int]:
        path = "/cards/2026-10/r2/E003"
        return manager.get(path).status_code, person.get(path).status_code

    assert seen() == (404, 404)
    hr.get(R2)
    assert hr.post(f"{R2}/release", {"stage": "people"}).status_code == 409  # not past the managers
    assert hr.post(f"{R2}/release", {"stage": "managers"}).status_code == 303
    assert seen() == (200, 404)
    assert hr.post(f"{R2}/release", {"stage": "managers"}).status_code == 409  # a second click goes no step further
    assert seen() == (200, 404)
    assert hr.post(f"{R2}/release", {"stage": "people"}).status_code == 303
    assert seen() == (200, 200)
    for stage in ("hr", "managers", "people", ""):
        assert hr.post(f"{R2}/release", {"stage": stage}).status_code == 409
    assert seen() == (200, 200)
    told = [entry for entry in portal.ledger.entries() if entry.act == "release" and entry.target == "2026-10/r2"]
    assert [(entry.who, entry.detail["stage"]) for entry in told] == [("hr", "managers"), ("hr", "people")]


def test_nobody_but_hr_releases(browse, portal) -> None:
    for name in ("e001", "e002"):
        person = browse(name)
        assert person.post(f"{R2}/release", {"stage": "managers"}).status_code == 404
        assert person.post(f"{R2}/bundle", {"purpose": "curious about all"}).status_code == 404
    assert portal.ledger.releases("2026-10", 2) == []


def test_shown_at_once_stays_shown_when_the_setting_changes(home: Path, browse, portal) -> None:
    person = browse("e002")
    path = "/cards/2026-10/r2/E002"
    assert person.get(path).status_code == 404
    (home / "company.yaml").write_text(COMPANY + "portal: {release: at_once}\n", encoding="utf-8")
    assert person.get(path).status_code == 200
    (home / "company.yaml").write_text(COMPANY, encoding="utf-8")
    assert person.get(path).status_code == 200
    assert [one.by for one in portal.ledger.releases("2026-10", 2)] == ["company.yaml"] * 2


def test_a_person_acknowledges_once_and_hr_sees_it(browse, portal) -> None:
    person = browse("e002")
    page = person.get("/cards/2026-10/r1/E002").text
    assert "确认已阅" in page
    for _ in range(2):
        assert person.post("/cards/2026-10/r1/E002/acknowledge").status_code == 303
    assert portal.ledger.acknowledged("2026-10", 1) == {"E002": "2026-11-05T02:00:00+00:00"}
    assert "确认已阅" not in person.get("/cards/2026-10/r1/E002").text
    assert "2026-11-05" in browse("hr").get("/hr/2026-10/r1").text
    assert [entry.act for entry in portal.ledger.entries()].count("acknowledge") == 1


def test_the_archive_is_the_same_every_time_and_every_file_of_it_is_in_the_audit(browse, portal, home: Path) -> None:
    hr = browse("hr")
    hr.get("/hr/2026-10/r1")
    assert hr.post("/hr/2026-10/r1/bundle", {"purpose": ""}).status_code == 422
    one, other = (hr.post("/hr/2026-10/r1/bundle", {"purpose": "payroll of October"}) for _ in range(2))
    assert one.content == other.content and one.headers["content-type"] == "application/zip"
    sealed = {path.name: path.read_bytes() for path in (home / "scorecards" / "2026-10" / "r1").iterdir()}
    with zipfile.ZipFile(io.BytesIO(one.content)) as archive:
        found = {name.removeprefix("2026-10_r1/"): archive.read(name) for name in archive.namelist()}
        readme, sums = found.pop("README.txt").decode(), found.pop("SHA256SUMS").decode()
        assert found == sealed
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    entries = list(portal.ledger.entries())
    assert [entry.detail["purpose"] for entry in entries if entry.act == "bundle"] == ["payroll of October"] * 2
    named = {entry.target.rpartition("/")[2] for entry in entries if entry.detail.get("in") == "bundle"}
    assert named == sealed.keys() - {"manifest.json"}
    # what it says of itself, in both languages, and the hashes as sha256sum -c reads them
    assert dict(reversed(line.split("  ")) for line in sums.splitlines()) == {
        name: hashlib.sha256(data).hexdigest() for name, data in sealed.items()
    }
    for part in ("2026-10 绩效记分卡 · 封存版 r1", "Scorecards of 2026-10, sealed revision r1"):
        assert part in readme
    for told in (f"共 {len(sealed)} 个", f"{len(sealed)} files", "scorecards verify 2026-10"):
        assert told in readme
    assert readme.count(hashlib.sha256(sealed["manifest.json"]).hexdigest()) == 2


def test_a_signature_of_the_manifest_goes_into_the_archive(browse, home: Path) -> None:
    (home / "seals" / "2026-10" / "r1").chmod(0o700)
    (home / "seals" / "2026-10" / "r1" / "manifest.json.minisig").write_bytes(b"signature\n")
    hr = browse("hr")
    hr.get("/hr/2026-10/r1")
    sent = hr.post("/hr/2026-10/r1/bundle", {"purpose": "payroll of October"})
    with zipfile.ZipFile(io.BytesIO(sent.content)) as archive:
        assert archive.read("2026-10_r1/manifest.json.minisig") == b"signature\n"


@pytest.mark.parametrize("table", ["audit", "releases", "acknowledgements", "objections"])
def test_the_database_refuses_changes_and_deletions(home: Path, portal, table: str) -> None:
    portal.ledger.acknowledge("2026-10", 1, "E002", "e002")
    with sqlite3.connect(home / "portal" / "portal.db") as database:
        if not database.execute(f"select count(*) from {table}").fetchone()[0]:
            database.execute(f"insert into {table} values ('2026-10', 1, 'E1', '', '2026-11-05', 'other', '', '')")
        for wrong in (
            f"delete from {table}",
            f"update {table} set {'at' if table != 'objections' else 'category'} = 'x'",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                database.execute(wrong)


@pytest.mark.parametrize(
    "hand",
    [
        "update audit set who = 'e001' where number = 3",
        "update audit set detail = '{}' where act = 'release'",
        "delete from audit where number = 2",
        "insert into audit select number + 1, at, who, act, target, outcome, detail, hash, hash from audit "
        "order by number desc limit 1",
        "insert into releases values ('2026-10', 2, 3, 'x', 'me', 'now')",
        "delete from acknowledgements",
    ],
)
def test_whoever_takes_the_triggers_away_is_seen_all_the_same(home: Path, portal, hand: str) -> None:
    ledger = portal.ledger
    for _ in range(3):
        ledger.write("hr", "download", "x")
    ledger.acknowledge("2026-10", 1, "E002", "e002")
    count, last = ledger.verify()
    assert count >= 5 and len(last) == 64
    with sqlite3.connect(home / "portal" / "portal.db") as database:
        for (name,) in database.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            database.execute(f"drop trigger {name}")
        database.execute(hand)
    with pytest.raises(BrokenChainError):
        ledger.verify()


def test_another_key_does_not_continue_the_chain(home: Path, portal) -> None:
    portal.ledger.write("hr", "download", "x")
    with pytest.raises(BrokenChainError, match="entry 1 of"):
        Ledger(home, bytes(32)).verify()
    assert Ledger(home, portal_key(home)).verify() == portal.ledger.verify()


def test_what_cannot_be_noted_is_not_sent(home: Path, browse, portal, monkeypatch) -> None:
    person = browse("e002")

    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(portal.ledger, "write", full)
    with pytest.raises(sqlite3.OperationalError):
        person.get("/files/2026-10/r1/2026-10_E002_scorecard_zh_r1.html")


def test_the_key_is_made_once_and_never_anew_beside_an_audit(home: Path, clock) -> None:
    key = portal_key(home)
    assert (home / "secrets" / "portal.key").stat().st_mode & 0o777 == 0o600
    assert make_portal(home, clock).key == key
    assert list(Ledger(home, key).entries())[-1].act == "release"
