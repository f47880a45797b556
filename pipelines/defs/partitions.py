"""Partitions: months in the company's time zone.

Belongs here: the partition definition and the translation between partition keys and periods.
Files are not months: landing assets have no partitions.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import dagster as dg

from pipelines.defs.home import home_from_environment
from pipelines.periods import Month, Period, parse_period

PERIOD_TAG = "scorecards/period"
_PARTITION_FORMAT = "%Y-%m-%d"


@cache
def monthly_partitions() -> dg.MonthlyPartitionsDefinition:
    """One partition a month from the company's first month on, the running month included."""
    first, timezone = _first_month_and_timezone(home_from_environment())
    return dg.MonthlyPartitionsDefinition(
        start_date=first.start.strftime(_PARTITION_FORMAT), timezone=timezone, end_offset=1, fmt=_PARTITION_FORMAT
    )


def _first_month_and_timezone(home: Path | None) -> tuple[Month, str]:
    """Read what the partitions need without loading the whole company: code servers load this at every start."""
    import yaml

    if home is None or not (home / "company.yaml").exists():
        return Month(2024, 1), "UTC"
    settings = yaml.safe_load((home / "company.yaml").read_text(encoding="utf-8-sig")) or {}
    first = parse_period(str(settings.get("first_month", "2024-01")))
    return (first if isinstance(first, Month) else first.months[0]), str(settings.get("timezone", "UTC"))


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
