"""What a scheme needs to know of a KPI: that it exists, which way is better, its unit and how it aggregates.

Belongs here: reading the KPI catalogue seed. Does not belong here: formulas of KPIs (dbt) or their names (cards).

The seed is the one list of KPIs: a KPI that is added there can be used in a scheme without a change here.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.company.findings import Finding, InputError
from pipelines.texts import text

#: The catalogue seed of this project, beside the package.
SEED = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds" / "kpi_catalogue.csv"


@dataclass(frozen=True)
class KpiInfo:
    """The facts of one KPI that scoring relies on.

    Attributes:
        kpi_id: the KPI's id.
        direction: `higher` or `lower` is better; `zero` for incidents, which are gated and never scored.
        unit: count, ratio (a share of 1), minutes, days, currency, points (of 100) or index.
        aggregation: ratio_of_sums, sum, stock_end, distinct or distribution.
        dimension: the dimension the catalogue files it under.
    """

    kpi_id: str
    direction: str
    unit: str
    aggregation: str
    dimension: str = ""


@cache
def read_catalogue(seed: Path = SEED) -> Mapping[str, KpiInfo]:
    """Read the KPI catalogue, by KPI id.

    Raises:
        InputError: when the seed is absent.
    """
    if not seed.is_file():
        raise InputError(
            [
                Finding(
                    seed.name, problem=text("schemes.no_catalogue", "en"), mend=text("schemes.no_catalogue.mend", "en")
                )
            ]
        )
    with seed.open(encoding="utf-8-sig", newline="") as stream:
        return {
            row["kpi_id"]: KpiInfo(
                row["kpi_id"], row["direction"], row["unit"], row["aggregation"], row.get("dimension") or ""
            )
            for row in csv.DictReader(stream)
        }
