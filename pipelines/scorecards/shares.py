"""Team shares on a card: what the team gained, what of it is shared, and the own part.

Belongs here: the section of the card and its lines in `explain`. Does not belong here: the steps of the bonus
(`sections`), the workbook (`book_shares`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pipelines.scorecards.formats import NO_VALUE, flexible, number
from pipelines.scorecards.words import Words


def shares_of(trace: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Return (segment, share) of every team share of a person, in the scheme's order."""
    for segment in trace["segments"]:
        for share in segment["bonus"].get("team_shares", ()):
            yield segment, share


def of_shares(trace: Mapping[str, Any], name: str = "earned") -> Decimal:
    """Return what of a person's `earned` (or `held`) comes from team shares."""
    return sum((Decimal(share["own"][name]) for _, share in shares_of(trace)), Decimal(0))


def shares(words: Words) -> list[dict[str, Any]]:
    """Return a row for every share: gain, rate, amount, the own part, and why it is what it is."""
    several = len(words.trace["segments"]) > 1
    return [
        {
            "title": str(share["title"][words.lang]),
            "window": words.window(segment) if several else "",
            "gain": NO_VALUE if share["gain"]["value"] is None else words.money(share["gain"]["value"]),
            "rate": f"{flexible(Decimal(share['rate']), 4)} %",
            "amount": words.money(share["amount"]),
            "own": words.money(share["own"]["earned"]),
            "held": words.money(share["own"]["held"]) if number(share["own"]["held"]) else "",
            "said": _said(words, share),
        }
        for segment, share in shares_of(words.trace)
    ]


def share_lines(words: Words) -> Iterator[str]:
    """Return the section as plain text; nothing where the person has no share."""
    rows = shares(words)
    if rows:
        yield ""
        yield words.t("section.shares")
    for row in rows:
        told = {**row, "held": row["held"] or words.money("0.00"), "said": " · ".join(row["said"])}
        yield "  " + words.t("share.explain", **told)


def _said(words: Words, share: Mapping[str, Any]) -> list[str]:
    gain = share["gain"]
    said = [words.t(f"share.status.{share['status']}")]
    if share["status"] == "withheld" and share["reason_code"]:
        said.append(words.reason(share["reason_code"], share["reason_params"]))
    elif gain["status"] == "provisional":
        said.append(words.t("share.provisional"))
    if gain["people"]:
        said.append(words.t("share.people", count=gain["people"]))
    if gain["sources"]:
        said.append(words.t("share.sources", sources=", ".join(gain["sources"])))
    return said + [_gate(words, gate) for gate in share["gates"]]


def _gate(words: Words, gate: Mapping[str, Any]) -> str:
    kpi, unit = words.kpi(gate["kpi_id"]), words.unit(gate["kpi_id"])
    side = "at_most" if gate["at_least"] is None else "at_least"
    status = words.t(f"share.gate.{gate['status']}")
    if gate["status"] == "not_checked" and gate["reason_code"]:
        status += f" · {words.reason(gate['reason_code'], gate['reason_params'])}"
    return words.t(
        "share.gate",
        title=gate["title"][words.lang],
        kpi=kpi,
        value=NO_VALUE if gate["value"] is None else words.measure(gate["value"], unit),
        bound=words.t(f"share.{side}", limit=words.measure(gate[side], unit)),
        status=status,
    )
