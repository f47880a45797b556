"""Targets: who has agreed ones, whether they are plausible, whether they add up, how far a period has come.

Belongs here: target coverage (000-W1), the roll-up of people's targets to their team's, the progress pack (000-W2).
Does not belong here: which target holds (`company.targets`), advice on a scheme's defaults (`schemes.advice`).
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipelines.company.records import TargetRow
from pipelines.periods import Period
from pipelines.reports.facts import Facts, earlier_steps, whole_of
from pipelines.reports.results import ADDITIVE, Line, Result
from pipelines.reports.table import Cell, Remark, Report, change_percent, in_order, percent_of, rounded
from pipelines.scoring.numbers import CONTEXT, ZERO

_ROWS = re.compile(r"^(?P<file>.+) rows? (?P<rows>\d+(?:, \d+)*)$")


def target_reports(facts: Facts) -> list[Report]:
    """Return coverage and roll-up of a period's targets, and its progress pack where it is a step of a longer one."""
    found = [_coverage(facts), _roll_up(facts)]
    progress = _progress(facts)
    return found if progress is None else [*found, progress]


def _coverage(facts: Facts) -> Report:
    """Every line's target: where it stands, who set and who agreed to it, and how it lies to the last result.

    `finding`: `missing` there is none; `implausible` it asks for more than `target_jump` per cent beyond the last
    result; `default` it is the scheme's, nobody set one; `unsigned` one of the two sign-offs is not in the file;
    `eased` it asks for less than the last result; else `agreed`.
    """
    rows_of_file = {(row.source_file or "people/targets.csv", row.source_row): row for row in facts.company.targets}
    rows: list[dict[str, Cell]] = []
    for result in facts.results:
        past = facts.past.by_person.get(result.person_id) if facts.past else None
        earlier = {line.key: line for line in past.lines if line.is_known} if past else {}
        for line in result.lines:
            if line.status == "not_applicable" or line.is_carried:
                continue
            signed = _signed(line.target_source, rows_of_file)
            before = earlier.get(line.key)
            rows.append(
                {
                    "person_id": result.person_id,
                    "team_id": result.team_id,
                    "kpi_id": line.kpi_id,
                    "community_id": line.community_id or None,
                    "target": line.agreed_target_full if line.agreed_target_full is not None else line.agreed_target,
                    "target_source": line.target_source or None,
                    "set_by": signed[0] or None,
                    "agreed_by": signed[1] or None,
                    "previous_value": before.value if before else None,
                    "target_change": _change(line, before),
                    "finding": _finding(facts, line, signed, before),
                }
            )
    counted = {name: sum(row["finding"] == name for row in rows) for name in ("missing", "implausible", "unsigned")}
    ordered = sorted(
        rows,
        key=lambda row: (
            _SEVERITY.index(str(row["finding"])),
            str(row["person_id"]),
            str(row["kpi_id"]),
            str(row["community_id"]),
        ),
    )
    return Report(
        "target_coverage",
        "000-W1, 003-G2",
        (
            "person_id",
            "team_id",
            "kpi_id",
            "community_id",
            "target",
            "target_source",
            "set_by",
            "agreed_by",
            "previous_value",
            "target_change",
            "finding",
        ),
        tuple(ordered),
        {"jump": facts.settings.target_jump, "lines": len(rows), **counted},
        (Remark("no_sign_off_days"), *facts.history_remarks([facts.period.previous()])),
    )


_SEVERITY = ("missing", "implausible", "unsigned", "default", "eased", "agreed")


def _signed(source: str, rows: dict[tuple[str, int], TargetRow]) -> tuple[str, str]:
    """Who set and who agreed to the rows that a target was made from; empty where one of them does not say."""
    found = _ROWS.match(source)
    if found is None:
        return "", ""
    named = [rows.get((found["file"], int(number))) for number in found["rows"].split(", ")]
    known = [row for row in named if row is not None]
    if len(known) < len(named):
        return "", ""
    set_by, agreed_by = ({getattr(row, who) for row in known} for who in ("set_by", "agreed_by"))
    return (
        "" if "" in set_by else ", ".join(sorted(set_by)),
        "" if "" in agreed_by else ", ".join(sorted(agreed_by)),
    )


def _finding(facts: Facts, line: Line, signed: tuple[str, str], before: Line | None) -> str:
    if line.target is None:
        return "missing"
    harder = _harder(line, before)
    if harder is not None and harder > facts.settings.target_jump:
        return "implausible"
    if not _ROWS.match(line.target_source):
        return "default"
    if not all(signed):
        return "unsigned"
    return "eased" if harder is not None and harder < 0 else "agreed"


def _change(line: Line, before: Line | None) -> Decimal | None:
    """By how many per cent a whole period's target differs from the last result, brought to a whole period as well."""
    target = line.agreed_target_full if line.agreed_target_full is not None else line.agreed_target
    return change_percent(target, before.whole_value if before else None)


def _harder(line: Line, before: Line | None) -> Decimal | None:
    """By how many per cent a target asks for more than the last result reached."""
    change = _change(line, before)
    return None if change is None else change if line.direction == "higher" else -change


def _roll_up(facts: Facts) -> Report:
    """The sum of the people's targets of a KPI that adds up, beside the target that their team has in the file."""
    period_type = facts.period.period_type
    team_rows: dict[tuple[str, str], TargetRow] = {}
    for row in sorted(facts.company.targets, key=lambda row: (row.period.start, row.source_row)):
        if row.scope == "team" and row.period_type == period_type and row.period.start <= facts.period.start:
            team_rows[row.scope_id, row.kpi_id] = row
    rows: list[dict[str, Cell]] = []
    for (team, kpi), row in sorted(team_rows.items()):
        if row.target is None or facts.aggregation(kpi) not in ADDITIVE:
            continue
        own = [
            line.agreed_target_full
            for result in facts.results
            for part in result.parts
            if part.team_id == team
            for line in part.lines
            # whoever has no target of their own is measured by the team's, which is no part of it
            if line.kpi_id == kpi and line.agreed_target_full is not None and line.target_source != row.source
        ]
        if own:
            total = sum(own, ZERO)
            rows.append(
                {
                    "team_id": team,
                    "kpi_id": kpi,
                    "members": len(own),
                    "sum_of_members": total,
                    "team_target": row.target,
                    "factor": percent_of(total, row.target),
                    "status": "adds_up" if total >= row.target else "falls_short",
                }
            )
    return Report(
        "target_roll_up",
        "000-W1, 003-R2",
        ("team_id", "kpi_id", "members", "sum_of_members", "team_target", "factor", "status"),
        tuple(rows),
        {},
        () if rows else (Remark("no_team_targets"),),
    )


def _progress(facts: Facts) -> Report | None:
    """How far a quarter (or year) has come with this month (quarter): pace against target, and what is still needed.

    KPIs that add up are summed over the steps so far; of all others the present value stands beside its target.
    """
    whole = whole_of(facts.period)
    if whole is None:
        return None
    steps = earlier_steps(facts.period)
    left = _steps_left(facts.period, whole)
    rows = [
        row
        for result in facts.results
        for line in result.lines
        if line.status != "not_applicable" and not line.is_carried
        if (row := _pace(facts, result, line, steps, left)) is not None
    ]
    return Report(
        "progress",
        "000-W2",
        (
            "person_id",
            "team_id",
            "kpi_id",
            "community_id",
            "aggregation",
            "value_to_date",
            "target_to_date",
            "pace",
            "needed_to_go",
            "value_change",
            "periods_counted",
            "status",
        ),
        in_order(rows, "team_id", "person_id", "kpi_id", "community_id"),
        {"whole": str(whole), "left": left},
        facts.history_remarks(steps),
    )


def _steps_left(period: Period, whole: Period) -> int:
    count, following = 0, period.next()
    while following.start < whole.end:
        count, following = count + 1, following.next()
    return count


def _pace(facts: Facts, result: Result, line: Line, steps: list[Period], left: int) -> dict[str, Cell] | None:
    additive = facts.aggregation(line.kpi_id) in ADDITIVE
    lines = [line]
    counted = [str(facts.period)]
    if additive:
        earlier = [(step, _line_of(facts, step, result.person_id, line)) for step in steps]
        lines = [*(one for _, one in earlier if one is not None), line]
        counted = [*(str(step) for step, one in earlier if one is not None), *counted]
    missing = len(counted) < len(steps) + 1 if additive else False
    values = [one.value for one in lines if one.is_known]
    targets = [one.target for one in lines if one.target is not None]
    row: dict[str, Cell] = {
        "person_id": result.person_id,
        "team_id": result.team_id,
        "kpi_id": line.kpi_id,
        "community_id": line.community_id or None,
        "aggregation": "adds_up_over_time" if additive else "as_it_stands",
        "periods_counted": ", ".join(counted),
    }
    if len(values) < len(lines) or len(targets) < len(lines):
        return row | {"status": "withheld" if any(one.is_withheld for one in lines) else "no_target"}
    known = [value for value in values if value is not None]
    total, goal = sum(known, ZERO), sum(targets, ZERO)
    pace = percent_of(total, goal) if line.direction == "higher" else percent_of(goal, total)
    past = _line_of(facts, facts.period.previous(), result.person_id, line)
    row |= {
        "value_to_date": total,
        "target_to_date": goal,
        "pace": pace,
        "value_change": change_percent(line.value, past.value if past and past.is_known else None),
    }
    if missing:
        return row | {"status": "incomplete"}
    if additive and left and line.direction == "higher" and line.target is not None:
        # each step still to come is taken to have this step's target
        row["needed_to_go"] = rounded(CONTEXT.divide(max(ZERO, goal + line.target * left - total), Decimal(left)))
    behind = pace is not None and pace < 100
    return row | {"status": "behind" if behind else "on_pace" if pace is not None else "no_target"}


def _line_of(facts: Facts, period: Period, person: str, like: Line) -> Line | None:
    """The line of a person and KPI (of the same community) in an earlier period, where there is exactly one."""
    past = facts.earlier.get(period)
    result = past.by_person.get(person) if past else None
    found = [line for line in result.lines if line.key == like.key] if result else []
    return found[0] if len(found) == 1 else None
