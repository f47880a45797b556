"""The two services of `make up`: where one ends the other is ended, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from pipelines.demo import up

SLEEP = (sys.executable, "-c", "import time; print('slept', flush=True); time.sleep(600)")
DEAF = (sys.executable, "-c", "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(600)")
GONE = (sys.executable, "-c", "raise SystemExit(7)")


@pytest.fixture
def started(monkeypatch) -> list[subprocess.Popen[bytes]]:
    """Every service that is started, in order."""
    found: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def noted(*words, **how):
        found.append(popen(*words, **how))
        return found[-1]

    monkeypatch.setattr(up.subprocess, "Popen", noted)
    return found


def test_where_one_service_ends_by_itself_the_other_is_ended(started, capfd) -> None:
    assert up.run_together({"dagster": SLEEP, "portal": GONE}, os.environ) == 1
    assert "ended by itself: portal (7)" in capfd.readouterr().err
    assert [one.poll() is not None for one in started] == [True, True]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_both_and_is_no_failure(started, monkeypatch, number) -> None:
    monkeypatch.setattr(up, "_PATIENCE", 0.5)

    def send() -> None:
        while len(started) < 2:
            time.sleep(0.01)
        os.kill(os.getpid(), number)

    before = signal.getsignal(number)
    threading.Thread(target=send, daemon=True).start()
    assert up.run_together({"dagster": SLEEP, "portal": DEAF}, os.environ) == 0
    assert [one.poll() is not None for one in started] == [True, True]
    assert signal.getsignal(number) is before


def test_where_a_service_cannot_be_started_those_before_it_are_ended(started) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(FileNotFoundError, match="no-such-program"):
        up.run_together({"dagster": SLEEP, "portal": ("no-such-program",)}, os.environ)
    assert [one.poll() is not None for one in started] == [True]
    assert signal.getsignal(signal.SIGTERM) is before


def test_what_is_said_names_both_addresses_and_every_account() -> None:
    said = up.told({"hr": "one", "person": "two"}, 3000, 8484)
    for part in ("http://127.0.0.1:3000", "http://127.0.0.1:8484", "hr       one", "person   two", "Ctrl-C"):
        assert part in said
