"""What a person at the command line sees while a run goes on: one line a step, on standard error.

Belongs here: the progress lines, whose step names are also the named step boundaries of a run.
Shown only when the command line asked for it; a daemon's run says the same through Dagster's event log.
"""

from __future__ import annotations

import os
import sys

PROGRESS_VARIABLE = "SCORECARDS_PROGRESS"


def say(step: str, message: str) -> None:
    """Print one progress line, `step` first; never a person's name or a handle."""
    if os.environ.get(PROGRESS_VARIABLE) == "1":
        print(f"  {step:<11} {message}", file=sys.stderr, flush=True)
