"""Which KPIs still tell people apart, go with the rest of the score and the outcome, and have data fit to pay by.

Belongs here: the quarterly review of KPIs (000-R4, 001-W7, 002-W2, 003-W16). Does not belong here: changing a scheme;
the arithmetic (statistics).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipelines.periods import Month
from pipelines.reports.facts import Facts, by_kpi
from pipelines.reports.results import Line, Result
from pipelines.reports.statistics import mean, rank_correlation, spread, weighted_mean
from pipelines.reports.table import Cell, Report, in_order, percent_of, rounded

Lines = Sequence[tuple[Result, Line]]


def effectiveness_report(facts: Facts) -> Report | None:
    """Return a row a scheme and KPI, for a quarter or year; a month is too short to judge a KPI by.

    `finding`: `withheld` its data fails too often; `saturated` too many people at its cap or at zero; `flat` its
    scores hardly differ; `against_the_rest` it falls where the rest of the score rises; `too_few` people to tell; else
    `sound`.
    """
    if isinstance(facts.period, Month):
        return None
    settings = facts.settings
    rows = [_row(facts, scheme, kpi, lines) for (scheme, kpi), lines in by_kpi(facts.results).items()]
    return Report(
        "kpi_effectiveness",
        "000-R4, 001-W7, 002-W2, 003-W6, 003-W16, 004-W3",
        (
            "scheme_id",
            "kpi_id",
            "dimension",
            "people",
            "teams",
            "mean",
            "spread",
            "at_cap_share",
            "at_floor_share",
            "withheld_share",
            "not_applicable_share",
            "correlation_rest",
            "correlation_outcome",
            "finding",
        ),
        in_order(rows, "scheme_id", "kpi_id"),
        {
            "least": settings.min_group,
            "saturated": settings.saturated_share,
            "flat": settings.flat_spread,
            "withheld": settings.withheld_share,
            "outcome": ", ".join(settings.outcome_dimensions),
        },
    )


def _row(facts: Facts, scheme: str, kpi: str, lines: Lines) -> dict[str, Cell]:
    known = [(result, line) for result, line in lines if line.is_known]
    scores = [line.score for _, line in known if line.score is not None]
    applicable = [line for _, line in lines if line.status != "not_applicable"]
    withheld = sum(line.is_withheld for line in applicable)
    row: dict[str, Cell] = {
        "scheme_id": scheme,
        "kpi_id": kpi,
        "dimension": lines[0][1].dimension,
        "people": len({result.person_id for result, _ in known}),
        "teams": len({result.team_id for result, _ in known}),
        "mean": rounded(mean(scores)),
        "spread": rounded(spread(scores)),
        "at_cap_share": percent_of(sum(line.place == "at_cap" for _, line in known), len(known)),
        "at_floor_share": percent_of(sum(score <= 0 for score in scores), len(scores)),
        "withheld_share": percent_of(withheld, len(applicable)),
        "not_applicable_share": percent_of(len(lines) - len(applicable), len(lines)),
        "correlation_rest": rounded(_with_the_rest(known, facts.settings.min_group), 3),
        "correlation_outcome": rounded(_with_the_outcome(facts, known), 3),
    }
    return row | {"finding": _finding(facts, row)}


def _finding(facts: Facts, row: dict[str, Cell]) -> str:
    settings = facts.settings

    def at_least(column: str, line: Decimal) -> bool:
        value = row[column]
        return isinstance(value, Decimal) and value >= line

    if at_least("withheld_share", settings.withheld_share):
        return "withheld"
    if int(str(row["people"])) < settings.min_group:
        return "too_few"
    if at_least("at_cap_share", settings.saturated_share) or at_least("at_floor_share", settings.saturated_share):
        return "saturated"
    if not at_least("spread", settings.flat_spread):
        return "flat"
    rest = row["correlation_rest"]
    return "against_the_rest" if isinstance(rest, Decimal) and rest < Decimal("-0.3") else "sound"


def _with_the_rest(known: Lines, least: int) -> Decimal | None:
    """Rank correlation of a KPI's score with the mean score of the person's other KPIs: a part is not its own proof."""
    pairs = []
    for result, line in known:
        rest = _mean_score([other for other in result.lines if other.kpi_id != line.kpi_id])
        if rest is not None and line.score is not None:
            pairs.append((line.score, rest))
    return rank_correlation(pairs, least)


def _with_the_outcome(facts: Facts, known: Lines) -> Decimal | None:
    """Rank correlation of a KPI's score with the mean score of the person's KPIs of the outcome dimensions."""
    outcome = facts.settings.outcome_dimensions
    pairs = []
    for result, line in known:
        result_of = [other for other in result.lines if other.dimension in outcome and other.kpi_id != line.kpi_id]
        reached = _mean_score(result_of)
        if reached is not None and line.score is not None:
            pairs.append((line.score, reached))
    return rank_correlation(pairs, facts.settings.min_group)


def _mean_score(lines: Sequence[Line]) -> Decimal | None:
    return weighted_mean(
        [(line.part_of_score, line.score) for line in lines if line.is_known and line.score is not None]
    )
