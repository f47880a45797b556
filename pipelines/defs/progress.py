"""What a person at the command line sees while a run goes on: one line a step, on standard error.

Belongs here: the progress lines, whose step names are also the named step boundaries of a run; and what the cards of a
run have to tell the person who ran it, which names names and counts of one person and so goes past Dagster's event log.
Lines are shown only when the command line asked for them; a daemon's run says the same through Dagster's event log.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

PROGRESS_VARIABLE = "SCORECARDS_PROGRESS"

# by run and period; a run of the command line is executed in its process, which fetches them when it ends
_left: dict[str, dict[str, list[str]]] = {}


def say(step: str, message: str) -> None:
    """Print one progress line, `step` first; never a person's name or a handle."""
    if os.environ.get(PROGRESS_VARIABLE) == "1":
        print(f"  {step:<11} {message}", file=sys.stderr, flush=True)


def leave(run_id: str, period: str, messages: Sequence[str]) -> None:
    """Keep in this process what the person who started a run should be told of a period."""
    _left.setdefault(run_id, {})[period] = list(messages)


def fetch(run_id: str) -> dict[str, list[str]]:
    """What a run of this process left for the person who started it, by period; it is given out once."""
    return _left.pop(run_id, {})
