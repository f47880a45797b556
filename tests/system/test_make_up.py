"""`make up`: Dagster and the portal of one company together, accounts of the demo, and an end to both."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import psutil
import pytest
from portal_site import free_port, wait_for
from running import Once, make_lean

pytestmark = pytest.mark.system

REPOSITORY = Path(__file__).resolve().parents[2]


def started(home: Path, ports: tuple[int, int]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pipelines.demo.up", str(home), *map(str, ports)]
    return subprocess.Popen(
        command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1
    )


def signed_in(url: str, name: str, password: str) -> str:
    """The address at which somebody stands who has typed name and password into the form."""
    opener = build_opener(HTTPCookieProcessor())
    form = opener.open(f"{url}/login").read().decode()
    csrf = re.search(r'name="csrf" value="([0-9a-f]+)"', form)
    assert csrf
    sent = urlencode({"csrf": csrf[1], "name": name, "password": password, "next": "/"}).encode()
    answer: str = opener.open(Request(f"{url}/login", sent)).geturl()
    return answer.removeprefix(url)


def test_dagster_and_portal_start_and_end_together(once: Once, tmp_path: Path) -> None:
    home = Path(shutil.copytree(once("lean", make_lean) / "company", tmp_path / "company", symlinks=True))
    ports = free_port(), free_port()
    up = started(home, ports)
    said = ""
    assert up.stdout
    try:
        while "Ctrl-C" not in said:
            line = up.stdout.readline()
            assert line, said
            said += line
        passwords = dict(re.findall(r"sign in as (\w+) +(\S+)", said))
        assert passwords.keys() == {"hr", "manager", "person"} and len(set(passwords.values())) == 3
        assert all(len(password) >= 16 for password in passwords.values())
        portal = f"http://127.0.0.1:{ports[1]}"
        wait_for(f"{portal}/login", up)
        places = {name: signed_in(portal, name, password) for name, password in passwords.items()}
        assert places == {"hr": "/hr", "manager": "/mine", "person": "/mine"}
        wait_for(f"http://127.0.0.1:{ports[0]}/server_info", up, seconds=240)
        with urlopen(f"http://127.0.0.1:{ports[0]}/server_info") as answer:
            assert b"dagster_webserver_version" in answer.read()
        services = psutil.Process(up.pid).children(recursive=True)
        up.send_signal(signal.SIGINT)
        assert up.wait(120) == 0
        assert not [one for one in services if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
    finally:
        up.kill()
        up.stdout.close()
    # what was printed stands in no file
    for path in (home / "secrets").iterdir():
        assert not any(password.encode() in path.read_bytes() for password in passwords.values())
