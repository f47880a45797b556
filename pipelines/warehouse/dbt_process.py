"""The dbt command of this project: dbt in a process group of its own that ends with its parent.

Belongs here: how dbt is started. A dbt that outlives a killed run would hold the warehouse lock and finish models
nobody asked for; so it leads its own group, and on Linux the kernel ends it when the run dies.
Installed as the console script `scorecards-dbt`.
"""

from __future__ import annotations

import atexit
import faulthandler
import gc
import os
import signal
import sys
from pathlib import Path

from pipelines.warehouse.layout import Layout

_PR_SET_PDEATHSIG = 1
_MARK = "dbt.process"


def executable() -> str:
    """Path of the `scorecards-dbt` script that lies beside the running Python."""
    return str(Path(sys.executable).parent / "scorecards-dbt")


def _end_with_parent() -> None:
    """Ask Linux to end this process when its parent dies; elsewhere there is no such request to make."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # the parent died before the request was made
        os.kill(os.getpid(), signal.SIGKILL)


def recorded_process(layout: Layout) -> str | None:
    """The dbt process last started for a company folder, as `<pid>-<start time>`; None when there was none."""
    mark = layout.warehouse / _MARK
    return mark.read_text(encoding="ascii") if mark.exists() else None


def _record_process() -> None:
    home = os.environ.get("SCORECARDS_HOME")
    if home is None:
        return
    import psutil

    mark = Layout(Path(home)).warehouse / _MARK
    if mark.parent.is_dir():
        mark.write_text(f"{os.getpid()}-{psutil.Process().create_time():.2f}", encoding="ascii")


def _enter_company_folder() -> None:
    """Work where the scratch file lies: the profile names it without a folder, so that no path enters dbt's parse."""
    folder = os.environ.get("SCORECARDS_DBT_FOLDER")
    if folder is not None:
        os.environ.pop("SCORECARDS_DUCKDB_PATH", None)
        os.chdir(folder)


def main() -> None:
    """Run dbt with this process's arguments.

    `--version` is answered from the installed package: dbt's own answer asks the package index and takes seconds.
    """
    if sys.argv[1:] == ["--version"]:
        from importlib.metadata import version

        print(f"Core:\n  - installed: {version('dbt-core')}\n\nPlugins:\n  - duckdb: {version('dbt-duckdb')}")
        return
    if os.getpgrp() != os.getpid():
        os.setpgid(0, 0)
    faulthandler.enable()
    _end_with_parent()
    _record_process()
    _enter_company_folder()
    os.environ.setdefault("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
    # what dbt makes lives until it ends: looking through all of it for garbage took a tenth of its time, and another
    # second and a half when it ended
    gc.set_threshold(1_000_000, 20, 20)
    atexit.register(gc.freeze)
    from dbt.cli.main import cli

    cli()
