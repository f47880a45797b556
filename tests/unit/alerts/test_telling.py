"""Alerts as they arrive: at a receiver on the loopback, through Apprise, and what happens when it fails."""

from __future__ import annotations

import logging
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from receiving import SECRET, Receiver

from pipelines.alerts import Alert, tell
from pipelines.alerts.addresses import ADDRESS_FILE, addresses
from pipelines.company.alert_settings import KINDS, read_alert_settings
from pipelines.company.findings import InputError
from pipelines.company.loader import load_company
from pipelines.company.templates import init_company
from pipelines.texts import LANGUAGES

VARIABLE = "ALERT_OF_TEST"
BLOCKED = Alert("blocked", "month_close", "2026-10", steps=("kpi_models",), run_id="0f9c2b1e")


def company(folder: Path, alerts: str, locale: str = "en") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "company.yaml").write_text(f"locale: {locale}\nalerts: {alerts}\n", encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, receiver.url)
    return company(tmp_path / "company", f"{{variables: [{VARIABLE}], webserver: 'https://dagster.example.com/'}}")


def test_an_alert_says_job_period_step_and_link(home: Path, receiver: Receiver) -> None:
    assert tell(home, BLOCKED) == []
    (got,) = receiver.got
    assert got["title"] == "KPI Scorecards: 2026-10 is blocked by integrity; nothing was published"
    assert got["message"].splitlines() == [
        "Job: month_close",
        "Period: 2026-10",
        "Step: kpi_models",
        "Run: 0f9c2b1e",
        "Link: https://dagster.example.com/runs/0f9c2b1e",
    ]
    assert got["type"] == "failure"


@pytest.mark.parametrize(
    ("alert", "title", "line"),
    [
        (Alert("failed", "month_close", "2026-10", run_id="a"), "2026-10 运行失败", "步骤：首个步骤之前，或进程被终止"),
        (Alert("withheld", "month_close", "2026-10", run_id="a", withheld_lines=7), "结果暂缓", "暂缓的得分行：7"),
        (Alert("overdue", "year_close", "2025", due="2026-01-20"), "2025 已过结账日", "结账日：2026-01-20"),
    ],
)
def test_in_the_language_of_the_company(
    tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, alert: Alert, title: str, line: str
) -> None:
    monkeypatch.setenv(VARIABLE, receiver.url)
    assert tell(company(tmp_path, f"{{variables: [{VARIABLE}]}}", "zh"), alert) == []
    (got,) = receiver.got
    assert title in got["title"]
    assert line in got["message"].splitlines()
    assert "http" not in got["message"], "without an address of the web server there is no link"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_fits_wecom(kind: str, lang: str) -> None:
    alert = Alert(kind, "quarter_close", "2026-07..2026-09", tuple(f"step_{n}" for n in range(20)), "r" * 36, 12345)
    assert len((alert.title(lang) + alert.body(lang, "https://dagster.example.com")).encode()) < 2048


def test_only_the_kinds_that_are_wanted(tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, receiver.url)
    folder = company(tmp_path, f"{{variables: [{VARIABLE}], kinds: [blocked]}}")
    assert tell(folder, Alert("failed", "month_close", "2026-10")) == []
    assert receiver.got == []
    assert tell(folder, BLOCKED) == []
    assert len(receiver.got) == 1


def test_a_receiver_that_refuses_is_told_and_breaks_nothing(
    home: Path, receiver: Receiver, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    receiver.status = 500
    with caplog.at_level(logging.DEBUG):
        assert tell(home, BLOCKED) == [f"{VARIABLE}: it could not be delivered"]
    told = "".join(capfd.readouterr()) + "".join(r.getMessage() for r in caplog.records if r.name == "apprise")
    assert SECRET not in told


def test_a_receiver_that_is_not_there(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        port = server.server_port
    monkeypatch.setenv(VARIABLE, f"json://127.0.0.1:{port}/{SECRET}")
    assert tell(home, BLOCKED) == [f"{VARIABLE}: it could not be delivered"]


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (None, f"the environment variable {VARIABLE} is not set or empty"),
        (f"nothing://{SECRET}", f"{VARIABLE} holds no address that Apprise knows, such as wecombot://KEY"),
    ],
)
def test_a_variable_without_an_address(
    home: Path, monkeypatch: pytest.MonkeyPatch, value: str | None, problem: str
) -> None:
    if value is None:
        monkeypatch.delenv(VARIABLE)
    else:
        monkeypatch.setenv(VARIABLE, value)
    assert tell(home, BLOCKED) == [problem]


def test_addresses_of_the_file(tmp_path: Path, receiver: Receiver) -> None:
    folder = company(tmp_path, "{}")
    path = folder / ADDRESS_FILE
    path.parent.mkdir()
    path.write_text(f"# of the team\n{receiver.url}\n\nnothing://{SECRET}\n")
    path.chmod(0o640)
    assert tell(folder, BLOCKED) == ["secrets/alert_addresses can be read by others: chmod 600 it"]
    path.chmod(0o600)
    problem = "secrets/alert_addresses, row 4 holds no address that Apprise knows, such as wecombot://KEY"
    assert tell(folder, BLOCKED) == [problem]
    assert len(receiver.got) == 1
    assert SECRET not in repr(addresses(folder, [], "en"))


def test_a_broken_folder_is_told_of_all_the_same(home: Path, receiver: Receiver) -> None:
    """The rest of company.yaml is not looked at: an alert of a broken folder must leave it."""
    (home / "people").write_text("not a folder")
    assert tell(home, BLOCKED) == []
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    ("block", "variables", "unread"),
    [
        ("{}", (), ()),
        ("{variables: 5}", (), ("alerts.variables",)),
        (f"{{variables: [{VARIABLE}], kinds: [failed, late]}}", (VARIABLE,), ("alerts.kinds",)),
        (f"{{variables: [{VARIABLE}], urls: [x]}}", (VARIABLE,), ("alerts",)),
        ("[variables]", (), ("alerts",)),
    ],
)
def test_of_a_broken_block_counts_what_can_be_read(
    tmp_path: Path, block: str, variables: tuple[str, ...], unread: tuple[str, ...]
) -> None:
    read = read_alert_settings(company(tmp_path, block))
    assert (read.settings.variables, read.settings.kinds, read.lang, read.unread) == (variables, KINDS, "en", unread)


@pytest.mark.parametrize("defect", ["locale: en\nalerts: {variables: [", "- a list\n", None])
def test_a_company_yaml_that_cannot_be_read_is_no_silence(home: Path, receiver: Receiver, defect: str | None) -> None:
    path = home / "company.yaml"
    path.unlink() if defect is None else path.write_text(defect, encoding="utf-8")
    told = ["company.yaml 无法读取，其中指定的接收方未被通知；运行 scorecards status 查看原因"]
    assert tell(home, BLOCKED) == told
    assert receiver.got == []
    (home / ADDRESS_FILE).parent.mkdir()
    (home / ADDRESS_FILE).touch(0o600)
    (home / ADDRESS_FILE).write_text(receiver.url)
    assert tell(home, BLOCKED) == told
    assert len(receiver.got) == 1, "the addresses of the file do not depend on company.yaml"


def test_a_broken_block_is_told_without_its_values(tmp_path: Path) -> None:
    (problem,) = tell(company(tmp_path, f"{{variables: ['json://{SECRET}']}}"), BLOCKED)
    told = "alerts.variables cannot be read, so nobody whom it names was told; `scorecards status` says what is wrong"
    assert problem == f"{told} with it"


def test_apprise_is_imported_only_to_send(tmp_path: Path) -> None:
    folder = company(tmp_path, "{}")
    code = (
        "import sys; from pathlib import Path; from pipelines.alerts import Alert, tell\n"
        "tell(Path(sys.argv[1]), Alert('failed', 'month_close', '2026-10'))\n"
        "print('apprise' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("variables: [wecombot://KEY]", "this is no name of an environment variable (value: 'wecombot://KEY')"),
        ("kinds: [failed, late]", "nobody can be told of this (value: 'late'). Use one of: failed, blocked, withheld"),
        ("webserver: dagster", "this is no web address (value: 'dagster')"),
        ("urls: []", "urls"),
    ],
)
def test_what_is_wrong_in_company_yaml_is_named(tmp_path: Path, block: str, told: str) -> None:
    folder = tmp_path / "company"
    init_company(folder)
    path = folder / "company.yaml"
    text = path.read_text(encoding="utf-8")
    assert "\nalerts:\n" in text
    begin = text.index("alerts:\n")
    path.write_text(text[:begin] + f"alerts:\n  {block}\n\n" + text[text.index("\n\n", begin) + 2 :], encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_company(folder)
    (found,) = raised.value.findings
    assert (found.file, found.row > 0) == ("company.yaml", True)
    assert told in str(found)
