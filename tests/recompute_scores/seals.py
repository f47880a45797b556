"""Sealed revisions that say otherwise: traces of now with a few lines and amounts changed.

Belongs here: what is changed, so that both sides are told of the same seals. Does not belong here: sealing, any list.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from .numbers import number

Traces = Sequence[dict[str, Any]]


def as_sealed(traces: Traces, *, less: str) -> list[dict[str, Any]]:
    """The traces as an earlier revision may have had them, paying `less` than now.

    The first person has no card yet; every other one was paid less and had fewer points, and a line of each in turn had
    another value, was withheld, was provisional, or was not there.
    """
    found = deepcopy(list(traces)[1:])
    for place, trace in enumerate(found):
        trace["bonus"]["payable"] = f"{float(number(trace['bonus']['payable']) - number(less)):.2f}"
        if trace["printed_score"] is not None:
            trace["printed_score"] = f"{float(number(trace['printed_score']) - 1):.2f}"
        for seg in trace["segments"]:
            _change(seg["lines"], place)
    return found


def _change(lines: list[dict[str, Any]], place: int) -> None:
    for line in lines:
        if line["printed_points"] is not None:
            line["printed_points"] = str(float(number(line["printed_points"]) - number("0.25")))
    known = [line for line in lines if line["value"] is not None]
    if not known:
        return
    line = known[place % len(known)]
    if place % 4 == 0:
        line["value"] = str(float(number(line["value"]) + number("0.5")))
    elif place % 4 == 1:
        line |= {"status": "withheld", "value": None}
    elif place % 4 == 2:
        line["status"] = "provisional"
    else:
        lines.remove(line)
