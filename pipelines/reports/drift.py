"""KPIs whose level has left its usual range (003-W11): the market, a platform or a definition may have changed.

Belongs here: the early warning, from the medians of all people. Does not belong here: what changed, and any adjustment
of a target for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipelines.periods import Month
from pipelines.reports.facts import Facts
from pipelines.reports.incentives import KPIS_OF_MECHANISM
from pipelines.reports.statistics import median
from pipelines.reports.table import Cell, Remark, Report, change_percent, joined, rounded
from pipelines.scoring.numbers import CONTEXT

#: Robust z: the MAD of normal values times this is their standard deviation.
_MAD_SCALE = Decimal("1.4826")
#: With fewer earlier months nothing is usual yet.
_LEAST_MONTHS = 3

_ORDER = ("shock", "changed", "usual", "too_short")


def drift_report(facts: Facts) -> Report | None:
    """Return a row a KPI that is scored in a month; of longer periods there is none.

    The month's median over people is set against the medians of the months before it: robust z =
    (x − median)/(1.4826 · MAD). `finding`: `shock` from `drift_z` on; `changed` where more than half of the earlier
    medians were equal and this one differs; `usual`; `too_short` with fewer than three earlier months.
    """
    if not isinstance(facts.period, Month):
        return None
    scored = sorted({line.kpi_id for result in facts.results for line in result.lines})
    rows = [row for kpi in scored if (row := _row(facts, kpi)) is not None]
    rows.sort(key=lambda row: (_ORDER.index(str(row["finding"])), str(row["kpi_id"])))
    return Report(
        "kpi_drift",
        "003-W11, 000-G2, 002-I6",
        (
            "kpi_id",
            "people",
            "value",
            "usual_value",
            "value_change",
            "robust_z",
            "periods_counted",
            "finding",
            "incentives",
        ),
        tuple(rows),
        {"months": facts.settings.drift_months, "z": facts.settings.drift_z},
        () if rows else (Remark("no_medians"),),
    )


def _row(facts: Facts, kpi: str) -> dict[str, Cell] | None:
    medians = facts.medians.get(kpi, {})
    now = medians.get(str(facts.period))
    if now is None:
        return None
    earlier = {month: value for month, (value, _) in sorted(medians.items()) if month != str(facts.period)}
    value, people = now
    usual = median(list(earlier.values()))
    z, finding = _judged(value, list(earlier.values()), facts.settings.drift_z)
    return {
        "kpi_id": kpi,
        "people": people,
        "value": value,
        "usual_value": usual,
        "value_change": change_percent(value, usual),
        "robust_z": rounded(z),
        "periods_counted": ", ".join(earlier),
        "finding": finding,
        "incentives": joined(_incentives(facts, kpi)) or None,
    }


def _incentives(facts: Facts, kpi: str) -> list[str]:
    """The incentives of members that touch the month, beside the KPIs that they are for: they may explain its level."""
    return sorted(
        one.incentive_id
        for one in facts.company.member_incentives
        if kpi in KPIS_OF_MECHANISM[one.mechanism] and one.window[0] < facts.period.end
        if one.window[1] > facts.period.start
    )


def _judged(value: Decimal, earlier: Sequence[Decimal], line: Decimal) -> tuple[Decimal | None, str]:
    usual = median(earlier)
    if usual is None or len(earlier) < _LEAST_MONTHS:
        return None, "too_short"
    deviation = median([abs(one - usual) for one in earlier])
    if not deviation:
        return None, "usual" if value == usual else "changed"
    z = CONTEXT.divide(value - usual, CONTEXT.multiply(_MAD_SCALE, deviation))
    return z, "shock" if abs(z) >= line else "usual"
