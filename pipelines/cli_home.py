"""Which company folder a verb of the command works on.

Belongs here: the option --home and what stands in for it. Does not belong here: the verbs (`cli`, `cli_portal`).
"""

from __future__ import annotations

import os
from pathlib import Path

import click

from pipelines.company.findings import Finding, InputError


def chosen_home(given: Path | None) -> Path:
    """The company folder: --home, else SCORECARDS_HOME, else the folder one stands in."""
    chosen = given or (Path(os.environ["SCORECARDS_HOME"]) if "SCORECARDS_HOME" in os.environ else Path.cwd())
    home = chosen.resolve()
    if not (home / "company.yaml").is_file():
        raise InputError(
            [
                Finding(
                    file=str(chosen),
                    problem="no company folder here (company.yaml is missing)",
                    mend="Name one with --home DIR, or make one with `scorecards init DIR`.",
                )
            ]
        )
    return home


home_option = click.option(
    "--home",
    "home",
    type=click.Path(path_type=Path, file_okay=False),
    help="The company folder. [default: $SCORECARDS_HOME or .]",
)
