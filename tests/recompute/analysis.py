"""What analysts do: interviews, reports in time, and how near their funnel comes to the records.

Belongs here: the interview log, the log of reports, the funnel as it was reported. Does not belong here: any of the
records that the funnel is compared with.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from fractions import Fraction

from .attribution import leads
from .credit import by_identity, settle
from .kpi import Entry, World, recomputes
from .leads import distinct_leads, is_qualified, month_at
from .orders import orders
from .people import month_of
from .traffic import web_days

INTERVIEWS = {"interview_id": ("访谈编号",), "at": ("访谈时间",), "who": ("访谈人",)}
REPORTS = {"report": ("Report",), "due": ("Due",), "delivered": ("Delivered",), "who": ("Analyst",)}
FUNNEL = {"month": ("Month",), "step": ("Funnel step",), "reported": ("Reported",), "who": ("Analyst",)}


@recomputes("user_interviews")
def interview_entries(world: World) -> Iterator[Entry]:
    company = world.company
    found: dict[str, tuple[datetime, str]] = {}
    for file in world.files:
        for row in file.rows(INTERVIEWS, INTERVIEWS):
            at = row.time("at", company.zone)
            assert at is not None
            found[row.text("interview_id")] = (at, row.text("who"))
    for interview_id, (at, who) in found.items():
        day = company.local(at).date()
        steps = (by_identity(company, "crm", who, day),)
        for person, share in settle(company, ("interview", interview_id), day, steps).items():
            yield Entry("user_interviews", month_of(day), person, share)


@recomputes("report_timeliness")
def report_entries(world: World) -> Iterator[Entry]:
    """Reports by the day they are due; one that is due after the log was written does not count yet."""
    company = world.company
    found: dict[str, tuple[datetime, datetime | None, str, bool]] = {}
    for file in world.files:
        for row in file.rows(REPORTS, REPORTS):
            due, delivered = row.time("due", company.zone), row.time("delivered", company.zone)
            assert due is not None
            is_due = due < datetime.combine(file.exported_on, time(), company.zone)
            found[row.text("report")] = (due, delivered, row.text("who"), is_due)
    for report, (due, delivered, who, is_due) in found.items():
        if not is_due and delivered is None:
            continue
        day = company.local(due).date()
        in_time = delivered is not None and delivered <= due
        steps = (by_identity(company, "crm", who, day),)
        for person, share in settle(company, ("report", report), day, steps).items():
            yield Entry("report_timeliness", month_of(day), person, share * in_time, share)


def _steps(world: World) -> dict[tuple[str, str], Fraction]:
    """(month, step) -> the number that the records give."""
    found: dict[tuple[str, str], Fraction] = {}

    def add(month: str, step: str, number: Fraction) -> None:
        found[month, step] = found.get((month, step), Fraction(0)) + number

    for (day, _), sessions in web_days(world).items():
        add(month_of(day), "visits", sessions)
    for lead in leads(world):
        add(month_at(world, lead.at), "leads", Fraction(1))
        if is_qualified(world, lead):
            add(month_at(world, lead.at), "qualified_leads", Fraction(1))
    for one in distinct_leads(world):
        if one.won_at is not None:
            add(month_at(world, one.won_at), "customers", Fraction(1))
    for order in orders(world):
        if order.is_real and not order.is_cancelled and order.total:
            add(order.month, "orders", Fraction(1))
    return found


def _kept(share: Fraction) -> Fraction:
    """The accuracy of a step as it is kept: to twelve decimals."""
    return round(share, 12)


@recomputes("funnel_accuracy")
def funnel_entries(world: World) -> Iterator[Entry]:
    company = world.company
    reported: dict[tuple[str, str, str], Fraction] = {}
    for file in world.files:
        for row in file.rows(FUNNEL, FUNNEL):
            number = row.number("reported")
            if number is not None:
                reported[month_of(row.day("month")), row.text("step").casefold(), row.text("who")] = number
    known = _steps(world)
    for (month, step, who), number in reported.items():
        ours = known.get((month, step))
        if ours:
            day = datetime.fromisoformat(f"{month}-01").date()
            steps = (by_identity(company, "crm", who, day),)
            accuracy = _kept(1 - abs(number - ours) / ours)
            for person, share in settle(company, ("funnel", f"{month} {step}"), day, steps).items():
                yield Entry("funnel_accuracy", month, person, accuracy * share, share)
