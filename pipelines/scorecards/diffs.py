"""What a new computation changes against a sealed revision, person by person and KPI by KPI, to the cent.

Belongs here: comparing two bundles. Does not belong here: deciding what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from pipelines.scorecards.beside_card import beside_facts
from pipelines.scorecards.evidence import plain
from pipelines.scorecards.lines import carried_period, line_key
from pipelines.scorecards.store import canonical_json
from pipelines.scorecards.tables import csv_bytes

DIFF_COLUMNS = ("period", "person_id", "segment_id", "kpi_id", "field", "sealed", "new", "difference", "currency")

_MONEY_FIELDS = ("target", "earned", "held", "payable")
#: What decides pay by the own score, per segment.
_OWN_FIELDS = ("class_id", "amount_low", "payout_low")
#: What decides a team share, per segment and share.
_SHARE_FIELDS = ("status", "amount")
_LINE_FIELDS = ("value", "numerator", "denominator", "n_records", "target", "kpi_score", "printed_points", "status")


def diff_files(
    before: Mapping[str, Any], revision: int, manifest_sha256: str, new: Mapping[str, Any]
) -> dict[str, bytes]:
    """Return the files that say what a draft or revision changes against the sealed revision before it, by name.

    Args:
        before: the bundle of the sealed revision.
        revision: its number.
        manifest_sha256: the hash of its manifest.
        new: the bundle of the draft or of the later revision.
    """
    rows = diff_bundles(before, new)
    stated = {
        "period": new["period"],
        "sealed_revision": revision,
        "sealed_manifest_sha256": manifest_sha256,
        "payable_change": str(payable_change(rows)),
        "differences": rows,
    }
    return {
        f"diff_vs_r{revision}.json": canonical_json(stated),
        f"diff_vs_r{revision}.csv": diff_csv(rows),
    }


def diff_bundles(sealed: Mapping[str, Any], new: Mapping[str, Any]) -> list[dict[str, str]]:
    """List every difference of two bundles' results, ordered by person, segment and KPI.

    A person who is in one bundle only is compared with nothing: every field of theirs is a difference. The amounts of
    `bonus payable` per person sum to the exact change of the pay register.
    """
    before = {trace["person_id"]: trace for trace in sealed["traces"]}
    after = {trace["person_id"]: trace for trace in new["traces"]}
    rows: list[dict[str, str]] = []
    for person in sorted(before.keys() | after.keys()):
        old, fresh = _facts(before.get(person)), _facts(after.get(person))
        currency = str((after.get(person) or before[person])["currency"])
        for key in sorted(old.keys() | fresh.keys()):
            was, now = old.get(key, ""), fresh.get(key, "")
            if not _same(was, now):
                segment, kpi, field = key
                rows.append(
                    {
                        "period": str(new["period"]),
                        "person_id": person,
                        "segment_id": segment,
                        "kpi_id": kpi,
                        "field": field,
                        "sealed": was,
                        "new": now,
                        "difference": _difference(was, now),
                        "currency": currency if field.startswith("bonus") else "",
                    }
                )
    rows += _pool_differences(sealed, new)
    return rows


def diff_csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Write the differences as CSV for people."""
    return csv_bytes(DIFF_COLUMNS, rows, frozenset({"difference"}))


def payable_change(rows: Iterable[Mapping[str, str]]) -> Decimal:
    """Sum the change of what is to be paid, over all persons."""
    return sum((Decimal(row["difference"]) for row in rows if row["field"] == "bonus payable"), Decimal(0))


def _facts(trace: Mapping[str, Any] | None) -> dict[tuple[str, str, str], str]:
    if trace is None:
        return {}
    facts = {("", "", "score"): _text(trace["printed_score"])}
    for name in _MONEY_FIELDS:
        facts["", "", f"bonus {name}"] = _text(trace["bonus"][name])
    facts |= _decided(trace)
    for segment in trace["segments"]:
        own = segment["bonus"].get("individual")
        for name in _OWN_FIELDS if own else ():
            facts[segment["segment_id"], "", f"bonus {name}"] = _text(own[name])
        for share in segment["bonus"].get("team_shares", ()):
            facts[segment["segment_id"], "", f"bonus {share['share_id']} gain"] = _text(share["gain"]["value"])
            facts[segment["segment_id"], "", f"bonus {share['share_id']} earned"] = _text(share["own"]["earned"])
            for name in _SHARE_FIELDS:
                facts[segment["segment_id"], "", f"bonus {share['share_id']} {name}"] = _text(share[name])
        for line in segment["lines"]:
            if carried_period(line):
                facts[segment["segment_id"], line_key(line), "carried from"] = carried_period(line)
            for name in _LINE_FIELDS:
                facts[segment["segment_id"], line_key(line), name] = _text(line[name])
    return facts


def _decided(trace: Mapping[str, Any]) -> dict[tuple[str, str, str], str]:
    """What people decided, what is paid beside the bonus, and what stands beside the score."""
    facts: dict[tuple[str, str, str], str] = {}
    for segment in trace["segments"]:
        if "bonus_points" in segment:
            facts[segment["segment_id"], "", "points granted"] = segment["bonus_points"]["counted"]
    for name in ("status", "decided") if "calibration" in trace else ():
        facts["", "", f"calibration {name}"] = trace["calibration"][name]
    for item in trace["bonus"].get("extras", ()):
        name = item.get("award") or item.get("id") or item.get("scheme_id") or item["scheme"]["id"]
        facts[item["segment_id"], item.get("kpi_id", ""), f"bonus {item['kind']} {name}"] = item["amount"]
    for name, value in beside_facts(trace):
        facts["", "", name] = value
    for item in trace.get("appeals", ()):
        facts["", item["kpi_id"], f"appeal of {item['filed_on']}"] = item["outcome"]
    return facts


def _pool_differences(sealed: Mapping[str, Any], new: Mapping[str, Any]) -> list[dict[str, str]]:
    if sealed["pools"] == new["pools"]:
        return []
    empty = dict.fromkeys(DIFF_COLUMNS, "")
    return [empty | {"period": str(new["period"]), "field": "pools", "sealed": "see traces.json", "new": "differs"}]


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _same(was: str, now: str) -> bool:
    if was == now:
        return True
    before, after = _number(was), _number(now)
    return before is not None and before == after


def _difference(was: str, now: str) -> str:
    before, after = _number(was or "0"), _number(now or "0")
    return "" if before is None or after is None else plain(after - before)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except ArithmeticError:
        return None
