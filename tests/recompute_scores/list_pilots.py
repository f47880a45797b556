"""People whom a second scheme scores beside the paying one, once more.

Belongs here: docs/scoring.md, "A second scheme beside the one that pays", as far as lists tell of it. Does not belong
here: either scheme's scores, which the traces state (`scores`, `period`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from .list_given import KNOWN, ZERO, Card, Cells, Given, mean, percent, two
from .numbers import half_up, number

Trace = Mapping[str, Any]
Pair = tuple[Card, Trace]


def lists(given: Given) -> dict[str, list[Cells]]:
    """The three lists of a period in which another scheme scores anybody; else none."""
    pairs: dict[str, list[Pair]] = {}
    for card in given.cards:
        for other in card.trace.get("beside", ()):
            pairs.setdefault(f"{other['scheme']['id']} {other['scheme']['version']}", []).append((card, other))
    if not pairs:
        return {}
    return {
        "pilot_people": [row for label, them in pairs.items() for row in people(label, them)],
        "pilot_samples": [row for label, them in pairs.items() for row in samples(given, label, them)],
        "pilot_kpis": [row for label, them in pairs.items() for row in kpis(given, label, them)],
    }


def people(label: str, pairs: Sequence[Pair]) -> list[Cells]:
    """A row a person: scores, places among those who have both, and what the same segments bring by each scheme."""
    rows: list[Cells] = []
    scores: dict[str, tuple[Fraction, Fraction]] = {}
    for card, other in pairs:
        theirs: Sequence[Trace] = other["trace"]["segments"]
        names = {seg["segment_id"] for seg in theirs}
        own = [seg for seg in card.segments if seg["segment_id"] in names]
        score, beside = score_of(own), score_of(theirs)
        paid, brings = brought(own, card.trace), brought(theirs, other["trace"])
        row: Cells = {
            "other_scheme": label,
            "mode": other["mode"],
            **card.who,
            "score": score,
            "other_score": beside,
            "paying_amount": paid,
            "other_amount": brings,
            "difference": brings - paid,
            "status": status(other["mode"], own, theirs, brings - paid),
        }
        if score is not None and beside is not None:
            row["score_change"] = beside - score
            scores[card.person] = (score, beside)
        rows.append(row)
    for row in rows:
        mine = scores.get(str(row["person_id"]))
        if mine:
            places = [1 + sum(one[side] > mine[side] for one in scores.values()) for side in (0, 1)]
            row |= {"rank": places[0], "other_rank": places[1], "rank_change": places[0] - places[1]}
    return rows


def score_of(segments: Iterable[Trace]) -> Fraction | None:
    """The mean by eligible days, as printed."""
    told = [(number(seg["score"]), int(seg["eligible_days"])) for seg in segments if seg["score"] is not None]
    days = sum(count for _, count in told)
    return half_up(sum((score * count for score, count in told), ZERO) / days, 2) if days else None


def brought(segments: Iterable[Trace], trace: Trace) -> Fraction:
    """What segments bring: bonus, shares of what the team gained, pay by the piece."""
    names = {seg["segment_id"]: seg for seg in segments}
    amounts = [number(seg["bonus"]["earned"]) for seg in names.values()]
    amounts += [number(one["own"]["earned"]) for seg in names.values() for one in seg["bonus"].get("team_shares", ())]
    amounts += [
        number(one["amount"])
        for one in trace["bonus"].get("extras", ())
        if one["kind"] == "piece_rate" and one["segment_id"] in names
    ]
    return sum(amounts, ZERO)


def status(mode: str, own: Iterable[Trace], theirs: Iterable[Trace], more: Fraction) -> str:
    """A shadow has no effect; a guarantee waits while data of either side can still move an amount."""
    if not any(number(seg["known_weight"]) + number(seg["held_weight"]) for seg in theirs):
        return "not_scored"
    if mode == "shadow":
        return "no_effect"
    if any(is_open(seg) for seg in (*own, *theirs)):
        return "waits"
    return "due" if more > 0 else "not_due"


def is_open(seg: Trace) -> bool:
    held = [seg["bonus"]["held"], *(one["own"]["held"] for one in seg["bonus"].get("team_shares", ()))]
    return number(seg["score_low"]) != number(seg["score_high"]) or any(number(one) for one in held)


def samples(given: Given, label: str, pairs: Sequence[Pair]) -> list[Cells]:
    """How many people of each team, role, type and stage of community the other scheme scores, of how many."""
    scored = {
        card.person
        for card, other in pairs
        if any(number(seg["known_weight"]) + number(seg["held_weight"]) for seg in other["trace"]["segments"])
    }
    everybody: dict[tuple[str, str], set[str]] = {}
    for card in given.cards:
        for seg in card.segments:
            everybody.setdefault(("team", seg["team_id"]), set()).add(card.person)
            everybody.setdefault(("role", seg["role"]), set()).add(card.person)
    for part in given.folder.segments(given.span):
        for held in part.held:
            for level, name in (("community_type", held.type), ("community_stage", held.stage)):
                everybody.setdefault((level, name), set()).add(part.person)
    rows: list[Cells] = []
    for (level, name), them in everybody.items():
        found = len(them & scored)
        state = "enough_samples" if found >= given["pilot_samples"] else "few_samples" if found else "no_sample"
        row: Cells = {"other_scheme": label, "group_level": level, "group": name}
        rows.append({**row, "people": found, "headcount": len(them), "status": state})
    return rows


def kpis(given: Given, label: str, pairs: Sequence[Pair]) -> list[Cells]:
    """The KPIs that are watched: those that the setting names, else the heaviest over all lines."""
    lines: dict[str, list[Trace]] = {}
    for _, other in pairs:
        for seg in other["trace"]["segments"]:
            for line in seg["lines"]:
                lines.setdefault(line["kpi_id"], []).append(line)
    heavy = sorted(lines, key=lambda kpi: (-sum(number(line["weight"]) for line in lines[kpi]), kpi))
    rows: list[Cells] = []
    for kpi in given["pilot_kpis"] or heavy[: given["pilot_watched"]]:
        own = lines.get(kpi, [])
        counted = {
            state: sum(line["status"] == state for line in own)
            for state in ("provisional", "withheld", "not_applicable")
        }
        known = [line for line in own if line["status"] in KNOWN and line["kpi_score"] is not None]
        rows.append(
            {
                "other_scheme": label,
                "kpi_id": kpi,
                "mean_weight": two(mean(number(line["weight"]) for line in own)),
                "lines": len(own),
                "known_lines": len(known),
                "provisional_lines": counted["provisional"],
                "withheld": counted["withheld"],
                "not_applicable_lines": counted["not_applicable"],
                "coverage": percent(len(known), len(own) - counted["not_applicable"]),
                "mean_attainment": two(
                    mean(number(line["attainment"]) for line in known if line["attainment"] is not None)
                ),
                "mean": two(mean(number(line["kpi_score"]) for line in known)),
            }
        )
    return rows
