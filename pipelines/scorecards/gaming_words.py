"""What a card says of deductions for gaming: each incident with its numbers, what is suspended, what is held.

Belongs here: the words of the trace's `gaming`. Does not belong here: vetoes and gates (`sections`), appeals
(`decided`).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pipelines.scorecards.formats import flexible, number
from pipelines.scorecards.words import Words

_HUNDRED = Decimal(100)
#: Rules whose value is a number and no share.
_NUMBERS = frozenset({"message_flood", "self_order", "staff_orders", "refund_loop", "repeated_post"})


def finding(words: Words, item: Mapping[str, Any]) -> str:
    """Tell the incidents behind one deduction, how they are counted, and how to object."""
    incidents = item["incidents"]
    counted = [one for one in incidents if one["state"] != "dropped"]
    said = []
    if counted:
        bounds = {name: flexible(number(item[name]) or Decimal(0), 4) for name in ("each", "cap", "max")}
        said.append(words.t("gaming.finding", n=len(counted), **bounds))
    said += [_incident(words, item["id"], one) for one in incidents]
    if any(one["state"] == "standing" for one in incidents):
        said.append(words.t("gaming.appeal_hint"))
    return " · ".join(said)


def _incident(words: Words, rule: str, one: Mapping[str, Any]) -> str:
    if one["state"] == "dropped":
        return words.t("gaming.dropped", incident=one["incident_id"])
    return words.t(
        "gaming.incident",
        incident=one["incident_id"],
        subject=words.t("gaming.subject", subject=words.subject(one["subject"])) if one["subject"] else "",
        value=_figure(rule, one["value"]),
        threshold=_figure(rule, one["threshold"]),
        expected=_figure(rule, one["expected"]),
        start=one["from"],
        end=one["to"],
        share=_percent(one["share"]),
    )


def _figure(rule: str, value: str) -> str:
    return flexible(Decimal(value), 2) if rule in _NUMBERS else _percent(value)


def _percent(value: str) -> str:
    return f"{flexible(Decimal(value) * _HUNDRED, 2)} %"


def left_out(words: Words, line: Mapping[str, Any]) -> str:
    """Tell at a KPI which records are left out of it, and which wait for an appeal; empty when there are none."""
    told = line.get("left_out")
    if not told:
        return ""
    said = []
    if told["records"]:
        names, raw = ", ".join(told["incidents"]), words.measure(told["raw"], line["unit"])
        said.append(words.t("gaming.left_out", n=told["records"], incidents=names, raw=raw))
    if told["waiting_records"]:
        names = ", ".join(told["waiting_incidents"])
        value = "–" if told["if_rejected"] is None else words.measure(told["if_rejected"], line["unit"])
        said.append(words.t("gaming.waiting", n=told["waiting_records"], incidents=names, value=value))
    return " · ".join(said)


def held_rows(words: Words, trace: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the deductions that wait for an appeal, as rows of held pay."""
    rows = []
    for segment in trace["segments"]:
        for item in segment.get("gaming", ()):
            if item["status"] != "suspended":
                continue
            points = flexible(number(item["amount"]) or Decimal(0), 4)
            names = ", ".join(one["incident_id"] for one in item["incidents"])
            row = {
                "name": str(item["title"][words.lang]),
                "weight": f"−{points}",
                "why": words.t("gaming.held", incidents=names),
                "release": words.t("gaming.release"),
            }
            if row not in rows:  # every segment has the person's incidents
                rows.append(row)
        rows += _waiting_lines(words, segment)
    return rows


def _waiting_lines(words: Words, segment: Mapping[str, Any]) -> list[dict[str, str]]:
    """The KPIs of a segment of which records wait for an appeal."""
    return [
        {
            "name": words.line(line),
            "weight": flexible(number(line["weight"]) or Decimal(0), 2),
            "why": left_out(words, line),
            "release": words.t("gaming.release"),
        }
        for line in segment["lines"]
        if line.get("left_out", {}).get("waiting_records")
    ]
