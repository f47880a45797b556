"""Who gets what: each cell asks for one thing as one person and holds the whole answer to be the right one."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from portal_home import PASSWORDS, Browser, Clock, write_lines

from pipelines.portal.serving import make_portal
from pipelines.portal.web import Portal

CARD = "/cards/2026-10/{}/{}"
FILE = "/files/2026-10/{0}/2026-10_{1}_scorecard_zh_{0}.html"
BOOK = "/files/2026-10/{0}/2026-10_{1}_scorecard_en_{0}.xlsx"
LOGIN = 303

# October: r1 was shown to everybody, r2 to HR alone; November is a draft. E001 leads E004 always, E003 from the 15th of
# October, E002 until the end of September; E009 leads E001 and is HR besides.
CELLS = [
    # nobody
    ("", "/", LOGIN),
    ("", "/mine", LOGIN),
    ("", CARD.format("r1", "E001"), LOGIN),
    ("", FILE.format("r1", "E001"), LOGIN),
    ("", "/hr", LOGIN),
    ("", "/nothing/like/this", LOGIN),
    ("", "/login", 200),
    # a person: the own card of what was shown, and nothing else
    ("e002", CARD.format("r1", "E002"), 200),
    ("e002", FILE.format("r1", "E002"), 200),
    ("e002", BOOK.format("r1", "E002"), 200),
    ("e002", CARD.format("r2", "E002"), 404),
    ("e002", FILE.format("r2", "E002"), 404),
    ("e002", CARD.format("r1", "E001"), 404),
    ("e002", FILE.format("r1", "E001"), 404),
    ("e002", BOOK.format("r1", "E004"), 404),
    ("e002", CARD.format("r1", "E999"), 404),
    ("e002", CARD.format("r3", "E002"), 404),
    ("e002", "/cards/2026-11/draft/E001", 404),
    ("e002", "/files/2026-11/draft/2026-11_E001_scorecard_zh_draft.html", 404),
    ("e002", "/files/2026-10/r1/2026-10_payroll_r1.csv", 404),
    ("e002", "/files/2026-10/r1/traces.json", 404),
    ("e002", "/files/2026-10/r1/manifest.json", 404),
    ("e002", "/team", 404),  # E002 leads nobody
    ("e002", "/hr", 404),
    ("e002", "/hr/objections", 404),
    ("e002", "/hr/2026-10/r1", 404),
    # paths that lead out of the seal
    ("e002", "/files/2026-10/r1/..%2f..%2f..%2fcompany.yaml", 404),
    ("e002", "/files/2026-10/r1/%2e%2e/%2e%2e/secrets/portal.key", 404),
    ("e002", "/files/2026-10/../2026-10/r2/2026-10_E002_scorecard_zh_r2.html", 404),
    ("e002", "/files/2026-10/r1/2026-10_E002_scorecard_zh_r1.html%00.csv", 404),
    ("hr", "/files/2026-10/r1/..%2f..%2f..%2fcompany.yaml", 404),
    ("hr", "/files/..%2f..%2fsecrets/r1/portal.key", 404),
    ("hr", "/files/2026-10/r1/seal.json", 404),
    ("hr", "/files/2026-13/r1/manifest.json", 404),
    ("hr", "/files/2026-10/r01/manifest.json", 404),
    # a manager: reports in the months of the line, and the own card
    ("e001", CARD.format("r1", "E001"), 200),
    ("e001", CARD.format("r1", "E004"), 200),
    ("e001", FILE.format("r1", "E004"), 200),
    ("e001", CARD.format("r1", "E003"), 200),  # half a month is a month
    ("e001", CARD.format("r1", "E002"), 404),  # the line had ended
    ("e001", FILE.format("r1", "E002"), 404),
    ("e001", CARD.format("r1", "E005"), 404),
    ("e001", CARD.format("r2", "E004"), 404),  # not shown to managers yet
    ("e001", "/team", 200),
    ("e001", "/team/2026-10", 200),
    ("e001", "/team/2026-09", 404),
    ("e001", "/files/2026-10/r1/2026-10_scores_r1.csv", 404),
    ("e001", "/hr/2026-10/r1", 404),
    ("e001", CARD.format("r1", "E009"), 404),
    # HR: everything that is sealed
    ("hr", "/hr", 200),
    ("hr", "/hr/2026-10/r1", 200),
    ("hr", "/hr/2026-10/r2", 200),
    ("hr", "/hr/objections", 200),
    ("hr", CARD.format("r2", "E004"), 200),
    ("hr", FILE.format("r2", "E001"), 200),
    ("hr", "/files/2026-10/r1/2026-10_payroll_r1.csv", 200),
    ("hr", "/files/2026-10/r1/traces.json", 200),
    ("hr", "/files/2026-10/r1/manifest.json", 200),
    ("hr", "/hr/2026-11/r1", 404),
    ("hr", "/files/2026-11/draft/2026-11_E001_scorecard_zh_draft.html", 404),
    ("hr", "/mine", 404),  # an account without a person
    ("hr.person", CARD.format("r2", "E001"), 200),
]


@pytest.fixture(scope="module")
def portal_of_all(sealed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Portal:
    home = Path(shutil.copytree(sealed_home, tmp_path_factory.mktemp("matrix") / "home"))
    return make_portal(home, Clock(datetime(2026, 11, 5, 2, 0, tzinfo=UTC)))


@pytest.fixture(scope="module")
def people(portal_of_all: Portal) -> dict[str, Browser]:
    found = {"": Browser(portal_of_all)}
    for name in PASSWORDS:
        found[name] = Browser(portal_of_all)
        assert found[name].login(name).status_code == 303
    return found


@pytest.mark.parametrize(("who", "path", "status"), CELLS)
def test_each_cell_of_the_matrix(people: dict[str, Browser], who: str, path: str, status: int) -> None:
    answer = people[who].get(path)
    assert answer.status_code == status
    if status == LOGIN:
        assert answer.headers["location"].startswith("/login?next=")
    for header, value in (
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
    ):
        assert answer.headers[header] == value
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "script" not in answer.headers["content-security-policy"]


def test_there_are_cells_enough_and_none_twice() -> None:
    assert len(CELLS) >= 40 and len({cell[:2] for cell in CELLS}) == len(CELLS)


def test_missing_and_forbidden_are_the_same_to_the_byte(people: dict[str, Browser]) -> None:
    # the language link names the page itself, which the visitor knows
    def body(path: str) -> str:
        return people["e002"].get(path).text.replace(path, "HERE")

    assert body(CARD.format("r1", "E001")) == body(CARD.format("r1", "E999")) == body("/hr") == body("/nothing")


def test_every_cell_is_in_the_audit_with_who_and_what(portal_of_all: Portal, people: dict[str, Browser]) -> None:
    people["e002"].get(FILE.format("r1", "E001"))
    people["e002"].get(FILE.format("r1", "E002"))
    refused, done = list(portal_of_all.ledger.entries())[-2:]
    assert (refused.who, refused.outcome, refused.target) == ("e002", "refused", FILE.format("r1", "E001"))
    assert (done.who, done.act, done.outcome) == ("e002", "download", "done")
    assert done.target == "2026-10/r1/2026-10_E002_scorecard_zh_r1.html" and len(done.detail["sha256"]) == 64
    assert "欧阳明" not in str(done) and portal_of_all.ledger.verify()[0] > 2


def test_a_file_that_was_changed_after_sealing_is_not_sent(home: Path, portal: Portal, browse) -> None:
    person = browse("e002")
    name = FILE.format("r1", "E002").rpartition("/")[2]
    assert person.get(FILE.format("r1", "E002")).status_code == 200
    file = home / "scorecards" / "2026-10" / "r1" / name
    file.chmod(0o600)
    file.write_bytes(file.read_bytes().replace("欧阳明".encode(), "欧阳亮".encode()))
    answer = person.get(FILE.format("r1", "E002"))
    assert answer.status_code == 409 and "欧阳亮" not in answer.text
    entry = list(portal.ledger.entries())[-1]
    assert (entry.act, entry.outcome, entry.detail["file"]) == ("altered", "refused", name)
    hr = browse("hr")
    hr.get("/hr/2026-10/r1")
    assert hr.post("/hr/2026-10/r1/bundle", {"purpose": "payroll of October"}).status_code == 409
    file.unlink()
    assert person.get(FILE.format("r1", "E002")).status_code == 409


def test_a_manifest_that_was_changed_closes_the_whole_revision(home: Path, browse) -> None:
    person = browse("e002")
    manifest = home / "seals" / "2026-10" / "r1" / "manifest.json"
    manifest.chmod(0o600)
    manifest.write_bytes(manifest.read_bytes() + b"\n")
    # the release names the manifest that was shown, so a person no longer has this revision at all
    assert person.get(FILE.format("r1", "E002")).status_code == 404
    hr = browse("hr")
    assert hr.get("/files/2026-10/r1/2026-10_payroll_r1.csv").status_code == 409
    (manifest.parent / "seal.json").chmod(0o600)
    (manifest.parent / "seal.json").write_text("{", encoding="utf-8")
    assert hr.get("/files/2026-10/r1/2026-10_payroll_r1.csv").status_code == 409
    assert "scorecards verify 2026-10" in hr.get("/hr").text


def test_a_line_that_ends_closes_the_next_click_and_a_broken_file_opens_nothing(home: Path, browse) -> None:
    manager = browse("e001")
    assert manager.get(CARD.format("r1", "E004")).status_code == 200
    write_lines(home, [("E004", "E001", "2025-01-01", "2026-10-01")])
    assert manager.get(CARD.format("r1", "E004")).status_code == 404
    write_lines(home, [("E004", "E001", "2025-01-01", "")])
    assert manager.get(CARD.format("r1", "E004")).status_code == 200
    write_lines(home, [("E004", "E001", "2025-01-01", ""), ("E004", "E004", "2025-01-01", "")])
    assert manager.get(CARD.format("r1", "E004")).status_code == 404
    assert manager.get(CARD.format("r1", "E001")).status_code == 200
    assert "people/reporting_lines.csv" in browse("hr").get("/hr").text
