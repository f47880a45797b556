"""What the lists of a period read from the finished warehouse: the channels' costs and results, the KPIs' medians.

Belongs here: two queries over the marts, returned as plain rows. Read-only. Does not belong here: judging them
(`pipelines.reports`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pipelines.periods import Month, Period
from pipelines.warehouse.connection import open_reader

#: KPIs whose components stand by channel, and what their two sides are.
CHANNEL_KPIS = ("cost_per_lead", "customer_acquisition_cost", "return_on_ad_spend")


@dataclass(frozen=True)
class ChannelRow:
    """The two sides of one KPI of one channel, over everybody and nobody (grain: KPI x channel)."""

    kpi_id: str
    channel: str
    numerator: Decimal | None
    denominator: Decimal | None
    conflicts: int


@dataclass(frozen=True)
class MedianRow:
    """The median of a KPI over the people who have a value, in one month (grain: KPI x month)."""

    kpi_id: str
    month: Month
    median: Decimal
    people: int


def channel_sums(warehouse_file: Path, period: Period) -> list[ChannelRow]:
    """Costs and results of the period by channel, what is credited to nobody included, by KPI and channel."""
    with open_reader(warehouse_file) as connection:
        rows = connection.execute(
            """
            select kpi_id, subject_id, sum(numerator), sum(denominator), cast(sum(n_conflicts) as bigint)
            from marts.fct_kpi_components
            where subject_type = 'channel' and month >= ? and month < ? and list_contains(?, kpi_id)
            group by kpi_id, subject_id
            order by kpi_id, subject_id
            """,
            [period.start, period.end, list(CHANNEL_KPIS)],
        ).fetchall()
    return [ChannelRow(*row) for row in rows]


def kpi_medians(warehouse_file: Path, month: Month, earlier: int) -> list[MedianRow]:
    """Medians of every KPI in a month and the months before it that the warehouse has, by KPI and month.

    Args:
        warehouse_file: the finished warehouse.
        month: the last month.
        earlier: how many months before it are looked at.
    """
    with open_reader(warehouse_file) as connection:
        rows = connection.execute(
            """
            select kpi_id, period_start, median(value), count(*)
            from marts.fct_person_kpi
            where period_type = 'month' and status in ('ok', 'provisional') and value is not null
                and person_id <> 'UNASSIGNED' and period_start >= ? and period_start < ?
            group by kpi_id, period_start
            order by kpi_id, period_start
            """,
            [month.plus(-earlier).start, month.end],
        ).fetchall()
    return [MedianRow(kpi, Month.of(start), Decimal(str(value)), people) for kpi, start, value, people in rows]
