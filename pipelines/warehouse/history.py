"""What a company has published of each KPI over its months: the measure for targets.

Belongs here: the query over the published KPI table. Read-only. Does not belong here: judging a target by it (schemes).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pipelines.warehouse.connection import open_reader


@dataclass(frozen=True)
class Past:
    """The values of one KPI over persons and months; only those with a value (status ok or provisional).

    All but `ever_low` and `ever_high` look at the last twelve published months: how many of them have a value, how many
    person-months there are, the least, three quantiles that are values that occurred, the greatest.
    """

    months: int
    values: int
    low: Decimal
    p10: Decimal
    p50: Decimal
    p90: Decimal
    high: Decimal
    ever_low: Decimal
    ever_high: Decimal


@dataclass(frozen=True)
class PastRow:
    """The past of one KPI."""

    kpi_id: str
    past: Past


def past_values(published_file: Path) -> list[PastRow]:
    """Return the past of every KPI that was ever published, by KPI id.

    Args:
        published_file: `published/kpi.duckdb` of a company; a company without one has no history.
    """
    if not published_file.is_file():
        return []
    with open_reader(published_file) as connection:
        rows = connection.execute(
            """
            with readings as (
                select kpi_id, period, value,
                       period_start > max(period_start) over () - interval 12 month as is_recent
                from fct_person_kpi
                where period_type = 'month' and status in ('ok', 'provisional') and value is not null
                    and person_id <> 'UNASSIGNED'
            )
            select kpi_id,
                   count(distinct period) filter (where is_recent), count(*) filter (where is_recent),
                   min(value) filter (where is_recent), quantile_disc(value, 0.1) filter (where is_recent),
                   quantile_disc(value, 0.5) filter (where is_recent),
                   quantile_disc(value, 0.9) filter (where is_recent), max(value) filter (where is_recent),
                   min(value), max(value)
            from readings
            group by kpi_id
            having count(*) filter (where is_recent) > 0
            order by kpi_id
            """
        ).fetchall()
    return [PastRow(kpi_id, Past(*past)) for kpi_id, *past in rows]
