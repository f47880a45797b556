"""Partitions: months in the company's time zone.

Belongs here: the partition definition and the translation between partition keys and periods.
Files are not months: landing assets have no partitions.
"""

from __future__ import annotations

from functools import cache

import dagster as dg

from pipelines.company.extent import Extent, company_extent
from pipelines.defs.home import home_from_environment
from pipelines.periods import Month, Period, parse_period

PERIOD_TAG = "scorecards/period"
_PARTITION_FORMAT = "%Y-%m-%d"

# Definitions also load without a company folder: to be listed, and to be checked by tools.
_NO_COMPANY = Extent(Month(2024, 1), "UTC")


@cache
def monthly_partitions() -> dg.MonthlyPartitionsDefinition:
    """One partition a month from the company's first month on, the running month included."""
    home = home_from_environment()
    extent = _NO_COMPANY if home is None else company_extent(home)
    return dg.MonthlyPartitionsDefinition(
        start_date=partition_key(extent.first_month),
        timezone=extent.timezone,
        end_offset=1,
        fmt=_PARTITION_FORMAT,
    )


def partition_key(month: Month) -> str:
    """The partition key of a month: the first day of its half-open window."""
    return month.start.strftime(_PARTITION_FORMAT)


def months_of_run(context: dg.AssetExecutionContext) -> list[Month]:
    """The months that the run was asked for, in order."""
    return [Month(*(int(part) for part in key.split("-")[:2])) for key in sorted(context.partition_keys)]


def periods_of_run(context: dg.AssetExecutionContext) -> list[Period]:
    """The periods whose cards the run writes: those named by the run's tag, else each month of the run."""
    named = context.run.tags.get(PERIOD_TAG)
    return [parse_period(name) for name in named.split(",")] if named else list(months_of_run(context))
