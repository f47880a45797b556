"""What a card and `explain` say of a platform: the events that touch a line, and what peers made of its target.

Belongs here: these sentences. Does not belong here: any arithmetic but per cent of the trace's own effect (`scoring`),
the sheet of the workbook (`book_shocks`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from pipelines.scorecards.formats import MINUS, fixed, flexible, number
from pipelines.scorecards.words import Words
from pipelines.scoring.numbers import CONTEXT, HUNDRED, ONE, ZERO

#: States of which a card says nothing where no event is logged and the peers moved no more than usual.
_SILENT = frozenset({"quiet", "too_few"})


def shock_note(words: Words, line: Mapping[str, Any]) -> str:
    """Say on a line which events touch it and whether its target moved; empty for most lines."""
    shock = line.get("shock")
    if not shock or line["status"] == "not_applicable":
        return ""
    is_calm = not shock["events"] and not shock.get("control", {}).get("is_breach")
    if is_calm and shock["state"] in _SILENT:
        return ""
    return " · ".join([*(event_words(words, event) for event in shock["events"]), _outcome(words, line, shock)])


def event_words(words: Words, event: Mapping[str, Any]) -> str:
    """Name an event: platform, kind, days, what happened."""
    start, end = event["from"], event["to"]
    last = (date.fromisoformat(end) - timedelta(days=1)).isoformat() if end else ""
    return words.t(
        "shock.event",
        platform=event["platform"] or words.t("shock.all_platforms"),
        kind=words.known("shock.kind", event["kind"]),
        window=words.t("shock.until", start=start, last=last) if last else words.t("shock.since", start=start),
        what=event["what"],
    )


def _outcome(words: Words, line: Mapping[str, Any], shock: Mapping[str, Any]) -> str:
    control = shock.get("control")
    if control is None:
        return words.t("shock.noted")
    if shock["state"] != "applied":
        return words.t(f"shock.{shock['state']}", peers=len(control["peers"]), least=control["min_peers"])
    unit, raw = line["unit"], control["raw"]
    told = words.t(
        "shock.applied",
        peers=len(control["peers"]),
        change=change_words(control["effect"]),
        factor=factor_words(control["factor"]),
        raw=words.measure(raw["target"], unit),
        target=words.measure(line["target"], unit),
    )
    if line["attainment"] is None or raw["attainment"] is None:
        return told
    scores = words.t(
        "shock.scores",
        raw_attainment=_percent(raw["attainment"]),
        raw_points=fixed(number(raw["kpi_score"]) or ZERO, 2),
        attainment=_percent(line["attainment"]),
        points=fixed(number(line["kpi_score_before"]) or ZERO, 2),
    )
    return f"{told}{scores}"


def change_words(effect: str | None) -> str:
    """Write an effect, which is a difference of logarithms, as per cent with a sign."""
    value = number(effect)
    if value is None:
        return "–"
    percent = (CONTEXT.exp(value) - ONE) * HUNDRED
    written = fixed(percent, 1)
    return f"{written} %" if written.startswith(MINUS) or percent <= 0 else f"+{written} %"


def factor_words(factor: str) -> str:
    """Write a factor with up to six decimals."""
    return flexible(number(factor) or ONE, 6)


def _percent(value: str) -> str:
    return f"{flexible(number(value) or ZERO, 2)} %"


def shock_lines(words: Words, line: Mapping[str, Any]) -> Iterator[str]:
    """Derive the factor of a line for `explain`: sources of the events, peers, effect, bound."""
    shock = line.get("shock")
    if not shock:
        return
    for event in shock["events"]:
        yield words.t("shock.source", source=event["source"], link=event["link"])
    control = shock.get("control")
    if control is None:
        return
    yield words.t("shock.months", months=", ".join(control["months"]), base=", ".join(control["base_months"]))
    for peer in control["peers"]:
        named = {name: flexible(number(peer[name]) or ZERO, 6) for name in ("base", "now", "change")}
        yield "  " + words.t("shock.peer", peer=peer["peer_id"], **named)
    for out in control["left_out"]:
        yield "  " + words.t("shock.left_out", peer=out["peer_id"], why=words.known("shock.why", out["why"]))
    if control["effect"] is not None:
        numbers = {name: flexible(number(control[name]) or ZERO, 6) for name in ("effect", "mad", "mad_factor")}
        yield words.t("shock.effect", breach=words.t(f"shock.breach.{str(control['is_breach']).lower()}"), **numbers)
    if shock["state"] == "applied":
        numbers = {name: flexible(number(control[name]) or ZERO, 6) for name in ("effect", "beta", "cap")}
        yield words.t("shock.factor", factor=factor_words(control["factor"]), **numbers)
    else:
        yield words.t(f"shock.{shock['state']}", peers=len(control["peers"]), least=control["min_peers"])
