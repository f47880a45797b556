"""People's decisions between the company folder and scoring, and what the run says of those that do not count.

Belongs here: the rows of a period as scoring takes them, and a sentence for each row without effect. Does not belong
here: what a decision does (`scoring.decisions`), what a card says of it (`decided`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pipelines.company.model import Company
from pipelines.company.records import Record
from pipelines.periods import Period
from pipelines.scorecards.gaming import unknown_incidents
from pipelines.scoring import (
    AppealInput,
    AwardInput,
    CalibrationInput,
    DecisionInput,
    IncidentInput,
    PersonTrace,
    PointsInput,
)
from pipelines.texts import text


def decisions_of(company: Company, period: Period) -> list[DecisionInput]:
    """Return what people decided about a period.

    A decision is of its own period alone: points granted in a month are none of its quarter, whose score is another.
    """
    found: list[DecisionInput] = [
        PointsInput(row.person_id, row.points, row.reason, row.nominated_by, row.approved_by, row.source_row)
        for row in company.bonus_point_nominations
        if row.period == period
    ]
    found += [
        AwardInput(row.person_id, row.award, row.amount, row.reason, row.approved_by, row.source_row)
        for row in company.award_approvals
        if row.period == period
    ]
    found += [
        CalibrationInput(row.person_id, row.seen, row.decided, row.reason, row.decided_by, row.meeting, row.source_row)
        for row in company.calibration_decisions
        if row.period == period
    ]
    found += [
        AppealInput(
            row.person_id,
            row.kpi_id,
            row.what,
            row.filed_on,
            row.outcome,
            row.decided_by,
            row.reason,
            row.source_row,
            row.incident,
        )
        for row in company.appeals
        if row.period == period
    ]
    return found


def without_effect(
    company: Company,
    period: Period,
    people: Iterable[PersonTrace],
    incidents: Mapping[str, Iterable[IncidentInput]],
) -> Iterator[str]:
    """Yield a sentence, in English, for every row of the period that does not count as it was written.

    It names file and row and what to do, and neither person nor score: the run's output is kept in Dagster too.
    """
    traces = {trace.person_id: trace for trace in people}
    for decision in company.calibration_decisions:
        if decision.period == period:
            trace = traces.get(decision.person_id)
            if trace is None or trace.calibration is None:
                yield _said(decision, "no_card")
            elif trace.calibration.status != "applied":
                yield _said(decision, trace.calibration.status)
    for nomination in company.bonus_point_nominations:
        if nomination.period == period:
            trace = traces.get(nomination.person_id)
            codes = [note.code for note in trace.notes] if trace else []
            yield from (_said(nomination, code) for code in codes if code.startswith("bonus_points_"))
            if trace is None:
                yield _said(nomination, "no_card")
    for appeal in company.appeals:
        if appeal.period == period and appeal.person_id not in traces:
            yield _said(appeal, "no_card")
    yield from (_said(appeal, "no_incident") for appeal in unknown_incidents(company, period, incidents))


def _said(row: Record, code: str) -> str:
    why = text(f"schemes.decision.{code}", "en")
    return text("schemes.decision.not_applied", "en", place=row.source_file, row=row.source_row, why=why)
