"""Honours, weak behaviour, cases worth telling, entries of a jury, the sheet for the talk after a period.

Belongs here: what is told of single people beside their rank. Does not belong here: groups and lines of the whole
company (`list_ranking`).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .list_given import Card, Cells, Given, Line, by_part, change, mean, two, weighted
from .numbers import number


def honours(given: Given) -> list[Cells]:
    rows: list[Cells] = []
    for honour in given["honours"]:
        measured = {card.person: measure(given, honour, card) for card in given.cards}
        values = [value for value, is_open in measured.values() if value is not None and not is_open]
        for card in given.cards:
            value, is_open = measured[card.person]
            about: Cells = {"honour": honour["id"], "ranked_by": honour["measure"], "of": honour.get("of"), **card.who}
            if is_open:
                rows.append({**about, "status": "withheld"})
            elif value is not None and (place := 1 + sum(other > value for other in values)) <= honour.get("places", 3):
                status = "tied" if values.count(value) > 1 else "in"
                result = {"place": place, "result": two(value), "people": len(values), "status": status}
                rows.append({**about, **result})
    return rows


def measure(given: Given, honour: Mapping[str, Any], card: Card) -> tuple[Fraction | None, bool]:
    """What an honour ranks a person by, and whether withheld data leaves it open."""
    how, name = honour["measure"], honour.get("of")
    if how == "score":
        return card.printed, card.is_open
    if how == "dimension":
        lines = [line for line in card.lines if line.raw["dimension"] == name and not is_of_team(given, line)]
    else:
        lines = [line for line in card.lines if line.kpi == name and not line.is_carried]
    is_open = any(line.status == "withheld" for line in lines)
    known = [line for line in lines if line.is_known]
    if how == "dimension":
        return weighted(known), is_open
    if how == "kpi":
        return by_part((line, at) for line in known if (at := line.get("attainment")) is not None), is_open
    then = given.before.get(card.person)
    better = []
    for line in known:
        for old in then.lines if then else []:
            if (old.kpi, old.community) == (line.kpi, line.community) and old.is_known:
                moved = change(line.at_pace, old.at_pace)
                if moved is not None:
                    better.append(moved if line.is_higher else -moved)
    return mean(better), is_open


def is_of_team(given: Given, line: Line) -> bool:
    return line.raw.get("measured_on") == "team" or line.raw["component"] in given["team_components"]


def behaviour(given: Given) -> list[Cells]:
    rows: list[Cells] = []
    for card in given.cards:
        for line in card.lines:
            if line.raw["component"] not in given["behaviour_components"]:
                continue
            is_weak = line.raw["kpi_score"] is not None and line.score < given.share("behaviour_floor")
            if line.status == "withheld" or (line.status != "not_applicable" and is_weak):
                about = {
                    "kpi_id": line.kpi,
                    "community_id": line.community or None,
                    "value": line.get("value"),
                    "target": line.get("target"),
                    "kpi_score": two(line.get("kpi_score")),
                    "status": "withheld" if line.status == "withheld" else "weak",
                    "reason_code": line.raw["reason_code"] or None,
                }
                rows.append({**card.who, **about})
    return rows


def cases(given: Given) -> list[Cells]:
    rows: list[Cells] = []
    for card in given.cards:
        for line in card.lines:
            at = line.get("attainment")
            if not line.is_known or line.is_carried or is_of_team(given, line):
                continue
            if at is not None and at >= given.share("case_attainment"):
                about = {name: line.get(name) for name in ("value", "target", "stretch")}
                told = {"kpi_id": line.kpi, "community_id": line.community or None, "status": line.status}
                records = number(line.raw["n_records"] or 0)
                rows.append({**card.who, **about, **told, "attainment": two(at), "records": records})
    return rows


def jury(given: Given) -> list[Cells]:
    marks: dict[tuple[str, str], list[Fraction]] = {}
    for row in given.folder.reviewed("innovation_reviews"):
        if row["period"] in given.names:
            marks.setdefault((row["entry_id"], row["person_id"]), []).append(number(row["score"]))
    means = {key: sum(them, Fraction(0)) / len(them) for key, them in marks.items()}
    return [
        {
            "place": 1 + sum(other > means[key] for other in means.values()),
            "entry_id": key[0],
            "person_id": key[1],
            "mean": two(means[key]),
            "jurors": len(them),
            "status": "tied" if list(means.values()).count(means[key]) > 1 else "in",
        }
        for key, them in marks.items()
    ]


def interviews(given: Given) -> list[Cells]:
    rows: list[Cells] = []
    for card in given.cards:
        then = given.before.get(card.person)
        before = then.printed if then else None
        moved = card.printed - before if card.printed is not None and before is not None else None
        ordered = sorted((points, kpi) for kpi, points in card.against_target().items())
        lost = [kpi for points, kpi in ordered if points < 0]
        gained = [kpi for _, kpi in sorted((-points, kpi) for points, kpi in ordered if points > 0)]
        about: Cells = {
            "score": card.printed,
            "previous_score": before,
            "score_change": moved,
            "strengths": "; ".join(gained[:2]) or None,
            "shortfalls": "; ".join(lost[:2]) or None,
            "withheld": card.withheld,
            "payable": number(card.bonus["payable"]),
            "held": number(card.bonus["held"]),
        }
        rows.append({**card.who, **about})
    return rows
