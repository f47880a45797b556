"""The differences between the project's lists and the recomputed ones, cell by cell.

Belongs here: comparing. Does not belong here: computing either side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from . import list_platforms, list_progress, list_seals
from .comparing import Difference
from .list_given import Cells, Given, of
from .list_ranking import groups, support_remarks
from .lists import lists_of

CLOSE = Fraction(1, 10**9)
#: What tells the rows of a list apart; every list has some of them.
KEYS = (
    "category",
    "pool_id",
    "form",
    "rater",
    "rater_group",
    "scheme_id",
    "group_level",
    "group",
    "honour",
    "purpose",
    "team_id",
    "person_id",
    "segment_id",
    "entry_id",
    "channel",
    "kpi_id",
    "community_id",
    "changed_on",
    "month",
    "week",
    "activity",
    "mechanism",
    "incentive_id",
    "filed_on",
    "other_scheme",
    "platform",
    "event_kind",
    "happened_from",
    "label",
    "record_id",
    "scheme_version",
)
#: JSON with the values of a reason, for its text.
WORDS = frozenset({"reason_params"})
#: Of team shares the reason is compared with the share itself (`comparing.of_shares`); the incentives that may explain
#: a month, and what chance alone may have done, have no recomputation yet.
ELSEWHERE = frozenset(
    {
        ("pool_reconciliation", "reason_code"),
        ("kpi_drift", "incentives"),
        *((name, "by_chance") for name in ("promotion_candidates", "promotion_quarters", "eligibility")),
    }
)

Report = Mapping[str, Any]
Told = tuple[str, tuple[tuple[str, str], ...]]


def of_lists(reports: Sequence[Report], given: Given) -> Iterator[Difference]:
    theirs = {report["report_id"]: report for report in reports}
    mine = lists_of(given)
    for name in sorted(theirs.keys() ^ mine.keys()):
        yield Difference(name, "a list", name in theirs, name in mine)
    for name in sorted(theirs.keys() & mine.keys()):
        yield from of_list(theirs[name], mine[name])
    for name, told in remarks_of(given).items():
        said = {
            (one["code"], tuple(sorted(one["params"].items())))
            for one in theirs[name]["remarks"]
            if not one["code"].startswith("period_")
        }
        wanted: set[Told] = {(code, tuple(sorted(params.items()))) for code, params in told}
        if said != wanted:
            yield Difference(name, "the remarks", sorted(said - wanted), sorted(wanted - said))


def of_list(report: Report, mine: Sequence[Cells]) -> Iterator[Difference]:
    name, rows = report["report_id"], report["rows"]
    if len(rows) != len(mine):
        yield Difference(name, "the number of rows", len(rows), len(mine))
    theirs_by, mine_by = by_key(rows), by_key(mine)
    for key in sorted(theirs_by.keys() ^ mine_by.keys()):
        yield Difference(name, f"a row {[part for part in key if part]}", key in theirs_by, key in mine_by)
    for key in sorted(theirs_by.keys() & mine_by.keys()):
        ours = mine_by[key]
        where = f"{name} {' '.join(part for part in key if part)}"
        for i, row in enumerate(theirs_by[key]):
            if i < len(ours):
                yield from of_row(where, report["columns"], row, ours[i])


def by_key(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, ...], list[Mapping[str, Any]]]:
    """Rows by what tells them apart; those of several parts of a period by their numbers."""
    found: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(tuple(str(row.get(key) or "") for key in KEYS), []).append(row)
    return {key: sorted(them, key=of_part) for key, them in found.items()}


def of_part(row: Mapping[str, Any]) -> tuple[Fraction, ...]:
    return tuple(of(row.get(name)) or Fraction(0) for name in ("target", "value", "target_to_date", "value_to_date"))


def of_row(
    where: str, columns: Sequence[str], theirs: Mapping[str, str], mine: Mapping[str, Any]
) -> Iterator[Difference]:
    for column in columns:
        if column in WORDS or (where.split(" ", 1)[0], column) in ELSEWHERE:
            continue
        told, ours = theirs.get(column) or None, mine.get(column)
        if isinstance(ours, Fraction | int):
            number = of(told)
            if number is None or abs(number - ours) > CLOSE:
                yield Difference(where, column, told, float(ours))
        elif told != (ours or None):
            yield Difference(where, column, told, ours)


def remarks_of(given: Given) -> dict[str, list[tuple[str, dict[str, str]]]]:
    """What lists must say besides their rows: who is not ranked, what is left out, which months were compared."""
    told = {"platform_shock": list_platforms.remarks(given)} if list_platforms.events_of(given) else {}
    if given.span.kind == "month":
        told["weekly_progress"] = list_progress.left_out(given)
        return told | {"support_candidates": support_remarks(given)}
    told["since_month_seals"] = list_seals.remarks(given)
    name = "promotion_quarters" if given.span.kind == "quarter" else "promotion_candidates"
    return told | {name: groups(given, given.cards)[1]}
