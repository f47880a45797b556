"""`make up`: Dagster and the portal of the demo company, started together and ended together by Ctrl-C.

Belongs here: accounts of the demo with passwords that are new at every start, and the two processes. Does not belong
here: what the commands do; they are called as a person calls them. A company of one's own has its own services and
accounts (docs/operations.md).
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

#: account -> what `scorecards account add` is told of it: HR, the lead of a team, somebody of that team
ACCOUNTS = {"hr": ("--role", "hr"), "manager": ("--person", "P002"), "person": ("--person", "P003")}
_HOST = "127.0.0.1"
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
#: Seconds that a service has to end by itself.
_PATIENCE = 30


def make_accounts(home: Path) -> dict[str, str]:
    """Make the demo's accounts anew and return their passwords, which are kept nowhere else."""
    passwords = {name: secrets.token_urlsafe(12) for name in ACCOUNTS}
    for name, words in ACCOUNTS.items():
        command = [_program("scorecards"), "account", "add", name, *words, "--home", str(home)]
        subprocess.run(command, input=passwords[name] + "\n", text=True, check=True, stdout=subprocess.DEVNULL)
    return passwords


def told(passwords: Mapping[str, str], dagster_port: int, portal_port: int) -> str:
    """Return what is said before the services start."""
    lines = [
        f"Dagster: http://{_HOST}:{dagster_port}",
        f"portal:  http://{_HOST}:{portal_port}",
        *(f"  sign in as {name:<8} {password}" for name, password in passwords.items()),
        "  hr shows a sealed period to managers, then to everybody; the passwords hold until the next start",
        "Ctrl-C ends both.",
    ]
    return "\n".join(lines)


def run_together(commands: Mapping[str, Sequence[str]], env: Mapping[str, str]) -> int:
    """Run services until a signal comes or one of them ends, then end them all.

    Args:
        commands: the services by name.
        env: their environment.

    Returns:
        0 after a signal; 1 when a service ended by itself.

    Raises:
        OSError: a service cannot be started; those that were are ended.
    """
    ending = threading.Event()
    asked: list[int] = []

    def end(number: int, _: object) -> None:
        asked.append(number)
        ending.set()

    before = {one: signal.signal(one, end) for one in _SIGNALS}
    running: dict[str, subprocess.Popen[bytes]] = {}

    def watch(service: subprocess.Popen[bytes]) -> None:
        service.wait()
        ending.set()

    try:
        for name, command in commands.items():
            # a group of its own each: the terminal's Ctrl-C reaches this process alone, which tells each service once
            running[name] = subprocess.Popen(list(command), env=dict(env), start_new_session=True)
            threading.Thread(target=watch, args=(running[name],), daemon=True).start()
        ending.wait()
        if not asked:
            gone = ", ".join(f"{name} ({one.returncode})" for name, one in running.items() if one.poll() is not None)
            print(f"ended by itself: {gone}", file=sys.stderr)
    finally:
        # also where a later service cannot be started: those before it must not stay behind
        for service in running.values():
            _end(service)
        for one, handler in before.items():
            signal.signal(one, handler)
    return 0 if asked else 1


def _end(service: subprocess.Popen[bytes]) -> None:
    """Ask a service to end, and take it and what it started away where it does not."""
    if service.poll() is None:
        service.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            service.wait(_PATIENCE)
    try:
        os.killpg(service.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    service.wait()


def _program(name: str) -> str:
    """The console script beside the interpreter, whether or not the environment is activated."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or name


def main(home: Path, dagster_port: int, portal_port: int) -> int:
    """Serve the demo company."""
    env = {**os.environ, "SCORECARDS_HOME": str(home), "DAGSTER_HOME": str(home / "dagster")}
    print(told(make_accounts(home), dagster_port, portal_port), flush=True)
    where = ("--host", _HOST, "--port", str(dagster_port))
    return run_together(
        {
            # webserver, daemon and one code server
            "dagster": (_program("dagster"), "dev", "--workspace", "workspace.yaml", *where),
            "portal": (_program("scorecards"), "serve", "--bind", _HOST, "--port", str(portal_port)),
        },
        env,
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), int(sys.argv[2]), int(sys.argv[3])))
