"""Leavers before and after a change of scheme (003-I7): a rise says that the change may be driving people away.

Belongs here: the comparison around each change that the period still looks at. Does not belong here: why people leave.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pipelines.periods import Month
from pipelines.reports.facts import Facts
from pipelines.reports.table import Cell, Remark, Report, change_percent, in_order, rounded
from pipelines.scoring.numbers import CONTEXT


def attrition_report(facts: Facts) -> Report:
    """Return a row a change of scheme whose months after it reach into the period.

    A change is a day on which people/scheme_assignments.csv binds somebody anew while somebody is employed already.
    Leavers of the same number of months before and after it are set against the people employed on that day; months
    that are not over yet are left out on both sides, so that like is compared with like.
    """
    wanted = facts.settings.attrition_months
    rows = []
    for changed in sorted({(row.valid_from, row.scheme_id) for row in facts.company.scheme_assignments}):
        observed = min(wanted, _months_between(changed[0], facts.period.end))
        reaches = _plus_months(changed[0], wanted) > facts.period.start
        if observed >= 1 and reaches and (row := _row(facts, *changed, observed)) is not None:
            rows.append(row)
    return Report(
        "attrition",
        "003-I7",
        (
            "scheme_id",
            "changed_on",
            "months_observed",
            "headcount",
            "leavers_before",
            "leavers_after",
            "attrition_before",
            "attrition_after",
            "attrition_change",
        ),
        in_order(rows, "changed_on", "scheme_id"),
        {"months": wanted},
        () if rows else (Remark("no_change_of_scheme"),),
    )


def _row(facts: Facts, changed: date, scheme: str, months: int) -> dict[str, Cell] | None:
    people = facts.company.people
    started = [person.hired_on for person in people]
    if not started or min(started) >= changed:
        return None  # the first scheme of a new company changes nothing
    employed = [one for one in people if one.hired_on < changed and (one.left_on is None or one.left_on > changed)]
    before = _leavers(facts, _plus_months(changed, -months), changed)
    after = _leavers(facts, changed, _plus_months(changed, months))
    head = len(employed)
    rate_before, rate_after = (
        rounded(CONTEXT.divide(Decimal(count * 100), Decimal(head))) if head else None for count in (before, after)
    )
    return {
        "scheme_id": scheme,
        "changed_on": changed.isoformat(),
        "months_observed": months,
        "headcount": head,
        "leavers_before": before,
        "leavers_after": after,
        "attrition_before": rate_before,
        "attrition_after": rate_after,
        "attrition_change": change_percent(Decimal(after), Decimal(before)),
    }


def _leavers(facts: Facts, start: date, end: date) -> int:
    """How many people had their last day in a half-open window; `left_on` is the day after it."""
    return sum(person.left_on is not None and start < person.left_on <= end for person in facts.company.people)


def _plus_months(day: date, months: int) -> date:
    month = Month.of(day).plus(months)
    return date(month.year, month.month, min(day.day, month.days))


def _months_between(start: date, end: date) -> int:
    """Whole months from one day to another; negative ones count as none."""
    whole = (end.year - start.year) * 12 + end.month - start.month
    return max(0, whole - (1 if end.day < start.day else 0))
