"""Whose manager somebody was in a period.

Belongs here: what a reporting line amounts to over whole periods; the portal opens cards by it, and cards show no more
of the past than their reader may see. Does not belong here: reading the lines (`company.reporting_lines`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pipelines.company.reporting_records import ReportingLine
from pipelines.periods import OPEN_END, Period

Window = tuple[date, date]


def led_throughout(windows: Iterable[Window], employed: Window, period: Period) -> bool:
    """Tell whether somebody led a person in every month of a period in which the person was employed.

    One day of a month makes the month theirs.

    Args:
        windows: the half-open windows of the lines from the one to the other.
        employed: the half-open window of the person's employment.
        period: the period.
    """
    hired, left = employed
    held = tuple(windows)
    months = [month for month in period.months if month.overlap_days(hired, left)]
    return bool(months) and all(
        any(month.overlap_days(max(start, hired), min(end, left)) > 0 for start, end in held) for month in months
    )


def managers_of(lines: Iterable[ReportingLine], person_id: str, employed: Window, period: Period) -> frozenset[str]:
    """Return who led a person throughout a period, and so sees the card."""
    windows: dict[str, list[Window]] = {}
    for line in lines:
        if line.person_id == person_id:
            windows.setdefault(line.manager_id, []).append((line.valid_from, line.valid_to or OPEN_END))
    return frozenset(manager for manager, held in windows.items() if led_throughout(held, employed, period))
