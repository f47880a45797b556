"""What must hold before the portal starts, the commands around it, and the files that it reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from portal_home import COMPANY, HR_PASSWORD

from pipelines.cli import main
from pipelines.company.findings import InputError
from pipelines.company.loader import load_company_file
from pipelines.company.records import Person
from pipelines.company.reporting_lines import read_reporting_lines
from pipelines.portal import serving
from pipelines.portal.accounts import ACCOUNTS_FILE, is_password, read_accounts, set_account
from pipelines.portal.key import KEY_FILE
from pipelines.portal.serving import make_portal, serve


@pytest.mark.parametrize(
    ("key", "mode", "said"),
    [
        ("0" * 64, 0o600, "no key of 64 random"),
        ("changeme", 0o600, "no key of 64 random"),
        ("0123" * 16, 0o600, "no key of 64 random"),
        ("", 0o600, "no key of 64 random"),
        (None, 0o600, "the portal's key is gone"),
        ("keep", 0o644, "others can read the key"),
    ],
)
def test_the_portal_does_not_start_with_a_default_missing_or_open_key(home: Path, key, mode, said) -> None:
    file = home / KEY_FILE
    if key is None:
        file.unlink()
    elif key != "keep":
        file.write_text(key + "\n", encoding="ascii")
    if file.exists():
        file.chmod(mode)
    with pytest.raises(InputError, match=said):
        make_portal(home)


def test_the_portal_does_not_start_where_nobody_could_sign_in(home: Path) -> None:
    (home / ACCOUNTS_FILE).unlink()
    with pytest.raises(InputError, match=r"nobody could sign in.*account add"):
        make_portal(home)


def test_beyond_this_machine_https_is_asked_for(home: Path, monkeypatch) -> None:
    started: list[dict[str, object]] = []
    monkeypatch.setattr("uvicorn.run", lambda _, **how: started.append(how))
    for host in ("0.0.0.0", "10.0.0.4", "kpi.example.com"):
        with pytest.raises(InputError, match="without https"):
            serve(home, host, 8484)
    serve(home, "127.0.0.1", 8484)
    (home / "company.yaml").write_text(COMPANY + "portal: {url: https://kpi.example.com}\n", encoding="utf-8")
    serve(home, "10.0.0.4", 8484)
    assert [(one["host"], one["proxy_headers"]) for one in started] == [("127.0.0.1", False), ("10.0.0.4", False)]
    assert serving.HOST == "127.0.0.1"


def test_appeals_in_a_workbook_are_refused_at_the_start(home: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(home / "reviews" / "workbook.xlsx")) as book:
        sheet = book.add_worksheet("appeals")
        sheet.write_row(0, 0, ["period", "person_id", "what", "filed_on", "outcome"])
        sheet.write_row(1, 0, ["2026-10", "E001", "something", "2026-11-03", "open"])
    with pytest.raises(InputError, match="the portal cannot add"):
        make_portal(home)


def run(home: Path, *words: str, given: str = "") -> tuple[int, str]:
    done = CliRunner().invoke(main, [*words, "--home", str(home)], input=given)
    return done.exit_code, done.output


def test_accounts_are_made_listed_and_removed_by_command(home: Path) -> None:
    assert run(home, "account", "add", "Lin@Galaxy", "--person", "E004", given="a long enough one\n") == (
        0,
        "account lin@galaxy: person E004\n",
    )
    assert run(home, "account", "add", "boss", "--role", "hr", "--no-password")[0] == 0
    code, listed = run(home, "account", "list")
    assert code == 0 and "lin@galaxy\tperson\tE004\tpassword" in listed
    assert "boss\thr\t-\tprovider or proxy" in listed
    for words, said in (
        (("account", "add", "x", "--person", "E999"), "no person has this id"),
        (("account", "add", "x y", "--role", "hr"), "a name has 1 to 128"),
        (("account", "add", "x", "--role", "person"), "needs --person"),
        (("account", "add", "x"), "no such role"),
        (("account", "add", "x", "--role", "hr"), "12 to 256"),
        (("account", "remove", "nobody"), "no such account"),
    ):
        code, told = run(home, *words, given="short\n")
        assert (code, said in told) == (2, True), told
    assert run(home, "account", "remove", "BOSS")[0] == 0 and "boss" not in read_accounts(home)


def test_the_audit_is_checked_and_shown_by_command(home: Path, portal) -> None:
    portal.ledger.write("hr", "download", "2026-10/r1/x.html")
    code, told = run(home, "audit", "verify")
    assert code == 0 and told.startswith("ok: 3 entries; the last one is ")
    assert '"act": "download"' in run(home, "audit", "show")[1]
    import sqlite3

    with sqlite3.connect(home / "portal" / "portal.db") as database:
        database.execute("drop trigger audit_update")
        database.execute("update audit set who = 'x' where number = 2")
    assert run(home, "audit", "verify") == (
        3,
        "error: portal/portal.db: entry 2 of 3 was changed, added or removed. Restore it from a backup\n",
    )
    assert run(home, "audit", "show")[0] == 3


def test_passwords_are_kept_as_argon2id_in_a_file_of_their_owner(home: Path) -> None:
    text = (home / ACCOUNTS_FILE).read_text(encoding="utf-8")
    assert text.count("$argon2id$v=19$m=65536,t=3,p=1$") == 6 and HR_PASSWORD not in text
    assert (home / ACCOUNTS_FILE).stat().st_mode & 0o777 == 0o600
    account = read_accounts(home)["hr"]
    assert is_password(account, HR_PASSWORD)
    assert not is_password(account, HR_PASSWORD + "x") and not is_password(None, "")
    without = set_account(home, "proxied", "E001", ("person",), None)
    assert not is_password(without, "")
    (home / ACCOUNTS_FILE).chmod(0o644)
    with pytest.raises(InputError, match="others can read the accounts"):
        read_accounts(home)
    (home / ACCOUNTS_FILE).chmod(0o600)
    (home / ACCOUNTS_FILE).write_text("[{}]", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        read_accounts(home)


PEOPLE = [
    Person.model_validate({"person_id": one, "name": one, "hired_on": "2025-01-01"}) for one in ("E001", "E002", "E003")
]


def test_reporting_lines_are_read_and_every_mistake_is_named(tmp_path: Path) -> None:
    assert read_reporting_lines(tmp_path, PEOPLE) == ()
    (tmp_path / "people").mkdir()
    file = tmp_path / "people" / "reporting_lines.csv"
    file.write_text("person_id,manager_id,valid_from,valid_to\nE002,E001,2026-01-01,\n", encoding="utf-8")
    (line,) = read_reporting_lines(tmp_path, PEOPLE)
    assert (line.person_id, line.manager_id, line.valid_to) == ("E002", "E001", None)
    file.write_text(
        "person_id,manager_id,valid_from,valid_to\n"
        "E002,E002,2026-01-01,\nE0O1,E001,2026-01-01,\nE002,E009,2026-01-01,\nE002,E001,2026-02-01,2026-01-01\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as found:
        read_reporting_lines(tmp_path, PEOPLE)
    told = [str(finding) for finding in found.value.findings]
    assert len(told) == 4
    for row, said in ((2, "nobody is their own manager"), (3, "no person has this id"), (4, "column manager_id")):
        assert any(f"row {row}" in one and said in one for one in told), told


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("{trusted_proxies: [proxy.example]}", "this is no IP address"),
        ("{trusted_proxies: [10.0.0.7], proxy_header: ''}", "names the person in a header"),
        ("{oidc_issuer: https://login.example}", "Give both, or neither"),
        ("{oidc_issuer: https://login.example, oidc_client_id: x}", "Set portal.url"),
        ("{url: kpi.example.com}", "no web address"),
        ("{url: 'https://user@kpi.example.com'}", "no web address"),
        ("{release: never}", "staged"),
        ("{objection_working_days: 0}", "objection_working_days"),
        ("{releese: staged}", "release"),
    ],
)
def test_each_wrong_setting_is_named_with_its_mend(tmp_path: Path, block: str, said: str) -> None:
    (tmp_path / "company.yaml").write_text(COMPANY + f"portal: {block}\n", encoding="utf-8")
    with pytest.raises(InputError, match=said):
        load_company_file(tmp_path)
