"""What past periods would have been under another scheme: everybody then and now, and the sums.

Belongs here: the tables of `scorecards simulate` from outcomes that are worked out already; 000-W6, 003-W6, 003-R6,
004-W3. Does not belong here: scoring by either scheme (`pipelines.scorecards.simulation`).

Both amounts are what the same segments bring by one scheme: bonus, team shares and pay by the piece. Adjustments and
awards belong to no scheme and are left out. While withheld data can still move either amount the outcome is open: both
columns then say what would be due now, and nobody is counted as gaining or losing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.reports.statistics import median, quantile
from pipelines.reports.table import Cell, Report, change_percent, in_order, joined, rounded
from pipelines.scoring.numbers import ZERO

GAINS, LOSES, SAME, OPEN, NOT_SCORED = "gains", "loses", "same", "open", "not_scored"
#: In place of a period in the row of all periods together.
ALL = "Σ"
_QUARTILES = (("q1", Decimal("0.25")), ("median", Decimal("0.5")), ("q3", Decimal("0.75")))


@dataclass(frozen=True)
class Outcome:
    """One person's period by the scheme that paid and by the simulated one; amounts in whole cents.

    Attributes:
        period: the period.
        person_id: the person.
        role: of the last part.
        team_id: of the last part.
        score: by the paying scheme, as printed; None when nothing is known.
        simulated_score: by the simulated one.
        pay: what is due now by the paying scheme.
        simulated_pay: what would be due.
        is_open: whether withheld data can still move either amount.
        is_scored: whether any KPI of the simulated scheme applies.
        withheld: KPIs of the simulated scheme whose data is withheld.
        without_target: KPIs of it that have no target for the person.
        not_applicable: KPIs of it that do not apply.
    """

    period: str
    person_id: str
    role: str
    team_id: str
    score: Decimal | None
    simulated_score: Decimal | None
    pay: Decimal
    simulated_pay: Decimal
    is_open: bool
    is_scored: bool
    withheld: tuple[str, ...] = ()
    without_target: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()

    @property
    def outcome(self) -> str:
        """What the simulated scheme would have meant for the person: gains, loses, same, open or not_scored."""
        if not self.is_scored:
            return NOT_SCORED
        return OPEN if self.is_open else _direction(self.simulated_pay - self.pay)


def simulation_reports(outcomes: Iterable[Outcome]) -> list[Report]:
    """Return the sums by period and the row of every person and period, in a stable order."""
    ordered = sorted(outcomes, key=lambda one: (one.period, one.person_id))
    return [_summary(ordered), _people(ordered)]


def _people(outcomes: Sequence[Outcome]) -> Report:
    rows: list[Mapping[str, Cell]] = []
    for one in outcomes:
        both = one.score is not None and one.simulated_score is not None
        rows.append(
            {
                "scored_period": one.period,
                "person_id": one.person_id,
                "role": one.role,
                "team_id": one.team_id,
                "score": one.score,
                "other_score": one.simulated_score,
                "score_change": (one.simulated_score or ZERO) - (one.score or ZERO) if both else None,
                "paying_amount": one.pay,
                "other_amount": one.simulated_pay,
                "difference": one.simulated_pay - one.pay,
                "outcome": one.outcome,
                "kpis_withheld": joined(one.withheld),
                "kpis_without_target": joined(one.without_target),
                "kpis_not_applicable": joined(one.not_applicable),
            }
        )
    columns = (
        "scored_period", "person_id", "role", "team_id", "score", "other_score", "score_change", "paying_amount",
        "other_amount", "difference", "outcome", "kpis_withheld", "kpis_without_target", "kpis_not_applicable",
    )  # fmt: skip
    return Report("simulation_people", "000-W6, 003-W6, 004-W3", columns, in_order(rows, "scored_period", "person_id"))


def _summary(outcomes: Sequence[Outcome]) -> Report:
    by_period: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        by_period[one.period].append(one)
    rows = [_sums(period, own) for period, own in sorted(by_period.items())]
    if len(rows) > 1:
        rows.append(_sums(ALL, _together(outcomes)))
    spread = [f"{side}_{name}" for side in ("paying", "other") for name, _ in _QUARTILES]
    columns = (
        "scored_period", "people", "paying_amount", "other_amount", "difference", "change_percent", GAINS, LOSES, SAME,
        OPEN, NOT_SCORED, *spread, "median_score", "other_median_score",
    )  # fmt: skip
    return Report("simulation_summary", "000-W6, 003-R6, 003-W6, 004-R6, 004-W3", columns, tuple(rows))


def _sums(period: str, outcomes: Sequence[Outcome]) -> dict[str, Cell]:
    pay, other = [one.pay for one in outcomes], [one.simulated_pay for one in outcomes]
    row: dict[str, Cell] = {
        "scored_period": period,
        "people": len(outcomes),
        "paying_amount": sum(pay, ZERO),
        "other_amount": sum(other, ZERO),
        "difference": sum(other, ZERO) - sum(pay, ZERO),
        "change_percent": change_percent(sum(other, ZERO), sum(pay, ZERO)),
        "median_score": rounded(median([one.score for one in outcomes if one.score is not None])),
        "other_median_score": rounded(
            median([one.simulated_score for one in outcomes if one.simulated_score is not None])
        ),
    }
    row |= {name: sum(one.outcome == name for one in outcomes) for name in (GAINS, LOSES, SAME, OPEN, NOT_SCORED)}
    for name, share in _QUARTILES:
        row[f"paying_{name}"], row[f"other_{name}"] = rounded(quantile(pay, share)), rounded(quantile(other, share))
    return row


def _together(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Every person's periods in one: amounts add up, an open period leaves the whole open, scores stay apart."""
    by_person: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        by_person[one.person_id].append(one)
    return [
        Outcome(
            period=ALL,
            person_id=person,
            role=own[-1].role,
            team_id=own[-1].team_id,
            score=None,
            simulated_score=None,
            pay=sum((one.pay for one in own), ZERO),
            simulated_pay=sum((one.simulated_pay for one in own), ZERO),
            is_open=any(one.is_open for one in own),
            is_scored=any(one.is_scored for one in own),
        )
        for person, own in sorted(by_person.items())
    ]


def _direction(difference: Decimal) -> str:
    return GAINS if difference > 0 else LOSES if difference < 0 else SAME
