"""What has changed in the months of a quarter or year since they were sealed.

A quarter is computed from the data of its own day, not from its months' results; so it may say something else than they
together. This list says where: each sealed month computed again from the data of now, beside its seal.

Belongs here: the comparison, a row a KPI line and a row a payment. Does not belong here: computing a month again
(`pipelines.scorecards.assemble`), and the differences of a new draft to its own seal (`pipelines.scorecards.diffs`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pipelines.periods import Month
from pipelines.reports.facts import Facts, Past
from pipelines.reports.results import Line, Part, Result
from pipelines.reports.table import Cell, Remark, Report


def since_seals_report(facts: Facts) -> Report | None:
    """Return the lines and payments of sealed months that come out otherwise now; of a month there is none.

    A row with a KPI has the line's value and status in the seal and now; one without has the pay. Somebody who is in
    one of the two only has an empty side. A remark says of each month with which revision it was compared.
    """
    if isinstance(facts.period, Month):
        return None
    remarks = []
    for month in facts.period.months:
        compared = facts.since_seals.get(month)
        if compared is None:
            remarks.append(Remark("month_not_sealed", {"period": str(month)}))
        else:
            remarks.append(Remark("month_compared", {"period": str(month), "revision": compared.edition}))
    return Report(
        "since_month_seals",
        "001-R2, 000-P2",
        (
            *("month", "person_id", "segment_id", "community_id", "kpi_id", "sealed_value", "value"),
            *("sealed_status", "status", "sealed_payable", "payable", "difference", "currency"),
        ),
        tuple(
            row for month in facts.period.months if month in facts.since_seals for row in facts.since_seals[month].rows
        ),
        {},
        tuple(remarks),
    )


def changes(sealed: Past, results: tuple[Result, ...]) -> Iterator[dict[str, Cell]]:
    """Yield what differs between a sealed month and everybody's same month by the data of now, by person."""
    before, after = sealed.by_person, {result.person_id: result for result in results}
    for person in sorted(before.keys() | after.keys()):
        who: dict[str, Cell] = {"month": str(sealed.period), "person_id": person}
        was, now = before.get(person), after.get(person)
        for line in _changed_lines(_lines(was), _lines(now)):
            yield who | line
        paid, due = (result.payable if result else None for result in (was, now))
        if paid != due:
            yield who | {
                "sealed_payable": paid,
                "payable": due,
                "difference": (due or Decimal(0)) - (paid or Decimal(0)),
                "currency": (now or before[person]).currency,
            }


def _changed_lines(
    before: Mapping[tuple[str, str, str], Line], after: Mapping[tuple[str, str, str], Line]
) -> Iterator[dict[str, Cell]]:
    for segment, kpi, community in sorted(before.keys() | after.keys()):
        was, now = before.get((segment, kpi, community)), after.get((segment, kpi, community))
        if _said(was) != _said(now):
            yield {
                "segment_id": segment,
                "community_id": community or None,
                "kpi_id": kpi,
                "sealed_value": was.value if was else None,
                "value": now.value if now else None,
                "sealed_status": was.status if was else None,
                "status": now.status if now else None,
            }


def _lines(result: Result | None) -> dict[tuple[str, str, str], Line]:
    parts: tuple[Part, ...] = result.parts if result else ()
    return {(part.segment_id, line.kpi_id, line.community_id): line for part in parts for line in part.lines}


def _said(line: Line | None) -> tuple[object, ...] | None:
    return None if line is None else (line.value, line.status)
