"""Rules of deductions for gaming: what a rule must state, and that its bounds can be met.

Belongs here: every rule about `gaming` that the model's types cannot say. Does not belong here: other blocks
(`checks`), the arithmetic (`pipelines.scoring.gaming`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pipelines.schemes.parsed import Issue, mapping

#: Rules whose records a KPI counts one by one; of the others no single record is at fault.
LEFT_OUT_BY = ("self_order", "staff_orders", "refund_loop", "repeated_post")


def gaming_issues(scheme: Mapping[str, Any]) -> Iterator[Issue]:
    """Yield every broken rule about deductions for gaming, in the order of the block's rules."""
    block = mapping(scheme.get("gaming"))
    most = block.get("max")
    for name, raw in mapping(block.get("rules")).items():
        rule, path = mapping(raw), ("gaming", "rules", name)
        points, cap = rule.get("points"), rule.get("cap")
        if rule.get("effect") == "deduct" and (points is None or cap is None):
            yield Issue((*path, "effect"), "schemes.gaming.deduct_needs", {"rule": name})
        if rule.get("effect") == "leave_out" and name not in LEFT_OUT_BY:
            yield Issue((*path, "effect"), "schemes.gaming.no_records", {"rule": name, "known": ", ".join(LEFT_OUT_BY)})
        if rule.get("effect", "note") != "deduct" and (points is not None or cap is not None):
            yield Issue(path, "schemes.gaming.note_takes", {"rule": name})
        if isinstance(points, Decimal) and isinstance(cap, Decimal) and cap < points:
            yield Issue((*path, "cap"), "schemes.gaming.cap_below", {"rule": name})
        if isinstance(cap, Decimal) and isinstance(most, Decimal) and cap > most:
            yield Issue((*path, "cap"), "schemes.gaming.cap_above", {"rule": name})
