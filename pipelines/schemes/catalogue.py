"""What a scheme needs to know of a KPI: that it exists, which way is better, its unit, how it aggregates, what counts.

Belongs here: reading the KPI catalogue seed. Does not belong here: the computation of KPIs (dbt).

The seed is the one list of KPIs: a KPI that is added there can be used in a scheme without a change here.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from pipelines.company.findings import Finding, InputError
from pipelines.texts import LANGUAGES, text

#: The catalogue seed of this project, beside the package.
SEED = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds" / "kpi_catalogue.csv"


@dataclass(frozen=True)
class KpiInfo:
    """The facts of one KPI that scoring relies on, and those that advice and the plain text of a scheme tell.

    Attributes:
        kpi_id: the KPI's id.
        direction: `higher` or `lower` is better; `zero` for incidents, which are gated and never scored.
        unit: count, ratio (a share of 1), minutes, days, currency, points (of 100) or index.
        aggregation: ratio_of_sums, sum, stock_end, distinct or distribution.
        dimension: the dimension the catalogue files it under.
        requirement_ids: the requirements that it answers.
        name: what a reader calls it, by language, like the three below.
        formula: how it is computed, in words.
        caveat: what a reader must know about its limits; may be empty.
        components: what is counted: the numerator first, then the denominator.
        families: of the sources whose records it counts.
        subject_types: what a record may belong to, such as `account` or `group`.
        platforms: of the accounts whose records it counts; empty where it does not look at the platform.
        credit_kind: `split` among persons, or `overlay`: a team's result that each member carries whole.
        values_kpi_id: the KPI whose exact numbers it reads; its own where empty.
        perspective: of the balanced scorecard: customer, financial, internal_process or learning.
        nature: result, process or behaviour.
        period: the shortest period that the requirement means: month, quarter or year.
        horizon: short or long.
        statistic: of a distribution, such as hit_share; empty otherwise.
        interval: what its 95 % interval is of: `share` (units that are counted or not), `nps`, `mean` (ratings of 0 to
            100); empty where chance is not told so simply.
        min_denominator: below it a value rests on too few units; None where it has none.
    """

    kpi_id: str
    direction: str
    unit: str
    aggregation: str
    dimension: str = ""
    requirement_ids: tuple[str, ...] = ()
    name: Mapping[str, str] = field(default_factory=dict)
    formula: Mapping[str, str] = field(default_factory=dict)
    caveat: Mapping[str, str] = field(default_factory=dict)
    components: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    subject_types: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    credit_kind: str = ""
    values_kpi_id: str = ""
    perspective: str = ""
    nature: str = ""
    period: str = ""
    horizon: str = ""
    statistic: str = ""
    interval: str = ""
    min_denominator: Decimal | None = None

    @property
    def of_community(self) -> bool:
        """Whether all its records belong to communities, so that each community has a reading of its own."""
        return bool(self.subject_types) and set(self.subject_types) <= {"group", "community"}

    def named(self, lang: str) -> str:
        """Return the name in a language, else the id."""
        return self.name.get(lang) or self.kpi_id


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
        return {row["kpi_id"]: _info(row) for row in csv.DictReader(stream)}


def _info(row: Mapping[str, str]) -> KpiInfo:
    def of(column: str) -> str:
        return row.get(column) or ""

    def several(column: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in of(column).split(";") if part.strip())

    def in_both(column: str) -> dict[str, str]:
        return {lang: of(f"{column}_{lang}") for lang in LANGUAGES}

    return KpiInfo(
        row["kpi_id"],
        row["direction"],
        row["unit"],
        row["aggregation"],
        of("dimension"),
        requirement_ids=several("requirement_ids"),
        name=in_both("name"),
        formula=in_both("formula"),
        caveat=in_both("caveat"),
        components=several("components_en"),
        families=several("families"),
        subject_types=several("subject_types"),
        platforms=several("platforms"),
        credit_kind=of("credit_kind"),
        values_kpi_id=of("values_kpi_id"),
        perspective=of("bsc_perspective"),
        nature=of("nature"),
        period=of("period"),
        horizon=of("horizon"),
        statistic=of("statistic"),
        interval=of("interval"),
        min_denominator=Decimal(of("min_denominator")) if of("min_denominator") else None,
    )
