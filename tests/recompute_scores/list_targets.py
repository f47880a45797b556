"""Targets: who agreed to them and whether they are plausible, whether they add up, how far a longer period has come.

Belongs here: docs/scorecards.md, the rows of target_coverage, target_roll_up and progress. Does not belong here: which
target a segment has (`targets`).
"""

from __future__ import annotations

import re
from fractions import Fraction

from .company import Row
from .list_given import ZERO, Card, Cells, Given, Line, change, percent, shifted, steps_before, two, whole_of
from .numbers import number
from .targets import in_force

SOURCE = re.compile(r"^people/targets\.csv rows? (\d+(?:, \d+)*)$")


def coverage(given: Given) -> list[Cells]:
    numbered = lines_of_file(given)
    rows: list[Cells] = []
    for card in given.cards:
        then = given.before.get(card.person)
        for line in card.lines:
            if line.status == "not_applicable" or line.is_carried:
                continue
            source = str(line.raw["target_source"] or "")
            found = SOURCE.match(source)
            made_from = [numbered[int(row)] for row in found[1].split(", ")] if found else []
            signed = {
                who: ", ".join(sorted({row[who] for row in made_from})) if all(row[who] for row in made_from) else ""
                for who in ("set_by", "agreed_by")
            }
            before, at_pace = last_value(then, line)
            full = line.get("target_full")
            # like with like: both for a whole period
            harder = change(line.get("target") if full is None else full, at_pace)
            easier_is = -1 if not line.is_higher else 1
            row: Cells = {
                "person_id": card.person,
                "team_id": card.last("team_id"),
                "kpi_id": line.kpi,
                "community_id": line.community or None,
                "target": line.get("target") if full is None else full,
                "target_source": source or None,
                "set_by": signed["set_by"] or None,
                "agreed_by": signed["agreed_by"] or None,
                "previous_value": before,
                "target_change": harder,
            }
            if line.get("target") is None:
                row["finding"] = "missing"
            elif harder is not None and harder * easier_is > given.share("target_jump"):
                row["finding"] = "implausible"
            elif not made_from:
                row["finding"] = "default"
            elif not signed["set_by"] or not signed["agreed_by"]:
                row["finding"] = "unsigned"
            else:
                row["finding"] = "eased" if harder is not None and harder * easier_is < 0 else "agreed"
            rows.append(row)
    return rows


def lines_of_file(given: Given) -> dict[int, Row]:
    """The rows of people/targets.csv by the number that a spreadsheet shows beside them."""
    return dict(enumerate(given.folder.targets, 2))


def last_value(then: Card | None, line: Line) -> tuple[Fraction | None, Fraction | None]:
    """What the same KPI (of the same community) came to last, and what that is for a whole period."""
    known = [one for one in then.lines if same(one, line) and one.is_known] if then else []
    return (known[-1].get("value"), known[-1].at_pace) if known else (None, None)


def same(one: Line, other: Line) -> bool:
    return (one.kpi, one.community) == (other.kpi, other.community)


def roll_up(given: Given) -> list[Cells]:
    """Σ of people's own targets of a KPI that adds up, beside the target that the file has for their team."""
    numbered = lines_of_file(given)
    rows: list[Cells] = []
    for team, kpi in sorted(
        {(row["scope_id"], row["kpi_id"]) for row in given.folder.targets if row["scope"] == "team"}
    ):
        row = in_force(given.folder, kpi, "team", team, given.span.name, given.span.kind)
        if row is None or not row["target"] or not given.adds_up(kpi):
            continue
        of_team = next(f"people/targets.csv row {place}" for place, one in numbered.items() if one is row)
        own = [
            full
            for card in given.cards
            for line in card.lines
            if (line.kpi, line.segment["team_id"]) == (kpi, team) and line.raw["target_source"] != of_team
            if (full := line.get("target_full")) is not None
        ]
        if own:
            total, wanted = sum(own, ZERO), number(row["target"])
            about: Cells = {"team_id": team, "kpi_id": kpi, "members": len(own), "sum_of_members": total}
            state = "adds_up" if total >= wanted else "falls_short"
            rows.append({**about, "team_target": wanted, "factor": percent(total, wanted), "status": state})
    return rows


def progress(given: Given) -> list[Cells]:
    """How far the quarter (year) has come with this month (quarter), and what each step still to come must bring."""
    whole = whole_of(given.span)
    assert whole is not None
    steps = [step.name for step in steps_before(given.span)]
    left = len(whole.months) // len(given.span.months) - len(steps) - 1
    rows: list[Cells] = []
    for card in given.cards:
        for line in card.lines:
            if line.status != "not_applicable" and not line.is_carried:
                rows.append(pace(given, card, line, steps, left))
    return rows


def pace(given: Given, card: Card, line: Line, steps: list[str], left: int) -> Cells:
    adds_up = given.adds_up(line.kpi)
    earlier = [(step, only(given, step, card, line)) for step in steps] if adds_up else []
    found = [(step, one) for step, one in earlier if one is not None]
    lines = [*(one for _, one in found), line]
    row: Cells = {
        "person_id": card.person,
        "team_id": card.last("team_id"),
        "kpi_id": line.kpi,
        "community_id": line.community or None,
        "aggregation": "adds_up_over_time" if adds_up else "as_it_stands",
        "periods_counted": ", ".join([*(step for step, _ in found), given.span.name]),
    }
    values = [one.get("value") for one in lines if one.is_known]
    goals = [goal for one in lines if (goal := one.get("target")) is not None]
    if len(values) < len(lines) or len(goals) < len(lines):
        return {**row, "status": "withheld" if any(one.status == "withheld" for one in lines) else "no_target"}
    total = sum((value for value in values if value is not None), ZERO)
    goal = sum(goals, ZERO)
    then = only(given, shifted(given.span, -1).name, card, line)
    before = then.get("value") if then is not None and then.is_known else None
    at = percent(total, goal) if line.is_higher else percent(goal, total)
    row |= {"value_to_date": total, "target_to_date": goal, "pace": at}
    row["value_change"] = change(line.get("value"), before)
    if len(found) < len(earlier):
        return {**row, "status": "incomplete"}
    if adds_up and left and line.is_higher:
        row["needed_to_go"] = two(max(ZERO, goal + goals[-1] * left - total) / left)
    row["status"] = "no_target" if at is None else "behind" if at < 100 else "on_pace"
    return row


def only(given: Given, name: str, card: Card, line: Line) -> Line | None:
    """The line of an earlier period, where there is exactly one."""
    then = next((one for one in given.past.get(name, []) if one.person == card.person), None)
    found = [one for one in then.lines if same(one, line)] if then else []
    return found[0] if len(found) == 1 else None
